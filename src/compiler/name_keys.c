/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names to keys: each is folded, and the other ways in which chemists write it
 * are added. Numbers go to tables of their own. Runs when the law is compiled.
 */
#include "common/error.h"
#include "compiler/names_building.h"

#include "common/cas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

uint32_t building_text(struct building *b, const void *text, size_t length)
{
	uint32_t at = (uint32_t)b->texts.count;
	pool_take(&b->texts, text, length);
	pool_take(&b->texts, "", 1);
	return at;
}

int building_fail(struct building *b, int code, const char *message, const char *name)
{
	return error_set(b->error, code, "%s: '%.80s'", message, name);
}

static size_t letters_of(const struct fold *fold)
{
	size_t count = 0;
	for (size_t i = 0; i < fold->count; i++)
		if (fold->token[i].kind == FOLD_LETTER)
			count += fold->token[i + 1].start - fold->token[i].start;
	return count;
}

static bool all_latin(const struct fold *fold)
{
	for (size_t i = 0; i < fold->length; i++)
		if (fold->key[i] >= 128)
			return false;
	return true;
}

bool match_is_short(const char *name)
{
	struct fold fold;
	bool is_short = false;
	if (fold_new(&fold)) {
		fold_text(&fold, (struct tw_text){name, strlen(name)}, FOLD_GREEK_SPELLED);
		is_short = fold.length > 0 && all_latin(&fold) && letters_of(&fold) <= 4;
	}
	fold_free(&fold);
	return is_short;
}

/* One spelling of a name or word. */
int building_key(struct building *b, const char *text, uint64_t kinds, uint32_t substance,
		 uint32_t name)
{
	struct fold *fold = &b->fold;
	fold_text(fold, (struct tw_text){text, strlen(text)}, FOLD_GREEK_SPELLED);
	if (fold->length == 0)
		return building_fail(b, TW_BAD_LAW, "a name needs a letter or digit", text);
	if (fold->length > NAME_LENGTH)
		return building_fail(b, TW_BAD_LAW, "a name has at most 512 letters", text);
	bool latin = all_latin(fold), strict = kinds & WORD_STRICT;
	kinds &= ~WORD_STRICT;
	uint32_t blanks = 0;
	size_t letters = letters_of(fold);
	for (size_t i = 1; i < fold->count; i++)
		blanks += (fold->token[i].gap & GAP_SPACE) != 0;
	bool machine = kinds & WORD_MACHINE;
	if ((kinds & WORD_NAME) && !machine && latin && letters <= 4)
		kinds = (kinds & ~WORD_NAME) | WORD_ABBREVIATION;
	struct draft draft = {.text = building_text(b, fold->key, fold->length),
			      .length = (uint32_t)fold->length,
			      .kinds = kinds,
			      .substance = substance,
			      .name = name,
			      .tight =
				  !blanks && latin && !machine && fold->length < SECTION_LOOSE_KEY};
	if ((kinds & WORD_NAME) && !strict && !machine && latin && letters >= SECTION_NEAR_LETTERS)
		draft.near = blanks + 1;
	pool_take(&b->drafts, &draft, 1);
	return TW_OK;
}

/* Text with each occurrence of one spelling replaced; false when there is none or no room. */
static bool respell(char out[NAME_LENGTH * 2], const char *text, const char *from, const char *to)
{
	const char *hit = strstr(text, from);
	if (!hit || strlen(text) + strlen(to) >= NAME_LENGTH)
		return false;
	snprintf(out, NAME_LENGTH * 2, "%.*s%s%s", (int)(hit - text), text, to, hit + strlen(from));
	return true;
}

static bool is_piperidine(const char *text)
{
	return strstr(text, "piperid") || strstr(text, "哌啶");
}

/* "sodium hypophosphite", "sulfuric acid": written the other way round too. */
static bool turns_round(char out[NAME_LENGTH * 2], const char *text)
{
	static const char *const first[] = {"sodium",    "potassium", "calcium", "ammonium",
					    "magnesium", "manganese", "iron"};
	static const char *const second[] = {"acid", "anhydride"};
	const char *blank = strchr(text, ' ');
	if (!blank || strchr(blank + 1, ' ') || strpbrk(text, "0123456789-,()"))
		return false;
	bool turns = false;
	for (size_t i = 0; i < sizeof first / sizeof *first; i++)
		turns |= strlen(first[i]) == (size_t)(blank - text) &&
			 strncasecmp(text, first[i], strlen(first[i])) == 0;
	for (size_t i = 0; i < sizeof second / sizeof *second; i++)
		turns |= strcasecmp(blank + 1, second[i]) == 0;
	if (turns)
		snprintf(out, NAME_LENGTH * 2, "%s %.*s", blank + 1, (int)(blank - text), text);
	return turns;
}

/* The other ways to write the same name. */
static int add_spellings(struct building *b, const char *text, uint64_t kinds, uint32_t substance,
			 uint32_t name)
{
	static const char *const same[][2] = {
	    {"sulf", "sulph"},
	    {"Sulf", "Sulph"},
	    {"sulph", "sulf"},
	    {"Sulph", "Sulf"},
	    {"piperidone", "piperidinone"},
	    {"tert-butyl", "t-butyl"},
	    {"tert-Butyl", "t-Butyl"},
	    {"t-butyl", "tert-butyl"},
	    {"N-(", "N-["},
	    {"aluminum", "aluminium"},
	    {"hydrochloride", "HCl"},
	    {"propionamide", "propanamide"},
	    {"propanamide", "propionamide"},
	    {"butyramide", "butanamide"},
	    {"phenethyl", "(2-phenylethyl)"},
	    {"(2-phenylethyl)", "phenethyl"},
	    {"fluorofentanyl", "fluoro fentanyl"},
	    {"piperidin-4-amine", "4-piperidinamine"},
	    {"piperidin-4-one", "4-piperidone"},
	    {"piperidinyl", "piperidyl"},
	    {"piperidyl", "piperidinyl"},
	    {"amino", "azanyl"},
	    {"benzeneacet", "phenylacet"},
	    {"phenylacetate", "2-phenylacetate"},
	    {"phenylacetate", "alpha-toluate"},
	    {"phenylacetate", "alpha-phenylacetate"},
	    {"Phenylacetic acid", "alpha-toluic acid"},
	    {"aminobenzoate", "azanylbenzoate"},
	};
	int code = building_key(b, text, kinds, substance, name);
	char other[NAME_LENGTH * 2];
	for (size_t i = 0; !code && i < sizeof same / sizeof *same; i++)
		if (respell(other, text, same[i][0], same[i][1]))
			code = building_key(b, other, kinds, substance, name);
	if (!code && turns_round(other, text))
		code = building_key(b, other, kinds | WORD_STRICT, substance, name);
	/* The nitrogen of a piperidine is its place 1. */
	if (!code && is_piperidine(text) && strncmp(text, "N-", 2) == 0 &&
	    strncmp(text, "N-(", 3) != 0 && strncmp(text, "N-[", 3) != 0 &&
	    !strstr(text, "N-phenyl") && respell(other, text, "N-", "1-"))
		code = building_key(b, other, kinds, substance, name);
	else if (!code && is_piperidine(text) && strncmp(text, "1-", 2) == 0 &&
		 respell(other, text, "1-", "N-"))
		code = building_key(b, other, kinds, substance, name);
	return code;
}

static int add_cas(struct building *b, const struct match_name *name)
{
	uint64_t number;
	if (!cas_parse(&number, (struct tw_text){name->text, strlen(name->text)}))
		return building_fail(b, TW_BAD_LAW, "not a CAS number, or its check digit is wrong",
				     name->text);
	struct section_number row = {.number = number, .substance = name->substance};
	pool_take(&b->cas, &row, 1);
	return TW_OK;
}

static int add_un(struct building *b, const struct match_name *name)
{
	const char *digits = name->text;
	if (strncmp(digits, "UN", 2) == 0)
		digits += 2;
	if (strlen(digits) != 4 || strspn(digits, "0123456789") != 4)
		return building_fail(b, TW_BAD_LAW, "a UN number is written UN1715", name->text);
	struct section_number row = {.number = strtoul(digits, NULL, 10),
				     .substance = name->substance};
	pool_take(&b->un, &row, 1);
	return TW_OK;
}

static int add_inchikey(struct building *b, const struct match_name *name)
{
	const char *t = name->text;
	if (strlen(t) != 27 || t[14] != '-' || t[25] != '-' ||
	    strspn(t, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 14)
		return building_fail(b, TW_BAD_LAW, "an InChIKey has 14, 10 and 1 capital letters",
				     t);
	struct section_key row = {.substance = name->substance};
	memcpy(row.text, t, 28);
	pool_take(&b->inchikeys, &row, 1);
	return TW_OK;
}

/* A name of the ledger; a remark in brackets at its end is not part of it. */
static int add_name(struct building *b, const struct match_name *name)
{
	char text[NAME_LENGTH];
	if (strlen(name->text) >= sizeof text)
		return building_fail(b, TW_BAD_LAW, "a name has at most 511 bytes", name->text);
	strcpy(text, name->text);
	char *remark = strstr(text, " (");
	if (remark && remark > text && text[strlen(text) - 1] == ')' && !strchr(remark + 2, '('))
		*remark = '\0';
	uint32_t index = (uint32_t)b->names.count;
	uint32_t at = building_text(b, text, strlen(text));
	fold_text(&b->fold, (struct tw_text){text, strlen(text)}, FOLD_GREEK_SPELLED);
	uint32_t key = building_text(b, b->fold.key, b->fold.length);
	pool_take(&b->names, &at, 1);
	pool_take(&b->keys, &key, 1);
	pool_take(&b->owners, &name->substance, 1);
	if (name->kind == MATCH_MACHINE || name->kind == MATCH_MACHINE_WORD)
		return building_key(
		    b, text,
		    WORD_MACHINE | (name->kind == MATCH_MACHINE ? WORD_NAME : WORD_ABBREVIATION),
		    name->substance, index);
	uint64_t kinds = name->kind == MATCH_NAME       ? WORD_NAME
			 : name->kind == MATCH_STRICT   ? WORD_NAME | WORD_STRICT
			 : name->kind == MATCH_ALONE    ? WORD_ABBREVIATION | WORD_ALONE
			 : name->kind == MATCH_EVERYDAY ? WORD_ABBREVIATION | WORD_EVERYDAY
							: WORD_ABBREVIATION;
	return add_spellings(b, text, kinds, name->substance, index);
}

int building_names(struct building *b, const struct match_source *source)
{
	int code = TW_OK;
	for (size_t i = 0; !code && i < source->count; i++) {
		const struct match_name *name = &source->names[i];
		switch (name->kind) {
		case MATCH_NAME:
		case MATCH_STRICT:
		case MATCH_ABBREVIATION:
		case MATCH_MACHINE:
		case MATCH_MACHINE_WORD:
		case MATCH_ALONE:
		case MATCH_EVERYDAY:
			code = add_name(b, name);
			break;
		case MATCH_CAS:
			code = add_cas(b, name);
			break;
		case MATCH_UN:
			code = add_un(b, name);
			break;
		case MATCH_INCHIKEY:
			code = add_inchikey(b, name);
			break;
		default:
			code = building_fail(b, TW_BAD_ARGUMENT, "a name of no kind", name->text);
		}
	}
	return code;
}
