/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which act begins or ends what, and the numbers that were given up for others: what a timeline
 * cites. No answer rests on it.
 */
#include "compiler/build.h"

#include "common/order.h"

static void add_move(struct build *b, tw_time at, uint32_t by, uint32_t program, uint32_t measure)
{
	struct rb_move move = {.at = at, .program = program, .measure = measure, .by = by};
	if (at != TW_TIME_MIN && at != TW_TIME_MAX && by != LAW_NONE)
		pool_intern(&b->moves, &move);
}

static void add_ends(struct build *b, struct law_end from, struct law_end until, uint32_t program,
		     uint32_t measure)
{
	add_move(b, from.at, from.by, program, measure);
	add_move(b, until.at, until.by, program, measure);
}

static void add_lists(struct build *b, const uint32_t *lists, uint32_t count, uint32_t program)
{
	for (uint32_t i = 0; i < count; i++) {
		const struct law_list *list = &b->law->lists[lists[i]];
		for (uint32_t k = 0; k < list->row_count; k++) {
			struct law_end from = list->rows[k].from;
			from.by = from.by != LAW_NONE ? from.by : list->by;
			add_ends(b, from, list->rows[k].until, program, RB_NONE);
		}
	}
}

static void add_scope(struct build *b, const struct law_scope *scope, uint32_t program)
{
	add_lists(b, scope->any_lists, scope->any_list_count, program);
	add_lists(b, scope->not_lists, scope->not_list_count, program);
}

static void add_program(struct build *b, uint32_t p)
{
	const struct law_program *program = &b->law->programs[p];
	if (program->void_by != LAW_NONE)
		add_move(b, program->void_collected_until, program->void_by, p, RB_NONE);
	for (uint32_t i = 0; i < program->measure_count; i++) {
		uint32_t m = program->measure_first + i;
		const struct law_measure *measure = &b->law->measures[m];
		if (measure->superseded_by != LAW_NONE)
			continue; /* it never began */
		add_ends(b, measure->from, measure->until, p, m);
		add_scope(b, &measure->scope, p);
	}
	for (uint32_t i = 0; i < program->yield_count; i++) {
		const struct law_yield *yield = &program->yields[i];
		add_ends(b, yield->from, yield->until, p, RB_NONE);
		add_scope(b, &yield->scope, p);
	}
}

static int compare_moves(const void *a, const void *b)
{
	const struct rb_move *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->program != y->program)
		return x->program < y->program ? -1 : 1;
	if (x->measure != y->measure)
		return x->measure < y->measure ? -1 : 1;
	return (x->by > y->by) - (x->by < y->by);
}

static void add_renumbered(struct build *b, uint32_t jurisdiction)
{
	const struct law_jurisdiction *j = &b->law->jurisdictions[jurisdiction];
	for (uint32_t i = 0; i < j->renumbered_count; i++) {
		const struct law_renumbered *from = &j->renumbered[i];
		struct rb_renumbered out = {
		    .on = from->on, .code = from->code, .jurisdiction = jurisdiction};
		out.to.first = (uint32_t)b->indexes.count;
		for (uint32_t k = 0; k < from->successor_count; k++) {
			const uint32_t number[] = {(uint32_t)(from->successors[k] / 100),
						   (uint32_t)(from->successors[k] % 100)};
			pool_add_many(&b->indexes, number, 2);
			out.to.count += 2;
		}
		pool_add(&b->renumbered, &out);
	}
}

static int compare_renumbered(const void *a, const void *b)
{
	const struct rb_renumbered *x = a, *y = b;
	if (x->jurisdiction != y->jurisdiction)
		return x->jurisdiction < y->jurisdiction ? -1 : 1;
	if (x->code != y->code)
		return x->code < y->code ? -1 : 1;
	return (x->on > y->on) - (x->on < y->on);
}

int moves_emit(struct build *b)
{
	for (uint32_t p = 0; p < b->law->program_count; p++)
		add_program(b, p);
	for (uint32_t i = 0; i < b->law->jurisdiction_count; i++)
		add_renumbered(b, i);
	if (b->moves.failed || b->renumbered.failed || b->indexes.failed)
		return TW_NO_MEMORY;
	order_items(b->moves.data, b->moves.count, sizeof(struct rb_move), compare_moves);
	order_items(b->renumbered.data, b->renumbered.count, sizeof(struct rb_renumbered),
		    compare_renumbered);
	return TW_OK;
}
