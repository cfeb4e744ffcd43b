/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/profile.h"

#include "common/ascii.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/utf8.h"
#include "lines/columns.h"
#include "lines/value_from.h"

/* Built in: name, text; made from profiles/ by src/texts.py. */
struct profile_source {
	const char *name, *text;
};
extern const struct profile_source profile_sources[];

enum { BUILT_IN = 32 };

/* A text being read. */
struct reader {
	struct profile *profile;
	const char *file;
	int line;
	struct tw_error *error;
};

static int fail(const struct reader *reader, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static int fail(const struct reader *reader, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_vat(reader->error, TW_BAD_ARGUMENT, reader->file, reader->line, 0, format, arguments);
	va_end(arguments);
	return TW_BAD_ARGUMENT;
}

static struct tw_text trim(struct tw_text text)
{
	while (text.length && strchr(" \t\r", text.at[0]))
		text = (struct tw_text){text.at + 1, text.length - 1};
	while (text.length && strchr(" \t\r", text.at[text.length - 1]))
		text.length--;
	return text;
}

static int shown(struct tw_text text)
{
	return (int)(text.length < 60 ? text.length : 60);
}

/* The next of several with `separator` between; false after the last. */
static bool next_of(struct tw_text *one, struct tw_text *rest, char separator)
{
	if (!rest->at)
		return false;
	const char *end = memchr(rest->at, separator, rest->length);
	size_t length = end ? (size_t)(end - rest->at) : rest->length;
	*one = trim((struct tw_text){rest->at, length});
	*rest = end ? (struct tw_text){end + 1, rest->length - length - 1} : (struct tw_text){0};
	return true;
}

static bool is_letter(char c)
{
	unsigned char u = (unsigned char)c;
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || u >= 0x80;
}

/* Case does not count, nor does what is neither letter nor digit. */
static bool same_name(struct tw_text a, struct tw_text b)
{
	size_t i = 0, j = 0;
	for (;;) {
		while (i < a.length && !is_letter(to_lower(a.at[i])))
			i++;
		while (j < b.length && !is_letter(to_lower(b.at[j])))
			j++;
		if (i == a.length || j == b.length)
			return i == a.length && j == b.length;
		if (to_lower(a.at[i++]) != to_lower(b.at[j++]))
			return false;
	}
}

static bool is(struct tw_text text, const char *word)
{
	return text.length == strlen(word) && !memcmp(text.at, word, text.length);
}

/* Fields of files beside our columns, by their names in a profile. */
static int field_of(struct tw_text name)
{
	static const struct {
		const char *name;
		int field;
	} others[] = {{"spi", FIELD_SPI},
		      {"entry_line", FIELD_ENTRY_LINE},
		      {"ordinal", FIELD_ORDINAL},
		      {"declared", FIELD_DECLARED}};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (is(name, others[i].name))
			return others[i].field;
	return tw_column_find(name);
}

static int no_column(const struct reader *reader, struct tw_text name)
{
	const char *nearest = columns_nearest_ours(name.at, name.length);
	return fail(reader, "there is no column \"%.*s\"%s%s%s", shown(name), name.at,
		    nearest ? "; did you mean " : "", nearest ? nearest : "", nearest ? "?" : "");
}

static int add_name(struct reader *reader, struct tw_text theirs, int field, int rank)
{
	struct profile *profile = reader->profile;
	if (!theirs.length)
		return fail(reader,
			    "a column has no name: write their name, or remove the comma or the |");
	for (size_t i = 0; i < profile->map_count; i++)
		if (same_name(profile->map[i].theirs, theirs))
			return fail(reader, "the column \"%.*s\" is named twice", shown(theirs),
				    theirs.at);
	if (profile->map_count == PROFILE_NAMES)
		return fail(reader, "a profile names at most %d columns", PROFILE_NAMES);
	profile->map[profile->map_count].theirs = theirs;
	profile->map[profile->map_count].field = field;
	profile->map[profile->map_count++].rank = rank;
	return TW_OK;
}

/* map: THEIRS | ANOTHER SPELLING = ours */
static int take_map(struct reader *reader, struct tw_text value)
{
	const char *equals = memrchr(value.at, '=', value.length);
	if (!equals)
		return fail(reader, "map needs THEIRS = OURS, as in map: HS Code = hts");
	struct tw_text rest = {value.at, (size_t)(equals - value.at)}, one;
	struct tw_text ours = trim((struct tw_text){equals + 1, value.length - rest.length - 1});
	int field = field_of(ours), result = TW_OK;
	if (field < 0)
		return no_column(reader, ours);
	for (size_t i = 0; i < reader->profile->map_count; i++)
		if (reader->profile->map[i].field == field)
			return fail(
			    reader,
			    "%.*s is mapped twice: name all spellings in one line, separated by |",
			    shown(ours), ours.at);
	for (int rank = 0; !result && next_of(&one, &rest, '|'); rank++)
		result = add_name(reader, one, field, rank);
	return result;
}

static int take_set(struct reader *reader, struct tw_text value)
{
	const char *equals = memchr(value.at, '=', value.length);
	if (!equals)
		return fail(reader, "set needs COLUMN = VALUE, as in set: channel = postal");
	struct tw_text name = trim((struct tw_text){value.at, (size_t)(equals - value.at)});
	int column = tw_column_find(name);
	if (column < 0)
		return no_column(reader, name);
	if (reader->profile->set[column].at)
		return fail(reader, "%.*s is set twice", shown(name), name.at);
	reader->profile->set[column] =
	    trim((struct tw_text){equals + 1, (size_t)(value.at + value.length - equals - 1)});
	return TW_OK;
}

static int take_ignore(struct reader *reader, struct tw_text value)
{
	struct tw_text one;
	int code = TW_OK;
	while (!code && next_of(&one, &value, ','))
		code = add_name(reader, one, FIELD_OTHER, 0);
	return code;
}

static int take_list(struct reader *reader, struct profile_list *list, struct tw_text value)
{
	struct tw_text one;
	while (next_of(&one, &value, ',')) {
		if (!one.length)
			return fail(reader, "a column has no name: remove the comma");
		if (list->count == PROFILE_LIST)
			return fail(reader, "more than %d columns", PROFILE_LIST);
		list->name[list->count++] = one;
	}
	return TW_OK;
}

static int take_value_from(struct reader *reader, struct tw_text value)
{
	struct value_from *to = &reader->profile->value_from;
	struct tw_error error = {0};
	if (to->terms)
		return fail(reader, "value-from is given twice");
	if (value_from_read(to, value, &error))
		return fail(reader, "%s", error.message + strlen("--"));
	return TW_OK;
}

static int take_word(struct reader *reader, char *to, size_t room, struct tw_text value)
{
	if (value.length >= room)
		return fail(reader, "over %zu letters", room - 1);
	memcpy(to, value.at, value.length);
	to[value.length] = '\0';
	return TW_OK;
}

static int take_fold(struct reader *reader, struct tw_text value)
{
	if (!is(value, "tariff-rows"))
		return fail(reader, "`%.*s` is not a way to fold rows: tariff-rows is",
			    shown(value), value.at);
	reader->profile->fold = PROFILE_TARIFF_ROWS;
	return TW_OK;
}

static int take_detect(struct reader *reader, struct tw_text value)
{
	if (!is(value, "yes") && !is(value, "no"))
		return fail(reader, "detect is yes or no, not `%.*s`", shown(value), value.at);
	reader->profile->is_detected = is(value, "yes");
	return TW_OK;
}

static int take_line(struct reader *reader, struct tw_text line)
{
	static const char *const keys[] = {"profile",    "title",  "header", "map",
					   "set",        "ignore", "group",  "carry",
					   "value-from", "fold",   "detect"};
	struct profile *profile = reader->profile;
	const char *colon = memchr(line.at, ':', line.length);
	struct tw_text key =
	    trim((struct tw_text){line.at, colon ? (size_t)(colon - line.at) : line.length});
	if (!colon) {
		return fail(reader, "`%.*s`: write KEY: VALUE, as in map: HS Code = hts",
			    shown(line), line.at);
	}
	struct tw_text value =
	    trim((struct tw_text){colon + 1, (size_t)(line.at + line.length - colon - 1)});
	if (!value.length)
		return fail(reader, "%.*s is empty: remove it", shown(key), key.at);
	if (is(key, "profile"))
		return take_word(reader, profile->name, sizeof profile->name, value);
	if (is(key, "title"))
		return take_word(reader, profile->title, sizeof profile->title, value);
	if (is(key, "map"))
		return take_map(reader, value);
	if (is(key, "set"))
		return take_set(reader, value);
	if (is(key, "ignore"))
		return take_ignore(reader, value);
	if (is(key, "header"))
		return take_list(reader, &profile->header, value);
	if (is(key, "carry"))
		return take_list(reader, &profile->carry, value);
	if (is(key, "fold"))
		return take_fold(reader, value);
	if (is(key, "detect"))
		return take_detect(reader, value);
	if (is(key, "value-from"))
		return take_value_from(reader, value);
	if (is(key, "group")) {
		if (profile->group.at)
			return fail(reader, "group is given twice");
		profile->group = value;
		return TW_OK;
	}
	const char *nearest = columns_nearest(key.at, key.length, keys, sizeof keys / sizeof *keys);
	return fail(reader, "`%.*s` is not a keyword of a profile%s%s%s; see docs/profiles.md",
		    shown(key), key.at, nearest ? "; did you mean " : "", nearest ? nearest : "",
		    nearest ? "?" : "");
}

/* What only shows when all is read. */
static int check(struct reader *reader)
{
	struct profile *profile = reader->profile;
	if (!*profile->name)
		return fail(reader, "it has no name: begin with profile: NAME");
	if (profile->carry.count && !profile->group.length)
		return fail(
		    reader,
		    "carry needs the column that shows which rows belong together: group: NAME");
	if (profile->is_detected && !profile->header.count)
		return fail(reader, "detect needs the columns that mark such a file: header: NAME");
	for (size_t i = 0; profile->value_from.terms && i < profile->map_count; i++)
		if (profile->map[i].field == TW_COLUMN_VALUE)
			return fail(reader, "the value is both mapped and calculated by "
					    "value-from: use one of the two");
	if (profile->fold == PROFILE_TARIFF_ROWS && profile->carry.count)
		return fail(reader, "rows are either folded or carried down, not both");
	return TW_OK;
}

/* The profile keeps views of the text. */
static int read_lines(struct profile *profile, struct tw_text rest, const char *file,
		      struct tw_error *error)
{
	struct reader reader = {.profile = profile, .file = file, .error = error};
	struct tw_text line;
	int code = TW_OK;
	while (!code && next_of(&line, &rest, '\n')) {
		reader.line++;
		if (line.length && *line.at != '#')
			code = take_line(&reader, line);
	}
	reader.line = 0;
	return code ? code : check(&reader);
}

int profile_read(struct profile *profile, struct tw_text text, const char *file,
		 struct tw_error *error)
{
	struct reader reader = {.profile = profile, .file = file, .error = error};
	*profile = (struct profile){0};
	if (text.length >= 3 && !memcmp(text.at, "\xEF\xBB\xBF", 3))
		text = (struct tw_text){text.at + 3, text.length - 3};
	if (text.length > PROFILE_TEXT || utf8_flaw(text.at, text.length) < text.length)
		return fail(&reader, "is not a profile: give a small UTF-8 text file");
	if (!(profile->text = malloc(text.length + 1))) {
		return error_memory(error);
	}
	memcpy(profile->text, text.at, text.length);
	int code = read_lines(profile, (struct tw_text){profile->text, text.length}, file, error);
	if (code)
		profile_free(profile);
	return code;
}

void profile_free(struct profile *profile)
{
	free(profile->text);
	*profile = (struct profile){0};
}

void profile_close(struct profile *profile)
{
	if (profile)
		profile_free(profile);
	free(profile);
}

static struct profile built_in[BUILT_IN];
static size_t built_in_count;
static pthread_once_t built_in_once = PTHREAD_ONCE_INIT;

/* Those that are built in were tested with the build; one that cannot be read is not there. */
static void read_built_in(void)
{
	for (size_t i = 0; profile_sources[i].name && built_in_count < BUILT_IN; i++) {
		const char *text = profile_sources[i].text;
		struct profile *profile = &built_in[built_in_count];
		if (!read_lines(profile, (struct tw_text){text, strlen(text)},
				profile_sources[i].name, NULL))
			built_in_count++;
		else
			*profile = (struct profile){0};
	}
}

const struct profile *profile_built_in(size_t index)
{
	pthread_once(&built_in_once, read_built_in);
	return index < built_in_count ? &built_in[index] : NULL;
}

static int no_profile(const char *name, struct tw_error *error)
{
	const char *names[BUILT_IN];
	struct reader reader = {.file = "", .error = error};
	char list[256] = "";
	size_t count = 0;
	for (const struct profile *one; (one = profile_built_in(count)); count++) {
		names[count] = one->name;
		fit_add(list, sizeof list, "%s%s", count ? ", " : "", one->name);
	}
	const char *nearest = columns_nearest(name, strlen(name), names, count);
	return fail(&reader,
		    "--profile: there is no profile and no file \"%.80s\"%s%s%s; there are %s",
		    name, nearest ? "; did you mean " : "", nearest ? nearest : "",
		    nearest ? "?" : "", list);
}

static int open_file(struct profile *profile, const char *name, struct tw_error *error)
{
	struct reader reader = {.file = name, .error = error};
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR) && !strchr(name, '/'))
		return no_profile(name, error);
	if (fd < 0)
		return fail(&reader, "cannot be opened: %s", strerror(errno));
	char *text = malloc(PROFILE_TEXT + 1);
	size_t length = 0;
	ssize_t got = text ? 1 : -1;
	while (got > 0 && length <= PROFILE_TEXT) {
		got = read(fd, text + length, PROFILE_TEXT + 1 - length);
		length += got > 0 ? (size_t)got : 0;
	}
	int code = got < 0 ? fail(&reader, "cannot be read: %s", strerror(errno))
			   : profile_read(profile, (struct tw_text){text, length}, name, error);
	close(fd);
	free(text);
	return code;
}

int profile_open(struct profile **out, const char *name, struct tw_error *error)
{
	struct profile *profile = calloc(1, sizeof *profile);
	int code = profile ? TW_OK : TW_NO_MEMORY;
	if (!profile)
		error_memory(error);
	for (size_t i = 0; !code && profile_sources[i].name; i++) {
		const char *text = profile_sources[i].text;
		if (strcmp(profile_sources[i].name, name) != 0)
			continue;
		code = profile_read(profile, (struct tw_text){text, strlen(text)}, name, error);
		if (!code)
			*out = profile;
		else
			free(profile);
		return code;
	}
	if (!code)
		code = open_file(profile, name, error);
	if (!code)
		*out = profile;
	else
		free(profile);
	return code;
}

int profile_rank(int *field, const struct profile *profile, struct tw_text name)
{
	for (size_t i = 0; profile && i < profile->map_count; i++)
		if (same_name(profile->map[i].theirs, name)) {
			*field = profile->map[i].field;
			return profile->map[i].rank;
		}
	return -1;
}

bool profile_sets(const struct profile *profile, enum tw_column column)
{
	return profile && profile->set[column].at;
}

static bool has_name(const struct csv_row *row, struct tw_text name)
{
	for (size_t i = 0; i < row->count; i++)
		if (same_name(csv_value(row->field[i]), name))
			return true;
	return false;
}

int profile_column(const struct columns *columns, struct tw_text name)
{
	for (size_t i = 0; i < columns->count; i++)
		if (same_name(columns->name[i], name))
			return (int)i;
	return -1;
}

bool profile_fits(const struct profile *profile, const struct csv_row *row)
{
	for (size_t i = 0; i < profile->header.count; i++)
		if (!has_name(row, profile->header.name[i]))
			return false;
	return true;
}

const struct profile *profile_detect(const struct csv_row *row)
{
	const struct profile *profile;
	for (size_t i = 0; (profile = profile_built_in(i)); i++)
		if (profile->is_detected && profile_fits(profile, row))
			return profile;
	return NULL;
}

void profile_quote(char *out, size_t room, const struct profile_list *list)
{
	out[0] = '\0';
	for (size_t i = 0; i < list->count; i++)
		fit_add(out, room, "%s\"%.*s\"", i ? ", " : "", shown(list->name[i]),
			list->name[i].at);
}
