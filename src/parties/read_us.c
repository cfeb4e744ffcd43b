/* SPDX-License-Identifier: Apache-2.0 */
/* The Consolidated Screening List, by its column names, and the Denied Persons List of BIS. */
#include "parties/lists.h"

#include <stdio.h>
#include <string.h>

struct csl {
	size_t id, source, number, type, programs, name, addresses, start, alternatives,
	    citizenships, nationalities, ids;
};

static int columns(struct csl *csl, struct entries *entries, struct party_list *list,
		   const struct row *head)
{
	csl->source = list_column(list, head, "source", NULL);
	csl->number = list_column(list, head, "entity_number", NULL);
	csl->type = list_column(list, head, "type", NULL);
	csl->programs = list_column(list, head, "programs", NULL);
	csl->addresses = list_column(list, head, "addresses", NULL);
	csl->start = list_column(list, head, "start_date", NULL);
	csl->alternatives = list_column(list, head, "alt_names", NULL);
	csl->citizenships = list_column(list, head, "citizenships", NULL);
	csl->nationalities = list_column(list, head, "nationalities", NULL);
	csl->ids = list_column(list, head, "ids", NULL);
	int code = list_column_needed(&csl->id, entries, list, head, "_id");
	return code ? code : list_column_needed(&csl->name, entries, list, head, "name");
}

/* An entry that OFAC's own file, read before, has under the same number and name; or NULL. */
static const struct party_entry *same_entry(const struct entries *entries, struct tw_text number,
					    struct tw_text name)
{
	for (size_t i = 0; i < entries->lists; i++) {
		const struct party_list *list = &entries->list[i];
		if (strncmp(list->name, "OFAC", 4) != 0)
			continue;
		const struct party_entry *entry = entries_find(entries, list, number);
		if (entry && entry->name && rows_alike(name, entry->name->text))
			return entry;
	}
	return NULL;
}

static bool has_name(const struct party_entry *entry, struct tw_text text)
{
	for (const struct party_name *name = entry->name; name; name = name->next)
		if (rows_alike(text, name->text))
			return true;
	return false;
}

static bool has_number(const struct party_entry *entry, struct tw_text text)
{
	for (const struct party_identifier *one = entry->identifier; one; one = one->next)
		if (rows_alike(text, one->number))
			return true;
	return false;
}

/* Whether a row says nothing that the entry of OFAC's own file does not: it is left out then. */
static bool is_repeated(const struct entries *entries, const struct csl *csl, const struct row *row)
{
	struct tw_text source = row_cell(row, csl->source), part;
	if (!source.length || !memmem(source.at, source.length, "SDN", 3))
		return false;
	const struct party_entry *entry =
	    same_entry(entries, row_cell(row, csl->number), row_cell(row, csl->name));
	struct tw_text names = row_cell(row, csl->alternatives), ids = row_cell(row, csl->ids);
	while (entry && rows_part(&part, &names, "; "))
		if (part.length && !has_name(entry, part))
			return false;
	while (entry && rows_part(&part, &ids, "; ")) {
		struct identifier found;
		if (kinds_cells(&found, lexicon_kinds(entries->lexicon), part) &&
		    !has_number(entry, found.number))
			return false;
	}
	return entry != NULL;
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

static int take_id(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	struct identifier found;
	return kinds_cells(&found, lexicon_kinds(entries->lexicon), text)
		   ? entries_identifier(entries, entry, found.kind, found.number, found.country)
		   : TW_OK;
}

static int take_csl(struct entries *entries, struct party_list *list, const struct csl *csl,
		    const struct row *row)
{
	struct party_entry *entry;
	/* Numbers are those of the source lists: the id of the row is the key. */
	int code = entries_entry(&entry, entries, list, row_cell(row, csl->id));
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
	code = columns(&csl, entries, list, &row);
	while (!code && rows_next(&row, &rows)) {
		list->rows++;
		struct tw_text name = row_cell(&row, csl.name);
		if (!name.length || !row_cell(&row, csl.id).length)
			entries_skip(list, rows.line, "no key or no name");
		else if (is_repeated(entries, &csl, &row))
			list->repeated++;
		else
			code = take_csl(entries, list, &csl, &row);
	}
	list->mended += rows.mended;
	return code;
}

struct dpl {
	size_t name, address[4], country, updated;
};

static int dpl_columns(struct dpl *dpl, struct entries *entries, struct party_list *list,
		       const struct row *head)
{
	static const char *const address[] = {"Street_Address", "City", "State", "Postal_Code"};
	for (size_t i = 0; i < 4; i++)
		dpl->address[i] = list_column(list, head, address[i], NULL);
	dpl->country = list_column(list, head, "Country", NULL);
	dpl->updated = list_column(list, head, "Last_Update", NULL);
	return list_column_needed(&dpl->name, entries, list, head, "Name");
}

static int take_denied(struct entries *entries, struct party_list *list, const struct dpl *dpl,
		       const struct row *row, uint64_t line)
{
	char id[32];
	struct party_entry *entry;
	int n = snprintf(id, sizeof id, "row %llu", (unsigned long long)line);
	int code = entries_entry(&entry, entries, list, (struct tw_text){id, (size_t)n});
	if (!code)
		code = entries_name(entries, entry, row_cell(row, dpl->name), "name");
	if (!code)
		code = entries_address(entries, entry,
				       rows_joined(&entries->scratch, row, dpl->address, 4, ", "));
	if (!code)
		code = entries_country(entries, entry, row_cell(row, dpl->country));
	if (!code)
		code = entries_program(entries, entry, (struct tw_text){"DPL", 3});
	entries_day(list, row_cell(row, dpl->updated), false);
	return code;
}

int read_dpl(struct entries *entries, struct party_list *list, char *at, size_t length)
{
	struct rows rows = {.at = at, .end = at + length, .separator = '\t', .next = 1};
	struct row row;
	struct dpl dpl;
	if (!rows_next(&row, &rows))
		return TW_OK;
	int code = dpl_columns(&dpl, entries, list, &row);
	while (!code && rows_next(&row, &rows)) {
		list->rows++;
		if (!row_cell(&row, dpl.name).length || row.count < 5)
			entries_skip(list, rows.line, "no name or no country");
		else
			code = take_denied(entries, list, &dpl, &row, rows.line);
	}
	list->mended += rows.mended;
	return code;
}
