/* SPDX-License-Identifier: Apache-2.0 */
/* The EU's financial sanctions: one row a fact, joined on the entity's logical id. */
#include "parties/lists.h"

#include <string.h>

enum { NAME_PARTS = 3, ADDRESS_PARTS = 6 };

struct eu {
	size_t made, id, type, program, whole, part[NAME_PARTS], address[ADDRESS_PARTS], country,
	    number, kind, issuer, citizenship;
};

/* By the names of the head; where it has others, by the places that the list has published. */
static void columns(struct eu *eu, const struct row *head)
{
	eu->made = rows_column(head, "fileGenerationDate", 0);
	eu->id = rows_column(head, "Entity_LogicalId", 1);
	eu->type = rows_column(head, "Entity_SubjectType", 7);
	eu->program = rows_column(head, "Entity_Regulation_Programme", 14);
	eu->part[0] = rows_column(head, "NameAlias_LastName", 16);
	eu->part[1] = rows_column(head, "NameAlias_FirstName", 17);
	eu->part[2] = rows_column(head, "NameAlias_MiddleName", 18);
	eu->whole = rows_column(head, "NameAlias_WholeName", 19);
	eu->address[0] = rows_column(head, "Address_Street", 35);
	eu->address[1] = rows_column(head, "Address_PoBox", 36);
	eu->address[2] = rows_column(head, "Address_City", 34);
	eu->address[3] = rows_column(head, "Address_ZipCode", 37);
	eu->address[4] = rows_column(head, "Address_Region", 38);
	eu->address[5] = rows_column(head, "Address_Place", 39);
	eu->country = rows_column(head, "Address_CountryIso2Code", 42);
	eu->number = rows_column(head, "Identification_Number", 78);
	eu->kind = rows_column(head, "Identification_TypeDescription", 91);
	eu->issuer = rows_column(head, "Identification_CountryIso2Code", 93);
	eu->citizenship = rows_column(head, "Citizenship_CountryIso2Code", 106);
}

static int identifier(struct entries *entries, struct party_entry *entry, const struct eu *eu,
		      const struct row *row)
{
	char text[512];
	struct tw_text number = row_cell(row, eu->number), kind = row_cell(row, eu->kind);
	struct tw_text issuer = row_cell(row, eu->issuer);
	if (!number.length)
		return TW_OK;
	/* Its kind is prose; where it is none of those known the number stands without one. */
	size_t used, length = 0;
	for (size_t i = 0; i < kind.length && length + 1 < sizeof text; i++) {
		char c =
		    kind.at[i] >= 'A' && kind.at[i] <= 'Z' ? (char)(kind.at[i] + 32) : kind.at[i];
		text[length++] = c == '-' || c == '/' ? ' ' : c;
	}
	text[length] = 0;
	const char *known = lexicon_identifier(&used, entries->lexicon, text);
	return entries_identifier(entries, entry, known ? known : "", number, issuer);
}

static int take(struct entries *entries, struct party_list *list, const struct eu *eu,
		const struct row *row)
{
	char text[1024];
	struct party_entry *entry;
	const size_t given[] = {eu->part[1], eu->part[2], eu->part[0]};
	struct tw_text name = row_cell(row, eu->whole);
	int code = entries_entry(&entry, entries, list, row_cell(row, eu->id));
	if (!name.length)
		name = rows_joined(text, sizeof text, row, given, NAME_PARTS, " ");
	if (!code)
		code = entries_name(entries, entry, name, entry->names ? "aka" : "name");
	if (!code)
		code = entries_type(entries, entry, row_cell(row, eu->type));
	if (!code)
		code = entries_program(entries, entry, row_cell(row, eu->program));
	if (!code)
		code = entries_address(
		    entries, entry,
		    rows_joined(text, sizeof text, row, eu->address, ADDRESS_PARTS, ", "));
	if (!code)
		code = entries_country(entries, entry, row_cell(row, eu->country));
	if (!code)
		code = entries_country(entries, entry, row_cell(row, eu->citizenship));
	return code ? code : identifier(entries, entry, eu, row);
}

int read_eu(struct entries *entries, struct party_list *list, char *at, size_t length)
{
	struct rows rows = {.at = at, .end = at + length, .separator = ';', .next = 1};
	struct row row;
	struct eu eu;
	int code = TW_OK;
	if (!rows_next(&row, &rows))
		return TW_OK;
	columns(&eu, &row);
	while (!code && rows_next(&row, &rows)) {
		list->rows++;
		if (!row_cell(&row, eu.id).length) {
			entries_skip(list, rows.line, "no entity number");
			continue;
		}
		if (!*list->date)
			entries_date(list, row_cell(&row, eu.made), true);
		code = take(entries, list, &eu, &row);
	}
	list->mended += rows.mended;
	return code;
}
