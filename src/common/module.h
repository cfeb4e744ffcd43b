/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A module of ours: what takes longer to load than most answers take is in a file of its own, which
 * is loaded when it is first needed and never unloaded. It is looked for in two places alone, both
 * of the library that has the rulebook: the folder tidewaiter/ beside it, and beside it.
 */
#ifndef TW_COMMON_MODULE_H
#define TW_COMMON_MODULE_H

enum { MODULE_MARK = 65, MODULE_WHY = 160 }; /* bytes of both texts, terminated */

struct module {
	const char *file, *does; /* "tidewaiter-structures.so", "reads structures" */
	const char *table;       /* the name that it shows: a struct that begins with its mark */
	const char *mark;        /* of what both sides include, to be equal */
};

/* The table of the module of a library in that folder. NULL: `why` says what is wrong. */
const void *module_load(const struct module *module, const char *folder, char why[MODULE_WHY]);
/* Of the library, or the program, that has the address within it. */
const void *module_beside(const struct module *module, const void *address, char why[MODULE_WHY]);

#endif
