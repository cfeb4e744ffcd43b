/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of law/substances: who substances are, what they are
 * called, under which codes they travel. Decides nothing about shipments.
 */
#include "law/chemistry.h"

#include "common/cas.h"
#include "common/error.h"
#include "law/chemistry_law.h"
#include "law/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct law_pos chem_pos(const struct tsv *tsv, size_t row, const char *column)
{
	const char *const *cell = tsv->cell + row * tsv->column_count;
	int index = tsv_column(tsv, column);
	return (struct law_pos){tsv->path, tsv->line[row],
				index < 0 ? 1 : (int)(cell[index] - cell[0]) + 1};
}

const char *chem_cell(const struct tsv *tsv, size_t row, const char *column)
{
	int index = tsv_column(tsv, column);
	return index < 0 ? "" : tsv->cell[row * tsv->column_count + (size_t)index];
}

int chem_columns(const struct tsv *tsv, const char *const *columns, struct tw_error *error)
{
	struct law_pos pos = {tsv->path, 1, 1};
	size_t count = 0;
	for (; columns[count]; count++)
		if (tsv_column(tsv, columns[count]) < 0)
			return law_error(error, pos, "the column \"%s\" is missing",
					 columns[count]);
	for (size_t i = 0; i < tsv->column_count; i++) {
		struct nearest nearest = {.word = tsv->column[i]};
		char hint[160];
		size_t known = 0;
		while (known < count && strcmp(columns[known], tsv->column[i]))
			nearest_try(&nearest, columns[known++]);
		if (known == count)
			return law_error(error, pos, "unknown column \"%s\"%s", tsv->column[i],
					 nearest_hint(&nearest, hint));
	}
	return TW_OK;
}

int chem_split(struct chem_words *out, struct chemistry *law, const char *text)
{
	struct vector words = {0};
	while (*text) {
		size_t length = strcspn(text, " ");
		const char **slot = vector_add(&words, law->arena, sizeof *slot);
		if (!slot || !(*slot = arena_text(law->arena, text, length)))
			return error_memory(law->error);
		text += length + (text[length] == ' ');
	}
	*out = (struct chem_words){words.item, words.count};
	return TW_OK;
}

int chem_find(uint32_t *out, const struct chemistry *law, const struct table *table,
	      const char *what, const char *name, struct law_pos pos)
{
	struct nearest nearest = {.word = name};
	char hint[160];
	*out = table_find(table, name);
	if (*out != UINT32_MAX)
		return TW_OK;
	nearest_try_all(&nearest, table);
	return law_error(law->error, pos, "unknown %s \"%s\"%s", what, name,
			 nearest_hint(&nearest, hint));
}

int chem_choice(int *out, const char *const *words, const char *text, struct law_pos pos,
		struct tw_error *error)
{
	struct nearest nearest = {.word = text};
	char hint[160];
	for (*out = 0; words[*out]; ++*out) {
		if (!strcmp(words[*out], text))
			return TW_OK;
		nearest_try(&nearest, words[*out]);
	}
	return law_error(error, pos, "\"%s\" is not one of the words allowed here%s", text,
			 nearest_hint(&nearest, hint));
}

bool chem_is_inchikey(const char *text)
{
	if (strlen(text) != 27)
		return false;
	for (int i = 0; i < 27; i++)
		if (i == 14 || i == 25 ? text[i] != '-' : text[i] < 'A' || text[i] > 'Z')
			return false;
	return true;
}

static int check_cas(struct chemistry *law, struct table *seen, struct chem_words *numbers,
		     struct law_pos pos)
{
	for (uint32_t i = 0; i < numbers->count; i++) {
		char *number = (char *)numbers->word[i];
		size_t length = strlen(number);
		bool shared = length && number[length - 1] == '*';
		if (shared)
			number[--length] = '\0';
		uint64_t value;
		if (!cas_parse(&value, (struct tw_text){number, length}))
			return law_error(law->error, pos,
					 "\"%s\" is not a CAS number: its check digit does not fit",
					 number);
		if (table_find(seen, number) != UINT32_MAX) {
			if (shared)
				continue;
			return law_error(law->error, pos,
					 "CAS number %s also identifies another substance: write "
					 "%s* in both rows if that is intended",
					 number, number);
		}
		if (table_add(seen, law->arena, number, 0))
			return error_memory(law->error);
	}
	return TW_OK;
}

static int check_un(struct chemistry *law, const struct chem_words *numbers, struct law_pos pos)
{
	for (uint32_t i = 0; i < numbers->count; i++) {
		const char *n = numbers->word[i];
		if (strlen(n) != 6 || strncmp(n, "UN", 2) || strspn(n + 2, "0123456789") != 4)
			return law_error(law->error, pos, "\"%s\" is not a UN number: write UN1715",
					 n);
	}
	return TW_OK;
}

int chemistry_add_substance(struct chemistry *law, const struct chem_substance *made)
{
	struct chem_substance *slot;
	if (!*made->id || !*made->name)
		return law_error(law->error, made->pos, "a substance needs an id and a name");
	uint32_t before = table_find(&law->substance, made->id);
	if (before != UINT32_MAX) {
		struct law_pos first = ((struct chem_substance *)law->substances.item)[before].pos;
		return law_error(law->error, made->pos, "the id \"%s\" is used before, in %s:%d",
				 made->id, first.file, first.line);
	}
	if (table_add(&law->substance, law->arena, made->id, law->substances.count) ||
	    !(slot = vector_add(&law->substances, law->arena, sizeof *slot)))
		return error_memory(law->error);
	*slot = *made;
	return TW_OK;
}

static int read_substances(struct chemistry *law)
{
	static const char *const columns[] = {
	    "id", "name",    "formula", "weight",     "inchikey", "smiles", "cas",
	    "un", "classes", "kin",     "confidence", "note",     NULL};
	static const char *const confidences[] = {"high", "medium", "low", NULL};
	struct table cas = {0}, keys = {0};
	struct tsv tsv;
	int unused;
	int code = tsv_read(&tsv, law->arena, law->folder, "substances/substances.tsv", law->error);
	if (code || (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct chem_substance s = {.pos = chem_pos(&tsv, i, "id")};
		const char **text[] = {&s.id,     &s.name, &s.formula,    &s.weight, &s.inchikey,
				       &s.smiles, &s.kin,  &s.confidence, &s.note};
		static const char *const of[] = {"id",     "name",       "formula",
						 "weight", "inchikey",   "smiles",
						 "kin",    "confidence", "note"};
		for (size_t k = 0; k < sizeof of / sizeof *of; k++)
			*text[k] = chem_cell(&tsv, i, of[k]);
		if ((code = chem_split(&s.cas, law, chem_cell(&tsv, i, "cas"))) ||
		    (code = chem_split(&s.un, law, chem_cell(&tsv, i, "un"))) ||
		    (code = chem_split(&s.classes, law, chem_cell(&tsv, i, "classes"))) ||
		    (code = check_cas(law, &cas, &s.cas, chem_pos(&tsv, i, "cas"))) ||
		    (code = check_un(law, &s.un, chem_pos(&tsv, i, "un"))) ||
		    (code = chem_choice(&unused, confidences, s.confidence,
					chem_pos(&tsv, i, "confidence"), law->error)))
			return code;
		struct law_pos key = chem_pos(&tsv, i, "inchikey");
		if (*s.inchikey && !chem_is_inchikey(s.inchikey))
			return law_error(
			    law->error, key,
			    "\"%s\" is not an InChIKey: 14, 10 and 1 capitals with hyphens",
			    s.inchikey);
		if (*s.inchikey && table_find(&keys, s.inchikey) != UINT32_MAX)
			return law_error(law->error, key,
					 "InChIKey %s also identifies another substance",
					 s.inchikey);
		if (*s.inchikey && table_add(&keys, law->arena, s.inchikey, 0))
			return error_memory(law->error);
		if ((code = chemistry_add_substance(law, &s)))
			return code;
	}
	return TW_OK;
}

static int read_named_classes(struct chemistry *law)
{
	static const char *const columns[] = {"id", "name", "classes", "note", NULL};
	struct tsv tsv;
	int code =
	    tsv_read(&tsv, law->arena, law->folder, "substances/named-classes.tsv", law->error);
	if (code || (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct chem_substance s = {.pos = chem_pos(&tsv, i, "id"), .is_class = true};
		s.formula = s.weight = s.inchikey = s.smiles = s.kin = s.confidence = "";
		s.id = chem_cell(&tsv, i, "id");
		s.name = chem_cell(&tsv, i, "name");
		s.note = chem_cell(&tsv, i, "note");
		if ((code = chem_split(&s.classes, law, chem_cell(&tsv, i, "classes"))) ||
		    (code = chemistry_add_substance(law, &s)))
			return code;
	}
	return TW_OK;
}

/* Every id under "classes" must be that of a class. */
static int check_classes(struct chemistry *law)
{
	struct chem_substance *all = law->substances.item;
	for (uint32_t i = 0; i < law->substances.count; i++)
		for (uint32_t k = 0; k < all[i].classes.count; k++) {
			uint32_t at;
			const char *id = all[i].classes.word[k];
			int code = chem_find(&at, law, &law->substance, "class", id, all[i].pos);
			if (code)
				return code;
			if (!all[at].is_class)
				return law_error(law->error, all[i].pos,
						 "\"%s\" is a substance, not a class", id);
		}
	return TW_OK;
}

/* A name in small letters: two spellings that differ in case alone are one name. */
static char *folded(struct chemistry *law, const char *name)
{
	char *copy = arena_text(law->arena, name, strlen(name));
	for (char *c = copy; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

#define INDEX_NAMES "substances/index-names.tsv" /* need not be there */

static int enter_name(struct chemistry *law, struct table *seen, const struct chem_name *name)
{
	const struct chem_name *all = law->names.item;
	char *key = folded(law, name->text);
	if (!key)
		return error_memory(law->error);
	uint32_t before = table_find(seen, key);
	if (before == UINT32_MAX)
		return table_add(seen, law->arena, key, law->names.count) ? error_memory(law->error)
									  : TW_OK;
	const struct chem_name *first = &all[before];
	if (first->substance == name->substance)
		return law_error(law->error, name->pos, "\"%s\" is named before, in line %d",
				 name->text, first->pos.line);
	if (strcmp(first->kind, "ambiguous") || strcmp(name->kind, "ambiguous")) {
		const struct chem_substance *substances = law->substances.item;
		return law_error(
		    law->error, name->pos,
		    "\"%s\" names \"%s\" too, in line %d: mark both ambiguous if that is intended",
		    name->text, substances[first->substance].id, first->pos.line);
	}
	return TW_OK;
}

static int read_names(struct chemistry *law, struct table *seen, const char *path)
{
	static const char *const columns[] = {"substance", "name", "language", "kind", NULL};
	static const char *const kinds[] = {"name",     "abbreviation", "ambiguous", "alone",
					    "everyday", "trade",        NULL};
	struct tsv tsv;
	int unused;
	int code = tsv_read(&tsv, law->arena, law->folder, path, law->error);
	if (code || (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct chem_name name = {.text = chem_cell(&tsv, i, "name"),
					 .language = chem_cell(&tsv, i, "language"),
					 .kind = chem_cell(&tsv, i, "kind"),
					 .pos = chem_pos(&tsv, i, "name")};
		if (!*name.text || strlen(name.language) != 2)
			return law_error(law->error, name.pos,
					 "a name needs a text and a language: en, zh");
		if ((code = chem_find(&name.substance, law, &law->substance, "substance",
				      chem_cell(&tsv, i, "substance"),
				      chem_pos(&tsv, i, "substance"))) ||
		    (code = chem_choice(&unused, kinds, name.kind, chem_pos(&tsv, i, "kind"),
					law->error)) ||
		    (code = enter_name(law, seen, &name)))
			return code;
		const struct chem_substance *all = law->substances.item;
		bool equipment = all[name.substance].is_equipment;
		if (equipment != !strncmp(path, "equipment/", 10))
			return law_error(law->error, name.pos,
					 "names of equipment stand in equipment/names.tsv, all "
					 "others in substances/names.tsv");
		struct chem_name *slot = vector_add(&law->names, law->arena, sizeof *slot);
		if (!slot)
			return error_memory(law->error);
		*slot = name;
	}
	return TW_OK;
}

static int read_codes(struct chemistry *law, const char *path)
{
	static const char *const columns[] = {"code", "jurisdiction", "substance", "stands", NULL};
	static const char *const stands[] = {"only", "few", "among", NULL};
	struct tsv tsv;
	int code = tsv_read(&tsv, law->arena, law->folder, path, law->error);
	if (code || (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct chem_code made = {.text = chem_cell(&tsv, i, "code"),
					 .jurisdiction = chem_cell(&tsv, i, "jurisdiction")};
		struct law_pos pos = chem_pos(&tsv, i, "code");
		size_t digits = strlen(made.text);
		int how;
		if (digits < 6 || digits > 10 || strspn(made.text, "0123456789") != digits)
			return law_error(law->error, pos, "\"%s\" is not a code of 6 to 10 digits",
					 made.text);
		if ((code = chem_find(&made.substance, law, &law->substance, "substance",
				      chem_cell(&tsv, i, "substance"),
				      chem_pos(&tsv, i, "substance"))) ||
		    (code = chem_choice(&how, stands, chem_cell(&tsv, i, "stands"),
					chem_pos(&tsv, i, "stands"), law->error)))
			return code;
		made.low = strtoull(made.text, NULL, 10);
		made.high = made.low + 1;
		for (; digits < 10; digits++) {
			made.low *= 10;
			made.high *= 10;
		}
		made.stands = (uint32_t)how;
		struct chem_code *slot = vector_add(&law->codes, law->arena, sizeof *slot);
		if (!slot)
			return error_memory(law->error);
		*slot = made;
	}
	return TW_OK;
}

int chemistry_read(struct chemistry *law)
{
	const char **folder;
	struct table names = {0};
	size_t count;
	int code;
	if ((code = chemistry_read_units(law)) || (code = read_substances(law)) ||
	    (code = read_named_classes(law)) || (code = check_classes(law)) ||
	    (code = chemistry_read_equipment(law)) ||
	    (code = read_names(law, &names, "substances/names.tsv")) ||
	    (file_exists(law->folder, INDEX_NAMES) &&
	     (code = read_names(law, &names, INDEX_NAMES))) ||
	    (code = chemistry_read_salts(law)) || (code = read_codes(law, "substances/codes.tsv")))
		return code;
	if (file_exists(law->folder, "equipment/equipment.tsv") &&
	    ((code = read_names(law, &names, "equipment/names.tsv")) ||
	     (code = read_codes(law, "equipment/codes.tsv"))))
		return code;
	if (file_list(&folder, &count, law->arena, law->folder, ""))
		return error_memory(law->error);
	for (size_t i = 0; i < count; i++)
		if ((code = chemistry_read_controls(law, folder[i])) ||
		    (code = chemistry_read_penalties(law, folder[i])))
			return code;
	return TW_OK;
}
