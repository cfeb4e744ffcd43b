/* SPDX-License-Identifier: Apache-2.0 */
/* Tariff codes as spreadsheets and people leave them, and how names of countries are compared. */
#include "common/country.h"
#include "common/tariff_code.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void codes(void **state)
{
	static const struct {
		const char *text, *digits;
		enum tariff_code_fault fault;
	} all[] = {
	    {"6109.10.00.12", "6109100012", TARIFF_CODE_SOUND},
	    {"6109100012", "6109100012", TARIFF_CODE_SOUND},
	    {"6109 10 00 12", "6109100012", TARIFF_CODE_SOUND},
	    {"HTS 6109.10.00.12", "6109100012", TARIFF_CODE_SOUND},
	    {"HTSUS#6109.10.00.12", "6109100012", TARIFF_CODE_SOUND},
	    {"HS code: 610910", "610910", TARIFF_CODE_SOUND},
	    {"'6109100012", "6109100012", TARIFF_CODE_SOUND},
	    {"\xE2\x80\x99"
	     "6109100012",
	     "6109100012", TARIFF_CODE_SOUND},
	    {"6109100012.0", "6109100012", TARIFF_CODE_SOUND},
	    {"6109100012.00", "6109100012", TARIFF_CODE_SOUND},
	    {"61091000.0", "61091000", TARIFF_CODE_SOUND},
	    {"61091000.00", "6109100000", TARIFF_CODE_SOUND},
	    {"6109.10", "610910", TARIFF_CODE_SOUND},
	    {"201.30.50.00", "0201305000", TARIFF_CODE_NO_ZERO},
	    {"201305000", "0201305000", TARIFF_CODE_NO_ZERO},
	    {"201305000.0", "0201305000", TARIFF_CODE_NO_ZERO},
	    {"2013050.0", "02013050", TARIFF_CODE_NO_ZERO},
	    {"20130", "020130", TARIFF_CODE_NO_ZERO},
	    {"6109.10.00.1", "610910001", TARIFF_CODE_OTHER},
	    {"020130500", "020130500", TARIFF_CODE_OTHER},
	    {"6109", "6109", TARIFF_CODE_OTHER},
	    {"6109.0", "6109", TARIFF_CODE_OTHER},
	    {"6.10E+09", "", TARIFF_CODE_SHORTENED},
	    {"6,10910E9", "", TARIFF_CODE_SHORTENED},
	    {"6109100012999", "6109100012", TARIFF_CODE_LONG},
	    {"shirts", "", TARIFF_CODE_OTHER},
	    {"6109.10.00.12 (men)", "", TARIFF_CODE_OTHER},
	    {"", "", TARIFF_CODE_OTHER},
	    {"'", "", TARIFF_CODE_OTHER},
	};
	struct tariff_code code;
	char dotted[16];
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		tariff_code_read(&code, (struct tw_text){all[i].text, strlen(all[i].text)});
		if (code.fault != all[i].fault || strcmp(code.digits, all[i].digits) != 0)
			fail_msg("%s: %s, %d", all[i].text, code.digits, (int)code.fault);
	}
	tariff_code_print(dotted, "0201305000");
	assert_string_equal(dotted, "0201.30.50.00");
	tariff_code_print(dotted, "020130");
	assert_string_equal(dotted, "0201.30");
}

static void countries(void **state)
{
	static const char *const same[][2] = {{"C\xC3\xB4te d\xE2\x80\x99Ivoire", "cotedivoire"},
					      {"U.A.E.", "uae"},
					      {"Antigua & Barbuda", "antiguaandbarbuda"},
					      {"T\xC3\xBCrkiye", "turkiye"},
					      {"\xC3\x85land Islands", "alandislands"},
					      {"Korea, Republic of", "korearepublicof"},
					      {"...", ""},
					      {"", ""}};
	char folded[COUNTRY_FOLDED], longest[80];
	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		size_t length =
		    country_fold(folded, (struct tw_text){same[i][0], strlen(same[i][0])});
		assert_string_equal(folded, same[i][1]);
		assert_int_equal(length, strlen(same[i][1]));
	}
	memset(longest, 'a', sizeof longest);
	assert_int_equal(country_fold(folded, (struct tw_text){longest, 63}), 63);
	assert_int_equal(country_fold(folded, (struct tw_text){longest, 64}), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(codes), cmocka_unit_test(countries)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
