/* SPDX-License-Identifier: Apache-2.0 */
#include "scan_check.h"

#include <stdlib.h>
#include <string.h>

#include "common/buffer.h"

/* The finders on the whole text, rounded up to blocks. */
static const char *finders_agree(const char *text, size_t length, char separator)
{
	struct scan_finder finder[4];
	size_t finders = scan_finders(finder), blocks = (length + SCAN_BLOCK - 1) / SCAN_BLOCK;
	struct scan_marks *marks = calloc(2 * blocks + 1, sizeof *marks);
	const char *wrong = marks ? NULL : "memory";
	if (!wrong)
		finder[finders - 1].find(marks, text, blocks, separator);
	for (size_t i = 0; i + 1 < finders && !wrong; i++) {
		finder[i].find(marks + blocks, text, blocks, separator);
		if (memcmp(marks, marks + blocks, blocks * sizeof *marks) != 0)
			wrong = finder[i].name;
	}
	for (size_t i = 0; i < length && !wrong; i++) {
		const struct scan_marks *block = &marks[i / SCAN_BLOCK];
		unsigned bit = i % SCAN_BLOCK;
		unsigned char c = (unsigned char)text[i];
		bool odd = c > 0x7E || (c < ' ' && c != '\t' && c != '\n' && c != '\r');
		if ((block->separator >> bit & 1) != (text[i] == separator) ||
		    (block->quote >> bit & 1) != (text[i] == '"') ||
		    (block->newline >> bit & 1) != (text[i] == '\n') ||
		    (block->cr >> bit & 1) != (text[i] == '\r') || (block->odd >> bit & 1) != odd)
			wrong = "plain";
	}
	free(marks);
	return wrong;
}

/* One row against the grammar. */
static const char *row_agrees(const struct scan *scan, size_t row, struct tw_text rest,
			      size_t start, char separator)
{
	static struct csv_row split;
	size_t length, flaw, first = row ? scan->end[row - 1] + 1 : 0;
	size_t size = scan->mark[scan->end[row]] + 1 - start;
	const char *newline = memchr(rest.at + start, '\n', size);
	struct tw_text here = {rest.at + start, rest.length - start};
	if (csv_end(&length, &flaw, here, separator, true) != CSV_OK || length != size)
		return "the end of a row";
	if ((newline + 1 < here.at + size) != ((scan->row[row] & SCAN_LINES) != 0))
		return "a row of several lines";
	if (!(scan->row[row] & SCAN_ODD) && buffer_flaws(here.at, size))
		return "a row that is odd";
	char *copy = malloc(size);
	if (!copy)
		return "memory";
	memcpy(copy, here.at, size);
	enum csv_result result = csv_split(&split, copy, size, separator);
	size_t fields = scan->end[row] + 1 - first;
	const char *wrong = NULL;
	if (result == CSV_OK ? split.count != fields : fields <= CSV_FIELDS)
		wrong = "the fields of a row";
	bool escaped = false;
	for (size_t i = 0, from = start; i < split.count && !wrong && result == CSV_OK; i++) {
		size_t to = scan->mark[first + i];
		struct tw_text field = scan_field(rest.at, from, to);
		bool twice = field.at > rest.at + from && field.length &&
			     memchr(field.at, '"', field.length);
		escaped = escaped || twice;
		if (!twice && (field.length != split.field[i].length ||
			       memcmp(field.at, rest.at + start + (split.field[i].at - copy),
				      field.length) != 0))
			wrong = "a field";
		from = to + 1;
	}
	if (!wrong && result == CSV_OK && escaped != ((scan->row[row] & SCAN_ESCAPED) != 0))
		wrong = "a quote that is written twice";
	free(copy);
	return wrong;
}

/* All rows, and between them what the scan leaves to the grammar. */
static const char *rows_agree(struct scan *scan, struct tw_text rest, char separator)
{
	const char *wrong = NULL;
	size_t length, flaw;
	while (rest.length && !wrong) {
		size_t taken = scan_rows(scan, rest, separator), start = 0;
		for (size_t i = 0; i < scan->rows && !wrong; i++) {
			wrong = row_agrees(scan, i, rest, start, separator);
			start = scan->mark[scan->end[i]] + 1;
		}
		if (!wrong && start != taken)
			wrong = "where the rows end";
		rest.at += taken;
		rest.length -= taken;
		if (!rest.length)
			break;
		csv_end(&length, &flaw, rest, separator, true);
		rest.at += length;
		rest.length -= length;
	}
	return wrong;
}

/* How far whole records go, and how many lines they are. */
static const char *whole_agrees(struct scan *scan, struct tw_text text, char separator, bool last)
{
	uint64_t lines, counted = 0;
	size_t end = scan_whole(&lines, scan, text, separator, last), at = 0, length, flaw;
	while (at < text.length) {
		struct tw_text rest = {text.at + at, text.length - at};
		if (csv_end(&length, &flaw, rest, separator, last) != CSV_OK)
			break;
		at += length;
	}
	for (size_t i = 0; i < at; i++)
		counted += text.at[i] == '\n';
	return end != at ? "how far whole records go" : lines != counted ? "the lines" : NULL;
}

const char *scan_check(const char *text, size_t length, char separator)
{
	struct scan_finder finder[4];
	struct scan scan;
	char *copy = calloc(1, length + SCAN_BLOCK);
	const char *wrong = copy ? NULL : "memory";
	if (!wrong && length)
		memcpy(copy, text, length);
	struct tw_text whole = {copy, length};
	size_t finders = scan_finders(finder);
	scan_start(&scan);
	if (!wrong)
		wrong = finders_agree(copy, length, separator);
	for (size_t i = 0; i < finders && !wrong; i++) {
		scan.find = finder[i].find;
		if (!(wrong = rows_agree(&scan, whole, separator)) &&
		    !(wrong = whole_agrees(&scan, whole, separator, true)))
			wrong = whole_agrees(&scan, whole, separator, false);
	}
	scan_free(&scan);
	free(copy);
	return wrong;
}
