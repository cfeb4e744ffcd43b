/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The duty sections as arrays, and the one test of all they refer to. After
 * layout_open no index, offset or span can leave its section.
 */
#include "rulebook/layout.h"

#include "common/error.h"
#include "rulebook/docket.h"

#include "common/instant.h"
#include "common/legal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define CODES UINT64_C(10000000000) /* of ten digits */

static int fail(struct tw_error *error, const char *what)
{
	return error_set(error, TW_BAD_RULEBOOK,
			 "the rulebook is damaged: %s out of range; compile the law again", what);
}

static bool section(const void **out, uint32_t *count, const tw_rulebook *book, uint32_t tag,
		    size_t record)
{
	size_t size;
	*out = rulebook_section(book, tag, &size);
	*count = (uint32_t)(size / record);
	return *out && size % record == 0 && size / record < RB_ITEM_YIELD;
}

#define SECTION(field, counter, tag)                                                               \
	do {                                                                                       \
		const void *data_;                                                                 \
		if (!section(&data_, &rb->counter, book, tag, sizeof *rb->field))                  \
			return fail(error, #field);                                                \
		rb->field = data_;                                                                 \
	} while (0)

/* One that may be missing: then there are no records. */
static bool section_if(const void **out, uint32_t *count, const tw_rulebook *book, uint32_t tag,
		       size_t record)
{
	size_t size;
	*out = NULL;
	*count = 0;
	return !rulebook_section(book, tag, &size) || section(out, count, book, tag, record);
}

/* A table of narrow numbers; more: of its records one says where the last but one ends. */
static bool narrow_section(struct narrow *field, size_t fields, uint32_t *count,
			   const tw_rulebook *book, uint32_t tag, uint32_t more)
{
	size_t size;
	const void *data = rulebook_section(book, tag, &size);
	if (!narrow_open(field, fields, count, data, size) || *count < more)
		return false;
	*count -= more;
	return *count < RB_ITEM_YIELD;
}

static bool dockets(struct rb *rb, const tw_rulebook *book)
{
	return narrow_section(&rb->row, 1, &rb->row_count, book, RB_TAG_ROWS, 0) &&
	       narrow_section(&rb->strip, 1, &rb->strip_count, book, RB_TAG_STRIPS, 0) &&
	       narrow_section(&rb->cell, 1, &rb->cell_count, book, RB_TAG_CELLS, 0) &&
	       narrow_section(rb->docket, RB_DOCKET_FIELDS, &rb->docket_count, book, RB_TAG_DOCKETS,
			      0) &&
	       narrow_section(rb->chain, RB_CHAIN_FIELDS, &rb->chain_count, book, RB_TAG_CHAINS,
			      1) &&
	       narrow_section(&rb->chain_link, 1, &rb->chain_link_count, book, RB_TAG_CHAIN_LINKS,
			      0) &&
	       narrow_section(&rb->link, 1, &rb->link_count, book, RB_TAG_LINKS, 1);
}

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool adcvd_sections(struct rb *rb, const tw_rulebook *book)
{
	const void *data[4];
	bool sound =
	    section_if(&data[0], &rb->adcvd_count, book, RB_TAG_ADCVD, sizeof *rb->adcvd) &&
	    section_if(&data[1], &rb->adcvd_order_count, book, RB_TAG_ADCVD_ORDERS,
		       sizeof *rb->adcvd_orders) &&
	    section_if(&data[2], &rb->adcvd_code_count, book, RB_TAG_ADCVD_CODES,
		       sizeof *rb->adcvd_codes) &&
	    section_if(&data[3], &rb->adcvd_set_count, book, RB_TAG_ADCVD_SETS,
		       sizeof *rb->adcvd_sets);
	if (!sound)
		return false;
	rb->adcvd = data[0];
	rb->adcvd_orders = data[1];
	rb->adcvd_codes = data[2];
	rb->adcvd_sets = data[3];
	return true;
}

int layout_trust(struct rb *rb, const tw_rulebook *book, struct tw_error *error)
{
	uint32_t one;
	const void *data;
	memset(rb, 0, sizeof *rb);
	rb->strings = rulebook_section(book, RB_TAG_STRINGS, &rb->string_bytes);
	if (!rb->strings || rb->string_bytes == 0 || rb->strings[0] != '\0' ||
	    rb->strings[rb->string_bytes - 1] != '\0')
		return fail(error, "strings");
	if (!section(&data, &one, book, RB_TAG_LAW, sizeof *rb->law) || one != 1)
		return fail(error, "law");
	rb->law = data;
	if (!is_capital(rb->law->into[0]) || !is_capital(rb->law->into[1]) || rb->law->into[2])
		return fail(error, "law");
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
	SECTION(country_names, country_name_count, RB_TAG_COUNTRY_NAMES);
	SECTION(claims, claim_count, RB_TAG_CLAIMS);
	SECTION(jurisdictions, jurisdiction_count, RB_TAG_JURISDICTIONS);
	SECTION(preferences, preference_count, RB_TAG_PREFERENCES);
	SECTION(leaves, leaf_count, RB_TAG_LEAVES);
	SECTION(bases, base_count, RB_TAG_BASES);
	SECTION(seasons, season_count, RB_TAG_SEASONS);
	SECTION(epochs, epoch_count, RB_TAG_EPOCHS);
	SECTION(items, item_count, RB_TAG_ITEMS);
	SECTION(claim_sets, claim_set_count, RB_TAG_CLAIM_SETS);
	if (!section_if(&data, &rb->move_count, book, RB_TAG_MOVES, sizeof *rb->moves))
		return fail(error, "moves");
	rb->moves = data;
	if (!section_if(&data, &rb->renumbered_count, book, RB_TAG_RENUMBERED,
			sizeof *rb->renumbered))
		return fail(error, "renumbered");
	rb->renumbered = data;
	if (!adcvd_sections(rb, book))
		return fail(error, "antidumping order");
	if (rb->item_count < RB_SLACK)
		return fail(error, "docket item");
	rb->item_count -= RB_SLACK;
	return dockets(rb, book) ? TW_OK : fail(error, "docket");
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
		    x->kind > LAW_KIND_TAX || x->color >= LAW_COLORS)
			return fail(error, "program");
	}
	for (uint32_t i = 0; i < rb->country_count; i++)
		if (!text(rb, rb->countries[i].name) || rb->countries[i].iso2[3] != '\0')
			return fail(error, "country");
	for (uint32_t i = 0; i < rb->country_name_count; i++)
		if (!text(rb, rb->country_names[i].text) ||
		    !maybe(rb->country_names[i].country, rb->country_count) ||
		    !indexes(rb, rb->country_names[i].members, rb->country_count))
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
		if (x->kind > LAW_RATE_BOUNDED || !span(x->terms, rb->term_count) ||
		    x->terms.count > LAW_TERMS || !text(rb, x->text) || !text(rb, x->reason) ||
		    (x->kind == LAW_RATE_SUGAR && x->terms.count != 3))
			return fail(error, "rate");
	}
	for (uint32_t i = 0; i < rb->term_count; i++) {
		const struct rb_term *x = &rb->terms[i];
		if (x->kind > LAW_TERM_SPECIFIC || x->join > LAW_JOIN_MOST ||
		    !maybe(x->basis, rb->claim_count) || !number(x->den, 1, RB_RATE_LIMIT) ||
		    !number(x->num, 0, RB_RATE_LIMIT) || !number(x->above, 0, RB_RATE_LIMIT) ||
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

const struct rb_jurisdiction *rb_jurisdiction_into(const struct rb *rb, const char code[2])
{
	uint32_t country = 0;
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (!strncasecmp(rb->jurisdictions[i].code, code, 2))
			return &rb->jurisdictions[i];
	while (country < rb->country_count && strncasecmp(rb->countries[country].iso2, code, 2))
		country++;
	for (uint32_t i = 0; country < rb->country_count && i < rb->jurisdiction_count; i++)
		if (rb->jurisdictions[i].members[country / 64] >> country % 64 & 1)
			return &rb->jurisdictions[i];
	return NULL;
}

static int check_leaves(const struct rb *rb, const struct rb_jurisdiction *j,
			struct tw_error *error)
{
	uint64_t last = 0;
	const struct rb_leaf *leaf = rb->leaves + j->leaves.first;
	for (uint32_t i = 0; i < j->leaves.count; i++) {
		const struct rb_leaf *x = &leaf[i];
		struct rb_span bases = {x->base_first, x->base_count};
		if (x->two > 99 || rb_low(x) >= rb_high(x) || rb_low(x) < last ||
		    rb_high(x) > CODES || x->goods >= j->goods_count ||
		    !span(bases, rb->base_count) || (j->has_schedule && bases.count == 0) ||
		    ((!j->has_schedule || j->open_numbers) && rb_low(x) != last))
			return fail(error, "tariff line");
		last = rb_high(x);
	}
	if (rb_low(&leaf[j->leaves.count]) != CODES ||
	    ((!j->has_schedule || j->open_numbers) && last != CODES))
		return fail(error, "tariff line");
	for (uint32_t i = 0; i < rb->base_count; i++) {
		const struct rb_base *x = &rb->bases[i];
		if (x->flags > RB_BASE_FLAGS || x->general >= rb->rate_count ||
		    x->column2 >= rb->rate_count || !span(x->specials, rb->special_count) ||
		    !maybe(x->unit1, rb->unit_count) || !maybe(x->unit2, rb->unit_count) ||
		    !text(rb, x->unit1_text) || !text(rb, x->unit2_text))
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
	if (!span(j->epochs, rb->epoch_count) || j->epochs.count == 0)
		return fail(error, "epoch");
	if (j->columns.count != rb->country_count + 1 || !indexes(rb, j->columns, j->column_count))
		return fail(error, "column");
	for (uint32_t i = 1; i < j->epochs.count; i++)
		if (rb->epochs[j->epochs.first + i] <= rb->epochs[j->epochs.first + i - 1])
			return fail(error, "epoch");
	const char *wrong = docket_check_tables(rb, j);
	return !wrong ? TW_OK : fail(error, wrong);
}

static int check_jurisdiction(const struct rb *rb, const struct rb_jurisdiction *j,
			      struct tw_error *error)
{
	if (j->code[3] != '\0' || !text(rb, j->title) || !text(rb, j->currency) ||
	    (j->conversion != RB_NONE && j->conversion >= rb->instrument_count) ||
	    !text(rb, j->base_program) || !text(rb, j->no_schedule) || j->zone >= TIME_ZONE_COUNT ||
	    !number(j->round_value, 1, RB_RATE_LIMIT) || !number(j->round_duty, 1, RB_RATE_LIMIT) ||
	    !span(j->editions, rb->index_count) || j->editions.count % 2 != 0 ||
	    !span(j->preferences, rb->preference_count) || !texts(rb, j->not_covered) ||
	    !texts(rb, j->before_covered) || !texts(rb, j->missing) ||
	    !span(j->leaves, rb->leaf_count) || j->leaves.first + j->leaves.count == rb->leaf_count)
		return fail(error, "jurisdiction");
	for (uint32_t i = 0; i < RB_PARTS; i++)
		if (!text(rb, j->part_names[i]))
			return fail(error, "part");
	for (uint32_t i = 0; i < j->editions.count; i += 2)
		if (rb->indexes[j->editions.first + i + 1] >= rb->instrument_count)
			return fail(error, "edition");
	int code = check_leaves(rb, j, error);
	if (!code)
		code = check_seasons(rb, j, error);
	return code ? code : check_tables(rb, j, error);
}

static int check_dockets(const struct rb *rb, struct tw_error *error)
{
	const char *wrong = docket_check(rb);
	return !wrong ? TW_OK : fail(error, wrong);
}

static int check_moves(const struct rb *rb, struct tw_error *error)
{
	for (uint32_t i = 0; i < rb->move_count; i++) {
		const struct rb_move *m = &rb->moves[i];
		if ((i && m->at < m[-1].at) || m->program >= rb->program_count ||
		    !maybe(m->measure, rb->measure_count) || m->by >= rb->instrument_count)
			return fail(error, "move");
	}
	for (uint32_t i = 0; i < rb->renumbered_count; i++) {
		const struct rb_renumbered *r = &rb->renumbered[i];
		if (r->code >= CODES || r->jurisdiction >= rb->jurisdiction_count ||
		    !span(r->to, rb->index_count) || r->to.count % 2 != 0)
			return fail(error, "renumbered");
		for (uint32_t k = 0; k < r->to.count; k += 2)
			if (rb->indexes[r->to.first + k] > 99999999 ||
			    rb->indexes[r->to.first + k + 1] > 99)
				return fail(error, "renumbered");
	}
	return TW_OK;
}

static bool sound_order(const struct rb *rb, const struct rb_adcvd_order *x)
{
	return text(rb, x->id) && text(rb, x->product) && text(rb, x->cite) &&
	       x->origin < rb->country_count && x->state <= LAW_ADCVD_UNREAD &&
	       x->confidence <= LAW_CONTESTED;
}

/* The orders that each code names are some of the jurisdiction's. */
static bool sound_codes(const struct rb *rb, const struct rb_adcvd *x)
{
	const struct rb_adcvd_code *code = rb->adcvd_codes + x->codes.first;
	for (uint32_t i = 0; i < x->codes.count; i++) {
		if (code[i].two > 99 ||
		    (i && rb_adcvd_low(&code[i]) <= rb_adcvd_low(&code[i - 1])) ||
		    !span(code[i].orders, rb->adcvd_set_count))
			return false;
		for (uint32_t k = 0; k < code[i].orders.count; k++)
			if (rb->adcvd_sets[code[i].orders.first + k] - x->orders.first >=
			    x->orders.count)
				return false;
	}
	return x->codes.count != 0 && code[x->codes.count - 1].orders.count == 0;
}

static int check_adcvd(const struct rb *rb, struct tw_error *error)
{
	for (uint32_t i = 0; i < rb->adcvd_order_count; i++)
		if (!sound_order(rb, &rb->adcvd_orders[i]))
			return fail(error, "antidumping order");
	for (uint32_t i = 0; i < rb->adcvd_count; i++) {
		const struct rb_adcvd *x = &rb->adcvd[i];
		if (!span(x->orders, rb->adcvd_order_count) ||
		    !span(x->codes, rb->adcvd_code_count) || !sound_codes(rb, x) ||
		    x->claim >= rb->claim_count || x->rate >= rb->claim_count ||
		    x->exporter >= rb->claim_count || x->by >= rb->instrument_count ||
		    !text(rb, x->meets) || !text(rb, x->incomplete) || !text(rb, x->unread))
			return fail(error, "antidumping order");
	}
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (!maybe(rb->jurisdictions[i].adcvd, rb->adcvd_count))
			return fail(error, "antidumping order");
	return TW_OK;
}

int layout_open(struct rb *rb, const tw_rulebook *book, struct tw_error *error)
{
	static int (*const checks[])(const struct rb *, struct tw_error *) = {
	    check_law,    check_measures, check_conditions, check_rates,
	    check_claims, check_dockets,  check_moves,      check_adcvd};
	int code = layout_trust(rb, book, error);
	for (size_t i = 0; !code && i < sizeof checks / sizeof checks[0]; i++)
		code = checks[i](rb, error);
	for (uint32_t i = 0; !code && i < rb->jurisdiction_count; i++)
		code = check_jurisdiction(rb, &rb->jurisdictions[i], error);
	return code;
}
