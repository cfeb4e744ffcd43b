/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows once the duties are known: exemptions, the entry type that the
 * law requires, and fees. Reads the items behind the duties in a stack.
 */
#ifndef TW_RELIEF_H
#define TW_RELIEF_H

#include "condition.h"

#define RELIEF_FEES RB_STACK /* each item at most one */

struct fee {
	uint32_t measure;
	tw_money amount;
};
struct relief {
	bool considered; /* some exemption looked at the line */
	bool eligible;
	uint32_t program, by;
	const char *reason; /* "" when eligible */
	uint32_t entry;     /* measure that gave the entry type, or RB_NONE */
	struct fee fee[RELIEF_FEES];
	size_t fee_count;
	tw_money fees;
};

/*
 * Sets facts->exempt and, when none was filed, facts->entry_type. The facts
 * duty and additional must be set before.
 */
void relief_find(struct relief *out, struct reading *reading, struct facts *facts,
		 const uint32_t *items, size_t count);

#endif
