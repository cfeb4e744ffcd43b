/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A chemical asked for by itself: what it is, which lists hold it on a day and a
 * route, what a shipment of it needs and may cost. What `tidewaiter substance`
 * answers. Part of the library of tidewaiter.h.
 */
#ifndef TIDEWAITER_SUBSTANCE_H
#define TIDEWAITER_SUBSTANCE_H

#include "tidewaiter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Day, route and quantity. Fill with TW_SUBSTANCE_QUERY_INIT first; NULL: not given. */
struct tw_substance_query {
	size_t size;               /* sizeof(struct tw_substance_query) */
	const char *on;            /* "2025-08-01": the day of entry; never NULL */
	const char *from, *into;   /* countries of export and import, two letters; EU in `into` */
	const char *via;           /* countries of transit, at most eight: "HK SG" */
	const char *weight;        /* a number and a unit: "25kg", "500 g", "200L" */
	const char *concentration; /* of the substance in a mixture, in percent: "12.5" */
};
#define TW_SUBSTANCE_QUERY_INIT                                                                    \
	{                                                                                          \
		sizeof(struct tw_substance_query), NULL, NULL, NULL, NULL, NULL, NULL              \
	}

/*
 * Adds what is known of one name: a name in any language, a CAS or UN number, an InChIKey or a
 * SMILES, ended by NUL. One JSON object and a line end, the bytes that `tidewaiter substance NAME
 * --format ndjson` prints; docs/schema has its form. *found (which may be NULL): how many
 * substances and classes are meant; 0: none, and the object says what is near. TW_BAD_ARGUMENT: a
 * day, country or quantity that is none; TW_NOT_FOUND: the rulebook holds no chemicals. On an error
 * the text is as it was. Any number of threads may ask at once, each with a text of its own.
 */
TW_API int tw_substance_json(struct tw_output *out, size_t *found, const tw_rulebook *rulebook,
			     const char *name, const struct tw_substance_query *query,
			     struct tw_error *error);

#ifdef __cplusplus
}
#endif
#endif
