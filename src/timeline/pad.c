/* SPDX-License-Identifier: Apache-2.0 */
/* A list of blocks, see pad.h. */
#include "timeline/pad.h"

#include "rulebook/layout.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

struct pad_block {
	struct pad_block *next;
	size_t size;
	alignas(max_align_t) unsigned char at[];
};

/* The next block that is kept, where it is large enough, or a new one before it. */
static bool next_block(struct pad *pad, size_t size)
{
	struct pad_block *next = pad->now ? pad->now->next : pad->first;
	if (!next || next->size < size) {
		size_t room = size > BLOCK ? size : BLOCK;
		struct pad_block *block = malloc(sizeof *block + room);
		if (!block)
			return false;
		*block = (struct pad_block){next, room};
		*(pad->now ? &pad->now->next : &pad->first) = block;
		next = block;
	}
	pad->now = next;
	pad->used = 0;
	return true;
}

void *pad_alloc(struct pad *pad, size_t count, size_t size)
{
	const size_t align = alignof(max_align_t);
	if (size && count > (SIZE_MAX / 2) / size)
		return NULL;
	size_t room = (count * size + align - 1) / align * align;
	if ((!pad->now || pad->now->size - pad->used < room) && !next_block(pad, room))
		return NULL;
	pad->used += room;
	return pad->now->at + pad->used - room;
}

char *pad_text(struct pad *pad, const char *at, size_t length)
{
	char *copy = pad_alloc(pad, length + 1, 1);
	if (copy && length)
		memcpy(copy, at, length);
	if (copy)
		copy[length] = '\0';
	return copy;
}

void pad_fix(struct pad *pad, const tw_rulebook *rulebook)
{
	size_t size;
	pad->fixed = rulebook_section(rulebook, RB_TAG_STRINGS, &size);
	pad->fixed_end = pad->fixed ? pad->fixed + size : NULL;
}

bool pad_is_fixed(const struct pad *pad, const char *text)
{
	return (uintptr_t)text >= (uintptr_t)pad->fixed &&
	       (uintptr_t)text < (uintptr_t)pad->fixed_end;
}

void pad_reset(struct pad *pad)
{
	pad->now = NULL;
	pad->used = 0;
}

void pad_free(struct pad *pad)
{
	while (pad->first) {
		struct pad_block *next = pad->first->next;
		free(pad->first);
		pad->first = next;
	}
	pad_reset(pad);
}
