/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The column "classes" of law/substances against the structures: a substance
 * that a class with a closed test reaches either says so or has an entry of
 * its own on a drug list of that jurisdiction, and none says so wrongly.
 * Skipped without RDKit.
 *
 *   test_classes RULEBOOK
 */
#include "rulebook/ledger.h"
#include "rulebook/structures.h"
#include "screen/structure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct ledger ledger;
static const void *classes;

static bool says(const struct ledger_substance *s, uint32_t class)
{
	for (uint32_t i = 0; i < s->classes.count; i++)
		if (ledger.indexes[s->classes.first + i] == class)
			return true;
	return false;
}

/* On a drug list of the jurisdiction, or on the list that the class is on. */
static bool has_entry(const struct ledger_substance *s, const char *jurisdiction, uint32_t class)
{
	for (uint32_t i = 0; i < s->controls.count; i++) {
		const struct ledger_list *list =
		    &ledger.lists[ledger.controls[s->controls.first + i].list];
		if (list->narcotic &&
		    !strcmp(ledger_text(&ledger, list->jurisdiction), jurisdiction))
			return true;
		const struct ledger_substance *of = &ledger.substances[class];
		for (uint32_t k = 0; k < of->controls.count; k++)
			if (&ledger.lists[ledger.controls[of->controls.first + k].list] == list)
				return true;
	}
	return false;
}

static bool reaches(const struct structure_result *result, uint32_t index)
{
	for (size_t i = 0; i < result->class_count; i++)
		if (!strcmp(classes_info(classes, result->classes[i].index).id,
			    classes_info(classes, index).id) &&
		    result->classes[i].closed)
			return true;
	return false;
}

static int check(const struct ledger_substance *s, const struct structure_result *result)
{
	int wrong = 0;
	for (uint32_t i = 0; i < classes_count(classes); i++) {
		struct classes_info info = classes_info(classes, i);
		uint32_t class = ledger_find(&ledger, info.id);
		bool reached = reaches(result, i), said = class != LEDGER_NONE && says(s, class);
		if (!info.closed || (reached && (said || has_entry(s, info.jurisdiction, class))) ||
		    (!reached && !said))
			continue;
		printf("%s: %s %s by structure, %s in the ledger\n", ledger_text(&ledger, s->id),
		       info.id, reached ? "reached" : "not reached", said ? "said" : "not said");
		wrong++;
	}
	return wrong;
}

int main(int count, char **arguments)
{
	struct tw_error error = {0};
	tw_rulebook *rulebook = NULL;
	struct structure *structure = NULL;
	struct structure_result *result = calloc(1, sizeof *result);
	size_t size;
	int wrong = 0, seen = 0;
	if (!structure_available())
		return 77;
	if (count != 2 || !result || tw_rulebook_open(&rulebook, arguments[1], &error) ||
	    !ledger_open(&ledger, rulebook)) {
		fprintf(stderr, "usage: test_classes RULEBOOK: %s\n", error.message);
		return 2;
	}
	classes = rulebook_section(rulebook, LEDGER_TAG_CLASSES, &size);
	struct structure_source source = {classes, NULL, 0};
	if (!classes || !classes_check(classes, size) ||
	    structure_open(&structure, &source, &error))
		return 2;
	for (uint32_t i = 0; i < ledger.count[LEDGER_SUBSTANCES]; i++) {
		const struct ledger_substance *s = &ledger.substances[i];
		const char *smiles = ledger_text(&ledger, s->smiles);
		if (!*smiles)
			continue;
		structure_run(result, structure, (struct tw_text){smiles, strlen(smiles)});
		if (result->refused) {
			printf("%s: %s\n", ledger_text(&ledger, s->id), result->reason);
			wrong++;
		}
		wrong += check(s, result);
		seen++;
	}
	printf("%d structures, %d wrong\n", seen, wrong);
	structure_close(structure);
	tw_rulebook_close(rulebook);
	free(result);
	return wrong || seen < 140 ? 1 : 0;
}
