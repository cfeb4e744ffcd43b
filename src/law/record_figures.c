/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the series of the record and their figures. What may be summed is held
 * here: members of a group that is apart do not overlap, measure one thing and
 * are parts of one whole.
 */
#include "law/record_read.h"

#include <string.h>

static int read_series_row(struct record_read *s, struct law_record_series *series)
{
	struct law_record_series *row = &series[s->row];
	const char *unit, *actor;
	uint32_t had = table_find(&s->series, record_cell(s, "series"));
	int kind, code;
	row->pos = record_place(s, "series");
	if ((code = record_needed(s, "series", &row->name)) ||
	    (code = record_needed(s, "title", &row->title)) ||
	    (code = record_needed(s, "topic", &row->topic)) ||
	    (code = record_needed(s, "unit", &unit)) ||
	    (code = record_needed(s, "actor", &actor)) ||
	    (code = record_word(s, "kind", record_measured_names, &kind)) ||
	    (code = read_name(s->r, &s->unit, "unit", unit, record_place(s, "unit"), &row->unit)) ||
	    (code =
		 read_name(s->r, &s->actor, "actor", actor, record_place(s, "actor"), &row->actor)))
		return code;
	row->kind = (enum record_measured)kind;
	row->program = record_cell(s, "program");
	if (*row->program && !record_has_program(s, row->program))
		return law_error(s->r->error, record_place(s, "program"),
				 "no program of the law is \"%s\"", row->program);
	row->apart = record_cell(s, "apart");
	if ((kind >= RECORD_SHARE) != !strcmp(unit, "percent"))
		return law_error(s->r->error, record_place(s, "unit"),
				 "shares and changes are in percent, and nothing else is");
	return read_enter(s->r, &s->series, "series", row->name, (uint32_t)s->row, row->pos,
			  had == UINT32_MAX ? row->pos : series[had].pos);
}

/* Is the one, by any number of steps, a part of the other? */
static bool is_part(const struct law_record *record, uint32_t part, uint32_t whole, uint32_t depth)
{
	const struct law_record_series *series = &record->series[part];
	for (uint32_t i = 0; i < series->part_count; i++)
		if (series->part_of[i] == whole ||
		    (depth && is_part(record, series->part_of[i], whole, depth - 1)))
			return true;
	return false;
}

/* Are there wholes of wholes beyond what sums look through? */
static bool is_deep(const struct law_record *record, uint32_t part, uint32_t depth)
{
	const struct law_record_series *series = &record->series[part];
	for (uint32_t i = 0; i < series->part_count; i++)
		if (!depth || is_deep(record, series->part_of[i], depth - 1))
			return true;
	return false;
}

static bool one_whole(const struct law_record_series *a, const struct law_record_series *b)
{
	for (uint32_t i = 0; i < a->part_count; i++)
		for (uint32_t k = 0; k < b->part_count; k++)
			if (a->part_of[i] == b->part_of[k])
				return true;
	return false;
}

static int check_apart(const struct record_read *s, uint32_t at)
{
	const struct law_record_series *series = s->out->series, *a = &series[at];
	struct law_pos pos = record_place(s, "apart");
	if (a->kind != RECORD_FLOW)
		return law_error(s->r->error, pos,
				 "\"%s\" is not a flow: its figures are never summed", a->name);
	for (uint32_t i = 0; i < at; i++) {
		const struct law_record_series *b = &series[i];
		if (strcmp(a->apart, b->apart) != 0)
			continue;
		if (is_part(s->out, at, i, RECORD_DEPTH) || is_part(s->out, i, at, RECORD_DEPTH))
			return law_error(s->r->error, pos,
					 "\"%s\" and \"%s\" (line %d) overlap, one is a part of "
					 "the other: they are not apart",
					 a->name, b->name, b->pos.line);
		if (a->unit != b->unit)
			return law_error(s->r->error, pos,
					 "\"%s\" and \"%s\" (line %d) have different units: they "
					 "cannot be summed",
					 a->name, b->name, b->pos.line);
		if (!one_whole(a, b))
			return law_error(s->r->error, pos,
					 "\"%s\" and \"%s\" (line %d) are parts of no one series: "
					 "what keeps them apart is not known",
					 a->name, b->name, b->pos.line);
	}
	return TW_OK;
}

/* "# fiscal-year: 10-01": the month and day on which one begins. */
static int read_fiscal_year(struct record_read *s)
{
	const char *text = tsv_fact(&s->tsv, "fiscal-year");
	char day[11] = "2001-";
	int32_t at;
	if (!text)
		return TW_OK;
	struct law_pos pos = {s->tsv.path, 1, 1};
	if (strlen(text) != 5)
		return law_error(s->r->error, pos, "\"%s\" is not a month and a day: write 10-01",
				 text);
	memcpy(day + 5, text, 6);
	int code = record_days(s, "series", day, &at);
	int year, month, of_month;
	if (code)
		return code;
	time_date(at, &year, &month, &of_month);
	s->out->fiscal_month = (uint32_t)month;
	s->out->fiscal_day = (uint32_t)of_month;
	return TW_OK;
}

int record_series(struct record_read *s)
{
	static const char *const columns[] = {"series",  "title", "topic",   "unit",  "kind",
					      "part_of", "apart", "program", "actor", NULL};
	int code = record_table(s, "series.tsv", columns);
	uint32_t count = (uint32_t)s->tsv.row_count;
	struct law_record_series *series = code ? NULL : read_take(s->r, count, sizeof *series);
	s->out->series = series;
	s->out->series_count = count;
	if (!code && !series)
		code = TW_NO_MEMORY;
	if (!code)
		code = read_fiscal_year(s);
	for (s->row = 0; !code && s->row < count; s->row++)
		code = read_series_row(s, series);
	for (s->row = 0; !code && s->row < count; s->row++)
		code = record_names(s, "part_of", &s->series, "series", &series[s->row].part_of,
				    &series[s->row].part_count);
	for (s->row = 0; !code && s->row < count; s->row++) {
		if (is_part(s->out, (uint32_t)s->row, (uint32_t)s->row, RECORD_DEPTH))
			code = law_error(s->r->error, record_place(s, "part_of"),
					 "\"%s\" is a part of itself", series[s->row].name);
		else if (is_deep(s->out, (uint32_t)s->row, RECORD_DEPTH))
			code =
			    law_error(s->r->error, record_place(s, "part_of"),
				      "\"%s\" is a part of a part, and so on, more than %d times",
				      series[s->row].name, RECORD_DEPTH);
		else if (*series[s->row].apart)
			code = check_apart(s, (uint32_t)s->row);
	}
	return code;
}

/* "2025-01-01/2025-06-26": the figure of the series for that period. */
static int read_revised(const struct record_read *s, const struct law_record_figure *figures,
			struct law_record_figure *figure)
{
	const char *text = record_cell(s, "revises");
	const char *slash = strchr(text, '/');
	char first[11] = "";
	int32_t days[2];
	int code;
	figure->revises = LAW_NONE;
	if (!*text)
		return TW_OK;
	if (!slash || slash - text != 10)
		return law_error(s->r->error, record_place(s, "revises"),
				 "\"%s\" is not a period: write 2025-01-01/2025-06-26", text);
	memcpy(first, text, 10);
	if ((code = record_days(s, "revises", first, &days[0])) ||
	    (code = record_days(s, "revises", slash + 1, &days[1])))
		return code;
	for (size_t i = 0; i < s->tsv.row_count; i++)
		if (i != s->row && figures[i].series == figure->series &&
		    figures[i].first == days[0] && figures[i].last == days[1])
			figure->revises = (uint32_t)i;
	if (figure->revises == LAW_NONE || (days[0] == figure->first && days[1] == figure->last))
		return law_error(s->r->error, record_place(s, "revises"),
				 "the series has no figure for another period %s", text);
	return TW_OK;
}

static int read_figure(struct record_read *s, struct law_record_figure *figure)
{
	const char *series, *value = record_cell(s, "value");
	int bound, state, basis, code;
	figure->pos = record_place(s, "series");
	figure->published = RECORD_NO_DAY;
	if ((code = record_needed(s, "series", &series)) ||
	    (code = read_name(s->r, &s->series, "series", series, figure->pos, &figure->series)) ||
	    (code = record_day(s, "first", &figure->first)) ||
	    (code = record_day(s, "last", &figure->last)) ||
	    (*record_cell(s, "published") &&
	     (code = record_day(s, "published", &figure->published))) ||
	    (code = record_word(s, "bound", record_bound_names, &bound)) ||
	    (code = record_word(s, "state", record_state_names, &state)) ||
	    (code = record_word(s, "basis", record_basis_names, &basis)) ||
	    (code = record_source(s, &figure->source, &figure->confidence)))
		return code;
	if (!record_value_read(&figure->value, value))
		return law_error(s->r->error, record_place(s, "value"),
				 "\"%s\" is not a number with at most three decimals: write 1234.5",
				 value);
	figure->bound = (enum record_bound)bound;
	figure->state = (enum record_state)state;
	figure->basis = (enum record_basis)basis;
	figure->note = record_cell(s, "note");
	return TW_OK;
}

static int check_figure(const struct record_read *s, const struct law_record_figure *figures)
{
	const struct law_record_figure *f = &figures[s->row], *before = s->row ? f - 1 : NULL;
	struct tw_error *error = s->r->error;
	const bool same = before && before->series == f->series;
	if (f->last < f->first)
		return law_error(error, record_place(s, "last"),
				 "the period ends before it begins");
	if (f->published != RECORD_NO_DAY && f->published < f->last)
		return law_error(error, record_place(s, "published"),
				 "published before the period ended");
	if ((f->source == LAW_NONE) != (f->basis != RECORD_SOURCED))
		return law_error(error, record_place(s, f->basis ? "basis" : "source"),
				 f->basis
				     ? "a figure with a source has no other basis"
				     : "a figure needs a source, or a basis: computed, recalled");
	if (before && f->series < before->series)
		return law_error(error, f->pos, "figures stand in the order of series.tsv");
	if (same &&
	    (f->first < before->first || (f->first == before->first && f->last < before->last)))
		return law_error(error, record_place(s, "first"),
				 "this period stands behind a later one: order them by first and "
				 "last day");
	if (!same || f->first != before->first || f->last != before->last)
		return TW_OK;
	if (f->value == before->value && f->published == before->published &&
	    f->source == before->source)
		return law_error(error, record_place(s, "value"),
				 "this figure stands on line %d already", before->pos.line);
	if (f->published != RECORD_NO_DAY && before->published != RECORD_NO_DAY &&
	    f->published < before->published)
		return law_error(error, record_place(s, "published"),
				 "published before the figure above it, which it would revise");
	return TW_OK;
}

int record_figures(struct record_read *s)
{
	static const char *const columns[] = {
	    "series",  "first",  "last",  "value",      "bound", "state", "published",
	    "revises", "source", "basis", "confidence", "note",  NULL};
	int code = record_table(s, "figures.tsv", columns);
	uint32_t count = (uint32_t)s->tsv.row_count;
	struct law_record_figure *figures = code ? NULL : read_take(s->r, count, sizeof *figures);
	s->out->figures = figures;
	s->out->figure_count = count;
	if (!code && !figures)
		code = TW_NO_MEMORY;
	for (s->row = 0; !code && s->row < count; s->row++)
		if (!(code = read_figure(s, &figures[s->row])))
			code = check_figure(s, figures);
	for (s->row = 0; !code && s->row < count; s->row++)
		code = read_revised(s, figures, &figures[s->row]);
	return code;
}
