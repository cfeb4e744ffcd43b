/* SPDX-License-Identifier: Apache-2.0 */
/* Timelines written: rows, objects, a table for people, a chart. Decides nothing. */
#ifndef TW_TIMELINE_WRITE_H
#define TW_TIMELINE_WRITE_H

#include "common/buffer.h"
#include "timeline/timeline.h"

enum { TOLD_MOST = 64 /* origins side by side */ };

/* A line, its steps and marks. */
struct told {
	const tw_timeline *timeline;
	const struct tw_line *line;
	const struct tw_step *step;
	size_t count;
	const struct tw_mark *mark; /* by time */
	size_t mark_count;
};

struct style {
	tw_money assumed; /* the value, where none was given; or 0 */
	bool color;
};

/* The steps of a line as tw_timeline_steps gives them, with their marks. */
int told_find(struct told *told, tw_timeline *timeline, const struct tw_line *line,
	      struct tw_error *error);

void write_csv_header(struct buffer *out);
/* safe: see buffer_end_cell. */
void write_csv(struct buffer *out, const struct told *told, bool safe);
void write_ndjson(struct buffer *out, const struct told *told);
/* One document of all lines. */
void write_json(struct buffer *out, const struct told *told, size_t count);
/* Whether a duty of any step is held unlawful. */
bool any_void(const struct told *told, size_t count);
/* What an answer says where its base duty is an estimate, or NULL. */
const char *write_estimated(const struct tw_assessment *answer);
/* The same of the first step of any line that says it. */
const char *any_estimated(const struct told *told, size_t count);
/* It in rows of their own, where there is one. */
void write_estimate(struct buffer *out, const struct told *told, size_t count);
/* For people: one line as a list of its steps, several side by side. */
void write_page(struct buffer *out, const struct told *told, size_t count,
		const struct style *style);
/* Two days or more side by side: every duty, and what moved. */
void write_days(struct buffer *out, const struct told *told, const struct style *style);
void write_svg(struct buffer *out, const struct told *told, size_t count,
	       const struct style *style);

/* What moved in a step, a row each behind so many blanks; `origin` before it, or "". */
void write_moves(struct buffer *out, const struct tw_step *step, const char *origin);
/* "began", "ended", ... */
const char *write_moved(enum tw_moved what);
/* The code and the origin, as the line has them where they are not understood. */
const char *write_code(char out[24], const struct told *told);
const char *write_origin(char out[24], const struct told *told);
/* "25%", "exempt", "no rate". */
const char *write_layer_rate(const struct tw_layer *layer);
/* "145%", "free", "open", or why the line is refused. */
const char *write_rate(const struct tw_assessment *answer);
/* "78.30", "64.80 to 100.00", "not known"; needs 64 bytes. */
const char *write_duty(char out[64], const struct tw_assessment *answer);
/* A text so that it ends in a column, two blanks behind what stands before it at least. */
void write_right(struct buffer *out, const char *text, size_t columns);
/* The edition of the law, as known on which day, and its fingerprint. */
void write_edition(struct buffer *out, const tw_rulebook *book);
/* "2025-02-04", where it is midnight, or "2025-02-04 00:01"; needs 17 bytes. */
const char *write_day(char out[17], tw_time at, int offset);

#endif
