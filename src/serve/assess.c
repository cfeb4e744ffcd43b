/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/assess: the run of `tidewaiter assess`, from a body to a file without a name. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/error.h"
#include "common/temporary.h"
#include "lines/decimal.h"
#include "lines/profile.h"
#include "lines/run.h"
#include "serve/answers.h"

enum { JOBS = 256 };

/* A profile that is built in: a name is never taken for a file of this computer. */
static int find_profile(struct columns_options *columns, const char *name, struct tw_error *error)
{
	const struct profile *profile;
	for (size_t i = 0; (profile = profile_built_in(i)); i++)
		if (!strcmp(profile->name, name)) {
			columns->profile = profile;
			return TW_OK;
		}
	return error_set(error, TW_BAD_ARGUMENT, "--profile \"%.40s\": there is no such profile",
			 name);
}

static int take(struct columns_options *columns, struct fx *fx, const struct given *given,
		struct tw_error *error)
{
	const char *name = given->param->name, *value = given->value;
	if (!strcmp(name, "map"))
		return columns_map(columns, value, error);
	if (!strcmp(name, "set"))
		return columns_set(columns, value, error);
	if (!strcmp(name, "fx"))
		return fx_option(fx, value, error);
	if (!strcmp(name, "decimal"))
		return decimal_option(columns, value, error);
	if (!strcmp(name, "profile"))
		return find_profile(columns, value, error);
	return TW_OK;
}

static int read_columns(struct columns_options *columns, struct fx *fx,
			const struct question *question, struct tw_error *error)
{
	static const enum date_order orders[] = {DATE_MDY, DATE_DMY, DATE_YMD, DATE_BY_FORM};
	int code = TW_OK;
	for (size_t i = 0; i < question->count && !code; i++)
		code = take(columns, fx, &question->given[i], error);
	columns->date_order = orders[question_choice(question, "date-format", 3)];
	columns->sheet = question_get(question, "sheet");
	columns->fx = fx;
	columns->standard = question->in;
	return code;
}

static enum run_format format_of(const struct question *question)
{
	if (question->form == FORM_CSV)
		return RUN_CSV;
	return question->form == FORM_NDJSON || question->is_single ? RUN_NDJSON : RUN_JSON;
}

static unsigned jobs_of(const struct worker *worker)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned jobs = worker->options->limits.threads;
	if (!jobs)
		jobs = cores < 1 ? 1 : (unsigned)cores;
	return jobs > JOBS ? JOBS : jobs;
}

static int run(struct reply *reply, const struct question *question, struct worker *worker,
	       struct columns_options *columns, struct tw_error *error)
{
	static const char *const standard[] = {"-"};
	struct totals totals = {0};
	struct stat status;
	struct run_options options = {.files = standard,
				      .file_count = 1,
				      .rulebook = worker->options->rulebook,
				      .assessor = TW_OPTIONS_INIT,
				      .columns = columns,
				      .format = format_of(question),
				      .jobs = jobs_of(worker),
				      .keep = question_flag(question, "keep"),
				      .daily_sum = question_flag(question, "daily-sum"),
				      .monthly_sum = question_flag(question, "monthly-sum"),
				      .only_answers = question_flag(question, "only-answers"),
				      .spreadsheet_safe =
					  question_flag(question, "spreadsheet-safe"),
				      .fields = question_get(question, "fields"),
				      .quiet_lines = true,
				      .quiet = true,
				      .out = reply->fd,
				      .err = -1};
	options.assessor.today = worker->today;
	options.assessor.restore_zeros = question_flag(question, "restore-zeros");
	options.assessor.strict_coverage = question_flag(question, "strict-coverage");
	options.assessor.no_screen = question_flag(question, "no-screen");
	int code = run_lines(&totals, &options, error);
	totals_free(&totals);
	if (!code && fstat(reply->fd, &status))
		code = error_set(error, TW_BAD_FILE, "the answers cannot be stored");
	if (!code)
		reply->size = (uint64_t)status.st_size;
	return code;
}

void answer_assess(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct columns_options columns = {0};
	struct tw_error error = {0};
	struct fx fx = {0};
	int code = read_columns(&columns, &fx, question, &error);
	if (!code) {
		reply->fd = temporary_file(&error);
		code = reply->fd < 0 ? error.code : run(reply, question, worker, &columns, &error);
	}
	if (code) {
		reply_error(reply, &error);
	} else {
		reply->status = 200;
		reply->type = form_types[question->form];
	}
	fx_free(&fx);
}
