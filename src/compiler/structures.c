/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiling law/substances/classes: reads groups.yaml and one file a class,
 * resolves names, lays the rows out. Whether the patterns can be read only a
 * chemistry library can say; tests/unit/screen does.
 */
#include "compiler/structures.h"
#include "common/pool.h"
#include "law/file.h"
#include "law/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "substances/classes"
#define GROUPS_FILE "groups.yaml"
#define SKELETON_ATOMS 31
#define LINK_LONGEST 8
#define GROUP_LARGEST 100

struct making {
	struct pool rows, sites, conditions, groups, indexes, texts;
	struct arena *arena;
	struct tw_error *error;
	bool failed; /* out of memory */
};

static void *add(struct making *m, struct pool *rows, const void *element, size_t count)
{
	void *to = pool_take(rows, element, count);
	m->failed = m->failed || rows->failed;
	return to;
}

static uint32_t add_text(struct making *m, const char *text)
{
	uint32_t at = (uint32_t)m->texts.count;
	if (!text || !*text)
		return 0;
	add(m, &m->texts, text, strlen(text) + 1);
	return at;
}

/* The text under a key; "" when it is left out and may be. */
static int scalar(const char **out, const struct yaml_node *node, const char *key, bool required,
		  struct tw_error *error)
{
	const struct yaml_node *value = yaml_get(node, key);
	*out = "";
	if (!value && required)
		return law_error(error, node->pos, "the key \"%s\" is missing", key);
	if (value && value->kind != YAML_SCALAR)
		return law_error(error, value->pos, "\"%s\" is one text", key);
	if (value)
		*out = value->scalar;
	return TW_OK;
}

static int read_number(uint32_t *out, const struct yaml_node *node, unsigned most,
		       struct tw_error *error)
{
	char *end = NULL;
	unsigned long number = 0;
	if (node->kind == YAML_SCALAR)
		number = strtoul(node->scalar, &end, 10);
	if (!end || end == node->scalar || *end || number < 1 || number > most)
		return law_error(error, node->pos, "a number from 1 to %u", most);
	*out = (uint32_t)number;
	return TW_OK;
}

/* A key that says yes or is left out. */
static int read_yes(uint32_t *out, const struct yaml_node *node, const char *key,
		    struct tw_error *error)
{
	const char *word;
	int code = scalar(&word, node, key, false, error);
	*out = 0;
	if (code || !*word)
		return code;
	if (strcmp(word, "yes") != 0)
		return law_error(error, node->pos, "%s: yes, or left out; not \"%s\"", key, word);
	*out = 1;
	return TW_OK;
}

static int read_groups(struct making *m, const char *folder)
{
	static const char *const top[] = {"groups", NULL};
	static const char *const keys[] = {"first", "every", "some", "one", "most", NULL};
	struct yaml_node *file;
	int code = yaml_read(&file, m->arena, folder, FOLDER "/" GROUPS_FILE, m->error);
	if (!code)
		code = yaml_only(file, top, m->error);
	const struct yaml_node *groups = !code ? yaml_get(file, "groups") : NULL;
	if (!code && (!groups || groups->kind != YAML_MAPPING))
		return law_error(m->error, file->pos, "\"groups\" maps names to patterns");
	for (size_t i = 0; !code && i < groups->count; i++) {
		const struct yaml_node *item = groups->item[i];
		if (item->kind != YAML_MAPPING)
			return law_error(
			    m->error, item->pos,
			    "a group has the patterns first, every, some and one, and most");
		code = yaml_only(item, keys, m->error);
		const char *pattern[4];
		for (size_t k = 0; !code && k < 4; k++)
			code = scalar(&pattern[k], item, keys[k], k == 0, m->error);
		uint32_t most = 0;
		const struct yaml_node *largest = !code ? yaml_get(item, "most") : NULL;
		if (largest)
			code = read_number(&most, largest, GROUP_LARGEST, m->error);
		if (code)
			break;
		struct classes_group group = {
		    .name = add_text(m, groups->key[i]->scalar),
		    .first = add_text(m, pattern[0]),
		    .every = add_text(m, pattern[1]),
		    .some = add_text(m, pattern[2]),
		    .one = add_text(m, pattern[3]),
		    .most = most,
		};
		add(m, &m->groups, &group, 1);
	}
	return code;
}

static int find_group(uint32_t *out, struct making *m, const char *name, struct law_pos pos)
{
	const struct classes_group *group = (const void *)m->groups.data;
	for (*out = 0; *out < m->groups.count; ++*out)
		if (strcmp(pool_text(&m->texts, group[*out].name), name) == 0)
			return TW_OK;
	return law_error(m->error, pos, "\"%s\" is not a group of " GROUPS_FILE, name);
}

static int read_site(struct making *m, const char *name, const struct yaml_node *node)
{
	static const char *const keys[] = {"at",  "kind",   "parent", "link",
					   "end", "always", "joined", NULL};
	struct classes_site site = {.kind = CLASSES_NONE};
	const char *kind, *parent, *end;
	if (node->kind != YAML_MAPPING)
		return law_error(m->error, node->pos, "a site has the keys at and parent");
	int code = yaml_only(node, keys, m->error);
	const struct yaml_node *atoms = yaml_get(node, "at"), *link = yaml_get(node, "link");
	if (!code && (!atoms || atoms->kind != YAML_SEQUENCE || atoms->count == 0))
		return law_error(m->error, node->pos, "\"at\" lists atoms of the skeleton");
	for (size_t i = 0; !code && i < atoms->count; i++) {
		uint32_t atom = 0;
		code = read_number(&atom, atoms->item[i], SKELETON_ATOMS, m->error);
		site.atoms |= UINT32_C(1) << atom;
	}
	if (!code)
		code = scalar(&kind, node, "kind", false, m->error);
	if (!code && *kind)
		code = find_group(&site.kind, m, kind, node->pos);
	if (!code)
		code = scalar(&parent, node, "parent", true, m->error);
	if (!code && link)
		code = read_number(&site.link, link, LINK_LONGEST, m->error);
	if (!code)
		code = scalar(&end, node, "end", link != NULL, m->error);
	if (!code)
		code = read_yes(&site.always, node, "always", m->error);
	if (!code)
		code = read_yes(&site.joined, node, "joined", m->error);
	if (!code && (site.always || site.joined) && strcmp(parent, "hydrogen") != 0)
		code = law_error(m->error, node->pos,
				 "always and joined are for sites whose parent is hydrogen");
	if (code)
		return code;
	site.name = add_text(m, name);
	site.parent = strcmp(parent, "hydrogen") == 0 ? 0 : add_text(m, parent);
	site.end = add_text(m, end);
	add(m, &m->sites, &site, 1);
	return TW_OK;
}

static int read_adds(struct making *m, struct classes_condition *out, const struct yaml_node *node)
{
	const struct yaml_node *adds = yaml_get(node, "adds");
	int code = TW_OK;
	out->adds.first = (uint32_t)m->indexes.count;
	if (!adds)
		return TW_OK;
	if (adds->kind != YAML_SEQUENCE)
		return law_error(m->error, adds->pos, "\"adds\" lists groups");
	for (size_t i = 0; !code && i < adds->count; i++) {
		uint32_t index = 0;
		const struct yaml_node *item = adds->item[i];
		code = item->kind == YAML_SCALAR
			   ? find_group(&index, m, item->scalar, item->pos)
			   : law_error(m->error, item->pos, "a group is named by one word");
		add(m, &m->indexes, &index, 1);
	}
	out->adds.count = (uint32_t)m->indexes.count - out->adds.first;
	return code;
}

static int read_becomes(struct making *m, struct classes_condition *out,
			const struct yaml_node *node)
{
	static const char *const words[] = {"", "ring", "aromatic ring", "acyl", "group"};
	const char *becomes, *part;
	int code = scalar(&becomes, node, "becomes", false, m->error);
	if (!code)
		code = scalar(&part, node, "part", false, m->error);
	if (code)
		return code;
	while (out->becomes < 5 && strcmp(words[out->becomes], becomes) != 0)
		out->becomes++;
	if (out->becomes == 5)
		return law_error(m->error, node->pos,
				 "becomes: ring, aromatic ring, acyl or group, not \"%s\"",
				 becomes);
	if (*part && strcmp(part, "end") != 0)
		return law_error(m->error, node->pos, "part: end, not \"%s\"", part);
	out->at_end = *part != '\0';
	if ((out->becomes == BECOMES_NOTHING) == (out->adds.count == 0))
		return law_error(m->error, node->pos,
				 "a condition either becomes something or adds groups");
	return out->becomes == BECOMES_ACYL ? find_group(&out->acyl, m, "acyl", node->pos) : TW_OK;
}

static int read_condition(struct making *m, const struct classes_row *row,
			  const struct yaml_node *node)
{
	static const char *const keys[] = {"letter", "site", "part", "becomes", "adds", NULL};
	struct classes_condition condition = {0};
	const char *letter, *name;
	if (node->kind != YAML_MAPPING)
		return law_error(m->error, node->pos, "a condition has a letter and a site");
	int code = yaml_only(node, keys, m->error);
	if (!code)
		code = scalar(&letter, node, "letter", true, m->error);
	if (!code)
		code = scalar(&name, node, "site", true, m->error);
	if (!code && strlen(letter) != 1)
		code = law_error(m->error, node->pos, "the letter is one letter or digit");
	if (!code)
		code = read_adds(m, &condition, node);
	if (!code)
		code = read_becomes(m, &condition, node);
	if (code || m->failed)
		return code;
	const struct classes_site *site = (const void *)m->sites.data;
	while (condition.site < row->sites.count &&
	       strcmp(pool_text(&m->texts, site[row->sites.first + condition.site].name), name) !=
		   0)
		condition.site++;
	if (condition.site == row->sites.count)
		return law_error(m->error, node->pos, "\"%s\" is not a site of this class", name);
	condition.letter = add_text(m, letter);
	add(m, &m->conditions, &condition, 1);
	return TW_OK;
}

static int read_closed(struct making *m, struct classes_row *row, const struct yaml_node *file)
{
	const struct yaml_node *sites = yaml_get(file, "sites");
	const struct yaml_node *conditions = yaml_get(file, "conditions");
	const char *skeleton;
	int code = scalar(&skeleton, file, "skeleton", true, m->error);
	if (!code && (!sites || sites->kind != YAML_MAPPING || !conditions ||
		      conditions->kind != YAML_SEQUENCE || conditions->count > 8))
		code = law_error(m->error, file->pos,
				 "a closed class has sites and at most 8 conditions");
	if (code)
		return code;
	row->skeleton = add_text(m, skeleton);
	row->sites = (struct classes_span){(uint32_t)m->sites.count, (uint32_t)sites->count};
	for (size_t i = 0; !code && i < sites->count; i++)
		code = read_site(m, sites->key[i]->scalar, sites->item[i]);
	row->conditions =
	    (struct classes_span){(uint32_t)m->conditions.count, (uint32_t)conditions->count};
	for (size_t i = 0; !code && i < conditions->count; i++)
		code = read_condition(m, row, conditions->item[i]);
	return code;
}

static int read_open(struct making *m, struct classes_row *row, const struct yaml_node *file)
{
	const struct yaml_node *resembles = yaml_get(file, "resembles");
	if (!resembles || resembles->kind != YAML_SEQUENCE || resembles->count == 0)
		return law_error(m->error, file->pos,
				 "a class without a closed test lists patterns under resembles");
	row->resembles =
	    (struct classes_span){(uint32_t)m->indexes.count, (uint32_t)resembles->count};
	for (size_t i = 0; i < resembles->count; i++) {
		if (resembles->item[i]->kind != YAML_SCALAR)
			return law_error(m->error, resembles->item[i]->pos,
					 "a pattern is one text");
		uint32_t text = add_text(m, resembles->item[i]->scalar);
		add(m, &m->indexes, &text, 1);
	}
	return TW_OK;
}

/* One row a form, all with the class's facts. */
static int read_forms(struct making *m, const struct classes_row *facts,
		      const struct yaml_node *forms)
{
	static const char *const keys[] = {"skeleton", "sites", "conditions", NULL};
	int code = TW_OK;
	if (forms->kind != YAML_SEQUENCE || forms->count == 0)
		return law_error(m->error, forms->pos,
				 "\"forms\" lists forms: each a skeleton, sites and conditions");
	for (size_t i = 0; !code && i < forms->count; i++) {
		struct classes_row row = *facts;
		if (forms->item[i]->kind != YAML_MAPPING)
			return law_error(m->error, forms->item[i]->pos,
					 "a form has a skeleton, sites and conditions");
		code = yaml_only(forms->item[i], keys, m->error);
		if (!code)
			code = read_closed(m, &row, forms->item[i]);
		add(m, &m->rows, &row, 1);
	}
	return code;
}

static int read_test(struct making *m, struct classes_row *row, const struct yaml_node *file)
{
	const struct yaml_node *forms = yaml_get(file, "forms");
	int code = TW_OK;
	if (row->closed && forms && yaml_get(file, "skeleton"))
		return law_error(m->error, file->pos,
				 "a class has forms or one skeleton, not both");
	if (row->closed && forms) {
		code = read_forms(m, row, forms);
	} else if (row->closed) {
		code = read_closed(m, row, file);
		add(m, &m->rows, row, 1);
	}
	if (code || (row->closed && !yaml_get(file, "resembles")))
		return code;
	/* What its words may reach beyond the closed test: a person decides. */
	struct classes_row open = *row;
	open.closed = 0;
	open.skeleton = 0;
	open.sites = open.conditions = (struct classes_span){0, 0};
	code = read_open(m, &open, file);
	add(m, &m->rows, &open, 1);
	return code;
}

static int read_class(struct making *m, const char *folder, const char *path)
{
	static const char *const keys[] = {"class",  "title",     "jurisdiction", "cite",
					   "from",   "skeleton",  "sites",        "conditions",
					   "closed", "resembles", "forms",        NULL};
	static const char *const facts[] = {"class", "title", "jurisdiction", "cite", "from"};
	struct yaml_node *file;
	const char *fact[5], *closed;
	int code = yaml_read(&file, m->arena, folder, path, m->error);
	if (!code)
		code = yaml_only(file, keys, m->error);
	for (size_t i = 0; !code && i < 5; i++)
		code = scalar(&fact[i], file, facts[i], i < 4, m->error);
	if (!code)
		code = scalar(&closed, file, "closed", false, m->error);
	if (code)
		return code;
	struct classes_row row = {.id = add_text(m, fact[0]),
				  .title = add_text(m, fact[1]),
				  .jurisdiction = add_text(m, fact[2]),
				  .cite = add_text(m, fact[3]),
				  .from = add_text(m, fact[4]),
				  .closed = strcmp(closed, "no") != 0};
	return read_test(m, &row, file);
}

static struct classes_table put(struct making *m, struct pool *out, const struct pool *rows)
{
	while (out->count % 8)
		add(m, out, "", 1);
	struct classes_table table = {(uint32_t)out->count, (uint32_t)rows->count};
	if (rows->count)
		add(m, out, rows->data, rows->count * rows->record);
	return table;
}

static int lay_out(void **section, size_t *size, struct making *m)
{
	struct classes_section head = {.magic = CLASSES_MAGIC};
	struct pool out = {.record = 1};
	add(m, &out, &head, sizeof head);
	head.rows = put(m, &out, &m->rows);
	head.sites = put(m, &out, &m->sites);
	head.conditions = put(m, &out, &m->conditions);
	head.groups = put(m, &out, &m->groups);
	head.indexes = put(m, &out, &m->indexes);
	head.texts = put(m, &out, &m->texts);
	if (m->failed) {
		free(out.data);
		return TW_NO_MEMORY;
	}
	head.size = (uint32_t)out.count;
	memcpy(out.data, &head, sizeof head);
	*section = out.data;
	*size = out.count;
	return TW_OK;
}

static int read_folder(struct making *m, const char *law_folder)
{
	const char **names;
	size_t count;
	const char *directory = file_join(m->arena, law_folder, FOLDER);
	if (!directory)
		return TW_NO_MEMORY;
	int code = file_list(&names, &count, m->arena, directory, ".yaml");
	if (code || count == 0)
		return code;
	code = read_groups(m, law_folder);
	for (size_t i = 0; !code && i < count; i++) {
		if (strcmp(names[i], GROUPS_FILE) == 0)
			continue;
		const char *path = file_join(m->arena, FOLDER, names[i]);
		code = path ? read_class(m, law_folder, path) : TW_NO_MEMORY;
	}
	return code;
}

int classes_build(void **section, size_t *size, const char *law_folder, struct tw_error *error)
{
	struct making m = {.rows.record = sizeof(struct classes_row),
			   .sites.record = sizeof(struct classes_site),
			   .conditions.record = sizeof(struct classes_condition),
			   .groups.record = sizeof(struct classes_group),
			   .indexes.record = 4,
			   .texts.record = 1,
			   .arena = arena_new(),
			   .error = error};
	int code = TW_NO_MEMORY;
	if (m.arena) {
		add(&m, &m.texts, "", 1);
		code = read_folder(&m, law_folder);
	}
	if (!code)
		code = lay_out(section, size, &m);
	free(m.rows.data);
	free(m.sites.data);
	free(m.conditions.data);
	free(m.groups.data);
	free(m.indexes.data);
	free(m.texts.data);
	arena_free(m.arena);
	return code;
}
