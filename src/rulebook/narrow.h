/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tables of narrow numbers inside a rulebook: records of a few unsigned
 * fields, each field as many bytes wide as its largest number asks for. Read
 * in place, one load a number; nothing is unpacked. Knows nothing of what the
 * numbers mean.
 */
#ifndef TW_RULEBOOK_NARROW_H
#define TW_RULEBOOK_NARROW_H

#include "common/ahead.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define NARROW_FIELDS 11

/* What a section begins with; records follow, then NARROW_TAIL bytes, so that four can be loaded
   at every number. */
struct narrow_head {
	uint32_t count;
	uint8_t fields, width[NARROW_FIELDS]; /* bytes, 0 to 4; 0: every number is 0 */
};
#define NARROW_TAIL 4

/* One field of an open table. */
struct narrow {
	const uint8_t *at;
	uint32_t stride, mask;
};

/* The number of record index, which the caller knows to be below the count. */
static inline uint32_t narrow_get(const struct narrow *field, size_t index)
{
	uint32_t number;
	memcpy(&number, field->at + index * field->stride, sizeof number);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	number = __builtin_bswap32(number);
#endif
	return number & field->mask;
}

/* Ask for the number of a record before it is read. */
static inline void narrow_prefetch(const struct narrow *field, size_t index)
{
	ahead_of(field->at, index * field->stride);
}

/* Is each number of the field below the limit? */
bool narrow_below(const struct narrow *field, uint32_t count, uint32_t limit);

/* Open a section of so many fields; false: it is not one, or ends before its records do. */
bool narrow_open(struct narrow *field, size_t fields, uint32_t *count, const void *section,
		 size_t size);

/* The bytes of a section of count records of fields numbers each, in malloc'ed memory, or NULL. */
void *narrow_make(size_t *size, const uint32_t *numbers, size_t count, size_t fields);

#endif
