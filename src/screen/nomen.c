/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finding systematic names in a text: where one may begin and end, the ways in
 * which it is written (turned round in an index, as an ester of two words),
 * and its structure.
 */
#include "screen/nomen.h"

#include "common/ascii.h"

#include "screen/nomen_grammar.h"
#include "screen/nomen_parts.h"

#include <string.h>
#include <strings.h>

/* The text in the letters of the grammar, each with its place in the original. */
struct plain {
	char at[NOMEN_TEXT + 1];
	uint16_t from[NOMEN_TEXT + 1];
	size_t length;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool holds_stem(struct tw_text text)
{
	static const char *const stems[] = {"piper", "phen", "benz", "anil", "oxir",
					    "prop",  "acet", "tolu", "anth"};
	for (size_t i = 0; i + 4 <= text.length; i++) {
		char first = (char)(text.at[i] | 32);
		if (first != 'p' && first != 'b' && first != 'a' && first != 'o' && first != 't')
			continue;
		for (size_t k = 0; k < sizeof stems / sizeof *stems; k++)
			if (first == stems[k][0] && text.length - i >= strlen(stems[k]) &&
			    strncasecmp(text.at + i, stems[k], strlen(stems[k])) == 0)
				return true;
	}
	return false;
}

/* "nonyl phenylacetate", "acid, nonyl ester": a group, then a word in -ate or the word ester. */
static bool has_ester(struct tw_text text)
{
	const char *end = text.at + text.length, *blank = text.at;
	while ((blank = memchr(blank, ' ', (size_t)(end - blank)))) {
		const char *word = ++blank, *stop = word;
		if (word - text.at < 4 || (word[-2] | 32) != 'l' || (word[-3] | 32) != 'y')
			continue;
		while (stop < end && is_letter(*stop))
			stop++;
		if (stop - word >= 5 &&
		    (strncasecmp(stop - 3, "ate", 3) == 0 || strncasecmp(word, "ester", 5) == 0))
			return true;
	}
	return false;
}

bool nomen_hyphen(struct tw_text text, size_t at)
{
	char before = at > 0 ? text.at[at - 1] : ' ';
	char after = at + 1 < text.length ? text.at[at + 1] : ' ';
	bool locant = is_digit(before) || before == 'N' || before == 'n' || before == 'a';
	return (locant && (is_letter(after) || strchr("([{", after))) || strchr(" ,", after);
}

bool nomen_looks(struct tw_text text)
{
	if (!text.length)
		return false;
	const char *end = text.at + text.length, *dash = text.at;
	while ((dash = memchr(dash, '-', (size_t)(end - dash)))) {
		if (nomen_hyphen(text, (size_t)(dash - text.at)))
			return holds_stem(text);
		dash++;
	}
	return has_ester(text) && holds_stem(text);
}

static size_t put(struct plain *out, const char *text, size_t from)
{
	for (; *text && out->length < NOMEN_TEXT; text++) {
		out->from[out->length] = (uint16_t)from;
		out->at[out->length++] = *text;
	}
	return 0;
}

#define STEREO 40 /* bytes of a stereo descriptor at most */

/*
 * "(1r,2s)-", "((alpha)s)-", "(+/-)-", "(r*,s*)-": which way round in space. The
 * lists reach stereoisomers. The bytes of it, 0 when it says something else.
 */
static size_t stereo_length(const char *at, size_t length)
{
	static const char bare[] = "(-)";
	bool says = length >= 3 && memcmp(at, bare, 3) == 0;
	int depth = 0;
	size_t i = 0;
	for (; i < length && i < STEREO; i++) {
		char c = (char)(at[i] >= 'A' && at[i] <= 'Z' ? at[i] + 32 : at[i]);
		if (c == '(' || c == '[') {
			depth++;
		} else if (c == ')' || c == ']') {
			if (--depth == 0)
				break;
		} else if (length - i >= 5 && strncasecmp(at + i, "alpha", 5) == 0) {
			i += 4;
		} else if (length - i >= 4 && strncasecmp(at + i, "beta", 4) == 0) {
			i += 3;
		} else if (c && strchr("rsez+\xc2\xb1", c)) { /* and the two bytes of ± */
			says = true;
		} else if (!c || !strchr("0123456789*,-/'. ", c)) {
			return 0;
		}
	}
	if (depth != 0 || !says || i >= length)
		return 0;
	i++;
	if (length - i >= 4 && strncasecmp(at + i, "-rel", 4) == 0)
		i += 4;
	return i < length && at[i] == '-' ? i + 1 : 0;
}

/* Is a comma the one of an index name written without its blank, "amine,N-phenyl-"? */
static bool index_comma(const struct plain *out)
{
	size_t n = out->length;
	if (n < 6 || !is_letter(out->at[n - 1]) || !is_letter(out->at[n - 2]) ||
	    !is_letter(out->at[n - 3]))
		return false;
	return memcmp(out->at + n - 5, "alpha", 5) != 0 && memcmp(out->at + n - 4, "beta", 4) != 0;
}

/* One letter of the text, or a Greek one by its name; its bytes. */
static size_t one_letter(struct plain *out, struct tw_text text, size_t i)
{
	static const char *const spelled[][2] = {
	    {".alpha.", "alpha"}, {".beta.", "beta"}, {"α", "alpha"}, {"β", "beta"},
	    {"‐", "-"},           {"‑", "-"},         {"–", "-"},     {"′", "'"}};
	if (text.at[i] == ',' && i + 1 < text.length && text.at[i + 1] != ' ' && index_comma(out)) {
		put(out, ", ", i);
		return 1;
	}
	bool maybe = text.at[i] == '.' || (text.at[i] & 0x80);
	for (size_t k = 0; maybe && k < sizeof spelled / sizeof *spelled; k++) {
		size_t length = strlen(spelled[k][0]);
		if (text.length - i < length ||
		    strncasecmp(text.at + i, spelled[k][0], length) != 0)
			continue;
		put(out, spelled[k][1], i);
		return length;
	}
	char c[2] = {text.at[i], '\0'};
	c[0] = c[0] >= 'A' && c[0] <= 'Z' ? (char)(c[0] + 32) : c[0];
	c[0] = c[0] == '[' || c[0] == '{' ? '(' : c[0];
	c[0] = c[0] == ']' || c[0] == '}' ? ')' : c[0];
	put(out, c, i);
	return 1;
}

/* Lower case, one kind of bracket and hyphen, Greek letters by name, no stereo descriptors. */
static void make_plain(struct plain *out, struct tw_text text)
{
	size_t stereo = SIZE_MAX; /* where what is left out before the next letter begins */
	out->length = 0;
	for (size_t i = 0; i < text.length && i < NOMEN_TEXT;) {
		char c = text.at[i];
		size_t took =
		    c == '(' || c == '[' ? stereo_length(text.at + i, text.length - i) : 0;
		if (took) {
			stereo = stereo == SIZE_MAX ? i : stereo;
			i += took;
			if (out->length > 1 && out->at[out->length - 2] == ',' &&
			    (i == text.length || !is_letter(text.at[i])))
				out->length -= 2; /* it stood alone at an index name's end */
			continue;
		}
		size_t at = out->length;
		i += one_letter(out, text, i);
		if (stereo != SIZE_MAX && at < out->length)
			out->from[at] = (uint16_t)stereo;
		stereo = SIZE_MAX;
	}
	out->at[out->length] = '\0';
	out->from[out->length] = (uint16_t)(text.length < NOMEN_TEXT ? text.length : NOMEN_TEXT);
}

/* Where the word that begins here ends: brackets are whole, a comma joins unless a blank follows.
 */
static size_t word_end(const struct plain *text, size_t from)
{
	int depth = 0;
	size_t i = from;
	for (; i < text->length; i++) {
		char c = text->at[i];
		if (c == '(')
			depth++;
		else if (c == ')' && --depth < 0)
			break;
		else if (depth == 0 && (c == ' ' || c == ';' || c == '/' || c == ':' || c == '"'))
			break;
		else if (c == ',' && (text->at[i + 1] == ' ' || !text->at[i + 1]) && depth == 0)
			break;
	}
	while (i > from && text->at[i - 1] == '.')
		i--;
	return i;
}

static bool word_is(const struct plain *text, size_t from, const char *word)
{
	size_t length = strlen(word);
	return text->length - from >= length && memcmp(text->at + from, word, length) == 0 &&
	       !is_letter(text->at[from + length]);
}

static size_t after_acid(const struct plain *text, size_t end)
{
	return end < text->length && text->at[end] == ' ' && word_is(text, end + 1, "acid")
		   ? end + 5
		   : end;
}

/* "acid" to "ate" at the end of a parent. */
static bool make_ester(char *name, size_t size)
{
	size_t length = strlen(name);
	if (length < 7 || length + 1 > size || strcmp(name + length - 7, "ic acid") != 0)
		return false;
	strcpy(name + length - 7, "ate");
	return true;
}

/* "santalyl", "(2e)-3,7-dimethyl-2,6-octadienyl": the group of an alcohol by its ending. */
static bool is_any_group(const char *group)
{
	size_t length = strlen(group);
	int depth = 0;
	for (size_t i = 0; i < length; i++) {
		depth += group[i] == '(' ? 1 : group[i] == ')' ? -1 : 0;
		if (depth < 0 || group[i] == ' ')
			return false;
	}
	return depth == 0 && length >= 5 && !strstr(group, "alpha-") && !strstr(group, "hydroxy") &&
	       !strstr(group, "oxo") && memcmp(group + length - 2, "yl", 2) == 0 &&
	       strncmp(group, "di", 2) != 0 && strncmp(group, "tri", 3) != 0 &&
	       strncmp(group, "n-", 2) != 0 && strncmp(group, "n,", 2) != 0;
}

static bool structure_of(char smiles[NOMEN_SMILES], const char *name, const char *ester)
{
	return nomen_structure(smiles, NOMEN_SMILES, name, ester) ||
	       (ester && is_any_group(ester) &&
		nomen_structure(smiles, NOMEN_SMILES, name, NOMEN_ANY_GROUP));
}

/* "4-piperidone, 1-benzyl": a group with its place, the hyphen behind it left out. */
static bool is_placed(const struct plain *text, size_t from, size_t end)
{
	return end > from + 4 && is_digit(text->at[from]) && text->at[from + 1] == '-' &&
	       memcmp(text->at + end - 2, "yl", 2) == 0 && !is_letter(text->at[end]) &&
	       text->at[end] != ' ';
}

/* "parent, substituents-[, group ester]": the end of it, or 0 when it is no such name. */
static size_t turned(char smiles[NOMEN_SMILES], const struct plain *text, size_t from, size_t end)
{
	char name[NOMEN_TEXT * 2], ester[NOMEN_TEXT] = "";
	size_t used = 0, last = end, parent = end - from;
	for (int i = 0; i < 3 && text->at[last] == ',' && text->at[last + 1] == ' '; i++) {
		size_t piece = last + 2, stop = word_end(text, piece);
		bool hangs = stop > piece + 1 && text->at[stop - 1] == '-';
		if (used == 0 && (hangs || is_placed(text, piece, stop))) {
			used = stop - piece;
			memcpy(name, text->at + piece, used);
			if (!hangs)
				name[used++] = '-';
		} else if (text->at[stop] == ' ' && word_is(text, stop + 1, "ester")) {
			memcpy(ester, text->at + piece, stop - piece);
			ester[stop - piece] = '\0';
			stop += 6;
		} else {
			break;
		}
		last = stop;
	}
	if (last == end)
		return 0;
	memcpy(name + used, text->at + from, parent);
	name[used + parent] = '\0';
	if (*ester && !make_ester(name, sizeof name))
		return 0;
	return structure_of(smiles, name, *ester ? ester : NULL) ? last : 0;
}

/* A name of two words, an ester. */
static size_t two_words(char smiles[NOMEN_SMILES], const struct plain *text, size_t from,
			size_t end)
{
	char group[NOMEN_TEXT + 1], name[NOMEN_TEXT + 1];
	if (text->at[end] != ' ' || !is_letter(text->at[end - 1]))
		return 0;
	size_t stop = word_end(text, end + 1);
	if (stop < end + 4 || memcmp(text->at + stop - 3, "ate", 3) != 0)
		return 0;
	memcpy(group, text->at + from, end - from);
	group[end - from] = '\0';
	memcpy(name, text->at + end + 1, stop - end - 1);
	name[stop - end - 1] = '\0';
	return structure_of(smiles, name, group) ? stop : 0;
}

static size_t one_word(char smiles[NOMEN_SMILES], const struct plain *text, size_t from, size_t end)
{
	char name[NOMEN_TEXT + 1];
	memcpy(name, text->at + from, end - from);
	name[end - from] = '\0';
	return nomen_structure(smiles, NOMEN_SMILES, name, NULL) ? end : 0;
}

bool nomen_next(struct nomen_name *out, struct tw_text text, size_t from)
{
	struct plain plain;
	make_plain(&plain, text);
	for (size_t i = 0; i < plain.length; i++) {
		char before = i > 0 ? plain.at[i - 1] : ' ';
		if (plain.from[i] < from || !strchr(" ;:(/\"=,", before) ||
		    !(is_letter(plain.at[i]) || is_digit(plain.at[i]) || plain.at[i] == '('))
			continue;
		size_t end = word_end(&plain, i);
		if (end < i + 4)
			continue;
		size_t acid = after_acid(&plain, end), stop = turned(out->smiles, &plain, i, acid);
		if (!stop)
			stop = two_words(out->smiles, &plain, i, end);
		if (!stop)
			stop = one_word(out->smiles, &plain, i, acid);
		if (!stop)
			continue;
		out->from = plain.from[i];
		out->length = plain.from[stop] - out->from;
		return true;
	}
	return false;
}
