/* SPDX-License-Identifier: Apache-2.0 */
/* The answers of the routes. Each is a call of the library and of its writers. */
#ifndef TW_SERVE_ANSWERS_H
#define TW_SERVE_ANSWERS_H

#include "serve/route.h"
#include "serve/worker.h"

/* duty.c */
route_answer answer_duty;
/* code.c */
route_answer answer_codes;
/* timeline.c */
route_answer answer_timeline;
/* scenarios.c */
route_answer answer_scenarios;
/* drawing.c */
route_answer answer_drawing;
/* substance.c */
route_answer answer_substances;
/* law.c */
route_answer answer_law_list, answer_law_diff, answer_acts, answer_act;
/* record.c */
route_answer answer_events, answer_series, answer_news;

/* assess.c, columns.c */
route_answer answer_assess, answer_columns;
/* compare.c, patterns.c */
route_answer answer_compare, answer_patterns;
/* refund.c */
route_answer answer_refund;

/* goods.c: the line that the parameters of a question say. */
enum { GOODS_CLAIMS = 4096 };
struct goods {
	struct tw_line line;
	char claims[GOODS_CLAIMS];
	char day[TW_COLUMN_COUNT][64]; /* dates of another order, as 2025-05-02 */
};
/* False: the reply says what is wrong. `entered`: whether the line must say its entry. */
bool goods_read(struct reply *reply, struct goods *goods, const struct question *question,
		const struct worker *worker, bool entered);

#endif
