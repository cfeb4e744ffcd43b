/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Entry numbers: a filer code, digits, a check digit (CBP Form 7501, appendix
 * 1). Hyphens may stand anywhere and small letters for capitals; a fault is
 * told with what would be right.
 */
#ifndef TW_REFUND_NUMBER_H
#define TW_REFUND_NUMBER_H

#include "rulebook/refunds.h"

#define REFUND_ENTRY 24 /* bytes that are kept of a number that is too long */

struct refund_entry_number {
	char text[REFUND_ENTRY + 1]; /* without hyphens, in capitals; what is kept of it */
	size_t length;               /* characters of all of it */
	uint64_t rest;               /* 0: all of it is kept; else a digest of all of it */
	enum refund_number fault;
	char why[160]; /* "" where it is sound */
};

void refund_number_read(struct refund_entry_number *out, const struct refunds *law,
			struct tw_text text);
/* The fault of a number whose text, length and rest are known. */
void refund_number_judge(struct refund_entry_number *out, const struct refunds *law);

#endif
