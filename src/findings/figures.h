/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Amounts, rates and numbers as text: small ones by a table, others eight
 * digits at once. What is rare stays out of line, in figures.c. Each writes up
 * to eight bytes behind its end and returns that; each needs FIGURES_ROOM bytes.
 */
#ifndef TW_FINDINGS_FIGURES_H
#define TW_FINDINGS_FIGURES_H

#include "common/eight.h"
#include "tidewaiter.h"

#define FIGURES_ROOM 48

/* Of eight digits and more. */
char *figures_long_number(char *to, uint64_t number);
/* An amount below nothing, of more than two places, or of a thousand and more. */
char *figures_rare_money(char *to, tw_money amount);
/* A rate of a thousand percent and more. */
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

/* The point and ten-thousandths behind it, some, without zeros at the end. */
static inline char *figures_behind_point(char *to, uint32_t rest)
{
	uint64_t digits = eight_digits(rest) >> 32;
	eight_store(to, '.' | (digits | EIGHT_ZEROS) << 8);
	return to + 9 - (size_t)__builtin_clzll(digits) / 8;
}

/* Up to 999, and how many digits it has. */
struct figures_small {
	char digits[3];
	uint8_t length;
};
extern const struct figures_small figures_small[1000];
extern const char figures_pairs[]; /* 00 to 99 */

/* A number under 1000; up to four bytes are written. */
static inline char *figures_below_1000(char *to, uint32_t number)
{
	memcpy(to, &figures_small[number], sizeof figures_small[number]);
	return to + figures_small[number].length;
}

/* Two digits of a number under 100. */
static inline void figures_pair(char *to, uint32_t number)
{
	memcpy(to, figures_pairs + (size_t)2 * number, 2);
}

/* As buffer_money writes it. Most are under 1000. */
static inline __attribute__((always_inline)) char *figures_money(char *to, tw_money amount)
{
	uint64_t whole = (uint64_t)amount / TW_MONEY_UNIT; /* of less than nothing a large number */
	uint32_t rest = (uint32_t)((uint64_t)amount - whole * TW_MONEY_UNIT), cents = rest / 100;
	if ((cents * 100 != rest) | (whole >= 1000))
		return figures_rare_money(to, amount);
	to = figures_below_1000(to, (uint32_t)whole);
	*to = '.';
	figures_pair(to + 1, cents);
	return to + 3;
}

/* 1/10000 of a percent, none below nothing, as the assessor prints it: 16.5%. */
static inline char *figures_rate(char *to, int64_t rate)
{
	uint64_t whole = (uint64_t)rate / 10000;
	uint32_t rest = (uint32_t)((uint64_t)rate - whole * 10000);
	if (whole >= 1000)
		return figures_high_rate(to, rate);
	to = figures_below_1000(to, (uint32_t)whole);
	if (rest)
		to = figures_behind_point(to, rest);
	*to = '%';
	return to + 1;
}

#endif
