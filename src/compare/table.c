/* SPDX-License-Identifier: Apache-2.0 */
/* The report for people, at most 80 columns. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/words.h"
#include "compare/report.h"

enum {
	ROWS = 12, /* of a kind; the rest are one row */
	NAME = 23
};

static void put_row(struct buffer *out, const char *name, const struct sum *sum)
{
	char changed[32], before[64], after[64], difference[64];
	words_number(changed, sum->changed);
	sums_money(before, sum->before, false);
	sums_money(after, sum->after, false);
	sums_money(difference, sum->after - sum->before, false);
	if (strlen(name) > NAME) { /* a row of its own: no name is cut */
		buffer_print(out, "  %s\n", name);
		name = "";
	}
	buffer_print(out, "  %-*s %10s %14s %14s %14s\n", NAME, name, changed, before, after,
		     difference);
}

/* Those of one currency, of the kind. */
static void put_kind(struct buffer *out, enum sum_by by, const struct report_item *items,
		     size_t count)
{
	static const char *const titles[] = {"", "By program", "By origin", "By chapter",
					     "By month"};
	struct sum rest = {0};
	/* One row that says "1 more" would take as much room as the row itself. */
	size_t shown = by == SUM_MONTH || count <= ROWS + 1 ? count : ROWS;
	buffer_print(out, "  %s\n", titles[by]);
	for (size_t i = 0; i < count; i++)
		if (i < shown)
			put_row(out, *items[i].name ? items[i].name : "not known", &items[i].sum);
		else
			sums_add(&rest, &items[i].sum);
	if (shown < count) {
		char name[32];
		snprintf(name, sizeof name, "%zu more", count - shown);
		put_row(out, name, &rest);
	}
}

static void put_sentence(struct buffer *out, struct buffer *text)
{
	buffer_char(text, '\0');
	buffer_text(out, "  ");
	words_wrap(out, text->failed ? "" : text->at, 2, 2);
	text->length = 0;
}

/* What they come to where they are computed; and of how many lines that is not known. */
static void put_taxes(struct buffer *out, struct buffer *text, const struct sum *sum)
{
	const struct sum_taxes *a = &sum->taxes_before, *b = &sum->taxes_after;
	char before[64], after[64];
	if (!a->known && !a->unknown && !b->known && !b->unknown)
		return;
	sums_money(before, a->amount, false);
	sums_money(after, b->amount, false);
	buffer_print(text, "Taxes on the import: %s before, %s after.", before, after);
	if (a->unknown || b->unknown) {
		words_number(before, a->unknown);
		words_number(after, b->unknown);
		buffer_print(text, " Lines whose taxes are not known: %s before, %s after.", before,
			     after);
	}
	put_sentence(out, text);
}

/* Of all lines: what is free, and what it costs beside the duty. */
static void put_free(struct buffer *out, struct buffer *text, const struct sum *sum)
{
	char before[64], after[64];
	words_number(before, sum->free_before);
	words_number(after, sum->free_after);
	buffer_print(text, "Parcels admitted free by an exemption: %s before, %s after.", before,
		     after);
	put_sentence(out, text);
	sums_money(before, sum->fees_before, false);
	sums_money(after, sum->fees_after, false);
	buffer_print(text, "Fees beside the duty: %s before, %s after.", before, after);
	put_sentence(out, text);
	put_taxes(out, text, sum);
}

/* Lines that are not in the sums, and what of them is known. */
static int put_apart(struct buffer *out, struct buffer *text, const struct compare *compare,
		     size_t law)
{
	struct report_apart *apart = NULL;
	size_t count = 0;
	int code = report_apart(&apart, &count, compare, law);
	for (size_t i = 0; i < count; i++) {
		const struct report_apart *x = &apart[i];
		char lines[32], amount[64];
		words_number(lines, x->sum.lines);
		buffer_print(text, "Not in the sums: %s %s, %s before and %s after.", lines,
			     x->sum.lines == 1 ? "line" : "lines", compare_state(x->before),
			     compare_state(x->after));
		if (x->before == OUTCOME_KNOWN || x->after == OUTCOME_KNOWN) {
			sums_money(amount, x->sum.before + x->sum.after, false);
			buffer_print(text, " Their duty %s: %s%s%s.",
				     x->before == OUTCOME_KNOWN ? "before" : "after", amount,
				     *x->currency ? " " : "", x->currency);
		}
		put_sentence(out, text);
	}
	if (count) {
		buffer_text(text, "assess says what these lack, and why a line is refused.");
		put_sentence(out, text);
	}
	free(apart);
	return code;
}

/* The sums of one currency, kind after kind. */
static int put_currency(struct buffer *out, struct buffer *text, const struct compare *compare,
			size_t law, const struct report_item *all)
{
	int code = TW_OK;
	char lines[32], changed[32];
	words_number(lines, all->sum.lines);
	words_number(changed, all->sum.changed);
	buffer_print(text, "%s %s with a duty under both laws, in %s; %s %s.", lines,
		     all->sum.lines == 1 ? "line" : "lines", all->currency, changed,
		     all->sum.changed == 1 ? "changes" : "change");
	put_sentence(out, text);
	put_free(out, text, &all->sum);
	buffer_print(out, "\n  %-*s %10s %14s %14s %14s\n", NAME, "", "changed", "duty before",
		     "duty after", "difference");
	put_row(out, "all", &all->sum);
	for (int by = SUM_PROGRAM; by < SUM_KINDS && !code; by++) {
		struct report_item *items = NULL;
		size_t count = 0, kept = 0;
		code = report_items(&items, &count, compare, law, (enum sum_by)by);
		for (size_t i = 0; i < count; i++)
			if (sums_currency(items[i].sum.key) == sums_currency(all->sum.key))
				items[kept++] = items[i];
		if (kept)
			put_kind(out, (enum sum_by)by, items, kept);
		free(items);
	}
	return code;
}

int report_table(struct buffer *out, const struct compare *compare, size_t law)
{
	const struct compare_law *is = &compare->options.laws[law];
	struct buffer text = {.within = out};
	struct report_item *all = NULL;
	size_t count = 0;
	int code = report_items(&all, &count, compare, law, SUM_ALL);
	buffer_print(out, "%s%s\n", law > 1 ? "\n" : "", is->id);
	buffer_print(&text, "%s. Assumption: " COMPARE_ASSUMES ".", is->title);
	put_sentence(out, &text);
	for (size_t i = 0; i < count && !code; i++)
		code = put_currency(out, &text, compare, law, &all[i]);
	if (!code)
		code = put_apart(out, &text, compare, law);
	free(all);
	buffer_free(&text);
	return code;
}
