/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/events, /v1/series and /v1/news: the record, as `tidewaiter record` writes it. */
#include "record/record.h"

#include <string.h>

#include "serve/answers.h"

static bool read_days(struct reply *reply, struct record_question *asked,
		      const struct question *question, const struct worker *worker)
{
	struct tw_error error = {0};
	const char *since = worker_day(worker, question_get(question, "since")),
		   *until = worker_day(worker, question_get(question, "until"));
	const char *field = NULL;
	if (since && record_day_read(&asked->since, since, false, &error))
		field = "since";
	else if (until && record_day_read(&asked->until, until, true, &error))
		field = "until";
	if (field)
		reply_problem(reply, 400, "bad-parameter", field, "%s %s", field, error.message);
	else if (asked->since > asked->until)
		reply_problem(reply, 400, "bad-parameter", field = "until",
			      "since is after until: give the earlier day first");
	return !field;
}

static bool begin(struct reply *reply, struct record *record, struct record_question *asked,
		  const struct question *question, const struct worker *worker)
{
	struct tw_error error = {0};
	record_question_begin(asked);
	asked->format = question->form == FORM_CSV      ? RECORD_CSV
			: question->form == FORM_NDJSON ? RECORD_NDJSON
							: RECORD_JSON;
	if (!read_days(reply, asked, question, worker))
		return false;
	if (!record_open(record, worker->options->rulebook, &error))
		return true;
	reply_error(reply, &error);
	return false;
}

static void end(struct reply *reply, int code, const struct question *question,
		const struct tw_error *error)
{
	if (code) {
		reply_error(reply, error);
		return;
	}
	reply->status = 200;
	reply->type = form_types[question->form];
}

void answer_events(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct record record;
	struct record_question asked;
	struct tw_error error = {0};
	if (!begin(reply, &record, &asked, question, worker))
		return;
	asked.about = question_get(question, "about");
	asked.actor = question_get(question, "actor");
	end(reply, record_events_write(&reply->text, &record, &asked, &error), question, &error);
}

void answer_news(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct record record;
	struct record_question asked;
	struct tw_error error = {0};
	uint32_t differing;
	if (!begin(reply, &record, &asked, question, worker))
		return;
	end(reply,
	    record_news_write(&reply->text, &record, worker->options->rulebook, &asked, &differing,
			      &error),
	    question, &error);
}

void answer_series(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct record record;
	struct record_question asked;
	struct tw_error error = {0};
	const char *names[QUESTION_GIVEN];
	size_t count = 0;
	if (!begin(reply, &record, &asked, question, worker))
		return;
	for (size_t i = 0; i < question->count; i++)
		if (!strcmp(question->given[i].param->name, "name"))
			names[count++] = question->given[i].value;
	asked.every = question_get(question, "every");
	if (!count && (question_get(question, "since") || question_get(question, "until") ||
		       asked.every || question->form == FORM_SVG)) {
		reply_problem(reply, 400, "missing-parameter", "name",
			      "days, every and pictures are of figures: name a series");
		return;
	}
	bool events = question_flag(question, "with-events");
	int code =
	    question->form == FORM_SVG
		? record_plot_write(&reply->text, &record, names, count, &asked, events, &error)
		: record_series_write(&reply->text, &record, names, count, &asked, &error);
	end(reply, code, question, &error);
}
