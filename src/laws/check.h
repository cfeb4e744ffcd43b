/* SPDX-License-Identifier: Apache-2.0 */
/* A whole law folder, checked. */
#ifndef TW_LAWS_CHECK_H
#define TW_LAWS_CHECK_H

#include "law/law.h"
#include "tidewaiter_law.h"

/*
 * A folder that has been read, and whose rulebook is as known at the instant. Faults are told;
 * TW_BAD_LAW: there was one, TW_NO_MEMORY. *out is filled where it is sound.
 */
int laws_check(struct tw_law_summary *out, const struct law *law, const char *folder, tw_time known,
	       tw_law_fault *tell, void *context);

#endif
