/* SPDX-License-Identifier: Apache-2.0 */
/* The outer form of a rulebook file. */
#ifndef TW_RULEBOOK_FORM_H
#define TW_RULEBOOK_FORM_H

#include "rulebook.h"

#define RULEBOOK_MAGIC "TWRBOOK\n"
#define RULEBOOK_VERSION 1u
#define RULEBOOK_SECTIONS 64u
#define RULEBOOK_ALIGN 16u

struct file_header {
	char magic[8];
	uint32_t version, section_count;
	uint64_t size;
	char edition[16];
	char law_sha256[72];
	uint8_t checksum[32]; /* SHA-256 of the file with this field zero */
	uint64_t reserved;
};

struct file_section {
	uint32_t tag, reserved;
	uint64_t offset, size;
};

#endif
