/* SPDX-License-Identifier: Apache-2.0 */
#include "law.h"
#include "print.h"

#include <string.h>

enum { RECORD = '\x1e', UNIT = '\x1f' };

extern const char tw_law_tables[], tw_law_tables_end[];

/* The text up to a mark or the end; *at stands behind the mark then. */
static struct tw_text piece(const char **at, const char *end, char mark)
{
	const char *from = *at, *to = memchr(from, mark, (size_t)(end - from));
	*at = to ? to + 1 : end;
	return (struct tw_text){from, (size_t)((to ? to : end) - from)};
}

static void read_columns(struct sql_law *law, struct tw_text line)
{
	const char *at = line.at, *end = line.at + line.length;
	while (at < end && law->count < SQL_LAW_COLUMNS) {
		struct tw_text cell = piece(&at, end, '\t');
		size_t length = cell.length - 2; /* a colon and the type */
		if (length >= sizeof law->column[0].name)
			length = sizeof law->column[0].name - 1;
		memcpy(law->column[law->count].name, cell.at, length);
		law->column[law->count].name[length] = '\0';
		law->column[law->count++].type = (enum sql_law_type)cell.at[cell.length - 1];
	}
}

bool sql_law_open(struct sql_law *out, const char *table)
{
	const char *at = tw_law_tables, *end = tw_law_tables_end;
	memset(out, 0, sizeof *out);
	for (at += at < end; at < end;) {
		const char *next = memchr(at, RECORD, (size_t)(end - at));
		const char *stop = next ? next : end;
		struct tw_text name = piece(&at, stop, '\n');
		if (name.length == strlen(table) && !memcmp(name.at, table, name.length)) {
			read_columns(out, piece(&at, stop, '\n'));
			out->at = at;
			out->end = stop;
			return true;
		}
		at = next ? next + 1 : end;
	}
	return false;
}

bool sql_law_next(struct sql_law *law, struct tw_text cell[SQL_LAW_COLUMNS])
{
	if (law->at >= law->end)
		return false;
	struct tw_text line = piece(&law->at, law->end, '\n');
	const char *at = line.at, *end = line.at + line.length;
	for (size_t i = 0; i < law->count; i++)
		cell[i] = piece(&at, end, '\t');
	return true;
}

size_t sql_law_column(const struct sql_law *law, const char *name)
{
	size_t i = 0;
	while (i < law->count && strcmp(law->column[i].name, name) != 0)
		i++;
	return i;
}

bool sql_law_item(struct tw_text *out, struct tw_text *list)
{
	const char *at = list->at, *end = list->at + list->length;
	if (at == end)
		return false;
	*out = piece(&at, end, UNIT);
	*list = (struct tw_text){at, (size_t)(end - at)};
	return true;
}

bool sql_law_is_day(const char *text)
{
	static const char form[] = "0000-00-00";
	char printed[SQL_PRINT];
	size_t i = 0;
	while (form[i] && text[i] &&
	       (form[i] == '-' ? text[i] == '-' : text[i] >= '0' && text[i] <= '9'))
		i++;
	if (form[i] || text[i])
		return false;
	/* A day that the calendar lacks is another one when it is printed. */
	size_t length = sql_print_day(printed, sql_law_day((struct tw_text){text, i}));
	return length == i && !memcmp(printed, text, i);
}

int64_t sql_law_number(struct tw_text cell)
{
	bool minus = cell.length && *cell.at == '-';
	int64_t number = 0;
	for (size_t i = minus; i < cell.length; i++)
		number = number * 10 + (cell.at[i] - '0');
	return minus ? -number : number;
}

int64_t sql_law_day(struct tw_text cell)
{
	int64_t year = sql_law_number((struct tw_text){cell.at, 4});
	int64_t month = sql_law_number((struct tw_text){cell.at + 5, 2});
	int64_t day = sql_law_number((struct tw_text){cell.at + 8, 2});
	/* Years begin with March, so that the leap day is the last. */
	year -= month < 3;
	month += month < 3 ? 9 : -3;
	return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day -
	       719469;
}
