/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a file is answered by plans as it is line by line: for a unit test and a fuzzer. */
#ifndef TW_TESTS_PLANNED_CHECK_H
#define TW_TESTS_PLANNED_CHECK_H

#include "tidewaiter.h"

/* `how`: bits that choose the format and what is written. False: the answers or totals differ. */
bool planned_check(const char *text, size_t length, unsigned how);

#endif
