/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/grow.h"

#include <stdlib.h>
#include <string.h>

static const char *const formats[] = {
    [GROW_TEXT] = "u", [GROW_MONEY] = "d:18,4",    [GROW_CENTS] = "d:19,2",
    [GROW_BOOL] = "b", [GROW_INSTANT] = "tss:UTC", [GROW_DAY] = "tdD",
    [GROW_INT] = "i",  [GROW_LIST] = "+l",         [GROW_STRUCT] = "+s"};
#define MONEY_MOST INT64_C(999999999999999999)

static void fail(struct grow *grow)
{
	*grow->failed = true;
}

static void put(struct grow *grow, struct buffer *buffer, const void *from, size_t length)
{
	buffer_put(buffer, from, length);
	if (buffer->failed)
		fail(grow);
}

/* Bit `at` of a buffer, which is the next one. */
static void put_bit(struct grow *grow, struct buffer *buffer, int64_t at, bool value)
{
	const char empty = 0;
	if (!(at & 7))
		put(grow, buffer, &empty, 1);
	if (!buffer->failed && value)
		buffer->at[at >> 3] = (char)(buffer->at[at >> 3] | 1 << (at & 7));
}

/* The slot's validity; the bits are begun when the first null comes. */
static void put_valid(struct grow *grow, bool valid)
{
	if (!valid && !grow->nulls)
		for (int64_t i = 0; i < grow->length; i++)
			put_bit(grow, &grow->validity, i, true);
	grow->nulls += !valid;
	if (grow->nulls)
		put_bit(grow, &grow->validity, grow->length, valid);
	grow->length++;
}

static void put_offset(struct grow *grow, uint64_t offset)
{
	int32_t value = (int32_t)offset;
	if (offset > INT32_MAX) {
		*grow->full = true;
		fail(grow);
		return;
	}
	put(grow, &grow->values, &value, sizeof value);
}

static bool has_offsets(const struct grow *grow)
{
	return grow->field->kind == GROW_TEXT || grow->field->kind == GROW_LIST;
}

bool grow_begin(struct grow *out, const struct grow_field *field, bool *failed, bool *full)
{
	*out = (struct grow){.field = field, .failed = failed, .full = full};
	if (has_offsets(out))
		put_offset(out, 0);
	out->child = field->count ? calloc(field->count, sizeof *out->child) : NULL;
	bool made = !field->count || out->child;
	for (size_t i = 0; i < field->count && made; i++)
		made = grow_begin(&out->child[i], &field->child[i], failed, full);
	return made && !*failed;
}

void grow_free(struct grow *grow)
{
	for (size_t i = 0; grow->child && i < grow->field->count; i++)
		if (grow->child[i].field)
			grow_free(&grow->child[i]);
	free(grow->child);
	grow->child = NULL;
	buffer_free(&grow->validity);
	buffer_free(&grow->values);
	buffer_free(&grow->text);
}

void grow_null(struct grow *grow)
{
	static const char zeros[16];
	switch (grow->field->kind) {
	case GROW_TEXT:
		put_offset(grow, grow->text.length);
		break;
	case GROW_MONEY:
	case GROW_CENTS:
		put(grow, &grow->values, zeros, 16);
		break;
	case GROW_BOOL:
		put_bit(grow, &grow->values, grow->length, false);
		break;
	case GROW_INSTANT:
		put(grow, &grow->values, zeros, 8);
		break;
	case GROW_DAY:
	case GROW_INT:
		put(grow, &grow->values, zeros, 4);
		break;
	case GROW_LIST:
		put_offset(grow, (uint64_t)grow->child->length);
		break;
	case GROW_STRUCT:
		for (size_t i = 0; i < grow->field->count; i++)
			grow_null(&grow->child[i]);
	}
	put_valid(grow, false);
}

void grow_text(struct grow *grow, struct tw_text text)
{
	if (text.length)
		put(grow, &grow->text, text.at, text.length);
	put_offset(grow, grow->text.length);
	put_valid(grow, true);
}

void grow_money(struct grow *grow, tw_money amount)
{
	__int128 wide = amount;
	if (amount > MONEY_MOST || amount < -MONEY_MOST) {
		*grow->full = true;
		fail(grow);
	}
	put(grow, &grow->values, &wide, sizeof wide);
	put_valid(grow, true);
}

void grow_cents(struct grow *grow, int64_t cents)
{
	__int128 wide = cents;
	put(grow, &grow->values, &wide, sizeof wide);
	put_valid(grow, true);
}

void grow_bool(struct grow *grow, bool value)
{
	put_bit(grow, &grow->values, grow->length, value);
	put_valid(grow, true);
}

void grow_instant(struct grow *grow, tw_time at)
{
	put(grow, &grow->values, &at, sizeof at);
	put_valid(grow, true);
}

void grow_int(struct grow *grow, int32_t value)
{
	put(grow, &grow->values, &value, sizeof value);
	put_valid(grow, true);
}

void grow_end(struct grow *grow)
{
	if (grow->field->kind == GROW_LIST)
		put_offset(grow, (uint64_t)grow->child->length);
	put_valid(grow, true);
}

/* What an array of ours owns beside its children. */
struct owned {
	const void **buffers;
	void **memory;
	size_t buffer_count;
	struct ArrowArray **children, *dictionary;
	size_t count;
};

static void release_array(struct ArrowArray *array)
{
	struct owned *owned = array->private_data;
	for (size_t i = 0; i < owned->count; i++) {
		struct ArrowArray *child = owned->children[i];
		if (child && child->release)
			child->release(child);
		free(child);
	}
	for (size_t i = 0; owned->memory && i < owned->buffer_count; i++)
		free(owned->memory[i]);
	if (owned->dictionary && owned->dictionary->release)
		owned->dictionary->release(owned->dictionary);
	free(owned->dictionary);
	free(owned->buffers);
	free(owned->memory);
	free(owned->children);
	free(owned);
	array->release = NULL;
}

bool grow_array_of(struct ArrowArray *out, size_t buffers, size_t children)
{
	struct owned *owned = calloc(1, sizeof *owned);
	*out = (struct ArrowArray){0};
	if (!owned)
		return false;
	owned->buffer_count = buffers;
	owned->buffers = calloc(buffers + 1, sizeof *owned->buffers);
	owned->memory = calloc(buffers + 1, sizeof *owned->memory);
	owned->children = calloc(children + 1, sizeof(struct ArrowArray *));
	bool made = owned->buffers && owned->memory && owned->children;
	for (; owned->count < children && made; owned->count += made)
		made = (owned->children[owned->count] = calloc(1, sizeof(struct ArrowArray)));
	*out = (struct ArrowArray){.n_buffers = (int64_t)buffers,
				   .n_children = (int64_t)children,
				   .buffers = owned->buffers,
				   .children = children ? owned->children : NULL,
				   .release = release_array,
				   .private_data = owned};
	if (!made)
		release_array(out);
	return made;
}

bool grow_dictionary(struct ArrowArray *out)
{
	struct owned *owned = out->private_data;
	out->dictionary = owned->dictionary = calloc(1, sizeof *out->dictionary);
	return out->dictionary;
}

void *grow_room(struct ArrowArray *out, size_t index, size_t size)
{
	struct owned *owned = out->private_data;
	owned->buffers[index] = owned->memory[index] = calloc(size ? size : 1, 1);
	return owned->memory[index];
}

void grow_buffer(struct ArrowArray *out, size_t index, struct buffer *buffer)
{
	struct owned *owned = out->private_data;
	owned->buffers[index] = owned->memory[index] = buffer->at;
	buffer->at = NULL;
	buffer_free(buffer);
	*buffer = (struct buffer){0};
}

/* No buffer of values is NULL, whatever is in it. */
static bool is_there(struct grow *grow, struct buffer *buffer)
{
	if (!buffer->at && !buffer_room(buffer, 8))
		fail(grow);
	return !*grow->failed;
}

bool grow_give(struct ArrowArray *out, struct grow *grow)
{
	bool text = grow->field->kind == GROW_TEXT, flat = grow->field->kind != GROW_STRUCT;
	*out = (struct ArrowArray){0};
	if (*grow->failed || (flat && !is_there(grow, &grow->values)) ||
	    (text && !is_there(grow, &grow->text)) ||
	    !grow_array_of(out,
			   text   ? 3
			   : flat ? 2
				  : 1,
			   grow->field->count))
		return false;
	out->length = grow->length;
	out->null_count = grow->nulls;
	if (grow->nulls)
		grow_buffer(out, 0, &grow->validity);
	if (flat)
		grow_buffer(out, 1, &grow->values);
	if (text)
		grow_buffer(out, 2, &grow->text);
	grow->length = grow->nulls = 0;
	grow->validity.length = 0;
	if (has_offsets(grow))
		put_offset(grow, 0);
	bool given = !*grow->failed;
	for (size_t i = 0; i < grow->field->count && given; i++)
		given = grow_give(out->children[i], &grow->child[i]);
	if (!given)
		release_array(out);
	return given;
}

struct owned_schema {
	char *name, *format, *metadata;
	struct ArrowSchema **children;
	size_t count;
};

static void release_schema(struct ArrowSchema *schema)
{
	struct owned_schema *owned = schema->private_data;
	for (size_t i = 0; i < owned->count; i++) {
		struct ArrowSchema *child = owned->children[i];
		if (child && child->release)
			child->release(child);
		free(child);
	}
	free(owned->name);
	free(owned->format);
	free(owned->metadata);
	free(owned->children);
	free(owned);
	schema->release = NULL;
}

bool grow_schema_of(struct ArrowSchema *out, const char *name, const char *format, size_t children)
{
	struct owned_schema *owned = calloc(1, sizeof *owned);
	*out = (struct ArrowSchema){0};
	if (!owned)
		return false;
	owned->name = strdup(name);
	owned->format = strdup(format);
	owned->children = calloc(children + 1, sizeof(struct ArrowSchema *));
	bool made = owned->name && owned->format && owned->children;
	for (; owned->count < children && made; owned->count += made)
		made = (owned->children[owned->count] = calloc(1, sizeof(struct ArrowSchema)));
	*out = (struct ArrowSchema){.format = owned->format,
				    .name = owned->name,
				    .flags = ARROW_FLAG_NULLABLE,
				    .n_children = (int64_t)children,
				    .children = children ? owned->children : NULL,
				    .release = release_schema,
				    .private_data = owned};
	if (!made)
		release_schema(out);
	return made;
}

/* A length and the bytes, as the interface writes texts of metadata. */
static char *put_counted(char *to, const char *text)
{
	int32_t length = (int32_t)strlen(text);
	memcpy(to, &length, sizeof length);
	memcpy(to + sizeof length, text, (size_t)length);
	return to + sizeof length + length;
}

bool grow_metadata(struct ArrowSchema *out, const char *const *pairs, size_t count)
{
	struct owned_schema *owned = out->private_data;
	int32_t number = (int32_t)count;
	size_t size = sizeof number;
	for (size_t i = 0; i < 2 * count; i++)
		size += sizeof number + strlen(pairs[i]);
	char *to = malloc(size);
	if (!to)
		return false;
	out->metadata = owned->metadata = to;
	memcpy(to, &number, sizeof number);
	to += sizeof number;
	for (size_t i = 0; i < 2 * count; i++)
		to = put_counted(to, pairs[i]);
	return true;
}

bool grow_schema(struct ArrowSchema *out, const struct grow_field *field)
{
	bool made = grow_schema_of(out, field->name, formats[field->kind], field->count);
	for (size_t i = 0; i < field->count && made; i++)
		if (!grow_schema(out->children[i], &field->child[i])) {
			release_schema(out);
			made = false;
		}
	return made;
}
