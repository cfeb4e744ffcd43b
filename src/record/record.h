/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of the conflict, asked: events, series and their figures, sources,
 * claims of the news, the ladder of talks. Rows and pages are appended to a
 * buffer. What the law says of a line is asked from the assessor.
 */
#ifndef TW_RECORD_RECORD_H
#define TW_RECORD_RECORD_H

#include "record/rows.h"
#include "rulebook/record.h"

/* Days as local days since 1970. */
struct record_question {
	enum record_format format;
	int32_t since, until; /* both counted; INT32_MIN and INT32_MAX: any */
	const char *about;    /* in the words of an event, in any case; NULL: any */
	const char *actor;    /* NULL: any */
	bool all;             /* figures that were revised, too */
	int32_t known;        /* figures that were published by that day; INT32_MAX: all */
	const char *every;    /* "year", "fiscal-year", "month": periods of that form; NULL: any */
};

void record_question_begin(struct record_question *question);
/* "2025", "2025-05", "2025-05-02": its first or its last day. TW_BAD_ARGUMENT. */
int record_day_read(int32_t *out, const char *text, bool last, struct tw_error *error);
/* "2025-05-02". */
const char *record_day_text(char out[16], int32_t day);
/* "1234.5" in thousandths; with commas: "1,234.5". */
const char *record_value_text(char out[48], int64_t value, bool commas);
/* The value of a figure with its bound: "about 1,050,000,000". */
const char *record_figure_text(char out[64], const struct record_figure *figure);

/* events.c */
/* TW_OK where there is such an actor, or none is asked for; else an error with the nearest. */
int record_actor_find(const struct record *record, const char *actor, struct tw_error *error);
bool record_event_asked(const struct record *record, const struct record_event *event,
			const struct record_question *question);
int record_events_write(struct buffer *out, const struct record *record,
			const struct record_question *question, struct tw_error *error);
void record_event_row(struct rows *rows, const struct record *record,
		      const struct record_event *event);
extern const char *const record_event_columns[];

/* series.c: the list of series, or (names) their figures. */
/* The last figure of its period that was published by the day, and not revised by another. */
bool record_figure_stands(const struct record *record, const struct record_figure *figure,
			  int32_t known);
bool record_figure_asked(const struct record *record, const struct record_figure *figure,
			 const struct record_question *question);
int record_series_write(struct buffer *out, const struct record *record, const char *const *names,
			size_t count, const struct record_question *question,
			struct tw_error *error);
void record_figure_row(struct rows *rows, const struct record *record,
		       const struct record_figure *figure);
extern const char *const record_figure_columns[];
/* The series of a name; or RECORD_NONE and an error with the nearest. */
uint32_t record_series_named(const struct record *record, const char *name, struct tw_error *error);

/*
 * sum.c: the figures that stand, added up. TW_UNSUPPORTED where something would be counted twice
 * or is of another kind: the error says which and why.
 */
struct record_sum {
	int64_t value; /* RECORD_SCALE */
	uint32_t figures;
	int32_t first, last;
	int32_t gap_first,
	    gap_last; /* the first days within that no figure covers; or RECORD_NO_DAY */
	bool bounded; /* some of the figures are about, over or under */
};
int record_sum(struct record_sum *out, const struct record *record, const uint32_t *series,
	       size_t count, const struct record_question *question, struct tw_error *error);
int record_sum_write(struct buffer *out, const struct record *record, const char *const *names,
		     size_t count, const struct record_question *question, struct tw_error *error);

/* sources.c */
int record_sources_write(struct buffer *out, const struct record *record,
			 const struct record_question *question);

/* plot.c: an SVG, or lines for a terminal. */
int record_plot_write(struct buffer *out, const struct record *record, const char *const *names,
		      size_t count, const struct record_question *question, bool with_events,
		      struct tw_error *error);
int record_spark_write(struct buffer *out, const struct record *record, const char *const *names,
		       size_t count, const struct record_question *question, bool with_events,
		       struct tw_error *error);

/* asks.c: what is asked of law and figures, as a text appended to a buffer: "145%", "yes". */
int record_ask(struct buffer *out, const struct record *record, tw_assessor *assessor,
	       const struct record_asked *asked, struct tw_error *error);

/* news.c: the claims, and what they come to now; *differing counts answers other than expected. */
int record_news_write(struct buffer *out, const struct record *record, const tw_rulebook *rulebook,
		      const struct record_question *question, uint32_t *differing,
		      struct tw_error *error);

/* ladder.c: the steps of the talks; without lines what moved is named and not valued. */
struct record_owed {
	char currency[4];
	tw_money before, after; /* of the lines whose duty is known at both instants */
};
struct record_moved {
	tw_time at; /* of the change */
	const char *into;
	uint32_t zone;
	struct record_owed *owed; /* duty on the lines a minute before and then, by currency */
	size_t owed_count, owed_room;
	uint64_t lines;                         /* into the country */
	uint64_t unknown;                       /* of these not in the sums: at one of both */
	uint64_t unknown_before, unknown_after; /* without an amount a minute before, and then */
	char because[160];                      /* why that is so of the first of them, or "" */
};
/* The sums of a currency, which are made where there are none; NULL: no memory. */
struct record_owed *record_owed_of(struct record_moved *moved, const char *currency);
/* What the lines owe before and after an instant; rows of a caller that read them. */
struct record_lines {
	int (*value)(void *context, struct record_moved *moved, struct tw_error *error);
	void *context;
};
int record_talks_write(struct buffer *out, const struct record *record,
		       const struct record_question *question, const struct record_lines *lines,
		       struct tw_error *error);

#endif
