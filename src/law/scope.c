/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what a measure covers: origins, codes, and the two ends of its period.
 */
#include "law/reader.h"

#include <string.h>

static void add_country(struct law_origins *out, uint32_t country)
{
	out->bit[country / 64] |= UINT64_C(1) << country % 64;
}

static int add_origin(struct reader *r, const struct yaml_node *node, struct law_origins *out)
{
	if (node->kind != YAML_SCALAR)
		return law_error(r->error, node->pos,
				 "a country or a group is required here: [CN, eu]");
	uint32_t country = table_find(&r->country, node->scalar);
	if (country != LAW_NONE) {
		add_country(out, country);
		return TW_OK;
	}
	uint32_t group;
	const char *what = strlen(node->scalar) == 2 ? "country" : "group of countries";
	const struct table *table = strlen(node->scalar) == 2 ? &r->country : &r->group;
	int code = read_name(r, table_find(&r->group, node->scalar) != LAW_NONE ? &r->group : table,
			     what, node->scalar, node->pos, &group);
	if (code)
		return code;
	for (size_t i = 0; i < LAW_COUNTRIES / 64; i++)
		out->bit[i] |= r->law->groups[group].members.bit[i];
	return TW_OK;
}

static int add_origins(struct reader *r, const struct yaml_node *node, struct law_origins *out)
{
	int code = TW_OK;
	if (node->kind == YAML_SCALAR)
		return add_origin(r, node, out);
	for (size_t i = 0; i < node->count && !code; i++)
		code = add_origin(r, node->item[i], out);
	return code;
}

int read_origins(struct reader *r, const struct yaml_node *node, struct law_origins *out, bool *all)
{
	static const char *const keys[] = {"not", NULL};
	struct law_origins set = {0};
	int code;
	*all = false;
	if (node->kind == YAML_SCALAR && !strcmp(node->scalar, "all")) {
		*all = true;
		for (uint32_t i = 0; i < r->law->country_count; i++)
			add_country(&set, i);
		*out = set;
		return TW_OK;
	}
	bool invert = node->kind == YAML_MAPPING;
	if (invert && (code = yaml_only(node, keys, r->error)))
		return code;
	const struct yaml_node *names = invert ? yaml_get(node, "not") : node;
	if (names->kind == YAML_MAPPING)
		return law_error(r->error, names->pos, "countries are written [CN, HK]");
	if ((code = add_origins(r, names, &set)))
		return code;
	*out = set;
	if (invert) {
		*out = (struct law_origins){0};
		for (uint32_t i = 0; i < r->law->country_count; i++)
			if (!(set.bit[i / 64] >> i % 64 & 1))
				add_country(out, i);
	}
	return TW_OK;
}

struct scope_sides {
	struct vector lists, codes, places; /* places: of the codes */
};

/* "list NAME" or a quoted code. */
static int add_scope(struct reader *r, const struct yaml_node *node, struct scope_sides *side)
{
	if (node->kind != YAML_SCALAR)
		return law_error(r->error, node->pos, "a code or \"list NAME\" is required here");
	if (!strncmp(node->scalar, "list ", 5)) {
		uint32_t index;
		int code = read_name(r, &r->list, "list", node->scalar + 5, node->pos, &index);
		uint32_t *slot = code ? NULL : read_add(r, &side->lists, sizeof *slot);
		if (!slot)
			return code ? code : TW_NO_MEMORY;
		*slot = index;
		return TW_OK;
	}
	struct law_range range;
	int code = text_range(&range, node->scalar, node->pos, r->error);
	if (code)
		return code;
	if (!node->quoted)
		return law_error(r->error, node->pos, "write codes in quotes: \"%s\"",
				 node->scalar);
	struct law_range *slot = read_add(r, &side->codes, sizeof *slot);
	struct law_pos *place = slot ? read_add(r, &side->places, sizeof *place) : NULL;
	if (!place)
		return TW_NO_MEMORY;
	*slot = range;
	*place = node->pos;
	return TW_OK;
}

static int add_scopes(struct reader *r, const struct yaml_node *node, struct scope_sides *side)
{
	int code = TW_OK;
	if (!node)
		return TW_OK;
	if (node->kind == YAML_MAPPING)
		return law_error(r->error, node->pos, "codes are written [\"7301\", list NAME]");
	if (node->kind == YAML_SCALAR)
		return add_scope(r, node, side);
	for (size_t i = 0; i < node->count && !code; i++)
		code = add_scope(r, node->item[i], side);
	return code;
}

int read_scope(struct reader *r, const struct yaml_node *node, struct law_scope *out)
{
	static const char *const keys[] = {"any", "not", "unknown", NULL};
	struct scope_sides any = {0}, not = {0};
	const struct yaml_node *inside = node;
	bool is_map = node && node->kind == YAML_MAPPING;
	int code;
	*out = (struct law_scope){0};
	if (is_map) {
		if ((code = yaml_only(node, keys, r->error)) ||
		    (code = read_text(r, node, "unknown", &out->unknown)) ||
		    (code = add_scopes(r, yaml_get(node, "not"), &not )))
			return code;
		inside = yaml_get(node, "any");
	}
	if (!inside || (inside->kind == YAML_SCALAR && !strcmp(inside->scalar, "all")))
		out->all = true;
	else if ((code = add_scopes(r, inside, &any)))
		return code;
	out->any_lists = any.lists.item;
	out->any_list_count = any.lists.count;
	out->any_codes = any.codes.item;
	out->any_pos = any.places.item;
	out->any_code_count = any.codes.count;
	out->not_lists = not .lists.item;
	out->not_list_count = not .lists.count;
	out->not_codes = not .codes.item;
	out->not_pos = not .places.item;
	out->not_code_count = not .codes.count;
	return TW_OK;
}

static bool is_number(const char *text)
{
	size_t n = strlen(text);
	if (n != 7 && n != 10 && n != 13)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool dot = i == 4 || i == 7 || i == 10;
		if (dot ? text[i] != '.' : text[i] < '0' || text[i] > '9')
			return false;
	}
	return true;
}

int read_heading(struct reader *r, const struct yaml_node *node, const char **out)
{
	if (node->kind != YAML_SCALAR)
		return law_error(r->error, node->pos, "a heading is one number: write 9903.01.20");
	*out = node->scalar;
	if (is_number(*out) || table_find(&r->instrument, *out) != LAW_NONE)
		return TW_OK;
	return law_error(
	    r->error, node->pos,
	    "\"%s\" is not a heading: write 9903.01.20, or the instrument where duties "
	    "have no number",
	    *out);
}

int read_end(struct reader *r, const struct yaml_node *node, const char *timezone, uint32_t by,
	     struct law_end *out)
{
	static const char *const keys[] = {"at", "by", NULL};
	const char *at = NULL, *name = NULL;
	int code;
	struct law_pos pos = node->pos;
	if (node->kind == YAML_SCALAR) {
		at = node->scalar;
	} else if ((code = yaml_only(node, keys, r->error)) ||
		   (code = read_needed(r, node, "at", &at)) ||
		   (code = read_text(r, node, "by", &name))) {
		return code;
	} else {
		pos = yaml_get(node, "at")->pos;
	}
	if ((code = text_time(&out->at, timezone, at, pos, r->error)))
		return code;
	out->by = by;
	if (name)
		return read_name(r, &r->instrument, "instrument", name, yaml_get(node, "by")->pos,
				 &out->by);
	if (by == LAW_NONE)
		return law_error(r->error, node->pos,
				 "no instrument: write {at: %s, by: INSTRUMENT}", at);
	return TW_OK;
}
