/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where in a written answer that stands which is another on the next line of
 * the same plan: amounts, the code, the day. A writer notes it while it writes,
 * so that a template can be made of what it wrote (template.h) and nobody has
 * to spell an answer twice. What is noted is the address of the value.
 */
#ifndef TW_FINDINGS_MARKS_H
#define TW_FINDINGS_MARKS_H

#include "common/buffer.h"

/* How a value is written. */
enum mark_form {
	MARK_MONEY,   /* 12.50 */
	MARK_SHORT,   /* 12, or 12.50 */
	MARK_EMPTY,   /* 12.50, or nothing where it is not known (-1) */
	MARK_QUOTED,  /* "12.50" */
	MARK_NULL,    /* "12.50", or null where it is not known */
	MARK_WORDS,   /* a text */
	MARK_STRING,  /* a JSON string, or null where it is empty */
	MARK_TEXT,    /* a JSON string, empty or not */
	MARK_INSTANT, /* a JSON string of an instant, or null where it is none */
	MARK_LIST,    /* a JSON array of one text, or of none */
	MARK_KNOWN,   /* nothing; it is known, and else more would be written or less */
	MARK_UNKNOWN
};

enum { MARKS = 512 };

struct mark {
	size_t at, length; /* in the buffer */
	const void *what;
	enum mark_form form;
};

struct marks {
	struct mark mark[MARKS];
	size_t count;
	size_t quotes[MARKS]; /* see marks_cell */
	bool failed;          /* too many, or moved out of sight: no template can be made */
};

/* Notes that what was appended since `start` is the value. */
void marks_add(struct buffer *out, size_t start, const void *what, enum mark_form form);

/* Appends an amount, and notes it where somebody asks for it. */
void mark_money(struct buffer *out, const tw_money *amount, enum mark_form form);
/* Whether an amount is known, for a writer that writes something else where it is not. */
bool mark_known(struct buffer *out, const tw_money *amount);

/* The notes follow when a cell is quoted: before and after buffer_end_cell. */
void marks_before_cell(struct buffer *out, size_t start);
void marks_after_cell(struct buffer *out, size_t start, size_t length_before);

#endif
