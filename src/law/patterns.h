/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What to look for across lines, as it stands in law/patterns: what is put together, within which
 * time, from what on it is told, and the rules that ask for it. It lives in the arena of its struct
 * law. docs/law-format-patterns.md describes the files.
 */
#ifndef TW_LAW_PATTERNS_H
#define TW_LAW_PATTERNS_H

#include "common/pattern_words.h"
#include "law/law.h"

struct law_words {
	const char *const *word;
	uint32_t count;
};

/* Countries that a road asks for. */
struct law_pattern_countries {
	bool asked;
	struct law_origins set;
};

/* Goods of one part of what is looked for together: any of these words says so, of lines that take
   this road. */
struct law_pattern_part {
	const char *name;
	const char *into; /* two letters, or "" */
	struct law_pattern_countries origins, sent_from;
	struct law_words substances, words, codes; /* ids; in lower case; digits */
};

struct law_pattern_rule {
	uint32_t by;
	const char *at, *says; /* "s. 86"; "" where not said */
};

struct law_pattern {
	const char *id, *title, *says, *innocent;
	enum pattern_kind kind;
	enum pattern_group group;
	enum pattern_of of;
	const char *into;      /* two letters, or "": any */
	const char *exemption; /* a program; only where it is open to the line. "": whatever */
	struct law_end from, until;
	tw_money limit, each, sum; /* -1: not said */
	bool equal;                /* what equals the limit is inside it */
	uint32_t band;             /* 1/100 of a percent of the limit */
	uint32_t chance;           /* of one in so many */
	uint32_t days, least, names, lines, digits, times;
	struct law_pattern_countries origins, sent_from, through;
	const char *licence; /* of what needs a licence to leave this country; or "" */
	bool compares;
	const struct law_pattern_part *parts;
	uint32_t part_count;
	const struct law_pattern_rule *rules;
	uint32_t rule_count;
	struct law_pos pos;
};

struct law_patterns {
	const struct law_pattern *pattern; /* by id */
	uint32_t count;
};

#endif
