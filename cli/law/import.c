/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter law import-schedule`: what a new edition changes, as text and
 * JSON, and where the new schedule goes. Decides nothing about the schedule.
 */
#include "cli/law/law.h"
#include "common/tariff_code.h"
#include "common/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "law/import.h"
#include "lines/whole.h"

static const char *or_none(const char *text)
{
	return *text ? text : "none";
}

static const char *plural(uint32_t count)
{
	return count == 1 ? "" : "s";
}

/* One entry of a list: a code, then words that are wrapped beneath themselves. */
static void say_entry(struct buffer *out, const char *code, struct buffer *words)
{
	char number[16];
	tariff_code_print(number, code);
	say(out, "  %-14s", number);
	say_gathered(out, words, 16, 16);
}

static void say_lines(struct buffer *out, const char *title, const struct vector *lines)
{
	struct buffer words = {.within = out};
	char number[16];
	if (lines->count)
		say(out, "\n%s\n", title);
	for (uint32_t i = 0; i < lines->count; i++) {
		const struct import_line *line = (struct import_line *)lines->item + i;
		const char *const *cell = line->cell;
		if (*cell[IMPORT_UNIT1])
			say(&words, "%s%s%s, ", cell[IMPORT_UNIT1],
			    *cell[IMPORT_UNIT2] ? " and " : "", cell[IMPORT_UNIT2]);
		say(&words, "general %s", or_none(cell[IMPORT_GENERAL]));
		if (line->rate_code && line->rate_code != line->cell[IMPORT_CODE] &&
		    strcmp(line->rate_code, cell[IMPORT_CODE]) != 0) {
			tariff_code_print(number, line->rate_code);
			say(&words, " (of %s)", number);
		}
		if (line->look)
			say(&words, "; neighbouring lines are subject to excise tax: is this one?");
		say_entry(out, cell[IMPORT_CODE], &words);
	}
	buffer_free(&words);
}

static void say_changes(struct buffer *out, const struct import *import)
{
	struct buffer words = {.within = out};
	if (import->rates.count)
		say(out, "\nRates that change\n");
	for (uint32_t i = 0; i < import->rates.count; i++) {
		const struct import_rate *rate = (struct import_rate *)import->rates.item + i;
		say(&words, "%s: %s, now %s", rate->column, or_none(rate->before),
		    or_none(rate->after));
		if (rate->lines > 1)
			say(&words, " (%u lines)", rate->lines);
		say_entry(out, rate->code, &words);
	}
	if (import->units.count)
		say(out, "\nUnits that change\n");
	for (uint32_t i = 0; i < import->units.count; i++) {
		const struct import_unit *unit = (struct import_unit *)import->units.item + i;
		say(&words, "%s%s%s, now %s%s%s", or_none(unit->before1),
		    *unit->before2 ? " and " : "", unit->before2, or_none(unit->after1),
		    *unit->after2 ? " and " : "", unit->after2);
		say_entry(out, unit->code, &words);
	}
	buffer_free(&words);
}

static void say_places(struct buffer *out, const struct vector *flaws)
{
	struct buffer words = {.within = out};
	for (uint32_t i = 0; i < flaws->count; i++) {
		const struct import_flaw *flaw = (struct import_flaw *)flaws->item + i;
		say(&words, "%s: %s", flaw->place, flaw->text);
		if (flaw->code[strspn(flaw->code, "0123456789")]) {
			say(out, "  %-14s", flaw->code); /* no code; as it is written */
			say_gathered(out, &words, 16, 16);
		} else {
			say_entry(out, flaw->code, &words);
		}
	}
	buffer_free(&words);
}

static void say_report(struct buffer *out, const struct law_query *query,
		       const struct law_import *asked, const struct import *import)
{
	say(out, "The schedule of %s on %s, by %s\n", query->law->jurisdictions[query->into].code,
	    asked->day, asked->file);
	say(out, "  printed       %u lines and headings, %u lines with 8 or 10 digits compared\n",
	    import->printed, import->lines);
	for (uint32_t i = 0; i < import->skipped.count; i++) {
		const struct import_skip *skip = (struct import_skip *)import->skipped.item + i;
		say(out, "  left out      chapter %s, %u line%s: the present schedule has none\n",
		    skip->chapter, skip->lines, plural(skip->lines));
	}
	if (import->other_days)
		say(out, "  left out      %u row%s that are not in force on that day\n",
		    import->other_days, plural(import->other_days));
	if (import->other_rows)
		say(out, "  left out      %u row%s of which the profile reads no rate\n",
		    import->other_rows, plural(import->other_rows));
	if (import->corrected)
		say(out, "  corrected     %u text%s, by schedule-corrections.tsv\n",
		    import->corrected, plural(import->corrected));
	if (import->more_units)
		say(out, "  units         a third unit of %u line%s is not kept\n",
		    import->more_units, plural(import->more_units));
	say(out, "  unchanged     %u\n  added         %u\n  ended         %u\n", import->unchanged,
	    import->added.count, import->ended.count);
	say(out, "  rates         %u\n  units         %u\n", import->rates.count,
	    import->units.count);
	if (import->flaws.count)
		say(out, "\nCannot be read\n");
	say_places(out, &import->flaws);
	if (import->unread.count)
		say(out, "\nKept as printed, not computed\n");
	say_places(out, &import->unread);
	say_lines(out, "Lines that begin", &import->added);
	say_lines(out, "Lines that end", &import->ended);
	say_changes(out, import);
}

static void json_lines(struct buffer *out, const char *key, const struct vector *lines)
{
	static const char *const names[] = {"code",    "unit1", "unit2", "general",
					    "special", "col2",  "flags", NULL};
	say(out, ",\"%s\":[", key);
	for (uint32_t i = 0; i < lines->count; i++) {
		const struct import_line *line = (struct import_line *)lines->item + i;
		say(out, "%s{\"code\":\"%s\"", i ? "," : "", line->cell[IMPORT_CODE]);
		for (int k = IMPORT_UNIT1; k <= IMPORT_FLAGS; k++)
			json_field(out, names[k], line->cell[k]);
		json_field(out, "rate_line", line->rate_code);
		if (line->look)
			say(out, ",\"look\":\"excise\"");
		buffer_text(out, "}");
	}
	buffer_text(out, "]");
}

/* ,"key":"text", empty ones too. */
static void json_text_field(struct buffer *out, const char *key, const char *text)
{
	say(out, ",\"%s\":", key);
	json_string(out, text);
}

static void json_places(struct buffer *out, const char *key, const struct vector *flaws)
{
	say(out, ",\"%s\":[", key);
	for (uint32_t i = 0; i < flaws->count; i++) {
		const struct import_flaw *flaw = (struct import_flaw *)flaws->item + i;
		buffer_text(out, i ? "," : "");
		buffer_text(out, "{\"code\":");
		json_string(out, flaw->code);
		json_text_field(out, "place", flaw->place);
		json_text_field(out, "text", flaw->text);
		buffer_text(out, "}");
	}
	buffer_text(out, "]");
}

static void json_changes(struct buffer *out, const struct import *import)
{
	buffer_text(out, ",\"rates\":[");
	for (uint32_t i = 0; i < import->rates.count; i++) {
		const struct import_rate *rate = (struct import_rate *)import->rates.item + i;
		say(out, "%s{\"code\":\"%s\",\"column\":\"%s\"", i ? "," : "", rate->code,
		    rate->column);
		json_text_field(out, "before", rate->before);
		json_text_field(out, "after", rate->after);
		say(out, ",\"lines\":%u}", rate->lines);
	}
	buffer_text(out, "],\"units\":[");
	for (uint32_t i = 0; i < import->units.count; i++) {
		const struct import_unit *unit = (struct import_unit *)import->units.item + i;
		say(out, "%s{\"code\":\"%s\",\"before\":[", i ? "," : "", unit->code);
		json_string(out, unit->before1);
		buffer_text(out, ",");
		json_string(out, unit->before2);
		buffer_text(out, "],\"after\":[");
		json_string(out, unit->after1);
		buffer_text(out, ",");
		json_string(out, unit->after2);
		buffer_text(out, "]}");
	}
	buffer_text(out, "]");
	json_places(out, "flaws", &import->flaws);
	json_places(out, "unread", &import->unread);
}

static void json_report(struct buffer *out, const struct law_query *query,
			const struct law_import *asked, const struct import *import,
			const char *written)
{
	say(out, "{\"schema\":1,\"into\":\"%s\"", query->law->jurisdictions[query->into].code);
	json_text_field(out, "from", asked->day);
	json_text_field(out, "file", asked->file);
	json_field(out, "written", written);
	say(out,
	    ",\"printed\":%u,\"compared\":%u,\"unchanged\":%u,\"corrected\":%u,"
	    "\"third_units\":%u,\"not_in_force\":%u,\"without_rate\":%u",
	    import->printed, import->lines, import->unchanged, import->corrected,
	    import->more_units, import->other_days, import->other_rows);
	buffer_text(out, ",\"left_out\":[");
	for (uint32_t i = 0; i < import->skipped.count; i++) {
		const struct import_skip *skip = (struct import_skip *)import->skipped.item + i;
		say(out, "%s{\"chapter\":\"%s\",\"lines\":%u}", i ? "," : "", skip->chapter,
		    skip->lines);
	}
	buffer_text(out, "]");
	json_lines(out, "added", &import->added);
	json_lines(out, "ended", &import->ended);
	json_changes(out, import);
	buffer_text(out, "}\n");
}

/* Where the rows go; *written stays NULL when they go nowhere. */
static int write_schedule(const struct law_query *query, const struct law_import *asked,
			  const struct import *import, char path[4096], const char **written)
{
	struct tw_error error = {0};
	if (asked->output)
		snprintf(path, 4096, "%s", asked->output);
	else
		snprintf(path, 4096, "%s/%s", query->folder, import->schedule);
	if ((!asked->output && !asked->write) || import->flaws.count ||
	    (!asked->output && !import->changed))
		return CLI_DONE;
	if (import_write(import, path, &error)) {
		cli_error(&error);
		return CLI_FAILED;
	}
	*written = path;
	return CLI_DONE;
}

static void say_end(struct buffer *out, const struct law_import *asked, const struct import *import,
		    const char *written)
{
	if (import->flaws.count)
		say(out, "\n"
			 "Nothing is written: correct what cannot be read in "
			 "schedule-corrections.tsv or "
			 "in\nthe profile, or name it in rates-not-computed.tsv, units.tsv or "
			 "jurisdiction.yaml.\n");
	else if (written)
		say(out, "\nWritten: %s. Read it with tidewaiter law check.\n", written);
	else if (!import->changed)
		say(out, "\nNothing changes.\n");
	else if (!asked->write)
		say(out,
		    "\nNothing is written: --write puts the rows into the law folder, --output "
		    "FILE\nsomewhere else.\n");
}

static int read_edition(struct edition *out, struct whole *whole, struct arena *arena,
			const struct law_import *asked, struct tw_error *error)
{
	struct edition_columns columns;
	struct edition_source source = {.day = asked->day};
	int code = TW_OK;
	if (asked->profile) {
		code = columns_open(&columns, arena, asked->profile, error);
		source.columns = &columns;
	}
	if (!code)
		code = whole_read(whole, asked->file, asked->sheet, EDITION_BYTES, error);
	if (code)
		return code;
	if (*whole->note)
		cli_message("%s: %s", asked->file, whole->note);
	source.sheet = whole->sheet;
	return edition_parse(out, arena, &source, asked->file, whole->text, whole->size, error);
}

int law_import_list_profiles(void)
{
	struct buffer out = {0};
	const char *name, *title;
	for (size_t i = 0; (name = columns_name(i, &title)); i++)
		buffer_print(&out, "%-12s %.*s\n", name, (int)strcspn(title, "\n"), title);
	int code = terminal_answer(&out, false, false);
	buffer_free(&out);
	return code;
}

int law_import_command(const struct law_query *query, const struct law_import *asked)
{
	struct arena *arena = arena_new();
	struct edition edition;
	struct whole whole = {.text = NULL};
	struct import import;
	struct tw_error error = {0};
	struct buffer out = {.width = terminal_width()};
	char path[4096];
	const char *written = NULL;
	int code = CLI_FAILED;
	struct import_request request = {.law = query->law,
					 .folder = query->folder,
					 .into = query->into,
					 .day = asked->day,
					 .part = asked->part};
	if (!arena || read_edition(&edition, &whole, arena, asked, &error) ||
	    import_compare(&import, arena, &request, &edition, &error)) {
		if (arena)
			cli_error(&error);
		else
			cli_message("out of memory");
		goto done;
	}
	if ((code = write_schedule(query, asked, &import, path, &written)))
		goto done;
	if (query->json) {
		json_report(&out, query, asked, &import, written);
	} else {
		say_report(&out, query, asked, &import);
		say_end(&out, asked, &import, written);
	}
	code = import.flaws.count || import.unread.count ? CLI_SOME_REFUSED : CLI_DONE;
	if (law_print(&out, query))
		code = CLI_FAILED;
done:
	buffer_free(&out);
	free(whole.text);
	arena_free(arena);
	return code;
}
