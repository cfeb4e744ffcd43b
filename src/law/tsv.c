/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the splitting of tab-separated files into cells. Knows no column and
 * no law.
 */
#include "law/tsv.h"

#include "common/error.h"
#include "common/table.h"
#include "law/file.h"

#include <string.h>

struct cursor {
	struct tsv *out;
	struct arena *arena;
	struct tw_error *error;
	char *at, *end;
	int line;
	struct vector keys, values, cells, lines;
};

static struct law_pos here(const struct cursor *c)
{
	return (struct law_pos){c->out->path, c->line, 1};
}

static int short_of_memory(const struct cursor *c)
{
	return error_at(c->error, TW_NO_MEMORY, c->out->path, c->line, 1, "out of memory");
}

/* Length of a well-formed UTF-8 sequence at s (RFC 3629), or 0. */
static size_t utf8_length(const unsigned char *s, const unsigned char *end)
{
	size_t n = s[0] < 0x80                   ? 1
		   : s[0] >= 0xc2 && s[0] < 0xe0 ? 2
		   : s[0] >= 0xe0 && s[0] < 0xf0 ? 3
		   : s[0] >= 0xf0 && s[0] < 0xf5 ? 4
						 : 0;
	if (!n || (size_t)(end - s) < n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xf0 && s[1] < 0x90) || (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return n;
}

static int check_bytes(struct cursor *c)
{
	const unsigned char *end = (unsigned char *)c->end, *start = (unsigned char *)c->at;
	for (const unsigned char *s = start; s < end;) {
		size_t n = utf8_length(s, end);
		struct law_pos pos = {c->out->path, c->line, (int)(s - start) + 1};
		if (!n)
			return law_error(c->error, pos, "not UTF-8");
		if (*s == 0)
			return law_error(c->error, pos, "there is a zero byte in the file");
		if (*s == '\r')
			return law_error(c->error, pos,
					 "a carriage return: end lines with a line feed alone");
		if (*s == '\n') {
			c->line++;
			start = s + 1;
		}
		s += n;
	}
	c->line = 0;
	return TW_OK;
}

/* The next line, terminated; NULL at the end. */
static char *next_line(struct cursor *c)
{
	if (c->at >= c->end)
		return NULL;
	char *line = c->at;
	char *stop = memchr(line, '\n', (size_t)(c->end - line));
	if (stop)
		*stop = 0;
	c->at = stop ? stop + 1 : c->end;
	c->line++;
	return line;
}

static int add_fact(struct cursor *c, char *line)
{
	char *key = line + 1 + strspn(line + 1, " "), *colon = strchr(key, ':');
	const char **k = vector_add(&c->keys, c->arena, sizeof *k);
	const char **v = vector_add(&c->values, c->arena, sizeof *v);
	if (!k || !v)
		return short_of_memory(c);
	if (!colon)
		return law_error(c->error, here(c),
				 "a line that begins with # reads \"# key: value\"");
	*colon = 0;
	*k = key;
	*v = colon + 1 + strspn(colon + 1, " ");
	for (uint32_t i = 0; i + 1 < c->keys.count; i++)
		if (!strcmp(((const char **)c->keys.item)[i], key))
			return law_error(c->error, here(c), "\"# %s:\" is repeated", key);
	if (!**v)
		return law_error(c->error, here(c), "\"# %s:\" has no value: omit the line", key);
	return TW_OK;
}

static int add_header(struct cursor *c, char *line)
{
	struct vector columns = {0};
	for (char *cell = line; cell;) {
		char *tab = strchr(cell, '\t');
		if (tab)
			*tab++ = 0;
		const char **slot = vector_add(&columns, c->arena, sizeof *slot);
		if (!slot)
			return short_of_memory(c);
		*slot = cell;
		if (!*cell)
			return law_error(c->error, here(c), "a column without a name");
		for (uint32_t i = 0; i + 1 < columns.count; i++)
			if (!strcmp(((const char **)columns.item)[i], cell))
				return law_error(c->error, here(c), "column \"%s\" is repeated",
						 cell);
		cell = tab;
	}
	c->out->column = columns.item;
	c->out->column_count = columns.count;
	return TW_OK;
}

static int add_row(struct cursor *c, char *line)
{
	if (!*line)
		return law_error(c->error, here(c), "an empty line: remove it");
	int *number = vector_add(&c->lines, c->arena, sizeof *number);
	if (!number)
		return short_of_memory(c);
	*number = c->line;
	char *cell = line;
	for (size_t i = 0; i < c->out->column_count; i++) {
		const char **slot = vector_add(&c->cells, c->arena, sizeof *slot);
		if (!slot)
			return short_of_memory(c);
		*slot = cell ? cell : "";
		if (cell && (cell = strchr(cell, '\t')))
			*cell++ = 0;
	}
	if (cell)
		return law_error(c->error, here(c), "more cells than the %zu columns of the header",
				 c->out->column_count);
	return TW_OK;
}

static int split(struct cursor *c)
{
	int code = TW_OK;
	char *line;
	while ((line = next_line(c)) && line[0] == '#')
		if ((code = add_fact(c, line)))
			return code;
	if (!line)
		return law_error(c->error, here(c),
				 "no header row: the first line names the columns");
	if ((code = add_header(c, line)))
		return code;
	while ((line = next_line(c)))
		if ((code = add_row(c, line)))
			return code;
	return TW_OK;
}

int tsv_parse(struct tsv *out, struct arena *arena, const char *path, const char *data, size_t size,
	      struct tw_error *error)
{
	*out = (struct tsv){.path = path};
	struct cursor c = {.out = out, .arena = arena, .error = error, .line = 1};
	c.at = arena_text(arena, data, size);
	if (!c.at)
		return short_of_memory(&c);
	c.end = c.at + size;
	int code = check_bytes(&c);
	if (!code)
		code = split(&c);
	if (code)
		return code;
	out->fact_key = c.keys.item;
	out->fact_value = c.values.item;
	out->fact_count = c.keys.count;
	out->cell = c.cells.item;
	out->line = c.lines.item;
	out->row_count = c.lines.count;
	return TW_OK;
}

int tsv_read(struct tsv *out, struct arena *arena, const char *folder, const char *path,
	     struct tw_error *error)
{
	char *data;
	size_t size;
	int code = file_read(&data, &size, arena, folder, path, error);
	return code ? code : tsv_parse(out, arena, path, data, size, error);
}

int tsv_column(const struct tsv *tsv, const char *name)
{
	for (size_t i = 0; i < tsv->column_count; i++)
		if (!strcmp(tsv->column[i], name))
			return (int)i;
	return -1;
}

const char *tsv_fact(const struct tsv *tsv, const char *key)
{
	for (size_t i = 0; i < tsv->fact_count; i++)
		if (!strcmp(tsv->fact_key[i], key))
			return tsv->fact_value[i];
	return NULL;
}
