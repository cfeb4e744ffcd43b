/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of a table of codes and rates become entries of an edition: units, dates, rates by
 * treatment, and of items that have several rows one. For the files of the edition alone.
 */
#ifndef TW_LAW_EDITION_TABLE_H
#define TW_LAW_EDITION_TABLE_H

#include "common/csv.h"
#include "law/edition.h"

enum { TABLE_PLACES = 6 + 2 * COLUMNS_RATES };

struct edition_table {
	struct edition_reader *r;
	const struct edition_source *source;
	/* The columns that the profile names; first those of the table, then two for each rate:
	   the column and that of its condition. */
	struct {
		const char *names;
		int at; /* the cell; -1: the table lacks it */
	} place[TABLE_PLACES];
	size_t place_count;
	struct table_item *item;
};

/* NULL: no memory. */
struct edition_table *table_reader_new(struct edition_reader *r,
				       const struct edition_source *source);
void table_reader_free(struct edition_table *table);
int table_reader_row(struct edition_table *table, const struct csv_row *row, uint32_t line);
/* Behind the last row. */
int table_reader_end(struct edition_table *table);

#endif
