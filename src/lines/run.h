/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A whole run: files in, findings out. Ties the readers, the gathering, the
 * assessors and the writers together; `tidewaiter assess` is this and its
 * flags.
 */
#ifndef TW_LINES_RUN_H
#define TW_LINES_RUN_H

#include "columns.h"
#include "gather.h"
#include "totals.h"

enum run_format { RUN_NDJSON, RUN_CSV, RUN_TABLE };

struct run_options {
	const char *const *files; /* "-" is standard input */
	size_t file_count;
	const tw_rulebook *rulebook;
	struct tw_options assessor;
	struct columns_options *columns;
	enum run_format format;
	unsigned jobs;
	bool keep, daily_sum, color;
	bool quiet_lines;      /* do not repeat refusals on standard error */
	bool progress;         /* a line on standard error when it takes over a second */
	size_t memory;         /* bytes of a sort; 0: as the gathering decides */
	int out, err;          /* file descriptors; err -1: none */
	gather_assess *assess; /* NULL: tw_assess, with an assessor a thread */
};

/* Fills the totals. TW_OK, or the error that stopped the run. */
int run_lines(struct totals *totals, const struct run_options *options, struct tw_error *error);

#endif
