/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void add(struct refund_sum *sum, const struct refund_answer *a)
{
	sum->entries++;
	sum->removable += a->has_removable ? a->removable : 0;
	sum->principal += a->has_principal ? a->principal : 0;
	sum->interest += a->has_interest ? a->interest : 0;
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

static void add_month(struct refund_totals *totals, const struct refund_answer *a)
{
	int year, month, day;
	struct refund_sum *sum = &totals->no_month;
	if (a->entry_date != REFUND_NO_DAY) {
		time_date(a->entry_date, &year, &month, &day);
		if (year >= 2000 && year < 2000 + REFUND_MONTHS / 12)
			sum = &totals->month[(year - 2000) * 12 + month - 1];
	}
	add(sum, a);
}

/* Two tests may have one reason: it is summed under the first of them. */
static size_t reason_index(const struct refunds *law, const struct refunds_test *test)
{
	size_t i = 0;
	while (law->tests[i].reason != test->reason)
		i++;
	return i;
}

void refund_totals_add(struct refund_totals *totals, const struct refund_answer *a)
{
	totals->agreement[a->agreement]++;
	if (a->agreement == REFUND_NOT_ASKED)
		return;
	add(&totals->status[a->status], a);
	if (a->status == REFUND_ACCEPTED && !(a->has_principal && a->has_interest))
		totals->unknown++;
	if (a->reason)
		add(&totals->reason[reason_index(totals->law, a->reason)], a);
	add_month(totals, a);
	for (size_t i = 0; i < a->heading_count && a->has_removable; i++) {
		struct refund_sum *sum = &totals->heading[a->heading[i]];
		sum->entries++;
		sum->removable += a->by_heading[a->heading[i]];
		if (a->status == REFUND_ACCEPTED && a->has_principal)
			sum->principal += a->by_heading[a->heading[i]];
	}
	int within = refund_must_protest(a);
	for (int i = within; i >= 0 && i < REFUND_WITHIN; i++)
		add(&totals->within[i], a);
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
