/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of the conflict as it stands in law/record: events, figures,
 * sources, claims of the news. It lives in the arena of its struct law.
 * docs/law-format-record.md describes the files.
 */
#ifndef TW_LAW_RECORD_H
#define TW_LAW_RECORD_H

#include "common/record_words.h"
#include "law/law.h"

struct law_record_name {
	const char *name, *title;
	struct law_pos pos;
};
struct law_record_source {
	const char *name, *publisher, *kind, *url;
	struct law_pos pos;
};

struct law_record_link {
	const char *name; /* a measure, a program or a pattern of programs */
	enum record_link kind;
	tw_time at;            /* begins, ends: the instant */
	uint32_t jurisdiction; /* likewise; else LAW_NONE */
	uint32_t by;           /* likewise: the instrument, or LAW_NONE */
};

struct law_record_event {
	const char *name, *summary, *note;
	int32_t day; /* since 1970-01-01, local */
	enum record_kind kind;
	enum record_step step;
	enum law_confidence confidence;
	uint32_t source;
	const uint32_t *actors, *follows, *acts; /* follows: events before */
	uint32_t actor_count, follow_count, act_count;
	const struct law_record_link *links;
	uint32_t link_count;
	struct law_pos pos;
};

struct law_record_series {
	const char *name, *title, *topic, *apart; /* apart: a group whose members do not overlap */
	const char *program;                      /* whose duty it counts, or a pattern; or "" */
	uint32_t unit, actor;
	enum record_measured kind;
	const uint32_t *part_of; /* series */
	uint32_t part_count;
	struct law_pos pos;
};

struct law_record_figure {
	uint32_t series;
	int32_t first, last; /* days, both counted */
	int32_t published;   /* or RECORD_NO_DAY */
	int64_t value;       /* RECORD_SCALE */
	enum record_bound bound;
	enum record_state state;
	enum record_basis basis;
	enum law_confidence confidence;
	uint32_t source;  /* LAW_NONE with a basis */
	uint32_t revises; /* a figure of the series for another period, or LAW_NONE */
	const char *note;
	struct law_pos pos;
};

struct law_record_ask {
	enum record_ask kind;
	const char *what, *of, *expect, *say;
};
struct law_record_claim {
	const char *name, *title, *stated, *shown, *verdict, *nuance;
	uint32_t source; /* or LAW_NONE */
	enum law_confidence confidence;
	const struct law_record_ask *asks;
	uint32_t ask_count;
	struct law_pos pos;
};

struct law_record {
	uint32_t fiscal_month, fiscal_day; /* where a fiscal year begins; 0: not said */
	const struct law_record_name *actors, *units;
	uint32_t actor_count, unit_count;
	const struct law_record_source *sources;
	uint32_t source_count;
	const struct law_record_event *events; /* by day */
	uint32_t event_count;
	const struct law_record_series *series;
	uint32_t series_count;
	const struct law_record_figure *figures; /* by series; those of a period as published */
	uint32_t figure_count;
	const struct law_record_claim *claims;
	uint32_t claim_count;
};

#endif
