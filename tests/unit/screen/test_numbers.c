/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers: InChI strings and dates made of CAS numbers. The keys are those of the InChI
 * software. */
#include "screen/dates.h"
#include "screen/inchi.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define EPHEDRINE "InChI=1S/C10H15NO/c1-8(11-2)10(12)9-6-4-3-5-7-9/h3-8,10-12H,1-2H3/t8-,10-/m0/s1"

static struct inchi read_string(const char *text)
{
	struct inchi inchi;
	assert_true(inchi_read(&inchi, (struct tw_text){text, strlen(text)}));
	return inchi;
}

static void strings_have_the_keys_of_their_parents(void **state)
{
	static const struct {
		const char *text, *parent, *whole;
	} cases[] = {
	    {EPHEDRINE, "KWGRBVOPPLSCSI-WPRPVWTQSA-N", "KWGRBVOPPLSCSI-WPRPVWTQSA-N"},
	    {"InChI=1S/C10H15NO.ClH/c1-8(11-2)10(12)9-6-4-3-5-7-9;/h3-8,10-12H,1-2H3;1H/t8-,10-;/"
	     "m0./s1",
	     "KWGRBVOPPLSCSI-WPRPVWTQSA-N", "BALXUFOVQVENIU-GNAZCLTHSA-N"},
	    {"InChI=1S/2C10H15NO.H2O4S/c2*1-8(11-2)10(12)9-6-4-3-5-7-9;1-5(2,3)4/"
	     "h2*3-8,10-12H,1-2H3;"
	     "(H2,1,2,3,4)/t2*8-,10-;/m00./s1",
	     "KWGRBVOPPLSCSI-WPRPVWTQSA-N", "CAVQBDOACNULDN-KHFUBBAMSA-N"},
	    {"InChI=1S/C8H8O2.Na/c9-8(10)6-7-4-2-1-3-5-7;/h1-5H,6H2,(H,9,10);/q;+1/p-1",
	     "WLJVXDMOQOGPHL-UHFFFAOYSA-N", "HZOREEUASZHZBI-UHFFFAOYSA-N"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct inchi inchi = read_string(cases[i].text);
		assert_null(inchi.wrong);
		assert_int_equal(inchi.length, strlen(cases[i].text));
		assert_string_equal(inchi.part[0].key, cases[i].parent);
		assert_string_equal(inchi.part[inchi.count - 1].key, cases[i].whole);
	}
}

static void a_string_ends_where_the_text_goes_on(void **state)
{
	(void)state;
	assert_int_equal(read_string(EPHEDRINE ", 5 g").length, strlen(EPHEDRINE));
	assert_int_equal(read_string(EPHEDRINE ") 5 g").length, strlen(EPHEDRINE));
	assert_int_equal(read_string(EPHEDRINE ". Next").length, strlen(EPHEDRINE));
}

static void what_is_no_string_says_why(void **state)
{
	static const char *const bad[] = {
	    "InChI=",        "InChI=1S",  "InChI=1S/", "InChI=2S/CH4/h1H4", "InChI=1S/C13H17NO",
	    "InChI=1S/c1-2", "InChI=1S/?"};
	struct inchi inchi;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_non_null(read_string(bad[i]).wrong);
	assert_false(inchi_read(&inchi, (struct tw_text){"inchworm", 8}));
	assert_true(read_string("InChI=1S/CH4O/c1-2/h2H,1H3/i1D3").labelled);
}

static void strings_of_any_bytes_are_survived(void **state)
{
	static const char letters[] = "CHNO0123456789/.;*()+-chqtmsi?";
	char text[300];
	srand(5);
	(void)state;
	for (int i = 0; i < 20000; i++) {
		size_t length = 9 + (size_t)rand() % 280;
		memcpy(text, "InChI=1S/", 9);
		for (size_t k = 9; k < length; k++)
			text[k] = letters[(size_t)rand() % (sizeof letters - 1)];
		struct inchi inchi;
		inchi_read(&inchi, (struct tw_text){text, length});
		assert_true(inchi.length <= length && inchi.count <= INCHI_PARTS);
	}
}

static void dates_are_taken_back(void **state)
{
	static const struct {
		const char *text;
		bool date;
		uint64_t first, second;
	} cases[] = {
	    {"1979-03-08", true, 79038, 0},
	    {"8/3/1979", true, 79038, 79083},
	    {"3/8/1979", true, 79083, 79038},
	    {"08-Mar-79", true, 79038, 0},
	    {"8 mars 1979", true, 79038, 0},
	    {"1979-03-08T00:00:00", true, 79038, 0},
	    {"79/03/08", true, 79038, 0},
	    {"2024-05-17", true, 0, 0},
	    {"67-64-1", false, 0, 0},
	    {"1979-03", false, 0, 0},
	    {"5449-12-07", true, 5449127, 0},
	    {"8/3/79 x", false, 0, 0},
	    {"", false, 0, 0},
	    {"13/13/1979", false, 0, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		uint64_t number[2] = {0, 0};
		struct tw_text text = {cases[i].text, strlen(cases[i].text)};
		assert_int_equal(dates_cas(number, text), cases[i].date);
		if (cases[i].date) {
			assert_int_equal(number[0], cases[i].first);
			assert_int_equal(number[1], cases[i].second);
		}
	}
	assert_int_equal(dates_serial_cas(28922), 79038);
	assert_int_equal(dates_serial_cas(67641), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(strings_have_the_keys_of_their_parents),
	    cmocka_unit_test(a_string_ends_where_the_text_goes_on),
	    cmocka_unit_test(what_is_no_string_says_why),
	    cmocka_unit_test(strings_of_any_bytes_are_survived),
	    cmocka_unit_test(dates_are_taken_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
