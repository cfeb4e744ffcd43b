/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/doubled.h"

#include <string.h>
#include <strings.h>

#include "common/currency.h"
#include "common/instant.h"
#include "common/money.h"
#include "common/quantity.h"
#include "common/tariff_code.h"
#include "lines/decimal.h"

static bool same_text(struct tw_text a, struct tw_text b)
{
	return a.length == b.length && !strncasecmp(a.at, b.at, a.length);
}

static bool has_digits(const struct tariff_code *code)
{
	return code->count && (code->fault == TARIFF_CODE_SOUND ||
			       code->fault == TARIFF_CODE_OTHER || code->fault == TARIFF_CODE_LONG);
}

/* One code is the other, or begins it; the longer says more, up to the ten digits of a code. */
static enum doubled compare_codes(struct tw_text a, struct tw_text b)
{
	struct tariff_code x, y;
	tariff_code_read(&x, a);
	tariff_code_read(&y, b);
	if (!has_digits(&x) || !has_digits(&y) ||
	    memcmp(x.digits, y.digits, x.count < y.count ? x.count : y.count) != 0)
		return DOUBLED_DIFFER;
	return y.count > x.count || (x.fault == TARIFF_CODE_LONG && y.fault == TARIFF_CODE_SOUND)
		   ? DOUBLED_SECOND
		   : DOUBLED_FIRST;
}

/* An amount in one currency; where one of the two alone says it, that one says more. */
static enum doubled compare_money(struct doubled_cell a, struct doubled_cell b)
{
	struct currency_cell x = currency_split(a.text), y = currency_split(b.text);
	struct tw_text here = x.code.length ? x.code : a.word;
	struct tw_text there = y.code.length ? y.code : b.word;
	const char *right;
	tw_money m, n;
	if (!same_text(x.amount, y.amount) &&
	    (!money_parse(&m, x.amount, &right) || !money_parse(&n, y.amount, &right) || m != n))
		return DOUBLED_DIFFER;
	if (here.length && there.length && !currency_fits(here, there) &&
	    !currency_fits(there, here))
		return DOUBLED_DIFFER;
	return there.length > here.length ? DOUBLED_SECOND : DOUBLED_FIRST;
}

/* The number of a cell and the unit behind it. */
static struct doubled_cell split_unit(struct doubled_cell cell)
{
	size_t digits = cell.text.length;
	while (digits && (cell.text.at[digits - 1] < '0' || cell.text.at[digits - 1] > '9'))
		digits--;
	if (digits < cell.text.length)
		cell.word =
		    csv_value((struct tw_text){cell.text.at + digits, cell.text.length - digits});
	cell.text.length = digits;
	return cell;
}

static bool same_unit(struct tw_text a, struct tw_text b, const tw_rulebook *rulebook)
{
	const char *x = rulebook ? tw_rulebook_unit_name(rulebook, a) : NULL;
	const char *y = rulebook ? tw_rulebook_unit_name(rulebook, b) : NULL;
	return same_text(a, b) || (x && y && !strcmp(x, y));
}

static enum doubled compare_quantities(struct doubled_cell a, struct doubled_cell b,
				       const tw_rulebook *rulebook)
{
	const char *right;
	int64_t m, n;
	a = split_unit(a);
	b = split_unit(b);
	if (!same_text(a.text, b.text) &&
	    (!quantity_parse(&m, a.text, &right) || !quantity_parse(&n, b.text, &right) || m != n))
		return DOUBLED_DIFFER;
	if (a.word.length && b.word.length)
		return same_unit(a.word, b.word, rulebook) ? DOUBLED_FIRST : DOUBLED_DIFFER;
	return b.word.length ? DOUBLED_SECOND : DOUBLED_FIRST;
}

static bool same_country(struct tw_text a, struct tw_text b, const tw_rulebook *rulebook)
{
	const char *x = rulebook ? tw_rulebook_country(rulebook, a) : NULL;
	const char *y = rulebook ? tw_rulebook_country(rulebook, b) : NULL;
	return x && y && !strcmp(x, y);
}

static bool same_day(struct tw_text a, struct tw_text b, enum date_order order)
{
	struct time_parsed x, y;
	const char *right;
	return time_parse_order(&x, TIME_ZONE_UTC, a, order, &right) &&
	       time_parse_order(&y, TIME_ZONE_UTC, b, order, &right) && x.at == y.at &&
	       x.is_date == y.is_date;
}

static bool same_currency(struct tw_text a, struct tw_text b)
{
	struct tw_text x = currency_find(a), y = currency_find(b);
	return x.length && same_text(x, y);
}

enum doubled doubled_compare(int field, struct doubled_cell a, struct doubled_cell b,
			     const struct columns_options *options)
{
	bool same = same_text(a.text, b.text);
	switch (field) {
	case TW_COLUMN_HTS:
		return same ? DOUBLED_FIRST : compare_codes(a.text, b.text);
	case TW_COLUMN_VALUE:
	case TW_COLUMN_RETAIL_VALUE:
		return compare_money(a, b);
	case TW_COLUMN_QTY:
	case TW_COLUMN_QTY2:
	case TW_COLUMN_WEIGHT:
		return compare_quantities(a, b, options->rulebook);
	case TW_COLUMN_UNIT:
	case TW_COLUMN_UNIT2:
		same = same || same_unit(a.text, b.text, options->rulebook);
		break;
	case TW_COLUMN_INTO:
	case TW_COLUMN_ORIGIN:
	case TW_COLUMN_SHIP_FROM:
		same = same || same_country(a.text, b.text, options->rulebook);
		break;
	case TW_COLUMN_CURRENCY:
		same = same || same_currency(a.text, b.text);
		break;
	case TW_COLUMN_ENTERED:
	case TW_COLUMN_IMPORTED:
	case TW_COLUMN_LOADED:
	case TW_COLUMN_DEPARTED:
	case TW_COLUMN_IT_DATE:
		same = same || same_day(a.text, b.text, options->date_order);
		break;
	default:
		break;
	}
	return same ? DOUBLED_FIRST : DOUBLED_DIFFER;
}

static int shown(struct tw_text text)
{
	return (int)(text.length < 40 ? text.length : 40);
}

static void stop(struct item *item, const struct columns *columns, size_t second, int field)
{
	int at = columns->at[field], other = columns->second[second].at;
	struct tw_text a = csv_value(item->row->field[at]), b = csv_value(item->row->field[other]);
	struct tw_text first = columns->name[at], name = columns->name[other];
	const char *ours = tw_column_name((enum tw_column)field);
	if (first.length == name.length && !memcmp(first.at, name.at, name.length))
		item_stop(item, ours,
			  "the header has two columns \"%.*s\", and they say `%.*s` and `%.*s`: "
			  "give one of them another name",
			  shown(name), name.at, shown(a), a.at, shown(b), b.at);
	else
		item_stop(item, ours,
			  "\"%.*s\" says `%.*s` and \"%.*s\" says `%.*s`: name the one to use, "
			  "with --map \"%.*s=%s\" or --map \"%.*s=%s\"",
			  shown(first), first.at, shown(a), a.at, shown(name), name.at, shown(b),
			  b.at, shown(first), first.at, ours, shown(name), name.at, ours);
}

void doubled_take(struct item *item, int field, struct doubled_cell cell)
{
	item->line.column[field] = cell.text;
	item->word[field] = cell.word;
	item->own_words |= UINT64_C(1) << field;
	item->has_words = true;
}

/* Ahead of the file's decimal mark an amount with one has no meaning yet. */
static bool is_undecided(const struct item *item, int field, struct tw_text a, struct tw_text b)
{
	return item->is_sample && (header_is_money(field) || header_is_quantity(field)) &&
	       (memchr(a.at, ',', a.length) || memchr(b.at, ',', b.length));
}

void doubled_check(struct item *item, const struct columns *columns)
{
	for (size_t i = 0; i < columns->seconds; i++) {
		int field = columns->second[i].field, at = columns->second[i].at;
		struct doubled_cell other = {csv_value(item->row->field[at]), columns->word[at]};
		struct doubled_cell taken = {item->line.column[field],
					     item_word(item, columns, field)};
		if (header_is_money(field) || header_is_quantity(field))
			other.text = decimal_read(item, columns, other.text,
						  tw_column_name((enum tw_column)field));
		if (!other.text.length || columns->options->set[field].at ||
		    (taken.text.length && is_undecided(item, field, taken.text, other.text)))
			continue;
		enum doubled says = taken.text.length
					? doubled_compare(field, taken, other, columns->options)
					: DOUBLED_SECOND;
		if (says == DOUBLED_DIFFER) {
			stop(item, columns, i, field);
			return;
		}
		if (says == DOUBLED_SECOND)
			doubled_take(item, field, other);
	}
}
