/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A Parquet file as the text of lines/input.h: what the cell of a CSV file
 * would say of each value, by the rules of columns of Arrow.
 */
#ifndef TW_PARQUET_TEXT_H
#define TW_PARQUET_TEXT_H

#include "lines/input.h"
#include "parquet/duck.h"

/* For struct table_opener, whose context it takes last; the library is lent. */
int text_open(struct source **out, int fd, const struct columns_options *options,
	      const struct duck *duck, struct tw_error *error);

#endif
