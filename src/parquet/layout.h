/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns a Parquet file of answers has: names, types, and what is taken from inputs. */
#ifndef TW_PARQUET_LAYOUT_H
#define TW_PARQUET_LAYOUT_H

#include "lines/run.h"
#include "parquet/table.h"

/* The inputs that are Parquet files, in the order of the inputs. */
struct layout_files {
	int *fd;
	size_t count;
};

/*
 * The columns of answers, and those of inputs that stand before them. A column that is in Parquet
 * files alone, and of one type, is taken from them; any other is text.
 */
int layout_answers(struct table_options *out, const struct run_layout *layout,
		   const struct layout_files *files, struct tw_error *error);
/* Columns by a record of CSV; those of `instants` are such, all others text. */
int layout_names(struct table_options *out, struct tw_text names, const char *const *instants,
		 struct tw_error *error);

#endif
