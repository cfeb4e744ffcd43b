/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls every function of the public library and prints what comes of it: public RULEBOOK. A
 * function that fails says why, and the program ends with 2, having freed what it has.
 */
#include "tidewaiter.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct held {
	tw_rulebook *opened, *copied;
	const tw_rulebook *built_in;
	tw_assessor *assessor;
	tw_plans *plans;
	char *bytes;
	size_t size;
};

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, strlen(at)};
}

static int stop(const char *what, int code, const struct tw_error *error)
{
	fprintf(stderr, "%s: %d %s\n", what, code, error->message);
	return code;
}

static int read_bytes(struct held *held, const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END))
		return stop(path, TW_BAD_FILE, &(struct tw_error){.message = "cannot be read"});
	held->size = (size_t)ftell(file);
	rewind(file);
	held->bytes = malloc(held->size);
	int code = !held->bytes                                            ? TW_NO_MEMORY
		   : fread(held->bytes, 1, held->size, file) == held->size ? TW_OK
									   : TW_BAD_FILE;
	fclose(file);
	return code ? stop(path, code, &(struct tw_error){.message = "out of memory"}) : TW_OK;
}

static void tell_rulebook(const tw_rulebook *book)
{
	struct tw_instrument act = {0};
	struct tw_claim claim = {0};
	struct tw_currency currency = {0};
	const char *unit = tw_rulebook_unit(book, text("kg"));
	const char *name = tw_rulebook_unit_name(book, text("doz."));
	const char *country = tw_rulebook_country(book, text("China"));
	int known = tw_rulebook_instrument(book, "ORDER-1", &act);
	printf("%s %s %.8s\n", tw_rulebook_edition(book), tw_rulebook_known_on(book),
	       tw_rulebook_sha256(book));
	printf("%d %s %zu\n", known, known ? "" : act.title, tw_rulebook_claim_count(book));
	printf("%d\n", tw_rulebook_claim(book, 0, &claim));
	printf("%d\n", tw_rulebook_currency(book, text("US"), &currency));
	printf("%s %s %s %u\n", unit ? unit : "", name ? name : "", country ? country : "",
	       tw_rulebook_unit_number(book, text("kg")));
}

static void tell(const struct tw_assessment *answer)
{
	printf("%d %" PRId64 " %zu layers, %zu fees, %zu warnings, %zu substances\n",
	       (int)answer->status, answer->amount, answer->layer_count, answer->fee_count,
	       answer->warning_count, answer->substance_count);
}

static int assess(struct held *held, struct tw_error *error)
{
	static const char *const codes[] = {"0101.21.00.10", "no code", "0101.29"};
	const struct tw_assessment *answer;
	int code = tw_assessor_new(&held->assessor, held->opened, NULL, error);
	for (size_t i = 0; !code && i < sizeof codes / sizeof *codes; i++) {
		struct tw_line line = TW_LINE_INIT;
		line.column[tw_column_find(text("hts"))] = text(codes[i]);
		line.column[TW_COLUMN_ORIGIN] = text("CN");
		line.column[TW_COLUMN_ENTERED] = text("2025-05-01");
		line.column[TW_COLUMN_VALUE] = text("1000");
		line.column[TW_COLUMN_DESCRIPTION] = text("acetone and 4-piperidone");
		if (!(code = tw_assess(&answer, held->assessor, &line, error)))
			tell(answer);
	}
	if (!code)
		printf("%s %d\n", tw_column_name(TW_COLUMN_HTS),
		       tw_claim_fits(held->assessor, 0, text("yes")));
	tw_assessor_free(held->assessor);
	held->assessor = NULL;
	return code ? stop("tw_assess", code, error) : TW_OK;
}

static int assess_many(struct held *held, struct tw_error *error)
{
	enum { LINES = 40 };
	struct tw_typed_line lines[LINES];
	struct tw_charge charges[LINES];
	const struct tw_assessment *answer;
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_plans_state state = {.size = sizeof state};
	int code = tw_plans_new(&held->plans, held->opened, &options, 8, error);
	options.plans = held->plans;
	if (!code)
		code = tw_assessor_new(&held->assessor, held->opened, &options, error);
	for (size_t i = 0; i < LINES; i++) {
		lines[i] = (struct tw_typed_line)TW_TYPED_INIT;
		lines[i].hts = i % 3 ? 101210010 : 101290010;
		lines[i].digits = 10;
		lines[i].entered = 1746115200;
		lines[i].origin = TW_COUNTRY(i % 2 ? 'C' : 'D', i % 2 ? 'N' : 'E');
		lines[i].value = (tw_money)(i * i * 10000);
		lines[i].description = text(i % 5 ? "goods" : "acetone");
	}
	if (!code)
		code = tw_assess_many(charges, held->assessor, lines, LINES, 0, error);
	if (code == TW_NO_MEMORY && held->assessor) /* what failed may be asked for again */
		code = tw_assess_many(charges, held->assessor, lines, LINES, 0, error);
	for (size_t i = 0; !code && i < LINES; i++) {
		printf("%zu %d %" PRId64 " %" PRId64 "\n", i, charges[i].status, charges[i].amount,
		       charges[i].fees);
		if (!(code = tw_many_answer(&answer, held->assessor, i, error)))
			tell(answer);
	}
	if (held->plans)
		tw_plans_state(held->plans, &state);
	if (!code && state.unlike)
		code = stop(state.first, TW_BAD_ARGUMENT, error);
	tw_assessor_free(held->assessor);
	tw_plans_free(held->plans);
	held->assessor = NULL;
	held->plans = NULL;
	return code ? stop("tw_assess_many", code, error) : TW_OK;
}

/* A table of rates: more rows than there is room for at first. */
static int read_deposits(const struct held *held, struct tw_error *error)
{
	char table[4096];
	size_t length =
	    (size_t)snprintf(table, sizeof table, "case,exporter,rate\nA-570-000,all others,1%%\n");
	for (int i = 0; i < 100; i++)
		length += (size_t)snprintf(table + length, sizeof table - length,
					   "A-570-%03d,X %d,%d.5%%\n", i, i, i);
	tw_deposits *deposits;
	int code = tw_deposits_read(&deposits, held->opened, (struct tw_text){table, length},
				    "rates.csv", error);
	tw_deposits_free(deposits);
	return code ? stop("tw_deposits_read", code, error) : TW_OK;
}

int main(int argc, char **argv)
{
	struct held held = {0};
	struct tw_error error = {0};
	int code = argc == 2 ? TW_OK : TW_BAD_ARGUMENT;
	if (!code && (code = tw_rulebook_open(&held.opened, argv[1], &error)))
		stop("tw_rulebook_open", code, &error);
	if (!code && (code = tw_rulebook_default(&held.built_in, &error)))
		stop("tw_rulebook_default", code, &error);
	if (!code && !(code = read_bytes(&held, argv[1])) &&
	    (code = tw_rulebook_from_memory(&held.copied, held.bytes, held.size, &error)))
		stop("tw_rulebook_from_memory", code, &error);
	if (!code) {
		tell_rulebook(held.opened);
		tell_rulebook(held.built_in);
		tell_rulebook(held.copied);
		code = assess(&held, &error);
	}
	if (!code)
		code = assess_many(&held, &error);
	if (!code)
		code = read_deposits(&held, &error);
	tw_rulebook_close(held.opened);
	tw_rulebook_close(held.copied);
	free(held.bytes);
	return code ? 2 : 0;
}
