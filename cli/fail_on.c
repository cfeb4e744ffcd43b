/* SPDX-License-Identifier: Apache-2.0 */
/* --fail-on: for which lines a command that did its work ends with exit code 1. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "common/error.h"

static const char *const kinds[] = {"red", "yellow", "incomplete", "refused"};
enum { KINDS = sizeof kinds / sizeof *kinds };

int cli_take_fail_on(void *context, const char *value, struct tw_error *error)
{
	struct cli_fail_on *fail = context;
	for (const char *at = value;; at++) {
		size_t length = strcspn(at, ","), which = 0;
		while (which < KINDS &&
		       (strlen(kinds[which]) != length || memcmp(kinds[which], at, length) != 0))
			which++;
		if (which == KINDS) {
			return error_set(error, TW_BAD_ARGUMENT,
					 "--fail-on \"%.40s\": write one or more of red, yellow, "
					 "incomplete, refused, separated by commas",
					 value);
		}
		fail->kinds |= 1u << which;
		at += length;
		if (!*at)
			return 0;
	}
}

int cli_fail_code(const struct cli_fail_on *fail, const struct cli_seen *seen)
{
	const bool has[KINDS] = {seen->red, seen->yellow, seen->incomplete, seen->refused};
	unsigned asked = fail->kinds ? fail->kinds : 1u << 2 | 1u << 3;
	for (size_t i = 0; i < KINDS; i++)
		if (has[i] && (asked >> i & 1))
			return CLI_SOME_REFUSED;
	return CLI_DONE;
}
