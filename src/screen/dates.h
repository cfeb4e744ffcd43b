/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Spreadsheets take some CAS numbers for dates: 79-03-8 becomes 1979-03-08,
 * 8/3/1979, 08-Mar-79 or the day's serial number. Knows dates and check
 * digits, no substances.
 */
#ifndef TW_SCREEN_DATES_H
#define TW_SCREEN_DATES_H

#include "tidewaiter.h"

/*
 * True when the whole text is a date; number are the CAS numbers that it may
 * have been, 0 none: 3/8/1979 may be of March or of August.
 */
bool dates_cas(uint64_t number[2], struct tw_text text);
/* The CAS number that a day's serial number (28922 is 1979-03-08) may have been, or 0. */
uint64_t dates_serial_cas(uint64_t serial);

#endif
