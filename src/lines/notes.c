/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/notes.h"

#include <stdio.h>

#include "common/write.h"
#include "lines/report.h"

void note_say(int err, const char *text, size_t length)
{
	struct buffer line = {0};
	if (err < 0)
		return;
	buffer_text(&line, "tidewaiter: ");
	buffer_shown(&line, text, length);
	buffer_char(&line, '\n');
	(void)write_all(err, line.at, line.length);
	buffer_free(&line);
}

static void note_sheets(const struct notes *note)
{
	char line[640];
	for (size_t f = 0; f < note->count && note->err >= 0; f++) {
		const struct input *input = &note->inputs[f];
		if (!*input->note)
			continue;
		int length = snprintf(line, sizeof line, "%.200s: %s", input->name, input->note);
		note_say(note->err, line, (size_t)length);
	}
}

/* By which profiles files are read, where one was named or carries something down. */
static void note_profiles(const struct notes *note)
{
	char line[800], names[400] = "";
	for (size_t f = 0; f < note->count && note->err >= 0; f++) {
		const struct input *input = &note->inputs[f];
		const struct profile *profile = input->columns.profile;
		if (!profile)
			continue;
		if (input->carry)
			carry_names(names, sizeof names, input->carry);
		int length = snprintf(line, sizeof line, "%.200s: read as %s%s%s", input->name,
				      profile->title,
				      input->carry ? "; carried down the rows of an order: " : "",
				      input->carry ? names : "");
		note_say(note->err, line, (size_t)length);
	}
}

/* A price for each among the columns, or -1. */
static int price_each(const struct columns *columns)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->field[i] == FIELD_OTHER && columns->why[i] == WHY_EACH)
			return (int)i;
	return -1;
}

/* What a file does not give and every line needs. */
static void note_needed(struct buffer *out, const struct input *input, enum tw_column column)
{
	const char *name = tw_column_name(column);
	int price = column == TW_COLUMN_VALUE ? price_each(&input->columns) : -1;
	buffer_text(out, input->name);
	if (!input->is_table) {
		buffer_char(out, ':');
		buffer_number(out, input->start_number - 1);
	}
	buffer_text(out, ": no column gives ");
	buffer_text(out, name);
	if (price >= 0) {
		struct tw_text header = input->columns.name[price];
		int quantity = input->columns.at[TW_COLUMN_QTY];
		struct tw_text times = {"QUANTITY", 8};
		if (quantity >= 0)
			times = input->columns.name[quantity];
		buffer_text(out, ": \"");
		buffer_shown(out, header.at, header.length);
		buffer_text(out, "\" is a unit price; --value-from \"[");
		buffer_shown(out, header.at, header.length);
		buffer_text(out, "]*[");
		buffer_shown(out, times.at, times.length);
		buffer_text(out, "]\" calculates the value of a line");
		return;
	}
	buffer_text(out, ": name one with --map THEIRS=");
	buffer_text(out, name);
	buffer_text(out, ", or give all lines one value with --set ");
	buffer_text(out, name);
	buffer_text(out, "=VALUE");
}

/* What was read of each file, and what no file gives and every line needs: said once, ahead. */
void notes_columns(const struct notes *note)
{
	static const enum tw_column needed[] = {TW_COLUMN_HTS, TW_COLUMN_ORIGIN, TW_COLUMN_ENTERED,
						TW_COLUMN_VALUE};
	struct buffer out = {0};
	for (size_t f = 0; f < note->count && note->err >= 0; f++) {
		const struct input *input = &note->inputs[f];
		out.length = 0;
		buffer_text(&out, input->name);
		buffer_text(&out, ": ");
		report_line(&out, input);
		if (!note->quiet)
			note_say(note->err, out.at, out.length);
		for (size_t i = 0; !input->is_ndjson && i < sizeof needed / sizeof *needed; i++) {
			if (input->columns.at[needed[i]] >= 0 || note->columns->set[needed[i]].at ||
			    profile_sets(input->columns.profile, needed[i]) ||
			    (needed[i] == TW_COLUMN_VALUE && input->columns.is_reckoned))
				continue;
			out.length = 0;
			note_needed(&out, input, needed[i]);
			note_say(note->err, out.at, out.length);
		}
	}
	buffer_free(&out);
}

void notes_files(const struct notes *note)
{
	if (note->quiet)
		return;
	note_sheets(note);
	note_profiles(note);
}
