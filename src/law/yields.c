/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the rules by which a program steps back before others. Circles are
 * found by the table compiler, which knows the days.
 */
#include "common/words.h"
#include "law/reader.h"

#include <string.h>

struct yield_scan {
	struct reader *r;
	uint32_t self; /* the program */
	struct vector programs, measures;
};

static int add_index(struct yield_scan *s, struct vector *to, uint32_t index)
{
	for (uint32_t i = 0; i < to->count; i++)
		if (((uint32_t *)to->item)[i] == index)
			return TW_OK;
	uint32_t *slot = read_add(s->r, to, sizeof *slot);
	if (!slot)
		return TW_NO_MEMORY;
	*slot = index;
	return TW_OK;
}

static int add_glob(struct yield_scan *s, const char *glob, struct law_pos pos)
{
	const struct law_program *programs = s->r->programs.item;
	bool found = false;
	for (uint32_t i = 0; i < s->r->programs.count; i++) {
		if (i == s->self || programs[i].kind != LAW_KIND_DUTY ||
		    !words_match(glob, programs[i].id))
			continue;
		int code = add_index(s, &s->programs, i);
		if (code)
			return code;
		found = true;
	}
	return found ? TW_OK : law_error(s->r->error, pos, "\"%s\" names no other program", glob);
}

static int add_target(struct yield_scan *s, const char *name, struct law_pos pos)
{
	struct reader *r = s->r;
	if (is_glob(name))
		return add_glob(s, name, pos);
	uint32_t index = table_find(&r->program, name);
	if (index == s->self && index != LAW_NONE)
		return law_error(r->error, pos, "a program cannot yield to itself: use except");
	if (index != LAW_NONE &&
	    ((struct law_program *)r->programs.item)[index].kind != LAW_KIND_DUTY)
		return law_error(r->error, pos,
				 "\"%s\" never charges a duty: name one of its measures", name);
	if (index != LAW_NONE)
		return add_index(s, &s->programs, index);
	index = table_find(&r->measure, name);
	if (index != LAW_NONE)
		return add_index(s, &s->measures, index);
	struct nearest nearest = {.word = name};
	char hint[160];
	nearest_try_all(&nearest, &r->program);
	nearest_try_all(&nearest, &r->measure);
	return law_error(r->error, pos, "unknown program or measure \"%s\"%s", name,
			 nearest_hint(&nearest, hint));
}

static struct law_pos word_pos(const struct yaml_node *node, uint32_t i)
{
	return node->kind == YAML_SEQUENCE ? node->item[i]->pos : node->pos;
}

static int read_of(struct reader *r, const struct yaml_node *node, uint32_t program,
		   struct law_yield *y)
{
	const struct yaml_node *of = yaml_get(node, "of");
	const char *const *ids = NULL;
	int code = read_words(r, of, &ids, &y->of_count);
	if (code || !y->of_count)
		return code;
	uint32_t *index = read_take(r, y->of_count, sizeof *index);
	if (!index)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < y->of_count; i++) {
		struct law_pos pos = word_pos(of, i);
		if ((code = read_name(r, &r->measure, "measure", ids[i], pos, &index[i])))
			return code;
		if (((struct law_measure *)r->measures.item)[index[i]].program != program)
			return law_error(r->error, pos, "\"%s\" is not a measure of this program",
					 ids[i]);
	}
	y->of = index;
	return TW_OK;
}

static int read_targets(struct reader *r, const struct yaml_node *node, uint32_t program,
			struct law_yield *y)
{
	struct yield_scan s = {.r = r, .self = program};
	const struct yaml_node *to = yaml_get(node, "to");
	const char *const *names = NULL;
	uint32_t count = 0;
	int code;
	if (!to)
		return law_error(r->error, node->pos, "key \"to\" is missing");
	if ((code = read_words(r, to, &names, &count)))
		return code;
	for (uint32_t i = 0; i < count; i++)
		if ((code = add_target(&s, names[i], word_pos(to, i))))
			return code;
	y->programs = s.programs.item;
	y->program_count = s.programs.count;
	y->measures = s.measures.item;
	y->measure_count = s.measures.count;
	return TW_OK;
}

static int read_yield(struct reader *r, const struct law_program *program, uint32_t index,
		      const struct yaml_node *node, struct law_yield *y)
{
	static const char *const keys[] = {"to",   "for",  "heading", "of",   "scope",
					   "when", "from", "until",   "note", NULL};
	static const char *const fors[] = {"line", "part", NULL};
	const char *timezone = r->law->jurisdictions[program->jurisdiction].timezone;
	const struct yaml_node *when = yaml_get(node, "when"), *from = yaml_get(node, "from"),
			       *until = yaml_get(node, "until");
	const struct yaml_node *heading = yaml_get(node, "heading");
	int which = 0, code = yaml_only(node, keys, r->error);
	if (code)
		return code;
	y->pos = node->pos;
	y->heading = "";
	y->until = (struct law_end){TW_TIME_MAX, LAW_NONE};
	if (!from)
		return law_error(r->error, node->pos,
				 "a yield has no \"from\": write from: {at: TIME, by: "
				 "INSTRUMENT}");
	if ((code = read_targets(r, node, index, y)) || (code = read_of(r, node, index, y)) ||
	    (code = read_choice(r, node, "for", fors, &which)) ||
	    (heading && (code = read_heading(r, heading, &y->heading))) ||
	    (code = read_scope(r, yaml_get(node, "scope"), &y->scope)) ||
	    (code = read_end(r, from, timezone, LAW_NONE, &y->from)) ||
	    (until && (code = read_end(r, until, timezone, LAW_NONE, &y->until))) ||
	    (when && (code = read_when(r, when, timezone, program->kind, &y->when))))
		return code;
	y->for_part = which;
	if (until && y->until.at <= y->from.at)
		return law_error(r->error, until->pos, "until is not after from");
	return TW_OK;
}

int read_yields(struct reader *r, struct law_program *program, const struct yaml_node *node)
{
	uint32_t index = (uint32_t)(program - (struct law_program *)r->programs.item);
	if (node->kind != YAML_SEQUENCE)
		return law_error(r->error, node->pos, "yields are a list: [{to: …, from: …}]");
	struct law_yield *yields = read_take(r, node->count, sizeof *yields);
	if (!yields)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < node->count; i++) {
		int code = read_yield(r, program, index, node->item[i], &yields[i]);
		if (code)
			return code;
	}
	program->yields = yields;
	program->yield_count = (uint32_t)node->count;
	return TW_OK;
}
