/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a screen remembers: of a description, what it names, or that it is nothing; of what was
 * found, on a route, on a day and in a quantity, what the lists ask. An answer from memory is the
 * answer without. Internal to the screen.
 */
#ifndef TW_SCREEN_RECALL_H
#define TW_SCREEN_RECALL_H

#include "screen/bands.h"
#include "screen/match.h"
#include "screen/memory.h"
#include "screen/screen.h"
#include "screen/structure.h"

#define RECALL_ENTRIES 16384
#define RECALL_HITS 16     /* of a description that is kept */
#define RECALL_CONTROLS 64 /* of an answer that is kept */
#define RECALL_WARNINGS 8

/* One hit of a description, or of a line: what is found, by which words, and how surely. */
struct recall_hit {
	uint32_t substance, from, length;
	uint8_t sense, certainty;
	char conditions[STRUCTURE_CONDITIONS];
	const char *how, *field, *note; /* constant texts, each always at one place */
};
struct recall_found {
	uint32_t count, reserved;
	struct recall_hit hit[RECALL_HITS];
};
/* All that control_decide and the lane ask of a line. */
struct recall_key {
	char into[3], origin[3], ship_from[3], via[8][3];
	uint8_t via_count, undated;
	uint32_t grain, weight, volume, content, count;
	uint8_t hits[2048]; /* each a struct recall_hit, and its words */
};
struct recall_answer {
	uint32_t id, control_count, warning_count;
	uint32_t listed; /* bits: substances listed by name, see SCREEN_LISTED */
	enum tw_lane lane;
	const char *warning[RECALL_WARNINGS];
	struct tw_control_hit control[RECALL_CONTROLS];
};

/* A text of up to 32 bytes that names nothing: its beginning and its end, which may overlap. */
struct recall_short {
	uint64_t word[4];
	uint64_t length; /* 0: none */
};
enum { RECALL_SHORTS = 256 };

struct recall {
	struct memory descriptions, answers;
	struct memory nothings;                    /* texts that name nothing, see recall_nothing */
	struct recall_short shorts[RECALL_SHORTS]; /* the last of them that are short */
	struct bands bands;
	uint32_t last_id;
	/* Of the line at hand: */
	struct tw_text text;
	bool noting;
	size_t warned;
	struct recall_found found;
	struct recall_key key;
	size_t length; /* of key, 0 none */
	struct recall_answer answer;
};

/* Room for so many descriptions and answers, none with 0; what was remembered is forgotten. False:
 * memory is short. */
bool recall_open(struct recall *recall, const struct ledger *ledger, size_t entries);
void recall_close(struct recall *recall);

/* Adds to the line what a description names, as the last time; false: it is not remembered. */
bool recall_description(struct screen *screen, struct tw_text text, bool chemical);
/* Whether it is remembered that a description names nothing, whatever else a line says. */
bool recall_nothing(const struct recall *recall, struct tw_text text);
void recall_keep_nothing(struct recall *recall, struct tw_text text);
/* From here on what is added to the line is noted, to be kept as what this text names. */
void recall_begin(struct screen *screen, struct tw_text text);
void recall_note(struct recall *recall, uint32_t substance, const struct tw_substance_hit *hit,
		 enum match_sense sense);
/* Keep what was noted; what warns, or does not fit, is not kept. */
void recall_end(struct screen *screen, bool chemical);

/* The controls, warnings and lane of what was found; false: they are not remembered. */
bool recall_answer(struct screen *screen, const struct screen_facts *facts, int32_t ppm,
		   enum tw_lane *lane);
/* Keep them as they now are, after recall_answer did not know them. */
void recall_keep(struct screen *screen, enum tw_lane lane);

#endif
