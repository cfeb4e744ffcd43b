/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/decimal.h"

#include "common/ascii.h"
#include "common/error.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* From the first digit to the last. */
static struct tw_text number_of(struct tw_text cell)
{
	while (cell.length && !is_digit(*cell.at) &&
	       !((*cell.at == '.' || *cell.at == ',') && cell.length > 1 && is_digit(cell.at[1])))
		cell.at++, cell.length--;
	while (cell.length && !is_digit(cell.at[cell.length - 1]))
		cell.length--;
	return cell;
}

/* Whether groups of three stand between the marks, before `end`. */
static bool are_groups(struct tw_text number, char mark, size_t end)
{
	size_t run = 0, marks = 0;
	for (size_t i = 0; i < end; i++) {
		if (number.at[i] == mark) {
			if (marks ? run != 3 : run == 0 || run > 3)
				return false;
			marks++;
			run = 0;
		} else if (is_digit(number.at[i])) {
			run++;
		} else {
			return false;
		}
	}
	return marks && run == 3;
}

static size_t count(struct tw_text number, char c)
{
	size_t count = 0;
	for (size_t i = 0; i < number.length; i++)
		count += number.at[i] == c;
	return count;
}

/* One mark alone, once: 1.000 may be either, 12.5 and 0.125 may not. */
static bool is_doubtful(struct tw_text number, size_t at)
{
	return number.length - at - 1 == 3 && at >= 1 && at <= 3 && number.at[0] != '0';
}

enum decimal_kind decimal_look(struct tw_text cell)
{
	struct tw_text number = number_of(cell);
	size_t points = count(number, '.'), commas = count(number, ',');
	if (!number.at || (!points && !commas))
		return DECIMAL_EITHER;
	for (size_t i = 0; i < number.length; i++)
		if (!is_digit(number.at[i]) && !strchr(".,' ", number.at[i]) &&
		    (unsigned char)number.at[i] < 0x80)
			return DECIMAL_EITHER; /* 2x3.5: no number */
	const char *point = memrchr(number.at, '.', number.length);
	const char *comma = memrchr(number.at, ',', number.length);
	if (points && commas) {
		if (comma > point)
			return commas == 1 && are_groups(number, '.', (size_t)(comma - number.at))
				   ? DECIMAL_IS_COMMA
				   : DECIMAL_EITHER;
		return points == 1 && are_groups(number, ',', (size_t)(point - number.at))
			   ? DECIMAL_IS_POINT
			   : DECIMAL_EITHER;
	}
	if (points > 1)
		return are_groups(number, '.', number.length) ? DECIMAL_IS_COMMA : DECIMAL_EITHER;
	if (commas > 1)
		return are_groups(number, ',', number.length) ? DECIMAL_IS_POINT : DECIMAL_EITHER;
	if (points)
		return is_doubtful(number, (size_t)(point - number.at)) ? DECIMAL_MAYBE_POINT
									: DECIMAL_IS_POINT;
	return is_doubtful(number, (size_t)(comma - number.at)) ? DECIMAL_MAYBE_COMMA
								: DECIMAL_IS_COMMA;
}

size_t decimal_rewrite(char *to, struct tw_text cell)
{
	struct tw_text number = number_of(cell);
	size_t length = 0, start = (size_t)(number.at - cell.at), end = start + number.length;
	for (size_t i = 0; i < cell.length; i++) {
		char c = cell.at[i];
		if (i >= start && i < end && (c == '.' || c == ' ' || c == '\''))
			continue;
		to[length++] = i >= start && i < end && c == ',' ? '.' : c;
	}
	return length;
}

int decimal_option(struct columns_options *options, const char *text, struct tw_error *error)
{
	if (!strcmp(text, "comma"))
		options->decimal = DECIMAL_COMMA;
	else if (!strcmp(text, "point"))
		options->decimal = DECIMAL_POINT;
	else {
		return error_set(error, TW_BAD_ARGUMENT,
				 "--decimal is comma (1.000,50) or point (1,000.50), not \"%.60s\"",
				 text);
	}
	return TW_OK;
}

static void remember(struct decimal_place *place, const struct item *item, struct tw_text cell,
		     const char *column)
{
	if (place->line)
		return;
	place->line = item->number;
	snprintf(place->column, sizeof place->column, "%s", column);
	snprintf(place->cell, sizeof place->cell, "%.*s",
		 (int)(cell.length < sizeof place->cell - 1 ? cell.length : sizeof place->cell - 1),
		 cell.at);
}

static bool is_money(int field)
{
	return field == TW_COLUMN_VALUE || field == TW_COLUMN_RETAIL_VALUE ||
	       field == FIELD_DECLARED || field == FIELD_PART;
}

static const char *name_of(const struct columns *columns, size_t index)
{
	int field = columns->field[index];
	return field < TW_COLUMN_COUNT ? tw_column_name((enum tw_column)field) : "value";
}

/* What a cell shows of the file's mark; a doubt counts for money alone. */
static void note(struct decimal_state *state, const struct item *item, struct tw_text cell,
		 const char *name, bool money, bool commas)
{
	switch (decimal_look(cell)) {
	case DECIMAL_IS_POINT:
		remember(&state->point, item, cell, name);
		break;
	case DECIMAL_IS_COMMA:
		remember(&state->comma, item, cell, name);
		break;
	case DECIMAL_MAYBE_POINT:
		if (money)
			remember(&state->doubt, item, cell, name);
		break;
	case DECIMAL_MAYBE_COMMA:
		if (money && commas)
			remember(&state->doubt, item, cell, name);
		break;
	case DECIMAL_EITHER:
		break;
	}
}

static int look(struct input *input, const struct item *item, struct tw_error *error)
{
	struct columns *columns = &input->columns;
	struct decimal_state *state = &columns->decimal;
	(void)error;
	for (size_t i = 0; i < columns->numbers && !input->is_ndjson; i++) {
		size_t at = (size_t)columns->number[i];
		if (at < item->cells)
			note(state, item, csv_value(item->cell[at]), name_of(columns, at),
			     is_money(columns->field[at]), input->separator == ';');
	}
	for (size_t i = 0; i < item->numerals; i++) {
		int field = item->numeral[i].field;
		note(state, item, item->numeral[i].text,
		     field < TW_COLUMN_COUNT ? tw_column_name((enum tw_column)field) : "value",
		     is_money(field), false);
	}
	return TW_OK;
}

static int decide(struct input *input, struct tw_error *error)
{
	struct decimal_state *state = &input->columns.decimal;
	const struct columns_options *options = input->columns.options;
	if (options->decimal != DECIMAL_UNSAID) {
		state->mark = options->decimal;
		state->is_given = true;
		return TW_OK;
	}
	if (state->point.line && state->comma.line) {
		const struct decimal_place *later =
		    state->point.line > state->comma.line ? &state->point : &state->comma;
		const struct decimal_place *first =
		    later == &state->point ? &state->comma : &state->point;
		return input_fail(error, input, later->line, TW_BAD_FILE,
				  "%s: `%s` has a different decimal mark from `%s` on line %llu: "
				  "state the decimal mark with --decimal comma or --decimal point",
				  later->column, later->cell, first->cell,
				  (unsigned long long)first->line);
	}
	if (state->doubt.line && !state->point.line && !state->comma.line)
		return input_fail(
		    error, input, state->doubt.line, TW_BAD_FILE,
		    "%s: `%s` is ambiguous by a factor of a thousand, and nothing else in the file "
		    "decides it: give --decimal point or --decimal comma",
		    state->doubt.column, state->doubt.cell);
	state->mark = state->comma.line ? DECIMAL_COMMA : DECIMAL_POINT;
	return TW_OK;
}

const struct sample_decider decimal_decider = {look, decide};

static int shown(struct tw_text text)
{
	return (int)(text.length < 40 ? text.length : 40);
}

static void contradict(struct item *item, const struct decimal_state *state, struct tw_text cell,
		       const char *column)
{
	const char *mark = state->mark == DECIMAL_COMMA ? "comma" : "point";
	if (state->is_given)
		item_refuse(item, "bad-value", column,
			    "`%.*s` has a different decimal mark from --decimal %s says",
			    shown(cell), cell.at, mark);
	else
		item_stop(item, column,
			  "`%.*s` has a different decimal mark from the first lines of the file, a "
			  "%s: state the decimal mark with --decimal comma or --decimal point",
			  shown(cell), cell.at, mark);
}

struct tw_text decimal_read(struct item *item, const struct columns *columns, struct tw_text cell,
			    const char *column)
{
	const struct decimal_state *state = &columns->decimal;
	if (item->is_sample || !cell.length)
		return cell;
	if (state->mark != DECIMAL_COMMA) {
		if (memchr(cell.at, ',', cell.length) && decimal_look(cell) == DECIMAL_IS_COMMA)
			contradict(item, state, cell, column);
		return cell;
	}
	if (!memchr(cell.at, ',', cell.length) && !memchr(cell.at, '.', cell.length))
		return cell;
	if (decimal_look(cell) == DECIMAL_IS_POINT) {
		contradict(item, state, cell, column);
		return cell;
	}
	if (item->scratch.room - item->scratch.length < cell.length)
		return cell;
	char *to = item->scratch.at + item->scratch.length;
	size_t length = decimal_rewrite(to, cell);
	item->scratch.length += length;
	return (struct tw_text){to, length};
}

/* Of a file with decimal points only a comma is worth a look; cells are short. */
static bool has_comma(struct tw_text cell)
{
	for (size_t i = 0; i < cell.length; i++)
		if (cell.at[i] == ',')
			return true;
	return false;
}

void decimal_take(struct item *item, const struct columns *columns)
{
	bool point = columns->decimal.mark != DECIMAL_COMMA;
	for (size_t i = 0; i < columns->number_fields; i++) {
		int field = columns->number_field[i];
		struct tw_text *cell = &item->line.column[field];
		if (!cell->length || (point && !has_comma(*cell)))
			continue;
		*cell = decimal_read(item, columns, *cell, tw_column_name((enum tw_column)field));
	}
}
