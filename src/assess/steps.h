/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conditions of a rulebook as rows of questions: each question is one
 * atom, and says which comes next on yes and on no. And what can be prepared
 * of an atom, so that most are answered by a bit. Holds no fact of any line.
 */
#ifndef TW_ASSESS_STEPS_H
#define TW_ASSESS_STEPS_H

#include "common/legal.h"
#include "rulebook/layout.h"

#define STEPS_YES UINT32_MAX /* the condition holds */
#define STEPS_NO (UINT32_MAX - 1)

struct step {
	uint32_t atom, yes, no; /* the next steps, or one of these */
};

/* How an atom is answered. */
enum probe_how {
	PROBE_ASK,       /* no other way than to look at it */
	PROBE_CLAIM,     /* of the claim `with`: where it is not declared `turned`, otherwise ask */
	PROBE_CHANNEL,   /* by the bit of the channel in `with`; TABLES_CHANNELS: none */
	PROBE_TRANSPORT, /* likewise */
	PROBE_ORIGIN,    /* by the bit of the country in the set of that number */
	PROBE_SHIP_FROM,
	PROBE_TYPE /* by the bit of the type of entry in the set of that number */
};

struct probe {
	uint8_t how; /* enum probe_how */
	bool turned; /* the answer of a bit is turned */
	uint8_t reserved[2];
	uint32_t with;
};

/* Which channels a condition may hold and may fail in, where no claim of it is declared. */
struct outlook {
	uint64_t claims; /* as in struct chance */
	uint8_t may, may_not;
	bool open; /* it turns on a claim that could be taken either way: all may be */
};

struct steps {
	uint32_t *first; /* of each node; RB_NONE: too long or empty, look at the tree */
	struct step *step;
	struct probe *probe; /* by atom */
	uint64_t (*country)[LAW_COUNTRIES / 64];
	uint64_t *types; /* sets of the first 64 types of entry */
	uint32_t *type;  /* texts of all types that the law names, a number each */
	uint32_t type_count;
};

/* What is to be expected of each condition; out has room for all. Once the atoms are prepared.
   open: claims that could be taken either way, too. */
void steps_look_out(struct outlook *out, const struct steps *steps, const struct rb *rb,
		    const uint64_t open[RB_CLAIMS / 64]);

/* The number of a type of entry; RB_NONE: the law names none such. */
uint32_t steps_type(const struct steps *steps, const struct rb *rb, struct tw_text text);

/* False: out of memory. Freed either way with steps_free. Probes of claims are to ask still. */
bool steps_make(struct steps *out, const struct rb *rb);
void steps_free(struct steps *steps);

#endif
