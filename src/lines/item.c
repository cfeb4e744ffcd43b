/* SPDX-License-Identifier: Apache-2.0 */
/* What all formats share: refusals, constants, defaults; and plain CSV rows. */
#include "lines/item.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/utf8.h"
#include "lines/amounts.h"
#include "lines/claim_columns.h"
#include "lines/date_cell.h"
#include "lines/decimal.h"
#include "lines/doubled.h"

int item_new(struct item **out)
{
	struct item *item = calloc(1, sizeof *item);
	if (!item)
		return TW_NO_MEMORY;
	item->row = malloc(sizeof *item->row);
	if (!item->row) {
		free(item);
		return TW_NO_MEMORY;
	}
	*out = item;
	return TW_OK;
}

void item_free(struct item *item)
{
	if (!item)
		return;
	buffer_free(&item->scratch);
	free(item->row);
	free(item);
}

void item_note(struct item *item, const char *format, ...)
{
	va_list arguments;
	if (item->notes == ITEM_NOTES) {
		fit_print(item->note[ITEM_NOTES - 1], sizeof item->note[0],
			  "overflow: more is noted of this line than %d texts can say",
			  ITEM_NOTES - 1);
		return;
	}
	va_start(arguments, format);
	fit_vprint(item->note[item->notes++], sizeof item->note[0], format, arguments);
	va_end(arguments);
}

void item_refuse(struct item *item, const char *reason, const char *column, const char *format, ...)
{
	va_list arguments;
	if (item->reason)
		return;
	item->reason = reason;
	fit_print(item->column, sizeof item->column, "%s", column ? column : "");
	va_start(arguments, format);
	fit_vprint(item->text, sizeof item->text, format, arguments);
	va_end(arguments);
}

void item_stop(struct item *item, const char *column, const char *format, ...)
{
	va_list arguments;
	if (item->stops)
		return;
	item->stops = true;
	item->reason = "contradicts-file";
	fit_print(item->column, sizeof item->column, "%s", column ? column : "");
	va_start(arguments, format);
	fit_vprint(item->text, sizeof item->text, format, arguments);
	va_end(arguments);
}

int item_stopped(const struct item *item, struct tw_error *error)
{
	int code = item->scratch.failed ? TW_NO_MEMORY : TW_BAD_FILE;
	if (!item->stops && !item->scratch.failed)
		return TW_OK;
	return error_at(error, code, item->file, (int)item->number, 0, "%s%s%s", item->column,
			*item->column ? ": " : "",
			code == TW_NO_MEMORY ? "not enough memory for this line" : item->text);
}

/* Claims grow in the scratch, which is made large enough before anything points into it. */
void item_add_claim(struct item *item, const char *key, struct tw_text value)
{
	struct tw_text *claims = &item->line.column[TW_COLUMN_CLAIMS];
	size_t room = strlen(key) + value.length + claims->length + 3;
	if (item->scratch.room - item->scratch.length < room) {
		item_refuse(item, "too-long", "claims", "the claims are too long");
		return;
	}
	const char *at = item->scratch.at + item->scratch.length;
	if (claims->length && claims->at + claims->length == at)
		at = claims->at; /* what was added last is added to, not copied */
	else
		buffer_put(&item->scratch, claims->at, claims->length);
	if (claims->length)
		buffer_char(&item->scratch, ';');
	buffer_text(&item->scratch, key);
	buffer_char(&item->scratch, '=');
	buffer_put(&item->scratch, value.at, value.length);
	*claims = (struct tw_text){at, (size_t)(item->scratch.at + item->scratch.length - at)};
}

struct tw_text item_word(const struct item *item, const struct columns *columns, int field)
{
	int at = columns ? columns->at[field] : -1;
	if (at < 0 || item->own_words >> field & 1) /* NDJSON; reckoned; another column's cell */
		return item->word[field];
	return columns->word[at];
}

/* Where in a row a byte stands: the column's name for a message. */
static const char *column_of(char *out, size_t size, const struct columns *columns, size_t index)
{
	if (index >= columns->count) {
		out[0] = '\0';
		return out;
	}
	int field = columns->field[index];
	if (field < TW_COLUMN_COUNT)
		snprintf(out, size, "%s", tw_column_name((enum tw_column)field));
	else
		fit_print(out, size, "%.*s", (int)columns->name[index].length,
			  columns->name[index].at);
	return out;
}

/* A claim that stands in a column of its own; empty: it is not said. */
static void take_claim(struct item *item, const struct columns *columns, size_t index)
{
	const struct claim_columns *claims = columns->options->claims;
	struct tw_text value = csv_value(item->row->field[index]);
	const char *name = claim_columns_name(claims, columns->claim[index]);
	if (!value.length)
		return;
	if (claim_columns_is_amount(claims, columns->claim[index]))
		value = decimal_read(item, columns, value, name);
	if (memchr(value.at, ';', value.length))
		item_refuse(item, "bad-claim", name,
			    "`%.*s` is not a value of a claim: remove the ;",
			    (int)(value.length < 40 ? value.length : 40), value.at);
	else
		item_add_claim(item, name, value);
}

/* The value out of the cells of other columns; a currency in their headers is its own. */
static void reckon(struct item *item, const struct columns *columns)
{
	for (size_t i = 0; i < VALUE_PARTS; i++) {
		int at = columns->part[i];
		item->part[i] = (struct tw_text){0};
		if (at < 0 || (size_t)at >= item->row->count)
			continue;
		item->part[i] =
		    decimal_read(item, columns, csv_value(item->row->field[at]), "value");
		if (columns->word[at].length == 3 && columns->field[at] == FIELD_PART) {
			item->word[TW_COLUMN_VALUE] = columns->word[at];
			item->has_words = true;
		}
	}
	amounts_reckon(item, &columns->reckon);
}

void item_take_row(struct item *item, const struct columns *columns)
{
	const struct csv_row *row = item->row;
	for (size_t i = 0; i < row->count && i < columns->count; i++) {
		int field = columns->field[i];
		if (field < TW_COLUMN_COUNT)
			item->line.column[field] = csv_value(row->field[i]);
	}
	if (!item->is_sample)
		decimal_take(item, columns);
	if (columns->is_reckoned && !item->is_sample)
		reckon(item, columns);
	if (columns->seconds && row->count == columns->count)
		doubled_check(item, columns);
	for (size_t i = 0; columns->has_claims && i < row->count; i++)
		if (columns->field[i] == FIELD_CLAIM)
			take_claim(item, columns, i);
	int spi = columns->at[FIELD_SPI];
	if (spi >= 0 && (size_t)spi < row->count) {
		struct tw_text value = csv_value(row->field[spi]);
		if (value.length)
			item_add_claim(item, "spi", value);
	}
}

/* A record whose end could not be found, or that cannot be split. */
static void refuse_record(struct item *item, const struct columns *columns, enum csv_result result,
			  size_t flaw)
{
	char column[128];
	size_t index = item->row->count;
	column_of(column, sizeof column, columns, index);
	switch (result) {
	case CSV_BROKEN:
		item_refuse(item, "broken-quoting", column,
			    "character %zu: text after a closing quote; write a quote inside a "
			    "quoted field twice (\"\")",
			    flaw + 1);
		break;
	case CSV_UNCLOSED:
		item_refuse(
		    item, "broken-quoting", column,
		    "character %zu: the quote that opens here is never closed; close it, or "
		    "write a quote inside a quoted field twice (\"\")",
		    flaw + 1);
		break;
	case CSV_WIDE:
		item_refuse(item, "too-many-columns", "", "more than %d columns", CSV_FIELDS);
		break;
	default:
		column_of(column, sizeof column, columns, index ? index - 1 : 0);
		item_refuse(item, "too-long", column,
			    "the line is longer than 1 MiB: shorten the field, or close its quote");
	}
}

static bool is_blank_row(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (csv_value(row->field[i]).length)
			return false;
	return true;
}

/* NUL and bytes that are not UTF-8, before anything reads the text. */
static void check_bytes(struct item *item, const char *text, size_t at,
			const struct columns *columns)
{
	char column[128] = "";
	for (size_t i = 0; columns && i < item->row->count; i++)
		if (item->row->field[i].at <= text + at)
			column_of(column, sizeof column, columns, i);
	if (text[at] == '\0')
		item_refuse(item, "nul-byte", column,
			    "character %zu is a NUL byte: the text must be UTF-8 without NUL",
			    at + 1);
	else
		item_refuse(
		    item, "bad-encoding", column,
		    "character %zu is byte 0x%02X, which is not UTF-8: save the file as UTF-8",
		    at + 1, (unsigned)(unsigned char)text[at]);
}

/* NUL and bytes that are not UTF-8 in a cell; the first refusal stands. */
static void check_cell(struct item *item, const struct columns *columns, size_t index)
{
	struct tw_text text = item->row->field[index];
	size_t flaw = utf8_flaw(text.at, text.length);
	char column[128];
	if (flaw == text.length)
		return;
	column_of(column, sizeof column, columns, index);
	if (text.at[flaw])
		item_refuse(item, "bad-encoding", column,
			    "character %zu is byte 0x%02X, which is not UTF-8: give text as UTF-8",
			    flaw + 1, (unsigned)(unsigned char)text.at[flaw]);
	else
		item_refuse(item, "nul-byte", column,
			    "character %zu is a NUL byte: the text must be UTF-8 without NUL",
			    flaw + 1);
}

/* Values of a table that no cell can say are left out; see refuse_unfit. */
static void check_table(struct item *item, const struct columns *columns)
{
	for (size_t i = 0; i < item->row->count; i++) {
		struct tw_text *cell = &item->row->field[i];
		if (!cell->length || *cell->at != SOURCE_UNFIT) {
			check_cell(item, columns, i);
			continue;
		}
		if (!item->unfit.length) {
			item->unfit = (struct tw_text){cell->at + 1, cell->length - 1};
			item->unfit_at = i;
		}
		cell->length = 0;
	}
}

/* Keeps what came before a flaw, so that the answer can carry the line's id. */
static void take_id(struct item *item, const struct columns *columns, size_t complete)
{
	int id = columns->at[TW_COLUMN_ID];
	if (id < 0 || (size_t)id >= complete)
		return;
	struct tw_text value = csv_value(item->row->field[id]);
	if (utf8_flaw(value.at, value.length) == value.length)
		item->line.column[TW_COLUMN_ID] = value;
}

static size_t without_line_end(const char *text, size_t length)
{
	while (length && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	return length;
}

/* The cells as they stand, and of a broken line what comes after them. */
static void show_cells(struct item *item, const char *text, const struct batch_record *record)
{
	size_t length = without_line_end(text, record->length), read = item->row->read;
	item->cell = item->row->field;
	item->cells = item->row->count;
	if (read < length)
		item->unread = (struct tw_text){text + read, length - read};
}

/* A row of a sheet ends with its last cell that has something in it: the rest are empty. */
static void fill_row(struct csv_row *row, size_t count, const char *end)
{
	while (row->count < count)
		row->field[row->count++] = (struct tw_text){end, 0};
}

bool item_split_csv(struct item *item, char *text, const struct batch_record *record,
		    const struct input *input)
{
	const struct columns *columns = &input->columns;
	size_t flaw = record->flaw;
	/* Before the split: a quote that was written twice leaves bytes behind its field. */
	size_t bad = utf8_flaw(text, record->length);
	enum csv_result result = csv_split(item->row, text, record->length, input->separator);
	if (input->is_sheet && result == CSV_OK && record->result == CSV_OK)
		fill_row(item->row, columns->count, text + record->length);
	size_t count = item->row->count;

	show_cells(item, text, record);
	if (record->result != CSV_OK) {
		take_id(item, columns, result == CSV_OK && count ? count - 1 : count);
		if (record->result == CSV_UNCLOSED && result == CSV_UNCLOSED)
			flaw = item->row->flaw;
		refuse_record(item, columns, record->result, flaw);
		return false;
	}
	if (result != CSV_OK) {
		take_id(item, columns, count);
		refuse_record(item, columns, result, item->row->flaw);
		return false;
	}
	item->is_empty =
	    !input->is_table && is_blank_row(item->row); /* a table has no blank lines */
	if (bad < record->length && input->is_table)
		check_table(item, columns);
	else if (bad < record->length)
		check_bytes(item, text, bad, columns);
	if (!item->reason && !item->is_empty && count != columns->count)
		item_refuse(
		    item, "column-count", "",
		    input->is_sheet
			? "%zu cells where the header names %zu columns; name the column in the "
			  "header, or clear the cell"
		    : count > columns->count ? "%zu columns where the header has %zu; enclose a "
					       "value that contains the separator in \"quotes\""
					     : "%zu columns where the header has %zu; write a "
					       "separator for each empty column",
		    count, columns->count);
	if (item->reason)
		take_id(item, columns, count);
	return !item->reason;
}

static void read_csv(struct item *item, char *text, const struct batch_record *record,
		     const struct input *input)
{
	if (item_split_csv(item, text, record, input))
		item_take_row(item, &input->columns);
}

/* The numeric codes of form 7501 for the mode of transport. */
static void read_transport(struct item *item, struct tw_text *mode)
{
	static const struct {
		char code[3];
		const char *name;
	} modes[] = {{"10", "vessel"}, {"11", "vessel"}, {"20", "rail"},  {"21", "rail"},
		     {"30", "truck"},  {"31", "truck"},  {"40", "air"},   {"41", "air"},
		     {"12", "vessel"}, {"32", "truck"},  {"33", "truck"}, {"34", "truck"}};
	if (mode->length != 2)
		return;
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (!memcmp(modes[i].code, mode->at, 2)) {
			*mode = (struct tw_text){modes[i].name, strlen(modes[i].name)};
			return;
		}
	/* 50 mail, 60 carried by hand, 70 pipeline, 90 other: none of the four words */
	if (mode->at[0] >= '0' && mode->at[0] <= '9' && mode->at[1] >= '0' && mode->at[1] <= '9') {
		item_note(item,
			  "transport-other: mode of transport %.2s is not air, vessel, truck or "
			  "rail; no rule for one of these is applied",
			  mode->at);
		*mode = (struct tw_text){0};
	}
}

void item_context(struct item *item, const struct batch_context *context)
{
	struct tw_line *line = &item->line;
	bool shared = context->shipment_shared;
	line->shipment_value = context->shipment_value;
	line->shipment_retail = context->shipment_retail;
	line->shipment_first = shared ? context->shipment_entered : TW_TIME_MIN;
	line->shipment_last = shared ? context->shipment_last : TW_TIME_MIN;
	line->free_before = context->free_before;
	line->order_retail = context->order_retail;
	line->shipment_amounts = context->shipment_amount;
	line->shipment_amount_count = context->shipment_amounts;
	line->month = item->reason ? NULL : context->month; /* what is not read is in no sum */
	line->day_shipments = context->day_shipments;
	line->day_value = context->day_value;
}

static void finish(struct item *item, const struct input *input,
		   const struct columns_options *options)
{
	struct tw_text *column = item->line.column;
	const struct profile *profile =
	    input->is_ndjson ? options->profile : input->columns.profile;
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (options->set[i].at)
			column[i] = options->set[i];
		else if (profile && profile->set[i].at)
			column[i] = profile->set[i];
	for (size_t i = 0; i < options->claim_count; i++)
		item_add_claim(item,
			       claim_columns_name(options->claims, options->set_claim[i].claim),
			       options->set_claim[i].value);
	if (!column[TW_COLUMN_ID].length) {
		int length =
		    snprintf(item->id, sizeof item->id, "%llu", (unsigned long long)item->number);
		column[TW_COLUMN_ID] = (struct tw_text){item->id, (size_t)length};
	}
	read_transport(item, &column[TW_COLUMN_TRANSPORT]);
	if (!item->reason)
		date_cells(item, options->date_order);
	amounts_finish(item, options);
	if (item->context)
		item_context(item, item->context);
}

/* A line without a value that was given would be another line. */
static void refuse_unfit(struct item *item, const struct columns *columns)
{
	char column[128];
	size_t at = item->unfit_at;
	bool claims = at < columns->count && columns->field[at] == TW_COLUMN_CLAIMS;
	item_refuse(item, claims ? "bad-claim" : "bad-value",
		    column_of(column, sizeof column, columns, at), "%.*s", (int)item->unfit.length,
		    item->unfit.at);
}

/* All but the texts is forgotten. */
static void begin(struct item *item, const struct input *input, const struct batch_record *record)
{
	item->line = (struct tw_line)TW_LINE_INIT;
	item->number = record->number;
	item->file = input->name;
	item->columns = input->is_ndjson ? NULL : &input->columns;
	item->reason = NULL;
	item->stops = false;
	item->is_sample = input->is_sample;
	item->column[0] = item->text[0] = '\0';
	item->cells = 0;
	item->unread = item->unfit = (struct tw_text){0};
	item->is_empty = false;
	item->entry_line = (struct tw_text){0};
	item->is_es003 = input->columns.is_es003;
	item->declared.count = item->notes = item->numerals = 0;
	item->file_columns = &input->columns;
	item->seen = input->seen;
	if (item->has_words)
		memset(item->word, 0, sizeof item->word);
	item->has_words = false;
	item->own_words = 0;
	item->scratch.length = 0;
	item->scratch.failed = false;
}

static void read_record(struct item *item, const struct input *input, char *text,
			const struct batch_record *record, const struct columns_options *options)
{
	begin(item, input, record);
	/* Texts point into the scratch, so it must not move while a line is read. */
	if (!buffer_room(&item->scratch, 4 * record->length + 4096)) {
		item_refuse(item, "too-long", "", "not enough memory for this line");
		return;
	}
	if (input->is_ndjson)
		item_read_json(item, text, record, options);
	else if (item->is_es003)
		item_read_es003(item, text, record, input);
	else
		read_csv(item, text, record, input);
	if (item->is_es003 && item->context->rows_apart && item->entry_line.length)
		item_refuse(item, "rows-apart", "",
			    "the rows of this line of the summary are not adjacent in the file: "
			    "sort it by entry summary number and line number");
	finish(item, input, options);
	if (item->unfit.length)
		refuse_unfit(item, &input->columns);
}

void item_read(struct item *item, struct batch *batch, size_t index,
	       const struct columns_options *options)
{
	const struct batch_record *record = &batch->record[index];
	item->ordinal = batch->ordinal + index;
	item->context = &batch->context[index];
	read_record(item, batch->input, batch->text + record->at, record, options);
}

void item_read_row(struct item *item, struct batch *batch, char *text,
		   const struct batch_record *record, const struct columns_options *options)
{
	item->ordinal = 0;
	item->context = NULL;
	read_record(item, batch->input, text, record, options);
}

void item_read_cells(struct item *item, const struct input *input, uint64_t number, size_t length,
		     const struct columns_options *options)
{
	const struct batch_record record = {.number = number};
	const struct columns *columns = &input->columns;
	begin(item, input, &record);
	item->cell = item->row->field;
	item->cells = item->row->count;
	if (length > CSV_RECORD)
		item_refuse(item, "too-long", "", "the line is longer than 1 MiB; shorten it");
	else if (!buffer_room(&item->scratch, 4 * length + 4096))
		item_refuse(item, "too-long", "", "not enough memory for this line");
	for (size_t i = 0; i < columns->count && !item->reason; i++)
		check_cell(item, columns, i);
	if (item->reason)
		take_id(item, columns, columns->count);
	else
		item_take_row(item, columns);
	finish(item, input, options);
}

size_t item_warnings(const char **warnings, size_t room, const struct item *item,
		     const struct tw_assessment *answer)
{
	size_t count = 0;
	for (size_t i = 0; i < answer->warning_count && count + item->notes < room; i++)
		warnings[count++] = answer->warnings[i];
	for (size_t i = 0; i < item->notes && count < room; i++)
		warnings[count++] = item->note[i];
	return count;
}

bool item_holds_goods(const struct item *item)
{
	const struct tw_text *column = item->line.column;
	return column[TW_COLUMN_DESCRIPTION].length || column[TW_COLUMN_CAS].length ||
	       column[TW_COLUMN_SMILES].length || column[TW_COLUMN_INCHIKEY].length;
}

void item_finding(struct finding *finding, const struct item *item,
		  const struct tw_assessment *answer)
{
	finding_make(finding, item->line.column[TW_COLUMN_ID], answer);
	if (!answer || item->reason)
		finding_refuse(finding, item->reason, item->column, item->text);
	finding->file = item->file;
	finding->number = item->number;
	finding->conversion = item->is_converted ? &item->conversion : NULL;
	finding->declared = item->is_es003 ? &item->declared : NULL;
}
