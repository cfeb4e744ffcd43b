/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the question which controls of chemicals begin and end between two
 * days, asked of the law text. Prints nothing.
 */
#include "changes/controls.h"
#include "common/error.h"
#include "common/order.h"
#include "law/chemistry.h"

#include "law/chemistry_law.h"
#include "law/file.h"

#include <stdlib.h>
#include <string.h>

/* One end of one row. */
struct end {
	const struct chem_control *row;
	int32_t day;
	bool ends;
};

static bool same_list(const struct chemistry *law, const struct chem_control *a,
		      const struct chem_control *b)
{
	const struct chem_list *lists = law->lists.item;
	const struct chem_list *x = &lists[a->list], *y = &lists[b->list];
	return a->substance == b->substance && !strcmp(x->jurisdiction, y->jurisdiction) &&
	       !strcmp(x->name, y->name);
}

/* Another row of the list begins where this one ends, or the other way round. */
static bool has_neighbour(const struct chemistry *law, const struct end *end)
{
	const struct chem_control *all = law->controls.item;
	for (uint32_t i = 0; i < law->controls.count; i++)
		if (same_list(law, &all[i], end->row) &&
		    (end->ends ? all[i].made.from : all[i].made.until) == end->day)
			return true;
	return false;
}

static int by_day(const void *a, const void *b)
{
	const struct end *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (int)x->ends - (int)y->ends;
}

static void tell(chemistry_each *each, void *context, const struct chemistry *law,
		 const struct end *end)
{
	const struct chem_control *row = end->row;
	const struct chem_substance *s =
	    (struct chem_substance *)law->substances.item + row->substance;
	const struct chem_list *list = (struct chem_list *)law->lists.item + row->list;
	bool imports = list->must[LEDGER_IMPORT] != LEDGER_MUST_NOT;
	struct chemistry_change change = {
	    .day = end->day,
	    .ends = end->ends,
	    .reworded = !end->ends && has_neighbour(law, end),
	    .undated = !end->ends && row->made.from == LEDGER_DAY_MIN,
	    .maybe = row->made.flags & LEDGER_ROW_MAYBE,
	    .substance = s->id,
	    .name = s->name,
	    .jurisdiction = list->jurisdiction,
	    .title = list->title,
	    .list = list->name,
	    .code = row->code,
	    .requirement = list->requirement[imports ? LEDGER_IMPORT : LEDGER_EXPORT],
	    .by = end->ends && *row->until_by ? &row->until_by : row->by.word,
	    .by_count = end->ends && *row->until_by ? 1 : row->by.count,
	    .note = row->note};
	each(context, &change);
}

/* Did an act behind the row become public in the interval? Later ones carried the row on. */
static bool any_known(const struct chemistry *law, const struct chem_control *row,
		      const int32_t between[2])
{
	for (uint32_t i = 0; i < row->by.count; i++) {
		int32_t day = chemistry_act_known(law, row->by.word[i]);
		if (day > between[0] && day <= between[1])
			return true;
	}
	return false;
}

/* The ends inside the interval, in a new array. */
static struct end *collect(size_t *count, const struct chemistry *law, const int32_t between[2],
			   bool announced)
{
	const struct chem_control *all = law->controls.item;
	struct end *list = calloc(2 * (size_t)law->controls.count + 1, sizeof *list);
	*count = 0;
	for (uint32_t i = 0; list && i < law->controls.count; i++)
		for (int k = 0; k < 2; k++) {
			struct end end = {&all[i], k ? all[i].made.until : all[i].made.from, k};
			int32_t known = chemistry_row_known(law, &all[i]);
			if (end.day == LEDGER_DAY_MAX || (k && !*all[i].until_by))
				continue;
			if (end.day == LEDGER_DAY_MIN)
				end.day = known;
			if (k)
				known = chemistry_act_known(law, all[i].until_by);
			int32_t day = announced ? known : end.day;
			if ((day <= between[0] || day > between[1]) &&
			    !(announced && !k && any_known(law, &all[i], between)))
				continue;
			if (!end.ends || !has_neighbour(law, &end))
				list[(*count)++] = end;
		}
	if (list)
		order_items(list, *count, sizeof *list, by_day);
	return list;
}

int chemistry_changes(chemistry_each *each, void *context, const char *law_folder, int32_t known,
		      const int32_t between[2], bool announced, struct tw_error *error)
{
	struct chemistry law = {.folder = law_folder, .error = error};
	struct end *list = NULL;
	size_t count;
	int code = TW_OK;
	if (!(law.arena = arena_new()))
		return error_memory(error);
	if (!file_exists(law_folder, "substances/substances.tsv") ||
	    (code = chemistry_read(&law)) || (code = chemistry_as_known(&law, known)))
		goto done;
	if (!(list = collect(&count, &law, between, announced))) {
		code = error_memory(error);
		goto done;
	}
	for (size_t i = 0; i < count; i++)
		tell(each, context, &law, &list[i]);
done:
	free(list);
	arena_free(law.arena);
	return code;
}
