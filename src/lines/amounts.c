/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/amounts.h"

#include <stdio.h>
#include <string.h>

#include "common/currency.h"
#include "lines/claim_columns.h"

static int shown(struct tw_text text)
{
	return (int)(text.length < 40 ? text.length : 40);
}

/* A plain number of a part's cell; its currency becomes that of the value. */
static struct tw_text plain_part(struct item *item, struct tw_text cell)
{
	struct currency_cell split = currency_split(cell);
	struct tw_text *word = &item->word[TW_COLUMN_VALUE];
	if (!split.code.length || split.code.length == 1)
		return split.amount;
	if (word->length && !currency_fits(split.code, *word))
		item_refuse(
		    item, "bad-currency", "value",
		    "`%.*s` is in another currency than %.*s, in which the value is calculated",
		    shown(cell), cell.at, shown(*word), word->at);
	*word = split.code;
	item->has_words = true;
	return split.amount;
}

void amounts_reckon(struct item *item, const struct value_from *from)
{
	struct tw_text cell[VALUE_PARTS];
	size_t place = 0;
	tw_money value = 0;
	item->line.column[TW_COLUMN_VALUE] = (struct tw_text){0};
	for (size_t i = 0; i < VALUE_PARTS; i++)
		cell[i] = plain_part(item, item->part[i]);
	switch (value_from_reckon(&value, &place, from, cell)) {
	case VALUE_EMPTY:
		return;
	case VALUE_BAD:
		item_refuse(item, "bad-value", "value",
			    "`%.*s` is not a number: the value is calculated as %.*s",
			    shown(item->part[place]), item->part[place].at, shown(from->text),
			    from->text.at);
		return;
	case VALUE_RANGE:
		item_refuse(item, "bad-value", "value",
			    "%.*s is negative or more than 1000000000000", shown(from->text),
			    from->text.at);
		return;
	case VALUE_DONE:
		break;
	}
	if (item->scratch.room - item->scratch.length < 64)
		return item_refuse(item, "too-long", "value", "the line is too long");
	const char *at = item->scratch.at + item->scratch.length;
	buffer_money(&item->scratch, value);
	item->line.column[TW_COLUMN_VALUE] =
	    (struct tw_text){at, (size_t)(item->scratch.at + item->scratch.length - at)};
}

/* The unit of the header behind a number that has none. */
static void add_unit(struct item *item, int field)
{
	struct tw_text word = item_word(item, item->columns, field),
		       *cell = &item->line.column[field];
	if (!word.length || !cell->length || cell->at[cell->length - 1] < '0' ||
	    cell->at[cell->length - 1] > '9')
		return;
	if (item->scratch.room - item->scratch.length < cell->length + word.length + 1) {
		item_refuse(item, "too-long", tw_column_name((enum tw_column)field),
			    "the line is too long");
		return;
	}
	const char *at = item->scratch.at + item->scratch.length;
	size_t length = cell->length + word.length + 1;
	buffer_put(&item->scratch, cell->at, cell->length);
	buffer_char(&item->scratch, ' ');
	buffer_put(&item->scratch, word.at, word.length);
	*cell = (struct tw_text){at, length};
}

/* The currency of a header is that of the line; a line that says another is refused. */
static void add_currency(struct item *item, int field)
{
	struct tw_text word = item_word(item, item->columns, field);
	struct tw_text *said = &item->line.column[TW_COLUMN_CURRENCY];
	if (!word.length || !item->line.column[field].length)
		return;
	if (!said->length) {
		*said = word;
		return;
	}
	struct tw_text code = currency_find(*said);
	if (!currency_fits(code.length ? code : *said, word))
		item_refuse(
		    item, "bad-currency", "currency",
		    "the header of %s says %.*s and the line `%.*s`: a line has one currency",
		    tw_column_name((enum tw_column)field), shown(word), word.at, shown(*said),
		    said->at);
}

/* A claim in money whose header says a currency: it must be that of the line. */
static void check_claim_words(struct item *item)
{
	const struct columns *columns = item->columns;
	struct tw_text said = item->line.column[TW_COLUMN_CURRENCY];
	struct tw_currency here;
	if (!columns || !columns->has_claims)
		return;
	if (!said.length && fx_here(&here, &item->line, columns->options->rulebook))
		said = (struct tw_text){here.code, strlen(here.code)};
	for (size_t i = 0; i < columns->count; i++) {
		struct tw_text word = columns->word[i];
		if (columns->field[i] != FIELD_CLAIM || !word.length || i >= item->cells ||
		    !csv_value(item->cell[i]).length)
			continue;
		struct tw_text code = said.length ? currency_find(said) : said;
		if (!said.length)
			item_refuse(
			    item, "bad-currency", "currency",
			    "the header \"%.*s\" says %.*s and the line states no currency: "
			    "state it",
			    shown(columns->name[i]), columns->name[i].at, shown(word), word.at);
		else if (!currency_fits(code.length ? code : said, word))
			item_refuse(item, "bad-currency",
				    claim_columns_name(columns->options->claims, columns->claim[i]),
				    "the header \"%.*s\" says %.*s and the line is in %.*s: a line "
				    "has one currency",
				    shown(columns->name[i]), columns->name[i].at, shown(word),
				    word.at, shown(code), code.at);
	}
}

static void convert(struct item *item, const struct columns_options *options)
{
	char why[200], note[200];
	switch (fx_convert(&item->conversion, why, &item->line, &item->scratch, options->fx,
			   options->rulebook, options->claims)) {
	case FX_NOTHING:
		return;
	case FX_REFUSED:
		item_refuse(item, "no-rate", "currency", "%s", why);
		return;
	case FX_DONE:
		item->is_converted = true;
		fx_note(note, &item->conversion);
		item_note(item, "%s", note);
		if (item->conversion.by_entry)
			item_note(item, "%s", FX_BY_ENTRY);
	}
}

void amounts_finish(struct item *item, const struct columns_options *options)
{
	item->is_converted = false;
	if (item->is_sample)
		return;
	if (item->has_words || (item->columns && item->columns->has_words)) {
		add_unit(item, TW_COLUMN_WEIGHT);
		if (!item->line.column[TW_COLUMN_UNIT].length)
			add_unit(item, TW_COLUMN_QTY);
		if (!item->line.column[TW_COLUMN_UNIT2].length)
			add_unit(item, TW_COLUMN_QTY2);
		add_currency(item, TW_COLUMN_VALUE);
		add_currency(item, TW_COLUMN_RETAIL_VALUE);
		check_claim_words(item);
	}
	if (options->fx && options->fx->count && !item->reason)
		convert(item, options);
}
