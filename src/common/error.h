/* SPDX-License-Identifier: Apache-2.0 */
/* How an error is said: one way to fill struct tw_error. `error` may be NULL everywhere. */
#ifndef TW_COMMON_ERROR_H
#define TW_COMMON_ERROR_H

#include <stdarg.h>

#include "tidewaiter.h"

/* Fills the error, without a place; a text that does not fit ends in "...". Returns the code. */
int error_set(struct tw_error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
int error_vset(struct tw_error *error, int code, const char *format, va_list arguments);
/* The same at a place: line and column from 1 on, 0 where there is none. */
int error_at(struct tw_error *error, int code, const char *file, int line, int column,
	     const char *format, ...) __attribute__((format(printf, 6, 7)));
int error_vat(struct tw_error *error, int code, const char *file, int line, int column,
	      const char *format, va_list arguments);
/* Names the file of an error that was filled without one. */
void error_in(struct tw_error *error, const char *file);
/* TW_NO_MEMORY, and so it says. */
static inline int error_memory(struct tw_error *error)
{
	error_set(error, TW_NO_MEMORY, "out of memory");
	return TW_NO_MEMORY;
}

/* TW_BAD_ARGUMENT: what is called `name` in the header was NULL. */
int error_null(struct tw_error *error, const char *name);
/*
 * Of a struct of the caller that may grow: TW_OK where its size is one that it had, from the first
 * that was published to that of this library; else TW_BAD_ARGUMENT with all sizes.
 */
struct error_sizes {
	const char *name, *fill; /* "tw_line", "TW_LINE_INIT" */
	size_t first, known;
};
int error_size(struct tw_error *error, const struct error_sizes *sizes, size_t given);

#endif
