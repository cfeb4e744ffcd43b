/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the events as they are asked for: which pass, their rows and their page. */
#include "record/record.h"

#include <string.h>

#include "common/ascii.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/words.h"

enum { DATE = 12, ACTORS = 10, KIND = 13 }; /* columns of the page */

const char *const record_event_columns[] = {"event",   "date",       "actors", "kind",    "step",
					    "follows", "measures",   "acts",   "summary", "source",
					    "url",     "confidence", "note",   NULL};

static bool holds(const char *text, const char *word)
{
	for (; *text; text++) {
		size_t i = 0;
		while (word[i] && to_lower(text[i]) == to_lower(word[i]))
			i++;
		if (!word[i])
			return true;
	}
	return false;
}

/* In the summary, the note, the acts or the measures, the names of the actors. */
static bool is_about(const struct record *record, const struct record_event *event,
		     const char *word)
{
	const char *text = record->texts;
	if (holds(text + event->summary, word) || holds(text + event->note, word) ||
	    !strcmp(record_kind_names[event->kind], word))
		return true;
	for (uint32_t i = 0; i < event->acts.count; i++)
		if (holds(text + record->indexes[event->acts.first + i], word))
			return true;
	for (uint32_t i = 0; i < event->links.count; i++)
		if (holds(text + record->links[event->links.first + i].name, word))
			return true;
	for (uint32_t i = 0; i < event->actors.count; i++)
		if (holds(text + record->names[record->indexes[event->actors.first + i]].title,
			  word))
			return true;
	return false;
}

bool record_event_asked(const struct record *record, const struct record_event *event,
			const struct record_question *question)
{
	return event->day >= question->since && event->day <= question->until &&
	       (!question->actor || record_has_actor(record, event, question->actor)) &&
	       (!question->about || is_about(record, event, question->about));
}

int record_actor_find(const struct record *record, const char *actor, struct tw_error *error)
{
	char list[256] = "";
	for (uint32_t i = 0; actor && i < record->header->actors; i++) {
		if (!strcmp(record_name_of(record, i), actor))
			return TW_OK;
		fit_add(list, sizeof list, "%s%s", i ? ", " : "", record_name_of(record, i));
	}
	return actor ? error_set(error, TW_BAD_ARGUMENT,
				 "no actor is called \"%.40s\": there are %s", actor, list)
		     : TW_OK;
}

static void put_links(struct rows *rows, const struct record *record,
		      const struct record_event *event)
{
	static const char *const signs[RECORD_LINK_KINDS] = {"", "+", "-"};
	rows_list(rows, "measures");
	for (uint32_t i = 0; i < event->links.count; i++) {
		const struct record_linked *link = &record->links[event->links.first + i];
		struct buffer text = {.within = rows->out};
		buffer_text(&text, signs[link->kind]);
		buffer_text(&text, record_text(record, link->name));
		buffer_char(&text, '\0');
		if (!text.failed)
			rows_item(rows, text.at);
		buffer_free(&text);
	}
	rows_list_end(rows);
}

void record_event_row(struct rows *rows, const struct record *record,
		      const struct record_event *event)
{
	const struct record_source *source = &record->sources[event->source];
	char day[16];
	rows_begin(rows);
	rows_text(rows, "event", record_text(record, event->name));
	rows_text(rows, "date", record_day_text(day, event->day));
	rows_list(rows, "actors");
	for (uint32_t i = 0; i < event->actors.count; i++)
		rows_item(rows, record_name_of(record, record->indexes[event->actors.first + i]));
	rows_list_end(rows);
	rows_text(rows, "kind", record_kind_names[event->kind]);
	rows_maybe(rows, "step", record_step_names[event->step]);
	rows_list(rows, "follows");
	for (uint32_t i = 0; i < event->follows.count; i++)
		rows_item(
		    rows,
		    record_text(record,
				record->events[record->indexes[event->follows.first + i]].name));
	rows_list_end(rows);
	put_links(rows, record, event);
	rows_list(rows, "acts");
	for (uint32_t i = 0; i < event->acts.count; i++)
		rows_item(rows, record_text(record, record->indexes[event->acts.first + i]));
	rows_list_end(rows);
	rows_text(rows, "summary", record_text(record, event->summary));
	rows_text(rows, "source", record_text(record, source->name));
	rows_text(rows, "url", record_text(record, source->url));
	rows_text(rows, "confidence", record_confidence_names[event->confidence]);
	rows_maybe(rows, "note", record_text(record, event->note));
	rows_end(rows);
}

/* The summary with what is to be minded and where it is from, wrapped under itself. */
static void page_event(struct buffer *out, const struct record *record,
		       const struct record_event *event)
{
	struct buffer text = {.within = out};
	size_t column = 0;
	char day[16];
	buffer_print(out, "%-*s", DATE, record_day_text(day, event->day));
	for (uint32_t i = 0; i < event->actors.count; i++) {
		const char *name = record_name_of(record, record->indexes[event->actors.first + i]);
		buffer_print(out, "%s%s", i ? " " : "", name);
		column += strlen(name) + (i > 0);
	}
	words_pad(out, column < ACTORS ? ACTORS - column : 1);
	column = DATE + (column < ACTORS ? ACTORS : column + 1);
	buffer_print(out, "%-*s", KIND, record_kind_names[event->kind]);
	buffer_print(&text, "%s", record_text(record, event->summary));
	if (event->note)
		buffer_print(&text, ". %s", record_text(record, event->note));
	if (event->confidence)
		buffer_print(&text, " (confidence %s)", record_confidence_names[event->confidence]);
	buffer_print(&text, " [%s]", record_text(record, record->sources[event->source].name));
	buffer_char(&text, '\0');
	if (!text.failed)
		words_wrap(out, text.at, DATE + ACTORS + KIND, column + KIND);
	buffer_free(&text);
}

int record_events_write(struct buffer *out, const struct record *record,
			const struct record_question *question, struct tw_error *error)
{
	struct rows rows;
	uint32_t count = 0;
	int code = record_actor_find(record, question->actor, error);
	if (code)
		return code;
	const bool page = question->format == RECORD_PAGE;
	if (!page)
		rows_open(&rows, out, question->format, "event", record_event_columns);
	for (uint32_t i = 0; i < record->count[RECORD_EVENTS]; i++) {
		const struct record_event *event = &record->events[i];
		if (!record_event_asked(record, event, question))
			continue;
		if (page)
			page_event(out, record, event);
		else
			record_event_row(&rows, record, event);
		count++;
	}
	if (!page)
		rows_close(&rows);
	else if (!count)
		buffer_text(out, "no event of the record is so\n");
	else
		buffer_print(out,
			     "\n%u event%s; tidewaiter record sources says where they are from\n",
			     count, count == 1 ? "" : "s");
	return TW_OK;
}
