/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compiling names to the matcher's section: folds each name, adds the other
 * ways in which chemists write it, reads the words of the law folder, builds
 * the tries and lays everything out. Runs when the law is compiled, never on
 * a line.
 */
#include "cas.h"
#include "file.h"
#include "section.h"
#include "tsv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_LENGTH 512
#define STRICT WORD_HOLDS /* beside the kinds of a name on its way: no typing error */

/* A growing array; failed stays set, so that one test at the end does. */
struct list {
	char *at;
	size_t count, capacity, element;
	bool failed;
};
/* A key on its way into the trie. */
struct draft {
	uint32_t text, length; /* in keys_text */
	uint32_t kinds, substance, name, near;
	bool tight;
};
struct building {
	struct list texts, drafts, names, keys, owners, cas, un, inchikeys;
	struct list prefix_endings, suffix_endings, derivative_endings, pairs, families, values,
	    entries;
	struct fold fold;
	struct tw_error *error;
};

static void *list_add(struct list *list, const void *element, size_t count)
{
	if (list->count + count > list->capacity) {
		size_t capacity = (list->count + count) * 2 + 64;
		char *at = realloc(list->at, capacity * list->element);
		if (!at) {
			list->failed = true;
			return NULL;
		}
		list->at = at;
		list->capacity = capacity;
	}
	void *to = list->at + list->count * list->element;
	if (element)
		memcpy(to, element, count * list->element);
	else
		memset(to, 0, count * list->element);
	list->count += count;
	return to;
}

static uint32_t add_text(struct building *b, const void *text, size_t length)
{
	uint32_t at = (uint32_t)b->texts.count;
	list_add(&b->texts, text, length);
	list_add(&b->texts, "", 1);
	return at;
}

static int fail(struct building *b, int code, const char *message, const char *name)
{
	if (b->error) {
		b->error->code = code;
		snprintf(b->error->message, sizeof b->error->message, "%s: '%.80s'", message, name);
	}
	return code;
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
static int add_key(struct building *b, const char *text, uint32_t kinds, uint32_t substance,
		   uint32_t name)
{
	struct fold *fold = &b->fold;
	fold_text(fold, (struct tw_text){text, strlen(text)}, FOLD_GREEK_SPELLED);
	if (fold->length == 0)
		return fail(b, TW_BAD_LAW, "a name needs a letter or digit", text);
	if (fold->length > NAME_LENGTH)
		return fail(b, TW_BAD_LAW, "a name has at most 512 letters", text);
	bool latin = all_latin(fold), strict = kinds & STRICT && kinds != WORD_HOLDS;
	if (strict)
		kinds &= ~STRICT;
	uint32_t blanks = 0;
	size_t letters = letters_of(fold);
	for (size_t i = 1; i < fold->count; i++)
		blanks += (fold->token[i].gap & GAP_SPACE) != 0;
	bool machine = kinds & WORD_MACHINE;
	if ((kinds & WORD_NAME) && !machine && latin && letters <= 4)
		kinds = (kinds & ~(unsigned)WORD_NAME) | WORD_ABBREVIATION;
	struct draft draft = {.text = add_text(b, fold->key, fold->length),
			      .length = (uint32_t)fold->length,
			      .kinds = kinds,
			      .substance = substance,
			      .name = name,
			      .tight =
				  !blanks && latin && !machine && fold->length < SECTION_LOOSE_KEY};
	if ((kinds & WORD_NAME) && !strict && !machine && latin && letters >= SECTION_NEAR_LETTERS)
		draft.near = blanks + 1;
	list_add(&b->drafts, &draft, 1);
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

/* The other ways to write the same name. */
static int add_spellings(struct building *b, const char *text, uint32_t kinds, uint32_t substance,
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
	};
	int code = add_key(b, text, kinds, substance, name);
	char other[NAME_LENGTH * 2];
	for (size_t i = 0; code == TW_OK && i < sizeof same / sizeof *same; i++)
		if (respell(other, text, same[i][0], same[i][1]))
			code = add_key(b, other, kinds, substance, name);
	/* The nitrogen of a piperidine is its place 1. */
	if (code == TW_OK && is_piperidine(text) && strncmp(text, "N-", 2) == 0 &&
	    strncmp(text, "N-(", 3) != 0 && strncmp(text, "N-[", 3) != 0 &&
	    !strstr(text, "N-phenyl") && respell(other, text, "N-", "1-"))
		code = add_key(b, other, kinds, substance, name);
	else if (code == TW_OK && is_piperidine(text) && strncmp(text, "1-", 2) == 0 &&
		 respell(other, text, "1-", "N-"))
		code = add_key(b, other, kinds, substance, name);
	return code;
}

static int add_cas(struct building *b, const struct match_name *name)
{
	uint64_t number;
	if (!cas_parse(&number, (struct tw_text){name->text, strlen(name->text)}))
		return fail(b, TW_BAD_LAW, "not a CAS number, or its check digit is wrong",
			    name->text);
	struct section_number row = {.number = number, .substance = name->substance};
	list_add(&b->cas, &row, 1);
	return TW_OK;
}

static int add_un(struct building *b, const struct match_name *name)
{
	const char *digits = name->text;
	if (strncmp(digits, "UN", 2) == 0)
		digits += 2;
	if (strlen(digits) != 4 || strspn(digits, "0123456789") != 4)
		return fail(b, TW_BAD_LAW, "a UN number is written UN1715", name->text);
	struct section_number row = {.number = strtoul(digits, NULL, 10),
				     .substance = name->substance};
	list_add(&b->un, &row, 1);
	return TW_OK;
}

static int add_inchikey(struct building *b, const struct match_name *name)
{
	const char *t = name->text;
	if (strlen(t) != 27 || t[14] != '-' || t[25] != '-' ||
	    strspn(t, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 14)
		return fail(b, TW_BAD_LAW, "an InChIKey has 14, 10 and 1 capital letters", t);
	struct section_key row = {.substance = name->substance};
	memcpy(row.text, t, 28);
	list_add(&b->inchikeys, &row, 1);
	return TW_OK;
}

/* A name of the ledger; a remark in brackets at its end is not part of it. */
static int add_name(struct building *b, const struct match_name *name)
{
	char text[NAME_LENGTH];
	if (strlen(name->text) >= sizeof text)
		return fail(b, TW_BAD_LAW, "a name has at most 511 bytes", name->text);
	strcpy(text, name->text);
	char *remark = strstr(text, " (");
	if (remark && remark > text && text[strlen(text) - 1] == ')' && !strchr(remark + 2, '('))
		*remark = '\0';
	uint32_t index = (uint32_t)b->names.count;
	uint32_t at = add_text(b, text, strlen(text));
	fold_text(&b->fold, (struct tw_text){text, strlen(text)}, FOLD_GREEK_SPELLED);
	uint32_t key = add_text(b, b->fold.key, b->fold.length);
	list_add(&b->names, &at, 1);
	list_add(&b->keys, &key, 1);
	list_add(&b->owners, &name->substance, 1);
	if (name->kind == MATCH_MACHINE || name->kind == MATCH_MACHINE_WORD)
		return add_key(b, text,
			       WORD_MACHINE |
				   (name->kind == MATCH_MACHINE ? WORD_NAME : WORD_ABBREVIATION),
			       name->substance, index);
	uint32_t kinds = name->kind == MATCH_NAME     ? WORD_NAME
			 : name->kind == MATCH_STRICT ? WORD_NAME | STRICT
			 : name->kind == MATCH_ALONE  ? WORD_ABBREVIATION | WORD_ALONE
						      : WORD_ABBREVIATION;
	return add_spellings(b, text, kinds, name->substance, index);
}

static int add_names(struct building *b, const struct match_source *source)
{
	int code = TW_OK;
	for (size_t i = 0; code == TW_OK && i < source->count; i++) {
		const struct match_name *name = &source->names[i];
		switch (name->kind) {
		case MATCH_NAME:
		case MATCH_STRICT:
		case MATCH_ABBREVIATION:
		case MATCH_MACHINE:
		case MATCH_MACHINE_WORD:
		case MATCH_ALONE:
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
			code = fail(b, TW_BAD_ARGUMENT, "a name of no kind", name->text);
		}
	}
	return code;
}

static const struct {
	const char *word;
	uint32_t kind;
} KINDS[] = {
    {"absent-before", WORD_ABSENT_BEFORE},
    {"absent-after", WORD_ABSENT_AFTER},
    {"about", WORD_ABOUT},
    {"prefix", WORD_PREFIX},
    {"suffix", WORD_SUFFIX},
    {"salt", WORD_SALT},
    {"plain", WORD_PLAIN},
    {"isomer", WORD_ISOMER},
    {"sign", WORD_SIGN},
    {"powder", WORD_POWDER},
    {"unit", WORD_UNIT},
    {"cas", WORD_CAS},
    {"un", WORD_UN},
    {"labelled", WORD_LABELLED},
    {"prefix-ending", WORD_PREFIX_ENDING},
    {"suffix-ending", WORD_SUFFIX_ENDING},
    {"derivative-ending", WORD_DERIVATIVE_ENDING},
    {"pair", WORD_PAIR},
    {"family", WORD_FAMILY},
    {"machine-sign", WORD_MACHINE_SIGN},
    {"machine-other", WORD_MACHINE_OTHER},
    {"join", WORD_JOIN},
    {"either", WORD_EITHER},
    {"about-before", WORD_ABOUT_BEFORE},
    {"gear", WORD_GEAR},
    {"for", WORD_FOR},
    {"empty", WORD_EMPTY},
    {"acid", WORD_ACID},
    {"compound", WORD_COMPOUND},
    {"metal", WORD_METAL},
    {"holds", WORD_HOLDS},
};

static int law_fail(struct building *b, struct law_pos pos, const char *message, const char *word)
{
	return law_error(b->error, pos, "%s: '%.80s'", message, word);
}

/* "peroxide", "hose": English words whose plural is the same word. */
static bool has_plural(const char *word, size_t length)
{
	return length >= 4 && length < NAME_LENGTH - 2 && (word[length - 1] & 128) == 0 &&
	       word[length - 1] != 's' && word[length - 1] != 'x';
}

static int add_word(struct building *b, const char *word, uint32_t kind)
{
	struct list *list = kind == WORD_PREFIX_ENDING       ? &b->prefix_endings
			    : kind == WORD_SUFFIX_ENDING     ? &b->suffix_endings
			    : kind == WORD_DERIVATIVE_ENDING ? &b->derivative_endings
			    : kind == WORD_PAIR              ? &b->pairs
							     : NULL;
	if (kind == WORD_FAMILY) {
		int code = add_key(b, word, kind, MATCH_NOTHING, UINT32_MAX);
		uint32_t key = add_text(b, b->fold.key, b->fold.length);
		list_add(&b->families, &key, 1);
		return code;
	}
	if (!list) {
		int code = add_key(b, word, kind, MATCH_NOTHING, UINT32_MAX);
		char plural[NAME_LENGTH];
		size_t length = strlen(word);
		if (code != TW_OK || (kind != WORD_SUFFIX && kind != WORD_GEAR) ||
		    !has_plural(word, length))
			return code;
		snprintf(plural, sizeof plural, "%.*ss", (int)length, word);
		return add_key(b, plural, kind, MATCH_NOTHING, UINT32_MAX);
	}
	uint32_t at = add_text(b, word, strlen(word));
	list_add(list, &at, 1);
	return TW_OK;
}

/* words.tsv: word, kind, note. Several kinds of a word are several rows. */
static int add_words(struct building *b, struct arena *arena, const char *folder, const char *path)
{
	struct tsv tsv;
	int code = tsv_read(&tsv, arena, folder, path, b->error);
	if (code != TW_OK)
		return code;
	int word = tsv_column(&tsv, "word"), kind = tsv_column(&tsv, "kind");
	struct law_pos pos = {tsv.path, 1, 0};
	if (word < 0 || kind < 0)
		return law_fail(b, pos, "the columns are word, kind and note", tsv.path);
	for (size_t i = 0; i < tsv.row_count; i++) {
		const char *const *row = tsv.cell + i * tsv.column_count;
		size_t k = 0;
		while (k < sizeof KINDS / sizeof *KINDS && strcmp(KINDS[k].word, row[kind]) != 0)
			k++;
		pos.line = tsv.line[i];
		if (k == sizeof KINDS / sizeof *KINDS)
			return law_fail(b, pos, "no such kind of word", row[kind]);
		if (KINDS[k].kind == WORD_PAIR && !strchr(row[word], '|'))
			return law_fail(b, pos, "a pair is written one|other", row[word]);
		code = add_word(b, row[word], KINDS[k].kind);
		if (code != TW_OK)
			return law_fail(b, pos, "a word needs a letter or digit", row[word]);
	}
	return TW_OK;
}

/* not-names.tsv: name, note. */
static int add_not_names(struct building *b, struct arena *arena, const char *folder,
			 const char *path)
{
	struct tsv tsv;
	int code = tsv_read(&tsv, arena, folder, path, b->error);
	if (code != TW_OK)
		return code;
	int name = tsv_column(&tsv, "name");
	if (name < 0)
		return law_fail(b, (struct law_pos){tsv.path, 1, 0},
				"the columns are name and note", tsv.path);
	for (size_t i = 0; i < tsv.row_count; i++) {
		code = add_key(b, tsv.cell[i * tsv.column_count + (size_t)name], WORD_OTHER,
			       MATCH_NOTHING, UINT32_MAX);
		if (code != TW_OK)
			return law_fail(b, (struct law_pos){tsv.path, tsv.line[i], 0}, "not a name",
					tsv.path);
	}
	return TW_OK;
}

static int compare_drafts(const void *x, const void *y, void *texts)
{
	const struct draft *a = x, *b = y;
	const char *sorting = texts;
	uint32_t least = a->length < b->length ? a->length : b->length;
	int order = memcmp(sorting + a->text, sorting + b->text, least);
	if (order == 0)
		order = (a->length > b->length) - (a->length < b->length);
	if (order == 0)
		order = (a->substance > b->substance) - (a->substance < b->substance);
	return order;
}

static int compare_numbers(const void *x, const void *y)
{
	const struct section_number *a = x, *b = y;
	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return (a->substance > b->substance) - (a->substance < b->substance);
}

static int compare_inchikeys(const void *x, const void *y)
{
	return strcmp(((const struct section_key *)x)->text, ((const struct section_key *)y)->text);
}

static void filter_add(uint64_t *filter, uint32_t bytes)
{
	uint32_t bit = section_filter(bytes);
	filter[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* First three bytes, where a shorter key may go on with anything; first four of longer keys. */
static void filter_start(struct section *section, const uint8_t *key, uint32_t length)
{
	uint32_t bytes = 0;
	for (uint32_t i = 0; i < 3 && i < length; i++)
		bytes |= (uint32_t)key[i] << 8 * i;
	if (length >= 3)
		filter_add(section->shorts, bytes);
	for (uint32_t byte = 0; length == 2 && byte < 256; byte++)
		filter_add(section->shorts, bytes | byte << 16);
	for (uint32_t pair = 0; length == 1 && pair < 65536; pair++)
		filter_add(section->shorts, bytes | pair << 8);
	if (length >= 4)
		filter_add(section->starts, bytes | (uint32_t)key[3] << 24);
}

/* Drafts, sorted, to values and entries; the tries' keys. Returns the forward count. */
static size_t merge(struct building *b, struct section *head, struct trie_key *forward,
		    struct trie_key *backward, uint8_t *mirror, size_t *backward_count)
{
	const struct draft *draft = (const struct draft *)(const void *)b->drafts.at;
	size_t count = 0, back = 0;
	for (size_t i = 0; i < b->drafts.count;) {
		const uint8_t *key = (const uint8_t *)b->texts.at + draft[i].text;
		uint32_t length = draft[i].length;
		struct section_value value = {.first = (uint32_t)b->entries.count, .tight = 1};
		size_t from = i;
		for (; i < b->drafts.count && draft[i].length == length &&
		       memcmp(b->texts.at + draft[i].text, key, length) == 0;
		     i++) {
			value.kinds |= draft[i].kinds;
			value.tight &= draft[i].tight;
			if (draft[i].near > value.near)
				value.near = draft[i].near;
			struct section_entry entry = {draft[i].substance, draft[i].name};
			bool repeated = i > from && draft[i - 1].substance == draft[i].substance &&
					value.count > 0;
			if (entry.name != UINT32_MAX && !repeated) {
				list_add(&b->entries, &entry, 1);
				value.count++;
			}
		}
		if (value.kinds & WORD_START)
			filter_start(head, key, length);
		uint32_t index = (uint32_t)b->values.count;
		list_add(&b->values, &value, 1);
		forward[count++] = (struct trie_key){key, length, index, value.near != 0};
		if (value.near && length > 4)
			filter_add(head->starts, (uint32_t)key[0] | (uint32_t)key[1] << 8 |
						     (uint32_t)key[2] << 16 |
						     (uint32_t)key[4] << 24);
		if (value.near && length >= 4) {
			for (uint32_t k = 0; k < length; k++)
				mirror[k] = key[length - 1 - k];
			filter_add(head->ends, (uint32_t)mirror[3] | (uint32_t)mirror[2] << 8 |
						   (uint32_t)mirror[1] << 16 |
						   (uint32_t)mirror[0] << 24);
			backward[back++] = (struct trie_key){mirror, length, index, true};
			mirror += length;
		}
	}
	*backward_count = back;
	return count;
}

static int compare_keys(const void *x, const void *y)
{
	const struct trie_key *a = x, *b = y;
	uint32_t least = a->length < b->length ? a->length : b->length;
	int order = memcmp(a->at, b->at, least);
	return order ? order : (a->length > b->length) - (a->length < b->length);
}

/* A name with more names on its way than a reading remembers, or NULL. The keys are sorted. */
static const struct trie_key *nested(const struct trie_key *key, size_t count,
				     const struct section_value *values)
{
	const struct trie_key *path[SECTION_NESTED];
	size_t depth = 0;
	for (size_t i = 0; i < count; i++) {
		if (!(values[key[i].value].kinds & WORD_START))
			continue;
		while (depth && (path[depth - 1]->length > key[i].length ||
				 memcmp(path[depth - 1]->at, key[i].at, path[depth - 1]->length)))
			depth--;
		if (depth == SECTION_NESTED)
			return &key[i];
		path[depth++] = &key[i];
	}
	return NULL;
}

static struct section_span put(struct list *out, const void *data, size_t count, size_t element)
{
	while (out->count % 16)
		list_add(out, "", 1);
	struct section_span span = {(uint32_t)out->count, (uint32_t)count};
	list_add(out, data, count * element);
	return span;
}

static struct section_span put_list(struct list *out, const struct list *list)
{
	return put(out, list->at ? list->at : "", list->at ? list->count : 0, list->element);
}

/* Everything in its place. */
static int lay_out(void **section, size_t *size, struct building *b)
{
	struct section head = {.magic = SECTION_MAGIC};
	struct list out = {.element = 1};
	size_t bytes = b->texts.count + 1, keys = b->drafts.count + 1, back = 0;
	struct trie_key *forward = calloc(keys, sizeof *forward);
	struct trie_key *backward = calloc(keys, sizeof *backward);
	uint8_t *mirror = malloc(bytes);
	struct trie_cell *first = NULL, *second = NULL;
	int code = TW_NO_MEMORY;
	if (!forward || !backward || !mirror)
		goto done;
	if (b->drafts.count)
		qsort_r(b->drafts.at, b->drafts.count, sizeof(struct draft), compare_drafts,
			b->texts.at);
	size_t count = merge(b, &head, forward, backward, mirror, &back);
	const struct trie_key *deep =
	    nested(forward, count, (const struct section_value *)b->values.at);
	if (deep) {
		char name[64];
		snprintf(name, sizeof name, "%.*s", (int)deep->length, (const char *)deep->at);
		code = fail(b, TW_BAD_LAW, "at most 32 names begin one longer name", name);
		goto done;
	}
	if (back)
		qsort(backward, back, sizeof *backward, compare_keys);
	uint32_t first_count, second_count;
	first = trie_build(&first_count, forward, count);
	second = trie_build(&second_count, backward, back);
	if (!first || !second)
		goto done;
	if (b->cas.count)
		qsort(b->cas.at, b->cas.count, b->cas.element, compare_numbers);
	if (b->un.count)
		qsort(b->un.at, b->un.count, b->un.element, compare_numbers);
	if (b->inchikeys.count)
		qsort(b->inchikeys.at, b->inchikeys.count, b->inchikeys.element, compare_inchikeys);
	list_add(&out, NULL, sizeof head);
	head.forward = put(&out, first, first_count, sizeof *first);
	head.backward = put(&out, second, second_count, sizeof *second);
	head.values = put_list(&out, &b->values);
	head.entries = put_list(&out, &b->entries);
	head.names = put_list(&out, &b->names);
	head.keys = put_list(&out, &b->keys);
	head.owners = put_list(&out, &b->owners);
	head.cas = put_list(&out, &b->cas);
	head.un = put_list(&out, &b->un);
	head.inchikeys = put_list(&out, &b->inchikeys);
	head.prefix_endings = put_list(&out, &b->prefix_endings);
	head.suffix_endings = put_list(&out, &b->suffix_endings);
	head.derivative_endings = put_list(&out, &b->derivative_endings);
	head.pairs = put_list(&out, &b->pairs);
	head.families = put_list(&out, &b->families);
	list_add(&b->texts, "", 1);
	head.texts = put_list(&out, &b->texts);
	while (out.count % 16)
		list_add(&out, "", 1);
	if (out.failed || b->texts.failed || b->values.failed || b->entries.failed)
		goto done;
	head.size = (uint32_t)out.count;
	memcpy(out.at, &head, sizeof head);
	*section = out.at;
	*size = out.count;
	out.at = NULL;
	code = TW_OK;
done:
	free(out.at);
	free(forward);
	free(backward);
	free(mirror);
	free(first);
	free(second);
	return code;
}

int match_build(void **section, size_t *size, const struct match_source *source,
		struct tw_error *error)
{
	struct building b = {.texts.element = 1,
			     .drafts.element = sizeof(struct draft),
			     .names.element = 4,
			     .keys.element = 4,
			     .owners.element = 4,
			     .cas.element = sizeof(struct section_number),
			     .un.element = sizeof(struct section_number),
			     .inchikeys.element = sizeof(struct section_key),
			     .prefix_endings.element = 4,
			     .suffix_endings.element = 4,
			     .derivative_endings.element = 4,
			     .pairs.element = 4,
			     .families.element = 4,
			     .values.element = sizeof(struct section_value),
			     .entries.element = sizeof(struct section_entry),
			     .error = error};
	struct list *const lists[] = {&b.texts,
				      &b.drafts,
				      &b.names,
				      &b.keys,
				      &b.owners,
				      &b.cas,
				      &b.un,
				      &b.inchikeys,
				      &b.prefix_endings,
				      &b.suffix_endings,
				      &b.derivative_endings,
				      &b.pairs,
				      &b.families,
				      &b.values,
				      &b.entries};
	struct arena *arena = arena_new();
	int code = TW_NO_MEMORY;
	bool failed = false;
	if (!fold_new(&b.fold) || !arena)
		goto done;
	code = add_names(&b, source);
	if (code == TW_OK)
		code = add_words(&b, arena, source->law_folder, "substances/words.tsv");
	if (code == TW_OK)
		code = add_not_names(&b, arena, source->law_folder, "substances/not-names.tsv");
	if (code == TW_OK && file_exists(arena, source->law_folder, "equipment/equipment.tsv")) {
		code = add_words(&b, arena, source->law_folder, "equipment/words.tsv");
		if (code == TW_OK)
			code =
			    add_not_names(&b, arena, source->law_folder, "equipment/not-names.tsv");
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		failed |= lists[i]->failed;
	if (code == TW_OK)
		code = failed ? TW_NO_MEMORY : lay_out(section, size, &b);
done:
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		free(lists[i]->at);
	fold_free(&b.fold);
	arena_free(arena);
	return code;
}
