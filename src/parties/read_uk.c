/* SPDX-License-Identifier: Apache-2.0 */
/* The UK Sanctions List: a line with the day of the report, a head, one row a name and address. */
#include "parties/lists.h"

#include <string.h>

enum { PARTS = 6, ADDRESS_PARTS = 7 };

struct uk {
	size_t id, part[PARTS], kind, strength, script, regime, type, address[ADDRESS_PARTS],
	    country, designated, nationality, national, passport, registration, imo;
};

static int columns(struct uk *uk, struct entries *entries, struct party_list *list,
		   const struct row *head)
{
	static const char *const names[PARTS] = {"Name 1", "Name 2", "Name 3",
						 "Name 4", "Name 5", "Name 6"};
	for (size_t i = 0; i < PARTS; i++)
		uk->part[i] = list_column(list, head, names[i], NULL);
	uk->kind = list_column(list, head, "Name type", NULL);
	uk->strength = list_column(list, head, "Alias strength", NULL);
	uk->script = list_column(list, head, "Name non-latin script", "NonLatinScript");
	uk->regime = list_column(list, head, "Regime Name", NULL);
	uk->type = list_column(list, head, "Designation Type", "EntityType");
	for (size_t i = 0; i + 1 < ADDRESS_PARTS; i++) {
		static const char *const lines[] = {"Address Line 1", "Address Line 2",
						    "Address Line 3", "Address Line 4",
						    "Address Line 5", "Address Line 6"};
		uk->address[i] = list_column(list, head, lines[i], NULL);
	}
	uk->address[ADDRESS_PARTS - 1] =
	    list_column(list, head, "Address Postal Code", "PostalCode");
	uk->country = list_column(list, head, "Address Country", NULL);
	uk->designated = list_column(list, head, "Date Designated", NULL);
	uk->nationality = list_column(list, head, "Nationality(/ies)", "Nationality");
	uk->national = list_column(list, head, "National Identifier number", "NationalIDNumber");
	uk->passport = list_column(list, head, "Passport number", NULL);
	uk->registration =
	    list_column(list, head, "Business registration number (s)", "BusinessRegNumber");
	uk->imo = list_column(list, head, "IMO number", NULL);
	return list_column_needed(&uk->id, entries, list, head, "Unique ID");
}

/* "Low quality a.k.a" */
static bool is_weak_alias(struct tw_text strength)
{
	return strength.length >= 3 && rows_alike((struct tw_text){strength.at, 3}, "low");
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
	struct party_entry *entry;
	bool is_weak = is_weak_alias(row_cell(row, uk->strength));
	bool is_alias = rows_alike(row_cell(row, uk->kind), "Alias");
	int code = entries_entry(&entry, entries, list, row_cell(row, uk->id));
	if (!code)
		code = entries_name(entries, entry,
				    rows_joined(&entries->scratch, row, uk->part, PARTS, " "),
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
		    rows_joined(&entries->scratch, row, uk->address, ADDRESS_PARTS, ", "));
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
				code = columns(&uk, entries, list, &row);
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
