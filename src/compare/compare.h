/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a change of the law is worth: lines are assessed under the law and under
 * laws that differ from it, and what they come to is added up. It asks the
 * assessor and adds; it knows no scenario, and reads no file.
 */
#ifndef TW_COMPARE_COMPARE_H
#define TW_COMPARE_COMPARE_H

#include "findings/taken.h"

enum compare_format { COMPARE_TABLE, COMPARE_CSV, COMPARE_NDJSON };

/* A law that is compared with the first. */
struct compare_law {
	const char *id, *title;
};

struct compare_options {
	const struct compare_law *laws; /* of the first neither is printed */
	size_t law_count;               /* two or more */
	unsigned jobs;
	enum compare_format format;
	bool lines; /* write each line; then lines are not grouped */
	bool safe;  /* CSV: see buffer_end_cell */
	size_t width;
};

struct compare;
int compare_new(struct compare **out, const struct compare_options *options,
		struct tw_error *error);
void compare_free(struct compare *compare);

/* The lines; the context is a struct compare. */
take_lines compare_take;
take_end compare_end;

/* The names of the columns of lines, where the format has them. */
void compare_header(struct buffer *out, const struct compare *compare);
/* The sums, after all lines; in another format than that of the lines where it is asked for. */
int compare_report(struct buffer *out, struct compare *compare, enum compare_format format,
		   struct tw_error *error);

/* What was counted, for exit codes and for measuring. */
struct compare_counts {
	uint64_t lines, refused, incomplete; /* under any law */
	uint64_t groups;                     /* lines that were assessed for all like them */
};
void compare_counts(struct compare_counts *out, const struct compare *compare);

#endif
