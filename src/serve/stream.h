/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers that go out while the body still comes in, for those who read while
 * they send. The library sends nothing before a body is whole, so what is
 * written here goes into a pipe, and a thread takes it from there to the
 * connection, in chunks, no faster than it is read.
 */
#ifndef TW_SERVE_STREAM_H
#define TW_SERVE_STREAM_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "common/buffer.h"

struct stream {
	int socket;         /* the connection's, once more; -1: there is no stream */
	int from, to;       /* the pipe; `to` is what the answers are written to */
	unsigned patience;  /* seconds in which the other side may read nothing */
	struct buffer head; /* status and headers; sent before the first chunk */
	bool has_begun;     /* the head is sent: there is no other reply any more */
	bool is_broken;     /* not all of it could be sent */
	uint64_t sent;      /* bytes of answers */
	pthread_t thread;
};

void stream_none(struct stream *stream);
/* False: there are not enough files. Keeps the text of `head`. */
bool stream_open(struct stream *stream, int socket, unsigned patience, struct buffer *head);
/* Starts the thread; false: there is none. */
bool stream_begin(struct stream *stream);
/* After the last answer is written: waits until what there is is sent, or cannot be. */
void stream_end(struct stream *stream);
/* Says that the answer is whole; false: it is not. */
bool stream_finish(struct stream *stream);
void stream_free(struct stream *stream);

#endif
