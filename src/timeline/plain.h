/* SPDX-License-Identifier: Apache-2.0 */
/* A line of texts as values, where its texts can be read in one way alone. */
#ifndef TW_TIMELINE_PLAIN_H
#define TW_TIMELINE_PLAIN_H

#include "tidewaiter.h"

struct plain {
	struct tw_typed_line typed; /* without the time of entry */
};

/*
 * False: it says more than id, code, origin, country of import, channel and value, or not as
 * plainly as it could; such a line is read by who assesses it.
 */
bool plain_read(struct plain *out, const struct tw_line *line);
/* Whether two lines differ in code and origin alone. */
bool plain_alike(const struct plain *a, const struct plain *b);

#endif
