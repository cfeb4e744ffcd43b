/* SPDX-License-Identifier: Apache-2.0 */
/* Words and figures as people read them: rows of text, numbers with their thousands apart. */
#ifndef TW_COMMON_WORDS_H
#define TW_COMMON_WORDS_H

#include "common/buffer.h"

enum { WORDS_WIDTH = 80 /* columns where a buffer names none */ };

/* As printf writes it, at the end of the buffer. */
void buffer_print(struct buffer *out, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Blanks, so many. */
void words_pad(struct buffer *out, size_t columns);
/*
 * A text over as many rows as it needs in the width of the buffer, and the end of the row.
 * It begins at `column`; rows after the first begin at `indent`. Controls are written as
 * U+FFFD; a word that is longer than a row stands over its end, or is cut.
 */
void words_wrap(struct buffer *out, const char *text, size_t indent, size_t column);
void words_wrap_cut(struct buffer *out, const char *text, size_t indent, size_t column);
/* The same word by word, and no end of the row. Its first row begins at `column`. */
struct words_rows {
	struct buffer *out;
	size_t column, indent, edge;
	bool inside; /* a row that has a word */
	bool cut;
};
void words_row(struct words_rows *rows, const char *word, size_t length);
/* "1,234,567"; returns `out`, as the next does. */
const char *words_number(char out[32], uint64_t number);
/* "1,234.56": two to four decimals. */
const char *words_money(char out[48], tw_money amount);
/* 1/10000 of a percent, not negative, as "16.5%". */
void words_percent(char out[32], int64_t scaled);
/* Whether the text is of the pattern, in which * stands for anything: us.301.*. */
bool words_match(const char *pattern, const char *text);

#endif
