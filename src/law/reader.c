/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what every file of the law reader needs: opening files (and noting
 * their digests), reading fields of a node, looking names up. Knows no noun of
 * the law.
 */
#include "law/reader.h"

#include "common/error.h"
#include "common/money.h"
#include "law/file.h"

#include <string.h>

int read_no_memory(struct reader *r)
{
	return error_memory(r->error);
}

void *read_take(struct reader *r, size_t count, size_t size)
{
	void *at = arena_alloc(r->arena, count ? count : 1, size);
	if (!at)
		read_no_memory(r);
	return at;
}

void *read_add(struct reader *r, struct vector *vector, size_t size)
{
	void *at = vector_add(vector, r->arena, size);
	if (!at)
		read_no_memory(r);
	return at;
}

static int open_file(struct reader *r, const char *path, char **data, size_t *size)
{
	int code = file_read(data, size, r->arena, r->folder, path, r->error);
	if (code)
		return code;
	struct digest *digest = read_add(r, &r->digests, sizeof *digest);
	if (!digest)
		return TW_NO_MEMORY;
	digest->path = path;
	sha256_hex(digest->hex, *data, *size);
	return TW_OK;
}

int read_yaml(struct reader *r, const char *path, struct yaml_node **out)
{
	char *data;
	size_t size;
	int code = open_file(r, path, &data, &size);
	return code ? code : yaml_parse(out, r->arena, path, data, size, r->error);
}

int read_tsv(struct reader *r, const char *path, struct tsv *out)
{
	char *data;
	size_t size;
	int code = open_file(r, path, &data, &size);
	return code ? code : tsv_parse(out, r->arena, path, data, size, r->error);
}

bool read_has(struct reader *r, const char *path)
{
	return file_exists(r->folder, path);
}

int read_text(struct reader *r, const struct yaml_node *map, const char *key, const char **out)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (!node)
		return TW_OK;
	if (node->kind != YAML_SCALAR)
		return law_error(r->error, node->pos, "\"%s\" takes one text", key);
	*out = node->scalar;
	return TW_OK;
}

int read_needed(struct reader *r, const struct yaml_node *map, const char *key, const char **out)
{
	*out = NULL;
	int code = read_text(r, map, key, out);
	if (!code && !*out)
		return law_error(r->error, map->pos, "key \"%s\" is missing", key);
	return code;
}

int read_words(struct reader *r, const struct yaml_node *node, const char *const **out,
	       uint32_t *count)
{
	if (!node)
		return TW_OK;
	if (node->kind == YAML_MAPPING)
		return law_error(r->error, node->pos,
				 "a word or a list of words is required here: [a, b]");
	size_t n = node->kind == YAML_SCALAR ? 1 : node->count;
	const char **words = read_take(r, n, sizeof *words);
	if (!words)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		const struct yaml_node *item = node->kind == YAML_SCALAR ? node : node->item[i];
		if (item->kind != YAML_SCALAR)
			return law_error(r->error, item->pos, "a word is required here");
		words[i] = item->scalar;
	}
	*out = words;
	*count = (uint32_t)n;
	return TW_OK;
}

int read_choice(struct reader *r, const struct yaml_node *map, const char *key,
		const char *const *words, int *out)
{
	const char *text = NULL;
	char hint[160];
	int code = read_text(r, map, key, &text);
	if (code || !text)
		return code;
	struct nearest nearest = {.word = text};
	for (int i = 0; words[i]; i++) {
		if (!strcmp(words[i], text)) {
			*out = i;
			return TW_OK;
		}
		nearest_try(&nearest, words[i]);
	}
	return law_error(r->error, yaml_get(map, key)->pos, "\"%s\" is not a word for \"%s\"%s",
			 text, key, nearest_hint(&nearest, hint));
}

int read_flag(struct reader *r, const struct yaml_node *map, const char *key, bool *out)
{
	static const char *const words[] = {"no", "yes", "false", "true", NULL};
	int which = *out;
	int code = read_choice(r, map, key, words, &which);
	*out = which & 1;
	return code;
}

int read_money(struct reader *r, const struct yaml_node *map, const char *key, tw_money *out)
{
	const char *text = NULL, *right;
	int code = read_text(r, map, key, &text);
	if (code || !text)
		return code;
	if (!money_parse(out, (struct tw_text){text, strlen(text)}, &right))
		return law_error(r->error, yaml_get(map, key)->pos, "\"%s\" is not an amount: %s",
				 text, right);
	return TW_OK;
}

int read_day(struct reader *r, const struct yaml_node *map, const char *key, const char *timezone,
	     tw_time *out)
{
	const char *text = NULL;
	int code = read_text(r, map, key, &text);
	if (code || !text)
		return code;
	if (strlen(text) != 10)
		return law_error(r->error, yaml_get(map, key)->pos,
				 "\"%s\" is not a day: write 2025-03-04", text);
	return text_time(out, timezone, text, yaml_get(map, key)->pos, r->error);
}

int read_name(struct reader *r, const struct table *table, const char *what, const char *name,
	      struct law_pos pos, uint32_t *out)
{
	char hint[160];
	*out = table_find(table, name);
	if (*out != LAW_NONE)
		return TW_OK;
	struct nearest nearest = {.word = name};
	nearest_try_all(&nearest, table);
	return law_error(r->error, pos, "unknown %s \"%s\"%s", what, name,
			 nearest_hint(&nearest, hint));
}

int read_enter(struct reader *r, struct table *table, const char *what, const char *name,
	       uint32_t index, struct law_pos pos, struct law_pos first)
{
	if (table_find(table, name) != LAW_NONE)
		return law_error(r->error, pos, "%s \"%s\" is already defined at %s:%d", what, name,
				 first.file, first.line);
	return table_add(table, r->arena, name, index) ? read_no_memory(r) : TW_OK;
}

struct law_pos tsv_pos(const struct tsv *tsv, size_t row, int column)
{
	int at = 1;
	for (int i = 0; i < column; i++)
		at += (int)strlen(tsv->cell[row * tsv->column_count + (size_t)i]) + 1;
	return (struct law_pos){tsv->path, tsv->line[row], at};
}

const char *tsv_cell(const struct tsv *tsv, size_t row, int column)
{
	return column < 0 ? "" : tsv->cell[row * tsv->column_count + (size_t)column];
}

int tsv_only(struct reader *r, const struct tsv *tsv, const char *const *columns)
{
	struct law_pos pos = {tsv->path, (int)tsv->fact_count + 1, 1};
	char hint[160];
	for (size_t i = 0; i < tsv->column_count; i++) {
		struct nearest nearest = {.word = tsv->column[i]};
		bool found = false;
		for (const char *const *c = columns; *c && !found; c++) {
			found = !strcmp(*c, tsv->column[i]);
			nearest_try(&nearest, *c);
		}
		if (!found)
			return law_error(r->error, pos, "unknown column \"%s\"%s", tsv->column[i],
					 nearest_hint(&nearest, hint));
	}
	if (tsv_column(tsv, columns[0]) < 0)
		return law_error(r->error, pos, "column \"%s\" is missing", columns[0]);
	return TW_OK;
}
