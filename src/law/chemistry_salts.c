/* SPDX-License-Identifier: Apache-2.0 */
/* law/substances/salts.tsv: the InChIKeys of salts, which do not show their parent. */
#include "common/error.h"
#include "law/chemistry_law.h"
#include "law/file.h"

#include <stdio.h>
#include <string.h>

static int add_salt(struct chemistry *law, struct table *seen, const struct chem_salt *salt,
		    struct law_pos pos)
{
	char both[128];
	if (!chem_is_inchikey(salt->key))
		return law_error(law->error, pos,
				 "\"%s\" is not an InChIKey: 14, 10 and 1 capitals with hyphens",
				 salt->key);
	snprintf(both, sizeof both, "%s %u", salt->key, salt->substance);
	if (table_find(seen, both) != UINT32_MAX)
		return TW_OK;
	struct chem_salt *slot = vector_add(&law->salts, law->arena, sizeof *slot);
	const char *kept = arena_text(law->arena, both, strlen(both));
	if (!slot || !kept || table_add(seen, law->arena, kept, 0))
		return error_memory(law->error);
	*slot = *salt;
	return TW_OK;
}

int chemistry_read_salts(struct chemistry *law)
{
	static const char *const columns[] = {"substance", "salt", "keys", NULL};
	struct table seen = {0};
	struct tsv tsv;
	if (!file_exists(law->folder, "substances/salts.tsv"))
		return TW_OK;
	int code = tsv_read(&tsv, law->arena, law->folder, "substances/salts.tsv", law->error);
	if (code || (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct chem_salt salt = {0};
		struct chem_words keys;
		code = chem_find(&salt.substance, law, &law->substance, "substance",
				 chem_cell(&tsv, i, "substance"), chem_pos(&tsv, i, "substance"));
		if (code || (code = chem_split(&keys, law, chem_cell(&tsv, i, "keys"))))
			return code;
		if (!keys.count)
			return law_error(law->error, chem_pos(&tsv, i, "keys"),
					 "a salt needs an InChIKey");
		((struct chem_substance *)law->substances.item)[salt.substance].salts = true;
		for (uint32_t k = 0; k < keys.count; k++) {
			salt.key = keys.word[k];
			if ((code = add_salt(law, &seen, &salt, chem_pos(&tsv, i, "keys"))))
				return code;
		}
	}
	return TW_OK;
}
