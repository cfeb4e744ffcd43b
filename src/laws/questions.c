/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is asked of the law of a folder by the public calls: the measures in force, and what
 * changes. The pages are those of the program; here is read what they are asked.
 */
#include "tidewaiter_law.h"

#include <stdio.h>
#include <string.h>

#include "changes/page.h"
#include "common/error.h"
#include "common/instant.h"
#include "common/words.h"
#include "compiler/compile.h"
#include "law/list.h"
#include "law/text.h"
#include "laws/announced.h"

/* A question, and the law that it is put to. */
struct question {
	struct law *law, *view;
	struct law_query query;
	struct law_period period;
	struct tw_output *out;
	struct buffer text;
};

static int read_day(int32_t *out, const char *text, struct tw_error *error)
{
	struct time_parsed parsed;
	const char *right;
	struct tw_text at = {text ? text : "", text ? strlen(text) : 0};
	if (!time_parse(&parsed, TIME_ZONE_UTC, at, &right) || !parsed.is_date)
		return error_set(error, TW_BAD_ARGUMENT, "\"%.40s\" is not a day: 2025-04-10",
				 text ? text : "");
	*out = (int32_t)time_local_day(TIME_ZONE_UTC, parsed.at);
	return TW_OK;
}

static int read_period(struct law_period *out, const char *first, const char *last,
		       struct tw_error *error)
{
	*out = (struct law_period){0};
	int code = read_day(&out->first, first, error);
	if (!code)
		code = read_day(&out->last, last, error);
	if (!code && out->first > out->last)
		return error_set(error, TW_BAD_ARGUMENT, "%s is after %s", first, last);
	time_print_day(out->first_text, out->first);
	time_print_day(out->last_text, out->last);
	return code;
}

static bool is_program(const struct law *law, const char *pattern)
{
	for (uint32_t i = 0; i < law->program_count; i++)
		if (words_match(pattern, law->programs[i].id))
			return true;
	return false;
}

static bool is_kind(const char *word)
{
	static const char *const kinds[] = {"duty", "exemption",   "entry",
					    "fee",  "prohibition", "tax"};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i], word))
			return true;
	return false;
}

/* The words of the question, in the law that was read. */
static int read_words(struct law_query *query, const struct tw_law_query *asked,
		      struct tw_error *error)
{
	const struct law *law = query->law;
	if (asked->into && (query->into = query_jurisdiction(law, asked->into)) == LAW_NONE)
		return error_set(error, TW_BAD_ARGUMENT,
				 "into \"%.60s\": the law of this country is not in the folder: "
				 "two letters, such as US",
				 asked->into);
	if (asked->origin && (query->origin = query_country(law, asked->origin)) == LAW_NONE)
		return error_set(error, TW_BAD_ARGUMENT,
				 "origin \"%.60s\" is not a country: two letters, such as CN",
				 asked->origin);
	if (asked->program && !is_program(law, asked->program))
		return error_set(error, TW_BAD_ARGUMENT,
				 "there is no program \"%.60s\"; several are meant by us.ieepa.*",
				 asked->program);
	if (asked->kind && !is_kind(asked->kind))
		return error_set(error, TW_BAD_ARGUMENT,
				 "kind \"%.60s\": duty, exemption, entry, fee, prohibition or tax",
				 asked->kind);
	query->program = asked->program;
	query->kind = asked->kind;
	struct tw_error wrong;
	if (asked->hts && text_range(&query->code, asked->hts, (struct law_pos){0}, &wrong))
		return error_set(error, TW_BAD_ARGUMENT, "hts %s", wrong.message);
	return TW_OK;
}

/* To be ended with `end`, also on an error. */
static int begin(struct question *q, struct tw_output *out, const struct tw_law_query *asked,
		 struct tw_error *error)
{
	static const struct error_sizes sizes = {"tw_law_query", "TW_LAW_QUERY_INIT", sizeof *asked,
						 sizeof *asked};
	tw_time known;
	*q = (struct question){.query = {.into = LAW_NONE, .origin = LAW_NONE, .json = true}};
	if (!out || !asked)
		return error_null(error, out ? "query" : "out");
	int code = error_size(error, &sizes, asked->size);
	if (!code && !asked->folder)
		code = error_null(error, "folder");
	if (code || (code = law_known_time(&known, asked->known_on, error)) ||
	    (code = law_read(&q->law, asked->folder, error)) ||
	    (code = law_as_known(&q->view, q->law, known, error)))
		return code;
	q->out = out;
	q->text = (struct buffer){.at = out->at, .length = out->length, .room = out->room};
	q->query.folder = asked->folder;
	q->query.law = q->view;
	q->query.whole = q->law;
	q->query.known = law_known_day(known);
	return read_words(&q->query, asked, error);
}

/* Hands the text back; on an error as it was. */
static int end(struct question *q, int code, struct tw_error *error)
{
	struct tw_output *out = q->out;
	if (out) {
		if (!code && (q->text.failed || !buffer_room(&q->text, 1)))
			code = error_memory(error);
		*out = (struct tw_output){q->text.at, code ? out->length : q->text.length,
					  q->text.room};
		if (out->at && out->room > out->length)
			out->at[out->length] = '\0';
	}
	law_free(q->view);
	law_free(q->law);
	return code;
}

int tw_law_list(struct tw_output *out, const struct tw_law_query *query, const char *on,
		const char *last, struct tw_error *error)
{
	struct question q;
	int code = begin(&q, out, query, error);
	if (!code && last) {
		code = read_period(&q.period, on, last, error);
		q.query.during = &q.period;
	} else {
		q.query.on = on;
	}
	if (!code)
		code = law_list(&q.text, &q.query, error);
	return end(&q, code, error);
}

/* The changes of both days and those between, in the form that the question says. */
static int find_changes(struct question *q, const char *first, const char *last,
			const struct laws_effects *announced, struct tw_error *error)
{
	struct changes changes = {.query = &q->query, .arena = arena_new()};
	int code = read_period(&q->period, first, last, error);
	pool_begin(&changes.pool, sizeof(struct change));
	changes.first = q->period.first;
	changes.last = q->period.last;
	changes.announced = announced != NULL;
	if (!code && (!changes.arena || changes_find(&changes)))
		code = error_memory(error);
	if (!code && announced && announced->make)
		changes.effects = announced->make(&q->query);
	if (!code)
		code = changes_page(&q->text, &changes, q->period.first_text, q->period.last_text,
				    error);
	if (announced && announced->free)
		announced->free(changes.effects);
	pool_free(&changes.pool);
	arena_free(changes.arena);
	return code;
}

int tw_law_diff(struct tw_output *out, const struct tw_law_query *query, const char *first,
		const char *last, struct tw_error *error)
{
	struct question q;
	int code = read_period(&q.period, first, last, error);
	if (code)
		return code;
	code = begin(&q, out, query, error);
	if (!code)
		code = find_changes(&q, first, last, NULL, error);
	return end(&q, code, error);
}

int laws_announced(struct tw_output *out, const struct tw_law_query *query, const char *day,
		   const struct laws_effects *by, struct tw_error *error)
{
	struct question q;
	int code = read_period(&q.period, day, day, error);
	if (code)
		return code;
	code = begin(&q, out, query, error);
	if (!code)
		code = find_changes(&q, day, day, by, error);
	return end(&q, code, error);
}

int tw_law_changes(struct tw_output *out, const char *folder, const char *first, const char *last,
		   struct tw_error *error)
{
	struct tw_law_query query = TW_LAW_QUERY_INIT;
	struct question q;
	query.folder = folder;
	int code = read_period(&q.period, first, last, error);
	if (code)
		return code;
	code = begin(&q, out, &query, error);
	q.query.json = false;
	q.query.rows = LAW_ROWS_NDJSON;
	if (!code)
		code = find_changes(&q, first, last, NULL, error);
	return end(&q, code, error);
}
