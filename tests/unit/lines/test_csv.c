/* SPDX-License-Identifier: Apache-2.0 */
/* The grammar of CSV: RFC 4180, and what people write beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "common/csv.h"
#include "common/utf8.h"
#include "lines/json.h"

static struct csv_row row;
static char text[4096];

static enum csv_result split(const char *from, char separator)
{
	strcpy(text, from);
	return csv_split(&row, text, strlen(from), separator);
}

static void expect(size_t index, const char *value)
{
	assert_true(index < row.count);
	struct tw_text field = csv_value(row.field[index]);
	assert_int_equal(field.length, strlen(value));
	assert_memory_equal(field.at, value, field.length);
}

static void fields(void **state)
{
	(void)state;
	assert_int_equal(split("a,b,,\"c,d\"\r\n", ','), CSV_OK);
	assert_int_equal(row.count, 4);
	expect(0, "a");
	expect(2, "");
	expect(3, "c,d");
	assert_int_equal(split("\"say \"\"yes\"\"\";x", ';'), CSV_OK);
	expect(0, "say \"yes\"");
	expect(1, "x");
	assert_int_equal(split("a,\"two\nlines\"\n", ','), CSV_OK);
	expect(1, "two\nlines");
	assert_int_equal(split("a\t b \tc", '\t'), CSV_OK);
	expect(1, "b");
	assert_int_equal(split("a,  \"b\"  ,c", ','), CSV_OK);
	expect(1, "b");
	assert_int_equal(split("", ','), CSV_OK);
	assert_int_equal(row.count, 1);
	assert_int_equal(split("5\" pipe,x", ','), CSV_OK);
	expect(0, "5\" pipe");
}

static void wrapped(void **state)
{
	(void)state;
	assert_int_equal(split("=\"0101210010\",=\"a,b\",\"=\"\"0042\"\"\"\n", ','), CSV_OK);
	assert_int_equal(row.count, 3);
	expect(0, "0101210010");
	expect(1, "a,b");
	expect(2, "0042");
	assert_int_equal(split("=\"open,x\n", ','), CSV_OK);
	assert_int_equal(row.count, 2);
}

static void flaws(void **state)
{
	(void)state;
	assert_int_equal(split("a,\"b\"c,d\n", ','), CSV_BROKEN);
	assert_int_equal(row.count, 1);
	assert_int_equal(row.flaw, 5);
	assert_int_equal(split("a,\"b", ','), CSV_UNCLOSED);
	assert_int_equal(row.flaw, 2);
	char *wide = malloc(CSV_FIELDS + 8);
	memset(wide, ',', CSV_FIELDS + 8);
	assert_int_equal(csv_split(&row, wide, CSV_FIELDS - 1, ','), CSV_OK);
	assert_int_equal(csv_split(&row, wide, CSV_FIELDS, ','), CSV_WIDE);
	free(wide);
}

static enum csv_result end_of(const char *at, size_t length, bool last, size_t *size)
{
	size_t flaw;
	return csv_end(size, &flaw, (struct tw_text){at, length}, ',', last);
}

static void ends(void **state)
{
	size_t size;
	(void)state;
	assert_int_equal(end_of("a,b\nc", 5, false, &size), CSV_OK);
	assert_int_equal(size, 4);
	assert_int_equal(end_of("a,b", 3, false, &size), CSV_MORE);
	assert_int_equal(end_of("a,b", 3, true, &size), CSV_OK);
	assert_int_equal(end_of("a,\"b\nc\"\nd", 9, false, &size), CSV_OK);
	assert_int_equal(size, 8);
	/* The closing quote at the window's edge may be half of an escaped one. */
	assert_int_equal(end_of("a,\"b\"", 5, false, &size), CSV_MORE);
	/* An unclosed quote: the first physical line alone is lost. */
	assert_int_equal(end_of("a,\"b\nc,d\ne,f\n", 13, true, &size), CSV_UNCLOSED);
	assert_int_equal(size, 5);
	/* ... also where a quote of a later line seems to close it. */
	assert_int_equal(end_of("a,\"b\nc,\"d\"\ne,f\n", 15, true, &size), CSV_UNCLOSED);
	assert_int_equal(size, 5);
	assert_int_equal(end_of("a,\"b\"c\nd\n", 9, true, &size), CSV_BROKEN);
	assert_int_equal(size, 7);
	/* Its first line goes on behind the window. */
	assert_int_equal(end_of("a,\"b\"c", 6, false, &size), CSV_MORE);
	assert_int_equal(end_of("a,\"b\"c\nd\n", 9, false, &size), CSV_BROKEN);
	assert_int_equal(size, 7);
}

static void long_records(void **state)
{
	size_t size, length = CSV_RECORD + 1000;
	char *at = malloc(length);
	(void)state;
	memset(at, 'x', length);
	assert_int_equal(end_of(at, length, false, &size), CSV_LONG);
	assert_int_equal(size, length);
	at[length - 1] = '\n';
	assert_int_equal(end_of(at, length, false, &size), CSV_LONG);
	/* A quote is given up after 1 MiB, and reading resumes at the next line. */
	at[0] = '"';
	at[50] = '\n';
	assert_int_equal(end_of(at, length, false, &size), CSV_UNCLOSED);
	assert_int_equal(size, 51);
	assert_int_equal(end_of(at, CSV_RECORD / 2, false, &size), CSV_MORE);
	free(at);
}

static void utf8(void **state)
{
	(void)state;
	assert_int_equal(utf8_flaw("plain ascii text", 16), 16);
	assert_int_equal(utf8_flaw("caf\xC3\xA9 \xE4\xB8\xAD \xF0\x9F\x98\x80", 14), 14);
	assert_int_equal(utf8_flaw("abc\0def", 7), 3);
	assert_int_equal(utf8_flaw("12345678\xFFzzzzzzz", 16), 8);
	assert_int_equal(utf8_flaw("\xC0\xAF", 2), 0);         /* overlong */
	assert_int_equal(utf8_flaw("\xED\xA0\x80", 3), 0);     /* surrogate */
	assert_int_equal(utf8_flaw("\xF4\x90\x80\x80", 4), 0); /* over U+10FFFF */
	assert_int_equal(utf8_flaw("\xE4\xB8", 2), 0);
	assert_int_equal(utf8_width("\xE4\xB8\xAD\xE6\x96\x87", 6), 4);
	assert_int_equal(utf8_width("e\xCC\x81", 3), 1);
	assert_int_equal(utf8_width("ab", 2), 2);
}

static bool json_line(const char *line)
{
	struct json_scan scan;
	struct json_value value;
	struct tw_text key;
	json_begin(&scan, (struct tw_text){line, strlen(line)});
	while (json_member(&scan, &key, &value))
		;
	return json_finish(&scan);
}

static void json(void **state)
{
	(void)state;
	assert_true(json_line("{}"));
	assert_true(json_line(" {\"a\":1.50,\"b\":[1,{\"c\":null}],\"d\":\"\\u00e9\"} \r\n"));
	assert_true(json_line("{\"a\":-0.5e+10}"));
	assert_false(json_line("{\"a\":01}"));
	assert_false(json_line("{\"a\":1,}"));
	assert_false(json_line("{\"a\" 1}"));
	assert_false(json_line("{\"a\":1 \"b\":2}"));
	assert_false(json_line("{\"a\":\"x}"));
	assert_false(json_line("{\"a\":\"\t\"}"));
	assert_false(json_line("{\"a\":tru}"));
	assert_false(json_line("{\"a\":1}{}"));
	assert_false(json_line("{a:1}"));
	assert_false(json_line("{\"a\":[1,2}"));
	assert_false(json_line("{\"a\":NaN}"));
	assert_false(json_line("{"));
	char deep[400];
	memset(deep, '[', sizeof deep);
	memcpy(deep, "{\"a\":", 5);
	deep[sizeof deep - 1] = '\0';
	assert_false(json_line(deep));
}

static void json_texts(void **state)
{
	char out[64];
	size_t length;
	(void)state;
	const char *raw = "\"\\ud83d\\ude00 \\\"a\\\\\\n\"";
	assert_true(json_text(out, &length, (struct tw_text){raw, strlen(raw)}));
	assert_int_equal(length, 9);
	assert_memory_equal(out, "\xF0\x9F\x98\x80 \"a\\\n", 9);
	assert_false(json_text(out, &length, (struct tw_text){"\"\\u0000\"", 8}));
	assert_false(json_text(out, &length, (struct tw_text){"\"\\ud800x\"", 9}));
	assert_false(json_text(out, &length, (struct tw_text){"\"\\udc00\"", 8}));
}

/* A row without quotes is split as behind a field with quotes, which takes the long way. */
static void plain_and_long(void **state)
{
	static const char signs[] = "ab ,;\t|\r\n=1";
	static struct csv_row plain, longer;
	unsigned dice = 1;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char one[40], other[48];
		size_t length = 0;
		dice = dice * 1103515245u + 12345u;
		size_t size = 1 + (dice >> 16) % 30;
		char separator = ",;\t|"[(dice >> 8) % 4];
		for (; length < size; length++) {
			dice = dice * 1103515245u + 12345u;
			one[length] = signs[(dice >> 16) % (sizeof signs - 1)];
		}
		memcpy(other, "\"x\"", 3);
		other[3] = separator;
		memcpy(other + 4, one, length);
		assert_int_equal(csv_split(&plain, one, length, separator), CSV_OK);
		assert_int_equal(csv_split(&longer, other, length + 4, separator), CSV_OK);
		assert_int_equal(plain.count + 1, longer.count);
		assert_int_equal(plain.read + 4, longer.read);
		for (size_t i = 0; i < plain.count; i++) {
			assert_int_equal(plain.field[i].at - one,
					 longer.field[i + 1].at - other - 4);
			assert_int_equal(plain.field[i].length, longer.field[i + 1].length);
		}
	}
}

/* The end of a line with quotes is the same with a blank before each field, which takes the long
 * way. */
static void neat_and_long(void **state)
{
	static const char signs[] = "ab,,\"\"\r\n ";
	unsigned dice = 7;
	(void)state;
	for (int round = 0; round < 50000; round++) {
		char one[40], other[48];
		size_t length = 0, ends[2], flaw[2];
		dice = dice * 1103515245u + 12345u;
		size_t size = 1 + (dice >> 16) % 20;
		for (; length < size; length++) {
			dice = dice * 1103515245u + 12345u;
			one[length] = signs[(dice >> 16) % (sizeof signs - 1)];
		}
		memcpy(other, " \"x\",", 5);
		memcpy(other + 5, one, length);
		for (int last = 0; last < 2; last++) {
			enum csv_result a =
			    csv_end(&ends[0], &flaw[0], (struct tw_text){one, length}, ',', last);
			enum csv_result b = csv_end(&ends[1], &flaw[1],
						    (struct tw_text){other, length + 5}, ',', last);
			assert_int_equal(a, b);
			if (a != CSV_MORE)
				assert_int_equal(ends[0] + 5, ends[1]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(neat_and_long), cmocka_unit_test(plain_and_long),
	    cmocka_unit_test(fields),        cmocka_unit_test(wrapped),
	    cmocka_unit_test(flaws),         cmocka_unit_test(ends),
	    cmocka_unit_test(long_records),  cmocka_unit_test(utf8),
	    cmocka_unit_test(json),          cmocka_unit_test(json_texts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
