/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/find.h"

void find_sections(const void **names, const void **classes, const tw_rulebook *rulebook)
{
	size_t size;
	*names = rulebook_section(rulebook, LEDGER_TAG_NAMES, &size);
	*classes = rulebook_section(rulebook, LEDGER_TAG_CLASSES, &size);
}

size_t find_shapes(struct structure_substance *out, const struct ledger *ledger)
{
	size_t used = 0;
	for (uint32_t i = 0; i < ledger->count[LEDGER_SUBSTANCES]; i++) {
		const char *smiles = ledger_text(ledger, ledger->substances[i].smiles);
		if (*smiles)
			out[used++] = (struct structure_substance){
			    i, smiles, ledger->substances[i].flags & LEDGER_SALTS};
	}
	return used;
}

static const char *how_of(enum match_kind kind)
{
	switch (kind) {
	case MATCH_CAS:
		return "cas";
	case MATCH_UN:
		return "un";
	case MATCH_INCHIKEY:
		return "inchikey";
	case MATCH_INCHI:
		return "inchi";
	default:
		return "name";
	}
}

bool find_name(struct tw_substance_hit *out, const struct ledger *ledger,
	       const struct match_hit *hit, struct tw_text text)
{
	if (hit->substance >= ledger->count[LEDGER_SUBSTANCES])
		return false;
	*out = (struct tw_substance_hit){.matched = {text.at + hit->from, hit->length},
					 .how = how_of(hit->kind),
					 .certainty = hit->certainty,
					 .conditions = "",
					 .note = hit->note};
	if (ledger->substances[hit->substance].flags & LEDGER_CLASS) {
		out->certainty = TW_CERTAINTY_WEAK;
		if (!*out->note)
			out->note = "the class is named and the structure is not given: "
				    "expert review required";
	}
	return true;
}

void find_shape(struct tw_substance_hit *out, const struct structure_match *match,
		struct tw_text matched)
{
	*out = (struct tw_substance_hit){
	    .matched = matched,
	    .how = "structure",
	    .certainty = match->labelled ? TW_CERTAINTY_NEAR : TW_CERTAINTY_EXACT,
	    .conditions = "",
	    .note = match->labelled         ? "isotopically labelled"
		    : match->stereo_differs ? "another stereoisomer, or stereochemistry not given"
					    : ""};
}

void find_class(struct tw_substance_hit *out, const struct structure_class_hit *hit,
		struct tw_text matched)
{
	*out = (struct tw_substance_hit){
	    .matched = matched,
	    .how = "structure",
	    .certainty = hit->closed ? TW_CERTAINTY_EXACT : TW_CERTAINTY_WEAK,
	    .conditions = hit->conditions,
	    .note = hit->closed ? "" : "the law gives no structural test: expert review required"};
}

bool find_class_counts(const struct structure_result *result, size_t index)
{
	return result->classes[index].closed || !result->match_count;
}
