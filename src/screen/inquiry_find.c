/* SPDX-License-Identifier: Apache-2.0 */
/* What a question names: by name, number, key or structure. */
#include "screen/inquiry.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/fit.h"
#include "rulebook/structures.h"
#include "screen/cells.h"
#include "screen/dates.h"
#include "screen/find.h"
#include "screen/nomen.h"
#include "screen/structure.h"

enum { HITS = 64 };

static void add_found(struct inquiry *inquiry, const struct inquiry_found *found)
{
	size_t i = 0;
	while (i < inquiry->found_count && inquiry->found[i].substance != found->substance)
		i++;
	inquiry->overflow = inquiry->overflow || i == INQUIRY_FOUND;
	if (i == INQUIRY_FOUND ||
	    (i < inquiry->found_count && inquiry->found[i].certainty >= found->certainty))
		return;
	if (i == inquiry->found_count)
		inquiry->found_count++;
	inquiry->found[i] = *found;
}

static void add_hit(struct inquiry *inquiry, uint32_t substance, const struct tw_substance_hit *hit)
{
	struct inquiry_found found = {.substance = substance,
				      .certainty = hit->certainty,
				      .how = hit->how,
				      .matched = hit->matched,
				      .note = hit->note};
	fit_print(found.conditions, sizeof found.conditions, "%s", hit->conditions);
	add_found(inquiry, &found);
}

static void read_hits(struct inquiry *inquiry, const struct match_hit *hits, size_t count)
{
	struct tw_text asked = {inquiry->asked, strlen(inquiry->asked)};
	struct tw_substance_hit one;
	for (size_t i = 0; i < count; i++) {
		const struct match_hit *hit = &hits[i];
		if (hit->kind == MATCH_BAD_CAS)
			inquiry->bad_cas = true;
		if (hit->substance == MATCH_NOTHING && !*inquiry->said)
			cell_warning(inquiry->said, hit, asked);
		if (find_name(&one, &inquiry->ledger, hit, asked))
			add_hit(inquiry, hit->substance, &one);
	}
}

/* A number of the form of a CAS number whose check digit does not fit. */
static bool is_bad_cas(const char *text)
{
	size_t first = strspn(text, "0123456789");
	if (first < 2 || first > 7 || text[first] != '-')
		return false;
	return strspn(text + first + 1, "0123456789") == 2 && text[first + 3] == '-' &&
	       strspn(text + first + 4, "0123456789") == 1 && !text[first + 5];
}

/* What is no word but has the form of an identifier is read as a column of such would be. */
static enum match_field field_of(const char *text)
{
	uint64_t meant[2];
	size_t length = strlen(text);
	if (dates_cas(meant, (struct tw_text){text, length}) && strpbrk(text, "0123456789"))
		return MATCH_FIELD_CAS;
	size_t first = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	return length == 27 && first < 20 && text[first] == '-' &&
		       strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == 27
		   ? MATCH_FIELD_INCHIKEY
		   : MATCH_FIELD_TEXT;
}

int inquiry_look_up(struct inquiry *inquiry, struct tw_error *error)
{
	struct match_scratch *scratch = match_scratch_new();
	struct match_hit hits[HITS];
	if (!scratch)
		return error_memory(error);
	struct match_query query = {
	    {inquiry->asked, strlen(inquiry->asked)}, MATCH_FIELD_TEXT, true, MATCH_ANY_MACHINE};
	read_hits(inquiry, hits, match_text(hits, HITS, inquiry->names, scratch, &query));
	inquiry->overflow = inquiry->overflow || match_was_cut(scratch);
	query.field = field_of(inquiry->asked);
	if (!inquiry->found_count && query.field != MATCH_FIELD_TEXT)
		read_hits(inquiry, hits, match_text(hits, HITS, inquiry->names, scratch, &query));
	if (!inquiry->found_count) {
		inquiry->bad_cas = inquiry->bad_cas || is_bad_cas(inquiry->asked);
		inquiry->nearest_count = match_nearest(inquiry->nearest, INQUIRY_NEAREST,
						       inquiry->names, scratch, query.text);
	}
	match_scratch_free(scratch);
	return TW_OK;
}

static void read_structure(struct inquiry *inquiry, const struct structure_result *result)
{
	struct tw_text all = {inquiry->asked, strlen(inquiry->asked)};
	struct tw_substance_hit hit;
	inquiry->overflow = inquiry->overflow || result->more;
	for (size_t i = 0; i < result->match_count; i++) {
		find_shape(&hit, &result->matches[i], all);
		add_hit(inquiry, result->matches[i].substance, &hit);
	}
	for (size_t i = 0; i < result->class_count; i++) {
		uint32_t index = result->classes[i].index;
		if (index >= classes_count(inquiry->classes) || !find_class_counts(result, i))
			continue;
		uint32_t substance =
		    ledger_find(&inquiry->ledger, classes_info(inquiry->classes, index).id);
		if (substance == LEDGER_NONE)
			continue;
		find_class(&hit, &result->classes[i], all);
		add_hit(inquiry, substance, &hit);
	}
}

/* What a systematic name that is all of the text stands for, or the text itself. */
static struct tw_text structure_text(const struct inquiry *inquiry, struct nomen_name *name)
{
	struct tw_text asked = {inquiry->asked, strlen(inquiry->asked)};
	if (nomen_looks(asked) && nomen_next(name, asked, 0) && name->from == 0)
		return (struct tw_text){name->smiles, strlen(name->smiles)};
	return asked;
}

/* The text as a SMILES or a systematic name; only when nothing else was found in it. */
static int look_at_structure(struct inquiry *inquiry, struct tw_error *error)
{
	struct structure_substance *shapes = NULL;
	struct structure_result *result = NULL;
	struct structure *structure = NULL;
	struct nomen_name name;
	struct tw_text text = structure_text(inquiry, &name);
	int code = TW_OK;
	if (inquiry->found_count || (text.at == inquiry->asked && strchr(inquiry->asked, ' ')))
		return TW_OK;
	if ((inquiry->absent = structure_absent())) {
		inquiry->structure = "was not read as a structure";
		return TW_OK;
	}
	shapes = calloc(inquiry->ledger.count[LEDGER_SUBSTANCES] + 1, sizeof *shapes);
	result = calloc(1, sizeof *result);
	if (!shapes || !result) {
		code = error_memory(error);
		goto done;
	}
	struct structure_source source = {inquiry->classes, shapes,
					  find_shapes(shapes, &inquiry->ledger)};
	if ((code = structure_open(&structure, &source, error)))
		goto done;
	structure_run(result, structure, text);
	read_structure(inquiry, result);
	inquiry->structure = result->refused
				 ? "cannot be read as a structure"
				 : "is a structure that is on no list and in no class covered";
done:
	structure_close(structure);
	free(shapes);
	free(result);
	return code;
}

/* The surest first; of equals the first found. */
static void sort(struct inquiry *inquiry)
{
	for (size_t i = 1; i < inquiry->found_count; i++) {
		struct inquiry_found moved = inquiry->found[i];
		size_t at = i;
		for (; at && inquiry->found[at - 1].certainty < moved.certainty; at--)
			inquiry->found[at] = inquiry->found[at - 1];
		inquiry->found[at] = moved;
	}
}

int inquiry_ask(struct inquiry *inquiry, struct tw_error *error)
{
	int code = inquiry_look_up(inquiry, error);
	if (!code && !(code = look_at_structure(inquiry, error)))
		sort(inquiry);
	return code;
}

char *inquiry_join(char *const *words, int from, int to)
{
	size_t size = 1;
	for (int i = from; i < to; i++)
		size += strlen(words[i]) + 1;
	char *text = calloc(1, size);
	for (int i = from; text && i < to; i++) {
		strcat(text, i > from ? " " : "");
		strcat(text, words[i]);
	}
	return text;
}

/* Is all of the text one name? */
static bool is_one_name(const struct inquiry *inquiry, struct match_scratch *scratch,
			const char *text)
{
	struct match_hit hits[HITS];
	struct match_query query = {
	    {text, strlen(text)}, MATCH_FIELD_TEXT, true, MATCH_ANY_MACHINE};
	size_t count = match_text(hits, HITS, inquiry->names, scratch, &query);
	for (size_t i = 0; i < count; i++)
		if (hits[i].from == 0 && hits[i].length == query.text.length)
			return true;
	return false;
}

static bool is_modifier(const struct inquiry *inquiry, struct match_scratch *scratch,
			const char *word)
{
	return strchr(word, '%') ||
	       match_is_modifier(inquiry->names, scratch, (struct tw_text){word, strlen(word)});
}

int inquiry_words_of_name(const struct inquiry *inquiry, struct match_scratch *scratch,
			  char *const *words, int count)
{
	enum { LONGEST = 8 };
	int used = 1;
	for (int n = count < LONGEST ? count : LONGEST; n > 1 && used == 1; n--) {
		char *text = inquiry_join(words, 0, n);
		if (!text)
			return -1;
		if (is_one_name(inquiry, scratch, text))
			used = n;
		free(text);
	}
	bool leads = used == 1 && is_modifier(inquiry, scratch, words[0]);
	if (leads && count > 1) { /* "anhydrous" stands before its name */
		int name = inquiry_words_of_name(inquiry, scratch, words + 1, count - 1);
		return name < 0 ? name : 1 + name;
	}
	while (used < count && is_modifier(inquiry, scratch, words[used]))
		used++;
	return used;
}

/* -1: no memory. */
static int knows(const struct inquiry *inquiry, const char *asked)
{
	struct inquiry one = *inquiry;
	struct tw_error error = {0};
	one.asked = asked;
	int code = inquiry_look_up(&one, &error);
	return code == TW_NO_MEMORY ? -1 : !code && one.found_count;
}

int inquiry_is_phrase(const struct inquiry *inquiry, char *const *words, int count)
{
	for (int i = 0; i < count; i++) {
		int known = strpbrk(words[i], " 0123456789*") ? 1 : knows(inquiry, words[i]);
		if (known)
			return known < 0 ? -1 : 0;
	}
	return 1;
}
