/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/name.h"

#include <string.h>
#include <utf8proc.h>

#include "common/ascii.h"
#include "common/utf8.h"

enum { POINTS = NAME_TEXT + 8, JOINED = 256 };

/* Of a code point that was folded. */
enum shape { SHAPE_NONE, SHAPE_LETTER, SHAPE_DIGIT, SHAPE_HAN, SHAPE_DROPPED };

struct work {
	struct name *name;
	const struct lexicon *lexicon;
	uint32_t point[POINTS];
	size_t count;
};

/* Letters that no decomposition brings to the alphabet. */
static uint32_t plain_letter(uint32_t point)
{
	static const struct {
		uint32_t from;
		char to;
	} letters[] = {{0xF8, 'o'},  {0x111, 'd'}, {0x127, 'h'}, {0x131, 'i'}, {0x142, 'l'},
		       {0x167, 't'}, {0xF0, 'd'},  {0xE6, 'a'},  {0x153, 'o'}, {0xFE, 't'}};
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].from == point)
			return (uint32_t)(unsigned char)letters[i].to;
	return point;
}

static void fold_point(struct work *work, uint32_t point)
{
	enum { ROOM = 32 };
	utf8proc_int32_t to[ROOM];
	int last = 0;
	const utf8proc_option_t how = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
				      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)point, to, ROOM, how, &last);
	for (utf8proc_ssize_t i = 0; i < n && i < ROOM; i++)
		if (work->count < POINTS)
			work->point[work->count++] =
			    lexicon_simplified(work->lexicon, plain_letter((uint32_t)to[i]));
}

/* The text as folded code points; a byte that is not UTF-8 is the letter of Windows-1252. */
static void fold(struct work *work, struct tw_text text)
{
	size_t at = 0;
	while (at < text.length && work->count < POINTS) {
		unsigned char c = (unsigned char)text.at[at];
		if (c < 0x80) {
			work->point[work->count++] = (unsigned char)to_lower((char)c);
			at++;
			continue;
		}
		size_t length = utf8_length(text.at + at, text.length - at);
		uint32_t point =
		    length ? utf8_decode(text.at + at, length) : utf8_of_windows_1252(c);
		if (point)
			fold_point(work, point);
		else
			work->point[work->count++] = ' ';
		at += length ? length : 1;
	}
	work->name->is_cut = at < text.length;
}

static bool is_han(uint32_t point)
{
	return (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3400 && point <= 0x4DBF);
}

static enum shape shape_beyond_ascii(uint32_t point)
{
	if (is_han(point))
		return SHAPE_HAN;
	if (point == 0x2019 || point == 0x2018 || point == 0x2BC || point == 0x2BB || point == 0xB4)
		return SHAPE_DROPPED;
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
	return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO ? SHAPE_LETTER
	       : category == UTF8PROC_CATEGORY_ND                                   ? SHAPE_DIGIT
										    : SHAPE_NONE;
}

static inline enum shape shape_of(uint32_t point)
{
	if (point - 'a' < 26)
		return SHAPE_LETTER;
	if (point >= 0x80)
		return shape_beyond_ascii(point);
	if (point - '0' < 10)
		return SHAPE_DIGIT;
	return point == '\'' || point == '`' ? SHAPE_DROPPED : SHAPE_NONE;
}

static uint32_t bag_of(uint32_t point)
{
	return UINT32_C(1) << (point & 31);
}

/* A new token with the text of these code points; NULL: no room, and the name is cut. */
static struct token *add(struct work *work, const uint32_t *point, size_t count)
{
	struct name *name = work->name;
	if (name->count == NAME_TOKENS || name->used + 4 * NAME_LETTERS + 1 > NAME_FOLDED) {
		name->is_cut = true;
		return NULL;
	}
	if (count > NAME_LETTERS) {
		count = NAME_LETTERS;
		name->is_cut = true;
	}
	struct token *token = &name->token[name->count++];
	char *to = name->text + name->used;
	size_t length = 0;
	uint32_t bag = 0;
	for (size_t i = 0; i < count; i++) {
		if (point[i] < 0x80)
			to[length++] = (char)point[i];
		else
			length += utf8_encode(to + length, point[i]);
		bag |= bag_of(point[i]);
	}
	to[length] = 0;
	name->used += length + 1;
	*token = (struct token){
	    .text = to, .length = (uint16_t)length, .letters = (uint16_t)count, .bag = bag};
	return token;
}

static void name_word(struct token *token, const struct word *word)
{
	token->word = word;
	token->kind = (uint8_t)word->kind;
	if (word->kind == WORD_LINK) /* it may be a syllable of a name, and stays as it is */
		return;
	token->text = word->name;
	token->length = (uint16_t)strlen(word->name);
	token->letters = token->length;
}

/* The sound of a token of characters; none where one of them has none. */
static void add_sound(struct work *work, struct token *token, const uint32_t *point, size_t count,
		      bool surname)
{
	enum { SYLLABLE = 7 };
	struct name *name = work->name;
	size_t start = name->used;
	token->is_han = true;
	if (start + count * SYLLABLE + 1 > NAME_FOLDED)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *sound = lexicon_sound(work->lexicon, point[i], surname && !i);
		size_t length = sound ? strlen(sound) : 0;
		if (!length || length >= SYLLABLE) {
			name->used = start;
			return;
		}
		memcpy(name->text + name->used, sound, length);
		name->used += length;
	}
	name->text[name->used] = 0;
	token->sound = name->text + start;
	token->sound_length = (uint16_t)(name->used++ - start);
}

static void add_characters(struct work *work, const uint32_t *point, size_t count, bool surname)
{
	struct token *token = count ? add(work, point, count) : NULL;
	if (!token)
		return;
	add_sound(work, token, point, token->letters, surname);
	if (surname && token->sound)
		token->surnames =
		    lexicon_surnames(work->lexicon, token->sound, token->sound_length);
}

/* The longest spelling of the tables that stands here. A single character is one only behind two
 * others: elsewhere it is part of a name. */
static const struct word *character_word(size_t *used, const struct work *work,
					 const uint32_t *point, size_t count, size_t pending,
					 bool first)
{
	char text[4 * 16];
	size_t most = lexicon_longest(work->lexicon);
	most = most > 16 ? 16 : most;
	for (size_t n = count < most ? count : most; n > 0; n--) {
		size_t length = 0;
		if (n == 1 && (first || pending == 1))
			break;
		for (size_t i = 0; i < n; i++)
			length += utf8_encode(text + length, point[i]);
		const struct spelling *spelling = lexicon_spelling(work->lexicon, text, length);
		if (spelling && spelling->word) {
			*used = n;
			return spelling->word;
		}
	}
	return NULL;
}

/* Chinese characters without a blank between them: words of the lexicon, and what is left. */
static void add_run(struct work *work, const uint32_t *point, size_t count, bool whole)
{
	size_t pending = 0, at = 0, used = 0;
	if (whole && count <= 4) {
		size_t surname = lexicon_surname_characters(work->lexicon, point, count);
		const struct word *word = character_word(&used, work, point, count, 0, true);
		if (surname && !(word && used > 1)) {
			add_characters(work, point, surname, true);
			add_characters(work, point + surname, count - surname, false);
			return;
		}
	}
	while (at < count) {
		const struct word *word =
		    character_word(&used, work, point + at, count - at, pending, !at);
		if (!word) {
			pending++;
			at++;
			continue;
		}
		add_characters(work, point + at - pending, pending, false);
		pending = 0;
		struct token *token = add(work, point + at, used);
		if (token)
			name_word(token, word);
		at += used;
	}
	add_characters(work, point + at - pending, pending, false);
}

/* Letters and digits as they stand, apostrophes left out; characters in runs. */
static void cut(struct work *work)
{
	uint32_t run[POINTS];
	size_t at = 0;
	while (at < work->count) {
		enum shape shape = shape_of(work->point[at]);
		size_t from = at, count = 0;
		if (work->point[at] == '&') {
			static const uint32_t and[] = {'a', 'n', 'd'};
			(void)add(work, and, 3);
		}
		if (shape == SHAPE_NONE || shape == SHAPE_DROPPED) {
			at++;
			continue;
		}
		for (; at < work->count; at++) {
			uint32_t point = work->point[at];
			enum shape next = shape_of(point);
			if (next == shape)
				run[count++] = point;
			else if (next != SHAPE_DROPPED)
				break;
		}
		if (shape == SHAPE_HAN) {
			add_run(work, run, count, !from && at == work->count);
			continue;
		}
		struct token *token = add(work, run, count);
		if (token && shape == SHAPE_DIGIT)
			token->kind = WORD_NUMBER;
	}
}

static bool is_single(const struct token *token)
{
	return token->length == 1 && token->kind == WORD_PLAIN && !token->word;
}

/* "S A" is SA: letters that stand alone, one behind the other. */
static void join_letters(struct name *name)
{
	size_t to = 0;
	for (size_t i = 0; i < name->count;) {
		size_t n = 0;
		while (i + n < name->count && is_single(&name->token[i + n]))
			n++;
		name->token[to] = name->token[i];
		if (n > 1 && name->used + n + 1 <= NAME_FOLDED) {
			char *text = name->text + name->used;
			for (size_t k = 0; k < n; k++) {
				text[k] = *name->token[i + k].text;
				name->token[to].bag |= name->token[i + k].bag;
			}
			text[n] = 0;
			name->used += n + 1;
			name->token[to].text = text;
			name->token[to].length = name->token[to].letters = (uint16_t)n;
			i += n;
		} else {
			i++;
		}
		to++;
	}
	name->count = to;
}

/* lü and nü, which are also written lv, lyu, nv, nyu. */
static void fold_umlaut(struct work *work, struct token *token)
{
	char text[NAME_LETTERS + 1];
	size_t length = 0;
	bool changed = false;
	if (token->length > NAME_LETTERS ||
	    (!(token->bag & bag_of('v')) && !(token->bag & bag_of('y'))))
		return;
	for (size_t i = 0; i < token->length; i++) {
		char c = token->text[i], before = i ? token->text[i - 1] : 0;
		bool after = before == 'l' || before == 'n';
		if (after && c == 'y' && i + 1 < token->length && token->text[i + 1] == 'u') {
			changed = true;
			continue;
		}
		changed = changed || (after && c == 'v');
		text[length++] = after && c == 'v' ? 'u' : c;
	}
	if (!changed || !lexicon_is_pinyin(work->lexicon, text, length))
		return;
	memcpy(work->name->text + (token->text - work->name->text), text, length);
	work->name->text[(size_t)(token->text - work->name->text) + length] = 0;
	token->length = token->letters = (uint16_t)length;
	token->bag = 0;
	for (size_t i = 0; i < length; i++)
		token->bag |= bag_of((unsigned char)text[i]);
}

/* A place of two syllables that are written apart (Wu Han). */
static const struct word *split_place(const struct work *work, const struct token *first)
{
	char text[2 * 12 + 1];
	if (first->length > 12 || first[1].length > 12 || first[1].kind != WORD_PLAIN ||
	    first[1].is_han || first[1].word)
		return NULL;
	memcpy(text, first->text, first->length);
	memcpy(text + first->length, first[1].text, first[1].length);
	const struct spelling *spelling =
	    lexicon_spelling(work->lexicon, text, (size_t)first->length + first[1].length);
	return spelling && spelling->word && spelling->word->kind == WORD_PLACE ? spelling->word
										: NULL;
}

/* The word of the tables that the most tokens from here on spell; `near`: with a typing error. */
static const struct word *phrase_at(size_t *tokens, bool *near, const struct work *work, size_t at)
{
	char text[JOINED];
	const struct name *name = work->name;
	const struct token *first = &name->token[at];
	const struct spelling *head = lexicon_spelling(work->lexicon, first->text, first->length);
	size_t longest = head ? head->longest : 0, ends[LEXICON_PHRASE + 1], length = 0, n = 0;
	for (; n < longest && at + n < name->count; n++) {
		const struct token *token = first + n;
		if (token->word || token->is_han || length + token->length + 1 >= JOINED)
			break;
		if (n)
			text[length++] = ' ';
		memcpy(text + length, token->text, token->length);
		ends[n + 1] = length += token->length;
	}
	for (; n > 0; n--) {
		const struct spelling *spelling =
		    n > 1 ? lexicon_spelling(work->lexicon, text, ends[n]) : head;
		if (spelling && spelling->word) {
			*tokens = n;
			return spelling->word;
		}
	}
	if (at + 1 < name->count) {
		const struct word *place = split_place(work, first);
		if (place) {
			*tokens = 2;
			return place;
		}
	}
	*tokens = 1;
	*near = true;
	return lexicon_near(work->lexicon, first->text, first->length);
}

/* Puts the words of the tables in the place of the tokens that spell them. */
static void find_words(struct work *work)
{
	struct name *name = work->name;
	size_t to = 0, used;
	for (size_t i = 0; i < name->count; i += used) {
		struct token token = name->token[i];
		bool near = false;
		used = 1;
		if (!token.word && !token.is_han && token.kind == WORD_PLAIN) {
			const struct word *word = phrase_at(&used, &near, work, i);
			if (word) {
				name_word(&token, word);
				token.is_near = near;
			} else {
				fold_umlaut(work, &token);
				token.surnames =
				    lexicon_surnames(work->lexicon, token.text, token.length);
			}
		}
		name->token[to++] = token;
	}
	name->count = to;
}

void name_read(struct name *name, const struct lexicon *lexicon, struct tw_text text)
{
	struct work work;
	work.name = name;
	work.lexicon = lexicon;
	work.count = 0;
	name->count = name->used = 0;
	name->is_cut = false;
	struct tw_text read = {text.at, text.length > NAME_TEXT ? NAME_TEXT : text.length};
	fold(&work, read);
	cut(&work);
	join_letters(name);
	find_words(&work);
	name->is_cut = name->is_cut || read.length < text.length;
}

size_t name_key(char *out, size_t room, struct tw_text text)
{
	size_t length = 0;
	for (size_t i = 0; i < text.length && length + 1 < room; i++) {
		char c = to_lower(text.at[i]);
		if ((c >= 'a' && c <= 'z') || is_digit(c) || (unsigned char)c >= 0x80)
			out[length++] = c;
	}
	if (room)
		out[length] = 0;
	return length;
}
