/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A name is substituents, each with locants, before a parent that may end in a
 * characteristic group. Read with going back, then put together as a graph.
 */
#include "screen/nomen_grammar.h"

#include "screen/nomen_graph.h"
#include "screen/nomen_parts.h"

#include <stdint.h>
#include <string.h>

#define NODES 32
#define PREFIXES 8
#define LOCANTS 6
#define STEPS 4000 /* attempts at one name; counted, so that it is the same everywhere */

struct locants {
	char at[LOCANTS];
	int count;
};
struct prefix {
	struct locants where;
	int times, node;
};
/* One parent or group with what hangs on it. */
struct node {
	const struct nomen_part *part;
	const struct nomen_ending *ending;
	struct locants ends;
	struct prefix prefix[PREFIXES];
	int prefixes;
};
struct reader {
	const char *text;
	struct node node[NODES];
	int nodes, steps;
};

static bool starts(const char *text, size_t from, size_t end, const char *word)
{
	if (*word && (from >= end || text[from] != *word))
		return false;
	size_t length = strlen(word);
	return end - from >= length && memcmp(text + from, word, length) == 0;
}

static char one_locant(const char *text, size_t *at, size_t end)
{
	static const struct {
		const char *word;
		char locant;
	} words[] = {{"alpha", 'a'}, {"beta", 'b'}, {"ortho", '2'}, {"meta", '3'},
		     {"para", '4'},  {"n", 'N'},    {"o", '2'},     {"m", '3'},
		     {"p", '4'},     {"a", 'a'},    {"b", 'b'}};
	if (*at < end && text[*at] >= '1' && text[*at] <= '9') {
		char locant = text[(*at)++];
		while (*at < end && text[*at] == '\'')
			(*at)++;
		return locant;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (starts(text, *at, end, words[i].word)) {
			*at += strlen(words[i].word);
			return words[i].locant;
		}
	return '\0';
}

/* "1,1-", "N-", "4-": the place after the hyphen, or from when there are none. */
static size_t read_locants(struct locants *out, const char *text, size_t from, size_t end)
{
	size_t at = from;
	*out = (struct locants){{0}, 0};
	for (;;) {
		char locant = one_locant(text, &at, end);
		if (!locant || out->count == LOCANTS)
			break;
		out->at[out->count++] = locant;
		if (at < end && text[at] == '-')
			return at + 1;
		if (at == end || text[at++] != ',')
			break;
	}
	out->count = 0;
	return from;
}

static int new_node(struct reader *r)
{
	if (r->nodes == NODES)
		return -1;
	r->node[r->nodes] = (struct node){.prefixes = 0};
	return r->nodes++;
}

static bool joins(enum nomen_end kind)
{
	return kind == ENDING_YL || kind == ENDING_YLIDENE || kind == ENDING_OYL ||
	       kind == ENDING_CARBONYL;
}

/* An ending from a place to the name's end, or for a group inside a name up to *stop. */
static bool read_ending(struct reader *r, struct node *node, size_t from, size_t end, bool group,
			size_t *stop)
{
	struct locants own;
	/* "oxirane-2-carboxylate", "piperidinecarboxylic acid": the e stays before a consonant. */
	bool kept = from + 1 < end && r->text[from] == 'e' && strchr("-c", r->text[from + 1]);
	size_t at = from + kept;
	if (at < end && r->text[at] == '-') {
		size_t locants = at + 1;
		at = read_locants(&own, r->text, locants, end);
		if (at == locants)
			return false;
		node->ends = own;
	}
	for (const struct nomen_ending *e = NOMEN_ENDINGS; e->name; e++) {
		if (!starts(r->text, at, end, e->name) || joins(e->kind) != group)
			continue;
		*stop = at + strlen(e->name);
		node->ending = e;
		if (*stop == end || group)
			return true;
	}
	return false;
}

static bool is_stem(const struct nomen_part *part)
{
	return part->kind == PART_STEM || part->kind == PART_CHAIN;
}

static bool is_group(const struct nomen_part *part)
{
	return part->kind == PART_GROUP || part->kind == PART_DOUBLE;
}

/* The parent itself, with locants of an old-style ending before it. */
static bool read_parent(struct reader *r, struct node *node, size_t from, size_t end, bool group,
			const struct locants *before)
{
	for (const struct nomen_part *part = NOMEN_PARTS; part->name; part++) {
		if (!starts(r->text, from, end, part->name))
			continue;
		size_t stop, after = from + strlen(part->name);
		node->part = part;
		node->ending = NULL;
		node->ends = *before;
		if (is_stem(part)) {
			if (read_ending(r, node, after, end, group, &stop) && stop == end)
				return true;
			continue;
		}
		bool normal = before->count == 1 && before->at[0] == 'N' && is_group(part);
		if (after == end && is_group(part) == group && (before->count == 0 || normal))
			return true;
	}
	return false;
}

static bool read_node(struct reader *r, int index, size_t from, size_t end, bool group);

static size_t closing(const char *text, size_t open, size_t end)
{
	int depth = 0;
	for (size_t i = open; i < end; i++) {
		depth += (text[i] == '(') - (text[i] == ')');
		if (depth == 0)
			return i;
	}
	return 0;
}

/* A substituent is read up to at; go on with the rest of the node. */
static bool go_on(struct reader *r, int index, struct prefix prefix, size_t at, size_t end,
		  bool group)
{
	struct node *node = &r->node[index];
	if (node->prefixes == PREFIXES)
		return false;
	node->prefix[node->prefixes++] = prefix;
	if (at < end && r->text[at] == '-' && read_node(r, index, at + 1, end, group))
		return true;
	if (read_node(r, index, at, end, group))
		return true;
	node->prefixes--;
	return false;
}

static bool read_bracket(struct reader *r, int index, struct prefix prefix, size_t at, size_t end,
			 bool group)
{
	int nodes = r->nodes;
	size_t close = closing(r->text, at, end);
	prefix.node = close ? new_node(r) : -1;
	if (prefix.node >= 0 && read_node(r, prefix.node, at + 1, close, true) &&
	    go_on(r, index, prefix, close + 1, end, group))
		return true;
	r->nodes = nodes;
	return false;
}

static bool read_group(struct reader *r, int index, struct prefix prefix, size_t at, size_t end,
		       bool group)
{
	int nodes = r->nodes;
	for (const struct nomen_part *part = NOMEN_PARTS; part->name; part++) {
		if (!starts(r->text, at, end, part->name) || !(is_group(part) || is_stem(part)))
			continue;
		size_t stop = at + strlen(part->name);
		prefix.node = new_node(r);
		if (prefix.node < 0)
			return false;
		struct node *node = &r->node[prefix.node];
		node->part = part;
		if ((is_group(part) || read_ending(r, node, stop, end, true, &stop)) &&
		    go_on(r, index, prefix, stop, end, group))
			return true;
		r->nodes = nodes;
	}
	return false;
}

static bool read_node(struct reader *r, int index, size_t from, size_t end, bool group)
{
	static const struct {
		const char *word;
		int times;
	} many[] = {{"", 1}, {"di", 2}, {"tri", 3}, {"tetra", 4}, {"bis", 2}, {"tris", 3}};
	struct locants where, none = {{0}, 0};
	if (from >= end || ++r->steps > STEPS)
		return false;
	size_t at = read_locants(&where, r->text, from, end);
	if (read_parent(r, &r->node[index], from, end, group, &none) ||
	    (at > from && read_parent(r, &r->node[index], at, end, group, &where)))
		return true;
	for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
		struct prefix prefix = {where, many[i].times, -1};
		if (!starts(r->text, at, end, many[i].word))
			continue;
		size_t word = at + strlen(many[i].word);
		if (word >= end)
			continue;
		if (r->text[word] == '(' ? read_bracket(r, index, prefix, word, end, group)
					 : read_group(r, index, prefix, word, end, group))
			return true;
	}
	return false;
}

/* A node as atoms. */
struct built {
	size_t first, join, nitrogen, ester; /* SIZE_MAX: none */
	unsigned order;
};

static size_t place(const struct graph *graph, const struct node *node, const struct built *built,
		    char locant)
{
	const char *map = node->part->map;
	if (locant == 'N' && built->nitrogen != SIZE_MAX)
		return built->nitrogen;
	const char *hit = locant && locant != '-' ? strchr(map, locant) : NULL;
	if (hit)
		return built->first + (size_t)(hit - map);
	/* The nitrogen of a ring is its place 1. */
	if (locant == 'N' && map[0] == '1' && strcmp(graph->atom[built->first].symbol, "N") == 0)
		return built->first;
	return SIZE_MAX;
}

/* One characteristic group at the end of a parent. */
static bool add_ending(struct graph *graph, const struct node *node, struct built *built, size_t at)
{
	const struct nomen_ending *ending = node->ending;
	size_t made = graph->atoms;
	if (at == SIZE_MAX)
		return false;
	switch (ending->kind) {
	case ENDING_YL:
	case ENDING_YLIDENE:
		built->join = at;
		built->order = ending->kind == ENDING_YL ? 1 : 2;
		return true;
	case ENDING_DOUBLE:
	case ENDING_OYL:
		graph_bond(graph, at, graph_add(graph, ending->smiles), 2);
		built->join = at;
		return true;
	case ENDING_NITRILE:
		graph_bond(graph, at, graph_add(graph, ending->smiles), 3);
		return true;
	case ENDING_ACID:
	case ENDING_ACID_AMIDE:
	case ENDING_ACID_ESTER:
		graph_bond(graph, at, graph_add(graph, "O"), 2);
		made = graph_add(graph, ending->smiles);
		graph_bond(graph, at, made, 1);
		break;
	default:
		graph_bond(graph, at, graph_add(graph, ending->smiles), 1);
	}
	size_t last = graph->atoms - 1;
	if (ending->kind == ENDING_AMINE || ending->kind == ENDING_AMIDE ||
	    ending->kind == ENDING_ACID_AMIDE)
		built->nitrogen = last;
	if (ending->kind == ENDING_ESTER || ending->kind == ENDING_ACID_ESTER)
		built->ester = last;
	if (ending->kind == ENDING_CARBONYL)
		built->join = made;
	return true;
}

static bool add_endings(struct graph *graph, const struct node *node, struct built *built)
{
	if (!node->ending || node->ending->kind == ENDING_NONE)
		return node->ends.count == 0;
	enum nomen_end kind = node->ending->kind;
	bool first = kind == ENDING_ACID || kind == ENDING_ACID_AMIDE || kind == ENDING_OYL ||
		     kind == ENDING_ACID_ESTER || kind == ENDING_NITRILE;
	if (first && (node->part->kind != PART_CHAIN || node->ends.count))
		return false;
	/* "propanone" needs its place; "ethanone" has but one. */
	bool chain =
	    node->part->kind == PART_CHAIN && (kind != ENDING_DOUBLE || node->part->otherwise);
	char otherwise = first || chain ? node->part->map[0] : node->part->otherwise;
	if (node->ends.count == 0)
		return add_ending(graph, node, built, place(graph, node, built, otherwise));
	return node->ends.count == 1 &&
	       add_ending(graph, node, built, place(graph, node, built, node->ends.at[0]));
}

static bool build(struct graph *graph, const struct reader *r, int index, struct built *built);

static bool hang(struct graph *graph, const struct reader *r, const struct node *node,
		 const struct built *built, const struct prefix *prefix)
{
	for (int i = 0; i < prefix->times; i++) {
		struct built child;
		char locant = prefix->where.count ? prefix->where.at[i] : node->part->otherwise;
		size_t at = place(graph, node, built, locant);
		if (at == SIZE_MAX || !build(graph, r, prefix->node, &child) ||
		    child.join == SIZE_MAX)
			return false;
		graph_bond(graph, at, child.join, child.order);
	}
	return true;
}

static bool build(struct graph *graph, const struct reader *r, int index, struct built *built)
{
	const struct node *node = &r->node[index];
	*built = (struct built){graph->atoms, SIZE_MAX, SIZE_MAX, SIZE_MAX, 1};
	graph_add(graph, node->part->smiles);
	if (graph->failed)
		return false;
	const char *nitrogen = strchr(node->part->map, 'N'), *ester = strchr(node->part->map, 'E');
	if (nitrogen)
		built->nitrogen = built->first + (size_t)(nitrogen - node->part->map);
	if (ester)
		built->ester = built->first + (size_t)(ester - node->part->map);
	if (is_group(node->part))
		built->join = built->first;
	if (node->part->kind == PART_DOUBLE)
		built->order = 2;
	if (is_stem(node->part) && !add_endings(graph, node, built))
		return false;
	for (int i = 0; i < node->prefixes; i++) {
		const struct prefix *prefix = &node->prefix[i];
		if (prefix->where.count && prefix->where.count != prefix->times)
			return false;
		if (!hang(graph, r, node, built, prefix))
			return false;
	}
	return !graph->failed;
}

static bool read_whole(struct reader *r, const char *name, bool group)
{
	*r = (struct reader){.text = name};
	return new_node(r) == 0 && read_node(r, 0, 0, strlen(name), group);
}

bool nomen_structure(char *smiles, size_t size, const char *name, const char *ester)
{
	struct reader reader;
	struct graph graph = {.atoms = 0};
	struct built parent, group;
	if (!read_whole(&reader, name, false) || !build(&graph, &reader, 0, &parent))
		return false;
	if (!ester == (parent.ester != SIZE_MAX) || (!ester && reader.node[0].prefixes == 0))
		return false;
	if (ester) {
		if (!read_whole(&reader, ester, true) || !build(&graph, &reader, 0, &group) ||
		    group.join == SIZE_MAX)
			return false;
		graph_bond(&graph, parent.ester, group.join, group.order);
	}
	return graph_print(smiles, size, &graph);
}
