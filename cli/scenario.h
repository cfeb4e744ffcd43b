/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios as a user names them: files, and those inside this program. */
#ifndef TW_CLI_SCENARIO_H
#define TW_CLI_SCENARIO_H

#include "law/scenario.h"

/* The law with the scenario laid over it: a file of that name, else one of ours. */
int scenario_open(struct law **out, const struct law *law, const char *name,
		  struct tw_error *error);
/* The names of ours with their titles, a line each, to standard output. */
void scenario_list(void);
/* Digest of its text, for what is kept under a name that depends on it. */
int scenario_fingerprint(char out[65], const char *name, struct tw_error *error);

#endif
