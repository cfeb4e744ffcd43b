/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The form of the companion, for those who write and read it. Bump the version
 * when a table changes: a companion of another form is refused.
 */
#ifndef TW_CODES_FORM_H
#define TW_CODES_FORM_H

#include <sqlite3.h>

#include "codes/codes.h"

#define CODES_APPLICATION 0x54574344 /* "TWCD" */
#define CODES_FORM 1

/*
 * code: a row a code and period, in the order of codes; id numbers them from 1.
 * words: the index of their texts, by the same number; holds no text itself.
 * term: every word of the texts as written, for what is nearly right.
 * renumbered: numbers that ended, and where their goods stand.
 */
#define CODES_TABLES                                                                               \
	"CREATE TABLE code(id INTEGER PRIMARY KEY, code TEXT NOT NULL, first INTEGER NOT NULL, "   \
	"last INTEGER NOT NULL, kind INTEGER NOT NULL, text TEXT NOT NULL, under TEXT NOT NULL, "  \
	"also TEXT NOT NULL);"                                                                     \
	"CREATE INDEX code_code ON code(code);"                                                    \
	"CREATE TABLE renumbered(code TEXT NOT NULL, day INTEGER NOT NULL, place INTEGER NOT "     \
	"NULL, successor TEXT NOT NULL, PRIMARY KEY(code, day, place)) WITHOUT ROWID;"             \
	"CREATE TABLE term(word TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID;"           \
	"CREATE VIRTUAL TABLE words USING fts5(text, under, above, content='', "                   \
	"tokenize='porter unicode61 remove_diacritics 2');"

/* An error of the database, as this project says it. */
int codes_failed(struct tw_error *error, sqlite3 *db, const char *what);

#endif
