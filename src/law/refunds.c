/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of law/<jurisdiction>/refunds/refunds.yaml apart from its
 * facts and tests. Decides nothing about an entry.
 */
#include "law/refunds.h"

#include "law/refund_read.h"

#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"
#include "law/file.h"

const char *const refund_confidence[] = {"high", "medium", "low", "contested", NULL};

int refund_cite(struct refund_read *s, const char *id, struct law_pos pos, uint32_t *out)
{
	int code = read_name(s->r, &s->r->instrument, "instrument", id, pos, out);
	uint32_t *cited = code ? NULL : read_add(s->r, &s->cited, sizeof *cited);
	if (cited)
		*cited = *out;
	return code ? code : cited ? TW_OK : TW_NO_MEMORY;
}

int refund_by(struct refund_read *s, const struct yaml_node *map, const char *key, bool needed,
	      uint32_t *out)
{
	const char *id = NULL;
	int code = needed ? read_needed(s->r, map, key, &id) : read_text(s->r, map, key, &id);
	*out = LAW_NONE;
	return code || !id ? code : refund_cite(s, id, yaml_get(map, key)->pos, out);
}

int refund_count(struct refund_read *s, const struct yaml_node *map, const char *key, int64_t *out)
{
	const char *text;
	char *end;
	int code = read_needed(s->r, map, key, &text);
	if (code)
		return code;
	*out = strtol(text, &end, 10);
	if (*end || !is_digit(*text) || *out < 1 || *out > 1000000000)
		return law_error(s->r->error, yaml_get(map, key)->pos,
				 "\"%s\" is not a number above 0", text);
	return TW_OK;
}

int refund_day(struct refund_read *s, const struct yaml_node *map, const char *key, int32_t *day,
	       uint32_t *by)
{
	const struct yaml_node *node = yaml_get(map, key);
	struct law_end end = {0, LAW_NONE};
	if (!node)
		return TW_OK;
	int code = read_end(s->r, node, s->timezone, LAW_NONE, &end);
	if (code)
		return code;
	if (end.by == LAW_NONE)
		return law_error(s->r->error, node->pos, "write {at: DAY, by: INSTRUMENT}");
	uint32_t *cited = read_add(s->r, &s->cited, sizeof *cited);
	if (!cited)
		return TW_NO_MEMORY;
	*cited = *by = end.by;
	*day = (int32_t)time_local_day((enum time_zone)time_zone_find(s->timezone), end.at);
	return TW_OK;
}

/* "001-999": the first and the last filer code of a form. */
static int read_filer(struct refund_read *s, const char *text, struct law_pos pos,
		      struct law_refund_filer *out)
{
	bool sound = strlen(text) == 7 && text[3] == '-';
	for (int i = 0; sound && i < 3; i++) {
		char a = text[i], b = text[i + 4];
		bool digits = is_digit(a) && is_digit(b);
		sound = digits || (a >= 'A' && a <= 'Z' && b >= 'A' && b <= 'Z');
		out->first[i] = a;
		out->last[i] = b;
	}
	if (!sound || memcmp(out->first, out->last, 3) > 0)
		return law_error(s->r->error, pos,
				 "\"%s\" is not a range of filer codes of one form: write 001-999 "
				 "or A0A-Z9Z",
				 text);
	return TW_OK;
}

static int read_number(struct refund_read *s, const struct yaml_node *node)
{
	static const char *const keys[] = {"by", "filer", "digits", "letters", NULL};
	const char *const *words = NULL;
	uint32_t count = 0;
	int64_t digits;
	int code;
	if ((code = yaml_only(node, keys, s->r->error)) ||
	    (code = refund_by(s, node, "by", true, &s->out->number_by)) ||
	    (code = refund_count(s, node, "digits", &digits)) ||
	    (code = read_needed(s->r, node, "letters", &s->out->letters)) ||
	    (code = read_words(s->r, yaml_get(node, "filer"), &words, &count)))
		return code;
	if (!count) /* NOLINTNEXTLINE: need() found the node */
		return law_error(s->r->error, node->pos, "key \"filer\" is missing");
	if (digits > 12)
		return law_error(s->r->error, yaml_get(node, "digits")->pos,
				 "an entry number has at most 12 digits behind its filer code");
	if (strlen(s->out->letters) != 26 || strspn(s->out->letters, "0123456789") != 26)
		return law_error(s->r->error, yaml_get(node, "letters")->pos,
				 "the values of A to Z are 26 digits");
	struct law_refund_filer *filers = read_take(s->r, count, sizeof *filers);
	if (!filers)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < count; i++)
		if ((code = read_filer(s, words[i], yaml_get(node, "filer")->pos, &filers[i])))
			return code;
	s->out->number_digits = (uint32_t)digits;
	s->out->filers = filers;
	s->out->filer_count = count;
	return TW_OK;
}

/* A mapping that must be there, with these keys alone. */
static int need(struct refund_read *s, const struct yaml_node *root, const char *key,
		const char *const *keys, const struct yaml_node **out)
{
	*out = yaml_get(root, key);
	if (!*out)
		return law_error(s->r->error, root->pos, "key \"%s\" is missing", key);
	return yaml_only(*out, keys, s->r->error);
}

static int read_rule(struct refund_read *s, const struct yaml_node *root, const char *key,
		     const char *number, struct law_refund_rule *out)
{
	const char *const keys[] = {
	    "by", "confidence", "say", number, strcmp(number, "target") != 0 ? NULL : "target_by",
	    NULL};
	const struct yaml_node *node;
	int confidence = LAW_HIGH, code;
	out->say = "";
	if ((code = need(s, root, key, keys, &node)) ||
	    (code = refund_by(s, node, "by", true, &out->by)) ||
	    (code = read_text(s->r, node, "say", &out->say)) ||
	    (code = read_choice(s->r, node, "confidence", refund_confidence, &confidence)))
		return code;
	out->confidence = (enum law_confidence)confidence;
	return strcmp(number, "say") != 0 ? refund_count(s, node, number, &out->number) : TW_OK;
}

static int read_chapters(struct refund_read *s, const struct yaml_node *root)
{
	static const char *const keys[] = {"by", "layers", "provisions", NULL};
	const struct yaml_node *node;
	int code;
	if ((code = need(s, root, "chapters", keys, &node)) ||
	    (code = refund_by(s, node, "by", true, &s->out->chapters_by)) ||
	    (code = refund_count(s, node, "layers", &s->out->layers)) ||
	    (code = refund_count(s, node, "provisions", &s->out->provisions)))
		return code;
	for (size_t i = 1; keys[i]; i++)
		if (strlen(yaml_get(node, keys[i])->scalar) > 2)
			return law_error(s->r->error, yaml_get(node, keys[i])->pos,
					 "a chapter is a number of two digits");
	return TW_OK;
}

static int read_upload(struct refund_read *s, const struct yaml_node *root)
{
	static const char *const keys[] = {"by", "name", "header", "entries", "bytes", NULL};
	const struct yaml_node *node;
	int code;
	if ((code = need(s, root, "upload", keys, &node)) ||
	    (code = refund_by(s, node, "by", true, &s->out->upload_by)) ||
	    (code = read_needed(s->r, node, "name", &s->out->upload)) ||
	    (code = read_needed(s->r, node, "header", &s->out->header)) ||
	    (code = refund_count(s, node, "entries", &s->out->entries)) ||
	    (code = refund_count(s, node, "bytes", &s->out->bytes)))
		return code;
	for (const char *c = s->out->header; *c; c++)
		if (*c < ' ' || *c > '~' || *c == ',' || *c == '"')
			return law_error(s->r->error, yaml_get(node, "header")->pos,
					 "the header of a file to upload is ASCII without commas");
	size_t length = strlen(s->out->upload);
	if (length > 16 ||
	    strspn(s->out->upload, "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
		return law_error(
		    s->r->error, yaml_get(node, "name")->pos,
		    "the name of files to upload is of at most 16 small letters, digits "
		    "and -");
	return TW_OK;
}

static int read_results(struct refund_read *s, const struct yaml_node *root)
{
	static const char *const keys[] = {"by", "taken", "refused", NULL};
	const struct yaml_node *node;
	int code;
	if ((code = need(s, root, "results", keys, &node)) ||
	    (code = refund_by(s, node, "by", true, &s->out->results_by)) ||
	    (code =
		 read_words(s->r, yaml_get(node, "taken"), &s->out->taken, &s->out->taken_count)))
		return code;
	return read_words(s->r, yaml_get(node, "refused"), &s->out->refused,
			  &s->out->refused_count);
}

static int read_rules(struct refund_read *s, const struct yaml_node *root)
{
	int code;
	if ((code = read_rule(s, root, "protest", "days", &s->out->protest)) ||
	    (code = read_rule(s, root, "suit", "say", &s->out->suit)) ||
	    (code = read_rule(s, root, "interest", "target", &s->out->interest)) ||
	    (code =
		 refund_by(s, yaml_get(root, "interest"), "target_by", true, &s->out->target.by)))
		return code;
	s->out->target.number = s->out->interest.number;
	s->out->target.say = "";
	return TW_OK;
}

static int read_root(struct refund_read *s, const struct yaml_node *root)
{
	static const char *const keys[] = {"refund",   "title",   "by",       "entry_number",
					   "facts",    "tests",   "accepted", "chapters",
					   "upload",   "results", "protest",  "suit",
					   "interest", "matters", NULL};
	const struct yaml_node *number = yaml_get(root, "entry_number");
	int code = yaml_only(root, keys, s->r->error);
	if (!code && !number)
		code = law_error(s->r->error, root->pos, "key \"entry_number\" is missing");
	if (code || (code = read_needed(s->r, root, "refund", &s->out->id)) ||
	    (code = read_needed(s->r, root, "title", &s->out->title)) ||
	    (code = refund_by(s, root, "by", true, &s->out->by)) ||
	    (code = read_number(s, number)) || (code = refund_facts(s, yaml_get(root, "facts"))) ||
	    (code = refund_tests(s, root)) || (code = read_rules(s, root)) ||
	    (code = read_chapters(s, root)) || (code = read_upload(s, root)) ||
	    (code = read_results(s, root)))
		return code;
	return refund_matters(s, yaml_get(root, "matters"));
}

int read_refunds(struct reader *r, uint32_t jurisdiction)
{
	const struct law_jurisdiction *j = r->law->jurisdictions + jurisdiction;
	char code[3] = {to_lower(j->code[0]), to_lower(j->code[1]), '\0'};
	struct refund_read s = {.r = r, .timezone = j->timezone};
	const char *name = arena_text(r->arena, code, 2), *path = NULL;
	struct yaml_node *root;
	int result;
	s.folder = name ? file_join(r->arena, name, "refunds") : NULL;
	path = s.folder ? file_join(r->arena, s.folder, "refunds.yaml") : NULL;
	s.out = read_take(r, 1, sizeof *s.out);
	if (!path || !s.out)
		return read_no_memory(r);
	if (!read_has(r, path))
		return TW_OK;
	if ((result = read_yaml(r, path, &root)))
		return result;
	if (r->law->refunds)
		return law_error(r->error, root->pos,
				 "another jurisdiction has refunds: one of them may");
	s.out->jurisdiction = jurisdiction;
	if ((result = read_root(&s, root)) || (result = refund_headings(&s)) ||
	    (result = refund_interest(&s)))
		return result;
	s.out->cited = s.cited.item;
	s.out->cited_count = s.cited.count;
	r->law->refunds = s.out;
	return refund_check(r);
}
