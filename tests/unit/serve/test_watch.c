/* SPDX-License-Identifier: Apache-2.0 */
/* Which connections are taken for late: never those whose request has just begun or ended. */
#include "serve/watch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

enum { LOOKS = 1000000 };

struct busy {
	struct watch watch;
	struct watched *watched;
	atomic_bool is_over;
};

/* Requests that begin and end as fast as can be. */
static void *work(void *context)
{
	struct busy *busy = context;
	for (bool is_working = true; !atomic_load(&busy->is_over); is_working = !is_working)
		watch_working(&busy->watch, busy->watched, is_working);
	return NULL;
}

static bool is_open(int socket)
{
	char byte;
	return recv(socket, &byte, 1, MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

static void the_busy_are_left_alone(void **state)
{
	struct busy busy = {0};
	pthread_t thread;
	int ends[2];
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	watch_begin(&busy.watch, 3600);
	busy.watched = watch_add(&busy.watch, ends[0]);
	assert_non_null(busy.watched);
	assert_int_equal(pthread_create(&thread, NULL, work, &busy), 0);
	for (int i = 0; i < LOOKS; i++)
		watch_look(&busy.watch);
	atomic_store(&busy.is_over, true);
	pthread_join(thread, NULL);
	assert_true(is_open(ends[1]));
	watch_remove(&busy.watch, busy.watched);
	watch_end(&busy.watch);
	close(ends[0]);
	close(ends[1]);
}

static void the_late_are_shut(void **state)
{
	struct watch watch;
	int ends[2];
	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	watch_begin(&watch, 0);
	struct watched *watched = watch_add(&watch, ends[0]);
	assert_non_null(watched);
	watch_working(&watch, watched, true);
	watch_look(&watch);
	assert_true(is_open(ends[1]));
	watch_working(&watch, watched, false);
	watch_look(&watch);
	assert_false(is_open(ends[1]));
	watch_remove(&watch, watched);
	watch_end(&watch);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_busy_are_left_alone),
					   cmocka_unit_test(the_late_are_shut)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
