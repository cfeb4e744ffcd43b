/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of this folder share: what a line brings to a pattern (a mark), what is shown of
 * a line (a card), the walk over sorted marks, and what is seen (a sighting).
 */
#ifndef TW_ACROSS_INNER_H
#define TW_ACROSS_INNER_H

#include <stdio.h>

#include "across/across.h"
#include "common/sort.h"
#include "common/text_key.h"
#include "rulebook/patterns.h"

typedef unsigned char key8[8];

/* Sorted as bytes by pattern, group, order and place of the line. */
struct mark {
	key8 pattern; /* its index */
	text_key near, exact;
	key8 order;   /* the day, the code or the price, as the kind needs it */
	key8 ordinal; /* of the line */
	uint64_t card;
	int64_t day; /* local, of entry */
	int64_t a, b, c, d;
};

enum card_text {
	CARD_FILE,
	CARD_ID,
	CARD_SHIPPER,
	CARD_SHIPPER_ADDRESS,
	CARD_CONSIGNEE,
	CARD_CONSIGNEE_ID,
	CARD_CONSIGNEE_ADDRESS,
	CARD_CONSIGNEE_PHONE,
	CARD_IMPORTER,
	CARD_ORDER,
	CARD_DESCRIPTION,
	CARD_REFUSED, /* "column: what is wrong", of a line that is not looked at */
	CARD_TEXTS
};
enum { CARD_TEXT = 240 /* bytes of a text; longer ones end in "..." */ };

struct card {
	uint64_t number; /* of the line in its file */
	int64_t day;
	tw_money value; /* of the line; -1: none */
	char into[4], origin[4], from[4], currency[8], hts[16];
	struct tw_text text[CARD_TEXTS];
};
/* One that was read, with its texts. */
struct card_read {
	struct card card;
	char room[CARD_TEXTS * (CARD_TEXT + 1)];
};
/* Bytes of the card as it stands. */
void card_put(struct buffer *out, const struct card *card);
int card_load(struct card_read *out, int file, uint64_t at, struct tw_error *error);
/* Its length and the marks behind it stand before a card. */
struct block {
	uint32_t bytes, marks;
};

struct across_worker {
	struct buffer marks;
	uint64_t *without; /* a pattern: lines that do not say the group */
};

struct graph;

/* every.c: all lines of what is seen, by the places of their cards. */
struct every {
	FILE *file; /* NULL: not wanted */
	struct buffer tail;
	uint64_t written; /* places in the file; others are in the tail */
};
/* Of a sighting. */
struct every_range {
	uint64_t number, place, lines;
	uint32_t pattern;
	bool is_question;
};

struct across {
	struct across_options options;
	struct patterns law;
	uint32_t count; /* of patterns */
	struct across_worker *worker;
	/* After the run. */
	int file; /* marks and cards */
	struct sort *sort, *prices;
	struct sort *order; /* of the sightings */
	FILE *spool;        /* their texts */
	uint64_t spooled;
	struct buffer text;
	struct graph *graph;
	struct every every;
	struct across_counts counts;
	uint64_t *without; /* a pattern: lines that do not say the group */
};

/* group.c: who or what a line is put together by. False: it does not say. */
bool group_keys(text_key near, text_key exact, const struct tw_line *line,
		enum pattern_group group);
bool group_is_person(enum pattern_group group);
/* The text of the card by which a group is shown, and a second one or an empty one. */
struct tw_text group_shown(const struct card *card, const struct patterns_row *row);
struct tw_text group_more(const struct card *card, enum pattern_group group);

/* routes.c: the countries of a line against those of a pattern; the one by which it came, or "". */
struct route {
	char origin[4], from[4], via[8][4];
	size_t vias;
};
void route_of(struct route *out, const tw_rulebook *rulebook, const struct tw_line *line,
	      const struct tw_assessment *answer);
bool route_fits(char by[4], const struct patterns *law, const struct patterns_row *row,
		const struct route *route);
/* Of countries "CN HK "; "": whatever it is. */
bool route_is_of(const char *countries, const char *country);

/* parts.c: whether a line is of a part of a pattern. */
struct goods {
	const struct tw_assessment *answer;
	struct tw_text description;
	const char *hts, *into;
	const struct route *route;
};
bool part_has(const struct patterns *law, const struct patterns_part *part,
	      const struct goods *goods);

/* A number that is shown. */
enum { SHOWN = 20, NAMED = 32 };
struct shown {
	const char *name; /* "in_band" */
	char what[120], is[80];
};
struct sighting {
	uint32_t pattern;
	bool is_question;
	int64_t first_day, last_day;
	uint64_t lines;
	struct shown shown[SHOWN];
	size_t shown_count;
	uint64_t card[NAMED], ordinal[NAMED]; /* lines that are named */
	size_t named;
	uint64_t every; /* where all of them begin in every.c */
};
void sighting_begin(struct sighting *sighting, uint32_t pattern, uint64_t every);
void sighting_day(struct sighting *sighting, int64_t day);
/* Lines beyond those that are named. */
static inline uint64_t sighting_more(const struct sighting *s)
{
	return !s->is_question && s->lines > s->named ? s->lines - s->named : 0;
}
/* Names the line if there is room. */
void sighting_name(struct sighting *sighting, const struct mark *mark);
void sighting_show(struct sighting *sighting, const char *name, const char *what, const char *is);
void sighting_number(struct sighting *sighting, const char *name, const char *what,
		     uint64_t number);
void sighting_money(struct sighting *sighting, const char *name, const char *what, tw_money amount);
/* Writes it to the spool. */
int sighting_keep(struct across *across, struct sighting *sighting, struct tw_error *error);
/* All of them in their order, with what stands before and behind. */
int sightings_write(struct across *across, struct tw_error *error);

/* Of persons who are nearly the same. */
#define SAYS_QUESTION                                                                              \
	"names that agree in their letters and digits, under other numbers, addresses or "         \
	"spellings: are they one? Nothing was put together"
#define INNOCENT_QUESTION "namesakes, and branches of one firm, look the same"
/* The forms. A line of the sighting's is cards[0]. */
struct seen_cards {
	const struct card_read *card; /* as many as are named */
	size_t count;
};
void across_ndjson(struct buffer *out, const struct across *across, const struct sighting *sighting,
		   const struct seen_cards *cards);
void across_csv_header(struct buffer *out);
void across_csv(struct buffer *out, const struct across *across, const struct sighting *sighting,
		const struct seen_cards *cards);
void across_table(struct buffer *out, const struct across *across, const struct sighting *sighting,
		  const struct seen_cards *cards);
void across_table_end(struct buffer *out, const struct across *across);
/* The rules of a pattern, as each form has them: objects, a cell and the comma behind it, rows. */
void across_rules_json(struct buffer *out, const struct across *across,
		       const struct patterns_row *row);
void across_rules_csv(struct buffer *out, const struct across *across,
		      const struct patterns_row *row);
void across_rules_table(struct buffer *out, const struct across *across,
			const struct patterns_row *row);

/* graph.c: persons, addresses and goods of the lines that are named. */
int across_graph_new(struct graph **out, size_t memory, struct tw_error *error);
void across_graph_free(struct graph *graph);
int across_graph_add(struct graph *graph, const struct card *card, uint64_t at, uint64_t ordinal,
		     uint32_t pattern, struct tw_error *error);
int across_graph_write(struct graph *graph, struct across *across, struct tw_error *error);

int every_open(struct every *every, struct tw_error *error);
void every_close(struct every *every);
/* How many places there are; what is added behind it may be taken back. */
uint64_t every_place(const struct every *every);
int every_add(struct every *every, uint64_t card, struct tw_error *error);
int every_back(struct every *every, uint64_t place, struct tw_error *error);
int every_finish(struct every *every, struct tw_error *error);
void every_header(struct buffer *out);
int every_write(struct across *across, const struct every_range *range, struct tw_error *error);

/* The walk over sorted marks: a group is opened, given its marks in order, and closed. */
struct heap {
	uint64_t lines[3]; /* of the bands, as take.c numbers them */
	tw_money sum;      /* in the band under the limit; of thresholds milligrams */
	int64_t volume;    /* microlitres */
};
struct lane {
	tw_money value, declared, other; /* duties: of the lines of which both are known */
	uint64_t known, valued;
};
enum { WINDOW_NAMES = 16, CODES = 16 };
/* What came on one day. */
struct day {
	int64_t day;
	uint64_t every; /* where its lines begin in every.c */
	uint64_t count, valued;
	tw_money sum;
	uint64_t of_part[PATTERN_PARTS];
	int64_t who[WINDOW_NAMES]; /* keys of consignees, each once */
	size_t whos;
	uint64_t card[NAMED], ordinal[NAMED];
	uint8_t part[NAMED];
	size_t named;
};
/* The days of a window, the oldest first, and the time over which one window after another held. */
struct window {
	struct day day[PATTERN_DAYS];
	size_t days;
	bool open;
	struct day all; /* of the open time */
	uint64_t most;  /* lines in one window of it */
	tw_money most_sum;
	uint64_t last; /* place of the line before */
};
struct codes {
	struct {
		uint64_t code, lines, card, ordinal;
	} of[CODES];
	uint64_t count, last;
};
struct watch {
	struct across *across;
	struct heap heap;
	struct lane lane;
	struct codes codes;
	struct window window;
	uint32_t pattern;
	const struct patterns_row *row;
	struct mark first; /* of the group */
	uint64_t count;
	uint64_t every; /* where its lines begin in every.c */
	bool seen;      /* something was told of it */
	struct sighting sighting;
};
struct watcher {
	void (*begin)(struct watch *watch);
	int (*add)(struct watch *watch, const struct mark *mark, struct tw_error *error);
	int (*end)(struct watch *watch, struct tw_error *error);
};
extern const struct watcher heap_watcher, window_watcher, route_watcher, codes_watcher;
int watch_all(struct across *across, struct tw_error *error);
/* price.c: all prices, which are walked through three times. */
int prices_all(struct across *across, struct tw_error *error);

static inline const char *row_text(const struct across *across, uint32_t text)
{
	return patterns_text(&across->law, text);
}
static inline uint32_t mark_pattern(const struct mark *mark)
{
	return (uint32_t)sort_get(mark->pattern);
}
int across_out(struct across *across, const struct buffer *text, struct tw_error *error);
int across_put(struct across *across, across_write *write, const struct buffer *text,
	       struct tw_error *error);

#endif
