/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/duty: one line, as `tidewaiter duty --format json|csv` writes it. */
#include <stdlib.h>
#include <string.h>

#include "codes/base.h"
#include "codes/codes.h"
#include "common/error.h"
#include "findings/finding.h"
#include "lines/fields.h"
#include "serve/answers.h"

/* The names that are asked for; "amount" is what a member of the duty is called. */
static int read_fields(struct fields *fields, const char *asked, bool csv, struct tw_error *error)
{
	const char *names[FINDING_NAMES];
	size_t count = csv ? finding_csv_names(names, 0) : finding_ndjson_names(names);
	const char *text = csv && asked && !strcmp(asked, "amount") ? "duty" : asked;
	return fields_read(fields, text, NULL, names, count, error);
}

static void write_finding(struct reply *reply, const struct finding *finding,
			  struct finding_style *style, const struct question *question)
{
	struct tw_error error = {0};
	struct fields fields = {0};
	const char *asked = question_get(question, "fields");
	bool csv = question->form == FORM_CSV;
	if ((csv || asked) && read_fields(&fields, asked, csv, &error)) {
		reply_problem(reply, 400, "bad-parameter", "fields", "%s", error.message);
		goto done;
	}
	style->field = fields.at;
	style->field_count = fields.count;
	reply->status = 200;
	reply->type = form_types[question->form];
	bool header = question_get(question, "header") ? question_flag(question, "header")
						       : fields.count != 1;
	if (csv && header)
		finding_csv_header(&reply->text, style);
	if (csv)
		finding_csv(&reply->text, finding, style);
	else
		finding_ndjson(&reply->text, finding, style);
done:
	fields_free(&fields);
}

/* The line is refused: what is wrong with it, and all that is said of it. */
static void refuse(struct reply *reply, const struct finding *finding, struct finding_style *style)
{
	struct buffer whole = {0};
	finding_ndjson(&whole, finding, style);
	reply_problem(reply, 422, finding->reason, *finding->column ? finding->column : NULL, "%s",
		      *finding->text ? finding->text : finding->reason);
	if (whole.failed)
		buffer_fail(&reply->text);
	else
		reply_problem_add(reply, "finding", whole.at, whole.length - 1);
	buffer_free(&whole);
}

static int make_assessor(tw_assessor **out, tw_assessor **owned, const struct question *question,
			 struct worker *worker, struct tw_error *error)
{
	struct tw_options options = TW_OPTIONS_INIT;
	options.today = worker->today;
	options.restore_zeros = question_flag(question, "restore-zeros");
	options.strict_coverage = question_flag(question, "strict-coverage");
	options.no_screen = question_flag(question, "no-screen");
	if (!options.restore_zeros && !options.strict_coverage && !options.no_screen)
		return worker_assessor(out, worker, error);
	int code = tw_assessor_new(owned, worker->options->rulebook, &options, error);
	*out = *owned;
	return code;
}

void answer_duty(struct reply *reply, const struct question *question, struct worker *worker)
{
	const tw_rulebook *rulebook = worker->options->rulebook;
	struct tw_error error = {0};
	const struct tw_assessment *answer;
	tw_assessor *assessor, *owned = NULL;
	struct finding finding;
	struct goods goods;
	char *words = NULL;
	if (!goods_read(reply, &goods, question, worker, true))
		return;
	if (make_assessor(&assessor, &owned, question, worker, &error) ||
	    tw_assess(&answer, assessor, &goods.line, &error) ||
	    codes_words_of(&words, worker_codes(worker), rulebook, answer, &error)) {
		reply_error(reply, &error);
		goto done;
	}
	finding_make(&finding, goods.line.column[TW_COLUMN_ID], answer);
	finding.words = words;
	struct finding_style style = {.edition = tw_rulebook_edition(rulebook),
				      .known_on = tw_rulebook_known_on(rulebook),
				      .sha256 = tw_rulebook_sha256(rulebook),
				      .program = codes_program,
				      .rulebook = rulebook};
	if (finding.status == TW_STATUS_REFUSED)
		refuse(reply, &finding, &style);
	else
		write_finding(reply, &finding, &style, question);
done:
	free(words);
	tw_assessor_free(owned);
}
