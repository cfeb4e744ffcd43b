/* SPDX-License-Identifier: Apache-2.0 */
/* The picture by RDKit, within bounds; lets no exception out and prints nothing. */
#include "drawing/drawing.h"

extern "C" {
#include "common/error.h"
}

#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <GraphMol/MolDraw2D/MolDraw2DSVG.h>
#include <GraphMol/MolDraw2D/MolDraw2DUtils.h>
#include <GraphMol/MolOps.h>
#include <GraphMol/SmilesParse/SmilesParse.h>

namespace
{

constexpr int WIDTH = 300, HEIGHT = 220;

/* What is wrong with a text, for the person who wrote it. */
struct Refusal {
	const char *reason;
};

std::unique_ptr<RDKit::RWMol> read(const std::string &text)
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
	if (!molecule || !molecule->getNumAtoms())
		throw Refusal{"not a SMILES that can be read"};
	if (molecule->getNumAtoms() > DRAWING_ATOMS)
		throw Refusal{"over 200 atoms"};
	std::vector<int> of;
	const unsigned parts = RDKit::MolOps::getMolFrags(*molecule, of);
	if (parts > DRAWING_PARTS)
		throw Refusal{"over 20 separate parts"};
	if (molecule->getNumBonds() + parts > molecule->getNumAtoms() + DRAWING_RINGS)
		throw Refusal{"over 40 rings"};
	try {
		RDKit::MolOps::removeHs(*molecule);
	} catch (const std::exception &) {
		throw Refusal{"not a possible structure: a valence or an aromatic ring is wrong"};
	}
	return molecule;
}

/* "fill:none;stroke:#000000" as attributes, which a page lets in that forbids styles. */
void put_style(std::string &out, std::string_view style)
{
	while (!style.empty()) {
		const std::size_t end = std::min(style.find(';'), style.size());
		const std::string_view one = style.substr(0, end);
		const std::size_t colon = one.find(':');
		style.remove_prefix(std::min(end + 1, style.size()));
		if (colon == std::string_view::npos)
			continue;
		const std::string_view name = one.substr(0, colon), value = one.substr(colon + 1);
		out.append(" ").append(name).append("='").append(value).append("'");
	}
}

/* The one ink that all is drawn in. */
void take_ink(std::string &text)
{
	static const std::string_view black = "'#000000'", ink = "'currentColor'";
	for (std::size_t at = 0; (at = text.find(black, at)) != std::string::npos; at += ink.size())
		text.replace(at, black.size(), ink);
}

/* Of RDKit's text the shapes, without the numbers of atoms and bonds. */
std::string plain(std::string_view text)
{
	std::string out = "<svg xmlns='http://www.w3.org/2000/svg' width='" +
			  std::to_string(WIDTH) + "' height='" + std::to_string(HEIGHT) +
			  "' viewBox='0 0 " + std::to_string(WIDTH) + " " + std::to_string(HEIGHT) +
			  "'>\n";
	static const std::string_view head = "<!-- END OF HEADER -->\n", style = " style='",
				      type = " class='";
	std::size_t at = text.find(head);
	if (at == std::string_view::npos)
		throw std::runtime_error("no header");
	text.remove_prefix(at + head.size());
	while (!text.empty()) {
		at = std::min({text.find(style), text.find(type), text.size()});
		out.append(text.substr(0, at));
		text.remove_prefix(at);
		if (text.empty())
			break;
		const bool is_style = text.substr(0, style.size()) == style;
		text.remove_prefix(is_style ? style.size() : type.size());
		const std::size_t end = std::min(text.find('\''), text.size());
		if (is_style)
			put_style(out, text.substr(0, end));
		text.remove_prefix(std::min(end + 1, text.size()));
	}
	take_ink(out);
	return out;
}

std::string draw(const RDKit::ROMol &molecule)
{
	RDKit::MolDraw2DSVG drawer(WIDTH, HEIGHT);
	RDKit::MolDrawOptions &options = drawer.drawOptions();
	options.clearBackground = false;
	options.bondLineWidth = 1.5;
	options.flagCloseContactsDist = -1; // no red squares where it is crowded
	options.maxFontSize = 16;
	options.fixedBondLength = 30; // the longest; what is large is drawn smaller
	RDKit::assignBWPalette(options.atomColourPalette);
	RDKit::MolDraw2DUtils::prepareAndDrawMolecule(drawer, molecule);
	drawer.finishDrawing();
	return plain(drawer.getDrawingText());
}

int refuse(struct tw_error *error, const char *reason)
{
	return error_set(error, TW_BAD_ARGUMENT,
			 "%s: give the SMILES of one structure, as in O=C1CCNCC1", reason);
}

} // namespace

extern "C" const char *drawing_absent(void)
{
	return nullptr;
}

extern "C" int drawing_svg(char **out, size_t *length, struct tw_text smiles,
			   struct tw_error *error)
{
	if (smiles.length > DRAWING_TEXT)
		return refuse(error, "longer than 2,000 characters");
	for (size_t i = 0; i < smiles.length; i++)
		if (smiles.at[i] < '!' || smiles.at[i] > '~')
			return refuse(error, "not a SMILES that can be read");
	try {
		const std::string text = draw(*read(std::string(smiles.at, smiles.length)));
		*out = static_cast<char *>(std::malloc(text.size() + 1));
		if (!*out)
			return error_memory(error);
		std::memcpy(*out, text.c_str(), text.size() + 1);
		*length = text.size();
		return TW_OK;
	} catch (const Refusal &refusal) {
		return refuse(error, refusal.reason);
	} catch (const std::bad_alloc &) {
		return error_memory(error);
	} catch (...) {
		return refuse(error, "the structure cannot be drawn");
	}
}
