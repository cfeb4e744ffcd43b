/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The scratch memory of an assessor and the making of its answer: findings of
 * the engine become the plain structures of tidewaiter.h.
 */
#ifndef TW_ANSWER_H
#define TW_ANSWER_H

#include "relief.h"
#include "screen.h"
#include "share.h"
#include "stack.h"

#define ANSWER_TEXTS 48
#define ANSWER_BYTES 16384

/* Texts that the answer makes itself; what does not fit is left out, never cut in a character,
   and the answer is `overflow`. */
struct texts {
	const char *list[ANSWER_TEXTS + 1]; /* the last is for saying so */
	size_t count;
	bool overflow;
};

/* Another heading under which a layer may stand, see agree.c. */
#define AGREE_HEADINGS 128
struct also {
	uint32_t layer, heading;
};

struct tw_assessor {
	const tw_rulebook *book;
	const struct rb *rb;
	struct vocabulary words;
	struct tw_options options;
	struct screen *screen;

	struct tw_line line; /* of a caller that knows a shorter one */
	struct facts facts;
	struct refusal refusal;
	struct stack stack, other,
	    reading; /* the answer shown, of another tariff line, read otherwise */
	struct relief relief, other_relief, trial_relief;
	struct tw_text filed; /* the entry type that the line says */
	bool entry_differs;   /* between the tariff lines under the code */
	bool rates_differ;
	bool overflow; /* something did not fit: the answer is not whole */
	struct also also[AGREE_HEADINGS];
	size_t also_count;
	const char *heading[2 * AGREE_HEADINGS]; /* each layer's own before the others */
	size_t heading_count;
	struct base_duty base;

	uint64_t *voids; /* headings of programs that a court struck down, sorted */
	size_t void_count;

	struct tw_assessment out;
	struct tw_layer layer[STACK_LAYERS + 1];
	struct tw_exclusion exclusion[STACK_EXCLUSIONS];
	struct tw_choice choice[STACK_CHOICES];
	struct tw_fee fee[RELIEF_FEES];
	struct tw_share share[TW_SHARES];
	const char *citation[STACK_LAYERS * 2 + STACK_EXCLUSIONS + RELIEF_FEES + STACK_CHOICES + 8];
	size_t citation_count;
	struct texts missing, warnings;
	const char **not_covered; /* room for the longest list of a jurisdiction */
	char bytes[ANSWER_BYTES];
	size_t byte_count;
	bool yellow; /* something contested or open was touched */
};

/* A text kept until the next call; "" when there is no room. */
const char *answer_keep(tw_assessor *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Add a kept text once. */
void answer_say(struct texts *texts, const char *text);
/* Layers, exclusions, choices, fees and de minimis of a->stack and a->relief. */
void answer_fill(tw_assessor *a);
/* "6109.10.00.12" */
const char *answer_code(tw_assessor *a, uint64_t low, uint32_t digits);
struct tw_citations answer_cite(tw_assessor *a, uint32_t instrument);

#endif
