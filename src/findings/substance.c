/* SPDX-License-Identifier: Apache-2.0 */
/* What was found of a chemical as one JSON object. Decides nothing. */
#include "findings/substance.h"
#include "common/instant.h"

#include <string.h>

/* "key":"text" with a comma before it unless it is the first of its object. */
static void put_text(struct buffer *out, const char *key, const char *text)
{
	if (out->length && out->at[out->length - 1] != '{')
		buffer_char(out, ',');
	buffer_json(out, key, strlen(key));
	buffer_char(out, ':');
	buffer_json(out, text, strlen(text));
}

static void put_key(struct buffer *out, const char *key)
{
	if (out->length && out->at[out->length - 1] != '{')
		buffer_char(out, ',');
	buffer_json(out, key, strlen(key));
	buffer_char(out, ':');
}

static void put_words(struct buffer *out, const char *key, const struct ledger *ledger,
		      struct ledger_span span)
{
	put_key(out, key);
	buffer_char(out, '[');
	for (uint32_t i = 0; i < span.count; i++) {
		const char *word = ledger_word(ledger, span, i);
		buffer_text(out, i ? "," : "");
		buffer_json(out, word, strlen(word));
	}
	buffer_char(out, ']');
}

static void put_by(struct buffer *out, const struct ledger *ledger, struct ledger_span by)
{
	put_key(out, "by");
	buffer_char(out, '[');
	for (uint32_t i = 0; i < by.count; i++) {
		const char *id =
		    ledger_text(ledger, ledger->instruments[ledger->indexes[by.first + i]].id);
		buffer_text(out, i ? "," : "");
		buffer_json(out, id, strlen(id));
	}
	buffer_char(out, ']');
}

static void put_names(struct buffer *out, const struct ledger *ledger, struct ledger_span span)
{
	put_key(out, "names");
	buffer_char(out, '[');
	for (uint32_t i = 0; i < span.count; i++) {
		const struct ledger_name *name = &ledger->names[span.first + i];
		buffer_text(out, i ? ",{" : "{");
		put_text(out, "name", ledger_text(ledger, name->text));
		put_text(out, "language", ledger_text(ledger, name->language));
		put_text(out, "kind", ledger_text(ledger, name->kind));
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
}

/* Without a route: what the list asks each way. */
static void put_asks(struct buffer *out, const struct ledger *ledger,
		     const struct ledger_list *list)
{
	put_key(out, "asks");
	buffer_char(out, '{');
	for (int d = 0; d < LEDGER_DIRECTIONS; d++) {
		if (d == LEDGER_DOMESTIC && !list->requirement[d])
			continue;
		put_key(out, inquiry_direction[d]);
		buffer_char(out, '{');
		put_text(out, "must", inquiry_must[list->must[d]]);
		put_text(out, "requirement", ledger_text(ledger, list->requirement[d]));
		buffer_char(out, '}');
	}
	buffer_char(out, '}');
}

static void put_control(struct buffer *out, const struct inquiry *inquiry,
			const struct control_answer *answer)
{
	const struct ledger *ledger = &inquiry->ledger;
	const struct ledger_control *row = answer->row;
	const struct ledger_list *list = &ledger->lists[row->list];
	buffer_char(out, '{');
	put_text(out, "substance", ledger_text(ledger, ledger->substances[row->substance].id));
	put_text(out, "jurisdiction", ledger_text(ledger, list->jurisdiction));
	put_text(out, "list", ledger_text(ledger, list->name));
	if (*ledger_text(ledger, list->english))
		put_text(out, "list_en", ledger_text(ledger, list->english));
	put_text(out, "code", ledger_text(ledger, row->code));
	put_text(out, "direction",
		 answer->direction < 0 ? "" : inquiry_direction[answer->direction]);
	put_text(out, "since", ledger_text(ledger, row->from_text));
	put_text(out, "until", ledger_text(ledger, row->until_text));
	put_text(out, "threshold", ledger_text(ledger, row->threshold));
	put_text(out, "covers", ledger_text(ledger, row->covers));
	put_text(out, "requirement", ledger_text(ledger, answer->requirement));
	if (inquiry_routeless(inquiry))
		put_asks(out, ledger, list);
	else
		put_text(out, "status", inquiry_status[answer->status]);
	if (*answer->undecided)
		put_text(out, "undecided", answer->undecided);
	if (answer->prohibited) {
		put_key(out, "prohibited");
		buffer_text(out, "true");
	}
	put_text(out, "confidence", ledger_text(ledger, row->confidence));
	put_text(out, "note", ledger_text(ledger, row->note));
	put_by(out, ledger, row->by);
	buffer_char(out, '}');
}

/* A list that is as long as there is room may have been longer. */
static void put_overflow(struct buffer *out, const char *list, bool full)
{
	if (full)
		put_text(out, "overflow", list);
}

static void put_controls(struct buffer *out, const struct inquiry *inquiry,
			 const struct inquiry_found *found)
{
	struct control_answer answers[INQUIRY_CONTROLS];
	size_t count = inquiry_decide(answers, inquiry, found);
	enum tw_lane lane = inquiry_routeless(inquiry)
				? TW_LANE_NONE
				: control_lane(answers, count, found->certainty);
	put_text(out, "lane", inquiry_lane[lane]);
	put_key(out, "controls");
	buffer_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i ? "," : "");
		put_control(out, inquiry, &answers[i]);
	}
	buffer_char(out, ']');
	put_overflow(out, "controls", count == INQUIRY_CONTROLS);
}

static void put_changes(struct buffer *out, const struct inquiry *inquiry, uint32_t substance)
{
	struct ledger_change list[INQUIRY_CHANGES];
	const struct ledger *ledger = &inquiry->ledger;
	size_t count = inquiry_changes(list, INQUIRY_CHANGES, inquiry, substance);
	if (count == SIZE_MAX)
		buffer_fail(out);
	put_key(out, "changes");
	buffer_char(out, '[');
	for (size_t i = 0; !out->failed && i < count; i++) {
		const struct ledger_control *row = list[i].row;
		const struct ledger_list *on = &ledger->lists[row->list];
		char day[16];
		time_print_day(day, list[i].day);
		buffer_text(out, i ? ",{" : "{");
		put_text(out, "day", day);
		put_text(out, "jurisdiction", ledger_text(ledger, on->jurisdiction));
		put_text(out, "list", ledger_text(ledger, on->name));
		put_text(out, "change", list[i].ends ? "ends" : "begins");
		put_by(out, ledger, row->by);
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
	put_overflow(out, "changes", count == INQUIRY_CHANGES);
}

static void put_penalties(struct buffer *out, const struct inquiry *inquiry, uint32_t substance)
{
	const struct ledger_penalty *list[INQUIRY_PENALTIES];
	const struct ledger *ledger = &inquiry->ledger;
	size_t count = inquiry_penalties(list, INQUIRY_PENALTIES, inquiry, substance);
	put_key(out, "penalties");
	buffer_char(out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct ledger_penalty *p = list[i];
		buffer_text(out, i ? ",{" : "{");
		put_text(out, "section", ledger_text(ledger, p->section));
		put_text(out, "offence", ledger_text(ledger, p->offence));
		put_key(out, "least_grams");
		buffer_number(out, (uint64_t)p->least / 1000);
		put_text(out, "years_from", ledger_text(ledger, p->years_from));
		put_text(out, "years_to", ledger_text(ledger, p->years_to));
		put_text(out, "death", ledger_text(ledger, p->death));
		put_text(out, "fine_person", ledger_text(ledger, p->fine_person));
		put_text(out, "fine_other", ledger_text(ledger, p->fine_other));
		put_text(out, "confidence", ledger_text(ledger, p->confidence));
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
	put_overflow(out, "penalties", count == INQUIRY_PENALTIES);
}

static void put_found(struct buffer *out, const struct inquiry *inquiry,
		      const struct inquiry_found *found)
{
	const struct ledger *ledger = &inquiry->ledger;
	const struct ledger_substance *s = &ledger->substances[found->substance];
	buffer_char(out, '{');
	put_text(out, "substance", ledger_text(ledger, s->id));
	put_text(out, "name", ledger_text(ledger, s->name));
	put_key(out, "matched");
	buffer_json(out, found->matched.at, found->matched.length);
	put_text(out, "how", found->how);
	put_text(out, "certainty", inquiry_certainty[found->certainty]);
	put_text(out, "conditions", found->conditions);
	put_text(out, "note", *found->note ? found->note : ledger_text(ledger, s->note));
	put_text(out, "formula", ledger_text(ledger, s->formula));
	put_text(out, "inchikey", ledger_text(ledger, s->inchikey));
	put_text(out, "smiles", ledger_text(ledger, s->smiles));
	put_words(out, "cas", ledger, s->cas);
	put_words(out, "un", ledger, s->un);
	put_names(out, ledger, s->names);
	put_controls(out, inquiry, found);
	put_changes(out, inquiry, found->substance);
	put_penalties(out, inquiry, found->substance);
	buffer_char(out, '}');
}

void substance_json(struct buffer *out, const struct inquiry *inquiry)
{
	buffer_text(out, "{\"schema\":1");
	put_text(out, "asked", inquiry->asked);
	put_text(out, "on", inquiry->on);
	put_text(out, "from", inquiry->facts.origin);
	put_text(out, "into", inquiry->facts.into);
	put_text(out, "law", inquiry->edition);
	put_text(out, "known_on", inquiry->known_on);
	if (*inquiry->known_to)
		put_text(out, "beyond_coverage", inquiry->known_to);
	put_key(out, "substances");
	buffer_char(out, '[');
	for (size_t i = 0; i < inquiry->found_count; i++) {
		buffer_text(out, i ? "," : "");
		put_found(out, inquiry, &inquiry->found[i]);
	}
	buffer_char(out, ']');
	put_overflow(out, "substances", inquiry->overflow);
	if (*inquiry->said)
		put_text(out, "warning", inquiry->said);
	put_key(out, "nearest");
	buffer_char(out, '[');
	for (size_t i = 0; i < inquiry->nearest_count; i++) {
		const struct match_nearest *near = &inquiry->nearest[i];
		buffer_text(out, i ? ",{" : "{");
		put_text(out, "name", near->name);
		put_text(
		    out, "substance",
		    ledger_text(&inquiry->ledger, inquiry->ledger.substances[near->substance].id));
		buffer_char(out, '}');
	}
	buffer_text(out, "]}\n");
}
