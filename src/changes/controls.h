/* SPDX-License-Identifier: Apache-2.0 */
/* What changes in the lists of controlled chemicals. */
#ifndef TW_CHANGES_CONTROLS_H
#define TW_CHANGES_CONTROLS_H

#include "tidewaiter.h"

/* A control that begins or ends; texts live during the call of each. */
struct chemistry_change {
	int32_t day;   /* local days since 1970 on which the change counts */
	bool ends;     /* else it begins */
	bool reworded; /* begins on the day on which an older row of the same list ends */
	bool undated;  /* its day in force is not known: the day is that of its publication */
	bool maybe;    /* the list's names are not known: it may hold the substance */
	const char *substance, *name;     /* "4-piperidone", "4-Piperidone" */
	const char *jurisdiction, *title; /* the ISO code and the name */
	const char *list, *code;
	const char *requirement; /* for imports; for exports where imports need nothing */
	const char *const *by;   /* ids of instruments; of an end: the act that set it */
	size_t by_count;
	const char *note;
};
typedef void chemistry_each(void *context, const struct chemistry_change *change);

/*
 * Every change of controls with from < day <= until, in order of day. A row
 * that ends where another of its list begins for the substance is told once,
 * as reworded. With `announced` the days are those on which an act became
 * public. As known on a day, see chemistry_compile. A law folder without
 * substances has none.
 */
int chemistry_changes(chemistry_each *each, void *context, const char *law_folder, int32_t known,
		      const int32_t between[2], bool announced, struct tw_error *error);

#endif
