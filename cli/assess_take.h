/* SPDX-License-Identifier: Apache-2.0 */
/* How values of options of `tidewaiter assess` are read. */
#ifndef TW_CLI_ASSESS_TAKE_H
#define TW_CLI_ASSESS_TAKE_H

#include "tidewaiter.h"

/* Kinds of lines, "red,refused", into an unsigned of RUN_... */
int assess_take_only(void *at, const char *value, struct tw_error *error);
/* K/N, the K-th of N parts, into a struct run_options. */
int assess_take_part(void *at, const char *value, struct tw_error *error);

#endif
