/* SPDX-License-Identifier: Apache-2.0 */
#include "findings/phrases.h"

#include <stdlib.h>
#include <string.h>

#include "common/eight.h"
#include "common/wide.h"

static uint32_t hash_of(const char *text, size_t length)
{
	uint64_t hash = UINT64_C(0xCBF29CE484222325) ^ length;
	for (; length >= 8; text += 8, length -= 8) {
		hash = (hash ^ eight_load(text)) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	for (; length; text++, length--)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001B3);
	return (uint32_t)(hash ^ hash >> 32);
}

static bool open_phrases(struct phrases *phrases)
{
	phrases->slot = calloc(PHRASES_SLOTS, sizeof *phrases->slot);
	phrases->text =
	    phrases->slot ? wide_new(&phrases->memory, PHRASES_ROOM + PHRASES_SLACK) : NULL;
	if (phrases->text)
		return true;
	phrases_free(phrases);
	return false;
}

/* Where it is, or would be: there is always a free slot. */
static struct phrase *slot_of(const struct phrases *phrases, uint32_t hash, const char *text,
			      size_t length)
{
	for (uint32_t i = hash;; i++) {
		struct phrase *slot = &phrases->slot[i % PHRASES_SLOTS];
		if (!slot->length || (slot->hash == hash && slot->length == length &&
				      !memcmp(phrases->text + slot->at, text, length)))
			return slot;
	}
}

bool phrases_keep(uint32_t *at, struct phrases *phrases, const char *text, size_t length)
{
	*at = 0;
	if (!phrases->slot && !open_phrases(phrases))
		return false;
	if (!length)
		return true;
	uint32_t hash = hash_of(text, length);
	struct phrase *slot = slot_of(phrases, hash, text, length);
	if (!slot->length) {
		if (length > PHRASES_ROOM - phrases->used ||
		    phrases->count == PHRASES_SLOTS / 4 * 3)
			return false;
		memcpy(phrases->text + phrases->used, text, length);
		*slot = (struct phrase){hash, phrases->used, (uint32_t)length};
		phrases->used += (uint32_t)length;
		phrases->count++;
	}
	*at = slot->at;
	return true;
}

bool phrases_are_full(const struct phrases *phrases)
{
	return phrases->used > PHRASES_ROOM - PHRASES_LEAST || phrases->count > PHRASES_SLOTS / 2;
}

void phrases_forget(struct phrases *phrases)
{
	if (phrases->slot)
		memset(phrases->slot, 0, PHRASES_SLOTS * sizeof *phrases->slot);
	phrases->used = phrases->count = 0;
}

void phrases_free(struct phrases *phrases)
{
	free(phrases->slot);
	free(phrases->memory);
	*phrases = (struct phrases){0};
}
