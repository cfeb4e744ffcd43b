/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that read patterns share. Private to pattern*.c. */
#ifndef TW_LAW_PATTERN_READ_H
#define TW_LAW_PATTERN_READ_H

#include "law/patterns.h"
#include "law/reader.h"

struct pattern_read {
	struct reader *r;
	struct law_pattern *out;
	const struct yaml_node *root;
	const struct table *substances; /* ids */
};

/* patterns.c: all that a pattern says, from its root. */
int pattern_read(struct pattern_read *p);
/* pattern_kinds.c: the keys of the kind, and those that every pattern has; then what they say. */
int pattern_keys(struct pattern_read *p);
int pattern_kind_read(struct pattern_read *p);
int pattern_countries(struct pattern_read *p, const struct yaml_node *map, const char *key,
		      struct law_pattern_countries *out);
/* Two letters of a country; absent: "". */
int pattern_country(struct pattern_read *p, const struct yaml_node *map, const char *key,
		    const char **out);
/* pattern_parts.c */
int pattern_parts(struct pattern_read *p);
/* A whole number from 1 to `most`; absent: an error, or left alone where it need not be. */
int pattern_count(struct pattern_read *p, const char *key, bool needed, uint32_t most,
		  uint32_t *out);

#endif
