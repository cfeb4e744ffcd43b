/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names asked of lists that the user brings: which entries a name resembles, how much, by which
 * words; and which bear an identifier that is equal. What is opened is read alone from then on and
 * may be asked by any number of threads, each with an asker of its own.
 */
#ifndef TW_PARTIES_PARTIES_H
#define TW_PARTIES_PARTIES_H

#include "common/buffer.h"
#include "parties/index.h"
#include "parties/pair.h"

enum {
	PARTIES_HITS = 50,       /* entries that an answer holds */
	PARTIES_CUT = 8500,      /* from this score on a name is said to resemble */
	PARTIES_CUT_LEAST = 5000 /* below it much resembles anything */
};

struct parties {
	struct lexicon *lexicon;
	bool is_lent; /* the lexicon */
	struct entries entries;
	struct index index;
	uint32_t *identifiers; /* by their keys */
};

struct party_question {
	struct tw_text name, address, country, identifier; /* may be empty */
	bool may_be_number; /* the name is looked for among the identifiers besides */
	uint32_t cut;       /* 0: PARTIES_CUT */
};

struct party_hit {
	const struct party_entry *entry;
	const struct party_list *list;
	const struct party_name *name; /* that resembles; NULL: by the identifier alone */
	const struct party_identifier *identifier; /* that is equal, or NULL */
	uint32_t
	    address; /* what part of the given address the nearest one has, in ten-thousandths */
	bool has_country; /* the given country is among those of the entry */
	struct pairing pairing;
};

struct party_answer {
	const struct parties *parties;
	const struct party_question *question;
	const struct name *given;
	struct party_hit hit[PARTIES_HITS];
	size_t count, more; /* more: entries that are hit and not held */
	bool is_bad_uscc;   /* the identifier has the form of one, and a wrong check character */
};

struct party_asker;

/* Whether what stands before the colon of "passport:A1234567", if one does, is a kind; a number
 * with digits before its colon is one by itself. */
bool parties_know_kind(const struct parties *parties, struct tw_text identifier);

int parties_open(struct parties **out, const char *const *paths, size_t count,
		 struct tw_error *error);
/* Of one list in memory, as a file of this name; the lexicon is lent. */
int parties_open_text(struct parties **out, struct lexicon *lexicon, const char *path,
		      struct tw_text text, struct tw_error *error);
void parties_close(struct parties *parties);

/* NULL when memory is short. */
struct party_asker *party_asker_new(const struct parties *parties);
void party_asker_free(struct party_asker *asker);
/* The answer stands until the next one; the question must outlive it. */
const struct party_answer *parties_ask(struct party_asker *asker,
				       const struct party_question *question);

/* answer.c: as the findings write one: {"list":...,"entry":...,"score":...,"pairs":[...]}. */
void party_hit_json(struct buffer *out, const struct party_answer *answer,
		    const struct party_hit *hit, const char *field);
/* Which list it is, with its day and digest, as members of an object. */
void party_list_json(struct buffer *out, const struct party_list *list);
/* "0.9231" */
void party_score(struct buffer *out, uint32_t score);
/* Its programs that mark drugs, if any. */
bool party_is_drugs(const struct parties *parties, const struct party_entry *entry);

/* write.c: an answer by itself. */
enum party_format { PARTY_TABLE, PARTY_CSV, PARTY_JSON, PARTY_NDJSON };
void party_write_head(struct buffer *out, const struct parties *parties, enum party_format format);
/* Of CSV every answer has a row: one without an entry says so. */
void party_write(struct buffer *out, const struct party_answer *answer, enum party_format format);
/* What of the lists was skipped, a line each; empty where nothing was. */
void party_write_skipped(struct buffer *out, const struct parties *parties);

#endif
