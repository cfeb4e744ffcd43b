/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of lists: what a file is, told by its content, and its reading into entries. Each reader is
 * lenient: what is no row of its list is counted and said, and the others are read.
 */
#ifndef TW_PARTIES_LISTS_H
#define TW_PARTIES_LISTS_H

#include "parties/entries.h"
#include "parties/rows.h"

#define LISTS_FILE ((size_t)512 << 20) /* bytes of a file that are read */

enum list_kind {
	LIST_UNKNOWN,
	LIST_OFAC,          /* SDN.CSV, CONS_PRIM.CSV */
	LIST_OFAC_ADDRESS,  /* ADD.CSV */
	LIST_OFAC_ALIAS,    /* ALT.CSV */
	LIST_OFAC_COMMENTS, /* SDN_COMMENTS.CSV */
	LIST_CSL,
	LIST_CSL_TABS,
	LIST_DPL,
	LIST_EU,
	LIST_UK,
	LIST_UN,
	LIST_CANADA,
	LIST_OFAC_ADVANCED, /* SDN_ADVANCED.XML, CONS_ADVANCED.XML */
	/* Known, and not read: the message says what to take. */
	LIST_OFAC_XML,
	LIST_UK_OLD,
	LIST_EU_XML,
	LIST_UK_XML,
	LIST_JSON,
	LIST_NULLS, /* has null bytes, and no byte order mark of UTF-16 */
	LIST_EMPTY
};

enum list_kind list_kind(struct tw_text text);
/* "OFAC SDN"; of what is not read what it is and what would be. */
const char *list_kind_name(enum list_kind kind);

/* The column of a name in the head of a list, or of another that it has had; noted where there is
 * none, and then of no cell. */
size_t list_column(struct party_list *list, const struct row *head, const char *name,
		   const char *other);
/* The same of what no row can do without. */
int list_column_needed(size_t *out, struct entries *entries, struct party_list *list,
		       const struct row *head, const char *name);

/* Readers: `text` is the file after a byte order mark, and is changed. */
int read_ofac(struct entries *entries, struct party_list *list, char *at, size_t length);
/* What belongs to it: addresses, aliases or comments. */
int read_ofac_companion(struct entries *entries, struct party_list *list, enum list_kind kind,
			char *at, size_t length, uint64_t *rows);
int read_csl(struct entries *entries, struct party_list *list, char *at, size_t length,
	     char separator);
int read_dpl(struct entries *entries, struct party_list *list, char *at, size_t length);
int read_eu(struct entries *entries, struct party_list *list, char *at, size_t length);
int read_uk(struct entries *entries, struct party_list *list, char *at, size_t length);
int read_un(struct entries *entries, struct party_list *list, const char *at, size_t length);
int read_canada(struct entries *entries, struct party_list *list, const char *at, size_t length);
int read_advanced(struct entries *entries, struct party_list *list, const char *at, size_t length);

/*
 * Reads the files into entries, with the companions that lie beside one of OFAC's. Their order is
 * that in which they were named, the Consolidated Screening List last; companions that were named
 * join the first list of their kind.
 */
int lists_read(struct entries *entries, const char *const *paths, size_t count,
	       struct tw_error *error);
/* The same of a text in memory, for one list without companions. */
int lists_text(struct entries *entries, const char *path, const char *at, size_t length,
	       struct tw_error *error);

#endif
