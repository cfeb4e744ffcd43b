/* SPDX-License-Identifier: Apache-2.0 */
/* What changed between two days: found by find.c and pair.c, told by news.c and news_json.c. */
#ifndef TW_CHANGES_PAIR_H
#define TW_CHANGES_PAIR_H

#include "common/arena.h"
#include "common/pool.h"
#include "law/json.h"
#include "law/scopes.h"
#include "law/words.h"

enum change_what {
	CHANGE_RISES,
	CHANGE_FALLS,
	CHANGE_BECOMES, /* neither up nor down */
	CHANGE_STAYS,   /* the same by another act */
	CHANGE_BEGINS,
	CHANGE_ENDS,
	CHANGE_JOIN,  /* codes join a list */
	CHANGE_LEAVE, /* codes leave a list */
	CHANGE_YIELDS,
	CHANGE_YIELDS_NO_MORE,
	CHANGE_PREFERENCE_BEGINS,
	CHANGE_PREFERENCE_STAYS,
	CHANGE_PREFERENCE_ENDS,
	CHANGE_SCHEDULE,
	CHANGE_EDITION,  /* another edition of the schedule, none of whose rates is told */
	CHANGE_REPLACED, /* announced for this instant, and replaced before it began */
	CHANGE_VOID      /* a court held the program void; its collection ends */
};

struct change {
	tw_time at;
	uint32_t jurisdiction;
	uint32_t program; /* LAW_NONE: the base schedule */
	enum change_what what;
	uint32_t by;            /* instrument, or LAW_NONE */
	uint32_t before, after; /* measures, or LAW_NONE */
	struct law_origins origins;
	uint32_t list; /* JOIN, LEAVE */
	const struct law_range *codes;
	uint32_t code_count;
	const struct law_yield *yield;
	const struct law_preference *preference;
	const struct law_measure *replaced;                    /* REPLACED: of query->whole */
	uint32_t codes_begin, codes_end, codes_change;         /* SCHEDULE */
	const struct law_schedule_row *row_before, *row_after; /* SCHEDULE, with a code asked */
};

struct changes {
	const struct law_query *query;
	struct pool pool; /* struct change, in the order in which they are told */
	struct arena *arena;
	int first, last; /* local days, both counted */
	bool announced;  /* they are the days on which an act became public, not of effect */
	struct effects *effects; /* announced: what acts come to; NULL: it is not told */
};

static inline bool change_of_list(const struct change *change)
{
	return change->what == CHANGE_JOIN || change->what == CHANGE_LEAVE;
}
static inline bool change_of_measure(const struct change *change)
{
	return change->what <= CHANGE_ENDS;
}

/* All changes from 00:00 of the first to 24:00 of the last day, local time. enum tw_code. */
int changes_find(struct changes *changes);
/* Pairs measures that end with those that begin; used by changes_find. */
int changes_of_program(struct changes *changes, uint32_t program);
/* Is a change at this instant, by this act (or LAW_NONE), one that was asked for? */
bool changes_within(const struct changes *changes, uint32_t jurisdiction, struct law_end end);

void changes_tell(struct buffer *out, const struct changes *changes);
void changes_json(struct buffer *out, const struct changes *changes);
/* One change as an object; with `effects` what a change of a list comes to. */
void change_json(struct buffer *out, const struct law *law, struct effects *effects,
		 const struct change *change);
extern const char *const change_what_words[];
/* A row a change: CSV with its header, or NDJSON, as the query asks. */
void changes_rows(struct buffer *out, const struct changes *changes);

/* A row of CSV; NULL is an empty cell. */
struct change_row {
	const char *at, *into, *what, *program;
	const char *origins;        /* "CN HK MO" */
	const char *goods;          /* codes that join or leave a list; a substance */
	const char *before, *after; /* what one pays; the list of a substance */
	const char *heading, *by, *announced, *text;
};
void changes_row(struct buffer *out, const struct change_row *row);
/* One change as a sentence, without its citation. */
void change_sentence(struct buffer *out, const struct law *law, const struct change *change);
/* "Made known 2025-04-11, counts from 2025-04-05."; nothing of an act known in time. */
void change_retroactive(struct buffer *out, const struct law *law, const struct change *change);
/* Which of the two rates is greater, if that can be said: -1, 0, 1; 2 if not. */
int rates_compare(const struct law_measure *a, const struct law_measure *b);

#endif
