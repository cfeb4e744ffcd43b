/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A line of NDJSON. Numbers are taken as they are written; claims may be a
 * text, an object or an array of texts.
 */
#include "item.h"

#include <stdio.h>
#include <string.h>

#include "json.h"
#include "utf8.h"

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

static void read_claims_object(struct item *item, struct tw_text raw)
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
		if (!claim_value(item, &text, &value)) {
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

static void read_column(struct item *item, int field, const struct json_value *value)
{
	struct tw_text text;
	switch (value->kind) {
	case JSON_STRING:
		if (string_text(item, &text, value->raw))
			item->line.column[field] = trimmed(text);
		else
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
		read_claims_object(item, value->raw);
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

static void keep(struct item *item, struct tw_text key, const struct json_value *value)
{
	if (item->kept_keys == sizeof item->kept_key / sizeof *item->kept_key)
		return;
	item->kept_key[item->kept_keys] = key;
	item->kept_value[item->kept_keys++] = value->raw;
}

/* What has been read of the line so far: the rank of the name each field came by. */
struct seen {
	int rank[FIELD_COUNT];
	struct json_value spi;
	bool has_spi;
};

static void read_member(struct item *item, struct seen *seen, struct tw_text raw_key,
			const struct json_value *value, const struct columns_options *options)
{
	struct tw_text key;
	if (!string_text(item, &key, raw_key)) {
		item_refuse(item, "bad-json", "", "a key holds \\u0000 or half a surrogate pair");
		return;
	}
	int field = columns_key(key, options);
	if (field >= FIELD_ENTRY_LINE) {
		keep(item, raw_key, value);
		return;
	}
	int rank = columns_rank(key, field, options);
	if (seen->rank[field] == rank)
		item_refuse(item, "bad-json", name_of(field), "the key \"%.*s\" stands twice",
			    (int)(key.length < 60 ? key.length : 60), key.at);
	if (seen->rank[field] >= 0 && seen->rank[field] < rank) {
		keep(item, raw_key, value); /* a better name came before */
		return;
	}
	seen->rank[field] = rank;
	if (value->kind == JSON_NULL)
		return;
	if (field == FIELD_SPI) {
		seen->spi = *value;
		seen->has_spi = true;
	} else {
		read_column(item, field, value);
	}
}

void item_read_json(struct item *item, char *text, const struct batch_record *record,
		    const struct columns_options *options)
{
	struct json_scan scan;
	struct json_value value;
	struct tw_text key, spi;
	struct seen seen = {0};

	for (int i = 0; i < FIELD_COUNT; i++)
		seen.rank[i] = -1;
	if (record->result == CSV_LONG) {
		item_refuse(item, "too-long", "", "the line is longer than 1 MiB; shorten it");
		return;
	}
	size_t flaw = utf8_flaw(text, record->length);
	if (flaw < record->length) {
		item_refuse(item, text[flaw] ? "bad-encoding" : "nul-byte", "",
			    text[flaw] ? "character %zu is not UTF-8: save the file as UTF-8"
				       : "character %zu is a NUL byte: the text must be UTF-8 "
					 "without NUL",
			    flaw + 1);
		return;
	}
	json_begin(&scan, (struct tw_text){text, record->length});
	if (!scan.wrong && scan.at[-1] == '[')
		scan.wrong = "a line must be one object in { }";
	while (json_member(&scan, &key, &value))
		read_member(item, &seen, key, &value, options);
	if (!json_finish(&scan)) {
		item->reason = NULL;
		item_refuse(item, "bad-json", "", "character %zu: %s", (size_t)(scan.at - text) + 1,
			    scan.wrong);
		return;
	}
	if (seen.has_spi && claim_value(item, &spi, &seen.spi) && spi.length)
		item_add_claim(item, "spi", spi);
}
