/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns conditions: all, any, not, and the atoms that compare facts. Never
 * decides whether one holds.
 */
#include "law/reader.h"

#include <string.h>

enum value_kind {
	KIND_FLAG,
	KIND_WORD,
	KIND_COUNTRY,
	KIND_CODE,
	KIND_MONEY,
	KIND_NUMBER,
	KIND_PERCENT,
	KIND_TIME,
	KIND_FLAG_OR_WORD
};

static const struct fact_name {
	const char *name;
	enum law_fact fact;
	enum value_kind kind;
} fact_names[] = {
    {"value", LAW_FACT_VALUE, KIND_MONEY},
    {"retail_value", LAW_FACT_RETAIL_VALUE, KIND_MONEY},
    {"shipment_value", LAW_FACT_SHIPMENT_VALUE, KIND_MONEY},
    {"shipment_retail_value", LAW_FACT_SHIPMENT_RETAIL_VALUE, KIND_MONEY},
    {"day_shipments", LAW_FACT_DAY_SHIPMENTS, KIND_NUMBER},
    {"day_value", LAW_FACT_DAY_VALUE, KIND_MONEY},
    {"weight", LAW_FACT_WEIGHT, KIND_NUMBER},
    {"channel", LAW_FACT_CHANNEL, KIND_WORD},
    {"transport", LAW_FACT_TRANSPORT, KIND_WORD},
    {"entry_type", LAW_FACT_ENTRY_TYPE, KIND_WORD},
    {"ship_from", LAW_FACT_SHIP_FROM, KIND_COUNTRY},
    {"into", LAW_FACT_INTO, KIND_COUNTRY},
    {"origin", LAW_FACT_ORIGIN, KIND_COUNTRY},
    {"currency", LAW_FACT_CURRENCY, KIND_WORD},
    {"imported", LAW_FACT_IMPORTED, KIND_TIME},
    {"loaded", LAW_FACT_LOADED, KIND_TIME},
    {"departed", LAW_FACT_DEPARTED, KIND_TIME},
    {"it_date", LAW_FACT_IT_DATE, KIND_TIME},
    {"shipped", LAW_FACT_SHIPPED, KIND_TIME},
    {"entered", LAW_FACT_ENTERED, KIND_TIME},
    {"exempt", LAW_FACT_EXEMPT, KIND_FLAG},
    {"duty", LAW_FACT_DUTY, KIND_MONEY},
    {"additional", LAW_FACT_ADDITIONAL, KIND_MONEY},
};
#define FACT_NAMES (sizeof fact_names / sizeof *fact_names)

static const char *const channels[] = {"commercial", "express", "postal", NULL};
static const char *const transports[] = {"air", "vessel", "truck", "rail", NULL};

struct atom_scan {
	struct reader *r;
	struct law_pos pos;
	const char *timezone;
	enum law_kind kind;
	struct law_atom *atom;
};

/* A time may be claimed as well as given in its column; nothing else stands for a fact. */
bool is_fact(const char *name, enum law_claim_type type)
{
	for (size_t i = 0; i < FACT_NAMES; i++)
		if (!strcmp(fact_names[i].name, name))
			return fact_names[i].kind != KIND_TIME || type != LAW_CLAIM_TIME;
	return false;
}

static int find_fact(struct atom_scan *s, const char *name, enum law_fact *fact, uint32_t *claim,
		     enum value_kind *kind)
{
	static const enum value_kind of_claim[] = {[LAW_CLAIM_FLAG] = KIND_FLAG,
						   [LAW_CLAIM_AMOUNT] = KIND_MONEY,
						   [LAW_CLAIM_NUMBER] = KIND_NUMBER,
						   [LAW_CLAIM_PERCENT] = KIND_PERCENT,
						   [LAW_CLAIM_COUNTRY] = KIND_COUNTRY,
						   [LAW_CLAIM_TIME] = KIND_TIME,
						   [LAW_CLAIM_WORD] = KIND_WORD,
						   [LAW_CLAIM_CODE] = KIND_CODE,
						   [LAW_CLAIM_FLAG_OR_WORD] = KIND_FLAG_OR_WORD};
	char hint[160];
	struct nearest nearest = {.word = name};
	*claim = LAW_NONE;
	for (size_t i = 0; i < FACT_NAMES; i++) {
		nearest_try(&nearest, fact_names[i].name);
		if (strcmp(fact_names[i].name, name) != 0)
			continue;
		*fact = fact_names[i].fact;
		*kind = fact_names[i].kind;
		bool late = *fact == LAW_FACT_DUTY || *fact == LAW_FACT_ADDITIONAL;
		if ((late && (s->kind == LAW_KIND_DUTY || s->kind == LAW_KIND_PROHIBITION)) ||
		    (*fact == LAW_FACT_EXEMPT && s->kind != LAW_KIND_ENTRY &&
		     s->kind != LAW_KIND_FEE && s->kind != LAW_KIND_TAX))
			return law_error(
			    s->r->error, s->pos,
			    "\"%s\" is not known yet when this kind of program is decided", name);
		return TW_OK;
	}
	*claim = table_find(&s->r->claim, name);
	if (*claim != LAW_NONE) {
		*fact = LAW_FACT_CLAIM;
		*kind = of_claim[s->r->law->claims[*claim].type];
		return TW_OK;
	}
	for (uint32_t i = 0; i < s->r->law->claim_count; i++)
		nearest_try(&nearest, s->r->law->claims[i].name);
	return law_error(s->r->error, s->pos, "unknown claim or fact \"%s\"%s", name,
			 nearest_hint(&nearest, hint));
}

/* The word at *at, up to a blank or an operator. */
static const char *cut_word(struct atom_scan *s, const char **at)
{
	size_t n = strspn(*at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	const char *word = arena_text(s->r->arena, *at, n);
	*at += n;
	scan_blanks(at);
	return word;
}

static int one_of(struct atom_scan *s, const char *word, const char *const *words, uint32_t count)
{
	char hint[160];
	struct nearest nearest = {.word = word};
	for (uint32_t i = 0; i < count; i++) {
		if (!strcmp(words[i], word))
			return TW_OK;
		nearest_try(&nearest, words[i]);
	}
	return law_error(s->r->error, s->pos, "\"%s\" is not a word for this fact%s", word,
			 nearest_hint(&nearest, hint));
}

static int add_word(struct atom_scan *s, struct vector *words, const char *word)
{
	const char **slot = read_add(s->r, words, sizeof *slot);
	if (!slot)
		return TW_NO_MEMORY;
	*slot = word;
	return TW_OK;
}

static char *lower_copy(struct atom_scan *s, const char *text)
{
	char *copy = arena_text(s->r->arena, text, strlen(text));
	for (char *c = copy; c && *c; c++)
		*c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
	return copy;
}

/* A country, or every member of a group, in lower case. */
static int add_countries(struct atom_scan *s, struct vector *words, const char *word)
{
	struct reader *r = s->r;
	uint32_t index = table_find(&r->group, word);
	if (index == LAW_NONE) {
		int code = read_name(r, strlen(word) == 2 ? &r->country : &r->group,
				     strlen(word) == 2 ? "country" : "country or group", word,
				     s->pos, &index);
		return code ? code : add_word(s, words, lower_copy(s, word));
	}
	const struct law_origins *members = &r->law->groups[index].members;
	int code = TW_OK;
	for (uint32_t i = 0; i < r->law->country_count && !code; i++)
		if (members->bit[i / 64] >> i % 64 & 1)
			code = add_word(s, words, lower_copy(s, r->law->countries[i].iso2));
	return code;
}

static int add_code(struct atom_scan *s, struct vector *words, char *word)
{
	struct law_range range;
	int code = text_range(&range, word, s->pos, s->r->error);
	char *to = word;
	for (const char *from = word; *from; from++)
		if (*from != '.')
			*to++ = *from;
	*to = 0;
	return code ? code : add_word(s, words, word);
}

/* A word that a claim of the type country allows beside the countries. */
static bool is_own_word(const struct atom_scan *s, const char *text)
{
	if (s->atom->fact != LAW_FACT_CLAIM)
		return false;
	const struct law_claim *claim = &s->r->law->claims[s->atom->claim];
	for (uint32_t i = 0; i < claim->word_count; i++)
		if (!strcmp(claim->words[i], text))
			return true;
	return false;
}

static int add_value(struct atom_scan *s, struct vector *words, char *text, enum value_kind kind)
{
	const struct law_atom *atom = s->atom;
	int code = TW_OK;
	size_t n = strlen(text);
	while (n && text[n - 1] == ' ')
		text[--n] = 0;
	if (!n)
		return law_error(s->r->error, s->pos, "a word is missing in \"%s\"", atom->text);
	if (kind == KIND_COUNTRY && is_own_word(s, text))
		return add_word(s, words, lower_copy(s, text));
	if (kind == KIND_COUNTRY)
		return add_countries(s, words, text);
	if (kind == KIND_CODE)
		return add_code(s, words, text);
	char *word = lower_copy(s, text);
	if (!word)
		return read_no_memory(s->r);
	if (atom->fact == LAW_FACT_CHANNEL)
		code = one_of(s, word, channels, 3);
	else if (atom->fact == LAW_FACT_TRANSPORT)
		code = one_of(s, word, transports, 4);
	else if (atom->fact == LAW_FACT_CLAIM && s->r->law->claims[atom->claim].word_count)
		code = one_of(s, word, s->r->law->claims[atom->claim].words,
			      s->r->law->claims[atom->claim].word_count);
	return code ? code : add_word(s, words, word);
}

static int scan_words(struct atom_scan *s, const char *at, enum value_kind kind)
{
	struct law_atom *atom = s->atom;
	struct vector words = {0};
	size_t n = strlen(at);
	bool in = atom->op == LAW_OP_IN;
	if (kind == KIND_FLAG)
		return law_error(s->r->error, s->pos,
				 "a flag is yes or no: write the flag alone, or "
				 "{not: FLAG}");
	if (kind == KIND_MONEY || kind == KIND_NUMBER || kind == KIND_PERCENT || kind == KIND_TIME)
		return law_error(
		    s->r->error, s->pos,
		    "\"%s\": amounts, numbers and times take <, <=, >, >=", atom->text);
	if (in && (at[0] != '[' || at[n - 1] != ']'))
		return law_error(s->r->error, s->pos, "\"%s\": write FACT in [a, b]", atom->text);
	char *text = arena_text(s->r->arena, at + in, n - (in ? 2 : 0));
	if (!text)
		return read_no_memory(s->r);
	for (char *word = text; word;) {
		char *comma = in ? strchr(word, ',') : NULL;
		if (comma)
			*comma++ = 0;
		int code = add_value(s, &words, word + strspn(word, " "), kind);
		if (code)
			return code;
		word = comma;
	}
	if (!in && words.count > 1 && atom->op == LAW_OP_EQ)
		atom->op = LAW_OP_IN; /* "= eu": any member */
	else if (!in && words.count > 1)
		return law_error(s->r->error, s->pos, "write {not: \"FACT in [...]\"} for a group");
	atom->operand = LAW_OPERAND_WORDS;
	atom->words = words.item;
	atom->word_count = words.count;
	return TW_OK;
}

static bool same_kind(enum value_kind a, enum value_kind b)
{
	return a == b &&
	       (a == KIND_MONEY || a == KIND_NUMBER || a == KIND_TIME || a == KIND_PERCENT);
}

/* "20% of FACT" or "FACT". */
static int scan_share(struct atom_scan *s, const char *at, enum value_kind kind)
{
	struct law_atom *atom = s->atom;
	enum value_kind other;
	const char *name = cut_word(s, &at);
	if (!name)
		return read_no_memory(s->r);
	int code = find_fact(s, name, &atom->other, &atom->other_claim, &other);
	if (code)
		return code;
	if (*at || !same_kind(kind, other))
		return law_error(s->r->error, s->pos,
				 "\"%s\" does not compare two amounts, numbers or times",
				 atom->text);
	atom->operand = LAW_OPERAND_SHARE;
	return TW_OK;
}

static int scan_bound(struct atom_scan *s, const char *at, enum value_kind kind)
{
	struct law_atom *atom = s->atom;
	atom->number = (struct law_fraction){1, 1};
	if (kind == KIND_TIME && *at >= '0' && *at <= '9') {
		atom->operand = LAW_OPERAND_TIME;
		return text_time(&atom->number.num, s->timezone, at, s->pos, s->r->error);
	}
	if (kind != KIND_MONEY && kind != KIND_NUMBER && kind != KIND_PERCENT && kind != KIND_TIME)
		return law_error(s->r->error, s->pos, "\"%s\": words take =, != and in",
				 atom->text);
	bool sign = scan_money_sign(&at);
	if (!sign && !(*at >= '0' && *at <= '9'))
		return scan_share(s, at, kind);
	bool sound = scan_number(&at, &atom->number), percent = sound && scan_word(&at, "%");
	scan_blanks(&at);
	if (percent && scan_word(&at, "of ") && !sign)
		return fraction_scale(&atom->number, 1, 100)
			   ? scan_share(s, at, kind)
			   : law_error(s->r->error, s->pos, "\"%s\" is too long a number",
				       atom->text);
	sound =
	    sound && !*at && (!percent || kind == KIND_PERCENT) && (!sign || kind == KIND_MONEY);
	if (sound && kind == KIND_MONEY)
		sound = fraction_scale(&atom->number, TW_MONEY_UNIT, 1);
	atom->operand = kind == KIND_MONEY ? LAW_OPERAND_MONEY : LAW_OPERAND_NUMBER;
	if (!sound)
		return law_error(
		    s->r->error, s->pos,
		    "\"%s\": compare with a number, $amount, a time, 20%% of FACT or FACT",
		    atom->text);
	return TW_OK;
}

static int scan_atom(struct atom_scan *s, const char *at)
{
	static const struct {
		const char *sign;
		enum law_operator op;
	} operators[] = {{"!=", LAW_OP_NE}, {"<=", LAW_OP_LE}, {">=", LAW_OP_GE}, {"=", LAW_OP_EQ},
			 {"<", LAW_OP_LT},  {">", LAW_OP_GT},  {"in ", LAW_OP_IN}};
	struct law_atom *atom = s->atom;
	enum value_kind kind;
	scan_blanks(&at);
	bool said = scan_word(&at, "said ");
	const char *name = cut_word(s, &at);
	if (!name)
		return read_no_memory(s->r);
	int code = find_fact(s, name, &atom->fact, &atom->claim, &kind);
	if (code)
		return code;
	if (!*at) {
		atom->op = said ? LAW_OP_SAID : LAW_OP_YES;
		if (!said && kind != KIND_FLAG && kind != KIND_FLAG_OR_WORD)
			return law_error(s->r->error, s->pos,
					 "\"%s\" is not a flag: compare it, or write said %s", name,
					 name);
		return TW_OK;
	}
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		if (said || !scan_word(&at, operators[i].sign))
			continue;
		atom->op = operators[i].op;
		scan_blanks(&at);
		if (!*at)
			break;
		return atom->op >= LAW_OP_LT ? scan_bound(s, at, kind) : scan_words(s, at, kind);
	}
	return law_error(
	    s->r->error, s->pos,
	    "\"%s\" is not a condition: write FLAG, FACT = word, \"FACT in [a, b]\", FACT "
	    ">= 20%% of FACT, said FACT",
	    atom->text);
}

struct when_scan {
	struct reader *r;
	const char *timezone;
	enum law_kind kind;
};

static int scan_node(const struct when_scan *w, const struct yaml_node *node,
		     const struct law_node **out);

static int scan_children(const struct when_scan *w, const struct yaml_node *node,
			 struct law_node *out)
{
	size_t n = node->kind == YAML_SEQUENCE ? node->count : 1;
	const struct law_node **child = read_take(w->r, n, sizeof *child);
	if (!child)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		int code =
		    scan_node(w, node->kind == YAML_SEQUENCE ? node->item[i] : node, &child[i]);
		if (code)
			return code;
	}
	out->child = child;
	out->child_count = (uint32_t)n;
	return TW_OK;
}

static int scan_node(const struct when_scan *w, const struct yaml_node *node,
		     const struct law_node **out)
{
	static const char *const keys[] = {"all", "any", "not", NULL};
	static const enum law_node_kind kinds[] = {LAW_NODE_ALL, LAW_NODE_ANY, LAW_NODE_NOT};
	struct law_node *made = read_take(w->r, 1, sizeof *made);
	int code;
	if (!made)
		return TW_NO_MEMORY;
	*out = made;
	if (node->kind == YAML_SCALAR) {
		struct atom_scan s = {w->r, node->pos, w->timezone, w->kind, &made->atom};
		made->kind = LAW_NODE_ATOM;
		made->atom.claim = made->atom.other_claim = LAW_NONE;
		made->atom.text = node->scalar;
		return scan_atom(&s, node->scalar);
	}
	if (node->kind == YAML_SEQUENCE)
		return law_error(w->r->error, node->pos, "write {all: [...]} or {any: [...]}");
	if ((code = yaml_only(node, keys, w->r->error)))
		return code;
	if (node->count != 1)
		return law_error(w->r->error, node->pos, "one of all, any and not: nest them");
	for (int i = 0; keys[i]; i++)
		if (!strcmp(node->key[0]->scalar, keys[i]))
			made->kind = kinds[i];
	if (made->kind == LAW_NODE_NOT && node->item[0]->kind == YAML_SEQUENCE)
		return law_error(w->r->error, node->item[0]->pos, "not takes one condition");
	if (made->kind != LAW_NODE_NOT && node->item[0]->kind != YAML_SEQUENCE)
		return law_error(w->r->error, node->item[0]->pos,
				 "all and any take a list: [a, b]");
	return scan_children(w, node->item[0], made);
}

int read_when(struct reader *r, const struct yaml_node *node, const char *timezone,
	      enum law_kind kind, const struct law_node **out)
{
	struct when_scan w = {r, timezone, kind};
	return scan_node(&w, node, out);
}
