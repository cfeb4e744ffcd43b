/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts, rates and numbers as text, eight digits at once. What is rare stays
 * out of line, in figures.c. Each writes up to eight bytes behind its end and
 * returns that; each needs FIGURES_ROOM bytes.
 */
#ifndef TW_FINDINGS_FIGURES_H
#define TW_FINDINGS_FIGURES_H

#include "common/eight.h"
#include "tidewaiter.h"

#define FIGURES_ROOM 48

/* Of eight digits and more. */
char *figures_long_number(char *to, uint64_t number);
/* An amount below nothing, of more than two places, or of eight digits of cents and more. */
char *figures_rare_money(char *to, tw_money amount);
/* A rate of ten thousand percent and more. */
char *figures_high_rate(char *to, int64_t rate);

/* How many zeros stand before eight digits, at the most all but `least` of them. */
static inline unsigned figures_zeros(uint64_t digits, unsigned least)
{
	return (unsigned)__builtin_ctzll(digits | UINT64_C(1) << 8 * (8 - least)) / 8;
}

static inline char *figures_number(char *to, uint64_t number)
{
	if (number >= 100000000)
		return figures_long_number(to, number);
	uint64_t digits = eight_digits((uint32_t)number);
	unsigned zeros = figures_zeros(digits, 1);
	eight_store(to, (digits | EIGHT_ZEROS) >> 8 * zeros);
	return to + 8 - zeros;
}

/* A number of hundredths, under 10^8. */
static inline char *figures_cents(char *to, uint32_t cents)
{
	uint64_t digits = eight_digits(cents);
	unsigned zeros = figures_zeros(digits, 3);
	uint64_t text = digits | EIGHT_ZEROS;
	eight_store(to, text >> 8 * zeros);
	to += 6 - zeros;
	eight_store(to, '.' | text >> 48 << 8);
	return to + 3;
}

/* As buffer_money writes it. */
static inline __attribute__((always_inline)) char *figures_money(char *to, tw_money amount)
{
	uint64_t cents = (uint64_t)amount / 100; /* of less than nothing a large number */
	if ((cents * 100 != (uint64_t)amount) | (cents >= 100000000))
		return figures_rare_money(to, amount);
	return figures_cents(to, (uint32_t)cents);
}

/* 1/10000 of a percent, none below nothing, as the assessor prints it: 16.5%. Four digits are
 * whole percents, four behind the point. */
static inline char *figures_rate(char *to, int64_t rate)
{
	if (rate >= 100000000)
		return figures_high_rate(to, rate);
	uint64_t digits = eight_digits((uint32_t)rate), text = digits | EIGHT_ZEROS;
	unsigned zeros = figures_zeros(digits, 5);
	uint64_t rest = digits >> 32;
	size_t behind = rest ? 9 - (size_t)__builtin_clzll(rest) / 8 : 0; /* with the point */
	eight_store(to, text >> 8 * zeros);
	to += 4 - zeros;
	eight_store(to, '.' | text >> 32 << 8);
	to += behind;
	*to++ = '%';
	return to;
}

#endif
