/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An origin that is a union of several countries, as invoices have "EU". The law asks for the
 * country; where it treats all members alike, the answer is known all the same. It is found by
 * asking for each of them.
 */
#include "assess/union.h"

#include "assess/answer.h"
#include "assess/assess.h"
#include "assess/codes.h"
#include "assess/reading.h"

#include <string.h>

/* What of an answer must be the same for every member. */
struct digest {
	int64_t value[15];
};

static struct digest digest_of(const struct tw_assessment *out)
{
	uint64_t headings = 0;
	for (size_t i = 0; i < out->layer_count; i++)
		for (const char *at = out->layers[i].heading; *at; at++)
			headings = headings * 131 + (unsigned char)*at;
	return (struct digest){
	    {out->status, out->has_amount, out->has_bounds, out->de_minimis.eligible, out->amount,
	     out->relieved, out->refundable, out->fees_amount, out->taxes_amount, out->least,
	     out->greatest, (int64_t)out->missing_count, (int64_t)out->choice_count,
	     (int64_t)out->layer_count, (int64_t)(headings >> 1)}};
}

static void answer_as(tw_assessor *a, uint32_t country)
{
	a->line.column[TW_COLUMN_ORIGIN] = (struct tw_text){a->rb->countries[country].iso2, 2};
	assess_begin(a);
	assess_line(a, &a->line);
}

static void answer_union(tw_assessor *a, const struct rb_country_name *name)
{
	const uint32_t *member = a->rb->indexes + name->members.first;
	struct tw_text said = reading_trim(a->line.column[TW_COLUMN_ORIGIN]);
	bool no_screen = a->options.no_screen;
	struct digest first, other;
	uint32_t differs = 0;
	tw_money room;
	a->options.no_screen = true;
	answer_as(a, member[0]);
	first = digest_of(&a->out);
	room = a->out.de_minimis.room;
	for (uint32_t i = 1; i < name->members.count && differs == 0; i++) {
		answer_as(a, member[i]);
		other = digest_of(&a->out);
		if (a->out.de_minimis.room < room)
			room = a->out.de_minimis.room;
		if (memcmp(&first, &other, sizeof first) != 0)
			differs = i;
	}
	a->options.no_screen = no_screen;
	if (differs == 0) {
		answer_as(a, member[0]);
		a->out.origin = answer_keep(a, "%.*s", SHOW(said));
		a->out.de_minimis.room = room;
		if (a->out.status != TW_STATUS_REFUSED)
			answer_say(&a->warnings,
				   answer_keep(a,
					       "origin-union: `%.*s` is a union of countries, and "
					       "the result is the same for all %u of its members; "
					       "an entry names the country of origin",
					       SHOW(said), (unsigned)name->members.count));
		return;
	}
	assess_begin(a);
	codes_refuse(a, "union-of-countries", "origin",
		     answer_keep(a,
				 "`%.*s` is a union of countries, and the result differs among its "
				 "members (%s, %s): give the country of the goods",
				 SHOW(said), a->rb->countries[member[0]].iso2,
				 a->rb->countries[member[differs]].iso2));
}

void union_answer(tw_assessor *a, const struct tw_line *line)
{
	const struct tw_refusal *refusal = &a->out.refusal;
	if (a->out.status != TW_STATUS_REFUSED ||
	    strcmp(refusal->reason, "union-of-countries") != 0 ||
	    strcmp(refusal->column, "origin") != 0)
		return;
	const struct rb_country_name *name =
	    place_union(&a->words, reading_trim(line->column[TW_COLUMN_ORIGIN]));
	if (!name || name->members.count == 0)
		return;
	a->line = *line; /* it lives as long as the answer */
	answer_union(a, name);
}
