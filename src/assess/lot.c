/* SPDX-License-Identifier: Apache-2.0 */
/* Lines on their way to their plans, see lot.h. */
#include "assess/lot.h"

#include "assess/adcvd.h"
#include "assess/ask.h"
#include "assess/coming.h"
#include "assess/term.h"
#include "common/ahead.h"

#include <string.h>

/* The base duty in the column of the line, if it is known. */
static void find_base(struct lot *lot, tw_assessor *a, const struct plan_tables *tables,
		      const struct tw_typed_line *line)
{
	const struct ask *ask = &lot->ask;
	const struct operand *general = &tables->operand[2 * (size_t)ask->base];
	const struct operand *mine = general + ask->is_column2;
	const struct rb_base *printed = &a->rb->bases[ask->base];
	struct plan_base *base = &lot->base;
	tw_money quantum = ask->jurisdiction->round_duty;
	base->share = -1;
	lot->is_unknown = false;
	if (mine->den) {
		base->amount =
		    term_share(ask->rounded, mine->num, mine->den, quantum, mine->reciprocal);
		base->share = mine->share;
	} else {
		ask_facts(a, ask, line);
		lot->is_unknown = !base_rate_amount(
		    &base->amount, &lot->need, &a->words, &a->facts, printed,
		    ask->is_column2 ? printed->column2 : printed->general, ask->rounded, quantum);
	}
	base->general = base->amount;
	if (ask->is_column2 && lot->form->floors && general->den) {
		base->general = term_share(ask->rounded, general->num, general->den, quantum,
					   general->reciprocal);
	} else if (ask->is_column2 && lot->form->floors) {
		ask_facts(a, ask, line);
		lot->is_unknown |=
		    !base_rate_amount(&base->general, &lot->need, &a->words, &a->facts, printed,
				      printed->general, ask->rounded, quantum);
	}
	if (lot->is_unknown)
		base->amount = base->general = 0;
}

/* Which floors of the docket the base duty reaches, as charge_floor finds it. */
static uint32_t find_floors(const struct lot *lot, const struct plan_tables *tables)
{
	const struct ask *ask = &lot->ask;
	uint32_t reached = 0;
	for (unsigned i = 0; i < lot->form->floors; i++) {
		bool claimed = lot->form->floor[i].over_claimed;
		const struct operand *op =
		    &tables->operand[2 * (size_t)ask->base + (claimed && ask->is_column2)];
		int64_t num = lot->form->floor[i].num, den = lot->form->floor[i].den;
		tw_money under = claimed ? lot->base.amount : lot->base.general;
		bool is = op->den ? (__int128)op->num * den >= (__int128)num * op->den
				  : under >= money_share(ask->rounded, num, den,
							 ask->jurisdiction->round_duty);
		reached |= (uint32_t)is << i;
	}
	return reached;
}

/* The key of a line whose docket is known. */
static void make_key(struct lot *lot, tw_assessor *a, const struct plan_tables *tables,
		     const struct tw_typed_line *line)
{
	const struct operand *op = &tables->operand[2 * (size_t)lot->ask.base];
	if (!lot->form || lot->form->unknown || op[0].is_large || op[1].is_large)
		return;
	find_base(lot, a, tables, line);
	uint32_t floors = lot->form->floors && !lot->is_unknown ? find_floors(lot, tables) : 0;
	lot->hash = plan_key_make(&lot->key, lot->form, &lot->ask,
				  lot->is_unknown ? KEY_UNKNOWN : 0, floors);
	lot->stage = KEYED;
	plans_prefetch(&a->plans, lot->hash);
}

/* Keep what the remarks turn on, and its hash. Of a known base the hash is not of what was
   written: what is read soon after its parts were written waits for them. */
static inline void keep_remark(struct lot *lot, uint32_t plan, uint32_t reach, uint64_t printed,
			       uint64_t open, uint64_t code)
{
	struct remark_key *key = &lot->remarks;
	uint64_t first = (uint64_t)reach << 32 | plan;
	uint64_t hash =
	    plan_mix(first ^ UINT64_C(0xa0761d6478bd642f), printed ^ UINT64_C(0xe7037ed1a0b428db)) ^
	    plan_mix(open ^ UINT64_C(0x8ebc6af09c88c6e3), code ^ UINT64_C(0x589965cc75374cc3));
	key->plan = plan;
	key->reach = reach;
	key->printed = printed;
	key->open = open;
	key->code = code;
	lot->remarks_hash =
	    plan_mix(hash ^ UINT64_C(0x1d8e4e27c47d124f), UINT64_C(0x2f9be6cc59a7c1d3));
	if (lot->is_unknown) {
		key->need = lot->need;
		lot->remarks_hash = plans_hash(NUMBER_OF_REMARKS, key, sizeof *key);
	}
}

void lot_remark_moves(struct lot *lot)
{
	const struct remark_key *key = &lot->remarks;
	keep_remark(lot, key->plan, key->reach, key->printed, key->open, key->code | REMARK_MOVES);
}

/* The indicators of special rates that are open to the line. */
static inline uint64_t find_open(const struct ask *ask, const struct plan_tables *tables)
{
	const struct calendar *calendar = &tables->calendar[ask->index];
	return calendar->open[(size_t)ask->preference * tables->countries + ask->origin];
}

/*
 * The number of the orders that list the code for the origin, which are the same in a stretch of
 * time; 0: none does. Too many codes in a number: the line is to be assessed by itself.
 */
static __attribute__((noinline)) bool ask_orders(uint64_t *out, tw_assessor *a,
						 const struct ask *ask,
						 const struct calendar *calendar)
{
	static const uint64_t most = (UINT64_C(1) << (REMARK_BASE - REMARK_ORDERS)) - 1;
	unsigned class_of = calendar->order_class[ask->origin];
	uint32_t order[TW_ADCVD_ORDERS];
	if (!(ask->orders->origins >> class_of & 1))
		return true;
	if (ask->index > 15)
		return false;
	/* A code is less than 2^34, its digits and such a class are less than 2^6. */
	uint64_t key = ask->code << 30 | (uint64_t)ask->digits << 26 | (uint64_t)ask->index << 22 |
		       (uint64_t)class_of << 16 | ask->preference;
	struct known_found *found =
	    &a->plans.found[key * UINT64_C(0x9e3779b97f4a7c15) >> 51 & (KNOWN_FOUND - 1)];
	if (found->key != key) {
		size_t count = adcvd_gather(order, a->rb, adcvd_of(a->rb, ask->jurisdiction),
					    ask->code, ask_end(ask), ask->origin, ask->entered);
		uint32_t number = 0;
		if (count > TW_ADCVD_ORDERS ||
		    (count && !(number = plans_number(&a->plans, NUMBER_OF_ORDERS, order,
						      count * sizeof *order))))
			return false;
		*found = (struct known_found){.key = key, .number = number};
	}
	*out = found->number;
	return found->number <= most;
}

bool lot_remark(struct lot *lot, tw_assessor *a, const struct plan_tables *tables)
{
	const struct ask *ask = &lot->ask;
	const struct operand *base = &tables->operand[2 * (size_t)ask->base];
	uint64_t code = ask->not_current ? ask->code << 1 | ask->was_current : 0, orders = 0;
	if (ask->orders && !ask_orders(&orders, a, ask, &tables->calendar[ask->index])) {
		lot->stage = BY_ITSELF;
		lot->plan = NULL;
		return false;
	}
	code |= (uint64_t)base->flags << REMARK_BASE | orders << REMARK_ORDERS |
		(ask->is_beyond ? REMARK_BEYOND : 0);
	/* Of origin and base only those preferences are asked that there are to be reminded of. */
	bool is_free = lot->base.share == 0;
	uint64_t printed = ask->base, open = (uint64_t)ask->origin << 32 | ask->preference;
	if (tables->has_symbols) {
		open = find_open(ask, tables);
		printed = is_free ? 0 : open & tables->period[ask->base].printed;
		open &= lot->plan->flags & PLAN_CLAIMS ? UINT64_MAX : OPEN_INCOMPLETE;
	} else if (is_free) {
		code |= REMARK_FREE;
	}
	keep_remark(lot, lot->plan->remarks, ask->reach, printed, open, code);
	return true;
}

/* A line of texts, or one that says more in texts than its values, as values; NULL: it is neither,
   or more than they can say. */
static const struct tw_typed_line *read_texts(tw_assessor *a, size_t i,
					      const struct plan_tables *tables,
					      const struct tw_typed_line *line)
{
	struct tw_typed_line *out = &a->plans.block->values[i];
	const struct tw_line *text = line->line;
	if (!line->is_text && text && (text->size < sizeof *text || !ask_says_more(text)))
		return NULL;
	if (!line->is_text && text)
		text = typed_line(a->plans.typed, &a->words, line);
	if (!text || !ask_text(out, a, tables, text))
		return NULL;
	out->line = line->line;
	return out;
}

static void ask_first(struct lot *lot, size_t i, tw_assessor *a, const struct plan_tables *tables,
		      const struct tw_typed_line *line)
{
	const struct tw_typed_line *read = line->line ? read_texts(a, i, tables, line) : NULL;
	lot->values = read ? read : line;
	lot->plan = NULL;
	lot->stage = BY_ITSELF;
	if (ask_begin(&lot->ask, a, tables, lot->values, read != NULL))
		lot->stage = ASKED;
}

/* From what the line says to its docket and the docket's form. */
static void ask_dockets(struct lot *lot, tw_assessor *a, const struct plan_tables *tables,
			size_t count)
{
	struct forms *forms = plans_forms(a->plans.table);
	for (size_t i = 0; i < count; i++)
		if (lot[i].stage == ASKED && !ask_code(&lot[i].ask, a, tables))
			lot[i].stage = BY_ITSELF;
	for (size_t i = 0; i < count; i++)
		if (lot[i].stage == ASKED && !ask_row(&lot[i].ask, a, tables, lot[i].values))
			lot[i].stage = BY_ITSELF;
	for (size_t i = 0; i < count; i++)
		if (lot[i].stage == ASKED)
			ask_strip(&lot[i].ask, tables);
	for (size_t i = 0; i < count; i++)
		if (lot[i].stage == ASKED) {
			ask_docket(&lot[i].ask, tables);
			forms_prefetch(forms, lot[i].ask.docket);
		}
	for (size_t i = 0; i < count; i++)
		if (lot[i].stage == ASKED) {
			lot[i].form = forms_find(forms, lot[i].ask.docket);
			ahead_of(lot[i].form, 0);
			ahead_of(lot[i].form, 64);
		}
}

/* Each step for all lines, so that what one reads comes near while the others take theirs. */
void lots_ask(struct lot *lot, tw_assessor *a, const struct plan_tables *tables,
	      const struct tw_typed_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++)
		ask_first(&lot[i], i, a, tables, &lines[i]);
	ask_dockets(lot, a, tables, count);
	for (size_t i = 0; i < count; i++)
		if (lot[i].stage == ASKED)
			make_key(&lot[i], a, tables, lot[i].values);
	for (size_t i = 0; i < count; i++)
		if (lot[i].stage == KEYED) {
			lot[i].plan = plans_find(&a->plans, &lot[i].key, lot[i].hash);
			ahead_of(lot[i].plan, 0);
		}
	for (size_t i = 0; i < count; i++)
		if (lot[i].plan && lot[i].plan->number) {
			for (size_t k = 0; k < 256; k += 64)
				ahead_of(lot[i].plan->term, k);
			if (!lot_remark(&lot[i], a, tables))
				continue;
			ahead_of(lot_known_remarks(&a->plans, &lot[i]), 0);
			coming_soon(a, &lot[i].ask, lot[i].plan);
		}
}
