/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of a rulebook for lines with a plan, see plan_tables.h. */
#include "assess/plan_tables.h"

#include "assess/adcvd.h"
#include "assess/base.h"
#include "assess/change.h"
#include "assess/lookup.h"
#include "assess/rate.h"
#include "common/instant.h"
#include "common/legal.h"
#include "common/order.h"
#include "common/wide.h"

#include <stdlib.h>
#include <string.h>

/* The instants with which the law compares the time of entry itself. */
static size_t find_asked(tw_time *out, const struct rb *rb)
{
	size_t count = 0;
	for (uint32_t i = 0; i < rb->atom_count; i++)
		if (rb->atoms[i].fact == LAW_FACT_ENTERED &&
		    rb->atoms[i].operand == LAW_OPERAND_TIME && rb->atoms[i].num < TW_TIME_MAX) {
			out[count++] = rb->atoms[i].num;
			out[count++] = rb->atoms[i].num + 1; /* behind it */
		}
	for (uint32_t i = 0; i < rb->program_count; i++)
		if (rb->programs[i].void_by != RB_NONE)
			out[count++] = rb->programs[i].void_until;
	order_items(out, count, sizeof *out, time_compare);
	return count;
}

/* All instants at which something of a grain changes, sorted, each once. */
static size_t find_times(tw_time *out, const struct rb *rb, const struct rb_jurisdiction *j,
			 const tw_time *asked, size_t asked_count)
{
	size_t count = 0, kept = 0;
	for (size_t i = 0; i < asked_count; i++)
		out[count++] = asked[i];
	enum time_zone zone = (enum time_zone)j->zone;
	out[count++] = TW_TIME_MIN;
	out[count++] = time_from_local(zone, (int64_t)rb->law->coverage_first * 86400);
	out[count++] = time_from_local(zone, ((int64_t)rb->law->coverage_last + 1) * 86400);
	for (uint32_t i = 0; i < j->epochs.count; i++)
		out[count++] = rb->epochs[j->epochs.first + i];
	for (uint32_t i = 0; i + 1 < j->editions.count; i += 2)
		out[count++] = (int64_t)rb->indexes[j->editions.first + i] * 3600;
	for (uint32_t i = 0; i < j->preferences.count; i++) {
		const struct rb_preference *p = &rb->preferences[j->preferences.first + i];
		out[count++] = p->from;
		out[count++] = p->until;
	}
	const struct rb_adcvd *adcvd = adcvd_of(rb, j);
	for (uint32_t i = 0; adcvd && i < adcvd->orders.count; i++) {
		const struct rb_adcvd_order *x = &rb->adcvd_orders[adcvd->orders.first + i];
		if (x->from != TW_TIME_MIN) /* most have no day */
			out[count++] = x->from;
		if (x->until != TW_TIME_MAX)
			out[count++] = x->until;
	}
	order_items(out, count, sizeof *out, time_compare);
	for (size_t i = 0; i < count; i++)
		if (!kept || out[i] != out[kept - 1])
			out[kept++] = out[i];
	return kept;
}

static void fill_grain(struct grain *out, const struct rb *rb, const struct rb_jurisdiction *j,
		       tw_time at)
{
	enum time_zone zone = (enum time_zone)j->zone;
	out->from = at;
	out->epoch = lookup_epoch(rb, j, at);
	out->is_covered = at >= time_from_local(zone, (int64_t)rb->law->coverage_first * 86400);
	out->is_beyond = at >= time_from_local(zone, ((int64_t)rb->law->coverage_last + 1) * 86400);
	for (uint32_t i = 0; i + 1 < j->editions.count; i += 2)
		if ((int64_t)rb->indexes[j->editions.first + i] * 3600 <= at)
			out->by =
			    rb_text(rb, rb->instruments[rb->indexes[j->editions.first + i + 1]].id);
}

/* The bit of an indicator; 0: it is no preference's. */
static uint64_t bit_of(const struct plan_tables *tables, uint32_t symbol)
{
	for (uint32_t i = 0; i < tables->symbols; i++)
		if (tables->symbol[i] == symbol)
			return UINT64_C(1) << i;
	return 0;
}

static void find_symbols(struct plan_tables *out, const struct rb *rb)
{
	out->has_symbols = true;
	for (uint32_t i = 0; i < rb->preference_count && out->has_symbols; i++) {
		uint32_t symbol = rb->preferences[i].symbol;
		if (bit_of(out, symbol))
			continue;
		out->has_symbols = out->symbols < OPEN_SYMBOLS;
		if (out->has_symbols)
			out->symbol[out->symbols++] = symbol;
	}
}

/* What each country may claim at an instant. */
static void fill_open(uint64_t *open, const struct plan_tables *tables, const struct rb *rb,
		      const struct rb_jurisdiction *j, tw_time at)
{
	for (uint32_t i = 0; i < j->preferences.count; i++) {
		const struct rb_preference *p = &rb->preferences[j->preferences.first + i];
		if (at < p->from || p->until <= at)
			continue;
		uint64_t bit = bit_of(tables, p->symbol);
		for (uint32_t c = 0; c < rb->country_count; c++)
			if (p->all || (p->origins[c / 64] >> c % 64 & 1))
				open[c] |= bit;
	}
	const struct rb_adcvd *adcvd = adcvd_of(rb, j);
	for (uint32_t c = 0; adcvd && c < rb->country_count; c++)
		open[c] |= adcvd_is_whole(adcvd, c) ? 0 : OPEN_INCOMPLETE;
}

/* Does a preference begin or end after the first instant and not after the second? */
static bool is_changed(const struct rb *rb, const struct rb_jurisdiction *j, tw_time first,
		       tw_time second)
{
	for (uint32_t i = 0; i < j->preferences.count; i++) {
		const struct rb_preference *p = &rb->preferences[j->preferences.first + i];
		if ((first < p->from && p->from <= second) ||
		    (first < p->until && p->until <= second))
			return true;
	}
	return false;
}

/* Marks the grains with which an order begins or ends. */
static void mark_orders(struct calendar *out, const struct rb *rb, const struct rb_jurisdiction *j,
			const tw_time *time)
{
	const struct rb_adcvd *adcvd = adcvd_of(rb, j);
	for (uint32_t i = 0; adcvd && i < adcvd->orders.count; i++) {
		const struct rb_adcvd_order *x = &rb->adcvd_orders[adcvd->orders.first + i];
		const tw_time end[] = {x->from, x->until};
		for (int k = 0; k < 2; k++) {
			if (end[k] == TW_TIME_MIN || end[k] == TW_TIME_MAX)
				continue;
			const tw_time *at =
			    order_find(&end[k], time, out->count, sizeof *time, time_compare);
			if (at)
				out->grain[at - time].is_orders = true;
		}
	}
}

/* Numbers the origins that have orders. */
static bool fill_classes(struct calendar *out, const struct rb *rb, const struct rb_jurisdiction *j)
{
	const struct rb_adcvd *adcvd = adcvd_of(rb, j);
	unsigned last = 0;
	out->order_class = calloc((size_t)rb->country_count + 1, sizeof *out->order_class);
	out->orders_fit = true;
	for (uint32_t i = 0; out->order_class && adcvd && i < adcvd->orders.count; i++) {
		uint8_t *class_of =
		    &out->order_class[rb->adcvd_orders[adcvd->orders.first + i].origin];
		if (!*class_of && last < 63)
			*class_of = (uint8_t)++last;
		out->orders_fit = out->orders_fit && *class_of;
	}
	return out->order_class != NULL;
}

/* The stretches of the grains, and what may be claimed in each. */
static bool fill_stretches(struct calendar *out, const struct plan_tables *tables,
			   const struct rb *rb, const struct rb_jurisdiction *j)
{
	uint16_t last = 0;
	for (uint32_t i = 1; i < out->count; i++) {
		bool changed = out->grain[i].is_orders ||
			       is_changed(rb, j, out->grain[i - 1].from, out->grain[i].from);
		last = (uint16_t)(last + changed);
		out->grain[i].preference = last;
	}
	out->open = calloc(((size_t)last + 1) * rb->country_count + 1, sizeof *out->open);
	for (uint32_t i = 0; out->open && i < out->count; i++) {
		uint64_t *open = out->open + (size_t)out->grain[i].preference * rb->country_count;
		if (i && out->grain[i].preference == out->grain[i - 1].preference)
			continue;
		/* most begin with an order, of which what may be claimed does not depend */
		if (i && !is_changed(rb, j, out->grain[i - 1].from, out->grain[i].from))
			memcpy(open, open - rb->country_count, rb->country_count * sizeof *open);
		else
			fill_open(open, tables, rb, j, out->grain[i].from);
	}
	return out->open;
}

static uint64_t printed_of(const struct plan_tables *tables, const struct rb *rb,
			   struct rb_span specials)
{
	uint64_t printed = 0;
	for (uint32_t i = 0; i < specials.count; i++)
		printed |= bit_of(tables, rb->specials[specials.first + i].symbol);
	return printed;
}

/* Fills in what is printed for each period: many have the same special rates. */
static bool fill_printed(struct plan_tables *out, const struct rb *rb)
{
	struct known {
		uint64_t printed;
		uint32_t count;
	} *known = calloc((size_t)rb->special_count + 1, sizeof *known); /* by the first of them */
	for (uint32_t i = 0; known && i < rb->base_count; i++) {
		const struct rb_span all = rb->bases[i].specials;
		struct known *here = &known[all.count ? all.first : rb->special_count];
		if (here->count != all.count)
			*here = (struct known){printed_of(out, rb, all), all.count};
		out->period[i].printed = here->printed;
	}
	bool made = known != NULL;
	free(known);
	return made;
}

static int64_t day_of(tw_time at)
{
	return (at >= 0 ? at : at - 86399) / 86400;
}

static bool make_calendar(struct calendar *out, const struct plan_tables *tables,
			  const struct rb *rb, const struct rb_jurisdiction *j)
{
	const int64_t most = 200000; /* days of a table; what lies outside is looked for */
	size_t most_asked = 2 * (size_t)rb->atom_count + rb->program_count;
	const struct rb_adcvd *adcvd = adcvd_of(rb, j);
	size_t room = 3 + j->epochs.count + j->editions.count + 2 * (size_t)j->preferences.count +
		      (adcvd ? 2 * (size_t)adcvd->orders.count : 0);
	tw_time *time = malloc((room + 2 * most_asked) * sizeof *time);
	if (!time)
		return false;
	tw_time *asked = time + room + most_asked;
	size_t asked_count = find_asked(asked, rb);
	size_t count = find_times(time, rb, j, asked, asked_count);
	out->count = (uint32_t)count;
	out->reciprocal = reciprocal_of(2 * (uint64_t)j->round_value);
	out->grain = calloc(count, sizeof *out->grain);
	for (size_t i = 0; out->grain && i < count; i++) {
		fill_grain(&out->grain[i], rb, j, time[i]);
		out->grain[i].is_asked =
		    order_find(&time[i], asked, asked_count, sizeof *asked, time_compare) != NULL;
	}
	if (out->grain)
		mark_orders(out, rb, j, time);
	size_t last = count - 1;
	while (last > 1 && time[last] == TW_TIME_MAX)
		last--;
	out->first_day = count > 1 ? day_of(time[1]) : 0;
	int64_t days = day_of(time[last]) - out->first_day + 2;
	out->days = (uint32_t)(days < 1 ? 1 : days > most ? most : days);
	out->at_day = calloc(out->days, sizeof *out->at_day);
	for (uint32_t d = 0, i = 0; out->at_day && d < out->days; d++) {
		while (i + 1 < count && time[i + 1] <= (out->first_day + d) * 86400)
			i++;
		out->at_day[d] = (uint16_t)i;
	}
	free(time);
	return out->grain && out->at_day && count < UINT16_MAX && fill_classes(out, rb, j) &&
	       fill_stretches(out, tables, rb, j);
}

static void fill_operand(struct operand *out, const struct rb *rb, const struct rb_base *base,
			 uint32_t rate)
{
	int64_t num, den, share;
	out->text = rb->rates[rate].text;
	out->flags = (uint8_t)base->flags;
	if (!base_plain_rate(rb, rate, &num, &den))
		return;
	share = rate_share(num, den);
	out->is_large = num > UINT32_MAX || den > UINT32_MAX || share > UINT32_MAX;
	if (out->is_large)
		return;
	out->num = (uint32_t)num;
	out->den = (uint32_t)den;
	out->share = (uint32_t)share;
}

/*
 * What the duties of a jurisdiction's tariff lines are divided by. Equal periods of two schedules
 * are one: where these round otherwise, there is no reciprocal for both.
 */
static void fill_reciprocals(struct plan_tables *out, const struct rb *rb,
			     const struct rb_jurisdiction *j, bool first)
{
	for (uint32_t i = j->leaves.first; i < j->leaves.first + j->leaves.count; i++)
		for (uint32_t k = 0; k < 2u * rb->leaves[i].base_count; k++) {
			struct operand *op =
			    &out->operand[2 * (size_t)rb->leaves[i].base_first + k];
			uint64_t mine = share_reciprocal(op->num, op->den, j->round_duty);
			op->reciprocal = first || op->reciprocal == mine ? mine : 0;
		}
}

static void fill_periods(struct plan_tables *out, const struct rb *rb,
			 const struct rb_jurisdiction *j)
{
	for (uint32_t i = j->leaves.first; i < j->leaves.first + j->leaves.count; i++) {
		const struct rb_leaf *leaf = &rb->leaves[i];
		for (uint32_t k = leaf->base_first; k < leaf->base_first + leaf->base_count; k++) {
			struct period *period = &out->period[k];
			period->from = rb->bases[k].from;
			period->until = rb->bases[k].until;
			period->rates = lookup_base_change(rb, leaf, period->from);
			period->code = change_of_code(rb, leaf, period->from);
		}
	}
}

/* Does a dimension bear the name of a claim? Such a unit says it, see claims_by_unit. */
static bool says_claim(const struct rb *rb, uint32_t unit)
{
	for (uint32_t i = 0; i < rb->claim_count; i++)
		if (!strcmp(rb_text(rb, rb->claims[i].name),
			    rb_text(rb, rb->units[unit].dimension)))
			return true;
	return false;
}

static size_t bytes_of(const struct narrow *field, uint32_t count)
{
	return ((size_t)count * field->stride + NARROW_TAIL + 63) & ~(size_t)63;
}

static unsigned char *copy_field(struct narrow *out, unsigned char *to, const struct narrow *from,
				 uint32_t count)
{
	*out = (struct narrow){to, from->stride, from->mask};
	memcpy(to, from->at, (size_t)count * from->stride + NARROW_TAIL);
	return to + bytes_of(from, count);
}

/* The fields are alone in their records. */
static bool copy_ways(struct plan_tables *out, const struct rb *rb)
{
	unsigned char *to = wide_new(&out->ways, bytes_of(&rb->row, rb->row_count) +
						     bytes_of(&rb->strip, rb->strip_count) +
						     bytes_of(&rb->cell, rb->cell_count));
	if (!to)
		return false;
	to = copy_field(&out->row, to, &rb->row, rb->row_count);
	to = copy_field(&out->strip, to, &rb->strip, rb->strip_count);
	copy_field(&out->cell, to, &rb->cell, rb->cell_count);
	return true;
}

bool plan_tables_make(struct plan_tables *out, const struct rb *rb)
{
	memset(out, 0, sizeof *out);
	out->jurisdictions = rb->jurisdiction_count;
	out->countries = rb->country_count;
	find_symbols(out, rb);
	out->calendar = calloc((size_t)rb->jurisdiction_count + 1, sizeof *out->calendar);
	out->period = wide_new(&out->periods, ((size_t)rb->base_count + 1) * sizeof *out->period);
	out->operand =
	    wide_new(&out->operands, 2 * ((size_t)rb->base_count + 1) * sizeof *out->operand);
	out->says_claim = calloc((size_t)rb->unit_count + 1, sizeof *out->says_claim);
	out->spelling = calloc((size_t)rb->unit_count + 1, sizeof *out->spelling);
	if (!out->spelling || !out->calendar || !out->period || !out->operand || !out->says_claim ||
	    !copy_ways(out, rb))
		return false;
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		if (!make_calendar(&out->calendar[i], out, rb, &rb->jurisdictions[i]))
			return false;
	for (uint32_t i = 0; i < rb->base_count; i++) {
		const struct rb_base *base = &rb->bases[i];
		fill_operand(&out->operand[2 * (size_t)i], rb, base, base->general);
		fill_operand(&out->operand[2 * (size_t)i + 1], rb, base, base->column2);
	}
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++) {
		fill_reciprocals(out, rb, &rb->jurisdictions[i], true);
		fill_periods(out, rb, &rb->jurisdictions[i]);
	}
	if (!fill_printed(out, rb))
		return false;
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++)
		fill_reciprocals(out, rb, &rb->jurisdictions[i], false);
	for (uint32_t i = 0; i < rb->unit_count; i++)
		out->says_claim[i] = says_claim(rb, i);
	for (uint32_t i = 0; i < rb->spelling_count && i + 1 < UINT16_MAX; i++)
		out->spelling[rb->spellings[i].unit] = (uint16_t)(i + 1);
	return true;
}

void plan_tables_free(struct plan_tables *tables)
{
	for (uint32_t i = 0; tables->calendar && i < tables->jurisdictions; i++) {
		free(tables->calendar[i].grain);
		free(tables->calendar[i].at_day);
		free(tables->calendar[i].open);
		free(tables->calendar[i].order_class);
	}
	free(tables->calendar);
	free(tables->periods);
	free(tables->ways);
	free(tables->operands);
	free(tables->spelling);
	free(tables->says_claim);
}
