/* SPDX-License-Identifier: Apache-2.0 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_ROWS = 64 };

#define WINDOW (2 * CSV_RECORD)
#define BLOCK ((size_t)256 << 10)
#define PEEK ((size_t)64 << 10)

static int fail(struct tw_error *error, const struct input *input, uint64_t line, int code,
		const char *format, ...) __attribute__((format(printf, 5, 6)));

static int fail(struct tw_error *error, const struct input *input, uint64_t line, int code,
		const char *format, ...)
{
	va_list arguments;
	if (!error)
		return code;
	*error = (struct tw_error){.code = code, .line = (int)line};
	if (input)
		snprintf(error->file, sizeof error->file, "%s", input->name);
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	return code;
}

int batch_grow(struct batch *batch, size_t room)
{
	if (room <= batch->room)
		return TW_OK;
	size_t size = batch->room ? batch->room : BATCH_TEXT + BLOCK / 4;
	while (size < room)
		size *= 2;
	char *text = realloc(batch->text, size);
	if (!text)
		return TW_NO_MEMORY;
	batch->text = text;
	batch->room = size;
	return TW_OK;
}

void batch_free(struct batch *batch)
{
	free(batch->text);
	batch->text = NULL;
	batch->room = batch->length = batch->count = 0;
}

int input_temporary(struct tw_error *error)
{
	char path[4096];
	const char *folder = getenv("TMPDIR");
	if (!folder || !*folder)
		folder = "/tmp";
	snprintf(path, sizeof path, "%s/tidewaiter-XXXXXX", folder);
	int fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0) {
		fail(error, NULL, 0, TW_BAD_FILE,
		     "cannot make a temporary file in %s: %s; name another folder in TMPDIR",
		     folder, strerror(errno));
		return -1;
	}
	unlink(path);
	return fd;
}

/* Reads once into the window; moves what is unread to its start. */
static int fill(struct input *input, struct tw_error *error)
{
	if (input->from) {
		memmove(input->window, input->window + input->from, input->to - input->from);
		input->to -= input->from;
		input->from = 0;
	}
	size_t room = WINDOW - input->to;
	if (!room || input->at_end)
		return TW_OK;
	ssize_t got;
	do {
		got = read(input->fd, input->window + input->to, room < BLOCK ? room : BLOCK);
	} while (got < 0 && errno == EINTR);
	if (got < 0)
		return fail(error, input, 0, TW_BAD_FILE, "cannot be read: %s", strerror(errno));
	input->at_end = got == 0;
	input->to += (size_t)got;
	input->read += (uint64_t)got;
	return TW_OK;
}

static struct tw_text unread(const struct input *input)
{
	return (struct tw_text){input->window + input->from, input->to - input->from};
}

static uint64_t count_lines(const char *at, size_t length)
{
	uint64_t lines = 0;
	const char *end = at + length, *newline;
	while ((newline = memchr(at, '\n', (size_t)(end - at)))) {
		lines++;
		at = newline + 1;
	}
	return lines;
}

static void advance(struct input *input, size_t length)
{
	input->number += count_lines(input->window + input->from, length);
	input->from += length;
}

/* Formats that are not text lines, by their first bytes. */
static int refuse_kind(const struct input *input, struct tw_error *error)
{
	struct tw_text text = unread(input);
	const unsigned char *at = (const unsigned char *)text.at;
	if (text.length >= 2 &&
	    ((at[0] == 0xFF && at[1] == 0xFE) || (at[0] == 0xFE && at[1] == 0xFF)))
		return fail(error, input, 1, TW_BAD_FILE,
			    "is UTF-16: save it as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
	if (text.length >= 4 && !memcmp(at, "PK\3\4", 4))
		return fail(error, input, 1, TW_BAD_FILE,
			    "is a spreadsheet or an archive: save the sheet as CSV");
	if (text.length >= 2 && at[0] == 0x1F && at[1] == 0x8B)
		return fail(error, input, 1, TW_BAD_FILE,
			    "is compressed: unpack it first (gzip -dc FILE | tidewaiter assess -)");
	return TW_OK;
}

/* A row of the first rows of a file, read with one separator. */
struct header {
	size_t score, at, length;
	uint64_t number;
	char separator;
};

/* Tries one separator on the first rows; keeps the best row that reads like a header. */
static int try_separator(struct header *best, struct input *input, char separator,
			 const struct columns_options *options)
{
	struct csv_row *row = malloc(sizeof *row);
	char *copy = malloc(PEEK);
	size_t at = 0, length, flaw;
	uint64_t number = input->number;
	struct tw_text text = unread(input);

	for (int i = 0; row && copy && i < HEADER_ROWS && at < text.length && at < PEEK; i++) {
		struct tw_text rest = {text.at + at, text.length - at};
		enum csv_result result = csv_end(&length, &flaw, rest, separator, input->at_end);
		if (result == CSV_MORE)
			break;
		if (result == CSV_OK && length <= PEEK) {
			memcpy(copy, rest.at, length);
			if (csv_split(row, copy, length, separator) == CSV_OK) {
				size_t score = columns_score(row, options);
				if (score > best->score)
					*best =
					    (struct header){score, at, length, number, separator};
			}
		}
		number += count_lines(rest.at, length);
		at += length;
	}
	int result = row && copy ? TW_OK : TW_NO_MEMORY;
	free(row);
	free(copy);
	return result;
}

static size_t count_of(const char *text, size_t length, char c)
{
	size_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += text[i] == c;
	return count;
}

static int no_header(const struct input *input, struct tw_error *error)
{
	struct tw_text text = unread(input);
	const char *newline = memchr(text.at, '\n', text.length);
	size_t length = newline ? (size_t)(newline - text.at) : text.length;
	for (const char *separator = ",;\t"; *separator; separator++)
		if (count_of(text.at, length, *separator) >= CSV_FIELDS)
			return fail(
			    error, input, input->number, TW_BAD_FILE,
			    "the first row names more than %d columns: leave out those that "
			    "are not needed",
			    CSV_FIELDS);
	while (length && (text.at[length - 1] == '\r' || text.at[length - 1] == ' '))
		length--;
	size_t word = 0;
	while (word < length && !strchr(",;\t\"", text.at[word]))
		word++;
	const char *nearest = columns_nearest(text.at, word, columns_names(), TW_COLUMN_COUNT);
	bool clean = length > 0 && length < 60;
	for (size_t i = 0; i < length && clean; i++)
		clean = (unsigned char)text.at[i] >= 0x20 && (unsigned char)text.at[i] < 0x7F;
	return fail(error, input, input->number, TW_BAD_FILE,
		    "no header row was found in the first %d rows%s%.*s%s%s%s; the first row must "
		    "name the columns, as in id,hts,origin,entered,value (--map THEIRS=OURS for "
		    "names of your own)",
		    HEADER_ROWS, clean ? " (it begins \"" : "", clean ? (int)length : 0, text.at,
		    clean ? "\")" : "", nearest ? "; did you mean " : "", nearest ? nearest : "");
}

static int read_header(struct input *input, struct columns_options *options, struct tw_error *error)
{
	struct header best = {0};
	static const char separators[] = ",;\t";
	int result = TW_OK;

	for (size_t i = 0; separators[i] && !result; i++)
		result = try_separator(&best, input, separators[i], options);
	if (result)
		return fail(error, input, 0, result, "no memory left for the header");
	if (!best.score)
		return no_header(input, error);
	input->separator = best.separator;
	struct csv_row *row = malloc(sizeof *row);
	char *copy = malloc(best.length);
	if (!row || !copy) {
		result = fail(error, input, 0, TW_NO_MEMORY, "no memory left for the header");
	} else {
		memcpy(copy, unread(input).at + best.at, best.length);
		csv_split(row, copy, best.length, best.separator);
		result = columns_read(&input->columns, row, options, error);
		if (result && error) {
			snprintf(error->file, sizeof error->file, "%s", input->name);
			error->line = (int)best.number;
		}
	}
	free(row);
	free(copy);
	advance(input, best.at + best.length);
	return result;
}

/* Reads enough to see the header: a line of a pipe, 64 KiB of a file. */
static int peek(struct input *input, struct tw_error *error)
{
	int result = TW_OK;
	while (!result && !input->at_end && input->to - input->from < PEEK) {
		result = fill(input, error);
		if (!input->is_seekable &&
		    memchr(input->window + input->from, '\n', input->to - input->from))
			break;
	}
	return result;
}

static int begin(struct input *input, struct columns_options *options, struct tw_error *error)
{
	int result = peek(input, error);
	if (result || (result = refuse_kind(input, error)))
		return result;
	if (input->to >= 3 && !memcmp(input->window, "\xEF\xBB\xBF", 3))
		input->from = 3;
	size_t first = input->from;
	while (first < input->to && strchr(" \t\r\n", input->window[first]) && input->window[first])
		first++;
	input->is_empty = first == input->to && input->at_end;
	char c = first < input->to ? input->window[first] : '\0';
	input->is_ndjson = c == '{' || input->is_empty;
	if (c == '[')
		return fail(
		    error, input, input->number, TW_BAD_FILE,
		    "is a JSON array: one object a line is needed (jq -c '.[]' FILE makes it)");
	if (!input->is_ndjson) {
		result = read_header(input, options, error);
		/* A pipe may have given less than the preamble. */
		while (result == TW_BAD_FILE && !input->is_seekable && !input->at_end &&
		       input->to < PEEK) {
			result = fill(input, error);
			if (!result)
				result = read_header(input, options, error);
		}
	}
	input->start = input->from;
	input->start_number = input->number;
	return result;
}

int input_open(struct input *input, const char *path, struct columns_options *options,
	       struct tw_error *error)
{
	bool standard = !strcmp(path, "-");
	struct stat status;
	*input = (struct input){.name = standard ? "standard input" : path, .number = 1};
	input->fd = standard ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	if (input->fd < 0 || fstat(input->fd, &status))
		return fail(error, input, 0, TW_BAD_FILE, "cannot be opened: %s", strerror(errno));
	if (S_ISDIR(status.st_mode))
		return fail(error, input, 0, TW_BAD_FILE, "is a folder: name the files in it");
	off_t here = lseek(input->fd, 0, SEEK_CUR);
	input->is_seekable = S_ISREG(status.st_mode) && here == 0;
	input->size = input->is_seekable ? (uint64_t)status.st_size : 0;
	input->window = malloc(WINDOW);
	if (!input->window)
		return fail(error, input, 0, TW_NO_MEMORY, "no memory left to read it");
	return begin(input, options, error);
}

void input_close(struct input *input)
{
	if (input->name && input->fd >= 0)
		close(input->fd);
	free(input->window);
	columns_free(&input->columns);
	*input = (struct input){.fd = -1};
}

static int write_all(int fd, const char *at, size_t length)
{
	while (length) {
		ssize_t wrote = write(fd, at, length);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return -1;
		at += wrote;
		length -= (size_t)wrote;
	}
	return 0;
}

int input_spool(struct input *input, struct tw_error *error)
{
	if (input->is_seekable)
		return TW_OK;
	int fd = input_temporary(error);
	if (fd < 0)
		return TW_BAD_FILE;
	int result = TW_OK;
	uint64_t size = 0;
	for (;;) { /* the spool begins with the first record */
		struct tw_text text = unread(input);
		if (write_all(fd, text.at, text.length)) {
			result = fail(error, input, 0, TW_BAD_FILE,
				      "cannot be kept in a temporary file: %s", strerror(errno));
			break;
		}
		size += text.length;
		input->from = input->to;
		if (input->at_end || (result = fill(input, error)))
			break;
	}
	close(input->fd);
	input->fd = fd;
	input->is_seekable = true;
	input->size = size;
	input->start = 0;
	return result ? result : input_rewind(input, error);
}

int input_rewind(struct input *input, struct tw_error *error)
{
	if (lseek(input->fd, (off_t)input->start, SEEK_SET) < 0)
		return fail(error, input, 0, TW_BAD_FILE, "cannot be read twice: %s",
			    strerror(errno));
	input->from = input->to = 0;
	input->at_end = input->skipping = false;
	input->number = input->start_number;
	input->read = input->start;
	return TW_OK;
}

bool input_mentions(struct input *input, const char *text)
{
	size_t length = strlen(text);
	struct tw_text seen = unread(input);
	if (!input->is_seekable)
		return seen.length && memmem(seen.at, seen.length, text, length);
	bool found = false;
	if (input_rewind(input, NULL))
		return false;
	while (!found && !fill(input, NULL)) {
		seen = unread(input);
		found = memmem(seen.at, seen.length, text, length);
		if (input->at_end)
			break;
		if (seen.length > length) /* keep what may be the beginning of it */
			input->from = input->to - length;
	}
	input_rewind(input, NULL);
	return found;
}

/* Drops the rest of a line that did not fit the window. */
static void skip_line(struct input *input)
{
	struct tw_text text = unread(input);
	const char *newline = memchr(text.at, '\n', text.length);
	advance(input, newline ? (size_t)(newline - text.at) + 1 : text.length);
	if (newline || input->at_end)
		input->skipping = false;
}

static bool is_empty_line(const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (at[i] != ' ' && at[i] != '\t' && at[i] != '\r' && at[i] != '\n')
			return false;
	return true;
}

/* The end of the next record in the window, by the file's format. */
static enum csv_result record_end(struct batch_record *record, const struct input *input)
{
	struct tw_text text = unread(input);
	*record = (struct batch_record){.number = input->number};
	if (!input->is_ndjson)
		return csv_end(&record->length, &record->flaw, text, input->separator,
			       input->at_end);
	const char *newline = memchr(text.at, '\n', text.length);
	record->length = newline ? (size_t)(newline - text.at) + 1 : text.length;
	if (record->length > CSV_RECORD)
		return CSV_LONG;
	return newline || input->at_end ? CSV_OK : CSV_MORE;
}

/* The two fields that make an ES-003 row part of a line; false if it cannot be read. */
static bool es003_key(struct tw_text key[2], const struct input *input, char *at, size_t length,
		      struct csv_row *row)
{
	const int *place = input->columns.at;
	if (csv_split(row, at, length, input->separator) != CSV_OK)
		return false;
	size_t summary = (size_t)place[TW_COLUMN_SHIPMENT], line = (size_t)place[FIELD_ENTRY_LINE];
	if (row->count <= summary || row->count <= line)
		return false;
	key[0] = csv_value(row->field[summary]);
	key[1] = csv_value(row->field[line]);
	return key[0].length > 0;
}

static bool same(struct tw_text a, struct tw_text b)
{
	return a.length == b.length && (!a.length || !memcmp(a.at, b.at, a.length));
}

/*
 * Whether the record at the window's front belongs to the batch's last one:
 * the rows of one summary and line number stand together.
 */
static bool joins(const struct batch *batch, const struct input *input,
		  const struct batch_record *record)
{
	bool found = false;
	if (!input->columns.is_es003 || !batch->count || record->result != CSV_OK)
		return false;
	const struct batch_record *last = &batch->record[batch->count - 1];
	if (last->result != CSV_OK || last->length + record->length > CSV_RECORD)
		return false;
	size_t first, flaw;
	struct tw_text text = {batch->text + last->at, last->length};
	if (csv_end(&first, &flaw, text, input->separator, true) != CSV_OK)
		return false;
	struct csv_row *row = malloc(sizeof *row);
	char *copy = malloc(first + record->length + 1);
	struct tw_text a[2], b[2];
	if (row && copy) {
		memcpy(copy, text.at, first);
		memcpy(copy + first, unread(input).at, record->length);
		found = es003_key(a, input, copy, first, row) &&
			es003_key(b, input, copy + first, record->length, row) &&
			same(a[0], b[0]) && same(a[1], b[1]);
	}
	free(row);
	free(copy);
	return found;
}

/* Copies a record into the batch and steps over it. */
static int take(struct batch *batch, struct input *input, struct batch_record *record, bool join)
{
	size_t keep = record->length;
	if (record->result != CSV_OK && keep > BATCH_PREFIX)
		keep = BATCH_PREFIX;
	if (batch_grow(batch, batch->length + keep))
		return TW_NO_MEMORY;
	memcpy(batch->text + batch->length, input->window + input->from, keep);
	if (join) {
		batch->record[batch->count - 1].length += keep;
	} else {
		record->at = batch->length;
		batch->record[batch->count] = *record;
		batch->record[batch->count].length = keep;
		batch->count++;
	}
	batch->length += keep;
	const char *end = input->window + input->from + record->length;
	input->skipping = record->result == CSV_LONG && end[-1] != '\n';
	advance(input, record->length);
	return TW_OK;
}

static bool is_full(const struct batch *batch)
{
	return batch->count == BATCH_LINES || batch->length >= BATCH_TEXT;
}

int input_batch(struct batch *batch, struct input *input, bool wait, struct tw_error *error)
{
	struct batch_record record;
	int result = TW_OK;

	batch->count = batch->length = 0;
	batch->input = input;
	while (!result) {
		bool starved = input->from == input->to;
		if (!starved && input->skipping) {
			skip_line(input);
			continue;
		}
		if (!starved) {
			record.result = CSV_OK;
			enum csv_result found = record_end(&record, input);
			record.result = found;
			starved = found == CSV_MORE;
		}
		if (starved) {
			if (input->at_end)
				break;
			/* ES-003 rows of one line must not be parted by a slow pipe. */
			if (batch->count && !input->columns.is_es003)
				break;
			if (!wait && !batch->count && !input->is_seekable)
				return TW_NOT_FOUND;
			result = fill(input, error);
			continue;
		}
		if (is_empty_line(input->window + input->from, record.length)) {
			advance(input, record.length);
			continue;
		}
		bool join = joins(batch, input, &record);
		if (!join && is_full(batch))
			break;
		if (take(batch, input, &record, join))
			result = fail(error, input, 0, TW_NO_MEMORY, "no memory left to read it");
	}
	return result;
}
