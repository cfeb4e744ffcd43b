/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/reader.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "lines/claim_columns.h"
#include "lines/date_cell.h"
#include "lines/decimal.h"
#include "lines/profile.h"
#include "lines/seen.h"

/* How the cells of a column are read. */
struct reader_column {
	struct reader_use use;
	char room[CELL_ROOM];
	struct buffer many;
	const char *unfit; /* of the row: why no cell can say it, or NULL */
};

static bool is_money(const struct columns *columns, size_t at)
{
	int field = columns->field[at];
	return field == TW_COLUMN_VALUE || field == TW_COLUMN_RETAIL_VALUE || field == FIELD_PART ||
	       (field == FIELD_CLAIM &&
		claim_columns_is_amount(columns->options->claims, columns->claim[at]));
}

/* What a column is read as: "value", "the claim usmca". */
static const char *read_as(const struct columns *columns, size_t at)
{
	int field = columns->field[at];
	if (field == FIELD_CLAIM)
		return claim_columns_name(columns->options->claims, columns->claim[at]);
	for (size_t i = 0; field == FIELD_SECOND && i < columns->seconds; i++)
		if (columns->second[i].at == (int)at)
			field = columns->second[i].field;
	return field < TW_COLUMN_COUNT ? tw_column_name((enum tw_column)field)
	       : field == FIELD_SPI    ? "the claim spi"
				       : "a part of the value";
}

/* A struct or a map, or a list of them. */
static bool has_keys(const struct type *type)
{
	if (type->kind != TYPE_STRUCT && type->kind != TYPE_MAP && type->count)
		type = cell_type(&type->child[0]);
	return type->kind == TYPE_STRUCT || type->kind == TYPE_MAP;
}

/* Why the values of a column cannot be what it is read as; NULL: they can. */
static const char *unreadable(struct reader_use *use, const struct columns *columns,
			      const struct type *type, size_t at)
{
	int field = columns->field[at];
	const struct type *value = cell_type(type);
	use->mark = '\0';
	if (cell_is_nested(type) && (field == TW_COLUMN_CLAIMS || field == TW_COLUMN_VIA))
		use->mark = field == TW_COLUMN_CLAIMS ? ';' : ',';
	if (use->mark == ',' && has_keys(value))
		return "it is a text, or a list of texts";
	const char *why = use->mark ? cell_many_unreadable(type) : cell_unreadable(type);
	if (why)
		return why;
	if (value->kind == TYPE_BOOL && field != FIELD_CLAIM)
		return "the column does not take true or false";
	if (value->kind == TYPE_FLOAT && value->bits < 64 && is_money(columns, at))
		return "float32 holds seven digits, too few for money: cast it to a decimal, or "
		       "where it was made to float64";
	use->is_number = value->kind == TYPE_DECIMAL || value->kind == TYPE_FLOAT;
	return NULL;
}

int reader_use(struct reader_use *use, const struct columns *columns, const struct type *type,
	       size_t at, const char *map, struct tw_error *error)
{
	int field = columns->field[at];
	*use = (struct reader_use){.is_used = field <= FIELD_SPI || field == FIELD_CLAIM ||
					      field == FIELD_PART || field == FIELD_SECOND};
	const char *why = use->is_used ? unreadable(use, columns, type, at) : NULL;
	return why ? error_set(error, TW_BAD_ARGUMENT,
			       "column \"%.80s\", read as %s, is of type %s: %s; or leave "
			       "it out with %s \"%.80s=\"",
			       type->name, read_as(columns, at), type_name(type), why, map,
			       type->name)
		   : TW_OK;
}

/* The columns that are read, and whether their types allow it. */
static int bind_columns(struct reader *reader, struct tw_error *error)
{
	struct columns *columns = &reader->input.columns;
	for (size_t i = 0; i < columns->count; i++) {
		int code = reader_use(&reader->column[i].use, columns, &reader->schema.child[i], i,
				      "map", error);
		if (code)
			return code;
	}
	/* What is no text shows no decimal mark. */
	size_t kept = 0;
	for (size_t i = 0; i < columns->numbers; i++)
		if (type_is_text(cell_type(&reader->schema.child[columns->number[i]])))
			columns->number[kept++] = columns->number[i];
	columns->numbers = kept;
	return TW_OK;
}

/* A profile by which one line is made of several rows is for files. */
static int check_profile(const struct columns *columns, struct tw_error *error)
{
	const struct profile *profile = columns->profile;
	if (!columns->is_es003 && !(profile && profile->carry.count))
		return TW_OK;
	return error_set(error, TW_BAD_ARGUMENT,
			 "the columns are those of the profile %s, in which several rows make one "
			 "line: assess the file itself with tidewaiter assess",
			 profile->name);
}

/* A name of map that no column has is a misspelling. */
static int check_maps(const struct reader *reader, struct tw_error *error)
{
	const struct columns_options *options = &reader->options;
	const char *names[CSV_FIELDS];
	for (size_t i = 0; i < reader->schema.count; i++)
		names[i] = reader->schema.child[i].name;
	for (size_t m = 0; m < options->map_count; m++) {
		struct tw_text name = options->map[m].theirs;
		if (options->map[m].used)
			continue;
		const char *near =
		    columns_nearest(name.at, name.length, names, reader->schema.count);
		return error_set(
		    error, TW_BAD_ARGUMENT, "map: there is no column \"%.*s\"%s%.80s%s",
		    (int)(name.length < 80 ? name.length : 80), name.at,
		    near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
	}
	return TW_OK;
}

static int read_header(struct reader *reader, struct tw_error *error)
{
	struct csv_row *row = reader->item->row;
	size_t count = reader->schema.count;
	if (count > CSV_FIELDS)
		return error_set(error, TW_BAD_ARGUMENT, "%zu columns are more than %d", count,
				 CSV_FIELDS);
	reader->column = calloc(count + 1, sizeof *reader->column);
	if (!reader->column)
		return error_memory(error);
	row->count = count;
	for (size_t i = 0; i < count; i++)
		row->field[i] = (struct tw_text){reader->schema.child[i].name,
						 strlen(reader->schema.child[i].name)};
	int code = columns_read(&reader->input.columns, row, &reader->options, error);
	if (!code)
		code = check_maps(reader, error);
	if (!code)
		code = check_profile(&reader->input.columns, error);
	if (!code)
		code = bind_columns(reader, error);
	for (size_t i = 0; i < count && !code; i++)
		if (reader->column[i].use.is_used)
			return TW_OK;
	return code ? code
		    : error_set(
			  error, TW_BAD_ARGUMENT,
			  "no column has a name that a line of goods has, such as hts, origin, "
			  "entered and value: say which is which with map \"NAME=hts\"");
}

/* A copy of a text of the options, which lives as long as the reader; NULL: no memory. */
static const char *keep_text(struct reader *reader, const char *text)
{
	char **texts = realloc(reader->texts, (reader->text_count + 1) * sizeof *texts);
	if (!texts)
		return NULL;
	reader->texts = texts;
	texts[reader->text_count] = strdup(text);
	return texts[reader->text_count] ? texts[reader->text_count++] : NULL;
}

typedef int add_option(struct columns_options *options, const char *text, struct tw_error *error);

static int add_all(struct reader *reader, const char *const *texts, add_option *add,
		   struct tw_error *error)
{
	int code = TW_OK;
	for (; texts && *texts && !code; texts++) {
		const char *text = keep_text(reader, *texts);
		code = text ? add(&reader->options, text, error) : error_memory(error);
	}
	return code;
}

static int read_options(struct reader *reader, const struct tw_arrow_options *options,
			struct tw_error *error)
{
	int code = add_all(reader, options->map, columns_map, error);
	if (!code)
		code = add_all(reader, options->set, columns_set, error);
	if (!code && options->decimal)
		code = decimal_option(&reader->options, options->decimal, error);
	if (!code && options->date_format)
		code = date_cell_order(&reader->options.date_order, options->date_format, error);
	if (code || !options->value_from)
		return code;
	const char *text = keep_text(reader, options->value_from);
	if (!text)
		return error_memory(error);
	reader->options.value_from = &reader->value_from;
	return value_from_read(&reader->value_from, (struct tw_text){text, strlen(text)}, error);
}

static int begin(struct reader *reader, const struct ArrowSchema *schema,
		 const struct tw_arrow_options *options, struct tw_error *error)
{
	int code = type_read(&reader->schema, schema, error);
	if (code)
		return code;
	if (reader->schema.kind != TYPE_STRUCT)
		return error_set(error, TW_BAD_ARGUMENT,
				 "the stream is of %s, not of record batches: give a table",
				 type_name(&reader->schema));
	if (item_new(&reader->item) || claim_columns_new(&reader->claims, reader->options.rulebook))
		return error_memory(error);
	reader->options.claims = reader->claims;
	code = read_options(reader, options, error);
	if (!code)
		code = columns_resolve(&reader->options, error);
	return code ? code : read_header(reader, error);
}

static void drop_dashes(char *at)
{
	memmove(at, at + 2, strlen(at + 2) + 1);
	for (; (*at >= 'a' && *at <= 'z') || *at == '-'; at++)
		*at = *at == '-' ? '_' : *at;
}

/* Options have no dashes here: --date-format is date_format. */
static void name_options(struct tw_error *error)
{
	static const char again[] = "as in --";
	if (!error)
		return;
	if (!strncmp(error->message, "--", 2))
		drop_dashes(error->message);
	/* Our own words stand behind what was given, which stands in quotes. */
	char *more = NULL;
	bool quoted = false;
	for (char *c = error->message; *c; c++) {
		quoted ^= *c == '"' || *c == '`';
		if (!quoted && !strncmp(c, again, sizeof again - 1))
			more = c;
	}
	if (more)
		drop_dashes(more + sizeof again - 3);
}

int reader_new(struct reader **out, const struct ArrowSchema *schema, const tw_rulebook *rulebook,
	       tw_assessor *assessor, const struct tw_arrow_options *options,
	       struct tw_error *error)
{
	struct reader *reader = calloc(1, sizeof *reader);
	if (!reader)
		return error_memory(error);
	reader->input.name = "";
	reader->input.fd = -1;
	reader->input.separator = ',';
	reader->options.rulebook = rulebook;
	reader->options.assessor = reader->assessor = assessor;
	int code = begin(reader, schema, options, error);
	if (code)
		name_options(error);
	if (code)
		reader_free(reader);
	else
		*out = reader;
	return code;
}

void reader_free(struct reader *reader)
{
	if (!reader)
		return;
	for (size_t i = 0; reader->column && i < reader->schema.count; i++)
		buffer_free(&reader->column[i].many);
	free(reader->column);
	for (size_t i = 0; i < reader->text_count; i++)
		free(reader->texts[i]);
	free(reader->texts);
	columns_free(&reader->input.columns);
	seen_free(reader->input.seen);
	claim_columns_free(reader->claims);
	item_free(reader->item);
	type_free(&reader->schema);
	free(reader);
}

bool reader_has_shipments(const struct reader *reader)
{
	return reader->options.set[TW_COLUMN_SHIPMENT].at ||
	       reader->input.columns.at[TW_COLUMN_SHIPMENT] >= 0;
}

bool reader_uses(const struct reader *reader, size_t column)
{
	return reader->column[column].use.is_used;
}

int reader_check_column(const struct reader *reader, const struct ArrowArray *batch, size_t column,
			struct tw_error *error)
{
	const char *wrong = type_check_column(&reader->schema, batch, column);
	return wrong ? type_error_at(error, reader->number + 1, reader->schema.child[column].name,
				     wrong)
		     : TW_OK;
}

int reader_check(const struct reader *reader, const struct ArrowArray *batch,
		 struct tw_error *error)
{
	const char *wrong = type_check_batch(&reader->schema, batch);
	int code = wrong ? type_error_at(error, reader->number + 1, "", wrong) : TW_OK;
	for (size_t i = 0; i < reader->schema.count && !code; i++)
		if (reader->column[i].use.is_used)
			code = reader_check_column(reader, batch, i, error);
	return code;
}

/* A number is written as the texts of the stream are. */
static struct tw_text with_mark(char room[CELL_ROOM], struct tw_text text)
{
	char *point = memchr(text.at, '.', text.length);
	if (point)
		room[point - room] = ',';
	return text;
}

static int read_cell(struct reader *reader, size_t at, const struct ArrowArray *array, int64_t slot,
		     struct tw_error *error)
{
	struct reader_column *column = &reader->column[at];
	const struct type *type = &reader->schema.child[at];
	struct cell cell = {0};
	enum cell_is is = column->use.mark ? cell_read_many(&cell, &column->many, type, array, slot,
							    column->use.mark)
					   : cell_read(&cell, column->room, type, array, slot);
	column->unfit = is == CELL_UNFIT ? cell.why : NULL;
	if (is == CELL_BROKEN)
		return type_error_at(error, reader->number, type->name, cell.why);
	if (column->many.failed)
		return error_memory(error);
	if (is != CELL_TEXT || !cell.text.at)
		cell.text = (struct tw_text){"", 0};
	if (column->use.is_number && reader->input.columns.decimal.mark == DECIMAL_COMMA)
		cell.text = with_mark(column->room, cell.text);
	reader->item->row->field[at] = cell.text;
	return TW_OK;
}

int reader_cells(struct reader *reader, const struct ArrowArray *batch, int64_t row,
		 struct tw_error *error)
{
	struct csv_row *cells = reader->item->row;
	int code = TW_OK;
	cells->count = reader->schema.count;
	for (size_t i = 0; i < cells->count && !code; i++) {
		cells->field[i] = (struct tw_text){"", 0};
		if (reader->column[i].use.is_used)
			code = read_cell(reader, i, batch->children[i], batch->offset + row, error);
	}
	return code;
}

/* Values that no cell can say refuse the line. */
static void refuse_unfit(struct reader *reader)
{
	for (size_t i = 0; i < reader->schema.count; i++) {
		const struct reader_column *column = &reader->column[i];
		if (column->use.is_used && column->unfit)
			item_refuse(reader->item,
				    column->use.mark == ';' ? "bad-claim" : "bad-value",
				    read_as(&reader->input.columns, i), "%s", column->unfit);
	}
}

int reader_line(struct reader *reader, struct batch_context *context, uint64_t ordinal,
		struct tw_error *error)
{
	struct item *item = reader->item;
	size_t length = 0;
	for (size_t i = 0; i < reader->schema.count; i++)
		length += item->row->field[i].length + 1;
	item->context = context;
	item->ordinal = ordinal;
	item_read_cells(item, &reader->input, reader->number, length, &reader->options);
	refuse_unfit(reader);
	return item_stopped(item, error);
}

enum { SAMPLE_TEXT = 64 << 10 }; /* as of a file; see lines/sample.h */

int reader_decide(struct reader *reader, const struct ArrowArray *batch, struct tw_error *error)
{
	size_t seen = 0;
	uint64_t before = reader->number;
	int code = TW_OK;
	reader->input.is_sample = true;
	for (int64_t i = 0; i < batch->length && seen < SAMPLE_TEXT && !code; i++) {
		reader->number++;
		code = reader_cells(reader, batch, i, error);
		for (size_t k = 0; k < reader->schema.count; k++)
			seen += reader->item->row->field[k].length + 1;
		if (!code)
			code = reader_line(reader, NULL, 0, error);
		if (!code)
			code = sample_show(&reader->input, reader->item, error);
	}
	reader->input.is_sample = false;
	reader->number = before;
	if (!code)
		code = sample_conclude(&reader->input, error);
	return code ? code : bind_columns(reader, error);
}
