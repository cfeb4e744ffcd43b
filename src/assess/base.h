/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The base duty of a tariff line: which column applies, and what its rate
 * text comes to for the quantities declared. Knows no additional duties.
 */
#ifndef TW_BASE_H
#define TW_BASE_H

#include "facts.h"

struct base_duty {
	bool known;         /* amount holds */
	bool general_known; /* general holds */
	tw_money amount;    /* by the column that applies, rounded */
	tw_money general;   /* by the general column, rounded */
	bool plain;         /* one ad valorem rate of the value, num/den */
	bool general_plain;
	int64_t num, den, general_num, general_den;
	const char *rate; /* text that applies */
	const char *general_rate;
	const char *preference; /* symbol applied, or "" */
	uint8_t confidence;
	char missing[2][96]; /* "qty:kg: …", empty when nothing is missing */
	char warning[2][160];
};

/*
 * value: dutiable value, rounded. at: the instant whose law counts. Without a
 * schedule only claims can give the duty.
 */
void base_find(struct base_duty *out, const struct vocabulary *words, const struct facts *facts,
	       const struct rb_base *base, tw_money value, tw_time at);

/* One rate for the value and quantities of a line: money rounded half up to quantum. */
bool base_rate_amount(tw_money *out, char missing[96], const struct vocabulary *words,
		      const struct facts *facts, const struct rb_base *base, uint32_t rate,
		      tw_money value, tw_money quantum);

#endif
