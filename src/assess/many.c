/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many lines at once: each by its plan, or else by itself. Owns the charges and
 * their slots; decides nothing about a line.
 */
#include "assess/answer.h"
#include "assess/ask.h"
#include "assess/assess.h"
#include "assess/coming.h"
#include "assess/goods.h"
#include "assess/join.h"
#include "assess/lot.h"
#include "assess/several.h"
#include "assess/slots.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/given.h"
#include "common/wide.h"

#include <stdlib.h>
#include <string.h>

/* Slots of lines that were left: at the most of one, and of a piece of their memory. */
enum { LATE_MOST = 4 * PLAN_TERMS + 2, LATE_SLOTS = 64 * LATE_MOST };

/* Room for more slots. What points into them is set when all are there. */
static bool make_room(struct plans_use *use, size_t more)
{
	if (use->slots + more <= use->slot_room)
		return true;
	size_t room = 2 * (use->slots + more) + 1024;
	tw_money *slot = realloc(use->slot, room * sizeof *slot);
	if (!slot)
		return false;
	use->slot = slot;
	use->slot_room = room;
	return true;
}

/* The answer of one line, by itself. */
static int assess_alone(const struct tw_assessment **out, tw_assessor *a,
			const struct tw_typed_line *line, struct tw_error *error)
{
	const struct tw_line *text = typed_line(a->plans.typed, &a->words, line);
	if (!text)
		return error_set(
		    error, TW_BAD_ARGUMENT,
		    "a typed line holds a value that no line has, such as a code of seven "
		    "digits: fill it with TW_TYPED_INIT, and give what is not sure as text");
	return tw_assess(out, a, text, error);
}

/* The number of the remarks; 0: the table is full. */
static uint32_t number_remarks(struct plans_use *use, const struct lot *lot)
{
	struct known_remarks *known = lot_known_remarks(use, lot);
	uint64_t key[4];
	memcpy(key, &lot->remarks, sizeof key);
	uint64_t unlike = (key[0] ^ known->key[0]) | (key[1] ^ known->key[1]) |
			  (key[2] ^ known->key[2]) | (key[3] ^ known->key[3]) | lot->is_unknown;
	if (!unlike && known->number)
		return known->number;
	uint32_t number = plans_number_at(use, NUMBER_OF_REMARKS, lot->remarks_hash, &lot->remarks,
					  lot_remark_size(lot));
	if (!lot->is_unknown) {
		memcpy(known->key, key, sizeof key);
		known->number = number;
	}
	return number;
}

/* The number of the remarks, and when they change; 0: the table is full. */
static uint32_t find_remarks(struct lot *lot, struct tw_charge *out, tw_assessor *a,
			     const struct plan_tables *tables)
{
	bool moves = false;
	out->changes_on = TW_TIME_MAX;
	if (lot->ask.is_date || !a->options.no_changes) {
		out->changes_on = coming_next(a, tables, &lot->ask, lot->plan, lot->values, &moves);
	}
	if (moves)
		lot_remark_moves(lot);
	return number_remarks(&a->plans, lot);
}

/* The number of what was found; 0: there is no room for more. */
static uint32_t number_goods(struct plans_use *use, const struct screen_result *result)
{
	struct known_goods *known = &use->known_goods[result->id % KNOWN_GOODS];
	if (!result->id)
		return goods_number(use, result);
	if (known->id != result->id || !known->number)
		*known = (struct known_goods){result->id, goods_number(use, result)};
	return known->number;
}

/* Take the goods into a charge: their number and lane; false: they have none. */
static bool find_goods(struct tw_charge *out, struct lot *lot, tw_assessor *a,
		       const struct tw_typed_line *line)
{
	struct plans_use *use = &a->plans;
	struct screen_result result;
	out->goods = 0;
	if (a->options.no_screen)
		return true;
	if (!lot->ask.is_chemical &&
	    screen_holds_nothing(a->screen, lot->values->description, NULL))
		return true;
	answer_digits(use->hts, lot->ask.code, lot->ask.digits);
	ask_facts(a, &lot->ask, lot->values);
	use->goods.column[TW_COLUMN_DESCRIPTION] = lot->values->description;
	use->goods.column[TW_COLUMN_HTS] = line->is_text
					       ? line->line->column[TW_COLUMN_HTS]
					       : (struct tw_text){use->hts, lot->ask.digits};
	assessor_look(&result, a, &use->goods);
	if (result.id == SCREEN_NOTHING)
		return true;
	out->lane = (uint8_t)(result.lane > out->lane ? result.lane : out->lane);
	out->goods = result.overflow ? 0 : number_goods(use, &result);
	return out->goods != 0;
}

/* What the line comes to by its plan; false: it is to be assessed by itself. */
static bool charge_by_plan(struct tw_charge *out, struct lot *lot, tw_assessor *a,
			   const struct plan_tables *tables, const struct tw_typed_line *line)
{
	const struct plan *plan = lot->plan;
	const struct operand *op =
	    &tables->operand[2 * (size_t)lot->ask.base + lot->ask.is_column2];
	if (plan->flags & PLAN_RATES)
		ask_facts(a, &lot->ask, lot->values);
	if (!make_room(&a->plans, plan_slots(plan)) ||
	    !plan_charge(out, a->plans.slot + a->plans.slots, plan, &lot->ask, &lot->base, a))
		return false;
	out->plan = plan->number;
	out->base_rate = rb_text(a->rb, op->text);
	out->base_by = lot->ask.base_by;
	out->slot_count = (uint32_t)plan_slots(plan);
	out->left = 0;
	out->remarks = find_remarks(lot, out, a, tables);
	return out->remarks && find_goods(out, lot, a, line);
}

/*
 * The answer of a line, and all that was asked for it. known: what its values are, so that its
 * texts are not read again; NULL: they are.
 */
static int assess_recorded(const struct tw_assessment **answer, tw_assessor *a,
			   const struct tw_typed_line *line, const struct ask *known,
			   struct tw_error *error)
{
	struct record *record = a->record = a->plans.record;
	record->words = record->comparisons = record->floors = 0;
	record->amounts_unlike = false;
	record->unknown = NULL;
	plan_begin(a->plans.draft);
	const struct tw_line *text = NULL;
	int code = TW_OK;
	if (known && !line->line && !line->entered_is_date) /* a date is read as one of its hours */
		text = typed_line(a->plans.typed, &a->words, line);
	if (text) {
		ask_all_facts(a, known, line, text);
		*answer = assess_known(a, text);
	} else {
		code = assess_alone(answer, a, line, error);
	}
	a->record = NULL;
	return code;
}

/* The answer of a line that has a key but no plan yet, and its plan. */
static int learn(const struct tw_assessment **answer, struct lot *lot, tw_assessor *a,
		 const struct tw_typed_line *line, struct tw_error *error)
{
	struct plans_use *use = &a->plans;
	int code = assess_recorded(answer, a, line, &lot->ask, error);
	if (code)
		return code;
	const char *why = form_covers(lot->form, use->record, lot->is_unknown);
	if (!why)
		why = plan_make(use->draft, a, use->record);
	plan_key_span(&lot->key, lot->form, use->record, !why);
	lot->plan = plans_keep(use, &lot->key, lot->hash, why ? NULL : use->draft);
	use->made += !why;
	return TW_OK;
}

static void report(tw_assessor *a, const struct lot *lot, const char *unlike)
{
	const struct tw_typed_line *line = lot->values;
	char text[400];
	if (unlike)
		fit_print(text, sizeof text,
			  "a plan and the reasoning behind it do not say the same of %s: code "
			  "%0*llu, origin %c%c, value %lld/10000, entered at %lld",
			  unlike, (int)line->digits, (unsigned long long)line->hts,
			  line->origin >> 8, line->origin & 0xff, (long long)line->value,
			  (long long)line->entered);
	plans_checked(a->plans.table, unlike ? text : NULL);
}

/* Set a charge to that of an answer by itself. */
static int take_answer(struct tw_charge *out, tw_assessor *a, const struct tw_charge *own,
		       const struct tw_assessment *answer, struct tw_error *error)
{
	size_t count = slots_count(answer);
	if (!make_room(&a->plans, count))
		return error_memory(error);
	slots_fill(a->plans.slot + a->plans.slots, answer);
	*out = *own;
	out->slot_count = (uint32_t)count;
	return TW_OK;
}

/* Answer a line that has a charge the other way, too: where they are not alike, it is taken. */
static int check(struct tw_charge *out, struct lot *lot, tw_assessor *a,
		 const struct tw_typed_line *line, struct tw_error *error)
{
	struct plans_use *use = &a->plans;
	const struct tw_assessment *answer = NULL;
	int code = assess_recorded(&answer, a, line, NULL, error); /* as its texts say */
	if (code)
		return code;
	struct tw_charge own = slots_charge(a, answer);
	const char *unlike = form_covers(lot->form, use->record, lot->is_unknown);
	if (!unlike)
		unlike = slots_unlike(out, use->slot + use->slots, &own, answer);
	if (!unlike)
		unlike = plan_make(use->draft, a, use->record);
	if (!unlike && !plans_same(use, lot->plan, use->draft))
		unlike = "what it is made of";
	if (!unlike && !plans_said(use->table, out, slots_texts(answer)))
		unlike = "a warning, or what is missing";
	report(a, lot, unlike);
	return unlike ? take_answer(out, a, &own, answer, error) : TW_OK;
}

/*
 * A line that has no plan yet, or none at all. *answer is its answer, whole; *own what it comes
 * to. False in *planned: *out is not set.
 */
static int charge_alone(struct tw_charge *out, bool *planned, struct tw_charge *own,
			const struct tw_assessment **answer, struct lot *lot, tw_assessor *a,
			const struct plan_tables *tables, const struct tw_typed_line *line,
			struct tw_error *error)
{
	bool learns = lot->stage == KEYED && !lot->plan;
	int code =
	    learns ? learn(answer, lot, a, line, error) : assess_alone(answer, a, line, error);
	*planned = false;
	if (code)
		return code;
	*own = slots_charge(a, *answer);
	if (!learns || !lot->plan || !lot->plan->number)
		return TW_OK;
	if (!lot_remark(lot, a, tables) || !charge_by_plan(out, lot, a, tables, line))
		return TW_OK;
	const char *unlike = slots_unlike(out, a->plans.slot + a->plans.slots, own, *answer);
	if (!unlike && !plans_said(a->plans.table, out, slots_texts(*answer)))
		unlike = "a warning, or what is missing";
	report(a, lot, unlike);
	*planned = !unlike;
	return TW_OK;
}

/* A line of a block whose key, if it has one, is made. */
static int charge_line(struct tw_charge *out, struct lot *lot, tw_assessor *a,
		       const struct plan_tables *tables, const struct tw_typed_line *line,
		       unsigned flags, struct tw_error *error)
{
	struct plans_use *use = &a->plans;
	const struct tw_assessment *answer = NULL;
	if (lot->stage == KEYED && !lot->plan) { /* one before it may have had the same */
		lot->plan = plans_find(use, &lot->key, lot->hash);
		if (!lot->plan && lot->ask.is_plain)
			lot->plan = plans_find_near(use, &lot->key, lot->hash, lot->form->worth);
		if (lot->plan && lot->plan->number)
			lot_remark(lot, a, tables);
	}
	if (lot->stage == KEYED && lot->plan && lot->plan->number &&
	    charge_by_plan(out, lot, a, tables, line)) {
		use->planned++;
		if (--use->until_check)
			return TW_OK;
		use->until_check = plans_check_every(use->table);
		return check(out, lot, a, line, error);
	}
	memset(out, 0, sizeof *out);
	out->left = flags & TW_MANY_LEAVE;
	if (out->left)
		return TW_OK;
	bool planned;
	struct tw_charge own;
	int code = charge_alone(out, &planned, &own, &answer, lot, a, tables, line, error);
	if (code || planned)
		return code;
	use->alone++;
	return take_answer(out, a, &own, answer, error);
}

static int charge_block(struct tw_charge *out, tw_assessor *a, const struct plan_tables *tables,
			const struct tw_typed_line *lines, size_t count, unsigned flags,
			struct tw_error *error)
{
	struct lot *lot = a->plans.block->lot;
	lots_ask(lot, a, tables, lines, count);
	for (size_t i = 0; i < count; i++) {
		int code = charge_line(&out[i], &lot[i], a, tables, &lines[i], flags, error);
		if (code)
			return code;
		a->plans.slots += out[i].slot_count;
	}
	return TW_OK;
}

static size_t known_bytes(const struct plans_use *use)
{
	return (KNOWN_CODES + KNOWN_REACH) * (sizeof *use->code + sizeof *use->orders) +
	       KNOWN_FOUND * sizeof *use->found;
}

/* What lines with plans need, made when the first of them comes; what a call that failed made
 * stays.
 */
static const struct plan_tables *begin(struct plans_use *use)
{
	static const struct tw_line fresh = TW_LINE_INIT;
	use->goods = fresh;
	if ((!use->typed && !(use->typed = malloc(sizeof *use->typed))) ||
	    (!use->code && !(use->code = wide_new(&use->codes, known_bytes(use)))) ||
	    (!use->remarks &&
	     !(use->remarks = wide_new(&use->remarks_at, KNOWN_REMARKS * sizeof *use->remarks))) ||
	    (!use->draft && !(use->draft = calloc(1, sizeof *use->draft))) ||
	    (!use->record && !(use->record = calloc(1, sizeof *use->record))) ||
	    (!use->coming && !(use->coming = wide_new(&use->comings, sizeof *use->coming))) ||
	    (!use->several && !(use->several = wide_new(&use->severals, sizeof *use->several))) ||
	    (!use->block && !(use->block = aligned_alloc(64, sizeof *use->block))) ||
	    !make_room(use, 1) || !plans_hold(use))
		return NULL;
	use->orders = (struct known_orders *)(void *)(use->code + KNOWN_CODES + KNOWN_REACH);
	use->found = (struct known_found *)(void *)(use->orders + KNOWN_CODES + KNOWN_REACH);
	return plans_tables(use->table);
}

static int assess_lines(struct tw_charge *out, tw_assessor *a, const struct tw_typed_line *lines,
			size_t count, unsigned flags, struct tw_error *error)
{
	struct plans_use *use = &a->plans;
	const struct plan_tables *tables = begin(use);
	if (!tables)
		return error_memory(error);
	use->lines = lines;
	use->charges = out;
	use->count = count;
	use->slots = use->late_next = 0;
	use->late_used = LATE_SLOTS;
	for (size_t at = 0; at < count; at += LOTS) {
		size_t here = count - at < LOTS ? count - at : LOTS;
		int code = plans_hold(use)
			       ? charge_block(out + at, a, tables, lines + at, here, flags, error)
			       : error_memory(error);
		if (code) {
			use->count = 0;
			return code;
		}
	}
	tw_money *slot = use->slot;
	for (size_t i = 0; i < count; slot += out[i].slot_count, i++)
		out[i].slot = slot;
	plans_tell(use);
	return TW_OK;
}

int tw_assess_many(struct tw_charge *out, tw_assessor *a, const struct tw_typed_line *lines,
		   size_t count, unsigned flags, struct tw_error *error)
{
	struct join *join = NULL;
	if (!a)
		return error_null(error, "assessor");
	a->plans.count = 0; /* what is asked for after an error is none of these lines */
	join_free(a->plans.join);
	a->plans.join = NULL;
	if (count && (!out || !lines))
		return error_null(error, out ? "lines" : "out");
	if (flags & ~(TW_MANY_LEAVE | TW_MANY_JOIN | TW_MANY_DAYS))
		return error_set(error, TW_BAD_ARGUMENT, "flags %#x: there are none but TW_MANY_*",
				 flags);
	int code = given_lines(lines, count, error);
	if (code)
		return code;
	if (!(flags & (TW_MANY_JOIN | TW_MANY_DAYS)))
		return assess_lines(out, a, lines, count, flags, error);
	code = join_new(&join, a, lines, count, flags, error);
	a->plans.count = 0;
	if (!code)
		code = assess_lines(out, a, join_lines(join), count, flags, error);
	a->plans.join = join; /* its lines are asked for by tw_many_answer */
	return code;
}

/* Room for the slots of a line that was left, which those before it do not move from. */
static tw_money *late_room(struct plans_use *use)
{
	if (use->late_used + LATE_MOST > LATE_SLOTS) {
		if (use->late_next == use->late_count) {
			tw_money **late = realloc(use->late, (use->late_count + 1) * sizeof *late);
			if (!late)
				return NULL;
			use->late = late;
			if (!(late[use->late_count] = malloc(LATE_SLOTS * sizeof **late)))
				return NULL;
			use->late_count++;
		}
		use->late_next++;
		use->late_used = 0;
	}
	return use->late[use->late_next - 1] + use->late_used;
}

/* The answer of a line that was left, and its charge. */
static int answer_left(const struct tw_assessment **out, tw_assessor *a,
		       const struct tw_typed_line *line, struct tw_charge *charge,
		       struct tw_error *error)
{
	struct plans_use *use = &a->plans;
	struct lot *lot = use->block->lot;
	const struct plan_tables *tables = plans_tables(use->table);
	struct tw_charge own;
	bool planned = false;
	int code;
	lots_ask(lot, a, tables, line, 1);
	if (lot->stage == KEYED && !lot->plan && lot->ask.is_plain) {
		lot->plan = plans_find_near(use, &lot->key, lot->hash, lot->form->worth);
		if (lot->plan && lot->plan->number)
			lot_remark(lot, a, tables);
	}
	if (lot->plan && lot->plan->number && charge_by_plan(charge, lot, a, tables, line)) {
		planned = true;
		use->planned++;
		code = assess_alone(out, a, line, error);
	} else {
		code = charge_alone(charge, &planned, &own, out, lot, a, tables, line, error);
		use->alone += !planned;
	}
	if (!code && !planned)
		*charge = own; /* without slots: the whole answer is at hand */
	return code;
}

int tw_many_answer(const struct tw_assessment **out, tw_assessor *a, size_t index,
		   struct tw_error *error)
{
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!a)
		return error_null(error, "assessor");
	struct plans_use *use = &a->plans;
	if (index >= use->count)
		return error_set(error, TW_BAD_ARGUMENT, "no line of the last tw_assess_many");
	struct tw_charge *charge = &use->charges[index];
	if (!charge->left)
		return assess_alone(out, a, &use->lines[index], error);
	tw_money *slot = use->slot, *late = late_room(use);
	size_t slots = use->slots, room = use->slot_room;
	if (!late)
		return error_memory(error);
	use->slot = late;
	use->slots = 0;
	use->slot_room = LATE_MOST;
	int code = answer_left(out, a, &use->lines[index], charge, error);
	use->slot = slot;
	use->slots = slots;
	use->slot_room = room;
	plans_tell(use);
	if (code)
		*charge = (struct tw_charge){.left = TW_MANY_LEAVE};
	charge->slot = late;
	use->late_used += charge->slot_count;
	return code;
}
