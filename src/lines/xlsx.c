/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/xlsx.h"

#include "common/error.h"

#if defined(TW_ZLIB) && defined(TW_EXPAT)

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/csv.h"
#include "lines/workbook.h"
#include "lines/xml.h"

enum { ROWS = 1 << 20, COLUMNS = 1 << 14 };
#define READY ((size_t)256 << 10) /* text kept ready before reading goes on */
#define CELL                                                                                       \
	((size_t)256 << 10) /* of a cell no more than this; a spreadsheet allows 32767 letters */

/* What the text of a cell means. */
enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_TRUTH };

struct xlsx {
	struct source source;
	struct workbook book;
	struct xml *xml;
	bool is_done;
	struct buffer ready; /* whole records */
	size_t given;
	/* The row and the cell that are being read. */
	struct buffer row, cell, formula;
	uint64_t rows;       /* records made */
	int column, written; /* of this cell; of the last one put into the row, counted from 1 */
	enum cell_type type;
	const struct cell_format *format;
	bool in_cell, in_value, in_formula, in_reading, has_value;
};

static const struct cell_format plain = {.kind = CELL_NUMBER};

/* "AB12": the column, counted from 1; 0 if it is none. */
static int column_of(const char *reference)
{
	int column = 0;
	for (; *reference >= 'A' && *reference <= 'Z' && column <= COLUMNS; reference++)
		column = column * 26 + (*reference - 'A' + 1);
	return column <= COLUMNS ? column : 0;
}

static void start_row(struct xlsx *xlsx, struct xml *xml, const char **attributes)
{
	const char *at = xml_attribute(attributes, "r");
	uint64_t number = at ? strtoull(at, NULL, 10) : xlsx->rows + 1;
	if (number > ROWS || xlsx->rows >= ROWS) {
		xml_fail(xml, TW_BAD_FILE, "it has more rows than a spreadsheet can have");
		return;
	}
	while (xlsx->rows + 1 < number) { /* rows that are not there */
		buffer_char(&xlsx->ready, '\n');
		xlsx->rows++;
	}
	xlsx->row.length = 0;
	xlsx->column = 0;
	xlsx->written = 0;
}

static void start_cell(struct xlsx *xlsx, struct xml *xml, const char **attributes)
{
	const char *reference = xml_attribute(attributes, "r");
	const char *type = xml_attribute(attributes, "t"), *style = xml_attribute(attributes, "s");
	xlsx->column = reference ? column_of(reference) : xlsx->column + 1;
	if (xlsx->column <= xlsx->written || xlsx->column > COLUMNS) {
		xml_fail(xml, TW_BAD_FILE, "a cell appears twice, or beyond the last column");
		return;
	}
	xlsx->type = !type || !strcmp(type, "n") ? TYPE_NUMBER
		     : !strcmp(type, "s")        ? TYPE_SHARED
		     : !strcmp(type, "b")        ? TYPE_TRUTH
						 : TYPE_TEXT;
	size_t index = style ? strtoul(style, NULL, 10) : 0;
	xlsx->format = index < xlsx->book.format_count ? &xlsx->book.formats[index] : &plain;
	xlsx->cell.length = xlsx->formula.length = 0;
	xlsx->in_cell = true;
	xlsx->has_value = false;
}

static void sheet_start(void *context, struct xml *xml, const char *name, const char **attributes)
{
	struct xlsx *xlsx = context;
	if (!strcmp(name, "row"))
		start_row(xlsx, xml, attributes);
	else if (!strcmp(name, "c"))
		start_cell(xlsx, xml, attributes);
	else if (xlsx->in_cell) {
		xlsx->in_reading |= !strcmp(name, "rPh");
		xlsx->in_formula = !strcmp(name, "f");
		xlsx->in_value = !xlsx->in_reading && (!strcmp(name, "v") || !strcmp(name, "t"));
		xlsx->has_value |= xlsx->in_value;
	}
}

static void sheet_text(void *context, struct xml *xml, const char *at, size_t length)
{
	struct xlsx *xlsx = context;
	struct buffer *to = xlsx->in_value ? &xlsx->cell : xlsx->in_formula ? &xlsx->formula : NULL;
	if (to && to->length + length > CELL)
		xml_fail(xml, TW_BAD_FILE, "a cell has more than 256 KiB of text");
	else if (to)
		buffer_put(to, at, length);
}

static int hex(char c)
{
	return c >= '0' && c <= '9'   ? c - '0'
	       : c >= 'A' && c <= 'F' ? c - 'A' + 10
	       : c >= 'a' && c <= 'f' ? c - 'a' + 10
				      : -1;
}

/* _x000D_: how a text keeps a letter that XML may not have. Those below U+0080 are put back. */
static size_t escaped(char *out, const char *at, size_t length)
{
	int code = 0;
	if (length < 7 || at[0] != '_' || at[1] != 'x' || at[6] != '_')
		return 0;
	for (int i = 2; i < 6; i++) {
		if (hex(at[i]) < 0)
			return 0;
		code = code * 16 + hex(at[i]);
	}
	*out = (char)code;
	return code > 0 && code < 0x80 ? 7 : 0;
}

static bool needs_quotes(struct tw_text text)
{
	if (!text.length)
		return false;
	for (size_t i = 0; i < text.length; i++)
		if (strchr(",\"\n\r_", text.at[i]))
			return true;
	return text.at[0] == ' ' || text.at[0] == '\t' || text.at[text.length - 1] == ' ' ||
	       text.at[text.length - 1] == '\t';
}

static void put_field(struct buffer *row, struct tw_text text)
{
	char letter;
	if (!needs_quotes(text)) {
		buffer_put(row, text.at, text.length);
		return;
	}
	buffer_char(row, '"');
	for (size_t i = 0; i < text.length;) {
		size_t size = escaped(&letter, text.at + i, text.length - i);
		if (!size) {
			letter = text.at[i];
			size = 1;
		}
		if (letter == '"')
			buffer_char(row, '"');
		buffer_char(row, letter);
		i += size;
	}
	buffer_char(row, '"');
}

/* What is in the cell, in `cell` or shared. */
static struct tw_text cell_text(struct xlsx *xlsx)
{
	struct tw_text text = {xlsx->cell.at, xlsx->cell.length};
	if (xlsx->type == TYPE_TRUTH)
		return text.length == 1 && *text.at == '1' ? (struct tw_text){"TRUE", 4}
							   : (struct tw_text){"FALSE", 5};
	if (xlsx->type == TYPE_NUMBER) {
		size_t from = xlsx->cell.length;
		char digits[64];
		while (text.length && (unsigned char)*text.at <= ' ')
			text = (struct tw_text){text.at + 1, text.length - 1};
		while (text.length && (unsigned char)text.at[text.length - 1] <= ' ')
			text.length--;
		if (text.length >= sizeof digits)
			return text;
		memcpy(digits, text.at, text.length);
		cell_put(&xlsx->cell, (struct tw_text){digits, text.length}, xlsx->format,
			 xlsx->book.since_1904);
		return (struct tw_text){xlsx->cell.at + from, xlsx->cell.length - from};
	}
	return text;
}

/* The shared text that the cell names; an index that is none is damage. */
static struct tw_text shared_text(struct xlsx *xlsx, struct xml *xml)
{
	char *end, number[24] = "";
	if (xlsx->cell.length && xlsx->cell.length < sizeof number)
		memcpy(number, xlsx->cell.at, xlsx->cell.length);
	unsigned long long index = strtoull(number, &end, 10);
	if (end == number || index >= xlsx->book.text_count)
		xml_fail(xml, TW_BAD_FILE, "a cell refers to a text that does not exist");
	return workbook_text(&xlsx->book, (size_t)index);
}

static void end_cell(struct xlsx *xlsx, struct xml *xml)
{
	xlsx->in_cell = xlsx->in_value = false;
	struct tw_text text = {0};
	if (xlsx->has_value && xlsx->cell.length)
		text = xlsx->type == TYPE_SHARED ? shared_text(xlsx, xml) : cell_text(xlsx);
	else if (xlsx->formula.length) {
		/* Never computed: what stands there is shown, so that it is not taken for nothing.
		 */
		buffer_char(&xlsx->cell, '=');
		buffer_put(&xlsx->cell, xlsx->formula.at, xlsx->formula.length);
		text = (struct tw_text){xlsx->cell.at, xlsx->cell.length};
	}
	if (!text.length || xlsx->row.length > CSV_RECORD)
		return;
	for (int at = xlsx->written ? xlsx->written : 1; at < xlsx->column; at++)
		buffer_char(&xlsx->row, ',');
	xlsx->written = xlsx->column;
	put_field(&xlsx->row, text);
}

/* A record that is too long stays one, for the reader of records to refuse. */
static void end_row(struct xlsx *xlsx, struct xml *xml)
{
	struct buffer *row = &xlsx->row;
	if (row->length > CSV_RECORD) {
		row->length = CSV_RECORD + 1;
		for (size_t i = 0; i < row->length; i++)
			if (row->at[i] == '\n' || row->at[i] == '\r')
				row->at[i] = ' ';
	}
	buffer_put(&xlsx->ready, row->at, row->length);
	buffer_char(&xlsx->ready, '\n');
	row->length = 0;
	xlsx->rows++;
	if (xlsx->ready.length >= READY)
		xml_pause(xml);
}

static void sheet_end(void *context, struct xml *xml, const char *name)
{
	struct xlsx *xlsx = context;
	if (!strcmp(name, "c"))
		end_cell(xlsx, xml);
	else if (!strcmp(name, "row"))
		end_row(xlsx, xml);
	else if (!strcmp(name, "rPh"))
		xlsx->in_reading = false;
	xlsx->in_value = xlsx->in_formula = false;
	if (xlsx->row.failed || xlsx->cell.failed || xlsx->ready.failed || xlsx->formula.failed)
		xml_fail(xml, TW_NO_MEMORY, "out of memory");
}

static ssize_t xlsx_read(struct source *source, char *to, size_t room, struct tw_error *error)
{
	struct xlsx *xlsx = (struct xlsx *)source;
	while (xlsx->given == xlsx->ready.length) {
		if (xlsx->is_done)
			return 0;
		xlsx->given = xlsx->ready.length = 0;
		if (xml_run(xlsx->xml, &xlsx->is_done, error))
			return -1;
		source->taken = xml_taken(xlsx->xml);
	}
	size_t size = xlsx->ready.length - xlsx->given;
	size = size < room ? size : room;
	memcpy(to, xlsx->ready.at + xlsx->given, size);
	xlsx->given += size;
	return (ssize_t)size;
}

static void xlsx_close(struct source *source)
{
	struct xlsx *xlsx = (struct xlsx *)source;
	xml_close(xlsx->xml);
	workbook_close(&xlsx->book);
	buffer_free(&xlsx->ready);
	buffer_free(&xlsx->row);
	buffer_free(&xlsx->cell);
	buffer_free(&xlsx->formula);
	free(xlsx);
}

static int open_sheet(struct xlsx *xlsx, const char *wanted, char note[256], struct tw_error *error)
{
	static const struct xml_handlers handlers = {sheet_start, sheet_end, sheet_text};
	struct workbook *book = &xlsx->book;
	const struct sheet *sheet;
	struct zip_member member;
	struct source *source;
	int code = workbook_sheet(&sheet, book, wanted, error);
	if (!code && (code = zip_find(&member, &book->zip, sheet->path, error)) == TW_NOT_FOUND)
		return error_set(error, TW_BAD_FILE, "is a damaged workbook: %s is missing",
				 sheet->path);
	if (code || (code = zip_read(&source, &book->zip, &member, sheet->path, ZIP_MOST, error)))
		return code;
	if (book->sheet_count > 1)
		snprintf(note, 256, "read the sheet \"%.80s\", %zu of %zu%s", sheet->name,
			 (size_t)(sheet - book->sheets) + 1, book->sheet_count,
			 wanted ? "" : "; --sheet NAME or --sheet N reads another");
	if ((code = xml_open(&xlsx->xml, source, sheet->path, &handlers, xlsx, error)))
		source_close(source);
	return code;
}

int xlsx_open(struct source **out, int fd, const char *wanted, char note[256],
	      struct tw_error *error)
{
	struct xlsx *xlsx = calloc(1, sizeof *xlsx);
	note[0] = '\0';
	if (!xlsx)
		return error_set(error, TW_NO_MEMORY, "not enough memory to read it");
	xlsx->source = (struct source){.read = xlsx_read, .close = xlsx_close};
	int code = workbook_open(&xlsx->book, fd, error);
	if (!code && (code = open_sheet(xlsx, wanted, note, error)))
		workbook_close(&xlsx->book);
	if (code)
		free(xlsx);
	else
		*out = &xlsx->source;
	return code;
}

#else

int xlsx_open(struct source **out, int fd, const char *wanted, char note[256],
	      struct tw_error *error)
{
	(void)out;
	(void)fd;
	(void)wanted;
	note[0] = '\0';
	return error_set(error, TW_BAD_FILE,
			 "is a workbook or a zip archive, and this program was built without "
			 "zlib or expat: save the sheet as CSV");
}

#endif
