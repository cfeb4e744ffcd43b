/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Arrays that are held back: written to a temporary file and read again, of
 * any type that type.h knows. What is read is an array of its own, from slot 0
 * on. The file never leaves the process.
 */
#ifndef TW_ARROW_SPOOL_H
#define TW_ARROW_SPOOL_H

#include <stdio.h>

#include "arrow/type.h"

/* Whether arrays of the type can be held back. */
bool spool_holds(const struct type *type);
/* `count` values from a slot on, before the array's offset is added. Checked by type_check. */
int spool_put(FILE *file, const struct type *type, const struct ArrowArray *array, int64_t at,
	      int64_t count, struct tw_error *error);
/* The next of what was put. */
int spool_get(struct ArrowArray *out, FILE *file, const struct type *type, struct tw_error *error);

#endif
