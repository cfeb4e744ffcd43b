/* SPDX-License-Identifier: Apache-2.0 */
#include "little.h"

#include <stdlib.h>
#include <string.h>

uint32_t little_text(struct little *l, const char *text)
{
	uint32_t at = (uint32_t)l->rb.string_bytes;
	size_t length = strlen(text) + 1;
	if (at + length > sizeof l->strings)
		abort();
	memcpy(l->strings + at, text, length);
	l->rb.string_bytes += length;
	return at;
}

/* The next number of a kind. */
static uint32_t next(uint32_t *count, uint32_t most)
{
	if (*count == most)
		abort();
	return (*count)++;
}

void little_begin(struct little *l)
{
	static const char *const codes[] = {"cn", "de", "us"};
	memset(l, 0, sizeof *l);
	l->rb.string_bytes = 1; /* "" */
	for (int i = 0; i < LITTLE_COUNTRIES; i++)
		memcpy(l->country[i].iso2, codes[i], 2);
	memcpy(l->into.code, "US", 3);
	l->into.round_value = DOLLARS(1);
	l->into.round_duty = CENTS(1);
}

uint32_t little_rate(struct little *l, int64_t num, int64_t den)
{
	uint32_t rate = next(&l->rb.rate_count, LITTLE), term = next(&l->rb.term_count, LITTLE);
	l->term[term] = (struct rb_term){
	    .kind = LAW_TERM_AD_VALOREM, .unit = RB_NONE, .basis = RB_NONE, .num = num, .den = den};
	l->rate[rate] = (struct rb_rate){.kind = LAW_RATE_SUM, .terms = {term, 1}};
	return rate;
}

uint32_t little_program(struct little *l, const char *id)
{
	uint32_t program = next(&l->rb.program_count, LITTLE);
	l->program[program] = (struct rb_program){
	    .id = little_text(l, id), .void_by = RB_NONE, .whole = RB_NONE, .kind = LAW_KIND_DUTY};
	return program;
}

uint32_t little_measure(struct little *l, uint32_t program, enum law_effect effect, uint32_t rate)
{
	uint32_t measure = next(&l->rb.measure_count, LITTLE);
	l->measure[measure] = (struct rb_measure){.program = program,
						  .when = RB_NONE,
						  .by = RB_NONE,
						  .rate = rate,
						  .choice_claim = RB_NONE,
						  .from = INT64_MIN,
						  .until = INT64_MAX,
						  .effect = (uint8_t)effect,
						  .parts = RB_ALL};
	return measure;
}

static uint32_t put_index(struct little *l, uint32_t number)
{
	uint32_t at = next(&l->rb.index_count, 4 * LITTLE);
	l->index[at] = number;
	return at;
}

uint32_t little_yield(struct little *l, uint32_t program, uint32_t before)
{
	uint32_t yield = next(&l->rb.yield_count, LITTLE);
	l->yield[yield] = (struct rb_yield){.program = program,
					    .when = RB_NONE,
					    .by = RB_NONE,
					    .programs = {put_index(l, before), 1}};
	return yield | RB_ITEM_YIELD;
}

uint32_t little_claim(struct little *l, const char *name, enum law_claim_type type)
{
	uint32_t claim = next(&l->rb.claim_count, LITTLE);
	l->claim[claim] =
	    (struct rb_claim){.name = little_text(l, name), .type = (uint8_t)type, .part = 0xff};
	return claim;
}

uint32_t little_ask(struct little *l, struct rb_atom atom, const char *words)
{
	uint32_t at = next(&l->rb.atom_count, LITTLE), node = next(&l->rb.node_count, LITTLE);
	char copy[200], *rest = copy;
	atom.words.first = l->rb.index_count;
	for (strcpy(copy, words); *rest;) {
		char *word = strsep(&rest, " ");
		put_index(l, little_text(l, word));
		atom.words.count++;
		if (!rest)
			break;
	}
	atom.den = atom.den ? atom.den : 1;
	l->atom[at] = atom;
	l->node[node] = (struct rb_node){.kind = LAW_NODE_ATOM, .child = {at, 1}};
	return node;
}

uint32_t little_join(struct little *l, enum law_node_kind kind, uint32_t a, uint32_t b)
{
	uint32_t node = next(&l->rb.node_count, LITTLE), first = put_index(l, a);
	if (kind != LAW_NODE_NOT)
		put_index(l, b);
	l->node[node] =
	    (struct rb_node){.kind = kind, .child = {first, kind != LAW_NODE_NOT ? 2 : 1}};
	return node;
}

static uint32_t program_of(const struct little *l, uint32_t item)
{
	return item & RB_ITEM_YIELD ? l->yield[item & ~RB_ITEM_YIELD].program
				    : l->measure[item].program;
}

uint32_t little_docket(struct little *l, const uint32_t *items, size_t count)
{
	uint32_t docket = next(&l->rb.docket_count, LITTLE - 1);
	l->chain[docket] = l->rb.chain_link_count;
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || program_of(l, items[i]) != program_of(l, items[i - 1])) {
			uint32_t link = next(&l->rb.link_count, LITTLE - 1);
			l->link[link] = l->rb.item_count;
			l->chain_link[next(&l->rb.chain_link_count, LITTLE)] = link;
		}
		l->item[next(&l->rb.item_count, 4 * LITTLE - RB_SLACK)] = items[i];
	}
	l->link[l->rb.link_count] = l->rb.item_count;
	l->chain[docket + 1] = l->rb.chain_link_count;
	l->rb.chain_count = l->rb.docket_count;
	return docket;
}

static struct narrow wide(const uint32_t *numbers)
{
	return (struct narrow){(const uint8_t *)numbers, sizeof *numbers, UINT32_MAX};
}

bool little_end(struct little *l)
{
	static const uint32_t self[LITTLE] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,
					      11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
					      22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
	static const uint32_t none[LITTLE];
	static const struct rb_law law;
	struct rb *rb = &l->rb;
	rb->law = &law;
	rb->strings = l->strings;
	rb->programs = l->program;
	rb->measures = l->measure;
	rb->yields = l->yield;
	rb->nodes = l->node;
	rb->atoms = l->atom;
	rb->indexes = l->index;
	rb->rates = l->rate;
	rb->terms = l->term;
	rb->claims = l->claim;
	rb->countries = l->country;
	rb->country_count = LITTLE_COUNTRIES;
	rb->items = l->item;
	rb->link = wide(l->link);
	rb->chain_link = wide(l->chain_link);
	rb->docket[RB_DOCKET_ITEMS] = wide(self);
	rb->docket[RB_DOCKET_TAIL] = rb->docket[RB_DOCKET_ALL] = wide(none);
	rb->chain[RB_CHAIN_LINKS] = wide(l->chain);
	rb->chain[RB_CHAIN_DUTIES] = rb->chain[RB_CHAIN_CLAIMS] = wide(none);
	vocabulary_make(&l->words, rb);
	if (!tables_make(&l->tables, rb))
		return false;
	l->words.tables = &l->tables;
	condition_assume(&l->tables, &l->words);
	if (!tables_look_out(&l->tables, rb))
		return false;
	l->line = (struct tw_line)TW_LINE_INIT;
	l->facts.line = &l->line;
	l->facts.jurisdiction = &l->into;
	l->facts.origin = l->facts.ship_from = LITTLE_CN;
	l->facts.channel = (struct tw_text){tables_channels[0], strlen(tables_channels[0])};
	l->facts.transport_number = TABLES_TRANSPORTS;
	l->settled.type = RB_NONE;
	l->reading = (struct reading){.rb = rb,
				      .words = &l->words,
				      .facts = &l->facts,
				      .settled = &l->settled,
				      .record = &l->record};
	return true;
}

void little_say(struct little *l, uint32_t claim, struct value value)
{
	l->facts.claim[claim] = value;
	l->facts.said[claim / 64] |= UINT64_C(1) << claim % 64;
	l->facts.said_folded |= UINT64_C(1) << claim % 64;
}

void little_free(struct little *l)
{
	tables_free(&l->tables);
}
