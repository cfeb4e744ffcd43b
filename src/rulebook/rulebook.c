/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening a rulebook: a file is read into memory. Its outer form and checksum tested, the
 * duty sections handed to layout.c. Never parses law.
 */
#include "rulebook/rulebook.h"

#include "common/error.h"
#include "common/legal.h"
#include "rulebook/form.h"
#include "rulebook/layout.h"
#include "rulebook/ledger.h"
#include "rulebook/names.h"
#include "rulebook/structures.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

struct tw_rulebook {
	const uint8_t *bytes;
	size_t size;
	void *owned; /* heap memory freed on closing; NULL: the memory is the caller's */
	const struct file_section *table;
	uint32_t section_count;
	char edition[16], known_on[16], sha256[65];
	struct rb layout;
};

static bool checksum_right(const uint8_t *bytes, size_t size)
{
	if (!bytes)
		return false;
	uint8_t digest[32];
	rulebook_checksum(digest, bytes, size);
	return memcmp(digest, bytes + offsetof(struct file_header, checksum), sizeof digest) == 0;
}

/* The header and the table of sections. */
static int open_form(tw_rulebook *book, struct tw_error *error)
{
	struct file_header header;
	if (book->size < sizeof header)
		return error_set(error, TW_BAD_RULEBOOK, "too short for a rulebook");
	if ((uintptr_t)book->bytes % RULEBOOK_ALIGN != 0)
		return error_set(error, TW_BAD_ARGUMENT,
				 "a rulebook in memory must be aligned to 16 bytes");
	memcpy(&header, book->bytes, sizeof header);
	if (memcmp(header.magic, RULEBOOK_MAGIC, sizeof header.magic) != 0)
		return error_set(error, TW_BAD_RULEBOOK,
				 "not a rulebook: make one with `tidewaiter law compile`");
	if (header.order != RULEBOOK_ORDER)
		return error_set(error, TW_BAD_RULEBOOK,
				 "a rulebook in the byte order of another machine: compile the law "
				 "on this one");
	if (header.version != RULEBOOK_VERSION)
		return error_set(error, TW_BAD_RULEBOOK,
				 "a rulebook of another format version: compile the law again");
	if (header.size != book->size || header.section_count > RULEBOOK_SECTIONS ||
	    sizeof header + header.section_count * sizeof(struct file_section) > book->size)
		return error_set(error, TW_BAD_RULEBOOK, "the rulebook is truncated or damaged");
	book->table = (const struct file_section *)(const void *)(book->bytes + sizeof header);
	book->section_count = header.section_count;
	for (uint32_t i = 0; i < header.section_count; i++) {
		const struct file_section *section = &book->table[i];
		if (section->offset % RULEBOOK_ALIGN != 0 || section->offset > book->size ||
		    section->size > book->size - section->offset)
			return error_set(error, TW_BAD_RULEBOOK,
					 "a section of the rulebook lies outside it");
	}
	memcpy(book->edition, header.edition, sizeof book->edition - 1);
	memcpy(book->known_on, header.known_on, sizeof book->known_on - 1);
	memcpy(book->sha256, header.sha256, sizeof book->sha256 - 1);
	return TW_OK;
}

/* The sections of chemicals; a rulebook may have none. */
static int check_chemistry(const tw_rulebook *book, struct tw_error *error)
{
	struct ledger ledger;
	size_t size;
	const void *data = rulebook_section(book, LEDGER_TAG, &size);
	if (!data)
		return TW_OK;
	if (!ledger_check(&ledger, data, size))
		return error_set(error, TW_BAD_RULEBOOK,
				 "the rulebook's chemistry is damaged: compile it again");
	data = rulebook_section(book, LEDGER_TAG_NAMES, &size);
	if (!data || !match_check(data, size))
		return error_set(error, TW_BAD_RULEBOOK,
				 "the rulebook's chemical names are damaged: compile it again");
	data = rulebook_section(book, LEDGER_TAG_CLASSES, &size);
	if (!data || !classes_check(data, size))
		return error_set(error, TW_BAD_RULEBOOK,
				 "the rulebook's chemical classes are damaged: compile it again");
	return TW_OK;
}

/* What is looked at: nothing of the rulebook of this build, the indexes of one that was compiled
   just now, the checksum too of one that was stored. */
enum care { CARE_NONE, CARE_INDEXES, CARE_ALL };

static int open_bytes(tw_rulebook *book, enum care care, struct tw_error *error)
{
	int code = open_form(book, error);
	if (code)
		return code;
	if (care == CARE_NONE)
		return layout_trust(&book->layout, book, error);
	if (care == CARE_ALL && !checksum_right(book->bytes, book->size))
		return error_set(error, TW_BAD_RULEBOOK,
				 "the rulebook's checksum is wrong: it was changed");
	code = layout_open(&book->layout, book, error);
	return !code ? check_chemistry(book, error) : code;
}

static int open_memory(tw_rulebook **out, const void *data, size_t size, enum care care,
		       struct tw_error *error)
{
	*out = NULL;
	tw_rulebook *book = calloc(1, sizeof *book);
	if (!book)
		return error_memory(error);
	book->bytes = data;
	book->size = size;
	int code = open_bytes(book, care, error);
	if (code) {
		free(book);
		return code;
	}
	*out = book;
	return TW_OK;
}

int tw_rulebook_from_memory(tw_rulebook **out, const void *data, size_t size,
			    struct tw_error *error)
{
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!data)
		return error_null(error, "data");
	return open_memory(out, data, size, CARE_ALL, error);
}

int rulebook_built_in(tw_rulebook **out, const void *data, size_t size, struct tw_error *error)
{
	return open_memory(out, data, size, CARE_NONE, error);
}

int rulebook_adopt(tw_rulebook **out, void *data, size_t size, struct tw_error *error)
{
	int code = open_memory(out, data, size, CARE_INDEXES, error);
	if (!code)
		(*out)->owned = data;
	else
		free(data);
	return code;
}

/* The bytes of a regular file; one that changes meanwhile is refused. Waits for nothing: of a FIFO
   too it is said that it is none. */
static int read_file(void **out, size_t *size, int file, struct tw_error *error)
{
	struct stat info;
	size_t done = 0;
	ssize_t got = 1;
	uint8_t more;
	if (fstat(file, &info))
		return error_set(error, TW_BAD_FILE, "%s", strerror(errno));
	if (!S_ISREG(info.st_mode))
		return error_set(error, TW_BAD_FILE, "not a regular file");
	if (info.st_size <= 0)
		return error_set(error, TW_BAD_FILE, "the file is empty");
	if (info.st_size > RULEBOOK_MOST)
		return error_set(error, TW_BAD_RULEBOOK, "too large for a rulebook");
	*size = (size_t)info.st_size;
	uint8_t *bytes = malloc(*size);
	if (!bytes)
		return error_memory(error);
	while (done < *size && got > 0) {
		got = read(file, bytes + done, *size - done);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			done += (size_t)got;
	}
	int code = TW_OK;
	if (got < 0)
		code = error_set(error, TW_BAD_FILE, "%s", strerror(errno));
	else if (done < *size || read(file, &more, 1) != 0)
		code = error_set(error, TW_BAD_FILE,
				 "the file was changed while it was read: write a new rulebook "
				 "beside it and rename it");
	*out = bytes;
	if (!code)
		return TW_OK;
	free(bytes);
	return code;
}

/* Read, never mapped: whatever becomes of the file, the law stays what it was. */
int tw_rulebook_open(tw_rulebook **out, const char *path, struct tw_error *error)
{
	void *bytes = NULL;
	size_t size = 0;
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!path)
		return error_null(error, "path");
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	int code = file < 0 ? error_set(error, TW_BAD_FILE, "%s", strerror(errno))
			    : read_file(&bytes, &size, file, error);
	if (file >= 0)
		close(file);
	if (!code && (code = open_memory(out, bytes, size, CARE_ALL, error)))
		free(bytes);
	else if (!code)
		(*out)->owned = bytes;
	if (code && error)
		error_in(error, path);
	return code;
}

void tw_rulebook_close(tw_rulebook *book)
{
	if (!book)
		return;
	free(book->owned);
	free(book);
}

const char *tw_rulebook_edition(const tw_rulebook *book)
{
	return book ? book->edition : "";
}

const char *tw_rulebook_known_on(const tw_rulebook *book)
{
	return book ? book->known_on : "";
}

const char *tw_rulebook_sha256(const tw_rulebook *book)
{
	return book ? book->sha256 : "";
}

int rulebook_instrument(const tw_rulebook *book, size_t index, struct tw_instrument *out)
{
	const struct rb *rb = &book->layout;
	if (index >= rb->instrument_count)
		return TW_NOT_FOUND;
	const struct rb_instrument *x = &rb->instruments[index];
	*out =
	    (struct tw_instrument){rb_text(rb, x->id), rb_text(rb, x->title), rb_text(rb, x->kind),
				   rb_text(rb, x->cite), rb_text(rb, x->url)};
	return TW_OK;
}

int tw_rulebook_instrument(const tw_rulebook *book, const char *id, struct tw_instrument *out)
{
	if (!book || !id || !out)
		return TW_BAD_ARGUMENT;
	const struct rb *rb = &book->layout;
	for (uint32_t i = 0; i < rb->instrument_count; i++)
		if (!strcmp(rb_text(rb, rb->instruments[i].id), id))
			return rulebook_instrument(book, i, out);
	return TW_NOT_FOUND;
}

size_t tw_rulebook_claim_count(const tw_rulebook *book)
{
	return book ? book->layout.claim_count : 0;
}

int tw_rulebook_claim(const tw_rulebook *book, size_t index, struct tw_claim *out)
{
	if (!book || !out)
		return TW_BAD_ARGUMENT;
	const struct rb *rb = &book->layout;
	if (index >= rb->claim_count)
		return TW_NOT_FOUND;
	*out = (struct tw_claim){.name = rb_text(rb, rb->claims[index].name),
				 .title = rb_text(rb, rb->claims[index].title),
				 .is_amount = rb->claims[index].type == LAW_CLAIM_AMOUNT};
	return TW_OK;
}

int tw_rulebook_currency(const tw_rulebook *book, struct tw_text into, struct tw_currency *out)
{
	if (!book || !out || (!into.at && into.length))
		return TW_BAD_ARGUMENT;
	const struct rb *rb = &book->layout;
	if (into.length == 0)
		into = (struct tw_text){rb->law->into, 2};
	const struct rb_jurisdiction *j =
	    into.length == 2 ? rb_jurisdiction_into(rb, into.at) : NULL;
	if (!j)
		return TW_NOT_FOUND;
	const char *code = rb_text(rb, j->currency);
	*out = (struct tw_currency){.code = strcmp(code, "any") != 0 ? code : "",
				    .cite = j->conversion != RB_NONE
						? rb_text(rb, rb->instruments[j->conversion].cite)
						: ""};
	return TW_OK;
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
