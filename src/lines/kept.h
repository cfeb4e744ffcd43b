/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What of the input stands in the answer of a line: the cells of its columns
 * (CSV), or the members that are none of ours (NDJSON), as they stand. It changes
 * no cell and reads no meaning into one.
 */
#ifndef TW_LINES_KEPT_H
#define TW_LINES_KEPT_H

#include "lines/carried.h"
#include "lines/fields.h"
#include "lines/item.h"

struct kept;

/*
 * One a thread. `carried`: the columns of the input, of which `fields` names those that
 * are written; NULL: of NDJSON, what is kept. Both must outlive it.
 */
int kept_new(struct kept **out, const struct carried *carried, const struct fields *fields);
void kept_free(struct kept *kept);
/* Lends the finding what is kept of its line, until the next; false: no memory. */
bool kept_fill(struct finding *finding, struct kept *kept, const struct item *item);

#endif
