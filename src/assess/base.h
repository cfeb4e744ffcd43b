/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The base duty of a tariff line: which column applies, and what its rate
 * text comes to for the quantities declared. Knows no additional duties.
 */
#ifndef TW_ASSESS_BASE_H
#define TW_ASSESS_BASE_H

#include "assess/facts.h"

/*
 * A fact that a rate needs and the line does not give, in pieces: "qty:" "kg",
 * why, and of what. They are put together where there is room for all of them,
 * so that none is cut.
 */
struct need {
	const char *kind, *what, *why, *of; /* what is NULL where nothing is missing */
};

/* What there is to say about the column that applies; text is NULL for nothing. */
struct base_note {
	const char *text;
	struct tw_text symbol; /* shown behind it, or empty */
};

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
	struct need missing;
	struct base_note note[2];
};

/*
 * value: dutiable value, rounded. at: the instant whose law counts. Without a
 * schedule only claims can give the duty.
 */
void base_find(struct base_duty *out, const struct vocabulary *words, const struct facts *facts,
	       const struct rb_base *base, tw_money value, tw_time at);

/* One rate for the value and quantities of a line: money rounded half up to quantum. */
bool base_rate_amount(tw_money *out, struct need *missing, const struct vocabulary *words,
		      const struct facts *facts, const struct rb_base *base, uint32_t rate,
		      tw_money value, tw_money quantum);

/* An amount a unit, num/den of 1/10000 of the currency, for the line's quantity in that unit. */
bool base_unit_amount(tw_money *out, struct need *missing, const struct vocabulary *words,
		      const struct facts *facts, uint32_t unit, int64_t num, int64_t den,
		      tw_money quantum);

/* No duty, or one share of the value, num/den; false: something else. */
bool base_plain_rate(const struct rb *rb, uint32_t rate, int64_t *num, int64_t *den);

#endif
