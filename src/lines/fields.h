/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which columns of CSV, or members of NDJSON, are written and in what order:
 * --fields, or all. It knows names only.
 */
#ifndef TW_LINES_FIELDS_H
#define TW_LINES_FIELDS_H

#include "lines/carried.h"

struct fields {
	int *at; /* as struct finding_style has them */
	size_t count;
};

/*
 * `text`: the names, with commas between, quoted as CSV where they hold one;
 * NULL: all. A column of the input goes before an answer's of that name only in
 * that carried_new has given it another. `carried` may be NULL.
 */
int fields_read(struct fields *fields, const char *text, const struct carried *carried,
		const char *const *names, size_t count, struct tw_error *error);
void fields_free(struct fields *fields);

#endif
