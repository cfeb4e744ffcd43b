/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A question for tariff codes answered: by words or around a code, what was found and what is laid
 * on it, and how that is written for programs. Classifies nothing.
 */
#ifndef TW_CODES_ANSWER_H
#define TW_CODES_ANSWER_H

#include "codes/base.h"
#include "codes/codes.h"
#include "common/buffer.h"

#define CODE_HEADINGS 24 /* of one code; more are said to be left out */
#define CODE_NOTICE "It is a look-up aid; it does not classify goods."

/* A heading beside the base duty that applies to a code. */
struct code_heading {
	char heading[24], rate[48], program[64];
	const char *title; /* of the program; lives with the rulebook */
	bool is_void;      /* struck down by a court, but collected */
};
struct code_bite {
	struct code_heading heading[CODE_HEADINGS];
	size_t count;
	bool more;       /* there were more than fit */
	char why[240];   /* no answer: why */
	bool incomplete; /* it turns on facts that are not declared here */
};

struct code_answer {
	const char *text;   /* as asked: words or a code; "" for the chapters */
	char digits[11];    /* the code asked for, or "" */
	char on[16];        /* "2026-11-29" */
	const char *origin; /* two letters, or NULL */
	int32_t day;
	tw_time at; /* noon of the day */
	const tw_rulebook *rulebook;
	struct codes_list way;    /* what stands above the code, and it */
	struct codes_list found;  /* beneath the code, or found by words */
	struct codes_list before; /* all periods of a code that is not in force on the day */
	struct codes_list successors;
	bool named;    /* the law names the successors */
	bool declared; /* a heading of chapter 99: the measures declared under it are told */
	char **words;  /* the way to each of way and found, in this order, in words */
	struct code_bite *bites; /* of way and found, in this order; NULL: no origin */
	char hint[400];          /* why nothing was found; or "" */
};

/*
 * The words or the code of a question, and its day ("2026-11-29"). The texts are lent. Then
 * code_answer_find: `limit` codes, 0: as many as are usual; `today`: see tw_options. Free with
 * code_answer_free, also after an error; TW_BAD_ARGUMENT says what would be right.
 */
int code_answer_ask(struct code_answer *answer, const char *text, const char *on,
		    struct tw_error *error);
int code_answer_find(struct code_answer *answer, struct codes *codes, size_t limit,
		     const char *today, struct tw_error *error);
void code_answer_free(struct code_answer *answer);

/* bite.c: the headings of one code for an origin on a day, by the assessor. */
int code_bite(struct code_bite *out, tw_assessor *assessor, const struct code_answer *answer,
	      const struct codes_entry *entry, struct tw_error *error);
bool code_same_bite(const struct code_bite *a, const struct code_bite *b);

/* The entries shown: what stands above and the code, then what was found. */
size_t code_count(const struct code_answer *answer);
const struct codes_entry *code_entry(const struct code_answer *answer, size_t i);

/* data.c: one object; an object a code; rows under a header. */
void code_json(struct buffer *out, const struct code_answer *answer);
void code_ndjson(struct buffer *out, const struct code_answer *answer);
void code_csv(struct buffer *out, const struct code_answer *answer);

/* Whether the line is divided no further. */
bool code_is_leaf(const struct codes_entry *entry);

#endif
