/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From a substance to what a shipment of it needs: which lists it stands on,
 * in which direction they look at this route, and whether day and quantity
 * call for a licence or permit. Reads the ledger alone; finds no substance.
 */
#ifndef TW_SCREEN_CONTROL_H
#define TW_SCREEN_CONTROL_H

#include "rulebook/ledger.h"
#include "screen/screen.h"

struct control_question {
	const struct ledger *ledger;
	const struct screen_facts *facts;
	int32_t ppm;           /* content of the substance, -1 not known */
	const uint32_t *named; /* substances that are surely there: their own entries go before a
				  class's */
	size_t named_count;
	bool alone; /* its own rows, not those of classes that reach it: a structure shows those */
};
struct control_answer {
	const struct ledger_control *row;
	int direction; /* enum ledger_direction, -1 off-route */
	enum tw_control_status status;
	uint32_t requirement;  /* text: what the list asks in this direction, 0 off-route */
	const char *undecided; /* status undecided: what is not known; else "" */
	bool prohibited;       /* what the list forbids unless it is allowed in this case */
	bool mixture;          /* below the content from which mixtures count */
	bool by_class;         /* the row of a class that reaches the substance */
	bool is_summed;        /* decided on the sum of a month, of which: */
	bool earlier_unknown;  /* a line before does not say its quantity, and that decides */
};

/*
 * Every list that the substance stands on, on the day of entry by the list's
 * own calendar; of several rows of a list the newest. At most capacity.
 */
size_t control_decide(struct control_answer *out, size_t capacity,
		      const struct control_question *question, uint32_t substance);

/*
 * How far these answers raise the lane of a line with such a hit: red, a licence or permit
 * is required and the hit exact; yellow, a list holds it but not surely on this
 * route or in this quantity, or the hit is not exact; green, nothing.
 */
enum tw_lane control_lane(const struct control_answer *answers, size_t count,
			  enum tw_certainty certainty);

/* Is there a list, of drugs rather than precursors, with this substance on any day? */
bool control_is_narcotic(const struct ledger *ledger, uint32_t substance);

#endif
