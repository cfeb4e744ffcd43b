/* SPDX-License-Identifier: Apache-2.0 */
/* The measures in force, as a page, an object or rows. */
#ifndef TW_LAW_LIST_H
#define TW_LAW_LIST_H

#include "common/buffer.h"
#include "law/query.h"
#include "law/scopes.h"

/* Appends what `tidewaiter law list` prints for the query, in its form. enum tw_code. */
int law_list(struct buffer *out, const struct law_query *query, struct tw_error *error);

#endif
