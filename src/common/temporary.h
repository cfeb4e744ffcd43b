/* SPDX-License-Identifier: Apache-2.0 */
/* Files for what memory should not hold, gone when they are closed. */
#ifndef TW_COMMON_TEMPORARY_H
#define TW_COMMON_TEMPORARY_H

#include "tidewaiter.h"

/* A file without a name, in TMPDIR or /tmp; -1 on failure, with the error set. */
int temporary_file(struct tw_error *error);

#endif
