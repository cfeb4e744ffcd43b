/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The amounts of a line as the header and the options want them: units and
 * currencies of headers, then the conversion by the rates that were given.
 */
#ifndef TW_LINES_AMOUNTS_H
#define TW_LINES_AMOUNTS_H

#include "lines/item.h"

/* The value of the line out of item->part, as its file or --value-from reckons it. */
void amounts_reckon(struct item *item, const struct value_from *from);
/* The last step of reading a line, when all its columns are there. */
void amounts_finish(struct item *item, const struct columns_options *options);

#endif
