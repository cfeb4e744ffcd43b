/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files that customs takes: one column, so many entries and bytes at most
 * as the law says, ASCII, lines that end in CR LF; and a summary of what went
 * in. Files that are there are not written over.
 */
#ifndef TW_REFUND_UPLOAD_H
#define TW_REFUND_UPLOAD_H

#include "refund/refund.h"

struct refund_upload;

/* The folder is made where it is not there. Free with refund_upload_free. */
int refund_upload_new(struct refund_upload **out, const char *folder, const struct refunds *law,
		      struct tw_error *error);
/* An accepted entry; others are left out. Each number comes once. */
int refund_upload_add(struct refund_upload *upload, const struct refund_answer *answer,
		      struct tw_error *error);
/* Writes what is left; *files and *entries count what was written. */
int refund_upload_end(struct refund_upload *upload, unsigned *files, uint64_t *entries,
		      struct tw_error *error);
void refund_upload_free(struct refund_upload *upload);

#endif
