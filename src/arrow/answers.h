/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings as columns: the flat ones, which are those of a CSV answer, and
 * `detail`, which says what NDJSON does. It decides nothing.
 */
#ifndef TW_ARROW_ANSWERS_H
#define TW_ARROW_ANSWERS_H

#include "arrow/grow.h"
#include "common/csv.h"
#include "findings/cited.h"
#include "findings/finding.h"

enum { ANSWERS_TEXTS = 11 }; /* flat columns whose text the writer of CSV makes */

/* Acts that were cited, by their ids, and which of them the answer at hand cites. */
enum { ANSWERS_ACTS = 1024 };
struct answers_acts {
	struct cited cited;
	struct tw_instrument act[ANSWERS_ACTS];
};

struct answers {
	struct grow root;
	const tw_rulebook *rulebook;
	struct finding_style style; /* the flat columns that are texts of several values */
	int field[ANSWERS_TEXTS];
	struct buffer text;
	struct csv_row row;
	struct answers_acts acts;
	bool flat, failed, full;
};

int answers_new(struct answers **out, const tw_rulebook *rulebook, bool flat,
		struct tw_error *error);
void answers_free(struct answers *answers);

/* A row of a finding. */
void answers_add(struct answers *answers, const struct finding *finding);

/* A row of which the texts are there already: as the style writes them, a line of CSV. */
struct answers_flat {
	struct tw_text id;
	enum tw_status status;
	enum tw_lane lane;
	bool has_duty;
	tw_money duty, refundable, fees; /* the last two: -1 is not known */
};
void answers_add_flat(struct answers *answers, const struct answers_flat *flat, char *line,
		      size_t length);

/* The struct of the findings. */
const struct grow_field *answers_fields(bool flat);
/* Says in the metadata of a schema by which law its rows are answered; false: no memory. */
bool answers_law(struct ArrowSchema *out, const tw_rulebook *rulebook);
/* The rows, as a struct of columns; an error says why there are none. */
int answers_give(struct ArrowArray *out, struct answers *answers, struct tw_error *error);

/* detail.c: the value of the struct `detail`, and what it consists of. */
enum { ANSWERS_DETAILS = 32 };
extern const struct grow_field answers_details[ANSWERS_DETAILS];
void answers_add_detail(struct grow *out, const struct finding *finding,
			const tw_rulebook *rulebook, struct answers_acts *acts);

#endif
