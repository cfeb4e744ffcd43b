/* SPDX-License-Identifier: Apache-2.0 */
/* How values stand in the buffers of an array. Buffers of others need not be aligned. */
#ifndef TW_ARROW_LAYOUT_H
#define TW_ARROW_LAYOUT_H

#include <string.h>

#include "arrow/type.h"

enum { LAYOUT_SHORT = 12 }; /* a view of no more bytes holds them itself */

struct layout_view {
	int32_t length;
	char prefix[4]; /* and what follows, of a short one */
	int32_t buffer, offset;
};

static inline bool layout_bit(const void *buffer, int64_t at)
{
	return ((const uint8_t *)buffer)[at >> 3] >> (at & 7) & 1;
}

/* An offset of 4 bytes, or of 8. */
static inline int64_t layout_offset(const void *buffer, bool wide, int64_t at)
{
	int64_t value;
	int32_t narrow;
	if (wide) {
		memcpy(&value, (const char *)buffer + 8 * at, sizeof value);
		return value;
	}
	memcpy(&narrow, (const char *)buffer + 4 * at, sizeof narrow);
	return narrow;
}

/* A whole number of 8 to 64 bits; of an unsigned one the bits are those of the result. */
static inline int64_t layout_int(const void *buffer, unsigned bits, bool has_sign, int64_t at)
{
	const char *from = (const char *)buffer + at * (bits / 8);
	uint64_t value = 0;
	uint8_t one;
	uint16_t two;
	uint32_t four;
	switch (bits) {
	case 8:
		memcpy(&one, from, 1);
		value = has_sign ? (uint64_t)(int8_t)one : one;
		break;
	case 16:
		memcpy(&two, from, 2);
		value = has_sign ? (uint64_t)(int16_t)two : two;
		break;
	case 32:
		memcpy(&four, from, 4);
		value = has_sign ? (uint64_t)(int32_t)four : four;
		break;
	default:
		memcpy(&value, from, 8);
	}
	return (int64_t)value;
}

static inline bool layout_has_validity(const struct type *type)
{
	return type->kind != TYPE_NULL && type->kind != TYPE_RUNS && type->kind != TYPE_OTHER;
}

/* How many buffers an array of the type has; of views at the least. */
static inline int64_t layout_buffers(const struct type *type)
{
	switch (type->kind) {
	case TYPE_NULL:
	case TYPE_RUNS:
	case TYPE_OTHER:
		return 0;
	case TYPE_STRUCT:
	case TYPE_FIXED_LIST:
		return 1;
	case TYPE_TEXT:
	case TYPE_LARGE_TEXT:
	case TYPE_BINARY:
	case TYPE_LARGE_BINARY:
	case TYPE_TEXT_VIEW:
	case TYPE_BINARY_VIEW:
	case TYPE_LIST_VIEW:
	case TYPE_LARGE_LIST_VIEW:
		return 3;
	default:
		return 2;
	}
}

#endif
