/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The antidumping and countervailing orders of a jurisdiction: the numbers that they list cut the
 * codes into stretches, each with the orders that name it.
 */
#include "compiler/build.h"

#include "common/order.h"

#include <stdlib.h>
#include <string.h>

/* A number that an order lists. */
struct named {
	struct law_range codes;
	uint32_t order;
};
struct work {
	struct build *b;
	struct named *named; /* by where they begin */
	size_t count;
	uint64_t *cut; /* where some begin or end, sorted, each once */
	size_t cuts;
	uint32_t *open; /* of a stretch: those of `named` that it lies in */
	uint32_t *set;
};

static int by_low(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	if (x->codes.low != y->codes.low)
		return x->codes.low < y->codes.low ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

static int by_index(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return x < y ? -1 : x > y;
}

static bool begin(struct work *w, const struct law_adcvd *from)
{
	size_t most = 1;
	for (uint32_t i = 0; i < from->order_count; i++)
		most += from->orders[i].code_count;
	w->named = calloc(most, sizeof *w->named);
	w->cut = calloc(2 * most, sizeof *w->cut);
	w->open = calloc(most, sizeof *w->open);
	w->set = calloc(most, sizeof *w->set);
	return w->named && w->cut && w->open && w->set;
}

static void end(struct work *w)
{
	free(w->named);
	free(w->cut);
	free(w->open);
	free(w->set);
}

static void emit_order(struct work *w, const struct law_adcvd_order *from)
{
	struct rb_adcvd_order out;
	memset(&out, 0, sizeof out);
	out.id = texts_intern(&w->b->texts, from->id);
	out.product = texts_intern(&w->b->texts, from->product);
	out.cite = texts_intern(&w->b->texts, from->cite);
	out.origin = from->origin;
	out.state = (uint8_t)from->state;
	out.confidence = (uint8_t)from->confidence;
	out.from = from->from;
	out.until = from->until;
	uint32_t order = pool_add(&w->b->adcvd_orders, &out);
	for (uint32_t i = 0; i < from->code_count; i++) {
		w->named[w->count++] = (struct named){from->codes[i], order};
		w->cut[w->cuts++] = from->codes[i].low;
		w->cut[w->cuts++] = from->codes[i].high;
	}
}

static void emit_stretch(struct work *w, uint64_t code, size_t open)
{
	size_t count = 0, kept = 0;
	for (size_t i = 0; i < open; i++)
		w->set[count++] = w->named[w->open[i]].order;
	order_items(w->set, count, sizeof *w->set, by_index);
	for (size_t i = 0; i < count; i++)
		if (!kept || w->set[kept - 1] != w->set[i])
			w->set[kept++] = w->set[i];
	struct rb_adcvd_code out = {(uint32_t)(code / 100), (uint32_t)(code % 100), {0, 0}};
	if (kept) {
		uint32_t at = run_intern(&w->b->adcvd_sets, w->set, kept);
		if (!w->b->adcvd_sets.runs.failed)
			memcpy(&out.orders, pool_at(&w->b->adcvd_sets.runs, at), sizeof out.orders);
	}
	pool_add(&w->b->adcvd_codes, &out);
}

static void emit_codes(struct work *w)
{
	size_t next = 0, open = 0, kept = 0;
	order_items(w->named, w->count, sizeof *w->named, by_low);
	order_items(w->cut, w->cuts, sizeof *w->cut, by_number);
	for (size_t i = 0; i < w->cuts; i++) {
		uint64_t at = w->cut[i];
		if (i && w->cut[i - 1] == at)
			continue;
		kept = 0;
		for (size_t k = 0; k < open; k++)
			if (w->named[w->open[k]].codes.high > at)
				w->open[kept++] = w->open[k];
		for (open = kept; next < w->count && w->named[next].codes.low <= at; next++)
			w->open[open++] = (uint32_t)next;
		emit_stretch(w, at, open);
	}
	if (!w->cuts)
		emit_stretch(w, 0, 0);
}

int adcvd_emit(struct build *b, struct rb_jurisdiction *out, const struct law_jurisdiction *j)
{
	const struct law_adcvd *from = j->adcvd;
	struct work w = {.b = b};
	struct rb_adcvd head;
	out->adcvd = RB_NONE;
	if (!from)
		return TW_OK;
	if (!begin(&w, from)) {
		end(&w);
		return TW_NO_MEMORY;
	}
	memset(&head, 0, sizeof head);
	head.orders.first = (uint32_t)b->adcvd_orders.count;
	head.codes.first = (uint32_t)b->adcvd_codes.count;
	for (uint32_t i = 0; i < from->order_count; i++)
		emit_order(&w, &from->orders[i]);
	emit_codes(&w);
	head.orders.count = (uint32_t)b->adcvd_orders.count - head.orders.first;
	head.codes.count = (uint32_t)b->adcvd_codes.count - head.codes.first;
	head.claim = b->claim_map[from->claim];
	head.rate = b->claim_map[from->rate];
	head.exporter = b->claim_map[from->exporter];
	head.by = from->by;
	head.meets = texts_intern(&b->texts, from->meets);
	head.incomplete = texts_intern(&b->texts, from->incomplete);
	head.unread = texts_intern(&b->texts, from->unread);
	memcpy(head.whole, from->whole.bit, sizeof head.whole);
	out->adcvd = pool_add(&b->adcvd, &head);
	end(&w);
	return b->adcvd_sets.runs.failed ? TW_NO_MEMORY : TW_OK;
}
