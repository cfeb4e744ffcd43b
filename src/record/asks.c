/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what is asked of law and figures to test a claim. The record's data say
 * which line and what of its answer; nothing is known here of any law.
 */
#include "record/record.h"

#include <string.h>

#include "common/error.h"
#include "common/words.h"

/* "hts=9503.00.00; origin=CN": the columns of a line. The texts live in `asked`. */
static int read_line(struct tw_line *line, const char *text, struct tw_error *error)
{
	*line = (struct tw_line)TW_LINE_INIT;
	while (*text) {
		size_t length = strcspn(text, ";");
		const char *equals = memchr(text, '=', length);
		if (!equals)
			return error_set(
			    error, TW_BAD_LAW,
			    "\"%.60s\" is not a line: write column=value; column=value", text);
		struct tw_text name = {text, (size_t)(equals - text)};
		int column = tw_column_find(name);
		if (column < 0)
			return error_set(error, TW_BAD_LAW, "a line has no column \"%.*s\"",
					 (int)name.length, name.at);
		line->column[column] = (struct tw_text){equals + 1, length - name.length - 1};
		text += length;
		text += strspn(text, "; ");
	}
	return TW_OK;
}

/* What the layers of these programs come to, of the value. */
static void put_rate(struct buffer *out, const struct tw_assessment *answer, const char *programs)
{
	char text[32];
	tw_money sum = 0;
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		if (!words_match(programs, layer->program))
			continue;
		if (layer->is_unknown) {
			buffer_text(out, "not known");
			return;
		}
		sum += layer->amount;
	}
	if (answer->value <= 0 || sum < 0) {
		buffer_text(out, "not known");
		return;
	}
	words_percent(text, (int64_t)((__int128)sum * 1000000 / answer->value));
	buffer_text(out, text);
}

/* Is something required by a list of this country? */
static bool is_required(const struct tw_assessment *answer, const char *country)
{
	for (size_t i = 0; i < answer->control_count; i++)
		if (!strcmp(answer->controls[i].jurisdiction, country) &&
		    answer->controls[i].status == TW_CONTROL_REQUIRED)
			return true;
	return false;
}

static int ask_law(struct buffer *out, const struct record *record, tw_assessor *assessor,
		   const struct record_asked *asked, struct tw_error *error)
{
	const struct tw_assessment *answer;
	struct tw_line line;
	int code = read_line(&line, record_text(record, asked->of), error);
	if (code || (code = tw_assess(&answer, assessor, &line, error)))
		return code;
	if (answer->status == TW_STATUS_REFUSED && asked->kind != RECORD_ASK_CONTROL)
		buffer_print(out, "refused: %s", answer->refusal.text);
	else if (asked->kind == RECORD_ASK_RATE)
		put_rate(out, answer, record_text(record, asked->what));
	else if (asked->kind == RECORD_ASK_FREE)
		buffer_text(out, answer->de_minimis.eligible ? "yes" : "no");
	else
		buffer_text(out,
			    is_required(answer, record_text(record, asked->what)) ? "yes" : "no");
	return TW_OK;
}

/* The word at a place of a text, cut to the room. */
static const char *word_of(char out[64], const char *text, int place)
{
	for (; place > 0 && *text; place--) {
		text += strcspn(text, " ");
		text += strspn(text, " ");
	}
	size_t length = strcspn(text, " ");
	if (length > 63)
		length = 63;
	memcpy(out, text, length);
	out[length] = '\0';
	return out;
}

static const struct record_figure *find_figure(const struct record *record, const char *name,
					       const struct record_question *question)
{
	uint32_t at = record_series_find(record, name);
	for (uint32_t i = 0; at != RECORD_NONE && i < record->series[at].figures.count; i++) {
		const struct record_figure *f =
		    &record->figures[record->series[at].figures.first + i];
		if (f->first == question->since && f->last == question->until &&
		    record_figure_stands(record, f, question->known))
			return f;
	}
	return NULL;
}

/* Tenths of a / b, as "51.9", or "about 51.9" where one of them is no count itself. */
static void put_ratio(struct buffer *out, const struct record_figure *of,
		      const struct record_figure *to)
{
	const int64_t a = of->value, b = to->value;
	char text[48];
	__int128 tenths = ((__int128)a * 20 + b) / ((__int128)b * 2);
	if (tenths > INT64_MAX / 100)
		buffer_text(out, "not known");
	else
		buffer_print(out, "%s%s", of->bound || to->bound ? "about " : "",
			     record_value_text(text, (int64_t)tenths * RECORD_SCALE / 10, true));
}

/* "1 of the record", by years where it is a sum. */
static int ask_figures(struct buffer *out, const struct record *record,
		       const struct record_asked *asked, struct tw_error *error)
{
	const char *what = record_text(record, asked->what), *of = record_text(record, asked->of);
	struct record_question question;
	char first[64], second[64], day[64], text[48], figure[64];
	record_question_begin(&question);
	const char *slash = strchr(of, '/');
	if (!slash || slash - of != 10)
		return error_set(error, TW_BAD_LAW, "\"%.60s\" is not a period", of);
	memcpy(text, of, 10);
	text[10] = '\0';
	int code = record_day_read(&question.since, text, false, error);
	if (code || (code = record_day_read(&question.until, slash + 1, true, error)))
		return code;
	word_of(first, what, 0);
	word_of(second, what, 1);
	word_of(day, what, 2);
	if (!strcmp(second, "known") && (code = record_day_read(&question.known, day, true, error)))
		return code;
	if (asked->kind == RECORD_ASK_SUM) {
		struct record_sum sum;
		uint32_t series = record_series_named(record, first, error);
		question.every = "year";
		code = series == RECORD_NONE
			   ? TW_BAD_ARGUMENT
			   : record_sum(&sum, record, &series, 1, &question, error);
		if (code == TW_UNSUPPORTED) { /* as known on a day there may be none */
			buffer_text(out, "not known");
			return TW_OK;
		}
		if (!code)
			buffer_print(out, "%s%s", sum.bounded ? "about " : "",
				     record_value_text(text, sum.value, true));
		return code;
	}
	const struct record_figure *a = find_figure(record, first, &question);
	const struct record_figure *b = find_figure(record, second, &question);
	if (!a || (asked->kind == RECORD_ASK_RATIO && (!b || b->value <= 0 || a->value < 0)))
		buffer_text(out, "not known");
	else if (asked->kind == RECORD_ASK_RATIO)
		put_ratio(out, a, b);
	else
		buffer_text(out, record_figure_text(figure, a));
	return TW_OK;
}

int record_ask(struct buffer *out, const struct record *record, tw_assessor *assessor,
	       const struct record_asked *asked, struct tw_error *error)
{
	return asked->kind < RECORD_ASK_FIGURE ? ask_law(out, record, assessor, asked, error)
					       : ask_figures(out, record, asked, error);
}
