/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Findings, written: NDJSON, CSV and a table for people. A writer appends one
 * line's answer to a buffer; it decides nothing and reads no input.
 */
#ifndef TW_LINES_FINDING_H
#define TW_LINES_FINDING_H

#include "buffer.h"
#include "item.h"

struct finding_style {
	const char *edition, *known_on, *sha256; /* of the law */
	bool keep;                               /* carry unknown columns */
	bool color;
	const struct tw_text *kept_names; /* CSV: the header of the kept columns, all files */
	size_t kept_count;
	bool has_filed; /* CSV: some file is an export of entries: columns of what was declared */
	bool kept_json; /* CSV: a last column "kept" for the unknown keys of NDJSON */
};

/* One line's answer: the assessor's, or the reader's refusal. */
struct finding {
	const struct item *item;            /* may be NULL: a line from flags */
	const struct tw_assessment *answer; /* NULL: no line could be made; the reader may refuse
					       a line whose goods are known */
	struct tw_text id;
	enum tw_status status;
	enum tw_lane lane;
	const char *reason, *column, *text; /* refused */
};
void finding_make(struct finding *finding, const struct item *item, const struct tw_line *line,
		  const struct tw_assessment *answer);

void finding_ndjson(struct buffer *out, const struct finding *finding,
		    const struct finding_style *style);
void finding_csv_header(struct buffer *out, const struct finding_style *style);
void finding_csv(struct buffer *out, const struct finding *finding,
		 const struct finding_style *style);
void finding_table_header(struct buffer *out, const struct finding_style *style);
void finding_table(struct buffer *out, const struct finding *finding,
		   const struct finding_style *style);

/* "ok", "yellow", "near", "below-threshold". */
const char *finding_status(enum tw_status status);
const char *finding_lane(enum tw_lane lane);
const char *finding_certainty(enum tw_certainty certainty);
const char *finding_control(enum tw_control_status status);
/* The status for people: what is forbidden unless it is allowed is said to be prohibited. */
const char *finding_asks(const struct tw_control_hit *hit);
/* "6109.10.00.12" of digits; needs 24 bytes. */
void finding_code(char out[24], const char *digits);
/* A heading as the answer names it: the layer's own, or its measure or program. */
const char *finding_heading(const struct tw_layer *layer);

/* ES-003: where the declared and the computed layers differ. Amounts: -1 is not there. */
struct finding_difference {
	char heading[24];
	tw_money declared, computed;
};
/* "9903.01.24 declared 400.00, computed 800.00"; needs 160 bytes. */
void finding_difference_text(char out[160], const struct finding_difference *difference);
size_t finding_differences(struct finding_difference *out, size_t room,
			   const struct finding *finding);

#endif
