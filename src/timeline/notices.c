/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lies between the steps of a timeline: the days on which its acts became known, and of the
 * record the events that concern the line. An event does when the country of origin took part,
 * when one of its acts moved something, or when a court of the importing country ruled.
 */
#include "timeline/write.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/order.h"
#include "rulebook/record.h"

static bool lies_within(const struct told *told, tw_time at)
{
	return told->count && at >= told->step[0].at && at < told->step[told->count - 1].until;
}

static void add_announced(struct notice *to, struct told *told,
			  const struct tw_announcement *announced, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct tw_instrument act = {"", "", "", "", ""};
		if (!lies_within(told, announced[i].known))
			continue;
		(void)tw_rulebook_instrument(told->timeline->book, announced[i].act, &act);
		to[told->mark_count++] = (struct notice){.kind = NOTICE_ANNOUNCED,
							 .at = announced[i].known,
							 .offset = announced[i].offset,
							 .act = announced[i].act,
							 .title = act.title,
							 .cite = act.cite,
							 .url = act.url,
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

static void add_events(struct notice *to, struct told *told, const struct record *record,
		       const struct tw_announcement *announced, size_t count)
{
	const tw_timeline *t = told->timeline;
	const char *origin = told->step->answer->origin, *into = told->step->answer->into;
	for (uint32_t i = 0; i < record->count[RECORD_EVENTS]; i++) {
		const struct record_event *event = &record->events[i];
		const struct tw_announcement *moved = find_moved(record, event, announced, count);
		const struct record_source *source = &record->sources[event->source];
		tw_time at = time_from_local(t->zone, (tw_time)event->day * 86400);
		bool ruled = event->kind == RECORD_COURT && record_has_actor(record, event, into);
		if (!lies_within(told, at) ||
		    !(moved || ruled || (*origin && record_has_actor(record, event, origin))))
			continue;
		to[told->mark_count++] = (struct notice){
		    .kind = NOTICE_EVENT,
		    .at = at,
		    .offset = time_offset(t->zone, at),
		    .act = record_text(record, event->name),
		    .title = record_text(record, event->summary),
		    .cite = record_text(record, source->publisher),
		    .url = record_text(record, source->url),
		    .moves_on = moved && moved->moves_on >= at ? moved->moves_on : TW_TIME_MIN};
	}
}

static int compare_notices(const void *a, const void *b)
{
	const struct notice *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->act, y->act);
}

int notices_find(struct told *told, tw_timeline *timeline, bool announced, bool events,
		 struct tw_error *error)
{
	const struct tw_announcement *known;
	struct record record = {0};
	size_t count;
	int code = tw_timeline_announced(&known, &count, timeline, error);
	if (!code && events)
		code = record_open(&record, timeline->book, error);
	if (code)
		return code;
	size_t most = (announced ? count : 0) + (events ? record.count[RECORD_EVENTS] : 0);
	struct notice *notice = calloc(most + 1, sizeof *notice);
	if (!notice)
		return error_memory(error);
	told->mark = notice;
	if (announced)
		add_announced(notice, told, known, count);
	if (events && told->count)
		add_events(notice, told, &record, known, count);
	order_items(notice, told->mark_count, sizeof *notice, compare_notices);
	return TW_OK;
}
