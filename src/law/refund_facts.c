/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what entries say of themselves in the law of refunds, and conditions on
 * it: "type is 01 02 06", "days_since_liquidation > 80".
 */
#include "law/refund_read.h"

#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"

static int index_of(const char *const *words, const char *text, size_t length)
{
	for (int i = 0; words[i]; i++)
		if (strlen(words[i]) == length && !memcmp(words[i], text, length))
			return i;
	return -1;
}

/* The next word of a condition; false at its end. */
static bool next_word(const char **at, const char **word, size_t *length)
{
	while (**at == ' ')
		++*at;
	*word = *at;
	while (**at && **at != ' ')
		++*at;
	*length = (size_t)(*at - *word);
	return *length != 0;
}

/* The value of a word of a fact, or LAW_NONE. */
static uint32_t value_of(const struct refund_read *s, enum refund_fact fact, const char *word,
			 size_t length)
{
	const struct law_refund_fact *f = &s->out->fact[fact];
	int at = -1;
	if (fact == REFUND_TYPE)
		return length == 2 && is_digit(word[0]) && is_digit(word[1])
			   ? (uint32_t)((word[0] - '0') * 10 + word[1] - '0')
			   : LAW_NONE;
	if (fact == REFUND_ENTRY_NUMBER)
		at = index_of(refund_number_words, word, length);
	else if (fact == REFUND_HEADINGS)
		at = index_of(refund_headings_words, word, length);
	for (uint32_t i = 0; i < f->own_count; i++)
		if (strlen(f->words[i].text) == length && !memcmp(f->words[i].text, word, length))
			at = (int)f->words[i].value;
	return at < 0 ? LAW_NONE : (uint32_t)at;
}

static int read_values(struct refund_read *s, struct law_refund_atom *atom, const char *at,
		       struct law_pos pos)
{
	struct vector values = {0};
	const char *word;
	size_t length;
	while (next_word(&at, &word, &length)) {
		uint32_t value = value_of(s, atom->fact, word, length), *slot;
		if (value == LAW_NONE)
			return law_error(s->r->error, pos, "\"%.*s\" is not a word of \"%s\"",
					 (int)length, word, refund_fact_names[atom->fact]);
		if (!(slot = read_add(s->r, &values, sizeof *slot)))
			return TW_NO_MEMORY;
		*slot = value;
	}
	if (!values.count)
		return law_error(s->r->error, pos, "a word is missing behind \"is\"");
	atom->values = values.item;
	atom->value_count = values.count;
	return TW_OK;
}

static int read_atom(struct refund_read *s, const char *text, struct law_pos pos,
		     struct law_refund_atom *atom)
{
	const char *at = text, *word;
	size_t length;
	char *end;
	int fact = next_word(&at, &word, &length) ? index_of(refund_fact_names, word, length) : -1;
	if (fact < 0)
		return law_error(s->r->error, pos,
				 "\"%s\" does not begin with what an entry says: write \"type is "
				 "01 02\" or \"days_since_liquidation > 80\"",
				 text);
	int op =
	    next_word(&at, &word, &length) ? index_of(refund_operator_names, word, length) : -1;
	bool number = fact == REFUND_DAYS_SINCE_LIQUIDATION;
	if (op < 0 || number != (op >= REFUND_LT))
		return law_error(s->r->error, pos,
				 number ? "\"%s\": days are compared with <, <=, > or >="
					: "\"%s\": write \"is\" or \"is-not\" behind the fact",
				 text);
	atom->fact = (enum refund_fact)fact;
	atom->op = (enum refund_operator)op;
	if (!number)
		return read_values(s, atom, at, pos);
	if (!next_word(&at, &word, &length) || !is_digit(*word))
		return law_error(s->r->error, pos, "\"%s\": a number of days is missing", text);
	atom->number = strtol(word, &end, 10);
	if (end != word + length || *at || atom->number > 100000)
		return law_error(s->r->error, pos, "\"%s\": one number of days, as in > 80", text);
	return TW_OK;
}

int refund_atoms(struct refund_read *s, const struct yaml_node *node, struct law_refund_atoms *out)
{
	const char *const *words = NULL;
	uint32_t count = 0;
	int code = read_words(s->r, node, &words, &count);
	struct law_refund_atom *atoms = code ? NULL : read_take(s->r, count, sizeof *atoms);
	if (!atoms)
		return code ? code : TW_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		const struct yaml_node *at = node->kind == YAML_SCALAR ? node : node->item[i];
		if ((code = read_atom(s, words[i], at->pos, &atoms[i])))
			return code;
	}
	*out = (struct law_refund_atoms){atoms, count};
	return TW_OK;
}

static int read_spellings(struct refund_read *s, const struct yaml_node *node,
			  enum refund_fact fact, struct law_refund_word *words)
{
	struct law_refund_fact *f = &s->out->fact[fact];
	for (size_t i = 0; node && i < node->count; i++) {
		if (node->item[i]->kind != YAML_SCALAR)
			return law_error(s->r->error, node->item[i]->pos,
					 "a word is required here");
		const char *word = node->item[i]->scalar;
		uint32_t value = value_of(s, fact, word, strlen(word));
		if (value == LAW_NONE)
			return law_error(s->r->error, node->item[i]->pos,
					 "\"%s\" is not a word of \"%s\"", word,
					 refund_fact_names[fact]);
		words[f->word_count++] = (struct law_refund_word){node->key[i]->scalar, value};
	}
	return TW_OK;
}

static int read_fact(struct refund_read *s, enum refund_fact fact, const struct yaml_node *node)
{
	static const char *const keys[] = {"ask", "words", "spellings", "assume", "unless", NULL};
	struct law_refund_fact *f = &s->out->fact[fact];
	const struct yaml_node *spellings = yaml_get(node, "spellings");
	const char *const *words = NULL, *assume = NULL;
	uint32_t count = 0;
	int code;
	if ((code = yaml_only(node, keys, s->r->error)) ||
	    (code = read_needed(s->r, node, "ask", &f->ask)) ||
	    (code = read_words(s->r, yaml_get(node, "words"), &words, &count)) ||
	    (code = read_text(s->r, node, "assume", &assume)))
		return code;
	if (!count != (fact == REFUND_TYPE))
		return law_error(s->r->error, node->pos,
				 count ? "a type has no words: it is two digits"
				       : "key \"words\" is missing");
	if (spellings && spellings->kind != YAML_MAPPING)
		return law_error(s->r->error, spellings->pos, "spellings are {theirs: ours}");
	struct law_refund_word *all =
	    read_take(s->r, count + (spellings ? spellings->count : 0), sizeof *all);
	if (!all)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++)
		all[i] = (struct law_refund_word){words[i], i};
	f->words = all;
	f->word_count = f->own_count = count;
	if ((code = read_spellings(s, spellings, fact, all)))
		return code;
	f->assume = assume ? value_of(s, fact, assume, strlen(assume)) : LAW_NONE;
	if (assume && f->assume == LAW_NONE)
		return law_error(s->r->error, yaml_get(node, "assume")->pos,
				 "\"%s\" is not a word of \"%s\"", assume, refund_fact_names[fact]);
	return TW_OK;
}

int refund_facts(struct refund_read *s, const struct yaml_node *node)
{
	int code = TW_OK;
	if (!node || node->kind != YAML_MAPPING)
		return law_error(s->r->error, node ? node->pos : (struct law_pos){s->folder, 1, 1},
				 "facts are written {FACT: {ask: …, words: […]}}");
	if ((code = yaml_only(node, refund_fact_names, s->r->error)))
		return code;
	for (int i = 0; !code && i < REFUND_FACTS; i++) {
		const struct yaml_node *item = yaml_get(node, refund_fact_names[i]);
		s->out->fact[i] = (struct law_refund_fact){.ask = "", .assume = LAW_NONE};
		if (item && i >= REFUND_SAID)
			return law_error(s->r->error, item->pos,
					 "\"%s\" is found out; no entry says it",
					 refund_fact_names[i]);
		if (!item && i < REFUND_SAID)
			return law_error(s->r->error, node->pos, "the fact \"%s\" is missing",
					 refund_fact_names[i]);
		if (item)
			code = read_fact(s, (enum refund_fact)i, item);
	}
	/* Conditions name any of the facts, so they come last. */
	for (int i = 0; !code && i < REFUND_SAID; i++) {
		const struct yaml_node *item = yaml_get(node, refund_fact_names[i]);
		const struct yaml_node *unless = yaml_get(item, "unless");
		if (unless && s->out->fact[i].assume == LAW_NONE)
			return law_error(s->r->error, unless->pos, "\"unless\" without \"assume\"");
		code = refund_atoms(s, unless, &s->out->fact[i].unless);
	}
	return code;
}
