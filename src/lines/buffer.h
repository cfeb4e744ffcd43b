/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A piece of growing output, reused from batch to batch: after the first few
 * lines it does not allocate. Running out of memory sets `failed` and drops
 * what follows; the owner looks once, at the end of a batch.
 */
#ifndef TW_LINES_BUFFER_H
#define TW_LINES_BUFFER_H

#include "tidewaiter.h"

struct buffer {
	char *at;
	size_t length, room;
	bool failed;
};

void buffer_free(struct buffer *buffer);
/* Room for `more` bytes at the end, or NULL (and failed). Does not change the length. */
char *buffer_room(struct buffer *buffer, size_t more);
void buffer_put(struct buffer *buffer, const void *from, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_char(struct buffer *buffer, char c);
void buffer_number(struct buffer *buffer, uint64_t number);
/* "91.26": two to four decimals. */
void buffer_money(struct buffer *buffer, tw_money amount);
/* A JSON string with its quotes; what is not UTF-8 becomes U+FFFD. */
void buffer_json(struct buffer *buffer, const char *text, size_t length);
/* A CSV field, quoted where RFC 4180 asks for it. */
void buffer_csv(struct buffer *buffer, const char *text, size_t length);

#endif
