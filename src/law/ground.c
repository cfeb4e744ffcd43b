/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the ground that all law stands on: days covered, countries and their
 * groups, units of quantity.
 */
#include "law/reader.h"

#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400)

int read_coverage(struct reader *r)
{
	static const char *const keys[] = {"edition", "first", "last", "into", NULL};
	struct yaml_node *root;
	tw_time first, last, edition;
	const char *text;
	int code = read_yaml(r, "coverage.yaml", &root);
	if (code || (code = yaml_only(root, keys, r->error)))
		return code;
	for (int i = 0; keys[i]; i++)
		if ((code = read_needed(r, root, keys[i], &text)))
			return code;
	if ((code = read_day(r, root, "edition", "Etc/UTC", &edition)) ||
	    (code = read_day(r, root, "first", "Etc/UTC", &first)) ||
	    (code = read_day(r, root, "last", "Etc/UTC", &last)))
		return code;
	if (last < first)
		return law_error(r->error, yaml_get(root, "last")->pos,
				 "the last day covered is before the first");
	r->law->into = yaml_get(root, "into")->scalar;
	r->law->into_pos = yaml_get(root, "into")->pos;
	r->law->edition = yaml_get(root, "edition")->scalar;
	r->law->coverage_first = (int)(first / DAY);
	r->law->coverage_last = (int)(last / DAY);
	return TW_OK;
}

int check_into(struct reader *r)
{
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if (!strcmp(r->law->jurisdictions[i].code, r->law->into))
			return TW_OK;
	return law_error(
	    r->error, r->law->into_pos,
	    "\"%s\" is not a jurisdiction of this law: write the code of one, such as US",
	    r->law->into);
}

static bool is_upper(const char *text, size_t length)
{
	return strlen(text) == length && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

int read_countries(struct reader *r)
{
	static const char *const columns[] = {"iso2", "iso3", "name", NULL};
	struct tsv tsv;
	int code = read_tsv(r, "countries.tsv", &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	int iso2 = tsv_column(&tsv, "iso2"), iso3 = tsv_column(&tsv, "iso3"),
	    name = tsv_column(&tsv, "name");
	for (size_t i = 0; i < tsv.row_count; i++) {
		const char *two = tsv_cell(&tsv, i, iso2), *three = tsv_cell(&tsv, i, iso3);
		if (!is_upper(two, 2))
			return law_error(r->error, tsv_pos(&tsv, i, iso2),
					 "\"%s\" is not an ISO 3166-1 alpha-2 code: write DE", two);
		if (*three && !is_upper(three, 3))
			return law_error(r->error, tsv_pos(&tsv, i, iso3),
					 "\"%s\" is not an ISO 3166-1 alpha-3 code: write DEU",
					 three);
		if (i >= LAW_COUNTRIES)
			return law_error(r->error, tsv_pos(&tsv, i, 0), "more than %d countries",
					 LAW_COUNTRIES);
		struct law_country *country = read_add(r, &r->countries, sizeof *country);
		if (!country)
			return TW_NO_MEMORY;
		memcpy(country->iso2, two, 3);
		memcpy(country->iso3, three, strlen(three) + 1);
		country->name = tsv_cell(&tsv, i, name);
		uint32_t before = table_find(&r->country, two);
		struct law_pos first =
		    before == LAW_NONE ? tsv_pos(&tsv, i, 0) : tsv_pos(&tsv, before, 0);
		if ((code = read_enter(r, &r->country, "country", two, (uint32_t)i,
				       tsv_pos(&tsv, i, iso2), first)))
			return code;
	}
	r->law->countries = r->countries.item;
	r->law->country_count = r->countries.count;
	return TW_OK;
}

int read_groups(struct reader *r)
{
	static const char *const keys[] = {"groups", NULL};
	struct yaml_node *root;
	if (!read_has(r, "countries.yaml"))
		return TW_OK;
	int code = read_yaml(r, "countries.yaml", &root);
	if (code || (code = yaml_only(root, keys, r->error)))
		return code;
	const struct yaml_node *groups = yaml_get(root, "groups");
	if (groups->kind != YAML_MAPPING)
		return law_error(r->error, groups->pos, "groups are written {eu: [AT, BE]}");
	for (size_t i = 0; i < groups->count; i++) {
		const char *name = groups->key[i]->scalar;
		bool all = false;
		if (table_find(&r->country, name) != LAW_NONE || !strcmp(name, "all"))
			return law_error(
			    r->error, groups->key[i]->pos,
			    "\"%s\" is a country or \"all\": give the group another name", name);
		struct law_group group = {.name = name};
		if ((code = read_origins(r, groups->item[i], &group.members, &all)))
			return code;
		struct law_group *slot = read_add(r, &r->groups, sizeof *slot);
		if (!slot || table_add(&r->group, r->arena, name, r->groups.count - 1))
			return read_no_memory(r);
		*slot = group;
		r->law->groups = r->groups.item;
		r->law->group_count = r->groups.count;
	}
	return TW_OK;
}

static int read_integer(struct reader *r, const struct tsv *tsv, size_t row, int column,
			int64_t *out)
{
	const char *text = tsv_cell(tsv, row, column);
	size_t n = strlen(text);
	if (!n || n > 17 || strspn(text, "0123456789") != n ||
	    (*out = strtoll(text, NULL, 10)) <= 0)
		return law_error(r->error, tsv_pos(tsv, row, column),
				 "\"%s\" is not a whole number over 0", text);
	return TW_OK;
}

/* The name in lower case, and the spellings between bars. */
static int read_spellings(struct reader *r, struct law_unit *unit, const char *text,
			  struct law_pos pos)
{
	struct vector spellings = {0};
	const char *name = unit->name;
	for (const char *at = name; at; at = at == name ? (*text ? text : NULL) : strchr(at, '|')) {
		if (*at == '|')
			at++;
		size_t n = at == name ? strlen(at) : strcspn(at, "|");
		char *word = arena_text(r->arena, at, n);
		const char **slot = word ? read_add(r, &spellings, sizeof *slot) : NULL;
		if (!slot)
			return read_no_memory(r);
		for (char *c = word; *c; c++)
			*c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
		*slot = word;
		if (!n)
			return law_error(r->error, pos, "an empty spelling between two bars");
		uint32_t other = table_find(&r->unit, word);
		if (other != LAW_NONE && other != r->units.count - 1)
			return law_error(r->error, pos,
					 "\"%s\" is a spelling of the unit \"%s\" already", word,
					 ((struct law_unit *)r->units.item)[other].name);
		if (other == LAW_NONE && table_add(&r->unit, r->arena, word, r->units.count - 1))
			return read_no_memory(r);
	}
	unit->spellings = spellings.item;
	unit->spelling_count = spellings.count;
	return TW_OK;
}

int read_units(struct reader *r)
{
	static const char *const columns[] = {"unit", "dimension", "num", "den", "spellings", NULL};
	struct tsv tsv;
	int column[5], code = read_tsv(r, "units.tsv", &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	for (int i = 0; columns[i]; i++)
		if ((column[i] = tsv_column(&tsv, columns[i])) < 0)
			return law_error(r->error, (struct law_pos){tsv.path, 1, 1},
					 "column \"%s\" is missing", columns[i]);
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct law_unit *unit = read_add(r, &r->units, sizeof *unit);
		if (!unit)
			return TW_NO_MEMORY;
		unit->name = tsv_cell(&tsv, i, column[0]);
		unit->dimension = tsv_cell(&tsv, i, column[1]);
		if (!*unit->name || !*unit->dimension)
			return law_error(r->error, tsv_pos(&tsv, i, 0),
					 "unit or dimension is empty");
		if ((code = read_integer(r, &tsv, i, column[2], &unit->to_base.num)) ||
		    (code = read_integer(r, &tsv, i, column[3], &unit->to_base.den)) ||
		    (code = read_spellings(r, unit, tsv_cell(&tsv, i, column[4]),
					   tsv_pos(&tsv, i, column[4]))))
			return code;
	}
	r->law->units = r->units.item;
	r->law->unit_count = r->units.count;
	return TW_OK;
}
