/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A YAML file as a tree of nodes with positions, read with libyaml. Refuses
 * anchors, aliases, tags, repeated keys, keys without a value, more than
 * YAML_DEPTH levels and files over YAML_SIZE bytes. Knows no law.
 */
#ifndef TW_LAW_YAML_H
#define TW_LAW_YAML_H

#include "common/arena.h"
#include "law/law.h"

#define YAML_DEPTH 32
#define YAML_SIZE (16u << 20)

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };
struct yaml_node {
	enum yaml_kind kind;
	const char *scalar; /* terminated; SCALAR only */
	bool quoted;
	struct yaml_node **item; /* SEQUENCE: values; MAPPING: values */
	struct yaml_node **key;  /* MAPPING: scalars */
	size_t count;
	struct law_pos pos;
};

/* Read folder/path; pos.file is path. */
int yaml_read(struct yaml_node **out, struct arena *arena, const char *folder, const char *path,
	      struct tw_error *error);
/* The same from memory, for tests and fuzzing. */
int yaml_parse(struct yaml_node **out, struct arena *arena, const char *path, const char *data,
	       size_t size, struct tw_error *error);

/* The value under key, or NULL. */
struct yaml_node *yaml_get(const struct yaml_node *mapping, const char *key);

/* Every key must be one of keys (NULL-terminated); names the stray one and the nearest allowed. */
int yaml_only(const struct yaml_node *mapping, const char *const *keys, struct tw_error *error);

/* Fill *error for a position; returns TW_BAD_LAW. */
int law_error(struct tw_error *error, struct law_pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
