/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/interest.h"

#include <stdlib.h>

#include "common/instant.h"
#include "refund/big.h"

enum { SLOTS = 512 };

/* The product of a period, as gain / base + 1. */
struct factor {
	bool used;
	struct interest_period period;
	enum interest_result result;
	int32_t day;
	uint64_t share; /* gain / base in 1/2^48, rounded down: a first guess */
	struct big gain, base;
};

struct interest {
	const struct refunds *law;
	struct factor *slot;
	struct big grown, left, right;
};

struct interest *interest_new(const struct refunds *law)
{
	struct interest *interest = calloc(1, sizeof *interest);
	if (!interest)
		return NULL;
	interest->law = law;
	interest->slot = calloc(SLOTS, sizeof *interest->slot);
	if (interest->slot)
		return interest;
	free(interest);
	return NULL;
}

void interest_free(struct interest *interest)
{
	if (interest)
		free(interest->slot);
	free(interest);
}

static int days_of_year(int year)
{
	return (int)(time_days(year + 1, 1, 1) - time_days(year, 1, 1));
}

static uint64_t divisor(uint64_t a, uint64_t b)
{
	while (b) {
		uint64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

/* x times y, so many times. */
static bool times_power(struct big *x, uint64_t y, int32_t times)
{
	for (; times >= 2; times -= 2) /* y is below 2^32 */
		if (!big_times(x, x, y * y))
			return false;
	return !times || big_times(x, x, y);
}

/* So many days of one rate and one year. */
static bool grow(struct big *over, struct big *under, uint64_t num, uint64_t den, int32_t days)
{
	uint64_t common = divisor(num + den, den);
	return times_power(over, (num + den) / common, days) &&
	       times_power(under, den / common, days);
}

/* The last day of the period that has the rate and the year of its day. */
static int32_t run_end(const struct refunds_rate *rate, int32_t day, int32_t end, int *year)
{
	int month, of_month;
	time_date(day, year, &month, &of_month);
	int32_t last = (int32_t)time_days(*year + 1, 1, 1) - 1;
	last = last < rate->through ? last : rate->through;
	return last < end ? last : end;
}

static const struct refunds_rate *rate_of(const struct refunds *law, int32_t day)
{
	for (uint32_t i = 0; i < law->count[REFUNDS_RATES]; i++)
		if (law->rates[i].from <= day && day <= law->rates[i].through)
			return &law->rates[i];
	return NULL;
}

static enum interest_result make(struct interest *interest, struct factor *f)
{
	struct big *over = &interest->grown;
	int year;
	big_set(over, 1);
	big_set(&f->base, 1);
	for (int32_t day = f->period.deposit + 1; day <= f->period.end;) {
		const struct refunds_rate *rate = rate_of(interest->law, day);
		f->day = day;
		if (!rate)
			return INTEREST_NO_RATE;
		int32_t last = run_end(rate, day, f->period.end, &year);
		uint64_t num = rate->rate[f->period.payee].num;
		uint64_t den =
		    (uint64_t)rate->rate[f->period.payee].den * (uint64_t)days_of_year(year);
		if (!grow(over, &f->base, num, den, last - day + 1))
			return INTEREST_TOO_LONG;
		day = last + 1;
	}
	big_minus(&f->gain, over, &f->base);
	size_t bits = big_bits(&f->base);
	long shift = bits > 64 ? (long)bits - 64 : 0;
	unsigned __int128 share =
	    big_window(&f->gain, shift - 48) / (uint64_t)big_window(&f->base, shift);
	/* Over a century at such rates: nothing that is asked for. */
	if (big_bits(&f->gain) > bits + 10 || f->base.count > BIG_LIMBS - 2)
		return INTEREST_TOO_LONG;
	f->share = (uint64_t)share;
	return INTEREST_OK;
}

static struct factor *factor_of(struct interest *interest, const struct interest_period *period)
{
	uint32_t key = (uint32_t)period->deposit * 2u + period->payee + (uint32_t)period->end * 31u;
	struct factor *f = &interest->slot[key % SLOTS];
	if (f->used && f->period.deposit == period->deposit && f->period.end == period->end &&
	    f->period.payee == period->payee)
		return f;
	f->used = true;
	f->period = *period;
	f->result = make(interest, f);
	return f;
}

/* Whether (2 cents + 1) x base is at most 2 x principal x gain: the next cent is reached. */
static bool reaches_next(struct interest *interest, const struct factor *f, int64_t cents)
{
	return big_times(&interest->right, &f->base, 2 * (uint64_t)cents + 1) &&
	       big_compare(&interest->right, &interest->left) <= 0;
}

enum interest_result interest_find(int64_t *cents, int32_t *day, struct interest *interest,
				   int64_t principal, const struct interest_period *period)
{
	*cents = 0;
	if (period->end <= period->deposit)
		return INTEREST_OK;
	struct factor *f = factor_of(interest, period);
	*day = f->day;
	if (f->result != INTEREST_OK || !principal)
		return f->result;
	if (!big_times(&interest->left, &f->gain, 2 * (uint64_t)principal))
		return INTEREST_TOO_LONG;
	/* The guess is proved, not trusted: half up is the last cent whose lower half is reached.
	 */
	int64_t guess = (int64_t)((unsigned __int128)f->share * (uint64_t)principal >> 48);
	while (guess > 0 && !reaches_next(interest, f, guess - 1))
		guess--;
	while (reaches_next(interest, f, guess))
		guess++;
	*cents = guess;
	return INTEREST_OK;
}
