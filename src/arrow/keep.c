/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/keep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"

void keep_free(struct keep *keep)
{
	for (size_t i = 0; keep->name && i < keep->count; i++)
		free(keep->name[i]);
	free(keep->name);
	free(keep->at);
	free(keep->is_kept);
	*keep = (struct keep){0};
}

/* Each column once, whatever it was asked for. */
static void add(struct keep *keep, size_t column)
{
	if (keep->is_kept[column])
		return;
	keep->is_kept[column] = true;
	keep->at[keep->count++] = column;
}

static int add_name(struct keep *keep, const char *name, const struct type *schema,
		    struct tw_error *error)
{
	bool all = !strcmp(name, "*"), found = all;
	for (size_t i = 0; i < schema->count; i++)
		if (all || !strcmp(schema->child[i].name, name)) {
			add(keep, i);
			found = true;
		}
	return found
		   ? TW_OK
		   : error_set(error, TW_BAD_ARGUMENT, "keep: there is no column \"%.80s\"", name);
}

static bool is_taken(const struct keep *keep, const struct type *schema,
		     const struct grow_field *taken, const char *name, size_t before)
{
	for (size_t i = 0; i < taken->count; i++)
		if (!strcmp(taken->child[i].name, name))
			return true;
	for (size_t i = 0; i < before; i++) {
		const char *other = keep->name[i] ? keep->name[i] : schema->child[keep->at[i]].name;
		if (!strcmp(other, name))
			return true;
	}
	return false;
}

/* A name that is taken gets another, as in the CSV answers. */
static bool rename_taken(struct keep *keep, const struct type *schema,
			 const struct grow_field *taken)
{
	for (size_t i = 0; i < keep->count; i++) {
		const char *name = schema->child[keep->at[i]].name;
		while (is_taken(keep, schema, taken, name, i)) {
			size_t room = strlen(name) + sizeof "input_";
			char *other = malloc(room);
			if (!other)
				return false;
			(void)snprintf(other, room, "input_%s", name);
			free(keep->name[i]);
			name = keep->name[i] = other;
		}
	}
	return true;
}

int keep_new(struct keep *out, const char *const *names, const struct type *schema,
	     const struct grow_field *taken, struct tw_error *error)
{
	int code = TW_OK;
	*out = (struct keep){.at = calloc(schema->count + 1, sizeof *out->at),
			     .name = calloc(schema->count + 1, sizeof *out->name),
			     .is_kept = calloc(schema->count + 1, sizeof *out->is_kept)};
	if (!out->at || !out->name || !out->is_kept)
		code = error_memory(error);
	for (; names && *names && !code; names++)
		code = add_name(out, *names, schema, error);
	if (!code && !rename_taken(out, schema, taken))
		code = error_memory(error);
	if (code)
		keep_free(out);
	return code;
}

/* A schema under another name. */
struct renamed {
	struct ArrowSchema schema;
	char *name;
};

static void release_renamed(struct ArrowSchema *schema)
{
	struct renamed *renamed = schema->private_data;
	renamed->schema.release(&renamed->schema);
	free(renamed->name);
	free(renamed);
	schema->release = NULL;
}

static bool rename_schema(struct ArrowSchema *schema, const char *name)
{
	struct renamed *renamed = malloc(sizeof *renamed);
	if (!renamed || !(renamed->name = strdup(name))) {
		free(renamed);
		return false;
	}
	renamed->schema = *schema;
	schema->name = renamed->name;
	schema->private_data = renamed;
	schema->release = release_renamed;
	return true;
}

bool keep_schema(struct ArrowSchema *out, const struct keep *keep, struct ArrowSchema *from)
{
	for (size_t i = 0; i < keep->count; i++) {
		struct ArrowSchema *child = from->children[keep->at[i]];
		*out->children[i] = *child;
		child->release = NULL;
		if (keep->name[i] && !rename_schema(out->children[i], keep->name[i]))
			return false;
	}
	return true;
}

int64_t keep_missing(const struct keep *keep, const struct ArrowArray *from)
{
	for (size_t i = 0; i < keep->count; i++) {
		const struct ArrowArray *child = from->children[keep->at[i]];
		if (!child || !child->release || child->length < from->offset + from->length)
			return (int64_t)keep->at[i];
	}
	return -1;
}

void keep_batch(struct ArrowArray *out, const struct keep *keep, struct ArrowArray *from)
{
	for (size_t i = 0; i < keep->count; i++) {
		struct ArrowArray *child = from->children[keep->at[i]];
		struct ArrowArray *to = out->children[i];
		*to = *child;
		child->release = NULL;
		/* the rows of the batch, of a child that may have more; where there are none, some
		   importers want none to be skipped either */
		if (from->offset || to->length != from->length)
			to->null_count = to->null_count ? -1 : 0;
		to->offset = from->length ? to->offset + from->offset : 0;
		to->length = from->length;
	}
}
