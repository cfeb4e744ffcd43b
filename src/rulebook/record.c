/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the section of the record: its checks on opening. Says nothing about the conflict. */
#include "rulebook/record.h"

#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "common/legal.h"

static const size_t size_of[RECORD_PARTS] = {
    [RECORD_TEXTS] = 1,
    [RECORD_NAMES] = sizeof(struct record_name),
    [RECORD_SOURCES] = sizeof(struct record_source),
    [RECORD_EVENTS] = sizeof(struct record_event),
    [RECORD_LINKS] = sizeof(struct record_linked),
    [RECORD_INDEXES] = sizeof(uint32_t),
    [RECORD_SERIES] = sizeof(struct record_series),
    [RECORD_FIGURES] = sizeof(struct record_figure),
    [RECORD_CLAIMS] = sizeof(struct record_claim),
    [RECORD_ASKS] = sizeof(struct record_asked),
};

static const void *part_of(struct record *record, size_t size, enum record_part part)
{
	uint32_t offset = record->header->part[part].offset;
	uint32_t count = record->header->part[part].count;
	if (offset % 8 || offset > size || count > (size - offset) / size_of[part])
		return NULL;
	record->count[part] = count;
	return (const char *)record->header + offset;
}

static bool texts_ok(const struct record *record, const uint32_t *text, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text[i] >= record->count[RECORD_TEXTS])
			return false;
	return true;
}

static bool span_ok(const struct record *record, struct record_span span, enum record_part part)
{
	uint32_t count = record->count[part];
	return span.first <= count && span.count <= count - span.first;
}

/* A span of indexes, each below a bound. */
static bool below(const struct record *record, struct record_span span, uint32_t bound)
{
	if (!span_ok(record, span, RECORD_INDEXES))
		return false;
	for (uint32_t i = 0; i < span.count; i++)
		if (record->indexes[span.first + i] >= bound)
			return false;
	return true;
}

static bool names_ok(const struct record *record)
{
	for (uint32_t i = 0; i < record->count[RECORD_NAMES]; i++)
		if (!texts_ok(record, &record->names[i].name, 2))
			return false;
	for (uint32_t i = 0; i < record->count[RECORD_SOURCES]; i++)
		if (!texts_ok(record, &record->sources[i].name, 4))
			return false;
	return record->header->actors <= record->count[RECORD_NAMES] &&
	       record->header->fiscal_month <= 12 && record->header->fiscal_day <= 31;
}

/* Days with which can be reckoned: some thousand years. */
static bool day_ok(int32_t day)
{
	return day > -1000000 && day < 1000000;
}

static bool events_ok(const struct record *record)
{
	for (uint32_t i = 0; i < record->count[RECORD_EVENTS]; i++) {
		const struct record_event *e = &record->events[i];
		if (!texts_ok(record, &e->name, 3) || e->source >= record->count[RECORD_SOURCES] ||
		    !day_ok(e->day) || (i && e->day < e[-1].day) || e->kind >= RECORD_KINDS ||
		    e->step >= RECORD_STEPS || e->confidence > 3 ||
		    !below(record, e->actors, record->header->actors) ||
		    !below(record, e->follows, i) ||
		    !below(record, e->acts, record->count[RECORD_TEXTS]) ||
		    !span_ok(record, e->links, RECORD_LINKS))
			return false;
	}
	for (uint32_t i = 0; i < record->count[RECORD_LINKS]; i++) {
		const struct record_linked *l = &record->links[i];
		if (!texts_ok(record, &l->name, 1) || l->kind >= RECORD_LINK_KINDS ||
		    !texts_ok(record, &l->into, 2) || l->zone >= TIME_ZONE_COUNT ||
		    (l->kind != RECORD_LINK_NAMES &&
		     (l->at < -INT64_C(100000000000) || l->at > INT64_C(100000000000))))
			return false;
	}
	return true;
}

static bool series_ok(const struct record *record)
{
	uint32_t next = 0;
	for (uint32_t i = 0; i < record->count[RECORD_SERIES]; i++) {
		const struct record_series *s = &record->series[i];
		if (!texts_ok(record, &s->name, 4) || !texts_ok(record, &s->program, 1) ||
		    (s->color >= LAW_COLORS && s->color != RECORD_NONE) ||
		    s->kind >= RECORD_MEASURED || s->unit < record->header->actors ||
		    s->unit >= record->count[RECORD_NAMES] || s->actor >= record->header->actors ||
		    !below(record, s->part_of, record->count[RECORD_SERIES]) ||
		    !span_ok(record, s->figures, RECORD_FIGURES) || s->figures.first != next)
			return false;
		next += s->figures.count;
		for (uint32_t k = 0; k < s->figures.count; k++)
			if (record->figures[s->figures.first + k].series != i)
				return false;
	}
	return next == record->count[RECORD_FIGURES];
}

/* What revises a figure is of its series, and leads to one that stands. */
static bool figures_ok(const struct record *record)
{
	const uint32_t count = record->count[RECORD_FIGURES];
	for (uint32_t i = 0; i < count; i++) {
		const struct record_figure *f = &record->figures[i];
		const bool sourced = f->source < record->count[RECORD_SOURCES];
		if (f->series >= record->count[RECORD_SERIES] || f->last < f->first ||
		    !day_ok(f->first) || !day_ok(f->last) ||
		    (f->published != RECORD_NO_DAY && !day_ok(f->published)) ||
		    f->bound >= RECORD_BOUNDS || f->state >= RECORD_STATES ||
		    f->basis >= RECORD_BASES || f->confidence > 3 ||
		    (!sourced && f->source != RECORD_NONE) || !texts_ok(record, &f->note, 1) ||
		    f->value > INT64_C(1000000000000000000) ||
		    f->value < -INT64_C(1000000000000000000))
			return false;
		const uint32_t other[] = {f->revises, f->revised};
		for (int k = 0; k < 2; k++)
			if (other[k] != RECORD_NONE &&
			    (other[k] >= count || other[k] == i ||
			     record->figures[other[k]].series != f->series))
				return false;
		if (f->revised != RECORD_NONE && record->figures[f->revised].revised != RECORD_NONE)
			return false;
	}
	return true;
}

static bool claims_ok(const struct record *record)
{
	for (uint32_t i = 0; i < record->count[RECORD_CLAIMS]; i++) {
		const struct record_claim *c = &record->claims[i];
		if (!texts_ok(record, &c->name, 6) || c->confidence > 3 ||
		    (c->source != RECORD_NONE && c->source >= record->count[RECORD_SOURCES]) ||
		    !span_ok(record, c->asks, RECORD_ASKS))
			return false;
	}
	for (uint32_t i = 0; i < record->count[RECORD_ASKS]; i++)
		if (record->asks[i].kind >= RECORD_ASK_KINDS ||
		    !texts_ok(record, &record->asks[i].what, 4))
			return false;
	return true;
}

bool record_check(struct record *out, const void *section, size_t size)
{
	const void *part[RECORD_PARTS];
	memset(out, 0, sizeof *out);
	out->header = section;
	if (size < sizeof *out->header || size > UINT32_MAX || (uintptr_t)section % 8 ||
	    out->header->version != RECORD_VERSION)
		return false;
	for (int i = 0; i < RECORD_PARTS; i++)
		if (!(part[i] = part_of(out, size, (enum record_part)i)))
			return false;
	out->texts = part[RECORD_TEXTS];
	out->names = part[RECORD_NAMES];
	out->sources = part[RECORD_SOURCES];
	out->events = part[RECORD_EVENTS];
	out->links = part[RECORD_LINKS];
	out->indexes = part[RECORD_INDEXES];
	out->series = part[RECORD_SERIES];
	out->figures = part[RECORD_FIGURES];
	out->claims = part[RECORD_CLAIMS];
	out->asks = part[RECORD_ASKS];
	uint32_t bytes = out->count[RECORD_TEXTS];
	return bytes && !out->texts[0] && !out->texts[bytes - 1] && names_ok(out) &&
	       events_ok(out) && series_ok(out) && figures_ok(out) && claims_ok(out);
}

int record_open(struct record *out, const tw_rulebook *rulebook, struct tw_error *error)
{
	size_t size;
	const void *section = rulebook_section(rulebook, RECORD_TAG, &size);
	if (section && record_check(out, section, size))
		return TW_OK;
	int code = section ? TW_BAD_RULEBOOK : TW_NOT_FOUND;
	return error_set(error, code,
			 section ? "the rulebook's record is damaged: compile it again"
				 : "this law has no record of events and figures");
}

uint32_t record_series_find(const struct record *record, const char *name)
{
	for (uint32_t i = 0; i < record->count[RECORD_SERIES]; i++)
		if (!strcmp(record_text(record, record->series[i].name), name))
			return i;
	return RECORD_NONE;
}

bool record_has_actor(const struct record *record, const struct record_event *event,
		      const char *actor)
{
	for (uint32_t i = 0; i < event->actors.count; i++)
		if (!strcmp(record_name_of(record, record->indexes[event->actors.first + i]),
			    actor))
			return true;
	return false;
}
