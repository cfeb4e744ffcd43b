/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Did you mean": the names nearest in spelling to a text, by the number of
 * single-letter edits. A scan of all names; for a person who asks, never for
 * a line.
 */
#include "scan.h"

#include <stdlib.h>

#define NEAREST_LENGTH 96 /* longer keys are cut */

/* Insertions, deletions, substitutions and swaps between two keys. */
static unsigned distance(const uint8_t *a, size_t a_length, const uint8_t *b, size_t b_length)
{
	unsigned row[3][NEAREST_LENGTH + 1];
	for (size_t j = 0; j <= b_length; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_length; i++) {
		unsigned *now = row[i % 3];
		const unsigned *last = row[(i + 2) % 3], *before = row[(i + 1) % 3];
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b_length; j++) {
			unsigned best = last[j - 1] + (a[i - 1] != b[j - 1]);
			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
	}
	return row[a_length % 3][b_length];
}

/* Keep the list sorted, one entry a substance. */
static size_t insert(struct match_nearest *out, size_t count, size_t capacity,
		     struct match_nearest entry)
{
	for (size_t i = 0; i < count; i++) {
		if (out[i].substance != entry.substance)
			continue;
		if (out[i].distance <= entry.distance)
			return count;
		memmove(out + i, out + i + 1, (count - i - 1) * sizeof *out);
		count--;
		break;
	}
	size_t at = count;
	while (at > 0 && out[at - 1].distance > entry.distance)
		at--;
	if (at == capacity)
		return count;
	if (count == capacity)
		count--;
	memmove(out + at + 1, out + at, (count - at) * sizeof *out);
	out[at] = entry;
	return count + 1;
}

size_t match_nearest(struct match_nearest *out, size_t capacity, const void *data,
		     struct match_scratch *scratch, struct tw_text text)
{
	const struct section *section = data;
	const uint32_t *names = section_at(section, section->names);
	const uint32_t *keys = section_at(section, section->keys);
	const uint32_t *owners = section_at(section, section->owners);
	struct fold *fold = match_scratch_fold(scratch);
	size_t count = 0;
	fold_text(fold, text, FOLD_GREEK_SPELLED);
	size_t length = fold->length < NEAREST_LENGTH ? fold->length : NEAREST_LENGTH;
	if (length == 0 || capacity == 0)
		return 0;
	for (uint32_t i = 0; i < section->names.count; i++) {
		const char *key = section_text(section, keys[i]);
		size_t key_length = strnlen(key, NEAREST_LENGTH);
		struct match_nearest entry = {
		    .substance = owners[i],
		    .name = section_text(section, names[i]),
		    .distance = distance(fold->key, length, (const uint8_t *)key, key_length)};
		size_t longer = length > key_length ? length : key_length;
		if (entry.distance * 2 <= longer)
			count = insert(out, count, capacity, entry);
	}
	return count;
}
