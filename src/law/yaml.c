/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the way from YAML text to a tree of nodes with positions. Refuses what
 * the law format does not need; knows no key and no law.
 */
#include "law/yaml.h"

#include "common/error.h"
#include "common/table.h"
#include "law/file.h"

#include <libyaml.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct builder {
	yaml_parser_t parser;
	yaml_event_t event;
	bool has_event;
	struct arena *arena;
	const char *path;
	struct tw_error *error;
};

int law_error(struct tw_error *error, struct law_pos pos, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	error_vat(error, TW_BAD_LAW, pos.file ? pos.file : "", pos.line, pos.column, format,
		  arguments);
	va_end(arguments);
	return TW_BAD_LAW;
}

static struct law_pos mark_pos(const struct builder *b, yaml_mark_t mark)
{
	return (struct law_pos){b->path, (int)mark.line + 1, (int)mark.column + 1};
}

static int short_of_memory(const struct builder *b)
{
	return error_at(b->error, TW_NO_MEMORY, b->path, 0, 0, "out of memory");
}

static int next(struct builder *b)
{
	if (b->has_event)
		yaml_event_delete(&b->event);
	b->has_event = false;
	if (!yaml_parser_parse(&b->parser, &b->event)) {
		const yaml_parser_t *p = &b->parser;
		yaml_mark_t mark = p->problem_mark;
		if (p->error == YAML_MEMORY_ERROR)
			return short_of_memory(b);
		return law_error(b->error, mark_pos(b, mark), "not YAML: %s%s%s",
				 p->context ? p->context : "", p->context ? ", " : "",
				 p->problem ? p->problem : "cannot be read");
	}
	b->has_event = true;
	return TW_OK;
}

static bool is_empty(const struct yaml_node *node)
{
	if (node->kind != YAML_SCALAR) /* NOLINT: the node was built */
		return node->count == 0;
	return !node->scalar[0] ||
	       (!node->quoted && (!strcmp(node->scalar, "~") || !strcmp(node->scalar, "null")));
}

static int node_new(struct yaml_node **out, struct builder *b, enum yaml_kind kind)
{
	struct yaml_node *node = arena_alloc(b->arena, 1, sizeof *node);
	if (!node)
		return short_of_memory(b);
	node->kind = kind;
	node->pos = mark_pos(b, b->event.start_mark);
	*out = node;
	return TW_OK;
}

static int build(struct yaml_node **out, struct builder *b, int depth);

static int build_scalar(struct yaml_node **out, struct builder *b)
{
	const char *value = (const char *)b->event.data.scalar.value;
	size_t length = b->event.data.scalar.length;
	int code = node_new(out, b, YAML_SCALAR);
	if (code)
		return code;
	if (b->event.data.scalar.anchor || b->event.data.scalar.tag)
		return law_error(b->error, (*out)->pos,
				 "anchors and tags are not part of the law format: write it out");
	if (memchr(value, 0, length))
		return law_error(b->error, (*out)->pos, "there is a zero byte in the text");
	(*out)->quoted = b->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	(*out)->scalar = arena_text(b->arena, value, length);
	return (*out)->scalar ? TW_OK : short_of_memory(b);
}

static int build_sequence(struct yaml_node **out, struct builder *b, int depth)
{
	struct vector items = {0};
	int code = node_new(out, b, YAML_SEQUENCE);
	if (!code && (b->event.data.sequence_start.anchor || b->event.data.sequence_start.tag))
		code = law_error(b->error, (*out)->pos,
				 "anchors and tags are not part of the law format: write it out");
	while (!code && !(code = next(b)) && b->event.type != YAML_SEQUENCE_END_EVENT) {
		struct yaml_node *item;
		code = build(&item, b, depth + 1);
		if (!code && is_empty(item))
			code = law_error(b->error, item->pos, "empty item: remove it");
		if (code)
			return code;
		struct yaml_node **slot = vector_add(&items, b->arena, sizeof *slot);
		if (!slot)
			return short_of_memory(b);
		*slot = item;
	}
	if (code)
		return code;
	(*out)->item = items.item;
	(*out)->count = items.count;
	return TW_OK;
}

/* One key and its value; the event is the key's. */
static int build_pair(struct yaml_node **key, struct yaml_node **value, struct builder *b,
		      int depth)
{
	int code = build(key, b, depth + 1);
	if (code)
		return code;
	if ((*key)->kind != YAML_SCALAR || !(*key)->scalar[0])
		return law_error(b->error, (*key)->pos, "a key must be a plain word");
	if ((code = next(b)) || (code = build(value, b, depth + 1)))
		return code;
	if (is_empty(*value))
		return law_error(b->error, (*key)->pos,
				 "key \"%s\" has no value: give one or omit the key",
				 (*key)->scalar);
	return TW_OK;
}

static int build_mapping(struct yaml_node **out, struct builder *b, int depth)
{
	struct vector keys = {0}, items = {0};
	struct table seen = {0};
	int code = node_new(out, b, YAML_MAPPING);
	if (!code && (b->event.data.mapping_start.anchor || b->event.data.mapping_start.tag))
		code = law_error(b->error, (*out)->pos,
				 "anchors and tags are not part of the law format: write it out");
	while (!code && !(code = next(b)) && b->event.type != YAML_MAPPING_END_EVENT) {
		struct yaml_node *key, *value;
		if ((code = build_pair(&key, &value, b, depth)))
			return code;
		uint32_t first = table_find(&seen, key->scalar);
		if (first != UINT32_MAX)
			return law_error(
			    b->error, key->pos, "key \"%s\" is repeated: it is already on line %d",
			    /* NOLINTNEXTLINE: the key was found among them */
			    key->scalar, ((struct yaml_node **)keys.item)[first]->pos.line);
		struct yaml_node **k = vector_add(&keys, b->arena, sizeof(void *));
		struct yaml_node **v = vector_add(&items, b->arena, sizeof(void *));
		if (!k || !v || table_add(&seen, b->arena, key->scalar, keys.count - 1))
			return short_of_memory(b);
		*k = key;
		*v = value;
	}
	if (code)
		return code;
	(*out)->key = keys.item;
	(*out)->item = items.item;
	(*out)->count = items.count;
	return TW_OK;
}

/* The node that the present event opens. */
static int build(struct yaml_node **out, struct builder *b, int depth)
{
	if (depth > YAML_DEPTH)
		return law_error(b->error, mark_pos(b, b->event.start_mark),
				 "more than %d levels deep", YAML_DEPTH);
	switch (b->event.type) {
	case YAML_SCALAR_EVENT:
		return build_scalar(out, b);
	case YAML_SEQUENCE_START_EVENT:
		return build_sequence(out, b, depth);
	case YAML_MAPPING_START_EVENT:
		return build_mapping(out, b, depth);
	case YAML_ALIAS_EVENT:
		return law_error(b->error, mark_pos(b, b->event.start_mark),
				 "aliases are not part of the law format: write it out");
	default:
		return law_error(b->error, mark_pos(b, b->event.start_mark), "the file is empty");
	}
}

static int build_document(struct yaml_node **out, struct builder *b)
{
	int code;
	if ((code = next(b)) || (code = next(b)))
		return code;
	if (b->event.type == YAML_STREAM_END_EVENT)
		return law_error(b->error, (struct law_pos){b->path, 1, 1}, "the file is empty");
	if ((code = next(b)) || (code = build(out, b, 1)))
		return code;
	if (is_empty(*out))
		return law_error(b->error, (*out)->pos, "the file is empty");
	if ((code = next(b)) || (code = next(b)))
		return code;
	if (b->event.type != YAML_STREAM_END_EVENT)
		return law_error(b->error, mark_pos(b, b->event.start_mark),
				 "a second document: one file, one document");
	return TW_OK;
}

int yaml_parse(struct yaml_node **out, struct arena *arena, const char *path, const char *data,
	       size_t size, struct tw_error *error)
{
	struct builder b = {.arena = arena, .path = path, .error = error};
	*out = NULL;
	if (size > YAML_SIZE)
		return law_error(error, (struct law_pos){path, 0, 0},
				 "larger than %u bytes: split the file", YAML_SIZE);
	if (!yaml_parser_initialize(&b.parser))
		return short_of_memory(&b);
	yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
	const bool marked = size >= 3 && !memcmp(data, "\xef\xbb\xbf", 3); /* by Windows */
	yaml_parser_set_input_string(&b.parser, (const unsigned char *)data + 3 * marked,
				     size - 3 * marked);
	int code = build_document(out, &b);
	if (b.has_event)
		yaml_event_delete(&b.event);
	yaml_parser_delete(&b.parser);
	return code;
}

int yaml_read(struct yaml_node **out, struct arena *arena, const char *folder, const char *path,
	      struct tw_error *error)
{
	char *data;
	size_t size;
	int code = file_read(&data, &size, arena, folder, path, error);
	return code ? code : yaml_parse(out, arena, path, data, size, error);
}

struct yaml_node *yaml_get(const struct yaml_node *mapping, const char *key)
{
	if (mapping->kind != YAML_MAPPING)
		return NULL;
	for (size_t i = 0; i < mapping->count; i++)
		if (!strcmp(mapping->key[i]->scalar, key))
			return mapping->item[i];
	return NULL;
}

static bool is_allowed(const char *const *keys, const char *key)
{
	for (; *keys; keys++)
		if (!strcmp(*keys, key))
			return true;
	return false;
}

int yaml_only(const struct yaml_node *mapping, const char *const *keys, struct tw_error *error)
{
	if (mapping->kind != YAML_MAPPING)
		return law_error(error, mapping->pos, "keys and values are required here: {%s: …}",
				 keys[0] ? keys[0] : "key");
	for (size_t i = 0; i < mapping->count; i++) {
		const char *key = mapping->key[i]->scalar;
		if (is_allowed(keys, key))
			continue;
		char hint[160];
		struct nearest nearest = {.word = key};
		for (const char *const *k = keys; *k; k++)
			nearest_try(&nearest, *k);
		return law_error(error, mapping->key[i]->pos, "unknown key \"%s\"%s", key,
				 nearest_hint(&nearest, hint));
	}
	return TW_OK;
}
