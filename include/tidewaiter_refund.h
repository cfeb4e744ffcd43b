/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be had back of the duties on entries, by when, with what interest:
 * what `tidewaiter refund` answers. Part of the library of tidewaiter.h.
 *
 * A tw_refund is one run: rows of entries are read from texts, in which the rows
 * of an entry may stand anywhere, then there is one answer an entry, in the order
 * in which entries first stand in the texts. Rows are brought together in
 * temporary files (in TMPDIR), so that memory does not grow with them. A run
 * belongs to one thread at a time.
 */
#ifndef TIDEWAITER_REFUND_H
#define TIDEWAITER_REFUND_H

#include "tidewaiter.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tw_refund tw_refund;

struct tw_refund_options {
	size_t size;             /* sizeof(struct tw_refund_options) */
	const char *filed;       /* "2026-05-18": the day of filing, whose rules count */
	const char *interest_to; /* the day to which interest runs; NULL: as long after filing as
				    customs aims at, which the answer's note says */
	bool other_payee;        /* interest at the rate of those that are no corporations */
	/* What holds for every entry whose rows do not say: "drawback=no". */
	const char *const *facts;
	size_t fact_count;
	/* Where the files to upload and their summary are written once all answers are taken; NULL:
	   nowhere. The folder is made where it is not there; nothing is written over. */
	const char *upload;
};
#define TW_REFUND_OPTIONS_INIT                                                                     \
	{                                                                                          \
		sizeof(struct tw_refund_options), NULL, NULL, false, NULL, 0, NULL                 \
	}

/* TW_NOT_FOUND: the law says nothing about refunds. The rulebook must outlive it, the options
   need not. Free with tw_refund_free, which takes NULL. */
TW_API int tw_refund_new(tw_refund **out, const tw_rulebook *rulebook,
			 const struct tw_refund_options *options, struct tw_error *error);
TW_API void tw_refund_free(tw_refund *refund);

enum tw_refund_kind { TW_REFUND_ENTRIES, TW_REFUND_RESULTS /* details of a claim, from customs */ };

/* A fault of a row, with its place; the reading goes on. It lives during the call. */
typedef void tw_refund_fault(void *context, const struct tw_error *fault);

/* A CSV text with a header row, in pieces of any size. */
struct tw_refund_source {
	const char *name; /* as messages show it; copied */
	enum tw_refund_kind kind;
	/* The next piece, which lives until the next call; an empty one at the end. Another code
	   than TW_OK ends the reading, and is given back. */
	int (*next)(void *context, struct tw_text *out, struct tw_error *error);
	tw_refund_fault *fault; /* NULL: nobody is told; they are counted */
	void *context;          /* of both */
};

/* Reads one text; all are read before the first answer is taken. */
TW_API int tw_refund_read(tw_refund *refund, const struct tw_refund_source *source,
			  struct tw_error *error);
/* The columns of the last text that are not read, with commas between; or "". */
TW_API const char *tw_refund_unread(const tw_refund *refund);
/* Rows and faults of all texts so far. */
TW_API void tw_refund_counts(const tw_refund *refund, uint64_t *rows, uint64_t *faults);

/*
 * Adds the next entry's answer as `tidewaiter refund --format ndjson` prints it: one object and a
 * line end. TW_NOT_FOUND behind the last, when the files to upload are there. On another error
 * the text is as it was, and there are no more answers.
 */
TW_API int tw_refund_next(struct tw_output *out, tw_refund *refund, struct tw_error *error);

/*
 * Adds the sums of the answers taken so far, by status, reason, heading, month of entry and time
 * left to protest, as `tidewaiter refund --totals` writes them: CSV with the names of the columns.
 */
TW_API int tw_refund_totals(struct tw_output *out, const tw_refund *refund, struct tw_error *error);

#ifdef __cplusplus
}
#endif
#endif
