/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lines of one number have in common: pieces of their answers, and where
 * they are counted. Many numbers have equal parts, of which one is kept: what
 * is written from stays small and near. Bounded; one store a thread.
 */
#ifndef TW_LINES_PART_H
#define TW_LINES_PART_H

#include "findings/tally.h"
#include "findings/template.h"

enum part_tally { PART_COUNTS_NOTHING, PART_COUNTS_PLAN, PART_COUNTS_REMARKS };

struct part {
	bool is_whole; /* no template can be made of it */
	enum part_tally counts;
	unsigned pieces;
	size_t room; /* bytes that all its pieces are filled with at the most */
	union {
		struct tally_plan *plan;
		struct tally_remarks *remarks;
	} tally; /* NULL: there is none */
	struct part *next;
	struct template *piece[]; /* NULL: none could be made */
};

enum { PART_BUCKETS = 1 << 12, PART_MOST = 1 << 15 /* parts of a store */ };

struct part_store {
	struct part *bucket[PART_BUCKETS];
	size_t count;
	struct phrases phrases; /* of all their templates */
};

/* A part without pieces and tally; NULL: no memory. */
struct part *part_new(enum part_tally counts, unsigned pieces);
void part_free(struct part *part);

/* Keeps it, and gives back the one that is kept of all that are equal; it is no longer the
 * caller's. */
struct part *part_keep(struct part_store *store, struct part *part);
/* Whether the store is full, and must forget before it keeps more. */
bool part_is_full(const struct part_store *store);
/* Frees all parts, and the phrases are none again. */
void part_forget(struct part_store *store);
void part_store_free(struct part_store *store);

#endif
