/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What follows from a rulebook and lies close at hand for lines with a plan:
 * what holds at an instant, the periods of the schedule, its rates as operands.
 * Made once for a table of plans and never changed.
 */
#ifndef TW_ASSESS_PLAN_TABLES_H
#define TW_ASSESS_PLAN_TABLES_H

#include "assess/tables.h"
#include "common/instant.h"
#include "common/reciprocal.h"

/* A stretch of time in which nothing of this changes. */
struct grain {
	tw_time from;
	uint32_t epoch;
	uint16_t preference; /* which stretch between changes of preferences it lies in */
	bool is_covered, is_beyond;
	bool is_asked;  /* a condition on the time of entry, or an end of collection, is here */
	bool is_orders; /* an antidumping order begins or ends here */
	const char *by; /* the act that the base duty cites, or NULL */
};
struct calendar {
	struct grain *grain;
	uint32_t count;
	int64_t first_day; /* of the table, UTC */
	uint32_t days;
	uint16_t *at_day; /* the grain at the first second of the day */
	uint64_t *open;   /* by such a stretch and country: indicators it may claim, and OPEN_… */
	uint8_t *order_class; /* by country: of those with antidumping orders, from 1 on; else 0 */
	bool orders_fit;      /* there are no more classes than bits */
	uint64_t reciprocal;  /* of twice the quantum of values */
};

/* The list of orders is not whole for the origin; the bits below are indicators. */
#define OPEN_INCOMPLETE (UINT64_C(1) << 63)
#define OPEN_SYMBOLS 63

struct period {
	tw_time from, until;
	tw_time rates; /* when the rates of its tariff line are others, and */
	tw_time code;  /* when its code is no tariff line any more, or again; TW_TIME_MAX: never */
	uint64_t printed; /* the indicators of its special rates, see struct plan_tables */
};
/* A column of the schedule for one period, and what else is asked of that. */
struct operand {
	uint32_t num, den;   /* den 0: no single share of the value, or one of large numbers */
	uint32_t share;      /* as it is printed, in 1/10000 of a percent */
	uint32_t text;       /* the rate as it is printed */
	uint64_t reciprocal; /* as in struct term */
	uint8_t flags;       /* RB_EXCISE, RB_UNSURE */
	bool is_large;       /* a single share of the value, of larger numbers than these */
};
_Static_assert(sizeof(struct operand) == 32, "both columns are a line of the cache");

/*
 * Of shares of a value under 2^30 that are rounded to the quantum: the reciprocal of what the
 * product is divided by, or 0 where numbers are too large for 64 bits. See term.h.
 */
static inline uint64_t share_reciprocal(int64_t num, int64_t den, int64_t quantum)
{
	bool fits = ((uint64_t)num >> 32 | (uint64_t)den >> 32 | (uint64_t)quantum >> 28) == 0;
	return fits && den ? reciprocal_of(2 * (uint64_t)den * (uint64_t)quantum) : 0;
}

struct plan_tables {
	struct calendar *calendar; /* by jurisdiction */
	struct period *period;     /* by base */
	struct operand *operand;   /* by base: the general column, then column 2 */
	void *periods, *operands;  /* the memory in which they lie */
	/* Of the rulebook, again, side by side: the way from epoch and goods to a docket. */
	struct narrow row, strip, cell;
	void *ways;
	uint16_t *spelling; /* by unit: tw_rulebook_unit_number of one of its spellings */
	bool *says_claim;   /* by unit: a quantity in it says a claim */
	/* Indicators of preferences, each a bit; where there are more than bits, has_symbols is
	   false: no set of them is said. */
	uint32_t symbol[64], symbols;
	bool has_symbols;
	uint32_t jurisdictions, countries;
};

/* False: no memory. Freed either way with plan_tables_free. */
bool plan_tables_make(struct plan_tables *out, const struct rb *rb);
void plan_tables_free(struct plan_tables *tables);

/* What holds at an instant. */
static inline const struct grain *calendar_at(const struct calendar *calendar, tw_time at)
{
	int64_t day = (at >= 0 ? at : at - 86399) / 86400 - calendar->first_day;
	uint32_t i = 0;
	if (day >= 0)
		i = calendar->at_day[day < calendar->days ? (uint32_t)day : calendar->days - 1];
	while (i + 1 < calendar->count && calendar->grain[i + 1].from <= at)
		i++;
	return &calendar->grain[i];
}

#endif
