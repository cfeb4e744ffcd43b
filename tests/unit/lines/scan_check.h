/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must be true of the scan whatever the text: all finders find the same,
 * and what it takes it reads as the grammar of common/csv.h does. For a unit
 * test and a fuzzer.
 */
#ifndef TW_TESTS_SCAN_CHECK_H
#define TW_TESTS_SCAN_CHECK_H

#include "lines/scan.h"

/* NULL, or what is not true. The text is copied. */
const char *scan_check(const char *text, size_t length, char separator);

#endif
