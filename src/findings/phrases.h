/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What stands between the gaps of templates, each text once: most plans say
 * mostly the same, and what lines are written from stays small and near.
 * Bounded; one a thread. Knows nothing of what a text says.
 */
#ifndef TW_FINDINGS_PHRASES_H
#define TW_FINDINGS_PHRASES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PHRASES_SLACK = 64,                       /* bytes that are readable behind each */
	PHRASES_ROOM = (8 << 20) - PHRASES_SLACK, /* bytes of all */
	PHRASES_LEAST = 1 << 18,                  /* bytes that a part of an answer may need */
	PHRASES_SLOTS = 1 << 17 /* of which three quarters are taken at the most */
};

struct phrase {
	uint32_t hash, at, length; /* length 0: the slot is free */
};

/* All zeros at first. */
struct phrases {
	char *text;
	void *memory;        /* in which the texts lie */
	struct phrase *slot; /* NULL: nothing was kept yet */
	uint32_t used, count;
};

/* Where the text stands from phrases->text on, which does not move; false: they are full, or there
   is no memory. */
bool phrases_keep(uint32_t *at, struct phrases *phrases, const char *text, size_t length);
/* Whether there may be no room for a part's; then all must be forgotten. */
bool phrases_are_full(const struct phrases *phrases);
/* Of all templates that were made of them nothing may be used again. */
void phrases_forget(struct phrases *phrases);
void phrases_free(struct phrases *phrases);

#endif
