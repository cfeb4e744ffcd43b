/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows by their plans: blocks of 64 go to the library as values, and of a plan
 * that was met before an answer is written by filling in what its first one was
 * made of. A row that is written in an unusual way, or has no plan, goes the
 * ordinary way (work.h), in its turn. The answers are the same to the byte.
 */
#ifndef TW_LINES_PLANNED_H
#define TW_LINES_PLANNED_H

#include "lines/typed.h"
#include "lines/work.h"

struct planned;

/* One a thread. *out stays NULL where nothing of the run can be written so. */
int planned_new(struct planned **out, struct worker *worker, struct tw_error *error);
void planned_free(struct planned *planned);

/*
 * The work on the rows that were found in `text`; *number is the line of the first and
 * then that behind the last. False in *usual: the input's rows cannot be read as values, and
 * nothing was done.
 */
int planned_rows(bool *usual, struct planned *planned, struct pass_slot *slot, char *text,
		 const struct scan *scan, uint64_t *number, struct tw_error *error);

/* Answers that were written both ways and differed, to say so; the ordinary one was given. */
uint64_t planned_unlike(const struct planned *planned);

#endif
