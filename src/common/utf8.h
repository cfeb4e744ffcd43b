/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the readers and the table must know of UTF-8: whether it is sound, and
 * how many columns it takes on a terminal.
 */
#ifndef TW_COMMON_UTF8_H
#define TW_COMMON_UTF8_H

#include "tidewaiter.h"

/* U+FFFD, for what cannot be shown. */
#define UTF8_REPLACED "\xEF\xBF\xBD"

/* Bytes of the sound sequence at `at`, 0 if it is none. */
size_t utf8_length(const char *at, size_t length);
/*
 * Bytes of what stands at `at`, at least one; *fit is false where that is a
 * control (tab and line breaks included) or not UTF-8.
 */
size_t utf8_next(bool *fit, const char *at, size_t length);
/* Whether a code point breaks the line or turns the direction of writing. */
bool utf8_turns(uint32_t point);
/* The offset of the first byte that is NUL or not UTF-8, or `length`. */
size_t utf8_flaw(const char *at, size_t length);
/* The code point of a sound sequence. */
uint32_t utf8_decode(const char *at, size_t length);
/* Writes a code point, 1 to 4 bytes. */
size_t utf8_encode(char out[4], uint32_t point);
/* The code point of a byte in Windows-1252, which has Latin-1 in it; 0: of none. */
uint32_t utf8_of_windows_1252(unsigned char byte);
/* Columns on a terminal: 0 (combining), 1, or 2 (East Asian wide, emoji); -1 for a control. */
int utf8_columns(uint32_t point);
/* Columns of a text; controls and broken bytes count 1, as they are shown as a mark. */
size_t utf8_width(const char *at, size_t length);

#endif
