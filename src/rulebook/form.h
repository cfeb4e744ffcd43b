/* SPDX-License-Identifier: Apache-2.0 */
/* The outer form of a rulebook file. */
#ifndef TW_RULEBOOK_FORM_H
#define TW_RULEBOOK_FORM_H

#include "rulebook.h"

#define RULEBOOK_MAGIC "TWRBOOK\n"
#define RULEBOOK_VERSION 5u
#define RULEBOOK_SECTIONS 64u
#define RULEBOOK_ALIGN 16u
#define RULEBOOK_ORDER UINT32_C(0x01020304) /* reads so in the byte order of the writer */

struct file_header {
	char magic[8];
	uint32_t order, version, section_count, reserved;
	uint64_t size;
	char edition[16], known_on[16];
	char sha256[72];      /* over edition, known_on and all sections: what was compiled */
	uint8_t checksum[32]; /* SHA-256 of the file with this field zero */
};

struct file_section {
	uint32_t tag, reserved;
	uint64_t offset, size;
};

#endif
