/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns programs: their files, their names, and what they set for their
 * measures. What a measure says is read in measures.c.
 */
#include "law/reader.h"

#include "law/file.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const program_keys[] = {"program",  "title",    "kind",  "order",   "void",
					   "yields",   "measures", "note",  "origins", "scope",
					   "when",     "from",     "until", "by",      "confidence",
					   "drawback", "ftz",      "whole", "color",   NULL};
/* In the order of enum law_color. */
static const char *const colors[] = {"violet", "grey", "blue", "vermilion", "ochre",
				     "green",  "sky",  "pink", NULL};
static const char *const kinds[] = {"duty",        "exemption", "entry", "fee",
				    "prohibition", "tax",       NULL};

static const struct {
	const char *name;
	enum law_kind kind;
} folders[] = {{"duties", LAW_KIND_DUTY},
	       {"exemptions", LAW_KIND_EXEMPTION},
	       {"entry", LAW_KIND_ENTRY},
	       {"fees", LAW_KIND_FEE},
	       {"taxes", LAW_KIND_TAX}};

static bool is_id(const char *id, const char *prefix)
{
	size_t n = strlen(prefix);
	return !strncmp(id, prefix, n) && id[n] == '.' && id[n + 1] &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(id);
}

int read_measure_name(struct reader *r, const struct yaml_node *node, uint32_t program)
{
	const char *prefix = ((struct law_program *)r->programs.item)[program].id, *id;
	if (node->kind != YAML_MAPPING)
		return law_error(r->error, node->pos, "a measure is written {id: …, from: …}");
	int code = read_needed(r, node, "id", &id);
	if (code)
		return code;
	struct law_pos pos = yaml_get(node, "id")->pos, first = {0};
	if (!is_id(id, prefix))
		return law_error(r->error, pos,
				 "\"%s\" does not begin with \"%s.\", or is not small "
				 "letters, digits, dots and -",
				 id, prefix);
	uint32_t before = table_find(&r->measure, id);
	if (before != LAW_NONE)
		first = ((struct law_measure *)r->measures.item)[before].pos;
	if ((code = read_enter(r, &r->measure, "measure", id, r->measures.count, pos, first)))
		return code;
	struct law_measure *slot = read_add(r, &r->measures, sizeof *slot);
	if (!slot)
		return TW_NO_MEMORY;
	slot->id = id;
	slot->program = program;
	slot->pos = node->pos;
	return TW_OK;
}

static int name_measures(struct reader *r, const struct yaml_node *measures, uint32_t program)
{
	int code = TW_OK;
	for (size_t i = 0; !code && i < measures->count; i++)
		code = read_measure_name(r, measures->item[i], program);
	return code;
}

static const char *folder_of(enum law_kind kind)
{
	for (size_t f = 0; f < sizeof folders / sizeof *folders; f++)
		if (folders[f].kind == kind)
			return folders[f].name;
	return "";
}

int read_program_name(struct reader *r, const struct yaml_node *root, uint32_t jurisdiction,
		      enum law_kind folder)
{
	const struct law_jurisdiction *j = r->law->jurisdictions + jurisdiction;
	char prefix[3] = {(char)tolower((unsigned char)j->code[0]),
			  (char)tolower((unsigned char)j->code[1]), 0};
	struct law_program made = {.jurisdiction = jurisdiction, .void_by = LAW_NONE};
	int code, kind = (int)folder;
	if ((code = yaml_only(root, program_keys, r->error)) ||
	    (code = read_needed(r, root, "program", &made.id)) ||
	    (code = read_needed(r, root, "title", &made.title)) ||
	    (code = read_choice(r, root, "kind", kinds, &kind)))
		return code;
	made.pos = yaml_get(root, "program")->pos;
	made.kind = (enum law_kind)kind;
	if (!is_id(made.id, prefix))
		return law_error(r->error, made.pos,
				 "\"%s\" does not begin with \"%s.\", or is not small "
				 "letters, digits, dots and -",
				 made.id, prefix);
	if (made.kind != folder && made.kind != LAW_KIND_PROHIBITION)
		return law_error(r->error, yaml_get(root, "kind")->pos,
				 "a program of the kind %s does not belong in %s/", kinds[kind],
				 folder_of(folder));
	const struct yaml_node *measures = yaml_get(root, "measures");
	if (!measures || measures->kind != YAML_SEQUENCE)
		return law_error(r->error, measures ? measures->pos : root->pos,
				 "a program holds a list of measures");
	uint32_t before = table_find(&r->program, made.id);
	struct law_pos first = {0};
	if (before != LAW_NONE)
		first = ((struct law_program *)r->programs.item)[before].pos;
	if ((code = read_enter(r, &r->program, "program", made.id, r->programs.count, made.pos,
			       first)))
		return code;
	made.measure_first = r->measures.count;
	made.measure_count = (uint32_t)measures->count;
	struct law_program *slot = read_add(r, &r->programs, sizeof *slot);
	struct draft *draft = slot ? read_add(r, &r->drafts, sizeof *draft) : NULL;
	if (!draft)
		return TW_NO_MEMORY;
	*slot = made;
	*draft = (struct draft){root, measures, folder_of(folder)};
	return name_measures(r, measures, r->programs.count - 1);
}

static int name_program(struct reader *r, const char *path, uint32_t jurisdiction, size_t folder)
{
	struct yaml_node *root;
	int code = read_yaml(r, path, &root);
	return code ? code : read_program_name(r, root, jurisdiction, folders[folder].kind);
}

int read_program_names(struct reader *r, uint32_t jurisdiction)
{
	const struct law_jurisdiction *j = r->law->jurisdictions + jurisdiction;
	char code[3] = {(char)tolower((unsigned char)j->code[0]),
			(char)tolower((unsigned char)j->code[1]), 0};
	for (size_t f = 0; f < sizeof folders / sizeof *folders; f++) {
		const char **name, *folder = file_join(r->arena, code, folders[f].name);
		size_t count;
		const char *full = folder ? file_join(r->arena, r->folder, folder) : NULL;
		if (!full || file_list(&name, &count, r->arena, full, ".yaml"))
			return read_no_memory(r);
		for (size_t i = 0; i < count; i++) {
			const char *path = file_join(r->arena, folder, name[i]);
			int result =
			    path ? name_program(r, path, jurisdiction, f) : read_no_memory(r);
			if (result)
				return result;
		}
	}
	return TW_OK;
}

static int read_order(struct reader *r, const struct yaml_node *root, int *out)
{
	const char *text = NULL;
	int code = read_text(r, root, "order", &text);
	if (code || !text)
		return code;
	if (!*text || strlen(text) > 6 || strspn(text, "0123456789") != strlen(text))
		return law_error(r->error, yaml_get(root, "order")->pos,
				 "\"%s\" is not a whole number", text);
	*out = (int)strtol(text, NULL, 10);
	return TW_OK;
}

static int read_void(struct reader *r, const struct yaml_node *root, const char *timezone,
		     struct law_program *program)
{
	static const char *const keys[] = {"by", "collected_until", NULL};
	const struct yaml_node *node = yaml_get(root, "void");
	const char *by, *until;
	int code;
	if (!node)
		return TW_OK;
	if ((code = yaml_only(node, keys, r->error)) || (code = read_needed(r, node, "by", &by)) ||
	    (code = read_needed(r, node, "collected_until", &until)) ||
	    (code = read_name(r, &r->instrument, "instrument", by, yaml_get(node, "by")->pos,
			      &program->void_by)))
		return code;
	return text_time(&program->void_collected_until, timezone, until,
			 yaml_get(node, "collected_until")->pos, r->error);
}

int read_program(struct reader *r, uint32_t index)
{
	struct law_program *program = (struct law_program *)r->programs.item + index;
	const struct draft *draft = (struct draft *)r->drafts.item + index;
	const char *timezone = r->law->jurisdictions[program->jurisdiction].timezone;
	int code, color = LAW_COLOR_VIOLET;
	if ((code = read_text(r, draft->root, "note", &program->note)) ||
	    (code = read_choice(r, draft->root, "color", colors, &color)) ||
	    (code = read_order(r, draft->root, &program->order)) ||
	    (code = read_void(r, draft->root, timezone, program)))
		return code;
	program->color = (enum law_color)color;
	const struct yaml_node *whole = yaml_get(draft->root, "whole");
	if (whole && (code = read_when(r, whole, timezone, program->kind, &program->whole)))
		return code;
	for (uint32_t i = 0; i < program->measure_count; i++) {
		struct law_measure *measure =
		    (struct law_measure *)r->measures.item + program->measure_first + i;
		if ((code = read_measure(r, program, draft, draft->measures->item[i], measure)))
			return code;
	}
	const struct yaml_node *yields = yaml_get(draft->root, "yields");
	return yields ? read_yields(r, program, yields) : TW_OK;
}

int read_programs(struct reader *r)
{
	for (uint32_t i = 0; i < r->programs.count; i++) {
		int code = read_program(r, i);
		if (code)
			return code;
	}
	r->law->programs = r->programs.item;
	r->law->program_count = r->programs.count;
	r->law->measures = r->measures.item;
	r->law->measure_count = r->measures.count;
	return TW_OK;
}
