/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cells that people write in many ways: dates in every order, tariff codes
 * as spreadsheets leave them, names of countries. What is read must be within
 * its bounds, and must be read again from how it is printed.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/country.h"
#include "common/instant.h"
#include "common/tariff_code.h"
#include "common/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held)
{
	if (!held)
		abort();
}

static void date(struct tw_text text, enum date_order order)
{
	struct date_read read, again;
	struct time_parsed parsed;
	const char *right = NULL;
	char iso[32];
	if (!date_read(&read, text, order, &right)) {
		must(right && *right);
		must(!time_parse_order(&parsed, TIME_ZONE_NEW_YORK, text, order, &right));
		return;
	}
	must(!read.contradicts && read.length <= text.length && read.clock < 86400);
	must(time_date_valid(read.year, read.month, read.day));
	snprintf(iso, sizeof iso, "%04d-%02d-%02d", read.year, read.month, read.day);
	must(date_read(&again, (struct tw_text){iso, 10}, order, &right) &&
	     again.year == read.year && again.month == read.month && again.day == read.day &&
	     !again.by_order);
	for (int zone = 0; zone < TIME_ZONE_COUNT; zone++)
		if (time_parse_order(&parsed, (enum time_zone)zone, text, order, &right))
			must(parsed.at > TW_TIME_MIN && parsed.at < TW_TIME_MAX);
	/* in another order it is the same day, another one, or none that contradicts */
	if (!read.by_order)
		for (int i = DATE_BY_FORM; i <= DATE_YMD; i++)
			must(date_read(&again, text, (enum date_order)i, &right) &&
			     again.day == read.day && again.month == read.month);
}

static void code(struct tw_text text)
{
	struct tariff_code read, again;
	char dotted[16];
	tariff_code_read(&read, text);
	must(read.count <= 10 && strlen(read.digits) == read.count);
	must(strspn(read.digits, "0123456789") == read.count);
	tariff_code_print(dotted, read.digits);
	must(strlen(dotted) < sizeof dotted);
	if (read.fault != TARIFF_CODE_SOUND)
		return;
	tariff_code_read(&again, (struct tw_text){dotted, strlen(dotted)});
	must(again.fault == TARIFF_CODE_SOUND && !strcmp(again.digits, read.digits));
}

static void country(struct tw_text text)
{
	char folded[COUNTRY_FOLDED], again[COUNTRY_FOLDED];
	size_t length = country_fold(folded, text);
	must(length < COUNTRY_FOLDED && strlen(folded) <= length);
	if (utf8_flaw(text.at, text.length) < text.length)
		return; /* halves of characters may meet */
	must(country_fold(again, (struct tw_text){folded, length}) == length &&
	     !memcmp(again, folded, length));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* of its own, so that reading behind its end is found */
	char *copy = malloc(size ? size : 1);
	if (!copy)
		return 0;
	if (size)
		memcpy(copy, data, size);
	struct tw_text text = {copy, size};
	for (int order = DATE_BY_FORM; order <= DATE_YMD; order++)
		date(text, (enum date_order)order);
	(void)date_order_find(text);
	code(text);
	country(text);
	free(copy);
	return 0;
}
