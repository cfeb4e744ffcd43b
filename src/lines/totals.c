/* SPDX-License-Identifier: Apache-2.0 */
#include "totals.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(struct totals_table *table, const char *name, size_t length, const char *currency,
		const struct totals_entry *by)
{
	if (length >= TOTALS_NAME)
		length = TOTALS_NAME - 1;
	if (!currency)
		currency = "";
	size_t at = 0;
	for (; at < table->count; at++)
		if (!strncmp(table->entry[at].name, name, length) &&
		    !table->entry[at].name[length] && !strcmp(table->entry[at].currency, currency))
			break;
	if (at == TOTALS_NAMES) {
		table->dropped += by->lines;
		return;
	}
	struct totals_entry *entry = &table->entry[at];
	if (at == table->count) {
		table->count++;
		*entry = (struct totals_entry){.amount = 0};
		memcpy(entry->name, name, length);
		snprintf(entry->currency, sizeof entry->currency, "%.3s", currency);
	}
	if (__builtin_add_overflow(entry->amount, by->amount, &entry->amount))
		entry->amount = INT64_MAX;
	entry->lines += by->lines;
}

static void add_amount(struct totals_table *table, const char *name, const char *currency,
		       tw_money amount)
{
	struct totals_entry by = {.amount = amount, .lines = 1};
	if (amount > 0)
		add(table, name, strlen(name), currency, &by);
}

/* The warning of a day after the last one covered: said once for all lines. */
static void count_beyond(struct totals *totals, const struct tw_assessment *answer)
{
	static const char code[] = "beyond-coverage: ";
	for (size_t i = 0; i < answer->warning_count; i++) {
		if (strncmp(answer->warnings[i], code, sizeof code - 1) != 0)
			continue;
		totals->beyond++;
		snprintf(totals->beyond_text, sizeof totals->beyond_text, "%s",
			 answer->warnings[i] + sizeof code - 1);
		return;
	}
}

static void count_answer(struct totals *totals, const struct tw_assessment *answer)
{
	const struct totals_entry one = {.lines = 1};
	if (answer->has_amount) {
		add_amount(&totals->sums, "duty", answer->currency, answer->amount);
		if (!answer->is_declared)
			add_amount(&totals->sums, "of which refundable", answer->currency,
				   answer->refundable);
		add_amount(&totals->sums,
			   answer->nothing_due ? "not due at entry" : "relieved (de minimis)",
			   answer->currency, answer->relieved);
	}
	if (answer->is_declared)
		add_amount(&totals->sums, "refundable, of what was declared", answer->currency,
			   answer->refundable);
	add_amount(&totals->sums, "fees", answer->currency, answer->fees_amount);
	/* Only what is charged: not what is relieved, nor the layers of an open question. */
	bool charged = answer->has_amount && answer->relieved <= 0;
	for (size_t i = 0; charged && i < answer->layer_count; i++)
		if (!answer->layers[i].is_unknown)
			add_amount(&totals->duty, answer->layers[i].program, answer->currency,
				   answer->layers[i].amount);
	for (size_t i = 0; i < answer->missing_count; i++)
		add(&totals->missing, answer->missing[i], strcspn(answer->missing[i], ":"), "",
		    &one);
}

void totals_count(struct totals *totals, const struct finding *finding)
{
	const struct totals_entry one = {.lines = 1};
	struct finding_difference difference[ITEM_ROWS];
	totals->lines++;
	totals->status[finding->status]++;
	totals->lane[finding->lane]++;
	if (finding->status == TW_STATUS_REFUSED) {
		const char *reason = finding->reason ? finding->reason : "";
		add(&totals->reasons, reason, strlen(reason), "", &one);
		return; /* its lane is counted: that of the goods */
	}
	count_answer(totals, finding->answer);
	if (finding->answer->is_declared)
		add_amount(&totals->sums, "declared", finding->answer->currency,
			   finding->item->declared.amount);
	count_beyond(totals, finding->answer);
	totals->differing += finding_differences(difference, ITEM_ROWS, finding) > 0;
}

static void merge(struct totals_table *into, const struct totals_table *from)
{
	for (size_t i = 0; i < from->count; i++)
		add(into, from->entry[i].name, strlen(from->entry[i].name), from->entry[i].currency,
		    &from->entry[i]);
	into->dropped += from->dropped;
}

void totals_merge(struct totals *into, const struct totals *from)
{
	into->lines += from->lines;
	into->differing += from->differing;
	into->beyond += from->beyond;
	if (*from->beyond_text)
		memcpy(into->beyond_text, from->beyond_text, sizeof into->beyond_text);
	for (size_t i = 0; i < 3; i++)
		into->status[i] += from->status[i];
	for (size_t i = 0; i < 4; i++)
		into->lane[i] += from->lane[i];
	merge(&into->duty, &from->duty);
	merge(&into->sums, &from->sums);
	merge(&into->missing, &from->missing);
	merge(&into->reasons, &from->reasons);
}

static int by_amount(const void *a, const void *b)
{
	const struct totals_entry *x = a, *y = b;
	if (x->amount != y->amount)
		return x->amount < y->amount ? 1 : -1;
	if (x->lines != y->lines)
		return x->lines < y->lines ? 1 : -1;
	int order = strcmp(x->name, y->name);
	return order ? order : strcmp(x->currency, y->currency);
}

static void number(char out[32], uint64_t value)
{
	char plain[24];
	int length = snprintf(plain, sizeof plain, "%llu", (unsigned long long)value), to = 0;
	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			out[to++] = ',';
		out[to++] = plain[i];
	}
	out[to] = '\0';
}

static void amount(char out[64], tw_money value)
{
	char whole[32];
	value = value > INT64_MAX - 50 ? value : (value + 50) / 100; /* cents */
	number(whole, (uint64_t)value / 100);
	snprintf(out, 64, "%s.%02d", whole, (int)(value % 100));
}

static void put(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(struct buffer *out, const char *format, ...)
{
	char line[256];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	buffer_text(out, line);
}

static void print_counts(struct buffer *out, const struct totals *totals)
{
	static const char *const states[] = {"ok", "incomplete", "refused"};
	static const char *const lanes[] = {"", "green", "yellow", "red"};
	char count[32];
	const char *between = " ";
	number(count, totals->lines);
	put(out, "%s %s%s", count, totals->lines == 1 ? "line" : "lines", totals->lines ? ":" : "");
	for (size_t i = 0; i < 3; i++)
		if (totals->status[i]) {
			number(count, totals->status[i]);
			put(out, "%s%s %s", between, count, states[i]);
			between = ", ";
		}
	between = "; lanes: ";
	for (size_t i = 1; i < 4; i++)
		if (totals->lane[i]) {
			number(count, totals->lane[i]);
			put(out, "%s%s %s", between, count, lanes[i]);
			between = ", ";
		}
	put(out, "\n");
}

/* Names beyond what a table holds: said, so that nobody takes what is shown for all. */
static void print_dropped(struct buffer *out, const struct totals_table *table)
{
	char count[32];
	if (!table->dropped)
		return;
	number(count, table->dropped);
	put(out, "  overflow: %s %s under more names, not shown\n", count,
	    table->dropped == 1 ? "line" : "lines");
}

static void print_money(struct buffer *out, const char *title, struct totals_table *table,
			bool color)
{
	char value[64];
	if (!table->count)
		return;
	qsort(table->entry, table->count, sizeof *table->entry, by_amount);
	put(out, "%s%s%s\n", color ? "\033[1m" : "", title, color ? "\033[0m" : "");
	for (size_t i = 0; i < table->count; i++) {
		amount(value, table->entry[i].amount);
		put(out, "  %-44.44s %25s %s\n", table->entry[i].name, value,
		    table->entry[i].currency);
	}
	print_dropped(out, table);
}

static void print_counted(struct buffer *out, const char *title, struct totals_table *table,
			  bool color)
{
	char count[32];
	if (!table->count)
		return;
	qsort(table->entry, table->count, sizeof *table->entry, by_amount);
	put(out, "%s%s%s\n", color ? "\033[1m" : "", title, color ? "\033[0m" : "");
	for (size_t i = 0; i < table->count && i < 8; i++) {
		number(count, table->entry[i].lines);
		put(out, "  %-44.44s %19s %s\n", table->entry[i].name, count,
		    table->entry[i].lines == 1 ? "line" : "lines");
	}
	if (table->count > 8)
		put(out, "  and %zu more\n", table->count - 8);
	print_dropped(out, table);
}

void totals_print(struct buffer *out, struct totals *totals, bool color)
{
	char count[32];
	print_counts(out, totals);
	if (totals->differing) {
		number(count, totals->differing);
		put(out, "%s where declared and computed differ\n", count);
	}
	if (totals->beyond) {
		number(count, totals->beyond);
		put(out, "beyond-coverage: %s %s later:\n  %s\n", count,
		    totals->beyond == 1 ? "line is" : "lines are", totals->beyond_text);
	}
	print_money(out, "Sums", &totals->sums, color);
	print_money(out, "Duty by program", &totals->duty, color);
	print_counted(out, "Most often missing", &totals->missing, color);
	print_counted(out, "Refused for", &totals->reasons, color);
}
