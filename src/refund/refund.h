/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be had back of the duties on an entry: its rows in, one answer out.
 * The rules are law data of the rulebook (rulebook/refunds.h); the column 1
 * duty that becomes due again is asked from the assessor.
 *
 * A refunder belongs to one thread; its answers live until its next call.
 */
#ifndef TW_REFUND_REFUND_H
#define TW_REFUND_REFUND_H

#include "common/buffer.h"
#include "refund/interest.h"
#include "refund/row.h"

#define REFUND_ROWS ((size_t)1 << 16) /* of one entry; more are not read, and that is said */

enum refund_status { REFUND_ACCEPTED, REFUND_REFUSED, REFUND_UNDECIDED };
extern const char *const refund_status_names[3];

struct refund_options {
	int32_t filed;       /* the day of filing, since 1970 */
	int32_t interest_to; /* REFUND_NO_DAY: filed and the days customs aims at */
	enum refund_payee payee;
	int8_t given[REFUND_SAID]; /* facts of entries whose files do not say; REFUND_BLANK */
	bool compared;             /* results of customs are among the rows */
	const char *const *files;  /* names, by the number in a place */
};

enum refund_agreement {
	REFUND_NOT_COMPARED, /* no results were given */
	REFUND_AGREES,       /* customs answered as this does */
	REFUND_DIFFERS,
	REFUND_NO_RESULT,  /* the results do not name the entry */
	REFUND_NOT_ASKED,  /* the results name it, no file of entries does */
	REFUND_UNDECIDABLE /* undecided here, or an answer that is not known */
};
extern const char *const refund_agreement_names[6];

struct refund_answer {
	char entry[REFUND_ENTRY + 8]; /* cut with a mark where it is too long */
	enum refund_status status;
	const struct refunds_test *reason;   /* NULL: undecided */
	const struct refunds_test **further; /* reasons beside the first */
	size_t further_count;
	bool has_removable, has_principal, has_interest;
	int64_t removable, principal, interest; /* cents */
	int32_t interest_to;                    /* REFUND_NO_DAY: none */
	int32_t protest_deadline;               /* likewise: not liquidated, or not known when */
	int32_t days_left;
	bool court_only, protest_open;
	int32_t entry_date;
	char importer[24];
	struct buffer note;
	/* By the index of a heading in the law: cents, and whether it stands on the entry. */
	int64_t *by_heading;
	const uint32_t *heading;
	size_t heading_count;
	char claim[24], result[32], error[72]; /* what customs answered, or "" */
	enum refund_agreement agreement;
};

struct refunder;

/*
 * The rulebook and the options must outlive it. TW_NOT_FOUND: the law says
 * nothing about refunds. Free with refunder_free.
 */
int refunder_new(struct refunder **out, const tw_rulebook *rulebook,
		 const struct refund_options *options, struct tw_error *error);
void refunder_free(struct refunder *refunder);
const struct refunds *refunder_law(const struct refunder *refunder);

/* The rows of one entry, in any order; it may order them. */
int refund_answer(const struct refund_answer **out, struct refunder *refunder,
		  struct refund_row *rows, size_t count, struct tw_error *error);

#endif
