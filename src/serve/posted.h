/* SPDX-License-Identifier: Apache-2.0 */
/* A body of lines, read by the readers of the program into a file without a name, which is sent. */
#ifndef TW_SERVE_POSTED_H
#define TW_SERVE_POSTED_H

#include "lines/run.h"
#include "serve/answers.h"

struct posted {
	struct columns_options columns;
	struct fx fx;
	struct run_options run; /* from the parameters that all bodies of lines have */
};

/* To be ended with posted_end, also on an error. */
int posted_begin(struct posted *posted, const struct question *question,
		 const struct worker *worker, struct tw_error *error);
void posted_end(struct posted *posted);
/* Where the answers go, posted->run.out: a file, reply->fd, or out at once. */
int posted_open(struct reply *reply, struct posted *posted, const struct question *question,
		struct tw_error *error);
/* All is written, or there was an error: the reply is that. */
void posted_close(struct reply *reply, int code, const struct question *question,
		  struct tw_error *error);

#endif
