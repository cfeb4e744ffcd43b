/* SPDX-License-Identifier: Apache-2.0 */
/* A timeline at work: the steps of one line, and the memory they lie in. */
#ifndef TW_TIMELINE_TIMELINE_H
#define TW_TIMELINE_TIMELINE_H

#include "common/instant.h"
#include "rulebook/layout.h"
#include "tidewaiter_timeline.h"
#include "timeline/pad.h"

struct span;

/* A number of goods over time, as far as it was looked for: other origins ask for the same. */
enum { FOLLOWED = 8 };
struct followed {
	uint64_t asked; /* 0: none */
	const struct rb_jurisdiction *jurisdiction;
	struct {
		tw_time since, next; /* the number stays from then to then */
		uint64_t code;
		const struct rb_renumbered *split;
	} part[FOLLOWED];
	size_t count;
};

/* What was found of the law for other lines; texts of the rulebook, which are known by their place.
 */
enum { MEMO_BITS = 10, CITED = 3 };
struct titled {
	const char *program, *title;
};
struct cited {
	uint32_t first, end; /* the law's moves among which it was looked for */
	const char *program, *measure;
	size_t count;
	const char *act[CITED];
};

struct tw_timeline {
	const tw_rulebook *book;
	const struct rb *rb;
	tw_assessor *assessor;
	struct span *span;
	struct tw_timeline_options options;
	char from[64], until[64], today[64]; /* the texts of the options */
	/* Of the last call. */
	struct pad pad;
	bool asked;                                 /* there was one */
	const struct rb_jurisdiction *jurisdiction; /* NULL: its duties are not covered */
	enum time_zone zone;
	tw_time begin, end; /* [begin, end) */
	struct tw_step *step;
	size_t step_count, step_room;
	tw_time *instant;
	size_t instant_count, instant_room;
	struct tw_announcement *announced;
	struct tw_mark *mark;
	size_t mark_count;
	struct followed followed;
	struct titled titled[1 << MEMO_BITS];
	struct cited cited[1 << MEMO_BITS];
};

/* keep.c: an answer that outlives the assessor's next call; NULL: no memory. */
const struct tw_assessment *keep_answer(struct pad *pad, const struct tw_assessment *answer);
const char *const *keep_texts(struct pad *pad, const char *const *from, size_t count);
/* What it points to is copied; false: no memory. */
bool keep_adcvd(struct pad *pad, struct tw_adcvd *x);

/* alike.c: nobody pays, files or is told otherwise. Acts and remarks do not count. */
bool alike(const struct tw_assessment *a, const struct tw_assessment *b);
/* One layer, fee, exemption likewise. */
bool alike_layer(const struct tw_layer *a, const struct tw_layer *b);
bool alike_choice(const struct tw_choice *a, const struct tw_choice *b);
bool alike_order(const struct tw_adcvd_order *a, const struct tw_adcvd_order *b);

/* moves.c: what moved in (after, at]; false: no memory. */
bool moves_find(struct tw_step *step, struct tw_timeline *t, const struct tw_assessment *before,
		tw_time after);
/* acts.c: what a program is called, or "". */
const char *moves_title(const struct tw_timeline *t, const char *program);

/* marks.c: what the options ask to mark between the steps. */
int marks_find(tw_timeline *t, struct tw_error *error);

/* follow.c: the number under which goods stand at an instant, as ten digits. */
struct follow {
	uint64_t code;
	const struct rb_renumbered *split; /* given up for several; NULL: not so */
};
struct follow follow_at(const struct tw_timeline *t, uint64_t asked, tw_time at);
/* The first day after `at` on which a number may be another, or TW_TIME_MAX. */
tw_time follow_next(const struct tw_timeline *t, uint64_t asked, tw_time at);
/* The ten digits of a code as it is written; false: it has not ten. */
bool follow_read(uint64_t *code, struct tw_text text);
/* The code as ten digits, which lie in `out`. */
struct tw_text follow_write(char out[11], uint64_t code);

#endif
