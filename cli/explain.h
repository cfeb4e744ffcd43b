/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One line's answer as a page for people: the stack as a table, and on
 * request the reasons, with the instruments behind them.
 */
#ifndef TW_CLI_EXPLAIN_H
#define TW_CLI_EXPLAIN_H

#include "../src/lines/buffer.h"
#include "../src/lines/finding.h"

struct explain {
	const struct tw_line *line;
	const struct finding *finding;
	const tw_rulebook *rulebook;
	bool color;
};

/* The table: what is due and what becomes of the line. */
void explain_duty(struct buffer *out, const struct explain *explain);
/* The page a broker would file: the table, then why, with citations. */
void explain_page(struct buffer *out, const struct explain *explain);

#endif
