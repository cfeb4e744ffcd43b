/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ACE report ES-003: the tariff rows of one entry summary line. The row of a
 * goods chapter is the line; the special chapters' rows (the last two of the
 * nomenclature) say what the filer declared beside it.
 */
#include "lines/item.h"

#include <stdio.h>
#include <string.h>

#include "common/money.h"
#include "common/tariff_code.h"
#include "lines/decimal.h"

enum row_kind { ROW_GOODS, ROW_PROVISION, ROW_LAYER };

struct es003_row {
	struct tw_text code, value, duty;
	tw_money worth; /* of value, 0 if not readable */
};

static struct tw_text cell(const struct item *item, int column)
{
	if (column < 0 || (size_t)column >= item->row->count)
		return (struct tw_text){0};
	return csv_value(item->row->field[column]);
}

static enum row_kind kind_of(struct tw_text code)
{
	if (code.length < 2 || code.at[0] != '9')
		return ROW_GOODS;
	return code.at[1] == '9' ? ROW_LAYER : code.at[1] == '8' ? ROW_PROVISION : ROW_GOODS;
}

static int shown(struct tw_text text)
{
	return (int)(text.length < 40 ? text.length : 40);
}

static void declare(struct item *item, const struct es003_row *row)
{
	struct finding_declared *declared = &item->declared;
	if (declared->count == FINDING_ROWS) {
		item_refuse(item, "too-many-rows", "", "more than %d tariff rows in one line",
			    FINDING_ROWS);
		return;
	}
	char *to = declared->row[declared->count].heading;
	size_t length = 0;
	for (size_t i = 0; i < row->code.length && length < 23; i++)
		if (row->code.at[i] >= '0' && row->code.at[i] <= '9')
			to[length++] = row->code.at[i];
	to[length] = '\0';
	tw_money *amount = &declared->row[declared->count++].amount;
	const char *right;
	if (!row->duty.length)
		*amount = 0;
	else if (!money_parse(amount, row->duty, &right)) {
		*amount = -1;
		item_note(item,
			  "declared-unreadable: the duty on the row of %s, `%.*s`, is not an "
			  "amount; it counts as not declared",
			  to, shown(row->duty), row->duty.at);
	}
	if (*amount > 0 && (declared->amount += *amount) > TW_MONEY_LIMIT)
		item_refuse(item, "bad-value", "duty",
			    "the duties on the rows of the line are over %lld together",
			    (long long)(TW_MONEY_LIMIT / TW_MONEY_UNIT));
}

static void read_row(struct es003_row *row, struct item *item, const struct columns *columns)
{
	const char *right;
	row->code = tariff_code_trim(cell(item, columns->at[TW_COLUMN_HTS]));
	row->value = cell(item, columns->at[TW_COLUMN_VALUE]);
	row->duty = decimal_read(item, columns, cell(item, columns->at[FIELD_DECLARED]), "duty");
	row->value = decimal_read(item, columns, row->value, "value");
	if (!row->value.length || !money_parse(&row->worth, row->value, &right))
		row->worth = 0;
}

/* What the rows of a line add up to. */
struct es003_line {
	struct es003_row goods, provision;
	struct es003_row layer; /* the first row of the last chapter that carries a value */
	bool has_goods, has_provision, has_layer, layers_differ;
	size_t cells; /* of the row that stands for the line, in item->own_cell */
};

static void take_layer(struct es003_line *line, const struct es003_row *row)
{
	if (!row->worth)
		return;
	if (line->has_layer)
		line->layers_differ |= row->worth != line->layer.worth;
	else
		line->layer = *row;
	line->has_layer = true;
}

/* The row that stands for the line: its cells outlive the next row. */
static void keep_row(struct es003_line *line, struct item *item)
{
	memcpy(item->own_cell, item->row->field, item->row->count * sizeof *item->row->field);
	line->cells = item->row->count;
}

/* Takes one row, already split into item->row. */
static void take(struct es003_line *line, struct item *item, const struct columns *columns)
{
	struct es003_row row;
	read_row(&row, item, columns);
	declare(item, &row);
	switch (kind_of(row.code)) {
	case ROW_LAYER:
		take_layer(line, &row);
		break;
	case ROW_PROVISION:
		line->provision = row;
		line->has_provision = true;
		break;
	case ROW_GOODS:
		if (line->has_goods && line->goods.worth && row.worth) {
			item_refuse(
			    item, "several-goods", "hts",
			    "two goods rows with a value in one line (%.*s and %.*s): give "
			    "each its own line number",
			    (int)(line->goods.code.length < 20 ? line->goods.code.length : 20),
			    line->goods.code.at, (int)(row.code.length < 20 ? row.code.length : 20),
			    row.code.at);
			break;
		}
		if (line->has_goods && !row.worth)
			break;
		line->goods = row;
		line->has_goods = true;
		item->line.column[TW_COLUMN_CLAIMS] = (struct tw_text){0};
		item_take_row(item, columns);
		break;
	}
}

static struct tw_text add_money(struct item *item, tw_money amount)
{
	char *at = item->scratch.at + item->scratch.length;
	buffer_money(&item->scratch, amount);
	return (struct tw_text){at, (size_t)(item->scratch.at + item->scratch.length - at)};
}

/* A chapter 98 row beside the goods: the claim, and what stays dutiable. */
static void apply_provision(struct es003_line *line, struct item *item)
{
	if (line->provision.worth) {
		struct tw_text dutiable = add_money(item, line->goods.worth);
		item->line.column[TW_COLUMN_VALUE] =
		    add_money(item, line->goods.worth + line->provision.worth);
		item_add_claim(item, "dutiable_value", dutiable);
	}
	item_add_claim(item, "chapter98", line->provision.code);
}

/*
 * The value belongs on the row of the goods. Some exports put it on the row of a
 * duty: then it is still the value of the line, if they say one and the same.
 */
static void apply_layer(struct es003_line *line, struct item *item)
{
	const struct es003_row *layer = &line->layer;
	if (line->goods.worth == layer->worth && !line->layers_differ)
		return; /* a column with the value of the whole line on every row */
	if (line->goods.worth || line->has_provision) {
		item_note(item,
			  "value-on-layer: a value of %.*s is on the row of %.*s; the value of the "
			  "goods is that on their own row",
			  shown(layer->value), layer->value.at, shown(layer->code), layer->code.at);
	} else if (line->layers_differ) {
		item->line.column[TW_COLUMN_VALUE] = (struct tw_text){0};
		item_note(item,
			  "value-on-layer: the chapter 99 rows have different values and the row "
			  "of the goods has none: the value of the goods cannot be determined");
	} else {
		item->line.column[TW_COLUMN_VALUE] = layer->value;
		item_note(item,
			  "value-on-layer: the value %.*s is on the row of %.*s and none is on "
			  "that of the goods; it is taken as the value of the goods",
			  shown(layer->value), layer->value.at, shown(layer->code), layer->code.at);
	}
}

/* What was filed, for the library; without a column of duties it is not known. */
static void give_declared(struct item *item)
{
	const struct finding_declared *declared = &item->declared;
	if (!declared->has_amount) {
		item_note(item,
			  "declared-unknown: the export has no column with the duty of a row, so "
			  "the refundable amount is the duty computed, not the duty paid");
		return;
	}
	for (size_t i = 0; i < declared->count; i++)
		item->filed[i] = (struct tw_declared){.heading = declared->row[i].heading,
						      .amount = declared->row[i].amount};
	item->line.declared = item->filed;
	item->line.declared_count = declared->count;
}

static void name_line(struct item *item, const struct columns *columns)
{
	struct tw_text summary = cell(item, columns->at[TW_COLUMN_SHIPMENT]);
	struct tw_text number = cell(item, columns->at[FIELD_ENTRY_LINE]);
	item->entry_summary = summary;
	item->entry_line = number;
	while (item->entry_line.length > 1 && item->entry_line.at[0] == '0') {
		item->entry_line.at++;
		item->entry_line.length--;
	}
	if (columns->at[TW_COLUMN_ID] >= 0 || summary.length + number.length + 2 > sizeof item->id)
		return;
	int length = snprintf(item->id, sizeof item->id, "%.*s/%.*s", (int)summary.length,
			      summary.at, (int)number.length, number.at);
	item->line.column[TW_COLUMN_ID] = (struct tw_text){item->id, (size_t)length};
}

void item_read_es003(struct item *item, char *text, const struct batch_record *record,
		     const struct input *input)
{
	const struct columns *columns = &input->columns;
	struct es003_line line = {0};
	size_t rows = 0, length, flaw;

	item->declared.amount = 0;
	item->declared.has_amount = columns->at[FIELD_DECLARED] >= 0;
	for (size_t at = 0; at < record->length && !item->reason; at += length, rows++) {
		struct tw_text rest = {text + at, record->length - at};
		struct batch_record part = *record;
		length = rest.length;
		if (record->result == CSV_OK)
			part.result = csv_end(&length, &flaw, rest, input->separator, true);
		part.length = length;
		if (!item_split_csv(item, text + at, &part, input))
			break;
		bool had_goods = line.has_goods;
		take(&line, item, columns);
		if (!rows)
			name_line(item, columns);
		if (!rows || (line.has_goods && !had_goods))
			keep_row(&line, item);
	}
	if (line.cells) {
		item->cell = item->own_cell;
		item->cells = line.cells;
		item->unread = (struct tw_text){0};
	}
	if (item->reason || (item->is_empty && rows <= 1))
		return;
	if (!line.has_goods) {
		item_refuse(
		    item, "no-goods-row", "hts",
		    "the line has only rows of chapters 98 and 99: the row of the goods (chapters "
		    "1 to 97) is missing or elsewhere; sort the report by summary and line number");
		return;
	}
	if (line.has_provision)
		apply_provision(&line, item);
	if (line.has_layer)
		apply_layer(&line, item);
	give_declared(item);
}
