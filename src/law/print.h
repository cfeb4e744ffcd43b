/* SPDX-License-Identifier: Apache-2.0 */
/* A schedule printed again: an edition, as import_compare takes one. */
#ifndef TW_LAW_PRINT_H
#define TW_LAW_PRINT_H

#include "common/buffer.h"
#include "law/law.h"

/*
 * Adds the lines of the jurisdiction's schedule that are in force on a day ("2026-11-29"), in the
 * CSV layout of the U.S. International Trade Commission, texts as the law folder has them. Flags,
 * which no edition prints, are left out. TW_NOT_FOUND: it has no schedule.
 */
int print_schedule(struct buffer *out, const struct law *law, uint32_t jurisdiction,
		   const char *folder, const char *day, struct tw_error *error);

#endif
