/* SPDX-License-Identifier: Apache-2.0 */
/* A line in numbers, see ask.h. */
#include "assess/ask.h"

#include "assess/adcvd.h"
#include "assess/answer.h"
#include "assess/lookup.h"
#include "assess/reading.h"
#include "assess/readings.h"
#include "assess/season.h"
#include "assess/several.h"
#include "assess/term.h"
#include "common/ahead.h"
#include "common/capped.h"
#include "common/money.h"
#include "rulebook/docket.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Of a code of so many digits: how many of ten it has beneath it. */
static const uint64_t width[] = {[6] = 10000, [8] = 100, [10] = 1};

uint64_t ask_end(const struct ask *ask)
{
	return ask->code + width[ask->digits];
}

/* A currency that was read is that of the country, or shown in the answer. */
bool ask_says_more(const struct tw_line *line)
{
	return line->column[TW_COLUMN_IMPORTED].length || line->column[TW_COLUMN_LOADED].length ||
	       line->column[TW_COLUMN_DEPARTED].length || line->column[TW_COLUMN_CURRENCY].length ||
	       line->column[TW_COLUMN_ENTRY_TYPE].length;
}

/* Whether what the line says beside its values has no part in a plan. read: its facts are. */
static bool is_plain(const struct ask *ask, const struct tw_line *line, bool read)
{
	static const enum tw_column asked[] = {TW_COLUMN_VIA,      TW_COLUMN_IT_DATE,
					       TW_COLUMN_CAS,      TW_COLUMN_SMILES,
					       TW_COLUMN_INCHIKEY, TW_COLUMN_CONCENTRATION};
	if (line->size < sizeof *line || line->declared_count || line->month || line->day_shipments)
		return false;
	if (!read && ask_says_more(line))
		return false;
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
		if (line->column[asked[i]].length)
			return false;
	if (line->shipment_first == TW_TIME_MIN || line->shipment_last == TW_TIME_MIN ||
	    line->shipment_first == line->shipment_last)
		return true;
	/* Lines of one entry have one day. */
	enum time_zone zone = (enum time_zone)ask->jurisdiction->zone;
	return time_local_day(zone, line->shipment_first) ==
	       time_local_day(zone, line->shipment_last);
}

static const struct rb_jurisdiction *look_for_jurisdiction(const struct rb *rb, uint16_t letters)
{
	char code[3];
	memcpy(code, rb->law->into, sizeof code);
	if (letters) {
		code[0] = (char)(letters >> 8);
		code[1] = (char)(letters & 0xff);
	}
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (!memcmp(rb->jurisdictions[i].code, code, 3))
			return &rb->jurisdictions[i];
	return NULL;
}

/* Mostly that of the line before. */
static const struct rb_jurisdiction *find_jurisdiction(tw_assessor *a, uint16_t letters,
						       uint16_t *index)
{
	struct plans_use *use = &a->plans;
	if (!use->into || use->into_letters != letters) {
		use->into = look_for_jurisdiction(a->rb, letters);
		use->into_letters = letters;
		use->into_index = use->into ? (uint16_t)(use->into - a->rb->jurisdictions) : 0;
	}
	*index = use->into_index;
	return use->into;
}

static uint32_t find_country(const struct vocabulary *words, uint16_t letters)
{
	unsigned x = (unsigned)(letters >> 8) - 'A', y = (unsigned)(letters & 0xff) - 'A';
	if (x >= 26 || y >= 26 || words->country[x * 26 + y] == 0xffff)
		return RB_NONE;
	return words->country[x * 26 + y];
}

/* The claims to be reminded of that reach a code. */
static uint32_t find_reach(tw_assessor *a, uint64_t code)
{
	struct claim_set set = {{0}};
	uint32_t six = (uint32_t)(code / 10000);
	for (uint32_t i = 0; i < a->rb->claim_count; i++) {
		const struct rb_claim *claim = &a->rb->claims[i];
		bool reaches = claim->remind_low.count == 0;
		for (uint32_t k = 0; !reaches && k < claim->remind_low.count; k++)
			reaches = a->rb->indexes[claim->remind_low.first + k] <= six &&
				  six < a->rb->indexes[claim->remind_high.first + k];
		if (reaches)
			set.word[i / 64] |= UINT64_C(1) << i % 64;
	}
	return plans_number(&a->plans, NUMBER_OF_REACH, &set, sizeof set);
}

/* False: there are more origins of orders than bits. */
static bool learn_orders(struct known_code *out, tw_assessor *a, const struct ask *ask,
			 const struct plan_tables *tables)
{
	const struct rb_adcvd *adcvd = adcvd_of(a->rb, ask->jurisdiction);
	const struct calendar *calendar = &tables->calendar[ask->index];
	struct known_orders *orders = &a->plans.orders[out - a->plans.code];
	*orders = (struct known_orders){0};
	if (adcvd)
		orders->origins =
		    adcvd_origins(a->rb, adcvd, ask->code, ask_end(ask), calendar->order_class);
	out->has_orders = orders->origins != 0;
	return calendar->orders_fit;
}

static void learn_code(struct known_code *out, tw_assessor *a, const struct ask *ask,
		       const struct plan_tables *tables, uint64_t key)
{
	const struct rb_jurisdiction *j = ask->jurisdiction;
	struct leaf_range range =
	    lookup_leaves(&a->tables, a->rb, j, ask->code, ask->code + width[ask->digits]);
	memset(out, 0, sizeof *out);
	out->key = key;
	out->leaf = range.first;
	out->leaves = range.last - range.first;
	if (!learn_orders(out, a, ask, tables) || !(out->reach = find_reach(a, ask->code)))
		out->key = 0; /* there was no room for it: another time */
	if (!a->options.no_screen) {
		answer_digits(a->plans.hts, ask->code, ask->digits);
		out->is_chemical =
		    !screen_holds_nothing(a->screen, (struct tw_text){0}, a->plans.hts);
	}
	if (out->leaves != 1)
		return;
	const struct rb_leaf *leaf = &a->rb->leaves[range.first];
	out->goods = leaf->goods;
	out->base = leaf->base_first;
	out->bases = leaf->base_count;
	out->seasonal = season_has(a, j, leaf);
}

static uint64_t key_of_code(const struct ask *ask)
{
	/* A code of a jurisdiction is two letters: there are fewer than 2^11 of them. */
	return ask->code << 16 | (uint64_t)ask->digits << 12 | (uint64_t)ask->index << 1 | 1;
}

static struct known_code *place_of_code(const tw_assessor *a, const struct ask *ask)
{
	uint64_t hash = key_of_code(ask) * UINT64_C(0x9e3779b97f4a7c15);
	return &a->plans.code[hash >> 49 & (KNOWN_CODES - 1)];
}

/*
 * Where all its places are taken, a code takes the last of them. Numbers of reach are never given
 * twice: what was learnt of codes stays right.
 */
static const struct known_code *know_code(tw_assessor *a, const struct ask *ask,
					  const struct plan_tables *tables)
{
	uint64_t key = key_of_code(ask);
	struct known_code *known = place_of_code(a, ask), *last = known + KNOWN_REACH - 1;
	while (known->key != key && known->key && known < last)
		known++;
	if (known->key != key)
		learn_code(known, a, ask, tables, key);
	return known;
}

/* The period of the schedule, from the first of them; false: none is printed for the day. */
static bool find_base(struct ask *ask, const struct plan_tables *tables)
{
	const struct period *period = tables->period + ask->base;
	for (uint32_t i = 0; i < ask->bases; i++)
		if (period[i].from <= ask->entered && ask->entered < period[i].until) {
			ask->base += i;
			return true;
		}
	return false;
}

/* Every line has these. */
static const uint32_t GIVEN = 1u << KEY_VALUE | 1u << KEY_RETAIL | 1u << KEY_SHIPMENT_VALUE |
			      1u << KEY_SHIPMENT_RETAIL | 1u << KEY_ENTERED | 1u << KEY_ORDER |
			      1u << KEY_DAY_VALUE | 1u << KEY_DAY_RETAIL;

/* What the line is compared by, where it is more than its value. */
static void fill_magnitudes(struct ask *ask, const struct tw_typed_line *from)
{
	const struct tw_line *line = from->line;
	int64_t *m = ask->magnitude;
	m[KEY_VALUE] = from->value;
	m[KEY_RETAIL] = from->retail_value >= 0 ? from->retail_value : from->value;
	m[KEY_SHIPMENT_VALUE] =
	    line && line->shipment_value >= 0 ? line->shipment_value : m[KEY_VALUE];
	m[KEY_SHIPMENT_RETAIL] =
	    line && line->shipment_retail >= 0 ? line->shipment_retail : m[KEY_RETAIL];
	m[KEY_WEIGHT] = from->weight;
	m[KEY_ENTERED] = from->entered;
	m[KEY_ORDER] = line ? line->order_retail : -1;
	tw_money before = line ? line->free_before : 0;
	m[KEY_DAY_VALUE] = capped_sum(before, m[KEY_SHIPMENT_VALUE]);
	m[KEY_DAY_RETAIL] = capped_sum(before, m[KEY_SHIPMENT_RETAIL]);
	m[KEY_IMPORTED] = ask->imported;
	m[KEY_LOADED] = ask->loaded;
	m[KEY_DEPARTED] = ask->departed;
	/* Where both are said, both tests must be met. */
	m[KEY_SHIPPED] = ask->has_loaded && (!ask->has_departed || ask->loaded > ask->departed)
			     ? ask->loaded
			     : ask->departed;
	ask->given |= (uint32_t)ask->has_imported << KEY_IMPORTED |
		      (uint32_t)ask->has_loaded << KEY_LOADED |
		      (uint32_t)ask->has_departed << KEY_DEPARTED |
		      (uint32_t)(ask->has_loaded || ask->has_departed) << KEY_SHIPPED;
}

/* A quantity in a unit that says a claim, or in a unit that is none. */
static bool says_claim(const struct rb *rb, const struct plan_tables *tables, int64_t amount,
		       uint16_t unit)
{
	return unit && (unit > rb->spelling_count ||
			(amount >= 0 && tables->says_claim[rb->spellings[unit - 1].unit]));
}

static bool find_place(struct ask *out, tw_assessor *a, const struct tw_typed_line *line)
{
	uint32_t origin = find_country(&a->words, line->origin);
	uint32_t from = line->ship_from && line->ship_from != line->origin
			    ? find_country(&a->words, line->ship_from)
			    : origin;
	if (origin == RB_NONE || from == RB_NONE)
		return false;
	out->origin = (uint16_t)origin;
	out->ship_from = (uint16_t)from;
	out->is_column2 = (out->jurisdiction->column2[origin / 64] >> origin % 64 & 1) != 0;
	return true;
}

static uint16_t letters_of(const struct rb *rb, uint32_t country)
{
	const char *code = rb->countries[country].iso2;
	return TW_COUNTRY(code[0], code[1]);
}

/* Is nothing said as a claim, but the means of transport? */
static bool says_nothing(const struct vocabulary *words, const struct facts *f)
{
	for (uint32_t i = 0; i < CLAIM_WORDS; i++) {
		uint64_t said = f->said[i];
		if (words->final_mode / 64 == i && f->transport.length)
			said &= ~(UINT64_C(1) << words->final_mode % 64);
		if (said)
			return false;
	}
	return true;
}

/* Is the type of entry written as the law writes it, or none? Else the answer shows what is said.
 */
static bool is_exact_type(const tw_assessor *a, struct tw_text said)
{
	uint32_t type = steps_type(&a->tables.steps, a->rb, said);
	if (!said.length)
		return true;
	const char *word = type != RB_NONE ? rb_text(a->rb, a->tables.steps.type[type]) : "";
	return strlen(word) == said.length && !memcmp(word, said.at, said.length);
}

/* What a line of texts says beside its values, which is in a->facts. */
static void take_more(struct ask *out, const tw_assessor *a)
{
	const struct facts *f = &a->facts;
	out->imported = f->imported;
	out->loaded = f->loaded;
	out->departed = f->departed;
	out->has_imported = f->has_imported;
	out->has_loaded = f->has_loaded;
	out->has_departed = f->has_departed;
	out->filed = steps_type(&a->tables.steps, a->rb, f->entry_type);
}

bool ask_text(struct tw_typed_line *out, tw_assessor *a, const struct plan_tables *tables,
	      const struct tw_line *line)
{
	const struct facts *f = &a->facts;
	if (line->size < sizeof *line || line->column[TW_COLUMN_CLAIMS].length ||
	    !facts_read(&a->facts, &a->refusal, &a->words, line) || f->zero_restored ||
	    f->odd_count || f->via_count || !f->has_value || f->has_it_date ||
	    !is_exact_type(a, f->entry_type) || f->qty[2].unit != RB_NONE ||
	    !says_nothing(&a->words, f) || (f->digits != 6 && f->digits != 8 && f->digits != 10) ||
	    (f->currency.length && !strcmp(rb_text(a->rb, f->jurisdiction->currency), "any")))
		return false;
	*out = (struct tw_typed_line)TW_TYPED_INIT;
	out->line = line;
	out->hts = f->code_low / width[f->digits];
	out->digits = (uint8_t)f->digits;
	out->entered = f->entered;
	out->entered_is_date = f->entered_is_date;
	out->value = f->value;
	out->retail_value = f->retail;
	out->into = TW_COUNTRY(f->into[0], f->into[1]);
	out->origin = letters_of(a->rb, f->origin);
	out->ship_from = letters_of(a->rb, f->ship_from);
	out->channel = (uint8_t)f->channel_number;
	if (f->transport.length)
		out->transport = (uint8_t)(f->transport_number + 1);
	out->qty = f->qty[0].given ? f->qty[0].amount : -1;
	out->qty2 = f->qty[1].given ? f->qty[1].amount : -1;
	out->weight = f->qty[2].given ? f->qty[2].amount : -1;
	out->unit = f->qty[0].unit != RB_NONE ? tables->spelling[f->qty[0].unit] : 0;
	out->unit2 = f->qty[1].unit != RB_NONE ? tables->spelling[f->qty[1].unit] : 0;
	out->description = line->column[TW_COLUMN_DESCRIPTION];
	return true;
}

bool ask_begin(struct ask *out, tw_assessor *a, const struct plan_tables *tables,
	       const struct tw_typed_line *line, bool read)
{
	const struct rb *rb = a->rb;
	if (line->is_text || line->claims.length || line->value < 0 ||
	    !typed_sound(&a->words, line) || says_claim(rb, tables, line->qty, line->unit) ||
	    says_claim(rb, tables, line->qty2, line->unit2))
		return false;
	out->jurisdiction = find_jurisdiction(a, line->into, &out->index);
	if (!out->jurisdiction || !find_place(out, a, line))
		return false;
	out->line = line->line;
	out->entered = line->entered;
	if (line->line && !is_plain(out, line->line, read))
		return false;
	out->code = line->hts * width[line->digits];
	out->digits = line->digits;
	if (out->code >= LOOKUP_GOODS_END && out->jurisdiction->has_schedule &&
	    !out->jurisdiction->open_numbers)
		return false;
	ahead_of(place_of_code(a, out), 0);
	out->is_date = line->entered_is_date;
	out->channel = line->channel;
	out->transport = line->transport;
	out->value = line->value;
	out->rounded = term_share(line->value, 1, 1, out->jurisdiction->round_value,
				  tables->calendar[out->index].reciprocal);
	out->weight = line->weight;
	out->given = GIVEN | (line->weight >= 0 ? 1u << KEY_WEIGHT : 0);
	out->is_plain = !line->line && line->retail_value < 0;
	out->has_imported = out->has_loaded = out->has_departed = false;
	out->filed = RB_NONE;
	if (read)
		take_more(out, a);
	if (!out->is_plain)
		fill_magnitudes(out, line);
	return true;
}

static size_t row_at(const struct ask *ask)
{
	const struct rb_jurisdiction *j = ask->jurisdiction;
	return j->rows + (size_t)ask->epoch * j->goods_count + ask->goods;
}

bool ask_code(struct ask *out, tw_assessor *a, const struct plan_tables *tables)
{
	const struct known_code *code = know_code(a, out, tables);
	const struct grain *grain = calendar_at(&tables->calendar[out->index], out->entered);
	if (!code->reach || !grain->is_covered || (grain->is_beyond && a->options.strict_coverage))
		return false;
	out->not_current = false;
	out->leaf = code->leaf;
	out->leaves = code->leaves;
	out->base = code->base;
	out->bases = code->bases;
	out->seasonal = code->seasonal;
	out->is_chemical = code->is_chemical;
	out->goods = code->goods;
	out->range = (struct leaf_range){code->leaf, code->leaf + 1};
	out->reach = code->reach;
	out->orders = code->has_orders ? &a->plans.orders[code - a->plans.code] : NULL;
	out->preference = grain->preference;
	out->is_beyond = grain->is_beyond;
	out->base_by = grain->by;
	out->epoch = grain->epoch;
	if (code->leaves == 1) {
		ahead_of(&tables->period[code->base], 0);
		narrow_prefetch(&tables->row, row_at(out));
	}
	return true;
}

bool ask_row(struct ask *ask, tw_assessor *a, const struct plan_tables *tables,
	     const struct tw_typed_line *line)
{
	const struct rb_jurisdiction *j = ask->jurisdiction;
	if (ask->leaves != 1 || !find_base(ask, tables)) {
		if (!several_find(ask, a, line, key_of_code(ask)))
			return false;
	} else if (ask->seasonal && !several_is_open(ask, a, line, &a->rb->leaves[ask->leaf])) {
		return false;
	}
	ahead_of(&tables->operand[2 * (size_t)ask->base], 0);
	ask->column = lookup_column(a->rb, j, ask->origin);
	ask->at = rb_strip_at(j, narrow_get(&tables->row, row_at(ask)), ask->column);
	narrow_prefetch(&tables->strip, ask->at);
	return true;
}

void ask_strip(struct ask *ask, const struct plan_tables *tables)
{
	ask->at = (size_t)narrow_get(&tables->strip, ask->at) * RB_STRIP + ask->column % RB_STRIP;
	narrow_prefetch(&tables->cell, ask->at);
}

void ask_docket(struct ask *ask, const struct plan_tables *tables)
{
	ask->docket = narrow_get(&tables->cell, ask->at);
}

static void fill_quantity(struct quantity *out, const struct rb *rb, int64_t amount, uint16_t unit)
{
	out->given = amount >= 0;
	out->amount = amount >= 0 ? amount : 0;
	out->unit = unit ? rb->spellings[unit - 1].unit : RB_NONE;
}

static struct tw_text text_of(const char *word)
{
	return (struct tw_text){word, strlen(word)};
}

void ask_facts(tw_assessor *a, const struct ask *ask, const struct tw_typed_line *line)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	struct facts *f = &a->facts;
	memset(f, 0, offsetof(struct facts, claim));
	f->line = line->line ? line->line : &fresh;
	f->jurisdiction = ask->jurisdiction;
	f->jurisdiction_index = ask->index;
	memcpy(f->into, ask->jurisdiction->code, 3);
	f->zone = (int)ask->jurisdiction->zone;
	f->origin = ask->origin;
	f->ship_from = ask->ship_from;
	f->code_low = ask->code;
	f->code_high = ask->code + width[ask->digits];
	f->digits = ask->digits;
	f->entered = ask->entered;
	f->has_entered = true;
	f->entered_is_date = ask->is_date;
	f->has_value = true;
	f->value = ask->value;
	f->channel_number = ask->channel;
	f->channel = text_of(tables_channels[ask->channel]);
	f->has_imported = ask->has_imported;
	f->has_loaded = ask->has_loaded;
	f->has_departed = ask->has_departed;
	f->imported = ask->has_imported ? ask->imported : 0;
	f->loaded = ask->has_loaded ? ask->loaded : 0;
	f->departed = ask->has_departed ? ask->departed : 0;
	f->transport_number = ask->transport ? ask->transport - 1u : TABLES_TRANSPORTS;
	if (ask->transport)
		f->transport = text_of(tables_transports[ask->transport - 1]);
	if (ask->filed != RB_NONE)
		f->entry_type = text_of(rb_text(a->rb, a->tables.steps.type[ask->filed]));
	readings_take_filed(a);
	fill_quantity(&f->qty[0], a->rb, line->qty, line->unit);
	fill_quantity(&f->qty[1], a->rb, line->qty2, line->unit2);
	fill_quantity(&f->qty[2], a->rb, line->weight, 0);
}

void ask_all_facts(tw_assessor *a, const struct ask *ask, const struct tw_typed_line *line,
		   const struct tw_line *text)
{
	struct facts *f = &a->facts;
	ask_facts(a, ask, line);
	f->line = text;
	f->today = a->words.today;
	f->retail = line->retail_value >= 0 ? line->retail_value : line->value;
	f->shipment_value = f->value;
	f->shipment_retail = f->retail;
	claims_join(f, &a->words);
	for (unsigned i = 0; i < CLAIM_WORDS; i++)
		f->said_folded |= f->said[i];
	lookup_begin(&f->way, &a->tables, a->rb, f->jurisdiction, f->code_low, f->code_high,
		     f->origin, f->entered);
	for (int i = 0; i < 3; i++)
		lookup_step(&f->way, a->rb);
}
