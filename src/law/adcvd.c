/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the antidumping and countervailing orders of a jurisdiction: a row a case, with the numbers
 * that its notice lists, and of which origins the list is whole. It knows no deposit: that depends
 * on the exporter.
 */
#include "law/reader.h"

#include "common/order.h"
#include "law/file.h"

#include <ctype.h>
#include <string.h>

enum { CASE, ORIGIN, STATE, PRODUCT, CODES, FROM, UNTIL, CITE, CONFIDENCE, NOTE, COLUMNS };
static const char *const columns[] = {"case",  "origin", "state",      "product", "codes", "from",
				      "until", "cite",   "confidence", "note",    NULL};

/* "A-570-967": A or C, the number of the country, that of the case. */
static bool is_case(const char *text)
{
	static const char form[] = "A-000-000";
	if (strlen(text) != sizeof form - 1 || (text[0] != 'A' && text[0] != 'C'))
		return false;
	for (size_t i = 1; form[i]; i++)
		if (form[i] == '0' ? !isdigit((unsigned char)text[i]) : text[i] != form[i])
			return false;
	return true;
}

/* "7604 76061130": numbers of 4 to 10 digits, each of which covers all below it. */
static int read_codes(struct reader *r, const char *text, struct law_pos pos,
		      struct law_adcvd_order *out)
{
	struct vector codes = {0};
	char number[16];
	for (const char *at = text; *at;) {
		size_t n = strcspn(at, " ");
		struct law_range *slot;
		if (n < 4 || n > 10)
			return law_error(
			    r->error, pos,
			    "\"%.*s\" is not a number of an order: 4 to 10 digits, one "
			    "blank between two",
			    (int)(n < 40 ? n : 40), at);
		memcpy(number, at, n);
		number[n] = '\0';
		if (!(slot = read_add(r, &codes, sizeof *slot)))
			return TW_NO_MEMORY;
		int code = text_range(slot, number, pos, r->error);
		if (code)
			return code;
		at += n + (at[n] == ' ');
	}
	out->codes = codes.item;
	out->code_count = codes.count;
	return TW_OK;
}

static int choose(struct reader *r, const char *text, const char *const *words, struct law_pos pos,
		  int *out)
{
	for (*out = 0; words[*out]; ++*out)
		if (!strcmp(words[*out], text))
			return TW_OK;
	return law_error(r->error, pos, "\"%.40s\" is none of %s, %s and %s", text, words[0],
			 words[1], words[2]);
}

static int read_day_cell(struct reader *r, const char *timezone, const struct tsv *tsv, size_t row,
			 int column, tw_time *out)
{
	const char *text = tsv_cell(tsv, row, column);
	return *text ? text_time(out, timezone, text, tsv_pos(tsv, row, column), r->error) : TW_OK;
}

static int read_order(struct reader *r, const struct law_jurisdiction *j, const struct tsv *tsv,
		      const int column[COLUMNS], size_t i, struct law_adcvd_order *out)
{
	static const char *const states[] = {"order", "suspended", "unread", NULL};
	static const char *const sure[] = {"high", "medium", "low", NULL};
	int state, confidence, code;
	const char *cell[COLUMNS];
	struct law_pos pos[COLUMNS];
	for (int k = 0; k < COLUMNS; k++) {
		cell[k] = tsv_cell(tsv, i, column[k]);
		pos[k] = tsv_pos(tsv, i, column[k]);
	}
	out->pos = pos[CASE];
	out->from = TW_TIME_MIN;
	out->until = TW_TIME_MAX;
	if (!is_case(cell[CASE]))
		return law_error(r->error, pos[CASE],
				 "\"%.40s\" is not a case number: write A-570-967, or C-… of a "
				 "countervailing one",
				 cell[CASE]);
	if (!*cell[PRODUCT] || !*cell[CITE])
		return law_error(r->error, pos[CASE], "%s: product and cite must both be given",
				 cell[CASE]);
	out->id = cell[CASE];
	out->product = cell[PRODUCT];
	out->cite = cell[CITE];
	out->note = cell[NOTE];
	if ((code = choose(r, cell[STATE], states, pos[STATE], &state)) ||
	    (code = choose(r, cell[CONFIDENCE], sure, pos[CONFIDENCE], &confidence)) ||
	    (code =
		 read_name(r, &r->country, "country", cell[ORIGIN], pos[ORIGIN], &out->origin)) ||
	    (code = read_codes(r, cell[CODES], pos[CODES], out)) ||
	    (code = read_day_cell(r, j->timezone, tsv, i, column[FROM], &out->from)) ||
	    (code = read_day_cell(r, j->timezone, tsv, i, column[UNTIL], &out->until)))
		return code;
	out->state = (enum law_adcvd_state)state;
	out->confidence = (enum law_confidence)confidence;
	if (out->until <= out->from)
		return law_error(r->error, pos[UNTIL], "until is not after from");
	return TW_OK;
}

static int by_case(const void *a, const void *b)
{
	return strcmp(((const struct law_adcvd_order *)a)->id,
		      ((const struct law_adcvd_order *)b)->id);
}

static int read_orders(struct reader *r, const struct law_jurisdiction *j, const char *name,
		       struct law_adcvd *out)
{
	char folder[3] = {(char)tolower((unsigned char)j->code[0]),
			  (char)tolower((unsigned char)j->code[1]), 0};
	const char *path = file_join(r->arena, folder, name);
	struct tsv tsv;
	int column[COLUMNS];
	if (!path)
		return read_no_memory(r);
	int code = read_tsv(r, path, &tsv);
	if (code || (code = tsv_only(r, &tsv, columns)))
		return code;
	for (int i = 0; i < COLUMNS; i++)
		if ((column[i] = tsv_column(&tsv, columns[i])) < 0)
			return law_error(r->error, (struct law_pos){tsv.path, 1, 1},
					 "column \"%s\" is missing", columns[i]);
	struct law_adcvd_order *orders = read_take(r, tsv.row_count + 1, sizeof *orders);
	if (!orders)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < tsv.row_count; i++)
		if ((code = read_order(r, j, &tsv, column, i, &orders[i])))
			return code;
	order_items(orders, tsv.row_count, sizeof *orders, by_case);
	for (size_t i = 1; i < tsv.row_count; i++)
		if (!by_case(&orders[i - 1], &orders[i]))
			return law_error(r->error, orders[i].pos, "the case is already on line %d",
					 orders[i - 1].pos.line);
	out->orders = orders;
	out->order_count = (uint32_t)tsv.row_count;
	return TW_OK;
}

/* A claim that can say it: `type` is what the line writes. */
static int read_claim_name(struct reader *r, const struct yaml_node *node, const char *key,
			   enum law_claim_type type, uint32_t *out)
{
	const struct law_claim *claims = r->claims.item;
	const char *name;
	int code = read_needed(r, node, key, &name);
	if (code || (code = read_name(r, &r->claim, "claim", name, yaml_get(node, key)->pos, out)))
		return code;
	if (claims[*out].type == type)
		return TW_OK;
	return law_error(r->error, yaml_get(node, key)->pos,
			 "%s: the claim \"%s\" is not of type %s", key, name,
			 type == LAW_CLAIM_WORD ? "word" : "flag_or_word");
}

int read_adcvd(struct reader *r, const struct yaml_node *node, uint32_t jurisdiction)
{
	static const char *const keys[] = {"orders", "whole",      "claim",  "rate", "exporter",
					   "meets",  "incomplete", "unread", "by",   NULL};
	struct law_jurisdiction *j =
	    (struct law_jurisdiction *)r->jurisdictions.item + jurisdiction;
	const char *name, *by;
	bool all = false;
	int code;
	if (!node)
		return TW_OK;
	struct law_adcvd *out = read_take(r, 1, sizeof *out);
	if (!out)
		return TW_NO_MEMORY;
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_needed(r, node, "orders", &name)) ||
	    (code = read_needed(r, node, "by", &by)) ||
	    (code = read_needed(r, node, "meets", &out->meets)) ||
	    (code = read_needed(r, node, "incomplete", &out->incomplete)) ||
	    (code = read_needed(r, node, "unread", &out->unread)) ||
	    (code = read_claim_name(r, node, "claim", LAW_CLAIM_FLAG_OR_WORD, &out->claim)) ||
	    (code = read_claim_name(r, node, "rate", LAW_CLAIM_WORD, &out->rate)) ||
	    (code = read_claim_name(r, node, "exporter", LAW_CLAIM_WORD, &out->exporter)) ||
	    (code = read_name(r, &r->instrument, "instrument", by, yaml_get(node, "by")->pos,
			      &out->by)))
		return code;
	if (yaml_get(node, "whole") &&
	    (code = read_origins(r, yaml_get(node, "whole"), &out->whole, &all)))
		return code;
	if (all)
		memset(&out->whole, 0xff, sizeof out->whole);
	if ((code = read_orders(r, j, name, out)))
		return code;
	j->adcvd = out;
	return TW_OK;
}
