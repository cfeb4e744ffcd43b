/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the making of the companion. Answers no question. */
#include "codes/build.h"

#include "codes/form.h"
#include "codes/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A row that may stand above those that follow. */
struct above {
	char code[11];
	int32_t from, until;
	char *text; /* its under, text and short name */
};
struct codes_build {
	sqlite3 *db;
	sqlite3_stmt *code, *words, *term, *renumber;
	struct above *above; /* rows of fewer than ten digits, of the chapter at hand */
	size_t above_count, above_room;
	sqlite3_int64 id;
};

static int prepare(struct codes_build *b, sqlite3_stmt **out, const char *sql,
		   struct tw_error *error)
{
	return sqlite3_prepare_v2(b->db, sql, -1, out, NULL) == SQLITE_OK
		   ? TW_OK
		   : codes_failed(error, b->db, "making the companion of codes");
}

static int run(struct codes_build *b, const char *sql, struct tw_error *error)
{
	return sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK
		   ? TW_OK
		   : codes_failed(error, b->db, "making the companion of codes");
}

static int step(struct codes_build *b, sqlite3_stmt *statement, struct tw_error *error)
{
	int code = sqlite3_step(statement);
	sqlite3_reset(statement);
	sqlite3_clear_bindings(statement);
	return code == SQLITE_DONE ? TW_OK
				   : codes_failed(error, b->db, "making the companion of codes");
}

int codes_build_new(struct codes_build **out, const char *path, struct tw_error *error)
{
	struct codes_build *b = calloc(1, sizeof *b);
	char sql[128];
	int code = TW_NO_MEMORY;
	*out = NULL;
	if (!b)
		return codes_failed(error, NULL, "making the companion of codes");
	if (sqlite3_open_v2(path, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
	    SQLITE_OK) {
		code = codes_failed(error, b->db, path);
		goto failed;
	}
	snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
		 CODES_APPLICATION, CODES_FORM);
	if ((code = run(b,
			"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; "
			"PRAGMA synchronous = OFF; PRAGMA encoding = 'UTF-8';",
			error)) ||
	    (code = run(b, sql, error)) || (code = run(b, CODES_TABLES "BEGIN;", error)) ||
	    (code =
		 prepare(b, &b->code, "INSERT INTO code VALUES(?, ?, ?, ?, ?, ?, ?, ?)", error)) ||
	    (code = prepare(b, &b->words,
			    "INSERT INTO words(rowid, text, under, above) VALUES(?, ?, ?, ?)",
			    error)) ||
	    (code = prepare(b, &b->term,
			    "INSERT INTO term VALUES(?, 1) ON CONFLICT(word) DO UPDATE SET "
			    "uses = uses + 1",
			    error)) ||
	    (code = prepare(b, &b->renumber, "INSERT INTO renumbered VALUES(?, ?, ?, ?)", error)))
		goto failed;
	*out = b;
	return TW_OK;
failed:
	codes_build_drop(b);
	return code;
}

static void forget_above(struct codes_build *b)
{
	for (size_t i = 0; i < b->above_count; i++)
		free(b->above[i].text);
	b->above_count = 0;
}

/* Remember a row for those beneath it; a new chapter forgets the one before. */
static bool keep_above(struct codes_build *b, const struct codes_entry *e, const char *called)
{
	if (b->above_count && strncmp(b->above[0].code, e->code, 2) != 0)
		forget_above(b);
	if (e->digits == 10)
		return true;
	if (b->above_count == b->above_room) {
		size_t room = b->above_room ? 2 * b->above_room : 256;
		struct above *grown = realloc(b->above, room * sizeof *grown);
		if (!grown)
			return false;
		b->above = grown;
		b->above_room = room;
	}
	struct above *kept = &b->above[b->above_count];
	*kept = (struct above){.from = e->from, .until = e->until};
	memcpy(kept->code, e->code, sizeof kept->code);
	if (asprintf(&kept->text, "%s %s %s %s", e->under, e->text, e->also, called) < 0)
		return false;
	b->above_count++;
	return true;
}

/* The texts of what stands above the entry, but for the chapter: it is too wide to tell. */
static char *texts_above(const struct codes_build *b, const struct codes_entry *e)
{
	char *out = NULL;
	size_t size = 0;
	FILE *to = open_memstream(&out, &size);
	if (!to)
		return NULL;
	for (size_t i = 0; i < b->above_count; i++) {
		const struct above *a = &b->above[i];
		size_t digits = strlen(a->code);
		if (digits > 2 && digits < (size_t)e->digits &&
		    !strncmp(a->code, e->code, digits) && a->from < e->until && e->from < a->until)
			fprintf(to, "%s ", a->text);
	}
	if (ferror(to) | fclose(to)) {
		free(out);
		return NULL;
	}
	return out;
}

static int add_terms(struct codes_build *b, const char *text, struct tw_error *error)
{
	struct words words = {text, text + strlen(text)};
	char word[WORDS_BYTES + 1];
	int code = TW_OK;
	while (!code && words_next(&words, word)) {
		if (strlen(word) < 3 || strpbrk(word, "0123456789"))
			continue;
		sqlite3_bind_text(b->term, 1, word, -1, SQLITE_STATIC);
		code = step(b, b->term, error);
	}
	return code;
}

int codes_build_add(struct codes_build *b, const struct codes_entry *e, const char *called,
		    struct tw_error *error)
{
	char *above = texts_above(b, e), *own = NULL;
	int code = TW_NO_MEMORY;
	if (!above || asprintf(&own, "%s %s %s", e->text, e->also, called) < 0) {
		own = NULL;
		codes_failed(error, NULL, "making the companion of codes");
		goto done;
	}
	b->id++;
	sqlite3_bind_int64(b->code, 1, b->id);
	sqlite3_bind_text(b->code, 2, e->code, -1, SQLITE_STATIC);
	sqlite3_bind_int(b->code, 3, e->from);
	sqlite3_bind_int(b->code, 4, e->until);
	sqlite3_bind_int(b->code, 5, (int)e->kind);
	sqlite3_bind_text(b->code, 6, e->text, -1, SQLITE_STATIC);
	sqlite3_bind_text(b->code, 7, e->under, -1, SQLITE_STATIC);
	sqlite3_bind_text(b->code, 8, e->also, -1, SQLITE_STATIC);
	sqlite3_bind_int64(b->words, 1, b->id);
	sqlite3_bind_text(b->words, 2, own, -1, SQLITE_STATIC);
	sqlite3_bind_text(b->words, 3, e->under, -1, SQLITE_STATIC);
	sqlite3_bind_text(b->words, 4, above, -1, SQLITE_STATIC);
	if ((code = step(b, b->code, error)) || (code = step(b, b->words, error)) ||
	    (code = add_terms(b, own, error)) || (code = add_terms(b, e->under, error)))
		goto done;
	if (!keep_above(b, e, called))
		code = codes_failed(error, NULL, "making the companion of codes");
done:
	free(above);
	free(own);
	return code;
}

int codes_build_renumber(struct codes_build *b, const char *code, int32_t day, int place,
			 const char *successor, struct tw_error *error)
{
	sqlite3_bind_text(b->renumber, 1, code, -1, SQLITE_STATIC);
	sqlite3_bind_int(b->renumber, 2, day);
	sqlite3_bind_int(b->renumber, 3, place);
	sqlite3_bind_text(b->renumber, 4, successor, -1, SQLITE_STATIC);
	return step(b, b->renumber, error);
}

int codes_build_end(struct codes_build *b, struct tw_error *error)
{
	int code = run(b, "INSERT INTO words(words) VALUES('optimize'); COMMIT; VACUUM;", error);
	codes_build_drop(b);
	return code;
}

void codes_build_drop(struct codes_build *b)
{
	if (!b)
		return;
	forget_above(b);
	free(b->above);
	sqlite3_finalize(b->code);
	sqlite3_finalize(b->words);
	sqlite3_finalize(b->term);
	sqlite3_finalize(b->renumber);
	sqlite3_close(b->db);
	free(b);
}
