/* SPDX-License-Identifier: Apache-2.0 */
/* Values back to texts, see typed.h. */
#include "assess/typed.h"

#include "assess/reading.h"
#include "common/date.h"
#include "common/money.h"
#include "common/quantity.h"
#include "rulebook/units.h"

#include <string.h>

uint16_t tw_rulebook_unit_number(const tw_rulebook *rulebook, struct tw_text unit)
{
	if (!rulebook || !unit.at)
		return 0;
	uint32_t spelling = units_spelling(rulebook_layout(rulebook), reading_trim(unit));
	return spelling < UINT16_MAX ? (uint16_t)(spelling + 1) : 0;
}

/* What stands in the column's own room up to an end is its text. */
static void end_at(struct typed *to, enum tw_column column, const char *end)
{
	char *text = to->text[column];
	to->line.column[column] = (struct tw_text){text, (size_t)(end - text)};
}

static void put_word(struct typed *to, enum tw_column column, const char *word)
{
	to->line.column[column] = (struct tw_text){word, strlen(word)};
}

/* A number of so many digits. */
static char *put_digits(char *to, uint64_t number, unsigned digits)
{
	for (unsigned i = digits; i-- > 0; number /= 10)
		to[i] = (char)('0' + number % 10);
	return to + digits;
}

static void put_country(struct typed *to, enum tw_column column, uint16_t letters)
{
	char *text = to->text[column];
	if (!letters)
		return;
	text[0] = (char)(letters >> 8);
	text[1] = (char)(letters & 0xff);
	end_at(to, column, text + 2);
}

static void put_money(struct typed *to, enum tw_column column, tw_money amount)
{
	if (amount >= 0)
		end_at(to, column, to->text[column] + money_print(to->text[column], amount));
}

static void put_quantity(struct typed *to, enum tw_column column, int64_t amount)
{
	char *text = to->text[column];
	if (amount < 0)
		return;
	text = put_digits(text, (uint64_t)(amount / QUANTITY_UNIT), 10);
	*text++ = '.';
	end_at(to, column, put_digits(text, (uint64_t)(amount % QUANTITY_UNIT), 6));
}

static void put_unit(struct typed *to, enum tw_column column, const struct rb *rb, uint16_t number)
{
	if (!number)
		return;
	const char *text = rb_text(rb, rb->spellings[number - 1].text);
	to->line.column[column] = (struct tw_text){text, strlen(text)};
}

/* The local time of the country of import, as the reader of facts finds it. */
enum time_zone typed_zone(const struct vocabulary *words, uint16_t into)
{
	char code[3];
	memcpy(code, words->rb->law->into, sizeof code);
	if (into) {
		code[0] = (char)(into >> 8);
		code[1] = (char)(into & 0xff);
	}
	const struct rb_jurisdiction *j = rb_jurisdiction_into(words->rb, code);
	if (j)
		return (enum time_zone)j->zone;
	unsigned a = (unsigned)code[0] - 'A', b = (unsigned)code[1] - 'A';
	return a < 26 && b < 26 ? (enum time_zone)words->zone[a * 26 + b] : TIME_ZONE_UTC;
}

static void put_entered(struct typed *to, const struct vocabulary *words,
			const struct tw_typed_line *from)
{
	int64_t day = (from->entered >= 0 ? from->entered : from->entered - 86399) / 86400;
	uint64_t second = (uint64_t)(from->entered - day * 86400);
	int year, month, date;
	char *text = to->text[TW_COLUMN_ENTERED];
	if (from->entered_is_date)
		day = time_local_day(typed_zone(words, from->into), from->entered);
	time_date(day, &year, &month, &date);
	text = put_digits(text, (uint64_t)year, 4);
	*text++ = '-';
	text = put_digits(text, (uint64_t)month, 2);
	*text++ = '-';
	text = put_digits(text, (uint64_t)date, 2);
	if (!from->entered_is_date) {
		*text++ = 'T';
		text = put_digits(text, second / 3600, 2);
		*text++ = ':';
		text = put_digits(text, second / 60 % 60, 2);
		*text++ = ':';
		text = put_digits(text, second % 60, 2);
		*text++ = 'Z';
	}
	end_at(to, TW_COLUMN_ENTERED, text);
}

const struct tw_line *typed_line(struct typed *to, const struct vocabulary *words,
				 const struct tw_typed_line *from)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	if (from->is_text)
		return from->line;
	if (!typed_sound(words, from))
		return NULL;
	to->line = fresh;
	if (from->line && from->line->size < sizeof to->line)
		memcpy(&to->line, from->line, from->line->size);
	else if (from->line)
		to->line = *from->line;
	to->line.size = sizeof to->line;
	for (size_t i = TW_COLUMN_INTO; i <= TW_COLUMN_DESCRIPTION; i++)
		if (i != TW_COLUMN_VIA && i != TW_COLUMN_IMPORTED && i != TW_COLUMN_LOADED &&
		    i != TW_COLUMN_DEPARTED && i != TW_COLUMN_IT_DATE &&
		    i != TW_COLUMN_ENTRY_TYPE && i != TW_COLUMN_CURRENCY)
			to->line.column[i] = (struct tw_text){"", 0};
	put_country(to, TW_COLUMN_INTO, from->into);
	end_at(to, TW_COLUMN_HTS, put_digits(to->text[TW_COLUMN_HTS], from->hts, from->digits));
	put_country(to, TW_COLUMN_ORIGIN, from->origin);
	put_country(to, TW_COLUMN_SHIP_FROM, from->ship_from);
	put_entered(to, words, from);
	put_word(to, TW_COLUMN_CHANNEL, tables_channels[from->channel]);
	if (from->transport)
		put_word(to, TW_COLUMN_TRANSPORT, tables_transports[from->transport - 1]);
	put_money(to, TW_COLUMN_VALUE, from->value);
	put_money(to, TW_COLUMN_RETAIL_VALUE, from->retail_value);
	put_quantity(to, TW_COLUMN_QTY, from->qty);
	put_unit(to, TW_COLUMN_UNIT, words->rb, from->unit);
	put_quantity(to, TW_COLUMN_QTY2, from->qty2);
	put_unit(to, TW_COLUMN_UNIT2, words->rb, from->unit2);
	put_quantity(to, TW_COLUMN_WEIGHT, from->weight);
	to->line.column[TW_COLUMN_CLAIMS] = from->claims;
	to->line.column[TW_COLUMN_DESCRIPTION] = from->description;
	return &to->line;
}
