/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether any line of an NDJSON input has a key of some meaning. A sample of
 * the lines does not tell: what makes a shipment must be known before the
 * first line is answered.
 */
#ifndef TW_LINES_KEY_FIND_H
#define TW_LINES_KEY_FIND_H

#include "lines/columns.h"
#include "lines/input.h"

/*
 * Whether a key of the input means a shipment (the number of an entry is one), by its own names,
 * whatever their case, by --map or by the profile. A seekable input is read through and then back
 * at its first record; of another the window alone is seen.
 */
bool key_find_shipment(struct input *input, const struct columns_options *options);

#endif
