/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is marked between the steps of a timeline: the days on which its acts became known, and of
 * the record the events that concern the line. An event does when the country of origin took part,
 * when one of its acts moved something, or when a court of the importing country ruled.
 */
#include "timeline/timeline.h"

#include <string.h>

#include "common/error.h"
#include "common/order.h"
#include "rulebook/record.h"

static bool lies_within(const struct tw_timeline *t, tw_time at)
{
	return at >= t->step[0].at && at < t->step[t->step_count - 1].until;
}

static void add_announced(struct tw_timeline *t, const struct tw_announcement *announced,
			  size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct tw_instrument act = {"", "", "", "", ""};
		if (!lies_within(t, announced[i].known))
			continue;
		(void)tw_rulebook_instrument(t->book, announced[i].act, &act);
		t->mark[t->mark_count++] = (struct tw_mark){.kind = TW_MARK_ANNOUNCED,
							    .at = announced[i].known,
							    .offset = announced[i].offset,
							    .id = announced[i].act,
							    .title = act.title,
							    .cite = act.cite,
							    .url = act.url,
							    .moves = true,
							    .moves_on = announced[i].moves_on};
	}
}

/* The first step that an act of the event moves; NULL: none does. */
static const struct tw_announcement *find_moved(const struct record *record,
						const struct record_event *event,
						const struct tw_announcement *announced,
						size_t count)
{
	const struct tw_announcement *found = NULL;
	for (uint32_t i = 0; i < event->acts.count; i++)
		for (size_t k = 0; k < count; k++)
			if (!strcmp(record_text(record, record->indexes[event->acts.first + i]),
				    announced[k].act) &&
			    (!found || announced[k].moves_on < found->moves_on))
				found = &announced[k];
	return found;
}

static void add_events(struct tw_timeline *t, const struct record *record,
		       const struct tw_announcement *announced, size_t count)
{
	const char *origin = t->step->answer->origin, *into = t->step->answer->into;
	for (uint32_t i = 0; i < record->count[RECORD_EVENTS]; i++) {
		const struct record_event *event = &record->events[i];
		const struct tw_announcement *moved = find_moved(record, event, announced, count);
		const struct record_source *source = &record->sources[event->source];
		tw_time at = time_from_local(t->zone, (tw_time)event->day * 86400);
		bool ruled = event->kind == RECORD_COURT && record_has_actor(record, event, into);
		bool moves = moved && moved->moves_on >= at;
		if (!lies_within(t, at) ||
		    !(moved || ruled || (*origin && record_has_actor(record, event, origin))))
			continue;
		t->mark[t->mark_count++] =
		    (struct tw_mark){.kind = TW_MARK_EVENT,
				     .at = at,
				     .offset = time_offset(t->zone, at),
				     .id = record_text(record, event->name),
				     .title = record_text(record, event->summary),
				     .cite = record_text(record, source->publisher),
				     .url = record_text(record, source->url),
				     .moves = moves,
				     .moves_on = moves ? moved->moves_on : 0};
	}
}

static int compare_marks(const void *a, const void *b)
{
	const struct tw_mark *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->id, y->id);
}

int marks_find(tw_timeline *t, struct tw_error *error)
{
	const bool announced = t->options.announced, events = t->options.events;
	const struct tw_announcement *known;
	struct record record = {0};
	size_t count;
	int code;
	if (!t->step_count || !(announced || events))
		return TW_OK;
	if ((code = tw_timeline_announced(&known, &count, t, error)) ||
	    (events && (code = record_open(&record, t->book, error))))
		return code;
	size_t most = (announced ? count : 0) + (events ? record.count[RECORD_EVENTS] : 0);
	if (!(t->mark = pad_alloc(&t->pad, most + 1, sizeof *t->mark)))
		return error_memory(error);
	if (announced)
		add_announced(t, known, count);
	if (events)
		add_events(t, &record, known, count);
	order_items(t->mark, t->mark_count, sizeof *t->mark, compare_marks);
	return TW_OK;
}

int tw_timeline_marks(const struct tw_mark **out, size_t *count, const tw_timeline *timeline,
		      struct tw_error *error)
{
	if (!out || !count)
		return error_null(error, out ? "count" : "out");
	*out = NULL;
	*count = 0;
	if (!timeline)
		return error_null(error, "timeline");
	*out = timeline->mark;
	*count = timeline->mark_count;
	return TW_OK;
}
