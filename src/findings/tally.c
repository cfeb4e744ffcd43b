/* SPDX-License-Identifier: Apache-2.0 */
#include "findings/tally.h"

#include "common/fit.h"

#include <stdlib.h>
#include <string.h>

/* No total; one that is asked for with the first amount. */
#define NONE UINT32_MAX
#define UNASKED (UINT32_MAX - 1)

struct tally_layer {
	uint32_t total;
	uint32_t program; /* its name begins there in the names */
};

struct tally_plan {
	uint32_t duty, refundable, relieved, fees, taxes;
	uint32_t tax_slot; /* of the tax, if there is one */
	bool has_amount;
	char currency[4];
	char *names;
	size_t layers;
	struct tally_layer layer[];
};

struct tally_remarks {
	bool is_beyond;
	size_t missings;
	char beyond[sizeof((struct totals *)0)->beyond_text];
	uint32_t missing[];
};

/* Where memory wants for it, the table says so. */
static uint32_t total_of(struct totals_table *table, const char *name, size_t length,
			 const char *currency)
{
	size_t at = totals_entry_of(table, name, length, currency);
	return at < UNASKED ? (uint32_t)at : NONE;
}

static uint32_t sum_of(struct totals *totals, const char *name, const char *currency)
{
	return total_of(&totals->sums, name, strlen(name), currency);
}

/* A program that never charges anything takes no name from those that do. */
static void name_layers(struct tally_plan *plan, const struct tw_assessment *answer)
{
	char *to = plan->names = (char *)&plan->layer[plan->layers];
	for (size_t i = 0; i < plan->layers; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		plan->layer[i] = (struct tally_layer){layer->is_unknown ? NONE : UNASKED,
						      (uint32_t)(to - plan->names)};
		to = stpcpy(to, layer->program) + 1;
	}
}

bool tally_plan_make(struct tally_plan **out, struct totals *totals,
		     const struct tw_assessment *answer)
{
	size_t layers = answer->layer_count, names = 0;
	const char *currency = answer->currency;
	for (size_t i = 0; i < layers; i++)
		names += strlen(answer->layers[i].program) + 1;
	struct tally_plan *plan = NULL;
	/* What was filed is another on each line. */
	if (!answer->is_declared && names < NONE)
		plan = malloc(sizeof *plan + layers * sizeof *plan->layer + names);
	*out = plan;
	if (!plan)
		return false;
	*plan = (struct tally_plan){.duty = NONE,
				    .refundable = NONE,
				    .relieved = NONE,
				    .has_amount = answer->has_amount,
				    .layers = layers};
	fit_print(plan->currency, sizeof plan->currency, "%s", currency ? currency : "");
	name_layers(plan, answer);
	plan->fees = sum_of(totals, TOTALS_FEES, currency);
	plan->tax_slot = (uint32_t)(4 * layers + 3 * answer->choice_count + 4 * answer->fee_count);
	plan->taxes = answer->tax_count ? sum_of(totals, TOTALS_TAXES, currency) : NONE;
	if (answer->has_amount) {
		plan->duty = sum_of(totals, TOTALS_DUTY, currency);
		plan->refundable = sum_of(totals, TOTALS_REFUNDABLE, currency);
		plan->relieved = sum_of(
		    totals, answer->nothing_due ? TOTALS_NOT_PAYABLE : TOTALS_RELIEVED, currency);
	}
	return true;
}

bool tally_remarks_make(struct tally_remarks **out, struct totals *totals,
			const struct tw_assessment *answer)
{
	const char *beyond = totals_beyond(answer);
	struct tally_remarks *remarks =
	    malloc(sizeof *remarks + answer->missing_count * sizeof *remarks->missing);
	*out = remarks;
	if (!remarks)
		return false;
	*remarks =
	    (struct tally_remarks){.missings = answer->missing_count, .is_beyond = beyond != NULL};
	if (beyond)
		totals_beyond_text(remarks->beyond, beyond);
	for (size_t i = 0; i < answer->missing_count; i++)
		remarks->missing[i] = total_of(&totals->missing, answer->missing[i],
					       strcspn(answer->missing[i], ":"), "");
	return true;
}

/* A total that was asked for meanwhile is the one that the other will be given. */
static bool same_layers(const struct tally_plan *a, const struct tally_plan *b)
{
	for (size_t i = 0; i < a->layers; i++)
		if ((a->layer[i].total == NONE) != (b->layer[i].total == NONE) ||
		    strcmp(a->names + a->layer[i].program, b->names + b->layer[i].program) != 0)
			return false;
	return true;
}

bool tally_plan_same(const struct tally_plan *a, const struct tally_plan *b)
{
	if (!a || !b)
		return a == b;
	return a->duty == b->duty && a->refundable == b->refundable && a->relieved == b->relieved &&
	       a->fees == b->fees && a->taxes == b->taxes && a->tax_slot == b->tax_slot &&
	       a->has_amount == b->has_amount && a->layers == b->layers &&
	       !strcmp(a->currency, b->currency) && same_layers(a, b);
}

bool tally_remarks_same(const struct tally_remarks *a, const struct tally_remarks *b)
{
	if (!a || !b)
		return a == b;
	if (a->is_beyond != b->is_beyond || a->missings != b->missings ||
	    (a->is_beyond && strcmp(a->beyond, b->beyond) != 0))
		return false;
	for (size_t i = 0; i < a->missings; i++)
		if (a->missing[i] != b->missing[i])
			return false;
	return true;
}

static inline void add(struct totals_table *table, uint32_t entry, tw_money amount)
{
	if (entry == NONE)
		return;
	if (__builtin_add_overflow(table->entry[entry].amount, amount, &table->entry[entry].amount))
		table->entry[entry].amount = INT64_MAX;
	table->entry[entry].lines++;
}

static inline void add_amount(struct totals_table *table, uint32_t entry, tw_money amount)
{
	if (amount > 0)
		add(table, entry, amount);
}

static inline void add_layer(struct totals *totals, struct tally_plan *plan, size_t i,
			     tw_money amount)
{
	struct tally_layer *layer = &plan->layer[i];
	if (amount <= 0)
		return;
	if (layer->total == UNASKED)
		layer->total = total_of(&totals->duty, plan->names + layer->program,
					strlen(plan->names + layer->program), plan->currency);
	add(&totals->duty, layer->total, amount);
}

void tally_count(struct totals *totals, struct tally_plan *plan,
		 const struct tally_remarks *remarks, const struct tw_charge *charge)
{
	totals->lines++;
	totals->status[charge->status]++;
	totals->lane[charge->lane]++;
	totals->is_refundable |= charge->refundable > 0;
	add_amount(&totals->sums, plan->duty, charge->amount);
	add_amount(&totals->sums, plan->refundable, charge->refundable);
	add_amount(&totals->sums, plan->relieved, charge->relieved);
	add_amount(&totals->sums, plan->fees, charge->fees);
	if (plan->taxes != NONE)
		add_amount(&totals->sums, plan->taxes, charge->slot[plan->tax_slot]);
	/* The slots of a layer: on, amount, over_base, shipment. */
	if (plan->has_amount && charge->relieved <= 0)
		for (size_t i = 0; i < plan->layers; i++)
			add_layer(totals, plan, i, charge->slot[4 * i + 1]);
	for (size_t i = 0; i < remarks->missings; i++)
		add(&totals->missing, remarks->missing[i], 0);
	if (remarks->is_beyond) {
		totals->beyond++;
		memcpy(totals->beyond_text, remarks->beyond, sizeof totals->beyond_text);
	}
}
