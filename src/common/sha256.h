/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4), for the checksum of a rulebook and the edition of the law. */
#ifndef TW_COMMON_SHA256_H
#define TW_COMMON_SHA256_H

#include <stddef.h>
#include <stdint.h>

struct sha256 {
	uint32_t state[8];
	uint64_t length;
	uint8_t block[64];
	size_t used;
};

void sha256_begin(struct sha256 *hash);
void sha256_add(struct sha256 *hash, const void *data, size_t size);
void sha256_end(uint8_t out[32], struct sha256 *hash);
/* 64 lower-case hex digits and a terminator. */
void sha256_print(char out[65], const uint8_t digest[32]);
/* The digest of bytes in memory as hex. */
void sha256_hex(char out[65], const void *data, size_t size);

#endif
