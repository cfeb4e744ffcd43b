/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is sent back: an answer as it is, or a problem as RFC 9457 has them. It
 * knows no connection.
 */
#ifndef TW_SERVE_REPLY_H
#define TW_SERVE_REPLY_H

#include "common/buffer.h"

struct reply {
	unsigned status; /* of HTTP; 0: there is no reply yet */
	const char *type;
	struct buffer text;
	int fd; /* in place of the text: a file of `size` bytes; owned; -1: none */
	uint64_t size;
	uint64_t refused;  /* lines that were not looked at */
	const char *allow; /* the methods of a route, of 405 */
	bool is_lasting;   /* may be kept by who asked; else it is not */
	bool is_page;      /* for the eyes: its own style and script may run */
};

void reply_begin(struct reply *reply);
void reply_free(struct reply *reply);

/*
 * A problem in place of what was there. `code`: one word that programs know it by; `field`: what
 * of the request is wrong, or NULL.
 */
void reply_problem(struct reply *reply, unsigned status, const char *code, const char *field,
		   const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same of what the library says. */
void reply_error(struct reply *reply, const struct tw_error *error);
/* Adds a member, JSON as it stands, to a problem. */
void reply_problem_add(struct reply *reply, const char *name, const char *json, size_t length);
/* "Bad Request". */
const char *reply_phrase(unsigned status);

#endif
