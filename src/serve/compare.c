/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/compare: lines under the law and under scenarios, as `tidewaiter compare` has it. */
#include "compare/compare.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/write.h"
#include "serve/posted.h"

enum { SCENARIOS = 4 };

struct laws {
	const tw_rulebook *book[SCENARIOS + 1]; /* the first is the law itself */
	tw_rulebook *owned[SCENARIOS + 1];
	struct compare_law is[SCENARIOS + 1];
	char id[SCENARIOS + 1][64], title[SCENARIOS + 1][200];
	size_t count;
};

static int open_laws(struct laws *laws, const struct question *question,
		     const struct worker *worker, struct tw_error *error)
{
	int code = TW_OK;
	laws->book[0] = worker->options->rulebook;
	laws->count = 1;
	for (size_t i = 0; i < question->count && !code; i++) {
		size_t at = laws->count;
		const struct given *given = &question->given[i];
		if (strcmp(given->param->name, "with") != 0)
			continue;
		if (at > SCENARIOS)
			return error_set(error, TW_BAD_ARGUMENT,
					 "--with takes at most %d scenarios", SCENARIOS);
		code = worker->options->scenario(&laws->owned[at], laws->id[at], laws->title[at],
						 given->value, error);
		for (size_t k = 1; k < at && !code; k++)
			if (!strcmp(laws->id[k], laws->id[at]))
				code = error_set(error, TW_BAD_ARGUMENT,
						 "--with %s is given twice: give it once",
						 laws->id[at]);
		laws->book[at] = laws->owned[at];
		laws->is[at] = (struct compare_law){laws->id[at], laws->title[at]};
		laws->count++;
	}
	return code;
}

static int write_out(struct buffer *out, int fd, struct tw_error *error)
{
	int code = out->failed ? error_memory(error)
		   : write_all(fd, out->at, out->length)
		       ? error_set(error, TW_BAD_FILE, "the answers cannot be stored")
		       : TW_OK;
	buffer_free(out);
	return code;
}

static int run(struct posted *posted, const struct laws *laws, struct compare *compare,
	       const struct compare_options *ask, struct tw_error *error)
{
	struct run_options *run = &posted->run;
	struct totals totals = {0};
	struct buffer out = {0};
	run->format = RUN_CSV;
	run->only_answers = run->totals_only = true; /* what is written is written here */
	run->assessor.no_screen = run->assessor.no_changes = true; /* neither changes a duty */
	run->take = compare_take;
	run->take_end = compare_end;
	run->take_context = compare;
	run->laws = laws->book;
	run->law_count = laws->count;
	compare_header(&out, compare);
	int code = write_out(&out, run->out, error);
	if (!code)
		code = run_lines(&totals, run, error);
	totals_free(&totals);
	if (code || ask->lines)
		return code;
	code = compare_report(&out, compare, ask->format, error);
	if (!code)
		return write_out(&out, run->out, error);
	buffer_free(&out);
	return code;
}

void answer_compare(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct posted posted;
	struct tw_error error = {0};
	struct compare *compare = NULL;
	struct laws *laws = calloc(1, sizeof *laws);
	int code = posted_begin(&posted, question, worker, &error);
	if (!laws)
		code = error_memory(&error);
	if (!code)
		code = open_laws(laws, question, worker, &error);
	if (!code && !(code = posted_open(reply, &posted, question, &error))) {
		const struct compare_options ask = {
		    .laws = laws->is,
		    .law_count = laws->count,
		    .jobs = posted.run.jobs,
		    .format = question->form == FORM_CSV ? COMPARE_CSV : COMPARE_NDJSON,
		    .lines = question_flag(question, "lines"),
		    .safe = question_flag(question, "spreadsheet-safe")};
		code = compare_new(&compare, &ask, &error);
		if (!code)
			code = run(&posted, laws, compare, &ask, &error);
	}
	compare_free(compare);
	for (size_t i = 1; laws && i <= SCENARIOS; i++)
		tw_rulebook_close(laws->owned[i]);
	free(laws);
	posted_close(reply, code, question, &error);
	posted_end(&posted);
}
