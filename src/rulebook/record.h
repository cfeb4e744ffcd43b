/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of the conflict inside a rulebook: fixed-width records in one
 * section, indexes in place of pointers, texts as offsets (0 is ""). Written by
 * src/compiler/record, checked once by record_open, trusted after.
 */
#ifndef TW_RULEBOOK_RECORD_H
#define TW_RULEBOOK_RECORD_H

#include "common/record_words.h"
#include "rulebook/rulebook.h"

#define RECORD_TAG RULEBOOK_TAG('R', 'C', 'R', 'D')
#define RECORD_VERSION 1
#define RECORD_NONE UINT32_MAX

enum record_part {
	RECORD_TEXTS, /* bytes, terminated */
	RECORD_NAMES, /* actors, then units */
	RECORD_SOURCES,
	RECORD_EVENTS, /* by day */
	RECORD_LINKS,
	RECORD_INDEXES, /* uint32_t, referred to by spans */
	RECORD_SERIES,
	RECORD_FIGURES, /* by series; those of a period in the order of publication */
	RECORD_CLAIMS,
	RECORD_ASKS,
	RECORD_PARTS
};

/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
struct record_span {
	uint32_t first, count;
};
struct record_header {
	uint32_t version;
	uint32_t actors;                   /* of the names; units are the others */
	uint32_t fiscal_month, fiscal_day; /* where a fiscal year begins; 0: not said */
	struct {
		uint32_t offset, count;
	} part[RECORD_PARTS];
};

struct record_name {
	uint32_t name, title;
};
struct record_source {
	uint32_t name, publisher, kind, url;
};
struct record_event {
	uint32_t name, summary, note, source;
	int32_t day;                /* since 1970-01-01, local */
	uint32_t kind;              /* enum record_kind */
	uint32_t step;              /* enum record_step */
	uint32_t confidence;        /* of record_confidence_names */
	struct record_span actors;  /* indexes: names */
	struct record_span follows; /* indexes: events before */
	struct record_span acts;    /* indexes: texts */
	struct record_span links;
};
struct record_linked {
	uint32_t name, kind;     /* kind: enum record_link */
	int64_t at;              /* RECORD_LINK_BEGINS, RECORD_LINK_ENDS: the instant */
	uint32_t into, by;       /* likewise: the two letters of the country; the act */
	uint32_t zone, reserved; /* likewise: enum time_zone */
};
struct record_series {
	uint32_t name, title, topic, apart;
	uint32_t unit, actor;       /* names */
	uint32_t kind;              /* enum record_measured */
	uint32_t program;           /* whose duty it counts, or a pattern; or "" */
	uint32_t color, reserved;   /* enum law_color of the first of them, or RECORD_NONE */
	struct record_span part_of; /* indexes: series */
	struct record_span figures;
};
struct record_figure {
	uint32_t series;
	int32_t first, last, published; /* published: or RECORD_NO_DAY */
	int64_t value;                  /* RECORD_SCALE */
	uint32_t bound, state, basis, confidence;
	uint32_t source;  /* or RECORD_NONE */
	uint32_t revises; /* a figure for another period, or RECORD_NONE */
	uint32_t note;
	uint32_t revised; /* the figure that stands in its place, or RECORD_NONE: it stands */
};
struct record_claim {
	uint32_t name, title, stated, shown, verdict, nuance;
	uint32_t source, confidence; /* source: or RECORD_NONE */
	struct record_span asks;
};
struct record_asked {
	uint32_t kind, what, of, expect, say, reserved; /* kind: enum record_ask */
};
#pragma GCC diagnostic pop

struct record {
	const char *texts;
	const struct record_header *header;
	const struct record_name *names;
	const struct record_source *sources;
	const struct record_event *events;
	const struct record_linked *links;
	const uint32_t *indexes;
	const struct record_series *series;
	const struct record_figure *figures;
	const struct record_claim *claims;
	const struct record_asked *asks;
	uint32_t count[RECORD_PARTS];
};

/* TW_NOT_FOUND when the rulebook has no record; TW_BAD_RULEBOOK when it is damaged. */
int record_open(struct record *out, const tw_rulebook *rulebook, struct tw_error *error);
/* The same from a section's bytes (8-byte aligned), for tests and fuzzing. */
bool record_check(struct record *out, const void *section, size_t size);

static inline const char *record_text(const struct record *record, uint32_t offset)
{
	return record->texts + offset;
}
static inline const char *record_name_of(const struct record *record, uint32_t name)
{
	return record->texts + record->names[name].name;
}
/* Whether the actor of a name took part. */
bool record_has_actor(const struct record *record, const struct record_event *event,
		      const char *actor);
/* The series of a name, or RECORD_NONE. */
uint32_t record_series_find(const struct record *record, const char *name);

#endif
