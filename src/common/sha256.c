/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 by the text of FIPS 180-4. Owns nothing; never allocates. */
#include "common/sha256.h"

#include <string.h>

/* First 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2). */
static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static uint32_t read_word(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* One round (6.2.2). The eight words do not move: the roles of their places do. */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                           \
	do {                                                                                       \
		uint32_t one = (h) + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) +                    \
			       ((g) ^ ((e) & ((f) ^ (g)))) + K[i] + w[(i)&15];                     \
		(d) += one;                                                                        \
		(h) = one + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) +                             \
		      (((a) & (b)) | ((c) & ((a) | (b))));                                         \
	} while (0)

/* The word of the schedule that takes the place of one 16 rounds before it. */
static void extend(uint32_t w[16], size_t i)
{
	uint32_t a = w[(i + 1) & 15], b = w[(i + 14) & 15];
	w[i & 15] += (turn(a, 7) ^ turn(a, 18) ^ a >> 3) + w[(i + 9) & 15] +
		     (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
}

static void compress(struct sha256 *hash, const uint8_t *block)
{
	uint32_t w[16], *s = hash->state;
	uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
	for (size_t i = 0; i < 16; i++)
		w[i] = read_word(block + 4 * i);
	for (size_t i = 0; i < 64; i += 8) {
		for (size_t k = i; i >= 16 && k < i + 8; k++)
			extend(w, k);
		ROUND(a, b, c, d, e, f, g, h, i);
		ROUND(h, a, b, c, d, e, f, g, i + 1);
		ROUND(g, h, a, b, c, d, e, f, i + 2);
		ROUND(f, g, h, a, b, c, d, e, i + 3);
		ROUND(e, f, g, h, a, b, c, d, i + 4);
		ROUND(d, e, f, g, h, a, b, c, i + 5);
		ROUND(c, d, e, f, g, h, a, b, i + 6);
		ROUND(b, c, d, e, f, g, h, a, i + 7);
	}
	s[0] += a;
	s[1] += b;
	s[2] += c;
	s[3] += d;
	s[4] += e;
	s[5] += f;
	s[6] += g;
	s[7] += h;
}

void sha256_begin(struct sha256 *hash)
{
	static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					  0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
	memset(hash, 0, sizeof *hash);
	memcpy(hash->state, start, sizeof start);
}

void sha256_add(struct sha256 *hash, const void *data, size_t size)
{
	const uint8_t *at = data;
	hash->length += size;
	while (size > 0) {
		if (hash->used == 0 && size >= 64) {
			compress(hash, at);
			at += 64;
			size -= 64;
			continue;
		}
		size_t room = 64 - hash->used, take = size < room ? size : room;
		memcpy(hash->block + hash->used, at, take);
		hash->used += take;
		at += take;
		size -= take;
		if (hash->used == 64) {
			compress(hash, hash->block);
			hash->used = 0;
		}
	}
}

void sha256_end(uint8_t out[32], struct sha256 *hash)
{
	uint64_t bits = hash->length * 8;
	uint8_t pad[72] = {0x80};
	size_t size = (hash->used < 56 ? 56 : 120) - hash->used;
	for (size_t i = 0; i < 8; i++)
		pad[size + i] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_add(hash, pad, size + 8);
	for (size_t i = 0; i < 32; i++)
		out[i] = (uint8_t)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_print(char out[65], const uint8_t digest[32])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < 32; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[64] = '\0';
}

void sha256_hex(char out[65], const void *data, size_t size)
{
	struct sha256 hash;
	uint8_t digest[32];
	sha256_begin(&hash);
	sha256_add(&hash, data, size);
	sha256_end(digest, &hash);
	sha256_print(out, digest);
}
