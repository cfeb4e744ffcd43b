/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Dockets under construction: a draft of items becomes two chains of links,
 * equal ones stand once; and the sections they go into. Who plays, and in what
 * order, is found elsewhere.
 */
#include "compiler/cells.h"

#include <stdlib.h>
#include <string.h>

/* Claims that the conditions of items from..to of the draft name, as the number of a set. */
static uint32_t claims_of(struct build *b, const struct draft *d, size_t from, size_t to)
{
	struct rb_claim_set set = {{0}};
	for (size_t i = from; i < to; i++) {
		const struct player *player = d->from[i];
		const uint64_t *claims = player->measure
					     ? b->measure_claims[player->item]
					     : b->yield_claims[player->item & ~RB_ITEM_YIELD];
		for (size_t w = 0; w < RB_CLAIMS / 64; w++)
			set.claims[w] |= claims[w];
	}
	return pool_intern(&b->claim_sets, &set);
}

/* Is it for mail alone? */
static bool is_mail(const struct law_node *when)
{
	if (!when)
		return false;
	if (when->kind == LAW_NODE_ATOM)
		return when->atom.fact == LAW_FACT_CHANNEL && when->atom.op == LAW_OP_EQ &&
		       when->atom.word_count == 1 && !strcmp(when->atom.words[0], "postal");
	bool is = false;
	for (uint32_t i = 0; when->kind == LAW_NODE_ALL && i < when->child_count; i++)
		is = is || is_mail(when->child[i]);
	return is;
}

/* The signature of the duties and prohibitions; with `mail`, of mail and exemptions too. */
static uint32_t sign(struct table *t, const struct draft *d, bool mail)
{
	struct sign_item item[RB_DOCKET];
	struct run_pool *known = mail ? &t->build->signs : &t->build->duties;
	size_t count = 0;
	for (size_t i = 0; i < d->items; i++) {
		const struct player *player = d->from[i];
		enum law_kind kind = t->law->programs[player->program].kind;
		if (kind == LAW_KIND_FEE || kind == LAW_KIND_TAX || kind == LAW_KIND_ENTRY)
			continue;
		if (!mail && (kind == LAW_KIND_EXEMPTION ||
			      (player->measure && player->measure->instead == LAW_INSTEAD_ALL &&
			       is_mail(player->measure->when))))
			continue;
		item[count++] = (struct sign_item){d->item[i], player->program, player->yield};
	}
	signature_make(&t->words, t->build, item, count);
	return run_intern(known, (const uint32_t *)(const void *)t->words.data, t->words.count);
}

/* Items from..to of the draft as a chain: a link for each program, a tail as one. */
static uint32_t make_chain(struct build *b, const struct draft *d, size_t from, size_t to,
			   bool tail)
{
	uint32_t link[RB_DOCKET] = {0}, links = 0;
	for (size_t i = from, next; i < to; i = next) {
		for (next = i + 1;
		     next < to && (tail || d->from[next]->program == d->from[i]->program);)
			next++;
		link[links++] = run_intern(&b->links, d->item + i, next - i);
	}
	size_t known = b->chains.runs.count;
	uint32_t chain = run_intern(&b->chains, link, links);
	struct chain_mark mark = {.claims = chain == known ? claims_of(b, d, from, to) : 0};
	if (chain == known)
		pool_add(&b->chain_marks, &mark);
	return chain;
}

uint32_t dockets_finish(struct table *t, const struct draft *d)
{
	struct build *b = t->build;
	size_t heard = 0, known = b->docket_keys.count;
	while (heard < d->items && order_phase(t->law->programs[d->from[heard]->program].kind) < 2)
		heard++;
	uint32_t key[2] = {make_chain(b, d, 0, heard, false),
			   make_chain(b, d, heard, d->items, true)};
	uint32_t docket = pool_intern(&b->docket_keys, key);
	if (docket < known || b->chain_marks.failed)
		return docket;
	/* Of equal chains the duties are the same: no exemption, entry or fee is among them. */
	((struct chain_mark *)pool_at(&b->chain_marks, key[0]))->duties = sign(t, d, false);
	uint32_t record[RB_DOCKET_FIELDS] = {[RB_DOCKET_ITEMS] = key[0],
					     [RB_DOCKET_TAIL] = key[1],
					     [RB_DOCKET_ALL] = sign(t, d, true)};
	return pool_add(&b->dockets, record);
}

static int add_narrow(struct rulebook_writer *writer, uint32_t tag, const void *numbers,
		      size_t count, size_t fields)
{
	size_t size;
	void *bytes = narrow_make(&size, numbers, count, fields);
	int code = bytes ? rulebook_writer_add(writer, tag, bytes, size) : TW_NO_MEMORY;
	free(bytes);
	return code;
}

static int add_items(struct rulebook_writer *writer, struct build *b)
{
	static const uint32_t slack[RB_SLACK];
	uint32_t count = (uint32_t)b->links.numbers.count;
	pool_add_many(&b->links.numbers, slack, RB_SLACK);
	return b->links.numbers.failed
		   ? TW_NO_MEMORY
		   : rulebook_writer_add(writer, RB_TAG_ITEMS, b->links.numbers.data,
					 (count + RB_SLACK) * sizeof *slack);
}

/* One more than there are, where the last one ends. */
static int add_chains(struct rulebook_writer *writer, const struct build *b)
{
	size_t count = b->chains.runs.count;
	uint32_t(*record)[RB_CHAIN_FIELDS] = calloc(count + 1, sizeof *record);
	if (!record)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < count; i++) {
		const struct run *run = pool_at(&b->chains.runs, i);
		const struct chain_mark *mark = pool_at(&b->chain_marks, i);
		record[i][RB_CHAIN_LINKS] = run->first;
		record[i][RB_CHAIN_DUTIES] = mark->duties;
		record[i][RB_CHAIN_CLAIMS] = mark->claims;
	}
	record[count][RB_CHAIN_LINKS] = (uint32_t)b->chains.numbers.count;
	int code = add_narrow(writer, RB_TAG_CHAINS, record, count + 1, RB_CHAIN_FIELDS);
	free(record);
	return code;
}

static int add_links(struct rulebook_writer *writer, const struct build *b)
{
	size_t count = b->links.runs.count;
	uint32_t *first = calloc(count + 1, sizeof *first);
	if (!first)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		first[i] = ((const struct run *)pool_at(&b->links.runs, i))->first;
	first[count] = (uint32_t)b->links.numbers.count;
	int code = add_narrow(writer, RB_TAG_LINKS, first, count + 1, 1);
	free(first);
	return code;
}

int dockets_write(struct rulebook_writer *writer, struct build *b)
{
	int code;
	if (b->rows.failed || b->row_strips.failed || b->strips.failed || b->dockets.failed ||
	    b->docket_keys.failed || b->chains.runs.failed || b->chains.numbers.failed ||
	    b->chain_marks.failed || b->links.runs.failed || b->links.numbers.failed ||
	    b->duties.runs.failed || b->signs.runs.failed)
		return TW_NO_MEMORY;
	if ((code = add_narrow(writer, RB_TAG_ROWS, b->rows.data, b->rows.count, 1)) ||
	    (code =
		 add_narrow(writer, RB_TAG_STRIPS, b->row_strips.data, b->row_strips.count, 1)) ||
	    (code =
		 add_narrow(writer, RB_TAG_CELLS, b->strips.data, b->strips.count * RB_STRIP, 1)) ||
	    (code = add_narrow(writer, RB_TAG_DOCKETS, b->dockets.data, b->dockets.count,
			       RB_DOCKET_FIELDS)) ||
	    (code = add_chains(writer, b)) ||
	    (code = add_narrow(writer, RB_TAG_CHAIN_LINKS, b->chains.numbers.data,
			       b->chains.numbers.count, 1)) ||
	    (code = add_links(writer, b)))
		return code;
	return add_items(writer, b);
}
