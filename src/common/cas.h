/* SPDX-License-Identifier: Apache-2.0 */
/*
 * CAS Registry Numbers: two to seven digits, two digits, a check digit. A
 * number is held as one integer with the check digit last: 67-64-1 is 67641.
 */
#ifndef TW_COMMON_CAS_H
#define TW_COMMON_CAS_H

#include "tidewaiter.h"

#define CAS_LEAST UINT64_C(50000)
#define CAS_MOST UINT64_C(9999999999)

/* The check digit fits: the sum of each digit times its place from the right, modulo 10. */
bool cas_valid(uint64_t number);

/* Read "67-64-1" completely, ASCII hyphens. False when it is not of that form or does not fit. */
bool cas_parse(uint64_t *out, struct tw_text text);

/* "67-64-1"; returns the length. */
size_t cas_print(char out[16], uint64_t number);

#endif
