/* SPDX-License-Identifier: Apache-2.0 */
/* A molecule being put together from the parts of a name, and its SMILES. */
#ifndef TW_SCREEN_NOMEN_GRAPH_H
#define TW_SCREEN_NOMEN_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GRAPH_ATOMS 100
#define GRAPH_BONDS 120

struct graph {
	struct {
		char symbol[3]; /* lower case: aromatic */
	} atom[GRAPH_ATOMS];
	struct {
		uint8_t from, to, order;
	} bond[GRAPH_BONDS];
	size_t atoms, bonds;
	bool failed; /* something did not fit */
};

/* Atoms and bonds of a plain SMILES (no charges, no brackets); the index of its first atom. */
size_t graph_add(struct graph *graph, const char *smiles);
void graph_bond(struct graph *graph, size_t from, size_t to, unsigned order);
/* False when it does not fit. */
bool graph_print(char *out, size_t size, const struct graph *graph);

#endif
