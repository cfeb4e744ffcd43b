/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/cells.h"

#include <string.h>

#include "common/ascii.h"
#include "common/fit.h"
#include "common/instant.h"
#include "common/money.h"
#include "common/tariff_code.h"
#include "refund/words.h"

struct tw_text refund_cell(const struct refund_cells *cells, int field)
{
	int at = cells->columns->at[field];
	if (at < 0 || (size_t)at >= cells->row->count)
		return (struct tw_text){0};
	return csv_value(cells->row->field[at]);
}

enum { CENT = TW_MONEY_UNIT / 100 };

static void tell(const struct refund_cells *cells, int field, const char *right)
{
	cells->tell(cells->context, field, refund_cell(cells, field), right);
}

static void read_day(struct refund_row *out, int32_t *day, const struct refund_cells *cells,
		     int field, uint32_t bad)
{
	struct tw_text text = refund_cell(cells, field);
	struct date_read read;
	struct time_parsed whole;
	const char *right;
	*day = REFUND_NO_DAY;
	if (!text.length)
		return;
	/* A time of day may follow, which counts for nothing here. */
	if (!date_read(&read, text, DATE_BY_FORM, &right) ||
	    !time_parse(&whole, TIME_ZONE_UTC, text, &right)) {
		out->bad |= bad;
		if (strstr(right, "--date-format")) /* an option of other commands */
			right = "with slashes the month comes first: write 07/08/2025 for 8 July, "
				"or 2025-07-08";
		tell(cells, field, right);
		return;
	}
	*day = (int32_t)time_days(read.year, read.month, read.day);
}

static void read_money(struct refund_row *out, tw_money *amount, uint8_t *has,
		       const struct refund_cells *cells, int field)
{
	struct tw_text text = refund_cell(cells, field);
	const char *right;
	*amount = 0;
	if (!text.length)
		return;
	*has = money_parse(amount, text, &right);
	if (*has && field == REFUND_FIELD_DUTY && *amount % CENT) {
		right = "duties are paid in whole cents: write what was paid, such as 2000.00";
		*has = false;
	}
	if (*has)
		return;
	*amount = 0;
	out->bad |= field == REFUND_FIELD_DUTY ? ROW_BAD_DUTY : ROW_BAD_VALUE;
	tell(cells, field, right);
}

static uint64_t number_of(const char *digits)
{
	uint64_t number = 0;
	while (*digits)
		number = number * 10 + (uint64_t)(*digits++ - '0');
	return number;
}

static bool read_code(struct refund_row *out, uint64_t *code, uint32_t *digits,
		      const struct refund_cells *cells, int field)
{
	struct tw_text text = refund_cell(cells, field);
	struct tariff_code read;
	*code = 0;
	*digits = 0;
	if (!text.length)
		return false;
	tariff_code_read(&read, text);
	if (read.fault == TARIFF_CODE_SOUND && read.count >= 6 && read.count <= 10) {
		*code = number_of(read.digits);
		*digits = (uint32_t)read.count;
		return true;
	}
	out->bad |= ROW_BAD_CODE;
	tell(cells, field,
	     read.fault == TARIFF_CODE_NO_ZERO
		 ? "a digit is missing: write the zero in front, and keep the column as text"
	     : read.fault == TARIFF_CODE_SHORTENED
		 ? "a spreadsheet shortened it: keep the column as text"
		 : "write 8 or 10 digits, such as 9903.01.24 or 9503000090");
	return false;
}

/* The duty of a row stands under the heading; where there is none, under the code of the goods. */
static void read_codes(struct refund_row *out, const struct refund_cells *cells)
{
	bool goods = read_code(out, &out->goods, &out->goods_digits, cells, REFUND_FIELD_HTS);
	if (!read_code(out, &out->code, &out->code_digits, cells, REFUND_FIELD_HEADING) && goods) {
		out->code = out->goods;
		out->code_digits = out->goods_digits;
	}
	out->is_layer = row_chapter(out) == cells->law->terms->layers;
	if (out->goods == out->code && out->is_layer) {
		out->goods = 0; /* ES-003: it names no goods */
		out->goods_digits = 0;
	}
	if (!out->code_digits && out->has_duty && !(out->bad & ROW_BAD_CODE)) {
		out->bad |= ROW_BAD_CODE;
		tell(cells, REFUND_FIELD_DUTY,
		     "a duty stands under a tariff number: the row has none");
	}
}

static void read_line(struct refund_row *out, const struct refund_cells *cells)
{
	struct tw_text text = refund_cell(cells, REFUND_FIELD_LINE), ordinal;
	while (text.length > 1 && text.at[0] == '0') {
		text.at++;
		text.length--;
	}
	if (!row_text(out->line, sizeof out->line, text)) {
		out->bad |= ROW_BAD_LINE;
		tell(cells, REFUND_FIELD_LINE, "a line has a number of at most 11 characters");
	}
	ordinal = refund_cell(cells, REFUND_FIELD_ORDINAL);
	out->ordinal = -1;
	for (size_t i = 0; i < ordinal.length; i++) {
		if (!is_digit(ordinal.at[i]) || out->ordinal > 100000) {
			out->bad |= ROW_BAD_LINE;
			out->ordinal = -1;
			tell(cells, REFUND_FIELD_ORDINAL, "write a whole number");
			break;
		}
		out->ordinal = (out->ordinal < 0 ? 0 : out->ordinal) * 10 + (ordinal.at[i] - '0');
	}
}

/* A text for people: what is cut off is marked and told. */
static void read_shown(char *to, size_t size, const struct refund_cells *cells, int field)
{
	if (row_text(to, size, refund_cell(cells, field)))
		return;
	fit_mark(to, size);
	tell(cells, field, "it is too long: its end is not shown");
}

static void read_texts(struct refund_row *out, const struct refund_cells *cells)
{
	const struct {
		char *to;
		size_t size;
		int field;
	} all[] = {{out->qty, sizeof out->qty, REFUND_FIELD_QTY},
		   {out->unit, sizeof out->unit, REFUND_FIELD_UNIT},
		   {out->qty2, sizeof out->qty2, REFUND_FIELD_QTY2},
		   {out->unit2, sizeof out->unit2, REFUND_FIELD_UNIT2},
		   {out->spi, sizeof out->spi, REFUND_FIELD_SPI}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (row_text(all[i].to, all[i].size, refund_cell(cells, all[i].field)))
			continue;
		memset(all[i].to, 0, all[i].size); /* a part of it would be another one */
		tell(cells, all[i].field, "it is longer than any that is known");
	}
	read_shown(out->importer, sizeof out->importer, cells, REFUND_FIELD_IMPORTER);
}

/* A protest that is there, in a report that says no more of it, is one whose state is not known. */
static void read_protest(struct refund_row *out, const struct refund_cells *cells)
{
	if (out->fact[REFUND_PROTEST] != REFUND_BLANK ||
	    cells->columns->at[REFUND_FIELD_PROTEST_NUMBER] < 0)
		return;
	if (!refund_cell(cells, REFUND_FIELD_PROTEST_NUMBER).length)
		out->fact[REFUND_PROTEST] = refund_word_find(cells->law, REFUND_PROTEST, "none");
}

static void read_facts(struct refund_row *out, const struct refund_cells *cells)
{
	char list[160];
	for (int i = 0; i < REFUND_SAID; i++) {
		struct tw_text text = refund_cell(cells, i);
		out->fact[i] = refund_word_read(cells->law, (enum refund_fact)i, text);
		if (out->fact[i] == REFUND_UNREAD)
			tell(cells, i, refund_words_list(cells->law, (enum refund_fact)i, list));
	}
	read_protest(out, cells);
}

static bool read_entry(struct refund_row *out, const struct refund_cells *cells)
{
	struct refund_entry_number number;
	struct tw_text text = refund_cell(cells, REFUND_FIELD_ENTRY);
	if (!text.length)
		return false;
	refund_number_read(&number, cells->law, text);
	if (!number.length)
		return false;
	memcpy(out->entry, number.text, REFUND_ENTRY);
	memcpy(out->entry + REFUND_ENTRY, &number.rest, sizeof number.rest);
	out->entry_length = (uint32_t)number.length;
	return true;
}

static bool is_empty(const struct refund_cells *cells)
{
	for (int i = 0; i < REFUND_FIELDS; i++)
		if (refund_cell(cells, i).length)
			return false;
	return true;
}

bool refund_cells_read(struct refund_row *out, const struct refund_cells *cells)
{
	memset(out, 0, sizeof *out);
	if (!read_entry(out, cells)) {
		if (!is_empty(cells))
			tell(cells, REFUND_FIELD_ENTRY, "a row needs the number of its entry");
		return false;
	}
	read_facts(out, cells);
	read_day(out, &out->entry_date, cells, REFUND_FIELD_ENTRY_DATE, ROW_BAD_ENTRY_DATE);
	read_day(out, &out->liquidation_date, cells, REFUND_FIELD_LIQUIDATION_DATE,
		 ROW_BAD_LIQUIDATION_DATE);
	read_day(out, &out->deposit_date, cells, REFUND_FIELD_DEPOSIT_DATE, ROW_BAD_DEPOSIT_DATE);
	read_money(out, &out->value, &out->has_value, cells, REFUND_FIELD_VALUE);
	read_money(out, &out->duty, &out->has_duty, cells, REFUND_FIELD_DUTY);
	read_codes(out, cells);
	read_line(out, cells);
	read_texts(out, cells);
	return true;
}

bool refund_cells_result(struct refund_row *out, const struct refund_cells *cells)
{
	memset(out, 0, sizeof *out);
	if (!read_entry(out, cells)) {
		if (!is_empty(cells))
			tell(cells, REFUND_FIELD_ENTRY, "a row needs the number of its entry");
		return false;
	}
	read_shown(out->claim, sizeof out->claim, cells, REFUND_FIELD_CLAIM);
	read_shown(out->status, sizeof out->status, cells, REFUND_FIELD_RESULT);
	read_shown(out->error, sizeof out->error, cells, REFUND_FIELD_ERROR);
	return true;
}
