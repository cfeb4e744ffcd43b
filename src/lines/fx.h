/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rates of exchange that the user gives, and the conversion of a line by them.
 * A rate is an exact decimal. The product of amount and rate is exact and is
 * rounded once, half up to the cent. No rate is known that was not given.
 */
#ifndef TW_LINES_FX_H
#define TW_LINES_FX_H

#include "common/buffer.h"
#include "findings/finding.h"
#include "tidewaiter.h"

struct claim_columns;

#define FX_ALWAYS INT32_MAX /* the last day of a rate without days */

struct fx_rate {
	char from[4], to[4];
	int32_t first, last; /* days since 1970-01-01; INT32_MIN, FX_ALWAYS: every day */
	int64_t number;      /* x 10^-places */
	int places;
	char text[24];   /* as it was given */
	char source[80]; /* "--fx", or file and line */
};

struct fx {
	struct fx_rate *rate;
	size_t count, room;
};

/* "EUR=1.0823": US dollars for one euro; "EUR/CAD=1.49" for another currency. */
int fx_option(struct fx *fx, const char *text, struct tw_error *error);
/* A file of dated rates; see fx_file.c for its forms. */
int fx_file(struct fx *fx, const char *path, struct tw_error *error);
int fx_add(struct fx *fx, const struct fx_rate *rate, struct tw_error *error);
/* Read "1.0823" or "$1.0823". */
bool fx_number(struct fx_rate *rate, struct tw_text text);
/* The day of "2025-05-02" or of a time on it; false: it is none. */
bool fx_day(int32_t *day, struct tw_text text);
void fx_free(struct fx *fx);
/* The currency in which the country of importation counts; false: in any, or not known. */
bool fx_here(struct tw_currency *out, const struct tw_line *line, const tw_rulebook *rulebook);

enum fx_result { FX_NOTHING, FX_DONE, FX_REFUSED };
/*
 * Converts value, retail value and claims in money of a line whose currency is
 * not that of the country of import, if a rate is given for it. The new texts
 * stand in the scratch, which must not move. FX_REFUSED: *why says it.
 */
enum fx_result fx_convert(struct conversion *out, char why[200], struct tw_line *line,
			  struct buffer *scratch, const struct fx *fx, const tw_rulebook *rulebook,
			  const struct claim_columns *claims);
/* Where the rate is that of the date of entry. */
#define FX_BY_ENTRY                                                                                \
	"conversion-day: no date of exportation is given (departed), so the rate is that of the "  \
	"date of entry"
/* What the answer says of it, as a warning. */
void fx_note(char out[200], const struct conversion *done);

#endif
