/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Controlled chemicals: what a line says the goods are, and which lists that
 * touches on its route. Reads the chemistry sections of the rulebook alone;
 * knows no duties and no file formats.
 */
#ifndef TW_SCREEN_SCREEN_H
#define TW_SCREEN_SCREEN_H

#include "tidewaiter.h"

struct screen; /* scratch of one thread */

/* A rulebook without chemistry sections gives a screen that finds nothing. */
int screen_new(struct screen **out, const tw_rulebook *rulebook, struct tw_error *error);
void screen_free(struct screen *screen);
/* The local time (enum time_zone) of each country that has lists, by its two letters. */
void screen_zones(const struct screen *screen, uint8_t zones[26 * 26]);

/* What the assessor has already read of the line. Country codes are upper case, "" unknown. */
struct screen_facts {
	char into[3], origin[3], ship_from[3];
	char via[8][3];
	size_t via_count;
	tw_time entered; /* the instant that decides periods */
	bool undated;    /* it is not known: what is found is told, no list can be asked */
	int64_t weight;  /* milligrams, -1 unknown (from weight, or qty in a unit of mass) */
	int64_t volume;  /* microlitres, -1 unknown */
	const char *hts; /* digits */
	/* Of a line that knows its month: the line, what stands before it, and "2025-05". */
	const struct tw_line *line;
	const struct tw_month *month; /* NULL: it does not */
	char month_text[8];
};

#define SCREEN_NOTHING 1u /* the number of an answer without a hit */

/* Valid until the next call. Texts point into the line, the rulebook or the scratch. */
struct screen_result {
	const struct tw_substance_hit *substances;
	size_t substance_count;
	const struct tw_control_hit *controls;
	size_t control_count;
	const char *const *warnings; /* "code: text" */
	size_t warning_count;
	enum tw_lane lane; /* GREEN, YELLOW or RED */
	const struct tw_sum *sums;
	size_t sum_count;
	bool overflow; /* the line holds more than is shown: the lane is not green */
	/* Two lines of one screen with one number have one answer, byte for byte; matched points
	   into each. SCREEN_NOTHING: green, and nothing else. 0: it has no number. */
	uint32_t id;
};
/*
 * Is every line of this description and code (as in the facts) green and without
 * a hit, whatever its route, day and quantity, where the columns cas, smiles,
 * inchikey and concentration are empty? Quick; false says nothing.
 */
bool screen_holds_nothing(struct screen *screen, struct tw_text description, const char *hts);
/*
 * What screens remember of descriptions and answers, at most so many of each;
 * 0: nothing. Changes no answer. TW_NO_MEMORY: the screen can only be freed.
 */
int screen_remember(struct screen *screen, size_t entries);

void screen_line(struct screen_result *out, struct screen *screen, const struct tw_line *line,
		 const struct screen_facts *facts);

#endif
