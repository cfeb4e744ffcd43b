/* SPDX-License-Identifier: Apache-2.0 */
#include "compare/outcome.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/instant.h"

enum { PLACES = 1 << 14, SLOTS = 4 /* amounts of a layer, see struct tw_charge */ };
#define NO_PROGRAM UINT32_MAX /* of a layer whose amount is not known */

/* Of a plan: the program of each layer, and what is no amount. */
struct plan {
	uint32_t number, currency;
	bool is_free;
	size_t layers;
	uint32_t program[];
};

struct told {
	struct plan *place[PLACES];
};

int told_new(struct told **out)
{
	*out = calloc(1, sizeof **out);
	return *out ? TW_OK : TW_NO_MEMORY;
}

void told_free(struct told *told)
{
	for (size_t i = 0; told && i < PLACES; i++)
		free(told->place[i]);
	free(told);
}

uint32_t names_of(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (!strcmp(names->at[i], name))
			return (uint32_t)i;
	if (names->count == names->room) {
		size_t room = names->room ? 2 * names->room : 64;
		const char **at = reallocarray(names->at, room, sizeof *at);
		if (!at)
			return UINT32_MAX;
		names->at = at;
		names->room = room;
	}
	names->at[names->count] = name;
	return (uint32_t)names->count++;
}

static uint32_t letters(const char *text)
{
	uint32_t out = 0;
	for (int i = 0; i < 3 && text && text[i]; i++)
		out = out << 8 | (unsigned char)text[i];
	return out;
}

static int make(struct plan **out, struct names *names, const struct tw_assessment *answer,
		struct tw_error *error)
{
	struct plan *plan = malloc(sizeof *plan + answer->layer_count * sizeof(uint32_t));
	if (!plan)
		return error_memory(error);
	*plan = (struct plan){.currency = letters(answer->currency),
			      .is_free = answer->de_minimis.eligible,
			      .layers = answer->layer_count};
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		plan->program[i] = layer->is_unknown ? NO_PROGRAM : names_of(names, layer->program);
		if (!layer->is_unknown && plan->program[i] == UINT32_MAX) {
			free(plan);
			return error_memory(error);
		}
	}
	*out = plan;
	return TW_OK;
}

static int add(struct outcome *out, uint32_t program, tw_money amount, struct tw_error *error)
{
	size_t i = 0;
	if (program == NO_PROGRAM || !amount)
		return TW_OK;
	while (i < out->count && out->of[i].program != program)
		i++;
	if (i == OUTCOME_PROGRAMS)
		return error_set(error, TW_UNSUPPORTED,
				 "a line bears duties of more than %d programs", OUTCOME_PROGRAMS);
	if (i == out->count)
		out->of[out->count++].program = program, out->of[i].amount = 0;
	out->of[i].amount += amount;
	return TW_OK;
}

static enum outcome_state state_of(unsigned status, bool has_amount)
{
	return status == TW_STATUS_REFUSED ? OUTCOME_REFUSED
	       : has_amount                ? OUTCOME_KNOWN
					   : OUTCOME_INCOMPLETE;
}

static void set_day(struct outcome *out, tw_time at, int offset)
{
	int year, month, day;
	tw_time local = at + offset;
	time_date(local / 86400 - (local % 86400 < 0), &year, &month, &day);
	out->month = year * 12 + month - 1;
}

static uint16_t country(const char *text)
{
	return text && text[0] && text[1] && !text[2]
		   ? TW_COUNTRY((unsigned char)text[0], (unsigned char)text[1])
		   : 0;
}

/* Of a line without a plan: its answer says all. */
static int read_answer(struct outcome *out, struct names *names, const struct tw_assessment *answer,
		       struct tw_error *error)
{
	int code = TW_OK;
	const char *hts = answer->hts;
	out->state = state_of(answer->status, answer->has_amount);
	out->is_free = out->state == OUTCOME_KNOWN && answer->de_minimis.eligible;
	out->currency = letters(answer->currency);
	out->origin = country(answer->origin);
	out->chapter = hts[0] && hts[1] ? (uint16_t)((hts[0] - '0') * 10 + hts[1] - '0') : 0;
	if (answer->entered)
		set_day(out, answer->entered, answer->entered_offset);
	if (out->state != OUTCOME_KNOWN)
		return TW_OK;
	out->amount = answer->amount;
	out->fees = answer->fees_amount;
	out->is_taxed = answer->is_taxed;
	out->taxes = answer->is_taxed ? answer->taxes_amount : -1;
	for (size_t i = 0; i < answer->layer_count && answer->relieved <= 0 && !code; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		uint32_t program = layer->is_unknown ? NO_PROGRAM : names_of(names, layer->program);
		if (!layer->is_unknown && program == UINT32_MAX)
			return error_memory(error);
		code = add(out, program, layer->amount, error);
	}
	return code;
}

static int read_charge(struct outcome *out, const struct plan *plan, const struct tw_charge *charge,
		       struct tw_error *error)
{
	int code = TW_OK;
	out->state = state_of(charge->status, charge->has_amount);
	out->currency = plan->currency;
	if (out->state != OUTCOME_KNOWN)
		return TW_OK;
	out->is_free = plan->is_free;
	out->amount = charge->amount;
	out->fees = charge->fees;
	out->is_taxed = charge->is_taxed;
	out->taxes = charge->is_taxed ? charge->taxes : -1;
	for (size_t i = 0; i < plan->layers && charge->relieved <= 0 && !code; i++)
		code = add(out, plan->program[i], charge->slot[SLOTS * i + 1], error);
	return code;
}

int outcome_read(struct outcome *out, struct told *told, struct names *names,
		 const struct tw_charge *charge, tw_assessor *assessor, size_t index, bool whole,
		 struct tw_error *error)
{
	struct plan **place = &told->place[charge->plan & (PLACES - 1)];
	const struct tw_assessment *answer;
	bool has_plan = charge->plan && charge->slot && !whole;
	int code;
	out->state = OUTCOME_REFUSED;
	out->is_free = out->is_taxed = false;
	out->amount = out->fees = 0;
	out->taxes = -1;
	out->count = 0;
	if (has_plan && *place && (*place)->number == charge->plan)
		return read_charge(out, *place, charge, error);
	if ((code = tw_many_answer(&answer, assessor, index, error)))
		return code;
	if (has_plan) {
		struct plan *plan;
		if ((code = make(&plan, names, answer, error)))
			return code;
		plan->number = charge->plan;
		free(*place);
		*place = plan;
		return read_charge(out, plan, charge, error);
	}
	return read_answer(out, names, answer, error);
}

void outcome_goods(struct outcome *out, const struct tw_typed_line *line, int offset)
{
	uint64_t code = line->hts;
	for (int i = line->digits; i > 2; i--)
		code /= 10;
	out->origin = line->origin;
	out->chapter = (uint16_t)code;
	set_day(out, line->entered, offset);
}
