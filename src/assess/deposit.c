/* SPDX-License-Identifier: Apache-2.0 */
/* Rates of deposits as people write them, see deposit.h. */
#include "assess/deposit.h"

#include "common/ascii.h"

#include "assess/reading.h"
#include "common/money.h"
#include "common/quantity.h"
#include "rulebook/units.h"

#include <string.h>

#define PERCENT_MOST (10000 * QUANTITY_UNIT) /* no deposit is of more */

static bool parse_unit(struct deposit *out, const struct rb *rb, struct tw_text text,
		       const char **right)
{
	const char *slash = memchr(text.at, '/', text.length);
	struct tw_text amount = reading_trim((struct tw_text){text.at, (size_t)(slash - text.at)});
	struct tw_text unit =
	    reading_trim((struct tw_text){slash + 1, text.length - (size_t)(slash - text.at) - 1});
	if (amount.length && *amount.at == '$') {
		amount.at++;
		amount.length--;
	}
	out->unit = units_find(rb, unit);
	if (out->unit == RB_NONE) {
		*right = "an amount a unit names a unit of the schedule, as in 1.67/kg";
		return false;
	}
	if (!quantity_parse(&out->num, reading_trim(amount), right))
		return false;
	out->den = QUANTITY_UNIT / TW_MONEY_UNIT;
	*right = "an amount a unit is at most 1,000,000";
	return out->num <= 1000000 * QUANTITY_UNIT;
}

bool deposit_parse(struct deposit *out, const struct rb *rb, struct tw_text text,
		   const char **right)
{
	text = reading_trim(text);
	*out = (struct deposit){.text = text, .unit = RB_NONE};
	*right = "write 76.46%, or an amount a unit such as 1.67/kg";
	if (!text.length)
		return false;
	if (memchr(text.at, '/', text.length))
		return parse_unit(out, rb, text, right);
	if (text.at[text.length - 1] == '%')
		text.length--;
	if (!quantity_parse(&out->num, reading_trim(text), right))
		return false;
	out->den = 100 * QUANTITY_UNIT;
	*right = "a rate is at most 10,000%";
	return out->num <= PERCENT_MOST;
}

bool deposit_amount(tw_money *out, struct need *missing, const struct deposit *deposit,
		    const struct vocabulary *words, const struct facts *facts)
{
	const struct rb_jurisdiction *j = facts->jurisdiction;
	tw_money amount;
	*missing = (struct need){"", "a smaller quantity", "the deposit is too large", ""};
	if (deposit->unit != RB_NONE) {
		if (!base_unit_amount(&amount, missing, words, facts, deposit->unit, deposit->num,
				      deposit->den, j->round_duty))
			return false;
	} else if (facts->has_value) {
		amount = money_share(money_round(facts->value, j->round_value), deposit->num,
				     deposit->den, j->round_duty);
		missing->what = "a smaller value";
	} else {
		*missing = (struct need){"", "value", "the deposit is a share of it", ""};
		return false;
	}
	if (amount > TW_MONEY_LIMIT)
		return false;
	*out = amount;
	return true;
}

bool deposit_case(char out[CASE_LENGTH + 1], struct tw_text text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == '-' && (count == 1 || count == 4))
			continue;
		bool fits = count == 0 ? to_lower(c) == 'a' || to_lower(c) == 'c' : is_digit(c);
		if (count == CASE_LENGTH || !fits)
			return false;
		out[count] = count == 0 ? (char)(c & ~0x20) : c;
		count++;
	}
	out[count] = '\0';
	return count == CASE_LENGTH;
}
