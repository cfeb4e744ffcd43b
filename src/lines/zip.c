/* SPDX-License-Identifier: Apache-2.0 */
/* APPNOTE.TXT 6.3: end of central directory, its 64-bit form, members stored or deflated. */
#include "lines/zip.h"

#include "common/error.h"

#if defined(TW_ZLIB) && defined(TW_EXPAT)

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
	END = 22,        /* bytes of the end record */
	COMMENT = 65535, /* behind which it may stand */
	LOCATOR = 20,
	END64 = 56,
	ENTRY = 46,
	LOCAL = 30,
	LIST = 8 << 20 /* a list of members is at most so long */
};

static int damaged(struct tw_error *error, const char *what)
{
	return error_set(error, TW_BAD_FILE, "is a damaged zip archive: %s", what);
}

static uint32_t get16(const unsigned char *at)
{
	return at[0] | (uint32_t)at[1] << 8;
}

static uint32_t get32(const unsigned char *at)
{
	return get16(at) | get16(at + 2) << 16;
}

static uint64_t get64(const unsigned char *at)
{
	return get32(at) | (uint64_t)get32(at + 4) << 32;
}

/* Reads exactly so many bytes at a place. */
static bool read_at(const struct zip *zip, unsigned char *to, size_t length, uint64_t at)
{
	if (at > zip->size || length > zip->size - at)
		return false;
	while (length) {
		ssize_t got = pread(zip->fd, to, length, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		at += (uint64_t)got;
		length -= (size_t)got;
	}
	return true;
}

/* Where the list stands, by the 64-bit end record where the other is too small for it. */
static bool find_list64(const struct zip *zip, uint64_t end, uint64_t *at, uint64_t *length)
{
	unsigned char locator[LOCATOR], record[END64];
	if (end < LOCATOR || !read_at(zip, locator, LOCATOR, end - LOCATOR) ||
	    memcmp(locator, "PK\6\7", 4) != 0)
		return false;
	if (!read_at(zip, record, END64, get64(locator + 8)) || memcmp(record, "PK\6\6", 4) != 0)
		return false;
	*length = get64(record + 40);
	*at = get64(record + 48);
	return true;
}

static int find_list(const struct zip *zip, uint64_t *at, uint64_t *length, struct tw_error *error)
{
	size_t room = END + COMMENT;
	if (room > zip->size)
		room = (size_t)zip->size;
	unsigned char *tail = malloc(room ? room : 1);
	if (!tail)
		return error_set(error, TW_NO_MEMORY, "not enough memory to unpack it");
	uint64_t first = zip->size - room;
	size_t i = room;
	bool found = false;
	if (room >= END && read_at(zip, tail, room, first))
		for (i = room - END + 1; i-- && !found;)
			found = !memcmp(tail + i, "PK\5\6", 4) &&
				get16(tail + i + 20) <= room - i - END;
	i++;
	if (found) {
		*length = get32(tail + i + 12);
		*at = get32(tail + i + 16);
		if (get16(tail + i + 10) == 0xFFFF || *length == 0xFFFFFFFF || *at == 0xFFFFFFFF)
			found = find_list64(zip, first + i, at, length);
	}
	free(tail);
	return found ? TW_OK
		     : damaged(error,
			       "its directory of files is not at its end; it may be cut short");
}

int zip_open(struct zip *zip, int fd, struct tw_error *error)
{
	struct stat status;
	uint64_t at = 0, length = 0;
	*zip = (struct zip){.fd = fd};
	if (fstat(fd, &status))
		return error_set(error, TW_BAD_FILE, "cannot be read: %s", strerror(errno));
	zip->size = (uint64_t)status.st_size;
	int code = find_list(zip, &at, &length, error);
	if (code)
		return code;
	if (length > LIST)
		return error_set(error, TW_BAD_FILE,
				 "is a zip archive of too many files to be a workbook");
	zip->list = malloc(length ? (size_t)length : 1);
	if (!zip->list)
		return error_set(error, TW_NO_MEMORY, "not enough memory to unpack it");
	zip->length = (size_t)length;
	if (!read_at(zip, zip->list, zip->length, at)) {
		zip_close(zip);
		return damaged(error, "its directory of files lies outside it");
	}
	return TW_OK;
}

void zip_close(struct zip *zip)
{
	free(zip->list);
	zip->list = NULL;
	zip->length = 0;
}

/* Sizes and place of an entry that need 64 bits stand in its extra field 1, in this order. */
static bool read_extra64(struct zip_member *member, const unsigned char *at, size_t length)
{
	while (length >= 4) {
		size_t size = get16(at + 2);
		if (size > length - 4)
			return false;
		if (get16(at) == 1) {
			uint64_t *fields[] = {&member->unpacked, &member->packed, &member->at};
			const unsigned char *value = at + 4, *end = value + size;
			for (size_t i = 0; i < 3; i++) {
				if (*fields[i] != 0xFFFFFFFF)
					continue;
				if (end - value < 8)
					return false;
				*fields[i] = get64(value);
				value += 8;
			}
			return true;
		}
		at += 4 + size;
		length -= 4 + size;
	}
	return true;
}

int zip_find(struct zip_member *member, const struct zip *zip, const char *name,
	     struct tw_error *error)
{
	const unsigned char *at = zip->list, *end = at + zip->length;
	size_t wanted = strlen(name);
	while (end - at >= ENTRY) {
		if (memcmp(at, "PK\1\2", 4) != 0)
			return damaged(error, "its directory of files cannot be read");
		size_t length = get16(at + 28), extra = get16(at + 30);
		size_t all = ENTRY + length + extra + get16(at + 32);
		if (all > (size_t)(end - at))
			return damaged(error, "its directory of files ends early");
		if (length == wanted && !strncasecmp((const char *)at + ENTRY, name, wanted)) {
			*member = (struct zip_member){.method = (int)get16(at + 10),
						      .crc = get32(at + 16),
						      .packed = get32(at + 20),
						      .unpacked = get32(at + 24),
						      .at = get32(at + 42)};
			if (get16(at + 8) & 1)
				return error_set(error, TW_BAD_FILE,
						 "is protected by a password: save it without one");
			if (!read_extra64(member, at + ENTRY + length, extra))
				return damaged(error, "its directory of files cannot be read");
			return TW_OK;
		}
		at += all;
	}
	return TW_NOT_FOUND;
}

struct inflater {
	struct source source;
	const struct zip *zip;
	struct zip_member
	    member; /* `at` and `packed`: what is not read yet; `unpacked`: not given */
	z_stream stream;
	bool is_done;
	uint32_t crc;
	unsigned char in[SOURCE_BLOCK];
};

static int take_more(struct inflater *inflater, struct tw_error *error)
{
	struct zip_member *member = &inflater->member;
	size_t size = sizeof inflater->in;
	if (size > member->packed)
		size = (size_t)member->packed;
	if (!size || !read_at(inflater->zip, inflater->in, size, member->at))
		return damaged(error, "a file in it is truncated");
	member->at += size;
	member->packed -= size;
	inflater->source.taken += size;
	inflater->stream.next_in = inflater->in;
	inflater->stream.avail_in = (uInt)size;
	return TW_OK;
}

/* As many bytes as are stored, or as come out of them. */
static int give(struct inflater *inflater, struct tw_error *error)
{
	z_stream *stream = &inflater->stream;
	if (inflater->member.method) {
		int code = inflate(stream, Z_NO_FLUSH);
		inflater->is_done = code == Z_STREAM_END;
		if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
			return damaged(error, "a file in it cannot be unpacked");
		return TW_OK;
	}
	uInt size = stream->avail_in < stream->avail_out ? stream->avail_in : stream->avail_out;
	memcpy(stream->next_out, stream->next_in, size);
	stream->next_in += size;
	stream->avail_in -= size;
	stream->next_out += size;
	stream->avail_out -= size;
	inflater->is_done = !stream->avail_in && !inflater->member.packed;
	return TW_OK;
}

static ssize_t inflater_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	struct inflater *inflater = (struct inflater *)source;
	z_stream *stream = &inflater->stream;
	room = room < SOURCE_BLOCK ? room : SOURCE_BLOCK;
	stream->next_out = (unsigned char *)to;
	stream->avail_out = (uInt)room;
	while (stream->avail_out == room && !inflater->is_done)
		if ((!stream->avail_in && take_more(inflater, error)) || give(inflater, error))
			return -1;
	size_t got = room - stream->avail_out;
	inflater->crc = (uint32_t)crc32(inflater->crc, (unsigned char *)to, (uInt)got);
	if (got > inflater->member.unpacked ||
	    (inflater->is_done && inflater->member.unpacked != got)) {
		damaged(error, "a file in it does not have the stated size");
		return -1;
	}
	inflater->member.unpacked -= got;
	if (inflater->is_done && inflater->crc != inflater->member.crc) {
		damaged(error, "the checksum of a file in it is wrong");
		return -1;
	}
	return (ssize_t)got;
}

static void inflater_close(struct source *source)
{
	inflateEnd(&((struct inflater *)source)->stream);
	free(source);
}

/* What is refused before a byte of it is unpacked. */
static int check_member(const struct zip_member *member, const char *name, uint64_t most,
			struct tw_error *error)
{
	if (member->method != 0 && member->method != 8)
		return error_set(
		    error, TW_BAD_FILE,
		    "is compressed with an unsupported method (%s by method %d): save it again",
		    name, member->method);
	bool bomb = member->unpacked > ZIP_FREE && member->unpacked / ZIP_TIMES > member->packed;
	if (bomb || member->unpacked > most)
		return error_set(error, TW_BAD_FILE,
				 "is refused because of its size: %s unpacks from %llu bytes to "
				 "%llu; save the sheet as CSV if that is intended",
				 name, (unsigned long long)member->packed,
				 (unsigned long long)member->unpacked);
	return TW_OK;
}

int zip_read(struct source **out, const struct zip *zip, const struct zip_member *member,
	     const char *name, uint64_t most, struct tw_error *error)
{
	unsigned char local[LOCAL];
	int code = check_member(member, name, most, error);
	if (code)
		return code;
	if (!read_at(zip, local, LOCAL, member->at) || memcmp(local, "PK\3\4", 4) != 0)
		return damaged(error, "a file in it is not where its directory states");
	struct inflater *inflater = calloc(1, sizeof *inflater);
	if (!inflater || inflateInit2(&inflater->stream, -15) != Z_OK) {
		free(inflater);
		return error_set(error, TW_NO_MEMORY, "not enough memory to unpack it");
	}
	inflater->source = (struct source){.read = inflater_read, .close = inflater_close};
	inflater->zip = zip;
	inflater->member = *member;
	inflater->member.at += LOCAL + get16(local + 26) + get16(local + 28);
	inflater->is_done = !member->packed && !member->method;
	inflater->crc = (uint32_t)crc32(0, NULL, 0);
	*out = &inflater->source;
	return TW_OK;
}

#endif
