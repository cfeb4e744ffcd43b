/* SPDX-License-Identifier: Apache-2.0 */
/* From law text to a rulebook. */
#ifndef TW_COMPILER_COMPILE_H
#define TW_COMPILER_COMPILE_H

#include "law/law.h"
#include "rulebook/rulebook.h"

/*
 * The duty sections of a parsed law. Finds what single files cannot show: two
 * measures of one program on the same goods, programs that yield in a circle.
 */
int compile_duties(struct rulebook_writer *writer, const struct law *law, struct tw_error *error);

/*
 * The whole rulebook of a law folder, as known on a day (TW_TIME_MAX: as
 * retroactively amended), in malloc'ed memory.
 */
int compile_folder(void **out, size_t *size, const char *folder, tw_time known,
		   struct tw_error *error);

/*
 * The same of a law that was read from the folder, or that a scenario made of it
 * (law/scenario.h).
 */
int compile_law(void **out, size_t *size, const struct law *law, const char *folder, tw_time known,
		struct tw_error *error);

/*
 * The rulebook of a law folder as it could be known on a day ("2025-10-01";
 * NULL: as retroactively amended), open. Free with tw_rulebook_close.
 */
int law_rulebook_as_known(tw_rulebook **out, const char *folder, const char *day,
			  struct tw_error *error);

/* "2025-10-01" as the instant that compile_folder takes; NULL: TW_TIME_MAX. */
int law_known_time(tw_time *out, const char *day, struct tw_error *error);

#endif
