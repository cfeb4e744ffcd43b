/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parties of lines of goods, asked of lists: what is said of a line goes into its finding.
 * Names come again and again, so that what was answered is kept, by the whole text.
 */
#ifndef TW_PARTIES_LINES_H
#define TW_PARTIES_LINES_H

#include "findings/finding.h"
#include "parties/parties.h"

struct party_lines;

/* For so many workers, each in a thread of its own. `parties` is lent. cut 0: PARTIES_CUT. */
int party_lines_new(struct party_lines **out, const struct parties *parties, uint32_t cut,
		    unsigned workers, struct tw_error *error);
void party_lines_free(struct party_lines *lines);

/* The columns of a line that are read. */
const enum tw_column *party_lines_columns(size_t *count);
/* What stands in each answer: the lists and the cut, as members of an object, and as a cell. */
struct tw_text party_lines_lists(const struct party_lines *lines);
struct tw_text party_lines_cell(const struct party_lines *lines);

/*
 * What the lists say of a line, by its columns; a struct party_lines is the context. It stands
 * until the worker's next call. False: no memory.
 */
bool party_lines_look(void *context, unsigned worker, struct finding_parties *out,
		      const struct tw_text *column);

#endif
