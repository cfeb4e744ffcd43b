/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Do the codes of lists and scopes meet lines of the base schedule for as long
 * as they are in force? Looks at the whole law once it is read; changes
 * nothing. See docs/law-format.md, "Codes and the schedule".
 */
#ifndef TW_LAW_CODES_H
#define TW_LAW_CODES_H

#include "law/law.h"

struct law_codes {
	/* Called for each fault, in the order of the law; error->message says what would be right.
	 */
	void (*tell)(void *context, const struct tw_error *fault);
	void *context;
	uint32_t checked; /* codes held against a schedule */
	uint32_t absent;  /* codes of which the list itself says that no line matches */
	uint32_t faults;
};

/* Tells one fault, at its place. */
void law_fault(struct law_codes *out, struct law_pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* TW_OK also when there are faults; else TW_NO_MEMORY. */
int law_codes_check(const struct law *law, struct law_codes *out);

/* The first fault as an error with its place, TW_BAD_LAW; TW_OK when there is none. */
int law_codes_sound(const struct law *law, struct tw_error *error);

#endif
