/* SPDX-License-Identifier: Apache-2.0 */
/* Values read in the usual way: as the library's own readers read them, or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "common/money.h"
#include "common/quantity.h"
#include "common/tariff_code.h"
#include "lines/typed.h"

static uint64_t seed = 3;

static unsigned below(unsigned limit)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(seed >> 33) % limit;
}

static void check(struct tw_text text)
{
	const char *right;
	tw_money money, other;
	int64_t quantity;
	struct tariff_code code;
	uint64_t hts;
	uint8_t digits;
	int64_t amount;
	if (typed_money(&money, text)) {
		assert_true(money_parse(&other, text, &right));
		assert_int_equal(money, other);
	}
	if (typed_quantity(&amount, text)) {
		assert_true(quantity_parse(&quantity, text, &right));
		assert_int_equal(amount, quantity);
	}
	if (typed_code(&hts, &digits, text)) {
		uint64_t number = 0;
		tariff_code_read(&code, text);
		assert_int_equal(code.fault, TARIFF_CODE_SOUND);
		assert_int_equal(code.count, digits);
		for (size_t i = 0; i < code.count; i++)
			number = number * 10 + (uint64_t)(code.digits[i] - '0');
		assert_int_equal(hts, number);
	}
}

static void random_cells(void **state)
{
	static const char bytes[] = "0123456789012345678901234567890123456789....,-$ xE\xC3";
	char text[40];
	(void)state;
	for (int i = 0; i < 3000000; i++) {
		size_t length = below(20);
		unsigned mostly = below(2) ? 40 : sizeof bytes - 1;
		for (size_t k = 0; k < length; k++)
			text[k] = bytes[below(mostly)];
		if (length > 4 && below(2))
			text[4] = '.';
		check((struct tw_text){text, length});
	}
}

static void expect(const char *text, bool money, bool code)
{
	tw_money amount;
	uint64_t hts;
	uint8_t digits;
	char room[40]; /* more is read than the cell */
	struct tw_text cell = {room, strlen(text)};
	memcpy(room, text, cell.length + 1);
	memset(room + cell.length, '7', sizeof room - cell.length);
	assert_int_equal(typed_money(&amount, cell), money);
	assert_int_equal(typed_code(&hts, &digits, cell), code);
	check(cell);
}

static void usual_cells(void **state)
{
	(void)state;
	expect("6109100012", true, true);
	expect("61091000", true, true);
	expect("610910", true, true);
	expect("6109.10.00.12", false, true);
	expect("6109.10.00", false, true);
	expect("6109.10", true, true);
	expect("6109.100012", false, false);
	expect("61.09100012", false, false);
	expect("610910001", true, false);
	expect("54.00", true, false);
	expect("54.", false, false);
	expect(".5", false, false);
	expect("", false, false);
	expect("0.12345", false, false);
	expect("9999999999.9999", true, false);
	expect("99999999999", false, false);
	expect("-1", false, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(usual_cells),
	    cmocka_unit_test(random_cells),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
