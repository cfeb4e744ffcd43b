/* SPDX-License-Identifier: Apache-2.0 */
/* Tables made once with an assessor, see tables.h. */
#include "assess/tables.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "assess/facts.h"
#include "common/fit.h"
#include "common/legal.h"

enum { TABLES_DAYS = 1024 /* a power of two: nearly three years do not get in each other's way */ };
#define DAY INT64_C(86400)

const char *const tables_channels[] = {"commercial", "express", "postal", NULL};
const char *const tables_transports[] = {"air", "vessel", "truck", "rail", NULL};

static void set_add(struct claim_set *set, uint32_t claim)
{
	set->word[claim / 64] |= UINT64_C(1) << claim % 64;
}

static void find_reminded(struct tables *out, const struct rb *rb)
{
	unsigned place = 0;
	for (uint32_t i = 0; i < rb->claim_count; i++) {
		if (rb->claims[i].spi.count != 0)
			set_add(&out->symbols, i);
		if (!rb->claims[i].remind)
			continue;
		out->claim_bit[i] = UINT64_C(1) << place++ % 64;
		set_add(&out->remind, i);
		if (rb->claims[i].spi.count != 0)
			set_add(&out->spi, i);
	}
}

static uint64_t bit_of(const struct tables *tables, uint32_t claim)
{
	return claim != RB_NONE ? tables->claim_bit[claim] : 0;
}

static uint64_t atom_bits(const struct tables *tables, const struct rb_atom *atom)
{
	uint64_t bits = atom->fact == LAW_FACT_CLAIM ? bit_of(tables, atom->claim) : 0;
	if (atom->operand == LAW_OPERAND_SHARE && atom->other == LAW_FACT_CLAIM)
		bits |= bit_of(tables, atom->other_claim);
	return bits;
}

/* A node's children come before it. */
static bool find_named(struct tables *out, const struct rb *rb)
{
	out->node = calloc((size_t)rb->node_count + 1, sizeof *out->node);
	out->named[0] = calloc((size_t)rb->measure_count + 1, sizeof *out->named[0]);
	out->named[1] = calloc((size_t)rb->yield_count + 1, sizeof *out->named[1]);
	if (!out->node || !out->named[0] || !out->named[1])
		return false;
	for (uint32_t i = 0; i < rb->node_count; i++) {
		const struct rb_node *n = &rb->nodes[i];
		if (n->kind == LAW_NODE_ATOM)
			out->node[i] = atom_bits(out, &rb->atoms[n->child.first]);
		else
			for (uint32_t k = 0; k < n->child.count; k++)
				out->node[i] |= out->node[rb->indexes[n->child.first + k]];
	}
	for (uint32_t i = 0; i < rb->measure_count; i++)
		out->named[0][i] = tables_condition(out, rb->measures[i].when) |
				   bit_of(out, rb->measures[i].choice_claim);
	for (uint32_t i = 0; i < rb->yield_count; i++)
		out->named[1][i] = tables_condition(out, rb->yields[i].when);
	return true;
}

static uint8_t flags_of(const struct rb_measure *m)
{
	bool charges = m->effect == LAW_EFFECT_DUTY || m->effect == LAW_EFFECT_FLOOR;
	uint8_t flags = m->most_num != 0 ? BRIEF_BOUNDED : 0;
	for (uint8_t i = 0; charges && i < RB_REST; i++)
		if (m->parts == (uint8_t)(1u << i))
			flags |= BRIEF_ALONE;
	return flags;
}

static uint32_t type_of(const struct tables *tables, const struct rb *rb,
			const struct rb_measure *m)
{
	const char *word = rb_text(rb, m->word);
	bool typed = m->effect == LAW_EFFECT_FILED || m->effect == LAW_EFFECT_ENTRY;
	return typed ? steps_type(&tables->steps, rb, (struct tw_text){word, strlen(word)})
		     : RB_NONE;
}

static bool write_briefs(struct tables *out, const struct rb *rb)
{
	out->brief = calloc((size_t)rb->measure_count + 1, sizeof *out->brief);
	out->agenda = calloc(TABLES_AGENDAS, sizeof *out->agenda);
	if (!out->brief || !out->agenda)
		return false;
	for (uint32_t i = 0; i < rb->measure_count; i++) {
		const struct rb_measure *m = &rb->measures[i];
		out->brief[i] = (struct brief){.when = m->when,
					       .type = type_of(out, rb, m),
					       .program = m->program,
					       .kind = rb->programs[m->program].kind,
					       .effect = m->effect,
					       .parts = m->parts,
					       .flags = flags_of(m)};
	}
	return true;
}

static bool write_rules(struct tables *out, const struct rb *rb)
{
	out->link = calloc((size_t)rb->link_count + 1, sizeof *out->link);
	out->before = calloc((size_t)rb->yield_count + 1, sizeof *out->before);
	out->program[0] = calloc((size_t)rb->measure_count + 1, sizeof *out->program[0]);
	out->program[1] = calloc((size_t)rb->yield_count + 1, sizeof *out->program[1]);
	if (!out->link || !out->before || !out->program[0] || !out->program[1])
		return false;
	for (uint32_t i = 0; i < rb->measure_count; i++)
		out->program[0][i] = rb->measures[i].program;
	for (uint32_t i = 0; i < rb->yield_count; i++) {
		const struct rb_yield *y = &rb->yields[i];
		out->program[1][i] = y->program;
		for (uint32_t k = 0; k < y->programs.count; k++)
			out->before[i].programs |= UINT64_C(1)
						   << rb->indexes[y->programs.first + k] % 64;
		for (uint32_t k = 0; k < y->measures.count; k++)
			out->before[i].measures |= UINT64_C(1)
						   << rb->indexes[y->measures.first + k] % 64;
	}
	return true;
}

static bool write_sets(struct tables *out, const struct rb *rb)
{
	out->set = calloc((size_t)rb->claim_set_count + 1, sizeof *out->set);
	for (uint32_t i = 0; out->set && i < rb->claim_set_count; i++)
		for (uint32_t k = 0; k < CLAIM_WORDS; k++) {
			uint64_t left = rb->claim_sets[i].claims[k] & out->remind.word[k];
			for (; left != 0; left &= left - 1)
				out->set[i] |=
				    out->claim_bit[k * 64 + (uint32_t)__builtin_ctzll(left)];
		}
	return out->set != NULL;
}

static struct chance chance_of(const struct outlook *may, const struct outlook *could,
			       uint32_t when)
{
	const uint8_t every = (1 << TABLES_CHANNELS) - 1;
	if (when == RB_NONE)
		return (struct chance){.may = every, .could = every};
	return (struct chance){
	    .claims = may[when].claims, .may = may[when].may, .could = could[when].may};
}

void tables_make_link(const struct tables *tables, const struct rb *rb, uint32_t link)
{
	struct link *out = &tables->link[link];
	out->first = narrow_get(&rb->link, link);
	out->end = narrow_get(&rb->link, link + 1);
	for (uint32_t i = out->first; i < out->end; i++) {
		uint32_t item = rb->items[i];
		const struct chance *one = tables_chance(tables, item);
		bool yield = (item & RB_ITEM_YIELD) != 0;
		out->named |= tables_named(tables, item);
		out->chance.claims |= one->claims;
		out->chance.could |= one->could;
		if (yield)
			continue; /* asked where a measure applies */
		out->chance.may |= one->may;
		out->parted = out->parted || tables->brief[item].flags != 0;
	}
	out->made = true;
}

bool tables_look_out(struct tables *tables, const struct rb *rb)
{
	static const uint64_t none[RB_CLAIMS / 64];
	struct outlook *may = calloc(2 * ((size_t)rb->node_count + 1), sizeof *may);
	if (!may)
		return false;
	struct outlook *could = may + rb->node_count + 1;
	steps_look_out(may, &tables->steps, rb, none);
	steps_look_out(could, &tables->steps, rb, tables->remind.word);
	for (uint32_t i = 0; i < rb->measure_count; i++)
		tables->brief[i].chance = chance_of(may, could, rb->measures[i].when);
	for (uint32_t i = 0; i < rb->yield_count; i++)
		tables->before[i].chance = chance_of(may, could, rb->yields[i].when);
	free(may);
	return true;
}

/* Whole days, as local time counts them. */
static bool write_days(struct tables *out, const struct rb *rb)
{
	size_t bits = (size_t)rb->jurisdiction_count * TABLES_HEADINGS;
	out->covered = calloc((size_t)rb->jurisdiction_count + 1, sizeof *out->covered);
	out->seasonal = calloc(bits / 64 + 1, sizeof *out->seasonal);
	out->offset = calloc((size_t)TIME_ZONE_COUNT * TABLES_DAYS, sizeof *out->offset);
	if (!out->covered || !out->seasonal || !out->offset)
		return false;
	for (uint32_t i = 0; i < rb->jurisdiction_count; i++) {
		const struct rb_jurisdiction *j = &rb->jurisdictions[i];
		enum time_zone zone = (enum time_zone)j->zone;
		int64_t first = rb->law->coverage_first, last = rb->law->coverage_last;
		out->covered[i].from = time_from_local(zone, first * DAY);
		out->covered[i].until = time_from_local(zone, (last + 1) * DAY);
		for (uint32_t k = 0; k < j->seasons.count; k++) {
			uint32_t code = rb->seasons[j->seasons.first + k].code;
			size_t at = i * (size_t)TABLES_HEADINGS + code / 10000;
			if (code / 10000 < TABLES_HEADINGS)
				out->seasonal[at / 64] |= UINT64_C(1) << at % 64;
		}
	}
	return true;
}

int tables_offset(const struct tables *tables, enum time_zone zone, int64_t at)
{
	int64_t day = at / DAY;
	if (day <= 0 || day >= INT32_MAX)
		return time_offset(zone, at);
	struct offset *kept =
	    &tables->offset[(size_t)zone * TABLES_DAYS + (day & (TABLES_DAYS - 1))];
	if (kept->day == day)
		return kept->seconds;
	int first = time_offset(zone, day * DAY), last = time_offset(zone, day * DAY + DAY - 1);
	if (first != last) /* the clock changes on it, once */
		return time_offset(zone, at);
	*kept = (struct offset){(int32_t)day, first};
	return first;
}

static bool is_symbol_of(const struct rb *rb, const struct rb_claim *claim, uint32_t symbol)
{
	for (uint32_t i = 0; i < claim->spi.count; i++)
		if (rb->indexes[claim->spi.first + i] == symbol)
			return true;
	return false;
}

static void add_preference(struct claim_set *of_country, const struct rb *rb,
			   const struct rb_preference *p)
{
	for (uint32_t i = 0; i < rb->claim_count; i++) {
		if (!is_symbol_of(rb, &rb->claims[i], p->symbol))
			continue;
		for (uint32_t c = 0; c < rb->country_count; c++)
			if (p->all || (p->origins[c / 64] >> c % 64 & 1) != 0)
				set_add(&of_country[c], i);
	}
}

static bool find_preferred(struct tables *out, const struct rb *rb)
{
	out->preferred =
	    calloc((size_t)rb->jurisdiction_count * rb->country_count + 1, sizeof *out->preferred);
	if (!out->preferred)
		return false;
	for (uint32_t j = 0; j < rb->jurisdiction_count; j++) {
		const struct rb_span *span = &rb->jurisdictions[j].preferences;
		for (uint32_t i = 0; i < span->count; i++)
			add_preference(out->preferred + (size_t)j * rb->country_count, rb,
				       &rb->preferences[span->first + i]);
	}
	return true;
}

static bool write_reminders(struct tables *out, const struct rb *rb)
{
	static const char form[] = "could-matter: %s (%s)";
	size_t room = 1, at = 0;
	for (uint32_t i = 0; i < rb->claim_count; i++)
		if (rb->claims[i].remind)
			room += sizeof form + strlen(rb_text(rb, rb->claims[i].name)) +
				strlen(rb_text(rb, rb->claims[i].title));
	out->texts = malloc(room);
	if (!out->texts)
		return false;
	for (uint32_t i = 0; i < rb->claim_count; i++) {
		if (!rb->claims[i].remind)
			continue;
		out->reminder[i] = out->texts + at;
		fit_print(out->texts + at, room - at, form, rb_text(rb, rb->claims[i].name),
			  rb_text(rb, rb->claims[i].title));
		at += 1 + strlen(out->texts + at);
	}
	return true;
}

static void write_agenda(struct agenda *out, const struct tables *tables, const uint32_t *tail)
{
	for (uint32_t i = 0; i < 64; i++)
		out->type[i] = (uint16_t)out->count;
	for (uint32_t i = 0; i < out->count; i++) {
		uint32_t item = tail[i];
		const struct chance *chance = tables_chance(tables, item);
		if (tables_named(tables, item) != 0) {
			out->named[i / 64] |= UINT64_C(1) << i % 64;
			for (unsigned k = 0; k < TABLES_CHANNELS; k++)
				if ((chance->could >> k & 1) != 0)
					out->could[k][i / 64] |= UINT64_C(1) << i % 64;
		}
		if ((item & RB_ITEM_YIELD) != 0)
			continue;
		if (tables->brief[item].effect != LAW_EFFECT_FILED) {
			for (unsigned k = 0; k < TABLES_CHANNELS; k++)
				if ((tables->brief[item].chance.may >> k & 1) != 0)
					out->may[k][i / 64] |= UINT64_C(1) << i % 64;
			continue;
		}
		uint32_t type = tables->brief[item].type;
		if (type < 64 && out->type[type] == out->count)
			out->type[type] = (uint16_t)i;
		if (out->end == 0)
			out->filed = i;
		else
			out->scattered = out->scattered || out->end != i;
		if (!out->scattered)
			out->end = i + 1;
	}
}

const struct agenda *tables_agenda(const struct tables *tables, const struct rb *rb,
				   const uint32_t *tail, uint32_t count)
{
	uint32_t first = (uint32_t)(tail - rb->items);
	struct agenda *kept = &tables->agenda[first * UINT32_C(2654435761) >> 22];
	static_assert(TABLES_AGENDAS == 1 << 10, "the place is 10 bits");
	if (kept->first == first && kept->count == count)
		return kept;
	*kept = (struct agenda){.first = first, .count = count};
	write_agenda(kept, tables, tail);
	return kept;
}

bool tables_make(struct tables *out, const struct rb *rb)
{
	memset(out, 0, sizeof *out);
	find_reminded(out, rb);
	out->heading =
	    calloc((size_t)rb->jurisdiction_count * TABLES_HEADINGS + 1, sizeof *out->heading);
	if (!out->heading)
		return false;
	out->spelled = calloc(TABLES_SPELLED, sizeof *out->spelled);
	out->unit_claim = calloc((size_t)rb->unit_count + 1, sizeof *out->unit_claim);
	if (!out->unit_claim || !out->spelled)
		return false;
	return steps_make(&out->steps, rb) && write_briefs(out, rb) && find_named(out, rb) &&
	       write_rules(out, rb) && write_sets(out, rb) && write_days(out, rb) &&
	       find_preferred(out, rb) && write_reminders(out, rb);
}

void tables_free(struct tables *tables)
{
	free(tables->brief);
	free(tables->link);
	free(tables->before);
	free(tables->program[0]);
	free(tables->program[1]);
	free(tables->set);
	free(tables->unit_claim);
	free(tables->spelled);
	free(tables->covered);
	free(tables->seasonal);
	free(tables->offset);
	free(tables->node);
	free(tables->named[0]);
	free(tables->named[1]);
	free(tables->agenda);
	free(tables->preferred);
	steps_free(&tables->steps);
	free(tables->heading);
	free(tables->texts);
}
