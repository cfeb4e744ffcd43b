/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a writer wrote of one line, with gaps for what another line of the same
 * plan has otherwise; filled from its charge. It is made from the writer's own
 * text and notes (marks.h), and decides nothing.
 */
#ifndef TW_FINDINGS_TEMPLATE_H
#define TW_FINDINGS_TEMPLATE_H

#include "findings/marks.h"
#include "findings/phrases.h"

#include <string.h>

struct template_gap;

struct template
{
	const char *text; /* of all phrases */
	const struct template_gap *gap;
	uint32_t gaps;
	uint32_t end, end_length; /* the phrase behind the last gap */
	size_t room;              /* bytes that it is filled with at the most */
};

/*
 * Makes a template of what stands in the buffer since `start`, and of the notes from the first
 * on. The answer is the one that was written. One block of memory: free(*out); its texts are those
 * of the phrases. False: no memory, or what was written cannot be one; *out is NULL then.
 */
bool template_make(struct template **out, struct phrases *phrases, const struct buffer *written,
		   size_t start, const struct tw_assessment *answer);

/* Whether two of the same phrases are filled alike, and a hash of what decides it. NULL is like
   NULL. */
bool template_same(const struct template *a, const struct template *b);
uint64_t template_hash(const struct template *template);

/* An instant as JSON shows it, with its quotes; 32 bytes are readable. */
struct template_instant {
	char text[32];
	size_t length;
};
void template_instant(struct template_instant *out, tw_time at, int offset);

/* A text of the rulebook that filled a gap before. */
struct template_word {
	const char *at; /* NULL: none */
	uint8_t length;
	bool is_fit;   /* it is short, and JSON shows it as it is */
	char text[38]; /* where it is fit, readable to the end */
};
/* A day on which a line was entered, and one of its instants as it is written. */
struct template_day {
	int64_t days;
	int offset; /* seconds east of UTC */
	struct template_instant text;
};
enum { TEMPLATE_WORDS = 256, TEMPLATE_DAYS = 64 };
/* One a thread, and of one rulebook; all zeros at first. */
struct template_words {
	struct template_word word[TEMPLATE_WORDS];
	struct template_day day[TEMPLATE_DAYS];
};

/* A line that a template is filled for. */
struct template_line {
	const struct tw_typed_line *line;
	const struct tw_charge *charge;
	struct template_words *words;
	int entered_offset;                     /* seconds east of UTC */
	const struct template_instant *changes; /* that of the charge, or NULL: there is none */
};

char *template_fill_gaps(char *to, const struct template *from, const struct template_line *line);

/* A phrase; up to 63 bytes behind it may be read and written. Most are one step. */
static inline char *template_copy(char *to, const char *from, size_t length)
{
	memcpy(to, from, 32);
	for (size_t i = 32; i < length; i += 32)
		memcpy(to + i, from + i, 32);
	return to + length;
}

/*
 * Fills it in at `to`, which has room for template->room bytes. Returns the end, or NULL where the
 * line needs another text than the template's (what is known is not in it, or the other way
 * round).
 */
static inline char *template_fill(char *to, const struct template *from,
				  const struct template_line *line)
{
	/* Most parts say the same whatever the line. */
	return from->gaps ? template_fill_gaps(to, from, line)
			  : template_copy(to, from->text + from->end, from->end_length);
}

#endif
