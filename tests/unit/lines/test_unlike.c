/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a plan and the reasoning behind it differ, which must not be, the run says so on standard
 * error and gives what the reasoning says. The difference is made here: the linker gives
 * slots_unlike, which compares the two, another body (--wrap).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "assess/slots.h"
#include "lines/run.h"

enum { ROOM = 1 << 16 };

static const char rows[] = "id,hts,origin,entered,value,description\n"
			   "a,6109100012,DE,2025-07-01T10:00,100,shirt\n"
			   "b,6109100012,DE,2025-07-01T10:00,200,shirt\n";

static bool is_unlike;

const char *__wrap_slots_unlike(const struct tw_charge *plan, const tw_money *slot,
				const struct tw_charge *own, const struct tw_assessment *answer);
const char *__real_slots_unlike(const struct tw_charge *plan, const tw_money *slot,
				const struct tw_charge *own, const struct tw_assessment *answer);

const char *__wrap_slots_unlike(const struct tw_charge *plan, const tw_money *slot,
				const struct tw_charge *own, const struct tw_assessment *answer)
{
	return is_unlike ? "a figure of the test" : __real_slots_unlike(plan, slot, own, answer);
}

/* What one run writes to standard output and error, ended by NULs. */
static void run(char out[ROOM], char err[ROOM])
{
	const tw_rulebook *rulebook;
	struct totals *totals = calloc(1, sizeof *totals);
	struct columns_options columns = {0};
	struct tw_error error = {0};
	char path[64];
	const char *files[] = {path};
	int in = memfd_create("in", 0), fd[2] = {memfd_create("out", 0), memfd_create("err", 0)};
	snprintf(path, sizeof path, "/proc/self/fd/%d", in);
	if (!totals || write(in, rows, sizeof rows - 1) != (ssize_t)sizeof rows - 1 ||
	    tw_rulebook_default(&rulebook, &error))
		abort();
	struct run_options options = {.files = files,
				      .file_count = 1,
				      .rulebook = rulebook,
				      .assessor = TW_OPTIONS_INIT,
				      .columns = &columns,
				      .format = RUN_CSV,
				      .jobs = 1,
				      .only_answers = true,
				      .quiet = true,
				      .out = fd[0],
				      .err = fd[1]};
	if (run_lines(totals, &options, &error))
		abort();
	memset(out, 0, ROOM);
	memset(err, 0, ROOM);
	if (pread(fd[0], out, ROOM - 1, 0) < 0 || pread(fd[1], err, ROOM - 1, 0) < 0)
		abort();
	close(in);
	close(fd[0]);
	close(fd[1]);
	totals_free(totals);
	free(totals);
}

int main(void)
{
	static char like[ROOM], out[ROOM], err[ROOM];
	run(like, err);
	if (!strstr(like, "\nb,ok") || err[0]) {
		printf("FAIL: a run without difference\n%s%s", like, err);
		return 1;
	}
	is_unlike = true;
	run(out, err);
	if (strcmp(out, like)) {
		printf("FAIL: another answer\n%s%s", like, out);
		return 1;
	}
	if (!strstr(err, "answered otherwise by their plan") ||
	    !strstr(err, "of a figure of the test: code 6109100012, origin DE")) {
		printf("FAIL: the difference is not told: %s\n", err);
		return 1;
	}
	return 0;
}
