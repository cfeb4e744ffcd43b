/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The shim over RDKit: reads a SMILES within bounds, takes it to its parent
 * (salts off, neutral, no isotopes), compares it with the ledger and has the
 * classes tested. Keeps the last answers. Lets no exception out and prints
 * nothing.
 */
#include "screen/structure.h"

extern "C" {
#include "common/error.h"
}
#include "screen/structure_sites.h"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <unordered_map>

#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>
#include <GraphMol/SmilesParse/SmilesWrite.h>
#include <RDGeneral/RDLog.h>

using tidewaiter::Classes;

static const size_t CACHE_SLOTS = 1024;
static const unsigned MOST_RINGS = 40; // independent cycles; ring search and ranking slow down
static const unsigned MOST_FRAGMENTS = 20;

/* What the patterns and canonical forms need of RDKit's preparation. */
static const unsigned SANITISE =
    RDKit::MolOps::SANITIZE_CLEANUP | RDKit::MolOps::SANITIZE_PROPERTIES |
    RDKit::MolOps::SANITIZE_SYMMRINGS | RDKit::MolOps::SANITIZE_KEKULIZE |
    RDKit::MolOps::SANITIZE_SETAROMATICITY | RDKit::MolOps::SANITIZE_ADJUSTHS;

namespace
{

/* What is wrong with a text, for the person who wrote it. */
struct Refusal {
	std::string reason;
};

/* A molecule in the forms in which it is compared. */
struct Parent {
	std::unique_ptr<RDKit::RWMol> flat;
	std::string key;    // without stereo
	std::string stereo; // with it
	bool labelled = false;
	bool ion = false; // a part of an inorganic salt
	unsigned carbons = 0, heavy = 0;
};

struct Known {
	uint32_t substance;
	std::string stereo;
	bool salts;
};

struct Answer {
	std::string text, parent, reason;
	structure_result result;
};

/* A nitrogen that lost a proton as an acid does: beside a carbonyl or sulfonyl group, or in an
 * aromatic ring. That of an amine did not: a metal amide is no salt of the amine. */
bool is_acid_nitrogen(const RDKit::RWMol &molecule, const RDKit::Atom *atom)
{
	for (const auto next : molecule.atomNeighbors(atom))
		for (const auto bond : molecule.atomBonds(next))
			if (bond->getBondType() == RDKit::Bond::DOUBLE &&
			    bond->getOtherAtom(next)->getAtomicNum() != 6)
				return true;
	return atom->getIsAromatic();
}

/* A carbanion, a carbocation or a metal amide is another substance than what it comes from. */
bool stays_charged(const RDKit::RWMol &molecule, const RDKit::Atom *atom)
{
	int number = atom->getAtomicNum();
	return number == 6 ||
	       (number == 7 && atom->getFormalCharge() < 0 && !is_acid_nitrogen(molecule, atom));
}

/* Charges that a proton more or less removes, unless its neighbour balances them. */
void neutralise(RDKit::RWMol &molecule)
{
	for (auto atom : molecule.atoms()) {
		int charge = atom->getFormalCharge();
		if (charge == 0)
			continue;
		bool balanced = false;
		for (const auto next : molecule.atomNeighbors(atom))
			balanced |= next->getFormalCharge() * charge < 0;
		bool metal = atom->getDegree() == 0 && atom->getAtomicNum() != 1 && charge > 0 &&
			     atom->getTotalNumHs() == 0;
		if (balanced || metal || stays_charged(molecule, atom))
			continue;
		int hydrogens = int(atom->getTotalNumHs());
		if (charge > 0 && hydrogens < charge)
			continue;
		atom->setFormalCharge(0);
		atom->setNumExplicitHs(unsigned(hydrogens - charge));
		atom->setNoImplicit(true);
	}
	molecule.updatePropertyCache(false);
}

void check_size(const RDKit::ROMol &molecule)
{
	if (molecule.getNumAtoms() > STRUCTURE_ATOMS)
		throw Refusal{"over 200 atoms"};
	if (molecule.getNumAtoms() == 0)
		throw Refusal{"no atoms: give a SMILES such as CC(C)=O"};
	unsigned fragments = 1;
	std::vector<int> of;
	fragments = RDKit::MolOps::getMolFrags(molecule, of);
	if (fragments > MOST_FRAGMENTS)
		throw Refusal{"over 20 separate parts"};
	if (molecule.getNumBonds() + fragments > molecule.getNumAtoms() + MOST_RINGS)
		throw Refusal{"over 40 rings"};
}

const char OPEN[] = "an atom is left open (*): give the whole structure";

/*
 * "*CC(*)c1ccccc1", the repeating unit of a polymer: two open ends, each one bond
 * to an atom of its own. The ends are closed with hydrogen, so that a unit that is
 * itself listed (or a drawing of a whole family) is told from one that is not.
 * False when the atoms left open are anything else.
 */
bool close_ends(RDKit::RWMol &molecule)
{
	std::vector<unsigned> ends, held;
	for (const auto atom : molecule.atoms()) {
		if (atom->getAtomicNum() != 0)
			continue;
		if (atom->getDegree() != 1 || atom->getIsotope() || atom->getAtomMapNum() ||
		    atom->getFormalCharge())
			return false;
		for (const auto bond : molecule.atomBonds(atom)) {
			if (bond->getBondType() != RDKit::Bond::SINGLE)
				return false;
			held.push_back(bond->getOtherAtomIdx(atom->getIdx()));
		}
		ends.push_back(atom->getIdx());
	}
	std::vector<int> part;
	RDKit::MolOps::getMolFrags(molecule, part);
	if (ends.size() != 2 || held[0] == held[1] || part[ends[0]] != part[ends[1]] ||
	    molecule.getAtomWithIdx(held[0])->getAtomicNum() == 0)
		return false;
	for (unsigned i : held)
		if (molecule.getAtomWithIdx(i)->getNoImplicit())
			molecule.getAtomWithIdx(i)->setNumExplicitHs(
			    molecule.getAtomWithIdx(i)->getNumExplicitHs() + 1);
	molecule.removeAtom(std::max(ends[0], ends[1]));
	molecule.removeAtom(std::min(ends[0], ends[1]));
	return true;
}

/* Parsed and sanitised, hydrogens implicit, neutral; unit: what a polymer repeats. */
std::unique_ptr<RDKit::RWMol> read(const std::string &text, bool &labelled, bool &unit)
{
	RDKit::SmilesParserParams parameters;
	parameters.sanitize = false;
	parameters.removeHs = false;
	parameters.parseName = false;
	parameters.allowCXSMILES = false;
	std::unique_ptr<RDKit::RWMol> molecule;
	try {
		molecule.reset(RDKit::SmilesToMol(text, parameters));
	} catch (const std::exception &) {
	}
	if (!molecule)
		throw Refusal{"not a SMILES that can be read"};
	check_size(*molecule);
	bool hydrogens = false, open = false;
	for (const auto atom : molecule->atoms())
		open |= atom->getAtomicNum() == 0;
	unit = open && close_ends(*molecule);
	if (open && !unit)
		throw Refusal{OPEN};
	for (auto atom : molecule->atoms()) {
		hydrogens |= atom->getAtomicNum() == 1;
		labelled |= atom->getIsotope() != 0;
		atom->setIsotope(0);
		atom->setAtomMapNum(0);
	}
	try {
		unsigned failed;
		RDKit::MolOps::sanitizeMol(*molecule, failed, SANITISE);
		if (hydrogens)
			RDKit::MolOps::removeHs(*molecule, false, false, true);
		neutralise(*molecule);
	} catch (const std::exception &) {
		throw Refusal{"not a possible structure: a valence or an aromatic ring is wrong"};
	}
	return molecule;
}

bool has_stereo(const RDKit::ROMol &molecule)
{
	for (const auto atom : molecule.atoms())
		if (atom->getChiralTag() != RDKit::Atom::CHI_UNSPECIFIED)
			return true;
	for (const auto bond : molecule.bonds())
		if (bond->getBondDir() != RDKit::Bond::NONE ||
		    bond->getStereo() != RDKit::Bond::STEREONONE)
			return true;
	return false;
}

Parent make_parent(std::unique_ptr<RDKit::RWMol> molecule, bool labelled)
{
	Parent parent;
	bool stereo = has_stereo(*molecule);
	/* A part without rings, cut from a molecule, has forgotten that it has none. */
	if (!molecule->getRingInfo()->isInitialized())
		RDKit::MolOps::symmetrizeSSSR(*molecule);
	parent.labelled = labelled;
	if (stereo) {
		RDKit::MolOps::setHybridization(*molecule);
		RDKit::MolOps::cleanupChirality(*molecule);
		RDKit::MolOps::assignStereochemistry(*molecule, true, true);
		parent.stereo = RDKit::MolToSmiles(*molecule, true);
		RDKit::MolOps::removeStereochemistry(*molecule);
	}
	parent.key = RDKit::MolToSmiles(*molecule, false);
	if (!stereo)
		parent.stereo = parent.key;
	for (const auto atom : molecule->atoms()) {
		parent.heavy++;
		parent.carbons += atom->getAtomicNum() == 6;
	}
	parent.flat = std::move(molecule);
	return parent;
}

/*
 * The parts that may be the substance: the organic ones, but not a small
 * partner of a larger one; all of it when nothing is organic.
 */
std::vector<Parent> parents(const std::string &text, bool &unit)
{
	bool labelled = false;
	auto whole = read(text, labelled, unit);
	std::vector<Parent> all;
	unsigned largest = 0;
	if (text.find('.') != std::string::npos) {
		auto pieces = RDKit::MolOps::getMolFrags(*whole, false);
		for (const auto &piece : pieces) {
			bool organic = false;
			for (const auto atom : piece->atoms())
				organic |= atom->getAtomicNum() == 6;
			if (!organic)
				continue;
			largest = std::max(largest, piece->getNumAtoms());
			all.push_back(
			    make_parent(std::make_unique<RDKit::RWMol>(*piece), labelled));
		}
	}
	if (all.empty()) {
		std::vector<boost::shared_ptr<RDKit::ROMol>> pieces;
		if (text.find('.') != std::string::npos)
			pieces = RDKit::MolOps::getMolFrags(*whole, false);
		all.push_back(make_parent(std::move(whole), labelled));
		largest = all.front().heavy;
		for (const auto &piece : pieces) {
			if (piece->getNumAtoms() < 2)
				continue;
			all.push_back(
			    make_parent(std::make_unique<RDKit::RWMol>(*piece), labelled));
			all.back().ion = true;
		}
	}
	std::stable_sort(all.begin(), all.end(),
			 [](const Parent &a, const Parent &b) { return a.heavy > b.heavy; });
	while (!all.back().ion && all.back().heavy * 2 < largest)
		all.pop_back();
	return all;
}

} // namespace

struct structure {
	structure_source source;
	bool ready = false;
	std::unique_ptr<Classes> classes;
	std::unordered_map<std::string, std::vector<Known>> known;
	std::vector<Answer> cache;
};

static void get_ready(structure *s)
{
	if (s->ready)
		return;
	s->ready = true;
	s->cache.resize(CACHE_SLOTS);
	if (s->source.classes)
		s->classes = std::make_unique<Classes>(
		    static_cast<const classes_section *>(s->source.classes));
	for (size_t i = 0; i < s->source.substance_count; i++) {
		const structure_substance &substance = s->source.substances[i];
		if (!substance.smiles || !*substance.smiles)
			continue;
		try {
			bool unit;
			Parent parent = std::move(parents(substance.smiles, unit).front());
			s->known[parent.key].push_back(
			    {substance.substance, parent.stereo, substance.salts});
		} catch (const Refusal &) {
			/* A ledger's structure that cannot be read is found by its names alone. */
		}
	}
}

static void add_matches(const structure *s, const Parent &parent, structure_result &result)
{
	auto found = s->known.find(parent.key);
	if (found == s->known.end())
		return;
	bool exact = false;
	for (const Known &known : found->second)
		exact |= known.stereo == parent.stereo;
	/* Of an inorganic salt only an acid whose salts are listed shows through. */
	for (const Known &known : found->second) {
		bool already = false;
		for (size_t i = 0; i < result.match_count; i++)
			already |= result.matches[i].substance == known.substance;
		if (already || (parent.ion && !known.salts) ||
		    (exact && known.stereo != parent.stereo))
			continue;
		result.more = result.more || result.match_count == STRUCTURE_MATCHES;
		if (result.match_count == STRUCTURE_MATCHES)
			continue;
		result.matches[result.match_count++] = {known.substance, !exact, parent.labelled};
	}
}

static void add_classes(const structure *s, const Parent &parent, structure_result &result)
{
	for (uint32_t i = 0; s->classes && i < s->classes->classes.size(); i++) {
		std::string letters;
		const auto &one = s->classes->classes[i];
		bool already = false;
		for (size_t k = 0; k < result.class_count; k++)
			already |= s->classes->classes[result.classes[k].index].id == one.id;
		if (already || !tidewaiter::belongs(*s->classes, one, *parent.flat, letters))
			continue;
		result.more = result.more || result.class_count == STRUCTURE_CLASSES;
		if (result.class_count == STRUCTURE_CLASSES)
			continue;
		structure_class_hit &hit = result.classes[result.class_count++];
		hit.index = i;
		hit.closed = one.closed;
		snprintf(hit.conditions, sizeof hit.conditions, "%s", letters.c_str());
	}
}

static void answer(structure *s, Answer &out)
{
	out.result = structure_result();
	out.parent.clear();
	out.reason.clear();
	try {
		get_ready(s);
		bool unit = false;
		std::vector<Parent> all = parents(out.text, unit);
		out.parent = all.front().key;
		for (const Parent &parent : all) {
			add_matches(s, parent, out.result);
			if (!parent.ion)
				add_classes(s, parent, out.result);
		}
		/* A polymer is not its monomer, but what it repeats is for a person to see. */
		if (unit && (out.result.match_count || out.result.class_count))
			throw Refusal{OPEN};
	} catch (const Refusal &refusal) {
		out.reason = refusal.reason;
	} catch (const tidewaiter::Intricate &intricate) {
		out.reason = intricate.what();
	} catch (const std::exception &) {
		out.reason = "the structure could not be tested";
	} catch (...) {
		out.reason = "the structure could not be tested";
	}
	if (!out.reason.empty()) {
		out.result = structure_result();
		out.result.refused = true;
		out.parent.clear();
	}
}

extern "C" const char *structure_absent(void)
{
	return nullptr;
}

extern "C" int structure_open(struct structure **out, const struct structure_source *source,
			      struct tw_error *error)
{
	try {
		auto made = std::make_unique<structure>();
		made->source = *source;
		*out = made.release();
		return TW_OK;
	} catch (...) {
		return error_memory(error);
	}
}

extern "C" void structure_close(struct structure *s)
{
	delete s;
}

static void refuse(structure_result *out, const char *reason)
{
	*out = structure_result();
	out->refused = true;
	out->reason = reason;
	out->parent = "";
}

extern "C" void structure_run(struct structure_result *out, struct structure *s,
			      struct tw_text smiles)
{
	while (smiles.length > 0 && smiles.at[0] == ' ')
		smiles = {smiles.at + 1, smiles.length - 1};
	while (smiles.length > 0 && smiles.at[smiles.length - 1] == ' ')
		smiles.length--;
	if (smiles.length == 0)
		return refuse(out, "no atoms: give a SMILES such as CC(C)=O");
	if (smiles.length > STRUCTURE_TEXT)
		return refuse(out, "longer than 2,000 characters");
	for (size_t i = 0; i < smiles.length; i++)
		if (smiles.at[i] < '!' || smiles.at[i] > '~')
			return refuse(out, "not a SMILES that can be read");
	try {
		std::string text(smiles.at, smiles.length);
		if (s->cache.empty())
			s->cache.resize(CACHE_SLOTS);
		Answer &slot = s->cache[std::hash<std::string>()(text) % CACHE_SLOTS];
		if (slot.text != text) {
			slot.text = text;
			answer(s, slot);
		}
		*out = slot.result;
		out->reason = slot.reason.c_str();
		out->parent = slot.parent.c_str();
	} catch (...) {
		refuse(out, "out of memory");
	}
}
