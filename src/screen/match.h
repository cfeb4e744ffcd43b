/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding chemicals in what people write: names, abbreviations, CAS and UN
 * numbers and InChIKeys, all against one section of the rulebook in one pass.
 * Says which substance a piece of text names and how surely; never whether
 * that is controlled.
 */
#ifndef TW_SCREEN_MATCH_H
#define TW_SCREEN_MATCH_H

#include "rulebook/names.h"
#include "tidewaiter.h"

#define MATCH_NOTHING UINT32_MAX /* no substance */
#define MATCH_ANY_MACHINE UINT32_MAX

enum match_field {
	MATCH_FIELD_TEXT, /* free text */
	MATCH_FIELD_CAS,  /* a column of CAS numbers: hyphens may be missing */
	MATCH_FIELD_INCHIKEY
};
struct match_query {
	struct tw_text text;
	enum match_field field;
	bool chemical; /* something else already says that this is a chemical (a filled CAS column,
			  a person asking): abbreviations count */
	uint32_t machine; /* ambiguous names of equipment count, too: of the substance whose index
			     is one less, by its tariff code, or MATCH_ANY_MACHINE; 0 none */
};

/* What the words around a name make of it. All but PLAIN come with certainty weak and a note. */
enum match_sense {
	MATCH_SENSE_PLAIN,
	MATCH_SENSE_ABSENT,  /* "acetone-free", "free of acetone": said not to be there */
	MATCH_SENSE_ABOUT,   /* "fentanyl test strips", "acetone-resistant": goods for or against it
			      */
	MATCH_SENSE_LABELLED /* "acetone-d6": an isotopically labelled form */
};
struct match_hit {
	uint32_t substance; /* MATCH_NOTHING for MATCH_BAD_… and MATCH_DATE */
	enum match_kind kind;
	enum match_sense sense;
	enum tw_certainty certainty; /* exact; near: one typing error; weak: see note */
	bool machine;                /* a name of equipment */
	size_t from, length;         /* bytes of the original text */
	uint64_t number;             /* of MATCH_DATE: the CAS number meant, 0 unknown */
	const char *note;            /* what lowered the certainty, or ""; static */
};

/* Scratch of one thread. */
struct match_scratch;
struct match_scratch *match_scratch_new(void); /* NULL when memory is short */
void match_scratch_free(struct match_scratch *scratch);

/*
 * All hits in order of position, at most capacity; one per substance and
 * place. Text over 16,384 bytes is read up to there. Invalid UTF-8 is skipped.
 */
size_t match_text(struct match_hit *hits, size_t capacity, const void *section,
		  struct match_scratch *scratch, const struct match_query *query);

/* The same without asking the filter first: where match_glance was asked, and in tests. */
size_t match_read(struct match_hit *hits, size_t capacity, const void *section,
		  struct match_scratch *scratch, const struct match_query *query);

/*
 * What a description may hold, seen without reading it (bench/screen_bench.c: what it costs
 * where it holds nothing). Neither is ever false where there is something to be found.
 */
struct match_glance {
	bool hits;     /* match_text may find a hit in it */
	bool filtered; /* the filter has said so: match_read will do */
	bool names;    /* nomen_looks */
};
struct match_glance match_glance(const void *section, struct match_scratch *scratch,
				 struct tw_text text);

/* Was the last text longer than is read, or did it hold as many hits as there was room for? */
bool match_was_cut(const struct match_scratch *scratch);

/* Is the text a word that stands beside names and names nothing: hydrochloride, powder? */
bool match_is_modifier(const void *section, struct match_scratch *scratch, struct tw_text text);

/* Names nearest in spelling, nearest first: for "did you mean". Slow (a scan of all names). */
struct match_nearest {
	uint32_t substance;
	const char *name; /* as in the law, terminated; lives with the section */
	unsigned distance;
};
size_t match_nearest(struct match_nearest *out, size_t capacity, const void *section,
		     struct match_scratch *scratch, struct tw_text text);

#endif
