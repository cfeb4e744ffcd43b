/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The other changes between two days: lists, rules of stepping back,
 * preferences, the base schedule; and the order in which all are told.
 */
#include "changes/pair.h"

#include <stdlib.h>
#include <string.h>

#include "common/instant.h"
#include "common/order.h"

/* The measure that gives a list its meaning at an instant, among those asked for. */
static uint32_t user_of(const struct changes *changes, uint32_t list, struct law_end end,
			bool joins)
{
	const tw_time at = end.at;
	const struct law_query *query = changes->query;
	const struct law *law = query->law;
	uint32_t found = LAW_NONE;
	int widest = 0;
	bool older = false;
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		struct law_origins origins = law_origins_of(law, m);
		bool uses = law_scope_names(&m->scope, list);
		if (!uses || !law_in_force(m, joins ? at : at - 1) ||
		    !query_program(query, m->program) || !query_origins(query, &origins))
			continue;
		/* What the goods pay says more of a list than what some of them are spared. */
		bool charges = m->effect <= LAW_EFFECT_BANDS;
		int width = charges ? m->when ? LAW_COUNTRIES : 2 * LAW_COUNTRIES : 0;
		for (size_t k = 0; k < LAW_COUNTRIES / 64; k++)
			width += __builtin_popcountll(origins.bit[k]);
		if (width > widest) {
			widest = width;
			found = i;
		}
		/* A list that opens with its measure is news only by another act. */
		older = older || (joins ? m->from.at < at || m->from.by != end.by
					: at < m->until.at || m->until.by != end.by);
	}
	return older ? found : LAW_NONE;
}

static bool code_asked(const struct law_query *query, struct law_range codes)
{
	return query->code.low == query->code.high ||
	       (codes.low < query->code.high && query->code.low < codes.high);
}

/* The same codes both leave and join: only the act is new. */
static bool only_renewed(const struct law_list *list, const struct law_list_row *row, tw_time at,
			 bool joins)
{
	for (uint32_t i = 0; i < list->row_count; i++) {
		const struct law_list_row *other = &list->rows[i];
		if (other->codes.low == row->codes.low && other->codes.high == row->codes.high &&
		    (joins ? other->until.at : other->from.at) == at)
			return true;
	}
	return false;
}

static struct law_end end_of(const struct law_list_row *row, bool joins)
{
	return joins ? row->from : row->until;
}

/* All rows of a list that join or leave at the instant of one row, by its act. */
static int list_at(struct changes *changes, uint32_t index, uint32_t first, bool joins)
{
	const struct law_list *list = &changes->query->law->lists[index];
	struct law_end end = end_of(&list->rows[first], joins);
	struct law_range *codes = arena_alloc(changes->arena, list->row_count, sizeof *codes);
	struct change change = {.at = end.at,
				.jurisdiction = list->jurisdiction,
				.what = joins ? CHANGE_JOIN : CHANGE_LEAVE,
				.by = end.by,
				.before = LAW_NONE,
				.list = index,
				.codes = codes};
	if (!codes)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < list->row_count; i++) {
		struct law_end other = end_of(&list->rows[i], joins);
		if (other.at != end.at || other.by != end.by)
			continue;
		if (i < first)
			return TW_OK; /* told with the earlier row */
		if (code_asked(changes->query, list->rows[i].codes) &&
		    !only_renewed(list, &list->rows[i], end.at, joins))
			codes[change.code_count++] = list->rows[i].codes;
	}
	change.after = user_of(changes, index, end, joins);
	if (change.by == LAW_NONE)
		change.by = list->by;
	if (!change.code_count || change.after == LAW_NONE)
		return TW_OK;
	change.program = changes->query->law->measures[change.after].program;
	pool_add(&changes->pool, &change);
	return TW_OK;
}

static int of_lists(struct changes *changes)
{
	const struct law *law = changes->query->law;
	for (uint32_t i = 0; i < law->list_count; i++) {
		const struct law_list *list = &law->lists[i];
		if (list->jurisdiction == LAW_NONE)
			continue;
		for (uint32_t k = 0; k < 2 * list->row_count; k++) {
			const struct law_list_row *row = &list->rows[k / 2];
			bool joins = k % 2 == 0;
			if (changes_within(changes, list->jurisdiction, end_of(row, joins)) &&
			    list_at(changes, i, k / 2, joins))
				return TW_NO_MEMORY;
		}
	}
	return TW_OK;
}

/* The program charges someone asked for, at that instant. */
static bool alive(const struct law_query *query, const struct law_program *program, tw_time at)
{
	for (uint32_t i = 0; i < program->measure_count; i++) {
		const struct law_measure *m = &query->law->measures[program->measure_first + i];
		struct law_origins origins = law_origins_of(query->law, m);
		if (m->effect <= LAW_EFFECT_BANDS && law_in_force(m, at) &&
		    query_origins(query, &origins))
			return true;
	}
	return false;
}

static void of_yields(struct changes *changes, uint32_t index)
{
	const struct law_query *query = changes->query;
	const struct law_program *program = &query->law->programs[index];
	for (uint32_t i = 0; i < 2 * program->yield_count; i++) {
		const struct law_yield *yield = &program->yields[i / 2];
		bool begins = i % 2 == 0;
		struct law_end end = begins ? yield->from : yield->until;
		struct change change = {.at = end.at,
					.jurisdiction = program->jurisdiction,
					.program = index,
					.by = end.by,
					.before = LAW_NONE,
					.after = LAW_NONE,
					.list = LAW_NONE,
					.yield = yield,
					.what = begins ? CHANGE_YIELDS : CHANGE_YIELDS_NO_MORE};
		if (changes_within(changes, program->jurisdiction, end) &&
		    alive(query, program, end.at) && query_scope(query, &yield->scope, end.at))
			pool_add(&changes->pool, &change);
	}
}

/* A preference that another row takes up at the same instant. */
static const struct law_preference *taken_up(const struct law_jurisdiction *j,
					     const struct law_preference *old, bool later)
{
	for (uint32_t i = 0; i < j->preference_count; i++) {
		const struct law_preference *p = &j->preferences[i];
		if (!strcmp(p->symbol, old->symbol) &&
		    (later ? p->from.at == old->until.at : p->until.at == old->from.at))
			return p;
	}
	return NULL;
}

static void of_preferences(struct changes *changes, uint32_t jurisdiction)
{
	const struct law_query *query = changes->query;
	const struct law_jurisdiction *j = &query->law->jurisdictions[jurisdiction];
	struct change change = {.jurisdiction = jurisdiction,
				.program = LAW_NONE,
				.before = LAW_NONE,
				.after = LAW_NONE,
				.list = LAW_NONE};
	for (uint32_t i = 0; i < j->preference_count; i++) {
		const struct law_preference *p = &j->preferences[i];
		change.preference = p;
		change.origins = p->origins;
		for (uint32_t c = 0; p->origins_all && c < query->law->country_count; c++)
			change.origins.bit[c / 64] |= UINT64_C(1) << c % 64;
		if (!query_origins(query, &change.origins))
			continue;
		change.at = p->from.at;
		change.by = p->from.by;
		change.what =
		    taken_up(j, p, false) ? CHANGE_PREFERENCE_STAYS : CHANGE_PREFERENCE_BEGINS;
		if (changes_within(changes, jurisdiction, p->from))
			pool_add(&changes->pool, &change);
		change.at = p->until.at;
		change.by = p->until.by;
		change.what = CHANGE_PREFERENCE_ENDS;
		if (changes_within(changes, jurisdiction, p->until) && !taken_up(j, p, true))
			pool_add(&changes->pool, &change);
	}
}

static bool same_rates(const struct law_schedule_row *a, const struct law_schedule_row *b)
{
	if (strcmp(a->general.text, b->general.text) != 0 ||
	    strcmp(a->column2.text, b->column2.text) != 0 || a->special_count != b->special_count)
		return false;
	for (uint32_t i = 0; i < a->special_count; i++)
		if (strcmp(a->special[i].symbol, b->special[i].symbol) != 0 ||
		    strcmp(a->special[i].rate.text, b->special[i].rate.text) != 0)
			return false;
	return true;
}

/* The edition of the schedule that prints what holds at an instant. */
static uint32_t edition_at(const struct law_jurisdiction *j, tw_time at)
{
	uint32_t by = LAW_NONE;
	for (uint32_t i = 0; i < j->edition_count; i++)
		if (j->editions[i].from <= at)
			by = j->editions[i].by;
	return by;
}

static bool printed_within(const struct changes *changes, uint32_t jurisdiction, tw_time at)
{
	const struct law_jurisdiction *j = &changes->query->law->jurisdictions[jurisdiction];
	return changes_within(changes, jurisdiction, (struct law_end){at, edition_at(j, at)});
}

static struct change *schedule_change(struct changes *changes, uint32_t jurisdiction, tw_time at)
{
	const struct law_jurisdiction *j = &changes->query->law->jurisdictions[jurisdiction];
	struct change change = {.at = at,
				.jurisdiction = jurisdiction,
				.program = LAW_NONE,
				.what = CHANGE_SCHEDULE,
				.by = LAW_NONE,
				.before = LAW_NONE,
				.after = LAW_NONE,
				.list = LAW_NONE};
	for (size_t i = changes->pool.count; i-- > 0;) {
		struct change *old = pool_at(&changes->pool, i);
		if (old->what == CHANGE_SCHEDULE && old->at == at &&
		    old->jurisdiction == jurisdiction)
			return old;
	}
	change.by = edition_at(j, at);
	pool_add(&changes->pool, &change);
	return changes->pool.failed ? NULL : pool_at(&changes->pool, changes->pool.count - 1);
}

static void count_row(struct changes *changes, uint32_t jurisdiction, tw_time at,
		      const struct law_schedule_row *before, const struct law_schedule_row *after)
{
	if (before && after && same_rates(before, after))
		return;
	struct change *change = schedule_change(changes, jurisdiction, at);
	if (!change)
		return;
	change->codes_begin += !before;
	change->codes_end += !after;
	change->codes_change += before && after;
	change->row_before = before;
	change->row_after = after;
}

/* Rows are sorted by code, digits, from: the next row of a code follows it. */
static void of_schedule(struct changes *changes, uint32_t jurisdiction)
{
	const struct law_jurisdiction *j = &changes->query->law->jurisdictions[jurisdiction];
	for (uint32_t i = 0; i < j->row_count; i++) {
		const struct law_schedule_row *row = &j->rows[i];
		const struct law_schedule_row *before = i ? row - 1 : NULL;
		const struct law_schedule_row *after = i + 1 < j->row_count ? row + 1 : NULL;
		struct law_range codes = {row->code, row->code + (row->digits == 8 ? 100 : 1)};
		if (!code_asked(changes->query, codes))
			continue;
		if (!before || before->code != row->code || before->digits != row->digits ||
		    before->until != row->from)
			before = NULL;
		if (!after || after->code != row->code || after->digits != row->digits ||
		    after->from != row->until)
			after = NULL;
		if (printed_within(changes, jurisdiction, row->from))
			count_row(changes, jurisdiction, row->from, before, row);
		if (!after && printed_within(changes, jurisdiction, row->until))
			count_row(changes, jurisdiction, row->until, row, NULL);
	}
}

/* Editions that change no rate asked for are told by their name alone. */
static void of_editions(struct changes *changes, uint32_t jurisdiction)
{
	const struct law_jurisdiction *j = &changes->query->law->jurisdictions[jurisdiction];
	for (uint32_t i = 0; i < j->edition_count; i++) {
		struct change change = {.at = j->editions[i].from,
					.jurisdiction = jurisdiction,
					.program = LAW_NONE,
					.what = CHANGE_EDITION,
					.by = j->editions[i].by,
					.before = LAW_NONE,
					.after = LAW_NONE,
					.list = LAW_NONE};
		bool told = changes->query->code.low != changes->query->code.high;
		for (size_t k = 0; !told && k < changes->pool.count; k++) {
			const struct change *other = pool_at(&changes->pool, k);
			told = other->what == CHANGE_SCHEDULE && other->by == change.by &&
			       other->jurisdiction == jurisdiction;
		}
		if (!told &&
		    changes_within(changes, jurisdiction, (struct law_end){change.at, change.by}))
			pool_add(&changes->pool, &change);
	}
}

/* The end of what a court struck, for those whom it touched. */
static void of_void(struct changes *changes, uint32_t index)
{
	const struct law_query *query = changes->query;
	const struct law_program *program = &query->law->programs[index];
	struct change change = {.at = program->void_collected_until,
				.jurisdiction = program->jurisdiction,
				.program = index,
				.what = CHANGE_VOID,
				.by = program->void_by,
				.before = LAW_NONE,
				.after = LAW_NONE,
				.list = LAW_NONE};
	bool touched = false;
	if (program->void_by == LAW_NONE ||
	    !changes_within(changes, program->jurisdiction, (struct law_end){change.at, change.by}))
		return;
	for (uint32_t i = 0; i < program->measure_count; i++) {
		const struct law_measure *m = &query->law->measures[program->measure_first + i];
		struct law_origins origins = law_origins_of(query->law, m);
		if (m->effect > LAW_EFFECT_BANDS || m->from.at >= change.at ||
		    !query_origins(query, &origins) || !query_scope(query, &m->scope, m->from.at))
			continue;
		touched = true;
		for (size_t k = 0; k < LAW_COUNTRIES / 64; k++)
			change.origins.bit[k] |= origins.bit[k];
	}
	if (touched)
		pool_add(&changes->pool, &change);
}

/* What was announced and replaced before it began: measures that are in no view. */
static void of_replaced(struct changes *changes)
{
	const struct law_query *query = changes->query;
	const struct law *whole = query->whole;
	for (uint32_t i = 0; i < whole->measure_count; i++) {
		const struct law_measure *m = &whole->measures[i];
		struct change change = {.at = m->from.at,
					.jurisdiction = whole->programs[m->program].jurisdiction,
					.program = m->program,
					.what = CHANGE_REPLACED,
					.by = m->from.by,
					.before = LAW_NONE,
					.after = LAW_NONE,
					.origins = law_origins_of(whole, m),
					.list = LAW_NONE,
					.replaced = m};
		if (m->superseded_by != LAW_NONE && m->from.by != LAW_NONE &&
		    law_act_day(whole, m->superseded_by) <= query->known &&
		    law_act_day(whole, m->from.by) <= query->known &&
		    query_program(query, m->program) && query_origins(query, &change.origins) &&
		    query_scope(query, &m->scope, m->from.at) &&
		    changes_within(changes, change.jurisdiction, m->from))
			pool_add(&changes->pool, &change);
	}
}

/* Duties on all comers first, then those with conditions, exemptions, rules. */
static int rank_of(const struct law *law, const struct change *change)
{
	if (change->what >= CHANGE_JOIN)
		return 3;
	const struct law_measure *m =
	    &law->measures[change->after != LAW_NONE ? change->after : change->before];
	return m->effect == LAW_EFFECT_EXEMPT ? 2 : m->when != NULL;
}

static int compare(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* By instant, jurisdiction (the United States last in the alphabet and first told), program. */
static int in_order(const void *a, const void *b, void *context)
{
	const struct law *law = context;
	const struct change *x = a, *y = b;
	const uint32_t m = x->after == LAW_NONE ? x->before : x->after;
	const uint32_t n = y->after == LAW_NONE ? y->before : y->after;
	int way = x->at < y->at ? -1 : x->at > y->at;
	way = way ? way : compare(y->jurisdiction, x->jurisdiction);
	way = way ? way : compare(x->program, y->program);
	way = way ? way : rank_of(law, x) - rank_of(law, y);
	way = way ? way : compare(x->by, y->by);
	way = way ? way : compare(x->what, y->what);
	way = way ? way : compare(m, n);
	return way ? way : compare(x->before, y->before);
}

int changes_find(struct changes *changes)
{
	const struct law_query *query = changes->query;
	const struct law *law = query->law;
	bool only_duties = query->program || query->kind;
	int code = TW_OK;
	for (uint32_t i = 0; !code && i < law->program_count; i++) {
		if (!query_program(query, i))
			continue;
		code = changes_of_program(changes, i);
		of_yields(changes, i);
		of_void(changes, i);
	}
	of_replaced(changes);
	if (!code)
		code = of_lists(changes);
	for (uint32_t i = 0; !code && !only_duties && i < law->jurisdiction_count; i++) {
		if (query->into != LAW_NONE && query->into != i)
			continue;
		of_preferences(changes, i);
		of_schedule(changes, i);
		of_editions(changes, i);
	}
	if (code || changes->pool.failed)
		return TW_NO_MEMORY;
	if (changes->pool.count)
		order_items_with(changes->pool.data, changes->pool.count, sizeof(struct change),
				 in_order, (void *)(uintptr_t)law);
	return TW_OK;
}
