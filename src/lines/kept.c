/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/kept.h"

#include <stdlib.h>
#include <string.h>

#include "common/fit.h"
#include "lines/json.h"

enum { NAME_ROOM = 300 /* of a name that a file bears twice */ };

struct kept {
	const struct carried *carried;
	const struct fields *fields;
	struct tw_text *cell;          /* of each column of the answers */
	size_t *from;                  /* of one that is put together: where it begins in `text` */
	struct finding_member *member; /* NDJSON */
	const struct columns *columns; /* the file whose names these are */
	struct tw_text *name;
	struct buffer text, names; /* put together; of the names */
};

/* The column of the input that an entry of `fields` is, which counts them from -1 down. */
static size_t carried_at(int at)
{
	int index = ~at;
	return (size_t)index;
}

int kept_new(struct kept **out, const struct carried *carried, const struct fields *fields)
{
	struct kept *kept = calloc(1, sizeof *kept);
	bool made = kept != NULL;
	if (kept && carried) {
		kept->cell = calloc(carried->count + 1, sizeof *kept->cell);
		kept->from = calloc(carried->count + 1, sizeof *kept->from);
		made = kept->cell && kept->from;
	} else if (kept) {
		kept->member = calloc(CSV_FIELDS, sizeof *kept->member);
		kept->name = calloc(CSV_FIELDS, sizeof *kept->name);
		made = kept->member && kept->name;
	}
	if (!made) {
		kept_free(kept);
		return TW_NO_MEMORY;
	}
	kept->carried = carried;
	kept->fields = fields;
	*out = kept;
	return TW_OK;
}

void kept_free(struct kept *kept)
{
	if (!kept)
		return;
	buffer_free(&kept->text);
	buffer_free(&kept->names);
	free(kept->cell);
	free(kept->from);
	free(kept->member);
	free(kept->name);
	free(kept);
}

static bool equal(const char *a, size_t m, const char *b, size_t n)
{
	return m == n && (!m || !memcmp(a, b, m));
}

/* One cell of several that stand in one: as CSV writes it. */
static void inner_cell(struct buffer *out, struct tw_text cell)
{
	bool quote =
	    cell.length && (memchr(cell.at, ',', cell.length) || memchr(cell.at, '"', cell.length));
	if (quote)
		buffer_char(out, '"');
	for (size_t i = 0; i < cell.length; i++) {
		if (cell.at[i] == '"')
			buffer_char(out, '"');
		buffer_char(out, cell.at[i]);
	}
	if (quote)
		buffer_char(out, '"');
}

/* What stands from field `first` on, where a row has more than its header. */
static void surplus(struct buffer *out, const struct item *item, size_t first)
{
	for (size_t i = first; i < item->cells; i++) {
		if (i > first)
			buffer_char(out, ',');
		inner_cell(out, item->cell[i]);
	}
	if (item->unread.length && item->cells > first)
		buffer_char(out, ',');
	buffer_put(out, item->unread.at, item->unread.length);
}

static struct tw_text csv_text(struct buffer *out, const struct item *item, size_t field)
{
	size_t last = item->columns->count - 1;
	bool is_more = item->cells + (item->unread.length > 0) > last + 1;
	if (field == last && is_more)
		surplus(out, item, last);
	else if (field < item->cells)
		return item->cell[field];
	else if (field == item->cells)
		return item->unread;
	return (struct tw_text){0};
}

/* A text without its quotes, null as nothing, the rest as it is written. */
static struct tw_text json_cell(struct buffer *out, struct tw_text raw)
{
	if (raw.at[0] == 'n')
		return (struct tw_text){0};
	if (raw.at[0] != '"')
		return raw;
	char *to = buffer_room(out, raw.length);
	size_t length;
	if (!to || !json_text(to, &length, raw))
		return raw;
	out->length += length;
	return (struct tw_text){0};
}

static bool is_key(struct tw_text raw_key, const struct carried_column *column)
{
	return column->json &&
	       equal(raw_key.at + 1, raw_key.length - 2, column->json, column->json_length);
}

/* The first member of that name; lines mostly have the order of the columns. */
static size_t member_of(const struct item *item, const struct carried_column *column, size_t hint)
{
	if (hint < item->cells && is_key(item->key[hint], column)) {
		size_t i = 0;
		while (i < hint && !is_key(item->key[i], column))
			i++;
		return i;
	}
	for (size_t i = 0; i < item->cells; i++)
		if (is_key(item->key[i], column))
			return i;
	return SIZE_MAX;
}

/* Whether a member stands in a column of its own. */
static bool is_placed(const struct carried *carried, const struct item *item, size_t member)
{
	size_t count = carried->count - 1;
	for (size_t i = 0; i < count; i++)
		if (is_key(item->key[member], &carried->column[i]))
			return member_of(item, &carried->column[i], member) == member;
	return false;
}

/* The members without a column as one object; of a line that is no JSON, the line. */
static void json_rest(struct buffer *out, const struct carried *carried, const struct item *item)
{
	size_t start = out->length;
	for (size_t i = 0; i < item->cells; i++) {
		if (is_placed(carried, item, i))
			continue;
		buffer_char(out, out->length == start ? '{' : ',');
		buffer_put(out, item->key[i].at, item->key[i].length);
		buffer_char(out, ':');
		buffer_put(out, item->cell[i].at, item->cell[i].length);
	}
	if (out->length > start)
		buffer_char(out, '}');
	buffer_put(out, item->unread.at, item->unread.length);
}

/* A cell of the input as it stands, or put together in `text`. */
static struct tw_text text_of(struct buffer *text, const struct carried *carried, size_t index,
			      const struct item *item)
{
	struct tw_text none = {0};
	bool is_rest = carried->has_rest && index + 1 == carried->count;
	if (item->columns) {
		int field = item->columns->carried_from[index];
		return field >= 0 ? csv_text(text, item, (size_t)field) : none;
	}
	if (is_rest) {
		json_rest(text, carried, item);
		return none;
	}
	size_t member = member_of(item, &carried->column[index], index);
	return member != SIZE_MAX ? json_cell(text, item->cell[member]) : none;
}

static bool fill_cells(struct kept *kept, const struct item *item)
{
	const struct fields *fields = kept->fields;
	kept->text.length = 0;
	for (size_t i = 0; i < fields->count; i++) {
		if (fields->at[i] >= 0)
			continue;
		size_t index = carried_at(fields->at[i]), from = kept->text.length;
		kept->from[index] = from;
		kept->cell[index] = text_of(&kept->text, kept->carried, index, item);
		if (kept->text.length > from)
			kept->cell[index] = (struct tw_text){NULL, kept->text.length - from};
	}
	for (size_t i = 0; i < fields->count && kept->text.length; i++) { /* it may have moved */
		if (fields->at[i] >= 0)
			continue;
		size_t index = carried_at(fields->at[i]);
		if (!kept->cell[index].at && kept->cell[index].length)
			kept->cell[index].at = kept->text.at + kept->from[index];
	}
	return !kept->text.failed;
}

static bool is_name(const struct columns *columns, const char *name, size_t length)
{
	for (size_t i = 0; i < columns->count; i++)
		if (equal(columns->name[i].at, columns->name[i].length, name, length))
			return true;
	return false;
}

/* The name of a kept column; one that the file bears twice is "note" and "note (2)". */
static struct tw_text name_of(struct buffer *names, const struct columns *columns, size_t index)
{
	struct tw_text name = columns->name[index];
	char *to = names->at + names->length;
	size_t length = 0;
	unsigned times = 1;
	for (size_t i = 0; i < index; i++)
		times += equal(columns->name[i].at, columns->name[i].length, name.at, name.length);
	for (unsigned number = 2; times > 1; number++) { /* numbers that no other column has */
		fit_print(to, NAME_ROOM, "%.*s (%u)", (int)(name.length < 256 ? name.length : 256),
			  name.at, number);
		length = strlen(to);
		times -= !is_name(columns, to, length);
	}
	names->length += length;
	return length ? (struct tw_text){to, length} : name;
}

static bool fill_members(struct finding *finding, struct kept *kept, const struct item *item)
{
	const struct columns *columns = item->columns;
	size_t count = columns && columns->count < item->cells ? columns->count : item->cells;
	if (columns && columns != kept->columns) {
		kept->names.length = 0; /* it must not move while they are made */
		if (!buffer_room(&kept->names, columns->count * NAME_ROOM))
			return false;
		for (size_t i = 0; i < columns->count; i++)
			kept->name[i] = name_of(&kept->names, columns, i);
		kept->columns = columns;
	}
	finding->kept = kept->member;
	finding->kept_raw = !columns;
	for (size_t i = 0; i < count; i++)
		if (columns ? columns->field[i] >= FIELD_PART : item->is_kept[i])
			kept->member[finding->kept_count++] = (struct finding_member){
			    columns ? kept->name[i] : item->key[i], item->cell[i]};
	return true;
}

bool kept_fill(struct finding *finding, struct kept *kept, const struct item *item)
{
	if (!kept->carried)
		return fill_members(finding, kept, item);
	finding->cell = kept->cell;
	return fill_cells(kept, item);
}
