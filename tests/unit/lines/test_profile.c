/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles: those built in, what is wrong in a text, what is carried down. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lines/carry.h"

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

/* None that is built in is left out for being unreadable. */
static void test_built_in(void **state)
{
	static const char *const names[] = {"amazon", "es-003", "etsy", "shopify", "woocommerce"};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct profile *profile = profile_built_in(i);
		struct profile *opened;
		assert_non_null(profile);
		assert_string_equal(profile->name, names[i]);
		assert_true(*profile->title);
		assert_int_equal(profile_open(&opened, names[i], NULL), TW_OK);
		assert_int_equal(opened->map_count, profile->map_count);
		profile_close(opened);
	}
	assert_null(profile_built_in(sizeof names / sizeof *names));
}

static void test_wrong(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
		int line;
	} table[] = {
	    {"", "it has no name", 0},
	    {"title: x\n", "it has no name", 0},
	    {"profile: x\nmap HS = hts\n", "write KEY: VALUE", 2},
	    {"profile: x\nmap:\n", "map is empty", 2},
	    {"profile: x\nmapp: HS = hts\n", "did you mean map?", 2},
	    {"profile: x\nmap: HS\n", "map needs THEIRS = OURS", 2},
	    {"profile: x\nmap: HS = hst\n", "did you mean hts?", 2},
	    {"profile: x\nmap: HS = hts\nmap: Code = hts\n", "hts is mapped twice", 3},
	    {"profile: x\nmap: HS = hts\nmap: hs = origin\n", "\"hs\" is named twice", 3},
	    {"profile: x\nmap: HS | = hts\n", "a column has no name", 2},
	    {"profile: x\nignore: A,,B\n", "a column has no name", 2},
	    {"profile: x\nmap: A = hts\nignore: A\n", "\"A\" is named twice", 3},
	    {"profile: x\nset: into\n", "set needs COLUMN = VALUE", 2},
	    {"profile: x\nset: into = US\nset: into = CA\n", "into is set twice", 3},
	    {"profile: x\nfold: rows\n", "is not a way to fold rows", 2},
	    {"profile: x\ndetect: maybe\n", "detect is yes or no", 2},
	    {"profile: x\ndetect: yes\n", "detect needs the columns", 0},
	    {"profile: x\ncarry: A\n", "carry needs the column", 0},
	    {"profile: x\nvalue-from: [A]\n", "one column alone", 2},
	    {"profile: x\nvalue-from: [A*[B]\n", "one column alone", 2},
	    {"profile: x\nvalue-from: [A] [B]\n", "after ] comes *", 2},
	    {"profile: x\nvalue-from: A * * B\n", "a name is missing", 2},
	    {"profile: x\nvalue-from: A * \n", "a name is missing", 2},
	    {"profile: x\nvalue-from: A*B*C*D*E\n", "more than three factors", 2},
	    {"profile: x\nvalue-from: A*B\nvalue-from: A*C\n", "given twice", 3},
	    {"profile: x\nvalue-from: A*B\nmap: C = value\n", "use one of the two", 0},
	    {"profile: x\ngroup: A\ngroup: B\n", "group is given twice", 3},
	    {"profile: x\nfold: tariff-rows\ngroup: A\ncarry: B\n", "not both", 0},
	    {"profile: \xFF\n", "is not a profile", 0},
	    {"profile: 0123456789012345678901234567890123456789\n", "over 39 letters", 1},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct profile profile;
		struct tw_error error = {0};
		assert_int_not_equal(profile_read(&profile, text_of(table[i].text), "own", &error),
				     TW_OK);
		if (!strstr(error.message, table[i].message) || error.line != table[i].line)
			fail_msg("%s: line %d `%s` expected, line %d `%s` came", table[i].text,
				 table[i].line, table[i].message, error.line, error.message);
	}
}

static void test_names(void **state)
{
	(void)state;
	static const char text[] =
	    "# A comment\r\n\r\nprofile: x\r\nmap: HS Code | Tariff-No = hts\r\nignore: Price\r\n"
	    "map: Größe = qty";
	struct profile profile;
	int field;
	assert_int_equal(profile_read(&profile, text_of(text), "own", NULL), TW_OK);
	assert_int_equal(profile_rank(&field, &profile, text_of("hs_code")), 0);
	assert_int_equal(field, TW_COLUMN_HTS);
	assert_int_equal(profile_rank(&field, &profile, text_of("TARIFF NO")), 1);
	assert_int_equal(profile_rank(&field, &profile, text_of("price")), 0);
	assert_int_equal(field, FIELD_OTHER);
	assert_int_equal(profile_rank(&field, &profile, text_of("Größe")), 0);
	assert_int_equal(profile_rank(&field, &profile, text_of("Grobe")), -1);
	assert_int_equal(profile_rank(&field, &profile, text_of("hts")), -1);
	assert_int_equal(profile_rank(&field, NULL, text_of("hts")), -1);
	profile_free(&profile);
}

static void test_carry(void **state)
{
	(void)state;
	static const struct {
		const char *row, *read;
	} table[] = {
	    {"1,US,\"a, b\",x\n", "1,US,\"a, b\",x\n"},
	    {"1,,,y\n", "1,US,\"a, b\",y\n"},
	    {",,,z\n", ",US,\"a, b\",z\n"},
	    {"1,CA,\"say \"\"hi\"\"\",x\n", "1,CA,\"say \"\"hi\"\"\",x\n"},
	    {"1,,,x\n", "1,CA,\"say \"\"hi\"\"\",x\n"},
	    /* Another group: nothing of the one before. */
	    {"2,,,x\n", "2,,,x\n"},
	    {"2,,n,x\n", "2,,n,x\n"},
	    {"2,,,x\n", "2,,n,x\n"},
	    /* Rows that are no rows of it are left as they are, and change nothing. */
	    {"2,x\n", "2,x\n"},
	    {"2,\"x,,\n", "2,\"x,,\n"},
	    {"2,,,y\r\n", "2,,n,y\n"},
	};
	struct profile profile;
	struct columns columns = {.count = 4};
	struct carry *carry;
	columns.name[0] = text_of("Order");
	columns.name[1] = text_of("Country");
	columns.name[2] = text_of("Name");
	columns.name[3] = text_of("Item");
	assert_int_equal(profile_read(&profile,
				      text_of("profile: x\ngroup: order\ncarry: country, name, "
					      "not there"),
				      "own", NULL),
			 TW_OK);
	assert_int_equal(carry_new(&carry, &profile, &columns, false), TW_OK);
	assert_non_null(carry);
	for (int turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
			struct tw_text got = carry_record(carry, text_of(table[i].row), ',');
			if (got.length != strlen(table[i].read) ||
			    memcmp(got.at, table[i].read, got.length) != 0)
				fail_msg("%s: %s expected, %.*s came", table[i].row, table[i].read,
					 (int)got.length, got.at);
		}
		carry_reset(carry);
	}
	carry_free(carry);
	profile_free(&profile);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_built_in),
	    cmocka_unit_test(test_wrong),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_carry),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
