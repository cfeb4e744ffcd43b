/* SPDX-License-Identifier: Apache-2.0 */
/*
 * "Did you mean": the names nearest in spelling to a text, by the number of
 * single-letter edits. A scan of all names; for a person who asks, never for
 * a line.
 */
#include "common/spelling.h"
#include "screen/scan.h"

#include <stdlib.h>

#define NEAREST_LENGTH 96 /* longer keys are cut */

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
		size_t most = (length > key_length ? length : key_length) / 2;
		struct match_nearest entry = {.substance = owners[i],
					      .name = section_text(section, names[i]),
					      .distance = (unsigned)spelling_distance(
						  (struct tw_text){(const char *)fold->key, length},
						  (struct tw_text){key, key_length}, most)};
		if (entry.distance <= most)
			count = insert(out, count, capacity, entry);
	}
	return count;
}
