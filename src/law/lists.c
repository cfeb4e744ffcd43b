/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns lists of tariff codes with their periods. Does not know which measures
 * point to them.
 */
#include "law/reader.h"

#include "common/order.h"
#include "law/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { CODE, FROM, BY, UNTIL, UNTIL_BY, NOTE, ABSENT, COLUMNS };
static const char *const columns[] = {"code",     "from", "by",     "until",
				      "until_by", "note", "absent", NULL};

static int read_facts(struct reader *r, const struct tsv *tsv, struct law_list *list)
{
	static const char *const facts[] = {"list", "title", "by", "confidence", "note"};
	static const char *const confidence[] = {"high", "medium", "low", "contested"};
	const char **slot[] = {&list->name, &list->title, NULL, &list->confidence, &list->note};
	const char *by = NULL;
	list->confidence = "high";
	slot[2] = &by;
	for (size_t i = 0; i < tsv->fact_count; i++) {
		char hint[160];
		struct nearest nearest = {.word = tsv->fact_key[i]};
		size_t k = 0;
		for (; k < 5 && strcmp(facts[k], tsv->fact_key[i]) != 0; k++)
			nearest_try(&nearest, facts[k]);
		if (k == 5)
			return law_error(r->error, (struct law_pos){tsv->path, (int)i + 1, 3},
					 "unknown key \"%s\"%s", tsv->fact_key[i],
					 nearest_hint(&nearest, hint));
		*slot[k] = tsv->fact_value[i];
	}
	list->pos = (struct law_pos){tsv->path, 1, 1};
	if (!list->name || !list->title || !by)
		return law_error(r->error, list->pos, "\"# %s:\" is missing above the header row",
				 !list->name    ? "list"
				 : !list->title ? "title"
						: "by");
	size_t k = 0;
	while (k < 4 && strcmp(confidence[k], list->confidence) != 0)
		k++;
	if (k == 4)
		return law_error(r->error, list->pos,
				 "\"%s\" is not a confidence: high, medium, low or contested",
				 list->confidence);
	return read_name(r, &r->instrument, "instrument", by, list->pos, &list->by);
}

struct row_scan {
	struct reader *r;
	const struct tsv *tsv;
	size_t row;
	int column[COLUMNS];
	const struct law_list *list;
};

static const char *cell(const struct row_scan *s, int which)
{
	return tsv_cell(s->tsv, s->row, s->column[which]);
}

static struct law_pos place(const struct row_scan *s, int which)
{
	return tsv_pos(s->tsv, s->row, s->column[which]);
}

/* A time and an instrument from two cells; blank: as the end was. */
static int read_end_cells(const struct row_scan *s, int at, int by, struct law_end *out)
{
	struct reader *r = s->r;
	const struct law_jurisdiction *j = r->law->jurisdictions + s->list->jurisdiction;
	uint32_t instrument = s->list->by;
	int code;
	if (*cell(s, by) && (code = read_name(r, &r->instrument, "instrument", cell(s, by),
					      place(s, by), &instrument)))
		return code;
	if (by == UNTIL_BY && *cell(s, by) && !*cell(s, at))
		return law_error(r->error, place(s, by), "an instrument without a time");
	if (*cell(s, by) || *cell(s, at))
		out->by = instrument;
	if (!*cell(s, at))
		return TW_OK;
	return text_time(&out->at, j->timezone, cell(s, at), place(s, at), r->error);
}

static int by_code(const void *a, const void *b)
{
	const struct law_list_row *x = *(const struct law_list_row *const *)a,
				  *y = *(const struct law_list_row *const *)b;
	if (x->codes.low != y->codes.low)
		return x->codes.low < y->codes.low ? -1 : 1;
	if (x->codes.high != y->codes.high)
		return x->codes.high < y->codes.high ? -1 : 1;
	if (x->from.at != y->from.at)
		return x->from.at < y->from.at ? -1 : 1;
	return x->pos.line < y->pos.line ? -1 : x->pos.line > y->pos.line;
}

/* No code may stand in a list twice on one day. */
static int check_overlap(struct reader *r, const struct law_list *list)
{
	const struct law_list_row **sorted = read_take(r, list->row_count, sizeof *sorted);
	if (!sorted)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < list->row_count; i++)
		sorted[i] = &list->rows[i];
	order_items(sorted, list->row_count, sizeof *sorted, by_code);
	for (uint32_t i = 1; i < list->row_count; i++) {
		const struct law_list_row *a = sorted[i - 1], *b = sorted[i];
		if (a->codes.low == b->codes.low && a->codes.high == b->codes.high &&
		    b->from.at < a->until.at)
			return law_error(r->error, b->pos.line > a->pos.line ? b->pos : a->pos,
					 "the code is already on line %d, for days that overlap",
					 b->pos.line > a->pos.line ? a->pos.line : b->pos.line);
	}
	return TW_OK;
}

static int read_row(const struct row_scan *s, struct law_list_row *row)
{
	struct reader *r = s->r;
	const char *text = cell(s, CODE);
	int code;
	row->pos = place(s, CODE);
	row->note = cell(s, NOTE);
	row->absent = cell(s, ABSENT);
	row->from = (struct law_end){TW_TIME_MIN, s->list->by};
	row->until = (struct law_end){TW_TIME_MAX, LAW_NONE};
	if (strchr(text, '.'))
		return law_error(r->error, row->pos, "\"%s\": write codes of lists without dots",
				 text);
	if ((code = text_range(&row->codes, text, row->pos, r->error)) ||
	    (code = read_end_cells(s, FROM, BY, &row->from)) ||
	    (code = read_end_cells(s, UNTIL, UNTIL_BY, &row->until)))
		return code;
	if (row->until.at <= row->from.at)
		return law_error(r->error, place(s, UNTIL), "until is not after from");
	return TW_OK;
}

static int read_rows(struct reader *r, const struct tsv *tsv, struct law_list *list)
{
	struct row_scan s = {.r = r, .tsv = tsv, .list = list};
	for (int i = 0; i < COLUMNS; i++)
		s.column[i] = tsv_column(tsv, columns[i]);
	if (!tsv->row_count)
		return law_error(r->error, list->pos, "the list \"%s\" holds no codes", list->name);
	struct law_list_row *rows = read_take(r, tsv->row_count, sizeof *rows);
	if (!rows)
		return TW_NO_MEMORY;
	for (; s.row < tsv->row_count; s.row++) {
		int code = read_row(&s, &rows[s.row]);
		if (code)
			return code;
	}
	list->rows = rows;
	list->row_count = (uint32_t)tsv->row_count;
	return check_overlap(r, list);
}

static int read_list(struct reader *r, const char *path, uint32_t jurisdiction)
{
	struct tsv tsv;
	int code = read_tsv(r, path, &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	struct law_list list = {.jurisdiction = jurisdiction};
	if ((code = read_facts(r, &tsv, &list)) || (code = read_rows(r, &tsv, &list)))
		return code;
	uint32_t before = table_find(&r->list, list.name);
	struct law_pos first = {0};
	if (before != LAW_NONE)
		first = ((struct law_list *)r->lists.item)[before].pos;
	if ((code = read_enter(r, &r->list, "list", list.name, r->lists.count, list.pos, first)))
		return code;
	struct law_list *slot = read_add(r, &r->lists, sizeof *slot);
	if (!slot)
		return TW_NO_MEMORY;
	*slot = list;
	return TW_OK;
}

int read_lists(struct reader *r, uint32_t jurisdiction)
{
	const struct law_jurisdiction *j = r->law->jurisdictions + jurisdiction;
	char code[3] = {(char)tolower((unsigned char)j->code[0]),
			(char)tolower((unsigned char)j->code[1]), 0};
	const char **name, *folder = file_join(r->arena, code, "lists");
	size_t count;
	const char *full = folder ? file_join(r->arena, r->folder, folder) : NULL;
	if (!full || file_list(&name, &count, r->arena, full, ".tsv"))
		return read_no_memory(r);
	for (size_t i = 0; i < count; i++) {
		const char *path = file_join(r->arena, folder, name[i]);
		int result = path ? read_list(r, path, jurisdiction) : read_no_memory(r);
		if (result)
			return result;
	}
	r->law->lists = r->lists.item;
	r->law->list_count = r->lists.count;
	return TW_OK;
}
