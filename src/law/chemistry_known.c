/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the law of chemicals as it could be known on a day: rows whose act was
 * not public are left out, and so are ends and citations. Reads no file.
 */
#include "common/error.h"
#include "law/chemistry.h"

#include "law/chemistry_law.h"
#include "law/file.h"

int32_t chemistry_act_known(const struct chemistry *law, const char *act)
{
	const struct chem_instrument *all = law->instruments.item;
	return all[table_find(&law->instrument, act)].known;
}

/*
 * The day on which a row became public: that of the newest act behind it which
 * is no later than its first day. Later acts carried the row on.
 */
int32_t chemistry_row_known(const struct chemistry *law, const struct chem_control *row)
{
	int32_t best = INT32_MIN, first = INT32_MAX;
	for (uint32_t i = 0; i < row->by.count; i++) {
		int32_t day = chemistry_act_known(law, row->by.word[i]);
		bool counts = row->made.from == LEDGER_DAY_MIN || day <= row->made.from;
		best = counts && day > best ? day : best;
		first = day < first ? day : first;
	}
	return best == INT32_MIN ? first : best;
}

/* The acts that were public on the day. Rows may share their words, so these are new ones. */
static int keep_known(const struct chemistry *law, struct chem_words *by, int32_t day)
{
	const char **word = arena_alloc(law->arena, (size_t)by->count + 1, sizeof *word);
	uint32_t kept = 0;
	if (!word)
		return error_memory(law->error);
	for (uint32_t i = 0; i < by->count; i++)
		if (chemistry_act_known(law, by->word[i]) <= day)
			word[kept++] = by->word[i];
	*by = (struct chem_words){word, kept};
	return TW_OK;
}

/* The acts of a list say when it was there at all; a list without acts has its rows'. */
static bool list_known(const struct chemistry *law, const struct chem_list *list, int32_t day)
{
	for (uint32_t i = 0; i < list->by.count; i++)
		if (chemistry_act_known(law, list->by.word[i]) <= day)
			return true;
	return !list->by.count;
}

static int keep_rows(struct chemistry *law, int32_t day)
{
	struct chem_control *rows = law->controls.item;
	const struct chem_list *lists = law->lists.item;
	uint32_t kept = 0;
	for (uint32_t i = 0; i < law->controls.count; i++) {
		struct chem_control row = rows[i];
		if (chemistry_row_known(law, &row) > day || !list_known(law, &lists[row.list], day))
			continue;
		if (*row.until_by && chemistry_act_known(law, row.until_by) > day) {
			row.until = row.until_by = "";
			row.made.until = LEDGER_DAY_MAX;
		}
		rows[kept++] = row;
	}
	law->controls.count = kept;
	for (uint32_t i = 0; i < kept; i++)
		if (keep_known(law, &rows[i].by, day))
			return TW_NO_MEMORY;
	return TW_OK;
}

int chemistry_as_known(struct chemistry *law, int32_t day)
{
	struct chem_list *lists = law->lists.item;
	struct chem_penalty *penalties = law->penalties.item;
	uint32_t kept = 0;
	if (day == INT32_MAX)
		return TW_OK;
	if (keep_rows(law, day))
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < law->lists.count; i++)
		if (keep_known(law, &lists[i].by, day))
			return TW_NO_MEMORY;
	for (uint32_t i = 0; i < law->penalties.count; i++)
		if (chemistry_act_known(law, penalties[i].by) <= day)
			penalties[kept++] = penalties[i];
	law->penalties.count = kept;
	return TW_OK;
}

static void tell_words(chemistry_act *each, void *context, const struct chem_words *by)
{
	for (uint32_t i = 0; i < by->count; i++)
		each(context, by->word[i]);
}

static void tell_acts(chemistry_act *each, void *context, const struct chemistry *law)
{
	const struct chem_control *rows = law->controls.item;
	const struct chem_list *lists = law->lists.item;
	const struct chem_penalty *penalties = law->penalties.item;
	for (uint32_t i = 0; i < law->controls.count; i++) {
		tell_words(each, context, &rows[i].by);
		if (*rows[i].until_by)
			each(context, rows[i].until_by);
	}
	for (uint32_t i = 0; i < law->lists.count; i++)
		tell_words(each, context, &lists[i].by);
	for (uint32_t i = 0; i < law->penalties.count; i++)
		each(context, penalties[i].by);
}

int chemistry_acts(chemistry_act *each, void *context, const char *law_folder,
		   struct tw_error *error)
{
	struct chemistry law = {.folder = law_folder, .error = error, .arena = arena_new()};
	int code = TW_OK;
	if (!law.arena)
		return error_memory(error);
	if (file_exists(law_folder, "substances/substances.tsv") && !(code = chemistry_read(&law)))
		tell_acts(each, context, &law);
	arena_free(law.arena);
	return code;
}
