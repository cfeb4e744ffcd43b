/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A workbook. The first byte says what follows: the bytes of an archive as they are; or its parts,
 * cut at NULs (a sheet, the shared texts, the styles, the list of sheets), which are put into a
 * sound archive, so that what is tested is their readers and not the checksum. Read to the end in
 * pieces: each within its room, and no row longer than a record may be.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "common/csv.h"
#include "lines/xlsx.h"

enum { PARTS = 6, ENOUGH = 1 << 23 };

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATION(id, type, target)                                                                 \
	"<Relationship Id='" id "' Type='" OFFICE type "' Target='" target "'/>"

static const char *const names[PARTS] = {
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
    "xl/workbook.xml",          "_rels/.rels",          "xl/_rels/workbook.xml.rels"};
static const char *const usual[PARTS] = {
    "<worksheet><sheetData/></worksheet>",
    "<sst><si><t>one</t></si><si><r><t>two</t></r><rPh><t>x</t></rPh></si></sst>",
    "<styleSheet><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='10'/></cellXfs>"
    "</styleSheet>",
    "<workbook><sheets><sheet name='a' sheetId='1' id='r1'/></sheets></workbook>",
    "<Relationships>" RELATION("r1", "officeDocument", "xl/workbook.xml") "</Relationships>",
    "<Relationships>" RELATION("r1", "worksheet", "worksheets/sheet1.xml")
	RELATION("r2", "sharedStrings", "sharedStrings.xml")
	    RELATION("r3", "styles", "styles.xml") "</Relationships>"};

static unsigned char *put(unsigned char *to, size_t value, int bytes)
{
	for (int i = 0; i < bytes; i++)
		*to++ = (unsigned char)(i < 8 ? value >> (8 * i) : 0);
	return to;
}

/* An archive of stored members. */
static int write_archive(int fd, const char *const *part, const size_t *length)
{
	size_t room = 4096, at[PARTS];
	for (int i = 0; i < PARTS; i++)
		room += length[i];
	unsigned char *all = calloc(1, room), *to = all;
	for (int list = 0; all && list < 2; list++) {
		unsigned char *first = to;
		for (int i = 0; i < PARTS; i++) {
			size_t size = strlen(names[i]);
			uLong crc = crc32(0, (const unsigned char *)part[i], (uInt)length[i]);
			if (!list)
				at[i] = (size_t)(to - all);
			memcpy(to, list ? "PK\1\2\24\0\24\0" : "PK\3\4\24\0", list ? 8 : 6);
			to = put(to + (list ? 8 : 6), 0, 8);
			to = put(put(put(to, crc, 4), length[i], 4), length[i], 4);
			to = put(put(to, size, 2), 0, 2);
			if (list)
				to = put(put(to, 0, 10), at[i], 4);
			memcpy(to, names[i], size);
			to += size;
			if (!list && length[i])
				memcpy(to, part[i], length[i]);
			to += list ? 0 : length[i];
		}
		if (!list)
			continue;
		size_t size = (size_t)(to - first);
		memcpy(to, "PK\5\6\0\0\0\0", 8);
		to = put(put(to + 8, PARTS, 2), PARTS, 2);
		to = put(put(put(to, size, 4), (size_t)(first - all), 4), 0, 2);
	}
	int wrong = !all || write(fd, all, (size_t)(to - all)) != to - all;
	free(all);
	return wrong;
}

static int write_parts(int fd, const char *at, size_t size)
{
	const char *part[PARTS], *end = at + size;
	size_t length[PARTS];
	for (int i = 0; i < PARTS; i++) {
		part[i] = usual[i];
		length[i] = strlen(usual[i]);
		const char *nul = at < end ? memchr(at, '\0', (size_t)(end - at)) : NULL;
		const char *stop = nul ? nul : end;
		if (i < 4 && at < stop) {
			part[i] = at;
			length[i] = (size_t)(stop - at);
		}
		at = nul ? nul + 1 : end;
	}
	return write_archive(fd, part, length);
}

static void read_all(struct source *source, size_t room)
{
	struct tw_error error = {0};
	char *to = malloc(room);
	size_t line = 0;
	ssize_t got = 0;
	for (size_t all = 0; to && all < ENOUGH; all += (size_t)got) {
		got = source_read(source, to, room, &error);
		if (got > (ssize_t)room || (got < 0 && !*error.message))
			abort();
		if (got <= 0)
			break;
		for (ssize_t i = 0; i < got; i++) {
			line = to[i] == '\n' ? 0 : line + 1;
			if (line > CSV_RECORD + 1)
				abort();
		}
	}
	free(to);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source *source;
	struct tw_error error = {0};
	char note[256];
	int fd = memfd_create("fuzz", 0);
	if (fd < 0 || size < 2) {
		close(fd);
		return 0;
	}
	const char *text = (const char *)data + 2;
	int wrong = data[0] & 1 ? write(fd, text, size - 2) != (ssize_t)(size - 2)
				: write_parts(fd, text, size - 2);
	if (!wrong && !xlsx_open(&source, fd, data[0] & 2 ? "1" : NULL, note, &error)) {
		read_all(source, 1 + data[1] * (size_t)64);
		source_close(source);
	} else if (!wrong && !*error.message) {
		abort();
	}
	close(fd);
	return 0;
}
