/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the seasonal lines of a schedule: which of them takes a product on which
 * days of the year. Every product's lines must share out the whole year. It
 * knows no rates and no single year.
 */
#include "law/reader.h"

#include "law/file.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define YEAR 366 /* days, the last of February among them */

/* Days of a month in a leap year. */
static int month_days(int month)
{
	static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return days[month - 1];
}

/* The place of a month and day in a leap year, from 0. */
static int day_of_year(int day)
{
	int place = day % 100 - 1;
	for (int month = 1; month < day / 100; month++)
		place += month_days(month);
	return place;
}

/* "02-29" as 229; false when it is no day of a leap year. */
static bool scan_day(const char **at, int *out)
{
	const char *s = *at;
	for (int i = 0; i < 5; i++)
		if (i == 2 ? s[i] != '-' : !isdigit((unsigned char)s[i]))
			return false;
	int month = (s[0] - '0') * 10 + s[1] - '0', day = (s[3] - '0') * 10 + s[4] - '0';
	*out = month * 100 + day;
	*at += 5;
	return month >= 1 && month <= 12 && day >= 1 && day <= month_days(month);
}

static int read_range(struct reader *r, const struct yaml_node *node, struct law_season_range *out)
{
	const char *at = node->kind == YAML_SCALAR ? node->scalar : "";
	if (!scan_day(&at, &out->from) || !scan_word(&at, " to ") ||
	    !scan_day(&at, &out->through) || *at)
		return law_error(r->error, node->pos,
				 "\"%.40s\" are no days of the year: write 07-01 to 08-31, "
				 "both days counted",
				 node->kind == YAML_SCALAR ? node->scalar : "…");
	if (out->through == 228 || out->from == 229)
		return law_error(r->error, node->pos,
				 "no season ends or begins within February's last days: write "
				 "02-29 for its last day, and 03-01 for the day after");
	return TW_OK;
}

static int read_line(struct reader *r, const struct law_jurisdiction *j, const char *code,
		     struct law_pos pos, uint64_t *out)
{
	struct law_range range;
	int result = text_range(&range, code, pos, r->error);
	if (result)
		return result;
	if (range.high - range.low != 100)
		return law_error(r->error, pos,
				 "\"%s\": a seasonal line is a code of 8 digits, such as "
				 "0702.00.20",
				 code);
	*out = range.low;
	for (uint32_t i = 0; i < j->row_count; i++)
		if (j->rows[i].code / 100 == range.low / 100)
			return TW_OK;
	return law_error(r->error, pos, "%s is not in the schedule", code);
}

static int read_lines(struct reader *r, const struct law_jurisdiction *j,
		      const struct yaml_node *node, struct law_season *season)
{
	if (!node || node->kind != YAML_MAPPING)
		return law_error(r->error, node ? node->pos : season->pos,
				 "say the lines and their days: lines: {\"0702.00.40\": 07-15 to "
				 "08-31}");
	struct law_season_line *line = read_take(r, node->count, sizeof *line);
	if (!line)
		return TW_NO_MEMORY;
	season->lines = line;
	season->line_count = (uint32_t)node->count;
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *days = node->item[i];
		bool several = days->kind == YAML_SEQUENCE;
		line[i].range_count = several ? (uint32_t)days->count : 1;
		struct law_season_range *range = read_take(r, line[i].range_count, sizeof *range);
		if (!range)
			return TW_NO_MEMORY;
		line[i].ranges = range;
		int code = read_line(r, j, node->key[i]->scalar, node->key[i]->pos, &line[i].code);
		for (uint32_t k = 0; !code && k < line[i].range_count; k++)
			code = read_range(r, several ? days->item[k] : days, &range[k]);
		if (code)
			return code;
		for (size_t k = 0; k < i; k++)
			if (line[k].code == line[i].code)
				return law_error(r->error, node->key[i]->pos,
						 "%s is named already in this product",
						 node->key[i]->scalar);
	}
	return TW_OK;
}

/* `imported`: a line that asks for the days of the import too. */
static int read_imported(struct reader *r, const struct law_jurisdiction *j,
			 const struct yaml_node *node, struct law_season *season)
{
	uint64_t code;
	int result = read_line(r, j, node->scalar ? node->scalar : "", node->pos, &code);
	if (result)
		return result;
	for (uint32_t i = 0; i < season->line_count; i++)
		if (season->lines[i].code == code) {
			((struct law_season_line *)season->lines)[i].imported = true;
			return TW_OK;
		}
	return law_error(r->error, node->pos, "%s is not a line of this product", node->scalar);
}

/* The product's lines, and `otherwise`, share out the year: no day twice, no day none. */
static int check_year(struct reader *r, const struct law_season *season)
{
	uint64_t taken[YEAR] = {0};
	for (uint32_t i = 0; i < season->line_count; i++)
		for (uint32_t k = 0; k < season->lines[i].range_count; k++) {
			const struct law_season_range *range = &season->lines[i].ranges[k];
			int last = day_of_year(range->through);
			for (int day = day_of_year(range->from);; day = (day + 1) % YEAR) {
				if (taken[day])
					return law_error(
					    r->error, season->pos,
					    "%s: the days %02d-%02d to %02d-%02d of %08llu "
					    "overlap those of %08llu",
					    season->product, range->from / 100, range->from % 100,
					    range->through / 100, range->through % 100,
					    (unsigned long long)season->lines[i].code / 100,
					    (unsigned long long)taken[day] / 100);
				taken[day] = season->lines[i].code;
				if (day == last)
					break;
			}
		}
	int day = 0, month = 1;
	while (day < YEAR && taken[day])
		day++;
	if ((day == YEAR) == (season->otherwise == 0))
		return TW_OK;
	if (day == YEAR)
		return law_error(r->error, season->pos,
				 "%s: the lines take the whole year already, omit \"otherwise\"",
				 season->product);
	for (; day >= month_days(month); month++)
		day -= month_days(month);
	return law_error(r->error, season->pos,
			 "%s: no line takes it on %02d-%02d: name the line of the rest of the year "
			 "as \"otherwise\"",
			 season->product, month, day + 1);
}

static int read_season(struct reader *r, const struct law_jurisdiction *j,
		       const struct yaml_node *node, struct law_season *season)
{
	static const char *const keys[] = {"product",  "when", "lines", "otherwise",
					   "imported", "note", NULL};
	const struct yaml_node *when, *otherwise, *imported;
	int code = yaml_only(node, keys, r->error);
	season->pos = node->pos;
	if (code || (code = read_needed(r, node, "product", &season->product)) ||
	    (code = read_lines(r, j, yaml_get(node, "lines"), season)))
		return code;
	if ((when = yaml_get(node, "when")) &&
	    (code = read_when(r, when, j->timezone, LAW_KIND_DUTY, &season->when)))
		return code;
	if ((otherwise = yaml_get(node, "otherwise")) &&
	    (code = read_line(r, j, otherwise->scalar ? otherwise->scalar : "", otherwise->pos,
			      &season->otherwise)))
		return code;
	if ((imported = yaml_get(node, "imported")) &&
	    (code = read_imported(r, j, imported, season)))
		return code;
	return check_year(r, season);
}

/* A line that is `otherwise` of one product is open all year: no product may close it. */
static int check_otherwise(struct reader *r, const struct law_season *seasons, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; seasons[i].otherwise && k < count; k++)
			for (uint32_t n = 0; n < seasons[k].line_count; n++)
				if (seasons[k].lines[n].code == seasons[i].otherwise)
					return law_error(
					    r->error, seasons[k].pos,
					    "%08llu is the line \"otherwise\" of %s (line %d), "
					    "open all year: it has no season",
					    (unsigned long long)seasons[i].otherwise / 100,
					    seasons[i].product, seasons[i].pos.line);
	return TW_OK;
}

int read_seasons(struct reader *r, uint32_t jurisdiction, const char *name)
{
	static const char *const keys[] = {"seasons", NULL};
	struct law_jurisdiction *j =
	    (struct law_jurisdiction *)r->jurisdictions.item + jurisdiction;
	char folder[3] = {(char)tolower((unsigned char)j->code[0]),
			  (char)tolower((unsigned char)j->code[1]), 0};
	const char *path = file_join(r->arena, folder, name);
	struct yaml_node *root;
	if (!path)
		return read_no_memory(r);
	int code = read_yaml(r, path, &root);
	if (code || (code = yaml_only(root, keys, r->error)))
		return code;
	const struct yaml_node *list = yaml_get(root, "seasons");
	if (!list || list->kind != YAML_SEQUENCE)
		return law_error(r->error, root->pos,
				 "seasons are a list of {product: …, lines: …}");
	struct law_season *seasons = read_take(r, list->count, sizeof *seasons);
	if (!seasons)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < list->count; i++)
		if ((code = read_season(r, j, list->item[i], &seasons[i])))
			return code;
	j->seasons = seasons;
	j->season_count = (uint32_t)list->count;
	return check_otherwise(r, seasons, list->count);
}
