/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whole runs with a small assessor without law: what is refused and what is
 * answered, shipments and the daily sum, threads, sorting.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/sort.h"
#include "fake.h"
#include "lines/run.h"

#define HEADER "id,hts,origin,entered,value,shipment,consignee,order\n"

static struct columns_options columns;
static struct totals *totals;

/* A file of its own for each text. */
static void write_file(char path[64], const char *text, size_t length)
{
	strcpy(path, "/tmp/tidewaiter-test-XXXXXX");
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, length), length);
	close(fd);
}

static char *read_back(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char *text = malloc((size_t)size + 1);
	assert_int_equal(pread(fd, text, (size_t)size, 0), size);
	text[size] = '\0';
	close(fd);
	return text;
}

struct ask {
	const char *text[2];
	size_t length;
	bool daily_sum, keep;
	bool carry; /* CSV: with the columns of the input */
	unsigned jobs;
	enum run_format format;
};

/* Runs the texts as files and gives what was written, to be freed. */
static char *run(const struct ask *ask)
{
	char path[2][64], out[] = "/tmp/tidewaiter-test-XXXXXX";
	const char *files[2] = {path[0], path[1]};
	struct tw_error error = {0};
	size_t count = ask->text[1] ? 2 : 1;
	for (size_t i = 0; i < count; i++)
		write_file(path[i], ask->text[i], ask->length ? ask->length : strlen(ask->text[i]));
	totals_free(totals);
	struct run_options options = {.files = files,
				      .file_count = count,
				      .columns = &columns,
				      .format = ask->format,
				      .jobs = ask->jobs ? ask->jobs : 1,
				      .daily_sum = ask->daily_sum,
				      .keep = ask->keep,
				      .only_answers = !ask->carry,
				      .out = mkstemp(out),
				      .err = -1,
				      .assess = fake_assess};
	unlink(out);
	int result = run_lines(totals, &options, &error);
	for (size_t i = 0; i < count; i++)
		unlink(path[i]);
	if (result)
		fail_msg("%s", error.message);
	return read_back(options.out);
}

static char *run_csv(const char *text)
{
	return run(&(struct ask){.text = {text}, .format = RUN_CSV});
}

static void has(const char *text, const char *part)
{
	if (!text || !strstr(text, part))
		fail_msg("not there: %s\nin: %.2000s", part, text ? text : "(nothing)");
}

static int begin(void **state)
{
	(void)state;
	columns = (struct columns_options){0};
	return 0;
}

/* What is broken is refused; what is around it is answered. */
static void broken_lines(void **state)
{
	(void)state;
	char *out = run_csv(HEADER "a,610910,CN,2025-05-02,900,,,\n"
				   "b,\"610910,CN,2025-05-02,900,,,\n"
				   "c,610910,CN,2025-05-02,900,,,\n"
				   "d,6109\"10,CN,2025-05-02,900,\"x\"y,,\n"
				   "e,610910,CN,2025-05-02,900\n"
				   "f,610910,CN,2025-05-02,900,,,,9\n"
				   "\n,,,,,,,\n"
				   "g,610910,CN,\xFF,900,,,\n"
				   "h,610910,CN,2025-05-02,-1,,,\n"
				   "i,610910,CN,2025-05-02,900,,,");
	has(out, "\na,ok,green,90.00");
	has(out, "\nb,refused");
	has(out, "line 3: broken-quoting: hts: character 3");
	has(out, "\nc,ok,green,90.00");
	has(out, "\nd,refused");
	has(out, "\ne,refused");
	has(out, "5 columns where the header has 8");
	has(out, "\nf,refused");
	has(out, "\ng,refused");
	has(out, "line 10: bad-encoding: entered: character 13 is byte 0xFF");
	has(out, "\nh,refused");
	has(out, "\ni,ok,green,90.00");
	assert_int_equal(totals->lines, 9);
	assert_int_equal(totals->status[TW_STATUS_REFUSED], 6);
	free(out);
}

static void zero_bytes(void **state)
{
	static const char text[] = HEADER "a,610910,CN,2025-05-02,9\00000,,,\n"
					  "b,610910,CN,2025-05-02,900,,,\n";
	(void)state;
	char *out =
	    run(&(struct ask){.text = {text}, .length = sizeof text - 1, .format = RUN_CSV});
	has(out, "line 2: nul-byte: value");
	has(out, "\nb,ok");
	free(out);
}

static void huge_field(void **state)
{
	size_t size = 10000000;
	char *text = malloc(size + 400);
	(void)state;
	if (!text)
		abort();
	int length = sprintf(text, HEADER "a,610910,CN,2025-05-02,900,,,\nb,");
	memset(text + length, 'x', size);
	sprintf(text + length + size, ",CN,2025-05-02,900,,,\nc,610910,CN,2025-05-02,900,,,\n");
	char *out = run_csv(text);
	has(out, "\na,ok");
	has(out, "\nb,refused");
	has(out, "line 3: too-long: hts");
	has(out, "\nc,ok");
	assert_int_equal(totals->lines, 3);
	free(out);
	free(text);
}

/* After an unclosed quote, only its own line is lost, however far the file goes on. */
static void far_quote(void **state)
{
	size_t lines = 60000, room = 200 + lines * 40;
	char *text = malloc(room);
	(void)state;
	int length = sprintf(text, HEADER "a,\"610910,CN,2025-05-02,900,,,\n");
	for (size_t i = 0; i < lines; i++)
		length += sprintf(text + length, "x,610910,CN,2025-05-02,900,,,\n");
	assert_true((size_t)length > CSV_RECORD);
	char *out = run_csv(text);
	assert_int_equal(totals->status[TW_STATUS_REFUSED], 1);
	assert_int_equal(totals->status[TW_STATUS_OK], lines);
	free(out);
	free(text);
}

static void exports(void **state)
{
	(void)state;
	char *out = run_csv("\xEF\xBB\xBFMain Report;;;\r\n;;;\r\n"
			    "HTS Number - Full;Country of Origin Code;Entry Date;Customs Value\r\n"
			    "=\"0101210010\";CN;05/02/2025;\"$2,567.49\"\r\n");
	has(out, "\n4,ok,green,256.75");
	free(out);
	assert_int_equal(columns_map(&columns, "When=entered", NULL), TW_OK);
	assert_int_equal(columns_set(&columns, "origin=CN", NULL), TW_OK);
	out = run_csv("hs_code\tWhen\tship_date\tamount\n610910\t2025-05-02\t2025-01-01\t900\n");
	has(out, "\n2,ok,green,90.00");
	free(out);
}

static void kept_columns(void **state)
{
	(void)state;
	char *out = run(&(struct ask){
	    .text = {"id,sku,hts,value,entered,note\na,S1,610910,900,2025-05-02,\"x, \"\"y\"\"\"\n",
		     "id,note,hts,value,entered,more\nb,N,610910,900,2025-05-02,M\n"},
	    .format = RUN_CSV,
	    .carry = true});
	has(out, "input_id,sku,hts,value,entered,note,more,id,status,");
	has(out, "\na,S1,610910,900,2025-05-02,\"x, \"\"y\"\"\",,a,ok,");
	has(out, "\nb,,610910,900,2025-05-02,N,M,b,ok,");
	free(out);
	out =
	    run(&(struct ask){.text = {"{\"id\":1,\"hts\":\"610910\",\"value\":900.50,\"entered\":"
				       "\"2025-05-02\",\"x\":{\"a\":[1,2.50]}}\n"},
			      .keep = true});
	has(out, "\"kept\":{\"x\":{\"a\":[1,2.50]}}}\n");
	has(out, "\"on\":\"900.50\"");
	free(out);
}

static void ndjson(void **state)
{
	(void)state;
	char *out = run(&(struct ask){
	    .text = {
		"{\"id\":\"\\u4e2d\",\"hts\":610910,\"value\":\"900\",\"entered\":\"2025-05-02\"}\n"
		"{bad\n"
		"[1]\n"
		"{\"id\":3,\"value\":[1]}\n"
		"{\"id\":4,\"value\":1,\"value\":2}\n"
		"{\"id\":5,\"hts\":\"610910\",\"value\":900,\"entered\":\"2025-05-02\"} x\n"
		"{\"id\":6,\"hts\":\"610910\",\"value\":900,\"claims\":{\"usmca\":true,"
		"\"steel_value\":4000},\"entered\":\"2025-05-02\"}"}});
	has(out, "{\"schema\":1,\"id\":\"\xE4\xB8\xAD\",\"status\":\"ok\",\"lane\":\"green\"");
	has(out, "\"reason\":\"bad-json\",\"column\":null,\"line\":2,\"text\":\"character 2");
	has(out, "\"line\":3");
	has(out,
	    "\"id\":\"3\",\"status\":\"refused\",\"reason\":\"bad-value\",\"column\":\"value\"");
	has(out, "appears twice");
	has(out, "\"id\":\"6\",\"status\":\"ok\"");
	assert_int_equal(totals->status[TW_STATUS_REFUSED], 5);
	free(out);
}

/* Fees are on the first line that is answered; values are the shipment's, over two files. */
static void shipments(void **state)
{
	(void)state;
	char *out = run(&(struct ask){.text = {HEADER "a,bad,CN,2025-05-02,500,S,,\n"
						      "b,610910,CN,2025-05-02,500,S,,\n"
						      "c,610910,CN,2025-05-02,500,,,\n",
					       HEADER "d,610910,CN,2025-05-02,400,S,,\n"},
				      .format = RUN_CSV});
	has(out, "\na,refused");
	has(out, "\nb,ok,green,50.00,,,0.00,2.62,,10%,9903.01.25:10%,,over-limit");
	has(out, "\nc,ok,green,0.00,,,0.00,2.62,,0%,9903.01.25:10%,,eligible");
	has(out, "\nd,ok,green,40.00,,,0.00,0.00,,10%,9903.01.25:10%,,over-limit");
	free(out);
}

/* 500, 400, 200: only the second loses. Order of entry, then of input; one local day. */
static void daily_sum(void **state)
{
	(void)state;
	char *out = run(&(struct ask){.text = {HEADER "a,610910,CN,2025-05-02T10:00,500,,Bob,\n"
						      "b,610910,CN,2025-05-02T11:00,400,,bob,\n"
						      "c,610910,CN,2025-05-02T12:00,200,,BOB,\n"
						      "d,610910,CN,2025-05-02T09:00,900,,Bob,\n"
						      "e,610910,CN,2025-05-03T00:00,800,,Bob,\n",
					       HEADER "f,610910,CN,2025-05-02T13:00,100,,Bob,\n"
						      "g,610910,CN,2025-05-02T08:00,10,,Bob,\n"},
				      .daily_sum = true,
				      .format = RUN_CSV});
	has(out, "\na,ok,green,0.00");
	has(out, "\nb,ok,green,40.00,,,0.00,2.62,,10%,9903.01.25:10%,,day-sum");
	has(out, "\nc,ok,green,0.00");
	has(out, "\nd,ok,green,90.00,,,0.00,2.62,,10%,9903.01.25:10%,,over-limit");
	has(out, "\ne,ok,green,0.00");
	has(out, "\nf,ok,green,10.00,,,0.00,2.62,,10%,9903.01.25:10%,,day-sum"); /* 710 + 100 */
	has(out, "\ng,ok,green,0.00");
	free(out);
}

static void orders(void **state)
{
	(void)state;
	char *out = run(&(struct ask){.text = {HEADER "a,610910,CN,2025-05-02,500,,Al,o1\n"
						      "b,610910,CN,2025-05-02,400,,Al,o1\n"
						      "c,610910,CN,2025-05-02,700,,Al,\n"
						      "d,610910,CN,2025-05-02,500,,Cy,\n"
						      "e,610910,CN,2025-05-02,200,,Cy,o2\n"
						      "f,610910,CN,2025-05-02,150,,Cy,o2\n"
						      "g,610910,CN,2025-05-02,300,,Cy,\n"},
				      .daily_sum = true,
				      .format = RUN_CSV});
	has(out, "\na,ok,green,50.00,,,0.00,2.62,,10%,9903.01.25:10%,,order-split");
	has(out, "\nb,ok,green,40.00,,,0.00,2.62,,10%,9903.01.25:10%,,order-split");
	has(out, "\nc,ok,green,0.00"); /* nothing of the order was let in */
	has(out, "\nd,ok,green,0.00");
	has(out, "\ne,ok,green,20.00,,,0.00,2.62,,10%,9903.01.25:10%,,day-sum");
	has(out, "\nf,ok,green,15.00,,,0.00,2.62,,10%,9903.01.25:10%,,day-sum");
	has(out, "\ng,ok,green,0.00");
	free(out);
}

static void es003(void **state)
{
	(void)state;
	char *out = run(&(struct ask){
	    .text = {"Main Report\n"
		     "Entry Summary Number,Entry Summary Line Number,Entry Date,Country of Origin "
		     "Code,Tariff Ordinal Number,HTS Number - Full,Line Tariff Goods Value Amount,"
		     "Line Tariff Duty Amount\n"
		     "Z1,1,07/08/2025,CN,1,99030124,$0.00,\"$2,000.00\"\n"
		     "Z1,1,07/08/2025,CN,2,99030125,$0.00,\"$1,000.00\"\n"
		     "Z1,1,07/08/2025,CN,3,9503000090,\"$10,000.00\",$0.00\n"
		     "Z1,2,07/08/2025,CN,1,9503000090,$100.00,$0.00\n"
		     "Z1,2,07/08/2025,CN,2,99030125,$0.00,$10.00\n"
		     "Z2,2,07/08/2025,CN,2,99030125,$0.00,$10.00\n"}});
	has(out, "\"id\":\"Z1/1\",\"status\":\"ok\"");
	has(out, "\"declared\":{\"amount\":\"3000.00\",\"lines\":[{\"heading\":\"9903.01.24\","
		 "\"amount\":\"2000.00\"}");
	has(out, "\"differences\":[{\"heading\":\"9903.01.24\",\"declared\":\"2000.00\","
		 "\"computed\":null}]");
	has(out, "\"id\":\"Z1/2\"");
	has(out, "\"differences\":[]");
	has(out, "\"id\":\"Z2/2\"");
	has(out, "no-goods-row");
	assert_int_equal(totals->lines, 3);
	assert_int_equal(totals->differing, 1);
	free(out);
}

/* Any number of threads writes the same. */
static void threads(void **state)
{
	size_t lines = 5000;
	char *text = malloc(200 + lines * 60);
	(void)state;
	int length = sprintf(text, HEADER);
	for (size_t i = 0; i < lines; i++)
		length += sprintf(text + length, "%zu,%s,CN,2025-05-02,%zu,s%zu,c%zu,%s\n", i,
				  i % 97 ? "610910" : "\"6109", i * 7 % 900, i % 1500, i % 700,
				  i % 5 ? "" : "o");
	char *one = run(&(struct ask){.text = {text}, .daily_sum = true, .jobs = 1});
	char *four = run(&(struct ask){.text = {text}, .daily_sum = true, .jobs = 4});
	assert_string_equal(one, four);
	assert_int_equal(totals->lines, lines);
	free(one);
	free(four);
	free(text);
}

/* More records than fit the memory, more runs than are merged at a time. */
static void sorting(void **state)
{
	struct sort *sort;
	unsigned char record[16], last[16] = {0};
	uint64_t number = 1;
	(void)state;
	assert_int_equal(sort_new(&sort, sizeof record, 1600, NULL), TW_OK);
	for (int i = 0; i < 20000; i++) {
		number = number * UINT64_C(6364136223846793005) + 1442695040888963407u;
		sort_put(record, number >> 20);
		sort_put(record + 8, (uint64_t)i);
		assert_int_equal(sort_add(sort, record, NULL), TW_OK);
	}
	assert_int_equal(sort_finish(sort, NULL), TW_OK);
	for (int round = 0; round < 2; round++) {
		int count = 0;
		memset(last, 0, sizeof last);
		for (; sort_next(sort, record, NULL) == 1; count++) {
			assert_true(memcmp(last, record, sizeof last) <= 0);
			memcpy(last, record, sizeof last);
		}
		assert_int_equal(count, 20000);
		assert_int_equal(sort_rewind(sort, NULL), TW_OK);
	}
	sort_free(sort);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(broken_lines, begin),
	    cmocka_unit_test_setup(zero_bytes, begin),
	    cmocka_unit_test_setup(huge_field, begin),
	    cmocka_unit_test_setup(far_quote, begin),
	    cmocka_unit_test_setup(exports, begin),
	    cmocka_unit_test_setup(kept_columns, begin),
	    cmocka_unit_test_setup(ndjson, begin),
	    cmocka_unit_test_setup(shipments, begin),
	    cmocka_unit_test_setup(daily_sum, begin),
	    cmocka_unit_test_setup(orders, begin),
	    cmocka_unit_test_setup(es003, begin),
	    cmocka_unit_test_setup(threads, begin),
	    cmocka_unit_test_setup(sorting, begin),
	};
	totals = calloc(1, sizeof *totals);
	if (!totals)
		return 1;
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	totals_free(totals);
	free(totals);
	return failed;
}
