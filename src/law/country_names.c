/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the names by which a line may call a country: those of countries.tsv, and those of
 * country-names.tsv, where "iso2" may be a group too: then the name is that of a union, and a line
 * is told to give one of its members.
 */
#include "law/reader.h"

#include "common/country.h"
#include "common/order.h"

#include <stdlib.h>
#include <string.h>

struct names {
	struct reader *r;
	struct vector list;
	struct table table;
};

static int add(struct names *n, const char *text, uint32_t country, uint32_t group,
	       struct law_pos pos)
{
	struct reader *r = n->r;
	char folded[COUNTRY_FOLDED];
	size_t length = country_fold(folded, (struct tw_text){text, strlen(text)});
	if (!length)
		return law_error(r->error, pos, "\"%s\" has no letters, or over %d", text,
				 COUNTRY_FOLDED - 1);
	char two[3] = "";
	for (size_t i = 0; length == 2 && i < 2; i++)
		two[i] = (char)(folded[i] >= 'a' && folded[i] <= 'z' ? folded[i] - 32 : folded[i]);
	uint32_t code = length == 2 ? table_find(&r->country, two) : LAW_NONE;
	uint32_t before = table_find(&n->table, folded);
	const struct law_country_name *list = n->list.item;
	uint32_t other = code != LAW_NONE     ? code
			 : before != LAW_NONE ? list[before].country /* NOLINT: it is in the list */
					      : country;
	if (other != country)
		return law_error(r->error, pos, "\"%s\" is a name of %s already", text,
				 other == LAW_NONE ? "a union" : r->law->countries[other].name);
	/* a code is known as it stands; with signs in it, U.S., it is a name */
	if (before != LAW_NONE || (code != LAW_NONE && strlen(text) == 2))
		return TW_OK;
	struct law_country_name *slot = read_add(r, &n->list, sizeof *slot);
	char *copy = slot ? arena_text(r->arena, folded, length) : NULL;
	if (!copy || table_add(&n->table, r->arena, copy, n->list.count - 1))
		return read_no_memory(r);
	*slot = (struct law_country_name){copy, country, group};
	return TW_OK;
}

/* The country of a code, LAW_NONE for a group of them. */
static int read_country(struct reader *r, const struct tsv *tsv, size_t row, int column,
			uint32_t *out)
{
	const char *text = tsv_cell(tsv, row, column);
	*out = table_find(&r->country, text);
	if (*out != LAW_NONE || table_find(&r->group, text) != LAW_NONE)
		return TW_OK;
	return read_name(r, &r->country, "country", text, tsv_pos(tsv, row, column), out);
}

static int compare(const void *a, const void *b)
{
	const struct law_country_name *one = a, *other = b;
	return strcmp(one->text, other->text);
}

static int read_file(struct names *n)
{
	static const char *const columns[] = {"spelling",   "iso2", "kind", "source",
					      "confidence", "note", NULL};
	struct reader *r = n->r;
	struct tsv tsv;
	int code = read_tsv(r, "country-names.tsv", &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	int spelling = tsv_column(&tsv, "spelling"), iso2 = tsv_column(&tsv, "iso2");
	if (iso2 < 0)
		return law_error(r->error, (struct law_pos){tsv.path, 1, 1},
				 "column \"iso2\" is missing");
	for (size_t i = 0; i < tsv.row_count && !code; i++) {
		uint32_t country;
		code = read_country(r, &tsv, i, iso2, &country);
		if (!code)
			code = add(n, tsv_cell(&tsv, i, spelling), country,
				   table_find(&r->group, tsv_cell(&tsv, i, iso2)),
				   tsv_pos(&tsv, i, spelling));
	}
	return code;
}

int read_country_names(struct reader *r)
{
	struct names n = {.r = r};
	int code = TW_OK;
	for (uint32_t i = 0; i < r->law->country_count && !code; i++) {
		const struct law_country *country = &r->law->countries[i];
		/* a row a country, behind the header */
		struct law_pos pos = {"countries.tsv", (int)i + 2, 1};
		if (*country->iso3)
			code = add(&n, country->iso3, i, LAW_NONE, pos);
		if (!code && *country->name)
			code = add(&n, country->name, i, LAW_NONE, pos);
	}
	if (!code && read_has(r, "country-names.tsv"))
		code = read_file(&n);
	if (code)
		return code;
	order_items(n.list.item, n.list.count, sizeof(struct law_country_name), compare);
	r->law->country_names = n.list.item;
	r->law->country_name_count = n.list.count;
	return TW_OK;
}
