/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A scenario: a small file of changes that is laid over the law, to ask what
 * would be if the law were otherwise. docs/law-format-scenarios.md says what it
 * may hold. It is read with the readers of the law, and what comes of it is a
 * law like any other: it is checked and compiled by the same rules.
 */
#ifndef TW_LAW_SCENARIO_H
#define TW_LAW_SCENARIO_H

#include "law/law.h"

/* A citation of a scenario begins so, and that of an act does not. */
#define SCENARIO_CITED "scenario:"

enum law_change_kind {
	LAW_CHANGE_END,
	LAW_CHANGE_NEVER,
	LAW_CHANGE_RATE,
	LAW_CHANGE_MOVE,
	LAW_CHANGE_REOPEN,
	LAW_CHANGE_ADD,     /* a measure of a program of the law */
	LAW_CHANGE_PROGRAM, /* a program of its own */
	LAW_CHANGES
};

struct law_scenario_source {
	const char *title, *url; /* "" where not said */
};

/* One change as it was read; what it changes are measures of the law before it. */
struct law_change {
	enum law_change_kind kind;
	const char
	    *what; /* as it is named: a measure, a program, a pattern; the first of several */
	const char *note; /* or NULL */
	const uint32_t *measure;
	uint32_t measure_count;
	uint32_t program;        /* ADD, PROGRAM: of the law made */
	tw_time from, until;     /* END, RATE, REOPEN: the time of the change */
	struct law_end new_from; /* MOVE: TW_TIME_MIN where it stays */
	struct law_end new_until;
	bool moves_from, moves_until;
	const struct law_measure *charge;  /* RATE: its effect and rate */
	uint32_t added_first, added_count; /* ADD, PROGRAM: measures as they were read */
	struct law_pos pos;
};

struct law_scenario {
	const char *id, *title, *note; /* note or NULL */
	const char *file;
	char sha256[65]; /* of the file */
	const struct law_scenario_source *sources;
	uint32_t source_count;
	const struct law_change *changes;
	uint32_t change_count;
	const struct law *law; /* to which it is laid */
};

/*
 * The law with the scenario of a file laid over it: a new law that shares all that stays with the
 * first, which must outlive it. TW_BAD_LAW: the scenario contradicts itself or the law; the error
 * names its place and that of the other words.
 */
int law_with(struct law **out, const struct law *law, const char *path, struct tw_error *error);
/* The same of a text in memory; `name` is what errors call it. The text is not kept. */
int law_with_text(struct law **out, const struct law *law, const char *name, const char *text,
		  size_t size, struct tw_error *error);

#endif
