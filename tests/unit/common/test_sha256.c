/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 against the published examples of FIPS 180-4 (NIST, "SHA-256" and "SHA2 additional"). */
#include "common/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void same(const char *text, const char *expected)
{
	char hex[65];
	sha256_hex(hex, text, strlen(text));
	assert_string_equal(hex, expected);
}

static void test_examples(void **state)
{
	(void)state;
	same("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	same("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	same("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	same("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
	     "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
	     "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

static void finish(struct sha256 *hash, const char *expected)
{
	uint8_t digest[32];
	char hex[65];
	sha256_end(digest, hash);
	sha256_print(hex, digest);
	assert_string_equal(hex, expected);
}

/* A million times the letter a, in pieces of changing length. */
static void test_million(void **state)
{
	char letters[257];
	struct sha256 hash;
	(void)state;
	memset(letters, 'a', sizeof letters);
	sha256_begin(&hash);
	for (size_t done = 0, piece = 1; done < 1000000; piece = piece % 257 + 1) {
		piece = piece < 1000000 - done ? piece : 1000000 - done;
		sha256_add(&hash, letters, piece);
		done += piece;
	}
	finish(&hash, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Zero bytes whose padding fills a block, or spills into another (NIST's additional examples). */
static void test_padding(void **state)
{
	static const struct {
		size_t length;
		const char *expected;
	} all[] = {{55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"},
		   {56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"},
		   {57, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"},
		   {64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"}};
	static const uint8_t zero[64];
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		struct sha256 hash;
		sha256_begin(&hash);
		sha256_add(&hash, zero, all[i].length);
		finish(&hash, all[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples),
					   cmocka_unit_test(test_million),
					   cmocka_unit_test(test_padding)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
