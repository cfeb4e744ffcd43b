/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/lists.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/error.h"
#include "common/sha256.h"
#include "common/utf8.h"

enum { PATHS = 64, PATH = 4096 };

/* A file in memory. */
struct file {
	const char *path;
	char *at;    /* owned */
	char *text;  /* after a byte order mark */
	size_t size; /* of the text */
	char sha256[65];
	uint64_t recoded; /* bytes that are not UTF-8 */
	bool is_utf16;
	enum list_kind kind;
	bool is_done;
};

size_t list_column(struct party_list *list, const struct row *head, const char *name,
		   const char *other)
{
	size_t at = rows_column(head, name, ROWS_CELLS);
	if (at == ROWS_CELLS && other)
		at = rows_column(head, other, ROWS_CELLS);
	if (at == ROWS_CELLS && list->absents++ < ENTRIES_ABSENT)
		list->absent[list->absents - 1] = name;
	return at;
}

int list_column_needed(size_t *out, struct entries *entries, struct party_list *list,
		       const struct row *head, const char *name)
{
	*out = rows_column(head, name, ROWS_CELLS);
	return *out < ROWS_CELLS
		   ? TW_OK
		   : error_at(entries->error, TW_BAD_FILE, list->path, 1, 0,
			      "its head names no column `%s`: give the list as it is published",
			      name);
}

static const char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

/* Bytes that are not UTF-8 become the letters of Windows-1252, in a text of its own. */
static int recode(struct file *file)
{
	size_t to = 0, length;
	for (size_t at = 0; at < file->size; at += length ? length : 1) {
		length = utf8_length(file->text + at, file->size - at);
		file->recoded += !length;
	}
	if (!file->recoded)
		return TW_OK;
	char *text = malloc(file->size + 2 * (size_t)file->recoded + 1);
	if (!text)
		return TW_NO_MEMORY;
	for (size_t at = 0; at < file->size; at += length ? length : 1) {
		length = utf8_length(file->text + at, file->size - at);
		uint32_t point = length ? 0 : utf8_of_windows_1252((unsigned char)file->text[at]);
		if (length) {
			memcpy(text + to, file->text + at, length);
			to += length;
		} else if (point) {
			to += utf8_encode(text + to, point);
		} else {
			text[to++] = ' ';
		}
	}
	free(file->at);
	file->at = file->text = text;
	file->size = to;
	return TW_OK;
}

/* The code unit of UTF-16 that stands at a place. */
static uint32_t unit_at(const struct file *file, size_t at, bool is_big)
{
	const unsigned char *two = (const unsigned char *)file->at + at;
	return is_big ? (uint32_t)two[0] << 8 | two[1] : (uint32_t)two[1] << 8 | two[0];
}

/* A text of UTF-16, which its byte order mark tells, as UTF-8 in the place of the file's. */
static int decode_utf16(struct file *file, size_t *length, struct tw_error *error)
{
	bool is_big = file->at[0] == '\xFE';
	size_t to = 0, at = 2, size = *length;
	char *text = malloc(size + size / 2 + 1);
	if (!text)
		return error_memory(error);
	for (; at + 2 <= size; at += 2) {
		uint32_t point = unit_at(file, at, is_big);
		uint32_t low = at + 4 <= size ? unit_at(file, at + 2, is_big) : 0;
		if (point >= 0xD800 && point < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
			point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
			at += 2;
		}
		if (point >= 0xD800 && point < 0xE000)
			break;
		to += utf8_encode(text + to, point);
	}
	free(file->at);
	file->at = text;
	*length = to;
	file->is_utf16 = true;
	return at == size ? TW_OK
			  : error_at(error, TW_BAD_FILE, file->path, 0, 0,
				     "is damaged: byte %zu is not UTF-16, as which it begins: give "
				     "the list as it is published",
				     at + 1);
}

static bool is_marked_utf16(const struct file *file, size_t length)
{
	return length >= 2 &&
	       (!memcmp(file->at, "\xFE\xFF", 2) || !memcmp(file->at, "\xFF\xFE", 2));
}

/* XML names its encoding, and is left to its parser. */
static int look(struct file *file, size_t length, struct tw_error *error)
{
	char sum[sizeof file->sha256];
	int code = TW_OK;
	sha256_hex(sum, file->at, length);
	memcpy(file->sha256, sum, sizeof sum);
	if (is_marked_utf16(file, length) && (code = decode_utf16(file, &length, error)))
		return code;
	bool marked = length >= 3 && !memcmp(file->at, "\xEF\xBB\xBF", 3);
	file->text = file->at + (marked ? 3 : 0);
	file->size = length - (marked ? 3 : 0);
	file->kind = list_kind((struct tw_text){file->text, file->size});
	bool is_rows = file->kind != LIST_UN && file->kind != LIST_CANADA &&
		       file->kind != LIST_OFAC_ADVANCED && file->kind < LIST_OFAC_XML;
	return is_rows && recode(file) ? error_memory(error) : TW_OK;
}

static int load(struct file *file, const char *path, struct tw_error *error)
{
	enum { FIRST = 1 << 20 };
	FILE *from = fopen(path, "rbe");
	size_t room = FIRST, length = 0, got;
	file->path = path;
	if (!from)
		return error_at(error, TW_BAD_FILE, path, 0, 0, "cannot be read: %s",
				strerror(errno));
	int code = TW_OK;
	file->at = malloc(room);
	while (file->at && (got = fread(file->at + length, 1, room - length, from))) {
		length += got;
		if (length < room)
			continue;
		if (room >= LISTS_FILE) {
			code =
			    error_at(error, TW_BAD_FILE, path, 0, 0,
				     "is larger than the %zu MiB that are read", LISTS_FILE >> 20);
			break;
		}
		char *more = realloc(file->at, 2 * room);
		if (!more)
			break;
		file->at = more;
		room *= 2;
	}
	if (!code && (!file->at || length == room))
		code = error_memory(error);
	if (!code && ferror(from))
		code =
		    error_at(error, TW_BAD_FILE, path, 0, 0, "cannot be read: %s", strerror(errno));
	fclose(from);
	return code ? code : look(file, length, error);
}

static bool is_companion(enum list_kind kind)
{
	return kind == LIST_OFAC_ADDRESS || kind == LIST_OFAC_ALIAS || kind == LIST_OFAC_COMMENTS;
}

/* OFAC's two files have one form: the name of the file says which. */
static bool is_consolidated(const char *path)
{
	return !strncasecmp(base_of(path), "cons_", 5);
}

static int begin(struct party_list **out, struct entries *entries, const struct file *file)
{
	if (entries->lists == ENTRIES_LISTS)
		return error_at(entries->error, TW_BAD_FILE, file->path, 0, 0,
				"is one list more than the %d that are read", ENTRIES_LISTS);
	struct party_list *list = &entries->list[entries->lists++];
	*list =
	    (struct party_list){.path = arena_text(entries->arena, file->path, strlen(file->path)),
				.name = list_kind_name(file->kind),
				.is_utf16 = file->is_utf16,
				.recoded = file->recoded};
	if (!list->path)
		return error_memory(entries->error);
	bool is_ofac = file->kind == LIST_OFAC || file->kind == LIST_OFAC_ADVANCED;
	if (is_ofac && is_consolidated(file->path))
		list->name = "OFAC non-SDN";
	memcpy(list->sha256, file->sha256, sizeof list->sha256);
	*out = list;
	return TW_OK;
}

static int read_list(struct entries *entries, struct file *file)
{
	struct party_list *list = NULL;
	int code;
	if (file->kind == LIST_UNKNOWN || file->kind >= LIST_OFAC_XML)
		return error_at(entries->error, TW_BAD_FILE, file->path, 0, 0, "%s",
				list_kind_name(file->kind));
	if ((code = begin(&list, entries, file)))
		return code;
	switch (file->kind) {
	case LIST_OFAC:
		return read_ofac(entries, list, file->text, file->size);
	case LIST_CSL:
		return read_csl(entries, list, file->text, file->size, ',');
	case LIST_CSL_TABS:
		return read_csl(entries, list, file->text, file->size, '\t');
	case LIST_DPL:
		return read_dpl(entries, list, file->text, file->size);
	case LIST_EU:
		return read_eu(entries, list, file->text, file->size);
	case LIST_UK:
		return read_uk(entries, list, file->text, file->size);
	case LIST_UN:
		return read_un(entries, list, file->text, file->size);
	case LIST_OFAC_ADVANCED:
		return read_advanced(entries, list, file->text, file->size);
	case LIST_CANADA:
		return read_canada(entries, list, file->text, file->size);
	default: /* a companion by itself: no row has an entry */
		return TW_OK;
	}
}

/* A list that was read; one without an entry proves nothing. */
static int read_whole(struct entries *entries, struct file *file)
{
	int code = read_list(entries, file);
	const struct party_list *list = &entries->list[entries->lists - (entries->lists > 0)];
	if (!code && entries->scratch.failed)
		return error_memory(entries->error);
	if (code || list->entries || list->repeated)
		return code;
	return error_at(entries->error, TW_BAD_FILE, file->path, 0, 0,
			"holds no entry: %" PRIu64 " row%s, of which none is one of %s", list->rows,
			list->rows == 1 ? "" : "s", list->name);
}

static int read_companion(struct entries *entries, struct party_list *list, struct file *file)
{
	struct party_companion *companion = arena_alloc(entries->arena, 1, sizeof *companion);
	if (!companion ||
	    !(companion->path = arena_text(entries->arena, file->path, strlen(file->path))))
		return error_memory(entries->error);
	memcpy(companion->sha256, file->sha256, sizeof companion->sha256);
	struct party_companion **at = &list->companion;
	while (*at)
		at = &(*at)->next;
	*at = companion;
	list->recoded += file->recoded;
	file->is_done = true;
	return read_ofac_companion(entries, list, file->kind, file->text, file->size,
				   &companion->rows);
}

/* The file of this name beside another, where there is one: as it is published, or in small
 * letters. */
static bool beside(char out[PATH], const char *path, const char *name)
{
	size_t folder = (size_t)(base_of(path) - path);
	for (int small = 0; small < 2; small++) {
		if (snprintf(out, PATH, "%.*s%s", (int)folder, path, name) >= PATH)
			return false;
		for (char *c = out + folder; small && *c; c++)
			*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
		FILE *file = fopen(out, "rbe");
		if (file) {
			fclose(file);
			return true;
		}
	}
	return false;
}

/* A companion of this name was given by itself. */
static bool is_given(const struct file *files, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcasecmp(base_of(files[i].path), name))
			return true;
	return false;
}

/* The companions of OFAC's file: those given for it, else those that lie beside it. */
static int read_companions(struct entries *entries, struct file *files, size_t count, size_t of)
{
	static const char *const names[2][3] = {
	    {"ADD.CSV", "ALT.CSV", "SDN_COMMENTS.CSV"},
	    {"CONS_ADD.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV"}};
	static const enum list_kind kinds[] = {LIST_OFAC_ADDRESS, LIST_OFAC_ALIAS,
					       LIST_OFAC_COMMENTS};
	struct party_list *list = &entries->list[entries->lists - 1];
	bool cons = is_consolidated(files[of].path);
	char path[PATH];
	int code = TW_OK;
	for (size_t i = 0; i < count && !code; i++)
		if (is_companion(files[i].kind) && !files[i].is_done &&
		    is_consolidated(files[i].path) == cons)
			code = read_companion(entries, list, &files[i]);
	for (size_t i = 0; i < 3 && !code; i++) {
		struct file file = {0};
		if (is_given(files, count, names[cons][i]) ||
		    !beside(path, files[of].path, names[cons][i]))
			continue;
		code = load(&file, path, entries->error);
		bool is_none = file.kind == LIST_EMPTY && kinds[i] == LIST_OFAC_COMMENTS;
		if (!code && is_none)
			file.kind = kinds[i];
		if (!code && file.kind != kinds[i])
			code = error_at(entries->error, TW_BAD_FILE, path, 0, 0,
					"lies beside %s and does not hold %s: replace it by the "
					"file as it is published, or remove it",
					base_of(files[of].path), list_kind_name(kinds[i]));
		if (!code)
			code = read_companion(entries, list, &file);
		free(file.at);
	}
	return code;
}

int lists_read(struct entries *entries, const char *const *paths, size_t count,
	       struct tw_error *error)
{
	struct file files[PATHS] = {0};
	int code = TW_OK;
	entries->error = error;
	if (count > PATHS)
		return error_set(error, TW_BAD_ARGUMENT, "more than %d files of lists", PATHS);
	for (size_t i = 0; i < count && !code; i++)
		code = load(&files[i], paths[i], error);
	/* The Consolidated Screening List last: what it repeats of the others is left out. */
	for (size_t i = 0; i < 2 * count && !code; i++) {
		struct file *file = &files[i % count];
		bool is_csl = file->kind == LIST_CSL || file->kind == LIST_CSL_TABS;
		if (is_companion(file->kind) || is_csl != (i >= count))
			continue;
		code = read_whole(entries, file);
		if (!code && file->kind == LIST_OFAC)
			code = read_companions(entries, files, count, i % count);
	}
	for (size_t i = 0; i < count && !code; i++)
		if (is_companion(files[i].kind) && !files[i].is_done)
			code = error_at(error, TW_BAD_FILE, files[i].path, 0, 0,
					"belongs to SDN.CSV or CONS_PRIM.CSV: give that file too");
	for (size_t i = 0; i < count; i++)
		free(files[i].at);
	entries->error = NULL;
	return code;
}

int lists_text(struct entries *entries, const char *path, const char *at, size_t length,
	       struct tw_error *error)
{
	char *own = calloc(1, length + 1);
	struct file file = {.path = path, .at = own};
	entries->error = error;
	if (!own)
		return error_memory(error);
	if (length)
		memcpy(own, at, length);
	int code = look(&file, length, error);
	if (!code)
		code = read_list(entries, &file);
	if (!code && is_companion(file.kind))
		code = read_companion(entries, &entries->list[entries->lists - 1], &file);
	free(file.at);
	entries->error = NULL;
	return code;
}
