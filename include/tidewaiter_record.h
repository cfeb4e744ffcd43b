/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of the conflict: what happened on which day and what was measured,
 * each with its source. What `tidewaiter record` prints. Part of the library of
 * tidewaiter.h.
 */
#ifndef TIDEWAITER_RECORD_H
#define TIDEWAITER_RECORD_H

#include "tidewaiter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fill with TW_RECORD_QUERY_INIT first; what is NULL asks for everything. */
struct tw_record_query {
	size_t size;      /* sizeof(struct tw_record_query) */
	const char *what; /* "events", "series", "sources", "news", "talks"; never NULL */
	/* Of series: whose figures; none: the list of series. Of a picture what it shows. */
	const char *const *series;
	size_t series_count;
	const char *since, *until; /* "2025-05-02", "2025-05", "2025": both counted */
	const char *about, *actor; /* of events and talks: a word, and who: "CN" */
	const char *every;         /* of figures: "year", "fiscal-year", "month" */
};
#define TW_RECORD_QUERY_INIT                                                                       \
	{                                                                                          \
		sizeof(struct tw_record_query), NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL        \
	}

/*
 * Adds the rows that are asked for, a JSON object and a line end each: the bytes that `tidewaiter
 * record WHAT --format ndjson` prints; docs/schema has their form. TW_BAD_ARGUMENT: a day, an
 * actor, a series or a kind of rows that is none; TW_NOT_FOUND: the rulebook has no record. On an
 * error the text is as it was. Any number of threads may ask at once, each with a text of its own.
 */
TW_API int tw_record_json(struct tw_output *out, const tw_rulebook *rulebook,
			  const struct tw_record_query *query, struct tw_error *error);

/*
 * Adds a picture of the series as an SVG, the bytes that `tidewaiter record plot NAME... --format
 * svg` prints; with_events: the events that are asked for are marked. `what` is not looked at.
 * Errors as above; TW_NOT_FOUND also: the series have no figures for these days.
 */
TW_API int tw_record_svg(struct tw_output *out, const tw_rulebook *rulebook,
			 const struct tw_record_query *query, bool with_events,
			 struct tw_error *error);

#ifdef __cplusplus
}
#endif
#endif
