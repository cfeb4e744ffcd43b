/* SPDX-License-Identifier: Apache-2.0 */
/* What a file is, by its first rows. Names of files say nothing here. */
#include <string.h>

#include "common/ascii.h"
#include "parties/lists.h"

enum { LOOKED = 65536, ROWS = 8 };

static bool holds(struct tw_text text, const char *what)
{
	return text.length && memmem(text.at, text.length, what, strlen(what));
}

static enum list_kind kind_of_xml(struct tw_text text)
{
	if (holds(text, "<CONSOLIDATED_LIST"))
		return LIST_UN;
	if (holds(text, "<ReferenceValueSets") || holds(text, "<DistinctPart"))
		return LIST_OFAC_ADVANCED;
	if (holds(text, "<sdnList"))
		return LIST_OFAC_XML;
	if (holds(text, "<sanctionEntity") || holds(text, "/fsd/export"))
		return LIST_EU_XML;
	if (holds(text, "<Designations") || holds(text, "<Designation>"))
		return LIST_UK_XML;
	/* Its elements are named in English, or in both languages with a hyphen between. */
	return holds(text, "<LastName") || holds(text, "<EntityOrShip") ||
		       holds(text, "<GivenName") || holds(text, "<Entity>")
		   ? LIST_CANADA
		   : LIST_UNKNOWN;
}

static bool has(const struct row *row, const char *name)
{
	return rows_column(row, name, ROWS_CELLS) < ROWS_CELLS;
}

static enum list_kind kind_of_head(const struct row *row, char separator)
{
	if (has(row, "entity_number") && has(row, "alt_names"))
		return separator == '\t' ? LIST_CSL_TABS : LIST_CSL;
	if (separator == '\t')
		return has(row, "Name") && has(row, "FR_Citation") ? LIST_DPL : LIST_UNKNOWN;
	if (separator == ';')
		return has(row, "Entity_LogicalId") ? LIST_EU : LIST_UNKNOWN;
	if (has(row, "Name 6"))
		return has(row, "Unique ID") ? LIST_UK : LIST_UK_OLD;
	return LIST_UNKNOWN;
}

static bool is_number(struct tw_text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (!is_digit(text.at[i]))
			return false;
	return text.length > 0;
}

/* OFAC's have no head: a number, and so many columns. */
static enum list_kind kind_of_row(const struct row *row)
{
	if (!is_number(row->cell[0]))
		return LIST_UNKNOWN;
	switch (row->count) {
	case 12:
		return LIST_OFAC;
	case 6:
		return is_number(row->cell[1]) ? LIST_OFAC_ADDRESS : LIST_UNKNOWN;
	case 5:
		return is_number(row->cell[1]) ? LIST_OFAC_ALIAS : LIST_UNKNOWN;
	case 2:
		return LIST_OFAC_COMMENTS;
	default:
		return LIST_UNKNOWN;
	}
}

static enum list_kind kind_of_rows(char *copy, struct tw_text text)
{
	static const char separators[] = ",;\t";
	struct row row;
	enum list_kind kind = LIST_UNKNOWN;
	for (const char *separator = separators; *separator && !kind; separator++) {
		memcpy(copy, text.at, text.length);
		struct rows rows = {
		    .at = copy, .end = copy + text.length, .separator = *separator, .next = 1};
		for (int i = 0; i < ROWS && !kind && rows_next(&row, &rows); i++) {
			kind = kind_of_head(&row, *separator);
			if (!kind && *separator == ',')
				kind = kind_of_row(&row);
		}
	}
	return kind;
}

enum list_kind list_kind(struct tw_text text)
{
	char copy[LOOKED];
	size_t blanks = 0;
	while (blanks < text.length &&
	       (text.at[blanks] == ' ' || text.at[blanks] == '\n' || text.at[blanks] == '\r' ||
		text.at[blanks] == '\t' || text.at[blanks] == '\x1A'))
		blanks++;
	if (blanks == text.length)
		return LIST_EMPTY;
	if (memchr(text.at, 0, text.length < LOOKED ? text.length : LOOKED))
		return LIST_NULLS;
	if (text.length > LOOKED)
		text.length = LOOKED;
	if (blanks < text.length && text.at[blanks] == '<')
		return kind_of_xml(text);
	if (blanks < text.length && (text.at[blanks] == '{' || text.at[blanks] == '['))
		return LIST_JSON;
	return kind_of_rows(copy, text);
}

const char *list_kind_name(enum list_kind kind)
{
	static const char *const names[] = {
	    [LIST_UNKNOWN] =
		"is not a list that is known: give OFAC's SDN.CSV, CONS_PRIM.CSV or "
		"SDN_ADVANCED.XML, "
		"consolidated.csv "
		"of the Consolidated Screening List, dpl.txt, the UN's consolidated.xml, the EU's "
		"csvFullSanctionsList, UK-Sanctions-List.csv or Canada's sema-lmes.xml",
	    [LIST_OFAC] = "OFAC SDN",
	    [LIST_OFAC_ADDRESS] = "OFAC addresses",
	    [LIST_OFAC_ALIAS] = "OFAC aliases",
	    [LIST_OFAC_COMMENTS] = "OFAC comments",
	    [LIST_CSL] = "Consolidated Screening List",
	    [LIST_CSL_TABS] = "Consolidated Screening List",
	    [LIST_DPL] = "BIS Denied Persons",
	    [LIST_EU] = "EU financial sanctions",
	    [LIST_UK] = "UK Sanctions List",
	    [LIST_UN] = "UN consolidated",
	    [LIST_CANADA] = "Canada autonomous sanctions",
	    [LIST_OFAC_ADVANCED] = "OFAC SDN",
	    [LIST_OFAC_XML] = ("is OFAC's older XML, which is not read: give SDN_ADVANCED.XML, or "
			       "SDN.CSV with ADD.CSV, ALT.CSV and SDN_COMMENTS.CSV beside it"),
	    [LIST_UK_OLD] = ("is OFSI's consolidated list, which is no longer kept: give "
			     "UK-Sanctions-List.csv"),
	    [LIST_EU_XML] =
		"is the EU's list as XML, which is not read: give csvFullSanctionsList_1_1",
	    [LIST_UK_XML] =
		"is the UK's list as XML, which is not read: give UK-Sanctions-List.csv",
	    [LIST_NULLS] = ("holds null bytes: it is UTF-16 without a byte order mark, or no text: "
			    "give the list as UTF-8"),
	    [LIST_JSON] = "is JSON, which is not read: give the same list as CSV",
	    [LIST_EMPTY] = "is empty"};
	return names[kind];
}
