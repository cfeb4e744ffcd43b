/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of one group, in which what all of them share stands in the first
 * alone: the cells of the columns that a profile names are carried down. Works
 * on the text of records, one after another; what a row says itself stands.
 */
#ifndef TW_LINES_CARRY_H
#define TW_LINES_CARRY_H

#include "common/buffer.h"
#include "lines/columns.h"
#include "lines/profile.h"

struct carry;

/* NULL in *out where the profile carries nothing, or the header has none of its columns. */
int carry_new(struct carry **out, const struct profile *profile, const struct columns *columns,
	      bool is_sheet);
void carry_free(struct carry *carry);
/* The next record is the first again. */
void carry_reset(struct carry *carry);
/* The names of the columns that are carried down, in quotes. */
void carry_names(char *out, size_t room, const struct carry *carry);
/*
 * The record as it is to be read; the record itself where nothing is to be filled in. The text
 * lives until the next call.
 */
struct tw_text carry_record(struct carry *carry, struct tw_text record, char separator);

#endif
