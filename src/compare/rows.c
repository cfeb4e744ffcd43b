/* SPDX-License-Identifier: Apache-2.0 */
/* A line under both laws, as it is written with `--lines`: a row for each law that is compared. */
#include "compare/bench.h"

#include <string.h>

#include "common/fit.h"
#include "common/words.h"

void compare_header(struct buffer *out, const struct compare *compare)
{
	if (!compare->options.lines)
		return;
	if (compare->options.format == COMPARE_CSV)
		buffer_text(out, "id,line,scenario,origin,chapter,month,currency,status_before,"
				 "status_after,duty_before,duty_after,difference,fees_before,"
				 "fees_after,taxes_before,taxes_after,free_before,free_after,"
				 "assumes\n");
	if (compare->options.format == COMPARE_TABLE)
		buffer_print(out, "%-20s %-24s %11s %11s %11s\n", "id", "scenario", "before",
			     "after", "difference");
}

/* The names of what a line is of. */
struct names_of_line {
	char origin[64], chapter[64], month[64], currency[4];
};

static void name_line(struct names_of_line *out, const struct bench *bench, const struct outcome *a)
{
	compare_name(out->origin, bench, sums_key(SUM_ORIGIN, 0, a->origin));
	compare_name(out->chapter, bench, sums_key(SUM_CHAPTER, 0, a->chapter));
	out->month[0] = '\0';
	if (a->month)
		compare_name(out->month, bench, sums_key(SUM_MONTH, 0, (uint32_t)a->month));
	compare_currency(out->currency, a->currency);
}

static void put_amount(struct buffer *out, const struct outcome *outcome, tw_money amount)
{
	char text[64];
	if (outcome->state != OUTCOME_KNOWN)
		return;
	sums_money(text, amount, true);
	buffer_text(out, text);
}

static void put_taxes(struct buffer *out, const struct outcome *outcome)
{
	if (outcome->taxes >= 0)
		put_amount(out, outcome, outcome->taxes);
}

static bool both_known(const struct outcome *a, const struct outcome *b)
{
	return a->state == OUTCOME_KNOWN && b->state == OUTCOME_KNOWN;
}

static void put_csv(struct buffer *out, const char *scenario, bool safe, const struct taken *taken,
		    size_t index, const struct bench *bench, const struct outcome *b)
{
	const struct taken_line *about = &taken->about[index];
	const struct outcome *a = &bench->outcome[0];
	struct names_of_line names;
	size_t start = out->length;
	char text[64] = "";
	name_line(&names, bench, a);
	buffer_put(out, about->id.at, about->id.length);
	buffer_end_cell(out, start, safe);
	buffer_print(out, ",%llu,%s,%s,%s,%s,%s,%s,%s,", (unsigned long long)about->number,
		     scenario, names.origin, names.chapter, names.month, names.currency,
		     compare_state(a->state), compare_state(b->state));
	put_amount(out, a, a->amount);
	buffer_char(out, ',');
	put_amount(out, b, b->amount);
	if (both_known(a, b))
		sums_money(text, (sum_money)b->amount - a->amount, true);
	buffer_print(out, ",%s,", text);
	put_amount(out, a, a->fees);
	buffer_char(out, ',');
	put_amount(out, b, b->fees);
	buffer_char(out, ',');
	put_taxes(out, a);
	buffer_char(out, ',');
	put_taxes(out, b);
	buffer_print(out, ",%s,%s," COMPARE_ASSUMES "\n", a->is_free ? "yes" : "no",
		     b->is_free ? "yes" : "no");
}

static void put_outcome(struct buffer *out, const char *key, const struct outcome *outcome,
			const struct bench *bench)
{
	char text[64];
	buffer_print(out, ",\"%s\":{\"status\":\"%s\"", key, compare_state(outcome->state));
	if (outcome->state == OUTCOME_KNOWN) {
		sums_money(text, outcome->amount, true);
		buffer_print(out, ",\"duty\":\"%s\"", text);
		sums_money(text, outcome->fees, true);
		buffer_print(out, ",\"fees\":\"%s\"", text);
		if (outcome->taxes >= 0) {
			sums_money(text, outcome->taxes, true);
			buffer_print(out, ",\"taxes\":\"%s\"", text);
		} else {
			buffer_text(out, ",\"taxes\":null");
		}
		buffer_print(out, ",\"free\":%s,\"programs\":{",
			     outcome->is_free ? "true" : "false");
		for (size_t i = 0; i < outcome->count; i++) {
			sums_money(text, outcome->of[i].amount, true);
			buffer_print(out, "%s\"%s\":\"%s\"", i ? "," : "",
				     bench->names.at[outcome->of[i].program], text);
		}
		buffer_char(out, '}');
	}
	buffer_char(out, '}');
}

static void put_json(struct buffer *out, const char *scenario, const struct taken *taken,
		     size_t index, const struct bench *bench, const struct outcome *b)
{
	const struct taken_line *about = &taken->about[index];
	const struct outcome *a = &bench->outcome[0];
	struct names_of_line names;
	name_line(&names, bench, a);
	buffer_text(out, "{\"schema\":1,\"id\":");
	buffer_json(out, about->id.at, about->id.length);
	buffer_print(out,
		     ",\"line\":%llu,\"scenario\":\"%s\",\"origin\":\"%s\",\"chapter\":\"%s\","
		     "\"month\":\"%s\",\"currency\":\"%s\"",
		     (unsigned long long)about->number, scenario, names.origin, names.chapter,
		     names.month, names.currency);
	put_outcome(out, "before", a, bench);
	put_outcome(out, "after", b, bench);
	if (both_known(a, b)) {
		char text[64];
		sums_money(text, (sum_money)b->amount - a->amount, true);
		buffer_print(out, ",\"difference\":\"%s\"", text);
	}
	buffer_text(out, ",\"assumes\":\"" COMPARE_ASSUMES "\"}\n");
}

static void put_table(struct buffer *out, const char *scenario, const struct taken *taken,
		      size_t index, const struct bench *bench, const struct outcome *b)
{
	const struct taken_line *about = &taken->about[index];
	const struct outcome *a = &bench->outcome[0];
	char before[64], after[64], difference[64] = "";
	sums_money(before, a->amount, false);
	sums_money(after, b->amount, false);
	if (both_known(a, b))
		sums_money(difference, (sum_money)b->amount - a->amount, false);
	struct buffer shown = {.within = out};
	char id[21], name[25];
	buffer_shown(&shown, about->id.at, about->id.length);
	buffer_char(&shown, '\0');
	fit_print(id, sizeof id, "%s", shown.failed ? "" : shown.at);
	fit_print(name, sizeof name, "%s", scenario);
	buffer_print(out, "%-20s %-24s %11s %11s %11s\n", id, name,
		     a->state == OUTCOME_KNOWN ? before : compare_state(a->state),
		     b->state == OUTCOME_KNOWN ? after : compare_state(b->state), difference);
	buffer_free(&shown);
}

void compare_row(struct buffer *out, const struct compare *compare, const struct taken *taken,
		 size_t index, const struct bench *bench)
{
	for (size_t k = 1; k < compare->options.law_count; k++) {
		const char *scenario = compare->options.laws[k].id;
		const struct outcome *b = &bench->outcome[k];
		if (compare->options.format == COMPARE_CSV)
			put_csv(out, scenario, compare->options.safe, taken, index, bench, b);
		else if (compare->options.format == COMPARE_NDJSON)
			put_json(out, scenario, taken, index, bench, b);
		else
			put_table(out, scenario, taken, index, bench, b);
	}
}
