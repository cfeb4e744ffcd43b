/* SPDX-License-Identifier: Apache-2.0 */
/* The record of the conflict, as known on a day, into a section of the rulebook. */
#ifndef TW_COMPILER_RECORD_H
#define TW_COMPILER_RECORD_H

#include "law/law.h"
#include "rulebook/rulebook.h"

/*
 * Events after the day and figures published after it are left out (one of unknown publication
 * counts as known once its period is over); INT32_MAX leaves out none. Nothing where the law has
 * no record.
 */
int record_compile(struct rulebook_writer *writer, const struct law *law, int32_t known);

#endif
