/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The law of refunds inside a rulebook: fixed-width records in one section,
 * indexes in place of pointers, texts as offsets (0 is ""). Written by
 * src/compiler/refunds, checked once by refunds_open, trusted after.
 */
#ifndef TW_RULEBOOK_REFUNDS_H
#define TW_RULEBOOK_REFUNDS_H

#include "common/refund_facts.h"
#include "rulebook/rulebook.h"

#define REFUNDS_TAG RULEBOOK_TAG('R', 'F', 'N', 'D')
#define REFUNDS_VERSION 2
#define REFUNDS_NONE UINT32_MAX

enum refunds_part {
	REFUNDS_TEXTS, /* bytes, terminated */
	REFUNDS_TERMS, /* one */
	REFUNDS_TESTS, /* in order, those that accept last */
	REFUNDS_ATOMS,
	REFUNDS_INDEXES, /* uint32_t, referred to by spans */
	REFUNDS_WORDS,
	REFUNDS_FACT_ROWS, /* REFUND_FACTS of them */
	REFUNDS_HEADINGS,  /* sorted by code */
	REFUNDS_RATES,     /* sorted by day, without gaps */
	REFUNDS_FILERS,
	REFUNDS_MATTERS,
	REFUNDS_PARTS
};

/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
struct refunds_span {
	uint32_t first, count;
};
struct refunds_header {
	uint32_t version, reserved;
	struct {
		uint32_t offset, count;
	} part[REFUNDS_PARTS];
};

struct refunds_terms {
	uint32_t id, title, by;
	uint32_t number_by, number_digits;
	uint32_t protest_by, protest_days, protest_say;
	uint32_t suit_by, suit_say, suit_confidence;
	uint32_t interest_by, interest_target, target_by;
	uint32_t chapters_by, layers, provisions; /* two digits */
	uint32_t upload_by, upload_name, upload_header, upload_entries, upload_bytes;
	uint32_t results_by;
	struct refunds_span taken, refused; /* indexes: texts */
	char letters[28];                   /* 26 digits: the values of A to Z */
};

struct refunds_test {
	uint32_t reason, title, say, message, by, confidence;
	int32_t from, until; /* days of filing since 1970, until exclusive */
	struct refunds_span when;
	uint32_t accepted, reserved;
};
struct refunds_atom {
	uint32_t fact, op;          /* enum refund_fact, refund_operator */
	struct refunds_span values; /* indexes: values of the fact */
	int64_t number;
};
struct refunds_word {
	uint32_t text, value;
};
struct refunds_fact {
	uint32_t ask, assume;           /* assume: a value, or REFUNDS_NONE */
	struct refunds_span words, own; /* in the part of words; own: without spellings */
	struct refunds_span unless;     /* in the part of atoms; count 0: assumed always */
};
struct refunds_heading {
	uint32_t code; /* eight digits */
	uint32_t text, scope, rate, note, by, confidence;
	uint32_t kind; /* enum refund_kind */
	int32_t from, through;
	char column1_of[4]; /* two letters, or "" */
	uint32_t reserved;
};
struct refunds_rate {
	int32_t from, through;
	struct {
		uint32_t num, den; /* a year */
	} rate[2];                 /* of a corporation, of others */
	uint32_t by, confidence, note, reserved;
};
struct refunds_filer {
	char first[4], last[4];
};
struct refunds_matter {
	uint32_t id, title, by, confidence;
	int32_t from;
	uint32_t reserved;
	struct refunds_span reasons; /* indexes: texts */
};
#pragma GCC diagnostic pop

struct refunds {
	const char *texts;
	const struct refunds_terms *terms;
	const struct refunds_test *tests;
	const struct refunds_atom *atoms;
	const uint32_t *indexes;
	const struct refunds_word *words;
	const struct refunds_fact *facts;
	const struct refunds_heading *headings;
	const struct refunds_rate *rates;
	const struct refunds_filer *filers;
	const struct refunds_matter *matters;
	uint32_t count[REFUNDS_PARTS];
};

/* TW_NOT_FOUND when the rulebook has no law of refunds; TW_BAD_RULEBOOK when it is damaged. */
int refunds_open(struct refunds *out, const tw_rulebook *rulebook, struct tw_error *error);
/* The same from a section's bytes (8-byte aligned), for tests and fuzzing. */
bool refunds_check(struct refunds *out, const void *section, size_t size);

static inline const char *refunds_text(const struct refunds *law, uint32_t offset)
{
	return law->texts + offset;
}
/* The heading of eight digits, or NULL. */
const struct refunds_heading *refunds_heading(const struct refunds *law, uint32_t code);

#endif
