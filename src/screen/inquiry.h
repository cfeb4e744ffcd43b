/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A question about a chemical: what a text names, which lists hold it on a day
 * and a route, when that changes, and what it may cost. Reads the chemistry
 * sections of a rulebook; writes nothing.
 */
#ifndef TW_SCREEN_INQUIRY_H
#define TW_SCREEN_INQUIRY_H

#include "common/buffer.h"
#include "rulebook/ledger.h"
#include "screen/control.h"
#include "screen/match.h"

/* Over one of them an answer says `overflow`. */
#define INQUIRY_FOUND 16
#define INQUIRY_NEAREST 5
#define INQUIRY_CONTROLS 128
#define INQUIRY_CHANGES 128
#define INQUIRY_PENALTIES 64

struct inquiry_found {
	uint32_t substance;
	enum tw_certainty certainty;
	const char *how;
	struct tw_text matched;
	const char *note;
	char conditions[24]; /* of a class by structure */
};

struct inquiry {
	const char *asked, *on; /* the text; the day as it is told */
	struct screen_facts facts;
	int32_t ppm;
	/* inquiry_open: */
	const char *edition, *known_on;
	char known_to[16]; /* the last day covered, where the day asked for is later; else "" */
	struct ledger ledger;
	const void *names, *classes;
	/* inquiry_ask: */
	struct inquiry_found found[INQUIRY_FOUND];
	size_t found_count;
	struct match_nearest nearest[INQUIRY_NEAREST];
	size_t nearest_count;
	bool bad_cas;
	char said[240]; /* why what should be an identifier is none: "cas-date: …", or "" */
	bool overflow;  /* more is named than it holds, or the text is longer than is read */
	const char *structure; /* what came of reading the text as a structure, or "" */
	const char *absent;    /* and why it was not read; NULL: it was */
};

/* What a question begins as; its day, route and quantity are the caller's. */
#define INQUIRY_INIT                                                                               \
	{                                                                                          \
		.ppm = -1, .structure = "", .facts = {.weight = -1, .volume = -1, .hts = "" }      \
	}

/*
 * The two letters of a country of the law, in either case; where goods go into also those of a
 * union of countries. False: there is none.
 */
bool inquiry_country(char out[3], const tw_rulebook *rulebook, struct tw_text letters, bool into);
/* A mass or a volume in any unit of the law ("25kg", "200 L"); false: it is none. */
bool inquiry_quantity(struct screen_facts *facts, const tw_rulebook *rulebook, const char *text);
/* Parts per million of a percentage as people write it ("12.5", "35 % w/w"); -1: it is none. */
int32_t inquiry_concentration(const char *text);
/* The law of a question whose instant is set. TW_NOT_FOUND: the rulebook has no chemicals. */
int inquiry_open(struct inquiry *inquiry, const tw_rulebook *rulebook, struct tw_error *error);
/* Names and numbers in the text, and what is near. TW_OK or TW_NO_MEMORY. */
int inquiry_look_up(struct inquiry *inquiry, struct tw_error *error);
/* The same; where that finds nothing, the text as a SMILES or a systematic name. Surest first. */
int inquiry_ask(struct inquiry *inquiry, struct tw_error *error);

/* How many words from the first are one name: "sulfuric acid", "4-AP hydrochloride". -1: no memory.
 */
int inquiry_words_of_name(const struct inquiry *inquiry, struct match_scratch *scratch,
			  char *const *words, int count);
/* Words that nothing is known of are one phrase, unless they are numbers or were quoted. */
int inquiry_is_phrase(const struct inquiry *inquiry, char *const *words, int count);
/* Words [from, to) with blanks between; the caller frees. NULL: no memory. */
char *inquiry_join(char *const *words, int from, int to);

/* What the lists say to one that was found; at most INQUIRY_CONTROLS. */
size_t inquiry_decide(struct control_answer answers[INQUIRY_CONTROLS],
		      const struct inquiry *inquiry, const struct inquiry_found *found);
/* No country of export, import or transit: there is no shipment, only the lists. */
bool inquiry_routeless(const struct inquiry *inquiry);
/* Rows of the substance and of the classes that reach it; at most capacity, in order of day. */
size_t inquiry_changes(struct ledger_change *out, size_t capacity, const struct inquiry *inquiry,
		       uint32_t substance);
/* The penalty rows for the goods and the weight asked; at most capacity. */
size_t inquiry_penalties(const struct ledger_penalty **out, size_t capacity,
			 const struct inquiry *inquiry, uint32_t substance);

/* Names like a text: those that begin with it, then those that hold it. */
enum likeness { LIKE_NOT, LIKE_INSIDE, LIKE_START };
enum likeness inquiry_like(const struct ledger *ledger, uint32_t substance, const char *text,
			   const char **name);

/* Shared words. */
extern const char *const inquiry_certainty[], *const inquiry_status[], *const inquiry_direction[];
extern const char *const inquiry_lane[], *const inquiry_must[];
/* required, or prohibited where the list says so. */
const char *inquiry_asks(const struct control_answer *answer);

#endif
