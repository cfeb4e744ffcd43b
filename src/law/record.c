/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of law/record: its tables of names, and the order of the
 * others. Decides nothing about the conflict.
 */
#include "law/record.h"

#include <string.h>

#include "law/file.h"
#include "law/record_read.h"

/* A table of a name and a title. */
static int read_titles(struct record_read *s, const char *file, const char *column,
		       struct table *table, const struct law_record_name **out, uint32_t *count)
{
	const char *const columns[] = {column, "title", NULL};
	int code = record_table(s, file, columns);
	*count = (uint32_t)s->tsv.row_count;
	struct law_record_name *names = code ? NULL : read_take(s->r, *count, sizeof *names);
	*out = names;
	if (code || !names)
		return code ? code : TW_NO_MEMORY;
	for (s->row = 0; s->row < *count; s->row++) {
		struct law_record_name *name = &names[s->row];
		uint32_t had;
		name->pos = record_place(s, column);
		if ((code = record_needed(s, column, &name->name)) ||
		    (code = record_needed(s, "title", &name->title)))
			return code;
		had = table_find(table, name->name);
		if ((code = read_enter(s->r, table, column, name->name, (uint32_t)s->row, name->pos,
				       had == UINT32_MAX ? name->pos : names[had].pos)))
			return code;
	}
	return TW_OK;
}

/* An address is one that can be followed, and stands once. */
static int check_address(struct record_read *s, const struct law_record_source *sources,
			 const struct law_record_source *source, struct table *addresses)
{
	const char *url = source->url;
	if ((strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0) ||
	    strchr(url, ' ') || !strchr(strstr(url, "://") + 3, '.'))
		return law_error(s->r->error, record_place(s, "url"),
				 "\"%s\" is not an address: write https://…", url);
	uint32_t had = table_find(addresses, url);
	return read_enter(s->r, addresses, "address", url, (uint32_t)s->row, record_place(s, "url"),
			  had == UINT32_MAX ? source->pos : sources[had].pos);
}

static int read_sources(struct record_read *s)
{
	static const char *const columns[] = {"source", "publisher", "kind", "url", NULL};
	static const char *const kinds[] = {"official", "other", NULL};
	struct table addresses = {0};
	int kind, code = record_table(s, "sources.tsv", columns);
	uint32_t count = (uint32_t)s->tsv.row_count;
	struct law_record_source *sources = code ? NULL : read_take(s->r, count, sizeof *sources);
	s->source_used = code ? NULL : read_take(s->r, count, sizeof *s->source_used);
	if (code || !sources || !s->source_used)
		return code ? code : TW_NO_MEMORY;
	for (s->row = 0; s->row < count; s->row++) {
		struct law_record_source *source = &sources[s->row];
		uint32_t had = table_find(&s->source, record_cell(s, "source"));
		source->pos = record_place(s, "source");
		if ((code = record_needed(s, "source", &source->name)) ||
		    (code = record_needed(s, "publisher", &source->publisher)) ||
		    (code = record_needed(s, "url", &source->url)) ||
		    (code = record_word(s, "kind", kinds, &kind)) ||
		    (code = read_enter(s->r, &s->source, "source", source->name, (uint32_t)s->row,
				       source->pos,
				       had == UINT32_MAX ? source->pos : sources[had].pos)) ||
		    (code = check_address(s, sources, source, &addresses)))
			return code;
		source->kind = kinds[kind];
	}
	s->out->sources = sources;
	s->out->source_count = count;
	return TW_OK;
}

static int check_sources_used(struct record_read *s)
{
	for (uint32_t i = 0; i < s->out->source_count; i++)
		if (!s->source_used[i])
			return law_error(s->r->error, s->out->sources[i].pos,
					 "nothing in the record has the source \"%s\"",
					 s->out->sources[i].name);
	return TW_OK;
}

int read_record(struct reader *r)
{
	struct record_read s = {.r = r};
	int code;
	if (!read_has(r, "record/events.tsv"))
		return TW_OK;
	s.out = read_take(r, 1, sizeof *s.out);
	if (!s.out)
		return TW_NO_MEMORY;
	if ((code = read_titles(&s, "actors.tsv", "actor", &s.actor, &s.out->actors,
				&s.out->actor_count)) ||
	    (code = read_titles(&s, "units.tsv", "unit", &s.unit, &s.out->units,
				&s.out->unit_count)) ||
	    (code = read_sources(&s)) || (code = record_events(&s)) || (code = record_series(&s)) ||
	    (code = record_figures(&s)) || (code = record_claims(&s)) ||
	    (code = check_sources_used(&s)))
		return code;
	r->law->record = s.out;
	return TW_OK;
}
