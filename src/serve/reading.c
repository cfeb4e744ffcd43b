/* SPDX-License-Identifier: Apache-2.0 */
/* How the lines of a body are read, from the parameters of a question. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/error.h"
#include "common/temporary.h"
#include "lines/decimal.h"
#include "lines/profile.h"
#include "serve/answers.h"
#include "serve/reading.h"

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

static int take(struct reading *reading, const struct given *given, struct tw_error *error)
{
	const char *name = given->param->name, *value = given->value;
	if (!strcmp(name, "map"))
		return columns_map(&reading->columns, value, error);
	if (!strcmp(name, "set"))
		return columns_set(&reading->columns, value, error);
	if (!strcmp(name, "fx"))
		return fx_option(&reading->fx, value, error);
	if (!strcmp(name, "decimal"))
		return decimal_option(&reading->columns, value, error);
	if (!strcmp(name, "profile"))
		return find_profile(&reading->columns, value, error);
	return TW_OK;
}

static unsigned jobs_of(const struct worker *worker)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned jobs = worker->options->limits.threads;
	if (!jobs)
		jobs = cores < 1 ? 1 : (unsigned)cores;
	return jobs > JOBS ? JOBS : jobs;
}

int reading_begin(struct reading *reading, const struct question *question,
		  const struct worker *worker, struct tw_error *error)
{
	static const enum date_order orders[] = {DATE_MDY, DATE_DMY, DATE_YMD, DATE_BY_FORM};
	static const char *const standard[] = {"-"};
	int code = TW_OK;
	*reading = (struct reading){.columns.standard = question->in};
	for (size_t i = 0; i < question->count && !code; i++)
		code = take(reading, &question->given[i], error);
	reading->columns.date_order = orders[question_choice(question, "date-format", 3)];
	reading->columns.sheet = question_get(question, "sheet");
	reading->columns.fx = &reading->fx;
	reading->run = (struct run_options){.files = standard,
					    .file_count = 1,
					    .rulebook = worker->options->rulebook,
					    .assessor = TW_OPTIONS_INIT,
					    .columns = &reading->columns,
					    .jobs = jobs_of(worker),
					    .quiet_lines = true,
					    .quiet = true,
					    .out = -1,
					    .err = -1};
	reading->run.assessor.today = worker->today;
	reading->run.assessor.restore_zeros = question_flag(question, "restore-zeros");
	reading->run.assessor.strict_coverage = question_flag(question, "strict-coverage");
	return code;
}

void reading_end(struct reading *reading)
{
	fx_free(&reading->fx);
}

int reading_open(struct reply *reply, struct tw_error *error)
{
	reply->fd = temporary_file(error);
	return reply->fd < 0 ? error->code : TW_OK;
}

void reading_close(struct reply *reply, int code, const struct question *question,
		   struct tw_error *error)
{
	struct stat status;
	if (!code && fstat(reply->fd, &status))
		code = error_set(error, TW_BAD_FILE, "the answers cannot be stored");
	if (code) {
		reply_error(reply, error);
		return;
	}
	reply->size = (uint64_t)status.st_size;
	reply->status = 200;
	reply->type = form_types[question->form];
}
