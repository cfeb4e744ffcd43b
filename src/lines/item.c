/* SPDX-License-Identifier: Apache-2.0 */
/* What all formats share: refusals, constants, defaults; and plain CSV rows. */
#include "item.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

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
	if (item->notes == ITEM_NOTES)
		return;
	va_start(arguments, format);
	vsnprintf(item->note[item->notes++], sizeof item->note[0], format, arguments);
	va_end(arguments);
}

void item_refuse(struct item *item, const char *reason, const char *column, const char *format, ...)
{
	va_list arguments;
	if (item->reason)
		return;
	item->reason = reason;
	snprintf(item->column, sizeof item->column, "%s", column ? column : "");
	va_start(arguments, format);
	vsnprintf(item->text, sizeof item->text, format, arguments);
	va_end(arguments);
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
		snprintf(out, size, "%.*s", (int)columns->name[index].length,
			 columns->name[index].at);
	return out;
}

void item_take_row(struct item *item, const struct columns *columns)
{
	const struct csv_row *row = item->row;
	item->kept_count = 0;
	for (size_t i = 0; i < row->count && i < columns->count; i++) {
		int field = columns->field[i];
		if (field < TW_COLUMN_COUNT)
			item->line.column[field] = csv_value(row->field[i]);
		else if (field >= FIELD_OTHER)
			item->kept[item->kept_count++] = row->field[i];
	}
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
	char column[64];
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
static void check_bytes(struct item *item, const char *text, const struct batch_record *record,
			const struct columns *columns)
{
	char column[64] = "";
	size_t at = utf8_flaw(text, record->length);
	if (at == record->length)
		return;
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

bool item_split_csv(struct item *item, char *text, const struct batch_record *record,
		    const struct input *input)
{
	const struct columns *columns = &input->columns;
	size_t flaw = record->flaw;
	enum csv_result result = csv_split(item->row, text, record->length, input->separator);
	size_t count = item->row->count;

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
	item->is_empty = is_blank_row(item->row);
	check_bytes(item, text, record, columns);
	if (!item->reason && !item->is_empty && count != columns->count)
		item_refuse(
		    item, "column-count", "",
		    count > columns->count
			? "%zu columns where the header has %zu; put a value that contains "
			  "the separator in \"quotes\""
			: "%zu columns where the header has %zu; write the separator for each "
			  "empty column",
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
static void read_transport(struct tw_text *mode)
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
	if (mode->at[0] >= '0' && mode->at[0] <= '9' && mode->at[1] >= '0' && mode->at[1] <= '9')
		*mode = (struct tw_text){0};
}

static void finish(struct item *item, const struct columns_options *options)
{
	struct tw_text *column = item->line.column;
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (options->set[i].at)
			column[i] = options->set[i];
	if (!column[TW_COLUMN_ID].length) {
		int length =
		    snprintf(item->id, sizeof item->id, "%llu", (unsigned long long)item->number);
		column[TW_COLUMN_ID] = (struct tw_text){item->id, (size_t)length};
	}
	read_transport(&column[TW_COLUMN_TRANSPORT]);
	if (item->context) {
		item->line.shipment_value = item->context->shipment_value;
		item->line.shipment_retail = item->context->shipment_retail;
		item->line.free_before = item->context->free_before;
		item->line.order_retail = item->context->order_retail;
		item->line.shipment_amounts = item->context->shipment_amount;
		item->line.shipment_amount_count = item->context->shipment_amounts;
	}
}

void item_read(struct item *item, struct batch *batch, size_t index,
	       const struct columns_options *options)
{
	const struct batch_record *record = &batch->record[index];
	char *text = batch->text + record->at;

	item->line = (struct tw_line)TW_LINE_INIT;
	item->number = record->number;
	item->ordinal = batch->ordinal + index;
	item->file = batch->input->name;
	item->context = &batch->context[index];
	item->columns = batch->input->is_ndjson ? NULL : &batch->input->columns;
	item->reason = NULL;
	item->column[0] = item->text[0] = '\0';
	item->kept_count = item->kept_keys = 0;
	item->is_empty = false;
	item->is_es003 = batch->input->columns.is_es003;
	item->declared.count = item->notes = 0;
	item->scratch.length = 0;
	item->scratch.failed = false;
	/* Texts point into the scratch, so it must not move while a line is read. */
	if (!buffer_room(&item->scratch, 4 * record->length + 1024)) {
		item_refuse(item, "too-long", "", "no memory left for this line");
		return;
	}
	if (batch->input->is_ndjson)
		item_read_json(item, text, record, options);
	else if (item->is_es003)
		item_read_es003(item, text, record, batch->input);
	else
		read_csv(item, text, record, batch->input);
	finish(item, options);
}
