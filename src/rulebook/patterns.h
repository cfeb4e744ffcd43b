/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What to look for across lines, inside a rulebook: fixed-width records in one section, indexes in
 * place of pointers, texts as offsets (0 is ""). Written by src/compiler/patterns, checked once by
 * patterns_open, trusted after.
 */
#ifndef TW_RULEBOOK_PATTERNS_H
#define TW_RULEBOOK_PATTERNS_H

#include "common/pattern_words.h"
#include "rulebook/rulebook.h"

#define PATTERNS_TAG RULEBOOK_TAG('P', 'T', 'R', 'N')
#define PATTERNS_VERSION 2

enum patterns_part_of_section {
	PATTERNS_TEXTS, /* bytes, terminated */
	PATTERNS_ROWS,  /* by id */
	PATTERNS_RULES,
	PATTERNS_PARTS,
	PATTERNS_INDEXES, /* uint32_t: texts, referred to by spans */
	PATTERNS_SECTIONS
};

/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
struct patterns_span {
	uint32_t first, count;
};
struct patterns_header {
	uint32_t version, reserved;
	struct {
		uint32_t offset, count;
	} part[PATTERNS_SECTIONS];
};

struct patterns_row {
	uint32_t id, title, says, innocent;
	uint32_t into, exemption, licence; /* "": any, none */
	/* Countries of a route as "CN HK "; "": not asked. */
	uint32_t origins, sent_from, through;
	uint32_t kind, group, of; /* enum pattern_kind, pattern_group, pattern_of */
	uint32_t equal, compares;
	uint32_t band; /* 1/100 of a percent of the limit */
	uint32_t chance, days, least, names, lines, digits, times;
	uint32_t reserved;
	int64_t from, until;
	int64_t limit, each, sum; /* -1: not said */
	struct patterns_span rules, parts;
};
struct patterns_rule {
	uint32_t by, at, says, reserved; /* by: the act */
};
struct patterns_part {
	uint32_t name, into, origins, sent_from;       /* "": not asked; countries as above */
	struct patterns_span substances, words, codes; /* indexes */
};
#pragma GCC diagnostic pop

struct patterns {
	const char *texts;
	const struct patterns_row *rows;
	const struct patterns_rule *rules;
	const struct patterns_part *parts;
	const uint32_t *indexes;
	uint32_t count[PATTERNS_SECTIONS];
};

/* TW_NOT_FOUND when the rulebook has no patterns; TW_BAD_RULEBOOK when it is damaged. */
int patterns_open(struct patterns *out, const tw_rulebook *rulebook, struct tw_error *error);
/* The same from a section's bytes (8-byte aligned), for tests and fuzzing. */
bool patterns_check(struct patterns *out, const void *section, size_t size);

static inline const char *patterns_text(const struct patterns *law, uint32_t offset)
{
	return law->texts + offset;
}

#endif
