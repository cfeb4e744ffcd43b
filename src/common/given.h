/* SPDX-License-Identifier: Apache-2.0 */
/* What callers give, held against what may be given: sizes, and texts and lists that are said and
   not there. Reads nothing of it. */
#ifndef TW_COMMON_GIVEN_H
#define TW_COMMON_GIVEN_H

#include "tidewaiter.h"

/* The options as this library knows them; of none, or earlier ones, the others as by default. */
int given_options(struct tw_options *out, const struct tw_options *options, struct tw_error *error);
/* Do both sets of options give the same answers? */
bool given_same_options(const struct tw_options *a, const struct tw_options *b);
/* TW_OK: the line can be read as far as its size goes. */
int given_line(const struct tw_line *line, struct tw_error *error);
/* The same of typed lines and what they point to; the error names the first that cannot. */
int given_lines(const struct tw_typed_line *lines, size_t count, struct tw_error *error);

#endif
