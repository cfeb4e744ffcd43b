/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON export of a schedule, read with Jansson: objects become entries. Knows no rates. */
#include "law/edition.h"

#ifdef TW_JANSSON
#include "law/yaml.h" /* law_error */

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#define UNITS 4 /* more are counted, not read */

/* The text of a field; absent and null are empty. */
static int read_field(const struct edition_reader *r, uint32_t place, const json_t *object,
		      const char *key, struct tw_text *out)
{
	const json_t *value = json_object_get(object, key);
	*out = (struct tw_text){"", 0};
	if (!value || json_is_null(value))
		return TW_OK;
	if (!json_is_string(value))
		return edition_error(r, place, "\"%s\" is not a text", key);
	*out = (struct tw_text){json_string_value(value), json_string_length(value)};
	return TW_OK;
}

static int read_indent(const struct edition_reader *r, uint32_t place, const json_t *object,
		       char number[24], struct tw_text *out)
{
	const json_t *value = json_object_get(object, "indent");
	if (!json_is_integer(value))
		return read_field(r, place, object, "indent", out);
	int length = snprintf(number, 24, "%lld", (long long)json_integer_value(value));
	*out = (struct tw_text){number, (size_t)length};
	return TW_OK;
}

static int read_units(const struct edition_reader *r, uint32_t place, const json_t *object,
		      struct tw_text unit[UNITS], size_t *count)
{
	const json_t *value = json_object_get(object, "units");
	*count = 0;
	if (!json_is_array(value)) {
		int code = read_field(r, place, object, "units", &unit[0]);
		*count = unit[0].length != 0;
		return code;
	}
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *one = json_array_get(value, i);
		if (!json_is_string(one))
			return edition_error(r, place, "\"units\" are a list of texts");
		if (*count < UNITS && json_string_length(one))
			unit[(*count)++] =
			    (struct tw_text){json_string_value(one), json_string_length(one)};
	}
	return TW_OK;
}

static int read_object(struct edition_reader *r, uint32_t place, const json_t *object)
{
	struct tw_text unit[UNITS];
	struct edition_entry entry = {.place = place, .unit = unit};
	char number[24];
	int code;
	if (!json_is_object(object))
		return edition_error(r, place, "is not an object: {\"htsno\": …, \"indent\": …}");
	if (!json_object_get(object, "htsno") || !json_object_get(object, "indent"))
		return edition_error(r, place,
				     "has no \"htsno\" and \"indent\": give the schedule as it "
				     "is exported");
	if ((code = read_field(r, place, object, "htsno", &entry.code)) ||
	    (code = read_indent(r, place, object, number, &entry.indent)) ||
	    (code = read_units(r, place, object, unit, &entry.unit_count)) ||
	    (code = read_field(r, place, object, "general", &entry.general)) ||
	    (code = read_field(r, place, object, "special", &entry.special)) ||
	    (code = read_field(r, place, object, "other", &entry.column2)))
		return code;
	return edition_take(r, &entry);
}

int edition_json(struct edition_reader *r, const char *data, size_t size)
{
	json_error_t flaw;
	json_t *root = json_loadb(data, size, JSON_REJECT_DUPLICATES, &flaw);
	int code = TW_OK;
	if (!root) {
		struct law_pos pos = {r->out->path, flaw.line, flaw.column};
		return law_error(r->error, pos, "this is not JSON: %s", flaw.text);
	}
	if (!json_is_array(root))
		code = edition_error(
		    r, 0,
		    "the file is not an array of objects: give the schedule as it is exported");
	for (size_t i = 0; !code && i < json_array_size(root); i++)
		code = read_object(r, (uint32_t)i + 1, json_array_get(root, i));
	json_decref(root);
	return code;
}

#else

int edition_json(struct edition_reader *r, const char *data, size_t size)
{
	(void)data;
	(void)size;
	edition_error(r, 0,
		      "this program was built without Jansson and reads no JSON: give the "
		      "CSV export, or build with libjansson-dev");
	return TW_UNSUPPORTED;
}
#endif
