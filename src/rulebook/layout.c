/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The duty sections as arrays, and the one test of all they refer to. After
 * layout_open no index, offset or span can leave its section.
 */
#include "layout.h"

#include "instant.h"
#include "law.h"

#include <stdio.h>
#include <string.h>

static int fail(struct tw_error *error, const char *what)
{
	if (error != NULL) {
		memset(error, 0, sizeof *error);
		error->code = TW_BAD_RULEBOOK;
		snprintf(error->message, sizeof error->message,
			 "the rulebook is damaged: %s out of range; compile the law again", what);
	}
	return TW_BAD_RULEBOOK;
}

static bool section(const void **out, uint32_t *count, const tw_rulebook *book, uint32_t tag,
		    size_t record)
{
	size_t size;
	*out = rulebook_section(book, tag, &size);
	*count = (uint32_t)(size / record);
	return *out != NULL && size % record == 0 && size / record < RB_ITEM_YIELD;
}

#define SECTION(field, counter, tag)                                                               \
	do {                                                                                       \
		const void *data_;                                                                 \
		if (!section(&data_, &rb->counter, book, tag, sizeof *rb->field))                  \
			return fail(error, #field);                                                \
		rb->field = data_;                                                                 \
	} while (0)

int layout_trust(struct rb *rb, const tw_rulebook *book, struct tw_error *error)
{
	uint32_t one;
	const void *data;
	memset(rb, 0, sizeof *rb);
	rb->strings = rulebook_section(book, RB_TAG_STRINGS, &rb->string_bytes);
	if (rb->strings == NULL || rb->string_bytes == 0 || rb->strings[0] != '\0' ||
	    rb->strings[rb->string_bytes - 1] != '\0')
		return fail(error, "strings");
	if (!section(&data, &one, book, RB_TAG_LAW, sizeof *rb->law) || one != 1)
		return fail(error, "law");
	rb->law = data;
	SECTION(instruments, instrument_count, RB_TAG_INSTRUMENTS);
	SECTION(programs, program_count, RB_TAG_PROGRAMS);
	SECTION(measures, measure_count, RB_TAG_MEASURES);
	SECTION(yields, yield_count, RB_TAG_YIELDS);
	SECTION(nodes, node_count, RB_TAG_NODES);
	SECTION(atoms, atom_count, RB_TAG_ATOMS);
	SECTION(indexes, index_count, RB_TAG_INDEXES);
	SECTION(rates, rate_count, RB_TAG_RATES);
	SECTION(terms, term_count, RB_TAG_TERMS);
	SECTION(specials, special_count, RB_TAG_SPECIALS);
	SECTION(units, unit_count, RB_TAG_UNITS);
	SECTION(spellings, spelling_count, RB_TAG_SPELLINGS);
	SECTION(countries, country_count, RB_TAG_COUNTRIES);
	SECTION(claims, claim_count, RB_TAG_CLAIMS);
	SECTION(jurisdictions, jurisdiction_count, RB_TAG_JURISDICTIONS);
	SECTION(preferences, preference_count, RB_TAG_PREFERENCES);
	SECTION(leaves, leaf_count, RB_TAG_LEAVES);
	SECTION(bases, base_count, RB_TAG_BASES);
	SECTION(seasons, season_count, RB_TAG_SEASONS);
	SECTION(epochs, epoch_count, RB_TAG_EPOCHS);
	SECTION(rows, row_count, RB_TAG_ROWS);
	SECTION(cells, cell_count, RB_TAG_CELLS);
	SECTION(stacks, stack_count, RB_TAG_STACKS);
	SECTION(items, item_count, RB_TAG_ITEMS);
	return TW_OK;
}

/* Small tests; each says whether the thing is inside. */
static bool text(const struct rb *rb, uint32_t offset)
{
	return offset < rb->string_bytes;
}
static bool maybe(uint32_t index, uint32_t count)
{
	return index == RB_NONE || index < count;
}
static bool number(int64_t value, int64_t least, int64_t most)
{
	return value >= least && value <= most;
}
static bool span(struct rb_span s, uint32_t count)
{
	return s.first <= count && s.count <= count - s.first;
}
static bool indexes(const struct rb *rb, struct rb_span s, uint32_t limit)
{
	if (!span(s, rb->index_count))
		return false;
	for (uint32_t i = 0; i < s.count; i++)
		if (rb->indexes[s.first + i] >= limit)
			return false;
	return true;
}
static bool texts(const struct rb *rb, struct rb_span s)
{
	return indexes(rb, s,
		       (uint32_t)(rb->string_bytes < UINT32_MAX ? rb->string_bytes : UINT32_MAX));
}

static int check_law(const struct rb *rb, struct tw_error *error)
{
	if (!text(rb, rb->law->edition))
		return fail(error, "edition");
	for (uint32_t i = 0; i < rb->instrument_count; i++) {
		const struct rb_instrument *x = &rb->instruments[i];
		if (!text(rb, x->id) || !text(rb, x->title) || !text(rb, x->kind) ||
		    !text(rb, x->cite) || !text(rb, x->url))
			return fail(error, "instrument");
	}
	for (uint32_t i = 0; i < rb->program_count; i++) {
		const struct rb_program *x = &rb->programs[i];
		if (!text(rb, x->id) || !text(rb, x->title) ||
		    x->jurisdiction >= rb->jurisdiction_count ||
		    !maybe(x->void_by, rb->instrument_count) || !maybe(x->whole, rb->node_count) ||
		    x->kind > LAW_KIND_PROHIBITION)
			return fail(error, "program");
	}
	for (uint32_t i = 0; i < rb->country_count; i++)
		if (!text(rb, rb->countries[i].name) || rb->countries[i].iso2[3] != '\0')
			return fail(error, "country");
	return rb->country_count <= LAW_COUNTRIES ? TW_OK : fail(error, "country");
}

/* Duties and fees have a rate; a floor is one share of the value. */
static bool rated(const struct rb *rb, const struct rb_measure *x)
{
	if (x->effect != LAW_EFFECT_DUTY && x->effect != LAW_EFFECT_FLOOR &&
	    x->effect != LAW_EFFECT_FEE)
		return maybe(x->rate, rb->rate_count);
	if (x->rate >= rb->rate_count)
		return false;
	struct rb_span terms = rb->rates[x->rate].terms;
	return x->effect != LAW_EFFECT_FLOOR || (span(terms, rb->term_count) && terms.count == 1);
}

static int check_measures(const struct rb *rb, struct tw_error *error)
{
	for (uint32_t i = 0; i < rb->measure_count; i++) {
		const struct rb_measure *x = &rb->measures[i];
		if (!text(rb, x->id) || !text(rb, x->title) || !text(rb, x->heading) ||
		    !text(rb, x->heading_reached) || !text(rb, x->note) ||
		    !text(rb, x->rate_text) || !text(rb, x->choice_is) || !text(rb, x->word) ||
		    !text(rb, x->confidence_text) || !text(rb, x->unknown_scope) ||
		    !text(rb, x->say) || x->pays > LAW_PAYS_NEVER ||
		    x->program >= rb->program_count || !maybe(x->when, rb->node_count) ||
		    !maybe(x->by, rb->instrument_count) || !rated(rb, x) ||
		    !maybe(x->choice_claim, rb->claim_count) || x->effect > LAW_EFFECT_RATES_OF ||
		    !indexes(rb, x->settled, rb->program_count) || x->instead > LAW_INSTEAD_ALL ||
		    x->per > LAW_PER_PERSON_DAY || x->limit_of >= LAW_FACT_COUNT ||
		    x->confidence > LAW_CONTESTED || x->drawback > LAW_DRAWBACK_NO ||
		    !number(x->most_num, 0, RB_RATE_LIMIT) ||
		    !number(x->most_den, 1, RB_RATE_LIMIT) ||
		    !number(x->limit, 0, TW_MONEY_LIMIT) ||
		    !number(x->fee_min, -1, TW_MONEY_LIMIT) ||
		    !number(x->fee_max, -1, TW_MONEY_LIMIT))
			return fail(error, "measure");
	}
	for (uint32_t i = 0; i < rb->yield_count; i++) {
		const struct rb_yield *x = &rb->yields[i];
		if (x->program >= rb->program_count || !maybe(x->when, rb->node_count) ||
		    !text(rb, x->heading) || !maybe(x->by, rb->instrument_count) ||
		    !indexes(rb, x->programs, rb->program_count) ||
		    !indexes(rb, x->measures, rb->measure_count) ||
		    !indexes(rb, x->of, rb->measure_count))
			return fail(error, "yield");
	}
	return TW_OK;
}

static int check_conditions(const struct rb *rb, struct tw_error *error)
{
	/* A node's children come before it, so that no condition runs in a circle. */
	for (uint32_t i = 0; i < rb->node_count; i++) {
		const struct rb_node *x = &rb->nodes[i];
		bool atom = x->kind == LAW_NODE_ATOM;
		if (x->kind > LAW_NODE_NOT || (atom && x->child.first >= rb->atom_count) ||
		    (!atom && !indexes(rb, x->child, i)) ||
		    (x->kind == LAW_NODE_NOT && x->child.count != 1))
			return fail(error, "condition");
	}
	for (uint32_t i = 0; i < rb->atom_count; i++) {
		const struct rb_atom *x = &rb->atoms[i];
		if (x->fact >= LAW_FACT_COUNT || x->op > LAW_OP_GE ||
		    x->operand > LAW_OPERAND_SHARE || x->other >= LAW_FACT_COUNT ||
		    (x->fact == LAW_FACT_CLAIM && x->claim >= rb->claim_count) ||
		    (x->operand == LAW_OPERAND_SHARE && x->other == LAW_FACT_CLAIM &&
		     x->other_claim >= rb->claim_count) ||
		    !texts(rb, x->words) || x->den <= 0)
			return fail(error, "comparison");
	}
	return TW_OK;
}

static int check_rates(const struct rb *rb, struct tw_error *error)
{
	for (uint32_t i = 0; i < rb->rate_count; i++) {
		const struct rb_rate *x = &rb->rates[i];
		if (x->kind > LAW_RATE_SEE || !span(x->terms, rb->term_count) ||
		    x->terms.count > LAW_TERMS || !text(rb, x->text) || !text(rb, x->reason) ||
		    (x->kind == LAW_RATE_SUGAR && x->terms.count != 3))
			return fail(error, "rate");
	}
	for (uint32_t i = 0; i < rb->term_count; i++) {
		const struct rb_term *x = &rb->terms[i];
		if (x->kind > LAW_TERM_SPECIFIC || !maybe(x->basis, rb->claim_count) ||
		    !number(x->den, 1, RB_RATE_LIMIT) || !number(x->num, 0, RB_RATE_LIMIT) ||
		    !number(x->above, 0, RB_RATE_LIMIT) ||
		    (x->kind == LAW_TERM_SPECIFIC && !maybe(x->unit, rb->unit_count)))
			return fail(error, "rate term");
	}
	for (uint32_t i = 0; i < rb->special_count; i++)
		if (!text(rb, rb->specials[i].symbol) || rb->specials[i].rate >= rb->rate_count)
			return fail(error, "special rate");
	for (uint32_t i = 0; i < rb->unit_count; i++)
		if (!text(rb, rb->units[i].name) || !text(rb, rb->units[i].dimension) ||
		    !number(rb->units[i].num, 1, RB_UNIT_LIMIT) ||
		    !number(rb->units[i].den, 1, RB_UNIT_LIMIT))
			return fail(error, "unit");
	for (uint32_t i = 0; i < rb->spelling_count; i++)
		if (!text(rb, rb->spellings[i].text) || rb->spellings[i].unit >= rb->unit_count)
			return fail(error, "unit");
	return TW_OK;
}

static int check_claims(const struct rb *rb, struct tw_error *error)
{
	if (rb->claim_count > RB_CLAIMS)
		return fail(error, "claim");
	for (uint32_t i = 0; i < rb->claim_count; i++) {
		const struct rb_claim *x = &rb->claims[i];
		if (!text(rb, x->name) || !text(rb, x->title) || !text(rb, x->assume) ||
		    !texts(rb, x->words) || !texts(rb, x->spi) ||
		    x->type > LAW_CLAIM_FLAG_OR_WORD || (x->part != 0xff && x->part >= RB_REST) ||
		    (x->part == 0xff ? x->group != 0 : x->group < 1 || x->group > 2) ||
		    !span(x->remind_low, rb->index_count) ||
		    !span(x->remind_high, rb->index_count) ||
		    x->remind_low.count != x->remind_high.count)
			return fail(error, "claim");
	}
	for (uint32_t i = 0; i < rb->preference_count; i++) {
		const struct rb_preference *x = &rb->preferences[i];
		if (!text(rb, x->symbol) || !text(rb, x->title) ||
		    !maybe(x->by, rb->instrument_count))
			return fail(error, "preference");
	}
	return TW_OK;
}

static int check_leaves(const struct rb *rb, const struct rb_jurisdiction *j,
			struct tw_error *error)
{
	uint64_t last = 0;
	for (uint32_t i = 0; i < j->leaves.count; i++) {
		const struct rb_leaf *x = &rb->leaves[j->leaves.first + i];
		if (x->low >= x->high || x->low < last || x->high > UINT64_C(10000000000) ||
		    x->class_ >= j->class_count || !span(x->bases, rb->base_count) ||
		    (j->has_schedule && x->bases.count == 0) ||
		    (!j->has_schedule && x->low != last))
			return fail(error, "tariff line");
		last = x->high;
	}
	if (!j->has_schedule && last != UINT64_C(10000000000))
		return fail(error, "tariff line");
	for (uint32_t i = 0; i < rb->base_count; i++) {
		const struct rb_base *x = &rb->bases[i];
		if (x->general >= rb->rate_count || x->column2 >= rb->rate_count ||
		    !span(x->specials, rb->special_count) || !maybe(x->unit1, rb->unit_count) ||
		    !maybe(x->unit2, rb->unit_count) || !text(rb, x->unit1_text) ||
		    !text(rb, x->unit2_text))
			return fail(error, "base rate");
	}
	return TW_OK;
}

static bool month_day(unsigned day)
{
	return day / 100 >= 1 && day / 100 <= 12 && day % 100 >= 1 && day % 100 <= 31;
}

static int check_seasons(const struct rb *rb, const struct rb_jurisdiction *j,
			 struct tw_error *error)
{
	if (!span(j->seasons, rb->season_count))
		return fail(error, "season");
	for (uint32_t i = 0; i < j->seasons.count; i++) {
		const struct rb_season *x = &rb->seasons[j->seasons.first + i];
		if (x->code > 99999999 || (i != 0 && x->code < x[-1].code) || !text(rb, x->name) ||
		    !maybe(x->when, rb->node_count) || !month_day(x->from) ||
		    !month_day(x->through))
			return fail(error, "season");
	}
	return TW_OK;
}

static int check_tables(const struct rb *rb, const struct rb_jurisdiction *j,
			struct tw_error *error)
{
	uint64_t entries = (uint64_t)j->epochs.count * j->class_count;
	if (!span(j->epochs, rb->epoch_count) || j->epochs.count == 0 || j->class_count == 0 ||
	    j->column_count == 0 || entries > rb->row_count || j->rows > rb->row_count - entries)
		return fail(error, "table");
	if (j->columns.count != rb->country_count + 1 || !indexes(rb, j->columns, j->column_count))
		return fail(error, "column");
	for (uint32_t i = 1; i < j->epochs.count; i++)
		if (rb->epochs[j->epochs.first + i] <= rb->epochs[j->epochs.first + i - 1])
			return fail(error, "epoch");
	for (uint64_t i = 0; i < entries; i++) {
		uint32_t row = rb->rows[j->rows + i];
		if (row > rb->cell_count || j->column_count > rb->cell_count - row)
			return fail(error, "row");
	}
	return TW_OK;
}

static int check_jurisdiction(const struct rb *rb, const struct rb_jurisdiction *j,
			      struct tw_error *error)
{
	if (j->code[3] != '\0' || !text(rb, j->title) || !text(rb, j->currency) ||
	    !text(rb, j->base_program) || j->zone >= TW_ZONE_COUNT ||
	    !number(j->round_value, 1, RB_RATE_LIMIT) || !number(j->round_duty, 1, RB_RATE_LIMIT) ||
	    !span(j->editions, rb->index_count) || j->editions.count % 2 != 0 ||
	    !span(j->preferences, rb->preference_count) || !texts(rb, j->not_covered) ||
	    !texts(rb, j->missing) || !span(j->leaves, rb->leaf_count))
		return fail(error, "jurisdiction");
	for (uint32_t i = 0; i < RB_PARTS; i++)
		if (!text(rb, j->part_names[i]))
			return fail(error, "part");
	for (uint32_t i = 0; i < j->editions.count; i += 2)
		if (rb->indexes[j->editions.first + i + 1] >= rb->instrument_count)
			return fail(error, "edition");
	int code = check_leaves(rb, j, error);
	if (code == TW_OK)
		code = check_seasons(rb, j, error);
	return code != TW_OK ? code : check_tables(rb, j, error);
}

static int check_stacks(const struct rb *rb, struct tw_error *error)
{
	for (uint32_t i = 0; i < rb->cell_count; i++)
		if (rb->cells[i] >= rb->stack_count)
			return fail(error, "cell");
	for (uint32_t i = 0; i < rb->stack_count; i++)
		if (!span(rb->stacks[i].items, rb->item_count) ||
		    !span(rb->stacks[i].tail, rb->item_count) ||
		    rb->stacks[i].items.count > RB_STACK || rb->stacks[i].tail.count > RB_STACK)
			return fail(error, "stack");
	for (uint32_t i = 0; i < rb->item_count; i++) {
		uint32_t item = rb->items[i];
		if ((item & RB_ITEM_YIELD) != 0 ? (item & ~RB_ITEM_YIELD) >= rb->yield_count
						: item >= rb->measure_count)
			return fail(error, "stack item");
	}
	return TW_OK;
}

int layout_open(struct rb *rb, const tw_rulebook *book, struct tw_error *error)
{
	static int (*const checks[])(const struct rb *, struct tw_error *) = {
	    check_law, check_measures, check_conditions, check_rates, check_claims, check_stacks};
	int code = layout_trust(rb, book, error);
	for (size_t i = 0; code == TW_OK && i < sizeof checks / sizeof checks[0]; i++)
		code = checks[i](rb, error);
	for (uint32_t i = 0; code == TW_OK && i < rb->jurisdiction_count; i++)
		code = check_jurisdiction(rb, &rb->jurisdictions[i], error);
	return code;
}
