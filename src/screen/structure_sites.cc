/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The structural test of a class, over RDKit's molecules. Knows the words of
 * the class files (site, link, end, becomes, adds) and no class.
 */
#include "screen/structure_sites.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include <GraphMol/RingInfo.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/Substruct/SubstructMatch.h>

namespace tidewaiter
{

using RDKit::Atom;
using RDKit::ROMol;

static const unsigned MOST_MATCHES = 1000; // of a pattern in one molecule
static const unsigned MOST_PATHS = 10000;  // along the chain of one site

static Pattern pattern(const classes_section *section, uint32_t offset)
{
	const char *text = reinterpret_cast<const char *>(section) + section->texts.at + offset;
	if (!*text)
		return nullptr;
	Pattern read(RDKit::SmartsToMol(text));
	if (!read)
		throw std::runtime_error(std::string("not a pattern: ") + text);
	return read;
}

/* Every way in which a pattern lies in a molecule. */
static std::vector<RDKit::MatchVectType> ways(const ROMol &molecule, const ROMol &query)
{
	RDKit::SubstructMatchParameters parameters;
	parameters.uniquify = false;
	parameters.maxMatches = MOST_MATCHES;
	auto found = RDKit::SubstructMatch(molecule, query, parameters);
	if (found.size() >= MOST_MATCHES)
		throw Intricate();
	return found;
}

template <typename Row> static const Row *rows(const classes_section *section, classes_table table)
{
	return reinterpret_cast<const Row *>(reinterpret_cast<const char *>(section) + table.at);
}

static Class read_class(const classes_section *section, const classes_row &row)
{
	Class one;
	const auto *index = rows<uint32_t>(section, section->indexes);
	one.id = row.id;
	one.closed = row.closed != 0;
	one.skeleton = pattern(section, row.skeleton);
	for (uint32_t i = 0; i < row.sites.count; i++) {
		const auto &site = rows<classes_site>(section, section->sites)[row.sites.first + i];
		one.sites.push_back({site.atoms, site.kind, pattern(section, site.parent),
				     site.always != 0, site.joined != 0, site.link,
				     pattern(section, site.end)});
	}
	for (uint32_t i = 0; i < row.conditions.count; i++) {
		const auto &c =
		    rows<classes_condition>(section, section->conditions)[row.conditions.first + i];
		const char *letter = rows<char>(section, section->texts) + c.letter;
		one.conditions.push_back(
		    {*letter, c.site, c.at_end != 0, c.becomes, c.acyl,
		     std::vector<uint32_t>(index + c.adds.first,
					   index + c.adds.first + c.adds.count)});
	}
	for (uint32_t i = 0; i < row.resembles.count; i++)
		one.resembles.push_back(pattern(section, index[row.resembles.first + i]));
	return one;
}

Classes::Classes(const classes_section *section)
{
	for (uint32_t i = 0; i < section->groups.count; i++) {
		const auto &group = rows<classes_group>(section, section->groups)[i];
		groups.push_back({pattern(section, group.first), pattern(section, group.every),
				  pattern(section, group.some), pattern(section, group.one),
				  group.most});
	}
	for (uint32_t i = 0; i < section->rows.count; i++)
		classes.push_back(
		    read_class(section, rows<classes_row>(section, section->rows)[i]));
}

namespace
{

// Atoms that hang on an anchor outside the kept part, first the one that is bound to it.
using Branch = std::vector<unsigned>;

/* One way in which the skeleton lies in the molecule. */
class Fit
{
      public:
	Fit(const Classes &all, const Class &one, const ROMol &molecule,
	    const RDKit::MatchVectType &match);
	bool explained(std::string &letters);

      private:
	bool cut(std::vector<std::vector<Branch>> &at) const;
	unsigned follow(unsigned start, unsigned from, const std::vector<bool> &kept,
			Branch &branch) const;
	bool joins(const Branch &branch) const;
	bool is(const Pattern &query, unsigned atom) const;
	bool is_exactly(const Pattern &query, const Branch &branch) const;
	bool is_group(const Group &group, const Branch &branch) const;
	bool is_one_of(const std::vector<uint32_t> &groups, const Branch &branch) const;
	bool is_single_ring(unsigned atom, bool aromatic, std::vector<int> &ring) const;
	bool becomes(const Condition &condition, const Branch &branch) const;
	bool added(uint32_t site, const Branch &branch);
	bool replaced(uint32_t site, const Branch &branch);
	bool linked(uint32_t site, const Branch &branch);
	bool linked_through(uint32_t site, const std::vector<unsigned> &path, unsigned end);
	bool end_explained(uint32_t site, unsigned end, const std::vector<bool> &kept);
	bool place(size_t atom, const std::vector<Branch> &branches);
	void note(const Condition &condition);

	const Classes &all;
	const Class &one;
	const ROMol &molecule;
	std::vector<int> number; // skeleton number of each atom of the molecule, 0 none
	std::vector<bool> core;
	std::vector<bool> seen;   // conditions
	std::vector<bool> filled; // sites
	size_t core_bonds = 0;
	mutable std::unordered_map<const ROMol *, std::vector<bool>> begins; // of patterns
};

Fit::Fit(const Classes &classes, const Class &tested, const ROMol &subject,
	 const RDKit::MatchVectType &match)
    : all(classes), one(tested), molecule(subject), number(subject.getNumAtoms(), 0),
      core(subject.getNumAtoms(), false), seen(tested.conditions.size(), false),
      filled(tested.sites.size(), false)
{
	for (const auto &pair : match) {
		const Atom *query = one.skeleton->getAtomWithIdx(unsigned(pair.first));
		number[size_t(pair.second)] = query->getAtomMapNum();
		core[size_t(pair.second)] = true;
	}
	for (const auto bond : molecule.bonds())
		core_bonds += core[bond->getBeginAtomIdx()] && core[bond->getEndAtomIdx()];
}

/* All that can be reached from start without a kept atom, and by how many bonds it is tied to kept
 * atoms; 0 when the first of them is not a single bond. */
unsigned Fit::follow(unsigned start, unsigned from, const std::vector<bool> &kept,
		     Branch &branch) const
{
	std::vector<bool> visited(molecule.getNumAtoms(), false);
	branch.assign(1, start);
	visited[start] = true;
	unsigned back = 0;
	for (size_t i = 0; i < branch.size(); i++) {
		const Atom *atom = molecule.getAtomWithIdx(branch[i]);
		for (const auto next : molecule.atomNeighbors(atom)) {
			unsigned index = next->getIdx();
			if (kept[index]) {
				back += 1;
			} else if (!visited[index]) {
				visited[index] = true;
				branch.push_back(index);
			}
		}
	}
	const auto *bond = molecule.getBondBetweenAtoms(from, start);
	return bond && bond->getBondType() == RDKit::Bond::SINGLE ? back : 0;
}

/* A branch that is tied to the skeleton twice, where a site allows it to join two of its atoms. */
bool Fit::joins(const Branch &branch) const
{
	uint32_t at = 0;
	for (unsigned atom : branch)
		for (const auto next : molecule.atomNeighbors(molecule.getAtomWithIdx(atom)))
			if (core[next->getIdx()])
				at |= UINT32_C(1) << number[next->getIdx()];
	for (const auto &site : one.sites)
		if (site.joined && (at & ~site.atoms) == 0)
			return true;
	return false;
}

/* The branches at each skeleton number; false if a part is tied to the skeleton twice and may not
 * be. One that joins two atoms stands at both. */
bool Fit::cut(std::vector<std::vector<Branch>> &at) const
{
	if (core_bonds != one.skeleton->getNumBonds())
		return false;
	at.assign(32, {});
	for (unsigned i = 0; i < molecule.getNumAtoms(); i++) {
		if (!core[i])
			continue;
		for (const auto next : molecule.atomNeighbors(molecule.getAtomWithIdx(i))) {
			Branch branch;
			if (core[next->getIdx()])
				continue;
			unsigned ties = follow(next->getIdx(), i, core, branch);
			if (ties != 1 && (ties != 2 || !joins(branch)))
				return false;
			at[size_t(number[i])].push_back(branch);
		}
	}
	return true;
}

/* Does a match of the query begin at this atom? */
bool Fit::is(const Pattern &query, unsigned atom) const
{
	auto found = begins.find(query.get());
	if (found == begins.end()) {
		std::vector<bool> at(molecule.getNumAtoms(), false);
		for (const auto &match : ways(molecule, *query))
			at[size_t(match.front().second)] = true;
		found = begins.emplace(query.get(), std::move(at)).first;
	}
	return found->second[atom];
}

bool Fit::is_exactly(const Pattern &query, const Branch &branch) const
{
	if (branch.size() != query->getNumAtoms())
		return false;
	for (const auto &match : ways(molecule, *query)) {
		if (match.front().second != int(branch.front()))
			continue;
		bool inside = true;
		for (const auto &pair : match)
			inside &= std::find(branch.begin(), branch.end(), unsigned(pair.second)) !=
				  branch.end();
		if (inside)
			return true;
	}
	return false;
}

bool Fit::is_group(const Group &group, const Branch &branch) const
{
	bool some = false;
	unsigned ones = 0;
	if (!is(group.first, branch.front()) || (group.most && branch.size() > group.most))
		return false;
	for (unsigned atom : branch) {
		if (group.every && !is(group.every, atom))
			return false;
		some |= group.some && is(group.some, atom);
		ones += group.one && is(group.one, atom);
	}
	return (!group.some || some) && (!group.one || ones == 1);
}

bool Fit::is_one_of(const std::vector<uint32_t> &groups, const Branch &branch) const
{
	for (uint32_t group : groups)
		if (is_group(all.groups[group], branch))
			return true;
	return false;
}

/* The atom's only ring, whose atoms are in no other one. */
bool Fit::is_single_ring(unsigned atom, bool aromatic, std::vector<int> &ring) const
{
	const auto *info = molecule.getRingInfo();
	if (info->numAtomRings(atom) != 1)
		return false;
	for (const auto &candidate : info->atomRings())
		if (std::find(candidate.begin(), candidate.end(), int(atom)) != candidate.end())
			ring = candidate;
	for (int member : ring) {
		if (info->numAtomRings(unsigned(member)) != 1)
			return false;
		if (aromatic && !molecule.getAtomWithIdx(unsigned(member))->getIsAromatic())
			return false;
	}
	return !ring.empty();
}

bool Fit::becomes(const Condition &condition, const Branch &branch) const
{
	std::vector<int> ring;
	switch (condition.becomes) {
	case BECOMES_RING:
		return is_single_ring(branch.front(), false, ring);
	case BECOMES_AROMATIC_RING:
		return is_single_ring(branch.front(), true, ring);
	case BECOMES_ACYL:
		return is_group(all.groups[condition.acyl], branch);
	case BECOMES_GROUP:
		return true;
	default:
		return false;
	}
}

void Fit::note(const Condition &condition)
{
	seen[size_t(&condition - one.conditions.data())] = true;
}

/* A group where the parent has hydrogen. */
bool Fit::added(uint32_t site, const Branch &branch)
{
	for (const auto &condition : one.conditions) {
		if (condition.site == site && is_one_of(condition.adds, branch)) {
			note(condition);
			return true;
		}
	}
	return false;
}

/* A group where the parent has another one. */
bool Fit::replaced(uint32_t site, const Branch &branch)
{
	if (is_exactly(one.sites[site].parent, branch))
		return true;
	for (const auto &condition : one.conditions) {
		if (condition.site == site && !condition.at_end && becomes(condition, branch)) {
			note(condition);
			return true;
		}
	}
	return one.sites[site].link > 0 && linked(site, branch);
}

/* The end of a linked site: the parent's ring with groups added, or another ring. */
bool Fit::end_explained(uint32_t site, unsigned end, const std::vector<bool> &kept)
{
	std::vector<int> ring;
	if (!is_single_ring(end, false, ring))
		return false;
	const Pattern &parent = one.sites[site].end;
	bool same = ring.size() == parent->getNumAtoms() && is(parent, end);
	std::vector<bool> inside = kept;
	std::vector<bool> before = seen;
	for (int atom : ring)
		inside[size_t(atom)] = true;
	for (size_t i = 0; same && i < ring.size(); i++) {
		const Atom *atom = molecule.getAtomWithIdx(unsigned(ring[i]));
		for (const auto next : molecule.atomNeighbors(atom)) {
			Branch branch;
			if (inside[next->getIdx()])
				continue;
			same &= follow(next->getIdx(), atom->getIdx(), inside, branch) == 1 &&
				added(site, branch);
		}
	}
	if (same)
		return true;
	seen = before;
	for (const auto &condition : one.conditions) {
		if (condition.site == site && condition.at_end &&
		    becomes(condition, Branch(1, end))) {
			note(condition);
			return true;
		}
	}
	return false;
}

/* The link's atoms bear only groups that may be added; then the end is judged. */
bool Fit::linked_through(uint32_t site, const std::vector<unsigned> &path, unsigned end)
{
	std::vector<bool> kept = core;
	for (unsigned atom : path)
		kept[atom] = true;
	kept[end] = true;
	for (unsigned index : path) {
		for (const auto next : molecule.atomNeighbors(molecule.getAtomWithIdx(index))) {
			Branch branch;
			if (kept[next->getIdx()])
				continue;
			if (follow(next->getIdx(), index, kept, branch) != 1 ||
			    !added(site, branch))
				return false;
		}
	}
	return end_explained(site, end, kept);
}

/* Try every way along single bonds over the site's number of chain carbons to a ring. */
bool Fit::linked(uint32_t site, const Branch &branch)
{
	const auto *info = molecule.getRingInfo();
	std::vector<std::vector<unsigned>> paths(1, {branch.front()});
	unsigned tried = 0;
	while (!paths.empty()) {
		if (++tried > MOST_PATHS)
			throw Intricate();
		std::vector<unsigned> path = paths.back();
		paths.pop_back();
		const Atom *last = molecule.getAtomWithIdx(path.back());
		if (last->getAtomicNum() != 6 || info->numAtomRings(path.back()) > 0 ||
		    last->getTotalDegree() != 4)
			continue;
		for (const auto next : molecule.atomNeighbors(last)) {
			unsigned index = next->getIdx();
			if (core[index] || std::find(path.begin(), path.end(), index) != path.end())
				continue;
			if (path.size() < one.sites[site].link) {
				paths.push_back(path);
				paths.back().push_back(index);
				continue;
			}
			std::vector<bool> before = seen;
			if (info->numAtomRings(index) > 0 && linked_through(site, path, index))
				return true;
			seen = before;
		}
	}
	return false;
}

/* Give the branches at one skeleton atom to the sites there, those of a fixed kind first. */
bool Fit::place(size_t atom, const std::vector<Branch> &branches)
{
	std::vector<bool> used(branches.size(), false);
	for (int fixed = 1; fixed >= 0; fixed--) {
		for (uint32_t s = 0; s < one.sites.size(); s++) {
			const Site &site = one.sites[s];
			bool is_fixed = site.kind != CLASSES_NONE;
			if (!(site.atoms >> atom & 1) || is_fixed != (fixed == 1))
				continue;
			for (size_t i = 0; i < branches.size(); i++) {
				if (used[i])
					continue;
				if (!site.parent) {
					used[i] = true;
					if (!added(s, branches[i]))
						return false;
					continue;
				}
				if (filled[s] ||
				    (is_fixed && !is_group(all.groups[site.kind], branches[i])))
					continue;
				used[i] = filled[s] = true;
				if (!replaced(s, branches[i]))
					return false;
			}
		}
	}
	return std::find(used.begin(), used.end(), false) == used.end();
}

bool Fit::explained(std::string &letters)
{
	std::vector<std::vector<Branch>> at;
	if (!cut(at))
		return false;
	for (size_t atom = 0; atom < at.size(); atom++)
		if (!place(atom, at[atom]))
			return false;
	for (size_t s = 0; s < one.sites.size(); s++)
		if (one.sites[s].parent && !filled[s])
			return false;
	for (const auto &site : one.sites)
		for (size_t atom = 0; site.always && atom < at.size(); atom++)
			if ((site.atoms >> atom & 1) && at[atom].empty())
				return false;
	letters.clear();
	for (size_t i = 0; i < seen.size(); i++) {
		if (!seen[i] || letters.find(one.conditions[i].letter) != std::string::npos)
			continue;
		if (!letters.empty())
			letters += '+';
		letters += one.conditions[i].letter;
	}
	return !letters.empty();
}

} // namespace

bool belongs(const Classes &all, const Class &one, const ROMol &molecule, std::string &letters)
{
	if (!one.closed) {
		RDKit::SubstructMatchParameters parameters;
		parameters.maxMatches = 1;
		for (const auto &resembles : one.resembles)
			if (!RDKit::SubstructMatch(molecule, *resembles, parameters).empty())
				return true;
		return false;
	}
	for (const auto &match : ways(molecule, *one.skeleton))
		if (Fit(all, one, molecule, match).explained(letters))
			return true;
	return false;
}

} // namespace tidewaiter
