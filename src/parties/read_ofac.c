/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OFAC's files of 12, 6, 5 and 2 columns without a head. A cell is empty where it is -0- as a
 * whole, and only there. The number of an entry joins the files of one day; it is kept as nothing
 * else.
 */
#include "parties/lists.h"

#include <string.h>

#include "common/ascii.h"

static struct tw_text cell(const struct row *row, size_t position)
{
	struct tw_text text = row_cell(row, position);
	return text.length == 3 && !memcmp(text.at, "-0-", 3) ? (struct tw_text){"", 0} : text;
}

static bool is_number(struct tw_text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_digit(text.at[i]))
			return false;
	return text.length > 0;
}

/* "A] [B": several programs in one cell. */
static int programs(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	int code = TW_OK;
	while (text.length && !code) {
		size_t length = 0;
		while (length < text.length && text.at[length] != ']' && text.at[length] != '[')
			length++;
		code = entries_program(entries, entry, (struct tw_text){text.at, length});
		length += length < text.length;
		text.at += length;
		text.length -= length;
	}
	return code;
}

static int take(struct entries *entries, struct party_list *list, const struct row *row)
{
	struct party_entry *entry;
	int code = entries_entry(&entry, entries, list, cell(row, 0));
	struct tw_text type = cell(row, 2);
	if (!code)
		code = entries_name(entries, entry, cell(row, 1), "name");
	if (!code)
		code = entries_type(entries, entry,
				    type.length ? type : (struct tw_text){"entity", 6});
	if (!code)
		code = programs(entries, entry, cell(row, 3));
	if (!code)
		code = entries_country(entries, entry, cell(row, 9));
	if (!code)
		code = entries_prose(entries, entry, cell(row, 11));
	return code;
}

int read_ofac(struct entries *entries, struct party_list *list, char *at, size_t length)
{
	struct rows rows = {.at = at, .end = at + length, .separator = ',', .next = 1};
	struct row row;
	int code = TW_OK;
	while (!code && rows_next(&row, &rows)) {
		list->rows++;
		if (!is_number(row.cell[0]) || !cell(&row, 1).length)
			entries_skip(list, rows.line, "no number or no name");
		else
			code = take(entries, list, &row);
	}
	list->mended += rows.mended;
	return code;
}

static int take_address(struct entries *entries, struct party_entry *entry, const struct row *row)
{
	struct buffer *text = &entries->scratch;
	text->length = 0;
	for (size_t i = 2; i < 5; i++) {
		struct tw_text part = cell(row, i);
		buffer_text(text, part.length && text->length ? ", " : "");
		buffer_put(text, part.at, part.length);
	}
	int code = entries_address(entries, entry,
				   (struct tw_text){text->length ? text->at : "", text->length});
	return code ? code : entries_country(entries, entry, cell(row, 4));
}

/* As the list says it; what it calls weak is so. */
static const char *alias_kind(const struct row *row)
{
	static const char *const kinds[] = {"aka", "fka", "nka"};
	struct tw_text kind = cell(row, 2), remark = cell(row, 4);
	for (size_t i = 0; i + 4 <= remark.length; i++)
		if (rows_alike((struct tw_text){remark.at + i, 4}, "weak"))
			return "weak aka";
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (rows_alike(kind, kinds[i]))
			return kinds[i];
	return "aka";
}

int read_ofac_companion(struct entries *entries, struct party_list *list, enum list_kind kind,
			char *at, size_t length, uint64_t *count)
{
	struct rows rows = {.at = at, .end = at + length, .separator = ',', .next = 1};
	struct row row;
	int code = TW_OK;
	while (!code && rows_next(&row, &rows)) {
		struct party_entry *entry = entries_find(entries, list, row_cell(&row, 0));
		++*count;
		if (!entry) {
			entries_skip(list, rows.line, "a companion's row of no entry");
			continue;
		}
		if (kind == LIST_OFAC_ADDRESS)
			code = take_address(entries, entry, &row);
		else if (kind == LIST_OFAC_COMMENTS)
			code = entries_prose(entries, entry, cell(&row, 1));
		else
			code = entries_name(entries, entry, cell(&row, 3), alias_kind(&row));
	}
	list->mended += rows.mended;
	return code;
}
