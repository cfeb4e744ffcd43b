/* SPDX-License-Identifier: Apache-2.0 */
/* Which column is which: our names, aliases, --map, --set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "lines/columns.h"

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
	assert_int_equal(columns.field[3], FIELD_SECOND); /* the same, to be compared */
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
	assert_int_equal(columns.word[2].length, 3);
	assert_memory_equal(columns.word[2].at, "USD", 3);
	assert_int_equal(columns.field[3], FIELD_OTHER);
	assert_int_equal(columns.why[3], WHY_EACH);
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
	assert_int_equal(columns_map(&options, "X=vaule", &error), TW_OK);
	assert_int_equal(columns_resolve(&options, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "did you mean value?"));
	options.map_count--;
	assert_int_equal(columns_map(&options, "X", &error), TW_BAD_ARGUMENT);
	assert_int_equal(columns_map(&options, "Value=", &error), TW_OK); /* left out */
	header("hts,Value");
	assert_int_equal(columns.at[TW_COLUMN_VALUE], -1);
	assert_int_equal(columns.why[1], WHY_MAPPED);
	columns_free(&columns);
	assert_int_equal(columns_set(&options, "into=US", &error), TW_OK);
	assert_memory_equal(options.set[TW_COLUMN_INTO].at, "US", 2);
	assert_int_equal(columns_set(&options, "into=CN", &error), TW_BAD_ARGUMENT);
	assert_int_equal(columns_set(&options, "orgin=CN", &error), TW_OK);
	assert_int_equal(columns_resolve(&options, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "did you mean origin?"));
}

/* One name twice: both are read, and must say the same. */
static void repeated(void **state)
{
	(void)state;
	header("hts,value,hts");
	assert_int_equal(columns.at[TW_COLUMN_HTS], 0);
	assert_int_equal(columns.field[2], FIELD_SECOND);
	assert_int_equal(columns.seconds, 1);
	columns_free(&columns);
}

/* The order of precedence of the manual. */
static void precedence(void **state)
{
	(void)state;
	header("Value,Line Goods Value Amount,Gross Weight,Net Weight,Weight,Date,Entry Date,"
	       "Pieces,Quantity,Number of Pieces");
	assert_int_equal(columns.at[TW_COLUMN_VALUE], 1);
	assert_int_equal(columns.why[0], WHY_BEHIND);
	assert_int_equal(columns.at[TW_COLUMN_WEIGHT], 3);
	assert_int_equal(columns.at[TW_COLUMN_ENTERED], 6);
	assert_int_equal(columns.at[TW_COLUMN_QTY], 8);
	assert_int_equal(columns.field[9], FIELD_OTHER);
	columns_free(&columns);
	header("Origin,Country of Origin,Entered Value,Value,Item Price,Quantity");
	assert_int_equal(columns.field[1], FIELD_SECOND);
	assert_int_equal(columns.field[2], FIELD_SECOND);
	assert_int_equal(columns.at[TW_COLUMN_VALUE], 3);
	assert_int_equal(columns.why[4], WHY_BEHIND);
	columns_free(&columns);
}

/* Units and currencies in a header; a price for each is no value. */
static void words(void **state)
{
	static const struct {
		const char *name;
		int field;
		const char *word;
	} all[] = {
	    {"Gross Weight (lb)", TW_COLUMN_WEIGHT, "lb"},
	    {"Net Weight (g)", TW_COLUMN_WEIGHT, "g"},
	    {"weight_kg", TW_COLUMN_WEIGHT, "kg"},
	    {"weightLbs", TW_COLUMN_WEIGHT, "Lbs"},
	    {"weightkg", TW_COLUMN_WEIGHT, "kg"},
	    {"Customs Value (CAD)", TW_COLUMN_VALUE, "CAD"},
	    {"Declared Value EUR", TW_COLUMN_VALUE, "EUR"},
	    {"Declared Value in EUR", TW_COLUMN_VALUE, "EUR"},
	    {"Value [\xE2\x82\xAC]", TW_COLUMN_VALUE, "EUR"},
	    {"value_usd", TW_COLUMN_VALUE, "USD"},
	    {"valueUSD", TW_COLUMN_VALUE, "USD"},
	    {"USD Value", TW_COLUMN_VALUE, "USD"},
	    {"Value (US$)", TW_COLUMN_VALUE, "USD"},
	    {"Value (required)", TW_COLUMN_VALUE, ""},
	    {"Total Customs Value of the line (GBP)", TW_COLUMN_VALUE, "GBP"},
	    {"Retail Value (GBP)", TW_COLUMN_RETAIL_VALUE, "GBP"},
	    {"Country of Origin (ISO)", TW_COLUMN_ORIGIN, ""},
	    {"Value (thousands)", FIELD_OTHER, NULL},
	    {"Weight (stone)", FIELD_OTHER, NULL},
	    {"Unit Price", FIELD_OTHER, NULL},
	    {"Unit Price (EUR)", FIELD_OTHER, NULL},
	    {"price_usd", FIELD_OTHER, NULL},
	    {"Customs value per unit", FIELD_UNKNOWN, NULL},
	    {"Value per kg", FIELD_UNKNOWN, NULL},
	    {"Value/kg", FIELD_UNKNOWN, NULL},
	    {"Entered Value each", FIELD_UNKNOWN, NULL},
	    {"Value All", FIELD_UNKNOWN, NULL},
	    {"HTS Number Description", TW_COLUMN_DESCRIPTION, ""},
	    {"Previous Country of Origin", FIELD_UNKNOWN, NULL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		char line[128];
		strcpy(line, "id,");
		strcat(line, all[i].name);
		header(line);
		if (columns.field[1] != all[i].field)
			fail_msg("%s: field %d", all[i].name, columns.field[1]);
		if (all[i].word && (columns.word[1].length != strlen(all[i].word) ||
				    (*all[i].word &&
				     memcmp(columns.word[1].at, all[i].word, strlen(all[i].word)))))
			fail_msg("%s: word %.*s", all[i].name, (int)columns.word[1].length,
				 columns.word[1].at);
		columns_free(&columns);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(own_names, reset),  cmocka_unit_test_setup(ace_names, reset),
	    cmocka_unit_test_setup(dates, reset),      cmocka_unit_test_setup(contained, reset),
	    cmocka_unit_test_setup(maps, reset),       cmocka_unit_test_setup(repeated, reset),
	    cmocka_unit_test_setup(precedence, reset), cmocka_unit_test_setup(words, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
