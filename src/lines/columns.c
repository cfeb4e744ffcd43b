/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which column is which. A name of --map comes first, then names that are ours
 * or an alias, with or without a unit or currency beside them, then names of
 * claims, then names that hold an alias; a column serves one field only. Of
 * several names for one field the more specific one gives it (aliases.c). Names
 * that say the same give it together: their cells must be equal on every line.
 */
#include "lines/columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/spelling.h"
#include "lines/claim_columns.h"
#include "lines/header_word.h"
#include "lines/profile.h"

enum {
	TIER = 64,
	PROFILES = 1000 * TIER /* names of a profile come before those that we know */
};

static bool same_text(struct tw_text a, struct tw_text b)
{
	return a.length == b.length && (!a.length || !memcmp(a.at, b.at, a.length));
}

static int shown(struct tw_text text)
{
	return (int)(text.length < 60 ? text.length : 60);
}

static int mapped(const struct columns_options *options, struct tw_text name)
{
	for (size_t i = 0; i < options->map_count; i++)
		if (same_text(options->map[i].theirs, name))
			return (int)i;
	return -1;
}

struct header_word columns_meaning(struct tw_text name, const struct columns_options *options)
{
	int map = mapped(options, name), field;
	int rank = map < 0 ? profile_rank(&field, options->profile, name) : -1;
	if (rank >= 0)
		return (struct header_word){
		    .meaning = {.field = field,
				.why = field == FIELD_OTHER ? WHY_UNUSED : WHY_READ},
		    .claim = -1,
		    .order = TIER * (1 + rank),
		    .is_mapped = true};
	if (map < 0) {
		struct header_word found = header_read(name, options);
		found.order = PROFILES + TIER * found.meaning.tier + found.meaning.rank;
		return found;
	}
	return (struct header_word){
	    .meaning = {.field = options->map[map].field,
			.why = options->map[map].field == FIELD_OTHER ? WHY_MAPPED : WHY_READ},
	    .claim = options->map[map].claim,
	    .is_mapped = true};
}

bool columns_equal(int order, int other)
{
	return (order == 0) == (other == 0) && order / TIER == other / TIER;
}

size_t columns_score(const struct csv_row *row, const struct columns_options *options)
{
	size_t score = 0;
	for (size_t i = 0; i < row->count; i++) {
		struct tw_text name = csv_value(row->field[i]);
		score += columns_meaning(name, options).meaning.field != FIELD_UNKNOWN;
	}
	return score;
}

static int copy_names(struct columns *columns, const struct csv_row *row)
{
	size_t size = 1;
	for (size_t i = 0; i < row->count; i++)
		size += row->field[i].length;
	columns->names = malloc(size);
	if (!columns->names)
		return TW_NO_MEMORY;
	char *to = columns->names;
	for (size_t i = 0; i < row->count; i++) {
		struct tw_text head = {to, row->field[i].length};
		if (head.length)
			memcpy(to, row->field[i].at, head.length);
		columns->head[i] = head;
		columns->name[i] = csv_value(head);
		to += head.length;
	}
	columns->count = row->count;
	return TW_OK;
}

/* The meaning of each name by itself. */
static void read_names(struct columns *columns, int order[CSV_FIELDS],
		       struct columns_options *options)
{
	for (size_t i = 0; i < columns->count; i++) {
		struct header_word found = columns_meaning(columns->name[i], options);
		int map = mapped(options, columns->name[i]);
		if (map >= 0)
			options->map[map].used = true;
		columns->field[i] = found.meaning.field;
		columns->why[i] = found.meaning.why;
		columns->claim[i] = found.claim;
		columns->word[i] = found.word;
		columns->is_mapped[i] = found.is_mapped;
		columns->has_claims = columns->has_claims || found.meaning.field == FIELD_CLAIM;
		order[i] = found.order;
	}
}

static void put_aside(struct columns *columns, size_t index, enum columns_why why)
{
	columns->field[index] = FIELD_OTHER;
	columns->why[index] = why;
}

/* Gives each field its best column; those that say the same stand by to be compared. */
static void assign(struct columns *columns, const int order[CSV_FIELDS])
{
	int best[FIELD_COUNT];
	for (size_t i = 0; i < columns->count; i++) {
		int field = columns->field[i];
		if (field >= FIELD_CLAIM)
			continue;
		if (columns->at[field] < 0 || order[i] < best[field]) {
			columns->at[field] = (int)i;
			best[field] = order[i];
		}
	}
	for (size_t i = 0; i < columns->count; i++) {
		int field = columns->field[i];
		if (field >= FIELD_CLAIM || columns->at[field] == (int)i)
			continue;
		if (best[field] == 0 && order[i] != 0)
			put_aside(columns, i, WHY_MAPPED);
		else if (!columns_equal(order[i], best[field]) || field >= TW_COLUMN_COUNT)
			put_aside(columns, i, WHY_BEHIND);
		else {
			columns->field[i] = FIELD_SECOND;
			columns->second[columns->seconds].at = (int)i;
			columns->second[columns->seconds++].field = field;
		}
	}
}

/* A price that may be one for each, beside a quantity: which of the two it is must be said. */
static void doubt_prices(struct columns *columns, const int order[CSV_FIELDS])
{
	int value = columns->at[TW_COLUMN_VALUE];
	char folded[FOLDED];
	if (value < 0 || columns->at[TW_COLUMN_QTY] < 0 || order[value] < PROFILES)
		return;
	alias_fold(folded, columns->name[value]);
	if (!strstr(folded, "itemprice"))
		return;
	put_aside(columns, (size_t)value, WHY_EACH);
	columns->at[TW_COLUMN_VALUE] = -1;
}

/* What is still free, by aliases that stand inside a name; the date of entry never. */
static void assign_within(struct columns *columns, const struct columns_options *options)
{
	int field;
	for (size_t place = 0; (field = alias_field(place)) >= 0; place++) {
		int best = -1;
		if (field >= FIELD_CLAIM || columns->at[field] >= 0 || field == TW_COLUMN_ENTERED ||
		    field == TW_COLUMN_SHIPMENT || field == FIELD_ENTRY_LINE)
			continue;
		for (size_t i = 0; i < columns->count; i++) {
			struct header_word found;
			if (columns->field[i] != FIELD_UNKNOWN)
				continue;
			int rank = header_within(&found, columns->name[i], field, options);
			if (rank < 0)
				continue;
			if (found.meaning.field != field) { /* its unit is not known */
				columns->word[i] = found.word;
				columns->why[i] = found.meaning.why;
				continue;
			}
			if (best >= 0 && rank >= best)
				continue;
			columns->at[field] = (int)i;
			columns->word[i] = found.word;
			best = rank;
		}
		if (columns->at[field] >= 0) {
			columns->field[columns->at[field]] = field;
			columns->why[columns->at[field]] = WHY_READ;
		}
	}
}

/* A claim that stands in two columns. */
static int check_claims(const struct columns *columns, const struct columns_options *options,
			struct tw_error *error)
{
	char message[256];
	for (size_t i = 0; i < columns->count; i++)
		for (size_t j = 0; j < i && columns->field[i] == FIELD_CLAIM; j++)
			if (columns->field[j] == FIELD_CLAIM &&
			    columns->claim[i] == columns->claim[j]) {
				snprintf(message, sizeof message,
					 "the header names the claim %s twice (\"%.*s\" and "
					 "\"%.*s\"): remove one of them",
					 claim_columns_name(options->claims, columns->claim[i]),
					 shown(columns->name[j]), columns->name[j].at,
					 shown(columns->name[i]), columns->name[i].at);
				return error_set(error, TW_BAD_ARGUMENT, "%s", message);
			}
	return TW_OK;
}

/* The column of a name of --value-from: as it stands, or folded; -1. */
static int find_part(const struct columns *columns, struct tw_text name)
{
	char folded[FOLDED], other[FOLDED];
	for (size_t i = 0; i < columns->count; i++)
		if (same_text(columns->name[i], name))
			return (int)i;
	if (!alias_fold(folded, name))
		return -1;
	for (size_t i = 0; i < columns->count; i++)
		if (alias_fold(other, columns->name[i]) && !strcmp(folded, other))
			return (int)i;
	return -1;
}

static int no_part(const struct columns *columns, struct tw_text name, struct tw_error *error)
{
	char message[256];
	const char *names[CSV_FIELDS];
	char text[CSV_FIELDS][64];
	for (size_t i = 0; i < columns->count; i++) {
		snprintf(text[i], sizeof text[i], "%.*s", shown(columns->name[i]),
			 columns->name[i].at);
		names[i] = text[i];
	}
	const char *near = columns_nearest(name.at, name.length, names, columns->count);
	if (!columns->options->value_from) {
		snprintf(message, sizeof message,
			 "the profile %s calculates the value from the column \"%.*s\", which the "
			 "file does not have",
			 columns->options->profile->name, shown(name), name.at);
		return error_set(error, TW_BAD_ARGUMENT, "%s", message);
	}
	snprintf(message, sizeof message, "--value-from: there is no column \"%.*s\"%s%s%s",
		 shown(name), name.at, near ? "; did you mean [" : "", near ? near : "",
		 near ? "]?" : "");
	return error_set(error, TW_BAD_ARGUMENT, "%s", message);
}

/* Gives the value to what it is reckoned from; another column of it is left. */
static int bind_reckoning(struct columns *columns, struct tw_error *error)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->field[i] == TW_COLUMN_VALUE)
			put_aside(columns, i, WHY_MAPPED);
	columns->at[TW_COLUMN_VALUE] = -1;
	for (size_t i = 0; i < columns->seconds;) {
		if (columns->second[i].field != TW_COLUMN_VALUE) {
			i++;
			continue;
		}
		put_aside(columns, (size_t)columns->second[i].at, WHY_MAPPED);
		columns->second[i] = columns->second[--columns->seconds];
	}
	for (size_t place = 0; place < VALUE_PARTS; place++) {
		const struct value_factor *factor = value_from_part(&columns->reckon, place);
		columns->part[place] = -1;
		if (!factor)
			continue;
		int at = find_part(columns, factor->name);
		if (at < 0)
			return no_part(columns, factor->name, error);
		columns->part[place] = at;
		if (columns->field[at] >= FIELD_OTHER)
			columns->field[at] = FIELD_PART;
	}
	return TW_OK;
}

/* Takes what the value is reckoned from: of the command line, else of the profile, unless --map or
 * --set gives the value. */
static int reckon_value(struct columns *columns, const struct columns_options *options,
			struct tw_error *error)
{
	const struct profile *profile = options->profile;
	int value = columns->at[TW_COLUMN_VALUE];
	if (options->value_from)
		columns->reckon = *options->value_from;
	else if (profile && profile->value_from.terms && !options->set[TW_COLUMN_VALUE].at &&
		 (value < 0 || !columns->is_mapped[value]))
		columns->reckon = profile->value_from;
	else
		return TW_OK;
	columns->is_reckoned = true;
	return bind_reckoning(columns, error);
}

/* The columns whose cells are numbers, for the decimal mark. */
static void find_numbers(struct columns *columns)
{
	static const int fields[] = {TW_COLUMN_VALUE,        TW_COLUMN_RETAIL_VALUE, TW_COLUMN_QTY,
				     TW_COLUMN_QTY2,         TW_COLUMN_WEIGHT,       FIELD_DECLARED,
				     TW_COLUMN_CONCENTRATION};
	for (size_t i = 0; i < columns->count; i++) {
		bool number =
		    columns->field[i] == FIELD_PART ||
		    (columns->field[i] == FIELD_CLAIM &&
		     claim_columns_is_amount(columns->options->claims, columns->claim[i]));
		for (size_t k = 0; k < sizeof fields / sizeof *fields && !number; k++)
			number = columns->field[i] == fields[k];
		if (number)
			columns->number[columns->numbers++] = (int)i;
		if (number && columns->field[i] < TW_COLUMN_COUNT)
			columns->number_field[columns->number_fields++] = columns->field[i];
	}
}

static int understand(struct columns *columns, const struct csv_row *row,
		      struct columns_options *options, struct tw_error *error)
{
	*columns = (struct columns){0};
	for (int field = 0; field < FIELD_COUNT; field++)
		columns->at[field] = -1;
	if (copy_names(columns, row)) {
		error_set(error, TW_BAD_ARGUMENT, "not enough memory for the header");
		return TW_NO_MEMORY;
	}
	int order[CSV_FIELDS];
	columns->options = options;
	read_names(columns, order, options);
	assign(columns, order);
	doubt_prices(columns, order);
	assign_within(columns, options);
	for (size_t i = 0; i < columns->count; i++)
		if (columns->word[i].length && columns->field[i] < FIELD_OTHER)
			columns->has_words = true;
	int code = reckon_value(columns, options, error);
	if (code)
		return code;
	find_numbers(columns);
	columns->profile = options->profile;
	columns->is_es003 = columns->profile && columns->profile->fold == PROFILE_TARIFF_ROWS &&
			    columns->at[TW_COLUMN_SHIPMENT] >= 0 &&
			    columns->at[FIELD_ENTRY_LINE] >= 0 && columns->at[TW_COLUMN_HTS] >= 0;
	return check_claims(columns, options, error);
}

int columns_read(struct columns *columns, const struct csv_row *row,
		 struct columns_options *options, struct tw_error *error)
{
	const struct profile *named = options->profile;
	if (!named)
		options->profile = profile_detect(row);
	int code = understand(columns, row, options, error);
	options->profile = named;
	return code;
}

void columns_free(struct columns *columns)
{
	free(columns->names);
	columns->names = NULL;
}

const char *columns_nearest(const char *name, size_t length, const char *const *names, size_t count)
{
	char folded[FOLDED], other[FOLDED];
	const char *nearest = NULL;
	size_t size = alias_fold(folded, (struct tw_text){name, length});
	size_t best = size < 4 ? 2 : 3; /* further than this less one is not near */
	for (size_t i = 0; i < count; i++) {
		size_t n = alias_fold(other, (struct tw_text){names[i], strlen(names[i])});
		size_t far = spelling_distance((struct tw_text){folded, size},
					       (struct tw_text){other, n}, best);
		if (far < best) {
			best = far;
			nearest = names[i];
		}
	}
	return nearest;
}

const char *columns_nearest_ours(const char *name, size_t length)
{
	const char *names[TW_COLUMN_COUNT];
	for (int column = 0; column < TW_COLUMN_COUNT; column++)
		names[column] = tw_column_name((enum tw_column)column);
	return columns_nearest(name, length, names, TW_COLUMN_COUNT);
}

static int no_column(struct tw_text name, const char *option, struct tw_error *error)
{
	char message[256];
	int length = (int)(name.length < 80 ? name.length : 80);
	const char *nearest = columns_nearest_ours(name.at, name.length);
	if (nearest)
		snprintf(message, sizeof message,
			 "%s: there is no column \"%.*s\"; did you mean %s?", option, length,
			 name.at, nearest);
	else
		snprintf(message, sizeof message,
			 "%s: there is no column \"%.*s\"; see tidewaiter assess --help for the "
			 "columns",
			 option, length, name.at);
	return error_set(error, TW_BAD_ARGUMENT, "%s", message);
}

int columns_map(struct columns_options *options, const char *text, struct tw_error *error)
{
	const char *equals = strrchr(text, '=');
	if (!equals || equals == text)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--map needs THEIRS=OURS, as in --map \"HS6 Code=hts\"");
	if (options->map_count == COLUMNS_MAPS)
		return error_set(error, TW_BAD_ARGUMENT, "--map is given more than 64 times");
	struct tw_text ours = {equals + 1, strlen(equals + 1)};
	int field = tw_column_find(ours);
	struct tw_text theirs = {text, (size_t)(equals - text)};
	for (size_t i = 0; i < options->map_count; i++)
		if ((options->map[i].field == field && field >= 0) ||
		    same_text(options->map[i].theirs, theirs))
			return error_set(error, TW_BAD_ARGUMENT,
					 "--map: one of its columns is mapped twice");
	if (field < 0) /* a claim, or no name of ours: the rulebook tells */
		field = ours.length ? FIELD_CLAIM : FIELD_OTHER;
	options->map[options->map_count].theirs = theirs;
	options->map[options->map_count].used = false;
	options->map[options->map_count].claim = -1;
	options->map[options->map_count].ours = ours.at;
	options->map[options->map_count++].field = field;
	return TW_OK;
}

int columns_set(struct columns_options *options, const char *text, struct tw_error *error)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals == text)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--set needs COLUMN=VALUE, as in --set into=US");
	struct tw_text name = {text, (size_t)(equals - text)};
	int column = tw_column_find(name);
	if (column < 0) { /* a claim, or no name of ours: the rulebook tells */
		if (options->claim_count == COLUMNS_CLAIMS)
			return error_set(error, TW_BAD_ARGUMENT,
					 "--set is given for more than 32 claims");
		options->set_claim[options->claim_count].name = name;
		options->set_claim[options->claim_count].value =
		    (struct tw_text){equals + 1, strlen(equals + 1)};
		options->set_claim[options->claim_count++].claim = -1;
		return TW_OK;
	}
	if (options->set[column].at)
		return error_set(error, TW_BAD_ARGUMENT, "--set: a column is set twice");
	options->set[column] = (struct tw_text){equals + 1, strlen(equals + 1)};
	return TW_OK;
}

int columns_resolve(struct columns_options *options, struct tw_error *error)
{
	for (size_t i = 0; i < options->map_count; i++) {
		struct tw_text ours = {options->map[i].ours, strlen(options->map[i].ours)};
		if (options->map[i].field != FIELD_CLAIM)
			continue;
		options->map[i].claim = claim_columns_find(options->claims, ours);
		if (options->map[i].claim < 0)
			return no_column(ours, "--map", error);
	}
	for (size_t i = 0; i < options->claim_count; i++) {
		options->set_claim[i].claim =
		    claim_columns_find(options->claims, options->set_claim[i].name);
		if (options->set_claim[i].claim < 0)
			return no_column(options->set_claim[i].name, "--set", error);
	}
	return TW_OK;
}
