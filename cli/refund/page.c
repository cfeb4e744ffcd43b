/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the pages of `tidewaiter refund`. Computes nothing. */
#include "cli/refund/refund.h"

#include <stdio.h>
#include <string.h>

#include "common/instant.h"
#include "common/words.h"
#include "refund/entry.h"

enum { INDENT = 4, NAME = 26, FIGURE = 14 };

static void money(struct buffer *out, int64_t cents, bool known)
{
	char text[48] = "-";
	if (known)
		words_money(text, cents * 100);
	buffer_print(out, " %*s", FIGURE, text);
}

void refund_page_header(struct buffer *out)
{
	buffer_print(out, "%-13s%-11s%*s %*s %*s %*s\n", "Entry", "Status", FIGURE, "Removable",
		     FIGURE, "Principal", FIGURE - 1, "Interest", FIGURE, "Total");
}

void refund_page_entry(struct buffer *out, const struct refunds *law, const struct refund_answer *a)
{
	char day[16];
	buffer_shown(out, a->entry, strlen(a->entry));
	words_pad(out, strlen(a->entry) < 13 ? 13 - strlen(a->entry) : 1);
	buffer_print(out, "%-10s", refund_status_names[a->status]);
	money(out, a->removable, a->has_removable);
	money(out, a->principal, a->has_principal);
	money(out, a->interest, a->has_interest);
	money(out, a->principal + a->interest, a->has_principal && a->has_interest);
	buffer_char(out, '\n');
	words_pad(out, INDENT);
	buffer_print(out, "%s%s%s", a->reason ? refunds_text(law, a->reason->reason) : "",
		     a->reason ? ": " : "",
		     a->reason ? refunds_text(law, a->reason->title) : "facts are missing");
	for (size_t i = 0; i < a->further_count; i++)
		buffer_print(out, "%s%s", i ? ", " : "; also ",
			     refunds_text(law, a->further[i]->reason));
	buffer_char(out, '\n');
	if (a->protest_deadline != REFUND_NO_DAY && a->status == REFUND_ACCEPTED)
		buffer_print(out, "    time for a protest until %s, %d days left\n",
			     time_print_day(day, a->protest_deadline), (int)a->days_left);
	if (a->agreement != REFUND_NOT_COMPARED)
		buffer_print(out, "    customs: %s%s%s (%s)\n", *a->result ? a->result : "nothing",
			     *a->error ? ", " : "", a->error, refund_agreement_names[a->agreement]);
	if (!a->note.length)
		return;
	words_pad(out, INDENT);
	struct buffer note = {.within = out};
	buffer_put(&note, a->note.at, a->note.length);
	buffer_char(&note, '\0');
	if (!note.failed)
		words_wrap(out, note.at, INDENT, INDENT);
	buffer_free(&note);
}

static void sum_row(struct buffer *out, const char *name, const struct refund_sum *sum,
		    bool has_interest)
{
	char count[32];
	if (!sum->entries)
		return;
	buffer_print(out, "  %-*s%9s", NAME, name, words_number(count, sum->entries));
	money(out, sum->removable, true);
	money(out, sum->principal, true);
	money(out, sum->interest, has_interest);
	buffer_char(out, '\n');
}

static void title(struct buffer *out, const char *name)
{
	buffer_print(out, "\n%-*s%9s %*s %*s %*s\n", NAME + 2, name, "entries", FIGURE, "removable",
		     FIGURE, "principal", FIGURE, "interest");
}

static void months(struct buffer *out, const struct refund_totals *totals)
{
	char name[16];
	title(out, "By month of entry");
	for (unsigned i = 0; i < REFUND_MONTHS; i++) {
		snprintf(name, sizeof name, "%04u-%02u", 2000 + i / 12, i % 12 + 1);
		sum_row(out, name, &totals->month[i], true);
	}
	sum_row(out, "not known", &totals->no_month, true);
}

void refund_page_totals(struct buffer *out, const struct refund_totals *totals)
{
	const struct refunds *law = totals->law;
	char name[32], count[32];
	title(out, "By status");
	for (int i = 0; i < 3; i++)
		sum_row(out, refund_status_names[i], &totals->status[i], true);
	title(out, "By reason");
	for (uint32_t i = 0; i < law->count[REFUNDS_TESTS]; i++)
		sum_row(out, refunds_text(law, law->tests[i].reason), &totals->reason[i], true);
	title(out, "By heading");
	for (uint32_t i = 0; i < law->count[REFUNDS_HEADINGS]; i++)
		sum_row(out, refunds_text(law, law->headings[i].text), &totals->heading[i], false);
	months(out, totals);
	if (totals->within[REFUND_WITHIN - 1].entries)
		title(out, "To be protested");
	for (int i = 0; i < REFUND_WITHIN; i++) {
		snprintf(name, sizeof name, "within %d days", refund_within[i]);
		sum_row(out, name, &totals->within[i], true);
	}
	if (totals->agreement[REFUND_NOT_COMPARED])
		return;
	buffer_text(out, "\nWith the answers of customs\n");
	for (int i = 1; i < 6; i++)
		if (totals->agreement[i])
			buffer_print(out, "  %-*s%9s\n", NAME, refund_agreement_names[i],
				     words_number(count, totals->agreement[i]));
}

static void cite(struct buffer *out, const tw_rulebook *rulebook, const struct refunds *law,
		 uint32_t by, uint32_t confidence)
{
	struct tw_instrument act;
	const char *id = refunds_text(law, by), *sure = refunds_text(law, confidence);
	buffer_print(out, "    %s", id);
	if (!tw_rulebook_instrument(rulebook, id, &act) && *act.cite)
		buffer_print(out, ": %s", act.cite);
	buffer_print(out, "%s%s\n", strcmp(sure, "high") != 0 ? "; confidence " : "",
		     strcmp(sure, "high") != 0 ? sure : "");
}

static void known_tests(struct buffer *out, const tw_rulebook *rulebook, const struct refunds *law,
			int32_t day)
{
	buffer_text(out,
		    "\nTests, in this order; the order is a choice, customs publishes none:\n");
	for (uint32_t i = 0; i < law->count[REFUNDS_TESTS]; i++) {
		const struct refunds_test *t = &law->tests[i];
		if (day < t->from || day >= t->until || t->accepted)
			continue;
		buffer_print(out, "  %s: %s\n", refunds_text(law, t->reason),
			     refunds_text(law, t->title));
		cite(out, rulebook, law, t->by, t->confidence);
	}
}

static void known_rates(struct buffer *out, const struct refunds *law)
{
	char from[16], through[16];
	buffer_text(out, "\nInterest a year, compounded daily: of corporations, of others:\n");
	for (uint32_t i = 0; i < law->count[REFUNDS_RATES]; i++) {
		const struct refunds_rate *r = &law->rates[i];
		buffer_print(out, "  %s to %s  ", time_print_day(from, r->from),
			     time_print_day(through, r->through));
		for (int k = 0; k < 2; k++) {
			unsigned hundredths = r->rate[k].num * 10000 / r->rate[k].den;
			buffer_print(out, "%s%u", k ? ", " : "", hundredths / 100);
			if (hundredths % 100)
				buffer_print(out, ".%02u", hundredths % 100);
			buffer_char(out, '%');
		}
		buffer_print(out, "  %s, confidence %s\n", refunds_text(law, r->by),
			     refunds_text(law, r->confidence));
	}
}

void refund_page_known(struct buffer *out, const tw_rulebook *rulebook, const struct refunds *law,
		       int32_t day)
{
	char text[16];
	buffer_print(out, "%s, as of %s\n", refunds_text(law, law->terms->title),
		     time_print_day(text, day));
	known_tests(out, rulebook, law, day);
	known_rates(out, law);
	buffer_text(out, "\nKnown, open and disputed:\n");
	for (uint32_t i = 0; i < law->count[REFUNDS_MATTERS]; i++) {
		const struct refunds_matter *m = &law->matters[i];
		if (m->from > day)
			continue;
		words_pad(out, 2);
		words_wrap(out, refunds_text(law, m->title), 2, 2);
		cite(out, rulebook, law, m->by, m->confidence);
	}
}
