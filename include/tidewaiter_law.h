/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tidewaiter's law: a folder of law text to a rulebook, checked, and what
 * changes in it. A library of its own beside tidewaiter.h: what answers lines
 * does not need it. It reads the folder that it is given and nothing else.
 */
#ifndef TIDEWAITER_LAW_H
#define TIDEWAITER_LAW_H

#include "tidewaiter.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The rulebook of a law folder as it could be known on a day ("2025-10-01"; NULL: as amended
 * since). Free with tw_rulebook_close. TW_BAD_LAW: the text has an error, with its place.
 */
TW_API int tw_law_rulebook(tw_rulebook **out, const char *folder, const char *known_on,
			   struct tw_error *error);

/* A fault of the text, with its place; it lives during the call. */
typedef void tw_law_fault(void *context, const struct tw_error *fault);

/* What a sound folder holds. */
struct tw_law_summary {
	size_t size; /* sizeof(struct tw_law_summary), set by the caller */
	char edition[16], first[16], last[16]; /* the days covered */
	char sha256[65];                       /* of the law text */
	char rulebook_sha256[65];              /* tw_rulebook_sha256 of its rulebook */
	uint32_t jurisdictions, instruments, programs, measures, lists, list_rows, schedule_rows;
	uint32_t codes_checked, codes_absent; /* held against the schedule; recorded as absent */
	uint32_t descriptions, claims;
	uint32_t refund_headings, refund_tests, refund_rates; /* periods of interest */
	size_t rulebook_size;                                 /* bytes */
	uint32_t record_events, record_figures, record_sources, record_claims;
};
/*
 * Reads and compiles everything, and holds against each other what no reader of one file can:
 * codes and schedule, descriptions and lines, acts and what cites them. Faults are told to `tell`
 * as they are found, several of a kind; TW_BAD_LAW: there was one. Fills as much of *out (which
 * may be NULL) as the caller's header has.
 */
TW_API int tw_law_check(struct tw_law_summary *out, const char *folder, const char *known_on,
			tw_law_fault *tell, void *context, struct tw_error *error);

/*
 * Adds what changes from the first day to the last ("2025-04-09"), both counted, in local time: a
 * JSON object and a line end each, as `tidewaiter law diff --format ndjson` prints them. On an
 * error the text is as it was.
 */
TW_API int tw_law_changes(struct tw_output *out, const char *folder, const char *first,
			  const char *last, struct tw_error *error);

/*
 * What is asked of the law of a folder. Fill with TW_LAW_QUERY_INIT first; what is NULL asks for
 * everything. Texts need live during the call only.
 */
struct tw_law_query {
	size_t size;          /* sizeof(struct tw_law_query) */
	const char *folder;   /* never NULL */
	const char *known_on; /* as the law could be known on this day; NULL: as amended since */
	const char *into;     /* imports into this country, two letters */
	const char *origin;   /* products of this country, as people write it */
	const char *hts;      /* a tariff code of 2 to 10 digits, with or without dots */
	const char *program;  /* its name, or a pattern: "us.ieepa.*" */
	const char *kind;     /* "duty", "exemption", "entry", "fee", "prohibition" */
};
#define TW_LAW_QUERY_INIT                                                                          \
	{                                                                                          \
		sizeof(struct tw_law_query), NULL, NULL, NULL, NULL, NULL, NULL, NULL              \
	}

/*
 * Adds the measures in force: one JSON object and a line end, the bytes that `tidewaiter law list
 * --format json` prints. `on`: a day or an instant in local time ("2025-05-02",
 * "2025-05-02T00:01"); NULL: the last day covered. With `last`, a day, what is in force at any time
 * from the day `on` to 24:00 of the last. TW_BAD_ARGUMENT: there is no such day, country, program,
 * code or kind. TW_BAD_LAW: the text has an error, with its place. On an error the text is as it
 * was.
 */
TW_API int tw_law_list(struct tw_output *out, const struct tw_law_query *query, const char *on,
		       const char *last, struct tw_error *error);

/*
 * Adds what changes from the first day to the last, both counted, in local time: one JSON object
 * and a line end, the bytes that `tidewaiter law diff FIRST LAST --format json` prints. Errors as
 * of tw_law_list.
 */
TW_API int tw_law_diff(struct tw_output *out, const struct tw_law_query *query, const char *first,
		       const char *last, struct tw_error *error);

#ifdef __cplusplus
}
#endif
#endif
