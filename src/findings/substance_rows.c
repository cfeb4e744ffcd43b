/* SPDX-License-Identifier: Apache-2.0 */
/* What was found of a chemical as rows of CSV, for spreadsheets. Decides nothing. */
#include "findings/substance.h"

#include "common/words.h"

void substance_cells(struct buffer *out, const char *const *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t start = out->length;
		buffer_text(out, cells[i]);
		buffer_end_cell(out, start, false);
		buffer_char(out, i + 1 < count ? ',' : '\n');
	}
}

void substance_acts(struct buffer *out, const struct ledger *ledger, struct ledger_span by)
{
	for (uint32_t i = 0; i < by.count; i++)
		buffer_print(
		    out, "%s%s", i ? " " : "",
		    ledger_text(ledger, ledger->instruments[ledger->indexes[by.first + i]].id));
	buffer_char(out, '\0');
}

/* The cells of one row; what is not set is empty. */
struct row {
	const char *asked, *substance, *name, *certainty, *lane;
	const struct ledger_control *control;
	const char *direction, *status, *requirement, *undecided, *note;
};

static void put_row(struct buffer *out, const struct ledger *ledger, const struct row *row)
{
	const struct ledger_control *c = row->control;
	const struct ledger_list *list = c ? &ledger->lists[c->list] : NULL;
	struct buffer by = {.within = out};
	if (c)
		substance_acts(&by, ledger, c->by);
	const char *const cells[] = {row->asked,
				     row->substance,
				     row->name,
				     row->certainty,
				     row->lane,
				     list ? ledger_text(ledger, list->jurisdiction) : "",
				     list ? ledger_text(ledger, list->name) : "",
				     list ? ledger_text(ledger, list->english) : "",
				     c ? ledger_text(ledger, c->code) : "",
				     row->direction,
				     row->status,
				     row->requirement,
				     row->undecided,
				     c ? ledger_text(ledger, c->threshold) : "",
				     c ? ledger_text(ledger, c->covers) : "",
				     c ? ledger_text(ledger, c->from_text) : "",
				     c ? ledger_text(ledger, c->until_text) : "",
				     c ? ledger_text(ledger, c->confidence) : "",
				     by.at ? by.at : "",
				     c ? ledger_text(ledger, c->note) : row->note};
	substance_cells(out, cells, sizeof cells / sizeof *cells);
	out->failed = out->failed || by.failed;
	buffer_free(&by);
}

/* Without a route: a row for each direction of which the list asks something, at least one. */
static void put_asks(struct buffer *out, const struct ledger *ledger, struct row *row)
{
	const struct ledger_list *list = &ledger->lists[row->control->list];
	bool any = false;
	for (int d = 0; d < LEDGER_DIRECTIONS; d++) {
		if (list->must[d] == LEDGER_MUST_NOT)
			continue;
		row->direction = inquiry_direction[d];
		row->status = inquiry_must[list->must[d]];
		row->requirement = ledger_text(ledger, list->requirement[d]);
		put_row(out, ledger, row);
		any = true;
	}
	if (any)
		return;
	row->direction = "";
	row->status = inquiry_must[LEDGER_MUST_NOT];
	row->requirement = ledger_text(ledger, list->requirement[LEDGER_IMPORT]);
	put_row(out, ledger, row);
}

static void put_found(struct buffer *out, const struct inquiry *inquiry,
		      const struct inquiry_found *found)
{
	const struct ledger *ledger = &inquiry->ledger;
	const struct ledger_substance *s = &ledger->substances[found->substance];
	struct control_answer answers[INQUIRY_CONTROLS];
	size_t count = inquiry_decide(answers, inquiry, found);
	bool routeless = inquiry_routeless(inquiry);
	enum tw_lane lane =
	    routeless ? TW_LANE_NONE : control_lane(answers, count, found->certainty);
	struct row row = {.asked = inquiry->asked,
			  .substance = ledger_text(ledger, s->id),
			  .name = ledger_text(ledger, s->name),
			  .certainty = inquiry_certainty[found->certainty],
			  .lane = inquiry_lane[lane],
			  .direction = "",
			  .status = "",
			  .requirement = "",
			  .undecided = "",
			  .note = *found->note ? found->note : ledger_text(ledger, s->note)};
	for (size_t i = 0; i < count; i++) {
		const struct control_answer *a = &answers[i];
		row.control = a->row;
		if (routeless) {
			put_asks(out, ledger, &row);
			continue;
		}
		row.direction = a->direction < 0 ? "" : inquiry_direction[a->direction];
		row.status = inquiry_asks(a);
		row.requirement = ledger_text(ledger, a->requirement);
		row.undecided = a->undecided;
		put_row(out, ledger, &row);
	}
	if (!count)
		put_row(out, ledger, &row);
}

void substance_header(struct buffer *out)
{
	buffer_text(out, "asked,substance,name,certainty,lane,jurisdiction,list,list_en,code,"
			 "direction,status,requirement,undecided,threshold,covers,since,until,"
			 "confidence,by,note\n");
}

void substance_rows(struct buffer *out, const struct inquiry *inquiry)
{
	for (size_t i = 0; i < inquiry->found_count; i++)
		put_found(out, inquiry, &inquiry->found[i]);
	if (!inquiry->found_count)
		put_row(out, &inquiry->ledger,
			&(struct row){.asked = inquiry->asked,
				      .substance = "",
				      .name = "",
				      .certainty = "",
				      .lane = "",
				      .direction = "",
				      .status = "",
				      .requirement = "",
				      .undecided = "",
				      .note = inquiry->said});
}
