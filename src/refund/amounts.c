/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what is at stake on an entry: the duty as it was paid on the rows of
 * dutiable headings, never a rate times a value. Where a heading stands in
 * place of the column 1 duty, that duty becomes due again and is taken off.
 */
#include "common/instant.h"
#include "refund/entry.h"

#include <stdio.h>
#include <string.h>

#include "common/fit.h"
#include "common/money.h"
#include "common/order.h"
#include "common/tariff_code.h"

/* Rows of one line are held against each other; a line of more than this is not computed. */
enum { LINE_ROWS = 8192 };

/* The rows of one line of the entry, and what they add up to. */
struct line {
	struct refund_row *row;
	size_t count;
	const struct refunds_heading *replaces;
	tw_money paid; /* under codes of goods */
	bool has_goods, has_provision;
};

static int by_line(const void *a, const void *b)
{
	const struct refund_row *x = a, *y = b;
	int order = strncmp(x->line, y->line, sizeof x->line);
	if (!order && !x->line[0] && x->goods != y->goods)
		order = x->goods < y->goods ? -1 : 1;
	return order ? order : memcmp(&x->at, &y->at, sizeof x->at);
}

static bool same_line(const struct refund_row *a, const struct refund_row *b)
{
	return !strncmp(a->line, b->line, sizeof a->line) && (a->line[0] || a->goods == b->goods);
}

static bool is_tariff(const struct refund_row *row)
{
	return row->code_digits || row->has_duty || row->bad & (ROW_BAD_CODE | ROW_BAD_DUTY);
}

/* "9903.01.24", "line 2: 9903.01.24". */
static const char *name_row(char out[48], const struct refund_row *row)
{
	char digits[24], dotted[16] = "";
	snprintf(digits, sizeof digits, "%0*llu", (int)row->code_digits,
		 (unsigned long long)row->code);
	if (row->code_digits >= 4)
		tariff_code_print(dotted, digits);
	snprintf(out, 48, "%s%.12s%s%s", row->line[0] ? "line " : "", row->line,
		 row->line[0] ? ": " : "", dotted);
	return out;
}

static const struct refunds_heading *heading_of(const struct refunder *r,
						const struct refund_row *row)
{
	if (row->code_digits != 8 && row->code_digits != 10)
		return NULL;
	return refunds_heading(&r->law,
			       (uint32_t)(row->code_digits == 10 ? row->code / 100 : row->code));
}

/* Not listed, and of a family that the law lists: nobody can say what it is. */
static bool is_near(const struct refunder *r, const struct refund_row *row)
{
	uint64_t front = row->code;
	for (uint32_t i = row->code_digits; i > 6; i--)
		front /= 10;
	for (uint32_t i = 0; i < r->law.count[REFUNDS_HEADINGS]; i++) {
		const struct refunds_heading *h = &r->law.headings[i];
		if (h->kind <= REFUND_REPLACEMENT && h->code / 100 == front)
			return true;
	}
	return false;
}

/* The sum stays within the range of an amount. */
static void add_money(struct refunder *r, tw_money *sum, tw_money amount)
{
	*sum += amount;
	if (-TW_MONEY_LIMIT <= *sum && *sum <= TW_MONEY_LIMIT)
		return;
	*sum = 0;
	if (!r->entry.is_too_large)
		refund_note(r, "its duties are above what is computed");
	r->entry.is_too_large = r->entry.amount_unknown = true;
}

static void add_paid(struct refunder *r, const struct refunds_heading *h, tw_money amount)
{
	uint32_t index = (uint32_t)(h - r->law.headings);
	if (!r->is_touched[index]) {
		r->is_touched[index] = true;
		r->touched[r->answer.heading_count++] = index;
	}
	add_money(r, &r->paid[index], amount);
	add_money(r, &r->entry.removable, amount);
}

static void note_period(struct refunder *r, const struct refunds_heading *h,
			const struct refund_row *row)
{
	char name[48], day[16];
	int32_t entered = r->entry.entry_date;
	if (entered == REFUND_NO_DAY || (h->from <= entered && entered <= h->through))
		return;
	refund_note(r, "%s was not in force on %s", name_row(name, row),
		    time_print_day(day, entered));
}

static void take_dutiable(struct refunder *r, struct line *line, const struct refund_row *row,
			  const struct refunds_heading *h)
{
	char name[48];
	r->entry.is_dutiable = true;
	note_period(r, h, row);
	if (!row->has_duty) {
		refund_note(r, "asked for: the duty of %s", name_row(name, row));
		r->entry.amount_unknown = true;
	}
	add_paid(r, h, row->duty);
	if (h->kind != REFUND_REPLACEMENT)
		return;
	if (line->replaces && line->replaces != h) {
		refund_note(r, "%s: two headings stand in place of the column 1 duty",
			    name_row(name, row));
		r->entry.amount_unknown = true;
	}
	line->replaces = h;
}

static void take_layer(struct refunder *r, struct line *line, const struct refund_row *row)
{
	const struct refunds_heading *h = heading_of(r, row);
	char name[48], amount[32];
	money_print(amount, row->duty);
	if (!h) {
		if (!is_near(r, row))
			return; /* of other duties */
		refund_note(r,
			    "%s is not among the headings known: whether %s under it is refunded "
			    "cannot be told",
			    name_row(name, row), row->has_duty ? amount : "a duty");
		r->entry.is_doubtful = true;
		r->entry.amount_unknown |= !row->has_duty || row->duty;
	} else if (h->kind == REFUND_ADDITIVE || h->kind == REFUND_REPLACEMENT) {
		take_dutiable(r, line, row, h);
	} else if (h->kind != REFUND_UNCLEAR) {
		if (row->duty)
			refund_note(r, "%s carries no duty: %s under it is not counted",
				    name_row(name, row), amount);
	} else if (row->duty) {
		refund_note(r, "%s: %s; counted, %s", name_row(name, row),
			    refunds_text(&r->law, h->scope), refunds_text(&r->law, h->note));
		take_dutiable(r, line, row, h);
	} else if (!row->has_duty) {
		refund_note(r, "asked for: the duty of %s", name_row(name, row));
		r->entry.is_doubtful = r->entry.amount_unknown = true;
	}
}

/* Which row tells the same as an earlier one: none, all of it, or the number alone. */
enum twin { TWIN_NONE, TWIN_SAME, TWIN_OTHER };

static enum twin twin_of(const struct line *line, size_t at)
{
	const struct refund_row *row = &line->row[at];
	for (size_t i = 0; i < at; i++) {
		const struct refund_row *other = &line->row[i];
		bool equal = other->code == row->code && other->code_digits == row->code_digits &&
			     other->duty == row->duty && other->value == row->value &&
			     other->has_duty == row->has_duty;
		bool other_goods = other->goods && row->goods && other->goods != row->goods;
		bool apart = memcmp(other->at.file, row->at.file, sizeof row->at.file) != 0;
		if (!is_tariff(other))
			continue;
		if (row->ordinal >= 0 && other->ordinal >= 0) {
			if (row->ordinal == other->ordinal)
				return equal ? TWIN_SAME : TWIN_OTHER;
		} else if (row->line[0] ? other->code == row->code && !other_goods
					: equal && apart) {
			return TWIN_OTHER;
		}
	}
	return TWIN_NONE;
}

/* Whether the row counts. A number twice in a line may be one row twice or two duties. */
static bool is_once(struct refunder *r, const struct line *line, size_t at)
{
	char name[48], place[300];
	enum twin twin = twin_of(line, at);
	const struct refund_row *row = &line->row[at];
	if (twin == TWIN_SAME)
		refund_note(r, "%s stands twice, counted once (%s)", name_row(name, row),
			    refund_place_text(place, r, row));
	if (twin == TWIN_OTHER) {
		refund_note(r, "%s stands twice (%s): once or twice?", name_row(name, row),
			    refund_place_text(place, r, row));
		r->entry.amount_unknown = true;
		/* Two duties under one code of goods: a heading may not have been read. */
		for (size_t i = 0; i < at && !row->is_layer; i++)
			r->entry.is_doubtful |=
			    line->row[i].code == row->code && line->row[i].duty != row->duty;
	}
	return twin == TWIN_NONE;
}

/* The amount of it is not known; under which heading it stands may be. */
static void take_unread(struct refunder *r, const struct refund_row *row)
{
	char place[300];
	refund_note(r, "not read: %s", refund_place_text(place, r, row));
	r->entry.amount_unknown = true;
	if (row->bad & (ROW_BAD_CODE | ROW_BAD_ROW)) {
		r->entry.is_doubtful = true;
		return;
	}
	const struct refunds_heading *h = row->is_layer ? heading_of(r, row) : NULL;
	if (h && (h->kind == REFUND_ADDITIVE || h->kind == REFUND_REPLACEMENT))
		r->entry.is_dutiable = true;
	else if (h ? h->kind == REFUND_UNCLEAR : row->is_layer && is_near(r, row))
		r->entry.is_doubtful = true;
}

static void take_row(struct refunder *r, struct line *line, const struct refund_row *row)
{
	r->entry.has_tariff = true;
	if (row->bad & (ROW_BAD_CODE | ROW_BAD_DUTY | ROW_BAD_ROW | ROW_BAD_LINE)) {
		take_unread(r, row);
		return;
	}
	if (row->is_layer) {
		take_layer(r, line, row);
		return;
	}
	line->has_provision |= row_chapter(row) == r->law.terms->provisions;
	line->has_goods = true;
	add_money(r, &line->paid, row->duty);
}

/* The value of the goods: on their own row; else the one that the rows of duties agree on. */
static bool find_value(struct refund_row *goods, const struct line *line)
{
	tw_money value = goods->has_value ? goods->value : 0;
	for (size_t i = 0; i < line->count && !value; i++)
		value = line->row[i].value;
	for (size_t i = 0; i < line->count; i++)
		if (!(goods->has_value && goods->value) && line->row[i].value &&
		    line->row[i].value != value)
			return false;
	goods->value = value;
	return value > 0;
}

/* Quantities may stand on the row of a duty alone. */
static void find_quantity(struct refund_row *goods, const struct line *line)
{
	for (size_t i = 0; i < line->count; i++) {
		const struct refund_row *row = &line->row[i];
		if (!*goods->qty && *row->qty) {
			memcpy(goods->qty, row->qty, sizeof goods->qty);
			memcpy(goods->unit, row->unit, sizeof goods->unit);
		}
		if (!*goods->qty2 && *row->qty2) {
			memcpy(goods->qty2, row->qty2, sizeof goods->qty2);
			memcpy(goods->unit2, row->unit2, sizeof goods->unit2);
		}
		if (!*goods->spi)
			memcpy(goods->spi, row->spi, sizeof goods->spi);
	}
}

/* The goods of a line: their own rows; else as the rows of the duties name them. */
static size_t next_goods(struct refund_row *out, const struct line *line, size_t at)
{
	for (; line->has_goods && at < line->count; at++)
		if (is_tariff(&line->row[at]) && !line->row[at].is_layer &&
		    twin_of(line, at) == TWIN_NONE) {
			*out = line->row[at];
			return at + 1;
		}
	for (; !line->has_goods && !at && at < line->count; at++) {
		for (size_t i = 0; i < line->count; i++)
			if (line->row[i].goods_digits) {
				*out = line->row[i];
				out->code = out->goods;
				out->code_digits = out->goods_digits;
				return line->count;
			}
	}
	return 0;
}

static bool owe_again(struct refunder *r, const struct line *line, tw_money *owed)
{
	struct refund_row goods;
	char why[240], name[48];
	size_t at = 0;
	*owed = 0;
	if (line->has_provision) {
		refund_note(r,
			    "%s: chapter %u stands on the line; what becomes due again is not "
			    "computed",
			    name_row(name, &line->row[0]), (unsigned)r->law.terms->provisions);
		return false;
	}
	while ((at = next_goods(&goods, line, at))) {
		tw_money one = 0;
		find_quantity(&goods, line);
		bool known = find_value(&goods, line);
		if (known)
			known = refund_base(&one, why, r, &goods, line->replaces);
		else
			fit_print(why, sizeof why, "asked for: the value of the goods");
		if (!known) {
			refund_note(r,
				    "the column 1 duty that becomes due again is not known: %s: "
				    "%s",
				    name_row(name, &goods), why);
			return false;
		}
		add_money(r, owed, one);
		if (!line->has_goods || at >= line->count)
			return true;
	}
	if (!line->has_goods)
		refund_note(r, "asked for: the code of the goods of %s",
			    name_row(name, &line->row[0]));
	return line->has_goods;
}

static void take_line(struct refunder *r, struct line *line)
{
	tw_money owed;
	if (line->count > LINE_ROWS) {
		refund_note(r, "a line has %zu rows, more than %d: its amounts are not computed",
			    line->count, LINE_ROWS);
		r->entry.has_tariff = r->entry.amount_unknown = r->entry.is_doubtful = true;
		return;
	}
	for (size_t i = 0; i < line->count; i++)
		if (is_tariff(&line->row[i]) && is_once(r, line, i))
			take_row(r, line, &line->row[i]);
	if (!line->replaces)
		return;
	if (!owe_again(r, line, &owed)) {
		r->entry.amount_unknown = true;
		return;
	}
	char again[32], paid[32];
	money_print(again, owed);
	money_print(paid, line->paid);
	refund_note(r, "%s: column 1 duty of %s becomes due again, %s of it is paid",
		    refunds_text(&r->law, line->replaces->text), again, paid);
	if (line->paid > owed) {
		money_print(again, line->paid - owed);
		refund_note(r, "%s beyond it is column 1 duty, which is not refunded here", again);
	} else {
		add_paid(r, line->replaces, line->paid - owed);
	}
}

void refund_amounts(struct refunder *r)
{
	struct refund_entry *e = &r->entry;
	order_items(e->rows, e->count, sizeof *e->rows, by_line);
	for (size_t i = 0; i < e->count;) {
		struct line line = {.row = &e->rows[i]};
		while (i + line.count < e->count && same_line(&line.row[0], &line.row[line.count]))
			line.count++;
		take_line(r, &line);
		i += line.count;
	}
	if (e->is_dutiable)
		e->fact[REFUND_HEADINGS] = REFUND_HEADINGS_DUTIABLE;
	else if (e->has_tariff && !e->is_doubtful)
		e->fact[REFUND_HEADINGS] = REFUND_HEADINGS_NONE;
	if (!e->has_tariff || (e->is_doubtful && !e->is_dutiable))
		e->amount_unknown = true;
	if (e->removable < 0) {
		refund_note(r, "more becomes due again than was paid: nothing is refunded");
		e->removable = 0;
		for (size_t i = 0; i < r->answer.heading_count; i++)
			r->paid[r->touched[i]] = 0; /* sums by heading are sums of answers */
	}
}
