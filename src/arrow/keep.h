/* SPDX-License-Identifier: Apache-2.0 */
/* Columns of the input that the findings carry: which, what they are called, and moving them. */
#ifndef TW_ARROW_KEEP_H
#define TW_ARROW_KEEP_H

#include "arrow/grow.h"
#include "arrow/type.h"

struct keep {
	size_t count;
	size_t *at;    /* the columns of the input, in the order of the findings */
	char **name;   /* another name, owned; NULL: its own */
	bool *is_kept; /* of each column of the input */
};

/* `names`: of tw_arrow_options. `taken`: the struct of the findings' own columns. */
int keep_new(struct keep *out, const char *const *names, const struct type *schema,
	     const struct grow_field *taken, struct tw_error *error);
void keep_free(struct keep *keep);
/* Moves the kept children of a schema before those of another; false: no memory. */
bool keep_schema(struct ArrowSchema *out, const struct keep *keep, struct ArrowSchema *from);
/* Whether the kept columns of a batch are there; the one that is not, or -1. */
int64_t keep_missing(const struct keep *keep, const struct ArrowArray *from);
/* Moves them, of a batch of which none is missing; its rows are those of `from`. */
void keep_batch(struct ArrowArray *out, const struct keep *keep, struct ArrowArray *from);

#endif
