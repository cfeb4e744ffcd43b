/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads what a rulebook says of a code or heading at an instant: the base rates
 * and units printed for it, the measures declared under it, their titles. Finds
 * no code by words and computes no duty.
 */
#ifndef TW_CODES_BASE_H
#define TW_CODES_BASE_H

#include "tidewaiter.h"

struct codes_rates {
	const char *general, *column2; /* "" where the lines beneath it differ */
	const char *unit1, *unit2;     /* "" where there is none, or they differ */
	uint32_t lines;                /* in force at or beneath the code; 0: none */
};
/* Of 2 to 10 digits; texts live with the rulebook. */
void codes_rates(struct codes_rates *out, const tw_rulebook *rulebook, const char *code,
		 tw_time at);

struct codes_measure {
	const char *id, *title, *rate, *program, *program_title;
	bool exempt;
	tw_time from, until;
};
/* The next measure under the heading (its digits) in force at the instant; *next begins at 0. */
bool codes_measure(struct codes_measure *out, const tw_rulebook *rulebook, const char *heading,
		   tw_time at, uint32_t *next);

/* What a program and a measure of the law are called; "" where they are not known, or have none.
   The first as struct finding_style asks for it. */
const char *codes_program(const void *rulebook, const char *program);
const char *codes_title(const tw_rulebook *rulebook, const char *measure);

/* Whether the codes of goods into this country are those of the base schedule. */
bool codes_schedule(const tw_rulebook *rulebook, const char *into);

#endif
