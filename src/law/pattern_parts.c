/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the parts of a pattern that looks for goods together: by what they are known. */
#include "law/pattern_read.h"

#include <string.h>

#include "common/ascii.h"

/* Ids of law/substances and law/equipment. */
static int check_substances(struct pattern_read *p, const struct yaml_node *node,
			    const struct law_words *words)
{
	uint32_t found;
	int code = TW_OK;
	for (uint32_t i = 0; i < words->count && !code; i++) {
		struct law_pos pos = node->kind == YAML_SCALAR ? node->pos : node->item[i]->pos;
		code = read_name(p->r, p->substances, "substance", words->word[i], pos, &found);
	}
	return code;
}

/* Words of descriptions, which are looked for in lower case. */
static int check_words(struct pattern_read *p, const struct yaml_node *node,
		       const struct law_words *words)
{
	for (uint32_t i = 0; i < words->count; i++) {
		struct law_pos pos = node->kind == YAML_SCALAR ? node->pos : node->item[i]->pos;
		if (strlen(words->word[i]) < 3)
			return law_error(p->r->error, pos,
					 "\"%s\" is too short to be looked for in descriptions",
					 words->word[i]);
		for (const char *c = words->word[i]; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				return law_error(p->r->error, pos,
						 "\"%s\": write words in small letters",
						 words->word[i]);
	}
	return TW_OK;
}

/* "2905.43" as digits. */
static int read_codes(struct pattern_read *p, const struct yaml_node *node, struct law_words *words)
{
	const char **codes = read_take(p->r, words->count, sizeof *codes);
	if (!codes)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < words->count; i++) {
		struct law_pos pos = node->kind == YAML_SCALAR ? node->pos : node->item[i]->pos;
		size_t length = strlen(words->word[i]);
		char *digits = arena_text(p->r->arena, words->word[i], length), *to = digits;
		if (!digits)
			return read_no_memory(p->r);
		for (const char *c = words->word[i]; *c; c++)
			if (*c != '.')
				*to++ = *c;
		*to = '\0';
		size_t count = strspn(digits, "0123456789");
		if (digits[count] || count < 4 || count > 10 || count % 2)
			return law_error(p->r->error, pos,
					 "\"%s\" is not a code of 4, 6, 8 or 10 digits",
					 words->word[i]);
		codes[i] = digits;
	}
	words->word = codes;
	return TW_OK;
}

static int read_list(struct pattern_read *p, const struct yaml_node *map, const char *key,
		     struct law_words *out)
{
	return read_words(p->r, yaml_get(map, key), &out->word, &out->count);
}

static int read_part(struct pattern_read *p, const struct yaml_node *node,
		     struct law_pattern_part *out)
{
	static const char *const keys[] = {"part",       "into",  "origins", "sent_from",
					   "substances", "words", "codes",   NULL};
	int code;
	if (node->kind != YAML_MAPPING)
		return law_error(p->r->error, node->pos,
				 "a part is written {part: NAME, substances: [...]}");
	if ((code = yaml_only(node, keys, p->r->error)) ||
	    (code = read_needed(p->r, node, "part", &out->name)) ||
	    (code = pattern_country(p, node, "into", &out->into)) ||
	    (code = pattern_countries(p, node, "origins", &out->origins)) ||
	    (code = pattern_countries(p, node, "sent_from", &out->sent_from)) ||
	    (code = read_list(p, node, "substances", &out->substances)) ||
	    (code = read_list(p, node, "words", &out->words)) ||
	    (code = read_list(p, node, "codes", &out->codes)))
		return code;
	bool is_road = *out->into || out->origins.asked || out->sent_from.asked;
	if (!is_road && !out->substances.count && !out->words.count && !out->codes.count)
		return law_error(p->r->error, node->pos,
				 "a part needs \"substances\", \"words\" or \"codes\", or a road: "
				 "\"into\", \"origins\", \"sent_from\"");
	if ((code = check_substances(p, yaml_get(node, "substances"), &out->substances)) ||
	    (code = check_words(p, yaml_get(node, "words"), &out->words)))
		return code;
	return read_codes(p, yaml_get(node, "codes"), &out->codes);
}

int pattern_parts(struct pattern_read *p)
{
	const struct yaml_node *node = yaml_get(p->root, "parts");
	if (!node)
		return law_error(p->r->error, p->root->pos, "key \"parts\" is missing");
	if (node->kind != YAML_SEQUENCE || node->count < 2 || node->count > PATTERN_PARTS)
		return law_error(p->r->error, node->pos, "\"parts\" is a list of 2 to %d parts",
				 PATTERN_PARTS);
	struct law_pattern_part *parts = read_take(p->r, node->count, sizeof *parts);
	int code = parts ? TW_OK : TW_NO_MEMORY;
	for (size_t i = 0; i < node->count && !code; i++)
		code = read_part(p, node->item[i], &parts[i]);
	p->out->parts = parts;
	p->out->part_count = (uint32_t)node->count;
	return code ? code : pattern_count(p, "least", true, p->out->part_count, &p->out->least);
}
