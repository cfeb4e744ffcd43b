/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a rulebook file: collects sections in memory and lays them out.
 * Knows nothing of what the sections hold.
 */
#include "common/sha256.h"
#include "rulebook/form.h"

#include <stdlib.h>
#include <string.h>

struct section {
	uint32_t tag;
	void *data;
	size_t size;
};

struct rulebook_writer {
	struct section section[RULEBOOK_SECTIONS];
	size_t count;
};

int rulebook_writer_new(struct rulebook_writer **out)
{
	*out = calloc(1, sizeof **out);
	return *out ? TW_OK : TW_NO_MEMORY;
}

void rulebook_writer_free(struct rulebook_writer *writer)
{
	if (!writer)
		return;
	for (size_t i = 0; i < writer->count; i++)
		free(writer->section[i].data);
	free(writer);
}

int rulebook_writer_add(struct rulebook_writer *writer, uint32_t tag, const void *data, size_t size)
{
	if (writer->count == RULEBOOK_SECTIONS)
		return TW_BAD_ARGUMENT;
	struct section *section = &writer->section[writer->count];
	section->data = malloc(size != 0 ? size : 1);
	if (!section->data)
		return TW_NO_MEMORY;
	if (size != 0)
		memcpy(section->data, data, size);
	section->tag = tag;
	section->size = size;
	writer->count++;
	return TW_OK;
}

static size_t align(size_t size)
{
	return (size + RULEBOOK_ALIGN - 1) & ~(size_t)(RULEBOOK_ALIGN - 1);
}

/* Over what was compiled, wherever the sections lie. */
static void fingerprint(char out[65], const struct rulebook_writer *writer,
			const struct file_header *header)
{
	uint8_t digest[32];
	struct sha256 hash;
	sha256_begin(&hash);
	sha256_add(&hash, header->edition, sizeof header->edition);
	sha256_add(&hash, header->known_on, sizeof header->known_on);
	for (size_t i = 0; i < writer->count; i++) {
		const struct section *section = &writer->section[i];
		uint64_t size = section->size;
		sha256_add(&hash, &section->tag, sizeof section->tag);
		sha256_add(&hash, &size, sizeof size);
		sha256_add(&hash, section->data, section->size);
	}
	sha256_end(digest, &hash);
	sha256_print(out, digest);
}

int rulebook_writer_finish(void **out, size_t *size, struct rulebook_writer *writer,
			   const char *edition, const char *known_on)
{
	size_t total =
	    align(sizeof(struct file_header) + writer->count * sizeof(struct file_section));
	for (size_t i = 0; i < writer->count; i++)
		total += align(writer->section[i].size);
	uint8_t *bytes = calloc(1, total);
	if (!bytes)
		return TW_NO_MEMORY;
	struct file_header *header = (struct file_header *)(void *)bytes;
	struct file_section *table = (struct file_section *)(void *)(bytes + sizeof *header);
	memcpy(header->magic, RULEBOOK_MAGIC, sizeof header->magic);
	header->order = RULEBOOK_ORDER;
	header->version = RULEBOOK_VERSION;
	header->section_count = (uint32_t)writer->count;
	header->size = total;
	strncpy(header->edition, edition, sizeof header->edition - 1);
	strncpy(header->known_on, known_on, sizeof header->known_on - 1);
	fingerprint(header->sha256, writer, header);
	size_t at = align(sizeof *header + writer->count * sizeof *table);
	for (size_t i = 0; i < writer->count; i++) {
		const struct section *section = &writer->section[i];
		table[i] = (struct file_section){section->tag, 0, at, section->size};
		memcpy(bytes + at, section->data, section->size);
		at += align(section->size);
	}
	rulebook_checksum(header->checksum, bytes, total);
	*out = bytes;
	*size = total;
	return TW_OK;
}
