/* SPDX-License-Identifier: Apache-2.0 */
/*
 * From words to tariff codes and back: the companion of the rulebook, a small
 * database that is made at build time from the descriptions of the schedule.
 * It helps to look up. It classifies nothing and knows no duty.
 *
 * A codes object belongs to one thread. Days are days since 1970, local.
 */
#ifndef TW_CODES_CODES_H
#define TW_CODES_CODES_H

#include "tidewaiter.h"

/* Upper bounds of what is asked, and of what is answered. */
#define CODES_TEXT 512
#define CODES_WORDS 16
#define CODES_LIMIT 1000

enum codes_kind {
	CODES_ABOVE,  /* a chapter, heading or subheading */
	CODES_LINE,   /* a line of the schedule */
	CODES_HEADING /* a heading of chapter 99 that the law declares */
};

/* A code with its words, in a period. Texts are owned by the list that holds it. */
struct codes_entry {
	char code[11]; /* 2 to 10 digits */
	int digits;
	enum codes_kind kind;
	const char *text;
	const char *under;   /* texts without a number above it, " > " between; or "" */
	const char *also;    /* a short name of the goods, or "" */
	int32_t from, until; /* days, [from, until); INT32_MIN, INT32_MAX: open */
	uint32_t lines;      /* lines beneath it in force that are not divided further */
};
struct codes_list {
	struct codes_entry *item;
	size_t count, room;
	size_t found; /* of which `count` are given: more matched than were asked for */
};
void codes_list_free(struct codes_list *list);
/* Keep the first `limit` entries; `found` stays. */
void codes_list_cut(struct codes_list *list, size_t limit);

struct codes;

/* Open the companion at this path. TW_UNSUPPORTED: this build has no SQLite. */
int codes_open(struct codes **out, const char *path, struct tw_error *error);
void codes_close(struct codes *codes);
/*
 * The path of the companion of this program: TIDEWAITER_CODES, or the file beside the program, or
 * the one that was installed with it. TW_NOT_FOUND, with the places that were looked at.
 */
int codes_path(char *out, size_t size, struct tw_error *error);

/* The code on a day: *out holds one entry, or none. */
int codes_at(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
	     struct tw_error *error);
/* What stands above the code on a day, the chapter first, then the code itself where it is. */
int codes_way(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
	      struct tw_error *error);
/* What stands right beneath the code on a day; "": the chapters. */
int codes_beneath(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
		  struct tw_error *error);
/* Every period of a code, in order: has it ended, does it begin later? */
int codes_periods(struct codes_list *out, struct codes *codes, const char *code,
		  struct tw_error *error);
/*
 * Where the goods of a number stand that ended on or before the day: its
 * successors in force on the day, followed on where they ended too. Where the
 * law names none (*named is false then), the lines that began as it ended,
 * under the same eight digits.
 */
int codes_successors(struct codes_list *out, bool *named, struct codes *codes, const char *code,
		     int32_t day, struct tw_error *error);

/*
 * The way to a code on a day in one text, from its heading down: "T-shirts, ... > Of cotton > Men's
 * or boys' > ...". Without a row of its own the code has that of its only line, or of what stands
 * nearest above it. "" where nothing is known. Free *out.
 */
int codes_words(char **out, struct codes *codes, const char *code, int32_t day,
		struct tw_error *error);

/*
 * The same of the code of an answer on the day of its entry; NULL: nothing is known, or `codes` is
 * NULL. TW_NO_MEMORY, or TW_OK.
 */
int codes_words_of(char **out, struct codes *codes, const tw_rulebook *rulebook,
		   const struct tw_assessment *answer, struct tw_error *error);

/*
 * The codes that have all words, on a day, best first, at most `limit`: the
 * highest that has them stands for everything beneath it. The text is anything
 * a person wrote; of it only letters and digits are looked at.
 */
int codes_search(struct codes_list *out, struct codes *codes, const char *text, int32_t day,
		 size_t limit, struct tw_error *error);
/*
 * Why nothing was found, as a sentence ("No description has the word \"shrit\"; did you mean
 * \"shirt\"?"). `out` is always terminated.
 */
int codes_hint(char *out, size_t size, struct codes *codes, const char *text, int32_t day,
	       struct tw_error *error);

#endif
