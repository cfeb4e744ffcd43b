/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the ladder of the talks: who asked, offered, gave or imposed what on
 * which day, which measures moved by it, and what that moved on lines of goods.
 */
#include "record/record.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/instant.h"
#include "common/words.h"

enum { DATE = 12, WHO = 7, STEP = 9, INDENT = DATE + WHO + STEP };

/* The instants at which the measures of one event moved in a country, each once, in order. */
struct moves {
	struct record_moved *at;
	size_t count;
};

struct record_owed *record_owed_of(struct record_moved *moved, const char *currency)
{
	size_t at = 0;
	while (at < moved->owed_count && strcmp(moved->owed[at].currency, currency) < 0)
		at++;
	if (at < moved->owed_count && !strcmp(moved->owed[at].currency, currency))
		return &moved->owed[at];
	if (moved->owed_count == moved->owed_room) {
		const size_t room = moved->owed_room ? moved->owed_room * 2 : 4;
		struct record_owed *grown = realloc(moved->owed, room * sizeof *grown);
		if (!grown)
			return NULL;
		moved->owed = grown;
		moved->owed_room = room;
	}
	memmove(&moved->owed[at + 1], &moved->owed[at],
		(moved->owed_count++ - at) * sizeof *moved->owed);
	moved->owed[at] = (struct record_owed){0};
	fit_print(moved->owed[at].currency, sizeof moved->owed[at].currency, "%s", currency);
	return &moved->owed[at];
}

static const char *local_time(char out[26], const struct record_moved *moved)
{
	time_print(out, moved->at, time_offset((enum time_zone)moved->zone, moved->at));
	return out;
}

static int compare_moves(const struct record_moved *a, const struct record_moved *b)
{
	return a->at != b->at ? (a->at < b->at ? -1 : 1) : strcmp(a->into, b->into);
}

static bool find_moves(struct moves *moves, const struct record *record,
		       const struct record_event *event)
{
	*moves = (struct moves){calloc((size_t)event->links.count + 1, sizeof *moves->at), 0};
	for (uint32_t i = 0; moves->at && i < event->links.count; i++) {
		const struct record_linked *link = &record->links[event->links.first + i];
		const struct record_moved move = {
		    .at = link->at, .into = record_text(record, link->into), .zone = link->zone};
		size_t at = 0;
		if (link->kind == RECORD_LINK_NAMES)
			continue;
		while (at < moves->count && compare_moves(&moves->at[at], &move) < 0)
			at++;
		if (at < moves->count && !compare_moves(&moves->at[at], &move))
			continue;
		memmove(&moves->at[at + 1], &moves->at[at],
			(moves->count++ - at) * sizeof moves->at[0]);
		moves->at[at] = move;
	}
	return moves->at != NULL;
}

static void free_moves(struct moves *moves)
{
	for (size_t i = 0; i < moves->count; i++)
		free(moves->at[i].owed);
	free(moves->at);
}

static void put_money(struct buffer *out, tw_money amount)
{
	char text[48];
	buffer_print(out, "%s%s", amount < 0 ? "-" : "",
		     words_money(text, amount < 0 ? -amount : amount));
}

/* What the lines owe around each instant. */
static int value_moves(struct moves *moves, const struct record_lines *lines,
		       struct tw_error *error)
{
	int code = TW_OK;
	for (size_t i = 0; lines && !code && i < moves->count; i++)
		code = lines->value(lines->context, &moves->at[i], error);
	return code;
}

static void page_link(struct buffer *out, const struct record *record,
		      const struct record_linked *link)
{
	const struct record_moved moved = {.at = link->at, .zone = link->zone};
	struct buffer text = {.within = out};
	char at[26];
	buffer_text(&text, record_text(record, link->name));
	if (link->kind != RECORD_LINK_NAMES) {
		local_time(at, &moved);
		buffer_print(&text, " %s %.10s %.5s",
			     link->kind == RECORD_LINK_BEGINS ? "begins" : "ends", at, at + 11);
	}
	if (link->by)
		buffer_print(&text, " (%s)", record_text(record, link->by));
	buffer_char(&text, '\0');
	words_pad(out, INDENT);
	if (!text.failed)
		words_wrap(out, text.at, INDENT + 2, INDENT);
	buffer_free(&text);
}

/* What is not in the sums: on which side the duty is not known. */
static void page_unknown(struct buffer *out, const struct record_moved *moved)
{
	char text[32];
	if (!moved->unknown)
		return;
	if (moved->owed_count) {
		buffer_print(out, ", without %s of ", words_number(text, moved->unknown));
		buffer_print(out, "%s lines, whose duty is not known",
			     words_number(text, moved->lines));
	} else {
		buffer_print(out, "not known (%s line%s)", words_number(text, moved->lines),
			     moved->lines == 1 ? "" : "s");
	}
	if (moved->unknown_before != moved->unknown || moved->unknown_after != moved->unknown) {
		buffer_print(out, " (%s before, ", words_number(text, moved->unknown_before));
		buffer_print(out, "%s after)", words_number(text, moved->unknown_after));
	}
	if (*moved->because)
		buffer_print(out, "%s: %s", moved->unknown > 1 ? "; of the first" : "",
			     moved->because);
}

static void page_move(struct buffer *out, const struct record_moved *moved)
{
	struct buffer text = {.within = out};
	char at[26];
	local_time(at, moved);
	if (!moved->lines) {
		buffer_print(&text, "none of these lines is into %s", moved->into);
	} else {
		buffer_print(&text, "on these lines at %.10s %.5s: ", at, at + 11);
		for (size_t i = 0; i < moved->owed_count; i++) {
			const struct record_owed *owed = &moved->owed[i];
			const tw_money change = owed->after - owed->before;
			buffer_print(&text, "%s%s%s", i ? "; " : "", owed->currency,
				     *owed->currency ? " " : "");
			put_money(&text, owed->before);
			buffer_text(&text, " to ");
			put_money(&text, owed->after);
			buffer_text(&text, change < 0 ? " (" : " (+");
			put_money(&text, change);
			buffer_char(&text, ')');
		}
		page_unknown(&text, moved);
	}
	buffer_char(&text, '\0');
	words_pad(out, INDENT);
	if (!text.failed)
		words_wrap(out, text.at, INDENT + 2, INDENT);
	buffer_free(&text);
}

static void page(struct buffer *out, const struct record *record, const struct record_event *event,
		 const struct moves *moves, bool valued)
{
	struct buffer who = {.within = out}, text = {.within = out};
	char day[16];
	for (uint32_t i = 0; i < event->actors.count; i++)
		buffer_print(&who, "%s%s", i ? " " : "",
			     record_name_of(record, record->indexes[event->actors.first + i]));
	buffer_char(&who, '\0');
	if (!who.failed)
		buffer_print(out, "%-*s%-*s %-*s", DATE, record_day_text(day, event->day), WHO - 1,
			     who.at, STEP, record_step_names[event->step]);
	int32_t last = INT32_MIN;
	const size_t over = who.length > WHO ? who.length - WHO : 0;
	buffer_text(&text, record_text(record, event->summary));
	for (uint32_t i = 0; i < event->follows.count; i++) {
		const struct record_event *before =
		    &record->events[record->indexes[event->follows.first + i]];
		if (before->day != last) /* two of one day are told once */
			buffer_print(&text, "%s%s", i ? ", " : " (after ",
				     record_day_text(day, before->day));
		last = before->day;
	}
	if (event->follows.count)
		buffer_char(&text, ')');
	buffer_char(&text, '\0');
	if (!text.failed)
		words_wrap(out, text.at, INDENT, INDENT + over);
	for (uint32_t i = 0; i < event->links.count; i++)
		page_link(out, record, &record->links[event->links.first + i]);
	for (size_t i = 0; valued && i < moves->count; i++)
		page_move(out, &moves->at[i]);
	buffer_free(&who);
	buffer_free(&text);
}

static void row_moved(struct rows *rows, const struct record *record,
		      const struct record_event *event)
{
	struct buffer json = {.within = rows->out}, text = {.within = rows->out};
	size_t count = 0;
	buffer_char(&json, '[');
	for (uint32_t i = 0; i < event->links.count; i++) {
		const struct record_linked *link = &record->links[event->links.first + i];
		const struct record_moved moved = {.at = link->at, .zone = link->zone};
		const char *name = record_text(record, link->name);
		const char *by = record_text(record, link->by);
		char at[26];
		if (link->kind == RECORD_LINK_NAMES)
			continue;
		const char *word = link->kind == RECORD_LINK_BEGINS ? "begins" : "ends";
		local_time(at, &moved);
		buffer_print(&json, "%s{\"measure\":", count ? "," : "");
		buffer_json(&json, name, strlen(name));
		buffer_print(&json, ",\"what\":\"%s\",\"at\":\"%s\",\"by\":", word, at);
		if (*by)
			buffer_json(&json, by, strlen(by));
		else
			buffer_text(&json, "null");
		buffer_char(&json, '}');
		buffer_print(&text, "%s%s %s %s%s%s", count++ ? "; " : "", name, word, at,
			     *by ? " by " : "", by);
	}
	buffer_text(&json, "]");
	buffer_char(&json, '\0');
	buffer_char(&text, '\0');
	if (!json.failed && !text.failed)
		rows_made(rows, "moved", json.at, text.at);
	buffer_free(&json);
	buffer_free(&text);
}

/* The sums of a currency at a move, NULL: none is known; its object and its words. */
static void put_owed(struct buffer *json, struct buffer *text, const struct record_moved *moved,
		     const struct record_owed *owed)
{
	static const char *const names[] = {"before", "after", "change"};
	const tw_money amounts[] = {owed ? owed->before : 0, owed ? owed->after : 0,
				    owed ? owed->after - owed->before : 0};
	char at[26];
	local_time(at, moved);
	buffer_print(json, "{\"at\":\"%s\",\"into\":", at);
	buffer_json(json, moved->into, strlen(moved->into));
	buffer_text(json, ",\"currency\":");
	if (owed && *owed->currency)
		buffer_json(json, owed->currency, strlen(owed->currency));
	else
		buffer_text(json, "null");
	buffer_print(text, "%s: %s", at,
		     owed           ? owed->currency
		     : moved->lines ? "not known"
				    : "no line");
	for (int k = 0; k < 3; k++) {
		const tw_money size = amounts[k] < 0 ? -amounts[k] : amounts[k];
		buffer_print(json, owed ? ",\"%s\":\"%s" : ",\"%s\":null", names[k],
			     amounts[k] < 0 ? "-" : "");
		if (!owed)
			continue;
		buffer_money(json, size);
		buffer_char(json, '"');
		buffer_print(text, " %s %s", names[k], amounts[k] < 0 ? "-" : "");
		buffer_money(text, size);
	}
	buffer_print(json, ",\"lines\":%llu,\"unknown\":%llu", (unsigned long long)moved->lines,
		     (unsigned long long)moved->unknown);
	buffer_print(json, ",\"unknown_before\":%llu,\"unknown_after\":%llu,\"unknown_because\":",
		     (unsigned long long)moved->unknown_before,
		     (unsigned long long)moved->unknown_after);
	if (*moved->because)
		buffer_json(json, moved->because, strlen(moved->because));
	else
		buffer_text(json, "null");
	buffer_char(json, '}');
}

static void row_value(struct rows *rows, const struct moves *moves)
{
	struct buffer json = {.within = rows->out}, text = {.within = rows->out};
	buffer_char(&json, '[');
	for (size_t i = 0; i < moves->count; i++) {
		const struct record_moved *moved = &moves->at[i];
		for (size_t k = 0; k < (moved->owed_count ? moved->owed_count : 1); k++) {
			buffer_text(&json, i || k ? "," : "");
			buffer_text(&text, i || k ? "; " : "");
			put_owed(&json, &text, moved, moved->owed_count ? &moved->owed[k] : NULL);
		}
		if (moved->unknown)
			buffer_print(
			    &text, "; not known: %llu of %llu lines (%llu before, %llu after)%s%s",
			    (unsigned long long)moved->unknown, (unsigned long long)moved->lines,
			    (unsigned long long)moved->unknown_before,
			    (unsigned long long)moved->unknown_after, *moved->because ? ": " : "",
			    moved->because);
	}
	buffer_text(&json, "]");
	buffer_char(&json, '\0');
	buffer_char(&text, '\0');
	if (!json.failed && !text.failed)
		rows_made(rows, "value", json.at, text.at);
	buffer_free(&json);
	buffer_free(&text);
}

static void row(struct rows *rows, const struct record *record, const struct record_event *event,
		const struct moves *moves, bool valued)
{
	char day[16];
	rows_begin(rows);
	rows_text(rows, "event", record_text(record, event->name));
	rows_text(rows, "date", record_day_text(day, event->day));
	rows_list(rows, "actors");
	for (uint32_t i = 0; i < event->actors.count; i++)
		rows_item(rows, record_name_of(record, record->indexes[event->actors.first + i]));
	rows_list_end(rows);
	rows_text(rows, "step", record_step_names[event->step]);
	rows_text(rows, "summary", record_text(record, event->summary));
	rows_list(rows, "follows");
	for (uint32_t i = 0; i < event->follows.count; i++)
		rows_item(
		    rows,
		    record_text(record,
				record->events[record->indexes[event->follows.first + i]].name));
	rows_list_end(rows);
	row_moved(rows, record, event);
	if (valued)
		row_value(rows, moves);
	else
		rows_figure(rows, "value", NULL);
	rows_text(rows, "url", record_text(record, record->sources[event->source].url));
	rows_text(rows, "confidence", record_confidence_names[event->confidence]);
	rows_end(rows);
}

int record_talks_write(struct buffer *out, const struct record *record,
		       const struct record_question *question, const struct record_lines *lines,
		       struct tw_error *error)
{
	static const char *const columns[] = {"event",   "date",       "actors", "step",
					      "summary", "follows",    "moved",  "value",
					      "url",     "confidence", NULL};
	const bool is_page = question->format == RECORD_PAGE;
	int code = record_actor_find(record, question->actor, error);
	bool any = false;
	struct rows rows;
	if (!is_page && !code)
		rows_open(&rows, out, question->format, "step", columns);
	for (uint32_t i = 0; !code && i < record->count[RECORD_EVENTS]; i++) {
		const struct record_event *event = &record->events[i];
		struct moves moves;
		if (!event->step || !record_event_asked(record, event, question))
			continue;
		any = true;
		code = find_moves(&moves, record, event) ? value_moves(&moves, lines, error)
							 : error_memory(error);
		if (!code && is_page)
			page(out, record, event, &moves, lines != NULL);
		else if (!code)
			row(&rows, record, event, &moves, lines != NULL);
		free_moves(&moves);
	}
	if (!is_page && !code)
		rows_close(&rows);
	else if (!code && !any)
		buffer_text(out, "no step of the talks is so\n");
	return code;
}
