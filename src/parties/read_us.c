/* SPDX-License-Identifier: Apache-2.0 */
/* The Consolidated Screening List, by its column names, and the Denied Persons List of BIS. */
#include "parties/lists.h"

#include <stdio.h>
#include <string.h>

#include "common/ascii.h"

struct csl {
	size_t source, number, type, programs, name, addresses, start, alternatives, citizenships,
	    nationalities, ids;
};

static void columns(struct csl *csl, const struct row *head)
{
	csl->source = rows_column(head, "source", 1);
	csl->number = rows_column(head, "entity_number", 2);
	csl->type = rows_column(head, "type", 3);
	csl->programs = rows_column(head, "programs", 4);
	csl->name = rows_column(head, "name", 5);
	csl->addresses = rows_column(head, "addresses", 7);
	csl->start = rows_column(head, "start_date", 9);
	csl->alternatives = rows_column(head, "alt_names", 22);
	csl->citizenships = rows_column(head, "citizenships", 23);
	csl->nationalities = rows_column(head, "nationalities", 25);
	csl->ids = rows_column(head, "ids", 28);
}

/* An entry that OFAC's own file, read before, has under the same number and name. */
static bool is_repeated(const struct entries *entries, struct tw_text number, struct tw_text name)
{
	char key[512], other[512];
	(void)name_key(key, sizeof key, name);
	for (size_t i = 0; i < entries->lists; i++) {
		const struct party_list *list = &entries->list[i];
		if (strncmp(list->name, "OFAC", 4) != 0)
			continue;
		const struct party_entry *entry = entries_find(entries, list, number);
		if (!entry || !entry->name)
			continue;
		(void)name_key(other, sizeof other,
			       (struct tw_text){entry->name->text, strlen(entry->name->text)});
		if (!strcmp(key, other))
			return true;
	}
	return false;
}

/* Each part of a cell, given to one of the takers of entries. */
static int each(struct entries *entries, struct party_entry *entry, struct tw_text text,
		int (*take)(struct entries *, struct party_entry *, struct tw_text))
{
	struct tw_text part;
	int code = TW_OK;
	while (!code && rows_part(&part, &text, "; "))
		code = take(entries, entry, part);
	return code;
}

static int take_alternative(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	return entries_name(entries, entry, text, "aka");
}

/* "Passport, A1234567, IR" in any order: the kind is a phrase, the number has a digit. */
static int take_id(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	struct tw_text part, number = {"", 0}, country = {"", 0}, whole = text;
	char words[128];
	size_t used;
	const char *kind = NULL;
	while (rows_part(&part, &text, ",")) {
		size_t length = 0;
		for (size_t i = 0; i < part.length && length + 1 < sizeof words; i++) {
			char c = to_lower(part.at[i]);
			bool is_word = (c >= 'a' && c <= 'z') || is_digit(c);
			if (is_word || (length && words[length - 1] != ' '))
				words[length++] = is_word ? c : ' ';
		}
		while (length && words[length - 1] == ' ')
			length--;
		words[length] = 0;
		const char *found = lexicon_identifier(&used, entries->lexicon, words);
		bool has_digit = false;
		for (size_t i = 0; i < part.length; i++)
			has_digit = has_digit || is_digit(part.at[i]);
		if (found && !words[used])
			kind = found;
		else if (has_digit && !number.length)
			number = part;
		else if (part.length == 2)
			country = part;
	}
	return kind ? entries_identifier(entries, entry, kind, number, country)
		    : entries_prose(entries, entry, whole);
}

static int take_csl(struct entries *entries, struct party_list *list, const struct csl *csl,
		    const struct row *row)
{
	struct party_entry *entry;
	/* Numbers are those of the source lists: the id of the row is the key. */
	int code = entries_entry(&entry, entries, list, row_cell(row, 0));
	if (!code)
		code = entries_name(entries, entry, row_cell(row, csl->name), "name");
	if (!code)
		code = entries_type(entries, entry, row_cell(row, csl->type));
	if (!code)
		code = each(entries, entry, row_cell(row, csl->programs), entries_program);
	if (!code)
		code = entries_program(entries, entry, row_cell(row, csl->source));
	if (!code)
		code = each(entries, entry, row_cell(row, csl->addresses), entries_address);
	if (!code)
		code = each(entries, entry, row_cell(row, csl->alternatives), take_alternative);
	if (!code)
		code = each(entries, entry, row_cell(row, csl->citizenships), entries_country);
	if (!code)
		code = each(entries, entry, row_cell(row, csl->nationalities), entries_country);
	if (!code)
		code = each(entries, entry, row_cell(row, csl->ids), take_id);
	entries_day(list, row_cell(row, csl->start), false);
	return code;
}

int read_csl(struct entries *entries, struct party_list *list, char *at, size_t length,
	     char separator)
{
	struct rows rows = {.at = at, .end = at + length, .separator = separator, .next = 1};
	struct row row;
	struct csl csl;
	int code = TW_OK;
	if (!rows_next(&row, &rows))
		return TW_OK;
	columns(&csl, &row);
	while (!code && rows_next(&row, &rows)) {
		list->rows++;
		struct tw_text name = row_cell(&row, csl.name);
		if (!name.length || !row.cell[0].length)
			entries_skip(list, rows.line, "no key or no name");
		else if (memmem(row_cell(&row, csl.source).at, row_cell(&row, csl.source).length,
				"SDN", 3) &&
			 is_repeated(entries, row_cell(&row, csl.number), name))
			list->repeated++;
		else
			code = take_csl(entries, list, &csl, &row);
	}
	list->mended += rows.mended;
	return code;
}

static int take_denied(struct entries *entries, struct party_list *list, const struct row *row,
		       uint64_t line)
{
	char text[1024];
	struct party_entry *entry;
	int n = snprintf(text, sizeof text, "row %llu", (unsigned long long)line);
	int code = entries_entry(&entry, entries, list, (struct tw_text){text, (size_t)n});
	if (!code)
		code = entries_name(entries, entry, row->cell[0], "name");
	struct tw_text of[4] = {row_cell(row, 1), row_cell(row, 2), row_cell(row, 3),
				row_cell(row, 5)};
	n = snprintf(text, sizeof text, "%.*s, %.*s, %.*s, %.*s", (int)(of[0].length % 256),
		     of[0].at, (int)(of[1].length % 256), of[1].at, (int)(of[2].length % 256),
		     of[2].at, (int)(of[3].length % 256), of[3].at);
	if (!code)
		code = entries_address(entries, entry, (struct tw_text){text, (size_t)n});
	if (!code)
		code = entries_country(entries, entry, row_cell(row, 4));
	if (!code)
		code = entries_program(entries, entry, (struct tw_text){"DPL", 3});
	entries_day(list, row_cell(row, 9), false);
	return code;
}

int read_dpl(struct entries *entries, struct party_list *list, char *at, size_t length)
{
	struct rows rows = {.at = at, .end = at + length, .separator = '\t', .next = 1};
	struct row row;
	int code = TW_OK;
	if (!rows_next(&row, &rows)) /* the head */
		return TW_OK;
	while (!code && rows_next(&row, &rows)) {
		list->rows++;
		if (!row.cell[0].length || row.count < 5)
			entries_skip(list, rows.line, "no name or no country");
		else
			code = take_denied(entries, list, &row, rows.line);
	}
	list->mended += rows.mended;
	return code;
}
