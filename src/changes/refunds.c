/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the part of `tidewaiter law diff` about refunds: tests, rates of interest, what is open. */
#include "changes/refunds.h"

#include <stdio.h>
#include <stdlib.h>

#include "changes/pair.h"
#include "common/instant.h"
#include "common/order.h"
#include "common/words.h"
#include "law/refunds.h"

struct item {
	int32_t day;
	bool ends;
	const char *kind, *id, *text;
	uint32_t by;
	size_t place; /* in the law */
};

struct items {
	const struct law *law;
	struct item *item;
	size_t count;
	int first, last;
	bool announced;
	char (*percent)[96]; /* texts of rates, by rate */
};

/* In force from `day`; without one, from when the act became public. */
static void add(struct items *items, struct item item)
{
	int32_t public = item.by == LAW_NONE ? INT32_MIN : law_act_day(items->law, item.by);
	if (items->announced || item.day == INT32_MIN || item.day == INT32_MAX)
		item.day = item.day == INT32_MAX ? INT32_MIN : public;
	if (item.day < items->first || item.day > items->last)
		return;
	item.place = items->count;
	items->item[items->count++] = item;
}

static void add_tests(struct items *items, const struct law_refunds *refunds)
{
	for (uint32_t i = 0; i < refunds->test_count; i++) {
		const struct law_refund_test *t = &refunds->tests[i];
		struct item item = {t->from,   false,    t->accepted ? "accepted as" : "refused as",
				    t->reason, t->title, t->by,
				    0};
		add(items, item);
		item.day = t->until;
		item.ends = true;
		item.by = t->until_by;
		add(items, item);
	}
	for (uint32_t i = 0; i < refunds->matter_count; i++) {
		const struct law_refund_matter *m = &refunds->matters[i];
		add(items, (struct item){m->from, false, "known", m->id, m->title,
					 m->from_by != LAW_NONE ? m->from_by : m->by, 0});
	}
}

static void add_rates(struct items *items, const struct law_refunds *refunds)
{
	for (uint32_t i = 0; i < refunds->rate_count; i++) {
		const struct law_refund_rate *r = &refunds->rates[i];
		char *text = items->percent[i], a[32], b[32];
		words_percent(a, r->corporation.num * 1000000 / r->corporation.den);
		words_percent(b, r->other.num * 1000000 / r->other.den);
		snprintf(text, sizeof items->percent[0], "%s of corporations, %s of others", a, b);
		add(items, (struct item){r->from, false, "interest", "interest", text, r->by, 0});
	}
}

static void add_rules(struct items *items, const struct law_refunds *refunds)
{
	const struct {
		const char *id, *text;
		uint32_t by;
	} rules[] = {{"refund", refunds->title, refunds->by},
		     {"entry_number", "the form of an entry number", refunds->number_by},
		     {"protest", "the time for a protest", refunds->protest.by},
		     {"suit", "the suit that remains", refunds->suit.by},
		     {"interest", "interest on deposits", refunds->interest.by},
		     {"target", "the days to liquidation", refunds->target.by},
		     {"upload", "the file to upload", refunds->upload_by},
		     {"results", "the answers of customs", refunds->results_by}};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		add(items, (struct item){INT32_MIN, false, "rule", rules[i].id, rules[i].text,
					 rules[i].by, 0});
}

static int by_day(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static const char *act_of(const struct items *items, const struct item *item)
{
	return item->by == LAW_NONE ? "" : items->law->instruments[item->by].id;
}

static void tell_json(struct buffer *out, const struct items *items, const struct item *item)
{
	char day[16];
	say(out, "{\"day\":\"%s\"", time_print_day(day, item->day));
	json_field(out, "what", item->ends ? "ends" : "begins");
	json_field(out, "kind", item->kind);
	json_field(out, "id", item->id);
	json_field(out, "text", item->text);
	buffer_text(out, ",\"by\":[");
	if (item->by != LAW_NONE)
		json_string(out, act_of(items, item));
	buffer_text(out, "]}");
}

static void tell_row(struct buffer *out, const struct items *items, const struct item *item)
{
	char day[16];
	const uint32_t j = items->law->refunds->jurisdiction;
	const struct change_row row = {.at = time_print_day(day, item->day),
				       .into = items->law->jurisdictions[j].code,
				       .what =
					   item->ends ? "refund rule ends" : "refund rule begins",
				       .before = item->ends ? item->id : NULL,
				       .after = item->ends ? NULL : item->id,
				       .by = act_of(items, item),
				       .text = item->text};
	changes_row(out, &row);
}

static void tell(struct buffer *out, const struct items *items, const struct item *item,
		 bool is_first)
{
	char day[16];
	struct buffer text = {.within = out};
	if (is_first)
		say(out, "\nRefunds\n");
	say(out, "  %s  ", time_print_day(day, item->day));
	say(&text, "%s %s%s: %s (%s)", item->kind, item->id, item->ends ? " no longer" : "",
	    item->text, act_of(items, item));
	say_gathered(out, &text, 14, 14);
	buffer_free(&text);
}

static bool is_asked(const struct law_query *query)
{
	const struct law_refunds *refunds = query->law->refunds;
	return refunds && !query->program && !query->kind && query->origin == LAW_NONE &&
	       query->code.low == query->code.high &&
	       (query->into == LAW_NONE || query->into == refunds->jurisdiction);
}

static void tell_all(struct buffer *out, const struct law_query *query, const struct items *items)
{
	for (size_t i = 0; i < items->count; i++) {
		const struct item *item = &items->item[i];
		if (query->json) {
			buffer_text(out, i ? ",\n" : "\n");
			tell_json(out, items, item);
		} else if (query->rows == LAW_ROWS_NDJSON) {
			tell_json(out, items, item);
			buffer_char(out, '\n');
		} else if (query->rows == LAW_ROWS_CSV) {
			tell_row(out, items, item);
		} else {
			tell(out, items, item, !i);
		}
	}
}

int law_refund_changes(struct buffer *out, const struct law_query *query, int first, int last,
		       bool announced)
{
	const struct law_refunds *refunds = query->law->refunds;
	struct items *items = calloc(1, sizeof *items);
	int code = items ? TW_OK : TW_NO_MEMORY;
	if (query->json)
		buffer_text(out, ",\n\"refunds\":[");
	if (items && is_asked(query)) {
		size_t most = 2 * (size_t)refunds->test_count + refunds->matter_count +
			      refunds->rate_count + 16;
		*items = (struct items){
		    .law = query->law,
		    .item = calloc(most, sizeof *items->item),
		    .percent = calloc((size_t)refunds->rate_count + 1, sizeof *items->percent),
		    .first = first,
		    .last = last,
		    .announced = announced};
		code = items->item && items->percent ? TW_OK : TW_NO_MEMORY;
	}
	if (!code && items->item) {
		add_rules(items, refunds);
		add_tests(items, refunds);
		add_rates(items, refunds);
		order_items(items->item, items->count, sizeof *items->item, by_day);
		tell_all(out, query, items);
	}
	if (query->json)
		buffer_char(out, ']');
	if (items) {
		free(items->item);
		free(items->percent);
	}
	free(items);
	return code;
}
