/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/law/list and /v1/law/diff, as `tidewaiter law` writes them, and the acts that are cited.
 */
#include <stdio.h>
#include <string.h>

#include "common/words.h"
#include "laws/announced.h"
#include "rulebook/rulebook.h"
#include "serve/answers.h"
#include "tidewaiter_law.h"

static void begin(struct tw_law_query *query, const struct question *question,
		  const struct worker *worker)
{
	*query = (struct tw_law_query)TW_LAW_QUERY_INIT;
	query->folder = worker->options->law_folder;
	query->into = question_get(question, "into");
	query->origin = question_get(question, "origin");
	query->hts = question_get(question, "hts");
	query->program = question_get(question, "program");
	query->kind = question_get(question, "kind");
}

static void end(struct reply *reply, int code, struct tw_output *out, const struct tw_error *error)
{
	if (code) {
		reply_error(reply, error);
	} else {
		reply->status = 200;
		reply->type = form_types[FORM_JSON];
		buffer_put(&reply->text, out->at, out->length);
	}
	tw_output_free(out);
}

void answer_law_list(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct tw_law_query query;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	const char *on = question_get(question, "on");
	begin(&query, question, worker);
	int code = tw_law_list(&out, &query, on ? worker_day(worker, on) : worker->today,
			       worker_day(worker, question_get(question, "until")), &error);
	end(reply, code, &out, &error);
}

void answer_law_diff(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct tw_law_query query;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	const char *first = worker_day(worker, question_get(question, "from")),
		   *last = worker_day(worker, question_get(question, "until")),
		   *announced = worker_day(worker, question_get(question, "announced"));
	if (!first == !announced || (announced && last)) {
		reply_problem(reply, 400, first ? "bad-parameter" : "missing-parameter", "from",
			      "give from, as in from=2025-04-09, and until; or announced alone");
		return;
	}
	begin(&query, question, worker);
	int code = announced
		       ? laws_announced(&out, &query, announced, &worker->options->effects, &error)
		       : tw_law_diff(&out, &query, first, last ? last : first, &error);
	end(reply, code, &out, &error);
}

static void member(struct buffer *out, bool *any, const char *name, const char *text)
{
	if (!*text)
		return;
	buffer_print(out, "%s\"%s\":", *any ? "," : "", name);
	buffer_json(out, text, strlen(text));
	*any = true;
}

static void put_act(struct buffer *out, const struct tw_instrument *act)
{
	bool any = false;
	buffer_char(out, '{');
	member(out, &any, "id", act->id);
	member(out, &any, "title", act->title);
	member(out, &any, "kind", act->kind);
	member(out, &any, "cite", act->cite);
	member(out, &any, "url", act->url);
	buffer_char(out, '}');
}

/* Whether each word is in its id, title, kind or citation, in any case. */
static bool has_words(const struct tw_instrument *act, const char *words)
{
	const char *const texts[] = {act->id, act->title, act->kind, act->cite};
	while (*(words += strspn(words, " "))) {
		char word[64];
		size_t length = strcspn(words, " "), i = 0;
		snprintf(word, sizeof word, "%.*s", (int)length, words);
		while (i < sizeof texts / sizeof *texts && !strcasestr(texts[i], word))
			i++;
		if (i == sizeof texts / sizeof *texts)
			return false;
		words += length;
	}
	return true;
}

void answer_acts(struct reply *reply, const struct question *question, struct worker *worker)
{
	const char *words = question_get(question, "q");
	struct tw_instrument act;
	bool any = false;
	reply->status = 200;
	reply->type = form_types[FORM_JSON];
	buffer_text(&reply->text, "{\"acts\":[");
	for (size_t i = 0; !rulebook_instrument(worker->options->rulebook, i, &act); i++) {
		if (words && !has_words(&act, words))
			continue;
		buffer_text(&reply->text, any ? ",\n" : "\n");
		put_act(&reply->text, &act);
		any = true;
	}
	buffer_text(&reply->text, "]}\n");
}

void answer_act(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct tw_instrument act;
	if (tw_rulebook_instrument(worker->options->rulebook, question->id, &act)) {
		reply_problem(reply, 404, "no-act", "id",
			      "no act of the law has the id \"%.60s\": answers cite acts by id, "
			      "such as EO-14257",
			      question->id);
		return;
	}
	reply->status = 200;
	reply->type = form_types[FORM_JSON];
	put_act(&reply->text, &act);
	buffer_char(&reply->text, '\n');
}
