/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/assess: the run of `tidewaiter assess`, from a body to a file without a name. */
#include "codes/base.h"
#include "serve/answers.h"
#include "serve/posted.h"

static enum run_format format_of(const struct question *question)
{
	if (question->form == FORM_CSV)
		return RUN_CSV;
	return question->form == FORM_NDJSON || question->is_single ? RUN_NDJSON : RUN_JSON;
}

void answer_assess(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct posted posted;
	struct totals totals = {0};
	struct tw_error error = {0};
	int code = posted_begin(&posted, question, worker, &error);
	struct run_options *run = &posted.run;
	if (!code && !(code = posted_open(reply, &posted, question, &error))) {
		run->format = format_of(question);
		run->keep = question_flag(question, "keep");
		run->daily_sum = question_flag(question, "daily-sum");
		run->monthly_sum = question_flag(question, "monthly-sum");
		run->only_answers = question_flag(question, "only-answers");
		run->spreadsheet_safe = question_flag(question, "spreadsheet-safe");
		run->fields = question_get(question, "fields");
		run->program = question_flag(question, "titles") ? codes_program : NULL;
		run->assessor.no_screen = question_flag(question, "no-screen");
		code = run_lines(&totals, run, &error);
		totals_free(&totals);
	}
	posted_close(reply, code, question, &error);
	posted_end(&posted);
}
