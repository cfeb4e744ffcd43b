/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/law/diff, as `tidewaiter law diff --format json` writes it, and the acts that are cited.
 */
#include <string.h>

#include "common/words.h"
#include "serve/answers.h"
#include "tidewaiter_law.h"

void answer_law_diff(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct tw_law_query query = TW_LAW_QUERY_INIT;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	const char *first = worker_day(worker, question_get(question, "from")),
		   *last = worker_day(worker, question_get(question, "until"));
	query.folder = worker->options->law_folder;
	query.into = question_get(question, "into");
	query.origin = question_get(question, "origin");
	query.hts = question_get(question, "hts");
	query.program = question_get(question, "program");
	query.kind = question_get(question, "kind");
	if (tw_law_diff(&out, &query, first, last ? last : first, &error)) {
		reply_error(reply, &error);
	} else {
		reply->status = 200;
		reply->type = form_types[FORM_JSON];
		buffer_put(&reply->text, out.at, out.length);
	}
	tw_output_free(&out);
}

static void member(struct buffer *out, const char *name, const char *text)
{
	if (!*text)
		return;
	buffer_print(out, "%s\"%s\":", out->length > 1 ? "," : "", name);
	buffer_json(out, text, strlen(text));
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
	buffer_char(&reply->text, '{');
	member(&reply->text, "id", act.id);
	member(&reply->text, "title", act.title);
	member(&reply->text, "kind", act.kind);
	member(&reply->text, "cite", act.cite);
	member(&reply->text, "url", act.url);
	buffer_text(&reply->text, "}\n");
}
