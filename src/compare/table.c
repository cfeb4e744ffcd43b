/* SPDX-License-Identifier: Apache-2.0 */
/* The report for people, at most 80 columns. */
#include <stdio.h>
#include <stdlib.h>

#include "common/words.h"
#include "compare/report.h"

enum { ROWS = 12 /* of a kind; the rest are one row */ };

static void put_row(struct buffer *out, const char *name, const struct sum *sum)
{
	char changed[32], before[64], after[64], difference[64];
	words_number(changed, sum->changed);
	sums_money(before, sum->before, false);
	sums_money(after, sum->after, false);
	sums_money(difference, sum->after - sum->before, false);
	buffer_print(out, "  %-23.23s %10s %14s %14s %14s\n", name, changed, before, after,
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
}

/* Lines that are not in the sums, and what of them is known. */
static void put_apart(struct buffer *out, struct buffer *text, const struct apart *apart)
{
	for (uint32_t pair = 0; pair < OUTCOME_STATES * OUTCOME_STATES; pair++) {
		uint32_t a = pair / OUTCOME_STATES, b = pair % OUTCOME_STATES;
		char count[32];
		if (!apart->lines[a][b])
			continue;
		words_number(count, apart->lines[a][b]);
		buffer_print(text, "Not in the sums: %s %s, %s before and %s after.", count,
			     apart->lines[a][b] == 1 ? "line" : "lines",
			     compare_state((enum outcome_state)a),
			     compare_state((enum outcome_state)b));
		for (size_t i = 0; i < apart->known.room; i++) {
			const struct sum *sum = &apart->known.place[i];
			char amount[64], currency[4];
			if (!sum->key || sums_id(sum->key) != pair)
				continue;
			sums_money(amount, sum->before + sum->after, false);
			compare_currency(currency, sums_currency(sum->key));
			buffer_print(text, " Their duty where it is known: %s %s.", amount,
				     currency);
		}
		put_sentence(out, text);
	}
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
	buffer_print(out, "\n  %-23s %10s %14s %14s %14s\n", "", "changed", "duty before",
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
	put_apart(out, &text, &compare->bench[0].apart[law]);
	free(all);
	buffer_free(&text);
	return code;
}
