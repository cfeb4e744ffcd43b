/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Classes by structure: law/substances/classes/ compiled to a section of the
 * rulebook. Holds the law's words about sites and groups; knows no chemistry
 * library.
 */
#ifndef TW_CLASSES_H
#define TW_CLASSES_H

#include "tidewaiter.h"

/* Read every .yaml in law_folder/substances/classes into a position-free section (malloc'ed). */
int classes_build(void **section, size_t *size, const char *law_folder, struct tw_error *error);

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
