/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layers of an InChI and the hash of an InChIKey, after the InChI
 * Technical Manual (IUPAC and InChI Trust, 2012): 14 letters of the formula,
 * connections, hydrogens and charge, 8 of the stereo layers, then the kind.
 */
#include "screen/inchi.h"

#include "common/sha256.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LAYER_LENGTH 1024
#define TEXT_LENGTH 2000
#define COMPONENTS 16

enum layer {
	FORMULA,
	CONNECTIONS,
	HYDROGENS,
	CHARGE,
	DOUBLE_BONDS,
	CENTRES,
	PARITY,
	SENSE,
	LAYERS
};
static const char LETTERS[LAYERS + 1] = " chqbtms";

struct layers {
	struct tw_text of[LAYERS];
	/* Each component's piece of each layer. */
	struct tw_text piece[COMPONENTS][LAYERS];
	size_t components;
	bool more; /* components than there is room for */
};

/* 14 bits as three capitals: no word begins with E, and none lies from TAA to TTV. */
static void three_letters(char *out, unsigned value)
{
	value += value >= 4 * 676u ? 676u : 0;
	value += value >= 19 * 676u ? 19 * 26u + 22u : 0;
	out[0] = (char)('A' + value / 676);
	out[1] = (char)('A' + value / 26 % 26);
	out[2] = (char)('A' + value % 26);
}

static unsigned bits_at(const uint8_t digest[32], unsigned from, unsigned count)
{
	unsigned value = 0;
	for (unsigned i = 0; i < count; i++)
		value |= (unsigned)(digest[(from + i) / 8] >> (from + i) % 8 & 1) << i;
	return value;
}

/* Words of three letters, then one of two. */
static void hash_letters(char *out, const char *text, bool twice, unsigned words)
{
	struct sha256 hash;
	uint8_t digest[32];
	sha256_begin(&hash);
	sha256_add(&hash, text, strlen(text));
	if (twice)
		sha256_add(&hash, text, strlen(text));
	sha256_end(digest, &hash);
	for (unsigned i = 0; i < words; i++)
		three_letters(out + 3 * i, bits_at(digest, 14 * i, 14));
	unsigned last = bits_at(digest, 14 * words, 9);
	out[3 * words] = (char)('A' + last / 26);
	out[3 * words + 1] = (char)('A' + last % 26);
}

static void add(char text[LAYER_LENGTH], const char *before, struct tw_text piece)
{
	size_t length = strlen(text);
	if (piece.length)
		snprintf(text + length, LAYER_LENGTH - length, "%s%.*s", before, (int)piece.length,
			 piece.at);
}

static void make_key(char key[28], const struct tw_text piece[LAYERS])
{
	char major[LAYER_LENGTH] = "", minor[LAYER_LENGTH] = "";
	for (int i = 0; i < LAYERS; i++) {
		char before[3] = {'/', LETTERS[i], '\0'};
		/* The marks of mirror images belong to centres. */
		if (i < DOUBLE_BONDS)
			add(major, i == FORMULA ? "" : before, piece[i]);
		else if (i < PARITY || piece[CENTRES].length)
			add(minor, before, piece[i]);
	}
	hash_letters(key, major, false, 4);
	key[14] = '-';
	hash_letters(key + 15, minor, strlen(minor) < 255, 2);
	memcpy(key + 23, "SA-N", 5);
}

/* The layers that say what it is; false at isotopes, whose layers repeat the others. */
static bool split_layers(struct layers *out, struct tw_text text)
{
	int last = -1;
	for (size_t at = 0; at <= text.length;) {
		const char *from = text.at + at;
		const char *slash = memchr(from, '/', text.length - at);
		size_t length = slash ? (size_t)(slash - from) : text.length - at;
		at += length + 1;
		if (last < 0) {
			out->of[FORMULA] = (struct tw_text){from, length};
			last = FORMULA;
			continue;
		}
		if (length && (from[0] == 'i' || from[0] == 'f' || from[0] == 'r'))
			return from[0] != 'i';
		const char *letter = length ? memchr(LETTERS + 1, from[0], LAYERS - 1) : NULL;
		if (letter)
			out->of[letter - LETTERS] = (struct tw_text){from + 1, length - 1};
	}
	return true;
}

/* "2*" or, in a formula, "2" before a piece: so many times. */
static unsigned repeats(struct tw_text *piece, bool formula)
{
	size_t i = 0;
	unsigned count = 0;
	while (i < piece->length && i < 3 && piece->at[i] >= '0' && piece->at[i] <= '9')
		count = count * 10 + (unsigned)(piece->at[i++] - '0');
	if (i == 0 || (!formula && (i == piece->length || piece->at[i] != '*')))
		return 1;
	i += !formula;
	*piece = (struct tw_text){piece->at + i, piece->length - i};
	return count;
}

/* One layer to its components; their number. */
static size_t split_components(struct layers *all, enum layer layer)
{
	struct tw_text text = all->of[layer];
	char sign = layer == FORMULA ? '.' : ';';
	size_t count = 0;
	for (size_t at = 0; at <= text.length && text.length;) {
		const char *from = text.at + at;
		const char *end = memchr(from, sign, text.length - at);
		struct tw_text piece = {from, end ? (size_t)(end - from) : text.length - at};
		at += piece.length + 1;
		for (unsigned n = repeats(&piece, layer == FORMULA); n > 0; n--) {
			all->more = all->more || count == COMPONENTS;
			if (count == COMPONENTS)
				break;
			all->piece[count++][layer] = piece;
		}
	}
	return count;
}

/* "/m10.": one mark a component with a point for none. */
static void split_parity(struct layers *all)
{
	size_t component = 0;
	for (size_t i = 0; i < all->of[PARITY].length && component < all->components; i++) {
		const char *mark = all->of[PARITY].at + i;
		all->piece[component++][PARITY] = (struct tw_text){mark, *mark != '.'};
	}
	for (size_t i = 0; i < all->components; i++)
		all->piece[i][SENSE] = all->of[SENSE];
}

static void weigh(struct inchi_part *part, struct tw_text formula)
{
	part->heavy = 0;
	part->organic = false;
	for (size_t i = 0; i < formula.length;) {
		char first = formula.at[i++];
		bool small = i < formula.length && formula.at[i] >= 'a' && formula.at[i] <= 'z';
		unsigned count = 0;
		i += small;
		while (i < formula.length && formula.at[i] >= '0' && formula.at[i] <= '9' &&
		       count < 10000)
			count = count * 10 + (unsigned)(formula.at[i++] - '0');
		if (first < 'A' || first > 'Z' || (first == 'H' && !small))
			continue;
		part->heavy += count ? count : 1;
		part->organic |= first == 'C' && !small;
	}
}

static bool may_stand(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	       (c && strchr("/(),;.*+-?", c));
}

/* Where the string ends in a text: a point or comma after it is the sentence's. */
static size_t extent(struct tw_text text)
{
	size_t length = 6;
	int open = 0;
	while (length < text.length && length < TEXT_LENGTH && may_stand(text.at[length])) {
		open += (text.at[length] == '(') - (text.at[length] == ')');
		if (open < 0)
			break;
		length++;
	}
	while (length > 6 && strchr(".,;-", text.at[length - 1]))
		length--;
	return length;
}

#define MANY "the InChI has more components than can be examined: give them one by one"

static void keep_parts(struct inchi *out, const struct layers *all)
{
	unsigned largest = 0;
	for (size_t i = 0; i < all->components; i++) {
		struct inchi_part part;
		weigh(&part, all->piece[i][FORMULA]);
		bool known = !part.organic;
		make_key(part.key, all->piece[i]);
		for (size_t k = 0; k < out->count; k++)
			known |= !strcmp(out->part[k].key, part.key);
		if (known)
			continue;
		if (out->count == INCHI_PARTS - 1) {
			out->wrong = MANY;
			return;
		}
		largest = part.heavy > largest ? part.heavy : largest;
		out->part[out->count++] = part;
	}
	/* A small partner of a larger part is its salt or solvent. */
	size_t kept = 0;
	for (size_t i = 0; i < out->count; i++)
		if (out->part[i].heavy * 2 >= largest)
			out->part[kept++] = out->part[i];
	out->count = kept;
}

bool inchi_read(struct inchi *out, struct tw_text text)
{
	struct layers all = {.components = 0};
	*out = (struct inchi){.wrong = NULL};
	if (text.length < 6 || strncasecmp(text.at, "InChI=", 6) != 0)
		return false;
	out->length = extent(text);
	size_t from = out->length > 8 && text.at[6] == '1' && text.at[7] == 'S' ? 8 : 7;
	if (out->length <= from + 1 || text.at[6] != '1' || text.at[from] != '/') {
		out->wrong = "an InChI begins InChI=1S/ and the formula";
		return true;
	}
	struct tw_text body = {text.at + from + 1, out->length - from - 1};
	if (memchr(body.at, '?', body.length) || out->length >= TEXT_LENGTH) {
		out->wrong = "the InChI is too long or incomplete";
		return true;
	}
	out->labelled = !split_layers(&all, body);
	all.components = split_components(&all, FORMULA);
	for (int i = CONNECTIONS; i <= CENTRES; i++)
		split_components(&all, (enum layer)i);
	split_parity(&all);
	struct inchi_part whole;
	weigh(&whole, all.of[FORMULA]);
	if (whole.heavy == 0 || (whole.heavy > 2 && !all.of[CONNECTIONS].length &&
				 !all.of[HYDROGENS].length && all.components == 1)) {
		out->wrong = "the InChI has no formula, or a formula and no connections";
		return true;
	}
	if (all.more)
		out->wrong = MANY;
	else
		keep_parts(out, &all);
	if (out->wrong)
		return true;
	make_key(whole.key, all.of);
	out->part[out->count++] = whole;
	return true;
}
