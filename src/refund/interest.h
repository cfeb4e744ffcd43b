/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interest on excess deposits (19 USC 1505(c)), compounded daily (26 USC 6622):
 *
 *     interest = P x (product over the days of (1 + r/N) - 1)
 *
 * over each day after the deposit up to and with the last one; r is the rate of
 * the quarter that holds the day, N the days of its year. The product is kept
 * as two whole numbers of any size, and the quotient is rounded once, half up,
 * to the cent: no digit is lost before that.
 */
#ifndef TW_REFUND_INTEREST_H
#define TW_REFUND_INTEREST_H

#include "rulebook/refunds.h"

enum refund_payee { REFUND_CORPORATION = 0, REFUND_OTHER = 1 };

enum interest_result {
	INTEREST_OK,
	INTEREST_NO_RATE,  /* of a day */
	INTEREST_TOO_LONG, /* more days than the product has room for */
};

/* Factors of the last periods asked for; one thread uses it. */
struct interest;

/* The law must outlive it. NULL: no memory. Free with interest_free. */
struct interest *interest_new(const struct refunds *law);
void interest_free(struct interest *interest);

struct interest_period {
	int32_t deposit, end; /* days since 1970; end before deposit + 1: no interest */
	enum refund_payee payee;
};
/*
 * On so many cents (0 to 2^53). INTEREST_NO_RATE: *day is the first day
 * without a published rate.
 */
enum interest_result interest_find(int64_t *cents, int32_t *day, struct interest *interest,
				   int64_t principal, const struct interest_period *period);

#endif
