/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The columns of a file as its first lines show them: of a CSV file those of
 * its header, of NDJSON the keys that stood there. For each what it is read
 * as, its first values, and whether the cells of a claim are of its type.
 */
#ifndef TW_LINES_SEEN_H
#define TW_LINES_SEEN_H

#include "lines/header_word.h"
#include "lines/sample.h"

enum { SEEN_VALUES = 3, SEEN_LENGTH = 48 };

struct seen_column {
	char *name; /* of NDJSON, owned; NULL of CSV, whose header has it */
	size_t length;
	struct header_word found; /* of NDJSON */
	enum columns_why why;     /* of NDJSON */
	char value[SEEN_VALUES][SEEN_LENGTH];
	unsigned values;
	uint64_t fits, misfits; /* of a claim: cells that are of its type, and others */
};

struct seen {
	size_t count;
	struct seen_column *column; /* CSV_FIELDS of them */
	int16_t slot[2048];         /* by hash of the name: column + 1, or 0 */
};

/* What decides which claims a file has; see sample.h. */
extern const struct sample_decider seen_decider;

/* The meaning of an NDJSON key that the first lines had; NULL: they had it not. */
const struct seen_column *seen_find(const struct seen *seen, struct tw_text key);
void seen_free(struct seen *seen);

#endif
