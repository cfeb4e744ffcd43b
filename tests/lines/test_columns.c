/* SPDX-License-Identifier: Apache-2.0 */
/* Which column is which: our names, aliases, --map, --set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/lines/columns.h"

static struct columns columns;
static struct columns_options options;

static void header(const char *line)
{
	static struct csv_row row;
	static char text[4096];
	struct tw_error error = {0};
	strcpy(text, line);
	assert_int_equal(csv_split(&row, text, strlen(line), ','), CSV_OK);
	assert_int_equal(columns_read(&columns, &row, &options, &error), TW_OK);
}

static int reset(void **state)
{
	(void)state;
	options = (struct columns_options){0};
	return 0;
}

static void own_names(void **state)
{
	(void)state;
	header("value,ship_from,HTS,Ship-From Country,entered");
	assert_int_equal(columns.at[TW_COLUMN_VALUE], 0);
	assert_int_equal(columns.at[TW_COLUMN_SHIP_FROM], 1);
	assert_int_equal(columns.at[TW_COLUMN_HTS], 2);
	assert_int_equal(columns.field[3], FIELD_OTHER);
	columns_free(&columns);
}

static void ace_names(void **state)
{
	(void)state;
	header("HTS Number - Full,Country of Origin Code,Entry Date,Line Goods Value Amount,"
	       "Line Tariff Goods Value Amount,Entry Summary Date,Line SPI Code,"
	       "Entry Summary Number,Entry Summary Line Number,Line Tariff Duty Amount");
	assert_int_equal(columns.at[TW_COLUMN_HTS], 0);
	assert_int_equal(columns.at[TW_COLUMN_ORIGIN], 1);
	assert_int_equal(columns.at[TW_COLUMN_ENTERED], 2);
	assert_int_equal(columns.at[TW_COLUMN_VALUE], 4); /* the better alias, though later */
	assert_int_equal(columns.field[3], FIELD_OTHER);
	assert_int_equal(columns.field[5], FIELD_OTHER);
	assert_int_equal(columns.at[FIELD_SPI], 6);
	assert_true(columns.is_es003);
	columns_free(&columns);
}

/* A date of order or shipping is never taken for the date of entry. */
static void dates(void **state)
{
	static const char *const never[] = {
	    "ship_date",
	    "Order Date",
	    "orderDate",
	    "Shipping Date",
	    "Date Shipped",
	    "Entry Summary Date",
	    "Estimated Arrival Date",
	    "Liquidation Date",
	    "Invoice Date",
	    "created at",
	    "Ship Entry Date Requested",
	    "update",
	};
	char line[200];
	(void)state;
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		strcpy(line, "hts,");
		strcat(line, never[i]);
		header(line);
		assert_int_equal(columns.at[TW_COLUMN_ENTERED], -1);
		columns_free(&columns);
	}
	header("hts,Order Date,Entry Date");
	assert_int_equal(columns.at[TW_COLUMN_ENTERED], 2);
	columns_free(&columns);
}

static void contained(void **state)
{
	(void)state;
	header("Item HTS Code Number,Country of Origin (ISO),Customs Value USD,Unit Customs Value");
	assert_int_equal(columns.at[TW_COLUMN_ORIGIN], 1);
	assert_int_equal(columns.at[TW_COLUMN_VALUE], 2);
	assert_int_equal(columns.field[3], FIELD_UNKNOWN);
	columns_free(&columns);
}

static void maps(void **state)
{
	struct tw_error error;
	(void)state;
	assert_int_equal(columns_map(&options, "When=entered", &error), TW_OK);
	header("hts,Entry Date,When");
	assert_int_equal(columns.at[TW_COLUMN_ENTERED], 2);
	assert_true(options.map[0].used);
	columns_free(&columns);
	assert_int_equal(columns_map(&options, "X=vaule", &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "did you mean value?"));
	assert_int_equal(columns_map(&options, "X", &error), TW_BAD_ARGUMENT);
	assert_int_equal(columns_set(&options, "into=US", &error), TW_OK);
	assert_memory_equal(options.set[TW_COLUMN_INTO].at, "US", 2);
	assert_int_equal(columns_set(&options, "into=CN", &error), TW_BAD_ARGUMENT);
	assert_int_equal(columns_set(&options, "orgin=CN", &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "did you mean origin?"));
}

static void repeated(void **state)
{
	struct csv_row row;
	char text[] = "hts,value,hts";
	struct tw_error error = {0};
	(void)state;
	assert_int_equal(csv_split(&row, text, strlen(text), ','), CSV_OK);
	assert_int_equal(columns_read(&columns, &row, &options, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "twice"));
	columns_free(&columns);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(own_names, reset), cmocka_unit_test_setup(ace_names, reset),
	    cmocka_unit_test_setup(dates, reset),     cmocka_unit_test_setup(contained, reset),
	    cmocka_unit_test_setup(maps, reset),      cmocka_unit_test_setup(repeated, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
