/* SPDX-License-Identifier: Apache-2.0 */
/* Owns headings.tsv and interest.tsv of the law of refunds. */
#include "law/refund_read.h"

#include <string.h>

#include "common/ascii.h"
#include "law/file.h"

enum { ROWS = 4096 }; /* at most, in either table */

struct scan {
	struct refund_read *s;
	struct tsv tsv;
	size_t row;
};

static const char *cell(const struct scan *c, const char *name)
{
	return tsv_cell(&c->tsv, c->row, tsv_column(&c->tsv, name));
}

static struct law_pos place(const struct scan *c, const char *name)
{
	int column = tsv_column(&c->tsv, name);
	return tsv_pos(&c->tsv, c->row, column < 0 ? 0 : column);
}

static int open_table(struct scan *c, const char *name, const char *const *columns)
{
	struct reader *r = c->s->r;
	const char *path = file_join(r->arena, c->s->folder, name);
	int code = path ? read_tsv(r, path, &c->tsv) : read_no_memory(r);
	if (code || (code = tsv_only(r, &c->tsv, columns)))
		return code;
	for (size_t i = 0; columns[i]; i++)
		if (tsv_column(&c->tsv, columns[i]) < 0)
			return law_error(r->error, (struct law_pos){c->tsv.path, 1, 1},
					 "column \"%s\" is missing", columns[i]);
	if (c->tsv.row_count > ROWS)
		return law_error(r->error, (struct law_pos){c->tsv.path, 1, 1}, "more than %d rows",
				 ROWS);
	return TW_OK;
}

static int read_cell_day(const struct scan *c, const char *name, int32_t *out)
{
	tw_time at;
	const char *text = cell(c, name);
	if (strlen(text) != 10)
		return law_error(c->s->r->error, place(c, name),
				 "\"%s\" is not a day: write 2025-03-04", text);
	int code = text_time(&at, "Etc/UTC", text, place(c, name), c->s->r->error);
	*out = (int32_t)(at / 86400);
	return code;
}

static int read_cell_word(const struct scan *c, const char *name, const char *const *words,
			  int *out)
{
	const char *text = cell(c, name);
	for (*out = 0; words[*out]; ++*out)
		if (!strcmp(words[*out], text))
			return TW_OK;
	return law_error(c->s->r->error, place(c, name), "\"%s\" is not a word for \"%s\"", text,
			 name);
}

static int read_code(const struct scan *c, struct law_refund_heading *out)
{
	const char *text = cell(c, "heading");
	int digits = 0;
	for (const char *s = text; *s; s++)
		if (is_digit(*s) && ++digits <= 8)
			out->code = out->code * 10 + (uint32_t)(*s - '0');
	if (digits != 8 || strspn(text, "0123456789.") != strlen(text))
		return law_error(c->s->r->error, place(c, "heading"),
				 "\"%s\" is not a heading: write 9903.01.24", text);
	out->text = text;
	return TW_OK;
}

static int read_heading_row(const struct scan *c, struct law_refund_heading *out)
{
	struct reader *r = c->s->r;
	uint32_t country;
	int kind, confidence, code;
	if ((code = read_code(c, out)) ||
	    (code = read_cell_word(c, "kind", refund_kind_names, &kind)) ||
	    (code = read_cell_word(c, "confidence", refund_confidence, &confidence)) ||
	    (code = refund_cite(c->s, cell(c, "by"), place(c, "by"), &out->by)))
		return code;
	out->kind = (enum refund_kind)kind;
	out->confidence = (enum law_confidence)confidence;
	out->scope = cell(c, "scope");
	out->rate = cell(c, "rate");
	out->note = cell(c, "note");
	out->column1_of = cell(c, "column1_of");
	out->pos = place(c, "heading");
	out->from = INT32_MIN;
	out->through = INT32_MAX;
	if ((*cell(c, "from") && (code = read_cell_day(c, "from", &out->from))) ||
	    (*cell(c, "through") && (code = read_cell_day(c, "through", &out->through))))
		return code;
	if ((out->kind == REFUND_REPLACEMENT) != (*out->column1_of != '\0'))
		return law_error(r->error, place(c, "column1_of"),
				 *out->column1_of
				     ? "only a replacement has a country whose column 1 returns"
				     : "a replacement needs the country whose column 1 returns");
	if (*out->column1_of && (code = read_name(r, &r->country, "country", out->column1_of,
						  place(c, "column1_of"), &country)))
		return code;
	return TW_OK;
}

int refund_headings(struct refund_read *s)
{
	static const char *const columns[] = {"heading",    "kind",    "scope",      "rate",
					      "from",       "through", "column1_of", "by",
					      "confidence", "note",    NULL};
	struct scan c = {.s = s};
	int code = open_table(&c, "headings.tsv", columns);
	struct law_refund_heading *out =
	    code ? NULL : read_take(s->r, c.tsv.row_count, sizeof *out);
	if (!out)
		return code ? code : TW_NO_MEMORY;
	for (c.row = 0; c.row < c.tsv.row_count; c.row++) {
		if ((code = read_heading_row(&c, &out[c.row])))
			return code;
		if (c.row && out[c.row].code <= out[c.row - 1].code)
			return law_error(s->r->error, out[c.row].pos,
					 "headings stand in order, each once");
	}
	s->out->headings = out;
	s->out->heading_count = (uint32_t)c.tsv.row_count;
	return TW_OK;
}

static int read_percent(const struct scan *c, const char *name, struct law_fraction *out)
{
	const char *text = cell(c, name), *at = text;
	bool sound = scan_number(&at, out) && !strcmp(at, "%") && fraction_scale(out, 1, 100);
	if (!sound || out->num < 0 || out->num > out->den || out->den > 100000)
		return law_error(c->s->r->error, place(c, name),
				 "\"%s\" is not a rate of interest: write 6%% or 6.5%%", text);
	return TW_OK;
}

static int read_rate_row(const struct scan *c, struct law_refund_rate *out)
{
	int confidence, code;
	if ((code = read_cell_day(c, "from", &out->from)) ||
	    (code = read_cell_day(c, "through", &out->through)) ||
	    (code = read_percent(c, "corporation", &out->corporation)) ||
	    (code = read_percent(c, "other", &out->other)) ||
	    (code = read_cell_word(c, "confidence", refund_confidence, &confidence)) ||
	    (code = refund_cite(c->s, cell(c, "by"), place(c, "by"), &out->by)))
		return code;
	out->confidence = (enum law_confidence)confidence;
	out->note = cell(c, "note");
	out->pos = place(c, "from");
	if (out->through < out->from)
		return law_error(c->s->r->error, out->pos, "it ends before it begins");
	return TW_OK;
}

int refund_interest(struct refund_read *s)
{
	static const char *const columns[] = {"from", "through",    "corporation", "other",
					      "by",   "confidence", "note",        NULL};
	struct scan c = {.s = s};
	int code = open_table(&c, "interest.tsv", columns);
	struct law_refund_rate *out = code ? NULL : read_take(s->r, c.tsv.row_count, sizeof *out);
	if (!out)
		return code ? code : TW_NO_MEMORY;
	for (c.row = 0; c.row < c.tsv.row_count; c.row++) {
		if ((code = read_rate_row(&c, &out[c.row])))
			return code;
		if (c.row && out[c.row].from != out[c.row - 1].through + 1)
			return law_error(s->r->error, out[c.row].pos,
					 "it does not begin on the day after the row before it");
	}
	s->out->rates = out;
	s->out->rate_count = (uint32_t)c.tsv.row_count;
	return TW_OK;
}
