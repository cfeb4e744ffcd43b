/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The structural test of a class: cut a molecule into the skeleton and what
 * stands at its sites, and ask for each site whether the law's conditions
 * explain what is there. All patterns and conditions come from the class
 * section. Internal to structure.cc.
 */
#ifndef TW_SCREEN_STRUCTURE_SITES_H
#define TW_SCREEN_STRUCTURE_SITES_H

#include "rulebook/structures.h"

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <GraphMol/GraphMol.h>

namespace tidewaiter
{

using Pattern = std::unique_ptr<RDKit::ROMol>;

struct Group {
	Pattern first, every, some, one; // empty: not asked
	unsigned most;                   // heavy atoms, 0: any number
};
struct Site {
	uint32_t atoms;
	uint32_t kind;
	Pattern parent; // empty: hydrogen
	bool always, joined;
	unsigned link;
	Pattern end;
};
struct Condition {
	char letter;
	uint32_t site;
	bool at_end;
	uint32_t becomes, acyl;
	std::vector<uint32_t> adds;
};
struct Class {
	uint32_t id; // the same for all forms of one class
	bool closed;
	Pattern skeleton;
	std::vector<Site> sites;
	std::vector<Condition> conditions;
	std::vector<Pattern> resembles;
};

// More ways than are tried: the answer would not be whole. Counted, so that it is the same answer
// on every machine.
struct Intricate : std::runtime_error {
	Intricate() : std::runtime_error("too many ways to match the patterns of the law")
	{
	}
};

// All classes of a section, patterns parsed. Throws when a pattern cannot be read.
struct Classes {
	std::vector<Group> groups;
	std::vector<Class> classes;
	explicit Classes(const classes_section *section);
};

// Does the molecule (parent form) belong? Letters gets the conditions, in the class's order.
bool belongs(const Classes &all, const Class &one, const RDKit::ROMol &molecule,
	     std::string &letters);

} // namespace tidewaiter

#endif
