/* SPDX-License-Identifier: Apache-2.0 */
/* What changed, as a page, an object or rows. */
#ifndef TW_CHANGES_PAGE_H
#define TW_CHANGES_PAGE_H

#include "changes/pair.h"

/*
 * Appends what `tidewaiter law diff` prints of the changes that were found, in the form that the
 * query asks for; the days as they were asked for. enum tw_code.
 */
int changes_page(struct buffer *out, const struct changes *changes, const char *first,
		 const char *last, struct tw_error *error);

#endif
