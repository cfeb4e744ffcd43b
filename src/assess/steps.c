/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions as rows of questions, see steps.h. */
#include "assess/steps.h"

#include <stdlib.h>
#include <string.h>

#include "assess/facts.h"

enum { EVERY = (1 << TABLES_CHANNELS) - 1 };
enum { MOST = 256 /* questions of one condition; a longer one is looked at as a tree */ };

/* How many questions a condition has; 0: it is looked at as a tree. Its children come before. */
static uint32_t count_atoms(const struct rb *rb, const uint32_t *count, const struct rb_node *n)
{
	uint32_t sum = n->kind == LAW_NODE_ATOM;
	for (uint32_t i = 0; n->kind != LAW_NODE_ATOM && i < n->child.count; i++) {
		uint32_t child = rb->indexes[n->child.first + i];
		sum += count[child];
		if (count[child] == 0 || sum > MOST)
			return 0;
	}
	return sum;
}

/* Steps while they are laid. */
struct laying {
	const struct rb *rb;
	const uint32_t *count;
	struct step *step;
};

/* The steps of a node from `at` on, with where to go behind it. */
static void lay(const struct laying *p, uint32_t node, uint32_t at, uint32_t yes, uint32_t no)
{
	const struct rb_node *n = &p->rb->nodes[node];
	if (n->kind == LAW_NODE_ATOM) {
		p->step[at] = (struct step){n->child.first, yes, no};
		return;
	}
	const uint32_t *child = p->rb->indexes + n->child.first;
	if (n->kind == LAW_NODE_NOT) {
		lay(p, child[0], at, no, yes);
		return;
	}
	bool all = n->kind == LAW_NODE_ALL;
	for (uint32_t i = 0; i < n->child.count; i++) {
		bool last = i + 1 == n->child.count;
		uint32_t next = at + p->count[child[i]];
		lay(p, child[i], at, last || !all ? yes : next, last || all ? no : next);
		at = next;
	}
}

static bool lay_all(struct steps *out, const struct rb *rb)
{
	const uint32_t nodes = rb->node_count;
	uint32_t *count = calloc((size_t)nodes + 1, sizeof *count);
	size_t sum = 0;
	if (!count)
		return false;
	for (uint32_t i = 0; i < nodes; i++) {
		count[i] = count_atoms(rb, count, &rb->nodes[i]);
		out->first[i] = count[i] != 0 ? (uint32_t)sum : RB_NONE;
		sum += count[i];
	}
	out->step = malloc((sum + 1) * sizeof *out->step);
	struct laying laying = {rb, count, out->step};
	for (uint32_t i = 0; out->step && i < nodes; i++)
		if (count[i] != 0)
			lay(&laying, i, out->first[i], STEPS_YES, STEPS_NO);
	free(count);
	return out->step != NULL;
}

static struct tw_text whole(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

/* Which of the names are words of the atom, a bit each. */
static uint32_t named(const struct rb *rb, const struct rb_atom *atom, const char *const *names)
{
	uint32_t mask = 0;
	for (uint32_t i = 0; names[i]; i++)
		for (uint32_t k = 0; k < atom->words.count; k++)
			if (text_same(whole(names[i]),
				      rb_text(rb, rb->indexes[atom->words.first + k])))
				mask |= 1u << i;
	return mask;
}

/* The place of two letters of ASCII, or -1. */
static int letters(const char *text)
{
	int a = (text[0] | 0x20) - 'a', b = text[0] != '\0' ? (text[1] | 0x20) - 'a' : -1;
	return a >= 0 && a < 26 && b >= 0 && b < 26 && text[2] == '\0' ? a * 26 + b : -1;
}

/* By ISO code; false where some country has another code, or two the same. */
static bool number_countries(uint16_t number[26 * 26], const struct rb *rb)
{
	memset(number, 0xff, 26 * 26 * sizeof *number);
	for (uint32_t i = 0; i < rb->country_count; i++) {
		int place = letters(rb->countries[i].iso2);
		if (place < 0 || number[place] != 0xffff)
			return false;
		number[place] = (uint16_t)i;
	}
	return true;
}

static void set_countries(uint64_t *set, const struct rb *rb, const struct rb_atom *atom,
			  const uint16_t number[26 * 26])
{
	for (uint32_t i = 0; i < atom->words.count; i++) {
		int place = letters(rb_text(rb, rb->indexes[atom->words.first + i]));
		uint32_t country = place >= 0 ? number[place] : 0xffff;
		if (country != 0xffff)
			set[country / 64] |= UINT64_C(1) << country % 64;
	}
}

static bool is_one_of(const struct rb_atom *atom)
{
	return atom->operand == LAW_OPERAND_WORDS &&
	       (atom->op == LAW_OP_EQ || atom->op == LAW_OP_IN || atom->op == LAW_OP_NE);
}

uint32_t steps_type(const struct steps *steps, const struct rb *rb, struct tw_text text)
{
	for (uint32_t i = 0; text.length != 0 && i < steps->type_count; i++)
		if (text_same(text, rb_text(rb, steps->type[i])))
			return i;
	return RB_NONE;
}

static void number_type(struct steps *out, const struct rb *rb, uint32_t text)
{
	struct tw_text word = whole(rb_text(rb, text));
	if (word.length != 0 && steps_type(out, rb, word) == RB_NONE)
		out->type[out->type_count++] = text;
}

/* Every type that a measure is about or a condition names. */
static bool number_types(struct steps *out, const struct rb *rb)
{
	size_t most = rb->measure_count;
	for (uint32_t i = 0; i < rb->atom_count; i++)
		if (rb->atoms[i].fact == LAW_FACT_ENTRY_TYPE)
			most += rb->atoms[i].words.count;
	out->type = calloc(1, (most + 1) * sizeof *out->type);
	if (!out->type)
		return false;
	for (uint32_t i = 0; i < rb->measure_count; i++)
		if (rb->measures[i].effect == LAW_EFFECT_FILED ||
		    rb->measures[i].effect == LAW_EFFECT_ENTRY)
			number_type(out, rb, rb->measures[i].word);
	for (uint32_t i = 0; i < rb->atom_count; i++) {
		const struct rb_span *words = &rb->atoms[i].words;
		for (uint32_t k = 0; rb->atoms[i].fact == LAW_FACT_ENTRY_TYPE && k < words->count;
		     k++)
			number_type(out, rb, rb->indexes[words->first + k]);
	}
	return true;
}

/* False: there are too many for a set. */
static bool set_types(uint64_t *set, const struct steps *steps, const struct rb *rb,
		      const struct rb_atom *atom)
{
	for (uint32_t i = 0; i < atom->words.count; i++) {
		const char *word = rb_text(rb, rb->indexes[atom->words.first + i]);
		uint32_t number = steps_type(steps, rb, whole(word));
		if (number != RB_NONE && number >= 64)
			return false;
		*set |= number != RB_NONE ? UINT64_C(1) << number : 0;
	}
	return true;
}

static void prepare_atom(struct steps *out, const struct rb *rb, uint32_t index,
			 const uint16_t *number)
{
	const struct rb_atom *atom = &rb->atoms[index];
	struct probe *probe = &out->probe[index];
	probe->turned = atom->op == LAW_OP_NE;
	probe->with = index;
	switch ((enum law_fact)atom->fact) {
	case LAW_FACT_ORIGIN:
	case LAW_FACT_SHIP_FROM:
		if (!number)
			return;
		set_countries(out->country[index], rb, atom, number);
		probe->how = atom->fact == LAW_FACT_ORIGIN ? PROBE_ORIGIN : PROBE_SHIP_FROM;
		return;
	case LAW_FACT_CHANNEL:
		probe->how = PROBE_CHANNEL;
		probe->with = named(rb, atom, tables_channels);
		return;
	case LAW_FACT_TRANSPORT:
		probe->how = PROBE_TRANSPORT;
		probe->with = named(rb, atom, tables_transports);
		return;
	case LAW_FACT_ENTRY_TYPE:
		probe->how = set_types(&out->types[index], out, rb, atom) ? PROBE_TYPE : PROBE_ASK;
		return;
	default:
		return;
	}
}

static bool prepare(struct steps *out, const struct rb *rb)
{
	uint16_t number[26 * 26];
	bool numbered = number_countries(number, rb);
	out->country = calloc((size_t)rb->atom_count + 1, sizeof *out->country);
	out->types = calloc((size_t)rb->atom_count + 1, sizeof *out->types);
	if (!out->country || !out->types || !number_types(out, rb))
		return false;
	for (uint32_t i = 0; i < rb->atom_count; i++)
		if (is_one_of(&rb->atoms[i]))
			prepare_atom(out, rb, i, numbered ? number : NULL);
	return true;
}

static bool has(const uint64_t *set, uint32_t claim)
{
	return (set[claim / 64] >> claim % 64 & 1) != 0;
}

static struct outlook of_atom(const struct steps *steps, const struct rb *rb, uint32_t index,
			      const uint64_t *open)
{
	const struct rb_atom *atom = &rb->atoms[index];
	const struct probe *probe = &steps->probe[index];
	struct outlook out = {.may = EVERY, .may_not = EVERY};
	if (atom->fact == LAW_FACT_CLAIM) {
		out.claims |= UINT64_C(1) << atom->claim % 64;
		out.open = rb->claims[atom->claim].unknown && atom->op != LAW_OP_SAID;
	}
	if (atom->operand == LAW_OPERAND_SHARE && atom->other == LAW_FACT_CLAIM)
		out.claims |= UINT64_C(1) << atom->other_claim % 64;
	if (probe->how == PROBE_CLAIM && !has(open, atom->claim)) {
		out.may = probe->turned ? EVERY : 0;
		out.may_not = probe->turned ? 0 : EVERY;
	} else if (probe->how == PROBE_CHANNEL) {
		out.may = (uint8_t)((probe->turned ? ~probe->with : probe->with) & EVERY);
		out.may_not = (uint8_t)(~out.may & EVERY);
	}
	return out;
}

/* Children come before their node. */
void steps_look_out(struct outlook *out, const struct steps *steps, const struct rb *rb,
		    const uint64_t open[RB_CLAIMS / 64])
{
	for (uint32_t i = 0; i < rb->node_count; i++) {
		const struct rb_node *n = &rb->nodes[i];
		if (n->kind == LAW_NODE_ATOM) {
			out[i] = of_atom(steps, rb, n->child.first, open);
			continue;
		}
		bool any = n->kind == LAW_NODE_ANY;
		struct outlook here = {.may = any ? 0 : EVERY, .may_not = any ? EVERY : 0};
		for (uint32_t k = 0; k < n->child.count; k++) {
			const struct outlook *child = &out[rb->indexes[n->child.first + k]];
			bool turned = n->kind == LAW_NODE_NOT;
			uint8_t may = turned ? child->may_not : child->may;
			uint8_t may_not = turned ? child->may : child->may_not;
			here.claims |= child->claims;
			here.open = here.open || child->open;
			here.may = any ? here.may | may : here.may & may;
			here.may_not = any ? here.may_not & may_not : here.may_not | may_not;
		}
		if (here.open)
			here.may = here.may_not = EVERY;
		out[i] = here;
	}
}

bool steps_make(struct steps *out, const struct rb *rb)
{
	memset(out, 0, sizeof *out);
	out->first = malloc(((size_t)rb->node_count + 1) * sizeof *out->first);
	out->probe = calloc((size_t)rb->atom_count + 1, sizeof *out->probe);
	return out->first && out->probe && lay_all(out, rb) && prepare(out, rb);
}

void steps_free(struct steps *steps)
{
	free(steps->first);
	free(steps->step);
	free(steps->probe);
	free(steps->country);
	free(steps->types);
	free(steps->type);
}
