/* SPDX-License-Identifier: Apache-2.0 */
/* Which id of the law is meant by what was typed: "eo-14195", "EO 14195", "99030163". */
#include <ctype.h>
#include <string.h>

#include "cli/law/law.h"

enum { FOLDED = 128 };

/* Small letters and digits alone; false where it is too long to be an id. */
static bool fold(char out[FOLDED], const char *text)
{
	size_t length = 0;
	for (; *text; text++) {
		if (!isalnum((unsigned char)*text))
			continue;
		if (length == FOLDED - 1)
			return false;
		out[length++] = (char)tolower((unsigned char)*text);
	}
	out[length] = '\0';
	return length > 0;
}

struct search {
	const char *typed, *found;
	char folded[FOLDED];
	bool exact, several;
};

static void look(struct search *search, const char *text, const char *id)
{
	char folded[FOLDED];
	if (!text || search->exact)
		return;
	if (!strcmp(id, search->typed)) {
		search->found = id;
		search->exact = true;
		return;
	}
	if (!fold(folded, text) || strcmp(folded, search->folded) != 0)
		return;
	if (search->found && strcmp(search->found, id) != 0)
		search->several = true;
	search->found = id;
}

/* An act by its id, by its kind in full and its number, or by where it is published. */
static void look_at_act(struct search *search, const struct law_instrument *act)
{
	char whole[FOLDED];
	const char *number = strpbrk(act->id, "0123456789"), *kind = law_or_empty(act->kind);
	look(search, act->id, act->id);
	if (number && *kind && strlen(kind) + strlen(number) < FOLDED - 1) {
		strcpy(whole, kind);
		strcat(whole, number);
		look(search, whole, act->id);
	}
	look(search, act->cite, act->id);
}

const char *law_id_meant(const struct law *law, const char *typed)
{
	struct search search = {.typed = typed};
	if (!fold(search.folded, typed))
		return NULL;
	for (uint32_t i = 0; i < law->measure_count; i++)
		look(&search, law->measures[i].id, law->measures[i].id);
	for (uint32_t i = 0; i < law->program_count; i++)
		look(&search, law->programs[i].id, law->programs[i].id);
	for (uint32_t i = 0; i < law->list_count; i++)
		look(&search, law->lists[i].name, law->lists[i].name);
	for (uint32_t i = 0; i < law->instrument_count; i++)
		look_at_act(&search, &law->instruments[i]);
	for (uint32_t i = 0; i < law->measure_count; i++) {
		const struct law_measure *m = &law->measures[i];
		if (*law_or_empty(m->heading))
			look(&search, m->heading, m->heading);
		if (*law_or_empty(m->heading_reached))
			look(&search, m->heading_reached, m->heading_reached);
	}
	return search.several && !search.exact ? NULL : search.found;
}
