/* SPDX-License-Identifier: Apache-2.0 */
/* Whether an array is what its schema says; the interface gives no sizes of buffers to check. */
#include "arrow/layout.h"

#include <string.h>

#include "common/error.h"

static const char *check_at(const struct type *type, const struct ArrowArray *array);

/* Offsets into text or a child: none negative, none that goes back. */
static const char *check_offsets(const struct ArrowArray *array, bool wide, int64_t most)
{
	const void *offsets = array->buffers[1];
	int64_t slots = array->offset + array->length, before = 0;
	if (!array->length)
		return NULL;
	if (!offsets)
		return "the buffer of offsets is missing";
	for (int64_t i = array->offset; i <= slots; i++) {
		int64_t at = layout_offset(offsets, wide, i);
		if (at < before)
			return "an offset is negative or goes back";
		before = at;
	}
	return before > most ? "an offset is behind the end of the values" : NULL;
}

static const char *check_text(const struct type *type, const struct ArrowArray *array)
{
	bool wide = type->kind == TYPE_LARGE_TEXT || type->kind == TYPE_LARGE_BINARY;
	const char *wrong = check_offsets(array, wide, INT64_MAX >> 8);
	if (wrong || !array->length || array->buffers[2])
		return wrong;
	return layout_offset(array->buffers[1], wide, array->offset + array->length)
		   ? "the buffer of text is missing"
		   : NULL;
}

/* Each view lies in itself or in one of the buffers, whose sizes are said. */
static const char *check_views(const struct type *type, const struct ArrowArray *array)
{
	const struct layout_view *views = array->buffers[1];
	int64_t buffers = array->n_buffers - 3;
	const int64_t *sizes = array->buffers[array->n_buffers - 1];
	if (!array->length)
		return NULL;
	if (!views || (buffers && !sizes))
		return "the buffer of views, or that of sizes, is missing";
	for (int64_t i = 0; i < array->length; i++) {
		struct layout_view view;
		if (type_is_null(type, array, i))
			continue;
		memcpy(&view, &views[array->offset + i], sizeof view);
		if (view.length < 0)
			return "a view has a negative length";
		if (view.length <= LAYOUT_SHORT)
			continue;
		if (view.buffer < 0 || view.buffer >= buffers)
			return "a view is of a buffer that is not there";
		int64_t size;
		memcpy(&size, &sizes[view.buffer], sizeof size);
		if (view.offset < 0 || size < 0 || view.offset > size - view.length ||
		    !array->buffers[2 + view.buffer])
			return "a view reaches behind the end of its buffer";
	}
	return NULL;
}

static const char *check_list_views(const struct ArrowArray *array, bool wide)
{
	int64_t most = array->children[0]->length;
	if (!array->length)
		return NULL;
	if (!array->buffers[1] || !array->buffers[2])
		return "the buffer of offsets, or that of sizes, is missing";
	for (int64_t i = array->offset; i < array->offset + array->length; i++) {
		int64_t at = layout_offset(array->buffers[1], wide, i);
		int64_t size = layout_offset(array->buffers[2], wide, i);
		if (at < 0 || size < 0 || at > most || size > most - at)
			return "a list reaches behind the end of its values";
	}
	return NULL;
}

/* Ends of runs go up, the last reaches as far as the array. */
static const char *check_runs(const struct ArrowArray *array, const struct type *type)
{
	const struct ArrowArray *ends = array->children[0];
	int64_t before = 0;
	if (ends->length > array->children[1]->length)
		return "there are more runs than values of them";
	if (ends->null_count > 0)
		return "the end of a run is null";
	for (int64_t i = 0; i < ends->length; i++) {
		int64_t end =
		    layout_int(ends->buffers[1], type->child[0].bits, true, ends->offset + i);
		if (end <= before)
			return "the end of a run does not go up";
		before = end;
	}
	return before < array->offset + array->length ? "the runs end before the array" : NULL;
}

static const char *check_values(const struct type *type, const struct ArrowArray *array)
{
	int64_t slots = array->offset + array->length;
	switch (type->kind) {
	case TYPE_TEXT:
	case TYPE_LARGE_TEXT:
	case TYPE_BINARY:
	case TYPE_LARGE_BINARY:
		return check_text(type, array);
	case TYPE_TEXT_VIEW:
	case TYPE_BINARY_VIEW:
		return check_views(type, array);
	case TYPE_LIST:
	case TYPE_MAP:
		return check_offsets(array, false, array->children[0]->length);
	case TYPE_LARGE_LIST:
		return check_offsets(array, true, array->children[0]->length);
	case TYPE_LIST_VIEW:
	case TYPE_LARGE_LIST_VIEW:
		return check_list_views(array, type->kind == TYPE_LARGE_LIST_VIEW);
	case TYPE_FIXED_LIST:
		return type->width && slots > array->children[0]->length / type->width
			   ? "a list reaches behind the end of its values"
			   : NULL;
	case TYPE_STRUCT:
		for (size_t i = 0; i < type->count; i++)
			if (array->children[i]->length < slots)
				return "a column is shorter than the rows";
		return NULL;
	case TYPE_RUNS:
		return check_runs(array, type);
	default:
		return slots && type->bits && !array->buffers[1] ? "the buffer of values is missing"
								 : NULL;
	}
}

static const char *check_below(const struct type *type, const struct ArrowArray *array)
{
	const char *wrong = NULL;
	if (array->n_children != (int64_t)type->count || (type->count && !array->children))
		return "the number of children is not that of the schema";
	for (size_t i = 0; i < type->count && !wrong; i++)
		wrong = check_at(&type->child[i], array->children[i]);
	if (wrong || !type->dictionary)
		return wrong;
	return check_at(type->dictionary, array->dictionary);
}

static const char *check_at(const struct type *type, const struct ArrowArray *array)
{
	if (!array || !array->release)
		return "an array is missing, or was released";
	if (array->length < 0 || array->offset < 0 || array->length > TYPE_SLOTS ||
	    array->offset > TYPE_SLOTS)
		return "a length or an offset is negative or too large";
	if (type->kind == TYPE_OTHER)
		return NULL;
	int64_t buffers = layout_buffers(type);
	bool views = type->kind == TYPE_TEXT_VIEW || type->kind == TYPE_BINARY_VIEW;
	if (type->kind == TYPE_NULL) /* Polars gives it a bitmap, which says nothing */
		buffers = array->n_buffers == 1;
	if (views ? array->n_buffers < 3 || array->n_buffers > INT32_MAX
		  : array->n_buffers != buffers)
		return "the number of buffers is not that of the type";
	if (array->n_buffers && !array->buffers)
		return "there are no buffers";
	if (layout_has_validity(type) && array->null_count > 0 && !array->buffers[0] &&
	    array->length)
		return "there are nulls, and no buffer says which";
	const char *wrong = check_below(type, array);
	return wrong ? wrong : check_values(type, array);
}

const char *type_check(const struct type *type, const struct ArrowArray *array)
{
	return check_at(type, array);
}

const char *type_check_batch(const struct type *schema, const struct ArrowArray *batch)
{
	if (batch->length < 0 || batch->offset < 0 || batch->length > TYPE_SLOTS ||
	    batch->offset > TYPE_SLOTS || batch->n_children != (int64_t)schema->count ||
	    (schema->count && !batch->children) ||
	    (batch->n_buffers != 1 && batch->n_buffers != 0) ||
	    (batch->n_buffers && !batch->buffers))
		return "the batch is none of the schema: its length, children or buffers";
	return batch->null_count > 0 ? "a row of a batch cannot be null" : NULL;
}

const char *type_check_column(const struct type *schema, const struct ArrowArray *batch,
			      size_t column)
{
	const struct ArrowArray *array = batch->children[column];
	const char *wrong = type_check(&schema->child[column], array);
	if (!wrong && array->length < batch->offset + batch->length)
		wrong = "the column is shorter than the batch";
	return wrong;
}

int type_error_at(struct tw_error *error, uint64_t row, const char *column, const char *why)
{
	if (row > INT32_MAX)
		return error_set(error, TW_BAD_ARGUMENT, "row %llu, column \"%.80s\": %s",
				 (unsigned long long)row, column, why);
	return error_at(error, TW_BAD_FILE, "", (int)row, 0, "column \"%.80s\": %s", column, why);
}

bool type_is_null(const struct type *type, const struct ArrowArray *array, int64_t at)
{
	if (type->kind == TYPE_NULL)
		return true;
	return layout_has_validity(type) && array->buffers[0] && array->null_count != 0 &&
	       !layout_bit(array->buffers[0], array->offset + at);
}
