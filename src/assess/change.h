/* SPDX-License-Identifier: Apache-2.0 */
/* When an answer changes next, and whether it does during the day of entry. */
#ifndef TW_ASSESS_CHANGE_H
#define TW_ASSESS_CHANGE_H

#include "assess/lookup.h"
#include "assess/relief.h"

/*
 * The next instant at which the answer for the tariff lines changes, TW_TIME_MAX where none is
 * known or none is asked for. moves: no time of entry was given, and it changes during that day.
 * mail: exemptions and duties on mail count. filed: the measure of the type of entry that was
 * filed, or RB_NONE.
 */
tw_time change_next(tw_assessor *a, struct leaf_range range, bool mail, uint32_t filed,
		    bool *moves);
/* Exemptions and mail count where they can change the answer. */
bool change_by_mail(const struct relief *relief);
uint32_t change_filed(const struct relief *relief);
/* The end of a type of entry; RB_NONE has none. */
tw_time change_filed_until(const tw_assessor *a, uint32_t type);
/*
 * The instants between which a day of entry changes, of a line without a time: a minute after it
 * begins, and when it is over.
 */
tw_time change_dawn(const struct rb_jurisdiction *jurisdiction, tw_time entered);
tw_time change_dusk(tw_time dawn);
/* The day after `at` on which the tariff line, begins or ends as one. */
tw_time change_of_code(const struct rb *rb, const struct rb_leaf *leaf, tw_time at);
/* Both, in the answer. */
void change_find(tw_assessor *a, struct leaf_range range);

#endif
