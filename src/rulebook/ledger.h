/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ledger of controlled chemicals inside a rulebook: who a substance is and
 * which lists it stands on. Fixed-width records in one section, indexes in
 * place of pointers, texts as offsets (0 is ""). Written by
 * src/compiler/chemistry, checked when the rulebook is opened, trusted after.
 */
#ifndef TW_RULEBOOK_LEDGER_H
#define TW_RULEBOOK_LEDGER_H

#include "common/legal.h"
#include "rulebook/rulebook.h"

#define LEDGER_TAG RULEBOOK_TAG('C', 'H', 'E', 'M')
#define LEDGER_TAG_NAMES RULEBOOK_TAG('C', 'H', 'N', 'M')   /* names.h */
#define LEDGER_TAG_CLASSES RULEBOOK_TAG('C', 'H', 'C', 'L') /* structures.h */
#define LEDGER_VERSION 4
#define LEDGER_NONE UINT32_MAX

enum ledger_part {
	LEDGER_TEXTS, /* bytes, terminated */
	LEDGER_SUBSTANCES,
	LEDGER_LISTS,
	LEDGER_CONTROLS, /* grouped by substance */
	LEDGER_INDEXES,  /* uint32_t, referred to by spans */
	LEDGER_CODES,    /* sorted by code */
	LEDGER_NAMES,
	LEDGER_INSTRUMENTS,
	LEDGER_PENALTIES,
	LEDGER_PARTS
};
/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
struct ledger_span {
	uint32_t first, count;
};
struct ledger_header {
	uint32_t version, reserved;
	struct {
		uint32_t offset, count;
	} part[LEDGER_PARTS];
};

#define LEDGER_CLASS 1     /* a class or an administrative list, not one substance */
#define LEDGER_EQUIPMENT 2 /* a machine or its tools */
#define LEDGER_SALTS 4     /* its salts are the substance too, organic or not */
struct ledger_substance {
	uint32_t id, name, formula, weight, inchikey, smiles, confidence, note;
	struct ledger_span cas, un;  /* indexes: texts */
	struct ledger_span classes;  /* indexes: substances that reach this one as a class */
	struct ledger_span names;    /* in the part of names */
	struct ledger_span controls; /* in the part of controls */
	uint32_t flags, kin;         /* kin: the family, text */
};

struct ledger_list {
	uint32_t id, name, english;   /* english: of a name in another language, else "" */
	uint32_t jurisdiction, title; /* "US", "United States" */
	struct ledger_span members;   /* indexes: texts, country codes */
	uint32_t requirement[LEDGER_DIRECTIONS];
	uint8_t must[LEDGER_DIRECTIONS]; /* enum ledger_must */
	uint8_t narcotic;                /* the substance itself is a drug to the law */
	uint8_t everywhere;              /* applies on every route */
	uint8_t zone;                    /* enum time_zone */
	uint8_t sums;                    /* enum ledger_sum, two bits a direction */
};

struct ledger_control {
	uint32_t substance, list;
	uint32_t code, from_text, until_text, threshold, covers, confidence, note;
	int32_t from, until;  /* local days since 1970, until exclusive */
	int32_t mixture_ppm;  /* mixtures up to here are outside, -1: no such rule */
	uint8_t mixture_mask; /* directions (1 << enum ledger_direction) it holds for */
	uint8_t flags, reserved[6];
	struct ledger_span toward; /* indexes: texts; count 0: any destination */
	struct ledger_span by;     /* indexes: instruments */
	int64_t limit;             /* milligrams, or LEDGER_…_LIMIT */
	int64_t volume;            /* microlitres, or LEDGER_NO_LIMIT */
};

struct ledger_code {
	uint64_t low, high;               /* ten-digit numbers, [low, high) */
	uint32_t jurisdiction;            /* text, "" for the Harmonized System */
	uint32_t substance, text, stands; /* enum ledger_stands */
};
struct ledger_name {
	uint32_t text, language, kind, reserved;
};
struct ledger_instrument {
	uint32_t id, title, cite, url;
};
struct ledger_penalty {
	uint32_t section, offence;
	uint32_t years_from, years_to, death, prior, two_priors, fine_person, fine_other;
	uint32_t by, confidence, note; /* by: instrument */
	int32_t from;
	struct ledger_span goods; /* indexes: substances */
	uint32_t reserved;
	int64_t least; /* milligrams of the whole mixture */
};

#pragma GCC diagnostic pop

struct ledger {
	const char *texts;
	const struct ledger_substance *substances;
	const struct ledger_list *lists;
	const struct ledger_control *controls;
	const uint32_t *indexes;
	const struct ledger_code *codes;
	const struct ledger_name *names;
	const struct ledger_instrument *instruments;
	const struct ledger_penalty *penalties;
	uint32_t count[LEDGER_PARTS];
};

/* Of an open rulebook; false: it has no chemistry. */
bool ledger_open(struct ledger *out, const tw_rulebook *rulebook);
/* From a section's bytes (8-byte aligned), every index checked; false: it is damaged. */
bool ledger_check(struct ledger *out, const void *section, size_t size);

static inline const char *ledger_text(const struct ledger *ledger, uint32_t offset)
{
	return ledger->texts + offset;
}
static inline const char *ledger_word(const struct ledger *ledger, struct ledger_span span,
				      uint32_t i)
{
	return ledger->texts + ledger->indexes[span.first + i];
}

/* The substance of an id, or LEDGER_NONE. */
uint32_t ledger_find(const struct ledger *ledger, const char *id);
/* The first of the codes whose six leading digits are those of the ten-digit number. */
struct ledger_span ledger_codes(const struct ledger *ledger, uint64_t code);
/* Whether a row covers a local day. */
static inline bool ledger_covers(const struct ledger_control *row, int64_t day)
{
	return row->from <= day && day < row->until;
}
/* Whose lines the thresholds of a list sum over a month. */
static inline enum ledger_sum ledger_sum_of(const struct ledger_list *list, int direction)
{
	return (enum ledger_sum)(list->sums >> 2 * direction & 3);
}
/* Is a country (two letters) one of a span of texts? */
bool ledger_has(const struct ledger *ledger, struct ledger_span span, const char *country);

/* A control that begins or ends on a day. */
struct ledger_change {
	const struct ledger_control *row;
	int32_t day;
	bool ends;
};
/*
 * All changes with from < day <= until (local days), in order of day; at most
 * capacity. Returns how many there are.
 */
size_t ledger_changes(struct ledger_change *out, size_t capacity, const struct ledger *ledger,
		      int32_t from, int32_t until);

#endif
