/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A tab-separated file: leading "# key: value" lines, one header row, rows.
 * The whole file is held in the arena; cells point into it, terminated.
 */
#ifndef TW_LAW_TSV_H
#define TW_LAW_TSV_H

#include "law/yaml.h"

struct tsv {
	const char *path;
	const char **fact_key, **fact_value; /* the "# key: value" lines */
	size_t fact_count;
	const char **column;
	size_t column_count;
	const char **cell; /* row-major, row_count x column_count; "" where empty */
	int *line;         /* line number of each row */
	size_t row_count;
};

/* No row may have more cells than the header; blank ones at its end may be left out. No NUL
 * bytes, no carriage returns, valid UTF-8. */
int tsv_read(struct tsv *out, struct arena *arena, const char *folder, const char *path,
	     struct tw_error *error);
int tsv_parse(struct tsv *out, struct arena *arena, const char *path, const char *data, size_t size,
	      struct tw_error *error);
/* Index of a column, or -1. */
int tsv_column(const struct tsv *tsv, const char *name);
/* Value of a "# key: value" line, or NULL. */
const char *tsv_fact(const struct tsv *tsv, const char *key);

#endif
