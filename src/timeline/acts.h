/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The acts that are cited for one move after the other: those by which the law has something begin
 * or end between two instants. What was found for one line is remembered for the next.
 */
#ifndef TW_TIMELINE_ACTS_H
#define TW_TIMELINE_ACTS_H

#include "common/legal.h"
#include "timeline/timeline.h"

struct acts {
	struct tw_timeline *t;
	tw_time after, at;
	uint32_t first, end; /* the law's moves in (after, at] */
	const char **act;    /* each once; the count is set to 0 for the next move */
	size_t count, room;
	bool failed;
};
void acts_begin(struct acts *out, struct tw_timeline *t, tw_time after, tw_time at);
void acts_end(struct acts *acts);

/* What a program is called, or "", as moves_title says it. */
const char *acts_title(struct acts *acts, const char *program);

void acts_all(struct acts *acts, const struct tw_citations *by);
/* Those that move a measure, or (NULL) what of the program is no measure. */
void acts_law(struct acts *acts, const char *program, const char *measure);
/* Those that move any measure of the program. */
void acts_program(struct acts *acts, const char *program);
/* Those that move a program of a kind; anything at all. */
void acts_kind(struct acts *acts, enum law_kind kind);
void acts_window(struct acts *acts);
/* The program steps back from now on, or no longer: by what the other one did. */
void acts_exclusions(struct acts *acts, const struct tw_assessment *answer, const char *program);
/* The edition of the schedule of the day. */
void acts_edition(struct acts *acts);

#endif
