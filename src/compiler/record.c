/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the way from the parsed record to the records of rulebook/record.h, and
 * which figure stands in place of which. Checks nothing: the reader has.
 */
#include "compiler/record.h"

#include <stdlib.h>
#include <string.h>

#include "common/instant.h"
#include "common/pool.h"
#include "common/words.h"
#include "law/record.h"
#include "rulebook/record.h"

struct pack {
	const struct law *law;
	const struct law_record *from;
	int32_t known;
	struct text_pool texts;
	struct pool part[RECORD_PARTS]; /* RECORD_TEXTS is not used */
	uint32_t *event, *figure;       /* from those of the law; RECORD_NONE: not known */
};

static uint32_t text(struct pack *p, const char *at)
{
	return texts_intern(&p->texts, at);
}

static void add_names(struct pack *p, const struct law_record_name *names, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		struct record_name made = {text(p, names[i].name), text(p, names[i].title)};
		pool_add(&p->part[RECORD_NAMES], &made);
	}
}

static void add_sources(struct pack *p)
{
	for (uint32_t i = 0; i < p->from->source_count; i++) {
		const struct law_record_source *s = &p->from->sources[i];
		struct record_source made = {text(p, s->name), text(p, s->publisher),
					     text(p, s->kind), text(p, s->url)};
		pool_add(&p->part[RECORD_SOURCES], &made);
	}
}

static struct record_span add_indexes(struct pack *p, const uint32_t *from, uint32_t count,
				      const uint32_t *map)
{
	struct record_span span = {(uint32_t)p->part[RECORD_INDEXES].count, count};
	for (uint32_t i = 0; i < count; i++)
		pool_add(&p->part[RECORD_INDEXES], map ? &map[from[i]] : &from[i]);
	return span;
}

static struct record_span add_acts(struct pack *p, const struct law_record_event *event)
{
	struct record_span span = {(uint32_t)p->part[RECORD_INDEXES].count, event->act_count};
	for (uint32_t i = 0; i < event->act_count; i++) {
		uint32_t act = text(p, p->law->instruments[event->acts[i]].id);
		pool_add(&p->part[RECORD_INDEXES], &act);
	}
	return span;
}

static struct record_span add_links(struct pack *p, const struct law_record_event *event)
{
	struct record_span span = {(uint32_t)p->part[RECORD_LINKS].count, event->link_count};
	for (uint32_t i = 0; i < event->link_count; i++) {
		const struct law_record_link *l = &event->links[i];
		struct record_linked made = {
		    .name = text(p, l->name), .kind = l->kind, .at = l->at};
		if (l->jurisdiction != LAW_NONE) {
			const struct law_jurisdiction *j = &p->law->jurisdictions[l->jurisdiction];
			made.into = text(p, j->code);
			made.zone = (uint32_t)time_zone_find(j->timezone);
		}
		if (l->by != LAW_NONE)
			made.by = text(p, p->law->instruments[l->by].id);
		pool_add(&p->part[RECORD_LINKS], &made);
	}
	return span;
}

static void add_events(struct pack *p)
{
	uint32_t made_count = 0;
	for (uint32_t i = 0; i < p->from->event_count; i++) {
		const struct law_record_event *e = &p->from->events[i];
		p->event[i] = e->day <= p->known ? made_count++ : RECORD_NONE;
		if (p->event[i] == RECORD_NONE)
			continue;
		struct record_event made = {
		    .name = text(p, e->name),
		    .summary = text(p, e->summary),
		    .note = text(p, e->note),
		    .source = e->source,
		    .day = e->day,
		    .kind = e->kind,
		    .step = e->step,
		    .confidence = e->confidence,
		    .actors = add_indexes(p, e->actors, e->actor_count, NULL),
		    .follows = add_indexes(p, e->follows, e->follow_count, p->event),
		    .acts = add_acts(p, e),
		    .links = add_links(p, e)};
		pool_add(&p->part[RECORD_EVENTS], &made);
	}
}

static bool is_known(const struct pack *p, const struct law_record_figure *figure)
{
	return (figure->published == RECORD_NO_DAY ? figure->last : figure->published) <= p->known;
}

static void add_figure(struct pack *p, const struct law_record_figure *f)
{
	struct record_figure made = {.series = f->series,
				     .first = f->first,
				     .last = f->last,
				     .published = f->published,
				     .value = f->value,
				     .bound = f->bound,
				     .state = f->state,
				     .basis = f->basis,
				     .confidence = f->confidence,
				     .source = f->source == LAW_NONE ? RECORD_NONE : f->source,
				     .revises = f->revises == LAW_NONE ? RECORD_NONE
								       : p->figure[f->revises],
				     .note = text(p, f->note),
				     .revised = RECORD_NONE};
	pool_add(&p->part[RECORD_FIGURES], &made);
}

/* The last figure of a period stands; and what revises a figure of another period. */
static void mark_revised(struct pack *p)
{
	struct record_figure *figures = (struct record_figure *)p->part[RECORD_FIGURES].data;
	uint32_t count = (uint32_t)p->part[RECORD_FIGURES].count;
	for (uint32_t i = count; i-- > 0;) {
		struct record_figure *f = &figures[i];
		if (i + 1 < count && f[1].series == f->series && f[1].first == f->first &&
		    f[1].last == f->last)
			f->revised = f[1].revised == RECORD_NONE ? i + 1 : f[1].revised;
	}
	for (uint32_t i = 0; i < count; i++)
		if (figures[i].revises != RECORD_NONE && figures[i].revised == RECORD_NONE)
			for (uint32_t k = 0; k < count; k++)
				if (k == figures[i].revises ||
				    figures[k].revised == figures[i].revises)
					figures[k].revised = i;
}

static uint32_t color_of(const struct law *law, const char *program)
{
	for (uint32_t i = 0; *program && i < law->program_count; i++)
		if (words_match(program, law->programs[i].id))
			return law->programs[i].color;
	return RECORD_NONE;
}

static void add_figures(struct pack *p)
{
	uint32_t made_count = 0, at = 0;
	for (uint32_t i = 0; i < p->from->figure_count; i++)
		p->figure[i] = is_known(p, &p->from->figures[i]) ? made_count++ : RECORD_NONE;
	for (uint32_t i = 0; i < p->from->series_count; i++) {
		const struct law_record_series *s = &p->from->series[i];
		struct record_series made = {
		    .name = text(p, s->name),
		    .title = text(p, s->title),
		    .topic = text(p, s->topic),
		    .apart = text(p, s->apart),
		    .program = text(p, s->program),
		    .color = color_of(p->law, s->program),
		    .unit = p->from->actor_count + s->unit,
		    .actor = s->actor,
		    .kind = s->kind,
		    .part_of = add_indexes(p, s->part_of, s->part_count, NULL),
		    .figures = {(uint32_t)p->part[RECORD_FIGURES].count, 0}};
		for (; at < p->from->figure_count && p->from->figures[at].series == i; at++)
			if (p->figure[at] != RECORD_NONE) {
				add_figure(p, &p->from->figures[at]);
				made.figures.count++;
			}
		pool_add(&p->part[RECORD_SERIES], &made);
	}
	if (!p->part[RECORD_FIGURES].failed)
		mark_revised(p);
}

static void add_claims(struct pack *p)
{
	for (uint32_t i = 0; i < p->from->claim_count; i++) {
		const struct law_record_claim *c = &p->from->claims[i];
		struct record_claim made = {
		    .name = text(p, c->name),
		    .title = text(p, c->title),
		    .stated = text(p, c->stated),
		    .shown = text(p, c->shown),
		    .verdict = text(p, c->verdict),
		    .nuance = text(p, c->nuance),
		    .source = c->source == LAW_NONE ? RECORD_NONE : c->source,
		    .confidence = c->confidence,
		    .asks = {(uint32_t)p->part[RECORD_ASKS].count, c->ask_count}};
		for (uint32_t k = 0; k < c->ask_count; k++) {
			const struct law_record_ask *a = &c->asks[k];
			struct record_asked asked = {.kind = a->kind,
						     .what = text(p, a->what),
						     .of = text(p, a->of),
						     .expect = text(p, a->expect),
						     .say = text(p, a->say)};
			pool_add(&p->part[RECORD_ASKS], &asked);
		}
		pool_add(&p->part[RECORD_CLAIMS], &made);
	}
}

/* The header and the parts behind it, each aligned to 8 bytes. */
static int write_section(struct rulebook_writer *writer, struct pack *p)
{
	struct record_header header = {.version = RECORD_VERSION,
				       .actors = p->from->actor_count,
				       .fiscal_month = p->from->fiscal_month,
				       .fiscal_day = p->from->fiscal_day};
	size_t size = sizeof header, bytes[RECORD_PARTS];
	bool failed = p->texts.failed;
	for (int i = 0; i < RECORD_PARTS; i++) {
		bool texts = i == RECORD_TEXTS;
		size = (size + 7) & ~(size_t)7;
		failed |= !texts && p->part[i].failed;
		header.part[i].offset = (uint32_t)size;
		header.part[i].count = (uint32_t)(texts ? p->texts.size : p->part[i].count);
		bytes[i] = texts ? p->texts.size : p->part[i].count * p->part[i].record;
		size += bytes[i];
	}
	char *section = failed ? NULL : calloc(1, size);
	if (!section)
		return TW_NO_MEMORY;
	memcpy(section, &header, sizeof header);
	for (int i = 0; i < RECORD_PARTS; i++) {
		const void *from = i == RECORD_TEXTS ? (void *)p->texts.data : p->part[i].data;
		if (bytes[i])
			memcpy(section + header.part[i].offset, from, bytes[i]);
	}
	int code = rulebook_writer_add(writer, RECORD_TAG, section, size);
	free(section);
	return code;
}

int record_compile(struct rulebook_writer *writer, const struct law *law, int32_t known)
{
	static const size_t record[RECORD_PARTS] = {1,
						    sizeof(struct record_name),
						    sizeof(struct record_source),
						    sizeof(struct record_event),
						    sizeof(struct record_linked),
						    sizeof(uint32_t),
						    sizeof(struct record_series),
						    sizeof(struct record_figure),
						    sizeof(struct record_claim),
						    sizeof(struct record_asked)};
	struct pack p = {.law = law, .from = law->record, .known = known};
	int code = TW_NO_MEMORY;
	if (!p.from)
		return TW_OK;
	texts_begin(&p.texts);
	for (int i = 0; i < RECORD_PARTS; i++)
		pool_begin(&p.part[i], record[i]);
	p.event = calloc((size_t)p.from->event_count + 1, sizeof *p.event);
	p.figure = calloc((size_t)p.from->figure_count + 1, sizeof *p.figure);
	if (p.event && p.figure) {
		add_names(&p, p.from->actors, p.from->actor_count);
		add_names(&p, p.from->units, p.from->unit_count);
		add_sources(&p);
		add_events(&p);
		add_figures(&p);
		add_claims(&p);
		code = write_section(writer, &p);
	}
	free(p.event);
	free(p.figure);
	texts_free(&p.texts);
	for (int i = 0; i < RECORD_PARTS; i++)
		pool_free(&p.part[i]);
	return code;
}
