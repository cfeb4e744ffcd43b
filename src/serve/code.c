/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/codes: tariff codes by words or around a code, as `tidewaiter code` writes them. */
#include <stdlib.h>
#include <string.h>

#include "codes/answer.h"
#include "serve/answers.h"

static bool read_limit(struct reply *reply, size_t *limit, const struct question *question)
{
	const char *text = question_get(question, "limit");
	char *end;
	*limit = 0;
	if (!text)
		return true;
	unsigned long number = strtoul(text, &end, 10);
	if (!*end && end != text && *text != '-' && number && number <= CODES_LIMIT) {
		*limit = number;
		return true;
	}
	reply_problem(reply, 400, "bad-parameter", "limit",
		      "limit \"%.20s\": write a number from 1 to %d", text, CODES_LIMIT);
	return false;
}

static void write_answer(struct reply *reply, const struct code_answer *answer, enum form form)
{
	reply->status = 200;
	reply->type = form_types[form];
	if (form == FORM_CSV)
		code_csv(&reply->text, answer);
	else if (form == FORM_NDJSON)
		code_ndjson(&reply->text, answer);
	else
		code_json(&reply->text, answer);
}

void answer_codes(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct code_answer answer = {.rulebook = worker->options->rulebook,
				     .origin = question_get(question, "origin")};
	struct codes *codes = worker_codes(worker);
	struct tw_error error = {0};
	const char *text = question_get(question, "q"), *on = question_get(question, "on");
	size_t limit;
	if (!codes) {
		reply_problem(
		    reply, 501, "not-built", NULL,
		    "there are no descriptions of codes here: the file tidewaiter.codes is "
		    "not beside the program, or it was built without SQLite");
		return;
	}
	if (!read_limit(reply, &limit, question))
		return;
	if (text && strlen(text) > CODES_TEXT)
		reply_problem(reply, 400, "bad-parameter", "q", "a search takes at most %d bytes",
			      CODES_TEXT);
	else if (code_answer_ask(&answer, text ? text : "",
				 on ? worker_day(worker, on) : worker->today, &error) ||
		 code_answer_find(&answer, codes, limit, worker->today, &error))
		reply_error(reply, &error);
	else
		write_answer(reply, &answer, question->form);
	code_answer_free(&answer);
}
