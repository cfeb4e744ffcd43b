/* SPDX-License-Identifier: Apache-2.0 */
/* An assessor: the scratch memory of one thread. */
#ifndef TW_ASSESS_ASSESSOR_H
#define TW_ASSESS_ASSESSOR_H

#include "assess/deposit.h"
#include "assess/plan_table.h"
#include "assess/relief.h"
#include "assess/share.h"
#include "assess/stack.h"
#include "assess/tables.h"
#include "screen/screen.h"

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

/* A heading under which nothing may be collected any more. */
struct void_heading {
	uint64_t number; /* of eight digits */
	bool replaces;   /* its duty stands in place of the base duty, which falls due again */
};

struct tw_assessor {
	const tw_rulebook *book;
	const struct rb *rb;
	struct vocabulary words;
	struct tables tables;
	struct tw_options options;
	struct screen *screen;

	struct tw_line line; /* of a caller that knows a shorter one */
	struct facts facts;
	struct settled settled;
	struct record *record; /* where what is asked is noted, or NULL */
	struct refusal refusal;
	struct stack stack, other,
	    trial; /* the answer shown, of another tariff line, read otherwise */
	struct relief relief, other_relief, trial_relief, common_relief;
	struct tw_text filed; /* the entry type that the line says */
	uint32_t filed_type;  /* its number, see steps_type */
	bool entry_differs;   /* between the tariff lines under the code */
	bool rates_differ;
	bool overflow; /* something did not fit: the answer is not whole */
	struct also also[AGREE_HEADINGS];
	size_t also_count;
	const char *heading[2 * AGREE_HEADINGS]; /* each layer's own before the others */
	size_t heading_count;
	struct base_duty base;
	const struct rb_leaf *based;    /* the leaf of this line asked for last, or NULL, and */
	const struct rb_base *based_on; /* its period, see codes_base */

	uint64_t *goods_met;        /* of a line without a code */
	struct void_heading *voids; /* of programs that a court struck down, sorted */
	size_t void_count;

	struct tw_assessment out;
	struct tw_layer layer[STACK_LAYERS + 1];
	struct tw_exclusion exclusion[STACK_EXCLUSIONS];
	struct tw_choice choice[STACK_CHOICES];
	struct tw_fee fee[RELIEF_FEES];
	struct tw_tax tax[RELIEF_TAXES];
	struct tw_adcvd_order adcvd[TW_ADCVD_ORDERS];
	struct deposit deposit[DEPOSITS]; /* rates that the line gives */
	size_t deposit_count;
	struct tw_share share[TW_SHARES];
	const char *citation[STACK_LAYERS * 2 + STACK_EXCLUSIONS + RELIEF_FEES + RELIEF_TAXES +
			     STACK_CHOICES + 9];
	size_t citation_count;
	struct texts missing, warnings;
	uint64_t matter[RB_CLAIMS / 64]; /* claims to be reminded of that could matter */
	const char **not_covered;        /* room for the longest list of a jurisdiction */
	char bytes[ANSWER_BYTES];
	size_t byte_count;
	bool yellow; /* something contested or open was touched */

	int64_t rate;           /* that is printed, in 1/10000 of a percent; -1: none */
	struct plans_use plans; /* what tw_assess_many holds, see many.c */
	tw_time *instants;      /* of the last tw_instants */
	size_t instant_count, instant_room;
};

/* What the screen for chemicals finds in a line whose facts are read. */
void assessor_look(struct screen_result *out, tw_assessor *a, const struct tw_line *line);
/* The same into the answer. */
void assessor_screen(tw_assessor *a, const struct tw_line *line);

#endif
