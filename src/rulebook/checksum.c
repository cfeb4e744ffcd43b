/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The checksum of a rulebook file: tells that bytes were changed or lost on
 * the way. Four lanes of 64 bits; within a lane each step is one to one, so
 * that no single changed word leaves the sum as it was. It proves no origin:
 * that the fingerprint is for, and a seal of the file as a whole.
 */
#include "rulebook/form.h"

#include <string.h>

#define LANES 4

static uint64_t mix(uint64_t lane, uint64_t word)
{
	lane = (lane ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return lane << 29 | lane >> 35;
}

static void add(uint64_t lane[LANES], const uint8_t *block)
{
	for (size_t i = 0; i < LANES; i++) {
		uint64_t word;
		memcpy(&word, block + 8 * i, sizeof word);
		lane[i] = mix(lane[i], word);
	}
}

void rulebook_checksum(uint8_t out[32], const uint8_t *bytes, size_t size)
{
	uint64_t lane[LANES] = {size, 1, 2, 3};
	struct file_header header;
	uint8_t rest[8 * LANES] = {0};
	size_t at = sizeof header;
	_Static_assert(sizeof header % sizeof(uint64_t) == 0, "the header is whole words");
	memcpy(&header, bytes, sizeof header);
	memset(header.checksum, 0, sizeof header.checksum);
	for (size_t i = 0; i < sizeof header; i += 8) {
		uint64_t word;
		memcpy(&word, (const uint8_t *)&header + i, sizeof word);
		lane[i / 8 % LANES] = mix(lane[i / 8 % LANES], word);
	}
	for (; size - at >= sizeof rest; at += sizeof rest)
		add(lane, bytes + at);
	memcpy(rest, bytes + at, size - at);
	add(lane, rest);
	/* Each lane of the result is of all. */
	for (size_t round = 0; round < 2; round++)
		for (size_t i = 0; i < LANES; i++)
			lane[i] = mix(lane[i], lane[(i + LANES - 1) % LANES] ^ lane[i] >> 32);
	memcpy(out, lane, sizeof lane);
}
