/* SPDX-License-Identifier: Apache-2.0 */
/* What the parsed law says, asked measure by measure. */
#ifndef TW_LAW_SCOPES_H
#define TW_LAW_SCOPES_H

#include "common/instant.h"
#include "law/law.h"

/* Facts of the law that the pages need. */
/* The time zone of a jurisdiction; UTC where it names none that is known. */
enum time_zone law_zone_of(const struct law_jurisdiction *j);
int law_zone(const struct law *law, uint32_t jurisdiction);
struct law_origins law_origins_of(const struct law *law, const struct law_measure *measure);
bool law_in_force(const struct law_measure *measure, tw_time at);
/* Whether the two scopes share a code at that instant, or just before it. */
bool law_scopes_meet(const struct law *law, const struct law_scope *a, const struct law_scope *b,
		     tw_time at);
/* Whether a scope takes in, or leaves out, the codes of a list. */
bool law_scope_names(const struct law_scope *scope, uint32_t list);
bool law_scope_same(const struct law_scope *a, const struct law_scope *b);
bool law_when_same(const struct law_node *a, const struct law_node *b, bool *failed);

static inline const char *law_or_empty(const char *text)
{
	return text ? text : "";
}

#endif
