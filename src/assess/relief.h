/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows once the duties are known: exemptions, the entry type that the
 * law requires, fees, and which taxes are due. Reads the items behind the duties in a stack.
 */
#ifndef TW_ASSESS_RELIEF_H
#define TW_ASSESS_RELIEF_H

#include "assess/condition.h"

#define RELIEF_FEES RB_DOCKET /* each item at most one */
#define RELIEF_TAXES 4u

struct fee {
	uint32_t measure;
	tw_money amount;
	tw_money on; /* what of the line's value it is taken on */
	bool by_value;
	bool is_shared; /* with other lines of the shipment, of which: */
	tw_money all_amount, all_on;
};
struct relief {
	bool considered; /* some exemption looked at the line */
	bool eligible;
	uint32_t program, by;
	const char *reason; /* "" when eligible */
	tw_money room;      /* as in struct tw_de_minimis */
	uint32_t entry;     /* measure that gave the entry type, or RB_NONE */
	uint32_t type;      /* measure that says what an entry of this type is, or RB_NONE */
	bool filed;         /* the type was filed, with this line or another of its shipment */
	bool no_such_type;  /* a type was filed that there is not, or not on this day */
	bool nothing_due;   /* a type was filed under which nothing is paid at entry */
	size_t fee_count, tax_count;
	tw_money fees;
	bool taxed;                  /* a tax looked at the line */
	bool taxes_unlike;           /* under readings or tariff lines: these are common to all */
	bool overflow;               /* more taxes, or more of fees, than there is room for */
	uint32_t tax[RELIEF_TAXES];  /* measures; what they come to is found last, see taxes.h */
	struct fee fee[RELIEF_FEES]; /* the last: what is not counted is not set */
};

/* Is nothing paid, whatever the duty? */
static inline bool relief_free(const struct relief *relief)
{
	return relief->eligible || relief->nothing_due;
}

/*
 * Settles whether the line is exempt and, when none was filed, the type of entry. The duty and
 * what is additional must be settled before; settled is that of the reading.
 */
void relief_find(struct relief *out, struct reading *reading, struct settled *settled,
		 const uint32_t *items, size_t count);

#endif
