/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the open companion: what stands where in the tree. Searches no words. */
#include "codes/store.h"

#include "common/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int codes_failed(struct tw_error *error, sqlite3 *db, const char *what)
{
	bool memory = !db || sqlite3_errcode(db) == SQLITE_NOMEM;
	return error_set(error, memory ? TW_NO_MEMORY : TW_BAD_FILE, "%.300s: %s", what,
			 memory ? "out of memory" : sqlite3_errmsg(db));
}

static void drop_texts(struct codes_entry *entry)
{
	free((char *)entry->text); /* one block: see codes_take */
}

void codes_list_cut(struct codes_list *list, size_t limit)
{
	while (list->count > limit)
		drop_texts(&list->item[--list->count]);
}

void codes_list_free(struct codes_list *list)
{
	codes_list_cut(list, 0);
	free(list->item);
	*list = (struct codes_list){0};
}

sqlite3_stmt *codes_statement(struct codes *codes, sqlite3_stmt **kept, const char *sql,
			      struct tw_error *error)
{
	if (!*kept && sqlite3_prepare_v2(codes->db, sql, -1, kept, NULL) != SQLITE_OK) {
		codes_failed(error, codes->db, "the companion of codes");
		return NULL;
	}
	sqlite3_reset(*kept);
	return *kept;
}

static struct codes_entry *grow(struct codes_list *list)
{
	if (list->count == list->room) {
		size_t room = list->room ? 2 * list->room : 32;
		struct codes_entry *grown = realloc(list->item, room * sizeof *grown);
		if (!grown)
			return NULL;
		list->item = grown;
		list->room = room;
	}
	return &list->item[list->count];
}

static const char *column_text(sqlite3_stmt *row, int column)
{
	const unsigned char *text = sqlite3_column_text(row, column);
	return text ? (const char *)text : "";
}

int codes_take(struct codes_list *out, sqlite3_stmt *row, struct tw_error *error)
{
	const char *code = column_text(row, 0), *text = column_text(row, 4),
		   *under = column_text(row, 5), *also = column_text(row, 6);
	size_t a = strlen(text) + 1, b = strlen(under) + 1, c = strlen(also) + 1;
	struct codes_entry *entry = grow(out);
	char *block = entry ? malloc(a + b + c) : NULL;
	if (!block)
		return codes_failed(error, NULL, "the companion of codes");
	memcpy(block, text, a);
	memcpy(block + a, under, b);
	memcpy(block + a + b, also, c);
	*entry = (struct codes_entry){.text = block,
				      .under = block + a,
				      .also = block + a + b,
				      .from = sqlite3_column_int(row, 1),
				      .until = sqlite3_column_int(row, 2)};
	snprintf(entry->code, sizeof entry->code, "%s", code);
	entry->digits = (int)strlen(entry->code);
	int kind = sqlite3_column_int(row, 3);
	entry->kind =
	    kind == CODES_LINE || kind == CODES_HEADING ? (enum codes_kind)kind : CODES_ABOVE;
	out->count++;
	out->found++;
	return TW_OK;
}

/* Adds what the bound statement gives. */
static int take_all(struct codes_list *out, struct codes *codes, sqlite3_stmt *statement,
		    struct tw_error *error)
{
	int code = TW_OK, step;
	while (!code && (step = sqlite3_step(statement)) != SQLITE_DONE)
		code = step == SQLITE_ROW
			   ? codes_take(out, statement, error)
			   : codes_failed(error, codes->db, "the companion of codes");
	sqlite3_reset(statement);
	return code;
}

/* An URI of the path, so that no file beside it is looked for and nothing is locked. */
static void make_uri(char *out, size_t size, const char *path)
{
	size_t at = (size_t)snprintf(out, size, "file:");
	for (; *path && at + 16 < size; path++) {
		if (strchr("%?#", *path))
			at += (size_t)snprintf(out + at, size - at, "%%%02X",
					       (unsigned)(unsigned char)*path);
		else
			out[at++] = *path;
	}
	snprintf(out + at, size - at, "?immutable=1");
}

static int read_number(struct codes *codes, const char *sql)
{
	sqlite3_stmt *statement = NULL;
	int number = -1;
	if (sqlite3_prepare_v2(codes->db, sql, -1, &statement, NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		number = sqlite3_column_int(statement, 0);
	sqlite3_finalize(statement);
	return number;
}

int codes_open(struct codes **out, const char *path, struct tw_error *error)
{
	struct codes *codes = calloc(1, sizeof *codes);
	char uri[3 * 4096 + 32];
	int code;
	*out = NULL;
	if (!codes)
		return codes_failed(error, NULL, path);
	make_uri(uri, sizeof uri, path);
	if (sqlite3_open_v2(uri, &codes->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) !=
	    SQLITE_OK) {
		code = codes_failed(error, codes->db, path);
		goto failed;
	}
	sqlite3_db_config(codes->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(codes->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (read_number(codes, "PRAGMA application_id") != CODES_APPLICATION ||
	    read_number(codes, "PRAGMA user_version") != CODES_FORM) {
		error_set(error, TW_BAD_FILE,
			  "%.300s holds no descriptions of codes of this version: build it again",
			  path);
		code = error->code;
		goto failed;
	}
	*out = codes;
	return TW_OK;
failed:
	codes_close(codes);
	return code;
}

void codes_close(struct codes *codes)
{
	if (!codes)
		return;
	sqlite3_stmt *const all[] = {codes->at,         codes->range, codes->lines,
				     codes->periods,    codes->match, codes->any,
				     codes->successors, codes->terms, codes->begun};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		sqlite3_finalize(all[i]);
	sqlite3_close(codes->db);
	free(codes);
}

#define ROW "code, first, last, kind, text, under, also FROM code "

static int add_at(struct codes_list *out, struct codes *codes, const char *code, int length,
		  int32_t day, struct tw_error *error)
{
	sqlite3_stmt *s =
	    codes_statement(codes, &codes->at,
			    "SELECT " ROW "WHERE code = ?1 AND first <= ?2 AND ?2 < last", error);
	if (!s)
		return error->code;
	sqlite3_bind_text(s, 1, code, length, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 2, day);
	return take_all(out, codes, s, error);
}

int codes_at(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
	     struct tw_error *error)
{
	*out = (struct codes_list){0};
	int result = add_at(out, codes, code, -1, day, error);
	return result ? result : codes_count(out, codes, day, error);
}

/* The ways without counts. */
static int add_way(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
		   struct tw_error *error)
{
	int length = (int)strlen(code), result = TW_OK;
	*out = (struct codes_list){0};
	for (int digits = 2; !result && digits <= length && digits <= 10; digits += 2)
		result = add_at(out, codes, code, digits, day, error);
	return result;
}

int codes_way(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
	      struct tw_error *error)
{
	int result = add_way(out, codes, code, day, error);
	return result ? result : codes_count(out, codes, day, error);
}

/* Everything that begins with the code and is longer, on a day, in order; of "" the chapters. */
static int everything(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
		      struct tw_error *error)
{
	char end[16];
	sqlite3_stmt *s =
	    codes_statement(codes, &codes->range,
			    "SELECT " ROW "WHERE code > ?1 AND code < ?2 AND first <= ?3 AND "
			    "?3 < last AND (?1 <> '' OR length(code) = 2) ORDER BY code",
			    error);
	if (!s)
		return error->code;
	snprintf(end, sizeof end, "%.10s:", code); /* the sign after 9 */
	sqlite3_bind_text(s, 1, code, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(s, 2, end, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 3, day);
	return take_all(out, codes, s, error);
}

int codes_beneath(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
		  struct tw_error *error)
{
	struct codes_list all = {0};
	size_t kept = 0;
	*out = (struct codes_list){0};
	int result = everything(&all, codes, code, day, error);
	for (size_t i = 0; i < all.count; i++) {
		struct codes_entry *now = &all.item[i], *last = kept ? &all.item[kept - 1] : NULL;
		if (last && !strncmp(now->code, last->code, (size_t)last->digits))
			drop_texts(now);
		else
			all.item[kept++] = *now;
	}
	all.count = all.found = kept;
	*out = all;
	return result ? result : codes_count(out, codes, day, error);
}

int codes_periods(struct codes_list *out, struct codes *codes, const char *code,
		  struct tw_error *error)
{
	*out = (struct codes_list){0};
	sqlite3_stmt *s = codes_statement(codes, &codes->periods,
					  "SELECT " ROW "WHERE code = ?1 ORDER BY first", error);
	if (!s)
		return error->code;
	sqlite3_bind_text(s, 1, code, -1, SQLITE_TRANSIENT);
	return take_all(out, codes, s, error);
}

/* Lines that began as the number ended, under the same eight digits. */
static int add_begun(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
		     struct tw_error *error)
{
	sqlite3_stmt *s = codes_statement(
	    codes, &codes->begun,
	    "SELECT " ROW "WHERE code >= substr(?1, 1, 8) AND code < substr(?1, 1, 8) || ':' AND "
	    "kind = 1 AND length(code) = 10 AND first <= ?2 AND ?2 < last AND first = (SELECT "
	    "max(last) FROM code WHERE code = ?1 AND last <= ?2) ORDER BY code",
	    error);
	if (!s || strlen(code) < 8)
		return s ? TW_OK : error->code;
	sqlite3_bind_text(s, 1, code, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 2, day);
	return take_all(out, codes, s, error);
}

int codes_successors(struct codes_list *out, bool *named, struct codes *codes, const char *code,
		     int32_t day, struct tw_error *error)
{
	/* A successor may have ended too: follow it, at most as far as there are numbers. */
	sqlite3_stmt *s = codes_statement(
	    codes, &codes->successors,
	    "WITH RECURSIVE next(code, day) AS ("
	    "  SELECT successor, day FROM renumbered WHERE code = ?1 AND day <= ?2"
	    "  UNION SELECT r.successor, r.day FROM renumbered r JOIN next n ON r.code = n.code "
	    "  WHERE r.day > n.day AND r.day <= ?2) "
	    "SELECT DISTINCT c.code, c.first, c.last, c.kind, c.text, c.under, c.also "
	    "FROM next n JOIN code c ON c.code = n.code AND c.first <= ?2 AND ?2 < c.last "
	    "WHERE NOT EXISTS(SELECT 1 FROM renumbered r WHERE r.code = n.code AND r.day > n.day "
	    "AND r.day <= ?2) ORDER BY c.code LIMIT 1000",
	    error);
	*out = (struct codes_list){0};
	if (!s)
		return error->code;
	sqlite3_bind_text(s, 1, code, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int(s, 2, day);
	int result = take_all(out, codes, s, error);
	*named = out->count > 0;
	return result || *named ? result : add_begun(out, codes, code, day, error);
}

/* The row of the code, or of the line that alone stands for it (0101.21 is 0101.21.00). */
static int way_of(struct codes_list *out, struct codes *codes, const char *code, int32_t day,
		  struct tw_error *error)
{
	char longer[16];
	snprintf(longer, sizeof longer, "%.10s", code);
	for (;;) {
		int result = add_way(out, codes, longer, day, error);
		size_t length = strlen(longer);
		bool there = out->count && strlen(out->item[out->count - 1].code) == length;
		if (result || there || length >= 10)
			return result;
		codes_list_free(out);
		strcpy(longer + length, "00");
	}
}

int codes_words(char **out, struct codes *codes, const char *code, int32_t day,
		struct tw_error *error)
{
	struct codes_list way = {0};
	size_t size;
	FILE *to = NULL;
	*out = NULL;
	int result = way_of(&way, codes, code, day, error);
	if (!result && !(to = open_memstream(out, &size)))
		result = codes_failed(error, NULL, "the companion of codes");
	bool any = false;
	for (size_t i = 0; to && i < way.count; i++) {
		const struct codes_entry *e = &way.item[i];
		if (e->digits == 2) /* too wide to tell */
			continue;
		fprintf(to, "%s%s%s%s", any ? " > " : "", e->under, *e->under ? " > " : "",
			e->text);
		any = true;
	}
	if (to && (ferror(to) | fclose(to))) {
		free(*out);
		*out = NULL;
		result = codes_failed(error, NULL, "the companion of codes");
	}
	codes_list_free(&way);
	return result;
}

int codes_count(struct codes_list *list, struct codes *codes, int32_t day, struct tw_error *error)
{
	char end[16];
	sqlite3_stmt *s = codes_statement(
	    codes, &codes->lines,
	    "SELECT count(*) FROM code c WHERE c.code > ?1 AND c.code < ?2 AND c.kind = 1 AND "
	    "c.first <= ?3 AND ?3 < c.last AND (length(c.code) = 10 OR NOT EXISTS(SELECT 1 FROM "
	    "code x WHERE x.code > c.code AND x.code < c.code || ':' AND x.kind = 1 AND "
	    "x.first <= ?3 AND ?3 < x.last))",
	    error);
	if (!s)
		return error->code;
	for (size_t i = 0; i < list->count; i++) {
		struct codes_entry *entry = &list->item[i];
		if (entry->digits == 10 || entry->kind == CODES_HEADING)
			continue;
		snprintf(end, sizeof end, "%s:", entry->code);
		sqlite3_bind_text(s, 1, entry->code, -1, SQLITE_TRANSIENT);
		sqlite3_bind_text(s, 2, end, -1, SQLITE_TRANSIENT);
		sqlite3_bind_int(s, 3, day);
		if (sqlite3_step(s) == SQLITE_ROW)
			entry->lines = (uint32_t)sqlite3_column_int(s, 0);
		sqlite3_reset(s);
	}
	return TW_OK;
}
