/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/workbook.h"

#if defined(TW_ZLIB) && defined(TW_EXPAT)

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/error.h"
#include "common/fit.h"
#include "lines/xml.h"

/* Opens a part by its name in the archive; TW_NOT_FOUND, without a message, where it is not. */
static int part_read(const struct workbook *book, const char *part, uint64_t most,
		     const struct xml_handlers *handlers, void *context, struct tw_error *error)
{
	struct zip_member member;
	struct source *source;
	int code = zip_find(&member, &book->zip, part, error);
	if (!code)
		code = zip_read(&source, &book->zip, &member, part, most, error);
	return code ? code : xml_read(source, part, handlers, context, error);
}

static void no_end(void *context, struct xml *xml, const char *name)
{
	(void)context;
	(void)xml;
	(void)name;
}

static bool is_true(const char *value)
{
	return value && (!strcmp(value, "1") || !strcasecmp(value, "true"));
}

/* workbook.xml: the sheets and what days are counted from. */
static void book_start(void *context, struct xml *xml, const char *name, const char **attributes)
{
	struct workbook *book = context;
	if (!strcmp(name, "workbookPr"))
		book->since_1904 = is_true(xml_attribute(attributes, "date1904"));
	if (strcmp(name, "sheet") != 0)
		return;
	const char *title = xml_attribute(attributes, "name");
	const char *relation = xml_attribute(attributes, "id");
	const char *state = xml_attribute(attributes, "state");
	if (book->sheet_count == SHEETS) {
		xml_fail(xml, TW_BAD_FILE, "it has more than 1024 sheets");
		return;
	}
	struct sheet *sheet = &book->sheets[book->sheet_count];
	if (!title || !relation || strlen(title) >= sizeof sheet->name ||
	    strlen(relation) >= sizeof sheet->relation) {
		xml_fail(xml, TW_BAD_FILE, "a sheet has no name, no relation or a long one");
		return;
	}
	*sheet = (struct sheet){.is_hidden = state && strcmp(state, "visible") != 0};
	memcpy(sheet->name, title, strlen(title) + 1);
	memcpy(sheet->relation, relation, strlen(relation) + 1);
	book->sheet_count++;
}

/* What a relation points at: "worksheets/sheet1.xml" beside `base`, or "/xl/..." from the top. */
static bool resolve(char *out, size_t room, const char *base, const char *target)
{
	const char *slash = strrchr(base, '/');
	int length;
	if (*target == '/')
		length = snprintf(out, room, "%s", target + 1);
	else
		length = snprintf(out, room, "%.*s%s", slash ? (int)(slash - base) + 1 : 0, base,
				  target);
	return length > 0 && (size_t)length < room;
}

struct relations {
	struct workbook *book;
	const char *base;                         /* part that has them */
	char main[256], styles[256], shared[256]; /* where they point, by their types */
};

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), size = strlen(end);
	return length >= size && !strcmp(text + length - size, end);
}

static void relation_start(void *context, struct xml *xml, const char *name,
			   const char **attributes)
{
	struct relations *relations = context;
	const char *id = xml_attribute(attributes, "Id");
	const char *type = xml_attribute(attributes, "Type");
	const char *target = xml_attribute(attributes, "Target");
	(void)xml;
	if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
		return;
	if (ends_with(type, "/officeDocument"))
		resolve(relations->main, sizeof relations->main, "", target);
	if (ends_with(type, "/styles"))
		resolve(relations->styles, sizeof relations->styles, relations->base, target);
	if (ends_with(type, "/sharedStrings"))
		resolve(relations->shared, sizeof relations->shared, relations->base, target);
	for (size_t i = 0; ends_with(type, "/worksheet") && i < relations->book->sheet_count; i++) {
		struct sheet *sheet = &relations->book->sheets[i];
		if (!strcmp(sheet->relation, id) &&
		    !resolve(sheet->path, sizeof sheet->path, relations->base, target))
			sheet->path[0] = '\0';
	}
}

/* styles.xml: number formats of its own, then the styles of cells, which name one each. */
struct styles {
	struct workbook *book;
	struct {
		unsigned id;
		struct cell_format format;
	} own[1024];
	size_t count;
	bool in_cells;
};

static void style_start(void *context, struct xml *xml, const char *name, const char **attributes)
{
	struct styles *styles = context;
	struct workbook *book = styles->book;
	const char *id = xml_attribute(attributes, "numFmtId");
	unsigned number = id ? (unsigned)strtoul(id, NULL, 10) : 0;
	if (!strcmp(name, "cellXfs"))
		styles->in_cells = true;
	if (!strcmp(name, "numFmt")) {
		const char *code = xml_attribute(attributes, "formatCode");
		if (styles->count == sizeof styles->own / sizeof *styles->own)
			xml_fail(xml, TW_BAD_FILE, "it has more than 1024 formats of numbers");
		else if (code) {
			styles->own[styles->count].id = number;
			styles->own[styles->count++].format = cell_format_read(number, code);
		}
	}
	if (strcmp(name, "xf") != 0 || !styles->in_cells)
		return;
	if (book->format_count == STYLES) {
		xml_fail(xml, TW_BAD_FILE, "it has more than 65536 styles");
		return;
	}
	struct cell_format *format = &book->formats[book->format_count++];
	*format = cell_format_read(number, NULL);
	for (size_t i = 0; i < styles->count; i++)
		if (styles->own[i].id == number)
			*format = styles->own[i].format;
}

static void style_end(void *context, struct xml *xml, const char *name)
{
	(void)xml;
	if (!strcmp(name, "cellXfs"))
		((struct styles *)context)->in_cells = false;
}

/* sharedStrings.xml: <si> with <t>, or runs <r><t>; <rPh><t> says how it is pronounced. */
struct shared {
	struct workbook *book;
	size_t room, text_room; /* of end[], of text */
	bool in_item, in_text, in_reading;
};

static void shared_start(void *context, struct xml *xml, const char *name, const char **attributes)
{
	struct shared *shared = context;
	(void)attributes;
	(void)xml;
	shared->in_item |= !strcmp(name, "si");
	shared->in_reading |= !strcmp(name, "rPh");
	shared->in_text = shared->in_item && !shared->in_reading && !strcmp(name, "t");
}

static void shared_text(void *context, struct xml *xml, const char *at, size_t length)
{
	struct shared *shared = context;
	struct workbook *book = shared->book;
	if (!shared->in_text)
		return;
	if (length > WORKBOOK_SHARED - book->text_length) {
		xml_fail(xml, TW_BAD_FILE,
			 "its texts are over 256 MiB; save the sheet as CSV if that is intended");
		return;
	}
	if (book->text_length + length > shared->text_room) {
		size_t room = shared->text_room ? shared->text_room : 4096;
		while (room < book->text_length + length)
			room *= 2;
		char *text = realloc(book->text, room);
		if (!text) {
			xml_fail(xml, TW_NO_MEMORY, "out of memory");
			return;
		}
		book->text = text;
		shared->text_room = room;
	}
	memcpy(book->text + book->text_length, at, length);
	book->text_length += length;
}

static void shared_end(void *context, struct xml *xml, const char *name)
{
	struct shared *shared = context;
	struct workbook *book = shared->book;
	shared->in_text = false;
	if (!strcmp(name, "rPh"))
		shared->in_reading = false;
	if (strcmp(name, "si") != 0)
		return;
	shared->in_item = false;
	if (book->text_count == shared->room) {
		size_t room = shared->room ? 2 * shared->room : 1024;
		uint32_t *end = room * sizeof *end > WORKBOOK_SHARED
				    ? NULL
				    : realloc(book->end, room * sizeof *end);
		if (!end) {
			xml_fail(xml, TW_BAD_FILE, "it has too many texts; save the sheet as CSV");
			return;
		}
		book->end = end;
		shared->room = room;
	}
	book->end[book->text_count++] = (uint32_t)book->text_length;
}

struct tw_text workbook_text(const struct workbook *book, size_t index)
{
	if (index >= book->text_count)
		return (struct tw_text){0};
	size_t from = index ? book->end[index - 1] : 0;
	return (struct tw_text){book->text + from, book->end[index] - from};
}

/* What the archive is when it is none of ours. */
static int no_workbook(const struct workbook *book, struct tw_error *error)
{
	struct zip_member member;
	if (!zip_find(&member, &book->zip, "xl/workbook.bin", NULL))
		return error_set(error, TW_BAD_FILE,
				 "is a binary workbook (.xlsb): save it as .xlsx or CSV");
	if (!zip_find(&member, &book->zip, "content.xml", NULL))
		return error_set(error, TW_BAD_FILE,
				 "is an OpenDocument file: save it as .xlsx or CSV");
	return error_set(
	    error, TW_BAD_FILE,
	    "is a zip archive without a workbook in it: unpack it and give the files in it");
}

static int read_relations(struct relations *relations, const char *part, struct tw_error *error)
{
	static const struct xml_handlers handlers = {relation_start, no_end, NULL};
	return part_read(relations->book, part, WORKBOOK_PART, &handlers, relations, error);
}

static int read_sheets(struct relations *relations, struct tw_error *error)
{
	static const struct xml_handlers handlers = {book_start, no_end, NULL};
	struct workbook *book = relations->book;
	char part[280];
	int code = read_relations(relations, "_rels/.rels", error);
	if (code == TW_NOT_FOUND || (!code && !*relations->main))
		return no_workbook(book, error);
	if (code)
		return code;
	code = part_read(book, relations->main, WORKBOOK_PART, &handlers, book, error);
	if (code == TW_NOT_FOUND)
		return no_workbook(book, error);
	relations->base = relations->main;
	const char *slash = strrchr(relations->main, '/');
	int folder = slash ? (int)(slash - relations->main) + 1 : 0;
	snprintf(part, sizeof part, "%.*s_rels/%s.rels", folder, relations->main,
		 relations->main + folder);
	if (!code)
		code = read_relations(relations, part, error);
	return code == TW_NOT_FOUND ? no_workbook(book, error) : code;
}

static int read_styles(struct relations *relations, struct tw_error *error)
{
	static const struct xml_handlers handlers = {style_start, style_end, NULL};
	struct workbook *book = relations->book;
	struct styles *styles = calloc(1, sizeof *styles);
	book->formats = calloc(STYLES, sizeof *book->formats);
	if (!styles || !book->formats) {
		free(styles);
		return error_set(error, TW_NO_MEMORY, "not enough memory to read it");
	}
	styles->book = book;
	int code = part_read(book, relations->styles, WORKBOOK_PART, &handlers, styles, error);
	free(styles);
	return code == TW_NOT_FOUND ? TW_OK : code;
}

static int read_shared(struct relations *relations, struct tw_error *error)
{
	static const struct xml_handlers handlers = {shared_start, shared_end, shared_text};
	struct shared shared = {.book = relations->book};
	int code =
	    part_read(relations->book, relations->shared, ZIP_MOST, &handlers, &shared, error);
	return code == TW_NOT_FOUND ? TW_OK : code;
}

int workbook_open(struct workbook *book, int fd, struct tw_error *error)
{
	*book = (struct workbook){0};
	struct relations relations = {.book = book, .base = ""};
	int code = zip_open(&book->zip, fd, error);
	if (code)
		return code;
	book->sheets = calloc(SHEETS, sizeof *book->sheets);
	if (!book->sheets)
		code = error_set(error, TW_NO_MEMORY, "not enough memory to read it");
	if (code || (code = read_sheets(&relations, error)) ||
	    (code = read_styles(&relations, error)) || (code = read_shared(&relations, error)))
		workbook_close(book);
	return code;
}

void workbook_close(struct workbook *book)
{
	zip_close(&book->zip);
	free(book->sheets);
	free(book->formats);
	free(book->text);
	free(book->end);
	*book = (struct workbook){0};
}

static int no_sheet(const struct workbook *book, const char *wanted, struct tw_error *error)
{
	char names[256] = "";
	for (size_t i = 0; i < book->sheet_count; i++)
		if (!fit_add(names, sizeof names, "%s\"%.40s\"", i ? ", " : "",
			     book->sheets[i].name))
			break;
	return error_set(error, TW_BAD_ARGUMENT, "has no sheet \"%.60s\"; it has %zu: %s", wanted,
			 book->sheet_count, names);
}

int workbook_sheet(const struct sheet **out, const struct workbook *book, const char *wanted,
		   struct tw_error *error)
{
	const struct sheet *found = NULL;
	for (size_t i = 0; i < book->sheet_count && !found; i++)
		if (wanted ? !strcasecmp(book->sheets[i].name, wanted)
			   : !book->sheets[i].is_hidden && *book->sheets[i].path)
			found = &book->sheets[i];
	char *end;
	unsigned long number = wanted && !found ? strtoul(wanted, &end, 10) : 0;
	if (number && !*end && number <= book->sheet_count)
		found = &book->sheets[number - 1];
	if (wanted && !found)
		return no_sheet(book, wanted, error);
	if (!found)
		return error_set(error, TW_BAD_FILE, "is a workbook without a sheet of cells");
	if (!*found->path)
		return error_set(error, TW_BAD_ARGUMENT,
				 "has no cells in the sheet \"%.60s\": it is a chart, or its part "
				 "is missing",
				 found->name);
	*out = found;
	return TW_OK;
}

#endif
