/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A piece of growing output, reused from batch to batch: after the first few
 * lines it does not allocate. Running out of memory sets `failed` and drops
 * what follows; the owner looks once, at the end of a batch.
 */
#ifndef TW_COMMON_BUFFER_H
#define TW_COMMON_BUFFER_H

#include <stdarg.h>

#include "tidewaiter.h"

struct buffer {
	char *at;
	size_t length, room;
	bool failed;
	size_t width;          /* columns in which words are broken; 0: as the writer does */
	struct marks *marks;   /* lent: notes what was written where; see findings/marks.h */
	struct buffer *within; /* what a scratch is written for: it fails when the scratch does */
};

void buffer_free(struct buffer *buffer);
/* For want of memory elsewhere: it has failed, and so has what it is within. */
void buffer_fail(struct buffer *buffer);
/* Room for `more` bytes at the end, or NULL (and failed). Does not change the length. */
char *buffer_room(struct buffer *buffer, size_t more);
void buffer_put(struct buffer *buffer, const void *from, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_char(struct buffer *buffer, char c);
void buffer_number(struct buffer *buffer, uint64_t number);
/* "91.26": two to four decimals. */
void buffer_money(struct buffer *buffer, tw_money amount);
/* As printf writes it, however long. */
void buffer_format(struct buffer *buffer, const char *format, va_list arguments);
/* A JSON string with its quotes; what is not UTF-8 becomes U+FFFD, every control an escape. */
void buffer_json(struct buffer *buffer, const char *text, size_t length);
/* JSON that was read: as it stands, but a blank for blanks that are controls, other controls
 * escaped and U+FFFD for what is not UTF-8. */
void buffer_json_raw(struct buffer *buffer, const char *text, size_t length);
/*
 * Text from outside for a terminal: U+FFFD for controls, for what turns the
 * direction of writing, and for what is not UTF-8; a blank for a line break.
 */
void buffer_shown(struct buffer *buffer, const char *text, size_t length);
/*
 * Makes a CSV cell of what was appended since `start`: quoted where RFC 4180
 * asks for it, with U+FFFD for controls (tabs and line breaks are none) and for
 * what is not UTF-8. `safe`: an apostrophe before what a spreadsheet would take
 * for a formula. Returns the characters that it replaced.
 */
size_t buffer_end_cell(struct buffer *buffer, size_t start, bool safe);
/* The characters of a text that a cell would replace. */
size_t buffer_flaws(const char *at, size_t length);

#endif
