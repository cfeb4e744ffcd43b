/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes the companion of the rulebook. It is given rows and knows no law; the
 * same rows make the same bytes (with the same SQLite).
 */
#ifndef TW_CODES_BUILD_H
#define TW_CODES_BUILD_H

#include "codes/codes.h"

struct codes_build;

/* A new companion in the file, which must not exist. */
int codes_build_new(struct codes_build **out, const char *path, struct tw_error *error);
/*
 * A row; in the order of codes, shorter ones first, then by time. `called` are further words by
 * which it is found, and not told. Texts are copied.
 */
int codes_build_add(struct codes_build *build, const struct codes_entry *entry, const char *called,
		    struct tw_error *error);
/* The number ended on the day; its goods stand in `successor` (the `place`th of them) since. */
int codes_build_renumber(struct codes_build *build, const char *code, int32_t day, int place,
			 const char *successor, struct tw_error *error);
/* Write what is left, close and free; on an error the file is no companion. */
int codes_build_end(struct codes_build *build, struct tw_error *error);
/* Free without finishing. */
void codes_build_drop(struct codes_build *build);

#endif
