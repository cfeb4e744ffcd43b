/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the list of sources: where the record has what it says, and how much of it. */
#include "record/record.h"

#include <string.h>

#include "common/words.h"

struct uses {
	uint32_t events, figures, claims;
};

static struct uses count_uses(const struct record *record, uint32_t source)
{
	struct uses uses = {0};
	for (uint32_t i = 0; i < record->count[RECORD_EVENTS]; i++)
		uses.events += record->events[i].source == source;
	for (uint32_t i = 0; i < record->count[RECORD_FIGURES]; i++)
		uses.figures += record->figures[i].source == source;
	for (uint32_t i = 0; i < record->count[RECORD_CLAIMS]; i++)
		uses.claims += record->claims[i].source == source;
	return uses;
}

static void put_row(struct rows *rows, const struct record *record,
		    const struct record_source *source, struct uses uses)
{
	rows_begin(rows);
	rows_text(rows, "source", record_text(record, source->name));
	rows_text(rows, "publisher", record_text(record, source->publisher));
	rows_text(rows, "kind", record_text(record, source->kind));
	rows_text(rows, "url", record_text(record, source->url));
	rows_count(rows, "events", uses.events);
	rows_count(rows, "figures", uses.figures);
	rows_count(rows, "claims", uses.claims);
	rows_end(rows);
}

static void put_page(struct buffer *out, const struct record *record,
		     const struct record_source *source, struct uses uses)
{
	buffer_print(out, "%s (%s, %s)", record_text(record, source->name),
		     record_text(record, source->publisher), record_text(record, source->kind));
	const struct {
		const char *one, *many;
		uint32_t count;
	} used[] = {{"event", "events", uses.events},
		    {"figure", "figures", uses.figures},
		    {"claim", "claims", uses.claims}};
	const char *before = ": ";
	for (size_t i = 0; i < sizeof used / sizeof *used; i++) {
		if (!used[i].count)
			continue;
		buffer_print(out, "%s%u %s", before, used[i].count,
			     used[i].count == 1 ? used[i].one : used[i].many);
		before = ", ";
	}
	buffer_print(out, "\n    %s\n", record_text(record, source->url));
}

int record_sources_write(struct buffer *out, const struct record *record,
			 const struct record_question *question)
{
	static const char *const columns[] = {"source", "publisher", "kind",   "url",
					      "events", "figures",   "claims", NULL};
	const bool page = question->format == RECORD_PAGE;
	struct rows rows;
	if (!page)
		rows_open(&rows, out, question->format, "source", columns);
	for (uint32_t i = 0; i < record->count[RECORD_SOURCES]; i++) {
		struct uses uses = count_uses(record, i);
		if (!uses.events && !uses.figures && !uses.claims)
			continue; /* what it says was not known yet */
		if (page)
			put_page(out, record, &record->sources[i], uses);
		else
			put_row(&rows, record, &record->sources[i], uses);
	}
	if (!page)
		rows_close(&rows);
	return TW_OK;
}
