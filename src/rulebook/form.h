/* SPDX-License-Identifier: Apache-2.0 */
/* The outer form of a rulebook file. */
#ifndef TW_RULEBOOK_FORM_H
#define TW_RULEBOOK_FORM_H

#include "rulebook/rulebook.h"

#define RULEBOOK_MAGIC "TWRBOOK\n"
#define RULEBOOK_VERSION 15u
#define RULEBOOK_MOST ((int64_t)1 << 30) /* bytes of a file */
#define RULEBOOK_SECTIONS 64u
#define RULEBOOK_ALIGN 16u
#define RULEBOOK_ORDER UINT32_C(0x01020304) /* reads so in the byte order of the writer */

struct file_header {
	char magic[8];
	uint32_t order, version, section_count, reserved;
	uint64_t size;
	char edition[16], known_on[16];
	char sha256[72];      /* over edition, known_on and all sections: what was compiled */
	uint8_t checksum[32]; /* rulebook_checksum of the file, this field zero */
};

/* Of at least a header's bytes, in 64-bit words as this machine reads them. */
void rulebook_checksum(uint8_t out[32], const uint8_t *bytes, size_t size);

struct file_section {
	uint32_t tag, reserved;
	uint64_t offset, size;
};

#endif
