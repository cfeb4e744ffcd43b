/* SPDX-License-Identifier: Apache-2.0 */
/*
 * join_lines MANIFEST: the lines of a manifest of generate.py --shipments, joined in memory by
 * tw_assess_many. Prints id, duty, refundable, fees and exemption of each, as the columns of an
 * answer show them; lines whose value is refused are given as text.
 */
#include "common/instant.h"
#include "common/money.h"
#include "common/quantity.h"
#include "tidewaiter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINES = 20000, COLUMNS = 14 };

static const enum tw_column column_of[COLUMNS] = {
    TW_COLUMN_ID,        TW_COLUMN_HTS,     TW_COLUMN_ORIGIN,      TW_COLUMN_SHIP_FROM,
    TW_COLUMN_ENTERED,   TW_COLUMN_CHANNEL, TW_COLUMN_VALUE,       TW_COLUMN_QTY,
    TW_COLUMN_UNIT,      TW_COLUMN_WEIGHT,  TW_COLUMN_DESCRIPTION, TW_COLUMN_SHIPMENT,
    TW_COLUMN_CONSIGNEE, TW_COLUMN_ORDER};

static struct tw_line line[LINES];
static struct tw_typed_line typed[LINES];
static struct tw_charge charge[LINES];
static struct tw_text id[LINES];

static void split(struct tw_line *out, char *row)
{
	*out = (struct tw_line)TW_LINE_INIT;
	for (size_t i = 0; i < COLUMNS; i++) {
		bool quoted = *row == '"';
		char *from = row + quoted;
		size_t length = strcspn(from, quoted ? "\"" : ",\n");
		out->column[column_of[i]] = (struct tw_text){from, length};
		row = from + length + quoted;
		row += *row == ',';
	}
}

/* Every other line as values; false: it is text. */
static bool type(struct tw_typed_line *out, const tw_rulebook *book, const struct tw_line *from)
{
	const struct tw_text *c = from->column;
	struct time_parsed time;
	const char *right;
	out->digits = (uint8_t)c[TW_COLUMN_HTS].length;
	out->hts = strtoull(c[TW_COLUMN_HTS].at, NULL, 10);
	out->origin = TW_COUNTRY(c[TW_COLUMN_ORIGIN].at[0], c[TW_COLUMN_ORIGIN].at[1]);
	out->ship_from = TW_COUNTRY(c[TW_COLUMN_SHIP_FROM].at[0], c[TW_COLUMN_SHIP_FROM].at[1]);
	out->channel = c[TW_COLUMN_CHANNEL].at[0] == 'e'   ? TW_CHANNEL_EXPRESS
		       : c[TW_COLUMN_CHANNEL].at[0] == 'p' ? TW_CHANNEL_POSTAL
							   : TW_CHANNEL_COMMERCIAL;
	out->unit = tw_rulebook_unit_number(book, c[TW_COLUMN_UNIT]);
	out->description = c[TW_COLUMN_DESCRIPTION];
	if (!time_parse(&time, TIME_ZONE_NEW_YORK, c[TW_COLUMN_ENTERED], &right) || time.twice ||
	    time.never)
		return false;
	out->entered = time.at;
	return money_parse(&out->value, c[TW_COLUMN_VALUE], &right) &&
	       quantity_parse(&out->qty, c[TW_COLUMN_QTY], &right) &&
	       quantity_parse(&out->weight, c[TW_COLUMN_WEIGHT], &right);
}

int main(int argc, char **argv)
{
	static char text[8 << 20];
	const tw_rulebook *book;
	tw_assessor *assessor;
	const struct tw_assessment *answer;
	FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
	if (!file || tw_rulebook_default(&book, NULL) ||
	    tw_assessor_new(&assessor, book, NULL, NULL))
		return 2;
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	size_t count = 0;
	for (char *row = strchr(text, '\n'); row && row[1] && count < LINES;
	     row = strchr(row + 1, '\n'), count++) {
		split(&line[count], row + 1);
		id[count] = line[count].column[TW_COLUMN_ID];
		typed[count] = (struct tw_typed_line)TW_TYPED_INIT;
		if (count % 2 || !type(&typed[count], book, &line[count]))
			typed[count] = (struct tw_typed_line){.is_text = true};
		typed[count].line = &line[count];
	}
	if (tw_assess_many(charge, assessor, typed, count, TW_MANY_JOIN | TW_MANY_DAYS, NULL))
		return 1;
	for (size_t i = 0; i < count; i++) {
		char duty[32] = "", back[32] = "", fees[32] = "";
		if (tw_many_answer(&answer, assessor, i, NULL) ||
		    answer->amount != charge[i].amount || answer->fees_amount != charge[i].fees)
			return 1;
		if (charge[i].status != TW_STATUS_REFUSED) {
			if (charge[i].has_amount)
				money_print(duty, charge[i].amount);
			if (charge[i].refundable >= 0)
				money_print(back, charge[i].refundable);
			money_print(fees, charge[i].fees);
		}
		printf("%.*s,%s,%s,%s,%s\n", (int)id[i].length, id[i].at, duty, back, fees,
		       !answer->de_minimis.applies   ? ""
		       : answer->de_minimis.eligible ? "eligible"
						     : answer->de_minimis.reason);
	}
	tw_assessor_free(assessor);
	return 0;
}
