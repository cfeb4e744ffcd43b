/* SPDX-License-Identifier: Apache-2.0 */
/* What a shell is told of the tables of options: `tidewaiter completion`. */
#ifndef TW_CLI_COMPLETION_COMPLETION_H
#define TW_CLI_COMPLETION_COMPLETION_H

#include <stdio.h>

#include "cli/options.h"

/* The word after `tidewaiter completion values`: "countries"; NULL where none is printed. */
const char *completion_kind(enum cli_values values);

/* bash.c, zsh.c, fish.c: the whole script. */
void completion_bash(FILE *to);
void completion_zsh(FILE *to);
void completion_fish(FILE *to);

/* completion.c: text in single quotes of a shell; of fish with \' in place of '\''. */
void completion_quoted(FILE *to, const char *text, const char *quote);

#endif
