/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/assess_take.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "lines/run.h"

enum { PARTS = 100000 };

int assess_take_only(void *at, const char *value, struct tw_error *error)
{
	static const char *const names[] = {"differing", "red", "yellow", "incomplete", "refused"};
	unsigned *only = at;
	for (;; value++) {
		size_t length = strcspn(value, ","), which = 0;
		while (which < 5 &&
		       (strlen(names[which]) != length || memcmp(names[which], value, length) != 0))
			which++;
		if (which == 5) {
			const char *nearest = columns_nearest(value, length, names, 5);
			return error_set(
			    error, TW_BAD_ARGUMENT,
			    "--only does not accept \"%.*s\"%s%s: write one or more of "
			    "differing, red, yellow, incomplete, refused, separated by commas",
			    (int)(length < 40 ? length : 40), value,
			    nearest ? "; did you mean " : "", nearest ? nearest : "");
		}
		*only |= 1u << which;
		value += length;
		if (!*value)
			return 0;
	}
}

int assess_take_part(void *at, const char *value, struct tw_error *error)
{
	struct run_options *run = at;
	char *end, *last;
	errno = 0;
	long part = strtol(value, &end, 10), parts = *end == '/' ? strtol(end + 1, &last, 10) : 0;
	if (errno || *end != '/' || end == value || *last || part < 1 || parts < part ||
	    parts > PARTS) {
		return error_set(
		    error, TW_BAD_ARGUMENT,
		    "--part needs K/N, the K-th of N parts, as in 1/8 to 8/8 and at most %d, "
		    "not \"%.40s\"",
		    PARTS, value);
	}
	run->part = (unsigned)part;
	run->parts = (unsigned)parts;
	return 0;
}
