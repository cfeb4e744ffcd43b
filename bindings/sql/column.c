/* SPDX-License-Identifier: Apache-2.0 */
#include "column.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A text in a message: for "%.*s". */
#define SHOW(text) sql_shown(text), (text).at

int sql_shown(struct tw_text text)
{
	size_t length = 60;
	if (text.length <= length)
		return (int)text.length;
	while (length && ((unsigned char)text.at[length] & 0xc0) == 0x80)
		length--; /* within a character */
	return (int)length;
}

int sql_error(struct tw_error *error, int code, const char *format, ...)
{
	va_list arguments;
	if (!error)
		return code;
	memset(error, 0, sizeof *error);
	error->code = code;
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	return code;
}

int sql_no_memory(struct tw_error *error)
{
	return sql_error(error, TW_NO_MEMORY, "out of memory");
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_name(struct tw_text text, const char *name)
{
	size_t length = strlen(name);
	if (text.length != length)
		return false;
	for (size_t i = 0; i < length; i++)
		if (lower(text.at[i]) != lower(name[i]))
			return false;
	return true;
}

static int unknown(struct tw_text name, struct tw_error *error)
{
	char names[480] = "";
	size_t length = 0;
	for (int i = 0; i < TW_COLUMN_COUNT && length < sizeof names; i++) {
		const char *here = tw_column_name((enum tw_column)i);
		length += (size_t)snprintf(names + length, sizeof names - length, "%s%s",
					   i ? ", " : "", here);
	}
	return sql_error(
	    error, TW_NOT_FOUND,
	    "`%.*s` is neither a column of a line nor a claim: omit it, or rename it to one "
	    "of %s",
	    SHOW(name), names);
}

int sql_column_find(struct sql_column *out, const tw_rulebook *rulebook, struct tw_text name,
		    struct tw_error *error)
{
	struct tw_claim claim;
	for (int i = 0; i < TW_COLUMN_COUNT; i++) {
		const char *ours = tw_column_name((enum tw_column)i);
		if (is_name(name, ours)) {
			*out = (struct sql_column){.column = i, .name = ours};
			return TW_OK;
		}
	}
	for (size_t i = 0; !tw_rulebook_claim(rulebook, i, &claim); i++)
		if (is_name(name, claim.name)) {
			*out = (struct sql_column){TW_COLUMN_COUNT, claim.name, claim.is_amount};
			return TW_OK;
		}
	return unknown(name, error);
}

/* The types that a column takes, a bit each, and in words. */
static unsigned takes(const struct sql_column *column, const char **words)
{
	switch (column->column) {
	case TW_COLUMN_ENTERED:
	case TW_COLUMN_IMPORTED:
	case TW_COLUMN_LOADED:
	case TW_COLUMN_DEPARTED:
	case TW_COLUMN_IT_DATE:
		*words = "a date, a timestamp or text";
		return 1u << SQL_VALUE_TEXT | 1u << SQL_VALUE_TIME;
	case TW_COLUMN_CLAIMS:
		*words = "text as in usmca=yes;steel_value=4000, or names with values";
		return 1u << SQL_VALUE_TEXT | 1u << SQL_VALUE_NAMED;
	case TW_COLUMN_COUNT:
		*words = "a flag, a number, a date or text";
		return 1u << SQL_VALUE_TEXT | 1u << SQL_VALUE_NUMBER | 1u << SQL_VALUE_FLAG |
		       1u << SQL_VALUE_TIME;
	default:
		*words = "text, or a whole or decimal number";
		return 1u << SQL_VALUE_TEXT | 1u << SQL_VALUE_NUMBER;
	}
}

int sql_column_takes(const struct sql_column *column, enum sql_value value, const char *type,
		     const char *exact, struct tw_error *error)
{
	const char *words;
	if (value == SQL_VALUE_NULL || takes(column, &words) & 1u << value)
		return TW_OK;
	if (value == SQL_VALUE_FLOAT)
		return sql_error(error, TW_BAD_ARGUMENT,
				 "column %s is of type %s, which is not exact: %s", column->name,
				 type, exact);
	return sql_error(error, TW_BAD_ARGUMENT, "column %s is of type %s: give %s", column->name,
			 type, words);
}

static int set_flag(bool *flag, const char *name, struct tw_text value, struct tw_error *error)
{
	static const char *const on[] = {"yes", "true", "1", "t"}, *const off[] = {"no", "false",
										   "0", "f"};
	for (size_t i = 0; i < sizeof on / sizeof *on; i++)
		if (is_name(value, on[i]) || is_name(value, off[i])) {
			*flag = is_name(value, on[i]);
			return TW_OK;
		}
	return sql_error(error, TW_BAD_ARGUMENT, "option %s is `%.*s`: give true or false", name,
			 SHOW(value));
}

int sql_option_set(struct sql_options *options, struct tw_text name, struct tw_text value,
		   struct tw_error *error)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {{"daily_sum", &options->daily_sum},
		     {"strict_coverage", &options->strict_coverage},
		     {"no_screen", &options->no_screen},
		     {"restore_zeros", &options->restore_zeros}};
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
		if (is_name(name, flags[i].name))
			return set_flag(flags[i].flag, flags[i].name, value, error);
	if (!is_name(name, "rulebook"))
		return sql_error(error, TW_NOT_FOUND,
				 "`%.*s` is not an option: there are daily_sum, strict_coverage, "
				 "no_screen, restore_zeros and rulebook",
				 SHOW(name));
	if (value.length >= sizeof options->rulebook || memchr(value.at, '\0', value.length))
		return sql_error(error, TW_BAD_ARGUMENT,
				 "option rulebook is not a path: give a file that `tidewaiter law "
				 "compile` wrote");
	memset(options->rulebook, 0, sizeof options->rulebook);
	if (value.length)
		memcpy(options->rulebook, value.at, value.length);
	return TW_OK;
}
