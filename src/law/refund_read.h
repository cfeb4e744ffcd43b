/* SPDX-License-Identifier: Apache-2.0 */
/* What the files that read the law of refunds share. Private to refund*.c. */
#ifndef TW_LAW_REFUND_READ_H
#define TW_LAW_REFUND_READ_H

#include "law/reader.h"
#include "law/refunds.h"

struct refund_read {
	struct reader *r;
	struct law_refunds *out;
	const char *folder;   /* "us/refunds" */
	const char *timezone; /* of the jurisdiction */
	struct vector cited;  /* uint32_t */
};

extern const char *const refund_confidence[]; /* NULL-terminated */

/* The act of a key; absent: LAW_NONE, or an error where it is needed. */
int refund_by(struct refund_read *s, const struct yaml_node *map, const char *key, bool needed,
	      uint32_t *out);
int refund_cite(struct refund_read *s, const char *id, struct law_pos pos, uint32_t *out);
/* A whole number above 0. */
int refund_count(struct refund_read *s, const struct yaml_node *map, const char *key, int64_t *out);
/* {at, by}: a day of filing; absent: left alone. */
int refund_day(struct refund_read *s, const struct yaml_node *map, const char *key, int32_t *day,
	       uint32_t *by);
/* refund_facts.c: what entries say, and conditions on it. The facts come first. */
int refund_facts(struct refund_read *s, const struct yaml_node *node);
int refund_atoms(struct refund_read *s, const struct yaml_node *node, struct law_refund_atoms *out);
/* refund_tests.c: the tests, what is accepted, and matters beside them. */
int refund_tests(struct refund_read *s, const struct yaml_node *root);
int refund_matters(struct refund_read *s, const struct yaml_node *node);
/* refund_check.c: the headings, held against the duties of the same law. */
int refund_check(struct reader *r);
/* refund_tables.c */
int refund_headings(struct refund_read *s);
int refund_interest(struct refund_read *s);

#endif
