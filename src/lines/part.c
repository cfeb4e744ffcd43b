/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/part.h"

#include <stdlib.h>
#include <string.h>

struct part *part_new(enum part_tally counts, unsigned pieces)
{
	struct part *part = calloc(1, sizeof *part + pieces * sizeof(struct template *));
	if (part) {
		part->counts = counts;
		part->pieces = pieces;
	}
	return part;
}

void part_free(struct part *part)
{
	for (unsigned i = 0; part && i < part->pieces; i++)
		free(part->piece[i]);
	if (part && part->counts == PART_COUNTS_PLAN)
		free(part->tally.plan);
	if (part && part->counts == PART_COUNTS_REMARKS)
		free(part->tally.remarks);
	free(part);
}

static uint64_t hash_of(const struct part *part)
{
	uint64_t hash = part->counts;
	for (unsigned i = 0; i < part->pieces; i++)
		hash = hash * UINT64_C(0x9E3779B97F4A7C15) + template_hash(part->piece[i]);
	return hash ^ hash >> 32;
}

static bool is_same(const struct part *a, const struct part *b)
{
	if (a->counts != b->counts || a->pieces != b->pieces || a->is_whole != b->is_whole)
		return false;
	for (unsigned i = 0; i < a->pieces; i++)
		if (!template_same(a->piece[i], b->piece[i]))
			return false;
	if (a->counts == PART_COUNTS_PLAN)
		return tally_plan_same(a->tally.plan, b->tally.plan);
	return a->counts != PART_COUNTS_REMARKS ||
	       tally_remarks_same(a->tally.remarks, b->tally.remarks);
}

struct part *part_keep(struct part_store *store, struct part *part)
{
	struct part **first = &store->bucket[hash_of(part) % PART_BUCKETS];
	for (struct part *kept = *first; kept; kept = kept->next)
		if (is_same(kept, part)) {
			part_free(part);
			return kept;
		}
	part->next = *first;
	*first = part;
	store->count++;
	return part;
}

bool part_is_full(const struct part_store *store)
{
	return store->count >= PART_MOST || phrases_are_full(&store->phrases);
}

void part_forget(struct part_store *store)
{
	for (size_t i = 0; i < PART_BUCKETS; i++)
		for (struct part *part = store->bucket[i], *next; part; part = next) {
			next = part->next;
			part_free(part);
		}
	memset(store->bucket, 0, sizeof store->bucket);
	store->count = 0;
	phrases_forget(&store->phrases);
}

void part_store_free(struct part_store *store)
{
	if (!store)
		return;
	part_forget(store);
	phrases_free(&store->phrases);
	free(store);
}
