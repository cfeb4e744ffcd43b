/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How lines are read: the options that every command has which reads lines of
 * goods from files.
 */
#ifndef TW_CLI_READING_H
#define TW_CLI_READING_H

#include <stddef.h>

#include "cli/options.h"
#include "lines/profile.h"
#include "lines/run.h"

#define CLI_READING "Reading"

struct cli_reading {
	struct fx fx;
	struct value_from from;
	const char *decimal, *profile_name;
	struct columns_options columns;
	struct profile *profile;
	bool only_columns, restore_zeros, daily_sum;
};

/* Opens --profile. False when nothing is left to do, with the exit code. */
bool reading_open(struct cli_reading *reading, int *code);
/* What was asked for, to the run; it stays in use. */
void reading_apply(struct cli_reading *reading, struct run_options *run);
void reading_close(struct cli_reading *reading);
/* --jobs, or all cores; an exit code. */
int reading_jobs(unsigned *out, const char *command, const char *jobs);

/* For the rows below. */
int reading_take_map(void *context, const char *value, struct tw_error *error);
int reading_take_set(void *context, const char *value, struct tw_error *error);
int reading_take_date_format(void *at, const char *value, struct tw_error *error);
int reading_take_value_from(void *at, const char *value, struct tw_error *error);
int reading_take_fx(void *at, const char *value, struct tw_error *error);
int reading_take_fx_file(void *at, const char *value, struct tw_error *error);
extern const char *const reading_decimals[];

/* The rows of a command whose context is a struct `type` with a struct cli_reading `member`. */
#define CLI_READING_OPTIONS(type, member)                                                          \
	{.name = "map",                                                                            \
	 .argument = "THEIRS=OURS",                                                                \
	 .group = CLI_READING,                                                                     \
	 .help = "their column name is our column name; may be repeated",                          \
	 .at = offsetof(type, member.columns),                                                     \
	 .take = reading_take_map},                                                                \
	    {.name = "set",                                                                        \
	     .argument = "COLUMN=VALUE",                                                           \
	     .group = CLI_READING,                                                                 \
	     .help = "one value for all lines; may be repeated",                                   \
	     .at = offsetof(type, member.columns),                                                 \
	     .take = reading_take_set,                                                             \
	     .values = VALUES_COLUMN},                                                             \
	    {.name = "profile",                                                                    \
	     .argument = "NAME|FILE",                                                              \
	     .group = CLI_READING,                                                                 \
	     .help = "read the files in the format of a shop or report, or as defined in a file "  \
		     "of your "                                                                    \
		     "own; --profile list names the built-in profiles",                            \
	     .at = offsetof(type, member.profile_name),                                            \
	     .values = VALUES_FILE},                                                               \
	    {.name = "sheet",                                                                      \
	     .argument = "NAME|N",                                                                 \
	     .group = CLI_READING,                                                                 \
	     .help =                                                                               \
		 "the sheet of a workbook (.xlsx) to read, by name or number; default: the first", \
	     .at = offsetof(type, member.columns.sheet),                                           \
	     .config = DEFAULT_NEVER},                                                             \
	    {.name = "columns",                                                                    \
	     .group = CLI_READING,                                                                 \
	     .help = "report what each column is read as, with its first values, and why others "  \
		     "are not "                                                                    \
		     "read; assess nothing",                                                       \
	     .at = offsetof(type, member.only_columns),                                            \
	     .config = DEFAULT_NEVER},                                                             \
	    {.name = "date-format",                                                                \
	     .argument = "ORDER",                                                                  \
	     .group = CLI_READING,                                                                 \
	     .help = "order of day, month and year in dates such as 5/2/2025 and 02.05.2025: "     \
		     "mdy, dmy or "                                                                \
		     "ymd; default: month first with slashes, day first with dots",                \
	     .at = offsetof(type, member.columns.date_order),                                      \
	     .take = reading_take_date_format},                                                    \
	    {.name = "restore-zeros",                                                              \
	     .group = CLI_READING,                                                                 \
	     .help = "restore the leading zero that a spreadsheet removed from codes of 5, 7 and " \
		     "9 digits: "                                                                  \
		     "201305000 is 0201.30.50.00",                                                 \
	     .at = offsetof(type, member.restore_zeros)},                                          \
	    {.name = "decimal",                                                                    \
	     .argument = "MARK",                                                                   \
	     .group = CLI_READING,                                                                 \
	     .help = "decimal mark of the file: point (1,000.50) or comma (1.000,50); default: "   \
		     "determined "                                                                 \
		     "from its first lines",                                                       \
	     .at = offsetof(type, member.decimal),                                                 \
	     .choices = reading_decimals},                                                         \
	    {.name = "value-from",                                                                 \
	     .argument = "PRODUCTS",                                                               \
	     .group = CLI_READING,                                                                 \
	     .help = "calculate the value from other columns: \"[Unit Price]*[Quantity]\", with "  \
		     "+ and - "                                                                    \
		     "between products",                                                           \
	     .at = offsetof(type, member.from),                                                    \
	     .take = reading_take_value_from,                                                      \
	     .config = DEFAULT_NEVER},                                                             \
	    {.name = "fx",                                                                         \
	     .argument = "CURRENCY=RATE",                                                          \
	     .group = CLI_READING,                                                                 \
	     .help =                                                                               \
		 "convert values in that currency: US dollars for one unit, as in EUR=1.0823; "    \
		 "EUR/CAD=1.49 for another country's currency; may be repeated",                   \
	     .at = offsetof(type, member.fx),                                                      \
	     .take = reading_take_fx},                                                             \
	    {.name = "fx-file",                                                                    \
	     .argument = "FILE",                                                                   \
	     .group = CLI_READING,                                                                 \
	     .help = "a file of dated exchange rates, in the format of CBP's quarterly list; may " \
		     "be repeated",                                                                \
	     .at = offsetof(type, member.fx),                                                      \
	     .take = reading_take_fx_file,                                                         \
	     .values = VALUES_FILE},                                                               \
	{                                                                                          \
		.name = "daily-sum", .group = CLI_READING,                                         \
		.help = "add up goods admitted free by consignee and local date of entry",         \
		.at = offsetof(type, member.daily_sum)                                             \
	}

#endif
