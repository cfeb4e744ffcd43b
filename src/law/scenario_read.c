/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the words of a scenario's file: its head and its changes, each with what
 * it names in the law. Whether they fit the law is for scenario_check.c.
 */
#include "law/scenario_reader.h"

#include "common/words.h"

#include <ctype.h>
#include <string.h>

static const char *const head_keys[] = {"scenario", "title", "note", "sources", "changes", NULL};
/* The key that says which kind of change it is, in the order of enum law_change_kind. */
static const char *const kind_keys[] = {"end",    "never", "rate",    "move",
					"reopen", "add",   "program", NULL};
/* What may stand in a change of each kind. */
static const char *const change_keys[LAW_CHANGES][8] = {
    [LAW_CHANGE_END] = {"end", "from", "until", "note", NULL},
    [LAW_CHANGE_NEVER] = {"never", "note", NULL},
    [LAW_CHANGE_RATE] = {"rate", "duty", "fee", "heading", "from", "until", "note", NULL},
    [LAW_CHANGE_MOVE] = {"move", "from", "until", "note", NULL},
    [LAW_CHANGE_REOPEN] = {"reopen", "refused", "from", "until", "note", NULL},
    [LAW_CHANGE_ADD] = {"add", "measure", "note", NULL},
    [LAW_CHANGE_PROGRAM] = {"program", "note", NULL},
};

static int read_sources(struct scenario_reader *s, const struct yaml_node *root)
{
	static const char *const keys[] = {"title", "url", NULL};
	const struct yaml_node *node = yaml_get(root, "sources");
	struct reader *r = &s->r;
	int code = TW_OK;
	if (!node)
		return TW_OK;
	if (node->kind != YAML_SEQUENCE)
		return law_error(r->error, node->pos, "sources are a list: [{title: …, url: …}]");
	struct law_scenario_source *sources = read_take(r, node->count, sizeof *sources);
	if (!sources)
		return TW_NO_MEMORY;
	for (size_t i = 0; !code && i < node->count; i++) {
		sources[i] = (struct law_scenario_source){"", ""};
		if ((code = yaml_only(node->item[i], keys, r->error)) ||
		    (code = read_needed(r, node->item[i], "title", &sources[i].title)))
			return code;
		code = read_text(r, node->item[i], "url", &sources[i].url);
	}
	s->scenario->sources = sources;
	s->scenario->source_count = (uint32_t)node->count;
	return code;
}

int scenario_read_head(struct scenario_reader *s, const struct yaml_node *root)
{
	struct law_scenario *scenario = s->scenario;
	struct reader *r = &s->r;
	int code;
	if ((code = yaml_only(root, head_keys, r->error)) ||
	    (code = read_needed(r, root, "scenario", &scenario->id)) ||
	    (code = read_needed(r, root, "title", &scenario->title)) ||
	    (code = read_text(r, root, "note", &scenario->note)))
		return code;
	size_t length = strspn(scenario->id, "abcdefghijklmnopqrstuvwxyz0123456789-");
	if (!length || scenario->id[length] || length > 60)
		return law_error(r->error, yaml_get(root, "scenario")->pos,
				 "\"%s\" is not a name of a scenario: small letters, digits and -, "
				 "at most 60",
				 scenario->id);
	return read_sources(s, root);
}

static bool is_of(const struct reader *r, const char *name, uint32_t program)
{
	return words_match(name, ((struct law_program *)r->programs.item)[program].id);
}

static int unknown(struct reader *r, const char *name, struct law_pos pos)
{
	struct nearest nearest = {.word = name};
	char hint[160];
	const struct law_program *programs = r->programs.item;
	const struct law_measure *measures = r->measures.item;
	for (uint32_t i = 0; i < r->programs.count; i++)
		nearest_try(&nearest, programs[i].id);
	for (uint32_t i = 0; i < r->measures.count; i++)
		nearest_try(&nearest, measures[i].id);
	return law_error(r->error, pos, "unknown program or measure \"%s\"%s", name,
			 nearest_hint(&nearest, hint));
}

/* One name: a measure, or all of a program or of several. */
static int take_target(struct scenario_reader *s, uint32_t change, const char *name,
		       struct law_pos pos)
{
	struct reader *r = &s->r;
	uint32_t single = table_find(&r->measure, name), count = 0;
	if (single != LAW_NONE)
		return scenario_touch(s, change, pos, &single, 1, true);
	uint32_t *found = read_take(r, s->measure_count, sizeof *found);
	if (!found)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < s->measure_count; i++)
		if (is_of(r, name, s->law->measures[i].program))
			found[count++] = i;
	if (!count)
		return unknown(r, name, pos);
	return scenario_touch(s, change, pos, found, count, false);
}

static int take_targets(struct scenario_reader *s, uint32_t index, const struct yaml_node *node)
{
	struct law_change *change = (struct law_change *)&s->scenario->changes[index];
	const char *const *name = NULL;
	uint32_t count = 0;
	int code = read_words(&s->r, node, &name, &count);
	if (!code && !count)
		return law_error(s->r.error, node->pos, "name a measure or a program");
	change->what = code ? "" : name[0];
	for (uint32_t i = 0; !code && i < count; i++)
		code = take_target(s, index, name[i],
				   node->kind == YAML_SEQUENCE ? node->item[i]->pos : node->pos);
	return code;
}

/* The time zone of what is named first; of a name that is none, any: it is refused later. */
static const char *zone_of(const struct scenario_reader *s, const struct yaml_node *node)
{
	const struct law *law = s->law;
	const char *name =
	    node->kind == YAML_SCALAR ? node->scalar
	    : node->kind == YAML_SEQUENCE && node->count && node->item[0]->kind == YAML_SCALAR
		? node->item[0]->scalar
		: "";
	uint32_t measure = table_find(&s->r.measure, name);
	for (uint32_t i = 0; i < law->program_count; i++)
		if (measure != LAW_NONE ? law->measures[measure].program == i
					: words_match(name, law->programs[i].id))
			return law->jurisdictions[law->programs[i].jurisdiction].timezone;
	return "Etc/UTC";
}

static int read_time(struct scenario_reader *s, const struct yaml_node *node, const char *key,
		     const char *zone, tw_time *out)
{
	const struct yaml_node *at = yaml_get(node, key);
	if (!at)
		return TW_OK;
	if (at->kind != YAML_SCALAR)
		return law_error(s->r.error, at->pos,
				 "a time is required here: the scenario itself is what sets it");
	return text_time(out, zone, at->scalar, at->pos, s->r.error);
}

/* From when, and until when: `from` is required but where a rate is another all its life. */
static int read_period(struct scenario_reader *s, struct law_change *change,
		       const struct yaml_node *node, const char *zone)
{
	int code;
	change->from = TW_TIME_MIN;
	change->until = TW_TIME_MAX;
	if ((code = read_time(s, node, "from", zone, &change->from)) ||
	    (code = read_time(s, node, "until", zone, &change->until)))
		return code;
	bool needs = change->kind == LAW_CHANGE_END || change->kind == LAW_CHANGE_REOPEN;
	if (needs && !yaml_get(node, "from"))
		return law_error(s->r.error, node->pos,
				 "key \"from\" is missing: the time from which it is so");
	if (change->until <= change->from)
		return law_error(s->r.error, yaml_get(node, "until")->pos,
				 "until is not after from");
	return TW_OK;
}

/* The new ends of a measure: `until: open` leaves it without. */
static int read_move(struct scenario_reader *s, struct law_change *change,
		     const struct yaml_node *node, const char *zone)
{
	const struct yaml_node *until = yaml_get(node, "until");
	bool is_open = until && until->kind == YAML_SCALAR && !strcmp(until->scalar, "open");
	int code;
	change->moves_from = yaml_get(node, "from") != NULL;
	change->moves_until = until != NULL;
	change->new_from.by = s->instrument;
	change->new_until = (struct law_end){TW_TIME_MAX, is_open ? LAW_NONE : s->instrument};
	if (!change->moves_from && !change->moves_until)
		return law_error(s->r.error, node->pos,
				 "write the new \"from\", the new \"until\" or both");
	if ((code = read_time(s, node, "from", zone, &change->new_from.at)))
		return code;
	return is_open ? TW_OK : read_time(s, node, "until", zone, &change->new_until.at);
}

/* The rate is read as one of the measure that is named. */
static int read_rate(struct scenario_reader *s, struct law_change *change,
		     const struct yaml_node *node)
{
	struct reader *r = &s->r;
	const struct yaml_node *target = yaml_get(node, "rate");
	uint32_t index;
	if (target->kind != YAML_SCALAR)
		return law_error(r->error, target->pos, "one measure is required here");
	if (table_find(&r->program, target->scalar) != LAW_NONE)
		return law_error(r->error, target->pos,
				 "\"%s\" is a program: name the measure of it whose rate changes; "
				 "tidewaiter law list has them",
				 target->scalar);
	int code = read_name(r, &r->measure, "measure", target->scalar, target->pos, &index);
	if (code)
		return code;
	struct law_measure *charge = read_take(r, 1, sizeof *charge);
	if (!charge)
		return TW_NO_MEMORY;
	*charge = ((struct law_measure *)r->measures.item)[index];
	const struct law_program *program =
	    (struct law_program *)r->programs.item + charge->program;
	bool has_rate = charge->effect <= LAW_EFFECT_BANDS || charge->effect == LAW_EFFECT_FEE;
	if (!has_rate)
		return law_error(r->error, target->pos, "\"%s\" has no rate (%s:%d)", charge->id,
				 charge->pos.file, charge->pos.line);
	bool was_floor = charge->effect == LAW_EFFECT_FLOOR;
	const struct yaml_node *heading = yaml_get(node, "heading");
	if ((code = read_charge(r, node, program, charge)) ||
	    (heading && (code = read_heading(r, heading, &charge->heading))))
		return code;
	if (charge->effect == LAW_EFFECT_FLOOR && !was_floor)
		return law_error(r->error, target->pos, "\"%s\" is not a floor (%s:%d)", charge->id,
				 charge->pos.file, charge->pos.line);
	change->charge = charge;
	return TW_OK;
}

/* Which reasons of refusal fall away, of a program of the kind exemption. */
static int read_reopen(struct scenario_reader *s, struct law_change *change, uint32_t index,
		       const struct yaml_node *node)
{
	struct reader *r = &s->r;
	const struct yaml_node *target = yaml_get(node, "reopen"),
			       *refused = yaml_get(node, "refused");
	const char *const *word = NULL, *name = NULL;
	uint32_t count = 0, program, found = 0;
	int code = read_needed(r, node, "reopen", &name);
	if (code || (code = read_name(r, &r->program, "program", name, target->pos, &program)))
		return code;
	change->what = name;
	const struct law_program *of = (struct law_program *)r->programs.item + program;
	if (of->kind != LAW_KIND_EXEMPTION)
		return law_error(r->error, target->pos, "\"%s\" is not an exemption (%s:%d)", name,
				 of->pos.file, of->pos.line);
	if (!refused)
		return law_error(r->error, node->pos,
				 "key \"refused\" is missing: the reasons that fall away");
	if ((code = read_words(r, refused, &word, &count)))
		return code;
	uint32_t *lifted = read_take(r, s->measure_count, sizeof *lifted);
	bool *meets = read_take(r, count, sizeof *meets);
	if (!lifted || !meets)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < s->measure_count; i++) {
		const struct law_measure *m = &s->law->measures[i];
		bool lifts = false;
		for (uint32_t k = 0; k < count; k++) {
			bool is = m->program == program && m->effect == LAW_EFFECT_REFUSE &&
				  !strcmp(m->word, word[k]);
			meets[k] = meets[k] || is;
			lifts = lifts || is;
		}
		if (lifts)
			lifted[found++] = i;
	}
	for (uint32_t k = 0; k < count; k++)
		if (!meets[k])
			return law_error(r->error, refused->pos,
					 "\"%s\" refuses nothing for the reason \"%s\" (%s:%d)",
					 name, word[k], of->pos.file, of->pos.line);
	return scenario_touch(s, index, target->pos, lifted, found, false);
}

/* A key that every measure of ours has: the scenario is what sets its times. */
static const struct yaml_node *with_by(struct scenario_reader *s, const struct yaml_node *root)
{
	struct reader *r = &s->r;
	size_t count = root ? root->count : 0;
	struct yaml_node *out = read_take(r, 1, sizeof *out), *by = read_take(r, 2, sizeof *by);
	struct yaml_node **key = read_take(r, count + 1, sizeof *key),
			 **item = read_take(r, count + 1, sizeof *item);
	if (!out || !by || !key || !item)
		return NULL;
	if (root)
		*out = *root;
	out->kind = YAML_MAPPING;
	for (size_t i = 0; i < count; i++) {
		key[i] = root->key[i];
		item[i] = root->item[i];
	}
	by[0] = by[1] = (struct yaml_node){.kind = YAML_SCALAR, .pos = out->pos};
	by[0].scalar = "by";
	by[1].scalar = s->instrument_id;
	key[count] = &by[0];
	item[count] = &by[1];
	out->key = key;
	out->item = item;
	out->count = count + 1;
	return out;
}

static int read_added(struct scenario_reader *s, struct law_change *change,
		      const struct yaml_node *node)
{
	struct reader *r = &s->r;
	const struct yaml_node *measure = yaml_get(node, "measure");
	const char *name;
	int code = read_needed(r, node, "add", &name);
	if (code || (code = read_name(r, &r->program, "program", name, yaml_get(node, "add")->pos,
				      &change->program)))
		return code;
	change->what = name;
	if (!measure)
		return law_error(r->error, node->pos, "key \"measure\" is missing");
	struct draft draft = {.root = with_by(s, NULL)};
	change->added_first = r->measures.count;
	change->added_count = 1;
	if (!draft.root || (code = read_measure_name(r, measure, change->program)))
		return draft.root ? code : TW_NO_MEMORY;
	struct law_measure *m = (struct law_measure *)r->measures.item + change->added_first;
	const struct law_program *program =
	    (struct law_program *)r->programs.item + change->program;
	code = read_measure(r, program, &draft, measure, m);
	return code ? code : scenario_cites(s, m);
}

/* The jurisdiction in which the id of a program begins. */
static int find_jurisdiction(struct reader *r, const struct yaml_node *root, uint32_t *out)
{
	const struct law *law = r->law;
	const char *id;
	int code = read_needed(r, root, "program", &id);
	if (code)
		return code;
	for (*out = 0; *out < law->jurisdiction_count; ++*out) {
		const char *iso = law->jurisdictions[*out].code;
		if (id[0] == tolower((unsigned char)iso[0]) &&
		    id[1] == tolower((unsigned char)iso[1]) && id[2] == '.')
			return TW_OK;
	}
	return law_error(r->error, yaml_get(root, "program")->pos,
			 "\"%s\" does not begin with a country of the law: us.…", id);
}

static int read_new_program(struct scenario_reader *s, struct law_change *change,
			    const struct yaml_node *node)
{
	struct reader *r = &s->r;
	const struct yaml_node *root = yaml_get(node, "program"), *by;
	uint32_t jurisdiction;
	int code = TW_OK;
	if (root->kind != YAML_MAPPING)
		return law_error(r->error, root->pos,
				 "a program is written {program: …, title: …, measures: […]}");
	if ((by = yaml_get(root, "by")))
		return law_error(r->error, by->pos, "omit \"by\": the scenario itself sets it");
	if ((code = find_jurisdiction(r, root, &jurisdiction)))
		return code;
	root = with_by(s, root);
	change->added_first = r->measures.count;
	if (!root || (code = read_program_name(r, root, jurisdiction, LAW_KIND_DUTY)))
		return root ? code : TW_NO_MEMORY;
	change->program = r->programs.count - 1;
	change->added_count = r->measures.count - change->added_first;
	struct law_program *program = (struct law_program *)r->programs.item + change->program;
	change->what = program->id;
	if ((code = read_program(r, change->program)))
		return code;
	for (uint32_t i = 0; !code && i < change->added_count; i++)
		code = scenario_cites(s, (struct law_measure *)r->measures.item +
					     change->added_first + i);
	return code ? code : scenario_program_cites(s, program);
}

static int find_kind(struct reader *r, const struct yaml_node *node, int *out)
{
	int kind = -1;
	if (node->kind != YAML_MAPPING)
		return law_error(r->error, node->pos, "a change is written {end: …, from: …}");
	for (int k = 0; k < LAW_CHANGES; k++) {
		const struct yaml_node *found = yaml_get(node, kind_keys[k]);
		if (found && kind >= 0)
			return law_error(r->error, found->pos,
					 "\"%s\" and \"%s\" in one change: write two",
					 kind_keys[kind], kind_keys[k]);
		if (found)
			kind = k;
	}
	if (kind < 0)
		return law_error(r->error, node->pos,
				 "a change is one of end, never, rate, move, reopen, add, program");
	*out = kind;
	return yaml_only(node, change_keys[kind], r->error);
}

static int read_change(struct scenario_reader *s, uint32_t index, const struct yaml_node *node)
{
	struct law_change *change = (struct law_change *)&s->scenario->changes[index];
	struct reader *r = &s->r;
	int kind = 0, code;
	if ((code = find_kind(r, node, &kind)) ||
	    (code = read_text(r, node, "note", &change->note)))
		return code;
	const struct yaml_node *target = yaml_get(node, kind_keys[kind]);
	const char *zone = zone_of(s, target);
	change->kind = (enum law_change_kind)kind;
	change->pos = target->pos;
	switch (change->kind) {
	case LAW_CHANGE_ADD:
		return read_added(s, change, node);
	case LAW_CHANGE_PROGRAM:
		return read_new_program(s, change, node);
	case LAW_CHANGE_MOVE:
		code = read_move(s, change, node, zone);
		break;
	case LAW_CHANGE_RATE:
		code = read_rate(s, change, node);
		/* fall through */
	case LAW_CHANGE_END:
	case LAW_CHANGE_REOPEN:
	case LAW_CHANGE_NEVER:
	default:
		code = code ? code : read_period(s, change, node, zone);
		break;
	}
	if (code)
		return code;
	if (change->kind == LAW_CHANGE_REOPEN)
		return read_reopen(s, change, index, node);
	return take_targets(s, index, target);
}

int scenario_read_changes(struct scenario_reader *s, const struct yaml_node *root)
{
	const struct yaml_node *list = yaml_get(root, "changes");
	struct reader *r = &s->r;
	int code = TW_OK;
	if (!list)
		return law_error(r->error, root->pos, "key \"changes\" is missing");
	if (list->kind != YAML_SEQUENCE || !list->count)
		return law_error(r->error, list->pos, "changes are a list: [{end: …, from: …}]");
	struct law_change *changes = read_take(r, list->count, sizeof *changes);
	if (!changes)
		return TW_NO_MEMORY;
	s->scenario->changes = changes;
	s->scenario->change_count = (uint32_t)list->count;
	for (uint32_t i = 0; !code && i < list->count; i++)
		code = read_change(s, i, list->item[i]);
	return code;
}
