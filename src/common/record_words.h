/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of the record of the conflict, as law files and rulebooks name them.
 * Numbers of the file: append only. docs/law-format-record.md says what they mean.
 */
#ifndef TW_COMMON_RECORD_WORDS_H
#define TW_COMMON_RECORD_WORDS_H

#include <stdbool.h>
#include <stdint.h>

enum record_kind {
	RECORD_TALKS = 0,
	RECORD_DEMAND = 1,
	RECORD_OFFER = 2,
	RECORD_DUTY = 3,
	RECORD_EXEMPTION = 4,
	RECORD_CONTROL = 5,
	RECORD_ENFORCEMENT = 6,
	RECORD_LAW = 7,
	RECORD_COURT = 8,
	RECORD_FIGURE = 9,
	RECORD_KINDS = 10
};

/* What an event is on the ladder of talks. */
enum record_step {
	RECORD_STEP_NONE = 0,
	RECORD_STEP_ASKS = 1,
	RECORD_STEP_OFFERS = 2,
	RECORD_STEP_GIVES = 3,
	RECORD_STEP_AGREES = 4,
	RECORD_STEP_IMPOSES = 5,
	RECORD_STEP_ANSWERS = 6,
	RECORD_STEP_REFUSES = 7,
	RECORD_STEP_ENDS = 8,
	RECORD_STEPS = 9
};

/* What an event has to do with a measure: it names it, or the measure begins or ends by it. */
enum record_link {
	RECORD_LINK_NAMES = 0,
	RECORD_LINK_BEGINS = 1,
	RECORD_LINK_ENDS = 2,
	RECORD_LINK_KINDS = 3
};

/* What the figures of a series are. Those of a flow add up over periods that do not overlap. */
enum record_measured {
	RECORD_FLOW = 0,
	RECORD_STOCK = 1,
	RECORD_TOTAL = 2,
	RECORD_MEAN = 3,
	RECORD_SHARE = 4,
	RECORD_CHANGE = 5,
	RECORD_MEASURED = 6
};

enum { RECORD_DEPTH = 8 }; /* a series is so many times a part of a part at most */
enum record_bound { RECORD_AS_STATED, RECORD_ABOUT, RECORD_OVER, RECORD_UNDER, RECORD_BOUNDS };
enum record_state {
	RECORD_STATE_UNKNOWN,
	RECORD_REPORTED,
	RECORD_PREDICTED,
	RECORD_PROVISIONAL,
	RECORD_FINAL,
	RECORD_STATES
};
/* Where a figure without a source is from. */
enum record_basis { RECORD_SOURCED, RECORD_COMPUTED, RECORD_RECALLED, RECORD_BASES };

enum record_ask {
	RECORD_ASK_RATE,    /* of programs, on a line */
	RECORD_ASK_FREE,    /* is the line let in free */
	RECORD_ASK_CONTROL, /* is something required by a list */
	RECORD_ASK_FIGURE,  /* of a series, for a period */
	RECORD_ASK_SUM,     /* of a series, within a period */
	RECORD_ASK_RATIO,   /* of two series, for a period */
	RECORD_ASK_KINDS
};

/* Each ends with NULL; "" is said by an empty cell. */
extern const char *const record_kind_names[RECORD_KINDS + 1];
extern const char *const record_step_names[RECORD_STEPS + 1];
extern const char *const record_measured_names[RECORD_MEASURED + 1];
extern const char *const record_bound_names[RECORD_BOUNDS + 1];
extern const char *const record_state_names[RECORD_STATES + 1];
extern const char *const record_basis_names[RECORD_BASES + 1];
extern const char *const record_confidence_names[5];
extern const char *const record_ask_names[RECORD_ASK_KINDS + 1];

#define RECORD_SCALE 1000 /* a value of a figure is held in thousandths */
#define RECORD_NO_DAY INT32_MIN

/* A number with at most three decimals and no commas, in thousandths; false: it is none. */
bool record_value_read(int64_t *out, const char *text);

#endif
