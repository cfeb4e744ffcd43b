/* SPDX-License-Identifier: Apache-2.0 */
#include "parquet/block.h"

#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"
#include "common/error.h"
#include "common/instant.h"

int block_fill(struct block *block, const struct table_rows *rows, struct tw_error *error)
{
	block->at = block->row = block->text.length = block->numbers.length = 0;
	block->source = rows->source;
	buffer_put(&block->text, rows->text.at, rows->text.length);
	if (rows->number)
		buffer_put(&block->numbers, (const char *)rows->number,
			   rows->count * sizeof *rows->number);
	if (block->text.failed || block->numbers.failed)
		return error_memory(error);
	return rows->nested ? nested_give(&block->array, rows->nested, error) : TW_OK;
}

bool block_is_empty(const struct block *block)
{
	return block->at == block->text.length;
}

/* All rows were given: the vectors of the nested column are no longer needed. */
static void drop_chunk(struct block *block, const struct duck *duck)
{
	if (block->chunk)
		duck->destroy_data_chunk(&block->chunk);
	block->chunk = NULL;
	if (block->array.release)
		block->array.release(&block->array);
	block->array = (struct ArrowArray){0};
}

void block_free(struct block *block, const struct duck *duck)
{
	drop_chunk(block, duck);
	buffer_free(&block->text);
	buffer_free(&block->numbers);
}

/* What is being filled: the vectors of a chunk. */
struct giving {
	struct block_table *table;
	struct block *block;
	duckdb_handle chunk;
	size_t rows;
	/* Rows of the source's chunk that are taken together, into rows from `first` on. */
	size_t chosen, first;
	struct tw_error *error;
};

static duckdb_handle vector_of(const struct giving *giving, size_t column)
{
	return giving->table->duck->data_chunk_get_vector(giving->chunk, column);
}

static void put_null(const struct giving *giving, size_t column, size_t row)
{
	const struct duck *duck = giving->table->duck;
	duckdb_handle vector = vector_of(giving, column);
	duck->vector_ensure_validity_writable(vector);
	duck->validity_set_row_invalid(duck->vector_get_validity(vector), row);
}

/* "-12.50" in ten-thousandths; false: it is no such number, or has more than 18 digits. */
static bool read_amount(int64_t *out, struct tw_text text)
{
	int64_t value = 0;
	int behind = -1, digits = 0;
	bool minus = text.length && *text.at == '-';
	for (size_t i = minus; i < text.length || behind < 4;) {
		char c = i < text.length ? text.at[i++] : behind < 0 ? '.' : '0';
		if (c == '.' && behind < 0) {
			behind = 0;
			continue;
		}
		if (!is_digit(c) || behind == 4 || digits == 18)
			return false;
		value = value * 10 + (c - '0');
		digits += value > 0;
		behind += behind >= 0;
	}
	*out = minus ? -value : value;
	return true;
}

static int put_cell(const struct giving *giving, size_t column, struct tw_text cell)
{
	const struct duck *duck = giving->table->duck;
	const struct table_column *of = &giving->table->columns[column];
	duckdb_handle vector = vector_of(giving, column);
	struct time_parsed instant;
	int64_t value = 0;
	const char *right;
	bool is_sound = true;
	switch (of->kind) {
	case TABLE_TEXT:
		duck->vector_assign_string_element_len(vector, giving->rows, cell.at, cell.length);
		return TW_OK;
	case TABLE_AMOUNT:
		is_sound = read_amount(&value, cell);
		break;
	case TABLE_INSTANT:
		is_sound = time_parse(&instant, TIME_ZONE_UTC, cell, &right);
		value = is_sound ? instant.at * 1000000 : 0;
		break;
	}
	if (!is_sound)
		return error_set(giving->error, TW_BAD_FILE,
				 "column %.80s: \"%.*s\" does not fit the column of the table",
				 of->name, (int)(cell.length < 40 ? cell.length : 40), cell.at);
	((int64_t *)duck->vector_get_data(vector))[giving->rows] = value;
	return TW_OK;
}

/* The rows of the source that were chosen, into its columns of the table. */
static void copy_chosen(struct giving *giving)
{
	const struct block_table *table = giving->table;
	const struct table_source *source = &table->sources[giving->block->source];
	const struct file *file = &table->file[giving->block->source];
	for (size_t i = 0; i < source->count && giving->chosen; i++)
		table->duck->vector_copy_sel(table->duck->data_chunk_get_vector(file->chunk, i),
					     vector_of(giving, source->to[i]), table->chosen,
					     giving->chosen, 0, giving->first);
	giving->first += giving->chosen;
	giving->chosen = 0;
}

/* Takes a row of the source, counted from 1, for the row that comes next. */
static int choose(struct giving *giving, uint64_t number)
{
	struct block_table *table = giving->table;
	const struct table_source *source = &table->sources[giving->block->source];
	struct file *file = &table->file[giving->block->source];
	int code = TW_OK;
	if (!file->duck)
		code = file_open(file, table->duck, source->fd, source->columns, giving->error);
	while (!code && number - 1 >= file->before + file->rows) {
		copy_chosen(giving);
		code = file_next(file, giving->error);
		if (!code && !file->rows)
			code = error_set(giving->error, TW_BAD_FILE,
					 "an input has changed while it was read");
	}
	if (!code && number - 1 < file->before)
		code = error_set(giving->error, TW_BAD_FILE, "rows of an input go back");
	if (!code)
		table->duck->selection_vector_get_data_ptr(table->chosen)[giving->chosen++] =
		    (uint32_t)(number - 1 - file->before);
	return code;
}

static bool is_taken(const struct table_source *source, size_t column)
{
	for (size_t i = 0; source && i < source->count; i++)
		if (source->to[i] == column)
			return true;
	return false;
}

/* One record: its cells, and its row in the source. */
static int give_record(struct giving *giving, char *at, size_t length)
{
	struct block_table *table = giving->table;
	struct block *block = giving->block;
	struct csv_row *row = table->row;
	const struct table_source *source =
	    table->source_count ? &table->sources[block->source] : NULL;
	int code = TW_OK;
	if (csv_split(row, at, length, ',') != CSV_OK || row->count != table->count)
		return error_set(giving->error, TW_BAD_FILE,
				 "a row of the answers has more columns than a Parquet file is "
				 "written with, %d, or others than its first",
				 CSV_FIELDS);
	for (size_t i = 0; i < table->count && !code; i++) {
		struct tw_text cell = row->field[i];
		if (table->columns[i].type || !cell.length) {
			if (!is_taken(source, i))
				put_null(giving, i, giving->rows);
		} else {
			code = put_cell(giving, i, cell);
		}
	}
	if (!code && source && source->count) {
		uint64_t number;
		if ((block->row + 1) * sizeof number > block->numbers.length)
			return error_set(giving->error, TW_BAD_FILE,
					 "a row of the answers is of no row of the input");
		memcpy(&number, block->numbers.at + block->row * sizeof number, sizeof number);
		code = choose(giving, number);
	}
	block->row++;
	giving->rows++;
	return code;
}

/* The nested column of the rows that were given, which begin at a row of the block. */
static int copy_nested(struct giving *giving, size_t first)
{
	struct block_table *table = giving->table;
	struct block *block = giving->block;
	const struct duck *duck = table->duck;
	int code = TW_OK;
	if (!table->nested.type || !giving->rows)
		return TW_OK;
	if (!block->chunk) {
		code = nested_chunk(&block->chunk, &table->nested, &block->array, giving->error);
		block->array = (struct ArrowArray){0};
	}
	if (code)
		return code;
	if (duck->data_chunk_get_size(block->chunk) < first + giving->rows)
		return error_set(giving->error, TW_BAD_FILE, "a row of the answers has no detail");
	uint32_t *chosen = duck->selection_vector_get_data_ptr(table->chosen);
	for (size_t i = 0; i < giving->rows; i++)
		chosen[i] = (uint32_t)(first + i);
	duck->vector_copy_sel(duck->data_chunk_get_vector(block->chunk, 0),
			      vector_of(giving, table->count), table->chosen, giving->rows, 0, 0);
	return TW_OK;
}

int block_give(size_t *rows, struct block *block, struct block_table *table, duckdb_handle chunk,
	       struct tw_error *error)
{
	struct giving giving = {.table = table, .block = block, .chunk = chunk, .error = error};
	size_t most = (size_t)table->duck->vector_size(), first = block->row;
	int code = TW_OK;
	while (!code && giving.rows < most && !block_is_empty(block)) {
		size_t length, flaw;
		struct tw_text rest = {block->text.at + block->at, block->text.length - block->at};
		csv_end(&length, &flaw, rest, ',', true);
		code = give_record(&giving, block->text.at + block->at, length);
		block->at += length;
	}
	if (!code && giving.chosen)
		copy_chosen(&giving);
	if (!code)
		code = copy_nested(&giving, first);
	if (block_is_empty(block))
		drop_chunk(block, table->duck);
	*rows = giving.rows;
	return code;
}
