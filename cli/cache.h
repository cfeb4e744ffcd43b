/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rulebooks compiled from law text, kept in $XDG_CACHE_HOME/tidewaiter (or
 * ~/.cache/tidewaiter). A file's name is a digest of all it depends on: every
 * byte of the law text, the day of knowledge, and the compiler itself; what is
 * opened is checked like any other rulebook. Without such a folder nothing is
 * kept.
 */
#ifndef TW_CLI_CACHE_H
#define TW_CLI_CACHE_H

#include "tidewaiter.h"

/*
 * The rulebook of a law folder as it could be known on a day ("2025-10-01";
 * NULL: as amended since), kept or compiled. Free with tw_rulebook_close.
 */
int cache_rulebook(tw_rulebook **out, const char *folder, const char *day, struct tw_error *error);

/* The same with a scenario laid over the law, as scenario.h takes its name; `estimate`: as
   law_estimate makes it. */
int cache_rulebook_with(tw_rulebook **out, const char *folder, const char *day,
			const char *scenario, bool estimate, struct tw_error *error);

#endif
