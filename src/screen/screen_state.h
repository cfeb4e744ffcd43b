/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What one thread knows of the line it screens: shared by screen.c (its way),
 * screen_hits.c (what is named) and screen_lane.c (what the lists ask).
 * Internal to the screen.
 */
#ifndef TW_SCREEN_SCREEN_STATE_H
#define TW_SCREEN_SCREEN_STATE_H

#include "screen/screen.h"

#include "rulebook/ledger.h"
#include "screen/control.h"
#include "screen/match.h"
#include "screen/nomen.h"
#include "screen/recall.h"
#include "screen/structure.h"

/* What a line may hold; over one of them it is `overflow` and never green. */
#define MATCHES 64
#define SUBSTANCES 32
#define CONTROLS 256
#define NAMED 32 /* systematic names of one text */
#define WARNINGS RECALL_WARNINGS

extern const char SCREEN_LISTED[]; /* the note of a class's substance with an entry of its own */

/* What is known of one hit beyond what is answered. */
struct found {
	uint32_t substance;
	enum match_sense sense;
};

/* A systematic name in a text, with what its structure is. */
struct named {
	struct nomen_name name;
	struct structure_result result;
	bool told[STRUCTURE_MATCHES]; /* by the words of the ledger too */
	bool whole;                   /* a name of the ledger is all of it */
};

struct screen {
	bool empty; /* the rulebook has no chemistry */
	struct ledger ledger;
	const void *names, *classes;
	struct match_scratch *scratch;
	struct structure *structure; /* NULL: none was asked for, or none can be read */
	struct structure_substance *shapes;
	size_t shape_count;
	uint32_t *class_map;    /* class of the section -> substance, LEDGER_NONE */
	const char **citations; /* one for each index of the ledger */
	bool chapter[100];      /* tariff chapters with a code of the ledger */

	struct match_hit match[MATCHES];
	struct found found[SUBSTANCES];
	struct tw_substance_hit substance[SUBSTANCES];
	char conditions[SUBSTANCES][STRUCTURE_CONDITIONS]; /* the texts of theirs */
	size_t substance_count;
	struct tw_control_hit control[CONTROLS];
	const struct ledger_control *row[CONTROLS]; /* of each control */
	const struct tw_control_hit *controls; /* those of the line: control, or remembered ones */
	size_t control_count;
	uint32_t id; /* of the answer, 0 none */
	struct control_answer answer[CONTROLS];
	const char *warning[WARNINGS];
	size_t warning_count;
	char refused[240];
	struct named named[NAMED]; /* systematic names of the text that is being read */
	size_t named_count;
	char said[WARNINGS][240]; /* warnings with words of the line */
	size_t said_count;
	struct tw_sum sum[TW_SUMS]; /* of a line that knows its month */
	size_t sum_count;
	char month[8];
	bool overflow;    /* something did not fit */
	uint32_t machine; /* the tariff code is that of equipment: match_query */
	bool unread;      /* a structure was given and not looked at */
	struct recall recall;
};

/* A warning of the line, told once. */
void screen_warn(struct screen *screen, const char *text);
/* Room for a warning in words of the line; NULL when there is none left. */
char *screen_room(struct screen *screen);

/* screen.c: reads a structure, where structures are read. */
void screen_structure(struct structure_result *out, struct screen *screen, struct tw_text smiles);

/* screen_hits.c: one hit a substance, the surest, of equals the first. */
void screen_add(struct screen *screen, uint32_t substance, const struct tw_substance_hit *hit,
		enum match_sense sense);
/* Does a code by itself name a substance, somewhere? */
bool screen_code_names(const struct screen *screen, const char *hts);
/* screen_hits.c: all that the columns of a line name. */
void screen_hits(struct screen *screen, const struct tw_line *line,
		 const struct screen_facts *facts);
/* screen_month.c: what a control that was decided on a sum says of it. */
void screen_sum(struct screen *screen, size_t of, const struct control_answer *answer,
		const struct screen_facts *facts);
/* The sums in words, once all of them are there. */
void screen_say_sums(struct screen *screen);
extern const char *const screen_direction[]; /* screen_lane.c */
/* screen_lane.c: what the lists ask of it, and the lane. */
enum tw_lane screen_lane(struct screen *screen, const struct tw_line *line,
			 const struct screen_facts *facts);

#endif
