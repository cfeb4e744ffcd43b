/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The law of refunds as it stands in law/<jurisdiction>/refunds: headings, the
 * order of tests, rates of interest, time limits. It lives in the arena of its
 * struct law. docs/law-format-refunds.md describes the files.
 */
#ifndef TW_LAW_REFUNDS_H
#define TW_LAW_REFUNDS_H

#include "common/refund_facts.h"
#include "law/law.h"

/* Whether a fact has one of these values, or compares with the number. */
struct law_refund_atom {
	enum refund_fact fact;
	enum refund_operator op;
	const uint32_t *values;
	uint32_t value_count;
	int64_t number;
};
struct law_refund_atoms {
	const struct law_refund_atom *atom;
	uint32_t count;
};

struct law_refund_word {
	const char *text;
	uint32_t value;
};
struct law_refund_fact {
	const char *ask;
	const struct law_refund_word *words; /* own words first, by value, then spellings */
	uint32_t word_count, own_count;      /* 0: any (the type) */
	uint32_t assume;                     /* value, or LAW_NONE */
	struct law_refund_atoms unless;      /* not assumed where these hold; count 0: always */
};

struct law_refund_test {
	const char *reason, *title, *say, *message; /* "" where not said */
	int32_t from, until;                        /* days of filing, until exclusive */
	uint32_t from_by, until_by, by;             /* instruments, LAW_NONE */
	enum law_confidence confidence;
	struct law_refund_atoms when; /* all of them */
	bool accepted;                /* a reason to be taken */
	struct law_pos pos;
};

struct law_refund_heading {
	uint32_t code; /* eight digits */
	const char *text, *scope, *rate, *note, *column1_of;
	enum refund_kind kind;
	int32_t from, through; /* days, both counted; through < from: never in force */
	uint32_t by;
	enum law_confidence confidence;
	struct law_pos pos;
};

struct law_refund_rate {
	int32_t from, through;
	struct law_fraction corporation, other; /* a year */
	uint32_t by;
	enum law_confidence confidence;
	const char *note;
	struct law_pos pos;
};

struct law_refund_filer {
	char first[4], last[4];
};

struct law_refund_matter {
	const char *id, *title;
	int32_t from;
	uint32_t from_by, by;
	enum law_confidence confidence;
	const char *const *reasons;
	uint32_t reason_count;
};

/* A rule of one number or text. */
struct law_refund_rule {
	int64_t number;
	const char *say;
	uint32_t by;
	enum law_confidence confidence;
};

struct law_refunds {
	const char *id, *title;
	uint32_t by;
	uint32_t jurisdiction;
	struct law_refund_fact fact[REFUND_FACTS];
	const struct law_refund_test *tests; /* in order, those that accept last */
	uint32_t test_count;
	const struct law_refund_heading *headings; /* by code */
	uint32_t heading_count;
	const struct law_refund_rate *rates; /* by day, without gaps */
	uint32_t rate_count;
	const struct law_refund_filer *filers;
	uint32_t filer_count;
	uint32_t number_by, number_digits;
	const char *letters; /* 26 digits */
	const struct law_refund_matter *matters;
	uint32_t matter_count;
	struct law_refund_rule protest, suit, interest, target;
	const char *upload, *header; /* name and first line of the files */
	int64_t entries, bytes;
	int64_t layers, provisions; /* chapters */
	uint32_t chapters_by, upload_by, results_by;
	const char *const *taken, *const *refused;
	uint32_t taken_count, refused_count;
	const uint32_t *cited; /* every instrument named, one perhaps more than once */
	uint32_t cited_count;
};

#endif
