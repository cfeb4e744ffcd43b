/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was read of lists: entries with their names, addresses, countries and identifiers. Rows of
 * one entry meet by the list's own key. It compares nothing.
 */
#ifndef TW_PARTIES_ENTRIES_H
#define TW_PARTIES_ENTRIES_H

#include "common/buffer.h"
#include "common/table.h"
#include "parties/name.h"

enum {
	ENTRIES_MOST = 400000,   /* entries of all lists */
	ENTRIES_NAMES = 2000000, /* names of all entries */
	ENTRIES_TEXTS = 8000000, /* addresses, identifiers and the like */
	ENTRIES_LISTS = 32,
	ENTRIES_ABSENT = 16 /* absent columns of a list that are named; the others are counted */
};

struct party_text {
	struct party_text *next;
	const char *text;
};

struct party_name {
	struct party_name *next; /* of the same entry */
	const char *text, *kind; /* kind: "name", "aka", "fka", "weak aka" and so on */
	uint32_t entry;
	struct token *token; /* set when the index is made */
	uint16_t count;
};

struct party_identifier {
	struct party_identifier *next;
	const char *kind, *number, *key, *country; /* kind and country may be "" */
	uint32_t entry;
};

struct party_entry {
	const char *id, *type;
	struct party_name *name, *last_name;
	struct party_text *address, *country, *program;
	struct party_identifier *identifier;
	uint32_t list, index, names;
};

/* A file that belongs to a list. */
struct party_companion {
	struct party_companion *next;
	const char *path;
	char sha256[65];
	uint64_t rows;
};

struct party_list {
	const char *path, *name; /* name: "OFAC SDN" */
	char date[11];           /* "2026-11-20"; empty: the file does not say */
	bool is_utf16;           /* in the file; read as UTF-8 */
	bool is_latest;          /* the date is that of its latest entry, not of the list */
	char sha256[65];
	uint64_t rows, entries, names, skipped, mended, repeated;
	uint64_t skipped_line; /* of the first row that was skipped */
	const char *skipped_why;
	uint64_t
	    left_out; /* texts that were not read, or in part: of which entry the first, and why */
	const char *left_out_of, *left_out_what;
	uint64_t recoded;                   /* bytes that are not UTF-8, read as Windows-1252 */
	const char *absent[ENTRIES_ABSENT]; /* columns that its head does not name */
	size_t absents;
	struct party_companion *companion;
	struct table ids; /* of its entries */
};

struct entries {
	struct arena *arena;
	const struct lexicon *lexicon;
	struct vector entry;      /* of struct party_entry *: they stay where they are */
	struct vector name;       /* of struct party_name * */
	struct vector identifier; /* of struct party_identifier * */
	struct party_list list[ENTRIES_LISTS];
	size_t lists, texts;
	struct buffer scratch; /* of a reader, for texts that it puts together */
	struct tw_error *error;
};

int entries_open(struct entries *entries, const struct lexicon *lexicon);
void entries_close(struct entries *entries);

/* The entry of a key in a list; made where there is none. */
int entries_entry(struct party_entry **out, struct entries *entries, struct party_list *list,
		  struct tw_text id);
/* The entry of a key, or NULL. */
struct party_entry *entries_find(const struct entries *entries, const struct party_list *list,
				 struct tw_text id);
/* What is empty or known already is left out. */
int entries_name(struct entries *entries, struct party_entry *entry, struct tw_text text,
		 const char *kind);
int entries_address(struct entries *entries, struct party_entry *entry, struct tw_text text);
int entries_country(struct entries *entries, struct party_entry *entry, struct tw_text text);
int entries_program(struct entries *entries, struct party_entry *entry, struct tw_text text);
int entries_type(struct entries *entries, struct party_entry *entry, struct tw_text text);
int entries_identifier(struct entries *entries, struct party_entry *entry, const char *kind,
		       struct tw_text number, struct tw_text country);
/* Identifiers as lists write them in prose, one after another behind "; ". */
int entries_prose(struct entries *entries, struct party_entry *entry, struct tw_text text);
/* A row that is none: counted, the first one with its place. */
void entries_skip(struct party_list *list, uint64_t line, const char *why);
/* What of an entry was not read, or in part. */
void entries_left_out(struct entries *entries, const struct party_entry *entry, const char *what);
/* The latest of the days that rows bear; a text without a day changes nothing. */
void entries_day(struct party_list *list, struct tw_text text, bool day_first);
/* The day of the list itself, wherever it stands in the text. */
void entries_date(struct party_list *list, struct tw_text text, bool day_first);

#endif
