/* SPDX-License-Identifier: Apache-2.0 */
/* Eight bytes at once, against one after the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/eight.h"

static uint64_t seed = 11;

static uint32_t below(uint32_t limit)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % limit;
}

static void numbers_come_back(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 400000; i++) {
		uint32_t number = i < 100000 ? i * 1000 + 999 : below(100000000);
		char text[9], made[8];
		snprintf(text, sizeof text, "%08u", number);
		eight_store(made, eight_digits(number) | EIGHT_ZEROS);
		assert_memory_equal(made, text, 8);
		assert_true(eight_are_digits(eight_load(text)));
		assert_int_equal(eight_number(eight_load(text)), number);
	}
}

/* Every byte at every place, with all others plain or none. */
static void bytes_are_found(void **state)
{
	(void)state;
	for (unsigned byte = 0; byte < 256; byte++)
		for (size_t at = 0; at < 8; at++) {
			char text[16] = "55555555";
			text[at] = (char)byte;
			bool is_digit = byte >= '0' && byte <= '9';
			bool is_plain = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != ',';
			assert_int_equal(eight_are_digits(eight_load(text)), is_digit);
			assert_int_equal(eight_are_plain(text, 8), is_plain);
			assert_int_equal(eight_are_plain(text, at + 1), is_plain);
			assert_true(eight_are_plain(text, at));
			assert_int_equal(eight_find(eight_load(text), '.'), byte == '.' ? at : 8);
		}
}

static void random_bytes(void **state)
{
	static const char bytes[] = "....,,\"\"a0 ~\x7F\x80\xFF\x1F\x2D\x2F";
	(void)state;
	for (unsigned i = 0; i < 300000; i++) {
		char text[40], copy[48];
		size_t length = below(24), point = 0;
		bool plain = true;
		for (size_t k = 0; k < sizeof text; k++)
			text[k] = bytes[below(sizeof bytes - 1)];
		for (size_t k = 0; k < length; k++) {
			unsigned char c = (unsigned char)text[k];
			plain = plain && c >= 0x20 && c < 0x7F && c != '"' && c != ',';
		}
		while (point < 8 && text[point] != '.')
			point++;
		assert_int_equal(eight_are_plain(text, length), plain);
		assert_int_equal(eight_find(eight_load(text), '.'), point);
		assert_ptr_equal(eight_copy(copy, text, length), copy + length);
		assert_memory_equal(copy, text, length);
		char first[8] = {0};
		size_t count = length < 8 ? length : 8;
		memcpy(first, text, count);
		assert_true(eight_first(eight_load(text), count) == eight_load(first));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_come_back),
	    cmocka_unit_test(bytes_are_found),
	    cmocka_unit_test(random_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
