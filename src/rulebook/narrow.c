/* SPDX-License-Identifier: Apache-2.0 */
/* Opening and making tables of narrow numbers, see narrow.h. */
#include "rulebook/narrow.h"

#include <stdlib.h>

static uint32_t mask_of(unsigned width)
{
	return width >= 4 ? UINT32_MAX : (UINT32_C(1) << 8 * width) - 1;
}

bool narrow_open(struct narrow *field, size_t fields, uint32_t *count, const void *section,
		 size_t size)
{
	struct narrow_head head;
	uint32_t stride = 0, at = 0;
	if (!section || size < sizeof head + NARROW_TAIL || fields > NARROW_FIELDS)
		return false;
	memcpy(&head, section, sizeof head);
	if (head.fields != fields)
		return false;
	for (size_t i = 0; i < NARROW_FIELDS; i++) {
		if (head.width[i] > (i < fields ? 4 : 0))
			return false;
		stride += head.width[i];
	}
	if (size != sizeof head + (size_t)head.count * stride + NARROW_TAIL)
		return false;
	for (size_t i = 0; i < fields; i++) {
		field[i].at = (const uint8_t *)section + sizeof head + at;
		field[i].stride = stride;
		field[i].mask = mask_of(head.width[i]);
		at += head.width[i];
	}
	*count = head.count;
	return true;
}

bool narrow_below(const struct narrow *field, uint32_t count, uint32_t limit)
{
	uint32_t most = 0;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t number = narrow_get(field, i);
		most = number > most ? number : most;
	}
	return count == 0 || most < limit;
}

static uint8_t width_of(uint32_t most)
{
	uint8_t width = 0;
	for (; most != 0; most >>= 8)
		width++;
	return width;
}

void *narrow_make(size_t *size, const uint32_t *numbers, size_t count, size_t fields)
{
	struct narrow_head head = {.count = (uint32_t)count, .fields = (uint8_t)fields};
	size_t stride = 0;
	if (count > UINT32_MAX || fields > NARROW_FIELDS)
		return NULL;
	for (size_t k = 0; k < fields; k++) {
		uint32_t all = 0;
		for (size_t i = 0; i < count; i++)
			all |= numbers[i * fields + k];
		head.width[k] = width_of(all);
		stride += head.width[k];
	}
	*size = sizeof head + count * stride + NARROW_TAIL;
	uint8_t *bytes = calloc(1, *size), *at = bytes;
	if (!bytes)
		return NULL;
	memcpy(at, &head, sizeof head);
	at += sizeof head;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < fields; k++)
			for (unsigned byte = 0; byte < head.width[k]; byte++)
				*at++ = (uint8_t)(numbers[i * fields + k] >> 8 * byte);
	return bytes;
}
