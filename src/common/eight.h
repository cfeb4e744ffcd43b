/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Short texts by eight bytes at once, the first of them lowest. What is read or
 * written behind an end is said of each; what stands there does not matter.
 */
#ifndef TW_COMMON_EIGHT_H
#define TW_COMMON_EIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EIGHT_LOW UINT64_C(0x0101010101010101)
#define EIGHT_HIGH UINT64_C(0x8080808080808080)
#define EIGHT_ZEROS UINT64_C(0x3030303030303030) /* digits */

static inline uint64_t eight_load(const void *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

static inline void eight_store(void *at, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	memcpy(at, &word, sizeof word);
}

/* The first `count` bytes; the others are zero. */
static inline uint64_t eight_first(uint64_t word, size_t count)
{
	return count < 8 ? word & ((UINT64_C(1) << 8 * count) - 1) : word;
}

/* One to eight bytes as the last ones of a word, zeros as digits before them. */
static inline uint64_t eight_last(const char *at, size_t length)
{
	unsigned empty = 64 - 8 * (unsigned)length;
	return eight_load(at) << empty | (EIGHT_ZEROS & ((UINT64_C(1) << empty) - 1));
}

/* Not zero where a byte is under `limit` (at most 0x80), or none is. */
static inline uint64_t eight_below(uint64_t word, uint64_t limit)
{
	return (word - EIGHT_LOW * limit) & ~word & EIGHT_HIGH;
}

/* Where a byte stands first; 8: nowhere. */
static inline size_t eight_find(uint64_t word, unsigned char byte)
{
	uint64_t found = eight_below(word ^ EIGHT_LOW * byte, 1);
	return found ? (size_t)__builtin_ctzll(found) / 8 : 8;
}

static inline bool eight_are_digits(uint64_t word)
{
	return !(((word + UINT64_C(0x4646464646464646)) | (word - EIGHT_ZEROS)) & EIGHT_HIGH);
}

/* The number that eight digits are: pairs, fours, all. */
static inline uint64_t eight_number(uint64_t word)
{
	word -= EIGHT_ZEROS;
	word = word * 10 + (word >> 8);
	uint64_t low = (word & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064);
	uint64_t high =
	    ((word >> 16) & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001);
	return (low + high) >> 32;
}

/* The eight digits of a number under 10^8, as values: fours, pairs, ones. */
static inline uint64_t eight_digits(uint32_t number)
{
	uint64_t fours = number / 10000 | (uint64_t)(number % 10000) << 32;
	uint64_t hundreds = (fours * 10486 >> 20) & UINT64_C(0x0000007F0000007F);
	uint64_t pairs = hundreds | (fours - 100 * hundreds) << 16;
	uint64_t tens = (pairs * 103 >> 10) & UINT64_C(0x000F000F000F000F);
	return tens | (pairs - 10 * tens) << 8;
}

/* Returns the end. Up to 15 bytes more are read and written; for short texts. */
static inline char *eight_copy(char *to, const char *from, size_t length)
{
	for (size_t i = 0; i < length; i += 16)
		memcpy(to + i, from + i, 16);
	return to + length;
}

/* Printable ASCII without quotes and commas? Up to seven bytes more are read. */
static inline bool eight_are_plain(const char *at, size_t length)
{
	uint64_t odd = 0;
	for (size_t i = 0; i < length; i += 8) {
		size_t left = length - i;
		uint64_t word = eight_load(at + i);
		if (left < 8)
			word = eight_first(word, left) | (EIGHT_LOW << 8 * left) * 'a';
		odd |= (word & EIGHT_HIGH) | eight_below(word, 0x20) |
		       eight_below(word ^ EIGHT_LOW * 0x7F, 1) |
		       eight_below(word ^ EIGHT_LOW * '"', 1) |
		       eight_below(word ^ EIGHT_LOW * ',', 1);
	}
	return !odd;
}

#endif
