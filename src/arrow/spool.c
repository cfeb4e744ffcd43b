/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/spool.h"

#include <errno.h>
#include <string.h>

#include "arrow/grow.h"
#include "arrow/layout.h"
#include "common/error.h"

/* What stands before the buffers of an array: all of them are as long as these say. */
struct head {
	int64_t length, nulls; /* nulls: 0, or 1 where there is a bitmap */
	int64_t bytes;         /* of text; of an array of runs: how many there are */
};

static int put(FILE *file, const void *from, size_t size, struct tw_error *error)
{
	if (!size || fwrite(from, size, 1, file) == 1)
		return TW_OK;
	return error_set(error, TW_BAD_FILE, "a temporary file cannot be written: %s",
			 strerror(errno));
}

static int get(void *to, FILE *file, size_t size, struct tw_error *error)
{
	if (!size || fread(to, size, 1, file) == 1)
		return TW_OK;
	return error_set(error, TW_BAD_FILE, "a temporary file is truncated");
}

/* Bits from a slot on, moved to the front of bytes. */
static int put_bits(FILE *file, const void *bits, int64_t slot, int64_t count,
		    struct tw_error *error)
{
	uint8_t block[512];
	int code = TW_OK;
	for (int64_t i = 0; i < count && !code; i += 8 * (int64_t)sizeof block) {
		int64_t here =
		    count - i < 8 * (int64_t)sizeof block ? count - i : 8 * (int64_t)sizeof block;
		memset(block, 0, sizeof block);
		for (int64_t k = 0; k < here; k++)
			block[k >> 3] =
			    (uint8_t)(block[k >> 3] | layout_bit(bits, slot + i + k) << (k & 7));
		code = put(file, block, (size_t)(here + 7) / 8, error);
	}
	return code;
}

/* Offsets from a slot on, less the first of them. */
static int put_offsets(FILE *file, const void *offsets, bool wide, int64_t slot, int64_t count,
		       struct tw_error *error)
{
	int64_t first = layout_offset(offsets, wide, slot);
	int code = TW_OK;
	for (int64_t i = 0; i <= count && !code; i++) {
		int64_t at = layout_offset(offsets, wide, slot + i) - first;
		int32_t narrow = (int32_t)at;
		code = wide ? put(file, &at, sizeof at, error)
			    : put(file, &narrow, sizeof narrow, error);
	}
	return code;
}

static bool is_wide(const struct type *type)
{
	return type->kind == TYPE_LARGE_TEXT || type->kind == TYPE_LARGE_BINARY ||
	       type->kind == TYPE_LARGE_LIST || type->kind == TYPE_LARGE_LIST_VIEW;
}

static bool is_list(const struct type *type)
{
	return type->kind == TYPE_LIST || type->kind == TYPE_LARGE_LIST || type->kind == TYPE_MAP;
}

static bool is_list_view(const struct type *type)
{
	return type->kind == TYPE_LIST_VIEW || type->kind == TYPE_LARGE_LIST_VIEW;
}

static bool is_view(const struct type *type)
{
	return type->kind == TYPE_TEXT_VIEW || type->kind == TYPE_BINARY_VIEW;
}

static bool has_text(const struct type *type)
{
	return type->kind == TYPE_TEXT || type->kind == TYPE_LARGE_TEXT ||
	       type->kind == TYPE_BINARY || type->kind == TYPE_LARGE_BINARY;
}

bool spool_holds(const struct type *type)
{
	bool holds = type->kind != TYPE_OTHER;
	for (size_t i = 0; i < type->count && holds; i++)
		holds = spool_holds(&type->child[i]);
	return holds && (!type->dictionary || spool_holds(type->dictionary));
}

static bool is_valid(const struct ArrowArray *array, int64_t slot)
{
	return !array->buffers[0] || array->null_count == 0 || layout_bit(array->buffers[0], slot);
}

/* Views of which the long ones have their bytes in one buffer, in their order. */
static int put_views(FILE *file, const struct ArrowArray *array, int64_t slot, int64_t count,
		     struct tw_error *error)
{
	int64_t bytes = 0;
	int code = TW_OK;
	for (int pass = 0; pass < 2 && !code; pass++) {
		for (int64_t i = 0; i < count && !code; i++) {
			struct layout_view view = {0};
			if (is_valid(array, slot + i))
				memcpy(&view, (const char *)array->buffers[1] + 16 * (slot + i),
				       16);
			bool is_long = view.length > LAYOUT_SHORT;
			if (pass && is_long) {
				code =
				    put(file,
					(const char *)array->buffers[2 + view.buffer] + view.offset,
					(size_t)view.length, error);
				continue;
			}
			if (pass)
				continue;
			if (bytes > INT32_MAX)
				return error_set(error, TW_BAD_ARGUMENT,
						 "a batch has over 2 GiB of text in one column and "
						 "cannot be held back: give smaller batches");
			if (is_long) {
				view.buffer = 0;
				view.offset = (int32_t)bytes;
				bytes += view.length;
			}
			code = put(file, &view, sizeof view, error);
		}
	}
	return code;
}

static int64_t bytes_of_views(const struct ArrowArray *array, int64_t slot, int64_t count)
{
	int64_t bytes = 0;
	for (int64_t i = 0; i < count; i++) {
		struct layout_view view = {0};
		if (is_valid(array, slot + i))
			memcpy(&view, (const char *)array->buffers[1] + 16 * (slot + i), 16);
		bytes += view.length > LAYOUT_SHORT ? view.length : 0;
	}
	return bytes;
}

/* Runs in which the values from a slot on lie: the first, and how many. */
static void find_runs(int64_t *first, int64_t *runs, const struct type *type,
		      const struct ArrowArray *array, int64_t slot, int64_t count)
{
	const struct ArrowArray *ends = array->children[0];
	int64_t at = 0;
	while (at < ends->length &&
	       layout_int(ends->buffers[1], type->child[0].bits, true, ends->offset + at) <= slot)
		at++;
	*first = at;
	while (count && at < ends->length &&
	       layout_int(ends->buffers[1], type->child[0].bits, true, ends->offset + at) <
		   slot + count)
		at++;
	*runs = count ? at - *first + 1 : 0;
}

/* The ends of runs as if the values began with them, each of 8 bytes. */
static int put_runs(FILE *file, const struct type *type, const struct ArrowArray *array,
		    int64_t slot, int64_t count, struct tw_error *error)
{
	const struct ArrowArray *ends = array->children[0];
	int64_t first, runs;
	int code = TW_OK;
	find_runs(&first, &runs, type, array, slot, count);
	for (int64_t i = 0; i < runs && !code; i++) {
		int64_t end = layout_int(ends->buffers[1], type->child[0].bits, true,
					 ends->offset + first + i) -
			      slot;
		end = end < count ? end : count;
		code = put(file, &end, sizeof end, error);
	}
	return code ? code
		    : spool_put(file, &type->child[1], array->children[1], first, runs, error);
}

/* What is behind the bitmap. */
static int put_values(FILE *file, const struct type *type, const struct ArrowArray *array,
		      const struct head *head, int64_t slot, struct tw_error *error)
{
	int64_t count = head->length;
	bool wide = is_wide(type);
	int code = TW_OK;
	if (type->kind == TYPE_NULL || (!count && !type->count))
		return TW_OK;
	if (type->kind == TYPE_RUNS)
		return put_runs(file, type, array, slot, count, error);
	if (type->kind == TYPE_BOOL)
		return put_bits(file, array->buffers[1], slot, count, error);
	if (is_view(type))
		return put_views(file, array, slot, count, error);
	if (is_list_view(type)) {
		size_t size = wide ? 8 : 4;
		code = put(file, (const char *)array->buffers[1] + slot * (int64_t)size,
			   (size_t)count * size, error);
		if (!code)
			code = put(file, (const char *)array->buffers[2] + slot * (int64_t)size,
				   (size_t)count * size, error);
		return code ? code
			    : spool_put(file, &type->child[0], array->children[0], 0,
					array->children[0]->length, error);
	}
	if (has_text(type) || is_list(type)) {
		int64_t first = count ? layout_offset(array->buffers[1], wide, slot) : 0;
		if (count)
			code = put_offsets(file, array->buffers[1], wide, slot, count, error);
		if (code || (has_text(type) && !head->bytes))
			return code;
		if (has_text(type))
			return put(file, (const char *)array->buffers[2] + first,
				   (size_t)head->bytes, error);
		return spool_put(file, &type->child[0], array->children[0], first, head->bytes,
				 error);
	}
	if (type->kind == TYPE_FIXED_LIST)
		return spool_put(file, &type->child[0], array->children[0], slot * type->width,
				 count * type->width, error);
	for (size_t i = 0; i < type->count && !code; i++)
		code = spool_put(file, &type->child[i], array->children[i], slot, count, error);
	if (code || type->kind == TYPE_STRUCT)
		return code;
	return put(file, (const char *)array->buffers[1] + slot * (type->bits / 8),
		   (size_t)count * (type->bits / 8), error);
}

int spool_put(FILE *file, const struct type *type, const struct ArrowArray *array, int64_t at,
	      int64_t count, struct tw_error *error)
{
	int64_t slot = array->offset + at;
	struct head head = {.length = count};
	bool wide = is_wide(type);
	if (count && layout_has_validity(type) && array->buffers[0] && array->null_count != 0)
		head.nulls = 1;
	if (count && (has_text(type) || is_list(type)))
		head.bytes = layout_offset(array->buffers[1], wide, slot + count) -
			     layout_offset(array->buffers[1], wide, slot);
	if (count && is_view(type))
		head.bytes = bytes_of_views(array, slot, count);
	if (type->kind == TYPE_RUNS)
		find_runs(&(int64_t){0}, &head.bytes, type, array, slot, count);
	int code = put(file, &head, sizeof head, error);
	if (!code && head.nulls)
		code = put_bits(file, array->buffers[0], slot, count, error);
	if (!code)
		code = put_values(file, type, array, &head, slot, error);
	if (!code && type->dictionary)
		code = spool_put(file, type->dictionary, array->dictionary, 0,
				 array->dictionary->length, error);
	return code;
}

static int get_buffer(struct ArrowArray *out, size_t index, FILE *file, int64_t size,
		      struct tw_error *error)
{
	void *to = grow_room(out, index, (size_t)size);
	return to ? get(to, file, (size_t)size, error) : error_memory(error);
}

/* The ends of runs, as wide as they were. */
static int get_runs(struct ArrowArray *out, FILE *file, const struct type *type, int64_t runs,
		    struct tw_error *error)
{
	struct ArrowArray *ends = out->children[0];
	unsigned bits = type->child[0].bits;
	int code = grow_array_of(ends, 2, 0) ? TW_OK : error_memory(error);
	char *to = code ? NULL : grow_room(ends, 1, (size_t)runs * (bits / 8));
	if (!code && !to)
		code = error_memory(error);
	for (int64_t i = 0; i < runs && !code; i++) {
		int64_t end = 0;
		code = get(&end, file, sizeof end, error);
		int32_t four = (int32_t)end;
		int16_t two = (int16_t)end;
		memcpy(to + i * (bits / 8),
		       bits == 64   ? (const void *)&end
		       : bits == 32 ? (const void *)&four
				    : (const void *)&two,
		       bits / 8);
	}
	if (!code)
		ends->length = runs;
	return code ? code : spool_get(out->children[1], file, &type->child[1], error);
}

static int get_values(struct ArrowArray *out, FILE *file, const struct type *type,
		      const struct head *head, struct tw_error *error)
{
	int64_t count = head->length, size = is_wide(type) ? 8 : 4;
	int code = TW_OK;
	if (type->kind == TYPE_NULL)
		return TW_OK;
	if (type->kind == TYPE_RUNS)
		return get_runs(out, file, type, head->bytes, error);
	if (type->kind == TYPE_BOOL)
		return get_buffer(out, 1, file, (count + 7) / 8, error);
	if (is_view(type)) {
		code = get_buffer(out, 1, file, 16 * count, error);
		if (!code)
			code = get_buffer(out, 2, file, head->bytes, error);
		int64_t *sizes = code ? NULL : grow_room(out, 3, sizeof *sizes);
		if (sizes)
			*sizes = head->bytes;
		return code || sizes ? code : error_memory(error);
	}
	if (is_list_view(type)) {
		code = get_buffer(out, 1, file, count * size, error);
		if (!code)
			code = get_buffer(out, 2, file, count * size, error);
	} else if (has_text(type) || is_list(type)) {
		void *to = grow_room(out, 1, (size_t)((count + 1) * size));
		code = to ? get(to, file, count ? (size_t)((count + 1) * size) : 0, error)
			  : error_memory(error);
		if (!code && has_text(type))
			code = get_buffer(out, 2, file, head->bytes, error);
	} else if (type->bits) {
		code = get_buffer(out, 1, file, count * (type->bits / 8), error);
	}
	for (size_t i = 0; i < type->count && !code; i++)
		code = spool_get(out->children[i], file, &type->child[i], error);
	return code;
}

int spool_get(struct ArrowArray *out, FILE *file, const struct type *type, struct tw_error *error)
{
	struct head head;
	int code = get(&head, file, sizeof head, error);
	if (code)
		return code;
	size_t buffers = is_view(type) ? 4 : (size_t)layout_buffers(type);
	if (!grow_array_of(out, buffers, type->count))
		return error_memory(error);
	out->length = head.length;
	out->null_count = type->kind == TYPE_NULL ? head.length : head.nulls ? -1 : 0;
	if (head.nulls)
		code = get_buffer(out, 0, file, (head.length + 7) / 8, error);
	if (!code)
		code = get_values(out, file, type, &head, error);
	if (!code && type->dictionary)
		code = grow_dictionary(out)
			   ? spool_get(out->dictionary, file, type->dictionary, error)
			   : error_memory(error);
	return code;
}
