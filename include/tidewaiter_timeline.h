/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How the answer for one line moves with the day of its entry, and by which acts: what `tidewaiter
 * timeline` shows. Part of the library of tidewaiter.h.
 *
 * A tw_timeline belongs to one thread. It assesses the line at every instant at which its answer
 * could be another (tw_instants), keeps those at which it is, and says what moved. Controlled
 * chemicals are not screened for.
 */
#ifndef TIDEWAITER_TIMELINE_H
#define TIDEWAITER_TIMELINE_H

#include "tidewaiter.h"

#ifdef __cplusplus
extern "C" {
#endif

enum tw_every {
	TW_EVERY_STEP, /* each instant at which the answer changes */
	TW_EVERY_DAY,  /* noon of each day */
	TW_EVERY_WEEK, /* noon of each Monday */
	TW_EVERY_MONTH /* noon of the first day of each month */
};

struct tw_timeline_options {
	size_t size;       /* sizeof(struct tw_timeline_options) */
	const char *from;  /* "2025-01-01", its beginning, or a time; NULL: the first day covered */
	const char *until; /* a day, with which it ends, or a time; NULL: the last day covered */
	const char *today; /* the day for which either may say "today"; or NULL */
	enum tw_every every;
	/* Take the code as it is written, and not the numbers that its goods had before it and have
	   after it, where the law names one of each. */
	bool one_code;
	/* What is marked between the steps, see tw_timeline_marks: the days on which acts became
	   known, and events of the record. */
	bool announced, events;
};
#define TW_TIMELINE_OPTIONS_INIT                                                                   \
	{                                                                                          \
		sizeof(struct tw_timeline_options), NULL, NULL, NULL, TW_EVERY_STEP, false, false, \
		    false                                                                          \
	}

/* The value that `tidewaiter timeline` takes where none is given: no limit of small values is met,
   and a rate is exact to the basis point. The calls below take a line as it is. */
#define TW_TIMELINE_ASSUMED "10000"

enum tw_moved {
	TW_MOVED_CODE,      /* the goods stand under another number */
	TW_MOVED_STATUS,    /* refused, incomplete or answered */
	TW_MOVED_BEGAN,     /* a duty */
	TW_MOVED_ENDED,     /* a duty */
	TW_MOVED_CHANGED,   /* a duty: its rate, its heading or what it falls on */
	TW_MOVED_CHOICE,    /* one of several lawful answers */
	TW_MOVED_EXEMPTION, /* from duty, of goods of small value */
	TW_MOVED_FEE,
	TW_MOVED_ENTRY,  /* the type of entry */
	TW_MOVED_AMOUNT, /* what an answer that stays open may come to */
	TW_MOVED_ORDER, /* an antidumping or countervailing order: its case number is the heading */
	TW_MOVED_TAX    /* on the import, beside the duty; what the duty moves of it is told too */
};

/* What is unlike in the answer, and the acts that made it so. */
struct tw_move {
	enum tw_moved what;
	const char *program; /* id in the law, or "" */
	const char *title;   /* of the program, or "" */
	const char *heading; /* of a duty that has one: the new one, where it began or changed */
	const char *before,
	    *after;             /* "10%", "free", "suspended"; "" where there was, or is, none */
	struct tw_citations by; /* may be empty: a season has no act of that day */
};

/* From an instant on, until the next one, the answer is this. */
struct tw_step {
	tw_time at, until;        /* [at, until) */
	int offset, until_offset; /* seconds east of UTC of the legal time */
	/* As tw_assess gives it; substances and controls are empty. */
	const struct tw_assessment *answer;
	/* Since the step before; none in the first. */
	const struct tw_move *moves;
	size_t move_count;
	/* The numbers in which the goods of the code stand from here on, where the law names
	   several and none was followed: 10 digits each. */
	const char *const *successors;
	size_t successor_count;
	bool is_beyond; /* it begins behind the last day covered: later acts are not reflected */
};

/* An act that moved something, and when it could be known. */
struct tw_announcement {
	const char *act; /* id */
	tw_time known;   /* the beginning of the day on which it became public */
	int offset;
	tw_time moves_on; /* the first step that cites it */
};

enum tw_mark_kind {
	TW_MARK_ANNOUNCED, /* an act became known */
	TW_MARK_EVENT      /* of the record */
};

/* What lies between the steps. */
struct tw_mark {
	enum tw_mark_kind kind;
	tw_time at; /* the beginning of the day */
	int offset;
	const char *id;    /* of the act, or of the event */
	const char *title; /* of the act; what happened */
	const char *cite;  /* of the act, or who published it */
	const char *url;   /* or "" */
	bool moves;        /* a step, the first that cites it: */
	tw_time moves_on;
};

typedef struct tw_timeline tw_timeline;

/*
 * The rulebook must outlive it, the options need not (NULL: the default ones). Free with
 * tw_timeline_free, which takes NULL. TW_BAD_ARGUMENT: a size that the struct never had.
 */
TW_API int tw_timeline_new(tw_timeline **out, const tw_rulebook *rulebook,
			   const struct tw_timeline_options *options, struct tw_error *error);
TW_API void tw_timeline_free(tw_timeline *timeline);

/*
 * The steps of a line, whose column `entered` is not looked at; at least one. They live until the
 * next call. A line that cannot be understood has one step, refused with the reason.
 * TW_BAD_ARGUMENT: from or until cannot be read, or until is before from. TW_NOT_FOUND: events are
 * asked for, and the rulebook has no record.
 */
TW_API int tw_timeline_steps(const struct tw_step **out, size_t *count, tw_timeline *timeline,
			     const struct tw_line *line, struct tw_error *error);

/*
 * The same on some days alone, as a line writes them ("2025-05-02", "2025-05-02T00:01"), in the
 * order given, each with what moved since the one before.
 */
TW_API int tw_timeline_days(const struct tw_step **out, size_t *count, tw_timeline *timeline,
			    const struct tw_line *line, const char *const *days, size_t day_count,
			    struct tw_error *error);

/* The acts that the steps of the last call cite, each once, by the day on which it was known. They
   live until the next call for steps. */
TW_API int tw_timeline_announced(const struct tw_announcement **out, size_t *count,
				 tw_timeline *timeline, struct tw_error *error);

/*
 * What the options ask to mark between the steps of the last call of tw_timeline_steps, by time:
 * acts that they cite, and events of the record that concern the line: the country of origin took
 * part, one of its acts moves a step, or a court of the importing country ruled. Marks live until
 * the next call for steps; of tw_timeline_days there are none.
 */
TW_API int tw_timeline_marks(const struct tw_mark **out, size_t *count, const tw_timeline *timeline,
			     struct tw_error *error);

/*
 * Adds what `tidewaiter timeline --format ndjson` prints for the steps of a line: an object and a
 * line end for each of them, and for each mark of the timeline between them. On an error the text
 * is as it was.
 */
TW_API int tw_timeline_json(struct tw_output *out, const tw_timeline *timeline,
			    const struct tw_line *line, const struct tw_step *steps, size_t count,
			    struct tw_error *error);
/* The same as `--format csv` prints it, a row for each. With count 0: the names of the columns. */
TW_API int tw_timeline_csv(struct tw_output *out, const tw_timeline *timeline,
			   const struct tw_line *line, const struct tw_step *steps, size_t count,
			   struct tw_error *error);

#ifdef __cplusplus
}
#endif
#endif
