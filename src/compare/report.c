/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the report: the sums of all threads joined, in an order that does not
 * depend on who counted what, and written as rows of CSV or objects.
 */
#include "compare/report.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "common/order.h"
#include "common/words.h"

void compare_currency(char out[4], uint32_t currency)
{
	size_t n = 0;
	for (int shift = 16; shift >= 0; shift -= 8)
		if (currency >> shift & 0xff)
			out[n++] = (char)(currency >> shift & 0xff);
	out[n] = '\0';
}

const char *compare_state(enum outcome_state state)
{
	static const char *const words[] = {"ok", "incomplete", "refused"};
	return words[state];
}

const char *compare_by(enum sum_by by)
{
	static const char *const words[] = {"all", "program", "origin", "chapter", "month"};
	return words[by];
}

void compare_name(char out[64], const struct bench *bench, uint64_t key)
{
	uint32_t id = sums_id(key);
	out[0] = '\0';
	switch (sums_by(key)) {
	case SUM_PROGRAM:
		fit_print(out, 64, "%s", bench->names.at[id]);
		break;
	case SUM_ORIGIN:
		if (id)
			fit_print(out, 64, "%c%c", (char)(id >> 8), (char)(id & 0xff));
		break;
	case SUM_CHAPTER:
		if (id)
			fit_print(out, 64, "%02u", id);
		break;
	case SUM_MONTH:
		fit_print(out, 64, "%04u-%02u", id / 12, id % 12 + 1);
		break;
	case SUM_ALL:
	case SUM_KINDS:
	default:
		break;
	}
}

/* The sums of a thread to those of the first, its programs under the first's numbers. */
static bool join_sums(struct sums *into, const struct sums *from, struct names *names,
		      const struct names *theirs)
{
	for (size_t i = 0; i < from->room; i++) {
		uint64_t key = from->place[i].key;
		if (!key)
			continue;
		if (sums_by(key) == SUM_PROGRAM) {
			uint32_t program = names_of(names, theirs->at[sums_id(key)]);
			if (program == UINT32_MAX)
				return false;
			key = sums_key(SUM_PROGRAM, sums_currency(key), program);
		}
		struct sum *sum = sums_of(into, key);
		if (!sum)
			return false;
		sums_add(sum, &from->place[i]);
	}
	return true;
}

static bool join(struct compare *compare)
{
	struct bench *into = &compare->bench[0];
	bool good = true;
	struct compare_counts counts;
	compare_counts(&counts, compare);
	for (unsigned t = 1; t < compare->options.jobs && !compare->is_joined; t++) {
		struct bench *from = &compare->bench[t];
		for (size_t k = 1; k < compare->options.law_count && good; k++) {
			good =
			    join_sums(&into->sums[k], &from->sums[k], &into->names, &from->names) &&
			    join_sums(&into->apart[k].known, &from->apart[k].known, &into->names,
				      &from->names);
			for (size_t a = 0; a < OUTCOME_STATES; a++)
				for (size_t b = 0; b < OUTCOME_STATES; b++)
					into->apart[k].lines[a][b] += from->apart[k].lines[a][b];
		}
	}
	into->counts = counts;
	compare->is_joined = true;
	return good;
}

static sum_money size_of(const struct report_item *item)
{
	sum_money difference = item->sum.after - item->sum.before;
	return difference < 0 ? -difference : difference;
}

static int by_name(const void *a, const void *b)
{
	const struct report_item *x = a, *y = b;
	int order = strcmp(x->name, y->name);
	return order ? order : strcmp(x->currency, y->currency);
}

static int by_difference(const void *a, const void *b)
{
	sum_money x = size_of(a), y = size_of(b);
	return x != y ? (x < y ? 1 : -1) : by_name(a, b);
}

int report_items(struct report_item **out, size_t *count, const struct compare *compare, size_t law,
		 enum sum_by by)
{
	const struct bench *bench = &compare->bench[0];
	const struct sums *sums = &bench->sums[law];
	struct report_item *items = calloc(sums->count + 1, sizeof *items);
	size_t n = 0;
	if (!items)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < sums->room; i++) {
		if (!sums->place[i].key || sums_by(sums->place[i].key) != by)
			continue;
		items[n].sum = sums->place[i];
		compare_name(items[n].name, bench, sums->place[i].key);
		compare_currency(items[n].currency, sums_currency(sums->place[i].key));
		n++;
	}
	order_items(items, n, sizeof *items, by == SUM_MONTH ? by_name : by_difference);
	*out = items;
	*count = n;
	return TW_OK;
}

static int by_states(const void *a, const void *b)
{
	const struct report_apart *x = a, *y = b;
	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	if (x->after != y->after)
		return x->after < y->after ? -1 : 1;
	return strcmp(x->currency, y->currency);
}

int report_apart(struct report_apart **out, size_t *count, const struct compare *compare,
		 size_t law)
{
	const struct apart *apart = &compare->bench[0].apart[law];
	const size_t most = apart->known.count + (size_t)OUTCOME_STATES * OUTCOME_STATES;
	struct report_apart *items = calloc(most, sizeof *items);
	size_t n = 0;
	if (!items)
		return TW_NO_MEMORY;
	for (uint32_t pair = 0; pair < OUTCOME_STATES * OUTCOME_STATES; pair++) {
		uint64_t rest = apart->lines[pair / OUTCOME_STATES][pair % OUTCOME_STATES];
		const struct report_apart of = {
		    .before = (enum outcome_state)(pair / OUTCOME_STATES),
		    .after = (enum outcome_state)(pair % OUTCOME_STATES)};
		for (size_t i = 0; i < apart->known.room; i++) {
			const struct sum *sum = &apart->known.place[i];
			if (!sum->key || sums_id(sum->key) != pair)
				continue;
			items[n] = of;
			items[n].sum = *sum;
			compare_currency(items[n++].currency, sums_currency(sum->key));
			rest -= sum->lines;
		}
		if (!rest)
			continue;
		items[n] = of;
		items[n++].sum.lines = rest;
	}
	order_items(items, n, sizeof *items, by_states);
	*out = items;
	*count = n;
	return TW_OK;
}

static void put_amount(struct buffer *out, bool json, const char *key, sum_money amount)
{
	char text[64];
	sums_money(text, amount, true);
	if (json)
		buffer_print(out, ",\"%s\":\"%s\"", key, text);
	else
		buffer_print(out, ",%s", text);
}

static void put_count(struct buffer *out, bool json, const char *key, uint64_t count)
{
	if (json)
		buffer_print(out, ",\"%s\":%llu", key, (unsigned long long)count);
	else
		buffer_print(out, ",%llu", (unsigned long long)count);
}

static void begin(struct buffer *out, bool json, const char *scenario, const char *by,
		  const char *name, const char *currency)
{
	if (json)
		buffer_print(out,
			     "{\"schema\":1,\"scenario\":\"%s\",\"by\":\"%s\",\"name\":\"%s\","
			     "\"currency\":\"%s\"",
			     scenario, by, name, currency);
	else
		buffer_print(out, "%s,%s,%s,%s", scenario, by, name, currency);
}

static void end(struct buffer *out, bool json)
{
	buffer_text(out,
		    json ? ",\"assumes\":\"" COMPARE_ASSUMES "\"}\n" : "," COMPARE_ASSUMES "\n");
}

/* An amount or a count under one law; a cell that is empty, or null, where there is none. */
static void put_known(struct buffer *out, bool json, const char *key, bool is_known,
		      sum_money amount)
{
	if (is_known)
		put_amount(out, json, key, amount);
	else if (json)
		buffer_print(out, ",\"%s\":null", key);
	else
		buffer_char(out, ',');
}

static void put_taxes(struct buffer *out, bool json, const char *key, const struct sum_taxes *taxes)
{
	put_known(out, json, key, sums_taxed(taxes), taxes->amount);
}

static void put_item(struct buffer *out, bool json, const char *scenario, enum sum_by by,
		     const struct report_item *item)
{
	const struct sum *sum = &item->sum;
	begin(out, json, scenario, compare_by(by), item->name, item->currency);
	put_count(out, json, "lines", sum->lines);
	put_count(out, json, "changed", sum->changed);
	put_amount(out, json, "duty_before", sum->before);
	put_amount(out, json, "duty_after", sum->after);
	put_amount(out, json, "difference", sum->after - sum->before);
	if (by != SUM_PROGRAM) {
		put_amount(out, json, "fees_before", sum->fees_before);
		put_amount(out, json, "fees_after", sum->fees_after);
		put_taxes(out, json, "taxes_before", &sum->taxes_before);
		put_taxes(out, json, "taxes_after", &sum->taxes_after);
		put_count(out, json, "free_before", sum->free_before);
		put_count(out, json, "free_after", sum->free_after);
	} else if (!json) {
		buffer_text(out, ",,,,,,");
	}
	end(out, json);
}

static void put_known_count(struct buffer *out, bool json, const char *key, bool is_known,
			    uint64_t count)
{
	if (is_known)
		put_count(out, json, key, count);
	else
		put_known(out, json, key, false, 0);
}

/* Lines that are not compared, by their states; the duty that one of the laws has of them. */
static int put_apart(struct buffer *out, bool json, const struct compare *compare, size_t law)
{
	struct report_apart *apart = NULL;
	size_t count = 0;
	int code = report_apart(&apart, &count, compare, law);
	for (size_t i = 0; i < count; i++) {
		const struct report_apart *x = &apart[i];
		const struct sum *sum = &x->sum;
		const bool before = x->before == OUTCOME_KNOWN, after = x->after == OUTCOME_KNOWN;
		char name[64];
		fit_print(name, sizeof name, "%s before; %s after", compare_state(x->before),
			  compare_state(x->after));
		begin(out, json, compare->options.laws[law].id, "apart", name, x->currency);
		put_count(out, json, "lines", sum->lines);
		put_known_count(out, json, "changed", false, 0);
		put_known(out, json, "duty_before", before, sum->before);
		put_known(out, json, "duty_after", after, sum->after);
		put_known(out, json, "difference", false, 0);
		put_known(out, json, "fees_before", before, sum->fees_before);
		put_known(out, json, "fees_after", after, sum->fees_after);
		put_taxes(out, json, "taxes_before", &sum->taxes_before);
		put_taxes(out, json, "taxes_after", &sum->taxes_after);
		put_known_count(out, json, "free_before", before, sum->free_before);
		put_known_count(out, json, "free_after", after, sum->free_after);
		end(out, json);
	}
	free(apart);
	return code;
}

static void put_header(struct buffer *out)
{
	buffer_text(out, "scenario,by,name,currency,lines,changed,duty_before,duty_after,"
			 "difference,fees_before,fees_after,taxes_before,taxes_after,"
			 "free_before,free_after,assumes\n");
}

int compare_report(struct buffer *out, struct compare *compare, enum compare_format format,
		   struct tw_error *error)
{
	bool json = format == COMPARE_NDJSON;
	int code = join(compare) ? TW_OK : TW_NO_MEMORY;
	if (format == COMPARE_CSV)
		put_header(out);
	for (size_t k = 1; k < compare->options.law_count && !code; k++) {
		if (format == COMPARE_TABLE) {
			code = report_table(out, compare, k);
			continue;
		}
		for (int by = SUM_ALL; by < SUM_KINDS && !code; by++) {
			struct report_item *items = NULL;
			size_t count = 0;
			code = report_items(&items, &count, compare, k, (enum sum_by)by);
			for (size_t i = 0; i < count; i++)
				put_item(out, json, compare->options.laws[k].id, (enum sum_by)by,
					 &items[i]);
			free(items);
		}
		if (!code)
			code = put_apart(out, json, compare, k);
	}
	return code || out->failed ? error_memory(error) : TW_OK;
}
