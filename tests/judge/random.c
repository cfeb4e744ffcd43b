/* SPDX-License-Identifier: Apache-2.0 */
/* Making random lines, see random.h. Knows the law's text, never its answers. */
#include "common/quantity.h"
#include "dice.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A rule of the law at which lines are aimed. */
struct target {
	uint32_t jurisdiction;
	const struct law_measure *measure; /* NULL: a yield */
	const struct law_yield *yield;
	const struct law_program *program;
};
static void add_atoms(struct maker *m, const struct law_node *node)
{
	if (node == NULL)
		return;
	if (node->kind == LAW_NODE_ATOM) {
		if (m->atom_count == m->atom_room) {
			size_t room = m->atom_room != 0 ? 2 * m->atom_room : 1024;
			const struct law_atom **more = realloc(m->atom, room * sizeof *more);
			if (more == NULL)
				return;
			m->atom = more;
			m->atom_room = room;
		}
		m->atom[m->atom_count++] = &node->atom;
		return;
	}
	for (uint32_t i = 0; i < node->child_count; i++)
		add_atoms(m, node->child[i]);
}

int maker_new(struct maker **out, const struct law *law, uint64_t seed)
{
	size_t most = law->measure_count;
	struct maker *m = calloc(1, sizeof *m);
	*out = m;
	for (uint32_t p = 0; p < law->program_count; p++)
		most += law->programs[p].yield_count;
	if (m != NULL)
		m->target = calloc(most + 1, sizeof *m->target);
	if (m == NULL || m->target == NULL) {
		maker_free(m);
		*out = NULL;
		return TW_NO_MEMORY;
	}
	m->law = law;
	m->state = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
	for (uint32_t p = 0; p < law->program_count; p++) {
		const struct law_program *program = &law->programs[p];
		for (uint32_t i = 0; i < program->measure_count; i++) {
			const struct law_measure *measure =
			    &law->measures[program->measure_first + i];
			m->target[m->target_count++] =
			    (struct target){program->jurisdiction, measure, NULL, program};
			add_atoms(m, measure->when);
		}
		for (uint32_t i = 0; i < program->yield_count; i++) {
			m->target[m->target_count++] = (struct target){
			    program->jurisdiction, NULL, &program->yields[i], program};
			add_atoms(m, program->yields[i].when);
		}
		add_atoms(m, program->whole);
	}
	return TW_OK;
}

void maker_free(struct maker *m)
{
	if (m == NULL)
		return;
	free(m->target);
	free(m->atom);
	free(m);
}

/* A code in a range: of the schedule where there is one. */
static void code_in(struct maker *m, struct line *line, struct law_range range)
{
	const struct law_jurisdiction *j = &m->law->jurisdictions[line->into];
	uint32_t from = first_row(j, range.low), to = first_row(j, range.high);
	line->digits = 10;
	line->code = range.low;
	if (!j->has_schedule) {
		line->code =
		    chance(m, 50) ? range.low : range.low + below(m, range.high - range.low);
		return;
	}
	for (int tries = 0; from < to && tries < 6; tries++) {
		const struct law_schedule_row *row = &j->rows[from + (uint32_t)below(m, to - from)];
		bool last = row + 1 == j->rows + j->row_count;
		line->code = row->code;
		if (row->from <= line->entered && line->entered < row->until &&
		    (row->digits == 10 || last || row[1].code >= row->code + 100 ||
		     row[1].digits == 8))
			break;
	}
	if (from < to && chance(m, 3))
		line->code += below(m, 100);
}

static void any_code(struct maker *m, struct line *line)
{
	const struct law_jurisdiction *j = &m->law->jurisdictions[line->into];
	if (j->season_count != 0 && chance(m, 6)) {
		const struct law_season *season = &j->seasons[below(m, j->season_count)];
		uint64_t low = season->lines[below(m, season->line_count)].code;
		code_in(m, line, (struct law_range){low, low + 100});
		if (chance(m, 20)) /* withdrawn from warehouse */
			line->entry_type = "31";
		return;
	}
	code_in(m, line, (struct law_range){UINT64_C(100000000), UINT64_C(9900000000)});
	if (!m->law->jurisdictions[line->into].has_schedule)
		line->code = below(m, UINT64_C(9800000000)) + UINT64_C(100000000);
}

static void pick_code(struct maker *m, struct line *line, const struct law_scope *s)
{
	struct law_range range = {0, 0};
	uint64_t way = below(m, s->any_code_count + 3 * (uint64_t)s->any_list_count);
	if (s->any_code_count + s->any_list_count == 0) {
		any_code(m, line);
	} else {
		if (way < s->any_code_count) {
			range = s->any_codes[way];
		} else {
			const struct law_list *list =
			    &m->law->lists[s->any_lists[(way - s->any_code_count) / 3]];
			const struct law_list_row *row = &list->rows[below(m, list->row_count)];
			range = row->codes;
			if (chance(m, 30))
				line->entered = pick_time(m, row->from, row->until);
		}
		if (chance(m, 12)) /* just outside */
			range = chance(m, 50) ? (struct law_range){range.high, range.high + 100}
					      : (struct law_range){range.low - 100, range.low};
		code_in(m, line, range);
	}
	if (s->not_code_count != 0 && chance(m, 8))
		code_in(m, line, s->not_codes[below(m, s->not_code_count)]);
	if (s->not_list_count != 0 && chance(m, 8)) {
		const struct law_list *list =
		    &m->law->lists[s->not_lists[below(m, s->not_list_count)]];
		code_in(m, line, list->rows[below(m, list->row_count)].codes);
	}
}

static void pick_origin(struct maker *m, struct line *line, const struct law_origins *origins)
{
	uint32_t count = m->law->country_count, start = (uint32_t)below(m, count);
	line->origin = start;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t c = (start + i) % count;
		if ((origins->bit[c / 64] >> c % 64 & 1) != 0) {
			line->origin = c;
			return;
		}
	}
}

static uint32_t unit_named(const struct law *law, const char *name)
{
	for (uint32_t i = 0; name[0] != '\0' && i < law->unit_count; i++)
		for (uint32_t k = 0; k < law->units[i].spelling_count; k++)
			if (strcasecmp(law->units[i].spellings[k], name) == 0)
				return i;
	return LAW_NONE;
}

static void basis_claims(struct maker *m, struct line *line, const struct law_rate *rate)
{
	for (uint32_t i = 0; i < rate->term_count; i++) {
		if (rate->term[i].basis != LAW_NONE && chance(m, 85))
			any_claim(m, line, rate->term[i].basis);
		if (rate->term[i].unit != LAW_NONE && !line->quantity[1].given && chance(m, 60)) {
			line->quantity[1].given = true;
			line->quantity[1].unit = rate->term[i].unit;
			line->quantity[1].amount = (int64_t)below(m, 1000000000);
		}
	}
	for (uint32_t i = 0; rate->kind == LAW_RATE_SUGAR && i < m->law->claim_count; i++)
		if (strcmp(m->law->claims[i].name, "polarization") == 0 && chance(m, 85))
			line->claim[i] = (struct said){.given = true,
						       .number = 80 * QUANTITY_UNIT +
								 (int64_t)below(m, 22000) * 1000};
}

/* Quantities in the units of the schedule, and the components that it prices apart. */
static void pick_quantities(struct maker *m, struct line *line)
{
	const struct law_jurisdiction *j = &m->law->jurisdictions[line->into];
	uint32_t i = first_row(j, line->code);
	if (i == j->row_count || j->rows[i].code != line->code)
		return;
	const struct law_schedule_row *row = &j->rows[i];
	const char *unit[2] = {row->unit1, row->unit2};
	for (int k = 0; k < 2; k++) {
		struct quantity_said *q = &line->quantity[k];
		q->unit = unit_named(m->law, unit[k]);
		q->given = q->unit != LAW_NONE && chance(m, 90);
		q->amount =
		    (int64_t)(chance(m, 50) ? below(m, 2000) * 1000000 : below(m, 5000000000));
	}
	if (chance(m, 50)) {
		line->quantity[2].given = true;
		line->quantity[2].amount = (int64_t)below(m, 5000000000);
	}
	basis_claims(m, line, &row->general);
	basis_claims(m, line, &row->column2);
	if (row->special_count != 0)
		basis_claims(m, line, &row->special[below(m, row->special_count)].rate);
}

static void pick_preference(struct maker *m, struct line *line)
{
	const struct law_jurisdiction *j = &m->law->jurisdictions[line->into];
	if (j->preference_count == 0)
		return;
	const struct law_preference *p = &j->preferences[below(m, j->preference_count)];
	if (!p->origins_all && chance(m, 60))
		pick_origin(m, line, &p->origins);
	if (chance(m, 15))
		line->entered = pick_time(m, p->from, p->until);
	bool symbol = chance(m, 50);
	for (uint32_t i = 0; i < m->law->claim_count; i++) {
		const struct law_claim *claim = &m->law->claims[i];
		if (symbol && strcmp(claim->name, "spi") == 0)
			set_word(&line->claim[i], p->symbol);
		for (uint32_t k = 0; !symbol && k < claim->spi_count; k++)
			if (strcmp(claim->spi[k], p->symbol) == 0)
				set_flag(&line->claim[i], true);
	}
}

/* Parts of the value, now and then more than there is. */
static void pick_parts(struct maker *m, struct line *line)
{
	for (uint32_t i = 0; i < m->law->claim_count; i++) {
		const struct law_claim *claim = &m->law->claims[i];
		tw_money left = line->value;
		if (claim->part == NULL || !chance(m, 25))
			continue;
		for (uint32_t k = 0; k < m->law->claim_count; k++)
			if (m->law->claims[k].part != NULL && line->claim[k].given && k != i &&
			    strcmp(m->law->claims[k].group, claim->group) == 0)
				left -= line->claim[k].number;
		left = left > 0 || chance(m, 5) ? left : 0;
		left = left < 0 || chance(m, 2) ? line->value : left;
		line->claim[i] = (struct said){.given = true};
		line->claim[i].number = chance(m, 20) ? left
					: chance(m, 20)
					    ? 0
					    : (tw_money)below(m, (uint64_t)left / 100 + 1) * 100;
	}
}

/* What the line by itself does not show. */
static void pick_shipment(struct maker *m, struct line *line)
{
	if (chance(m, 15)) {
		line->shipment_value = line->value + any_money(m);
		line->shipment_retail =
		    (line->retail >= 0 ? line->retail : line->value) + any_money(m);
	}
	if (chance(m, 20)) {
		line->shared = true;
		line->here = chance(m, 50);
		line->together = chance(m, 10) ? 0 : any_money(m);
	}
	for (uint32_t tries = 0; tries < 40 && line->entry == LAW_NONE && chance(m, 80); tries++) {
		uint32_t i = (uint32_t)below(m, m->law->measure_count);
		const struct law_measure *measure = &m->law->measures[i];
		if ((measure->effect == LAW_EFFECT_ENTRY || measure->effect == LAW_EFFECT_FILED) &&
		    m->law->programs[measure->program].jurisdiction == line->into)
			line->entry = i;
	}
	if (chance(m, 10))
		line->free_before = any_money(m);
	if (chance(m, 6))
		line->order_retail = any_money(m);
}

static void declare_open(struct maker *m, struct line *line)
{
	for (uint32_t i = 0; i < m->law->claim_count; i++)
		if (m->law->claims[i].unknown_if_unsaid && !line->claim[i].given && chance(m, 90))
			any_claim(m, line, i);
}

static uint32_t claim_named(const struct law *law, const char *name)
{
	for (uint32_t i = 0; i < law->claim_count; i++)
		if (strcmp(law->claims[i].name, name) == 0)
			return i;
	return LAW_NONE;
}

static void claim_sometimes(struct maker *m, struct line *line, const char *name, unsigned percent)
{
	uint32_t claim = claim_named(m->law, name);
	if (claim != LAW_NONE && !line->claim[claim].given && chance(m, percent))
		any_claim(m, line, claim);
}

static void pick_ways(struct maker *m, struct line *line)
{
	static const char *const channels[] = {"", "commercial", "express", "postal"};
	static const char *const transports[] = {"", "air", "vessel", "truck", "rail"};
	static const char *const types[] = {"01", "02", "03", "06", "11",   "86",
					    "13", "21", "09", "31", "mail", "99"};
	line->channel = channels[below(m, 4)];
	line->transport = transports[below(m, 5)];
	line->entry_type = chance(m, 12) ? types[below(m, 12)] : "";
	line->ship_from = chance(m, 25) ? (uint32_t)below(m, m->law->country_count) : LAW_NONE;
	for (int i = 0; i < LINE_TIMES; i++) {
		line->has_time[i] = chance(m, 15);
		line->time[i] = line->entered - (tw_time)below(m, 90 * 1440) * 60;
	}
}

static void extra_claims(struct maker *m, struct line *line)
{
	const struct law_jurisdiction *j = &m->law->jurisdictions[line->into];
	uint32_t chapter98 = claim_named(m->law, "chapter98");
	claim_sometimes(m, line, "base_rate", j->has_schedule ? 3 : 60);
	claim_sometimes(m, line, "base_duty", j->has_schedule ? 2 : 30);
	claim_sometimes(m, line, "ftz_admitted", 7);
	if (strcmp(line->channel, "postal") == 0)
		claim_sometimes(m, line, "mail_method", 60);
	if (chapter98 != LAW_NONE && line->claim[chapter98].given)
		claim_sometimes(m, line, "dutiable_value", 60);
}

/* Goods leave a foreign-trade zone after they were admitted to it. */
static void enter_after_admission(struct maker *m, struct line *line)
{
	uint32_t zone = claim_named(m->law, "ftz_admitted");
	if (zone == LAW_NONE || !line->claim[zone].given)
		return;
	tw_time admitted = line->claim[zone].number;
	if (admitted <= line->entered)
		return;
	line->entered = any_time(m, admitted, admitted + 120 * DAY);
	if (line->entered < admitted)
		line->claim[zone].given = false;
}

/* Aim the line at one rule. */
static void aim(struct maker *m, struct line *line, const struct target *target)
{
	const struct law_measure *measure = target->measure;
	const struct law_yield *yield = target->yield;
	if (measure == NULL) /* a yield: at the goods of one of its measures */
		measure = &m->law->measures[target->program->measure_first +
					    below(m, target->program->measure_count)];
	line->into = target->jurisdiction;
	line->entered = yield != NULL ? pick_time(m, yield->from, yield->until)
				      : pick_time(m, measure->from, measure->until);
	pick_ways(m, line);
	pick_code(m, line, yield != NULL && !yield->scope.all ? &yield->scope : &measure->scope);
	line->origin = (uint32_t)below(m, m->law->country_count);
	if (!measure->origins_all && chance(m, 85))
		pick_origin(m, line, &measure->origins);
	if (chance(m, 20))
		pick_preference(m, line);
	if (chance(m, 25))
		pick_parts(m, line);
	for (uint64_t extra = below(m, 4); extra > 1; extra--)
		satisfy_atom(m, line, m->atom[below(m, m->atom_count)], chance(m, 70));
	if (measure->effect == LAW_EFFECT_FILED && chance(m, 85))
		line->entry_type = measure->word;
	if (yield != NULL)
		satisfy(m, line, yield->when, chance(m, 85));
	satisfy(m, line, measure->when, chance(m, 88));
	if (measure->choice_claim != NULL && chance(m, 80))
		set_word(&line->claim[claim_named(m->law, measure->choice_claim)],
			 measure->choice_is);
}

void maker_line(struct line *line, struct maker *m)
{
	const struct target *target = &m->target[m->next++ % m->target_count];
	memset(line, 0, sizeof *line);
	line->retail = line->shipment_value = line->shipment_retail = line->order_retail = -1;
	line->entry = LAW_NONE;
	line->value = any_money(m);
	if (chance(m, 20))
		line->retail = any_money(m);
	aim(m, line, target);
	pick_quantities(m, line);
	extra_claims(m, line);
	enter_after_admission(m, line);
	declare_open(m, line);
	if (chance(m, 40))
		pick_shipment(m, line);
	if (line->digits == 10 && chance(m, 6)) {
		line->digits = chance(m, 70) ? 8 : 6;
		line->code -= line->code % (line->digits == 8 ? 100 : 10000);
	}
}
