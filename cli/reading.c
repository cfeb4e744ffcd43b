/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/reading.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/config.h"
#include "cli/terminal.h"
#include "lines/date_cell.h"
#include "lines/decimal.h"

enum { JOBS = 256 };

const char *const reading_decimals[] = {"point", "comma", NULL};

int reading_take_map(void *context, const char *value, struct tw_error *error)
{
	struct columns_options *columns = context;
	int code = columns_map(columns, value, error);
	if (!code && config_gives())
		columns->map[columns->map_count - 1].used = true;
	return code;
}

int reading_take_set(void *context, const char *value, struct tw_error *error)
{
	return columns_set(context, value, error);
}

int reading_take_date_format(void *at, const char *value, struct tw_error *error)
{
	return date_cell_order(at, value, error);
}

int reading_take_value_from(void *at, const char *value, struct tw_error *error)
{
	return value_from_read(at, (struct tw_text){value, strlen(value)}, error);
}

int reading_take_fx(void *at, const char *value, struct tw_error *error)
{
	return fx_option(at, value, error);
}

int reading_take_fx_file(void *at, const char *value, struct tw_error *error)
{
	return fx_file(at, value, error);
}

int reading_jobs(unsigned *out, const char *command, const char *text)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN), jobs = cores < 1 ? 1 : cores;
	if (text) {
		char *end;
		errno = 0;
		jobs = strtol(text, &end, 10);
		if (errno || *end || end == text || jobs < 1 || jobs > JOBS) {
			cli_message("%s: --jobs needs a number from 1 to %d, not \"%s\"", command,
				    JOBS, text);
			return CLI_FAILED;
		}
	}
	*out = (unsigned)(jobs > JOBS ? JOBS : jobs);
	return CLI_DONE;
}

static void list_profiles(void)
{
	const struct profile *profile;
	for (size_t i = 0; (profile = profile_built_in(i)); i++)
		terminal_say("%-14s%s%s\n", profile->name, profile->title,
			     profile->is_detected ? " (known by its header)" : "");
}

bool reading_open(struct cli_reading *reading, int *code)
{
	struct tw_error error = {0};
	*code = CLI_DONE;
	if (!reading->profile_name)
		return true;
	if (!strcmp(reading->profile_name, "list")) {
		list_profiles();
		return false;
	}
	if (profile_open(&reading->profile, reading->profile_name, &error)) {
		cli_error(&error);
		*code = CLI_FAILED;
		return false;
	}
	reading->columns.profile = reading->profile;
	return true;
}

void reading_apply(struct cli_reading *reading, struct run_options *run)
{
	struct columns_options *columns = &reading->columns;
	columns->fx = &reading->fx;
	if (reading->from.terms)
		columns->value_from = &reading->from;
	if (reading->decimal)
		decimal_option(columns, reading->decimal, NULL);
	run->columns = columns;
	run->only_columns = reading->only_columns;
	run->assessor.restore_zeros = reading->restore_zeros;
	run->daily_sum = reading->daily_sum;
}

void reading_close(struct cli_reading *reading)
{
	profile_close(reading->profile);
	fx_free(&reading->fx);
}
