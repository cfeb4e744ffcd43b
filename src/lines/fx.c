/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/fx.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/currency.h"
#include "common/error.h"
#include "common/instant.h"
#include "common/money.h"
#include "lines/claim_columns.h"

enum { PLACES = 9, WHOLE = 9, RATES = 100000, CENT = TW_MONEY_UNIT / 100 };

bool fx_number(struct fx_rate *rate, struct tw_text text)
{
	size_t i = 0, whole = 0;
	int64_t number = 0;
	int places = -1;
	if (text.length && *text.at == '$')
		text.at++, text.length--;
	while (text.length && *text.at == ' ')
		text.at++, text.length--;
	if (!text.length || text.length >= sizeof rate->text)
		return false;
	for (; i < text.length; i++) {
		char c = text.at[i];
		if (c == '.' && places < 0) {
			places = 0;
			continue;
		}
		if (c < '0' || c > '9')
			return false;
		if (places < 0 ? ++whole > WHOLE : ++places > PLACES)
			return false;
		number = number * 10 + (c - '0');
	}
	rate->number = number;
	rate->places = places < 0 ? 0 : places;
	memcpy(rate->text, text.at, text.length);
	rate->text[text.length] = '\0';
	return number > 0;
}

int fx_add(struct fx *fx, const struct fx_rate *rate, struct tw_error *error)
{
	if (fx->count == RATES)
		return error_set(error, TW_BAD_ARGUMENT, "more than 100000 rates of exchange");
	if (fx->count == fx->room) {
		size_t room = fx->room ? 2 * fx->room : 32;
		struct fx_rate *more = realloc(fx->rate, room * sizeof *more);
		if (!more)
			return error_set(error, TW_BAD_ARGUMENT,
					 "not enough memory for the rates of exchange");
		fx->rate = more;
		fx->room = room;
	}
	fx->rate[fx->count++] = *rate;
	return TW_OK;
}

void fx_free(struct fx *fx)
{
	free(fx->rate);
	*fx = (struct fx){0};
}

static bool iso_code(char out[4], struct tw_text text)
{
	struct tw_text code = currency_find(text);
	if (code.length != 3 || text.length != 3)
		return false;
	memcpy(out, code.at, 3);
	out[3] = '\0';
	return true;
}

int fx_option(struct fx *fx, const char *text, struct tw_error *error)
{
	const char *equals = strchr(text, '=');
	struct fx_rate rate = {.first = INT32_MIN, .last = FX_ALWAYS, .source = "--fx"};
	if (!equals)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--fx needs CURRENCY=RATE, the US dollars for one, as in --fx "
				 "EUR=1.0823; not \"%.60s\"",
				 text);
	struct tw_text pair = {text, (size_t)(equals - text)}, to = {"USD", 3};
	const char *slash = memchr(text, '/', pair.length);
	if (slash) {
		to = (struct tw_text){slash + 1, (size_t)(equals - slash - 1)};
		pair.length = (size_t)(slash - text);
	}
	if (!iso_code(rate.from, pair) || !iso_code(rate.to, to))
		return error_set(error, TW_BAD_ARGUMENT,
				 "--fx %.60s: a currency is three letters, as in EUR=1.0823 or "
				 "EUR/CAD=1.49",
				 text);
	if (!strcmp(rate.from, rate.to))
		return error_set(error, TW_BAD_ARGUMENT,
				 "--fx %.60s: a currency cannot be converted to itself", text);
	if (!fx_number(&rate, (struct tw_text){equals + 1, strlen(equals + 1)}))
		return error_set(
		    error, TW_BAD_ARGUMENT,
		    "--fx %.60s: a rate is a number over 0 with a decimal point, at most "
		    "nine decimals, as in 1.0823",
		    text);
	for (size_t i = 0; i < fx->count; i++)
		if (!strcmp(fx->rate[i].from, rate.from) && !strcmp(fx->rate[i].to, rate.to) &&
		    fx->rate[i].last == FX_ALWAYS)
			return error_set(error, TW_BAD_ARGUMENT, "--fx gives a rate for %s twice",
					 rate.from);
	return fx_add(fx, &rate, error);
}

bool fx_day(int32_t *day, struct tw_text text)
{
	static const char form[] = "dddd-dd-dd";
	if (text.length < 10 || (text.length > 10 && text.at[10] != 'T' && text.at[10] != ' '))
		return false;
	for (int i = 0; i < 10; i++)
		if (form[i] == 'd' ? text.at[i] < '0' || text.at[i] > '9' : text.at[i] != '-')
			return false;
	const char *at = text.at;
	int year = (at[0] - '0') * 1000 + (at[1] - '0') * 100 + (at[2] - '0') * 10 + at[3] - '0';
	int month = (at[5] - '0') * 10 + at[6] - '0', date = (at[8] - '0') * 10 + at[9] - '0';
	if (year < 1 || !time_date_valid(year, month, date))
		return false;
	*day = (int32_t)time_days(year, month, date);
	return true;
}

/* The rate of the fewest days that has this one; a rate without days before all. */
static const struct fx_rate *find(const struct fx *fx, const char *from, const char *to,
				  bool has_day, int32_t day)
{
	const struct fx_rate *best = NULL;
	for (size_t i = 0; i < fx->count; i++) {
		const struct fx_rate *rate = &fx->rate[i];
		if (strcmp(rate->from, from) != 0 || strcmp(rate->to, to) != 0)
			continue;
		if (rate->last == FX_ALWAYS)
			return rate;
		if (!has_day || day < rate->first || day > rate->last)
			continue;
		if (!best || rate->last - rate->first < best->last - best->first)
			best = rate;
	}
	return best;
}

static tw_money apply(const struct fx_rate *rate, tw_money amount)
{
	int64_t unit = 1;
	for (int i = 0; i < rate->places; i++)
		unit *= 10;
	return money_share(amount, rate->number, unit, CENT);
}

/* An amount in the currency of the line, or without one; false: it is left for the refusal. */
static bool read_amount(tw_money *out, struct tw_text cell, const char *from)
{
	const char *right;
	struct currency_cell split = currency_split(cell);
	struct tw_text code = {from, 3};
	return (!split.code.length || currency_fits(split.code, code)) &&
	       money_parse(out, split.amount, &right);
}

static struct tw_text put_money(struct buffer *scratch, tw_money amount)
{
	char text[32];
	size_t length = money_print(text, amount), at = scratch->length;
	buffer_put(scratch, text, length);
	return (struct tw_text){scratch->at + at, length};
}

static bool has_room(const struct buffer *scratch, size_t more)
{
	return scratch->room - scratch->length >= more;
}

/* "steel_value=300" of the claims, each in money converted. */
static bool convert_claims(struct tw_text *all, struct buffer *scratch, const struct fx_rate *rate,
			   const struct claim_columns *claims)
{
	size_t start = scratch->length;
	if (!all->length || !claims)
		return true;
	if (!has_room(scratch, 2 * all->length + 1024))
		return false;
	for (size_t at = 0, end; at < all->length; at = end + 1) {
		const char *stop = memchr(all->at + at, ';', all->length - at);
		end = stop ? (size_t)(stop - all->at) : all->length;
		struct tw_text pair = {all->at + at, end - at};
		const char *equals = memchr(pair.at, '=', pair.length);
		size_t key = equals ? (size_t)(equals - pair.at) : pair.length;
		int claim = claim_columns_find(claims, (struct tw_text){pair.at, key});
		tw_money amount;
		if (scratch->length > start)
			buffer_char(scratch, ';');
		if (claim < 0 || !equals || !claim_columns_is_amount(claims, claim)) {
			buffer_put(scratch, pair.at, pair.length);
			continue;
		}
		struct tw_text value = {equals + 1, pair.length - key - 1};
		if (!read_amount(&amount, value, rate->from))
			return false;
		buffer_put(scratch, pair.at, key + 1);
		put_money(scratch, apply(rate, amount));
	}
	*all = (struct tw_text){scratch->at + start, scratch->length - start};
	return true;
}

/* The currency of the line as a code, where a rate could be for it. */
static bool currency_of(char from[4], const struct tw_line *line)
{
	struct tw_text said = line->column[TW_COLUMN_CURRENCY];
	struct tw_text code = said.length ? currency_find(said) : (struct tw_text){0};
	if (!said.length)
		code = currency_split(line->column[TW_COLUMN_VALUE]).code;
	if (code.length != 3)
		return false;
	memcpy(from, code.at, 3);
	from[3] = '\0';
	return true;
}

static const struct fx_rate *choose(struct conversion *out, char why[200],
				    const struct tw_line *line, const struct fx *fx)
{
	int32_t day = 0;
	bool any = false;
	struct tw_text departed = line->column[TW_COLUMN_DEPARTED];
	struct tw_text text = departed.length ? departed : line->column[TW_COLUMN_ENTERED];
	bool has_day = fx_day(&day, text);
	const struct fx_rate *rate = find(fx, out->from, out->to, has_day, day);
	for (size_t i = 0; i < fx->count; i++)
		any = any ||
		      (!strcmp(fx->rate[i].from, out->from) && !strcmp(fx->rate[i].to, out->to));
	if (!rate && any)
		snprintf(why, 200,
			 "no exchange rate of %s is given for %.*s: the table begins later or ends "
			 "earlier",
			 out->from, (int)(text.length < 30 ? text.length : 30),
			 text.at ? text.at : "");
	if (rate && rate->last != FX_ALWAYS) {
		snprintf(out->day, sizeof out->day, "%.10s", text.at);
		out->by_entry = !departed.length;
	}
	return rate;
}

bool fx_here(struct tw_currency *out, const struct tw_line *line, const tw_rulebook *rulebook)
{
	struct tw_text into = line->column[TW_COLUMN_INTO];
	const char *code = rulebook && into.length ? tw_rulebook_country(rulebook, into) : NULL;
	return rulebook &&
	       !tw_rulebook_currency(rulebook, code ? (struct tw_text){code, 2} : into, out) &&
	       *out->code;
}

enum fx_result fx_convert(struct conversion *out, char why[200], struct tw_line *line,
			  struct buffer *scratch, const struct fx *fx, const tw_rulebook *rulebook,
			  const struct claim_columns *claims)
{
	struct tw_currency here;
	struct tw_text *column = line->column;
	tw_money retail = 0;
	why[0] = '\0';
	*out = (struct conversion){0};
	if (!fx || !fx->count || !currency_of(out->from, line) || !fx_here(&here, line, rulebook) ||
	    !strcmp(out->from, here.code))
		return FX_NOTHING;
	snprintf(out->to, sizeof out->to, "%s", here.code);
	const struct fx_rate *rate = choose(out, why, line, fx);
	if (!rate)
		return *why ? FX_REFUSED : FX_NOTHING;
	bool has_retail = column[TW_COLUMN_RETAIL_VALUE].length > 0;
	if (!column[TW_COLUMN_VALUE].length ||
	    !read_amount(&out->given, column[TW_COLUMN_VALUE], out->from) ||
	    (has_retail && !read_amount(&retail, column[TW_COLUMN_RETAIL_VALUE], out->from)) ||
	    !has_room(scratch, 128) ||
	    !convert_claims(&column[TW_COLUMN_CLAIMS], scratch, rate, claims)) {
		snprintf(why, 200,
			 "the amounts of the line cannot be converted from %s: each must "
			 "be a number in that currency",
			 out->from);
		return column[TW_COLUMN_VALUE].length ? FX_REFUSED : FX_NOTHING;
	}
	out->value = apply(rate, out->given);
	snprintf(out->rate, sizeof out->rate, "%s", rate->text);
	snprintf(out->source, sizeof out->source, "%s", rate->source);
	column[TW_COLUMN_VALUE] = put_money(scratch, out->value);
	if (has_retail)
		column[TW_COLUMN_RETAIL_VALUE] = put_money(scratch, apply(rate, retail));
	column[TW_COLUMN_CURRENCY] = (struct tw_text){here.code, 3};
	return FX_DONE;
}

void fx_note(char out[200], const struct conversion *done)
{
	char given[32], value[32];
	money_print(given, done->given);
	money_print(value, done->value);
	snprintf(out, 200, "converted: %s %s at %s (%.60s%s%s) is %s %s", given, done->from,
		 done->rate, done->source, *done->day ? ", rate of " : "", done->day, value,
		 done->to);
}
