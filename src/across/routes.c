/* SPDX-License-Identifier: Apache-2.0 */
/* The countries of a line: of what, sent from where, passed through which; and those of a pattern.
 */
#include "across/inner.h"

#include <string.h>

static void copy(char out[4], const char *country)
{
	memset(out, 0, 4);
	if (country)
		memcpy(out, country, 2);
}

/* "MX, CA" */
static void read_vias(struct route *out, const tw_rulebook *rulebook, struct tw_text text)
{
	const char *whole = tw_rulebook_country(rulebook, text);
	size_t at = 0;
	if (whole) {
		copy(out->via[out->vias++], whole);
		return;
	}
	while (at < text.length && out->vias < sizeof out->via / sizeof *out->via) {
		size_t end = at;
		while (end < text.length && !strchr(" ,;>/-", text.at[end]))
			end++;
		const char *one =
		    end > at
			? tw_rulebook_country(rulebook, (struct tw_text){text.at + at, end - at})
			: NULL;
		if (one)
			copy(out->via[out->vias++], one);
		at = end + 1;
	}
}

void route_of(struct route *out, const tw_rulebook *rulebook, const struct tw_line *line,
	      const struct tw_assessment *answer)
{
	struct tw_text via = line->column[TW_COLUMN_VIA];
	memset(out, 0, sizeof *out);
	copy(out->origin, *answer->origin
			      ? answer->origin
			      : tw_rulebook_country(rulebook, line->column[TW_COLUMN_ORIGIN]));
	copy(out->from, tw_rulebook_country(rulebook, line->column[TW_COLUMN_SHIP_FROM]));
	if (via.length)
		read_vias(out, rulebook, via);
}

bool route_is_of(const char *countries, const char *country)
{
	if (!*countries)
		return true;
	for (const char *at = countries; *country && *at; at += 3)
		if (!memcmp(at, country, 2))
			return true;
	return false;
}

bool route_fits(char by[4], const struct patterns *law, const struct patterns_row *row,
		const struct route *route)
{
	const char *through = patterns_text(law, row->through);
	const char *from = patterns_text(law, row->sent_from);
	copy(by, NULL);
	if (!route_is_of(patterns_text(law, row->origins), route->origin))
		return false;
	if (*from) {
		copy(by, route_is_of(from, route->from) ? route->from : NULL);
		if (!*by)
			return false;
	}
	if (!*through)
		return *by != '\0';
	if (route_is_of(through, route->from)) {
		copy(by, route->from);
		return true;
	}
	for (size_t i = 0; i < route->vias; i++)
		if (route_is_of(through, route->via[i])) {
			copy(by, route->via[i]);
			return true;
		}
	return false;
}
