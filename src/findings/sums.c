/* SPDX-License-Identifier: Apache-2.0 */
/* Sums of a month, as JSON. Quantities are exact, in kilograms and litres. */
#include "findings/members.h"

/* Millionths as a decimal without closing zeros; null below nought. */
static void put_millionths(struct buffer *out, const char *key, int64_t amount)
{
	char digits[8] = "000000";
	put_key(out, key);
	if (amount < 0) {
		buffer_text(out, "null");
		return;
	}
	buffer_char(out, '"');
	buffer_number(out, (uint64_t)amount / 1000000);
	uint64_t rest = (uint64_t)amount % 1000000;
	size_t length = rest ? 6 : 0;
	for (size_t i = 6; i-- > 0; rest /= 10)
		digits[i] = (char)('0' + rest % 10);
	while (length && digits[length - 1] == '0')
		length--;
	if (length)
		buffer_char(out, '.');
	buffer_put(out, digits, length);
	buffer_char(out, '"');
}

static void put_amount(struct buffer *out, const char *key, int64_t weight, int64_t volume)
{
	put_key(out, key);
	put_millionths(out, "{\"kg\":", weight);
	put_millionths(out, ",\"litres\":", volume);
	buffer_char(out, '}');
}

static void put_line(struct buffer *out, const struct tw_sum_line *line)
{
	put_key(out, "{\"file\":");
	put_string(out, line->file);
	put_key(out, ",\"line\":");
	buffer_number(out, line->number);
	buffer_char(out, '}');
}

static void put_near(struct buffer *out, const struct tw_sum *sum)
{
	put_key(out, ",\"near\":");
	if (!sum->near_lines) {
		buffer_text(out, "null");
		return;
	}
	put_key(out, "{\"line_count\":");
	buffer_number(out, sum->near_lines);
	put_amount(out, ",\"sum\":", sum->near_weight, sum->near_volume);
	put_key(out, ",\"one\":");
	put_line(out, &sum->near);
	buffer_char(out, '}');
}

static void put_party(struct buffer *out, const char *key, struct tw_text text)
{
	put_key(out, key);
	if (text.length)
		buffer_json(out, text.at, text.length);
	else
		buffer_text(out, "null");
}

/* The entry of the list, and whose month it is. */
static void put_what(struct buffer *out, const struct tw_sum *sum)
{
	put_key(out, "{\"substance\":");
	put_string(out, sum->substance);
	put_key(out, ",\"jurisdiction\":");
	put_string(out, sum->jurisdiction);
	put_key(out, ",\"list\":");
	put_string(out, sum->list);
	put_key(out, ",\"code\":");
	put_string_or_null(out, sum->code);
	put_key(out, ",\"direction\":");
	put_string(out, sum->direction);
	put_key(out, ",\"month\":");
	put_string(out, sum->month);
	put_key(out, ",\"of\":");
	put_string(out, sum->of);
	put_party(out, ",\"person\":", sum->person);
	put_party(out, ",\"other\":", sum->other);
}

static void put_sum(struct buffer *out, const struct tw_sum *sum)
{
	static const char *const states[] = {"below", "reached", "exceeded", "unknown"};
	put_what(out, sum);
	put_key(out, sum->counts ? ",\"counts\":true" : ",\"counts\":false");
	put_amount(out, ",\"here\":", sum->weight, sum->volume);
	put_amount(out, ",\"sum\":", sum->sum_weight, sum->sum_volume);
	put_amount(out, ",\"limit\":", sum->limit, sum->limit_volume);
	put_key(out, ",\"threshold\":");
	put_string(out, sum->threshold);
	put_key(out, ",\"state\":");
	put_string(out, states[sum->state]);
	put_key(out, ",\"requirement\":");
	put_string(out, sum->requirement);
	put_key(out, ",\"line_count\":");
	buffer_number(out, sum->lines);
	put_key(out, ",\"unknown\":");
	buffer_number(out, sum->unknown);
	put_key(out, ",\"before\":[");
	for (size_t i = 0; i < sum->line_count; i++) {
		if (i)
			buffer_char(out, ',');
		put_line(out, &sum->line[i]);
	}
	buffer_char(out, ']');
	put_near(out, sum);
	put_citations(out, &sum->by);
	buffer_char(out, '}');
}

void finding_sums(struct buffer *out, const struct tw_assessment *answer)
{
	put_key(out, ",\"sums\":[");
	for (size_t i = 0; i < answer->sum_count; i++) {
		if (i)
			buffer_char(out, ',');
		put_sum(out, &answer->sums[i]);
	}
	buffer_char(out, ']');
}
