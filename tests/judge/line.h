/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line of goods as the judge knows it: typed, before it is written down.
 * Owns the writing of such a line as the columns of tidewaiter.h and as flags
 * of the program. Decides nothing and reads no text.
 */
#ifndef JUDGE_LINE_H
#define JUDGE_LINE_H

#include "common/money.h"
#include "law/law.h"

#define LINE_CLAIMS 160
#define LINE_TEXT 4096
#define LINE_AMOUNTS 512

/* What is declared for a claim. Amounts in money, numbers and percents in 1/1000000. */
struct said {
	bool given, yes;
	int64_t number;
	char word[32];
};
struct quantity_said {
	bool given;
	int64_t amount;
	uint32_t unit; /* law unit */
};
enum line_time { LINE_IMPORTED, LINE_LOADED, LINE_DEPARTED, LINE_IT_DATE, LINE_TIMES };

struct line {
	uint32_t into; /* law jurisdiction */
	uint64_t code; /* its low end as ten digits */
	uint32_t digits;
	uint32_t origin, ship_from; /* ship_from LAW_NONE: not said */
	tw_time entered;
	bool has_time[LINE_TIMES];
	tw_time time[LINE_TIMES];
	const char *channel, *transport, *entry_type; /* "" where not said */
	tw_money value, retail;                       /* retail -1: not said */
	struct quantity_said quantity[3];             /* qty, qty2, weight */
	struct said claim[LINE_CLAIMS];
	tw_money shipment_value, shipment_retail, free_before, order_retail;
	/* What its shipment owes together: of all fees and flat duties the same, and the entry. */
	bool shared, here;
	tw_money together;
	uint32_t entry; /* law measure of the shipment's entry; LAW_NONE: not told */
	struct tw_shipment_amount amounts[LINE_AMOUNTS];
};

/* Write the line into out; its texts lie in the buffer. */
void line_write(struct tw_line *out, char buffer[LINE_TEXT], const struct law *law,
		struct line *line);
/* As flags of `tidewaiter duty`, and what only the library can be told. */
void line_print(const struct law *law, struct line *line);

#endif
