/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns sums of figures, and why some are refused: nothing that overlaps is
 * counted twice, nothing that does not add up is added.
 */
#include "record/record.h"

#include <string.h>

#include "common/error.h"
#include "common/words.h"

static bool is_part(const struct record *record, const struct record_series *part, uint32_t whole,
		    int depth)
{
	for (uint32_t i = 0; i < part->part_of.count; i++) {
		uint32_t of = record->indexes[part->part_of.first + i];
		if (of == whole ||
		    (depth > 0 && is_part(record, &record->series[of], whole, depth - 1)))
			return true;
	}
	return false;
}

static int refuse_part(const struct record *record, uint32_t part, uint32_t whole,
		       struct tw_error *error)
{
	return error_set(error, TW_UNSUPPORTED, "%s is a part of %s: it would be counted twice",
			 record_text(record, record->series[part].name),
			 record_text(record, record->series[whole].name));
}

/* Only flows add up; two series only where the record says that they are apart. */
static int check_series(const struct record *record, const uint32_t *series, size_t count,
			struct tw_error *error)
{
	for (size_t i = 0; i < count; i++) {
		const struct record_series *a = &record->series[series[i]];
		if (a->kind != RECORD_FLOW)
			return error_set(
			    error, TW_UNSUPPORTED, "%s is a %s: such figures do not add up",
			    record_text(record, a->name), record_measured_names[a->kind]);
		for (size_t k = 0; k < i; k++) {
			const struct record_series *b = &record->series[series[k]];
			const char *group = record_text(record, a->apart);
			if (a == b)
				return error_set(error, TW_UNSUPPORTED,
						 "%s is named twice: it would be counted twice",
						 record_text(record, a->name));
			if (is_part(record, a, series[k], RECORD_DEPTH))
				return refuse_part(record, series[i], series[k], error);
			if (is_part(record, b, series[i], RECORD_DEPTH))
				return refuse_part(record, series[k], series[i], error);
			if (!*group || a->apart != b->apart)
				return error_set(
				    error, TW_UNSUPPORTED,
				    "%s and %s may count the same things: the record does "
				    "not say that they are apart",
				    record_text(record, b->name), record_text(record, a->name));
		}
	}
	return TW_OK;
}

static int refuse_overlap(const struct record *record, const struct record_figure *a,
			  const struct record_figure *b, struct tw_error *error)
{
	char text[4][16];
	return error_set(
	    error, TW_UNSUPPORTED,
	    "%s: the figures of %s to %s and of %s to %s overlap, so that days would be "
	    "counted twice: choose with --since, --until or --every",
	    record_text(record, record->series[a->series].name), record_day_text(text[0], a->first),
	    record_day_text(text[1], a->last), record_day_text(text[2], b->first),
	    record_day_text(text[3], b->last));
}

/* The figures of one series, which are ordered by their first day. */
static int add_series(struct record_sum *out, const struct record *record, uint32_t at,
		      const struct record_question *question, struct tw_error *error)
{
	const struct record_series *series = &record->series[at];
	const struct record_figure *before = NULL;
	for (uint32_t i = 0; i < series->figures.count; i++) {
		const struct record_figure *f = &record->figures[series->figures.first + i];
		if (!record_figure_asked(record, f, question))
			continue;
		if (before && f->first <= before->last)
			return refuse_overlap(record, before, f, error);
		if (before && f->first > before->last + 1 && out->gap_first == RECORD_NO_DAY) {
			out->gap_first = before->last + 1;
			out->gap_last = f->first - 1;
		}
		if (__builtin_add_overflow(out->value, f->value, &out->value))
			return error_set(error, TW_UNSUPPORTED, "the sum is too large");
		out->first = !out->figures || f->first < out->first ? f->first : out->first;
		out->last = !out->figures || f->last > out->last ? f->last : out->last;
		out->figures++;
		out->bounded |= f->bound != RECORD_AS_STATED;
		before = f;
	}
	if (!before)
		return error_set(error, TW_UNSUPPORTED, "%s has no figure that was asked for",
				 record_text(record, series->name));
	return TW_OK;
}

/* Parts of one whole are added for the same days. */
static int check_days(const struct record_sum *of, const struct record_sum *first, const char *name,
		      struct tw_error *error)
{
	char text[4][16];
	if (of->first == first->first && of->last == first->last)
		return TW_OK;
	return error_set(error, TW_UNSUPPORTED,
			 "%s is of %s to %s, the others of %s to %s: their sum is of no one period",
			 name, record_day_text(text[0], of->first),
			 record_day_text(text[1], of->last), record_day_text(text[2], first->first),
			 record_day_text(text[3], first->last));
}

int record_sum(struct record_sum *out, const struct record *record, const uint32_t *series,
	       size_t count, const struct record_question *question, struct tw_error *error)
{
	struct record_question standing = *question;
	standing.all = false;
	*out = (struct record_sum){.gap_first = RECORD_NO_DAY, .gap_last = RECORD_NO_DAY};
	int code = check_series(record, series, count, error);
	for (size_t i = 0; !code && i < count; i++) {
		struct record_sum one = {.gap_first = RECORD_NO_DAY, .gap_last = RECORD_NO_DAY};
		code = add_series(&one, record, series[i], &standing, error);
		if (!code && i)
			code = check_days(
			    &one, out, record_text(record, record->series[series[i]].name), error);
		if (!code && __builtin_add_overflow(one.value, out->value, &one.value))
			code = error_set(error, TW_UNSUPPORTED, "the sum is too large");
		if (code)
			break;
		one.figures += out->figures;
		one.bounded |= out->bounded;
		if (out->gap_first != RECORD_NO_DAY) {
			one.gap_first = out->gap_first;
			one.gap_last = out->gap_last;
		}
		*out = one;
	}
	return code;
}

enum { SERIES = 64 }; /* of one sum */

static void put_row(struct buffer *out, const struct record *record, const char *const *names,
		    size_t count, const struct record_sum *sum, uint32_t unit,
		    enum record_format format)
{
	static const char *const columns[] = {"series",  "first",     "last",     "value",   "unit",
					      "figures", "gap_first", "gap_last", "bounded", NULL};
	struct rows rows;
	char text[48];
	const bool gap = sum->gap_first != RECORD_NO_DAY;
	rows_open(&rows, out, format, "sum", columns);
	rows_begin(&rows);
	rows_list(&rows, "series");
	for (size_t i = 0; i < count; i++)
		rows_item(&rows, names[i]);
	rows_list_end(&rows);
	rows_text(&rows, "first", record_day_text(text, sum->first));
	rows_text(&rows, "last", record_day_text(text, sum->last));
	rows_figure(&rows, "value", record_value_text(text, sum->value, false));
	rows_text(&rows, "unit", record_name_of(record, unit));
	rows_count(&rows, "figures", sum->figures);
	rows_maybe(&rows, "gap_first", gap ? record_day_text(text, sum->gap_first) : NULL);
	rows_maybe(&rows, "gap_last", gap ? record_day_text(text, sum->gap_last) : NULL);
	rows_flag(&rows, "bounded", sum->bounded);
	rows_end(&rows);
	rows_close(&rows);
}

int record_sum_write(struct buffer *out, const struct record *record, const char *const *names,
		     size_t count, const struct record_question *question, struct tw_error *error)
{
	uint32_t series[SERIES];
	struct record_sum sum;
	char value[48], first[16], last[16];
	if (!count || count > SERIES)
		return error_set(error, TW_BAD_ARGUMENT, "name the series of the sum, at most %d",
				 SERIES);
	for (size_t i = 0; i < count; i++)
		if ((series[i] = record_series_named(record, names[i], error)) == RECORD_NONE)
			return TW_BAD_ARGUMENT;
	int code = record_sum(&sum, record, series, count, question, error);
	if (code)
		return code;
	const uint32_t unit = record->series[series[0]].unit;
	if (question->format != RECORD_PAGE) {
		put_row(out, record, names, count, &sum, unit, question->format);
		return TW_OK;
	}
	buffer_print(
	    out, "%s %s, %s to %s, of %u figure%s\n", record_value_text(value, sum.value, true),
	    record_text(record, record->names[unit].title), record_day_text(first, sum.first),
	    record_day_text(last, sum.last), sum.figures, sum.figures == 1 ? "" : "s");
	if (sum.gap_first != RECORD_NO_DAY)
		buffer_print(out, "no figure covers %s to %s: those days are not in the sum\n",
			     record_day_text(first, sum.gap_first),
			     record_day_text(last, sum.gap_last));
	if (sum.bounded)
		buffer_text(out, "some of the figures are rounded or bounds, and so is the sum\n");
	return TW_OK;
}
