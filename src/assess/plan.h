/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plan: a straight line of terms, recorded from an answer of the engine, that
 * says what every line of its key comes to. Plans are read by several threads
 * and never change.
 */
#ifndef TW_ASSESS_PLAN_H
#define TW_ASSESS_PLAN_H

#include "assess/plan_key.h"
#include "assess/relief.h"

enum term_how {
	TERM_NOTHING, /* an exemption: no amount */
	TERM_BASE,    /* the base duty */
	TERM_SHARE,   /* num/den of the value */
	TERM_FIXED,   /* an amount whatever the value */
	TERM_RATE,    /* a rate on quantities */
	TERM_FLOOR,   /* up to num/den together with the base duty */
	TERM_TAX      /* num/den of the value, or of it with the duty; stands among the fees */
};
#define TERM_EXACT 1u     /* on the value as it was declared */
#define TERM_OVER 2u      /* in place of the base duty: over_base is what it adds to that */
#define TERM_COUNTS 4u    /* is additional to the base duty */
#define TERM_ADDS 8u      /* of it what is over the base duty */
#define TERM_VOID 16u     /* struck by a court, but collected */
#define TERM_SHIPMENT 32u /* a sum of the whole shipment */
#define TERM_BY_VALUE 64u /* of a fee: a share of the value */
#define TERM_DUTY_PAID 1u /* of a tax: on the value with the duty */

/* A layer, a choice, a fee or a tax. */
struct term {
	uint32_t rate, key; /* of the rulebook; of what the shipment owes */
	uint8_t how;        /* enum term_how */
	uint8_t flags;
	uint8_t reserved[6];
	int64_t num, den;
	uint64_t reciprocal; /* of twice den x the quantum of duties; 0: divide */
	tw_money least;      /* of a fee, -1: none; of TERM_FIXED the amount */
	union {
		tw_money most; /* of a fee, -1: none */
		int64_t share; /* of another: of the value, as it is printed, in 1/10000 of a
				  percent; -1: none */
	};
};

/* A comparison that rests on what the plan comes to. */
struct guard {
	int64_t num, den;
	uint8_t magnitude; /* LAW_FACT_DUTY or LAW_FACT_ADDITIONAL */
	int8_t outcome;
	uint8_t reserved[6];
};

#define PLAN_FREE 1u     /* nothing is paid */
#define PLAN_ALONE 2u    /* choices stand in place of all duties */
#define PLAN_AMOUNT 4u   /* the amount is known */
#define PLAN_BOUNDS 8u   /* least and greatest are known */
#define PLAN_CLAIMS 16u  /* a preference that is claimed would change it */
#define PLAN_RATES 32u   /* some term asks for quantities */
#define PLAN_BY_MAIL 64u /* changes of duties on mail can change the answer */
#define PLAN_TAXED 128u  /* of a country whose taxes on imports are computed */

/* What another reading of the line comes to. */
struct variant {
	uint8_t terms;
	bool alike; /* the same as what is shown, where this plan is that of the line */
	bool any;   /* whether it is or not */
	uint8_t reserved[5];
	struct term term[];
};

struct plan {
	const struct term *term; /* its own, or those of a plan with equal ones */
	uint32_t number;         /* 0: lines of this key have no plan */
	uint32_t remarks;        /* what it says beside its figures: number of plan_table.h */
	uint32_t size;           /* bytes, with all that follows */
	uint8_t status, lane;    /* without the goods */
	uint8_t flags;
	uint8_t layers, choices, fees, guards, variants;
	uint32_t filed; /* the measure of the type of entry that was filed, or RB_NONE */
	/* layers, choices and fees, taxes the last of these; then guards; variants; then what else
	 * tells plans apart. */
	struct term own[];
};
#define PLAN_HEAD offsetof(struct plan, remarks) /* what follows is what the plan says */

#define PLAN_TERMS 40
#define PLAN_GUARDS 4
#define PLAN_SHAPE 512
#define PLAN_VARIANTS 12
#define VARIANT_TERMS 12
#define VARIANT_BYTES                                                                              \
	(PLAN_VARIANTS * (sizeof(struct variant) + VARIANT_TERMS * sizeof(struct term)))
#define PLAN_MISSING 16

/* A plan while it is made. */
struct plan_draft {
	_Alignas(struct plan) unsigned char bytes[sizeof(struct plan) +
						  PLAN_TERMS * sizeof(struct term) +
						  PLAN_GUARDS * sizeof(struct guard) +
						  VARIANT_BYTES + PLAN_SHAPE * sizeof(uint32_t)];
	uint32_t remarks[PLAN_SHAPE]; /* what its remarks turn on */
	size_t remark_count;
	/* Noted while the line was reasoned about. */
	_Alignas(struct variant) unsigned char variant[VARIANT_BYTES];
	size_t variant_bytes;
	uint8_t variants;
	uint32_t missing[PLAN_MISSING]; /* claims that are wanting, as numbers of atoms */
	size_t missing_count;
	uint8_t metals; /* parts, of which several are listed, that are wanting */
};
static inline struct plan *plan_of(struct plan_draft *draft)
{
	return (struct plan *)(void *)draft->bytes;
}

/* Nothing is noted yet. */
void plan_begin(struct plan_draft *draft);
/*
 * Another reading of the line and its relief, beside those that are shown, while the line is
 * recorded; value: what is dutiable.
 */
void plan_note_reading(tw_assessor *a, const struct reading *reading, const struct stack *shown,
		       const struct relief *relief, tw_money value);
/* That an atom's claim, or the values of metals, are wanting. */
void plan_note_missing(tw_assessor *a, uint32_t atom);
void plan_note_metals(tw_assessor *a, uint8_t metals);

/*
 * The plan of the line that the assessor has just answered by itself, all that
 * was asked being in its record; NULL, or why there is none.
 */
const char *plan_make(struct plan_draft *out, const tw_assessor *a, const struct record *record);

/* The base duty of a line: one share of its value, or any amount. */
struct plan_base {
	tw_money amount, general;
	int64_t share; /* as it is printed; -1: it is no single share */
};
/*
 * What the line comes to by a plan: the amounts of *out and slots, of which
 * there is room for plan_slots. False: the plan is not that of the line, which
 * is to be assessed by itself.
 */
bool plan_charge(struct tw_charge *out, tw_money *slot, const struct plan *plan,
		 const struct ask *ask, const struct plan_base *base, const struct tw_assessor *a);

static inline size_t plan_slots(const struct plan *plan)
{
	return 4 * (size_t)plan->layers + 3 * (size_t)plan->choices + 4 * (size_t)plan->fees + 2;
}
static inline size_t variant_size(const struct variant *variant)
{
	return sizeof *variant + variant->terms * sizeof(struct term);
}
static inline const struct variant *variant_next(const struct variant *variant)
{
	return (const struct variant *)(const void *)((const unsigned char *)variant +
						      variant_size(variant));
}
static inline const struct guard *plan_guards(const struct plan *plan)
{
	return (const struct guard *)(plan->term + plan->layers + plan->choices + plan->fees);
}
static inline const struct variant *plan_variants(const struct plan *plan)
{
	return (const struct variant *)(const void *)(plan_guards(plan) + plan->guards);
}

#endif
