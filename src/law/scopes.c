/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the pages of `tidewaiter law` ask of the parsed law: is a measure in
 * force, do scopes meet, does a filter let it pass. Prints nothing.
 */
#include "law/scopes.h"
#include "law/json.h"
#include "law/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/country.h"
#include "common/instant.h"
#include "common/words.h"

enum time_zone law_zone_of(const struct law_jurisdiction *j)
{
	int zone = time_zone_find(j->timezone);
	return zone < 0 ? TIME_ZONE_UTC : (enum time_zone)zone;
}

int law_zone(const struct law *law, uint32_t jurisdiction)
{
	return jurisdiction == LAW_NONE ? TIME_ZONE_UTC
					: (int)law_zone_of(&law->jurisdictions[jurisdiction]);
}

struct law_origins law_origins_of(const struct law *law, const struct law_measure *measure)
{
	struct law_origins all = {{0}};
	if (!measure->origins_all)
		return measure->origins;
	for (uint32_t i = 0; i < law->country_count; i++)
		all.bit[i / 64] |= UINT64_C(1) << i % 64;
	return all;
}

bool law_in_force(const struct law_measure *measure, tw_time at)
{
	return measure->superseded_by == LAW_NONE && measure->from.at <= at &&
	       at < measure->until.at;
}

/* The codes of a scope's `any` at an instant and just before it, as ranges. */
struct ranges {
	struct law_range *range;
	size_t count;
};

static bool row_counts(const struct law_list_row *row, tw_time at)
{
	return row->from.at <= at && at <= row->until.at;
}

static void collect(struct ranges *out, const struct law *law, const struct law_scope *scope,
		    tw_time at)
{
	size_t room = scope->any_code_count;
	for (uint32_t i = 0; i < scope->any_list_count; i++)
		room += law->lists[scope->any_lists[i]].row_count;
	out->count = 0;
	out->range = malloc((room + 1) * sizeof *out->range);
	if (!out->range)
		return;
	for (uint32_t i = 0; i < scope->any_code_count; i++)
		out->range[out->count++] = scope->any_codes[i];
	for (uint32_t i = 0; i < scope->any_list_count; i++) {
		const struct law_list *list = &law->lists[scope->any_lists[i]];
		for (uint32_t k = 0; k < list->row_count; k++)
			if (row_counts(&list->rows[k], at))
				out->range[out->count++] = list->rows[k].codes;
	}
}

static bool ranges_meet(struct law_range a, struct law_range b)
{
	return a.low < b.high && b.low < a.high;
}

static bool is_every_code(const struct law_scope *scope)
{
	return scope->all || (!scope->any_list_count && !scope->any_code_count);
}

bool law_scopes_meet(const struct law *law, const struct law_scope *a, const struct law_scope *b,
		     tw_time at)
{
	struct ranges left, right;
	bool meet = false;
	if (is_every_code(a) || is_every_code(b) || law_scope_same(a, b))
		return true;
	collect(&left, law, a, at);
	collect(&right, law, b, at);
	for (size_t i = 0; left.range && right.range && !meet && i < left.count; i++)
		for (size_t k = 0; !meet && k < right.count; k++)
			meet = ranges_meet(left.range[i], right.range[k]);
	free(left.range);
	free(right.range);
	return meet;
}

/* A code wholly left out does not count as in the scope. */
static bool left_out(const struct law *law, const struct law_scope *scope, struct law_range code,
		     tw_time at)
{
	for (uint32_t i = 0; i < scope->not_code_count; i++)
		if (scope->not_codes[i].low <= code.low && code.high <= scope->not_codes[i].high)
			return true;
	for (uint32_t i = 0; i < scope->not_list_count; i++) {
		const struct law_list *list = &law->lists[scope->not_lists[i]];
		for (uint32_t k = 0; k < list->row_count; k++)
			if (row_counts(&list->rows[k], at) && list->rows[k].codes.low <= code.low &&
			    code.high <= list->rows[k].codes.high)
				return true;
	}
	return false;
}

bool query_scope(const struct law_query *query, const struct law_scope *scope, tw_time at)
{
	struct law_scope one = {.any_codes = &query->code, .any_code_count = 1};
	if (query->code.low == query->code.high)
		return true;
	return law_scopes_meet(query->law, scope, &one, at) &&
	       !left_out(query->law, scope, query->code, at);
}

bool query_origins(const struct law_query *query, const struct law_origins *origins)
{
	uint32_t c = query->origin;
	return c == LAW_NONE || (origins->bit[c / 64] >> c % 64 & 1);
}

uint32_t query_jurisdiction(const struct law *law, const char *code)
{
	for (uint32_t i = 0; i < law->jurisdiction_count; i++)
		if (!strcasecmp(law->jurisdictions[i].code, code))
			return i;
	return LAW_NONE;
}

uint32_t query_country(const struct law *law, const char *name)
{
	char folded[COUNTRY_FOLDED];
	for (uint32_t i = 0; i < law->country_count; i++)
		if (!strcasecmp(law->countries[i].iso2, name))
			return i;
	country_fold(folded, (struct tw_text){name, strlen(name)});
	for (uint32_t i = 0; i < law->country_name_count; i++)
		if (!strcmp(law->country_names[i].text, folded) &&
		    law->country_names[i].country != LAW_NONE)
			return law->country_names[i].country;
	return LAW_NONE;
}

bool query_program(const struct law_query *query, uint32_t program)
{
	const struct law_program *p = &query->law->programs[program];
	return (query->into == LAW_NONE || query->into == p->jurisdiction) &&
	       (!query->program || words_match(query->program, p->id)) &&
	       (!query->kind || !strcmp(query->kind, law_kind_word(p->kind)));
}

static bool same_numbers(const uint32_t *a, uint32_t n, const uint32_t *b, uint32_t m)
{
	return n == m && (!n || !memcmp(a, b, n * sizeof *a));
}

static bool same_ranges(const struct law_range *a, uint32_t n, const struct law_range *b,
			uint32_t m)
{
	for (uint32_t i = 0; n == m && i < n; i++)
		if (a[i].low != b[i].low || a[i].high != b[i].high)
			return false;
	return n == m;
}

bool law_scope_names(const struct law_scope *scope, uint32_t list)
{
	for (uint32_t i = 0; i < scope->any_list_count; i++)
		if (scope->any_lists[i] == list)
			return true;
	for (uint32_t i = 0; i < scope->not_list_count; i++)
		if (scope->not_lists[i] == list)
			return true;
	return false;
}

bool law_scope_same(const struct law_scope *a, const struct law_scope *b)
{
	if (a->all || b->all)
		return a->all == b->all;
	return same_numbers(a->any_lists, a->any_list_count, b->any_lists, b->any_list_count) &&
	       same_numbers(a->not_lists, a->not_list_count, b->not_lists, b->not_list_count) &&
	       same_ranges(a->any_codes, a->any_code_count, b->any_codes, b->any_code_count) &&
	       same_ranges(a->not_codes, a->not_code_count, b->not_codes, b->not_code_count) &&
	       !a->unknown == !b->unknown;
}

bool law_when_same(const struct law_node *a, const struct law_node *b, bool *failed)
{
	struct buffer left = {0}, right = {0};
	say_when(&left, a);
	say_when(&right, b);
	bool same = left.length == right.length &&
		    (!left.length || !memcmp(left.at, right.at, left.length));
	*failed |= left.failed || right.failed;
	buffer_free(&left);
	buffer_free(&right);
	return same;
}
