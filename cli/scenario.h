/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios as a user names them: files, and those inside this program. */
#ifndef TW_CLI_SCENARIO_H
#define TW_CLI_SCENARIO_H

#include "common/arena.h"
#include "law/scenario.h"

/* The law with the scenario laid over it: a file of that name, else one of ours. */
int scenario_open(struct law **out, const struct law *law, const char *name,
		  struct tw_error *error);
/* Its id and title, which live in the arena. */
int scenario_head(struct arena *arena, const char *name, const char **id, const char **title,
		  struct tw_error *error);
/* The names of ours, "a, b, c". */
void scenario_names(char *out, size_t size);
/* Whether one of ours is called so. */
bool scenario_is_own(const char *name);
/* Whether an error names the scenario's own file, or none. */
bool scenario_is_file(const char *name, const char *file);
/* The names of ours with their titles, a line each, to standard output. */
void scenario_list(void);
/* The name and title of one of ours, by number; false: there are no more. */
bool scenario_at(const char **name, struct tw_text *title, size_t index);
/* Digest of its text, for what is kept under a name that depends on it. */
int scenario_fingerprint(char out[65], const char *name, struct tw_error *error);

#endif
