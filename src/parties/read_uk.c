/* SPDX-License-Identifier: Apache-2.0 */
/* The UK Sanctions List: a line with the day of the report, a head, one row a name and address. */
#include "parties/lists.h"

#include <string.h>

enum { PARTS = 6, ADDRESS_PARTS = 7 };

struct uk {
	size_t id, part[PARTS], kind, strength, script, regime, type, address[ADDRESS_PARTS],
	    country, designated, nationality, national, passport, registration, imo;
};

static size_t either(const struct row *head, const char *one, const char *other, size_t otherwise)
{
	return rows_column(head, one, rows_column(head, other, otherwise));
}

static void columns(struct uk *uk, const struct row *head)
{
	static const char *const names[PARTS] = {"Name 1", "Name 2", "Name 3",
						 "Name 4", "Name 5", "Name 6"};
	static const size_t places[PARTS] = {5, 6, 7, 8, 9, 4};
	uk->id = rows_column(head, "Unique ID", 1);
	for (size_t i = 0; i < PARTS; i++)
		uk->part[i] = rows_column(head, names[i], places[i]);
	uk->kind = rows_column(head, "Name type", 10);
	uk->strength = rows_column(head, "Alias strength", 11);
	uk->script = either(head, "Name non-latin script", "NonLatinScript", 13);
	uk->regime = rows_column(head, "Regime Name", 16);
	uk->type = either(head, "Designation Type", "EntityType", 17);
	for (size_t i = 0; i + 1 < ADDRESS_PARTS; i++) {
		char name[] = "Address Line 1";
		name[sizeof name - 2] = (char)('1' + (int)i);
		uk->address[i] = rows_column(head, name, 22 + i);
	}
	uk->address[ADDRESS_PARTS - 1] = either(head, "Address Postal Code", "PostalCode", 28);
	uk->country = rows_column(head, "Address Country", 29);
	uk->designated = rows_column(head, "Date Designated", 33);
	uk->nationality = either(head, "Nationality(/ies)", "Nationality", 35);
	uk->national = either(head, "National Identifier number", "NationalIDNumber", 36);
	uk->passport = rows_column(head, "Passport number", 38);
	uk->registration =
	    either(head, "Business registration number (s)", "BusinessRegNumber", 47);
	uk->imo = rows_column(head, "IMO number", 48);
}

/* Several numbers in a cell, behind commas or semicolons. */
static int identifiers(struct entries *entries, struct party_entry *entry, const char *kind,
		       struct tw_text text)
{
	struct tw_text part, one;
	int code = TW_OK;
	while (!code && rows_part(&part, &text, ";"))
		while (!code && rows_part(&one, &part, ","))
			code =
			    entries_identifier(entries, entry, kind, one, (struct tw_text){"", 0});
	return code;
}

static int take(struct entries *entries, struct party_list *list, const struct uk *uk,
		const struct row *row)
{
	char text[1024];
	struct party_entry *entry;
	bool is_weak = rows_alike(row_cell(row, uk->strength), "Low quality");
	bool is_alias = rows_alike(row_cell(row, uk->kind), "Alias");
	int code = entries_entry(&entry, entries, list, row_cell(row, uk->id));
	if (!code)
		code = entries_name(entries, entry,
				    rows_joined(text, sizeof text, row, uk->part, PARTS, " "),
				    is_weak    ? "weak aka"
				    : is_alias ? "aka"
					       : "name");
	if (!code)
		code = entries_name(entries, entry, row_cell(row, uk->script), "own script");
	if (!code)
		code = entries_type(entries, entry, row_cell(row, uk->type));
	if (!code)
		code = entries_program(entries, entry, row_cell(row, uk->regime));
	if (!code)
		code = entries_address(
		    entries, entry,
		    rows_joined(text, sizeof text, row, uk->address, ADDRESS_PARTS, ", "));
	if (!code)
		code = entries_country(entries, entry, row_cell(row, uk->country));
	if (!code)
		code = entries_country(entries, entry, row_cell(row, uk->nationality));
	if (!code)
		code = identifiers(entries, entry, "national id", row_cell(row, uk->national));
	if (!code)
		code = identifiers(entries, entry, "passport", row_cell(row, uk->passport));
	if (!code)
		code = identifiers(entries, entry, "registry", row_cell(row, uk->registration));
	return code ? code : identifiers(entries, entry, "imo", row_cell(row, uk->imo));
}

int read_uk(struct entries *entries, struct party_list *list, char *at, size_t length)
{
	struct rows rows = {.at = at, .end = at + length, .separator = ',', .next = 1};
	struct row row;
	struct uk uk;
	int code = TW_OK;
	bool has_head = false;
	while (!code && rows_next(&row, &rows)) {
		if (!has_head) {
			/* What stands before the head is the line with the day. */
			has_head = rows_column(&row, "Unique ID", ROWS_CELLS) < ROWS_CELLS;
			if (has_head)
				columns(&uk, &row);
			for (size_t i = 0; i < row.count && !has_head && !*list->date; i++)
				entries_date(list, row.cell[i], true);
			continue;
		}
		list->rows++;
		if (row_cell(&row, uk.id).length) {
			entries_day(list, row_cell(&row, uk.designated), true);
			code = take(entries, list, &uk, &row);
		} else {
			entries_skip(list, rows.line, "no unique ID");
		}
	}
	list->mended += rows.mended;
	return code;
}
