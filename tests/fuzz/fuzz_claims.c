/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hostile lines: the input, cut at line feeds, fills the columns of a line
 * that is assessed against the built-in law. Whatever they say, the answer
 * keeps its own rules.
 */
#include "tidewaiter.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static tw_assessor *assessor;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const tw_rulebook *rulebook;
	struct tw_options options = TW_OPTIONS_INIT;
	(void)argc;
	(void)argv;
	if (tw_rulebook_default(&rulebook, NULL) != TW_OK)
		return 1;
	return tw_assessor_new(&assessor, rulebook, &options, NULL) == TW_OK ? 0 : 1;
}

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void check_refused(const struct tw_assessment *answer)
{
	demand(answer->refusal.reason != NULL && answer->refusal.reason[0] != '\0');
	demand(answer->refusal.column != NULL && answer->refusal.text != NULL);
	demand(answer->refusal.column[0] == '\0' ||
	       tw_column_find(
		   (struct tw_text){answer->refusal.column, strlen(answer->refusal.column)}) >= 0);
	demand(answer->refusal.text[0] != '\0');
}

/* Up to eight amounts of a shipment, from a column of digits: key, amount, whether it is here. */
static size_t read_amounts(struct tw_shipment_amount out[TW_SHARES], const uint8_t *at, size_t size)
{
	size_t count = 0;
	for (; size >= 4 && count < TW_SHARES; at += 4, size -= 4, count++)
		out[count] = (struct tw_shipment_amount){
		    .key = (uint32_t)at[0] | (uint32_t)(at[1] & 15) << 8,
		    .amount = (tw_money)at[2] * at[2] * at[2] * 1000,
		    .here = at[3] & 1};
	return count;
}

/* Shares are of the line: never negative, each key once. */
static void check_shares(const struct tw_assessment *answer)
{
	demand(answer->share_count <= TW_SHARES);
	for (size_t i = 0; i < answer->share_count; i++)
		for (size_t k = 0; k <= i; k++)
			demand(answer->shares[i].amount >= 0 &&
			       (i == k || answer->shares[i].key != answer->shares[k].key));
}

/* The sum is the base, what is added and the flat choices, less what is relieved. */
static void check_money(const struct tw_assessment *answer)
{
	demand(!answer->has_bounds || answer->least <= answer->greatest);
	if (!answer->has_amount)
		return;
	demand(answer->amount >= 0 && answer->relieved >= 0 && answer->refundable >= 0);
	demand(answer->status != TW_STATUS_REFUSED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* What a first line feed reaches first: the columns with a grammar of their own. */
	static const enum tw_column order[] = {
	    TW_COLUMN_CLAIMS,     TW_COLUMN_HTS,       TW_COLUMN_ORIGIN,
	    TW_COLUMN_ENTERED,    TW_COLUMN_VALUE,     TW_COLUMN_INTO,
	    TW_COLUMN_CHANNEL,    TW_COLUMN_QTY,       TW_COLUMN_UNIT,
	    TW_COLUMN_QTY2,       TW_COLUMN_UNIT2,     TW_COLUMN_WEIGHT,
	    TW_COLUMN_LOADED,     TW_COLUMN_DEPARTED,  TW_COLUMN_IMPORTED,
	    TW_COLUMN_VIA,        TW_COLUMN_SHIP_FROM, TW_COLUMN_TRANSPORT,
	    TW_COLUMN_ENTRY_TYPE, TW_COLUMN_CURRENCY,  TW_COLUMN_RETAIL_VALUE,
	    TW_COLUMN_CAS,        TW_COLUMN_INCHIKEY,  TW_COLUMN_CONCENTRATION,
	    TW_COLUMN_DESCRIPTION};
	struct tw_line line = TW_LINE_INIT;
	const struct tw_assessment *answer = NULL;
	struct tw_error error = {0};
	/* Copied, so that a read past a column's end is a read past the memory's. */
	char *columns[sizeof order / sizeof order[0]] = {NULL};
	size_t count = 0, at = 0;
	for (; count < sizeof order / sizeof order[0] && at <= size; count++) {
		const uint8_t *stop = at < size ? memchr(data + at, '\n', size - at) : NULL;
		size_t length = (stop != NULL ? (size_t)(stop - data) : size) - at;
		columns[count] = malloc(length != 0 ? length : 1);
		demand(columns[count] != NULL);
		if (length != 0)
			memcpy(columns[count], data + at, length);
		line.column[order[count]] = (struct tw_text){columns[count], length};
		at += length + 1;
	}
	struct tw_shipment_amount amounts[TW_SHARES];
	line.shipment_amounts = amounts;
	if (at < size)
		line.shipment_amount_count = read_amounts(amounts, data + at, size - at);
	demand(tw_assess(&answer, assessor, &line, &error) == TW_OK && answer != NULL);
	check_shares(answer);
	if (answer->status == TW_STATUS_REFUSED)
		check_refused(answer);
	check_money(answer);
	while (count-- > 0)
		free(columns[count]);
	return 0;
}
