/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether a condition of the law holds for the facts of a line. A comparison
 * that turns on a claim that the line should have made is answered by the
 * law's assumption and remembered, so that the caller can try the other
 * reading.
 */
#ifndef TW_ASSESS_CONDITION_H
#define TW_ASSESS_CONDITION_H

#include "assess/facts.h"
#include "common/legal.h"

#define OPEN_ATOMS 5 /* 32 readings at the most */

/* What the assessment of a line settles on its way, for later questions. */
struct settled {
	struct tw_text entry_type; /* filed, or what the law requires */
	uint32_t type;             /* its number, see steps_type */
	bool exempt;
	tw_money duty, additional;
};

/* What can be more or less: the facts of legal.h, and sums of what was let in before. */
enum magnitude {
	MAGNITUDE_ORDER = LAW_FACT_COUNT, /* retail value of all lots of the order that day */
	MAGNITUDE_DAY_VALUE,  /* let in free that day before, with the value of the shipment */
	MAGNITUDE_DAY_RETAIL, /* with its retail value */
	MAGNITUDE_COUNT
};

#define RECORD_COMPARISONS 256
#define RECORD_FLOORS 32

/* A magnitude was held against num/den: -1 below, 0 equal, 1 above. */
struct comparison {
	uint8_t magnitude;
	int8_t outcome;
	int64_t num, den;
};

/* What was asked while a line was reasoned about; what is not in it has had no influence. */
struct record {
	uint32_t words; /* bit of enum law_fact: its word, or whether it is said */
	struct comparison comparison[RECORD_COMPARISONS];
	uint32_t comparisons;
	struct {
		uint32_t measure;
		uint8_t floor; /* enum floor */
	} floor[RECORD_FLOORS];
	uint32_t floors;
	bool amounts_unlike; /* what is due is that of another reading, which no guard compares */
	const char *unknown; /* something that the record does not know was asked, or NULL */
};

struct reading {
	const struct rb *rb;
	const struct vocabulary *words;
	const struct facts *facts;
	const struct settled *settled;
	struct record *record;     /* or NULL */
	uint32_t open[OPEN_ATOMS]; /* atoms that an unsaid claim leaves open */
	uint32_t open_count;
	uint32_t flipped; /* bit i: take open[i] the other way */
	uint8_t nothing;  /* parts of the value that nobody declared and that are taken as 0 */
	bool frozen;      /* remember no more atoms */
	bool overflow;    /* more are open than can be tried */
};

/* node RB_NONE holds. */
bool condition_holds(struct reading *reading, uint32_t node);

/* A magnitude against num/den: -1 below, 0 equal, 1 above. */
int condition_compare(const struct reading *reading, enum magnitude magnitude, int64_t num,
		      int64_t den);

/* The answer rests on something that no record holds. */
void condition_give_up(const struct reading *reading, const char *why);

/* What a floor came to beside the base duty; whole: on all of the value. */
void condition_note_floor(const struct reading *reading, uint32_t measure, uint8_t floor,
			  bool whole);

/* From here on other readings are reasoned about than the one that is shown. */
static inline void condition_note_readings(const struct reading *reading)
{
	if (reading->record)
		reading->record->amounts_unlike = true;
}

/* The channel was asked for, as facts_may does. */
static inline void condition_note_channel(const struct reading *reading)
{
	if (reading->record)
		reading->record->words |= UINT32_C(1) << LAW_FACT_CHANNEL;
}

/* Prepare the atoms of claims in the tables: once the vocabulary is made, before any line. */
void condition_assume(struct tables *tables, const struct vocabulary *words);

#endif
