/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of `tidewaiter law` share. They read the parsed law alone, never the rulebook.
 */
#ifndef TW_CLI_LAW_LAW_H
#define TW_CLI_LAW_LAW_H

#include "cli/cli.h"
#include "cli/days.h"
#include "cli/terminal.h"
#include "law/json.h"
#include "law/query.h"
#include "law/scopes.h"
#include "law/words.h"

/* import-schedule: what is asked beside the query. */
struct law_import {
	const char *file, *day, *output;
	const char *profile, *sheet; /* of a table; or NULL */
	bool part, write;
};

/* The commands; exit codes. */
/* The folder as an error shows it: "law/us/duties/x.yaml:7:3: …". */
void law_message(const char *folder, struct tw_error *error);
/* The same where the fault may stand in the scenario that is laid over the law. */
void law_message_of(const struct law *law, const char *folder, struct tw_error *error);
/* An answer, a page or data as the query asks; an exit code. */
int law_print(const struct buffer *out, const struct law_query *query);
/* What the schedule calls the heading that the measure declares; "" where it has no words. */
const char *law_heading_text(const struct law_query *query, uint32_t measure);
/* The law of the folder, as known then: is it sound? Prints what it holds, or every fault. */
int law_check_command(const struct law *law, const char *folder, tw_time known);
int law_show_command(const struct law_query *query, const char *id);

/* What announced acts come to, by the engine; NULL when memory is short. */
struct effects *law_effects_new(const struct law_query *query);
void law_effects_free(struct effects *effects);
/* export: the measures, or the schedule, as a table. */
struct law_export {
	const char *output; /* NULL: standard output */
	bool schedule, parquet;
};
int law_export_command(const struct law_query *query, const struct law_export *export);
int law_import_command(const struct law_query *query, const struct law_import *import);
/* --profile list: the profiles of tables that this program has. */
int law_import_list_profiles(void);

#endif
