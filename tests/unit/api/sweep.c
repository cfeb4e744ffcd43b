/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every function of every public header with NULL in each place, and every struct that says its
 * size with wrong ones: an error or nothing, never a crash. run.py holds that none is left out.
 *
 *     sweep LAW_FOLDER
 */
#include "tidewaiter.h"
#include "tidewaiter_arrow.h"
#include "tidewaiter_law.h"
#include "tidewaiter_record.h"
#include "tidewaiter_refund.h"
#include "tidewaiter_substance.h"
#include "tidewaiter_timeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures, calls;

static void expect(bool holds, const char *what)
{
	calls++;
	if (holds)
		return;
	failures++;
	printf("FAIL %s\n", what);
}
#define REFUSED(call) expect((call) == TW_BAD_ARGUMENT, #call)
#define FINE(call) expect((call) == TW_OK, #call)
#define IS(call, what) expect((call) == (what), #call)
#define NOTHING(call) ((call), calls++)

/* What the calls are made with. */
struct held {
	const tw_rulebook *book;
	tw_assessor *assessor;
	tw_plans *plans;
	tw_totals *totals;
	tw_refund *refund;
	struct tw_line line;
	const struct tw_assessment *answer;
	struct tw_typed_line typed;
	struct tw_charge charge;
	struct tw_output out;
	struct tw_error error;
	const char *law;
};

static struct tw_text text(const char *at)
{
	return (struct tw_text){at, at ? strlen(at) : 3};
}

static void rulebooks(struct held *h)
{
	struct tw_error *error = &h->error;
	tw_rulebook *book;
	size_t size;
	const void *bytes = tw_rulebook_embedded(&size);
	IS(tw_rulebook_embedded(NULL), NULL);
	REFUSED(tw_rulebook_default(NULL, error));
	FINE(tw_rulebook_default(&h->book, NULL));
	REFUSED(tw_rulebook_open(NULL, "file", error));
	REFUSED(tw_rulebook_open(&book, NULL, error));
	IS(tw_rulebook_open(&book, "/no/such/file", NULL), TW_BAD_FILE);
	REFUSED(tw_rulebook_from_memory(NULL, bytes, size, error));
	REFUSED(tw_rulebook_from_memory(&book, NULL, size, error));
	REFUSED(tw_rulebook_from_memory(&book, (const char *)bytes + 1, size - 1, NULL));
	for (size_t wrong = 0; wrong < 200; wrong++)
		IS(tw_rulebook_from_memory(&book, bytes, wrong, error), TW_BAD_RULEBOOK);
	IS(tw_rulebook_from_memory(&book, bytes, size - 16, error), TW_BAD_RULEBOOK);
	FINE(tw_rulebook_from_memory(&book, bytes, size, error));
	tw_rulebook_close(book);
	NOTHING(tw_rulebook_close(NULL));
	expect(!*tw_rulebook_edition(NULL) && !*tw_rulebook_known_on(NULL) &&
		   !*tw_rulebook_sha256(NULL),
	       "what NULL is of");
}

static void questions(struct held *h)
{
	struct tw_instrument act;
	struct tw_claim claim;
	struct tw_currency currency;
	const tw_rulebook *book = h->book;
	tw_time at;
	bool is_date;
	REFUSED(tw_rulebook_instrument(NULL, "EO-14195", &act));
	REFUSED(tw_rulebook_instrument(book, NULL, &act));
	REFUSED(tw_rulebook_instrument(book, "EO-14195", NULL));
	IS(tw_rulebook_instrument(book, "", &act), TW_NOT_FOUND);
	IS(tw_rulebook_claim_count(NULL), 0);
	REFUSED(tw_rulebook_claim(NULL, 0, &claim));
	REFUSED(tw_rulebook_claim(book, 0, NULL));
	IS(tw_rulebook_claim(book, SIZE_MAX, &claim), TW_NOT_FOUND);
	REFUSED(tw_rulebook_currency(NULL, text("US"), &currency));
	REFUSED(tw_rulebook_currency(book, text(NULL), &currency));
	REFUSED(tw_rulebook_currency(book, text("US"), NULL));
	IS(tw_rulebook_unit(NULL, text("kg")), NULL);
	IS(tw_rulebook_unit(book, text(NULL)), NULL);
	IS(tw_rulebook_unit_name(NULL, text("kg")), NULL);
	IS(tw_rulebook_unit_name(book, text(NULL)), NULL);
	IS(tw_rulebook_unit_number(NULL, text("kg")), 0);
	IS(tw_rulebook_unit_number(book, text(NULL)), 0);
	IS(tw_rulebook_country(NULL, text("China")), NULL);
	IS(tw_rulebook_country(book, text(NULL)), NULL);
	IS(tw_column_find(text(NULL)), -1);
	expect(!*tw_column_name(TW_COLUMN_COUNT), "a column that is none");
	expect(!strcmp(tw_code_text(-99), tw_code_text(1)), "codes that are none");
	expect(*tw_version(), "tw_version()");
	IS(tw_entered(NULL, 0, text("2025-05-02"), &at, &is_date), false);
	IS(tw_entered(h->assessor, 0, text(NULL), &at, &is_date), false);
	IS(tw_entered(h->assessor, 0, text("2025-05-02"), NULL, &is_date), false);
	IS(tw_entered(h->assessor, 0, text("2025-05-02"), &at, NULL), false);
	IS(tw_claim_fits(NULL, 0, text("yes")), false);
	IS(tw_claim_fits(h->assessor, 0, text(NULL)), false);
	IS(tw_claim_fits(h->assessor, SIZE_MAX, text("yes")), false);
}

static void assessors(struct held *h)
{
	struct tw_error *error = &h->error;
	struct tw_plans_state state = {.size = sizeof state};
	tw_assessor *assessor;
	tw_plans *plans;
	tw_deposits *deposits;
	REFUSED(tw_assessor_new(NULL, h->book, NULL, error));
	REFUSED(tw_assessor_new(&assessor, NULL, NULL, error));
	FINE(tw_assessor_new(&h->assessor, h->book, NULL, NULL));
	NOTHING(tw_assessor_free(NULL));
	REFUSED(tw_plans_new(NULL, h->book, NULL, 0, error));
	REFUSED(tw_plans_new(&plans, NULL, NULL, 0, error));
	FINE(tw_plans_new(&h->plans, h->book, NULL, 0, NULL));
	NOTHING(tw_plans_free(NULL));
	REFUSED(tw_deposits_read(NULL, h->book, text("case"), "rates.csv", error));
	REFUSED(tw_deposits_read(&deposits, NULL, text("case"), "rates.csv", error));
	REFUSED(tw_deposits_read(&deposits, h->book, text(NULL), "rates.csv", error));
	REFUSED(tw_deposits_read(&deposits, h->book, text("case"), NULL, error));
	IS(tw_deposits_read(&deposits, h->book, text(""), "rates.csv", NULL), TW_BAD_FILE);
	NOTHING(tw_deposits_free(NULL));
	REFUSED(tw_plans_state(NULL, &state));
	REFUSED(tw_plans_state(h->plans, NULL));
	FINE(tw_plans_state(h->plans, &state));
}

static void lines(struct held *h)
{
	static const struct tw_declared nameless = {NULL, 0};
	static const struct tw_declared huge[] = {{"99038815", TW_MONEY_LIMIT}, {"99038815", 1}};
	struct tw_error *error = &h->error;
	const struct tw_assessment *answer;
	struct tw_line line = h->line;
	REFUSED(tw_assess(NULL, h->assessor, &line, error));
	REFUSED(tw_assess(&answer, NULL, &line, error));
	REFUSED(tw_assess(&answer, h->assessor, NULL, error));
	for (int i = 0; i < TW_COLUMN_COUNT; i++) {
		line.column[i] = text(NULL);
		REFUSED(tw_assess(&answer, h->assessor, &line, error));
		expect(strstr(error->message, tw_column_name((enum tw_column)i)) != NULL,
		       "the column is named");
		line.column[i] = h->line.column[i];
	}
	line.shipment_amount_count = 1;
	REFUSED(tw_assess(&answer, h->assessor, &line, error));
	line.shipment_amount_count = 0;
	line.declared_count = 1;
	REFUSED(tw_assess(&answer, h->assessor, &line, error));
	line.declared = &nameless;
	REFUSED(tw_assess(&answer, h->assessor, &line, error));
	line.declared = huge;
	line.declared_count = 2;
	REFUSED(tw_assess(&answer, h->assessor, &line, error));
	expect(strstr(error->message, "declared[1].amount") != NULL, "the amount is named");
	FINE(tw_assess(&h->answer, h->assessor, &h->line, NULL));
}

static void many(struct held *h)
{
	struct tw_error *error = &h->error;
	const struct tw_assessment *answer;
	struct tw_typed_line typed = h->typed;
	struct tw_charge *charge = &h->charge;
	struct tw_line line = h->line;
	REFUSED(tw_assess_many(NULL, h->assessor, &typed, 1, 0, error));
	REFUSED(tw_assess_many(charge, NULL, &typed, 1, 0, error));
	REFUSED(tw_assess_many(charge, h->assessor, NULL, 1, 0, error));
	REFUSED(tw_assess_many(charge, h->assessor, &typed, 1, ~0u, error));
	FINE(tw_assess_many(NULL, h->assessor, NULL, 0, 0, NULL));
	typed.is_text = true;
	REFUSED(tw_assess_many(charge, h->assessor, &typed, 1, 0, error));
	for (size_t size = 0; size < sizeof line; size += 8) {
		line.size = size;
		typed.line = &line;
		if (tw_assess_many(charge, h->assessor, &typed, 1, 0, error) != TW_OK)
			expect(error->code == TW_BAD_ARGUMENT, "a line of an early size");
	}
	typed = h->typed;
	typed.claims = text(NULL);
	REFUSED(tw_assess_many(charge, h->assessor, &typed, 1, TW_MANY_JOIN, error));
	typed.claims = (struct tw_text){NULL, 0};
	typed.description = text(NULL);
	REFUSED(tw_assess_many(charge, h->assessor, &typed, 1, TW_MANY_DAYS, error));
	FINE(tw_assess_many(charge, h->assessor, &h->typed, 1, 0, NULL));
	REFUSED(tw_many_answer(NULL, h->assessor, 0, error));
	REFUSED(tw_many_answer(&answer, NULL, 0, error));
	REFUSED(tw_many_answer(&answer, h->assessor, 1, error));
	FINE(tw_many_answer(&answer, h->assessor, 0, NULL));
	FINE(tw_assess(&h->answer, h->assessor, &h->line, NULL));
}

static void findings(struct held *h)
{
	struct tw_error *error = &h->error;
	struct tw_output *out = &h->out;
	struct tw_text told;
	REFUSED(tw_finding_json(NULL, h->book, &h->line, h->answer, 0, error));
	REFUSED(tw_finding_json(out, NULL, &h->line, h->answer, 0, error));
	REFUSED(tw_finding_json(out, h->book, NULL, h->answer, 0, error));
	REFUSED(tw_finding_json(out, h->book, &h->line, NULL, 0, error));
	FINE(tw_finding_json(out, h->book, &h->line, h->answer, 0, NULL));
	REFUSED(tw_finding_csv(NULL, &h->line, h->answer, 0, 0, error));
	REFUSED(tw_finding_csv(out, NULL, h->answer, 0, 0, error));
	REFUSED(tw_finding_csv(out, &h->line, NULL, 0, 0, error));
	REFUSED(tw_finding_csv(out, &h->line, h->answer, 0, ~0u, error));
	FINE(tw_finding_csv(out, &h->line, h->answer, 0, 0, NULL));
	NOTHING(tw_output_free(NULL));
	REFUSED(tw_totals_new(NULL, error));
	FINE(tw_totals_new(&h->totals, NULL));
	NOTHING(tw_totals_free(NULL));
	REFUSED(tw_totals_count(NULL, &h->line, h->answer, error));
	REFUSED(tw_totals_count(h->totals, NULL, h->answer, error));
	REFUSED(tw_totals_count(h->totals, &h->line, NULL, error));
	FINE(tw_totals_count(h->totals, &h->line, h->answer, NULL));
	NOTHING(tw_totals_add(NULL, h->totals));
	NOTHING(tw_totals_add(h->totals, NULL));
	REFUSED(tw_totals_text(NULL, h->totals, error));
	REFUSED(tw_totals_text(&told, NULL, error));
	FINE(tw_totals_text(&told, h->totals, NULL));
}

static void arrow(struct held *h)
{
	struct tw_error *error = &h->error;
	struct ArrowArrayStream in = {0}, out;
	struct ArrowSchema schema;
	REFUSED(tw_assess_arrow(NULL, &in, h->book, NULL, error));
	REFUSED(tw_assess_arrow(&out, NULL, h->book, NULL, error));
	REFUSED(tw_assess_arrow(&out, &in, NULL, NULL, error));
	REFUSED(tw_assess_arrow(&out, &in, h->book, NULL, NULL));
	REFUSED(tw_arrow_schema(NULL, true, error));
	FINE(tw_arrow_schema(&schema, true, NULL));
	int32_t columns[TW_COLUMN_COUNT];
	REFUSED(tw_arrow_columns(NULL, TW_COLUMN_COUNT, &schema, h->book, NULL, error));
	REFUSED(tw_arrow_columns(columns, TW_COLUMN_COUNT, NULL, h->book, NULL, error));
	REFUSED(tw_arrow_columns(columns, TW_COLUMN_COUNT, &schema, NULL, NULL, error));
	NOTHING(tw_arrow_columns(columns, TW_COLUMN_COUNT, &schema, h->book, NULL, NULL));
	schema.release(&schema);
}

static int nothing_more(void *context, struct tw_text *out, struct tw_error *error)
{
	(void)context;
	(void)error;
	*out = (struct tw_text){"", 0};
	return TW_OK;
}

static void refunds(struct held *h)
{
	struct tw_error *error = &h->error;
	struct tw_refund_options options = TW_REFUND_OPTIONS_INIT;
	struct tw_refund_source source = {0};
	struct tw_output *out = &h->out;
	uint64_t rows, faults;
	REFUSED(tw_refund_new(NULL, h->book, &options, error));
	REFUSED(tw_refund_new(&h->refund, NULL, &options, error));
	REFUSED(tw_refund_new(&h->refund, h->book, NULL, error));
	options.filed = "2026-05-18";
	options.fact_count = 1;
	REFUSED(tw_refund_new(&h->refund, h->book, &options, error));
	options.fact_count = 0;
	options.facts = (const char *const[]){NULL};
	options.fact_count = 1;
	REFUSED(tw_refund_new(&h->refund, h->book, &options, error));
	options.fact_count = 0;
	FINE(tw_refund_new(&h->refund, h->book, &options, NULL));
	NOTHING(tw_refund_free(NULL));
	REFUSED(tw_refund_read(NULL, &source, error));
	REFUSED(tw_refund_read(h->refund, NULL, error));
	REFUSED(tw_refund_read(h->refund, &source, NULL));
	source.next = nothing_more;
	NOTHING(tw_refund_read(h->refund, &source, NULL));
	struct ArrowArrayStream in = {0}, answers;
	REFUSED(tw_refund_read_arrow(NULL, &in, &source, error));
	REFUSED(tw_refund_read_arrow(h->refund, NULL, &source, error));
	REFUSED(tw_refund_read_arrow(h->refund, &in, NULL, error));
	REFUSED(tw_refund_read_arrow(h->refund, &in, &source, NULL));
	expect(!*tw_refund_unread(NULL), "what NULL did not read");
	NOTHING(tw_refund_counts(NULL, &rows, &faults));
	NOTHING(tw_refund_counts(h->refund, NULL, &faults));
	NOTHING(tw_refund_counts(h->refund, &rows, NULL));
	REFUSED(tw_refund_next(NULL, h->refund, error));
	REFUSED(tw_refund_next(out, NULL, error));
	IS(tw_refund_next(out, h->refund, NULL), TW_NOT_FOUND);
	REFUSED(tw_refund_arrow(NULL, h->refund, error));
	REFUSED(tw_refund_arrow(&answers, NULL, error));
	FINE(tw_refund_arrow(&answers, h->refund, NULL));
	answers.release(&answers);
	REFUSED(tw_refund_totals(NULL, h->refund, error));
	REFUSED(tw_refund_totals(out, NULL, error));
	FINE(tw_refund_totals(out, h->refund, NULL));
}

static void records(struct held *h)
{
	struct tw_error *error = &h->error;
	struct tw_record_query query = TW_RECORD_QUERY_INIT;
	struct tw_output *out = &h->out;
	REFUSED(tw_record_json(out, h->book, &query, error)); /* of what? */
	query.what = "events";
	REFUSED(tw_record_json(NULL, h->book, &query, error));
	REFUSED(tw_record_json(out, NULL, &query, error));
	REFUSED(tw_record_json(out, h->book, NULL, error));
	FINE(tw_record_json(out, h->book, &query, NULL));
	REFUSED(tw_record_svg(out, h->book, &query, false, error)); /* of nothing */
	query.series_count = 1;
	REFUSED(tw_record_svg(out, h->book, &query, false, error));
	query.series = (const char *const[]){NULL};
	REFUSED(tw_record_json(out, h->book, &query, error));
	query.series = (const char *const[]){"us_overdose_deaths_total"};
	REFUSED(tw_record_svg(NULL, h->book, &query, false, error));
	REFUSED(tw_record_svg(out, NULL, &query, false, error));
	REFUSED(tw_record_svg(out, h->book, NULL, false, error));
	FINE(tw_record_svg(out, h->book, &query, true, NULL));
}

static void timelines(struct held *h)
{
	struct tw_error *error = &h->error;
	struct tw_timeline_options options = TW_TIMELINE_OPTIONS_INIT;
	const struct tw_announcement *announced;
	const struct tw_mark *marks;
	const struct tw_step *steps;
	const tw_time *instants;
	tw_timeline *timeline;
	struct tw_output *out = &h->out;
	size_t count;
	const char *const *days = (const char *const[]){"2025-05-02", "2025-05-03"};
	REFUSED(tw_instants(NULL, &count, h->assessor, &h->line, 0, 1, error));
	REFUSED(tw_instants(&instants, NULL, h->assessor, &h->line, 0, 1, error));
	REFUSED(tw_instants(&instants, &count, NULL, &h->line, 0, 1, error));
	REFUSED(tw_instants(&instants, &count, h->assessor, NULL, 0, 1, error));
	FINE(tw_instants(&instants, &count, h->assessor, &h->line, 0, 1, NULL));
	REFUSED(tw_timeline_new(NULL, h->book, &options, error));
	REFUSED(tw_timeline_new(&timeline, NULL, &options, error));
	FINE(tw_timeline_new(&timeline, h->book, NULL, NULL));
	REFUSED(tw_timeline_steps(NULL, &count, timeline, &h->line, error));
	REFUSED(tw_timeline_steps(&steps, NULL, timeline, &h->line, error));
	REFUSED(tw_timeline_steps(&steps, &count, NULL, &h->line, error));
	REFUSED(tw_timeline_steps(&steps, &count, timeline, NULL, error));
	REFUSED(tw_timeline_days(NULL, &count, timeline, &h->line, days, 2, error));
	REFUSED(tw_timeline_days(&steps, NULL, timeline, &h->line, days, 2, error));
	REFUSED(tw_timeline_days(&steps, &count, NULL, &h->line, days, 2, error));
	REFUSED(tw_timeline_days(&steps, &count, timeline, NULL, days, 2, error));
	REFUSED(tw_timeline_days(&steps, &count, timeline, &h->line, NULL, 2, error));
	FINE(tw_timeline_days(&steps, &count, timeline, &h->line, days, 2, NULL));
	FINE(tw_timeline_steps(&steps, &count, timeline, &h->line, NULL));
	REFUSED(tw_timeline_announced(NULL, &count, timeline, error));
	REFUSED(tw_timeline_announced(&announced, NULL, timeline, error));
	REFUSED(tw_timeline_announced(&announced, &count, NULL, error));
	FINE(tw_timeline_announced(&announced, &count, timeline, NULL));
	REFUSED(tw_timeline_marks(NULL, &count, timeline, error));
	REFUSED(tw_timeline_marks(&marks, NULL, timeline, error));
	REFUSED(tw_timeline_marks(&marks, &count, NULL, error));
	FINE(tw_timeline_marks(&marks, &count, timeline, NULL));
	FINE(tw_timeline_steps(&steps, &count, timeline, &h->line, NULL));
	REFUSED(tw_timeline_json(NULL, timeline, &h->line, steps, count, error));
	REFUSED(tw_timeline_json(out, NULL, &h->line, steps, count, error));
	REFUSED(tw_timeline_json(out, timeline, NULL, steps, count, error));
	REFUSED(tw_timeline_json(out, timeline, &h->line, NULL, count, error));
	FINE(tw_timeline_json(out, timeline, &h->line, steps, count, NULL));
	REFUSED(tw_timeline_csv(NULL, timeline, &h->line, steps, count, error));
	REFUSED(tw_timeline_csv(out, NULL, &h->line, steps, count, error));
	REFUSED(tw_timeline_csv(out, timeline, NULL, steps, count, error));
	REFUSED(tw_timeline_csv(out, timeline, &h->line, NULL, count, error));
	FINE(tw_timeline_csv(out, timeline, &h->line, steps, count, NULL));
	tw_timeline_free(timeline);
	NOTHING(tw_timeline_free(NULL));
}

static void substances(struct held *h)
{
	struct tw_error *error = &h->error;
	struct tw_substance_query query = TW_SUBSTANCE_QUERY_INIT;
	size_t found;
	REFUSED(tw_substance_json(&h->out, &found, h->book, "acetone", &query, error));
	query.on = "2025-08-01";
	REFUSED(tw_substance_json(NULL, &found, h->book, "acetone", &query, error));
	REFUSED(tw_substance_json(&h->out, &found, NULL, "acetone", &query, error));
	REFUSED(tw_substance_json(&h->out, &found, h->book, NULL, &query, error));
	REFUSED(tw_substance_json(&h->out, &found, h->book, "", &query, error));
	REFUSED(tw_substance_json(&h->out, &found, h->book, "acetone", NULL, error));
	FINE(tw_substance_json(&h->out, NULL, h->book, "acetone", &query, NULL));
}

static void law(struct held *h)
{
	struct tw_error *error = &h->error;
	struct tw_law_query query = TW_LAW_QUERY_INIT;
	struct tw_output *out = &h->out;
	tw_rulebook *book;
	REFUSED(tw_law_rulebook(NULL, h->law, NULL, error));
	REFUSED(tw_law_rulebook(&book, NULL, NULL, error));
	IS(tw_law_rulebook(&book, "/no/such/folder", NULL, NULL), TW_BAD_FILE);
	REFUSED(tw_law_check(NULL, NULL, NULL, NULL, NULL, error));
	FINE(tw_law_check(NULL, h->law, NULL, NULL, NULL, NULL));
	REFUSED(tw_law_changes(NULL, h->law, "2025-04-09", "2025-04-10", error));
	REFUSED(tw_law_changes(out, NULL, "2025-04-09", "2025-04-10", error));
	REFUSED(tw_law_changes(out, h->law, NULL, "2025-04-10", error));
	REFUSED(tw_law_changes(out, h->law, "2025-04-09", NULL, error));
	FINE(tw_law_changes(out, h->law, "2025-04-09", "2025-04-10", NULL));
	REFUSED(tw_law_list(out, &query, NULL, NULL, error));
	query.folder = h->law;
	REFUSED(tw_law_list(NULL, &query, NULL, NULL, error));
	REFUSED(tw_law_list(out, NULL, NULL, NULL, error));
	REFUSED(tw_law_list(out, &query, NULL, "2025-04-09", error));
	FINE(tw_law_list(out, &query, NULL, NULL, NULL));
	REFUSED(tw_law_diff(NULL, &query, "2025-04-09", "2025-04-10", error));
	REFUSED(tw_law_diff(out, NULL, "2025-04-09", "2025-04-10", error));
	REFUSED(tw_law_diff(out, &query, NULL, "2025-04-10", error));
	REFUSED(tw_law_diff(out, &query, "2025-04-09", NULL, error));
	FINE(tw_law_diff(out, &query, "2025-04-09", "2025-04-10", NULL));
}

/* No size but those that the struct had is taken: `call` with sizes from 0 to twice its own. */
#define SIZES(type, begun, call)                                                                   \
	do {                                                                                       \
		struct type it = begun;                                                            \
		size_t taken = 0;                                                                  \
		for (size_t size = 0; size <= 2 * sizeof it; size++) {                             \
			it.size = size;                                                            \
			int code = (call);                                                         \
			taken += code == TW_OK;                                                    \
			expect(code == TW_BAD_ARGUMENT ||                                          \
				   (code == TW_OK && size <= sizeof it && size % 8 == 0),          \
			       #type " of a wrong size");                                          \
		}                                                                                  \
		it.size = SIZE_MAX;                                                                \
		expect((call) == TW_BAD_ARGUMENT, #type " of every byte there is");                \
		it.size = sizeof it;                                                               \
		expect((call) == TW_OK && taken > 0, #type " as it is");                           \
	} while (0)
#define BEGUN(...) __VA_ARGS__

static int try_options(const struct tw_options *options, const struct held *h)
{
	tw_assessor *assessor;
	int code = tw_assessor_new(&assessor, h->book, options, NULL);
	if (!code)
		tw_assessor_free(assessor);
	return code;
}

static int try_plans(const struct tw_options *options, const struct held *h)
{
	tw_plans *plans;
	int code = tw_plans_new(&plans, h->book, options, 0, NULL);
	if (!code)
		tw_plans_free(plans);
	return code;
}

static int try_refund(const struct tw_refund_options *options, const struct held *h)
{
	tw_refund *refund;
	int code = tw_refund_new(&refund, h->book, options, NULL);
	if (!code)
		tw_refund_free(refund);
	return code;
}

static int try_timeline(const struct tw_timeline_options *options, const struct held *h)
{
	tw_timeline *timeline;
	int code = tw_timeline_new(&timeline, h->book, options, NULL);
	if (!code)
		tw_timeline_free(timeline);
	return code;
}

/* A stream that was released is an error as well, and is told after the options. */
static int try_arrow(const struct tw_arrow_options *options, const struct held *h);

static void sizes(struct held *h)
{
	const struct tw_assessment *answer;
	SIZES(tw_line, h->line, tw_assess(&answer, h->assessor, &it, NULL));
	SIZES(tw_options, BEGUN(TW_OPTIONS_INIT), try_options(&it, h));
	SIZES(tw_options, BEGUN(TW_OPTIONS_INIT), try_plans(&it, h));
	SIZES(tw_plans_state, BEGUN({0}), tw_plans_state(h->plans, &it));
	SIZES(tw_refund_options, BEGUN({0, "2026-05-18", NULL, false, NULL, 0, NULL}),
	      try_refund(&it, h));
	SIZES(tw_record_query, BEGUN({0, "events", NULL, 0, NULL, NULL, NULL, "US", NULL}),
	      tw_record_json(&h->out, h->book, &it, NULL));
	SIZES(tw_timeline_options, BEGUN(TW_TIMELINE_OPTIONS_INIT), try_timeline(&it, h));
	SIZES(tw_arrow_options, BEGUN(TW_ARROW_OPTIONS_INIT), try_arrow(&it, h));
	SIZES(tw_substance_query, BEGUN({0, "2025-08-01", "CN", "US", NULL, NULL, NULL}),
	      tw_substance_json(&h->out, NULL, h->book, "acetone", &it, NULL));
	SIZES(tw_law_query, BEGUN({0, h->law, NULL, NULL, NULL, NULL, NULL, "duty"}),
	      tw_law_list(&h->out, &it, NULL, NULL, NULL));
	SIZES(tw_law_summary, BEGUN({0}), tw_law_check(&it, h->law, NULL, NULL, NULL, NULL));
	FINE(tw_assess(&h->answer, h->assessor, &h->line, NULL));
}

static int schema_of(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	(void)stream;
	return tw_arrow_schema(out, true, NULL);
}

static int no_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	(void)stream;
	*out = (struct ArrowArray){0};
	return 0;
}

static const char *no_error(struct ArrowArrayStream *stream)
{
	(void)stream;
	return NULL;
}

static void released(struct ArrowArrayStream *stream)
{
	stream->release = NULL;
}

static int try_arrow(const struct tw_arrow_options *options, const struct held *h)
{
	struct ArrowArrayStream out, in = {schema_of, no_batch, no_error, released, NULL};
	struct tw_error error;
	int code = tw_assess_arrow(&out, &in, h->book, options, &error);
	if (!code)
		out.release(&out);
	return code;
}

int main(int argc, char **argv)
{
	static struct held h = {
	    .line = TW_LINE_INIT, .typed = TW_TYPED_INIT, .out = TW_OUTPUT_INIT};
	if (argc != 2)
		return 2;
	h.law = argv[1];
	h.line.column[TW_COLUMN_HTS] = text("6109.10.00.12");
	h.line.column[TW_COLUMN_ORIGIN] = text("CN");
	h.line.column[TW_COLUMN_ENTERED] = text("2025-05-02");
	h.line.column[TW_COLUMN_VALUE] = text("54");
	h.typed.hts = 6109100012;
	h.typed.digits = 10;
	h.typed.origin = TW_COUNTRY('C', 'N');
	h.typed.into = TW_COUNTRY('U', 'S');
	h.typed.entered = 1746201600;
	h.typed.value = 54 * TW_MONEY_UNIT;
	rulebooks(&h);
	assessors(&h);
	questions(&h);
	lines(&h);
	many(&h);
	findings(&h);
	arrow(&h);
	refunds(&h);
	records(&h);
	timelines(&h);
	substances(&h);
	law(&h);
	sizes(&h);
	tw_output_free(&h.out);
	tw_refund_free(h.refund);
	tw_totals_free(h.totals);
	tw_plans_free(h.plans);
	tw_assessor_free(h.assessor);
	printf("%d calls, %d failures\n", calls, failures);
	return failures != 0;
}
