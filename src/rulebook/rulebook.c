/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a rulebook: mapped or in memory, outer form and checksum tested, the
 * duty sections handed to layout.c. Never parses law.
 */
#include "form.h"
#include "layout.h"
#include "sha256.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct tw_rulebook {
	const uint8_t *bytes;
	size_t size;
	void *mapped; /* NULL when the memory is the caller's */
	void *owned;  /* heap memory freed on closing, or NULL */
	const struct file_section *table;
	uint32_t section_count;
	char edition[16], known_on[16], sha256[65];
	struct rb layout;
};

static int fail(struct tw_error *error, int code, const char *text)
{
	if (error != NULL) {
		memset(error, 0, sizeof *error);
		error->code = code;
		snprintf(error->message, sizeof error->message, "%s", text);
	}
	return code;
}

static bool checksum_right(const uint8_t *bytes, size_t size)
{
	struct file_header header;
	uint8_t digest[32];
	struct sha256 hash;
	memcpy(&header, bytes, sizeof header);
	uint8_t expected[32];
	memcpy(expected, header.checksum, sizeof expected);
	memset(header.checksum, 0, sizeof header.checksum);
	sha256_begin(&hash);
	sha256_add(&hash, &header, sizeof header);
	sha256_add(&hash, bytes + sizeof header, size - sizeof header);
	sha256_end(digest, &hash);
	return memcmp(digest, expected, sizeof digest) == 0;
}

/* The header and the table of sections. */
static int open_form(tw_rulebook *book, struct tw_error *error)
{
	struct file_header header;
	if (book->size < sizeof header)
		return fail(error, TW_BAD_RULEBOOK, "too short for a rulebook");
	if ((uintptr_t)book->bytes % RULEBOOK_ALIGN != 0)
		return fail(error, TW_BAD_ARGUMENT,
			    "a rulebook in memory must be aligned to 16 bytes");
	memcpy(&header, book->bytes, sizeof header);
	if (memcmp(header.magic, RULEBOOK_MAGIC, sizeof header.magic) != 0)
		return fail(error, TW_BAD_RULEBOOK,
			    "not a rulebook: make one with `tidewaiter law compile`");
	if (header.order != RULEBOOK_ORDER)
		return fail(error, TW_BAD_RULEBOOK,
			    "a rulebook in the byte order of another machine: compile the law "
			    "on this one");
	if (header.version != RULEBOOK_VERSION)
		return fail(error, TW_BAD_RULEBOOK,
			    "a rulebook of another format version: compile the law again");
	if (header.size != book->size || header.section_count > RULEBOOK_SECTIONS ||
	    sizeof header + header.section_count * sizeof(struct file_section) > book->size)
		return fail(error, TW_BAD_RULEBOOK, "the rulebook is cut short or damaged");
	book->table = (const struct file_section *)(const void *)(book->bytes + sizeof header);
	book->section_count = header.section_count;
	for (uint32_t i = 0; i < header.section_count; i++) {
		const struct file_section *section = &book->table[i];
		if (section->offset % RULEBOOK_ALIGN != 0 || section->offset > book->size ||
		    section->size > book->size - section->offset)
			return fail(error, TW_BAD_RULEBOOK,
				    "a section of the rulebook lies outside it");
	}
	memcpy(book->edition, header.edition, sizeof book->edition - 1);
	memcpy(book->known_on, header.known_on, sizeof book->known_on - 1);
	memcpy(book->sha256, header.sha256, sizeof book->sha256 - 1);
	return TW_OK;
}

static int open_bytes(tw_rulebook *book, bool trusted, struct tw_error *error)
{
	int code = open_form(book, error);
	if (code != TW_OK)
		return code;
	if (trusted)
		return layout_trust(&book->layout, book, error);
	if (!checksum_right(book->bytes, book->size))
		return fail(error, TW_BAD_RULEBOOK,
			    "the rulebook's checksum is wrong: it was changed");
	return layout_open(&book->layout, book, error);
}

int tw_rulebook_from_memory(tw_rulebook **out, const void *data, size_t size,
			    struct tw_error *error)
{
	*out = NULL;
	tw_rulebook *book = calloc(1, sizeof *book);
	if (book == NULL)
		return fail(error, TW_NO_MEMORY, "out of memory");
	book->bytes = data;
	book->size = size;
	int code = open_bytes(book, false, error);
	if (code != TW_OK) {
		free(book);
		return code;
	}
	*out = book;
	return TW_OK;
}

int rulebook_adopt(tw_rulebook **out, void *data, size_t size, struct tw_error *error)
{
	int code = tw_rulebook_from_memory(out, data, size, error);
	if (code == TW_OK)
		(*out)->owned = data;
	else
		free(data);
	return code;
}

int tw_rulebook_open(tw_rulebook **out, const char *path, struct tw_error *error)
{
	void *mapped = MAP_FAILED;
	struct stat info;
	int code, file = open(path, O_RDONLY | O_CLOEXEC);
	*out = NULL;
	if (file < 0 || fstat(file, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size <= 0) {
		code = fail(error, TW_BAD_FILE,
			    errno != 0 && file < 0 ? strerror(errno) : "not a regular file");
		goto done;
	}
	mapped = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (mapped == MAP_FAILED) {
		code = fail(error, TW_BAD_FILE, strerror(errno));
		goto done;
	}
	code = tw_rulebook_from_memory(out, mapped, (size_t)info.st_size, error);
	if (code == TW_OK)
		(*out)->mapped = mapped;
	else
		munmap(mapped, (size_t)info.st_size);
done:
	if (file >= 0)
		close(file);
	if (code != TW_OK && error != NULL)
		snprintf(error->file, sizeof error->file, "%s", path);
	return code;
}

void tw_rulebook_close(tw_rulebook *book)
{
	if (book == NULL)
		return;
	if (book->mapped != NULL)
		munmap(book->mapped, book->size);
	free(book->owned);
	free(book);
}

#ifdef TW_EMBEDDED
#include <pthread.h>

extern const uint8_t tw_embedded_rulebook[];
extern const uint8_t tw_embedded_rulebook_end[];

static tw_rulebook embedded;
static int embedded_code;
static struct tw_error embedded_error;
static pthread_once_t embedded_once = PTHREAD_ONCE_INIT;

static void open_embedded(void)
{
	embedded.bytes = tw_embedded_rulebook;
	embedded.size = (size_t)(tw_embedded_rulebook_end - tw_embedded_rulebook);
	embedded_code = open_bytes(&embedded, true, &embedded_error);
}

int tw_rulebook_default(const tw_rulebook **out, struct tw_error *error)
{
	pthread_once(&embedded_once, open_embedded);
	*out = embedded_code == TW_OK ? &embedded : NULL;
	if (embedded_code != TW_OK && error != NULL)
		*error = embedded_error;
	return embedded_code;
}
#endif

const char *tw_rulebook_edition(const tw_rulebook *book)
{
	return book->edition;
}

const char *tw_rulebook_known_on(const tw_rulebook *book)
{
	return book->known_on;
}

const char *tw_rulebook_sha256(const tw_rulebook *book)
{
	return book->sha256;
}

int tw_rulebook_instrument(const tw_rulebook *book, const char *id, struct tw_instrument *out)
{
	const struct rb *rb = &book->layout;
	for (uint32_t i = 0; i < rb->instrument_count; i++) {
		const struct rb_instrument *x = &rb->instruments[i];
		if (strcmp(rb_text(rb, x->id), id) != 0)
			continue;
		*out = (struct tw_instrument){rb_text(rb, x->id), rb_text(rb, x->title),
					      rb_text(rb, x->kind), rb_text(rb, x->cite),
					      rb_text(rb, x->url)};
		return TW_OK;
	}
	return TW_NOT_FOUND;
}

const void *rulebook_section(const tw_rulebook *book, uint32_t tag, size_t *size)
{
	for (uint32_t i = 0; i < book->section_count; i++)
		if (book->table[i].tag == tag) {
			*size = book->table[i].size;
			return book->bytes + book->table[i].offset;
		}
	*size = 0;
	return NULL;
}

const struct rb *rulebook_layout(const tw_rulebook *book)
{
	return &book->layout;
}
