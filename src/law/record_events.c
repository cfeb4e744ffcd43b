/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the events of the record and what they have to do with measures and acts. */
#include "law/record_read.h"

#include <string.h>

/* "+us.301.list1.2018" begins, "-…" ends; without a sign a measure, a program or a pattern. */
static int read_link(struct record_read *s, const char *word, struct law_record_link *out)
{
	const struct law *law = s->r->law;
	struct law_pos pos = record_place(s, "measures");
	uint32_t index;
	out->jurisdiction = out->by = LAW_NONE;
	out->kind = *word == '+'   ? RECORD_LINK_BEGINS
		    : *word == '-' ? RECORD_LINK_ENDS
				   : RECORD_LINK_NAMES;
	out->name = word + (out->kind != RECORD_LINK_NAMES);
	if (out->kind == RECORD_LINK_NAMES) {
		if (record_has_program(s, out->name))
			return TW_OK;
		return read_name(s->r, &s->r->measure, "measure or program", out->name, pos,
				 &index);
	}
	int code = read_name(s->r, &s->r->measure, "measure", out->name, pos, &index);
	if (code)
		return code;
	const struct law_measure *measure = &law->measures[index];
	const struct law_end end = out->kind == RECORD_LINK_BEGINS ? measure->from : measure->until;
	if (end.at == TW_TIME_MIN || end.at == TW_TIME_MAX)
		return law_error(s->r->error, pos, "\"%s\" has no %s: leave the sign out",
				 out->name, out->kind == RECORD_LINK_BEGINS ? "beginning" : "end");
	if (measure->superseded_by != LAW_NONE)
		return law_error(s->r->error, pos,
				 "\"%s\" was superseded and never moved a duty: leave the sign out",
				 out->name);
	out->at = end.at;
	out->by = end.by;
	out->jurisdiction = law->programs[measure->program].jurisdiction;
	return TW_OK;
}

static int read_links(struct record_read *s, struct law_record_event *event)
{
	const char *const *words;
	int code = record_split(s, "measures", &words, &event->link_count);
	struct law_record_link *links =
	    code ? NULL : read_take(s->r, event->link_count, sizeof *links);
	event->links = links;
	if (!code && !links)
		code = TW_NO_MEMORY;
	for (uint32_t i = 0; !code && i < event->link_count; i++)
		code = read_link(s, words[i], &links[i]);
	return code;
}

/* The name begins with the day; no day before that of the row above; no summary twice. */
static int check_event(const struct record_read *s, const struct law_record_event *events)
{
	const struct law_record_event *event = &events[s->row];
	if (strncmp(event->name, record_cell(s, "date"), 10) != 0 || strlen(event->name) != 11 ||
	    event->name[10] < 'a' || event->name[10] > 'z')
		return law_error(s->r->error, event->pos,
				 "\"%s\" is not the day and a letter: write %sa", event->name,
				 record_cell(s, "date"));
	if (s->row && event->day < event[-1].day)
		return law_error(s->r->error, record_place(s, "date"),
				 "%s stands behind a later day: events stand in the order of days",
				 record_cell(s, "date"));
	for (size_t i = s->row; i-- > 0 && events[i].day == event->day;)
		if (!strcmp(events[i].summary, event->summary))
			return law_error(s->r->error, record_place(s, "summary"),
					 "this event stands on line %d already",
					 events[i].pos.line);
	if (event->source == LAW_NONE)
		return law_error(s->r->error, record_place(s, "source"), "an event needs a source");
	return TW_OK;
}

static int read_event(struct record_read *s, struct law_record_event *events)
{
	struct law_record_event *event = &events[s->row];
	uint32_t had = table_find(&s->event, record_cell(s, "event"));
	int kind, step, code;
	event->pos = record_place(s, "event");
	if ((code = record_needed(s, "event", &event->name)) ||
	    (code = record_day(s, "date", &event->day)) ||
	    (code = record_needed(s, "summary", &event->summary)) ||
	    (code = record_word(s, "kind", record_kind_names, &kind)) ||
	    (code = record_word(s, "step", record_step_names, &step)) ||
	    (code = record_names(s, "actors", &s->actor, "actor", &event->actors,
				 &event->actor_count)) ||
	    (code = record_names(s, "follows", &s->event, "earlier event", &event->follows,
				 &event->follow_count)) ||
	    (code = record_names(s, "acts", &s->r->instrument, "instrument", &event->acts,
				 &event->act_count)) ||
	    (code = read_links(s, event)) ||
	    (code = record_source(s, &event->source, &event->confidence)))
		return code;
	event->kind = (enum record_kind)kind;
	event->step = (enum record_step)step;
	event->note = record_cell(s, "note");
	if (!event->actor_count)
		return law_error(s->r->error, record_place(s, "actors"), "\"actors\" is empty");
	if ((code = read_enter(s->r, &s->event, "event", event->name, (uint32_t)s->row, event->pos,
			       had == UINT32_MAX ? event->pos : events[had].pos)))
		return code;
	return check_event(s, events);
}

int record_events(struct record_read *s)
{
	static const char *const columns[] = {
	    "event", "date",    "actors", "kind",       "step", "follows", "measures",
	    "acts",  "summary", "source", "confidence", "note", NULL};
	int code = record_table(s, "events.tsv", columns);
	uint32_t count = (uint32_t)s->tsv.row_count;
	struct law_record_event *events = code ? NULL : read_take(s->r, count, sizeof *events);
	if (!code && !events)
		code = TW_NO_MEMORY;
	for (s->row = 0; !code && s->row < count; s->row++)
		code = read_event(s, events);
	s->out->events = events;
	s->out->event_count = count;
	return code;
}
