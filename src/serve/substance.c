/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/substances: a chemical, as `tidewaiter substance --format json` writes it. */
#include <stdio.h>
#include <string.h>

#include "serve/answers.h"
#include "tidewaiter_substance.h"

/* The countries of transit with blanks between. */
static bool join_via(struct reply *reply, char *out, size_t size, const struct question *question)
{
	size_t at = 0;
	*out = '\0';
	for (size_t i = 0; i < question->count; i++) {
		const struct given *given = &question->given[i];
		if (strcmp(given->param->name, "via") != 0)
			continue;
		size_t length = strlen(given->value);
		if (at + length + 2 > size) {
			reply_problem(reply, 400, "bad-parameter", "via",
				      "via is a country's two letters, at most eight times");
			return false;
		}
		at += (size_t)snprintf(out + at, size - at, "%s%s", at ? " " : "", given->value);
	}
	return true;
}

void answer_substances(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct tw_substance_query query = TW_SUBSTANCE_QUERY_INIT;
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error = {0};
	const char *name = question_get(question, "q"), *on = question_get(question, "on");
	char via[64];
	size_t found = 0;
	if (!join_via(reply, via, sizeof via, question))
		return;
	query.on = on ? worker_day(worker, on) : worker->today;
	query.from = question_get(question, "from");
	query.into = question_get(question, "into");
	query.via = *via ? via : NULL;
	query.weight = question_get(question, "weight");
	query.concentration = question_get(question, "concentration");
	if (tw_substance_json(&out, &found, worker->options->rulebook, name, &query, &error)) {
		reply_error(reply, &error);
	} else if (!found) {
		reply_problem(reply, 404, "no-substance", "q",
			      "no substance or class on record is called \"%.100s\"", name);
		reply_problem_add(reply, "answer", out.at, out.length - 1);
	} else {
		reply->status = 200;
		reply->type = form_types[FORM_JSON];
		buffer_put(&reply->text, out.at, out.length);
	}
	tw_output_free(&out);
}
