/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who or what lines are put together by. Persons are those of common/person.h: one by a given id,
 * or by name and address, letter case and blanks aside; an address and a telephone number likewise.
 * What is only alike has another key, by which a question is asked, and is never put together.
 */
#include "across/inner.h"

#include <string.h>

#include "common/person.h"

enum { ORDER_TAG = 31, DESCRIPTION_TAG = 32, CODE_TAG = 33 };

static struct tw_text cell(const struct tw_line *line, enum tw_column column)
{
	return line->column[column];
}

static bool person_keys(text_key near, text_key exact, const struct person_pair *pair)
{
	if (!pair->person.id.length && !pair->person.name.length)
		return false;
	person_near_key(near, pair);
	person_key(exact, pair);
	return true;
}

static bool text_keys(text_key near, text_key exact, struct tw_text text, uint64_t tag)
{
	if (!text.length)
		return false;
	text_key_of(exact, text, tag, true);
	memcpy(near, exact, sizeof(text_key));
	return true;
}

bool group_keys(text_key near, text_key exact, const struct tw_line *line, enum pattern_group group)
{
	struct person_pair pair = {.of = ""};
	switch (group) {
	case PATTERN_SHIPPER:
		pair.person.name = cell(line, TW_COLUMN_SHIPPER);
		pair.person.address = cell(line, TW_COLUMN_SHIPPER_ADDRESS);
		break;
	case PATTERN_CONSIGNEE:
		pair.person.id = cell(line, TW_COLUMN_CONSIGNEE_ID);
		pair.person.name = cell(line, TW_COLUMN_CONSIGNEE);
		pair.person.address = cell(line, TW_COLUMN_CONSIGNEE_ADDRESS);
		break;
	case PATTERN_IMPORTER:
		if (!person_of(&pair, line, LEDGER_SUM_IMPORTER))
			return false;
		break;
	case PATTERN_ADDRESS:
		pair.person.name = cell(line, TW_COLUMN_CONSIGNEE_ADDRESS);
		break;
	case PATTERN_PHONE:
		pair.person.name = cell(line, TW_COLUMN_CONSIGNEE_PHONE);
		break;
	case PATTERN_ORDER:
		return text_keys(near, exact, cell(line, TW_COLUMN_ORDER), ORDER_TAG);
	case PATTERN_DESCRIPTION:
		return text_keys(near, exact, cell(line, TW_COLUMN_DESCRIPTION), DESCRIPTION_TAG);
	case PATTERN_CODE:
		return text_keys(near, exact, cell(line, TW_COLUMN_HTS), CODE_TAG);
	case PATTERN_GROUPS:
		return false;
	}
	return person_keys(near, exact, &pair);
}

bool group_is_person(enum pattern_group group)
{
	return group <= PATTERN_PHONE;
}

struct tw_text group_shown(const struct card *card, const struct patterns_row *row)
{
	const struct tw_text *text = card->text;
	size_t digits = strlen(card->hts);
	switch ((enum pattern_group)row->group) {
	case PATTERN_SHIPPER:
		return text[CARD_SHIPPER];
	case PATTERN_IMPORTER:
		if (text[CARD_IMPORTER].length)
			return text[CARD_IMPORTER];
		break;
	case PATTERN_ADDRESS:
		return text[CARD_CONSIGNEE_ADDRESS];
	case PATTERN_PHONE:
		return text[CARD_CONSIGNEE_PHONE];
	case PATTERN_ORDER:
		return text[CARD_ORDER];
	case PATTERN_DESCRIPTION:
		return text[CARD_DESCRIPTION];
	case PATTERN_CODE:
		return (struct tw_text){card->hts, digits < row->digits ? digits : row->digits};
	default:
		break;
	}
	return text[CARD_CONSIGNEE].length ? text[CARD_CONSIGNEE] : text[CARD_CONSIGNEE_ID];
}

struct tw_text group_more(const struct card *card, enum pattern_group group)
{
	const struct tw_text *text = card->text;
	if (group == PATTERN_SHIPPER)
		return text[CARD_SHIPPER_ADDRESS];
	if (group == PATTERN_CONSIGNEE ||
	    (group == PATTERN_IMPORTER && !text[CARD_IMPORTER].length))
		return text[CARD_CONSIGNEE_ID].length && text[CARD_CONSIGNEE].length
			   ? text[CARD_CONSIGNEE_ID]
			   : text[CARD_CONSIGNEE_ADDRESS];
	return (struct tw_text){"", 0};
}
