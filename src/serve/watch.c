/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/watch.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

/* A body comes in at this many bytes a second at the least, once it had its time. */
enum { SLOWEST = 500 };
#define SECOND UINT64_C(1000000)

uint64_t watch_now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (uint64_t)at.tv_sec * SECOND + (uint64_t)at.tv_nsec / 1000;
}

void watch_begin(struct watch *watch, unsigned seconds)
{
	pthread_mutex_init(&watch->lock, NULL);
	watch->first = NULL;
	watch->patience = seconds * SECOND;
}

void watch_end(struct watch *watch)
{
	pthread_mutex_destroy(&watch->lock);
}

struct watched *watch_add(struct watch *watch, int socket)
{
	struct watched *watched = calloc(1, sizeof *watched);
	if (!watched)
		return NULL;
	watched->socket = socket;
	watched->since = watch_now();
	pthread_mutex_lock(&watch->lock);
	watched->next = watch->first;
	if (watch->first)
		watch->first->before = watched;
	watch->first = watched;
	pthread_mutex_unlock(&watch->lock);
	return watched;
}

void watch_remove(struct watch *watch, struct watched *watched)
{
	if (!watched)
		return;
	pthread_mutex_lock(&watch->lock);
	if (watched->next)
		watched->next->before = watched->before;
	if (watched->before)
		watched->before->next = watched->next;
	else
		watch->first = watched->next;
	pthread_mutex_unlock(&watch->lock);
	free(watched);
}

void watch_working(struct watch *watch, struct watched *watched, bool is_working)
{
	if (!watched)
		return;
	pthread_mutex_lock(&watch->lock);
	watched->is_working = is_working;
	watched->is_body = false;
	watched->since = watch_now();
	pthread_mutex_unlock(&watch->lock);
}

void watch_body(struct watch *watch, struct watched *watched, uint64_t bytes, bool is_whole)
{
	if (!watched)
		return;
	pthread_mutex_lock(&watch->lock);
	watched->bytes = bytes;
	watched->is_body = !is_whole;
	pthread_mutex_unlock(&watch->lock);
}

/* What is slow because we are slow to take it is not late: it has come at that speed until then. */
static bool is_late(const struct watched *watched, uint64_t now, uint64_t patience)
{
	uint64_t waited = now - watched->since;
	if (waited < patience)
		return false;
	if (!watched->is_working)
		return true;
	return watched->is_body && watched->bytes < (waited - patience) / SECOND * SLOWEST;
}

void watch_look(struct watch *watch)
{
	pthread_mutex_lock(&watch->lock);
	const uint64_t now = watch_now(); /* not before a moment that was noted while we waited */
	for (struct watched *at = watch->first; at; at = at->next)
		if (is_late(at, now, watch->patience))
			shutdown(at->socket, SHUT_RDWR);
	pthread_mutex_unlock(&watch->lock);
}
