/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The EU's financial sanctions: one row a fact, joined on the entity's logical id. The columns are
 * those of csvFullSanctionsList_1_1, or of csvFullSanctionsList, its first form.
 */
#include "parties/lists.h"

#include <string.h>

enum { NAME_PARTS = 3, ADDRESS_PARTS = 6 };

struct eu {
	size_t made, id, type, program, whole, part[NAME_PARTS], address[ADDRESS_PARTS], country,
	    number, kind, issuer, citizenship;
};

/* Under one of the names that it has had. */
static size_t country_of(struct party_list *list, const struct row *head, const char *name,
			 const char *other, const char *first)
{
	size_t at = rows_column(head, first, ROWS_CELLS);
	return at < ROWS_CELLS ? at : list_column(list, head, name, other);
}

static int columns(struct eu *eu, struct entries *entries, struct party_list *list,
		   const struct row *head)
{
	eu->made = list_column(list, head, "fileGenerationDate", NULL);
	eu->type = list_column(list, head, "Entity_SubjectType", "Subject_type");
	eu->program = list_column(list, head, "Entity_Regulation_Programme", "Programme");
	eu->part[0] = list_column(list, head, "NameAlias_LastName", "Naal_lastname");
	eu->part[1] = list_column(list, head, "NameAlias_FirstName", "Naal_firstname");
	eu->part[2] = list_column(list, head, "NameAlias_MiddleName", "Naal_middlename");
	eu->whole = rows_column(head, "Naal_wholename", ROWS_CELLS);
	eu->address[0] = list_column(list, head, "Address_Street", "Addr_street");
	eu->address[1] = list_column(list, head, "Address_PoBox", NULL);
	eu->address[2] = list_column(list, head, "Address_City", "Addr_city");
	eu->address[3] = list_column(list, head, "Address_ZipCode", "Addr_zipcode");
	eu->address[4] = list_column(list, head, "Address_Region", NULL);
	eu->address[5] = list_column(list, head, "Address_Place", NULL);
	eu->country =
	    country_of(list, head, "Address_CountryIso2Code", "AddressCountryISO", "Addr_country");
	eu->number = list_column(list, head, "Identification_Number", "Iden_number");
	eu->kind =
	    list_column(list, head, "Identification_TypeDescription", "IdentificationTypeDesc");
	eu->issuer = country_of(list, head, "Identification_CountryIso2Code",
				"IdentificationCountryISO", "Iden_country");
	eu->citizenship = country_of(list, head, "Citizenship_CountryIso2Code",
				     "CitizenshipCountryISO", "Citi_country");
	int code = eu->whole < ROWS_CELLS
		       ? TW_OK
		       : list_column_needed(&eu->whole, entries, list, head, "NameAlias_WholeName");
	return code ? code : list_column_needed(&eu->id, entries, list, head, "Entity_LogicalId");
}

/* Its kind is prose; where it is none of those known the number stands without one. */
static int identifier(struct entries *entries, struct party_entry *entry, const struct eu *eu,
		      const struct row *row)
{
	struct tw_text number = row_cell(row, eu->number);
	const char *kind = kinds_begin(lexicon_kinds(entries->lexicon), row_cell(row, eu->kind));
	return number.length ? entries_identifier(entries, entry, kind ? kind : "", number,
						  row_cell(row, eu->issuer))
			     : TW_OK;
}

static int take(struct entries *entries, struct party_list *list, const struct eu *eu,
		const struct row *row)
{
	struct party_entry *entry;
	const size_t given[] = {eu->part[1], eu->part[2], eu->part[0]};
	struct tw_text name = row_cell(row, eu->whole);
	int code = entries_entry(&entry, entries, list, row_cell(row, eu->id));
	if (!name.length)
		name = rows_joined(&entries->scratch, row, given, NAME_PARTS, " ");
	if (!code)
		code = entries_name(entries, entry, name, entry->names ? "aka" : "name");
	if (!code)
		code = entries_type(entries, entry, row_cell(row, eu->type));
	if (!code)
		code = entries_program(entries, entry, row_cell(row, eu->program));
	if (!code)
		code = entries_address(
		    entries, entry,
		    rows_joined(&entries->scratch, row, eu->address, ADDRESS_PARTS, ", "));
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
	code = columns(&eu, entries, list, &row);
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
