/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns claims: what a declarant states and what is assumed when he does not.
 * Does not know which measures turn on them.
 */
#include "common/quantity.h"
#include "law/reader.h"

#include "common/money.h"

#include <string.h>

static const char *const keys[] = {"type",   "title",        "assume", "unsaid", "about",
				   "remind", "remind_scope", "part",   "group",  "basis",
				   "spi",    "words",        "note",   NULL};
static const char *const types[] = {"flag", "amount", "number", "percent",      "country",
				    "time", "word",   "code",   "flag_or_word", NULL};

static int check_assume(struct reader *r, const struct law_claim *claim, struct law_pos pos)
{
	const char *text = claim->assume, *right = "";
	struct tw_text piece = {text, strlen(text)};
	tw_money money;
	int64_t number;
	bool sound = true;
	if (claim->type == LAW_CLAIM_FLAG)
		sound = !strcmp(text, "yes") || !strcmp(text, "no");
	else if (claim->type == LAW_CLAIM_AMOUNT)
		sound = money_parse(&money, piece, &right);
	else if (claim->type == LAW_CLAIM_NUMBER || claim->type == LAW_CLAIM_PERCENT)
		sound = quantity_parse(&number, piece, &right);
	else if (claim->type == LAW_CLAIM_COUNTRY)
		sound = table_find(&r->country, text) != LAW_NONE;
	if (!sound)
		return law_error(r->error, pos,
				 "\"%s\" cannot be assumed for a claim of the type %s%s%s", text,
				 types[claim->type], *right ? ": " : "", right);
	return TW_OK;
}

static int read_parts(struct reader *r, const struct yaml_node *node, struct law_claim *claim)
{
	int code;
	if ((code = read_text(r, node, "part", &claim->part)) ||
	    (code = read_text(r, node, "group", &claim->group)) ||
	    (code = read_words(r, yaml_get(node, "basis"), &claim->bases, &claim->basis_count)) ||
	    (code = read_words(r, yaml_get(node, "spi"), &claim->spi, &claim->spi_count)) ||
	    (code = read_words(r, yaml_get(node, "words"), &claim->words, &claim->word_count)) ||
	    (code = read_words(r, yaml_get(node, "remind_scope"), &claim->remind_scope,
			       &claim->remind_scope_count)))
		return code;
	if (claim->basis_count)
		claim->basis = claim->bases[0];
	for (uint32_t i = 0; i < claim->remind_scope_count; i++) {
		struct law_range range;
		if ((code = text_range(&range, claim->remind_scope[i],
				       yaml_get(node, "remind_scope")->pos, r->error)))
			return code;
	}
	if (claim->part && claim->type != LAW_CLAIM_AMOUNT)
		return law_error(r->error, yaml_get(node, "part")->pos,
				 "a part's value is an amount: write type: amount");
	if (claim->part && (!strcmp(claim->part, "value") || !strcmp(claim->part, "rest")))
		return law_error(r->error, yaml_get(node, "part")->pos,
				 "\"%s\" is not a part: name what the part is made of",
				 claim->part);
	if (claim->part && !claim->group)
		return law_error(r->error, yaml_get(node, "part")->pos,
				 "a part is of a group: add \"group\", the same for parts that lie "
				 "side by side");
	if (claim->group && !claim->part)
		return law_error(r->error, yaml_get(node, "group")->pos,
				 "a group is of parts: add \"part\"");
	if (claim->basis && claim->type != LAW_CLAIM_AMOUNT && claim->type != LAW_CLAIM_NUMBER)
		return law_error(r->error, yaml_get(node, "basis")->pos,
				 "a basis is an amount (a value) or a number (a quantity)");
	return TW_OK;
}

/*
 * A question of the law itself: whether something that is known to end went on.
 * Until the act is known both answers are tried, and the line says so.
 */
static int read_about(struct reader *r, const struct yaml_node *node, struct law_claim *claim)
{
	static const char *const words[] = {"goods", "law", NULL};
	static const char prefix[] = "not settled in the law: ";
	int code, about = 0;
	if ((code = read_choice(r, node, "about", words, &about)) || !about)
		return code;
	if (claim->type != LAW_CLAIM_FLAG || !claim->unknown_if_unsaid || !claim->assume)
		return law_error(r->error, yaml_get(node, "about")->pos,
				 "a question of the law is a flag with \"assume\" and \"unsaid: "
				 "unknown\"");
	char *title = arena_alloc(r->arena, sizeof prefix + strlen(claim->title), 1);
	if (!title)
		return read_no_memory(r);
	stpcpy(stpcpy(title, prefix), claim->title);
	claim->title = title;
	return TW_OK;
}

static bool is_claim_word(const char *text)
{
	return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text) &&
	       !(text[0] >= '0' && text[0] <= '9');
}

static int read_claim(struct reader *r, const struct yaml_node *key, const struct yaml_node *node)
{
	static const char *const unsaid[] = {"assume", "unknown", NULL};
	int code = yaml_only(node, keys, r->error), type = 0, unknown = 0;
	const char *text;
	if (code)
		return code;
	if (!is_claim_word(key->scalar))
		return law_error(r->error, key->pos,
				 "\"%s\" is not a claim: small letters, digits and _", key->scalar);
	struct law_claim *claim = read_add(r, &r->claims, sizeof *claim);
	if (!claim)
		return TW_NO_MEMORY;
	claim->name = key->scalar;
	claim->pos = key->pos;
	if ((code = read_needed(r, node, "type", &text)) ||
	    (code = read_choice(r, node, "type", types, &type)) ||
	    (code = read_needed(r, node, "title", &claim->title)) ||
	    (code = read_text(r, node, "assume", &claim->assume)) ||
	    (code = read_choice(r, node, "unsaid", unsaid, &unknown)) ||
	    (code = read_flag(r, node, "remind", &claim->remind)))
		return code;
	claim->type = (enum law_claim_type)type;
	claim->unknown_if_unsaid = unknown;
	if ((code = read_about(r, node, claim)))
		return code;
	if (is_fact(claim->name, claim->type))
		return law_error(r->error, key->pos,
				 "\"%s\" is a fact of every line: give the claim another name",
				 claim->name);
	if ((code = read_parts(r, node, claim)))
		return code;
	if (claim->part && claim->assume && !strcmp(claim->assume, "whole")) {
		claim->whole = true;
		claim->assume = NULL;
	}
	if (claim->assume && (code = check_assume(r, claim, yaml_get(node, "assume")->pos)))
		return code;
	return table_add(&r->claim, r->arena, claim->name, r->claims.count - 1) ? read_no_memory(r)
										: TW_OK;
}

/* A basis must lead to one claim. */
static int check_bases(struct reader *r)
{
	struct table seen = {0};
	const struct law_claim *claims = r->claims.item;
	for (uint32_t i = 0; i < r->claims.count; i++)
		for (uint32_t k = 0; k < claims[i].basis_count; k++) {
			uint32_t other = table_find(&seen, claims[i].bases[k]);
			if (other != LAW_NONE)
				return law_error(r->error, claims[i].pos,
						 "the basis \"%s\" is the claim %s's already",
						 claims[i].bases[k], claims[other].name);
			if (table_add(&seen, r->arena, claims[i].bases[k], i))
				return read_no_memory(r);
		}
	return TW_OK;
}

/* A value is laid out from its two ends, so its parts are of two groups at the most. */
static int check_groups(struct reader *r)
{
	struct law_claim *claims = r->claims.item;
	const char *group[2] = {NULL, NULL}, *whole = NULL;
	for (uint32_t i = 0; i < r->claims.count; i++) {
		struct law_claim *claim = &claims[i];
		int at = 0;
		if (!claim->part)
			continue;
		while (at < 2 && group[at] && strcmp(group[at], claim->group) != 0)
			at++;
		if (at == 2)
			return law_error(r->error, claim->pos,
					 "the group \"%s\" is a third one beside \"%s\" and "
					 "\"%s\": a value is divided in two ways at the most",
					 claim->group, group[0], group[1]);
		group[at] = claim->group;
		claim->group_number = (uint8_t)(at + 1);
		if (claim->whole && whole && strcmp(whole, claim->group) != 0)
			return law_error(r->error, claim->pos,
					 "parts of the group \"%s\" are assumed to be the whole "
					 "value already: only one group can be",
					 whole);
		whole = claim->whole ? claim->group : whole;
	}
	return TW_OK;
}

int read_claims(struct reader *r)
{
	static const char *const top[] = {"claims", "whole", NULL};
	struct yaml_node *root;
	int code = read_yaml(r, "claims.yaml", &root);
	if (code || (code = yaml_only(root, top, r->error)))
		return code;
	const struct yaml_node *claims = yaml_get(root, "claims");
	if (!claims || claims->kind != YAML_MAPPING)
		return law_error(r->error, root->pos,
				 "key \"claims\" is missing or holds no claims");
	for (size_t i = 0; i < claims->count; i++)
		if ((code = read_claim(r, claims->key[i], claims->item[i])))
			return code;
	if ((code = read_words(r, yaml_get(root, "whole"), &r->law->whole_bases,
			       &r->law->whole_basis_count)))
		return code;
	r->law->claims = r->claims.item;
	r->law->claim_count = r->claims.count;
	code = check_groups(r);
	return code ? code : check_bases(r);
}
