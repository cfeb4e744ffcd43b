/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line of NDJSON. Numbers are taken as they are written; claims may be a
 * text, an object or an array of texts.
 */
#include "lines/item.h"

#include <stdio.h>
#include <string.h>

#include "common/utf8.h"
#include "lines/amounts.h"
#include "lines/claim_columns.h"
#include "lines/decimal.h"
#include "lines/doubled.h"
#include "lines/json.h"
#include "lines/seen.h"

enum { JSON_CLAIMS = 64 };

static int shown(struct tw_text text)
{
	return (int)(text.length < 60 ? text.length : 60);
}

static const char *name_of(int field)
{
	return field < TW_COLUMN_COUNT ? tw_column_name((enum tw_column)field) : "";
}

/* The text of a string, in place where it has no escapes. */
static bool string_text(struct item *item, struct tw_text *out, struct tw_text raw)
{
	if (!memchr(raw.at, '\\', raw.length)) {
		*out = (struct tw_text){raw.at + 1, raw.length - 2};
		return true;
	}
	/* Growing would move what other texts of the line point into. */
	if (item->scratch.room - item->scratch.length < raw.length)
		return false;
	char *to = item->scratch.at + item->scratch.length;
	if (!json_text(to, &out->length, raw))
		return false;
	out->at = to;
	item->scratch.length += out->length;
	return true;
}

static struct tw_text trimmed(struct tw_text text)
{
	while (text.length && text.at[0] == ' ')
		text.at++, text.length--;
	while (text.length && text.at[text.length - 1] == ' ')
		text.length--;
	return text;
}

/*
 * A text that stands for a number has the decimal mark of the file; a number of JSON always has a
 * point.
 */
static struct tw_text number_text(struct item *item, struct tw_text text, int field,
				  const char *name)
{
	if (!item->is_sample)
		return decimal_read(item, item->file_columns, text, name);
	if (item->numerals < ITEM_NUMBERS) {
		item->numeral[item->numerals].text = text;
		item->numeral[item->numerals++].field = field;
	}
	return text;
}

/* One claim's value as the claims column would write it. */
static bool claim_value(struct item *item, struct tw_text *out, const struct json_value *value)
{
	switch (value->kind) {
	case JSON_TRUE:
		*out = (struct tw_text){"yes", 3};
		return true;
	case JSON_FALSE:
		*out = (struct tw_text){"no", 2};
		return true;
	case JSON_NUMBER:
		*out = value->raw;
		return true;
	case JSON_STRING:
		return string_text(item, out, value->raw) && !memchr(out->at, ';', out->length);
	default:
		return false;
	}
}

/* The same of a known claim: the text of an amount is a number. */
static bool known_claim_value(struct item *item, struct tw_text *out,
			      const struct json_value *value, int claim,
			      const struct claim_columns *claims)
{
	if (!claim_value(item, out, value))
		return false;
	if (value->kind == JSON_STRING && claim >= 0 && claim_columns_is_amount(claims, claim))
		*out = number_text(item, *out, FIELD_CLAIM, claim_columns_name(claims, claim));
	return true;
}

static void read_claims_object(struct item *item, struct tw_text raw,
			       const struct columns_options *options)
{
	struct json_scan scan;
	struct json_value value;
	struct tw_text raw_key, key, text;
	char name[64];

	json_begin(&scan, raw);
	while (json_member(&scan, &raw_key, &value)) {
		if (value.kind == JSON_NULL)
			continue;
		if (!string_text(item, &key, raw_key) || key.length >= sizeof name ||
		    memchr(key.at, '=', key.length) || memchr(key.at, ';', key.length)) {
			item_refuse(item, "bad-claim", "claims",
				    "a claim's name is a plain word, as in {\"usmca\":true}");
			return;
		}
		memcpy(name, key.at, key.length);
		name[key.length] = '\0';
		int claim = options->claims ? claim_columns_find(options->claims, key) : -1;
		if (!known_claim_value(item, &text, &value, claim, options->claims)) {
			item_refuse(
			    item, "bad-claim", "claims",
			    "%s: a claim's value is true, false, a number or a text without ;",
			    name);
			return;
		}
		item_add_claim(item, name, text);
	}
}

/* ["a","b"] joined by a separator. */
static void read_list(struct item *item, int field, struct tw_text raw, char separator)
{
	struct json_scan scan;
	struct json_value value;
	struct tw_text text, parts[32];
	size_t count = 0;

	json_begin(&scan, raw);
	while (json_element(&scan, &value)) {
		if (value.kind != JSON_STRING || !string_text(item, &text, value.raw) ||
		    count == sizeof parts / sizeof *parts) {
			item_refuse(item, "bad-value", name_of(field),
				    "a list of up to 32 texts is "
				    "needed here, as in [\"a\",\"b\"]");
			return;
		}
		parts[count++] = text;
	}
	if (item->scratch.room - item->scratch.length < raw.length) {
		item_refuse(item, "too-long", name_of(field), "the list is too long");
		return;
	}
	char *at = item->scratch.at + item->scratch.length;
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_char(&item->scratch, separator);
		buffer_put(&item->scratch, parts[i].at, parts[i].length);
	}
	item->line.column[field] =
	    (struct tw_text){at, (size_t)(item->scratch.at + item->scratch.length - at)};
}

static bool is_number(int field)
{
	return header_is_money(field) || header_is_quantity(field) ||
	       field == TW_COLUMN_CONCENTRATION;
}

static void read_column(struct item *item, int field, const struct json_value *value,
			const struct columns_options *options)
{
	struct tw_text text;
	switch (value->kind) {
	case JSON_STRING:
		if (string_text(item, &text, value->raw)) {
			text = trimmed(text);
			if (is_number(field))
				text = number_text(item, text, field, name_of(field));
			item->line.column[field] = text;
		} else
			item_refuse(item, "bad-value", name_of(field),
				    "the text holds \\u0000 or half a surrogate pair");
		return;
	case JSON_NUMBER:
		item->line.column[field] = value->raw;
		return;
	case JSON_OBJECT:
		if (field != TW_COLUMN_CLAIMS)
			break;
		item->line.column[field] = (struct tw_text){0};
		read_claims_object(item, value->raw, options);
		return;
	case JSON_ARRAY:
		if (field != TW_COLUMN_CLAIMS && field != TW_COLUMN_VIA)
			break;
		read_list(item, field, value->raw, field == TW_COLUMN_CLAIMS ? ';' : ',');
		return;
	default:
		break;
	}
	item_refuse(item, "bad-value", name_of(field), "a text or a number is needed here, not %s",
		    value->kind == JSON_OBJECT  ? "an object"
		    : value->kind == JSON_ARRAY ? "a list"
						: "true or false");
}

/* A member as it stands; false: there are too many. */
static bool show(struct item *item, struct tw_text key, const struct json_value *value)
{
	if (item->cells == CSV_FIELDS) {
		item_refuse(item, "too-many-columns", "", "more than %d members", CSV_FIELDS);
		return false;
	}
	item->key[item->cells] = key;
	item->is_kept[item->cells] = false;
	item->own_cell[item->cells++] = value->raw;
	return true;
}

static void keep(struct item *item)
{
	item->is_kept[item->cells - 1] = true;
}

/* What has been read of the line so far: how well the name of each field is known. */
struct seen_line {
	int order[FIELD_COUNT]; /* -1: not yet */
	struct {
		const char *name;
		struct tw_text value;
	} claim[JSON_CLAIMS]; /* claims that stand as keys, put together at the end */
	size_t claims;
};

/* The meaning of a key: known to everyone, or found once for the file. */
static struct header_word meaning_of(const struct item *item, struct tw_text key,
				     const struct columns_options *options)
{
	const struct seen_column *seen = seen_find(item->seen, key);
	return seen ? seen->found : columns_meaning(key, options);
}

static void read_claim_key(struct item *item, struct seen_line *seen, const char *name, int claim,
			   const struct json_value *value, const struct columns_options *options)
{
	struct tw_text text;
	if (value->kind == JSON_NULL)
		return;
	if (!known_claim_value(item, &text, value, claim, options->claims)) {
		item_refuse(item, "bad-claim", name,
			    "a claim's value is true, false, a number or a text without ;");
		return;
	}
	if (!text.length)
		return;
	if (seen->claims == JSON_CLAIMS) {
		item_refuse(item, "bad-claim", name, "more than %d claims", JSON_CLAIMS);
		return;
	}
	seen->claim[seen->claims].name = name;
	seen->claim[seen->claims++].value = text;
}

/* A second name of a field: what the line says by it must be the same. */
static void read_second(struct item *item, const struct header_word *found, struct seen_line *seen,
			const struct json_value *value, struct tw_text key,
			const struct columns_options *options)
{
	int field = found->meaning.field;
	struct doubled_cell before = {item->line.column[field], item->word[field]};
	read_column(item, field, value, options);
	struct doubled_cell now = {item->line.column[field], found->word};
	bool undecided = item->is_sample && is_number(field);
	enum doubled says = !now.text.length      ? DOUBLED_FIRST
			    : !before.text.length ? DOUBLED_SECOND
			    : undecided           ? DOUBLED_FIRST
						  : doubled_compare(field, before, now, options);
	if (says == DOUBLED_DIFFER)
		item_refuse(item, "two-names", name_of(field),
			    "the key \"%.*s\" says `%.*s` where another key gives `%.*s`: name the "
			    "one to use with --map \"%.*s=%s\", or omit one",
			    shown(key), key.at, shown(now.text), now.text.at, shown(before.text),
			    before.text.at, shown(key), key.at, name_of(field));
	/* of two that say the same the better name counts, unless the other says more */
	if (says == DOUBLED_FIRST && now.text.length && seen->order[field] >= found->order &&
	    doubled_compare(field, now, before, options) == DOUBLED_FIRST)
		says = DOUBLED_SECOND;
	doubled_take(item, field, says == DOUBLED_SECOND ? now : before);
}

/* Whether the key is one from which the value is reckoned. */
static bool take_part(struct item *item, struct tw_text key, const struct json_value *value,
		      const struct value_from *from)
{
	char folded[FOLDED], other[FOLDED];
	bool found = false;
	alias_fold(folded, key);
	for (size_t place = 0; place < VALUE_PARTS; place++) {
		const struct value_factor *factor = value_from_part(from, place);
		if (!factor || !alias_fold(other, factor->name) || strcmp(folded, other) != 0)
			continue;
		found = true;
		item->part[place] = (struct tw_text){0};
		if (value->kind == JSON_STRING) {
			if (string_text(item, &item->part[place], value->raw))
				item->part[place] =
				    number_text(item, item->part[place], FIELD_PART, "value");
		} else if (value->kind != JSON_NULL)
			item->part[place] = value->raw;
	}
	return found;
}

static void read_member(struct item *item, struct seen_line *seen, struct tw_text raw_key,
			const struct json_value *value, const struct columns_options *options)
{
	struct tw_text key;
	if (!show(item, raw_key, value))
		return;
	if (!string_text(item, &key, raw_key)) {
		item_refuse(item, "bad-json", "", "a key holds \\u0000 or half a surrogate pair");
		return;
	}
	struct header_word found = meaning_of(item, key, options);
	int field = found.meaning.field;
	if (options->value_from && take_part(item, key, value, options->value_from) &&
	    field >= FIELD_OTHER) {
		keep(item);
		return;
	}
	if (options->value_from && field == TW_COLUMN_VALUE) {
		keep(item);
		return;
	}
	if (field == FIELD_CLAIM) {
		read_claim_key(item, seen, claim_columns_name(options->claims, found.claim),
			       found.claim, value, options);
		return;
	}
	if (field >= FIELD_ENTRY_LINE) {
		keep(item);
		return;
	}
	int before = seen->order[field];
	if (before == found.order)
		item_refuse(item, "bad-json", name_of(field), "the key \"%.*s\" appears twice",
			    shown(key), key.at);
	if (before >= 0 && before < found.order &&
	    (field == FIELD_SPI || !columns_equal(before, found.order))) {
		keep(item); /* a better name came before */
		return;
	}
	if (field == FIELD_SPI) {
		read_claim_key(item, seen, "spi", -1, value, options);
	} else if (value->kind != JSON_NULL) {
		if (before >= 0 && columns_equal(before, found.order)) {
			read_second(item, &found, seen, value, key, options);
		} else {
			read_column(item, field, value, options);
			item->word[field] = found.word;
			item->has_words = item->has_words || found.word.length;
		}
	}
	if (before < 0 || found.order < before)
		seen->order[field] = found.order;
}

/* A line that is no JSON, as it stands. */
static void show_line(struct item *item, const char *text, const struct batch_record *record)
{
	size_t length = record->length;
	while (length && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	item->cells = 0;
	item->unread = (struct tw_text){text, length};
}

void item_read_json(struct item *item, char *text, const struct batch_record *record,
		    const struct columns_options *options)
{
	struct json_scan scan;
	struct json_value value;
	struct tw_text key;
	struct seen_line seen;

	seen.claims = 0;

	item->cell = item->own_cell;
	for (int i = 0; i < FIELD_COUNT; i++)
		seen.order[i] = -1;
	if (record->result == CSV_LONG) {
		show_line(item, text, record);
		item_refuse(item, "too-long", "", "the line is longer than 1 MiB; shorten it");
		return;
	}
	size_t flaw = utf8_flaw(text, record->length);
	if (flaw < record->length) {
		show_line(item, text, record);
		item_refuse(item, text[flaw] ? "bad-encoding" : "nul-byte", "",
			    text[flaw] ? "character %zu is not UTF-8: save the file as UTF-8"
				       : "character %zu is a NUL byte: the text must be UTF-8 "
					 "without NUL",
			    flaw + 1);
		return;
	}
	if (options->value_from)
		memset(item->part, 0, sizeof item->part);
	json_begin(&scan, (struct tw_text){text, record->length});
	if (!scan.wrong && scan.at[-1] == '[')
		scan.wrong = "a line must be one object in { }";
	while (json_member(&scan, &key, &value))
		read_member(item, &seen, key, &value, options);
	if (!json_finish(&scan)) {
		item->reason = NULL;
		show_line(item, text, record);
		item_refuse(item, "bad-json", "", "character %zu: %s", (size_t)(scan.at - text) + 1,
			    scan.wrong);
		return;
	}
	if (options->value_from)
		amounts_reckon(item, options->value_from);
	for (size_t i = 0; i < seen.claims; i++)
		item_add_claim(item, seen.claim[i].name, seen.claim[i].value);
}
