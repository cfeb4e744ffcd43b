/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Controlled chemicals, from law text to sections of the rulebook: the ledger
 * (screen/ledger.h), the names (screen/match.h) and the classes
 * (screen/classes.h). The law is in law/substances and law/<j>/controls; the
 * format is in docs/law-format-chemistry.md.
 */
#ifndef TW_CHEMISTRY_H
#define TW_CHEMISTRY_H

#include "rulebook.h"

/*
 * Read, check and compile, as known on a day (local days since 1970; INT32_MAX:
 * as it stands). A law folder without substances adds nothing. An error names
 * file and line.
 */
int chemistry_compile(struct rulebook_writer *writer, const char *law_folder, int32_t known,
		      struct tw_error *error);

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
/* The id of every act that a list, a row or a penalty cites; the same one may come again. */
typedef void chemistry_act(void *context, const char *id);
int chemistry_acts(chemistry_act *each, void *context, const char *law_folder,
		   struct tw_error *error);

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
