/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is seen across lines: the patterns of the law, looked for in any number of lines. Each line
 * is handed over by a run (findings/taken.h); what it brings to the patterns is written to where
 * the run writes, a file that is read back once, sorted on temporary files and walked through.
 * Memory is fixed, whatever the number of lines. It reasons about no law: duties are the
 * assessor's.
 */
#ifndef TW_ACROSS_ACROSS_H
#define TW_ACROSS_ACROSS_H

#include "common/buffer.h"
#include "findings/taken.h"

enum across_format { ACROSS_TABLE, ACROSS_CSV, ACROSS_NDJSON };
enum across_graph { ACROSS_NO_GRAPH, ACROSS_GRAPHML, ACROSS_DOT };

/* Takes pieces of text in their order. */
typedef int across_write(void *context, const char *at, size_t length, struct tw_error *error);

struct across_options {
	const tw_rulebook *rulebook;
	unsigned jobs; /* workers that hand lines over */
	enum across_format format;
	enum across_graph graph; /* in place of the format */
	size_t width;            /* of the table; 0: 80 columns */
	size_t memory;           /* bytes of a run of a sort; 0: 1 MiB */
	across_write *write;
	across_write *lines; /* takes all lines of what is seen as rows of CSV; NULL: not wanted */
	void *write_context; /* of both */
	across_write *note;  /* takes what is to be said of lines that are refused */
	void *note_context;
	bool quiet;
};

struct across_counts {
	uint64_t lines, refused; /* of the lines these are not looked at */
	uint64_t sightings, questions;
};

struct across;

/* list.c: the patterns of the law themselves, or the one of this name; no lines are read. */
int across_list(struct buffer *out, const struct across_options *options, const char *name,
		struct tw_error *error);

/* TW_NOT_FOUND: the law names no patterns. */
int across_new(struct across **out, const struct across_options *options, struct tw_error *error);
void across_free(struct across *across);
/* take_lines and take_end; the context is the struct across. */
int across_take(void *context, const struct taken *taken, struct tw_error *error);
int across_end(void *context, const struct taken *taken, struct tw_error *error);
/* After the run: what it wrote stands in `marks`, which is at its beginning or not. */
int across_finish(struct across_counts *counts, struct across *across, int marks,
		  struct tw_error *error);
/* "3 lines: no consignee, so not seen by us.consignee.day": a row a pattern. */
void across_without(struct buffer *out, const struct across *across);

#endif
