/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the small SMILES of name parts into a graph, and writing the whole as one SMILES. */
#include "screen/nomen_graph.h"

#include <stdio.h>
#include <string.h>

static size_t add_atom(struct graph *graph, const char *symbol, size_t length)
{
	if (graph->atoms == GRAPH_ATOMS) {
		graph->failed = true;
		return 0;
	}
	memcpy(graph->atom[graph->atoms].symbol, symbol, length);
	graph->atom[graph->atoms].symbol[length] = '\0';
	return graph->atoms++;
}

void graph_bond(struct graph *graph, size_t from, size_t to, unsigned order)
{
	if (graph->bonds == GRAPH_BONDS || from >= graph->atoms || to >= graph->atoms) {
		graph->failed = true;
		return;
	}
	graph->bond[graph->bonds].from = (uint8_t)from;
	graph->bond[graph->bonds].to = (uint8_t)to;
	graph->bond[graph->bonds++].order = (uint8_t)order;
}

size_t graph_add(struct graph *graph, const char *smiles)
{
	size_t first = graph->atoms, last = SIZE_MAX, branch[8], depth = 0, ring[10];
	unsigned order = 1;
	memset(ring, 0xff, sizeof ring);
	for (const char *c = smiles; *c && !graph->failed; c++) {
		if (*c == '(' && depth < 8) {
			branch[depth++] = last;
		} else if (*c == ')' && depth > 0) {
			last = branch[--depth];
		} else if (*c == '=' || *c == '#') {
			order = *c == '=' ? 2 : 3;
		} else if (*c >= '0' && *c <= '9') {
			size_t *at = &ring[*c - '0'];
			if (*at != SIZE_MAX)
				graph_bond(graph, *at, last, 1);
			*at = *at == SIZE_MAX ? last : SIZE_MAX;
		} else {
			size_t length = c[1] == 'l' || c[1] == 'r' ? 2 : 1;
			size_t atom = add_atom(graph, c, length);
			if (last != SIZE_MAX)
				graph_bond(graph, last, atom, order);
			last = atom;
			order = 1;
			c += length - 1;
		}
	}
	return first;
}

struct printing {
	const struct graph *graph;
	char *out;
	size_t size, used;
	bool seen[GRAPH_ATOMS], tree[GRAPH_BONDS], walked[GRAPH_ATOMS];
	uint8_t number[GRAPH_BONDS]; /* of ring bonds */
};

static void put(struct printing *p, const char *text)
{
	size_t length = strlen(text);
	if (p->used + length + 1 > p->size) {
		p->used = p->size; /* does not fit */
		return;
	}
	memcpy(p->out + p->used, text, length + 1);
	p->used += length;
}

/* Which bonds make the tree; the others close rings. */
static void find_tree(struct printing *p, size_t atom)
{
	p->walked[atom] = true;
	for (size_t i = 0; i < p->graph->bonds; i++) {
		size_t from = p->graph->bond[i].from, to = p->graph->bond[i].to;
		size_t other = from == atom ? to : from;
		if ((from != atom && to != atom) || p->walked[other])
			continue;
		p->tree[i] = true;
		find_tree(p, other);
	}
}

static const char *bond_sign(unsigned order)
{
	return order == 2 ? "=" : order == 3 ? "#" : "";
}

static void print_atom(struct printing *p, size_t atom)
{
	const struct graph *graph = p->graph;
	char text[8];
	size_t left = 0;
	p->seen[atom] = true;
	put(p, graph->atom[atom].symbol);
	for (size_t i = 0; i < graph->bonds; i++) {
		if (graph->bond[i].from != atom && graph->bond[i].to != atom)
			continue;
		size_t other =
		    graph->bond[i].from == atom ? graph->bond[i].to : graph->bond[i].from;
		if (!p->tree[i]) {
			snprintf(text, sizeof text, "%s%%%02u",
				 p->seen[other] ? "" : bond_sign(graph->bond[i].order),
				 p->number[i] % 100u);
			put(p, text);
		} else if (!p->seen[other]) {
			left++;
		}
	}
	for (size_t i = 0; i < graph->bonds; i++) {
		if (!p->tree[i] || (graph->bond[i].from != atom && graph->bond[i].to != atom))
			continue;
		size_t other =
		    graph->bond[i].from == atom ? graph->bond[i].to : graph->bond[i].from;
		if (p->seen[other])
			continue;
		bool branch = --left > 0;
		put(p, branch ? "(" : "");
		put(p, bond_sign(graph->bond[i].order));
		print_atom(p, other);
		put(p, branch ? ")" : "");
	}
}

bool graph_print(char *out, size_t size, const struct graph *graph)
{
	struct printing p = {.graph = graph, .out = out, .size = size};
	uint8_t number = 9;
	if (graph->failed || graph->atoms == 0)
		return false;
	find_tree(&p, 0);
	for (size_t i = 0; i < graph->atoms; i++)
		if (!p.walked[i])
			return false;
	for (size_t i = 0; i < graph->bonds; i++)
		if (!p.tree[i])
			p.number[i] = ++number;
	print_atom(&p, 0);
	return p.used < p.size && number < 90;
}
