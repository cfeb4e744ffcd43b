/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages of the Model Context Protocol, a line each. Whatever comes, each line of the answers is
 * one object of JSON-RPC, and there is at most one for a line that came.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/error.h"
#include "lines/json.h"
#include "serve/mcp.h"

enum { MOST = 1 << 26 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int no_scenario(tw_rulebook **out, char id[64], char title[200], const char *name,
		       struct tw_error *error)
{
	(void)id;
	(void)title;
	*out = NULL;
	return error_set(error, TW_BAD_ARGUMENT, "no scenario \"%.60s\"", name);
}

static void check_line(struct tw_text line)
{
	struct json_scan scan;
	struct json_value value;
	struct tw_text key;
	unsigned found = 0;
	json_begin(&scan, line);
	while (json_member(&scan, &key, &value)) {
		found |= key.length == 9 && !memcmp(key.at, "\"jsonrpc\"", 9) ? 1 : 0;
		found |= key.length == 8 && !memcmp(key.at, "\"result\"", 8) ? 2 : 0;
		found |= key.length == 7 && !memcmp(key.at, "\"error\"", 7) ? 4 : 0;
	}
	if (!json_finish(&scan) || (found != 3 && found != 5))
		abort();
}

/* How many lines there are, the last one without an end too. */
static size_t lines_of(const char *at, size_t length, void (*check)(struct tw_text line))
{
	size_t count = 0;
	for (size_t from = 0; from < length; count++) {
		const char *end = memchr(at + from, '\n', length - from);
		size_t until = end ? (size_t)(end - at) : length;
		if (check)
			check((struct tw_text){at + from, until - from});
		from = until + 1;
	}
	return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct serve_options options;
	struct tw_error error;
	if (!options.rulebook && tw_rulebook_default(&options.rulebook, &error))
		abort();
	options.law_folder = "/nonexistent"; /* its text takes too long to read each time */
	options.scenario = no_scenario;
	options.limits.threads = 1;
	int in = memfd_create("in", 0), out = memfd_create("out", 0);
	if (in < 0 || out < 0 || write(in, data, size) != (ssize_t)size ||
	    lseek(in, 0, SEEK_SET) != 0)
		abort();
	if (mcp_run(&options, in, out, &error))
		abort();
	off_t length = lseek(out, 0, SEEK_END);
	char *answers = length > 0 && length < MOST ? malloc((size_t)length) : NULL;
	if (answers && pread(out, answers, (size_t)length, 0) == length &&
	    lines_of(answers, (size_t)length, check_line) >
		lines_of((const char *)data, size, NULL))
		abort();
	free(answers);
	close(in);
	close(out);
	return 0;
}
