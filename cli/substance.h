/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of `tidewaiter substance` share: a question and what was found. */
#ifndef TW_CLI_SUBSTANCE_H
#define TW_CLI_SUBSTANCE_H

#include "../src/screen/control.h"
#include "../src/screen/match.h"

#define INQUIRY_FOUND 16
#define INQUIRY_NEAREST 5
#define INQUIRY_CONTROLS 128

struct inquiry_found {
	uint32_t substance;
	enum tw_certainty certainty;
	const char *how;
	struct tw_text matched;
	const char *note;
	char conditions[24]; /* of a class by structure */
};

struct inquiry {
	const char *asked, *on, *from, *into, *weight;
	bool explain; /* citations in full */
	struct screen_facts facts;
	int32_t ppm;
	const char *edition, *known_on;
	char known_to[16]; /* the last day covered, where the day asked for is later; else "" */
	struct ledger ledger;
	const void *names, *classes;
	struct inquiry_found found[INQUIRY_FOUND];
	size_t found_count;
	struct match_nearest nearest[INQUIRY_NEAREST];
	size_t nearest_count;
	bool bad_cas;
	bool overflow;         /* more substances are named than it holds */
	const char *structure; /* what came of reading the text as a structure, or "" */
};

/* The question of the lists about one found substance. */
struct control_question inquiry_question(const struct inquiry *inquiry, const uint32_t *named,
					 size_t named_count);
/* A class shown by structure: other classes are hits of their own. */
bool inquiry_alone(const struct inquiry *inquiry, const struct inquiry_found *found);
/* Substances that the text surely names; at most INQUIRY_FOUND. */
size_t inquiry_named(uint32_t *named, const struct inquiry *inquiry);

/* No --from, --into, --via: there is no shipment, only the lists. */
bool inquiry_routeless(const struct inquiry *inquiry);

/* Names like a text: those that begin with it, then those that hold it. */
enum likeness { LIKE_NOT, LIKE_INSIDE, LIKE_START };
enum likeness inquiry_like(const struct ledger *ledger, uint32_t substance, const char *text,
			   const char **name);

/* substance_list.c: --list, --find and --changes; the exit code. */
struct listing {
	const char *by;    /* NULL, jurisdiction, family */
	const char *like;  /* NULL: all */
	bool json, begins; /* begins: names that begin with it alone */
};
int substance_list(const struct inquiry *inquiry, const struct listing *listing);
/* What changed from a day (local days since 1970) to the day asked for; of these substances, or
   with none of all. */
int substance_changes(const struct inquiry *inquiry, int32_t since, const uint32_t *only,
		      size_t count, bool json);

/* A page for people, 80 columns; and the same as one JSON object. Both write to stdout. */
void substance_page(const struct inquiry *inquiry, bool color);
int substance_json(const struct inquiry *inquiry);

/* Shared words. */
extern const char *const inquiry_certainty[], *const inquiry_status[], *const inquiry_direction[];
extern const char *const inquiry_lane[], *const inquiry_must[];
/* required, or prohibited where the list says so. */
const char *inquiry_asks(const struct control_answer *answer);
/* The day as 2025-07-20; needs 16 bytes. */
void inquiry_day(char out[16], int32_t day);
/* Rows of the substance and of the classes that reach it; at most capacity, in order of day. */
size_t inquiry_changes(struct ledger_change *out, size_t capacity, const struct inquiry *inquiry,
		       uint32_t substance);
/* The penalty rows for the goods and the weight asked; at most capacity. */
size_t inquiry_penalties(const struct ledger_penalty **out, size_t capacity,
			 const struct inquiry *inquiry, uint32_t substance);

#endif
