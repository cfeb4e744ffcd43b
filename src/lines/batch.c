/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting the text of an input into batches of whole records. */
#include <stdlib.h>
#include <string.h>

#include "lines/window.h"

int batch_grow(struct batch *batch, size_t room)
{
	if (room <= batch->room)
		return TW_OK;
	size_t size = batch->room ? batch->room : BATCH_TEXT + BLOCK / 4;
	while (size < room)
		size *= 2;
	char *text = realloc(batch->text, size);
	if (!text)
		return TW_NO_MEMORY;
	batch->text = text;
	batch->room = size;
	return TW_OK;
}

void batch_free(struct batch *batch)
{
	free(batch->text);
	free(batch->window);
	free(batch->by_law);
	free(batch->months);
	scan_free(&batch->scan);
	batch->text = batch->window = NULL;
	batch->by_law = NULL;
	batch->months = NULL;
	batch->room = batch->length = batch->count = 0;
}

/* Drops the rest of a line that did not fit the window. */
static void skip_line(struct input *input)
{
	struct tw_text text = window_unread(input);
	const char *newline = memchr(text.at, '\n', text.length);
	window_advance(input, newline ? (size_t)(newline - text.at) + 1 : text.length);
	if (newline || input->at_end)
		input->skipping = false;
}

bool batch_is_blank(const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (at[i] != ' ' && at[i] != '\t' && at[i] != '\r' && at[i] != '\n')
			return false;
	return true;
}

/* The end of the next record in the window, by the file's format. */
static enum csv_result record_end(struct batch_record *record, const struct input *input)
{
	struct tw_text text = window_unread(input);
	*record = (struct batch_record){.number = input->number};
	if (!input->is_ndjson)
		return csv_end(&record->length, &record->flaw, text, input->separator,
			       input->at_end);
	const char *newline = memchr(text.at, '\n', text.length);
	record->length = newline ? (size_t)(newline - text.at) + 1 : text.length;
	if (record->length > CSV_RECORD)
		return CSV_LONG;
	return newline || input->at_end ? CSV_OK : CSV_MORE;
}

/* The two fields that make an ES-003 row part of a line; false if it cannot be read. */
static bool es003_key(struct tw_text key[2], const struct input *input, char *at, size_t length,
		      struct csv_row *row)
{
	const int *place = input->columns.at;
	if (csv_split(row, at, length, input->separator) != CSV_OK)
		return false;
	size_t summary = (size_t)place[TW_COLUMN_SHIPMENT], line = (size_t)place[FIELD_ENTRY_LINE];
	if (row->count <= summary || row->count <= line)
		return false;
	key[0] = csv_value(row->field[summary]);
	key[1] = csv_value(row->field[line]);
	return key[0].length > 0;
}

static bool same(struct tw_text a, struct tw_text b)
{
	return a.length == b.length && (!a.length || !memcmp(a.at, b.at, a.length));
}

/*
 * Whether the record at the window's front belongs to the batch's last one:
 * the rows of one summary and line number stand together.
 */
static int joins(bool *join, const struct batch *batch, const struct input *input,
		 const struct batch_record *record)
{
	*join = false;
	if (!input->columns.is_es003 || !batch->count || record->result != CSV_OK)
		return TW_OK;
	const struct batch_record *last = &batch->record[batch->count - 1];
	if (last->result != CSV_OK || last->length + record->length > CSV_RECORD)
		return TW_OK;
	size_t first, flaw;
	struct tw_text text = {batch->text + last->at, last->length};
	if (csv_end(&first, &flaw, text, input->separator, true) != CSV_OK)
		return TW_OK;
	struct csv_row *row = malloc(sizeof *row);
	char *copy = malloc(first + record->length + 1);
	struct tw_text a[2], b[2];
	if (row && copy) {
		memcpy(copy, text.at, first);
		memcpy(copy + first, window_unread(input).at, record->length);
		*join = es003_key(a, input, copy, first, row) &&
			es003_key(b, input, copy + first, record->length, row) &&
			same(a[0], b[0]) && same(a[1], b[1]);
	}
	int code = row && copy ? TW_OK : TW_NO_MEMORY;
	free(row);
	free(copy);
	return code;
}

/* Copies a record into the batch and steps over it. */
static int take(struct batch *batch, struct input *input, struct batch_record *record, bool join)
{
	struct tw_text text = {input->window + input->from, record->length};
	if (input->carry && record->result == CSV_OK)
		text = carry_record(input->carry, text, input->separator);
	if (text.length > CSV_RECORD && record->result == CSV_OK)
		record->result = CSV_LONG; /* with what was carried down */
	size_t keep = text.length;
	if (record->result != CSV_OK && keep > BATCH_PREFIX)
		keep = BATCH_PREFIX;
	if (batch_grow(batch, batch->length + keep))
		return TW_NO_MEMORY;
	if (keep)
		memcpy(batch->text + batch->length, text.at, keep);
	if (join) {
		batch->record[batch->count - 1].length += keep;
	} else {
		record->at = batch->length;
		batch->record[batch->count] = *record;
		batch->record[batch->count].length = keep;
		batch->count++;
	}
	batch->length += keep;
	const char *end = input->window + input->from + record->length;
	input->skipping = record->length > CSV_RECORD && end[-1] != '\n';
	window_advance(input, record->length);
	return TW_OK;
}

static bool is_full(const struct batch *batch, size_t most)
{
	return batch->count == most || batch->length >= BATCH_TEXT;
}

static void begin(struct batch *batch, struct input *input)
{
	batch->count = batch->length = batch->rows.length = 0;
	batch->input = input;
}

/* Where in the file the unread text begins. */
static uint64_t position(const struct input *input)
{
	return input->read - (input->to - input->from);
}

/* Whether what comes next is of another part of the file. */
static bool is_over(const struct input *input)
{
	return !input->skipping && input->until != UINT64_MAX && position(input) >= input->until;
}

int input_batch(struct batch *batch, struct input *input, size_t most, struct tw_error *error)
{
	struct batch_record record;
	int code = TW_OK;

	begin(batch, input);
	while (!code) {
		bool starved = input->from == input->to;
		if (!starved && input->skipping) {
			skip_line(input);
			continue;
		}
		if (is_over(input))
			break;
		if (!starved) {
			record.result = CSV_OK;
			enum csv_result found = record_end(&record, input);
			record.result = found;
			starved = found == CSV_MORE;
		}
		if (starved) {
			if (input->at_end || input->is_sample)
				break;
			/* ES-003 rows of one line must not be parted by a slow pipe. */
			if (batch->count && !input->columns.is_es003)
				break;
			code = window_fill(input, error);
			continue;
		}
		if (batch_is_blank(input->window + input->from, record.length)) {
			window_advance(input, record.length);
			continue;
		}
		bool join;
		if (joins(&join, batch, input, &record))
			return input_fail(error, input, 0, TW_NO_MEMORY,
					  "not enough memory to read it");
		if (!join && is_full(batch, most))
			break;
		input->has_lines = true;
		if (take(batch, input, &record, join))
			code = input_fail(error, input, 0, TW_NO_MEMORY,
					  "not enough memory to read it");
	}
	return code;
}

/* The batch takes the window with the rows at its front, and the input one with the rest. */
static int change_windows(struct batch *batch, struct input *input, size_t length, uint64_t lines)
{
	size_t rest = input->to - input->from - length;
	char *window = batch->window ? batch->window : calloc(1, WINDOW + SCAN_BLOCK);
	if (!window)
		return TW_NO_MEMORY;
	batch->window = input->window;
	batch->rows = (struct tw_text){input->window + input->from, length};
	batch->number = input->number;
	if (rest)
		memcpy(window, input->window + input->from + length, rest);
	input->window = window;
	input->from = 0;
	input->to = rest;
	input->number += lines;
	input->has_lines = input->has_lines || !batch_is_blank(batch->rows.at, length);
	return TW_OK;
}

/* The unread text up to an offset of the file; UINT64_MAX: all. What is unpacked has no offsets. */
static struct tw_text unread_before(const struct input *input, uint64_t offset)
{
	struct tw_text text = window_unread(input);
	if (offset != UINT64_MAX && offset - position(input) < text.length)
		text.length = (size_t)(offset - position(input));
	return text;
}

/*
 * How far whole rows go, SIZE_MAX: no memory. Most are to the letter: then they are found here, and
 * nobody looks again.
 */
static size_t find_rows(uint64_t *lines, struct batch *batch, const struct input *input,
			struct scan *scan, struct tw_text text, bool last)
{
	if (!batch->scan.find)
		scan_start(&batch->scan);
	size_t length = scan_rows(&batch->scan, text, input->separator);
	batch->is_scanned = length && !batch->scan.is_flawed;
	*lines = input->is_table ? batch->scan.rows : batch->scan.lines;
	if (length == SIZE_MAX || batch->is_scanned)
		return length;
	if (input->is_table) /* one by one, as their ends are found */
		return 0;
	return scan_whole(lines, scan, text, input->separator, last);
}

int input_rows(struct batch *batch, struct input *input, struct scan *scan, struct tw_error *error)
{
	int code = TW_OK;
	begin(batch, input);
	while (!code) {
		struct tw_text text = window_unread(input);
		size_t flaw, length = 0;
		uint64_t lines;
		if (text.length && input->skipping) {
			skip_line(input);
			continue;
		}
		if (is_over(input))
			break;
		struct tw_text here = unread_before(input, input->until);
		bool last = input->at_end && here.length == text.length;
		if (here.length)
			length = find_rows(&lines, batch, input, scan, here, last);
		if (length == SIZE_MAX || (length && change_windows(batch, input, length, lines)))
			return input_fail(error, input, 0, TW_NO_MEMORY,
					  "not enough memory to read it");
		if (length)
			break;
		if (text.length &&
		    (here.length < text.length ||
		     csv_end(&length, &flaw, text, input->separator, input->at_end) != CSV_MORE))
			return input_batch(batch, input, 1, error);
		if (input->at_end)
			break;
		code = window_fill(input, error);
	}
	return code;
}

/* How much of the text before the offset are whole records, as far as that is easily told. */
static size_t whole_records(const struct input *input, struct scan *scan, uint64_t offset)
{
	struct tw_text text = unread_before(input, offset);
	uint64_t lines;
	if (!text.length || input->skipping)
		return 0;
	if (input_has_rows(input))
		return scan_whole(&lines, scan, text, input->separator, false);
	const char *newline = input->is_ndjson ? memrchr(text.at, '\n', text.length) : NULL;
	return newline ? (size_t)(newline - text.at) + 1 : 0;
}

int input_skip(struct input *input, uint64_t offset, struct tw_error *error)
{
	struct batch *batch = calloc(1, sizeof *batch);
	struct scan scan;
	int code = batch ? TW_OK : TW_NO_MEMORY;
	uint64_t until = input->until;
	scan_start(&scan);
	input->until = offset;
	while (!code && !is_over(input)) {
		size_t length = whole_records(input, &scan, offset);
		if (length == SIZE_MAX) {
			code = TW_NO_MEMORY;
		} else if (length) {
			window_advance(input, length);
		} else if (input->from == input->to) {
			if (input->at_end)
				break;
			code = window_fill(input, error);
		} else {
			code = input_batch(batch, input, 1, error);
			if (!code && !batch->count)
				break;
		}
	}
	if (code == TW_NO_MEMORY)
		input_fail(error, input, 0, code, "not enough memory to read it");
	input->until = until;
	scan_free(&scan);
	if (batch)
		batch_free(batch);
	free(batch);
	return code;
}
