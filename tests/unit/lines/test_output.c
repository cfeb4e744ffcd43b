/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An output that ends early. The signal, raised again to end the program, is caught here (--wrap),
 * so that what the handler did can be looked at; tests/files/output.py has the program itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lines/output.h"

int __wrap_raise(int signal);
static int raised;

int __wrap_raise(int signal)
{
	raised = signal;
	return 0;
}

static char folder[] = "/tmp/tidewaiter-output-XXXXXX";
static char path[64], err[64];

static int make_folder(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(path, sizeof path, "%s/out.csv", folder);
	snprintf(err, sizeof err, "%s/err", folder);
	return 0;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path);
	unlink(err);
	return rmdir(folder);
}

static void read_file(char *to, size_t room, const char *name)
{
	FILE *file = fopen(name, "r");
	to[file ? fread(to, 1, room - 1, file) : 0] = '\0';
	if (file)
		fclose(file);
}

/* Sends a signal to this process; what the handler says on standard error. */
static void send(char *said, size_t room, int signal)
{
	int before = dup(STDERR_FILENO), file = open(err, O_RDWR | O_CREAT | O_TRUNC, 0600);
	dup2(file, STDERR_FILENO);
	raised = 0;
	kill(getpid(), signal);
	dup2(before, STDERR_FILENO);
	close(before);
	close(file);
	read_file(said, room, err);
}

static void a_signal_leaves_the_file_as_it_was(void **state)
{
	static const struct {
		int signal;
		const char *says;
	} all[] = {{SIGINT, "\ntidewaiter: interrupted: %s is unchanged\n"},
		   {SIGTERM, "\ntidewaiter: stopped: %s is unchanged\n"},
		   {SIGPIPE, ""}};
	struct output output;
	struct tw_error error;
	char said[600], wanted[600], stands[64];
	(void)state;
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs("of yesterday", file);
	fclose(file);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		assert_int_equal(output_open(&output, "--output", path, &error), TW_OK);
		assert_true(output.is_beside);
		assert_int_equal(output_write(&output, "today", 5, &error), TW_OK);
		output_watch(&output);
		send(said, sizeof said, all[i].signal);
		assert_int_equal(raised, all[i].signal);
		snprintf(wanted, sizeof wanted, all[i].says, path);
		assert_string_equal(said, wanted);
		assert_int_equal(access(output.beside, F_OK), -1);
		read_file(stands, sizeof stands, path);
		assert_string_equal(stands, "of yesterday");
		output_drop(&output);
	}
	unlink(path);
}

static void a_new_file_is_not_written(void **state)
{
	struct output output;
	struct tw_error error;
	char said[600], wanted[600];
	(void)state;
	assert_int_equal(output_open(&output, "--output", path, &error), TW_OK);
	output_watch(&output);
	send(said, sizeof said, SIGINT);
	snprintf(wanted, sizeof wanted, "\ntidewaiter: interrupted: %s was not written\n", path);
	assert_string_equal(said, wanted);
	output_drop(&output);
	assert_int_equal(access(path, F_OK), -1);
}

static void standard_output_is_incomplete(void **state)
{
	char said[600];
	(void)state;
	signal(SIGINT, SIG_DFL);
	output_watch(NULL);
	send(said, sizeof said, SIGINT);
	assert_string_equal(said, "\ntidewaiter: interrupted: the answers written so far are "
				  "incomplete\n");
}

/* The file that was written beside vanished, or the disk is full: nothing is put in its place. */
static void what_cannot_be_written_is_told(void **state)
{
	struct output output;
	struct tw_error error;
	char name[PATH_MAX + 8];
	(void)state;
	assert_int_equal(output_open(&output, "--output", path, &error), TW_OK);
	unlink(output.beside);
	assert_int_equal(output_keep(&output, &error), TW_BAD_FILE);
	assert_non_null(strstr(error.message, "cannot be moved into place"));
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(output_open(&output, "--output", "/dev/full", &error), TW_OK);
	assert_false(output.is_beside);
	assert_int_equal(output_write(&output, "today", 5, &error), TW_BAD_FILE);
	assert_non_null(strstr(error.message, "cannot be written"));
	output_drop(&output);
	memset(name, 'x', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	assert_int_equal(output_open(&output, "--output", name, &error), TW_BAD_FILE);
	assert_non_null(strstr(error.message, "the name is too long"));
	for (size_t i = 0; i < PATH_MAX - 8; i++)
		name[i] = i % 2 ? '/' : '.';
	name[PATH_MAX - 8] = '\0';
	assert_int_equal(output_open(&output, "--output", name, &error), TW_BAD_FILE);
}

/* The owner stays, as far as this process may say so. */
static void a_file_keeps_its_owner(void **state)
{
	struct output output;
	struct tw_error error;
	struct stat status;
	(void)state;
	if (geteuid())
		skip();
	int fd = open(path, O_WRONLY | O_CREAT, 0640);
	assert_true(fd >= 0);
	assert_int_equal(fchown(fd, 12345, 12346), 0);
	close(fd);
	assert_int_equal(output_open(&output, "--output", path, &error), TW_OK);
	assert_int_equal(output_keep(&output, &error), TW_OK);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_uid, 12345);
	assert_int_equal(status.st_gid, 12346);
	assert_int_equal(status.st_mode & 0777, 0640);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_signal_leaves_the_file_as_it_was),
	    cmocka_unit_test(a_new_file_is_not_written),
	    cmocka_unit_test(standard_output_is_incomplete),
	    cmocka_unit_test(what_cannot_be_written_is_told),
	    cmocka_unit_test(a_file_keeps_its_owner),
	};
	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
