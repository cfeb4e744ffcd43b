/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns what every measure says: heading, origins, scope, condition, period,
 * part, confidence. Its effect is read in effects.c.
 */
#include "law/reader.h"

#include <string.h>

static const char *const common_keys[] = {
    "id",         "heading", "title", "note",       "origins",  "scope", "when",    "from", "until",
    "superseded", "except",  "on",    "confidence", "drawback", "ftz",   "instead", "most", "per",
    "choice",     "round",   "min",   "max",        "settled",  "of",    "pays",    "say",  NULL};
static const char *const confidence_words[] = {"high", "medium", "low", "contested", NULL};
static const char *const drawback_words[] = {"unknown", "yes", "no", NULL};
static const char *const ftz_words[] = {"admission", "entry", NULL};

struct measure_scan {
	struct reader *r;
	const struct yaml_node *root, *node;
	const char *timezone;
	uint32_t by;
	struct law_measure *m;
};

/* The measure's own value of a key, or its program's. */
static const struct yaml_node *either(const struct measure_scan *s, const char *key)
{
	const struct yaml_node *own = yaml_get(s->node, key);
	return own ? own : yaml_get(s->root, key);
}

static int read_headings(struct measure_scan *s)
{
	static const char *const keys[] = {"below", "reached", NULL};
	const struct yaml_node *node = yaml_get(s->node, "heading");
	int code;
	s->m->heading = s->m->heading_reached = "";
	if (!node)
		return TW_OK;
	if (node->kind != YAML_MAPPING)
		return read_heading(s->r, node, &s->m->heading);
	const struct yaml_node *below = yaml_get(node, "below"),
			       *reached = yaml_get(node, "reached");
	if ((code = yaml_only(node, keys, s->r->error)))
		return code;
	if (!below || !reached)
		return law_error(s->r->error, node->pos, "key \"%s\" is missing",
				 below ? "reached" : "below");
	if ((code = read_heading(s->r, below, &s->m->heading)))
		return code;
	return read_heading(s->r, reached, &s->m->heading_reached);
}

static int read_covers(struct measure_scan *s)
{
	struct law_measure *m = s->m;
	const struct yaml_node *origins = either(s, "origins"), *scope = either(s, "scope");
	int code;
	if (!origins) {
		m->origins_all = true;
		for (uint32_t i = 0; i < s->r->law->country_count; i++)
			m->origins.bit[i / 64] |= UINT64_C(1) << i % 64;
	} else if ((code = read_origins(s->r, origins, &m->origins, &m->origins_all))) {
		return code;
	}
	return read_scope(s->r, scope, &m->scope);
}

static int read_condition(struct measure_scan *s, enum law_kind kind)
{
	const struct yaml_node *own = yaml_get(s->node, "when"),
			       *common = yaml_get(s->root, "when");
	const struct law_node *pair[2];
	uint32_t n = 0;
	int code;
	if (common && (code = read_when(s->r, common, s->timezone, kind, &pair[n++])))
		return code;
	if (own && (code = read_when(s->r, own, s->timezone, kind, &pair[n++])))
		return code;
	if (n < 2) {
		s->m->when = n ? pair[0] : NULL;
		return TW_OK;
	}
	struct law_node *all = read_take(s->r, 1, sizeof *all);
	const struct law_node **child = read_take(s->r, 1, sizeof pair);
	if (!all || !child)
		return TW_NO_MEMORY;
	memcpy(child, pair, sizeof pair);
	*all = (struct law_node){.kind = LAW_NODE_ALL, .child = child, .child_count = 2};
	s->m->when = all;
	return TW_OK;
}

static int read_period(struct measure_scan *s)
{
	static const char *const keys[] = {"by", NULL};
	struct law_measure *m = s->m;
	const struct yaml_node *from = either(s, "from"), *until = either(s, "until"),
			       *superseded = yaml_get(s->node, "superseded");
	const char *by;
	int code;
	m->until = (struct law_end){TW_TIME_MAX, LAW_NONE};
	m->superseded_by = LAW_NONE;
	if (!from)
		return law_error(s->r->error, s->node->pos,
				 "\"%s\" has no \"from\": write from: {at: TIME, "
				 "by: INSTRUMENT}",
				 m->id);
	if ((code = read_end(s->r, from, s->timezone, s->by, &m->from)) ||
	    (until && (code = read_end(s->r, until, s->timezone, s->by, &m->until))))
		return code;
	if (until && m->until.at <= m->from.at)
		return law_error(s->r->error, until->pos, "until is not after from");
	if (!superseded)
		return TW_OK;
	if ((code = yaml_only(superseded, keys, s->r->error)) ||
	    (code = read_needed(s->r, superseded, "by", &by)))
		return code;
	return read_name(s->r, &s->r->instrument, "instrument", by, yaml_get(superseded, "by")->pos,
			 &m->superseded_by);
}

static int read_part(struct measure_scan *s)
{
	const char *text = "value", *part;
	char hint[160];
	int code = read_text(s->r, s->node, "on", &text);
	if (code)
		return code;
	part = text;
	s->m->part_not = !strncmp(text, "not ", 4);
	if (s->m->part_not)
		part += 4;
	s->m->part = part;
	if (!strcmp(part, "value") && !s->m->part_not)
		return TW_OK;
	struct nearest nearest = {.word = part};
	for (uint32_t i = 0; i < s->r->law->claim_count; i++) {
		const char *known = s->r->law->claims[i].part;
		if (known && !strcmp(known, part))
			return TW_OK;
		if (known)
			nearest_try(&nearest, known);
	}
	return law_error(s->r->error, yaml_get(s->node, "on")->pos, "unknown part \"%s\"%s", part,
			 nearest_hint(&nearest, hint));
}

static int read_standing(struct measure_scan *s)
{
	int confidence = LAW_HIGH, drawback = LAW_DRAWBACK_UNKNOWN, ftz = 0, code;
	const struct yaml_node *from[2] = {s->root, s->node};
	for (int i = 0; i < 2; i++)
		if ((code =
			 read_choice(s->r, from[i], "confidence", confidence_words, &confidence)) ||
		    (code = read_choice(s->r, from[i], "drawback", drawback_words, &drawback)) ||
		    (code = read_choice(s->r, from[i], "ftz", ftz_words, &ftz)))
			return code;
	s->m->confidence = (enum law_confidence)confidence;
	s->m->drawback = (enum law_drawback)drawback;
	s->m->ftz_entry = ftz;
	if ((code = read_text(s->r, s->node, "title", &s->m->title)))
		return code;
	return read_text(s->r, s->node, "note", &s->m->note);
}

static int read_except(struct measure_scan *s)
{
	const struct yaml_node *node = yaml_get(s->node, "except");
	const char *const *ids = NULL;
	uint32_t count = 0;
	int code = read_words(s->r, node, &ids, &count);
	if (code || !count)
		return code;
	uint32_t *except = read_take(s->r, count, sizeof *except);
	if (!except)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++) {
		struct law_pos pos = node->kind == YAML_SEQUENCE ? node->item[i]->pos : node->pos;
		if ((code = read_name(s->r, &s->r->measure, "measure", ids[i], pos, &except[i])))
			return code;
		const struct law_measure *other =
		    (struct law_measure *)s->r->measures.item + except[i];
		if (other->program != s->m->program || other == s->m)
			return law_error(s->r->error, pos,
					 "\"%s\" is not another measure of this program: other "
					 "programs are named in yields",
					 ids[i]);
	}
	s->m->except = except;
	s->m->except_count = count;
	return TW_OK;
}

int read_measure(struct reader *r, const struct law_program *program, const struct draft *draft,
		 const struct yaml_node *node, struct law_measure *measure)
{
	struct measure_scan s = {r, draft->root, node, NULL, LAW_NONE, measure};
	const char *keys[64], *by = NULL;
	size_t n = 0;
	int code;
	s.timezone = r->law->jurisdictions[program->jurisdiction].timezone;
	for (size_t i = 0; common_keys[i]; i++)
		keys[n++] = common_keys[i];
	for (size_t i = 0; effect_keys[i]; i++)
		keys[n++] = effect_keys[i];
	keys[n] = NULL;
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_text(r, draft->root, "by", &by)))
		return code;
	if (by && (code = read_name(r, &r->instrument, "instrument", by,
				    yaml_get(draft->root, "by")->pos, &s.by)))
		return code;
	if ((code = read_headings(&s)) || (code = read_covers(&s)) ||
	    (code = read_condition(&s, program->kind)) || (code = read_period(&s)) ||
	    (code = read_part(&s)) || (code = read_standing(&s)) || (code = read_except(&s)))
		return code;
	return read_effect(r, program, node, measure);
}
