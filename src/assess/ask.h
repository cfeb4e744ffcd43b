/* SPDX-License-Identifier: Apache-2.0 */
/* A line of values in numbers, as plans ask for it. Reasons about nothing. */
#ifndef TW_ASSESS_ASK_H
#define TW_ASSESS_ASK_H

#include "assess/assessor.h"

/*
 * A line asked for step by step, so that lines can be taken in turns while what the next step
 * reads comes near. False: the line is to be assessed by itself.
 */
/* A line of texts as values; false: it says more than they can. */
bool ask_text(struct tw_typed_line *out, tw_assessor *a, const struct plan_tables *tables,
	      const struct tw_line *line);
/* Does it say a currency, a type of entry or dates, which are read with all other texts? */
bool ask_says_more(const struct tw_line *line);
/* read: the line is one of texts, as values, that ask_text has just read. */
bool ask_begin(struct ask *out, tw_assessor *a, const struct plan_tables *tables,
	       const struct tw_typed_line *line, bool read);
bool ask_code(struct ask *out, tw_assessor *a, const struct plan_tables *tables);
bool ask_row(struct ask *ask, tw_assessor *a, const struct plan_tables *tables,
	     const struct tw_typed_line *line);
void ask_strip(struct ask *ask, const struct plan_tables *tables);
void ask_docket(struct ask *ask, const struct plan_tables *tables);

/* Where the codes end that are beneath the one that the line says. */
uint64_t ask_end(const struct ask *ask);

/* a->facts as far as seasons, rates on quantities, changes and the screen for chemicals read them.
 */
void ask_facts(tw_assessor *a, const struct ask *ask, const struct tw_typed_line *line);
/* All of them, as facts_read reads them from the line's text, of a line without texts of its own.
 */
void ask_all_facts(tw_assessor *a, const struct ask *ask, const struct tw_typed_line *line,
		   const struct tw_line *text);

#endif
