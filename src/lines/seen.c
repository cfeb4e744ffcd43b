/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/seen.h"

#include <stdlib.h>
#include <string.h>

#include "common/currency.h"
#include "lines/claim_columns.h"
#include "lines/decimal.h"
#include "lines/json.h"

enum { SLOTS = 2048 };

static size_t hash(struct tw_text text)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < text.length; i++)
		hash = (hash ^ (unsigned char)text.at[i]) * 16777619u;
	return hash % SLOTS;
}

static int16_t *slot_of(struct seen *seen, struct tw_text key)
{
	size_t at = hash(key);
	for (; seen->slot[at]; at = (at + 1) % SLOTS) {
		const struct seen_column *column = &seen->column[seen->slot[at] - 1];
		if (column->length == key.length && !memcmp(column->name, key.at, key.length))
			break;
	}
	return &seen->slot[at];
}

const struct seen_column *seen_find(const struct seen *seen, struct tw_text key)
{
	if (!seen)
		return NULL;
	int16_t at = *slot_of((struct seen *)seen, key);
	return at ? &seen->column[at - 1] : NULL;
}

void seen_free(struct seen *seen)
{
	for (size_t i = 0; seen && seen->column && i < seen->count; i++)
		free(seen->column[i].name);
	if (seen)
		free(seen->column);
	free(seen);
}

static int begin(struct input *input, struct tw_error *error)
{
	if (input->seen)
		return TW_OK;
	struct seen *seen = calloc(1, sizeof *seen);
	if (seen)
		seen->column = calloc(CSV_FIELDS, sizeof *seen->column);
	if (!seen || !seen->column) {
		free(seen);
		return input_fail(error, input, 0, TW_NO_MEMORY, "not enough memory to look ahead");
	}
	if (!input->is_ndjson)
		seen->count = input->columns.count;
	input->seen = seen;
	return TW_OK;
}

/* Keeps the first values that differ. */
static void take_value(struct seen_column *column, struct tw_text value)
{
	char text[SEEN_LENGTH];
	size_t length = value.length < SEEN_LENGTH - 1 ? value.length : SEEN_LENGTH - 1;
	if (!value.length || column->values == SEEN_VALUES)
		return;
	while (length < value.length && length && ((unsigned char)value.at[length] & 0xC0) == 0x80)
		length--; /* not within a character */
	memcpy(text, value.at, length);
	text[length] = '\0';
	for (unsigned i = 0; i < column->values; i++)
		if (!strcmp(column->value[i], text))
			return;
	memcpy(column->value[column->values++], text, length + 1);
}

static void judge_claim(struct seen_column *column, int claim, struct tw_text value,
			const struct columns_options *options)
{
	if (claim < 0 || !value.length || !options->assessor)
		return;
	char text[SEEN_LENGTH];
	if (claim_columns_is_amount(options->claims, claim)) {
		/* whatever the decimal mark and the currency are, which is told elsewhere */
		value = currency_split(value).amount;
		if (value.length < sizeof text && decimal_look(value) == DECIMAL_IS_COMMA)
			value = (struct tw_text){text, decimal_rewrite(text, value)};
	}
	if (tw_claim_fits(options->assessor, (size_t)claim, value))
		column->fits++;
	else
		column->misfits++;
}

static void look_csv(struct input *input, const struct item *item)
{
	const struct columns *columns = &input->columns;
	for (size_t i = 0; i < item->cells && i < columns->count; i++) {
		struct seen_column *column = &input->seen->column[i];
		struct tw_text value = csv_value(item->cell[i]);
		take_value(column, value);
		if (columns->field[i] == FIELD_CLAIM)
			judge_claim(column, columns->claim[i], value, columns->options);
	}
}

/* The column of a key, made where it is new; NULL: there is no room. */
static struct seen_column *key_column(struct seen *seen, struct tw_text key,
				      const struct columns_options *options, int *code)
{
	int16_t *slot = slot_of(seen, key);
	if (*slot)
		return &seen->column[*slot - 1];
	if (seen->count == CSV_FIELDS)
		return NULL;
	struct seen_column *column = &seen->column[seen->count];
	column->name = malloc(key.length + 1);
	if (!column->name) {
		*code = TW_NO_MEMORY;
		return NULL;
	}
	memcpy(column->name, key.at, key.length);
	column->name[key.length] = '\0';
	column->length = key.length;
	column->found = columns_meaning((struct tw_text){column->name, key.length}, options);
	column->why = column->found.meaning.why;
	*slot = (int16_t)++seen->count;
	return column;
}

/* A JSON value as a cell would have it. */
static struct tw_text plain(struct tw_text raw)
{
	if (raw.length >= 2 && *raw.at == '"')
		return (struct tw_text){raw.at + 1, raw.length - 2};
	if (raw.length == 4 && !memcmp(raw.at, "null", 4))
		return (struct tw_text){0};
	return raw;
}

static int look_ndjson(struct input *input, const struct item *item)
{
	int code = TW_OK;
	const struct columns_options *options = input->columns.options;
	char text[256];
	for (size_t i = 0; !code && i < item->cells; i++) {
		size_t length;
		if (item->key[i].length >= sizeof text || !json_text(text, &length, item->key[i]))
			continue;
		struct seen_column *column =
		    key_column(input->seen, (struct tw_text){text, length}, options, &code);
		if (!column)
			continue;
		struct tw_text value = plain(item->cell[i]);
		take_value(column, value);
		judge_claim(column, column->found.claim, value, options);
	}
	return code;
}

static int look(struct input *input, const struct item *item, struct tw_error *error)
{
	int code = item_stopped(item, error);
	if (code || (code = begin(input, error)))
		return code;
	if (!input->is_ndjson)
		look_csv(input, item);
	else if (look_ndjson(input, item))
		return input_fail(error, input, 0, TW_NO_MEMORY, "not enough memory to read it");
	return TW_OK;
}

/* A name of a claim none of whose cells is of its type is an ordinary header. */
static bool is_no_claim(const struct seen_column *column)
{
	return column->misfits && !column->fits;
}

static int decide(struct input *input, struct tw_error *error)
{
	struct columns *columns = &input->columns;
	(void)error;
	if (!input->seen)
		return TW_OK;
	for (size_t i = 0; i < input->seen->count; i++) {
		struct seen_column *column = &input->seen->column[i];
		if (!is_no_claim(column))
			continue;
		if (input->is_ndjson) {
			column->found.meaning.field = FIELD_OTHER;
			column->why = WHY_NO_CLAIM;
		} else if (!columns->is_mapped[i]) {
			columns->field[i] = FIELD_OTHER;
			columns->why[i] = WHY_NO_CLAIM;
		}
	}
	return TW_OK;
}

const struct sample_decider seen_decider = {look, decide};
