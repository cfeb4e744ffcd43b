/* SPDX-License-Identifier: Apache-2.0 */
/* The record of the library, see tidewaiter_record.h. */
#include "tidewaiter_record.h"

#include <string.h>

#include "common/error.h"
#include "record/record.h"

#define QUERY_FIRST sizeof(struct tw_record_query) /* the first size that was published */

struct asked {
	struct record record;
	struct record_question question;
	const tw_rulebook *rulebook;
	const struct tw_record_query *query;
};

static int read_days(struct record_question *question, const struct tw_record_query *query,
		     struct tw_error *error)
{
	int code =
	    query->since ? record_day_read(&question->since, query->since, false, error) : TW_OK;
	if (!code && query->until)
		code = record_day_read(&question->until, query->until, true, error);
	if (!code && query->every && strcmp(query->every, "year") != 0 &&
	    strcmp(query->every, "fiscal-year") != 0 && strcmp(query->every, "month") != 0)
		code = error_set(error, TW_BAD_ARGUMENT,
				 "every is \"year\", \"fiscal-year\" or \"month\", not \"%.40s\"",
				 query->every);
	return code;
}

static int ask(struct asked *asked, const tw_rulebook *rulebook,
	       const struct tw_record_query *query, struct tw_error *error)
{
	static const struct error_sizes sizes = {"tw_record_query", "TW_RECORD_QUERY_INIT",
						 QUERY_FIRST, sizeof *query};
	int code;
	if (!query || !rulebook)
		return error_null(error, query ? "rulebook" : "query");
	if ((code = error_size(error, &sizes, query->size)))
		return code;
	if (query->series_count && !query->series)
		return error_null(error, "series");
	for (size_t i = 0; i < query->series_count; i++)
		if (!query->series[i])
			return error_null(error, "series[]");
	*asked = (struct asked){.rulebook = rulebook, .query = query};
	record_question_begin(&asked->question);
	asked->question.format = RECORD_NDJSON;
	asked->question.about = query->about;
	asked->question.actor = query->actor;
	asked->question.every = query->every;
	if ((code = read_days(&asked->question, query, error)))
		return code;
	return record_open(&asked->record, rulebook, error);
}

static int write_rows(struct buffer *text, const struct asked *asked, struct tw_error *error)
{
	const struct tw_record_query *query = asked->query;
	uint32_t differing;
	if (!query->what)
		return error_null(error, "what");
	if (!strcmp(query->what, "events"))
		return record_events_write(text, &asked->record, &asked->question, error);
	if (!strcmp(query->what, "series"))
		return record_series_write(text, &asked->record, query->series, query->series_count,
					   &asked->question, error);
	if (!strcmp(query->what, "sources"))
		return record_sources_write(text, &asked->record, &asked->question);
	if (!strcmp(query->what, "news"))
		return record_news_write(text, &asked->record, asked->rulebook, &asked->question,
					 &differing, error);
	if (!strcmp(query->what, "talks"))
		return record_talks_write(text, &asked->record, &asked->question, NULL, error);
	return error_set(error, TW_BAD_ARGUMENT,
			 "the record has events, series, sources, news and talks, not \"%.40s\"",
			 query->what);
}

/* What was written becomes the caller's, or his text is as it was. */
static int give(struct tw_output *out, struct buffer *text, size_t length, int code,
		struct tw_error *error)
{
	if (!code && !text->failed && buffer_room(text, 1))
		text->at[text->length] = '\0';
	else if (!code)
		code = error_memory(error);
	if (code && text->at && text->room > length)
		text->at[length] = '\0';
	*out = (struct tw_output){text->at, code ? length : text->length, text->room};
	return code;
}

int tw_record_json(struct tw_output *out, const tw_rulebook *rulebook,
		   const struct tw_record_query *query, struct tw_error *error)
{
	struct asked asked;
	if (!out)
		return error_null(error, "out");
	int code = ask(&asked, rulebook, query, error);
	if (code)
		return code;
	struct buffer text = {.at = out->at, .length = out->length, .room = out->room};
	code = write_rows(&text, &asked, error);
	return give(out, &text, out->length, code, error);
}

int tw_record_svg(struct tw_output *out, const tw_rulebook *rulebook,
		  const struct tw_record_query *query, bool with_events, struct tw_error *error)
{
	struct asked asked;
	if (!out)
		return error_null(error, "out");
	int code = ask(&asked, rulebook, query, error);
	if (code)
		return code;
	struct buffer text = {.at = out->at, .length = out->length, .room = out->room};
	code = record_plot_write(&text, &asked.record, query->series, query->series_count,
				 &asked.question, with_events, error);
	return give(out, &text, out->length, code, error);
}
