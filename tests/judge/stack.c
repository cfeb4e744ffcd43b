/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The duties of one tariff line under one reading, see verdict.h: each program
 * after those it yields to, each measure by itself. docs/law-format.md, "Order
 * of an answer", 1 to 4.
 */
#include "common/money.h"
#include "hearing.h"

#include <string.h>

/* A measure that applies, and the pieces of the value it falls on. */
struct taken {
	const struct law_measure *measure;
	unsigned parts;
	bool charges;
};

/*
 * The value divided in two ways at once, by the parts of one group and by those of the other:
 * a crumb is in one part of each (LAW_NONE: in none of that group).
 */
struct crumb {
	tw_money value;
	uint32_t in[2]; /* claims */
};
#define VERDICT_CRUMBS 16

struct trial {
	struct stack *out;
	struct hearing *h;
	struct base base;
	struct crumb crumb[VERDICT_CRUMBS];
	unsigned crumb_count, present;
	unsigned which_part;         /* how the undeclared metals are read, see crumble */
	uint32_t nothing[PART_REST]; /* claims of metals that are not there in this reading */
	unsigned nothing_count;
	struct taken taken[VERDICT_TAKEN];
	size_t taken_count;
	bool decided[512];
};

static bool charging(const struct law_measure *m)
{
	return m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR ||
	       m->effect == LAW_EFFECT_SUM || m->effect == LAW_EFFECT_BANDS;
}

static bool stacked(const struct trial *t, const struct law_program *p)
{
	return &t->h->law->jurisdictions[p->jurisdiction] == t->h->jurisdiction &&
	       (p->kind == LAW_KIND_DUTY || p->kind == LAW_KIND_PROHIBITION);
}

/* The claim of a part, LAW_NONE for the whole value. */
static uint32_t part_named(const struct trial *t, const char *name)
{
	for (unsigned i = 0; i < t->h->judge->part_count; i++)
		if (strcmp(t->h->law->claims[t->h->judge->part_claim[i]].part, name) == 0)
			return t->h->judge->part_claim[i];
	return LAW_NONE;
}

/* The crumbs on which a measure falls. */
static unsigned parts_of(const struct trial *t, const struct law_measure *m)
{
	uint32_t part = part_named(t, m->part);
	unsigned crumbs = 0;
	for (unsigned i = 0; i < t->crumb_count; i++) {
		bool inside = t->crumb[i].in[0] == part || t->crumb[i].in[1] == part;
		if (part == LAW_NONE || inside != m->part_not)
			crumbs |= 1u << i;
	}
	return crumbs;
}

/* Origin, period and scope on a day: is the measure there at all for these goods? */
static bool there_at(const struct trial *t, const struct law_measure *m, tw_time at)
{
	const struct hearing *h = t->h;
	return m->from.at <= at && at < m->until.at &&
	       (m->origins_all || origin_in(&m->origins, h->line->origin)) &&
	       scope_holds(h->judge, &m->scope, h->code, at);
}

/* Goods from a foreign-trade zone take the law of their admission, where a measure does not say
 * that of the entry; but nothing that is no longer collected on the day of entry. */
static bool there(const struct trial *t, const struct law_measure *m)
{
	const struct hearing *h = t->h;
	const struct law_program *p = &h->law->programs[m->program];
	if ((h->from_zone || h->in_bond) && p->void_by != LAW_NONE &&
	    h->line->entered >= p->void_collected_until)
		return false;
	bool now = h->from_zone ? m->ftz_entry : p->kind == LAW_KIND_PROHIBITION;
	return there_at(t, m, now ? h->line->entered : h->goods_at);
}

/* The day whose rules say before whom a program steps back: that of the admission, or of the
 * entry where the program had no measure for the goods then. */
static tw_time yields_at(const struct trial *t, const struct law_program *p)
{
	if (t->h->in_bond)
		return t->h->goods_at;
	for (uint32_t i = 0; t->h->from_zone && i < p->measure_count; i++)
		if (there_at(t, &t->h->law->measures[p->measure_first + i], t->h->goods_at))
			return t->h->goods_at;
	return t->h->line->entered;
}

static bool applies(struct trial *t, const struct law_measure *m)
{
	return there(t, m) && condition_true(t->h, m->when);
}

static tw_money value_of(const struct trial *t, unsigned crumbs)
{
	tw_money sum = 0;
	for (unsigned i = 0; i < t->crumb_count; i++)
		sum += (crumbs >> i & 1) != 0 ? t->crumb[i].value : 0;
	return sum;
}

/* Would some charging measure fall on that part alone? */
static bool in_play(struct trial *t, uint32_t claim)
{
	const struct law *law = t->h->law;
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		if (part_named(t, m->part) == claim && !m->part_not && charging(m) &&
		    stacked(t, &law->programs[m->program]) && applies(t, m))
			return true;
	}
	return false;
}

/* A measure that excuses a part may say how much of the value may count as that part. */
static tw_money at_most(struct trial *t, uint32_t claim, tw_money amount)
{
	const struct law *law = t->h->law;
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		if (m->most.num == 0 || part_named(t, m->part) != claim || m->part_not ||
		    !stacked(t, &law->programs[m->program]) || !applies(t, m))
			continue;
		tw_money most = money_share(t->h->value, m->most.num, m->most.den,
					    t->h->jurisdiction->round_value);
		amount = amount < most ? amount : most;
	}
	return amount;
}

/* A row of neighbours that fills the value: the parts of one group, and what is left. */
struct row {
	uint32_t part[PART_REST + 1];
	tw_money value[PART_REST + 1];
	unsigned count;
	bool said;
};

/* `spared`: what chapter 98 leaves undutiable holds the first of the parts. */
static void make_row(struct row *row, struct trial *t, const char *group, tw_money spared)
{
	const struct judge *judge = t->h->judge;
	tw_money left = t->h->value;
	memset(row, 0, sizeof *row);
	for (unsigned i = 0; i < judge->part_count; i++) {
		uint32_t claim = judge->part_claim[i];
		if (strcmp(t->h->law->claims[claim].group, group) != 0 || !t->h->claim[claim].given)
			continue;
		tw_money amount =
		    money_round(t->h->claim[claim].number, t->h->jurisdiction->round_value);
		if (spared >= amount) {
			spared -= amount;
			amount = 0;
		} else {
			amount -= spared;
			spared = 0;
		}
		amount = at_most(t, claim, amount);
		amount = amount < left ? amount : left;
		row->part[row->count] = claim;
		row->value[row->count++] = amount;
		row->said = true;
		left -= amount;
	}
	row->part[row->count] = LAW_NONE;
	row->value[row->count++] = left;
}

/* Nobody declared this group: one of its parts in play is the whole value, or none, or a trace;
 * then the whole, or none, beside a trace of all others. */
static void assume_row(struct row *row, struct trial *t, const char *group)
{
	uint32_t open[PART_REST];
	unsigned count = 0;
	for (unsigned i = 0; i < t->h->judge->part_count; i++) {
		uint32_t claim = t->h->judge->part_claim[i];
		if (t->h->law->claims[claim].whole &&
		    strcmp(t->h->law->claims[claim].group, group) == 0 && in_play(t, claim))
			open[count++] = claim;
	}
	if (row->said || count == 0)
		return;
	t->out->in_play = count;
	bool beside = t->which_part > 2 * count; /* the others are there, too */
	unsigned whole = beside ? t->which_part - 2 * count - 1 : t->which_part;
	if (whole < count)
		row->part[0] = open[whole];
	for (unsigned i = 0; i < count; i++) {
		if (i == whole)
			continue;
		if (beside || i + count + 1 == t->which_part) {
			row->part[row->count] = open[i];
			row->value[row->count++] = 0;
			continue;
		}
		t->nothing[t->nothing_count++] = open[i]; /* as if it were declared so */
		t->h->claim[open[i]].given = true;
		t->h->claim[open[i]].number = 0;
	}
}

/*
 * Put one row on the other. The first begins at the start of the value, the second is turned
 * round and ends at its end, so that declared parts of the two lie apart as far as they fit.
 */
static void crumble(struct trial *t)
{
	const struct judge *judge = t->h->judge;
	const char *group[2] = {"", ""};
	struct row row[2];
	for (unsigned i = 0; i < judge->part_count; i++) {
		const char *name = t->h->law->claims[judge->part_claim[i]].group;
		if (group[0][0] == '\0')
			group[0] = name;
		if (strcmp(group[0], name) != 0)
			group[1] = name;
	}
	for (int g = 0; g < 2; g++) {
		make_row(&row[g], t, group[g], g == 0 ? 0 : t->h->whole_value - t->h->value);
		assume_row(&row[g], t, group[g]);
	}
	/* A value of nothing is still of what it is assumed to be. */
	if (t->h->value == 0)
		t->crumb[t->crumb_count++] =
		    (struct crumb){0, {row[0].said ? LAW_NONE : row[0].part[0], LAW_NONE}};
	for (unsigned i = 0, k = row[1].count; i < row[0].count && k > 0;) {
		tw_money *a = &row[0].value[i], *b = &row[1].value[k - 1];
		tw_money both = *a < *b ? *a : *b;
		bool trace = i > 0 && !row[0].said;
		if (both > 0 || trace)
			t->crumb[t->crumb_count++] =
			    (struct crumb){both, {row[0].part[i], row[1].part[k - 1]}};
		*a -= both;
		*b -= both;
		if (*a == 0 && (i + 1 < row[0].count || *b == 0))
			i++;
		else
			k--;
	}
	t->present = (1u << t->crumb_count) - 1;
}

static void record(struct trial *t, const struct law_measure *m)
{
	if (t->out->applied_count < VERDICT_TAKEN)
		t->out->applied[t->out->applied_count++] = m;
}

static void take(struct trial *t, const struct law_measure *m, unsigned parts, bool charges)
{
	if (t->taken_count < VERDICT_TAKEN)
		t->taken[t->taken_count++] = (struct taken){m, parts, charges};
	record(t, m);
}

static struct verdict_layer *add_layer(struct trial *t, const struct law_measure *m, unsigned parts)
{
	static struct verdict_layer nowhere;
	struct verdict_layer *layer =
	    t->out->layer_count < VERDICT_LAYERS ? &t->out->layer[t->out->layer_count++] : &nowhere;
	*layer = (struct verdict_layer){.measure = m,
					.program = m->program,
					.heading = m->heading,
					.parts = parts,
					.on = value_of(t, parts),
					.whole = parts == t->present};
	return layer;
}

/* The sum of the ad valorem rates that programs lay on all goods of the origin on that day. */
static bool matches(const char *glob, const char *id)
{
	size_t length = strlen(glob);
	return length > 0 && glob[length - 1] == '*' ? strncmp(glob, id, length - 1) == 0
						     : strcmp(glob, id) == 0;
}

static struct law_fraction sum_of(const struct trial *t, const char *glob)
{
	const struct law *law = t->h->law;
	struct law_fraction sum = {0, 1};
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		if ((m->effect != LAW_EFFECT_DUTY && m->effect != LAW_EFFECT_FLOOR) ||
		    !m->scope.all || m->when != NULL || !stacked(t, &law->programs[m->program]) ||
		    !matches(glob, law->programs[m->program].id) ||
		    !there_at(t, m, t->h->goods_at) || m->rate.term_count != 1 ||
		    m->rate.term[0].kind != LAW_TERM_AD_VALOREM)
			continue;
		struct law_fraction more = m->rate.term[0].amount;
		sum = (struct law_fraction){sum.num * more.den + more.num * sum.den,
					    sum.den * more.den};
	}
	return sum;
}

/* The rate of a charging measure, once what it depends on is known; false: none. */
static bool rate_of(const struct trial *t, const struct law_measure *m, struct law_rate *out)
{
	*out = m->rate;
	if (m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR)
		return true;
	struct law_fraction sum = sum_of(t, m->sum_of);
	if (m->effect == LAW_EFFECT_SUM) {
		memset(out, 0, sizeof *out);
		out->kind = LAW_RATE_SUM;
		out->term_count = 1;
		out->term[0] = (struct law_term){.kind = LAW_TERM_AD_VALOREM,
						 .amount = sum,
						 .unit = LAW_NONE,
						 .basis = LAW_NONE};
		return true;
	}
	for (uint32_t i = 0; i < m->band_count; i++) {
		const struct law_band *band = &m->bands[i];
		__int128 left = (__int128)sum.num * band->limit.den;
		__int128 right = (__int128)band->limit.num * sum.den;
		*out = band->duty;
		if (band->open || left < right || (band->inclusive && left == right))
			return true;
	}
	return false;
}

static tw_money base_on(const struct trial *t, tw_money base, const struct verdict_layer *layer)
{
	return layer->whole || t->h->value == 0
		   ? base
		   : money_share(base, layer->on, t->h->value, t->h->jurisdiction->round_duty);
}

/* Up to a total with column 1: what is missing from the floor is added. */
static void charge_floor(struct trial *t, struct verdict_layer *layer)
{
	const struct law_measure *m = layer->measure;
	struct law_fraction floor = m->rate.term[0].amount;
	bool claimed = m->floor_over_column1;
	bool plain = claimed ? t->base.plain : t->base.general_plain;
	struct law_fraction rate = claimed ? t->base.rate : t->base.general_rate;
	tw_money total =
	    money_share(layer->on, floor.num, floor.den, t->h->jurisdiction->round_duty);
	tw_money under = base_on(t, claimed ? t->base.amount : t->base.general, layer);
	layer->kind = TW_LAYER_REPLACE;
	layer->replaces = true;
	if (!t->base.known || (!claimed && !t->base.general_known)) {
		layer->unknown = true;
		return;
	}
	if (plain ? (__int128)rate.num * floor.den >= (__int128)floor.num * rate.den
		  : under >= total) {
		layer->kind = TW_LAYER_EXEMPT;
		layer->replaces = false;
		if (m->heading_reached != NULL && m->heading_reached[0] != '\0')
			layer->heading = m->heading_reached;
		return;
	}
	/* The total is the greater of the line's own duty and the floor. */
	tw_money own = base_on(t, t->base.amount, layer);
	layer->amount = total > own ? total : own;
	layer->over_base = layer->amount - own;
}

static void charge_rate(struct trial *t, struct verdict_layer *layer)
{
	const struct hearing *h = t->h;
	const struct law_measure *m = layer->measure;
	struct law_rate rate;
	if (m->round_exact && layer->whole)
		layer->on = h->line->value;
	layer->unknown = !rate_of(t, m, &rate) || !rate_amount(&layer->amount, h, &rate, layer->on);
	if (m->per == LAW_PER_SHIPMENT && h->line->shared)
		layer->amount = h->line->here ? h->line->together : 0;
	layer->kind = TW_LAYER_ADD;
	if (m->instead == LAW_INSTEAD_COLUMN1) {
		bool is_free = rate.kind == LAW_RATE_SUM && rate.term_count == 0;
		layer->kind = is_free ? TW_LAYER_EXEMPT : TW_LAYER_REPLACE;
		layer->replaces = true;
		/* In place of all of the base duty, the base duty need not be known. */
		layer->unknown |= !t->base.known && !layer->whole;
		if (t->base.known)
			layer->over_base = layer->amount - base_on(t, t->base.amount, layer);
	}
}

static void charge(struct trial *t, const struct law_measure *m, unsigned parts)
{
	const struct law_program *p = &t->h->law->programs[m->program];
	struct verdict_layer *layer = add_layer(t, m, parts);
	if (p->whole != NULL && layer->whole && condition_true(t->h, p->whole))
		layer->on = t->h->whole_value;
	if (m->effect == LAW_EFFECT_FLOOR)
		charge_floor(t, layer);
	else
		charge_rate(t, layer);
	layer->is_void = layer->kind != TW_LAYER_EXEMPT && p->void_by != LAW_NONE &&
			 t->h->line->entered < p->void_collected_until;
	if (m->instead == LAW_INSTEAD_ALL)
		t->out->alone = m;
	take(t, m, parts, true);
}

/* Lawful choices: not declared, all of them are shown and none is charged. */
static bool chosen(struct trial *t, const struct law_measure *m)
{
	if (m->choice_claim == NULL)
		return true;
	for (uint32_t i = 0; i < t->h->law->claim_count; i++)
		if (strcmp(t->h->law->claims[i].name, m->choice_claim) == 0 && t->h->claim[i].given)
			return strcmp(t->h->claim[i].word, m->choice_is) == 0;
	if (t->out->choice_count < 8)
		t->out->choice[t->out->choice_count++].measure = m;
	return false;
}

/* What a charging measure falls on: its part, less what is excused, less what those take before
 * which it steps back. */
static unsigned falls_on(struct trial *t, const struct law_measure *m, unsigned excused)
{
	unsigned parts;
	if (!applies(t, m))
		return 0;
	parts = parts_of(t, m) & t->present & ~excused;
	for (uint32_t i = 0; parts != 0 && i < m->except_count; i++) {
		const struct law_measure *before = &t->h->law->measures[m->except[i]];
		if (before->scope.unknown == NULL)
			parts &= ~falls_on(t, before, excused);
	}
	return parts;
}

static unsigned hear_exempt(struct trial *t, const struct law_program *p)
{
	unsigned excused = 0;
	for (uint32_t i = 0; i < p->measure_count; i++) {
		const struct law_measure *m = &t->h->law->measures[p->measure_first + i];
		unsigned parts = parts_of(t, m) & t->present & ~excused;
		if (m->effect != LAW_EFFECT_EXEMPT || parts == 0 || !applies(t, m))
			continue;
		if (m->scope.unknown != NULL) {
			t->out->unknown_count++;
			continue;
		}
		add_layer(t, m, parts)->kind = TW_LAYER_EXEMPT;
		take(t, m, parts, false);
		excused |= parts;
	}
	return excused;
}

static size_t hear_charging(struct trial *t, const struct law_program *p, unsigned excused,
			    struct taken *list)
{
	size_t count = 0;
	for (uint32_t i = 0; i < p->measure_count; i++) {
		const struct law_measure *m = &t->h->law->measures[p->measure_first + i];
		unsigned parts = charging(m) ? falls_on(t, m, excused) : 0;
		for (size_t k = 0; k < count; k++)
			parts &= ~list[k].parts;
		if (parts == 0)
			continue;
		if (m->scope.unknown != NULL) {
			t->out->unknown_count++;
			record(t, m);
		} else if (chosen(t, m)) {
			list[count++] = (struct taken){m, parts, true};
		} else {
			record(t, m);
		}
	}
	return count;
}

/* Before whom the program may step back under this rule, and on which parts. */
static unsigned before_whom(const struct trial *t, const struct law_yield *y,
			    struct verdict_exclusion *out)
{
	unsigned parts = 0;
	out->to_count = 0;
	for (size_t i = 0; i < t->taken_count; i++) {
		const struct taken *other = &t->taken[i];
		bool hit = false;
		for (uint32_t k = 0; other->charges && k < y->program_count; k++)
			hit |= y->programs[k] == other->measure->program;
		for (uint32_t k = 0; k < y->measure_count; k++)
			hit |= &t->h->law->measures[y->measures[k]] == other->measure;
		if (!hit)
			continue;
		parts |= other->parts;
		out->to[out->to_count++] = other->measure->program;
	}
	return parts;
}

static bool is_of(const struct trial *t, const struct law_yield *y, const struct law_measure *m)
{
	for (uint32_t i = 0; i < y->of_count; i++)
		if (&t->h->law->measures[y->of[i]] == m)
			return true;
	return y->of_count == 0;
}

static void step_back(struct trial *t, uint32_t program, const struct law_yield *y,
		      struct taken *list, size_t count)
{
	struct verdict_exclusion exclusion = {.program = program};
	struct hearing *h = t->h;
	unsigned removed = 0, parts = before_whom(t, y, &exclusion);
	tw_time at = yields_at(t, &h->law->programs[program]);
	if (parts == 0 || at < y->from.at || at >= y->until.at ||
	    !scope_holds(h->judge, &y->scope, h->code, at) || !condition_true(h, y->when))
		return;
	if (!y->for_part)
		parts = PART_ALL;
	for (size_t i = 0; i < count; i++) {
		if (!is_of(t, y, list[i].measure))
			continue;
		removed |= list[i].parts & parts;
		list[i].parts &= ~parts;
	}
	if (removed == 0)
		return;
	if (t->out->exclusion_count < VERDICT_LAYERS)
		t->out->exclusion[t->out->exclusion_count++] = exclusion;
	if (y->heading != NULL && y->heading[0] != '\0') {
		struct verdict_layer *layer = add_layer(t, list[0].measure, removed);
		layer->kind = TW_LAYER_EXEMPT;
		layer->heading = y->heading;
	}
}

static void tell(struct trial *t, const struct law_program *p)
{
	for (uint32_t i = 0; i < p->measure_count; i++) {
		const struct law_measure *m = &t->h->law->measures[p->measure_first + i];
		if ((m->effect != LAW_EFFECT_WARN && m->effect != LAW_EFFECT_PROHIBITED) ||
		    !applies(t, m))
			continue;
		record(t, m);
		if (m->effect == LAW_EFFECT_PROHIBITED && m->scope.unknown == NULL &&
		    t->out->prohibited == NULL)
			t->out->prohibited = m;
	}
}

/* Has the program anything to say about these goods? */
static bool concerned(const struct trial *t, const struct law_program *p)
{
	for (uint32_t i = 0; i < p->measure_count; i++)
		if (there(t, &t->h->law->measures[p->measure_first + i]))
			return true;
	return false;
}

/* One program, after all it may step back before. */
static void decide(struct trial *t, uint32_t program)
{
	const struct law *law = t->h->law;
	const struct law_program *p = &law->programs[program];
	struct taken list[VERDICT_TAKEN];
	if (program >= 512 || t->decided[program] || !stacked(t, p))
		return;
	t->decided[program] = true;
	if (!concerned(t, p))
		return;
	for (uint32_t i = 0; i < p->yield_count; i++) {
		const struct law_yield *y = &p->yields[i];
		tw_time at = yields_at(t, p);
		if (at < y->from.at || at >= y->until.at)
			continue;
		for (uint32_t k = 0; k < y->program_count; k++)
			decide(t, y->programs[k]);
		for (uint32_t k = 0; k < y->measure_count; k++)
			decide(t, law->measures[y->measures[k]].program);
	}
	tell(t, p);
	unsigned excused = hear_exempt(t, p);
	size_t count = hear_charging(t, p, excused, list);
	for (uint32_t i = 0; count != 0 && i < p->yield_count; i++)
		step_back(t, program, &p->yields[i], list, count);
	for (size_t i = 0; i < count; i++)
		if (list[i].parts != 0)
			charge(t, list[i].measure, list[i].parts);
}

/* `instead: all`: the one duty stays, every other layer is gone. */
static void stand_alone(struct trial *t)
{
	struct stack *out = t->out;
	size_t kept = 0;
	for (size_t i = 0; i < out->layer_count; i++) {
		const struct verdict_layer layer = out->layer[i];
		if (layer.measure == out->alone) {
			out->layer[kept] = layer;
			out->layer[kept++].kind = TW_LAYER_REPLACE;
		} else if (layer.kind != TW_LAYER_EXEMPT && out->exclusion_count < VERDICT_LAYERS) {
			struct verdict_exclusion *e = &out->exclusion[out->exclusion_count++];
			e->program = layer.program;
			e->to[0] = out->alone->program;
			e->to_count = 1;
		}
	}
	out->layer_count = kept;
}

/* The base duty stays on what no other layer replaces. */
static void add_base(struct trial *t)
{
	struct verdict_layer base = {.kind = TW_LAYER_BASE, .heading = "", .parts = t->present};
	bool all = false;
	base.program = LAW_NONE;
	base.on = t->h->value;
	base.amount = t->base.amount;
	base.unknown = !t->base.known;
	for (size_t i = 0; i < t->out->layer_count; i++) {
		const struct verdict_layer *layer = &t->out->layer[i];
		if (!layer->replaces)
			continue;
		all |= layer->whole;
		if (layer->whole && layer->measure->effect != LAW_EFFECT_FLOOR)
			base.unknown = false;
		base.amount -= layer->amount - layer->over_base;
		if (!layer->whole)
			base.on -= layer->on;
	}
	if (all) {
		base.on = t->h->value;
		base.amount = 0;
	}
	base.amount = base.amount > 0 ? base.amount : 0;
	if (t->out->layer_count < VERDICT_LAYERS)
		t->out->layer[t->out->layer_count++] = base;
}

static void add_up(struct stack *out)
{
	out->known = out->choice_count == 0 && out->unknown_count == 0;
	for (size_t i = 0; i < out->layer_count; i++) {
		const struct verdict_layer *layer = &out->layer[i];
		tw_money added = layer->replaces ? layer->over_base : layer->amount;
		if (layer->unknown) {
			out->known = false;
			continue;
		}
		out->amount += layer->amount;
		if (layer->kind != TW_LAYER_ADD && layer->kind != TW_LAYER_REPLACE)
			continue;
		out->additional += added > 0 ? added : 0;
		out->refundable += layer->is_void ? added : 0;
	}
}

void stack_hear(struct stack *out, struct hearing *h, unsigned which_part)
{
	struct trial t;
	memset(&t, 0, sizeof t);
	memset(out, 0, sizeof *out);
	t.out = out;
	t.h = h;
	t.which_part = which_part;
	base_duty(&t.base, h);
	crumble(&t);
	for (uint32_t p = 0; p < h->law->program_count; p++)
		decide(&t, p);
	out->choices_alone = out->choice_count != 0;
	for (size_t i = 0; i < out->choice_count; i++)
		if (out->choice[i].measure->instead != LAW_INSTEAD_ALL)
			out->choices_alone = false;
	if (out->alone != NULL)
		stand_alone(&t);
	else if (!out->choices_alone)
		add_base(&t);
	else /* which of the choices is open, that nothing else is laid is not */
		out->layer_count = out->exclusion_count = out->unknown_count = out->in_play = 0;
	for (size_t i = 0; i < out->choice_count; i++) {
		struct verdict_layer layer = {
		    .measure = out->choice[i].measure, .whole = true, .on = h->value};
		charge_rate(&t, &layer);
		out->choice[i].amount = layer.amount;
	}
	for (unsigned i = 0; i < t.nothing_count; i++)
		t.h->claim[t.nothing[i]].given = false;
	add_up(out);
}
