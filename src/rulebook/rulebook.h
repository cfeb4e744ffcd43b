/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rulebook file: a header, a table of sections, sections. Position-free:
 * offsets, never pointers; little-endian fixed-width integers. Everything is
 * bounds-checked once, on opening, and trusted after.
 */
#ifndef TW_RULEBOOK_RULEBOOK_H
#define TW_RULEBOOK_RULEBOOK_H

#include "tidewaiter.h"

#define RULEBOOK_TAG(a, b, c, d)                                                                   \
	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* Writing: sections are copied, aligned to 16 bytes. All functions return enum tw_code. */
struct rulebook_writer;
int rulebook_writer_new(struct rulebook_writer **out);
void rulebook_writer_free(struct rulebook_writer *writer);
int rulebook_writer_add(struct rulebook_writer *writer, uint32_t tag, const void *data,
			size_t size);
/*
 * The finished file in malloc'ed memory; days as "2026-10-09". Its fingerprint is over both days
 * and all sections, so that two rulebooks that answer differently never bear the same one.
 */
int rulebook_writer_finish(void **out, size_t *size, struct rulebook_writer *writer,
			   const char *edition, const char *known_on);

/* A section's bytes (16-byte aligned) or NULL. */
const void *rulebook_section(const tw_rulebook *rulebook, uint32_t tag, size_t *size);

/* Open one that was built into a program: its bytes are not checked again. */
int rulebook_built_in(tw_rulebook **out, const void *data, size_t size, struct tw_error *error);

/* The act at an index; TW_NOT_FOUND behind the last. */
int rulebook_instrument(const tw_rulebook *rulebook, size_t index, struct tw_instrument *out);

/* Open a rulebook in heap memory and own it (also freed when opening fails). */
int rulebook_adopt(tw_rulebook **out, void *data, size_t size, struct tw_error *error);

#endif
