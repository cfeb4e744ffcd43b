/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/value_from.h"

#include <stdio.h>
#include <string.h>

#include "common/error.h"
#include "common/quantity.h"

__extension__ typedef __int128 wide;

/* A term of any number of factors is brought to millionths cubed. */
#define SCALE ((wide)QUANTITY_UNIT * QUANTITY_UNIT * QUANTITY_UNIT)

static int fail(struct tw_error *error, const char *message, struct tw_text shown)
{
	return error_set(error, TW_BAD_ARGUMENT, message,
			 (int)(shown.length < 80 ? shown.length : 80), shown.at);
}

static struct tw_text trim(struct tw_text text)
{
	while (text.length && *text.at == ' ')
		text.at++, text.length--;
	while (text.length && text.at[text.length - 1] == ' ')
		text.length--;
	return text;
}

/* Whether an operator stands here; a hyphen within a name is none. */
static bool is_operator(struct tw_text text, size_t at)
{
	char c = text.at[at];
	return c == '*' || c == '+' ||
	       (c == '-' && at && text.at[at - 1] == ' ' && at + 1 < text.length &&
		text.at[at + 1] == ' ');
}

static int read_factor(struct value_from *from, struct tw_text word, bool bare,
		       struct tw_error *error)
{
	const char *right;
	size_t term = from->terms - 1;
	if (!word.length)
		return fail(error,
			    "--value-from: a name is missing in \"%.*s\": write "
			    "[Unit Price]*[Quantity]",
			    from->text);
	if (from->term[term].factors == VALUE_FACTORS)
		return fail(error, "--value-from: more than three factors in \"%.*s\"", from->text);
	struct value_factor *factor = &from->term[term].factor[from->term[term].factors++];
	*factor = (struct value_factor){.name = word};
	factor->is_number = bare && quantity_parse(&factor->number, word, &right);
	return TW_OK;
}

int value_from_read(struct value_from *from, struct tw_text text, struct tw_error *error)
{
	size_t at = 0;
	int code;
	*from = (struct value_from){.text = text, .terms = 1};
	for (;;) {
		while (at < text.length && text.at[at] == ' ')
			at++;
		size_t start = at;
		bool bracket = at < text.length && text.at[at] == '[';
		if (bracket) {
			const char *close = memchr(text.at + at, ']', text.length - at);
			if (!close)
				return fail(error, "--value-from: a ] is missing in \"%.*s\"",
					    text);
			struct tw_text name = {text.at + at + 1,
					       (size_t)(close - text.at) - at - 1};
			if ((code = read_factor(from, trim(name), false, error)))
				return code;
			at = (size_t)(close - text.at) + 1;
			while (at < text.length && text.at[at] == ' ')
				at++;
			if (at < text.length && !strchr("*+-", text.at[at]))
				return fail(error,
					    "--value-from: after ] comes *, + or - in \"%.*s\"",
					    text);
		} else {
			while (at < text.length && !is_operator(text, at))
				at++;
			struct tw_text word = {text.at + start, at - start};
			if ((code = read_factor(from, trim(word), true, error)))
				return code;
		}
		if (at == text.length && from->terms == 1 && from->term[0].factors == 1)
			return fail(error,
				    "--value-from: \"%.*s\" is one column alone: map it to value",
				    text);
		if (at == text.length)
			return TW_OK;
		char sign = text.at[at++];
		if (sign == '*')
			continue;
		if (from->terms == VALUE_TERMS)
			return fail(error, "--value-from: more than four terms in \"%.*s\"", text);
		from->term[from->terms++].minus = sign == '-';
	}
}

const struct value_factor *value_from_part(const struct value_from *from, size_t place)
{
	size_t term = place / VALUE_FACTORS, factor = place % VALUE_FACTORS;
	if (term >= from->terms || factor >= from->term[term].factors ||
	    from->term[term].factor[factor].is_number)
		return NULL;
	return &from->term[term].factor[factor];
}

/* The product of a term, in millionths cubed; VALUE_EMPTY where a cell is. */
static enum value_result product(wide *out, size_t *place, const struct value_from *from,
				 size_t term, const struct tw_text cell[VALUE_PARTS])
{
	wide result = 1;
	const char *right;
	enum value_result found = VALUE_DONE;
	for (size_t i = 0; i < VALUE_FACTORS; i++) {
		const struct value_factor *factor = &from->term[term].factor[i];
		int64_t number = QUANTITY_UNIT;
		*place = term * VALUE_FACTORS + i;
		if (i < from->term[term].factors && factor->is_number) {
			number = factor->number;
		} else if (i < from->term[term].factors) {
			if (!cell[*place].length)
				found = VALUE_EMPTY;
			else if (!quantity_parse(&number, cell[*place], &right))
				return VALUE_BAD;
		}
		if (__builtin_mul_overflow(result, (wide)number, &result))
			return VALUE_RANGE;
	}
	*out = result;
	return found;
}

enum value_result value_from_reckon(tw_money *value, size_t *place, const struct value_from *from,
				    const struct tw_text cell[VALUE_PARTS])
{
	wide sum = 0;
	for (size_t term = 0; term < from->terms; term++) {
		wide part = 0;
		enum value_result result = product(&part, place, from, term, cell);
		if (result == VALUE_EMPTY && term == 0)
			return VALUE_EMPTY;
		if (result == VALUE_EMPTY)
			continue;
		if (result != VALUE_DONE)
			return result;
		if (from->term[term].minus)
			part = -part;
		if (__builtin_add_overflow(sum, part, &sum))
			return VALUE_RANGE;
	}
	const wide step = SCALE / TW_MONEY_UNIT;
	if (sum < 0 || sum / step > (wide)TW_MONEY_LIMIT)
		return VALUE_RANGE;
	*value = (tw_money)((sum + step / 2) / step);
	return VALUE_DONE;
}
