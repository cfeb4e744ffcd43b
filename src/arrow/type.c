/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/type.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"

/* What one format says, but for those with numbers in them. */
static const struct known {
	const char *format, *name;
	enum type_kind kind;
	unsigned bits;
	int64_t unit;
} known[] = {
    {"n", "null", TYPE_NULL, 0, 0},
    {"b", "bool", TYPE_BOOL, 1, 0},
    {"c", "int8", TYPE_INT, 8, 0},
    {"C", "uint8", TYPE_UINT, 8, 0},
    {"s", "int16", TYPE_INT, 16, 0},
    {"S", "uint16", TYPE_UINT, 16, 0},
    {"i", "int32", TYPE_INT, 32, 0},
    {"I", "uint32", TYPE_UINT, 32, 0},
    {"l", "int64", TYPE_INT, 64, 0},
    {"L", "uint64", TYPE_UINT, 64, 0},
    {"e", "float16", TYPE_FLOAT, 16, 0},
    {"f", "float32", TYPE_FLOAT, 32, 0},
    {"g", "float64", TYPE_FLOAT, 64, 0},
    {"u", "utf8", TYPE_TEXT, 0, 0},
    {"U", "large_utf8", TYPE_LARGE_TEXT, 0, 0},
    {"vu", "utf8_view", TYPE_TEXT_VIEW, 0, 0},
    {"z", "binary", TYPE_BINARY, 0, 0},
    {"Z", "large_binary", TYPE_LARGE_BINARY, 0, 0},
    {"vz", "binary_view", TYPE_BINARY_VIEW, 0, 0},
    {"tdD", "date32", TYPE_DATE, 32, 1},
    {"tdm", "date64", TYPE_DATE, 64, 86400000},
    {"tts", "time32", TYPE_SPAN, 32, 0},
    {"ttm", "time32", TYPE_SPAN, 32, 0},
    {"ttu", "time64", TYPE_SPAN, 64, 0},
    {"ttn", "time64", TYPE_SPAN, 64, 0},
    {"tDs", "duration", TYPE_SPAN, 64, 0},
    {"tDm", "duration", TYPE_SPAN, 64, 0},
    {"tDu", "duration", TYPE_SPAN, 64, 0},
    {"tDn", "duration", TYPE_SPAN, 64, 0},
    {"tiM", "interval", TYPE_SPAN, 32, 0},
    {"tiD", "interval", TYPE_SPAN, 64, 0},
    {"tin", "interval", TYPE_SPAN, 128, 0},
    {"+l", "list", TYPE_LIST, 0, 0},
    {"+L", "large_list", TYPE_LARGE_LIST, 0, 0},
    {"+vl", "list_view", TYPE_LIST_VIEW, 0, 0},
    {"+vL", "large_list_view", TYPE_LARGE_LIST_VIEW, 0, 0},
    {"+s", "struct", TYPE_STRUCT, 0, 0},
    {"+m", "map", TYPE_MAP, 0, 0},
    {"+r", "run_end_encoded", TYPE_RUNS, 0, 0},
};
/* Those with more behind it. */
static const struct known begun[] = {
    {"tss:", "timestamp", TYPE_TIMESTAMP, 64, 1},
    {"tsm:", "timestamp", TYPE_TIMESTAMP, 64, 1000},
    {"tsu:", "timestamp", TYPE_TIMESTAMP, 64, 1000000},
    {"tsn:", "timestamp", TYPE_TIMESTAMP, 64, 1000000000},
    {"d:", "decimal", TYPE_DECIMAL, 128, 0},
    {"w:", "fixed_size_binary", TYPE_FIXED_BINARY, 0, 0},
    {"+w:", "fixed_size_list", TYPE_FIXED_LIST, 0, 0},
};

static const struct known *find(const char *format)
{
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].format, format))
			return &known[i];
	for (size_t i = 0; i < sizeof begun / sizeof *begun; i++)
		if (!strncmp(begun[i].format, format, strlen(begun[i].format)))
			return &begun[i];
	return NULL;
}

/* A whole number of a format, of which the end is at *at afterwards. */
static bool number(int64_t *out, const char **at)
{
	char *end;
	*out = strtoll(*at, &end, 10);
	bool is = end != *at && *out > -1000000 && *out < INT32_MAX;
	*at = end;
	return is;
}

/* What stands behind the colon. */
static bool read_rest(struct type *type, const char *rest)
{
	int64_t first = 0, scale = 0, bits = 128;
	switch (type->kind) {
	case TYPE_TIMESTAMP:
		type->has_zone = *rest != '\0';
		return true;
	case TYPE_FIXED_BINARY:
	case TYPE_FIXED_LIST:
		if (!number(&first, &rest) || *rest || first < 0)
			return false;
		type->width = first;
		type->bits = type->kind == TYPE_FIXED_BINARY ? (unsigned)first * 8 : 0;
		return type->kind == TYPE_FIXED_LIST || first < 1 << 20;
	case TYPE_DECIMAL:
		if (!number(&first, &rest) || *rest++ != ',' || !number(&scale, &rest) ||
		    (*rest && (*rest++ != ',' || !number(&bits, &rest))) || *rest)
			return false;
		type->bits = (unsigned)bits;
		type->scale = (int)scale;
		return (bits == 32 || bits == 64 || bits == 128 || bits == 256) && scale > -80 &&
		       scale < 80;
	default:
		return true;
	}
}

static bool has_children(enum type_kind kind, int64_t count)
{
	switch (kind) {
	case TYPE_LIST:
	case TYPE_LARGE_LIST:
	case TYPE_LIST_VIEW:
	case TYPE_LARGE_LIST_VIEW:
	case TYPE_FIXED_LIST:
	case TYPE_MAP:
		return count == 1;
	case TYPE_RUNS:
		return count == 2;
	case TYPE_STRUCT:
		return count >= 0 && count <= TYPE_CHILDREN;
	case TYPE_OTHER:
		return true;
	default:
		return count == 0;
	}
}

static int read_at(struct type *out, const struct ArrowSchema *schema, unsigned depth,
		   struct tw_error *error);

/* The ones below it. Of a type that is not known here nothing more is. */
static int read_below(struct type *out, const struct ArrowSchema *schema, unsigned depth,
		      struct tw_error *error)
{
	int code = TW_OK;
	if (out->kind == TYPE_OTHER)
		return TW_OK;
	if (schema->n_children > 0 && !schema->children)
		return error_set(error, TW_BAD_ARGUMENT, "column \"%.80s\": no children are there",
				 out->name);
	out->child = calloc((size_t)schema->n_children + 1, sizeof *out->child);
	if (!out->child)
		return error_memory(error);
	for (int64_t i = 0; i < schema->n_children && !code; i++) {
		out->count = (size_t)i + 1;
		code = read_at(&out->child[i], schema->children[i], depth + 1, error);
	}
	if (code || !schema->dictionary)
		return code;
	if (out->kind != TYPE_INT && out->kind != TYPE_UINT)
		return error_set(error, TW_BAD_ARGUMENT,
				 "column \"%.80s\": the indices of a dictionary are whole numbers, "
				 "not %s",
				 out->name, type_name(out));
	out->dictionary = calloc(1, sizeof *out->dictionary);
	return out->dictionary ? read_at(out->dictionary, schema->dictionary, depth + 1, error)
			       : error_memory(error);
}

/* The shapes that the format asks for and the counts do not show. */
static const char *misshapen(const struct type *type)
{
	if (type->kind == TYPE_MAP &&
	    (type->child[0].kind != TYPE_STRUCT || type->child[0].count != 2))
		return "a map is of structs of a key and a value";
	if (type->kind == TYPE_RUNS && (type->child[0].kind != TYPE_INT ||
					type->child[0].bits < 16 || type->child[0].dictionary))
		return "the ends of runs are int16, int32 or int64";
	return NULL;
}

static int read_at(struct type *out, const struct ArrowSchema *schema, unsigned depth,
		   struct tw_error *error)
{
	*out = (struct type){0};
	if (!schema || !schema->release || !schema->format)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the stream's schema is not whole: a schema was released, or has "
				 "no format");
	out->name = strdup(schema->name ? schema->name : "");
	out->format = strdup(schema->format);
	if (!out->name || !out->format)
		return error_memory(error);
	if (depth > TYPE_DEPTH)
		return error_set(error, TW_BAD_ARGUMENT,
				 "column \"%.80s\" is nested more than %d deep", out->name,
				 TYPE_DEPTH);
	const struct known *found = find(schema->format);
	if (found) {
		out->kind = found->kind;
		out->bits = found->bits;
		out->unit = found->unit;
	}
	if ((found && !read_rest(out, schema->format + strlen(found->format))) ||
	    !has_children(out->kind, schema->n_children))
		return error_set(error, TW_BAD_ARGUMENT,
				 "column \"%.80s\": the format \"%.40s\" with %lld children is "
				 "none of Arrow",
				 out->name, schema->format, (long long)schema->n_children);
	int code = read_below(out, schema, depth, error);
	const char *wrong = code ? NULL : misshapen(out);
	if (wrong)
		return error_set(error, TW_BAD_ARGUMENT, "column \"%.80s\": %s", out->name, wrong);
	return code;
}

int type_read(struct type *out, const struct ArrowSchema *schema, struct tw_error *error)
{
	return read_at(out, schema, 0, error);
}

void type_free(struct type *type)
{
	if (!type)
		return;
	for (size_t i = 0; i < type->count; i++)
		type_free(&type->child[i]);
	free(type->child);
	if (type->dictionary)
		type_free(type->dictionary);
	free(type->dictionary);
	free(type->name);
	free(type->format);
	*type = (struct type){0};
}

const char *type_name(const struct type *type)
{
	const struct known *found = find(type->format);
	if (type->dictionary)
		return "dictionary";
	return found ? found->name : type->format;
}

bool type_is_text(const struct type *type)
{
	return type->kind == TYPE_TEXT || type->kind == TYPE_LARGE_TEXT ||
	       type->kind == TYPE_TEXT_VIEW;
}

const char *type_stream_said(struct ArrowArrayStream *in, int number)
{
	const char *said = in->get_last_error ? in->get_last_error(in) : NULL;
	return said ? said : strerror(number);
}
