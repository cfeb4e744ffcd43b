/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what the rows of an entry say together. A fact that two rows say
 * differently is not known, and neither is one that a cell does not say right.
 */
#include "refund/entry.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/instant.h"
#include "refund/columns.h"
#include "refund/words.h"

void refund_note(struct refunder *r, const char *format, ...)
{
	va_list arguments;
	if (r->answer.note.length)
		buffer_text(&r->answer.note, "; ");
	va_start(arguments, format);
	buffer_format(&r->answer.note, format, arguments);
	va_end(arguments);
}

const char *refund_place_text(char out[300], const struct refunder *r, const struct refund_row *row)
{
	uint32_t file = 0;
	for (int i = 0; i < 4; i++)
		file = file << 8 | row->at.file[i];
	uint64_t line = 0;
	for (int i = 0; i < 8; i++)
		line = line << 8 | row->at.line[i];
	snprintf(out, 300, "%.250s:%llu", r->options->files ? r->options->files[file] : "row",
		 (unsigned long long)line);
	return out;
}

/* The value that all rows agree on; REFUND_UNREAD where they do not. */
static int merge_fact(struct refunder *r, enum refund_fact fact)
{
	const struct refund_entry *e = &r->entry;
	const struct refund_row *from = NULL;
	char a[300], b[300], x[4], y[4];
	for (size_t i = 0; i < e->count; i++) {
		const struct refund_row *row = &e->rows[i];
		int value = row->fact[fact];
		if (row->bad & ROW_BAD_ROW)
			continue;
		if (value == REFUND_UNREAD)
			return value;
		if (value == REFUND_BLANK)
			continue;
		if (from && value != from->fact[fact]) {
			refund_note(r, "%s is %s (%s) and %s (%s)", refund_field_name((int)fact),
				    refund_word_text(&r->law, fact, from->fact[fact], x),
				    refund_place_text(a, r, from),
				    refund_word_text(&r->law, fact, value, y),
				    refund_place_text(b, r, row));
			return REFUND_UNREAD;
		}
		from = from ? from : row;
	}
	return from ? from->fact[fact] : REFUND_BLANK;
}

static int32_t day_of(const struct refund_row *row, int field)
{
	return field == REFUND_FIELD_ENTRY_DATE         ? row->entry_date
	       : field == REFUND_FIELD_LIQUIDATION_DATE ? row->liquidation_date
							: row->deposit_date;
}

static int32_t merge_day(struct refunder *r, int field, uint32_t bad)
{
	const struct refund_entry *e = &r->entry;
	const struct refund_row *from = NULL;
	char a[300], b[300], x[16], y[16];
	for (size_t i = 0; i < e->count; i++) {
		const struct refund_row *row = &e->rows[i];
		int32_t day = day_of(row, field);
		if (row->bad & bad)
			return REFUND_NO_DAY;
		if (day == REFUND_NO_DAY || row->bad & ROW_BAD_ROW)
			continue;
		if (from && day != day_of(from, field)) {
			refund_note(r, "%s is %s (%s) and %s (%s)", refund_field_name(field),
				    time_print_day(x, day_of(from, field)),
				    refund_place_text(a, r, from), time_print_day(y, day),
				    refund_place_text(b, r, row));
			return REFUND_NO_DAY;
		}
		from = from ? from : row;
	}
	return from ? day_of(from, field) : REFUND_NO_DAY;
}

/* No entry is liquidated before it is made: one of the days is wrong, and neither is believed. */
static void doubt_liquidation_date(struct refunder *r)
{
	struct refund_entry *e = &r->entry;
	char liquidated[16], entered[16];
	if (e->liquidation_date == REFUND_NO_DAY || e->entry_date == REFUND_NO_DAY ||
	    e->liquidation_date >= e->entry_date)
		return;
	refund_note(r, "liquidation_date %s is before entry_date %s",
		    time_print_day(liquidated, e->liquidation_date),
		    time_print_day(entered, e->entry_date));
	e->liquidation_date = REFUND_NO_DAY;
}

/* Liquidation and its day must say one thing for the day of filing. */
static void settle_liquidation(struct refunder *r)
{
	struct refund_entry *e = &r->entry;
	int *fact = &e->fact[REFUND_LIQUIDATION];
	int liquidated = refund_word_find(&r->law, REFUND_LIQUIDATION, "liquidated");
	int unliquidated = refund_word_find(&r->law, REFUND_LIQUIDATION, "unliquidated");
	bool has_day = e->liquidation_date != REFUND_NO_DAY;
	char day[16];
	if (*fact == REFUND_BLANK && has_day && e->liquidation_date <= r->options->filed)
		*fact = liquidated;
	if (*fact == unliquidated && has_day && e->liquidation_date <= r->options->filed) {
		refund_note(r, "liquidation is unliquidated, and liquidation_date %s is past",
			    time_print_day(day, e->liquidation_date));
		*fact = REFUND_UNREAD;
	}
	if (*fact == liquidated && has_day) {
		e->days = r->options->filed - e->liquidation_date;
		e->has_days = true;
	}
}

/* Results stand last: rows of entries first. */
static size_t part_results(struct refund_entry *e, struct refund_row *rows, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		if (rows[i].kind == ROW_OF_RESULTS)
			continue;
		struct refund_row swap = rows[kept];
		rows[kept++] = rows[i];
		rows[i] = swap;
	}
	/* Of several answers the last stands: a refused entry is filed again. */
	for (size_t i = kept; i < count; i++)
		if (!e->result || memcmp(&rows[i].at, &e->result->at, sizeof rows[i].at) > 0)
			e->result = &rows[i];
	return kept;
}

void refund_gather(struct refunder *r, struct refund_row *rows, size_t count)
{
	struct refund_entry *e = &r->entry;
	*e = (struct refund_entry){.rows = rows};
	e->count = part_results(e, rows, count);
	const struct refund_row *any = e->count ? &rows[0] : e->result;
	memcpy(e->number.text, any->entry, REFUND_ENTRY); /* NOLINT: a row of either at least */
	memcpy(&e->number.rest, any->entry + REFUND_ENTRY, sizeof e->number.rest);
	e->number.length = any->entry_length;
	refund_number_judge(&e->number, &r->law);
	for (int i = 0; i < REFUND_FACTS; i++)
		e->fact[i] = i < REFUND_SAID ? merge_fact(r, (enum refund_fact)i) : REFUND_BLANK;
	e->fact[REFUND_ENTRY_NUMBER] = (int)e->number.fault;
	e->entry_date = merge_day(r, REFUND_FIELD_ENTRY_DATE, ROW_BAD_ENTRY_DATE);
	e->liquidation_date = merge_day(r, REFUND_FIELD_LIQUIDATION_DATE, ROW_BAD_LIQUIDATION_DATE);
	e->deposit_date = merge_day(r, REFUND_FIELD_DEPOSIT_DATE, ROW_BAD_DEPOSIT_DATE);
	for (int i = 0; i < REFUND_SAID; i++)
		if (e->fact[i] == REFUND_BLANK)
			e->fact[i] = r->options->given[i];
	doubt_liquidation_date(r);
	settle_liquidation(r);
	for (size_t i = 0; i < e->count; i++)
		if (!r->answer.importer[0])
			memcpy(r->answer.importer, rows[i].importer, sizeof rows[i].importer);
}
