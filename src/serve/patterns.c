/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/patterns: what is seen across lines, as `tidewaiter patterns` has it. */
#include "across/across.h"

#include <unistd.h>

#include "common/error.h"
#include "common/temporary.h"
#include "common/write.h"
#include "serve/posted.h"

static int write_out(void *context, const char *at, size_t length, struct tw_error *error)
{
	const struct reply *reply = context;
	return write_all(reply->fd, at, length)
		   ? error_set(error, TW_BAD_FILE, "the answers cannot be stored")
		   : TW_OK;
}

/* The lines, what they bring to a temporary file, and what is seen in it. */
static int look(struct reply *reply, struct run_options *run, struct across *across,
		struct tw_error *error)
{
	struct totals totals = {0};
	struct across_counts counts = {0};
	int marks = temporary_file(error);
	int code = marks < 0 ? error->code : TW_OK;
	run->out = marks;
	run->format = RUN_CSV;
	run->only_answers = run->totals_only = true; /* what is written is written here */
	run->alone = true;                           /* persons and texts of each line are wanted */
	run->assessor.no_changes = true;
	run->take = across_take;
	run->take_end = across_end;
	run->take_context = across;
	run->laws = &run->rulebook;
	run->law_count = 1;
	if (!code)
		code = run_lines(&totals, run, error);
	totals_free(&totals);
	if (!code)
		code = across_finish(&counts, across, marks, error);
	if (marks >= 0)
		close(marks);
	reply->refused = counts.refused;
	return code;
}

void answer_patterns(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct posted posted;
	struct tw_error error = {0};
	struct across *across = NULL;
	int code = posted_begin(&posted, question, worker, &error);
	if (!code && !(code = posted_open(reply, &posted, question, &error))) {
		const struct across_options ask = {
		    .rulebook = worker->options->rulebook,
		    .jobs = posted.run.jobs,
		    .format = question->form == FORM_CSV ? ACROSS_CSV : ACROSS_NDJSON,
		    .write = write_out,
		    .write_context = reply};
		code = across_new(&across, &ask, &error);
		if (!code)
			code = look(reply, &posted.run, across, &error);
	}
	across_free(across);
	posted_close(reply, code, question, &error);
	posted_end(&posted);
}
