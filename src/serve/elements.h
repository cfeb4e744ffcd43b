/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON as lines: an object, or the objects of an array, each on a line of its own, as the readers
 * of lines take them. Keeps a few bytes, whatever comes. What an object says is theirs to read.
 */
#ifndef TW_SERVE_ELEMENTS_H
#define TW_SERVE_ELEMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ELEMENTS_DEPTH = 64 };

struct elements {
	enum { ELEMENTS_BEGIN, ELEMENTS_FIRST, ELEMENTS_NEXT, ELEMENTS_AFTER, ELEMENTS_DONE } at;
	bool is_array, in_string, is_escaped;
	unsigned depth;
	uint64_t count, offset; /* elements that are whole; bytes that were taken */
	const char *wrong;      /* what is wrong at the offset; NULL: nothing */
};

/* Begins with zeros. Takes all of `in` unless something is wrong; `out` has room for twice as much.
   Returns what it wrote. */
size_t elements_take(struct elements *elements, char *out, const char *in, size_t length);
/* After the last byte: whether the text is whole. */
bool elements_end(struct elements *elements);

#endif
