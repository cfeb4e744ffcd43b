/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of the parsed law, and what passes. */
#ifndef TW_LAW_QUERY_H
#define TW_LAW_QUERY_H

#include "law/law.h"

/* Days since 1970-01-01, both counted, and as they are written: 2025-04-09. */
struct law_period {
	int32_t first, last;
	char first_text[16], last_text[16];
};

/* What is asked; a filter that is NULL lets everything pass. */
struct law_query {
	const struct law *law;   /* a view: superseded measures are out */
	const struct law *whole; /* what it is a view of */
	const char *folder;
	const char *program, *kind;      /* a glob; duty, exemption, entry, fee, prohibition, tax */
	uint32_t into, origin;           /* jurisdiction, country; LAW_NONE: any */
	struct law_range code;           /* low == high: any */
	const char *on;                  /* as written, or NULL */
	const struct law_period *during; /* what is asked of is a period; NULL: an instant */
	int32_t known;                   /* --as-known-on as a local day; INT32_MAX: every act */
	bool json, color;
	enum law_rows { LAW_ROWS_NONE, LAW_ROWS_CSV, LAW_ROWS_NDJSON } rows; /* list, diff */
};

/* The jurisdiction of a code and the country of a name or code, in any case; LAW_NONE: there is
   none. */
uint32_t query_jurisdiction(const struct law *law, const char *code);
uint32_t query_country(const struct law *law, const char *name);

/* Filters. */
bool query_program(const struct law_query *query, uint32_t program);
bool query_origins(const struct law_query *query, const struct law_origins *origins);
/* Some code asked for is in the scope at that instant. */
bool query_scope(const struct law_query *query, const struct law_scope *scope, tw_time at);

/*
 * The id that was meant by what was typed: capitals, blanks, dashes and dots do
 * not count, an act may be named by its kind and number or by its citation.
 * NULL: nothing bears such a name, or several do.
 */
const char *law_id_meant(const struct law *law, const char *typed);

#endif
