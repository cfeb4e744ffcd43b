/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Folding text. ASCII is classified sixteen bytes at a time and then taken a
 * token at a time; everything else goes through Unicode's tables (libutf8proc).
 */
#include "screen/fold.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define MARK_FIRST 0x300 /* combining marks that are dropped; kana's voicing marks stay */
#define MARK_LAST 0x36f

/* One byte of ASCII: folded letter or digit, kind, gap bits. */
struct ascii {
	uint8_t fold, kind;
	uint16_t gap;
};
#define UPPER(c)                                                                                   \
	{                                                                                          \
		(uint8_t)((c) + 32), FOLD_LETTER, 0                                                \
	}
#define LOWER(c)                                                                                   \
	{                                                                                          \
		(uint8_t)(c), FOLD_LETTER, 0                                                       \
	}
#define DIGIT(c)                                                                                   \
	{                                                                                          \
		(uint8_t)(c), FOLD_DIGIT, 0                                                        \
	}
#define OTHER                                                                                      \
	{                                                                                          \
		0, FOLD_NONE, GAP_OTHER                                                            \
	}
#define IS(bits)                                                                                   \
	{                                                                                          \
		0, FOLD_NONE, (bits)                                                               \
	}
#define FOUR(a, c) a(c), a((c) + 1), a((c) + 2), a((c) + 3)
#define OTHERS4 OTHER, OTHER, OTHER, OTHER
static const struct ascii ASCII[128] = {OTHERS4,
					OTHERS4,
					OTHER,
					IS(GAP_SPACE),
					IS(GAP_SPACE | GAP_OTHER),
					OTHER,
					OTHER,
					IS(GAP_SPACE),
					OTHER,
					OTHER,
					OTHERS4,
					OTHERS4,
					OTHERS4,
					OTHERS4,
					/*   ! " # */ IS(GAP_SPACE),
					OTHER,
					IS(GAP_PRIME),
					OTHER,
					/* $ % & ' */ OTHER,
					IS(GAP_PERCENT),
					OTHER,
					IS(GAP_PRIME),
					/* ( ) * + */ IS(GAP_OPEN),
					IS(GAP_CLOSE),
					OTHER,
					IS(GAP_PLUS),
					/* , - . / */ IS(GAP_COMMA),
					IS(GAP_HYPHEN),
					IS(GAP_DOT),
					IS(GAP_SLASH),
					FOUR(DIGIT, '0'),
					FOUR(DIGIT, '4'),
					DIGIT('8'),
					DIGIT('9'),
					OTHER,
					OTHER,
					OTHERS4,
					/* @ */ OTHER,
					UPPER('A'),
					UPPER('B'),
					UPPER('C'),
					FOUR(UPPER, 'D'),
					FOUR(UPPER, 'H'),
					FOUR(UPPER, 'L'),
					FOUR(UPPER, 'P'),
					FOUR(UPPER, 'T'),
					UPPER('X'),
					UPPER('Y'),
					UPPER('Z'),
					/* [ \ ] ^ _ ` */ IS(GAP_OPEN),
					IS(GAP_SLASH),
					IS(GAP_CLOSE),
					OTHER,
					IS(GAP_HYPHEN),
					IS(GAP_PRIME),
					LOWER('a'),
					LOWER('b'),
					LOWER('c'),
					FOUR(LOWER, 'd'),
					FOUR(LOWER, 'h'),
					FOUR(LOWER, 'l'),
					FOUR(LOWER, 'p'),
					FOUR(LOWER, 't'),
					LOWER('x'),
					LOWER('y'),
					LOWER('z'),
					/* { | } ~ */ IS(GAP_OPEN),
					OTHER,
					IS(GAP_CLOSE),
					OTHER,
					OTHER};

bool fold_new(struct fold *fold)
{
	memset(fold, 0, sizeof *fold);
	fold->key = malloc(FOLD_KEY + 80);
	fold->token = malloc((FOLD_KEY + 2) * sizeof *fold->token);
	return fold->key && fold->token;
}

void fold_free(struct fold *fold)
{
	free(fold->key);
	free(fold->token);
	memset(fold, 0, sizeof *fold);
}

#ifdef __SSE2__
/* Sixteen bytes: lower case, and which are letters, digits, not ASCII. */
static inline void classify(const uint8_t *in, uint8_t *lower, uint64_t out[3])
{
	__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)in);
	__m128i low = _mm_or_si128(bytes, _mm_set1_epi8(32));
	__m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
				       _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
	__m128i digit = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('0' - 1)),
				      _mm_cmplt_epi8(bytes, _mm_set1_epi8('9' + 1)));
	_mm_storeu_si128((__m128i *)(void *)lower, low);
	out[0] = (uint64_t)(unsigned)_mm_movemask_epi8(letter);
	out[1] = (uint64_t)(unsigned)_mm_movemask_epi8(digit);
	out[2] = (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}
#else
static inline void classify(const uint8_t *in, uint8_t *lower, uint64_t out[3])
{
	out[0] = out[1] = out[2] = 0;
	for (unsigned i = 0; i < 16; i++) {
		struct ascii a = ASCII[in[i] & 127];
		lower[i] = a.fold;
		out[0] |= (uint64_t)(a.kind == FOLD_LETTER) << i;
		out[1] |= (uint64_t)(a.kind == FOLD_DIGIT) << i;
		out[2] |= (uint64_t)(in[i] >> 7) << i;
	}
}
#endif

/* Up to 64 bytes of a text. */
struct block {
	uint64_t letters, digits, high;
	uint8_t lower[64 + 16];
};

static inline void classify_at(struct block *block, const uint8_t *in, size_t at)
{
	uint64_t bits[3];
	classify(in, block->lower + at, bits);
	block->letters |= bits[0] << at;
	block->digits |= bits[1] << at;
	block->high |= bits[2] << at;
}

static inline void read_block(struct block *block, const uint8_t *in, size_t length)
{
	size_t i = 0;
	block->letters = block->digits = block->high = 0;
	for (; i + 16 <= length; i += 16)
		classify_at(block, in + i, i);
	if (i == length)
		return;
	if (length >= 16) {
		classify_at(block, in + length - 16, length - 16);
		return;
	}
	uint8_t last[16] = {0};
	memcpy(last, in, length);
	classify_at(block, last, 0);
}

/* The tokens of a block that begins at byte base of the text; one may go on from the last. */
static inline void cut_block(struct fold *fold, const struct block *block, const uint8_t *in,
			     uint32_t base, unsigned *gap)
{
	uint64_t rest = block->letters | block->digits;
	uint32_t n = (uint32_t)fold->length, done = 0;
	struct fold_token *token = fold->token + fold->count;
	while (rest) {
		uint32_t i = (uint32_t)__builtin_ctzll(rest);
		bool letter = block->letters >> i & 1;
		uint64_t other = ~(letter ? block->letters : block->digits) >> i;
		uint32_t length = other ? (uint32_t)__builtin_ctzll(other) : 64 - i;
		uint8_t kind = letter ? FOLD_LETTER : FOLD_DIGIT;
		rest &= length == 64 ? 0 : ~(((UINT64_C(1) << length) - 1) << i);
		for (; done < i; done++)
			*gap |= ASCII[in[done]].gap;
		done = i + length;
		if (i == 0 && *gap == 0 && base > 0 && token[-1].kind == kind)
			token[-1].to = base + length;
		else
			*token++ = (struct fold_token){.start = n,
						       .from = base + i,
						       .to = base + done,
						       .gap = (uint16_t)*gap,
						       .kind = kind};
		*gap = 0;
		for (uint32_t k = 0; k < length; k += 16)
			memcpy(fold->key + n + k, block->lower + i + k, 16);
		n += length;
	}
	fold->length = n;
	fold->count = (size_t)(token - fold->token);
}

/* False when the text is not ASCII throughout. */
static bool fold_ascii(struct fold *fold, struct tw_text text)
{
	const uint8_t *in = (const uint8_t *)text.at;
	struct block block;
	unsigned gap = 0;
	fold->length = 0;
	fold->count = 0;
	for (size_t base = 0; base < text.length; base += 64) {
		size_t length = text.length - base < 64 ? text.length - base : 64;
		read_block(&block, in + base, length);
		if (block.high)
			return false;
		cut_block(fold, &block, in + base, (uint32_t)base, &gap);
		uint64_t words = block.letters | block.digits;
		size_t end = words ? 64 - (size_t)__builtin_clzll(words) : 0;
		for (; end < length; end++)
			gap |= ASCII[in[base + end]].gap;
	}
	fold->token[fold->count] = (struct fold_token){.start = (uint32_t)fold->length,
						       .from = (uint32_t)text.length,
						       .to = (uint32_t)text.length,
						       .gap = (uint16_t)gap};
	return true;
}

/* One folded code point on its way. */
struct piece {
	utf8proc_int32_t point;
	uint8_t latin; /* its Latin look-alike, 0 none */
	bool foreign;  /* Greek or Cyrillic */
	bool is_latin;
	uint8_t kind;
	uint32_t from, to;
};

/* Letters that look like Latin ones. Capitals first: Greek Ν is an n, ν a v. */
static const struct {
	utf8proc_int32_t point;
	char latin;
} ALIKE[] = {
    {0x391, 'a'}, {0x392, 'b'}, {0x395, 'e'}, {0x396, 'z'}, {0x397, 'h'}, {0x399, 'i'},
    {0x39a, 'k'}, {0x39c, 'm'}, {0x39d, 'n'}, {0x39f, 'o'}, {0x3a1, 'p'}, {0x3a4, 't'},
    {0x3a5, 'y'}, {0x3a7, 'x'}, {0x3b1, 'a'}, {0x3b5, 'e'}, {0x3b7, 'n'}, {0x3b9, 'i'},
    {0x3ba, 'k'}, {0x3bd, 'v'}, {0x3bf, 'o'}, {0x3c1, 'p'}, {0x3c4, 't'}, {0x3c5, 'u'},
    {0x3c7, 'x'}, {0x3f2, 'c'}, {0x3f9, 'c'}, {0x405, 's'}, {0x406, 'i'}, {0x408, 'j'},
    {0x410, 'a'}, {0x412, 'b'}, {0x415, 'e'}, {0x41a, 'k'}, {0x41c, 'm'}, {0x41d, 'h'},
    {0x41e, 'o'}, {0x420, 'p'}, {0x421, 'c'}, {0x422, 't'}, {0x423, 'y'}, {0x425, 'x'},
    {0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'}, {0x43a, 'k'}, {0x43c, 'm'}, {0x43d, 'h'},
    {0x43e, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'},
    {0x455, 's'}, {0x456, 'i'}, {0x458, 'j'}, {0x501, 'd'}, {0x51b, 'q'}, {0x51d, 'w'},
};

static const char *const GREEK[25] = {
    "alpha", "beta",   "gamma",   "delta", "epsilon", "zeta",    "eta",  "theta", "iota",
    "kappa", "lambda", "mu",      "nu",    "xi",      "omicron", "pi",   "rho",   "sigma",
    "sigma", "tau",    "upsilon", "phi",   "chi",     "psi",     "omega"};

/* Latin letters that Unicode does not take apart, dotless i among them. */
static utf8proc_int32_t plain_latin(utf8proc_int32_t point)
{
	switch (point) {
	case 0xf8:
		return 'o';
	case 0x111:
		return 'd';
	case 0x142:
		return 'l';
	case 0x131:
		return 'i';
	case 0x127:
		return 'h';
	default:
		return point;
	}
}

static uint8_t alike(utf8proc_int32_t point)
{
	if (point < 0x391 || point > 0x51d)
		return 0;
	for (size_t i = 0; i < sizeof ALIKE / sizeof *ALIKE; i++)
		if (ALIKE[i].point == point)
			return (uint8_t)ALIKE[i].latin;
	return 0;
}

/* The digit that a decimal number character of any script stands for, or -1. */
static int digit_of(utf8proc_int32_t point)
{
	static const utf8proc_int32_t zero[] = {'0',   0x660, 0x6f0, 0x7c0, 0x966,
						0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6,
						0xc66, 0xce6, 0xd66, 0xe50, 0xed0};
	for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
		if (point >= zero[i] && point <= zero[i] + 9)
			return (int)(point - zero[i]);
	return -1;
}

static bool is_han(utf8proc_int32_t point)
{
	return point == 0x3005 || point == 0x3007 || (point >= 0x3400 && point <= 0x4dbf) ||
	       (point >= 0x4e00 && point <= 0x9fff) || (point >= 0xf900 && point <= 0xfaff) ||
	       (point >= 0x20000 && point <= 0x3ffff);
}

/*
 * Thai, Lao, Burmese and Khmer are written without blanks, like Chinese: each
 * letter is a token, so that a name is found inside a run.
 */
static bool is_unspaced(utf8proc_int32_t point)
{
	return (point >= 0xe00 && point <= 0xeff) || (point >= 0x1000 && point <= 0x109f) ||
	       (point >= 0x1780 && point <= 0x17ff);
}

static bool is_kana(utf8proc_int32_t point)
{
	return point >= 0x3041 && point <= 0x30ff && point != 0x30fb;
}

static unsigned gap_of(utf8proc_int32_t point)
{
	if (point < 128)
		return point < 0 ? GAP_OTHER : ASCII[point].gap;
	if (point == 0x2212 || point == 0x2043 || point == 0x2796)
		return GAP_HYPHEN;
	if (point == 0x3001)
		return GAP_COMMA;
	if (point == 0x3002)
		return GAP_DOT | GAP_OTHER;
	if (point == 0xb7 || point == 0x2022 || point == 0x22c5 || point == 0x30fb)
		return GAP_DOT;
	if (point >= 0x2032 && point <= 0x2037)
		return GAP_PRIME;
	switch (utf8proc_category(point)) {
	case UTF8PROC_CATEGORY_PD:
		return GAP_HYPHEN;
	case UTF8PROC_CATEGORY_PS:
		return GAP_OPEN;
	case UTF8PROC_CATEGORY_PE:
		return GAP_CLOSE;
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
		return GAP_PRIME;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return GAP_SPACE;
	default:
		return point == 0xb1 ? GAP_PLUS : GAP_OTHER;
	}
}

/* What is being written: letters wait in a run until it is known how to read them. */
struct writer {
	struct fold *fold;
	enum fold_reading reading;
	unsigned gap, previous;
	struct piece run[64];
	size_t run_length;
};

static void put_byte(struct writer *w, uint8_t byte, const struct piece *piece)
{
	struct fold *fold = w->fold;
	if (fold->length >= FOLD_KEY) {
		fold->cut = true;
		return;
	}
	fold->key[fold->length++] = byte;
	fold->token[fold->count - 1].to = piece->to;
}

static void put_point(struct writer *w, const struct piece *piece)
{
	struct fold *fold = w->fold;
	bool single = piece->kind == FOLD_HAN || piece->kind == FOLD_KANA;
	if ((single || piece->kind != w->previous || w->gap) && fold->length < FOLD_KEY) {
		fold->token[fold->count++] = (struct fold_token){.start = (uint32_t)fold->length,
								 .from = piece->from,
								 .gap = (uint16_t)w->gap,
								 .kind = piece->kind};
		w->gap = 0;
	}
	w->previous = piece->kind;
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t count = utf8proc_encode_char(piece->point, bytes);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		put_byte(w, bytes[i], piece);
}

static void put_word(struct writer *w, struct piece piece, const char *word)
{
	for (; *word; word++) {
		piece.point = (unsigned char)*word; /* ASCII */
		put_point(w, &piece);
	}
}

/* A run of letters: read Greek and Cyrillic letters for what they are meant to be. */
static void flush(struct writer *w)
{
	bool latin = false, foreign = false, every = true;
	if (w->run_length == 0)
		return;
	for (size_t i = 0; i < w->run_length; i++) {
		latin |= w->run[i].is_latin;
		foreign |= w->run[i].foreign;
		every &= w->run[i].latin != 0;
	}
	bool mixed = foreign && (latin || (every && w->run_length > 1));
	for (size_t i = 0; i < w->run_length; i++) {
		struct piece piece = w->run[i];
		bool greek = piece.point >= 0x3b1 && piece.point <= 0x3c9;
		bool first = i == 0 && (w->run_length == 1 || w->run[1].is_latin);
		bool spell = greek && (first || (mixed && !piece.latin));
		w->fold->greek |= greek && first && w->run_length > 1;
		if (spell &&
		    !(piece.latin && w->run_length > 1 && w->reading == FOLD_GREEK_LATIN)) {
			put_word(w, piece, GREEK[piece.point - 0x3b1]);
			continue;
		}
		if (mixed && piece.foreign && piece.latin)
			piece.point = piece.latin;
		put_point(w, &piece);
	}
	w->run_length = 0;
}

static void put_letter(struct writer *w, const struct piece *piece)
{
	if (w->run_length == sizeof w->run / sizeof *w->run)
		flush(w);
	w->run[w->run_length++] = *piece;
}

/* One code point after decomposition; latin is the look-alike of the original. */
static void put_folded(struct writer *w, struct piece piece, utf8proc_int32_t point)
{
	if (point >= MARK_FIRST && point <= MARK_LAST)
		return;
	int digit = digit_of(point);
	utf8proc_category_t category = utf8proc_category(point);
	bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
	bool mark = category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
	piece.point = plain_latin(point);
	if (digit >= 0) {
		piece.point = '0' + digit;
		piece.kind = FOLD_DIGIT;
	} else if (is_han(point) || ((letter || mark) && is_unspaced(point))) {
		piece.kind = FOLD_HAN;
	} else if (point == 0x30fc && w->run_length == 0 && w->previous == FOLD_DIGIT && !w->gap) {
		piece.kind = FOLD_NONE; /* the long-vowel sign as a dash between digits */
		point = 0x2010;
	} else if (is_kana(point) || (mark && (point == 0x3099 || point == 0x309a))) {
		piece.kind = FOLD_KANA;
	} else if (letter || mark) {
		piece.kind = FOLD_LETTER;
		piece.foreign = point >= 0x370 && point <= 0x52f;
		piece.is_latin = piece.point < 0x250;
		put_letter(w, &piece);
		return;
	}
	flush(w);
	if (piece.kind != FOLD_NONE) {
		put_point(w, &piece);
		return;
	}
	w->gap |= gap_of(point);
	w->previous = FOLD_NONE;
}

/* The original code point at in[i], decomposed and case-folded. */
static void put_original(struct writer *w, utf8proc_int32_t point, uint32_t from, uint32_t to)
{
	utf8proc_int32_t out[24];
	int boundary = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char(
	    point, out, 24,
	    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, &boundary);
	if (count < 0 || count > 24)
		count = 0;
	struct piece piece = {.from = from, .to = to, .latin = alike(point)};
	for (utf8proc_ssize_t i = 0; i < count; i++) {
		if (i > 0 || !piece.latin)
			piece.latin = alike(out[i]);
		put_folded(w, piece, out[i]);
	}
}

/* A byte of ASCII on the way through a text that is not. */
static void put_ascii(struct writer *w, uint8_t byte, uint32_t at)
{
	struct ascii a = ASCII[byte];
	struct piece piece = {.point = a.fold, .kind = a.kind, .from = at, .to = at + 1};
	if (a.kind == FOLD_LETTER) {
		piece.is_latin = true;
		put_letter(w, &piece);
		return;
	}
	flush(w);
	if (a.kind == FOLD_DIGIT) {
		put_point(w, &piece);
		return;
	}
	w->gap |= a.gap;
	w->previous = FOLD_NONE;
}

static void fold_unicode(struct fold *fold, struct tw_text text, enum fold_reading reading)
{
	struct writer w = {.fold = fold, .reading = reading};
	fold->length = 0;
	fold->count = 0;
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)text.at;
	for (size_t i = 0; i < text.length;) {
		utf8proc_int32_t point;
		if (in[i] < 128) {
			put_ascii(&w, in[i], (uint32_t)i);
			i++;
			continue;
		}
		utf8proc_ssize_t step =
		    utf8proc_iterate(in + i, (utf8proc_ssize_t)(text.length - i), &point);
		if (step < 1) {
			flush(&w);
			w.gap |= GAP_OTHER;
			w.previous = FOLD_NONE;
			i++;
			continue;
		}
		put_original(&w, point, (uint32_t)i, (uint32_t)(i + (size_t)step));
		i += (size_t)step;
	}
	flush(&w);
	fold->token[fold->count] = (struct fold_token){.start = (uint32_t)fold->length,
						       .from = (uint32_t)text.length,
						       .to = (uint32_t)text.length,
						       .gap = (uint16_t)w.gap,
						       .kind = FOLD_NONE};
}

void fold_text(struct fold *fold, struct tw_text text, enum fold_reading reading)
{
	fold->cut = text.length > FOLD_TEXT;
	if (fold->cut)
		text.length = FOLD_TEXT;
	fold->greek = false;
	if (reading == FOLD_GREEK_LATIN || !fold_ascii(fold, text))
		fold_unicode(fold, text, reading);
	memset(fold->key + fold->length, 0, 8);
}
