/* SPDX-License-Identifier: Apache-2.0 */
/* How the lines of a body are read, from the parameters of a question. */
#include "serve/posted.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/error.h"
#include "common/temporary.h"
#include "lines/decimal.h"
#include "lines/profile.h"
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

static int take(struct posted *posted, const struct given *given, struct tw_error *error)
{
	const char *name = given->param->name, *value = given->value;
	if (!strcmp(name, "map"))
		return columns_map(&posted->columns, value, error);
	if (!strcmp(name, "set"))
		return columns_set(&posted->columns, value, error);
	if (!strcmp(name, "fx"))
		return fx_option(&posted->fx, value, error);
	if (!strcmp(name, "decimal"))
		return decimal_option(&posted->columns, value, error);
	if (!strcmp(name, "profile"))
		return find_profile(&posted->columns, value, error);
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

int posted_begin(struct posted *posted, const struct question *question,
		 const struct worker *worker, struct tw_error *error)
{
	static const enum date_order orders[] = {DATE_MDY, DATE_DMY, DATE_YMD, DATE_BY_FORM};
	static const char *const standard[] = {"-"};
	int code = TW_OK;
	*posted = (struct posted){.columns.standard = question->in};
	for (size_t i = 0; i < question->count && !code; i++)
		code = take(posted, &question->given[i], error);
	posted->columns.date_order = orders[question_choice(question, "date-format", 3)];
	posted->columns.sheet = question_get(question, "sheet");
	posted->columns.fx = &posted->fx;
	posted->run = (struct run_options){.files = standard,
					   .file_count = 1,
					   .rulebook = worker->options->rulebook,
					   .assessor = TW_OPTIONS_INIT,
					   .columns = &posted->columns,
					   .jobs = jobs_of(worker),
					   .quiet_lines = true,
					   .quiet = true,
					   .out = -1,
					   .err = -1};
	posted->run.assessor.today = worker->today;
	posted->run.assessor.restore_zeros = question_flag(question, "restore-zeros");
	posted->run.assessor.strict_coverage = question_flag(question, "strict-coverage");
	return code;
}

void posted_end(struct posted *posted)
{
	fx_free(&posted->fx);
}

int posted_open(struct reply *reply, struct posted *posted, const struct question *question,
		struct tw_error *error)
{
	posted->run.out = question->out;
	if (question->out >= 0)
		return TW_OK;
	posted->run.out = reply->fd = temporary_file(error);
	return reply->fd < 0 ? error->code : TW_OK;
}

void posted_close(struct reply *reply, int code, const struct question *question,
		  struct tw_error *error)
{
	struct stat status;
	if (!code && reply->fd >= 0 && fstat(reply->fd, &status))
		code = error_set(error, TW_BAD_FILE, "the answers cannot be stored");
	if (code) {
		reply_error(reply, error);
		return;
	}
	reply->size = reply->fd < 0 ? 0 : (uint64_t)status.st_size;
	reply->status = 200;
	reply->type = form_types[question->form];
}
