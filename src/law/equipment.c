/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of law/equipment/equipment.tsv: machines and tools that
 * lists name beside chemicals. To the lists, penalties and pages they are
 * goods like a substance; they have no formula, and other rules for names.
 */
#include "law/chemistry_law.h"

#include "law/file.h"

int chemistry_read_equipment(struct chemistry *law)
{
	static const char path[] = "equipment/equipment.tsv";
	static const char *const columns[] = {"id", "name", "kin", "confidence", "note", NULL};
	static const char *const confidences[] = {"high", "medium", "low", NULL};
	struct tsv tsv;
	int code, unused;
	if (!file_exists(law->folder, path))
		return TW_OK;
	code = tsv_read(&tsv, law->arena, law->folder, path, law->error);
	if (code || (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct chem_substance s = {.pos = chem_pos(&tsv, i, "id"), .is_equipment = true};
		s.formula = s.weight = s.inchikey = s.smiles = "";
		s.id = chem_cell(&tsv, i, "id");
		s.name = chem_cell(&tsv, i, "name");
		s.kin = chem_cell(&tsv, i, "kin");
		s.confidence = chem_cell(&tsv, i, "confidence");
		s.note = chem_cell(&tsv, i, "note");
		if ((code = chem_choice(&unused, confidences, s.confidence,
					chem_pos(&tsv, i, "confidence"), law->error)) ||
		    (code = chemistry_add_substance(law, &s)))
			return code;
	}
	return TW_OK;
}
