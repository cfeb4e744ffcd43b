/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout of the class section of the rulebook: rows of fixed-width
 * integers and a pool of texts, offsets from the section's start. Holds
 * the law's words about sites and groups; knows no chemistry library.
 */
#ifndef TW_RULEBOOK_STRUCTURES_H
#define TW_RULEBOOK_STRUCTURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CLASSES_MAGIC UINT32_C(0x32534c43) /* "CLS2" */
#define CLASSES_NONE UINT32_MAX

/* Texts are offsets into the pool; 0 is the empty text. */
/* Records are a file: a hole between their fields would hold whatever memory held. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wpadded"
struct classes_span {
	uint32_t first, count;
};
enum classes_becomes {
	BECOMES_NOTHING,       /* the condition only adds groups */
	BECOMES_RING,          /* any one ring, further substituted or not */
	BECOMES_AROMATIC_RING, /* any one aromatic ring, further substituted or not */
	BECOMES_ACYL,
	BECOMES_GROUP /* anything but hydrogen */
};
struct classes_group {
	uint32_t name, first, every, some, one;
	uint32_t most; /* heavy atoms; 0: any number */
};
struct classes_site {
	uint32_t name;
	uint32_t atoms;  /* bit i: skeleton atom i */
	uint32_t kind;   /* index of the group that the part must be, or CLASSES_NONE */
	uint32_t parent; /* pattern; empty: hydrogen */
	uint32_t always; /* 1: each of its atoms bears a group */
	uint32_t joined; /* 1: one group may hang on two of its atoms */
	uint32_t link;   /* carbons before the end, 0: the site has no parts */
	uint32_t end;    /* pattern */
};
struct classes_condition {
	uint32_t letter, site;
	uint32_t at_end; /* 1: the end of a linked site becomes, 0: all of it */
	uint32_t becomes;
	uint32_t acyl;            /* index of the group acyl, for BECOMES_ACYL */
	struct classes_span adds; /* in indexes: groups */
};
/* One form of a class: a class with several has as many rows, one id. */
struct classes_row {
	uint32_t id, title, jurisdiction, cite, from;
	uint32_t closed;
	uint32_t skeleton;
	struct classes_span sites, conditions;
	struct classes_span resembles; /* in indexes: texts */
};
struct classes_table {
	uint32_t at, count; /* bytes from the section's start; rows */
};
#pragma GCC diagnostic pop

struct classes_section {
	uint32_t magic, size;
	struct classes_table rows, sites, conditions, groups, indexes, texts;
};

/* Bounds of everything in a section, once. */
bool classes_check(const void *section, size_t size);

/* Rows: a class that is drawn in several forms has one for each, all with its id. */
size_t classes_count(const void *section);
/* Texts live with the section. */
struct classes_info {
	const char *id;    /* "class-us-frs" */
	const char *title; /* what a person reads */
	const char *jurisdiction;
	const char *cite;
	const char *from; /* ISO date since when the wording is in force, or "" */
	bool closed;      /* the law gives a closed test; otherwise a hit needs a human */
};
struct classes_info classes_info(const void *section, size_t index);

#endif
