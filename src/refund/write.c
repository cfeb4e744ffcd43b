/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/write.h"

#include <string.h>

#include "common/instant.h"
#include "common/words.h"
#include "refund/entry.h"

void refund_cents(struct buffer *out, int64_t cents)
{
	if (cents < 0)
		buffer_char(out, '-');
	buffer_money(out, (cents < 0 ? -cents : cents) * 100);
}

/* A column: its name, whether it has a value, and the value as text. */
struct column {
	const char *name;
	enum { TEXT, MONEY, DAY, NUMBER, FLAG, LIST } kind;
};

static const struct column columns[] = {{"entry", TEXT},       {"status", TEXT},
					{"reason", TEXT},      {"further_reasons", LIST},
					{"removable", MONEY},  {"principal", MONEY},
					{"interest", MONEY},   {"interest_to", DAY},
					{"total", MONEY},      {"protest_deadline", DAY},
					{"days_left", NUMBER}, {"court_only", FLAG},
					{"note", TEXT},        {"claim", TEXT},
					{"cbp_status", TEXT},  {"cbp_error", TEXT},
					{"agreement", TEXT}};
enum { COLUMNS = sizeof columns / sizeof *columns, WITHOUT_RESULTS = 13 };

static size_t column_count(const struct refund_answer *answer)
{
	return answer->agreement == REFUND_NOT_COMPARED ? WITHOUT_RESULTS : COLUMNS;
}

static const char *text_of(size_t column, const struct refunds *law, const struct refund_answer *a)
{
	switch (column) {
	case 0:
		return a->entry;
	case 1:
		return refund_status_names[a->status];
	case 2:
		return a->reason ? refunds_text(law, a->reason->reason) : "";
	case 13:
		return a->claim;
	case 14:
		return a->result;
	case 15:
		return a->error;
	default:
		return refund_agreement_names[a->agreement];
	}
}

static bool money_of(int64_t *cents, size_t column, const struct refund_answer *a)
{
	*cents = column == 4   ? a->removable
		 : column == 5 ? a->principal
		 : column == 6 ? a->interest
			       : a->principal + a->interest;
	return column == 4   ? a->has_removable
	       : column == 5 ? a->has_principal
	       : column == 6 ? a->has_interest
			     : a->has_principal && a->has_interest;
}

/* Whether there is a value; it stands at the end of the buffer then. */
static bool put_plain(struct buffer *out, size_t column, const struct refund_answer *a)
{
	int64_t cents;
	char day[16];
	int32_t at = column == 7 ? a->interest_to : a->protest_deadline;
	switch (columns[column].kind) {
	case MONEY:
		if (!money_of(&cents, column, a))
			return false;
		refund_cents(out, cents);
		return true;
	case DAY:
		if (at != REFUND_NO_DAY)
			buffer_text(out, refund_day_text(day, at));
		return at != REFUND_NO_DAY;
	default:
		if (a->protest_deadline != REFUND_NO_DAY)
			buffer_print(out, "%d", (int)a->days_left);
		return a->protest_deadline != REFUND_NO_DAY;
	}
}

void refund_csv_header(struct buffer *out, bool compared)
{
	for (size_t i = 0; i < (compared ? COLUMNS : WITHOUT_RESULTS); i++) {
		buffer_text(out, i ? "," : "");
		buffer_text(out, columns[i].name);
	}
	buffer_char(out, '\n');
}

void refund_csv(struct buffer *out, const struct refunds *law, const struct refund_answer *a)
{
	for (size_t i = 0; i < column_count(a); i++) {
		buffer_text(out, i ? "," : "");
		size_t start = out->length;
		if (columns[i].kind == LIST)
			for (size_t k = 0; k < a->further_count; k++)
				buffer_print(out, "%s%s", k ? "|" : "",
					     refunds_text(law, a->further[k]->reason));
		else if (columns[i].kind == FLAG)
			buffer_text(out, a->court_only ? "yes" : "no");
		else if (columns[i].kind != TEXT)
			put_plain(out, i, a);
		else if (i == WITHOUT_RESULTS - 1)
			buffer_put(out, a->note.at, a->note.length);
		else
			buffer_text(out, text_of(i, law, a));
		(void)buffer_end_cell(out, start, columns[i].kind == TEXT);
	}
	buffer_char(out, '\n');
}

static void put_string(struct buffer *out, const char *text)
{
	buffer_json(out, text, strlen(text));
}

static void put_value(struct buffer *out, size_t i, const struct refunds *law,
		      const struct refund_answer *a)
{
	size_t before = out->length;
	switch (columns[i].kind) {
	case LIST:
		buffer_char(out, '[');
		for (size_t k = 0; k < a->further_count; k++) {
			buffer_text(out, k ? "," : "");
			put_string(out, refunds_text(law, a->further[k]->reason));
		}
		buffer_char(out, ']');
		break;
	case FLAG:
		buffer_text(out, a->court_only ? "true" : "false");
		break;
	case NUMBER:
		if (!put_plain(out, i, a))
			buffer_text(out, "null");
		break;
	case MONEY:
	case DAY:
		buffer_char(out, '"');
		if (put_plain(out, i, a)) {
			buffer_char(out, '"');
			break;
		}
		out->length = before;
		buffer_text(out, "null");
		break;
	default:
		if (i == WITHOUT_RESULTS - 1)
			buffer_json(out, a->note.length ? a->note.at : "", a->note.length);
		else if (i == 2 && !a->reason)
			buffer_text(out, "null");
		else
			put_string(out, text_of(i, law, a));
	}
}

void refund_ndjson(struct buffer *out, const struct refunds *law, const struct refund_answer *a)
{
	buffer_text(out, "{\"schema\":1");
	for (size_t i = 0; i < column_count(a); i++) {
		buffer_print(out, ",\"%s\":", columns[i].name);
		put_value(out, i, law, a);
	}
	buffer_text(out, "}\n");
}
