/* SPDX-License-Identifier: Apache-2.0 */
#include "findings/totals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/fit.h"
#include "common/order.h"
#include "common/words.h"

void totals_free(struct totals *totals)
{
	free(totals->duty.entry);
	free(totals->sums.entry);
	free(totals->missing.entry);
	free(totals->reasons.entry);
	*totals = (struct totals){0};
}

bool totals_failed(const struct totals *totals)
{
	return totals->duty.failed || totals->sums.failed || totals->missing.failed ||
	       totals->reasons.failed;
}

static bool make_room(struct totals_table *table)
{
	size_t room = table->room ? 2 * table->room : 16;
	if (table->count < table->room)
		return true;
	struct totals_entry *entry = reallocarray(table->entry, room, sizeof *entry);
	if (!entry) {
		table->failed = true;
		return false;
	}
	table->entry = entry;
	table->room = room;
	return true;
}

size_t totals_entry_of(struct totals_table *table, const char *name, size_t length,
		       const char *currency)
{
	if (length >= TOTALS_NAME)
		length = TOTALS_NAME - 1;
	if (!currency)
		currency = "";
	for (size_t at = 0; at < table->count; at++)
		if (!strncmp(table->entry[at].name, name, length) &&
		    !table->entry[at].name[length] && !strcmp(table->entry[at].currency, currency))
			return at;
	if (!make_room(table))
		return TOTALS_NONE;
	struct totals_entry *entry = &table->entry[table->count];
	*entry = (struct totals_entry){.amount = 0};
	memcpy(entry->name, name, length);
	snprintf(entry->currency, sizeof entry->currency, "%.3s", currency);
	return table->count++;
}

static void add(struct totals_table *table, const char *name, size_t length, const char *currency,
		const struct totals_entry *by)
{
	size_t at = totals_entry_of(table, name, length, currency);
	if (at == TOTALS_NONE)
		return;
	struct totals_entry *entry = &table->entry[at];
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

const char *totals_beyond(const struct tw_assessment *answer)
{
	static const char code[] = "beyond-coverage: ";
	for (size_t i = 0; i < answer->warning_count; i++)
		if (!strncmp(answer->warnings[i], code, sizeof code - 1))
			return answer->warnings[i] + sizeof code - 1;
	return NULL;
}

void totals_beyond_text(char out[200], const char *said)
{
	fit_print(out, sizeof((struct totals *)0)->beyond_text, "%s", said);
}

/* The warning of a day after the last one covered: said once for all lines. */
static void count_beyond(struct totals *totals, const struct tw_assessment *answer)
{
	const char *said = totals_beyond(answer);
	totals->beyond += said != NULL;
	if (said)
		totals_beyond_text(totals->beyond_text, said);
}

static void count_answer(struct totals *totals, const struct tw_assessment *answer)
{
	const struct totals_entry one = {.lines = 1};
	totals->is_refundable |= answer->refundable > 0;
	if (answer->has_amount) {
		add_amount(&totals->sums, TOTALS_DUTY, answer->currency, answer->amount);
		if (!answer->is_declared)
			add_amount(&totals->sums, TOTALS_REFUNDABLE, answer->currency,
				   answer->refundable);
		add_amount(&totals->sums,
			   answer->nothing_due ? TOTALS_NOT_PAYABLE : TOTALS_RELIEVED,
			   answer->currency, answer->relieved);
	}
	if (answer->is_declared)
		add_amount(&totals->sums, "refundable, of the duty declared", answer->currency,
			   answer->refundable);
	add_amount(&totals->sums, TOTALS_FEES, answer->currency, answer->fees_amount);
	add_amount(&totals->sums, TOTALS_TAXES, answer->currency, answer->taxes_amount);
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
	struct finding_difference difference[FINDING_DIFFERENCES];
	totals->lines++;
	totals->status[finding->status]++;
	totals->lane[finding->lane]++;
	totals->parties += finding->parties.lane == TW_LANE_YELLOW;
	totals->identifiers += finding->parties.lane == TW_LANE_RED;
	if (finding->status == TW_STATUS_REFUSED) {
		const char *reason = finding->reason ? finding->reason : "";
		add(&totals->reasons, reason, strlen(reason), "", &one);
		return; /* its lane is counted: that of the goods */
	}
	count_answer(totals, finding->answer);
	if (finding->answer->is_declared)
		add_amount(&totals->sums, "declared", finding->answer->currency,
			   finding->declared ? finding->declared->amount : 0);
	count_beyond(totals, finding->answer);
	totals->differing += finding_differences(difference, FINDING_DIFFERENCES, finding) > 0;
}

void totals_replaced(struct totals *totals, size_t characters)
{
	totals->replaced += characters;
	totals->replaced_lines += characters > 0;
}

static void merge(struct totals_table *into, const struct totals_table *from)
{
	for (size_t i = 0; i < from->count; i++)
		if (from->entry[i].lines)
			add(into, from->entry[i].name, strlen(from->entry[i].name),
			    from->entry[i].currency, &from->entry[i]);
	into->failed = into->failed || from->failed;
}

void totals_merge(struct totals *into, const struct totals *from)
{
	into->lines += from->lines;
	into->differing += from->differing;
	into->parties += from->parties;
	into->identifiers += from->identifiers;
	into->left_out += from->left_out;
	into->replaced += from->replaced;
	into->replaced_lines += from->replaced_lines;
	into->beyond += from->beyond;
	into->is_refundable |= from->is_refundable;
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

static void amount(char out[64], tw_money value)
{
	char whole[32];
	if (value == INT64_MAX) {
		snprintf(out, 64, "more than can be counted");
		return;
	}
	value = value > INT64_MAX - 50 ? value / 100 + 1 : (value + 50) / 100; /* cents */
	words_number(whole, (uint64_t)value / 100);
	snprintf(out, 64, "%s.%02d", whole, (int)(value % 100));
}

static void print_counts(struct buffer *out, const struct totals *totals)
{
	static const char *const states[] = {"ok", "incomplete", "refused"};
	static const char *const lanes[] = {"", "green", "yellow", "red"};
	char count[32];
	const char *between = " ";
	words_number(count, totals->lines);
	buffer_print(out, "%s %s%s", count, totals->lines == 1 ? "line" : "lines",
		     totals->lines ? ":" : "");
	for (size_t i = 0; i < 3; i++)
		if (totals->status[i]) {
			words_number(count, totals->status[i]);
			buffer_print(out, "%s%s %s", between, count, states[i]);
			between = ", ";
		}
	between = "; lanes: ";
	for (size_t i = 1; i < 4; i++)
		if (totals->lane[i]) {
			words_number(count, totals->lane[i]);
			buffer_print(out, "%s%s %s", between, count, lanes[i]);
			between = ", ";
		}
	buffer_print(out, "\n");
}

static void print_money(struct buffer *out, const char *title, struct totals_table *table,
			bool color)
{
	char value[64];
	if (!table->count)
		return;
	order_items(table->entry, table->count, sizeof *table->entry, by_amount);
	buffer_print(out, "%s%s%s\n", color ? "\033[1m" : "", title, color ? "\033[0m" : "");
	for (size_t i = 0; i < table->count; i++) {
		amount(value, table->entry[i].amount);
		buffer_print(out, "  %-44s %25s %s\n", table->entry[i].name, value,
			     table->entry[i].currency);
	}
}

static void print_counted(struct buffer *out, const char *title, struct totals_table *table,
			  bool color)
{
	char count[32];
	if (!table->count)
		return;
	order_items(table->entry, table->count, sizeof *table->entry, by_amount);
	buffer_print(out, "%s%s%s\n", color ? "\033[1m" : "", title, color ? "\033[0m" : "");
	for (size_t i = 0; i < table->count && i < 8; i++) {
		words_number(count, table->entry[i].lines);
		buffer_print(out, "  %-44s %19s %s\n", table->entry[i].name, count,
			     table->entry[i].lines == 1 ? "line" : "lines");
	}
	if (table->count > 8)
		buffer_print(out, "  and %zu more\n", table->count - 8);
}

/* The totals are those of all lines, also where --only leaves some out. */
static void print_left_out(struct buffer *out, const struct totals *totals)
{
	char count[32], written[32];
	if (!totals->left_out)
		return;
	words_number(count, totals->left_out);
	words_number(written, totals->lines - totals->left_out);
	buffer_print(out, "%s written, %s not written (--only); the totals cover all\n", written,
		     count);
}

static void print_replaced(struct buffer *out, const struct totals *totals)
{
	char count[32], lines[32];
	if (!totals->replaced)
		return;
	words_number(count, totals->replaced);
	words_number(lines, totals->replaced_lines);
	buffer_print(out, "%s %s of %s %s: control characters or not UTF-8, written as U+FFFD\n",
		     count, totals->replaced == 1 ? "character" : "characters", lines,
		     totals->replaced_lines == 1 ? "line" : "lines");
}

static void print_parties(struct buffer *out, const struct totals *totals)
{
	char count[32], equal[32];
	if (!totals->parties && !totals->identifiers)
		return;
	words_number(count, totals->parties);
	words_number(equal, totals->identifiers);
	buffer_print(out, "parties: %s with an equal identifier, %s that resemble an entry\n",
		     equal, count);
}

void totals_print(struct buffer *out, struct totals *totals, bool color)
{
	char count[32];
	print_counts(out, totals);
	print_left_out(out, totals);
	print_replaced(out, totals);
	if (totals->differing) {
		words_number(count, totals->differing);
		buffer_print(out, "%s where declared and computed differ\n", count);
	}
	print_parties(out, totals);
	if (totals->beyond) {
		words_number(count, totals->beyond);
		buffer_print(out, "beyond-coverage: %s %s later:\n  %s\n", count,
			     totals->beyond == 1 ? "line is" : "lines are", totals->beyond_text);
	}
	print_money(out, "Sums", &totals->sums, color);
	if (totals->is_refundable)
		buffer_text(out, "  tidewaiter refund tells what of it to claim, and by when\n");
	print_money(out, "Duty by program", &totals->duty, color);
	print_counted(out, "Most often missing", &totals->missing, color);
	print_counted(out, "Refused for", &totals->reasons, color);
}
