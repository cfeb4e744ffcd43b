/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts in room of a fixed size. What does not fit is never dropped in silence:
 * the text then ends in "...", after a whole character, and the functions
 * return false. Room is made so that what the law says always fits, which the
 * tests hold (tests/properties/whole.py).
 */
#ifndef TW_COMMON_FIT_H
#define TW_COMMON_FIT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* As snprintf. */
bool fit_print(char *out, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool fit_vprint(char *out, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
/* Behind what stands in `out` already. */
bool fit_add(char *out, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* The text of size - 1 bytes was cut: ends it after a whole character with the mark. */
void fit_mark(char *out, size_t size);

#endif
