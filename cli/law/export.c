/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `tidewaiter law export`: the law as a table to join, a row for each measure, period, range of
 * codes and origin; or the base schedule. Decides nothing: who steps back for whom is no row.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/law/law.h"
#include "common/instant.h"
#include "common/write.h"
#include "law/extent.h"
#include "law/print.h"
#include "lines/output.h"
#include "parquet/parquet.h"

enum { FULL = 1 << 16 }; /* bytes that are gathered before they are written */

/* Where the table goes. */
struct sink {
	struct buffer text;
	struct output file;
	bool to_file;
	struct parquet *parquet; /* makes a Parquet file of the table; NULL: CSV */
	bool has_names;          /* which has its first record */
	int code;
};

static int fail(struct sink *sink, const struct tw_error *error)
{
	cli_message("law export: %s", error->message);
	return sink->code = CLI_FAILED;
}

/* The names are the first record. */
static void give_parquet(struct sink *sink)
{
	static const char *const instants[] = {"from", "until", NULL};
	struct tw_error error = {0};
	struct tw_text text = {sink->text.at, sink->text.length};
	int code = TW_OK;
	if (!sink->has_names) {
		const char *newline = memchr(text.at, '\n', text.length);
		size_t length = newline ? (size_t)(newline - text.at) + 1 : text.length;
		code = parquet_names(sink->parquet, (struct tw_text){text.at, length}, instants,
				     &error);
		text = (struct tw_text){text.at + length, text.length - length};
		sink->has_names = true;
	}
	if (!code)
		code = parquet_records(sink->parquet, text, &error);
	if (code)
		fail(sink, &error);
}

static void sink_flush(struct sink *sink)
{
	struct tw_error error = {0};
	struct buffer *text = &sink->text;
	if (sink->code)
		return;
	if (text->failed) {
		cli_message("out of memory");
		sink->code = CLI_FAILED;
	} else if (sink->parquet) {
		if (text->length)
			give_parquet(sink);
	} else if (!sink->to_file) {
		if (!write_buffer(stdout, text)) /* main says why */
			sink->code = CLI_FAILED;
	} else if (output_write(&sink->file, text->at, text->length, &error)) {
		fail(sink, &error);
	}
	text->length = 0;
}

static int open_parquet(struct sink *sink)
{
	struct tw_error error = {0};
	int fd = sink->to_file ? sink->file.fd : STDOUT_FILENO;
	sink->parquet = parquet_new(1);
	if (!sink->parquet) {
		cli_message("out of memory");
		return CLI_FAILED;
	}
	if (!parquet_to(sink->parquet, fd, sink->to_file && sink->file.is_beside, &error))
		return CLI_DONE;
	fail(sink, &error);
	if (sink->to_file)
		output_drop(&sink->file);
	return CLI_FAILED;
}

static int sink_open(struct sink *sink, const char *path, bool parquet)
{
	struct tw_error error = {0};
	if (path && output_open(&sink->file, "--output", path, &error))
		return fail(sink, &error);
	if (path)
		output_watch(&sink->file);
	sink->to_file = path != NULL;
	return parquet ? open_parquet(sink) : CLI_DONE;
}

static int sink_close(struct sink *sink)
{
	struct tw_error error = {0};
	sink_flush(sink);
	if (!sink->code && sink->parquet && parquet_end(sink->parquet, &error))
		fail(sink, &error);
	if (sink->to_file && sink->code)
		output_drop(&sink->file);
	else if (sink->to_file && output_keep(&sink->file, &error))
		fail(sink, &error);
	buffer_free(&sink->text);
	return sink->code;
}

/* The rows of one measure have these cells alike. */
struct row {
	struct buffer before, after;
};

static void put_cell(struct buffer *out, const struct buffer *text, const char *between)
{
	size_t start = out->length;
	buffer_put(out, text->at, text->length);
	buffer_end_cell(out, start, false);
	buffer_text(out, between);
}

static void put_text(struct buffer *out, const char *text)
{
	struct buffer cell = {.within = out};
	buffer_text(&cell, law_or_empty(text));
	put_cell(out, &cell, ",");
	buffer_free(&cell);
}

static void begin_row(struct row *row, const struct law *law, const struct law_measure *m)
{
	const struct law_program *p = &law->programs[m->program];
	struct buffer *before = &row->before, *after = &row->after;
	struct buffer text = {.within = after};
	put_text(before, m->id);
	put_text(before, p->id);
	put_text(before, law_kind_word(p->kind));
	put_text(before, law->jurisdictions[p->jurisdiction].code);
	put_text(after, m->heading);
	say_effect(&text, law, m);
	put_cell(after, &text, ",");
	put_text(after, m->part);
	text.length = 0;
	say_when(&text, m->when);
	put_cell(after, &text, ",");
	put_text(after, m->from.by == LAW_NONE ? NULL : law->instruments[m->from.by].id);
	put_text(after, law_confidence_word(m->confidence));
	after->length -= after->length ? 1 : 0;
	buffer_char(after, '\n');
	buffer_free(&text);
}

static void put_time(struct buffer *out, tw_time at)
{
	char text[26];
	if (at != TW_TIME_MIN && at != TW_TIME_MAX) {
		time_print(text, at, 0);
		buffer_put(out, text, 19);
		buffer_char(out, 'Z');
	}
	buffer_char(out, ',');
}

static void put_row(struct sink *sink, const struct row *row, const struct law_extent *extent,
		    const char *origin)
{
	struct buffer *out = &sink->text;
	buffer_put(out, row->before.at, row->before.length);
	say(out, "%010llu,%010llu,%s,", (unsigned long long)extent->codes.low,
	    (unsigned long long)extent->codes.high - 1, origin);
	put_time(out, extent->from);
	put_time(out, extent->until);
	buffer_put(out, row->after.at, row->after.length);
	if (out->length >= FULL || out->failed)
		sink_flush(sink);
}

static void put_extent(struct sink *sink, const struct law_query *query, const struct row *row,
		       const struct law_measure *m, const struct law_extent *extent)
{
	const struct law *law = query->law;
	uint32_t only = query->origin;
	if (m->origins_all) {
		put_row(sink, row, extent, only == LAW_NONE ? "*" : law->countries[only].iso2);
		return;
	}
	for (uint32_t i = 0; i < law->country_count && !sink->code; i++)
		if ((m->origins.bit[i / 64] >> i % 64 & 1) && (only == LAW_NONE || only == i))
			put_row(sink, row, extent, law->countries[i].iso2);
}

/* What was asked for in the legal time of a jurisdiction: always, on a day, or in a period. */
static int period_of(tw_time *from, tw_time *until, const struct law_query *query, uint32_t into)
{
	enum time_zone zone = (enum time_zone)law_zone(query->law, into);
	struct time_parsed parsed;
	const char *right;
	*from = TW_TIME_MIN;
	*until = TW_TIME_MAX;
	if (query->during) {
		*from = time_from_local(zone, (int64_t)query->during->first * 86400);
		*until = time_from_local(zone, ((int64_t)query->during->last + 1) * 86400);
	} else if (query->on) {
		struct tw_text text = {query->on, strlen(query->on)};
		if (!time_parse(&parsed, zone, text, &right)) {
			cli_message("law export: --on \"%s\": %s", query->on, right);
			return CLI_FAILED;
		}
		*from = parsed.at;
		*until = parsed.at + 1;
	}
	return CLI_DONE;
}

static bool is_asked(const struct law_query *query, const struct law_extent *extent, tw_time from,
		     tw_time until)
{
	const struct law_range *code = &query->code;
	return extent->from < until && from < extent->until &&
	       (code->low == code->high ||
		(extent->codes.low < code->high && code->low < extent->codes.high));
}

static void put_measure(struct sink *sink, const struct law_query *query,
			const struct law_measure *m, tw_time from, tw_time until)
{
	struct law_origins origins = law_origins_of(query->law, m);
	struct law_extent *extent;
	struct row row = {.before = {.within = &sink->text}, .after = {.within = &sink->text}};
	size_t count;
	if (m->superseded_by != LAW_NONE || !query_origins(query, &origins))
		return;
	if (law_extents(&extent, &count, query->law, &m->scope, m->from.at, m->until.at))
		buffer_fail(&sink->text);
	begin_row(&row, query->law, m);
	for (size_t i = 0; i < count && !sink->code; i++)
		if (is_asked(query, &extent[i], from, until))
			put_extent(sink, query, &row, m, &extent[i]);
	free(extent);
	buffer_free(&row.before);
	buffer_free(&row.after);
}

static int put_measures(struct sink *sink, const struct law_query *query)
{
	int code = CLI_DONE;
	buffer_text(&sink->text, "measure,program,kind,into,code_first,code_last,origin,from,until,"
				 "heading,rate,part,when,by,confidence\n");
	for (uint32_t i = 0; i < query->law->program_count && !code; i++) {
		const struct law_program *p = &query->law->programs[i];
		tw_time from, until;
		if (!query_program(query, i) ||
		    (code = period_of(&from, &until, query, p->jurisdiction)))
			continue;
		for (uint32_t k = 0; k < p->measure_count && !sink->code; k++)
			put_measure(sink, query, &query->law->measures[p->measure_first + k], from,
				    until);
	}
	return code;
}

/* The day asked for, "2026-07-01": of a time the day in which it lies; else the last covered. */
static bool day_of(char out[16], const struct law_query *query)
{
	enum time_zone zone = (enum time_zone)law_zone(query->law, query->into);
	int64_t days = query->law->coverage_last;
	struct time_parsed parsed;
	const char *right;
	if (query->on) {
		struct tw_text text = {query->on, strlen(query->on)};
		if (!time_parse(&parsed, zone, text, &right)) {
			cli_message("law export: --on \"%s\": %s", query->on, right);
			return false;
		}
		days = time_local_day(zone, parsed.at);
	}
	time_print_day(out, days);
	return true;
}

static int put_schedule(struct sink *sink, const struct law_query *query)
{
	struct tw_error error = {0};
	char day[16];
	if (query->into == LAW_NONE || query->during) {
		cli_message("law export: --schedule wants a country and one day, as in "
			    "--schedule --into US --on 2026-07-01");
		return CLI_FAILED;
	}
	if (!day_of(day, query))
		return CLI_FAILED;
	if (!print_schedule(&sink->text, query->law, query->into, query->folder, day, &error))
		return CLI_DONE;
	cli_error(&error);
	return CLI_FAILED;
}

int law_export_command(const struct law_query *query, const struct law_export *export)
{
	struct sink sink = {0};
	int code = sink_open(&sink, export->output, export->parquet);
	if (!code) {
		code = export->schedule ? put_schedule(&sink, query) : put_measures(&sink, query);
		sink.code = sink.code ? sink.code : code; /* what could not be written counts */
		code = sink_close(&sink);
	}
	parquet_free(sink.parquet);
	return code;
}
