/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a typed line down, see line.h. */
#include "line.h"
#include "common/money.h"
#include "common/quantity.h"

#include "assess/share.h"
#include "common/instant.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct writer {
	char *at, *end;
};

static struct tw_text __attribute__((format(printf, 2, 3)))
put(struct writer *w, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	int length = vsnprintf(w->at, (size_t)(w->end - w->at), format, arguments);
	va_end(arguments);
	if (length < 0 || length >= w->end - w->at)
		return (struct tw_text){"", 0};
	struct tw_text text = {w->at, (size_t)length};
	w->at += length + 1;
	return text;
}

static struct tw_text put_money(struct writer *w, tw_money amount)
{
	char text[32];
	money_print(text, amount);
	return put(w, "%s", text);
}

static struct tw_text put_time(struct writer *w, const struct law *law, const struct line *line,
			       tw_time at)
{
	char text[26];
	int zone = time_zone_find(law->jurisdictions[line->into].timezone);
	time_print(text, at, time_offset((enum time_zone)zone, at));
	return put(w, "%s", text);
}

static void print_millionths(char out[32], int64_t number)
{
	snprintf(out, 32, "%lld.%06lld", (long long)(number / QUANTITY_UNIT),
		 (long long)(number % QUANTITY_UNIT));
}

static void print_claim(char out[64], const struct law *law, const struct line *line, uint32_t i)
{
	const struct said *said = &line->claim[i];
	char number[32];
	int zone = time_zone_find(law->jurisdictions[line->into].timezone);
	switch (law->claims[i].type) {
	case LAW_CLAIM_AMOUNT:
		money_print(number, said->number);
		snprintf(out, 64, "%s", number);
		break;
	case LAW_CLAIM_NUMBER:
	case LAW_CLAIM_PERCENT:
		print_millionths(number, said->number);
		snprintf(out, 64, "%s", number);
		break;
	case LAW_CLAIM_TIME:
		time_print(out, said->number, time_offset((enum time_zone)zone, said->number));
		break;
	default:
		snprintf(out, 64, "%s",
			 said->word[0] != '\0' ? said->word
			 : said->yes           ? "yes"
					       : "no");
	}
}

/* A unit that says the claim (its dimension bears the claim's name), or LAW_NONE. */
static uint32_t unit_of_claim(const struct law *law, uint32_t claim)
{
	for (uint32_t i = 0; i < law->unit_count; i++)
		if (law->claims[claim].type == LAW_CLAIM_NUMBER &&
		    strcmp(law->units[i].dimension, law->claims[claim].name) == 0)
			return i;
	return LAW_NONE;
}

/* Every other line says such a claim as its second quantity, where it has none. */
static bool said_by_unit(const struct law *law, const struct line *line, uint32_t claim)
{
	return line->claim[claim].given && !line->quantity[1].given && line->code % 2 == 0 &&
	       unit_of_claim(law, claim) != LAW_NONE;
}

static struct tw_text put_claims(struct writer *w, const struct law *law, const struct line *line)
{
	char all[LINE_TEXT / 2] = "", value[64];
	for (uint32_t i = 0; i < law->claim_count; i++) {
		if (!line->claim[i].given || said_by_unit(law, line, i))
			continue;
		size_t length = strlen(all);
		print_claim(value, law, line, i);
		snprintf(all + length, sizeof all - length, "%s%s=%s", length != 0 ? ";" : "",
			 law->claims[i].name, value);
	}
	return put(w, "%s", all);
}

static void put_quantities(struct tw_line *out, struct writer *w, const struct law *law,
			   const struct line *line)
{
	static const enum tw_column amount[] = {TW_COLUMN_QTY, TW_COLUMN_QTY2, TW_COLUMN_WEIGHT};
	static const enum tw_column unit[] = {TW_COLUMN_UNIT, TW_COLUMN_UNIT2};
	char number[32];
	for (size_t i = 0; i < 3; i++) {
		const struct quantity_said *q = &line->quantity[i];
		if (!q->given)
			continue;
		print_millionths(number, q->amount);
		out->column[amount[i]] = put(w, "%s", number);
		if (i < 2)
			out->column[unit[i]] = put(w, "%s", law->units[q->unit].name);
	}
}

static void put_amount(struct tw_line *out, struct line *line, uint32_t key, tw_money amount)
{
	if (out->shipment_amount_count < LINE_AMOUNTS)
		line->amounts[out->shipment_amount_count++] =
		    (struct tw_shipment_amount){key, amount, line->here};
}

/* The amounts of the shipment under every key that the line could have. */
static void put_amounts(struct tw_line *out, const struct law *law, struct line *line)
{
	out->shipment_amounts = line->amounts;
	if (line->entry != LAW_NONE)
		put_amount(out, line, SHARE_ENTRY,
			   law->measures[line->entry].effect == LAW_EFFECT_FILED
			       ? SHARE_FILED(line->entry)
			       : SHARE_REQUIRED(line->entry));
	for (uint32_t p = 0; line->shared && p < law->program_count; p++) {
		const struct law_program *program = &law->programs[p];
		for (uint32_t i = program->measure_first;
		     i < program->measure_first + program->measure_count; i++)
			if (law->measures[i].effect == LAW_EFFECT_FEE)
				put_amount(out, line, SHARE_FEE(i), line->together);
			else if (program->kind == LAW_KIND_DUTY &&
				 law->measures[i].per == LAW_PER_SHIPMENT)
				put_amount(out, line, SHARE_DUTY(p), line->together);
	}
}

static void put_claims_by_unit(struct tw_line *out, struct writer *w, const struct law *law,
			       const struct line *line)
{
	char number[32];
	for (uint32_t i = 0; i < law->claim_count; i++) {
		if (!said_by_unit(law, line, i))
			continue;
		print_millionths(number, line->claim[i].number);
		out->column[TW_COLUMN_QTY2] = put(w, "%s", number);
		out->column[TW_COLUMN_UNIT2] = put(w, "%s", law->units[unit_of_claim(law, i)].name);
	}
}

void line_write(struct tw_line *out, char buffer[LINE_TEXT], const struct law *law,
		struct line *line)
{
	static const enum tw_column times[] = {TW_COLUMN_IMPORTED, TW_COLUMN_LOADED,
					       TW_COLUMN_DEPARTED, TW_COLUMN_IT_DATE};
	struct writer w = {buffer, buffer + LINE_TEXT};
	char code[16];
	*out = (struct tw_line)TW_LINE_INIT;
	snprintf(code, sizeof code, "%010llu", (unsigned long long)line->code);
	out->column[TW_COLUMN_INTO] = put(&w, "%s", law->jurisdictions[line->into].code);
	out->column[TW_COLUMN_HTS] = put(&w, "%.*s", (int)line->digits, code);
	out->column[TW_COLUMN_ORIGIN] = put(&w, "%s", law->countries[line->origin].iso2);
	if (line->ship_from != LAW_NONE)
		out->column[TW_COLUMN_SHIP_FROM] =
		    put(&w, "%s", law->countries[line->ship_from].iso2);
	out->column[TW_COLUMN_ENTERED] = put_time(&w, law, line, line->entered);
	for (size_t i = 0; i < LINE_TIMES; i++)
		if (line->has_time[i])
			out->column[times[i]] = put_time(&w, law, line, line->time[i]);
	out->column[TW_COLUMN_CHANNEL] = put(&w, "%s", line->channel);
	out->column[TW_COLUMN_TRANSPORT] = put(&w, "%s", line->transport);
	out->column[TW_COLUMN_ENTRY_TYPE] = put(&w, "%s", line->entry_type);
	out->column[TW_COLUMN_VALUE] = put_money(&w, line->value);
	if (line->retail >= 0)
		out->column[TW_COLUMN_RETAIL_VALUE] = put_money(&w, line->retail);
	put_quantities(out, &w, law, line);
	put_claims_by_unit(out, &w, law, line);
	out->column[TW_COLUMN_CLAIMS] = put_claims(&w, law, line);
	out->shipment_value = line->shipment_value;
	out->shipment_retail = line->shipment_retail;
	out->free_before = line->free_before;
	out->order_retail = line->order_retail;
	put_amounts(out, law, line);
}

void line_print(const struct law *law, struct line *line)
{
	struct tw_line text;
	char buffer[LINE_TEXT];
	line_write(&text, buffer, law, line);
	printf("tidewaiter duty");
	for (int i = 0; i < TW_COLUMN_COUNT; i++)
		if (text.column[i].length != 0)
			printf(" --%s '%.*s'", tw_column_name((enum tw_column)i),
			       (int)text.column[i].length, text.column[i].at);
	printf("\n");
	if (line->shipment_value >= 0 || line->shipment_retail >= 0 || line->free_before != 0 ||
	    line->order_retail >= 0 || line->shared || line->entry != LAW_NONE)
		printf(
		    "  (shipment_value %lld, shipment_retail %lld, free_before %lld, order_retail "
		    "%lld, together %lld, in 1/10000%s%s%s)\n",
		    (long long)line->shipment_value, (long long)line->shipment_retail,
		    (long long)line->free_before, (long long)line->order_retail,
		    line->shared ? (long long)line->together : -1LL, line->here ? ", here" : "",
		    line->entry != LAW_NONE ? ", entry " : "",
		    line->entry != LAW_NONE ? law->measures[line->entry].id : "");
}
