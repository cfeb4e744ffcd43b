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

const struct refund_column refund_columns[REFUND_COLUMNS] = {
    {"entry", REFUND_TEXT},       {"status", REFUND_TEXT},
    {"reason", REFUND_TEXT},      {"further_reasons", REFUND_LIST},
    {"removable", REFUND_MONEY},  {"principal", REFUND_MONEY},
    {"interest", REFUND_MONEY},   {"interest_to", REFUND_DAY},
    {"total", REFUND_MONEY},      {"protest_deadline", REFUND_DAY},
    {"days_left", REFUND_NUMBER}, {"court_only", REFUND_FLAG},
    {"note", REFUND_TEXT},        {"claim", REFUND_TEXT},
    {"cbp_status", REFUND_TEXT},  {"cbp_error", REFUND_TEXT},
    {"agreement", REFUND_TEXT}};
/* Of them, those that are told apart below. */
enum { REASON = 2, REMOVABLE = 4, PRINCIPAL, INTEREST, INTEREST_TO, DEADLINE = 9, NOTE = 12 };

static size_t column_count(const struct refund_answer *answer)
{
	return answer->agreement == REFUND_NOT_COMPARED ? REFUND_COLUMNS_ALONE : REFUND_COLUMNS;
}

static const char *text_of(size_t column, const struct refunds *law, const struct refund_answer *a)
{
	switch (column) {
	case 0:
		return a->entry;
	case 1:
		return refund_status_names[a->status];
	case REASON:
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

bool refund_column_text(struct tw_text *out, size_t column, const struct refunds *law,
			const struct refund_answer *a)
{
	const char *text = column == NOTE ? "" : text_of(column, law, a);
	*out = column == NOTE && a->note.length ? (struct tw_text){a->note.at, a->note.length}
						: (struct tw_text){text, strlen(text)};
	return column != REASON || a->reason;
}

static bool money_of(int64_t *cents, size_t column, const struct refund_answer *a)
{
	*cents = column == REMOVABLE   ? a->removable
		 : column == PRINCIPAL ? a->principal
		 : column == INTEREST  ? a->interest
				       : a->principal + a->interest;
	return column == REMOVABLE   ? a->has_removable
	       : column == PRINCIPAL ? a->has_principal
	       : column == INTEREST  ? a->has_interest
				     : a->has_principal && a->has_interest;
}

bool refund_column_number(int64_t *out, size_t column, const struct refund_answer *a)
{
	bool is_known = a->protest_deadline != REFUND_NO_DAY;
	switch (refund_columns[column].form) {
	case REFUND_MONEY:
		return money_of(out, column, a);
	case REFUND_DAY:
		*out = column == INTEREST_TO ? a->interest_to : a->protest_deadline;
		return *out != REFUND_NO_DAY;
	case REFUND_NUMBER:
		*out = a->days_left;
		return is_known;
	default:
		*out = a->court_only;
		return true;
	}
}

/* Whether there is a value; it stands at the end of the buffer then. */
static bool put_plain(struct buffer *out, size_t column, const struct refund_answer *a)
{
	int64_t value;
	char day[16];
	if (!refund_column_number(&value, column, a))
		return false;
	if (refund_columns[column].form == REFUND_MONEY)
		refund_cents(out, value);
	else if (refund_columns[column].form == REFUND_DAY)
		buffer_text(out, time_print_day(day, (int32_t)value));
	else
		buffer_print(out, "%d", (int)value);
	return true;
}

void refund_csv_header(struct buffer *out, bool compared)
{
	for (size_t i = 0; i < (compared ? REFUND_COLUMNS : REFUND_COLUMNS_ALONE); i++) {
		buffer_text(out, i ? "," : "");
		buffer_text(out, refund_columns[i].name);
	}
	buffer_char(out, '\n');
}

void refund_csv(struct buffer *out, const struct refunds *law, const struct refund_answer *a,
		bool safe)
{
	for (size_t i = 0; i < column_count(a); i++) {
		buffer_text(out, i ? "," : "");
		size_t start = out->length;
		if (refund_columns[i].form == REFUND_LIST)
			for (size_t k = 0; k < a->further_count; k++)
				buffer_print(out, "%s%s", k ? "|" : "",
					     refunds_text(law, a->further[k]->reason));
		else if (refund_columns[i].form == REFUND_FLAG)
			buffer_text(out, a->court_only ? "yes" : "no");
		else if (refund_columns[i].form != REFUND_TEXT)
			put_plain(out, i, a);
		else if (i == NOTE)
			buffer_put(out, a->note.at, a->note.length);
		else
			buffer_text(out, text_of(i, law, a));
		(void)buffer_end_cell(out, start, safe && refund_columns[i].form == REFUND_TEXT);
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
	switch (refund_columns[i].form) {
	case REFUND_LIST:
		buffer_char(out, '[');
		for (size_t k = 0; k < a->further_count; k++) {
			buffer_text(out, k ? "," : "");
			put_string(out, refunds_text(law, a->further[k]->reason));
		}
		buffer_char(out, ']');
		break;
	case REFUND_FLAG:
		buffer_text(out, a->court_only ? "true" : "false");
		break;
	case REFUND_NUMBER:
		if (!put_plain(out, i, a))
			buffer_text(out, "null");
		break;
	case REFUND_MONEY:
	case REFUND_DAY:
		buffer_char(out, '"');
		if (put_plain(out, i, a)) {
			buffer_char(out, '"');
			break;
		}
		out->length = before;
		buffer_text(out, "null");
		break;
	default:
		if (i == NOTE)
			buffer_json(out, a->note.length ? a->note.at : "", a->note.length);
		else if (i == REASON && !a->reason)
			buffer_text(out, "null");
		else
			put_string(out, text_of(i, law, a));
	}
}

void refund_ndjson(struct buffer *out, const struct refunds *law, const struct refund_answer *a)
{
	buffer_text(out, "{\"schema\":1");
	for (size_t i = 0; i < column_count(a); i++) {
		buffer_print(out, ",\"%s\":", refund_columns[i].name);
		put_value(out, i, law, a);
	}
	buffer_text(out, "}\n");
}
