/* SPDX-License-Identifier: Apache-2.0 */
/* Opening the class section: bounds once, then plain look-ups. */
#include "rulebook/structures.h"

#include "rulebook/structures.h"

static const void *at(const struct classes_section *s, struct classes_table table)
{
	return (const char *)s + table.at;
}

static const char *text(const struct classes_section *s, uint32_t offset)
{
	return (const char *)s + s->texts.at + offset;
}

static bool table_fits(const struct classes_section *s, struct classes_table table, size_t element)
{
	return table.at % 4 == 0 && table.at >= sizeof *s && table.at <= s->size &&
	       table.count <= (s->size - table.at) / element;
}

static bool span_fits(struct classes_span span, struct classes_table table)
{
	return span.first <= table.count && span.count <= table.count - span.first;
}

static bool texts_fit(const struct classes_section *s, const uint32_t *offset, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (offset[i] >= s->texts.count)
			return false;
	return true;
}

static bool conditions_fit(const struct classes_section *s, const struct classes_row *row)
{
	const struct classes_condition *condition = at(s, s->conditions);
	const uint32_t *index = at(s, s->indexes);
	for (uint32_t i = 0; i < row->conditions.count; i++) {
		const struct classes_condition *c = &condition[row->conditions.first + i];
		if (c->letter >= s->texts.count || c->site >= row->sites.count ||
		    c->becomes > BECOMES_GROUP || !span_fits(c->adds, s->indexes) ||
		    (c->becomes == BECOMES_ACYL && c->acyl >= s->groups.count))
			return false;
		for (uint32_t k = 0; k < c->adds.count; k++)
			if (index[c->adds.first + k] >= s->groups.count)
				return false;
	}
	return true;
}

static bool row_fits(const struct classes_section *s, const struct classes_row *row)
{
	const uint32_t texts[] = {row->id,   row->title, row->jurisdiction,
				  row->cite, row->from,  row->skeleton};
	const struct classes_site *site = at(s, s->sites);
	const uint32_t *index = at(s, s->indexes);
	if (!texts_fit(s, texts, sizeof texts / sizeof *texts) ||
	    !span_fits(row->sites, s->sites) || !span_fits(row->conditions, s->conditions) ||
	    !span_fits(row->resembles, s->indexes) ||
	    !texts_fit(s, index + row->resembles.first, row->resembles.count))
		return false;
	for (uint32_t i = 0; i < row->sites.count; i++) {
		const struct classes_site *one = &site[row->sites.first + i];
		const uint32_t offsets[] = {one->name, one->parent, one->end};
		if (!texts_fit(s, offsets, 3) || one->link > 8 || one->always > 1 ||
		    one->joined > 1 || (one->kind != CLASSES_NONE && one->kind >= s->groups.count))
			return false;
	}
	return conditions_fit(s, row);
}

bool classes_check(const void *data, size_t size)
{
	const struct classes_section *s = data;
	if (size < sizeof *s || s->magic != CLASSES_MAGIC || s->size > size ||
	    !table_fits(s, s->rows, sizeof(struct classes_row)) ||
	    !table_fits(s, s->sites, sizeof(struct classes_site)) ||
	    !table_fits(s, s->conditions, sizeof(struct classes_condition)) ||
	    !table_fits(s, s->groups, sizeof(struct classes_group)) ||
	    !table_fits(s, s->indexes, 4) || !table_fits(s, s->texts, 1) || s->texts.count == 0 ||
	    text(s, s->texts.count - 1)[0] != '\0')
		return false;
	const struct classes_group *group = at(s, s->groups);
	for (uint32_t i = 0; i < s->groups.count; i++)
		if (!texts_fit(s, &group[i].name, 5))
			return false;
	const struct classes_row *row = at(s, s->rows);
	for (uint32_t i = 0; i < s->rows.count; i++)
		if (!row_fits(s, &row[i]))
			return false;
	return true;
}

size_t classes_count(const void *section)
{
	return ((const struct classes_section *)section)->rows.count;
}

struct classes_info classes_info(const void *section, size_t index)
{
	const struct classes_section *s = section;
	const struct classes_row *row = (const struct classes_row *)at(s, s->rows) + index;
	return (struct classes_info){.id = text(s, row->id),
				     .title = text(s, row->title),
				     .jurisdiction = text(s, row->jurisdiction),
				     .cite = text(s, row->cite),
				     .from = text(s, row->from),
				     .closed = row->closed != 0};
}
