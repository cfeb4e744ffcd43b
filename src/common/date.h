/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The forms in which people and their programs write a day: 2025-05-02, 2025/05/02, 20250502,
 * 2-May-2025, May 2, 2025, 5/2/2025, 5/2/25, 02.05.2025, and a spreadsheet's serial 45779. It
 * knows no clock and no zone.
 */
#ifndef TW_COMMON_DATE_H
#define TW_COMMON_DATE_H

#include "tidewaiter.h"

/*
 * Which number comes first where all three are numbers and none has four digits in front. By
 * form: the month with slashes, as US forms have it; the day with dots, as Europe has it; with
 * hyphens neither.
 */
enum date_order { DATE_BY_FORM, DATE_MDY, DATE_DMY, DATE_YMD };

struct date_read {
	int year, month, day;
	int clock;        /* seconds of the day, if the form has them (45779.5); else -1 */
	size_t length;    /* bytes of the text that are the date; a time may follow */
	bool by_order;    /* read by the order: another order may read another day */
	bool contradicts; /* no day in this order, but one in another */
};

#define DATE_YEAR_FIRST 1900
#define DATE_YEAR_LAST 2199

/* Read a day at the front of a text; false: none, and a static text says what would be right. */
bool date_read(struct date_read *out, struct tw_text text, enum date_order order,
	       const char **right);
/* "dmy", "DD/MM/YYYY", "%d/%m/%Y", "day-first": the order, or -1. */
int date_order_find(struct tw_text text);
/* "dmy"; of DATE_BY_FORM "". */
const char *date_order_name(enum date_order order);

#endif
