/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/error.h"
#include "lines/seen.h"
#include "lines/window.h"

enum { HEADER_ROWS = 64 };

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
	struct tw_text text = window_unread(input);

	int rows = input->is_table ? 1 : HEADER_ROWS;

	for (int i = 0; row && copy && i < rows && at < text.length && at < PEEK; i++) {
		struct tw_text rest = {text.at + at, text.length - at};
		enum csv_result code = csv_end(&length, &flaw, rest, separator, input->at_end);
		if (code == CSV_MORE)
			break;
		if (code == CSV_OK && length <= PEEK) {
			memcpy(copy, rest.at, length);
			if (csv_split(row, copy, length, separator) == CSV_OK) {
				size_t score = columns_score(row, options);
				if (score > best->score)
					*best =
					    (struct header){score, at, length, number, separator};
			}
		}
		number += window_lines(input, rest.at, length);
		at += length;
	}
	int code = row && copy ? TW_OK : TW_NO_MEMORY;
	free(row);
	free(copy);
	return code;
}

static size_t count_of(const char *text, size_t length, char c)
{
	size_t count = 0;
	for (size_t i = 0; i < length; i++)
		count += text[i] == c;
	return count;
}

/* There are others: the one with the lines may be among them. */
static const char *other_sheet(const struct input *input)
{
	return input->wanted_sheet ? " of that sheet"
				   : " of the first sheet (--sheet NAME|N reads another)";
}

static int no_header(const struct input *input, struct tw_error *error)
{
	struct tw_text text = window_unread(input);
	const char *newline = memchr(text.at, '\n', text.length);
	size_t length = newline ? (size_t)(newline - text.at) : text.length;
	for (const char *separator = ",;\t|"; *separator; separator++)
		if (count_of(text.at, length, *separator) >= CSV_FIELDS)
			return input_fail(
			    error, input, input->number, TW_BAD_FILE,
			    "the first row names more than %d columns: remove those not needed",
			    CSV_FIELDS);
	while (length && (text.at[length - 1] == '\r' || text.at[length - 1] == ' '))
		length--;
	size_t word = 0;
	while (word < length && !strchr(",;\t|\"", text.at[word]))
		word++;
	const char *nearest = columns_nearest_ours(text.at, word);
	bool clean = length > 0 && length < 60;
	for (size_t i = 0; i < length && clean; i++)
		clean = (unsigned char)text.at[i] >= 0x20 && (unsigned char)text.at[i] < 0x7F;
	return input_fail(error, input, input->number, TW_BAD_FILE,
			  "no header row was found in the first %d rows%s%s%.*s%s%s%s; the first "
			  "row must name the columns, as in id,hts,origin,entered,value (--map "
			  "THEIRS=OURS for your own column names)",
			  HEADER_ROWS, *input->note ? other_sheet(input) : "",
			  clean ? " (it begins with \"" : "", clean ? (int)length : 0, text.at,
			  clean ? "\")" : "", nearest ? "; did you mean " : "",
			  nearest ? nearest : "");
}

/* A file that is not what the named profile reads. */
static int check_profile(const struct input *input, const struct csv_row *row, uint64_t line,
			 const struct profile *named, struct tw_error *error)
{
	char names[256];
	if (!named || profile_fits(named, row))
		return TW_OK;
	profile_quote(names, sizeof names, &named->header);
	return input_fail(error, input, line, TW_BAD_ARGUMENT,
			  "is not what --profile %s reads: its header must have %s", named->name,
			  names);
}

/* The columns of a list that are no numbers of a table. */
static size_t without(int *at, size_t count, const struct columns *columns, const bool *is_number,
		      bool fields)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		int column = fields ? columns->at[at[i]] : at[i];
		if (column < 0 || !is_number[column])
			at[kept++] = at[i];
	}
	return kept;
}

/* Numbers of a table say nothing of a decimal mark, and are not read by one. */
static void forget_marks(struct columns *columns, const bool *is_number)
{
	columns->numbers = without(columns->number, columns->numbers, columns, is_number, false);
	columns->number_fields =
	    without(columns->number_field, columns->number_fields, columns, is_number, true);
}

/* Reads the header by the profile, and gets ready what the profile does to rows. */
static int read_columns(struct input *input, const struct csv_row *row, uint64_t line,
			struct columns_options *options, struct tw_error *error)
{
	const struct profile *named = options->profile;
	struct columns *columns = &input->columns;
	int code = check_profile(input, row, line, named, error);
	if (!code && (code = columns_read(columns, row, options, error)) && error) {
		error_in(error, input->name);
		error->line = (int)line;
	}
	if (!code && input->is_table && input->source->is_number)
		forget_marks(columns, input->source->is_number);
	if (!code && carry_new(&input->carry, columns->profile, columns, input->is_sheet))
		code =
		    input_fail(error, input, 0, TW_NO_MEMORY, "not enough memory for the header");
	if (!code && named && named->fold == PROFILE_TARIFF_ROWS && !columns->is_es003)
		code = input_fail(error, input, line, TW_BAD_ARGUMENT,
				  "is not what --profile %s reads: it needs the entry summary "
				  "number, its line number and the tariff number",
				  named->name);
	return code;
}

static int read_header(struct input *input, struct columns_options *options, struct tw_error *error)
{
	struct header best = {0};
	const char *separators = input->is_table ? "," : ",;\t|";
	int code = TW_OK;

	for (size_t i = 0; separators[i] && !code; i++)
		code = try_separator(&best, input, separators[i], options);
	if (code)
		return input_fail(error, input, 0, code, "not enough memory for the header");
	if (!best.score)
		return no_header(input, error);
	input->separator = best.separator;
	struct csv_row *row = malloc(sizeof *row);
	char *copy = malloc(best.length);
	if (!row || !copy) {
		code =
		    input_fail(error, input, 0, TW_NO_MEMORY, "not enough memory for the header");
	} else {
		memcpy(copy, window_unread(input).at + best.at, best.length);
		csv_split(row, copy, best.length, best.separator);
		code = read_columns(input, row, best.number, options, error);
	}
	free(row);
	free(copy);
	input->number =
	    best.number + window_lines(input, window_unread(input).at + best.at, best.length);
	input->from += best.at + best.length;
	return code;
}

static int begin(struct input *input, struct columns_options *options, struct tw_error *error)
{
	int code = TW_OK;
	if (input->to >= 3 && !memcmp(input->window, "\xEF\xBB\xBF", 3))
		input->from = 3;
	if (!input->is_table && memchr(input->window, '\r', input->to) &&
	    !memchr(input->window, '\n', input->to)) {
		input->ends_in_cr = true;
		window_end_in_newlines(input->window, input->to);
	}
	size_t first = input->from;
	while (first < input->to && strchr(" \t\r\n", input->window[first]) && input->window[first])
		first++;
	input->is_empty = first == input->to && input->at_end;
	char c = first < input->to ? input->window[first] : '\0';
	input->is_ndjson = (c == '{' && !input->is_table) || input->is_empty;
	if (c == '[' && !input->is_table)
		return input_fail(
		    error, input, input->number, TW_BAD_FILE,
		    "is a JSON array: one object per line is required (jq -c '.[]' FILE makes it)");
	if (!input->is_ndjson) {
		code = read_header(input, options, error);
		/* A pipe may have given less than the preamble. */
		while (code == TW_BAD_FILE && !input->is_seekable && !input->at_end &&
		       input->to < PEEK) {
			code = window_fill(input, error);
			if (!code)
				code = read_header(input, options, error);
		}
	}
	input->start = input->from;
	input->start_number = input->number;
	return code;
}

int input_no_lines(const struct input *input, struct tw_error *error)
{
	if (input->is_empty)
		return input_fail(error, input, 0, TW_BAD_FILE,
				  "has no lines: it is empty; was it completely written?");
	return input_fail(error, input, 0, TW_BAD_FILE,
			  "has no lines: nothing follows the row that names the columns; was it "
			  "completely written?");
}

/* The file, up to its first text in the window. */
static int open_text(struct input *input, const char *path, struct tw_error *error)
{
	bool standard = !strcmp(path, "-");
	struct stat status;
	input->name = standard ? "standard input" : path;
	input->number = 1;
	input->block = BLOCK;
	input->until = UINT64_MAX;
	int from = input->asked ? input->asked->standard : STDIN_FILENO;
	input->fd = standard ? fcntl(from, F_DUPFD_CLOEXEC, 0) : open(path, O_RDONLY | O_CLOEXEC);
	if (input->fd < 0 || fstat(input->fd, &status))
		return input_fail(error, input, 0, TW_BAD_FILE, "cannot be opened: %s",
				  strerror(errno));
	if (S_ISDIR(status.st_mode))
		return input_fail(error, input, 0, TW_BAD_FILE,
				  "is a folder: give the files in it");
	off_t here = lseek(input->fd, 0, SEEK_CUR);
	input->is_seekable = S_ISREG(status.st_mode) && here == 0;
	input->size = input->is_seekable ? (uint64_t)status.st_size : 0;
	input->window = calloc(1, WINDOW + SCAN_BLOCK);
	if (!input->window)
		return input_fail(error, input, 0, TW_NO_MEMORY, "not enough memory to read it");
	return window_open(input, error);
}

int input_open(struct input *input, const char *path, struct columns_options *options,
	       struct tw_error *error)
{
	*input = (struct input){
	    .columns.options = options, .wanted_sheet = options->sheet, .asked = options};
	int code = open_text(input, path, error);
	return code ? code : begin(input, options, error);
}

int input_open_text(struct input *input, const char *path, const char *sheet,
		    struct tw_error *error)
{
	*input = (struct input){.wanted_sheet = sheet};
	return open_text(input, path, error);
}

int input_text(struct input *input, struct tw_text *out, struct tw_error *error)
{
	int code = input->from < input->to ? TW_OK : window_fill(input, error);
	*out = window_unread(input);
	window_advance(input, out->length);
	return code;
}

void input_close(struct input *input)
{
	source_close(input->source);
	carry_free(input->carry);
	if (input->name && input->fd >= 0)
		close(input->fd);
	free(input->window);
	columns_free(&input->columns);
	seen_free(input->seen);
	*input = (struct input){.fd = -1};
}
