/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "common/words.h"
#include "refund/write.h"

const int refund_within[REFUND_WITHIN] = {30, 60, 90};

int refund_totals_begin(struct refund_totals *totals, const struct refunds *law)
{
	*totals = (struct refund_totals){.law = law};
	totals->reason = calloc(law->count[REFUNDS_TESTS] + 1, sizeof *totals->reason);
	totals->heading = calloc(law->count[REFUNDS_HEADINGS] + 1, sizeof *totals->heading);
	return totals->reason && totals->heading ? TW_OK : TW_NO_MEMORY;
}

void refund_totals_end(struct refund_totals *totals)
{
	free(totals->reason);
	free(totals->heading);
	totals->reason = totals->heading = NULL;
}

/* The amounts of an entry are known where they are; false: the sum leaves its range. */
static bool add(struct refund_sum *sum, int64_t removable, int64_t principal, int64_t interest)
{
	struct refund_sum after = *sum;
	bool sound = !__builtin_add_overflow(after.removable, removable, &after.removable) &&
		     !__builtin_add_overflow(after.principal, principal, &after.principal) &&
		     !__builtin_add_overflow(after.interest, interest, &after.interest) &&
		     after.removable <= REFUND_SUM_LIMIT && after.principal <= REFUND_SUM_LIMIT &&
		     after.interest <= REFUND_SUM_LIMIT;
	after.entries++;
	if (sound)
		*sum = after;
	return sound;
}

static bool add_answer(struct refund_sum *sum, const struct refund_answer *a)
{
	return add(sum, a->has_removable ? a->removable : 0, a->has_principal ? a->principal : 0,
		   a->has_interest ? a->interest : 0);
}

static int beyond(const struct refund_answer *a, struct tw_error *error)
{
	return error_set(error, TW_BAD_ARGUMENT,
			 "entry %.48s: the sum of the entries is above what is computed: look for "
			 "an amount in a wrong unit, or give fewer entries at once",
			 a->entry);
}

int refund_sum_add(struct refund_sum *sum, const struct refund_answer *a, struct tw_error *error)
{
	return add_answer(sum, a) ? TW_OK : beyond(a, error);
}

int refund_must_protest(const struct refund_answer *a)
{
	if (a->status == REFUND_ACCEPTED || a->protest_deadline == REFUND_NO_DAY ||
	    a->days_left < 0 || a->protest_open || (a->has_removable && !a->removable))
		return -1;
	for (int i = 0; i < REFUND_WITHIN; i++)
		if (a->days_left <= refund_within[i])
			return i;
	return -1;
}

static bool add_month(struct refund_totals *totals, const struct refund_answer *a)
{
	int year, month, day;
	struct refund_sum *sum = &totals->no_month;
	if (a->entry_date != REFUND_NO_DAY) {
		time_date(a->entry_date, &year, &month, &day);
		if (year >= 2000 && year < 2000 + REFUND_MONTHS / 12)
			sum = &totals->month[(year - 2000) * 12 + month - 1];
	}
	return add_answer(sum, a);
}

/* Two tests may have one reason: it is summed under the first of them. */
static size_t reason_index(const struct refunds *law, const struct refunds_test *test)
{
	size_t i = 0;
	while (law->tests[i].reason != test->reason)
		i++;
	return i;
}

static bool add_headings(struct refund_totals *totals, const struct refund_answer *a)
{
	bool has_principal = a->status == REFUND_ACCEPTED && a->has_principal, sound = true;
	for (size_t i = 0; i < a->heading_count && a->has_removable; i++) {
		int64_t cents = a->by_heading[a->heading[i]];
		sound &= add(&totals->heading[a->heading[i]], cents, has_principal ? cents : 0, 0);
	}
	return sound;
}

int refund_totals_add(struct refund_totals *totals, const struct refund_answer *a,
		      struct tw_error *error)
{
	totals->agreement[a->agreement]++;
	if (a->agreement == REFUND_NOT_ASKED)
		return TW_OK;
	bool sound = add_answer(&totals->status[a->status], a);
	if (a->status == REFUND_ACCEPTED && !(a->has_principal && a->has_interest))
		totals->unknown++;
	if (a->reason)
		sound &= add_answer(&totals->reason[reason_index(totals->law, a->reason)], a);
	sound &= add_month(totals, a);
	sound &= add_headings(totals, a);
	int within = refund_must_protest(a);
	for (int i = within; i >= 0 && i < REFUND_WITHIN; i++)
		sound &= add_answer(&totals->within[i], a);
	return sound ? TW_OK : beyond(a, error);
}

static void put_row(struct buffer *out, const char *kind, const char *name,
		    const struct refund_sum *sum, bool has_interest)
{
	if (!sum->entries)
		return;
	buffer_print(out, "%s,%s,", kind, name);
	buffer_number(out, sum->entries);
	buffer_char(out, ',');
	refund_cents(out, sum->removable);
	buffer_char(out, ',');
	refund_cents(out, sum->principal);
	buffer_char(out, ',');
	if (has_interest)
		refund_cents(out, sum->interest);
	buffer_char(out, ',');
	if (has_interest)
		refund_cents(out, sum->principal + sum->interest);
	buffer_char(out, '\n');
}

void refund_totals_csv(struct buffer *out, const struct refund_totals *totals)
{
	const struct refunds *law = totals->law;
	char name[32];
	buffer_text(out, "kind,name,entries,removable,principal,interest,total\n");
	for (int i = 0; i < 3; i++)
		put_row(out, "status", refund_status_names[i], &totals->status[i], true);
	for (uint32_t i = 0; i < law->count[REFUNDS_TESTS]; i++)
		put_row(out, "reason", refunds_text(law, law->tests[i].reason), &totals->reason[i],
			true);
	for (uint32_t i = 0; i < law->count[REFUNDS_HEADINGS]; i++)
		put_row(out, "heading", refunds_text(law, law->headings[i].text),
			&totals->heading[i], false);
	for (unsigned i = 0; i < REFUND_MONTHS; i++) {
		snprintf(name, sizeof name, "%04u-%02u", 2000 + i / 12, i % 12 + 1);
		put_row(out, "month", name, &totals->month[i], true);
	}
	put_row(out, "month", "not known", &totals->no_month, true);
	for (int i = 0; i < REFUND_WITHIN; i++) {
		snprintf(name, sizeof name, "within %d days", refund_within[i]);
		put_row(out, "protest", name, &totals->within[i], true);
	}
	for (int i = 1; i < 6; i++) {
		const struct refund_sum sum = {.entries = totals->agreement[i]};
		put_row(out, "results", refund_agreement_names[i], &sum, true);
	}
}
