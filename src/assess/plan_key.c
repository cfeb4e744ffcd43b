/* SPDX-License-Identifier: Apache-2.0 */
/* What a docket asks and a line answers, see plan_key.h. */
#include "assess/plan_key.h"

#include "rulebook/docket.h"

#include <stdlib.h>
#include <string.h>

/* The band of a magnitude of condition.h; KEY_MAGNITUDES: none. */
static enum key_magnitude band_of(unsigned magnitude)
{
	switch (magnitude) {
	case LAW_FACT_VALUE:
		return KEY_VALUE;
	case LAW_FACT_RETAIL_VALUE:
		return KEY_RETAIL;
	case LAW_FACT_SHIPMENT_VALUE:
		return KEY_SHIPMENT_VALUE;
	case LAW_FACT_SHIPMENT_RETAIL_VALUE:
		return KEY_SHIPMENT_RETAIL;
	case LAW_FACT_WEIGHT:
		return KEY_WEIGHT;
	case LAW_FACT_ENTERED:
		return KEY_ENTERED;
	case LAW_FACT_IMPORTED:
		return KEY_IMPORTED;
	case LAW_FACT_LOADED:
		return KEY_LOADED;
	case LAW_FACT_DEPARTED:
		return KEY_DEPARTED;
	case LAW_FACT_SHIPPED:
		return KEY_SHIPPED;
	case MAGNITUDE_ORDER:
		return KEY_ORDER;
	case MAGNITUDE_DAY_VALUE:
		return KEY_DAY_VALUE;
	case MAGNITUDE_DAY_RETAIL:
		return KEY_DAY_RETAIL;
	default:
		return KEY_MAGNITUDES;
	}
}

/* A form while it is made: what the items of chains ask. */
struct draft {
	const struct rb *rb;
	struct form form;
	uint32_t words;
	struct rung {
		int64_t at;
		uint8_t magnitude;
	} rung[FORM_THRESHOLDS];
	struct form_floor floor[FORM_FLOORS];
	uint32_t share[FORM_SHARES];
	unsigned count;
	int64_t sorted[2 * FORM_THRESHOLDS]; /* the steps, in the end */
};

static void give_up(struct draft *d, const char *why)
{
	if (!d->form.unknown)
		d->form.unknown = why;
}

/* The whole units from which a magnitude is on num/den or above it, and those from which it is
   above. */
static void find_steps(int64_t steps[2], unsigned band, int64_t num, int64_t den)
{
	if (den == 1 && band != KEY_WEIGHT) {
		steps[0] = num;
		steps[1] = num < INT64_MAX ? num + 1 : num;
		return;
	}
	__int128 top = (__int128)num * (band == KEY_WEIGHT ? 1000000 : 1);
	__int128 whole = top / den - (top % den < 0);
	__int128 from[] = {whole + (top % den != 0), whole + 1};
	for (int i = 0; i < 2; i++)
		steps[i] = from[i] < INT64_MIN   ? INT64_MIN
			   : from[i] > INT64_MAX ? INT64_MAX
						 : (int64_t)from[i];
}

static void add_step(struct draft *d, enum key_magnitude band, int64_t at)
{
	unsigned i = 0;
	while (i < d->count && (d->rung[i].magnitude < band ||
				(d->rung[i].magnitude == band && d->rung[i].at < at)))
		i++;
	if (i < d->count && d->rung[i].magnitude == band && d->rung[i].at == at)
		return;
	if (d->count == FORM_THRESHOLDS) {
		give_up(d, "more thresholds than a key holds");
		return;
	}
	memmove(&d->rung[i + 1], &d->rung[i], (d->count - i) * sizeof d->rung[0]);
	d->rung[i] = (struct rung){at, (uint8_t)band};
	d->count++;
}

static void add_threshold(struct draft *d, unsigned magnitude, int64_t num, int64_t den)
{
	enum key_magnitude band = band_of(magnitude);
	int64_t steps[2];
	if (magnitude == LAW_FACT_DUTY || magnitude == LAW_FACT_ADDITIONAL)
		return; /* held when the plan is charged */
	if (band == KEY_MAGNITUDES) {
		give_up(d, "a comparison of a fact that no key holds");
		return;
	}
	find_steps(steps, band, num, den);
	add_step(d, band, steps[0]);
	add_step(d, band, steps[1]);
}

static void add_atom(struct draft *d, const struct rb_atom *atom)
{
	if (atom->fact == LAW_FACT_DAY_SHIPMENTS || atom->fact == LAW_FACT_DAY_VALUE)
		return; /* not known of a line that is planned */
	d->words |= UINT32_C(1) << atom->fact;
	if (atom->fact == LAW_FACT_CLAIM || atom->operand == LAW_OPERAND_WORDS ||
	    atom->operand == LAW_OPERAND_SHARE || atom->operand == LAW_OPERAND_NONE)
		return;
	add_threshold(d, atom->fact, atom->num, atom->den);
}

static void add_condition(struct draft *d, uint32_t node)
{
	if (node == RB_NONE)
		return;
	const struct rb_node *n = &d->rb->nodes[node];
	if (n->kind == LAW_NODE_ATOM) {
		add_atom(d, &d->rb->atoms[n->child.first]);
		return;
	}
	for (uint32_t i = 0; i < n->child.count; i++)
		add_condition(d, d->rb->indexes[n->child.first + i]);
}

static void add_share(struct draft *d, uint32_t key)
{
	struct form *form = &d->form;
	for (unsigned i = 0; i < form->shares; i++)
		if (d->share[i] == key)
			return;
	if (form->shares == FORM_SHARES)
		give_up(d, "more sums of a shipment than a key holds");
	else
		d->share[form->shares++] = key;
}

static void add_floor(struct draft *d, uint32_t measure)
{
	struct form *form = &d->form;
	const struct rb_measure *m = &d->rb->measures[measure];
	const struct rb_rate *rate = &d->rb->rates[m->rate];
	if (form->floors == FORM_FLOORS || rate->terms.count != 1) {
		give_up(d, "a floor that no key holds");
		return;
	}
	const struct rb_term *term = &d->rb->terms[rate->terms.first];
	d->floor[form->floors++] =
	    (struct form_floor){term->num, term->den, measure, (m->flags & RB_OVER_COLUMN1) != 0};
}

static void add_limit(struct draft *d, const struct rb_measure *m)
{
	static const uint8_t all[] = {LAW_FACT_SHIPMENT_VALUE, LAW_FACT_SHIPMENT_RETAIL_VALUE,
				      MAGNITUDE_ORDER, MAGNITUDE_DAY_VALUE, MAGNITUDE_DAY_RETAIL};
	add_threshold(d, m->limit_of, m->limit, 1);
	for (size_t i = 0; m->per != LAW_PER_LINE && i < sizeof all; i++)
		add_threshold(d, all[i], m->limit, 1);
}

static void add_item(struct draft *d, uint32_t item)
{
	if (item & RB_ITEM_YIELD) {
		add_condition(d, d->rb->yields[item & ~RB_ITEM_YIELD].when);
		return;
	}
	const struct rb_measure *m = &d->rb->measures[item];
	const struct rb_program *program = &d->rb->programs[m->program];
	add_condition(d, m->when);
	add_condition(d, program->whole);
	if (program->void_by != RB_NONE)
		add_threshold(d, LAW_FACT_ENTERED, program->void_until, 1);
	if (m->effect == LAW_EFFECT_FLOOR)
		add_floor(d, item);
	if (m->effect == LAW_EFFECT_GRANT)
		add_limit(d, m);
	if (m->per == LAW_PER_SHIPMENT && m->effect == LAW_EFFECT_FEE)
		add_share(d, SHARE_FEE(item));
	else if (m->per == LAW_PER_SHIPMENT && m->effect == LAW_EFFECT_DUTY)
		add_share(d, SHARE_DUTY(m->program));
}

/* Which magnitudes are the value of a line that says nothing else of its worth? */
static bool is_worth(unsigned magnitude)
{
	switch ((enum key_magnitude)magnitude) {
	case KEY_VALUE:
	case KEY_RETAIL:
	case KEY_SHIPMENT_VALUE:
	case KEY_SHIPMENT_RETAIL:
	case KEY_DAY_VALUE:
	case KEY_DAY_RETAIL:
		return true;
	default:
		return false;
	}
}

static void fill_worth(struct draft *d)
{
	struct form *form = &d->form;
	for (unsigned i = 0; i < d->count; i++) {
		unsigned at = form->worth;
		if (!is_worth(d->rung[i].magnitude))
			continue;
		while (at > 0 && d->sorted[at - 1] >= d->rung[i].at)
			at--;
		if (at < form->worth && d->sorted[at] == d->rung[i].at)
			continue;
		memmove(&d->sorted[at + 1], &d->sorted[at],
			(form->worth - at) * sizeof d->sorted[0]);
		d->sorted[at] = d->rung[i].at;
		form->worth++;
	}
}

static void fill_bands(struct draft *d)
{
	struct form *form = &d->form;
	fill_worth(d);
	for (unsigned i = 0; i < d->count; i++) {
		unsigned at = form->worth + i;
		d->sorted[at] = d->rung[i].at;
		if (!i || d->rung[i].magnitude != d->rung[i - 1].magnitude) {
			form->band[form->bands].magnitude = d->rung[i].magnitude;
			form->band[form->bands++].first = (uint8_t)at;
		}
		form->band[form->bands - 1].count++;
	}
	for (unsigned i = 0; i < form->bands; i++)
		if (form->band[i].magnitude == KEY_ENTERED)
			form->entered = form->band[i];
		else if (form->band[i].magnitude == KEY_WEIGHT)
			form->weight = form->band[i];
}

/* The magnitudes of facts of which the line may say nothing. A line with the date of an
   immediate-transportation entry has no key. */
static uint16_t given_of(uint32_t words)
{
	static const struct {
		uint8_t fact, magnitude;
	} all[] = {{LAW_FACT_WEIGHT, KEY_WEIGHT},  {LAW_FACT_IMPORTED, KEY_IMPORTED},
		   {LAW_FACT_LOADED, KEY_LOADED},  {LAW_FACT_DEPARTED, KEY_DEPARTED},
		   {LAW_FACT_SHIPPED, KEY_LOADED}, {LAW_FACT_SHIPPED, KEY_DEPARTED},
		   {LAW_FACT_SHIPPED, KEY_SHIPPED}};
	unsigned given = 0;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (words >> all[i].fact & 1)
			given |= 1u << all[i].magnitude;
	return (uint16_t)given;
}

static void *keep(unsigned char **to, const void *from, size_t size)
{
	void *at = *to;
	memcpy(at, from, size);
	*to += size;
	return at;
}

static void add_chain(struct draft *d, uint32_t chain)
{
	struct rb_walk walk = rb_walk(d->rb, chain);
	for (uint32_t item; rb_walk_on(&walk, &item);)
		add_item(d, item);
}

struct draft *form_begin(const struct rb *rb, uint32_t tail)
{
	struct draft *draft = calloc(1, sizeof *draft);
	if (!draft)
		return NULL;
	draft->rb = rb;
	add_chain(draft, tail);
	return draft;
}

struct form *form_make(const struct draft *tail, uint32_t items)
{
	struct draft d = *tail;
	add_chain(&d, items);
	d.form.asks_origin = d.words >> LAW_FACT_ORIGIN & 1;
	d.form.asks_ship_from = d.words >> LAW_FACT_SHIP_FROM & 1;
	if (d.words >> LAW_FACT_CURRENCY & 1)
		give_up(&d, "the currency");
	d.form.given = given_of(d.words);
	fill_bands(&d);
	size_t steps = (d.form.worth + d.count) * sizeof *d.sorted,
	       floors = d.form.floors * sizeof *d.floor;
	size_t shares = d.form.shares * sizeof *d.share;
	struct form *form = malloc(sizeof *form + steps + floors + shares);
	if (!form)
		return NULL;
	unsigned char *to = (unsigned char *)(form + 1);
	*form = d.form;
	form->step = keep(&to, d.sorted, steps);
	form->floor = keep(&to, d.floor, floors);
	form->share = keep(&to, d.share, shares);
	return form;
}

static bool has_step(const struct form *form, unsigned band, int64_t at)
{
	for (unsigned i = 0; i < form->bands; i++)
		for (unsigned k = 0; form->band[i].magnitude == band && k < form->band[i].count;
		     k++)
			if (form->step[form->band[i].first + k] == at)
				return true;
	return false;
}

/* How many of the steps of a plain line's value lie before this one. */
static unsigned place_of(const struct form *form, int64_t step)
{
	unsigned at = 0;
	while (at < form->worth && form->step[at] < step)
		at++;
	return at;
}

void plan_key_span(struct plan_key *key, const struct form *form, const struct record *record,
		   bool covered)
{
	unsigned own = key->band[KEY_VALUE], first = 0, last = form->worth;
	bool plain = covered && key->flags & KEY_PLAIN;
	for (uint32_t i = 0; plain && i < record->comparisons; i++) {
		const struct comparison *c = &record->comparison[i];
		enum key_magnitude band = band_of(c->magnitude);
		int64_t steps[2];
		if (!is_worth(band))
			continue;
		/* On it a value has reached the first step and not the second; above it both. */
		find_steps(steps, band, c->num, c->den);
		unsigned low = c->outcome < 0 ? 0 : place_of(form, steps[c->outcome > 0]) + 1;
		unsigned high = c->outcome > 0 ? last : place_of(form, steps[c->outcome == 0]);
		first = low > first ? low : first;
		last = high < last ? high : last;
	}
	plain = plain && first <= own && own <= last;
	key->span[0] = (uint8_t)(plain ? first : own);
	key->span[1] = (uint8_t)(plain ? last : own);
}

static bool has_threshold(const struct form *form, const struct comparison *c)
{
	enum key_magnitude band = band_of(c->magnitude);
	int64_t steps[2];
	if (band == KEY_MAGNITUDES)
		return c->magnitude == LAW_FACT_DUTY || c->magnitude == LAW_FACT_ADDITIONAL;
	find_steps(steps, band, c->num, c->den);
	return has_step(form, band, steps[0]) && has_step(form, band, steps[1]);
}

const char *form_covers(const struct form *form, const struct record *record, bool unknown)
{
	/* In every key, or with every line that has one the same. */
	const uint32_t always =
	    1u << LAW_FACT_CLAIM | 1u << LAW_FACT_VALUE | 1u << LAW_FACT_RETAIL_VALUE |
	    1u << LAW_FACT_SHIPMENT_VALUE | 1u << LAW_FACT_SHIPMENT_RETAIL_VALUE |
	    1u << LAW_FACT_WEIGHT | 1u << LAW_FACT_CHANNEL | 1u << LAW_FACT_TRANSPORT |
	    1u << LAW_FACT_ENTRY_TYPE | 1u << LAW_FACT_INTO | 1u << LAW_FACT_IMPORTED |
	    1u << LAW_FACT_LOADED | 1u << LAW_FACT_DEPARTED | 1u << LAW_FACT_IT_DATE |
	    1u << LAW_FACT_SHIPPED | 1u << LAW_FACT_ENTERED | 1u << LAW_FACT_EXEMPT |
	    1u << LAW_FACT_DUTY | 1u << LAW_FACT_ADDITIONAL;
	uint32_t held = always | (form->asks_origin ? 1u << LAW_FACT_ORIGIN : 0) |
			(form->asks_ship_from ? 1u << LAW_FACT_SHIP_FROM : 0);
	if (record->unknown)
		return record->unknown;
	if (record->words & ~held)
		return "a fact that the docket does not name";
	for (uint32_t i = 0; i < record->comparisons; i++)
		if (!has_threshold(form, &record->comparison[i]))
			return "a threshold that the docket does not name";
	for (uint32_t i = 0; i < record->floors; i++) {
		unsigned k = 0;
		while (k < form->floors && form->floor[k].measure != record->floor[i].measure)
			k++;
		if (k == form->floors || (record->floor[i].floor == FLOOR_UNKNOWN) != unknown)
			return "a floor whose base duty is not known";
	}
	return NULL;
}

/* How many steps x reaches: mostly none, or few. */
static inline uint8_t find_band(const int64_t *step, unsigned count, int64_t x)
{
	unsigned band = 0;
	while (band < count && x >= step[band])
		band++;
	return (uint8_t)band;
}

static inline uint8_t band_in(const struct form *form, const struct form_band *band, int64_t x)
{
	return find_band(form->step + band->first, band->count, x);
}

/* The bands of a line that is not plain, and what its shipment owes. */
static void fill_key(struct plan_key *out, const struct form *form, const struct ask *ask)
{
	for (unsigned i = 0; i < form->bands; i++) {
		unsigned m = form->band[i].magnitude;
		out->band[m] = (uint8_t)0xff; /* there is none */
		if (ask->given >> m & 1)
			out->band[m] = band_in(form, &form->band[i], ask->magnitude[m]);
	}
	/* Whether only one of them is said is remarked, whatever the docket asks. */
	out->given |= (uint16_t)(ask->given & (1u << KEY_LOADED | 1u << KEY_DEPARTED));
	if (ask->filed != RB_NONE)
		out->entry = -10 - (int64_t)ask->filed;
	if (!ask->line || !ask->line->shipment_amount_count)
		return;
	for (unsigned i = 0; i < form->shares; i++) {
		const struct tw_shipment_amount *share = share_of(ask->line, form->share[i]);
		out->shares |= (uint32_t)(share != NULL) << i;
		out->empty |= (uint32_t)(share && !share->amount) << i; /* no fee on nothing */
	}
	const struct tw_shipment_amount *entry = share_of(ask->line, SHARE_ENTRY);
	if (entry && ask->filed == RB_NONE)
		out->entry = entry->amount >= 0 ? entry->amount : -2;
}

_Static_assert(offsetof(struct plan_key, floors) / 8 == 0 &&
		   offsetof(struct plan_key, origin) / 8 == 1 &&
		   offsetof(struct plan_key, transport) / 8 == 1 &&
		   offsetof(struct plan_key, flags) / 8 == 2 &&
		   offsetof(struct plan_key, band[KEY_ENTERED]) / 8 == 2 &&
		   offsetof(struct plan_key, entry) / 8 == 5,
	       "where make_plain puts them");

static inline void put_word(struct plan_key *out, size_t index, uint64_t word)
{
	memcpy((unsigned char *)out + index * sizeof word, &word, sizeof word);
}

/*
 * Of a plain line, word by word: what is read soon after its parts were written waits until they
 * are in memory.
 */
static uint64_t make_plain(struct plan_key *out, const struct form *form, const struct ask *ask,
			   unsigned flags, uint32_t floors)
{
	uint8_t value = find_band(form->step, form->worth, ask->value), weight = 0;
	if (form->weight.count)
		weight = ask->weight >= 0 ? band_in(form, &form->weight, ask->weight) : 0xff;
	uint64_t docket = PLAN_KEY_PLACE(docket, ask->docket) | PLAN_KEY_PLACE(floors, floors);
	uint64_t words = PLAN_KEY_PLACE(origin, form->asks_origin ? ask->origin : 0u) |
			 PLAN_KEY_PLACE(ship_from, form->asks_ship_from ? ask->ship_from : 0u) |
			 PLAN_KEY_PLACE(given, ask->given & form->given) |
			 PLAN_KEY_PLACE(channel, ask->channel) |
			 PLAN_KEY_PLACE(transport, ask->transport);
	uint64_t bands =
	    PLAN_KEY_PLACE(flags, flags) | PLAN_KEY_PLACE(band[KEY_VALUE], value) |
	    PLAN_KEY_PLACE(band[KEY_WEIGHT], weight) |
	    PLAN_KEY_PLACE(band[KEY_ENTERED], band_in(form, &form->entered, ask->entered));
	uint64_t entry = PLAN_KEY_PLACE(entry, UINT64_MAX);
	put_word(out, 0, docket);
	put_word(out, 1, words);
	put_word(out, 2, bands);
	put_word(out, 3, 0);
	put_word(out, 4, 0);
	put_word(out, 5, entry);
	return plan_words_hash(docket, words, bands, 0, 0, entry);
}

uint64_t plan_key_make(struct plan_key *out, const struct form *form, const struct ask *ask,
		       unsigned flags, uint32_t floors)
{
	flags |= (ask->rounded ? 0u : KEY_NOTHING) | (ask->is_beyond ? KEY_BEYOND : 0u) |
		 (ask->is_plain ? KEY_PLAIN : 0u) |
		 (ask->entered >= ask->jurisdiction->schedule_from ? KEY_SCHEDULE : 0u);
	if (ask->is_plain)
		return make_plain(out, form, ask, flags, floors);
	*out = (struct plan_key){.docket = ask->docket,
				 .floors = floors,
				 .origin = form->asks_origin ? ask->origin : 0,
				 .ship_from = form->asks_ship_from ? ask->ship_from : 0,
				 .given = (uint16_t)(ask->given & form->given),
				 .channel = ask->channel,
				 .transport = ask->transport,
				 .flags = (uint8_t)flags,
				 .entry = -1};
	fill_key(out, form, ask);
	return plan_key_hash(out);
}
