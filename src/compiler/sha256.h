/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4) of bytes in memory, as 64 hex digits. */
#ifndef TW_SHA256_H
#define TW_SHA256_H

#include <stddef.h>

void sha256_hex(char out[65], const void *data, size_t size);

#endif
