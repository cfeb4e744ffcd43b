/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles of tables of codes and rates, see edition_columns.h: lines of `key: value`. */
#include "law/edition_columns.h"

#include "common/date.h"
#include "common/error.h"
#include "common/utf8.h"
#include "law/file.h"

#include <stdarg.h>
#include <string.h>

/* Built in: name, text; made from profiles/schedules/ by src/texts.py. */
struct schedule_profile_source {
	const char *name, *text;
};
extern const struct schedule_profile_source schedule_profile_sources[];

struct scan {
	struct edition_columns *out;
	struct arena *arena;
	const char *file;
	int line;
	struct tw_error *error;
};

static int fail(const struct scan *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int fail(const struct scan *s, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_vat(s->error, TW_BAD_ARGUMENT, s->file, s->line, 0, format, arguments);
	va_end(arguments);
	return TW_BAD_ARGUMENT;
}

/* A piece of a line without the blanks around it; NULL: no memory. */
static const char *piece(const struct scan *s, const char *at, size_t length)
{
	while (length && strchr(" \t\r", *at)) {
		at++;
		length--;
	}
	while (length && strchr(" \t\r", at[length - 1]))
		length--;
	return arena_text(s->arena, at, length);
}

/* What stands before and behind the last " = "; *right NULL: there is none. */
static bool cut(const struct scan *s, const char *value, const char **left, const char **right)
{
	const char *at = strrchr(value, '=');
	*right = NULL;
	*left = piece(s, value, at ? (size_t)(at - value) : strlen(value));
	if (at)
		*right = piece(s, at + 1, strlen(at + 1));
	return *left && (!at || *right);
}

/* general: COLUMN [where COLUMN = VALUE]; special: COLUMN [= SYMBOL] [where COLUMN = VALUE] */
static int take_rate(struct scan *s, enum columns_kind kind, const char *value)
{
	static const char word[] = " where ";
	struct edition_columns *c = s->out;
	struct columns_rate *rate = &c->rate[c->rate_count];
	const char *where = strstr(value, word);
	const char *said = piece(s, value, where ? (size_t)(where - value) : strlen(value));
	if (c->rate_count == COLUMNS_RATES)
		return fail(s, "a profile names at most %d columns of rates", COLUMNS_RATES);
	*rate = (struct columns_rate){.kind = kind};
	if (!said || !cut(s, said, &rate->column, &rate->symbol) ||
	    (where && !cut(s, where + sizeof word - 1, &rate->where, &rate->is)))
		return error_memory(s->error);
	if (!*rate->column || (where && (!*rate->where || !rate->is)))
		return fail(s, "a rate is written COLUMN, or COLUMN where COLUMN = VALUE");
	if (kind != COLUMNS_SPECIAL && rate->symbol)
		return fail(s, "only special rates have symbols: write special: %s = %s",
			    rate->column, rate->symbol);
	if (kind == COLUMNS_SPECIAL && !rate->symbol)
		rate->symbol = "";
	c->rate_count++;
	return TW_OK;
}

static int take_word(struct scan *s, const char *value)
{
	struct edition_columns *c = s->out;
	struct columns_word *to = &c->word[c->word_count];
	if (c->word_count == COLUMNS_WORDS)
		return fail(s, "a profile puts at most %d words into others", COLUMNS_WORDS);
	if (!cut(s, value, &to->printed, &to->means))
		return error_memory(s->error);
	if (!*to->printed || !to->means)
		return fail(s, "a word is written PRINTED = MEANS, as in word: Ex. = Free");
	c->word_count++;
	return TW_OK;
}

static int take_choice(struct scan *s, const char *value, const char *yes, const char *no,
		       bool *out)
{
	*out = !strcmp(value, yes);
	if (!*out && strcmp(value, no) != 0)
		return fail(s, "\"%.40s\": write %s or %s", value, yes, no);
	return TW_OK;
}

static int take_key(struct scan *s, const char *key, const char *value)
{
	struct edition_columns *c = s->out;
	const struct {
		const char *key;
		const char **to;
	} texts[] = {{"profile", &c->name},  {"title", &c->title}, {"code", &c->code},
		     {"indent", &c->indent}, {"unit", &c->unit},   {"unit2", &c->unit2},
		     {"from", &c->from},     {"until", &c->until}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (!strcmp(key, texts[i].key)) {
			if (*texts[i].to)
				return fail(s, "%s is given twice", key);
			*texts[i].to = value;
			return *value ? TW_OK : fail(s, "%s says nothing", key);
		}
	if (!strcmp(key, "general"))
		return take_rate(s, COLUMNS_GENERAL, value);
	if (!strcmp(key, "column2"))
		return take_rate(s, COLUMNS_COLUMN2, value);
	if (!strcmp(key, "special"))
		return take_rate(s, COLUMNS_SPECIAL, value);
	if (!strcmp(key, "word"))
		return take_word(s, value);
	if (!strcmp(key, "numbers"))
		return take_choice(s, value, "percent", "printed", &c->percent);
	if (!strcmp(key, "decimal"))
		return take_choice(s, value, "comma", "point", &c->comma);
	if (!strcmp(key, "dates")) {
		c->order = date_order_find((struct tw_text){value, strlen(value)});
		return c->order >= 0 ? TW_OK : fail(s, "\"%.40s\": write dmy, mdy or ymd", value);
	}
	if (!strcmp(key, "digits") && !strcmp(value, "8")) {
		c->digits = (unsigned)(*value - '0');
		return TW_OK;
	}
	return fail(
	    s,
	    "unknown key \"%.40s\": a profile of schedules has profile, title, code, indent, "
	    "unit, unit2, general, special, column2, from, until, word, numbers, decimal, "
	    "dates and digits (8)",
	    key);
}

int columns_parse(struct edition_columns *out, struct arena *arena, const char *file,
		  const char *text, struct tw_error *error)
{
	struct scan s = {.out = out, .arena = arena, .file = file, .error = error};
	*out = (struct edition_columns){.order = DATE_BY_FORM};
	if (utf8_flaw(text, strlen(text)) != strlen(text))
		return fail(&s, "the profile is not UTF-8");
	for (const char *at = text; *at;) {
		size_t length = strcspn(at, "\n");
		const char *line = piece(&s, at, length), *colon = line ? strchr(line, ':') : NULL;
		s.line++;
		at += length + (at[length] == '\n');
		if (!line)
			return error_memory(error);
		if (!*line || *line == '#')
			continue;
		if (!colon)
			return fail(&s, "a line of a profile is written KEY: VALUE");
		const char *key = piece(&s, line, (size_t)(colon - line));
		const char *value = piece(&s, colon + 1, strlen(colon + 1));
		if (!key || !value)
			return error_memory(error);
		int code = take_key(&s, key, value);
		if (code)
			return code;
	}
	s.line = 0;
	if (!out->code)
		return fail(&s, "the profile names no column of codes: add code: COLUMN");
	for (size_t i = 0; i < out->rate_count; i++)
		if (out->rate[i].kind == COLUMNS_GENERAL)
			return TW_OK;
	return fail(&s, "the profile names no column of rates: add general: COLUMN");
}

const char *columns_name(size_t index, const char **title)
{
	static const char key[] = "title: ";
	const struct schedule_profile_source *source = &schedule_profile_sources[index];
	const char *at = source->name ? strstr(source->text, key) : NULL;
	*title = at ? at + sizeof key - 1 : "";
	return source->name;
}

int columns_open(struct edition_columns *out, struct arena *arena, const char *name,
		 struct tw_error *error)
{
	char *text;
	size_t size;
	for (const struct schedule_profile_source *one = schedule_profile_sources; one->name; one++)
		if (!strcmp(one->name, name))
			return columns_parse(out, arena, name, one->text, error);
	if (!strchr(name, '/') && !strchr(name, '.'))
		return error_set(error, TW_BAD_ARGUMENT,
				 "--profile %.60s: no profile of schedules of this program has "
				 "this name; --profile list names them, and a file of your own is "
				 "named with its folder, as in ./%.60s",
				 name, name);
	int code = file_read_path(&text, &size, arena, name, error);
	if (!code && strlen(text) != size)
		return error_at(error, TW_BAD_ARGUMENT, name, 0, 0, "the profile is not a text");
	return code ? code : columns_parse(out, arena, name, text, error);
}
