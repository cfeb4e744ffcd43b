/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/parties.h"

#include <string.h>

#include "cli/cli.h"
#include "common/ascii.h"
#include "common/error.h"

int cli_parties_take(void *at, const char *value, struct tw_error *error)
{
	struct cli_parties *lists = at;
	if (lists->count == CLI_PARTIES)
		return error_set(error, TW_BAD_ARGUMENT, "--parties takes at most %d files",
				 CLI_PARTIES);
	lists->path[lists->count++] = value;
	return TW_OK;
}

/* "0.85": up to four decimals. */
int cli_parties_take_cut(void *at, const char *value, struct tw_error *error)
{
	uint32_t cut = 0, unit = PAIR_ONE;
	const char *c = value;
	for (; is_digit(*c) && cut <= PAIR_ONE; c++)
		cut = cut * 10 + (uint32_t)(*c - '0') * PAIR_ONE;
	if (*c == '.' && c[1])
		for (c++; is_digit(*c) && unit > 1; c++) {
			unit /= 10;
			cut += (uint32_t)(*c - '0') * unit;
		}
	if (*c || cut < PARTIES_CUT_LEAST || cut > PAIR_ONE)
		return error_set(error, TW_BAD_ARGUMENT,
				 "\"%.40s\" is not a score of a party from 0.5 to 1, such as 0.85",
				 value);
	((struct cli_parties *)at)->cut = cut;
	return TW_OK;
}

/* What of the lists was not read, to standard error. */
static void say_skipped(const struct parties *parties)
{
	struct buffer out = {0};
	party_write_skipped(&out, parties);
	for (size_t at = 0; at < out.length && !cli_look.quiet;) {
		const char *end = memchr(out.at + at, '\n', out.length - at);
		size_t length = end ? (size_t)(end - (out.at + at)) : out.length - at;
		cli_message("%.*s", (int)length, out.at + at);
		at += length + 1;
	}
	buffer_free(&out);
}

int cli_parties_open(struct parties **out, const struct cli_parties *lists)
{
	struct tw_error error = {0};
	*out = NULL;
	if (!lists->count)
		return CLI_DONE;
	if (parties_open(out, lists->path, lists->count, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	say_skipped(*out);
	return CLI_DONE;
}
