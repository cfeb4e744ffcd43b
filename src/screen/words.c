/* SPDX-License-Identifier: Apache-2.0 */
/* Reading words, 64 bytes at a time, in two ways that give the same. */
#include "screen/words.h"

#include "screen/nomen.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#if defined __x86_64__ && defined __SSE2__
#define WIDE 1
#include <immintrin.h>
#endif

/* Up to 64 bytes of a text: what each is, and in lower case. */
struct block {
	uint64_t letters, digits, high, hyphens, blanks, ls;
	uint8_t lower[64 + 16];
};

#ifdef __SSE2__
static void classify(struct block *block, const uint8_t *in)
{
	for (unsigned at = 0; at < 64; at += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(in + at));
		__m128i low = _mm_or_si128(bytes, _mm_set1_epi8(32));
		__m128i letter = _mm_and_si128(_mm_cmpgt_epi8(low, _mm_set1_epi8('a' - 1)),
					       _mm_cmplt_epi8(low, _mm_set1_epi8('z' + 1)));
		__m128i digit = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8('0' - 1)),
					      _mm_cmplt_epi8(bytes, _mm_set1_epi8('9' + 1)));
		_mm_storeu_si128((__m128i *)(void *)(block->lower + at), low);
		block->letters |= (uint64_t)(unsigned)_mm_movemask_epi8(letter) << at;
		block->digits |= (uint64_t)(unsigned)_mm_movemask_epi8(digit) << at;
		block->high |= (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << at;
		block->hyphens |=
		    (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('-')))
		    << at;
		block->blanks |=
		    (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')))
		    << at;
		block->ls |=
		    (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(low, _mm_set1_epi8('l')))
		    << at;
	}
}
#else
static void classify(struct block *block, const uint8_t *in)
{
	for (unsigned i = 0; i < 64; i++) {
		uint8_t low = in[i] | 32;
		block->lower[i] = low;
		block->letters |= (uint64_t)(low >= 'a' && low <= 'z') << i;
		block->digits |= (uint64_t)(in[i] >= '0' && in[i] <= '9') << i;
		block->high |= (uint64_t)(in[i] >> 7) << i;
		block->hyphens |= (uint64_t)(in[i] == '-') << i;
		block->blanks |= (uint64_t)(in[i] == ' ') << i;
		block->ls |= (uint64_t)(low == 'l') << i;
	}
}
#endif

static inline uint64_t low_bits(size_t count)
{
	return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

/* Write the low count bits of value at a place behind which nothing was written. */
static inline void put_bits(uint64_t *bits, size_t at, uint64_t value)
{
	bits[at / 64] |= value << at % 64;
	bits[at / 64 + 1] = at % 64 ? value >> (64 - at % 64) : 0;
}

/* The bytes of a block whose token begins there: of another kind than the byte before. */
static inline uint64_t starts_of(uint64_t letters, uint64_t digits, unsigned before)
{
	uint64_t letter_before = letters << 1 | (before == FOLD_LETTER);
	uint64_t digit_before = digits << 1 | (before == FOLD_DIGIT);
	return (letters & ~letter_before) | (digits & ~digit_before);
}

static inline unsigned kind_at_end(uint64_t letters, uint64_t digits)
{
	return letters >> 63 ? FOLD_LETTER : digits >> 63 ? FOLD_DIGIT : FOLD_NONE;
}

/* Do these hyphens, and blanks behind an l, look like those of a systematic name? */
static bool is_marked(struct tw_text text, size_t base, uint64_t hyphens, uint64_t blanks)
{
	for (; hyphens; hyphens &= hyphens - 1)
		if (nomen_hyphen(text, base + (size_t)__builtin_ctzll(hyphens)))
			return true;
	for (; blanks; blanks &= blanks - 1) {
		size_t at = base + (size_t)__builtin_ctzll(blanks);
		if (at > 1 && (text.at[at - 1] | 32) == 'l' && (text.at[at - 2] | 32) == 'y')
			return true;
	}
	return false;
}

static void begin_words(struct words *words)
{
	words->key = words->room + 16;
	memset(words->room, 0, 16);
	words->length = 0;
	words->marked = false;
	words->start[0] = words->digit[0] = 0;
}

static void end_words(struct words *words)
{
	size_t n = words->length;
	words->start[n / 64] |= UINT64_C(1) << n % 64;
	words->start[n / 64 + 1] = words->digit[n / 64 + 1] = 0;
	memset(words->key + n, 0, 16);
}

/* A stretch of letters or digits at a time. */
static bool read_plain(struct words *words, struct tw_text text)
{
	uint8_t last[64];
	unsigned before = FOLD_NONE;
	for (size_t base = 0; base < text.length; base += 64) {
		const uint8_t *in = (const uint8_t *)text.at + base;
		size_t left = text.length - base;
		struct block block = {0};
		if (left < 64) {
			memset(last, 0, sizeof last);
			memcpy(last, in, left);
			in = last;
		}
		classify(&block, in);
		if (block.high)
			return false;
		uint64_t spaces = block.blanks & (block.ls << 1 | 1);
		if ((block.hyphens | spaces) && !words->marked)
			words->marked = is_marked(text, base, block.hyphens, spaces);
		uint64_t starts = starts_of(block.letters, block.digits, before);
		before = kind_at_end(block.letters, block.digits);
		for (uint64_t rest = block.letters | block.digits; rest;) {
			unsigned i = (unsigned)__builtin_ctzll(rest);
			uint64_t other = ~rest >> i;
			unsigned count = other ? (unsigned)__builtin_ctzll(other) : 64 - i;
			uint64_t mask = low_bits(count);
			rest &= ~(mask << i);
			put_bits(words->start, words->length, starts >> i & mask);
			put_bits(words->digit, words->length, block.digits >> i & mask);
			for (unsigned k = 0; k < count; k += 16)
				memcpy(words->key + words->length + k, block.lower + i + k, 16);
			words->length += count;
		}
	}
	return true;
}

#ifdef WIDE
/* A block at a time: the separators are pressed out of bytes and bits alike. */
__attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi,bmi2"))) static bool read_wide(
    struct words *words, struct tw_text text)
{
	unsigned before = FOLD_NONE;
	for (size_t base = 0; base < text.length; base += 64) {
		size_t left = text.length - base;
		__m512i bytes = _mm512_maskz_loadu_epi8(low_bits(left), text.at + base);
		__m512i low = _mm512_or_si512(bytes, _mm512_set1_epi8(32));
		uint64_t letters = _mm512_cmplt_epu8_mask(
		    _mm512_sub_epi8(low, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
		uint64_t digits = _mm512_cmplt_epu8_mask(
		    _mm512_sub_epi8(bytes, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
		uint64_t word = letters | digits;
		if (_mm512_movepi8_mask(bytes))
			return false;
		uint64_t blanks = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(' '));
		uint64_t hyphens = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('-'));
		/* Those that can be a mark; is_marked looks closer. */
		if (hyphens) {
			uint64_t locants = digits |
					   _mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('n')) |
					   _mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('a'));
			uint64_t hangs = blanks |
					 _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(',')) |
					 _mm512_testn_epi8_mask(bytes, bytes);
			hyphens &= locants << 1 | 1 | hangs >> 1 | UINT64_C(1) << 63;
		}
		uint64_t spaces = blanks &
				  (_mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('l')) << 1 | 1) &
				  (_mm512_cmpeq_epi8_mask(low, _mm512_set1_epi8('y')) << 2 | 3);
		if ((hyphens | spaces) && !words->marked)
			words->marked = is_marked(text, base, hyphens, spaces);
		uint64_t starts = starts_of(letters, digits, before);
		before = kind_at_end(letters, digits);
		put_bits(words->start, words->length, _pext_u64(starts, word));
		put_bits(words->digit, words->length, _pext_u64(digits, word));
		_mm512_storeu_si512(words->key + words->length,
				    _mm512_maskz_compress_epi8(word, low));
		words->length += (size_t)__builtin_popcountll(word);
	}
	return true;
}

enum words_way words_best(void)
{
	return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512bw") &&
		       __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2")
		   ? WORDS_WIDE
		   : WORDS_PLAIN;
}
#else
enum words_way words_best(void)
{
	return WORDS_PLAIN;
}
#endif

bool words_read(struct words *words, struct tw_text text, enum words_way way)
{
	bool ascii;
	if (text.length > WORDS_KEY)
		return false;
	begin_words(words);
#ifdef WIDE
	ascii = way == WORDS_WIDE ? read_wide(words, text) : read_plain(words, text);
#else
	(void)way;
	ascii = read_plain(words, text);
#endif
	if (ascii)
		end_words(words);
	return ascii;
}

bool words_fold(struct words *words, const struct fold *fold)
{
	if (fold->length > WORDS_KEY)
		return false;
	begin_words(words);
	for (size_t i = 0; i < fold->count; i++) {
		size_t at = fold->token[i].start, left = fold->token[i + 1].start - at;
		for (uint64_t start = 1; left > 0; start = 0) {
			size_t count = left < 64 ? left : 64;
			put_bits(words->start, at, start);
			put_bits(words->digit, at,
				 fold->token[i].kind == FOLD_DIGIT ? low_bits(count) : 0);
			at += count;
			left -= count;
		}
	}
	memcpy(words->key, fold->key, fold->length);
	words->length = fold->length;
	end_words(words);
	return true;
}
