/* SPDX-License-Identifier: Apache-2.0 */
#include "planned_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lines/run.h"

enum { TOTALS = 1 << 16 };

struct outcome {
	char *out;
	size_t length;
	int code;
	struct buffer totals;
};

static void read_all(struct outcome *outcome, int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	outcome->out = malloc((size_t)size + 1);
	if (!outcome->out || pread(fd, outcome->out, (size_t)size, 0) != size)
		abort();
	outcome->length = (size_t)size;
}

/* What the run writes to standard output and error, and its totals. */
static void run(struct outcome *outcome, const char *text, size_t length, unsigned how, bool alone)
{
	static const char *const fields[] = {NULL, "id,duty", "warnings,headings,id,duty,status",
					     "id,status,duty"};
	static const tw_rulebook *rulebook;
	struct totals *totals = calloc(1, sizeof *totals);
	struct columns_options columns = {0};
	struct tw_error error = {0};
	char path[64];
	const char *files[] = {path};
	int in = memfd_create("in", 0), out = memfd_create("out", 0);
	if (!totals || in < 0 || out < 0 || write(in, text, length) != (ssize_t)length)
		abort();
	if (!rulebook && tw_rulebook_default(&rulebook, &error))
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", in);
	struct run_options options = {.files = files,
				      .file_count = 1,
				      .rulebook = rulebook,
				      .assessor = TW_OPTIONS_INIT,
				      .columns = &columns,
				      .format = how & 1 ? RUN_NDJSON : RUN_CSV,
				      .jobs = 1 + (how >> 1 & 1),
				      .only_answers = how & 4,
				      .spreadsheet_safe = how & 8,
				      .fields = fields[how >> 4 & 3],
				      .only = how & 64 ? RUN_RED | RUN_YELLOW | RUN_REFUSED : 0,
				      .out = out,
				      .err = out,
				      .alone = alone};
	options.assessor.no_screen = how & 128;
	*outcome = (struct outcome){.code = run_lines(totals, &options, &error)};
	totals_print(&outcome->totals, totals, false);
	read_all(outcome, out);
	close(in);
	close(out);
	totals_free(totals);
	free(totals);
}

bool planned_check(const char *text, size_t length, unsigned how)
{
	struct outcome one, other;
	run(&one, text, length, how & ~2u, true);
	run(&other, text, length, how, false);
	bool same = one.code == other.code && one.length == other.length &&
		    !memcmp(one.out, other.out, one.length) &&
		    one.totals.length == other.totals.length &&
		    !memcmp(one.totals.at, other.totals.at, one.totals.length);
	if (!same && getenv("TW_SHOW")) {
		size_t at = 0;
		while (at < one.length && at < other.length && one.out[at] == other.out[at])
			at++;
		at = at > 200 ? at - 200 : 0;
		fprintf(stderr, "code %d, %d\nalone   %.*s\nplanned %.*s\n%.*s\n%.*s\n", one.code,
			other.code, (int)(one.length - at > 600 ? 600 : one.length - at),
			one.out + at, (int)(other.length - at > 600 ? 600 : other.length - at),
			other.out + at, (int)one.totals.length, one.totals.at,
			(int)other.totals.length, other.totals.at);
	}
	free(one.out);
	free(other.out);
	buffer_free(&one.totals);
	buffer_free(&other.totals);
	return same;
}
