/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/blocks.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "lines/parts.h"
#include "lines/typed.h"

enum {
	ROWS = 64,      /* of a block */
	BEHIND = 64,    /* bytes that may be read behind a text */
	CHECKED = 4096, /* one line of so many is said both ways; a power of two */
	DIGITS = 20
};

/* A row of a block. */
struct row {
	size_t start, length; /* in the text of the block */
	int offset;           /* seconds east of UTC at its entry */
	int typed;            /* its index among the lines of values, or -1: the ordinary way */
	bool is_plain;        /* each cell stands as it is */
	tw_time at;           /* its entry, of an instant; TW_TIME_MIN: it is written */
	char digits[DIGITS];  /* the id of a row without one */
	struct tw_text id;
};

struct blocks {
	struct reader *reader;
	tw_assessor *assessor;
	struct answers *answers;
	struct typed typed;
	struct typed_form form;
	bool has_form;
	int instant;          /* the column of the time of entry, where it is an instant; or -1 */
	struct totals totals; /* nobody asks for them */
	struct parts *parts;
	struct run_options options;
	/* The cells of all rows of the block, one behind the other, as a file would have them. */
	struct buffer text;
	uint32_t *mark; /* of each row the ends of its cells */
	struct row row[ROWS];
	size_t rows, lines;
	struct tw_typed_line line[ROWS];
	struct tw_charge charge[ROWS];
	struct buffer out, check;
	uint64_t checks;
};

int blocks_new(struct blocks **out, struct reader *reader, tw_assessor *assessor,
	       struct answers *answers, struct tw_error *error)
{
	struct blocks *blocks = calloc(1, sizeof *blocks);
	if (!blocks)
		return error_memory(error);
	blocks->reader = reader;
	blocks->assessor = assessor;
	blocks->answers = answers;
	blocks->typed.rulebook = reader->options.rulebook;
	blocks->typed.assessor = assessor;
	blocks->options.format = RUN_CSV;
	blocks->mark = calloc(ROWS * (reader->schema.count + 1), sizeof *blocks->mark);
	if (!blocks->mark ||
	    parts_new(&blocks->parts, &answers->style, &blocks->options, &blocks->totals)) {
		blocks_free(blocks);
		return error_memory(error);
	}
	*out = blocks;
	return TW_OK;
}

void blocks_free(struct blocks *blocks)
{
	if (!blocks)
		return;
	parts_free(blocks->parts);
	totals_free(&blocks->totals);
	buffer_free(&blocks->text);
	buffer_free(&blocks->out);
	buffer_free(&blocks->check);
	free(blocks->mark);
	free(blocks);
}

static uint32_t *marks_of(const struct blocks *blocks, const struct row *row)
{
	return blocks->mark + (size_t)(row - blocks->row) * blocks->reader->schema.count;
}

/* Whether a cell is taken as it stands: no quotes and signs of spreadsheets before it. */
static bool is_plain(struct tw_text cell)
{
	return !cell.length || (*cell.at != '"' && *cell.at != '=');
}

/* Whether any byte is a control or no ASCII. */
static bool is_odd(const char *at, size_t length)
{
	unsigned char odd = 0;
	for (size_t i = 0; i < length; i++)
		odd |= (unsigned char)(at[i] < ' ' || at[i] == 127);
	return odd;
}

/* The column of the time of entry if it holds instants, which are not written in local time. */
static int find_instant(const struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->form.fields; i++) {
		const struct typed_field *field = &blocks->form.field[i];
		const struct type *type = cell_type(&blocks->reader->schema.child[field->at]);
		if (field->column == TW_COLUMN_ENTERED && type->kind == TYPE_TIMESTAMP &&
		    type->has_zone)
			return field->at;
	}
	return -1;
}

/* 2025-05-02T04:01:00Z, as cell.c writes it, with a year of four digits. */
static tw_time read_instant(struct tw_text cell)
{
	unsigned part[6] = {0};
	for (size_t i = 0, k = 0; i < cell.length && k < 6; i++) {
		if (cell.at[i] >= '0' && cell.at[i] <= '9')
			part[k] = part[k] * 10 + (unsigned)(cell.at[i] - '0');
		else
			k++;
	}
	return time_days((int)part[0], (int)part[1], (int)part[2]) * 86400 +
	       (tw_time)(part[3] * 3600 + part[4] * 60 + part[5]);
}

/* An instant is taken from its text, of which the day alone is left to be read. */
static struct tw_text take_instant(struct row *row, struct tw_text cell)
{
	if (cell.length != sizeof "2025-05-02T04:01:00Z" - 1)
		return cell;
	row->at = read_instant(cell);
	return (struct tw_text){cell.at, 10};
}

/* Puts the cells of the row that was read behind those before it. */
static void put_cells(struct blocks *blocks, struct row *row)
{
	const struct csv_row *cells = blocks->reader->item->row;
	uint32_t *mark = marks_of(blocks, row);
	size_t length = 0;
	for (size_t i = 0; i < cells->count; i++)
		length += cells->field[i].length + 1;
	row->start = blocks->text.length;
	row->is_plain = length <= CSV_RECORD; /* else it is refused, the ordinary way */
	row->at = TW_TIME_MIN;
	for (size_t i = 0; i < cells->count; i++) {
		struct tw_text cell = cells->field[i];
		if ((int)i == blocks->instant)
			cell = take_instant(row, cell);
		if (length <= CSV_RECORD)
			buffer_put(&blocks->text, cell.at, cell.length);
		mark[i] = (uint32_t)blocks->text.length;
		buffer_char(&blocks->text, ',');
		row->is_plain = row->is_plain && is_plain(cell);
	}
	row->length = blocks->text.length - row->start;
}

static struct tw_text cell_of(const struct blocks *blocks, const struct row *row, int column)
{
	const uint32_t *mark = marks_of(blocks, row);
	size_t from = column ? mark[column - 1] + 1 : row->start;
	return csv_value((struct tw_text){blocks->text.at + from, mark[column] - from});
}

/* The id of a row: its cell, or its number. */
static void take_id(struct blocks *blocks, struct row *row, uint64_t number)
{
	size_t at = DIGITS;
	row->id = (struct tw_text){0};
	if (blocks->form.id >= 0)
		row->id = cell_of(blocks, row, blocks->form.id);
	if (row->id.length)
		return;
	do {
		row->digits[--at] = (char)('0' + number % 10);
	} while (number /= 10);
	row->id = (struct tw_text){row->digits + at, DIGITS - at};
}

/* The rows of the block as values, now that their texts stay where they are. */
static void take_rows(struct blocks *blocks, uint64_t number)
{
	blocks->lines = 0;
	for (size_t i = 0; i < blocks->rows; i++) {
		struct row *row = &blocks->row[i];
		const char *text = blocks->text.at;
		row->typed = -1;
		if (!row->is_plain ||
		    (is_odd(text + row->start, row->length) &&
		     buffer_flaws(text + row->start, row->length)) ||
		    !typed_row(&blocks->line[blocks->lines], &row->offset, &blocks->typed,
			       &blocks->form, text, row->start, marks_of(blocks, row)))
			continue;
		if (row->at != TW_TIME_MIN) {
			blocks->line[blocks->lines].entered = row->at;
			blocks->line[blocks->lines].entered_is_date = false;
		}
		take_id(blocks, row, number + i);
		row->typed = (int)blocks->lines++;
	}
}

/* Whether the code has dots: what is found by it is said in the line's own words. */
static bool is_dotted(const struct blocks *blocks, const struct row *row)
{
	int hts = blocks->form.hts;
	return hts < 0 || cell_of(blocks, row, hts).length != blocks->line[row->typed].digits;
}

/* What the ordinary way is, for one block. */
struct way {
	const struct ArrowArray *batch;
	int64_t first; /* the row of the batch that is the block's first */
	uint64_t number;
	blocks_row *ordinary;
	void *context;
};

static int add_ordinary(struct blocks *blocks, const struct way *way, size_t index,
			struct tw_error *error)
{
	blocks->reader->number = way->number + index;
	return way->ordinary(way->context, way->batch, way->first + (int64_t)index, error);
}

/* A row of which the whole answer is needed; of what it says the parts are made. */
static int add_whole(struct blocks *blocks, const struct way *way, size_t index,
		     struct tw_error *error)
{
	const struct row *row = &blocks->row[index];
	const struct tw_charge *charge = &blocks->charge[row->typed];
	const struct tw_assessment *answer;
	struct finding finding;
	int code = tw_many_answer(&answer, blocks->assessor, (size_t)row->typed, error);
	if (code)
		return code;
	if (answer->status == TW_STATUS_REFUSED ||
	    (answer->substance_count && is_dotted(blocks, row)))
		return add_ordinary(blocks, way, index, error);
	finding_make(&finding, row->id, answer);
	if (!charge->left && charge->plan && charge->remarks && !parts_find(blocks->parts, charge))
		parts_make(blocks->parts, charge, &finding);
	answers_add(blocks->answers, &finding);
	return TW_OK;
}

/* The same said both ways; where they differ, the ordinary one counts. */
static int check(bool *same, struct blocks *blocks, const struct row *row, struct tw_error *error)
{
	const struct tw_assessment *answer;
	struct finding finding;
	int code = tw_many_answer(&answer, blocks->assessor, (size_t)row->typed, error);
	if (code)
		return code;
	finding_make(&finding, row->id, answer);
	blocks->check.length = 0;
	finding_csv(&blocks->check, &finding, &blocks->answers->style);
	*same = blocks->check.length == blocks->out.length &&
		!memcmp(blocks->check.at, blocks->out.at, blocks->out.length);
	return blocks->check.failed ? error_memory(error) : TW_OK;
}

static int add_planned(struct blocks *blocks, const struct way *way, size_t index,
		       struct tw_error *error)
{
	const struct row *row = &blocks->row[index];
	const struct tw_charge *charge = &blocks->charge[row->typed];
	const struct parts_line line = {.values = {.line = &blocks->line[row->typed],
						   .charge = charge,
						   .entered_offset = row->offset},
					.id = row->id};
	bool same = true;
	int code = TW_OK;
	blocks->out.length = 0;
	if (charge->left || !charge->plan || !charge->remarks ||
	    charge->status == TW_STATUS_REFUSED || (charge->goods && is_dotted(blocks, row)) ||
	    !parts_find(blocks->parts, charge) || !parts_write(&blocks->out, blocks->parts, &line))
		return add_whole(blocks, way, index, error);
	if (!(blocks->checks++ & (CHECKED - 1)))
		code = check(&same, blocks, row, error);
	if (code || !same)
		return code ? code : add_whole(blocks, way, index, error);
	const struct answers_flat flat = {.id = row->id,
					  .status = (enum tw_status)charge->status,
					  .lane = (enum tw_lane)charge->lane,
					  .has_duty = charge->has_amount,
					  .duty = charge->amount,
					  .refundable = charge->refundable,
					  .fees = charge->fees};
	answers_add_flat(blocks->answers, &flat, blocks->out.at, blocks->out.length);
	return TW_OK;
}

/* What was taken goes to the library, and is added in order. */
static int add_block(struct blocks *blocks, const struct way *way, struct tw_error *error)
{
	if (blocks->text.failed || !buffer_room(&blocks->text, BEHIND))
		return error_memory(error);
	memset(blocks->text.at + blocks->text.length, 0, BEHIND);
	take_rows(blocks, way->number);
	int code = blocks->lines ? tw_assess_many(blocks->charge, blocks->assessor, blocks->line,
						  blocks->lines, TW_MANY_LEAVE, error)
				 : TW_OK;
	for (unsigned round = 0; round < 3 && !code; round++)
		for (size_t i = 0; i < blocks->lines; i++)
			parts_expect(blocks->parts, &blocks->charge[i], round);
	for (size_t i = 0; i < blocks->rows && !code; i++)
		code = blocks->row[i].typed >= 0 ? add_planned(blocks, way, i, error)
						 : add_ordinary(blocks, way, i, error);
	return code;
}

int blocks_batch(bool *usual, struct blocks *blocks, const struct ArrowArray *batch,
		 blocks_row *ordinary, void *context, struct tw_error *error)
{
	struct reader *reader = blocks->reader;
	int code = TW_OK;
	if (!blocks->has_form)
		typed_form_make(&blocks->form, &blocks->typed, &reader->input, &reader->options);
	if (!blocks->has_form)
		blocks->instant = find_instant(blocks);
	blocks->has_form = true;
	*usual = blocks->form.is_usual;
	for (int64_t at = 0; *usual && at < batch->length && !code; at += ROWS) {
		const struct way way = {batch, at, reader->number + 1, ordinary, context};
		int64_t rows = batch->length - at < ROWS ? batch->length - at : ROWS;
		blocks->text.length = 0;
		for (blocks->rows = 0; (int64_t)blocks->rows < rows && !code; blocks->rows++) {
			reader->number++;
			code = reader_cells(reader, batch, at + (int64_t)blocks->rows, error);
			if (!code) /* else the cells behind it are those of a batch that went */
				put_cells(blocks, &blocks->row[blocks->rows]);
		}
		if (!code)
			code = add_block(blocks, &way, error);
		if (!code)
			reader->number = way.number + (uint64_t)rows - 1;
	}
	return code;
}
