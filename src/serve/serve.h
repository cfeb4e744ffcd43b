/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tidewaiter over HTTP: the answers of the library and of the readers of lines,
 * and nothing computed here. One server a process: it takes SIGINT and SIGTERM,
 * after which it answers what it has begun and ends.
 */
#ifndef TW_SERVE_SERVE_H
#define TW_SERVE_SERVE_H

#include "common/buffer.h"
#include "laws/announced.h"
#include "tidewaiter.h"

/* What it takes at the most; 0: as it decides. */
struct serve_limits {
	uint64_t body;        /* bytes of a request's body */
	unsigned connections; /* at once */
	unsigned per_address; /* of one address; without a limit on a loopback address */
	unsigned timeout;     /* seconds in which nothing comes or goes */
	unsigned requests;    /* that are worked on at once, beside those answered in passing */
	unsigned threads;     /* for connections, and of one file; 0: one a processor */
};

struct serve_options {
	const char *listen;            /* an address: "127.0.0.1", "::1"; NULL: 127.0.0.1 */
	uint16_t port;                 /* 0: any that is free */
	const char *cors;              /* the origin whose pages may ask, "*": all; NULL: none */
	const char *certificate, *key; /* files for TLS; NULL: without */
	struct serve_limits limits;
	const tw_rulebook *rulebook;
	const char *law_folder; /* for what is asked of the law text */
	/* The law with a scenario of this program laid over it, by its name; and its id and title.
	 */
	int (*scenario)(tw_rulebook **out, char id[64], char title[200], const char *name,
			struct tw_error *error);
	/* The name and title of one of these, by number; false: there are no more. */
	bool (*scenario_at)(const char **name, struct tw_text *title, size_t index);
	/* The law with the text of a scenario laid over it; nothing of it is kept. */
	int (*scenario_text)(tw_rulebook **out, const char *text, size_t length,
			     struct tw_error *error);
	struct laws_effects effects; /* what announced acts come to */
	bool quiet;                  /* no access log */
	int log;                     /* the descriptor of the access log */
	/* Where it listens, once it does: "http://127.0.0.1:8417/". */
	void (*listens)(const char *address);
};

/* Whether this build can. */
bool serve_is_built(void);
/* Until it is told to end. TW_UNSUPPORTED: this build cannot. */
int serve_run(const struct serve_options *options, struct tw_error *error);

#endif
