/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that make random lines share: dice, and single facts of a line. */
#ifndef JUDGE_DICE_H
#define JUDGE_DICE_H

#include "random.h"

#define DAY ((tw_time)86400)

struct target;
struct maker {
	const struct law *law;
	uint64_t state;
	struct target *target;
	size_t target_count, next;
	const struct law_atom **atom; /* all atoms of the law */
	size_t atom_count, atom_room;
};

/* A number under the limit; true in so many of a hundred rolls. */
uint64_t below(struct maker *m, uint64_t limit);
bool chance(struct maker *m, unsigned percent);

/* A minute between two times and in the days covered; an end of a period or a time in it. */
tw_time any_time(struct maker *m, tw_time from, tw_time until);
tw_time pick_time(struct maker *m, struct law_end from, struct law_end until);
/* An amount, often one at which the law turns. */
tw_money any_money(struct maker *m);

void set_word(struct said *said, const char *word);
void set_flag(struct said *said, bool yes);
/* Some value for a claim. */
void any_claim(struct maker *m, struct line *line, uint32_t claim);
/* The first schedule row at or after a code. */
uint32_t first_row(const struct law_jurisdiction *j, uint64_t code);

/* Change the line so that an atom or condition is as wanted, as far as one fact can. */
void satisfy_atom(struct maker *m, struct line *line, const struct law_atom *atom, bool want);
void satisfy(struct maker *m, struct line *line, const struct law_node *node, bool want);

#endif
