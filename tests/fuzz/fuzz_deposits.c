/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A table of rates of deposits, over the built-in law. What is not read has a message; what is read
 * answers lines: a deposit has a rate, and a rate has its row.
 */
#include <stdlib.h>
#include <string.h>

#include "tidewaiter.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const tw_rulebook *book;

/* A line with these claims. */
static void ask(const tw_deposits *deposits, const char *claims)
{
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_line line = TW_LINE_INIT;
	const struct tw_assessment *answer;
	tw_assessor *assessor;
	static const struct {
		enum tw_column column;
		const char *text;
	} cell[] = {{TW_COLUMN_HTS, "7604210010"},
		    {TW_COLUMN_ORIGIN, "CN"},
		    {TW_COLUMN_ENTERED, "2026-05-01"},
		    {TW_COLUMN_VALUE, "1000"}};
	for (size_t i = 0; i < sizeof cell / sizeof *cell; i++)
		line.column[cell[i].column] = (struct tw_text){cell[i].text, strlen(cell[i].text)};
	line.column[TW_COLUMN_CLAIMS] = (struct tw_text){claims, strlen(claims)};
	options.deposits = deposits;
	options.no_changes = options.no_screen = true;
	if (tw_assessor_new(&assessor, book, &options, NULL) ||
	    tw_assess(&answer, assessor, &line, NULL))
		abort();
	for (size_t i = 0; i < answer->adcvd.order_count; i++) {
		const struct tw_adcvd_order *order = &answer->adcvd.orders[i];
		if ((*order->rate != '\0') != (*order->rate_by != '\0') ||
		    (order->deposit >= 0 && !*order->rate) || (order->all_others && !*order->rate))
			abort();
	}
	tw_assessor_free(assessor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	tw_deposits *deposits = NULL;
	struct tw_error error = {0};
	if (!book && tw_rulebook_default(&book, &error))
		abort();
	int code = tw_deposits_read(&deposits, book, (struct tw_text){(const char *)data, size},
				    "fuzz.csv", &error);
	if (code ? deposits || !*error.message : !deposits)
		abort();
	if (!code) {
		ask(deposits, "adcvd=A-570-967+C-570-968;adcvd_exporter=guang ya");
		ask(deposits, "adcvd=yes;adcvd_exporter=X");
		ask(deposits, "adcvd=yes");
	}
	tw_deposits_free(deposits);
	return 0;
}
