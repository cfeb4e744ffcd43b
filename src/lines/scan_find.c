/* SPDX-License-Identifier: Apache-2.0 */
/* Four ways to find the same marks; which are there is asked of the machine. */
#include "lines/scan.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static const uint64_t low = UINT64_C(0x0101010101010101);

/* The bytes of a word that equal a byte, as the lowest eight bits. */
static uint64_t equal(uint64_t word, unsigned char byte)
{
	uint64_t rest = word ^ low * byte, seven = low * 0x7F;
	uint64_t zero = ~(((rest & seven) + seven) | rest | seven); /* 0x80 where it is equal */
	return (zero >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The bytes that a cell of plain text does not have, likewise. */
static uint64_t odd(uint64_t word)
{
	uint64_t high = low * 0x80, seven = word & low * 0x7F;
	uint64_t over = word | (seven + low), under = ~(seven + low * 0x60) & ~word;
	return ((over | under) & high) >> 7;
}

static void find_plain(struct scan_marks *out, const char *at, size_t blocks, char separator)
{
	for (size_t i = 0; i < blocks; i++, at += SCAN_BLOCK) {
		struct scan_marks marks = {0};
		for (unsigned k = 0; k < 8; k++) {
			uint64_t word;
			memcpy(&word, at + (size_t)8 * k, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
			word = __builtin_bswap64(word);
#endif
			marks.separator |= equal(word, (unsigned char)separator) << 8 * k;
			marks.quote |= equal(word, '"') << 8 * k;
			marks.newline |= equal(word, '\n') << 8 * k;
			marks.cr |= equal(word, '\r') << 8 * k;
			uint64_t bits = odd(word) * UINT64_C(0x0102040810204080) >> 56;
			bits &= ~(equal(word, '\t') | equal(word, '\n') | equal(word, '\r'));
			marks.odd |= bits << 8 * k;
		}
		out[i] = marks;
	}
}

#if defined(__x86_64__)

static inline uint64_t equal_sse2(const __m128i part[4], char byte)
{
	const __m128i wanted = _mm_set1_epi8(byte);
	uint64_t bits = 0;
	for (unsigned k = 0; k < 4; k++)
		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(part[k], wanted))
			<< 16 * k;
	return bits;
}

/* Signed: what is over 0x7F is negative, so below a blank too. */
static inline uint64_t odd_sse2(const __m128i part[4])
{
	const __m128i blank = _mm_set1_epi8(' ');
	uint64_t bits = 0;
	for (unsigned k = 0; k < 4; k++)
		bits |= (uint64_t)(unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(part[k], blank))
			<< 16 * k;
	return bits;
}

static void find_sse2(struct scan_marks *out, const char *at, size_t blocks, char separator)
{
	for (size_t i = 0; i < blocks; i++, at += SCAN_BLOCK) {
		__m128i part[4];
		for (size_t k = 0; k < 4; k++)
			part[k] = _mm_loadu_si128((const __m128i *)(const void *)(at + 16 * k));
		struct scan_marks marks = {.separator = equal_sse2(part, separator),
					   .quote = equal_sse2(part, '"'),
					   .newline = equal_sse2(part, '\n'),
					   .cr = equal_sse2(part, '\r')};
		marks.odd = (odd_sse2(part) | equal_sse2(part, 0x7F)) &
			    ~(marks.newline | marks.cr | equal_sse2(part, '\t'));
		out[i] = marks;
	}
}

#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw")))

AVX2 static inline uint64_t equal_avx2(__m256i first, __m256i second, char byte)
{
	const __m256i wanted = _mm256_set1_epi8(byte);
	uint64_t a = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(first, wanted));
	uint64_t b = (unsigned)_mm256_movemask_epi8(_mm256_cmpeq_epi8(second, wanted));
	return a | b << 32;
}

AVX2 static inline uint64_t odd_avx2(__m256i first, __m256i second)
{
	const __m256i blank = _mm256_set1_epi8(' ');
	uint64_t a = (unsigned)_mm256_movemask_epi8(_mm256_cmpgt_epi8(blank, first));
	uint64_t b = (unsigned)_mm256_movemask_epi8(_mm256_cmpgt_epi8(blank, second));
	return a | b << 32;
}

AVX2 static void find_avx2(struct scan_marks *out, const char *at, size_t blocks, char separator)
{
	for (size_t i = 0; i < blocks; i++, at += SCAN_BLOCK) {
		__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)at);
		__m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(at + 32));
		struct scan_marks marks = {.separator = equal_avx2(a, b, separator),
					   .quote = equal_avx2(a, b, '"'),
					   .newline = equal_avx2(a, b, '\n'),
					   .cr = equal_avx2(a, b, '\r')};
		marks.odd = (odd_avx2(a, b) | equal_avx2(a, b, 0x7F)) &
			    ~(marks.newline | marks.cr | equal_avx2(a, b, '\t'));
		out[i] = marks;
	}
}

AVX512 static void find_avx512(struct scan_marks *out, const char *at, size_t blocks,
			       char separator)
{
	const __m512i separators = _mm512_set1_epi8(separator), quotes = _mm512_set1_epi8('"'),
		      newlines = _mm512_set1_epi8('\n'), returns = _mm512_set1_epi8('\r'),
		      tabs = _mm512_set1_epi8('\t'), blanks = _mm512_set1_epi8(' '),
		      deletes = _mm512_set1_epi8(0x7F);
	for (size_t i = 0; i < blocks; i++, at += SCAN_BLOCK) {
		__m512i bytes = _mm512_loadu_si512((const void *)at);
		struct scan_marks marks = {.separator = _mm512_cmpeq_epi8_mask(bytes, separators),
					   .quote = _mm512_cmpeq_epi8_mask(bytes, quotes),
					   .newline = _mm512_cmpeq_epi8_mask(bytes, newlines),
					   .cr = _mm512_cmpeq_epi8_mask(bytes, returns)};
		marks.odd = (_mm512_cmplt_epi8_mask(bytes, blanks) |
			     _mm512_cmpeq_epi8_mask(bytes, deletes)) &
			    ~(marks.newline | marks.cr | _mm512_cmpeq_epi8_mask(bytes, tabs));
		out[i] = marks;
	}
}

#endif

size_t scan_finders(struct scan_finder out[4])
{
	size_t count = 0;
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
		out[count++] = (struct scan_finder){"avx512", find_avx512};
	if (__builtin_cpu_supports("avx2"))
		out[count++] = (struct scan_finder){"avx2", find_avx2};
	out[count++] = (struct scan_finder){"sse2", find_sse2};
#endif
	out[count++] = (struct scan_finder){"plain", find_plain};
	return count;
}
