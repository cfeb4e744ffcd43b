/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the answer to an entry: it puts together what the other files find out. */
#include "common/error.h"
#include "common/instant.h"
#include "refund/entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/fit.h"
#include "common/money.h"
#include "refund/columns.h"
#include "refund/words.h"

const char *const refund_status_names[3] = {"accepted", "refused", "undecided"};
const char *const refund_agreement_names[6] = {"",          "agrees",    "differs",
					       "no result", "not asked", "undecidable"};

int refunder_new(struct refunder **out, const tw_rulebook *rulebook,
		 const struct refund_options *options, struct tw_error *error)
{
	struct tw_options assess = TW_OPTIONS_INIT;
	struct refunder *r = calloc(1, sizeof *r);
	int code;
	*out = NULL;
	if (!r)
		return error_memory(error);
	r->options = options;
	assess.no_screen = assess.no_changes = true;
	if ((code = refunds_open(&r->law, rulebook, error)) ||
	    (code = tw_assessor_new(&r->assessor, rulebook, &assess, error)))
		goto done;
	size_t headings = r->law.count[REFUNDS_HEADINGS] + 1;
	r->interest = interest_new(&r->law);
	r->touched = calloc(headings, sizeof *r->touched);
	r->is_touched = calloc(headings, sizeof *r->is_touched);
	r->paid = calloc(headings, sizeof *r->paid);
	r->answer.by_heading = calloc(headings, sizeof *r->answer.by_heading);
	r->answer.further = calloc(r->law.count[REFUNDS_TESTS] + 1, sizeof(struct refunds_test *));
	if (!r->interest || !r->touched || !r->is_touched || !r->paid || !r->answer.by_heading ||
	    !r->answer.further)
		code = error_memory(error);
	else
		*out = r;
done:
	if (code)
		refunder_free(r);
	return code;
}

void refunder_free(struct refunder *r)
{
	if (!r)
		return;
	interest_free(r->interest);
	tw_assessor_free(r->assessor);
	free(r->touched);
	free(r->is_touched);
	free(r->paid);
	free(r->answer.by_heading);
	free(r->answer.further);
	buffer_free(&r->answer.note);
	free(r);
}

const struct refunds *refunder_law(const struct refunder *r)
{
	return &r->law;
}

static void begin(struct refunder *r)
{
	struct buffer note = r->answer.note;
	int64_t *by_heading = r->answer.by_heading;
	const struct refunds_test **further = r->answer.further;
	for (size_t i = 0; i < r->answer.heading_count; i++) {
		r->is_touched[r->touched[i]] = false;
		r->paid[r->touched[i]] = 0;
	}
	note.length = 0;
	r->answer = (struct refund_answer){.note = note,
					   .by_heading = by_heading,
					   .further = further,
					   .heading = r->touched,
					   .interest_to = REFUND_NO_DAY,
					   .protest_deadline = REFUND_NO_DAY,
					   .entry_date = REFUND_NO_DAY};
}

static const char *confidence_text(const struct refunder *r, uint32_t confidence)
{
	const char *text = refunds_text(&r->law, confidence);
	return strcmp(text, "high") != 0 ? text : "";
}

/* What stands behind the reason: why the number is none, what to do, how sure it is. */
static void note_reason(struct refunder *r, const struct refunds_test *test)
{
	const char *say = refunds_text(&r->law, test->say);
	const char *confidence = confidence_text(r, test->confidence);
	if (*say)
		refund_note(r, "%s", say);
	if (*confidence)
		refund_note(r, "%s: confidence %s", refunds_text(&r->law, test->reason),
			    confidence);
	for (uint32_t i = 0; i < r->law.count[REFUNDS_MATTERS]; i++) {
		const struct refunds_matter *m = &r->law.matters[i];
		for (uint32_t k = 0; k < m->reasons.count && r->options->filed >= m->from; k++)
			if (!strcmp(refunds_text(&r->law, r->law.indexes[m->reasons.first + k]),
				    refunds_text(&r->law, test->reason)))
				refund_note(r, "%s (confidence %s)",
					    refunds_text(&r->law, m->title),
					    refunds_text(&r->law, m->confidence));
	}
}

/* What a column does not say is asked for, under the column's name. */
static void note_asked(struct refunder *r, uint32_t asked)
{
	char list[320] = "";
	if (asked & UINT32_C(1) << REFUND_LIQUIDATION) /* its day comes with it */
		asked &= ~(UINT32_C(1) << REFUND_DAYS_SINCE_LIQUIDATION);
	for (int i = 0; i < REFUND_FACTS; i++) {
		const char *name = i == REFUND_DAYS_SINCE_LIQUIDATION ? "liquidation_date"
				   : i == REFUND_HEADINGS             ? "heading, duty"
								      : refund_field_name(i);
		if (asked & UINT32_C(1) << i)
			fit_add(list, sizeof list, "%s%s", *list ? ", " : "", name);
	}
	if (*list)
		refund_note(r, "asked for: %s", list);
}

static void set_deadline(struct refunder *r)
{
	const struct refund_entry *e = &r->entry;
	struct refund_answer *a = &r->answer;
	if (!e->has_days)
		return;
	a->protest_deadline = e->liquidation_date + (int32_t)r->law.terms->protest_days;
	a->days_left = a->protest_deadline - r->options->filed;
	a->court_only = a->days_left < 0 && a->status != REFUND_ACCEPTED;
}

static void note_time(struct refunder *r)
{
	const struct refund_answer *a = &r->answer;
	char day[16];
	if (a->protest_deadline == REFUND_NO_DAY || a->status == REFUND_ACCEPTED)
		return;
	if (a->court_only)
		refund_note(r, "the time for a protest ended on %s: %s",
			    time_print_day(day, a->protest_deadline),
			    refunds_text(&r->law, r->law.terms->suit_say));
	else if (!a->protest_open)
		refund_note(r, "protest by %s, %d days left; %s",
			    time_print_day(day, a->protest_deadline), (int)a->days_left,
			    refunds_text(&r->law, r->law.terms->protest_say));
}

/* The last day for which a rate is published. */
static int32_t last_rate(const struct refunds *law)
{
	uint32_t count = law->count[REFUNDS_RATES];
	return count ? law->rates[count - 1].through : INT32_MIN;
}

static void note_rates(struct refunder *r, int32_t deposit, int32_t end)
{
	char day[16];
	for (uint32_t i = 0; i < r->law.count[REFUNDS_RATES]; i++) {
		const struct refunds_rate *rate = &r->law.rates[i];
		const char *confidence = confidence_text(r, rate->confidence);
		if (!*confidence || rate->from > end || rate->through <= deposit)
			continue;
		refund_note(r, "the rate of interest from %s is of %s confidence",
			    time_print_day(day, rate->from), confidence);
		return;
	}
}

/* The day to which interest runs: as asked, or as customs aims at; said where it is assumed. */
static int32_t find_end(struct refunder *r)
{
	int32_t end = r->options->interest_to, last = last_rate(&r->law);
	char day[16];
	if (end != REFUND_NO_DAY)
		return end;
	end = r->options->filed + (int32_t)r->law.terms->interest_target;
	if (end > last && last > r->options->filed)
		end = last;
	refund_note(r, "interest to %s is assumed, %d days after filing%s",
		    time_print_day(day, end), (int)(end - r->options->filed),
		    end == last ? "; no later rate is published" : "");
	return end;
}

static void set_interest(struct refunder *r)
{
	struct refund_answer *a = &r->answer;
	struct interest_period period = {.deposit = r->entry.deposit_date,
					 .payee = r->options->payee};
	int32_t day = 0;
	char text[16];
	if (period.deposit == REFUND_NO_DAY) {
		refund_note(r, "asked for: deposit_date, for interest");
		return;
	}
	a->interest_to = period.end = find_end(r);
	if (period.end <= period.deposit)
		refund_note(r, "no interest: the deposit of %s is not before its end",
			    time_print_day(text, period.deposit));
	switch (interest_find(&a->interest, &day, r->interest, a->principal, &period)) {
	case INTEREST_OK:
		a->has_interest = true;
		note_rates(r, period.deposit, period.end);
		break;
	case INTEREST_NO_RATE:
		refund_note(r, "no rate of interest is published for %s: interest is not computed",
			    time_print_day(text, day));
		break;
	default:
		refund_note(r, "the time from the deposit is too long for interest to be computed");
	}
}

static void set_amounts(struct refunder *r)
{
	struct refund_answer *a = &r->answer;
	a->has_removable = !r->entry.amount_unknown;
	a->removable = money_round(r->entry.removable, 100) / 100;
	for (size_t i = 0; i < a->heading_count; i++)
		a->by_heading[r->touched[i]] = r->paid[r->touched[i]] / 100;
	a->has_principal = a->has_interest = a->status == REFUND_REFUSED;
	if (a->status != REFUND_ACCEPTED || !a->has_removable)
		return;
	a->has_principal = true;
	a->principal = a->removable;
	set_interest(r);
}

static bool is_one_of(const struct refunds *law, struct refunds_span span, const char *text)
{
	for (uint32_t i = 0; i < span.count; i++)
		if (!strcasecmp(refunds_text(law, law->indexes[span.first + i]), text))
			return true;
	return false;
}

/* Whether a message of customs is the one of a reason that was found. */
static bool is_expected(const struct refunder *r, const char *message)
{
	const struct refund_answer *a = &r->answer;
	if (!*message || !a->reason)
		return false;
	if (!strcasecmp(refunds_text(&r->law, a->reason->message), message))
		return true;
	for (size_t i = 0; i < a->further_count; i++)
		if (!strcasecmp(refunds_text(&r->law, a->further[i]->message), message))
			return true;
	return false;
}

/* The reason whose message customs wrote, or "". */
static const char *reason_of(const struct refunder *r, const char *message)
{
	for (uint32_t i = 0; *message && i < r->law.count[REFUNDS_TESTS]; i++)
		if (!strcasecmp(refunds_text(&r->law, r->law.tests[i].message), message))
			return refunds_text(&r->law, r->law.tests[i].reason);
	return "";
}

static void compare(struct refunder *r, bool compared)
{
	const struct refund_row *result = r->entry.result;
	struct refund_answer *a = &r->answer;
	if (!result) {
		a->agreement = compared ? REFUND_NO_RESULT : REFUND_NOT_COMPARED;
		return;
	}
	memcpy(a->claim, result->claim, sizeof a->claim);
	memcpy(a->result, result->status, sizeof a->result);
	memcpy(a->error, result->error, sizeof a->error);
	bool taken = is_one_of(&r->law, r->law.terms->taken, a->result);
	bool refused = is_one_of(&r->law, r->law.terms->refused, a->result);
	const char *reason = reason_of(r, a->error);
	if (!r->entry.count) {
		a->agreement = REFUND_NOT_ASKED;
	} else if ((!taken && !refused) || a->status == REFUND_UNDECIDED) {
		a->agreement = REFUND_UNDECIDABLE;
		if (!taken && !refused)
			refund_note(r, "the status \"%s\" is not known", a->result);
	} else if (taken == (a->status == REFUND_ACCEPTED) && (taken || is_expected(r, a->error))) {
		a->agreement = REFUND_AGREES;
	} else {
		a->agreement = REFUND_DIFFERS;
		refund_note(r, "customs: %s%s%s%s%s", a->result, *a->error ? ", " : "", a->error,
			    *reason ? ", which is " : "", reason);
	}
}

static void show_entry(struct refunder *r)
{
	struct refund_answer *a = &r->answer;
	size_t length = strlen(r->entry.number.text);
	memcpy(a->entry, r->entry.number.text, length + 1);
	if (r->entry.number.rest)
		memcpy(a->entry + length, "...", 4);
	a->entry_date = r->entry.entry_date;
}

int refund_answer(const struct refund_answer **out, struct refunder *r, struct refund_row *rows,
		  size_t count, struct tw_error *error)
{
	uint32_t asked;
	begin(r);
	refund_gather(r, rows, count);
	show_entry(r);
	if (*r->entry.number.why)
		refund_note(r, "%s", r->entry.number.why);
	refund_amounts(r);
	refund_decide(r, &asked);
	int open = refund_word_find(&r->law, REFUND_PROTEST, "open");
	r->answer.protest_open = open >= 0 && r->entry.fact[REFUND_PROTEST] == open;
	set_deadline(r);
	set_amounts(r);
	if (r->entry.count)
		note_asked(r, asked);
	else
		refund_note(r, "it stands in the results of customs and in no file of entries");
	if (r->answer.reason)
		note_reason(r, r->answer.reason);
	note_time(r);
	compare(r, r->options->compared);
	*out = &r->answer;
	if (r->answer.note.failed)
		return error_memory(error);
	return TW_OK;
}
