/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a thread keeps from one request to the next: its assessor, and the
 * descriptions of codes. Nothing of a request stays in it.
 */
#ifndef TW_SERVE_WORKER_H
#define TW_SERVE_WORKER_H

#include "serve/serve.h"

struct codes;

struct worker {
	const struct serve_options *options;
	char today[16]; /* by the clock and the time zone of this computer */
	char known[16]; /* the day that the assessor knows as today */
	tw_assessor *assessor;
	struct codes *codes; /* NULL: there are none here */
	bool has_looked;
};

/* Begins with zeros. */
void worker_free(struct worker *worker);
/* Before each request: what day it is. */
void worker_begin(struct worker *worker, const struct serve_options *options);
/* The usual assessor; it stays the worker's. */
int worker_assessor(tw_assessor **out, struct worker *worker, struct tw_error *error);
/* NULL: this build or this computer has none. */
struct codes *worker_codes(struct worker *worker);
/* "today" as its day; any other text as it is, NULL too. */
const char *worker_day(const struct worker *worker, const char *text);

#endif
