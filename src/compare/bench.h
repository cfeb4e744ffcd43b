/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the comparison share. Private to src/compare. */
#ifndef TW_COMPARE_BENCH_H
#define TW_COMPARE_BENCH_H

#include "compare/compare.h"
#include "compare/group.h"
#include "compare/outcome.h"
#include "compare/sums.h"

enum { COMPARE_BLOCK = 64 };
#define COMPARE_ASSUMES "quantities do not react"

/* Lines that are not compared: by their state under the first law and the other. */
struct apart {
	uint64_t lines[OUTCOME_STATES][OUTCOME_STATES];
	/* Duty of the ones that are known under one of the two, by currency. */
	struct sums known;
};

struct bench {
	struct groups *groups; /* NULL: each line is written */
	struct names names;
	struct told **told;       /* a law */
	struct sums *sums;        /* a law; of the first nothing */
	struct apart *apart;      /* likewise */
	struct tw_charge *charge; /* [law * COMPARE_BLOCK + line] */
	struct outcome *outcome;  /* of one line under each law */
	struct group_line *line;
	struct compare_counts counts;
};

struct compare {
	struct compare_options options;
	struct bench *bench; /* a thread */
	bool is_joined;
};

/* Adds a line so many times; outcome[0] is that under the first law. */
int compare_add(struct bench *bench, const struct compare *compare, uint64_t count, bool is_first,
		struct tw_error *error);
/* Writes a line, a row a law. */
void compare_row(struct buffer *out, const struct compare *compare, const struct taken *taken,
		 size_t index, const struct bench *bench);

/* Under which names a sum is told; out needs 64 bytes. */
void compare_name(char out[64], const struct bench *bench, uint64_t key);
void compare_currency(char out[4], uint32_t currency);
const char *compare_state(enum outcome_state state);
const char *compare_by(enum sum_by by);

#endif
