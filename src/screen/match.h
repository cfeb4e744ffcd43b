/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding chemicals in what people write: names, abbreviations, CAS and UN
 * numbers and InChIKeys, all against one section of the rulebook in one pass.
 * Says which substance a piece of text names and how surely; never whether
 * that is controlled.
 */
#ifndef TW_MATCH_H
#define TW_MATCH_H

#include "tidewaiter.h"

#define MATCH_NOTHING UINT32_MAX /* no substance */
#define MATCH_ANY_MACHINE UINT32_MAX

enum match_kind {
	MATCH_NAME,         /* counts wherever it stands as a word */
	MATCH_STRICT,       /* the same, never with a typing error */
	MATCH_ABBREVIATION, /* counts beside a second chemical sign only */
	MATCH_ALONE,        /* also where nothing but quantities and packings stand beside it */
	MATCH_CAS,          /* "41661-47-6" */
	MATCH_UN,           /* "UN1715" */
	MATCH_INCHIKEY,     /* 27 characters */
	MATCH_MACHINE,      /* of equipment: counts wherever it stands; a hit is MATCH_NAME */
	MATCH_MACHINE_WORD, /* an ambiguous one; a hit is MATCH_ABBREVIATION */
	MATCH_INCHI,        /* hits only: a string that begins "InChI=" */
	/* Hits only, on no substance: what should be an identifier and is none; note says why. */
	MATCH_BAD_CAS,      /* the text calls it a CAS number, the check digit is wrong */
	MATCH_DATE,         /* a date where a CAS number should stand */
	MATCH_BAD_INCHIKEY, /* "the column" or the word before calls it a key */
	MATCH_BAD_INCHI
};

struct match_name {
	const char *text;
	uint32_t substance;
	enum match_kind kind;
};

/*
 * Compile names to a position-free section (malloc'ed). Words that are no
 * names of ours (law/substances/not-names.tsv) and words that change the
 * sense of a name (law/substances/words.tsv) are read from the law folder.
 * The same number or name may stand for several substances: all are found.
 */
struct match_source {
	const struct match_name *names;
	size_t count;
	const char *law_folder;
};
int match_build(void **section, size_t *size, const struct match_source *source,
		struct tw_error *error);

/* A name of up to four letters ("4-AP", "GBL", "Ac2O") is an abbreviation; helps to fill .kind. */
bool match_is_short(const char *name);

/* Bounds of everything in a section, once; no other function checks again. */
bool match_check(const void *section, size_t size);

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
