/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/kinds.h"

#include <string.h>

#include "common/ascii.h"
#include "parties/rows.h"

enum {
	ROOM = 160,  /* letters of a text in which phrases are looked for */
	LETTERS = 8, /* of a number of letters alone, at least: those of a BIC */
	PREFIX = 3   /* capitals that stand apart before a number: "AB 123 456" */
};

/* A text as phrases are written: small words with a blank between, and where each letter stood. */
struct words {
	char text[ROOM];
	size_t from[ROOM], length;
};

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || is_digit(c) || c == '\'';
}

static void fold(struct words *words, struct tw_text text)
{
	size_t length = 0, i = 0;
	for (; i < text.length && length + 2 < ROOM; i++) {
		char c = to_lower(text.at[i]);
		if (is_word(c) || (length && words->text[length - 1] != ' ')) {
			words->from[length] = i;
			words->text[length++] = is_word(c) ? c : ' ';
		}
	}
	words->from[length] = i;
	while (length && words->text[length - 1] == ' ')
		length--;
	words->text[length] = 0;
	words->length = length;
}

bool kinds_add(struct kinds *kinds, struct arena *arena, struct tw_text kind,
	       struct tw_text phrases)
{
	static const char *const roles[] = {[PHRASE_BEFORE] = "before",
					    [PHRASE_OTHER] = "other",
					    [PHRASE_NONE] = "none",
					    [PHRASE_LETTERS] = "letters",
					    [PHRASE_ALIAS] = "alias"};
	const char *name = arena_text(arena, kind.at, kind.length);
	struct tw_text part;
	enum phrase_role role = PHRASE_KIND;
	for (size_t i = PHRASE_BEFORE; name && i <= PHRASE_ALIAS; i++)
		if (!strcmp(name, roles[i]))
			role = (enum phrase_role)i;
	while (name && rows_part(&part, &phrases, ";")) {
		if (kinds->count == KINDS_PHRASES)
			return false;
		struct phrase *phrase = &kinds->phrase[kinds->count++];
		*phrase = (struct phrase){arena_text(arena, part.at, part.length), name,
					  part.length, role};
		if (!phrase->text)
			return false;
	}
	return name != NULL;
}

/* The longest phrase of a role that begins at a word. */
static const struct phrase *find(const struct kinds *kinds, enum phrase_role role, const char *text)
{
	const struct phrase *best = NULL;
	for (size_t i = 0; i < kinds->count; i++) {
		const struct phrase *phrase = &kinds->phrase[i];
		if (phrase->role != role || (best && phrase->length <= best->length) ||
		    strncmp(text, phrase->text, phrase->length) != 0)
			continue;
		if (!text[phrase->length] || text[phrase->length] == ' ')
			best = phrase;
	}
	return best;
}

/* Past a phrase and the blank behind it. */
static size_t past(const struct words *words, size_t at, const struct phrase *phrase)
{
	at += phrase->length;
	return at + (words->text[at] == ' ');
}

/* Where the first word stands that is not passed over. */
static size_t start(const struct kinds *kinds, const struct words *words)
{
	const struct phrase *before;
	size_t at = 0;
	while ((before = find(kinds, PHRASE_BEFORE, words->text + at)))
		at = past(words, at, before);
	return at;
}

const char *kinds_whole(const struct kinds *kinds, struct tw_text text)
{
	struct words words;
	fold(&words, text);
	size_t at = start(kinds, &words);
	const struct phrase *phrase = find(kinds, PHRASE_KIND, words.text + at);
	if (phrase && at + phrase->length == words.length)
		return phrase->kind;
	for (size_t i = 0; i < kinds->count; i++) /* as it is called here */
		if (kinds->phrase[i].role == PHRASE_KIND &&
		    !strcmp(words.text, kinds->phrase[i].kind))
			return kinds->phrase[i].kind;
	return NULL;
}

const char *kinds_begin(const struct kinds *kinds, struct tw_text text)
{
	struct words words;
	fold(&words, text);
	const struct phrase *phrase = find(kinds, PHRASE_KIND, words.text + start(kinds, &words));
	return phrase ? phrase->kind : NULL;
}

bool kinds_is_none(const struct kinds *kinds, struct tw_text text)
{
	struct words words;
	fold(&words, text);
	return find(kinds, PHRASE_NONE, words.text + start(kinds, &words)) != NULL;
}

static bool has_digit(struct tw_text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (is_digit(text.at[i]))
			return true;
	return false;
}

static bool is_capitals(struct tw_text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] < 'A' || text.at[i] > 'Z')
			return false;
	return text.length > 0;
}

bool kinds_fit(const struct kinds *kinds, const char *kind, struct tw_text number)
{
	if (has_digit(number))
		return true;
	for (size_t i = 0; i < kinds->count && number.length >= LETTERS; i++)
		if (kinds->phrase[i].role == PHRASE_LETTERS && !strcmp(kinds->phrase[i].text, kind))
			return is_capitals(number);
	return false;
}

/* Up to what ends a number, without what stands before it. */
static struct tw_text bounded(struct tw_text text)
{
	static const char before[] = " .:-,)#", after[] = "(,;";
	while (text.length && strchr(before, *text.at) && *text.at) {
		text.at++;
		text.length--;
	}
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] && strchr(after, text.at[i]))
			text.length = i;
	return text;
}

/*
 * The words with a digit that stand one behind the other, with short capitals before them; of a
 * wallet one word alone, for the currency stands before it. Else letters, where the kind has such.
 */
static struct tw_text number_in(const struct kinds *kinds, const char *kind, struct tw_text text)
{
	struct tw_text number = {text.at, 0}, word, prefix = {text.at, 0}, rest = bounded(text);
	bool is_one = !strcmp(kind, "wallet");
	while (rows_part(&word, &rest, " ")) {
		if (!has_digit(word)) {
			if (number.length)
				break;
			prefix = word;
			if (kinds_fit(kinds, kind, word))
				return word;
			continue;
		}
		if (!number.length) {
			bool joins = prefix.length && prefix.length <= PREFIX && !is_one &&
				     is_capitals(prefix) &&
				     prefix.at + prefix.length + 1 == word.at;
			number.at = joins ? prefix.at : word.at;
		}
		number.length = (size_t)(word.at + word.length - number.at);
		if (is_one)
			break;
	}
	return number;
}

static struct tw_text in_brackets(struct tw_text text)
{
	const char *open = text.length ? memchr(text.at, '(', text.length) : NULL;
	if (!open)
		return (struct tw_text){"", 0};
	size_t left = (size_t)(text.at + text.length - open - 1);
	const char *close = memchr(open, ')', left + 1);
	return (struct tw_text){open + 1, close ? (size_t)(close - open - 1) : left};
}

/* A word that a number follows, of a kind that is none of those known. */
static bool find_other(size_t *at, const struct kinds *kinds, const struct words *words)
{
	for (size_t i = 0; i < words->length; i++) {
		if (i && words->text[i - 1] != ' ')
			continue;
		const struct phrase *phrase = find(kinds, PHRASE_OTHER, words->text + i);
		if (!phrase)
			continue;
		*at = past(words, i, phrase);
		const char *end = strchr(words->text + *at, ' ');
		size_t length = end ? (size_t)(end - words->text) - *at : words->length - *at;
		if (has_digit((struct tw_text){words->text + *at, length}))
			return true;
	}
	return false;
}

bool kinds_prose(struct identifier *out, const struct kinds *kinds, struct tw_text part)
{
	struct words words;
	fold(&words, part);
	size_t at = start(kinds, &words);
	if (find(kinds, PHRASE_NONE, words.text + at))
		return false;
	const struct phrase *phrase = find(kinds, PHRASE_KIND, words.text + at), *more;
	*out = (struct identifier){.kind = phrase ? phrase->kind : ""};
	if (phrase) {
		at = past(&words, at, phrase);
		while ((more = find(kinds, PHRASE_OTHER, words.text + at)))
			at = past(&words, at, more);
	} else if (!find_other(&at, kinds, &words)) {
		return false;
	}
	struct tw_text rest = {part.at + words.from[at], part.length - words.from[at]};
	while (rest.length && *rest.at == ')') {
		rest.at++;
		rest.length--;
	}
	out->number = number_in(kinds, out->kind, rest);
	out->country = in_brackets(rest);
	return out->number.length > 0;
}

bool kinds_cells(struct identifier *out, const struct kinds *kinds, struct tw_text text)
{
	struct tw_text part, rest = text, letters = {"", 0};
	bool is_named = false;
	*out = (struct identifier){"", {"", 0}, {"", 0}};
	while (rows_part(&part, &rest, ",")) {
		const char *kind = kinds_whole(kinds, part);
		if (kind && !is_named) {
			out->kind = kind;
			is_named = true;
		} else if (has_digit(part) && !out->number.length) {
			out->number = part;
		} else if (part.length == 2) {
			out->country = part;
		} else if (!letters.length) {
			letters = part;
		}
	}
	if (!out->number.length && is_named)
		out->number = letters;
	if (is_named)
		return out->number.length > 0;
	/* "Driving licence No., 123, IR": the words before the number end in one that says so. */
	struct words words;
	fold(&words, text);
	size_t at;
	if (out->number.length && !find(kinds, PHRASE_NONE, words.text) &&
	    find_other(&at, kinds, &words))
		return true;
	return kinds_prose(out, kinds, text);
}

bool kinds_alias(struct tw_text *name, const struct kinds *kinds, struct tw_text part)
{
	struct words words;
	fold(&words, part);
	size_t at = start(kinds, &words);
	const struct phrase *phrase = find(kinds, PHRASE_ALIAS, words.text + at);
	if (!phrase)
		return false;
	const char *open = memchr(part.at, '"', part.length);
	if (!open && !(open = memchr(part.at, '\'', part.length)))
		return false;
	const char *end = part.at + part.length;
	const char *close = memchr(open + 1, *open, (size_t)(end - open - 1));
	*name = (struct tw_text){open + 1, (size_t)((close ? close : end) - open - 1)};
	return name->length > 0;
}

const char *kinds_next(const struct kinds *kinds, size_t *i)
{
	for (; *i < kinds->count; ++*i) {
		const struct phrase *phrase = &kinds->phrase[*i];
		if (phrase->role == PHRASE_KIND && (!*i || phrase[-1].kind != phrase->kind))
			return kinds->phrase[(*i)++].kind;
	}
	return NULL;
}
