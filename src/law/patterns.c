/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of law/patterns: what every pattern says, whatever its kind, and the order of
 * them. Looks at no line.
 */
#include "law/patterns.h"

#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"
#include "common/order.h"
#include "law/file.h"
#include "law/pattern_read.h"

static int read_rule(struct pattern_read *p, const struct yaml_node *node,
		     struct law_pattern_rule *out)
{
	static const char *const keys[] = {"by", "at", "says", NULL};
	const char *id;
	int code;
	*out = (struct law_pattern_rule){LAW_NONE, "", ""};
	if (node->kind != YAML_MAPPING)
		return law_error(p->r->error, node->pos, "a rule is written {by: ACT, at: TEXT}");
	if ((code = yaml_only(node, keys, p->r->error)) ||
	    (code = read_needed(p->r, node, "by", &id)) ||
	    (code = read_text(p->r, node, "at", &out->at)) ||
	    (code = read_text(p->r, node, "says", &out->says)))
		return code;
	return read_name(p->r, &p->r->instrument, "instrument", id, yaml_get(node, "by")->pos,
			 &out->by);
}

static int read_rules(struct pattern_read *p)
{
	const struct yaml_node *node = yaml_get(p->root, "rules");
	if (!node)
		return law_error(p->r->error, p->root->pos, "key \"rules\" is missing");
	if (node->kind != YAML_SEQUENCE || !node->count)
		return law_error(p->r->error, node->pos,
				 "\"rules\" is a list of at least one rule");
	struct law_pattern_rule *rules = read_take(p->r, node->count, sizeof *rules);
	int code = rules ? TW_OK : TW_NO_MEMORY;
	for (size_t i = 0; i < node->count && !code; i++)
		code = read_rule(p, node->item[i], &rules[i]);
	p->out->rules = rules;
	p->out->rule_count = (uint32_t)node->count;
	return code;
}

/* Times are those of the country of import; where there is none, UTC. */
static const char *zone_of(const struct pattern_read *p)
{
	const struct law *law = p->r->law;
	for (uint32_t i = 0; i < law->jurisdiction_count; i++)
		if (!strcmp(law->jurisdictions[i].code, p->out->into))
			return law->jurisdictions[i].timezone;
	return "Etc/UTC";
}

static int read_period(struct pattern_read *p)
{
	const struct yaml_node *from = yaml_get(p->root, "from"),
			       *until = yaml_get(p->root, "until");
	struct law_pattern *out = p->out;
	int code = TW_OK;
	out->from = (struct law_end){TW_TIME_MIN, LAW_NONE};
	out->until = (struct law_end){TW_TIME_MAX, LAW_NONE};
	if (from)
		code = read_end(p->r, from, zone_of(p), out->rules[0].by, &out->from);
	if (!code && until)
		code = read_end(p->r, until, zone_of(p), out->rules[0].by, &out->until);
	if (!code && out->from.at >= out->until.at)
		return law_error(p->r->error, until ? until->pos : p->root->pos,
				 "\"until\" is not after \"from\"");
	return code;
}

int pattern_read(struct pattern_read *p)
{
	struct law_pattern *out = p->out;
	int kind = -1, group = -1, code;
	out->pos = p->root->pos;
	if (p->root->kind != YAML_MAPPING)
		return law_error(p->r->error, p->root->pos, "a pattern is a mapping");
	if ((code = read_needed(p->r, p->root, "pattern", &out->id)) ||
	    (code = read_choice(p->r, p->root, "kind", pattern_kind_names, &kind)))
		return code;
	if (kind < 0)
		return law_error(p->r->error, p->root->pos, "key \"kind\" is missing");
	out->kind = (enum pattern_kind)kind;
	if ((code = pattern_keys(p)) || (code = read_needed(p->r, p->root, "title", &out->title)) ||
	    (code = read_needed(p->r, p->root, "says", &out->says)) ||
	    (code = read_needed(p->r, p->root, "innocent", &out->innocent)) ||
	    (code = read_choice(p->r, p->root, "group", pattern_group_names, &group)))
		return code;
	if (group < 0)
		return law_error(p->r->error, p->root->pos, "key \"group\" is missing");
	out->group = (enum pattern_group)group;
	if ((code = pattern_country(p, p->root, "into", &out->into)) || (code = read_rules(p)) ||
	    (code = read_period(p)))
		return code;
	return pattern_kind_read(p);
}

/* The ids of a file. */
static int note_substances(struct reader *r, struct table *ids, const char *path)
{
	struct tsv tsv;
	if (!read_has(r, path))
		return TW_OK;
	int code = read_tsv(r, path, &tsv);
	if (code)
		return code;
	int id = tsv_column(&tsv, "id");
	for (size_t i = 0; i < tsv.row_count && id >= 0; i++) {
		const char *name = tsv_cell(&tsv, i, id);
		if (table_find(ids, name) == LAW_NONE &&
		    table_add(ids, r->arena, name, (uint32_t)i))
			return read_no_memory(r);
	}
	return TW_OK;
}

/* Classes of structures: a file each, which bears the id. */
static int note_classes(struct reader *r, struct table *ids)
{
	static const char suffix[] = ".yaml";
	const char **name, *folder = file_join(r->arena, r->folder, "substances/classes");
	size_t count;
	if (!folder || file_list(&name, &count, r->arena, folder, suffix))
		return read_no_memory(r);
	for (size_t i = 0; i < count; i++) {
		char *id = arena_text(r->arena, name[i], strlen(name[i]) - (sizeof suffix - 1));
		if (!id ||
		    (table_find(ids, id) == LAW_NONE && table_add(ids, r->arena, id, (uint32_t)i)))
			return read_no_memory(r);
	}
	return TW_OK;
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct law_pattern *)a)->id, ((const struct law_pattern *)b)->id);
}

static int read_files(struct reader *r, struct law_patterns *out, const char *const *name,
		      size_t count)
{
	struct law_pattern *all = read_take(r, count, sizeof *all);
	struct table ids = {0}, names = {0};
	int code = all ? note_substances(r, &ids, "substances/substances.tsv") : TW_NO_MEMORY;
	if (!code)
		code = note_substances(r, &ids, "equipment/equipment.tsv");
	if (!code)
		code = note_classes(r, &ids);
	for (size_t i = 0; i < count && !code; i++) {
		const char *path = file_join(r->arena, "patterns", name[i]);
		struct yaml_node *root = NULL;
		struct pattern_read p = {.r = r, .out = &all[i], .substances = &ids};
		code = path ? read_yaml(r, path, &root) : read_no_memory(r);
		if (!code && !root) {
			(void)read_no_memory(r);
			code = TW_NO_MEMORY;
		}
		if (code)
			break;
		p.root = root;
		if ((code = pattern_read(&p)))
			break;
		uint32_t first = table_find(&names, all[i].id);
		code = read_enter(r, &names, "pattern", all[i].id, (uint32_t)i,
				  yaml_get(root, "pattern")->pos,
				  first == LAW_NONE ? all[i].pos : all[first].pos);
	}
	if (code)
		return code;
	order_items(all, count, sizeof *all, by_id);
	*out = (struct law_patterns){all, (uint32_t)count};
	return TW_OK;
}

int read_patterns(struct reader *r)
{
	const char **name;
	size_t count;
	const char *folder = file_join(r->arena, r->folder, "patterns");
	if (!folder || file_list(&name, &count, r->arena, folder, ".yaml"))
		return read_no_memory(r);
	if (!count)
		return TW_OK;
	struct law_patterns *out = read_take(r, 1, sizeof *out);
	int code = out ? read_files(r, out, name, count) : TW_NO_MEMORY;
	r->law->patterns = code ? NULL : out;
	return code;
}
