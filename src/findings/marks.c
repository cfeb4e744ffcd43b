/* SPDX-License-Identifier: Apache-2.0 */
#include "findings/marks.h"

#include <string.h>

void marks_add(struct buffer *out, size_t start, const void *what, enum mark_form form)
{
	struct marks *marks = out->marks;
	if (!marks)
		return;
	if (marks->count == MARKS) {
		marks->failed = true;
		return;
	}
	marks->mark[marks->count++] = (struct mark){start, out->length - start, what, form};
}

/* Without decimals where there are none. */
static void money_short(struct buffer *out, tw_money amount)
{
	if (amount % TW_MONEY_UNIT == 0)
		buffer_number(out, (uint64_t)(amount / TW_MONEY_UNIT));
	else
		buffer_money(out, amount);
}

void mark_money(struct buffer *out, const tw_money *amount, enum mark_form form)
{
	size_t start = out->length;
	bool quoted = form == MARK_QUOTED || form == MARK_NULL;
	if ((form == MARK_EMPTY || form == MARK_NULL) && *amount < 0) {
		buffer_text(out, form == MARK_NULL ? "null" : "");
	} else {
		buffer_text(out, quoted ? "\"" : "");
		if (form == MARK_SHORT)
			money_short(out, *amount);
		else
			buffer_money(out, *amount);
		buffer_text(out, quoted ? "\"" : "");
	}
	marks_add(out, start, amount, form);
}

bool mark_known(struct buffer *out, const tw_money *amount)
{
	marks_add(out, out->length, amount, *amount >= 0 ? MARK_KNOWN : MARK_UNKNOWN);
	return *amount >= 0;
}

static size_t quotes_in(const char *at, size_t length)
{
	size_t quotes = 0;
	for (size_t i = 0; i < length; i++)
		quotes += at[i] == '"';
	return quotes;
}

void marks_before_cell(struct buffer *out, size_t start)
{
	struct marks *marks = out->marks;
	for (size_t i = 0; marks && i < marks->count; i++)
		if (marks->mark[i].at >= start)
			marks->quotes[i] = quotes_in(out->at + start, marks->mark[i].at - start);
}

/* A quote stands before the cell then, one behind it, and each within it twice. */
void marks_after_cell(struct buffer *out, size_t start, size_t length_before)
{
	struct marks *marks = out->marks;
	if (!marks || out->length == length_before)
		return;
	size_t grown = out->length - length_before;
	const char *at = out->at + start;
	size_t quotes = quotes_in(at, out->length - start);
	if (out->length < length_before || *at != '"' || quotes % 2 || grown != 1 + quotes / 2) {
		marks->failed = true;
		return;
	}
	for (size_t i = 0; i < marks->count; i++)
		if (marks->mark[i].at >= start)
			marks->mark[i].at += 1 + marks->quotes[i];
}
