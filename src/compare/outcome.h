/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line comes to under one law, as far as it is compared. A plan is told
 * once which of its amounts belongs to which program; lines of the plan are then
 * read off their charge.
 */
#ifndef TW_COMPARE_OUTCOME_H
#define TW_COMPARE_OUTCOME_H

#include "tidewaiter.h"

enum outcome_state { OUTCOME_KNOWN, OUTCOME_INCOMPLETE, OUTCOME_REFUSED, OUTCOME_STATES };
enum { OUTCOME_PROGRAMS = 32 };

struct outcome {
	enum outcome_state state;
	bool is_free; /* let in by an exemption */
	tw_money amount, fees;
	bool is_taxed;     /* of a country whose taxes on imports are computed */
	tw_money taxes;    /* -1: not known */
	uint32_t currency; /* its letters; 0: none */
	struct {
		uint32_t program; /* a number of the names */
		tw_money amount;
	} of[OUTCOME_PROGRAMS];
	size_t count;
	/* Of a line of texts, from its answer; see outcome_goods. */
	uint16_t origin, chapter;
	int32_t month; /* since the year 0 */
};

/* Programs by numbers; one a thread. The texts live with the rulebooks. */
struct names {
	const char **at;
	size_t count, room;
};
/* The number of a name; UINT32_MAX: no memory. */
uint32_t names_of(struct names *names, const char *name);

/* What plans say; one a law and thread. */
struct told;
int told_new(struct told **out);
void told_free(struct told *told);

/*
 * Of the line `index` of the last tw_assess_many; `whole`: with its origin, chapter and month,
 * which a line of texts does not show. TW_NO_MEMORY, or an error of the assessor.
 */
int outcome_read(struct outcome *out, struct told *told, struct names *names,
		 const struct tw_charge *charge, tw_assessor *assessor, size_t index, bool whole,
		 struct tw_error *error);

/* Origin, chapter and month of a line of values, whose clock is `offset` seconds east of UTC. */
void outcome_goods(struct outcome *out, const struct tw_typed_line *line, int offset);

#endif
