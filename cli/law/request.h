/* SPDX-License-Identifier: Apache-2.0 */
/* What `tidewaiter law` is asked: the flags as they were given, and what they mean in the law. */
#ifndef TW_CLI_LAW_REQUEST_H
#define TW_CLI_LAW_REQUEST_H

#include "cli/days.h"
#include "cli/law/law.h"

struct request {
	const char *name; /* of the command */
	struct law_query query;
	const char *folder, *into, *origin, *hts, *format, *output, *known_on, *announced;
	int count; /* words that are no flag: argv[1..count] */
	char **word;
	const char *with;  /* --with: a scenario laid over the law */
	struct law *under; /* the law without it; NULL: law is it */
	struct law *law, *view;
	struct law_import import;
	bool schedule; /* export: the base schedule */
	struct law_period during;
};

/* One day, of a text that may say "today". Prints what is wrong, as all of these do. */
int request_day(int *out, const char *text);
/* --as-known-on as the instant that law_as_known takes. */
int request_known(tw_time *known, const struct request *request);
/* Reads the law of the folder, with the scenario over it, as it was known. */
int law_open(struct request *request);
/* diff.c */
int law_diff(struct request *request);
/* The query: country, origin, program, code and days. The law has been read. */
int request_read(struct request *request);

#endif
