/* SPDX-License-Identifier: Apache-2.0 */
/* Entries as batches into a run of refunds, and its answers as batches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "made.h"

enum { COLUMNS = 16, ROWS = 4, TEXT = 2048 };

/* Rows of an entry that is accepted, and of one that is refused; apart from each other. */
static const char *const names[COLUMNS] = {"entry",    "entry_type",  "entry_date", "deposit_date",
					   "line",     "hts",         "value",      "heading",
					   "duty",     "summary",     "protest",    "recon_flag",
					   "drawback", "surety_paid", "prior_cape", "liquidation"};
static const char *const cells[ROWS][COLUMNS] = {
    {"9ZZ-1450090-7", "01", "2025-05-05", "2025-05-16", "1", "6109100012", "1000", "9903.01.24",
     "200.00", "accepted", "none", "no", "no", "no", "no", "unliquidated"},
    {"XY740001215", "01", "2025-05-05", "2025-05-16", "1", "6109100012", "500", "9903.01.24",
     "100.00", "accepted", "none", "no", "yes", "no", "no", "unliquidated"},
    {"9ZZ-1450090-7", "01", "2025-05-05", "2025-05-16", "1", "6109100012", "1000", "9903.01.63",
     "1250.00", "accepted", "none", "no", "no", "no", "no", "unliquidated"},
    {"AB176543218", "", "", "", "1", "6109100012", "10", "9903.01.24", "2.00", "", "", "", "", "",
     "", ""}};

/* A stream of these texts, so many rows a batch; one column may be of another type. */
struct given {
	int32_t rows, at;
	int64_t offset;     /* slots before the first of each batch */
	const char *format; /* of the column `odd` */
	int odd;
	const void *values; /* of that column, all rows */
	const char *rename; /* its name */
	struct ArrowSchema schema[COLUMNS], *schemas[COLUMNS];
	struct ArrowArray array[COLUMNS], *arrays[COLUMNS];
	int32_t offsets[COLUMNS][ROWS + 8];
	char text[COLUMNS][TEXT];
	const void *buffers[COLUMNS][3];
};

static void ignore_schema(struct ArrowSchema *schema)
{
	schema->release = NULL;
}

static void ignore_array(struct ArrowArray *array)
{
	array->release = NULL;
}

static int give_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
	struct given *given = self->private_data;
	for (int i = 0; i < COLUMNS; i++) {
		bool odd = given->format && i == given->odd;
		given->schema[i] =
		    (struct ArrowSchema){.format = odd ? given->format : "u",
					 .name = odd && given->rename ? given->rename : names[i],
					 .release = ignore_schema};
		given->schemas[i] = &given->schema[i];
	}
	*out = (struct ArrowSchema){.format = "+s",
				    .n_children = COLUMNS,
				    .children = given->schemas,
				    .release = ignore_schema};
	return 0;
}

static void fill(struct given *given, int column, int64_t rows)
{
	int32_t at = 0, *offset = given->offsets[column];
	for (int64_t i = 0; i < given->offset; i++)
		*offset++ = 0;
	for (int64_t row = 0; row < rows; row++) {
		const char *cell = cells[given->at + row][column];
		*offset++ = at;
		memcpy(given->text[column] + at, cell, strlen(cell));
		at += (int32_t)strlen(cell);
	}
	*offset = at;
	given->buffers[column][1] = given->offsets[column];
	given->buffers[column][2] = given->text[column];
	given->array[column] = (struct ArrowArray){.length = rows + given->offset,
						   .n_buffers = 3,
						   .buffers = given->buffers[column],
						   .release = ignore_array};
	given->arrays[column] = &given->array[column];
}

static int give_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
	static const void *none[1];
	struct given *given = self->private_data;
	int64_t rows = ROWS - given->at < given->rows ? ROWS - given->at : given->rows;
	*out = (struct ArrowArray){0};
	if (!rows)
		return 0;
	for (int i = 0; i < COLUMNS; i++)
		fill(given, i, rows);
	if (given->values) {
		given->buffers[given->odd][1] = given->values;
		given->array[given->odd].n_buffers = 2;
	}
	given->at += (int32_t)rows;
	*out = (struct ArrowArray){.length = rows,
				   .offset = given->offset,
				   .n_buffers = 1,
				   .n_children = COLUMNS,
				   .buffers = none,
				   .children = given->arrays,
				   .release = ignore_array};
	return 0;
}

static void end_stream(struct ArrowArrayStream *self)
{
	self->release = NULL;
}

static struct ArrowArrayStream stream_of(struct given *given)
{
	return (struct ArrowArrayStream){give_schema, give_next, NULL, end_stream, given};
}

static tw_refund *begin(void)
{
	struct tw_refund_options options = TW_REFUND_OPTIONS_INIT;
	const tw_rulebook *rulebook;
	struct tw_error error;
	tw_refund *refund;
	options.filed = "2026-05-18";
	options.interest_to = "2026-06-30";
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	if (tw_refund_new(&refund, rulebook, &options, &error))
		fail_msg("%s", error.message);
	return refund;
}

static int next_text(void *context, struct tw_text *out, struct tw_error *error)
{
	struct tw_text *left = context;
	(void)error;
	*out = *left;
	left->length = 0;
	return TW_OK;
}

static struct tw_output all_of(tw_refund *refund)
{
	struct tw_output out = TW_OUTPUT_INIT;
	int code = TW_OK;
	while (!code)
		code = tw_refund_next(&out, refund, NULL);
	assert_int_equal(code, TW_NOT_FOUND);
	return out;
}

/* The same rows as a text. */
static struct tw_output by_text(void)
{
	char text[4096] = "";
	size_t length = 0;
	for (int row = -1; row < ROWS; row++)
		for (int i = 0; i < COLUMNS; i++)
			length += (size_t)snprintf(text + length, sizeof text - length, "%s%c",
						   row < 0 ? names[i] : cells[row][i],
						   i < COLUMNS - 1 ? ',' : '\n');
	struct tw_text left = {text, length};
	struct tw_error error;
	const struct tw_refund_source source = {"rows", TW_REFUND_ENTRIES, next_text, NULL, &left};
	tw_refund *refund = begin();
	if (tw_refund_read(refund, &source, &error))
		fail_msg("%s", error.message);
	struct tw_output out = all_of(refund);
	tw_refund_free(refund);
	return out;
}

static void take_fault(void *context, const struct tw_error *fault)
{
	*(struct tw_error *)context = *fault;
}

/* A run that has read the stream; the last fault is kept. */
static tw_refund *read_given(struct given *given, struct tw_error *fault)
{
	struct ArrowArrayStream in = stream_of(given);
	struct tw_error error;
	const struct tw_refund_source source = {"rows", TW_REFUND_ENTRIES, NULL, take_fault, fault};
	tw_refund *refund = begin();
	*fault = (struct tw_error){0};
	if (tw_refund_read_arrow(refund, &in, &source, &error))
		fail_msg("%s", error.message);
	assert_null(in.release);
	return refund;
}

/* What is said of rows in batches of any size is what is said of them as a text. */
static void same(void **state)
{
	struct tw_output wanted = by_text();
	(void)state;
	assert_non_null(strstr(wanted.at, "\"accepted\""));
	assert_non_null(strstr(wanted.at, "\"refused\""));
	assert_non_null(strstr(wanted.at, "\"undecided\""));
	for (int32_t rows = 1; rows <= ROWS; rows++) {
		struct given given = {.rows = rows, .offset = rows % 3};
		struct tw_error fault;
		tw_refund *refund = read_given(&given, &fault);
		struct tw_output out = all_of(refund);
		assert_string_equal(out.at, wanted.at);
		assert_string_equal(fault.message, "");
		tw_output_free(&out);
		tw_refund_free(refund);
	}
	tw_output_free(&wanted);
}

/* The values of a column of the answers, as text. */
static const char *shown(const struct ArrowArray *batch, const struct ArrowSchema *schema,
			 const char *name, int64_t row)
{
	static char text[200];
	int64_t at = 0;
	while (strcmp(schema->children[at]->name, name))
		at++;
	const struct ArrowArray *array = batch->children[at];
	const char *format = schema->children[at]->format, *from = array->buffers[1];
	const uint8_t *valid = array->buffers[0];
	const int32_t *narrow = (const int32_t *)from;
	if (valid && !(valid[row >> 3] >> (row & 7) & 1))
		return "null";
	if (*format == 'u')
		snprintf(text, sizeof text, "%.*s", (int)(narrow[row + 1] - narrow[row]),
			 (const char *)array->buffers[2] + narrow[row]);
	else if (*format == 'd')
		snprintf(text, sizeof text, "%lld",
			 (long long)((const __int128 *)(const void *)from)[row]);
	else if (*format == 'b')
		snprintf(text, sizeof text, "%d", from[row >> 3] >> (row & 7) & 1);
	else if (*format == '+')
		snprintf(text, sizeof text, "%d", narrow[row + 1] - narrow[row]);
	else
		snprintf(text, sizeof text, "%d", narrow[row]);
	return text;
}

static void answers(void **state)
{
	struct given given = {.rows = 2};
	struct ArrowArrayStream out;
	struct ArrowSchema schema;
	struct ArrowArray batch, none;
	struct tw_error error, fault;
	tw_refund *refund = read_given(&given, &fault);
	(void)state;
	if (tw_refund_arrow(&out, refund, &error))
		fail_msg("%s", error.message);
	assert_int_equal(out.get_schema(&out, &schema), 0);
	assert_int_equal(schema.n_children, 13);
	assert_non_null(schema.metadata);
	assert_int_equal(out.get_next(&out, &batch), 0);
	assert_int_equal(batch.length, 3);
	assert_int_equal(out.get_next(&out, &none), 0);
	assert_null(none.release);
	struct tw_output sums = TW_OUTPUT_INIT;
	assert_int_equal(tw_refund_totals(&sums, refund, &error), TW_OK);
	assert_non_null(strstr(sums.at, "status,accepted,1,"));
	tw_output_free(&sums);
	out.release(&out);
	tw_refund_free(refund);
	/* the batch outlives the stream and the run */
	assert_string_equal(shown(&batch, &schema, "entry", 0), "9ZZ14500907");
	assert_string_equal(shown(&batch, &schema, "status", 0), "accepted");
	assert_string_equal(shown(&batch, &schema, "principal", 0), "145000");
	assert_string_equal(shown(&batch, &schema, "interest_to", 0), "20634"); /* 2026-06-30 */
	assert_string_equal(shown(&batch, &schema, "protest_deadline", 0), "null");
	assert_string_equal(shown(&batch, &schema, "court_only", 0), "0");
	assert_string_equal(shown(&batch, &schema, "status", 1), "refused");
	assert_string_equal(shown(&batch, &schema, "further_reasons", 0), "0");
	assert_string_equal(shown(&batch, &schema, "status", 2), "undecided");
	assert_string_equal(shown(&batch, &schema, "reason", 2), "null");
	batch.release(&batch);
	schema.release(&schema);
}

/* Duties as decimals; one that no cell can say is told with its row, and nothing is made of it. */
static void typed(void **state)
{
	static const __int128 duty[ROWS] = {20000, 10000, 125000, 200};
	static const double floats[ROWS] = {200, 100, 1e300, 2};
	struct given given = {.rows = ROWS, .format = "d:18,2", .odd = 8, .values = duty};
	struct tw_output wanted = by_text();
	struct tw_error fault;
	(void)state;
	tw_refund *refund = read_given(&given, &fault);
	struct tw_output out = all_of(refund);
	assert_string_equal(out.at, wanted.at);
	tw_output_free(&out);
	tw_output_free(&wanted);
	tw_refund_free(refund);
	given = (struct given){.rows = ROWS, .format = "g", .odd = 8, .values = floats};
	refund = read_given(&given, &fault);
	assert_int_equal(fault.line, 3);
	assert_non_null(strstr(fault.message, "column \"duty\": "));
	out = all_of(refund);
	assert_non_null(strstr(out.at, "\"principal\":null"));
	assert_null(strstr(out.at, "1450.00"));
	tw_output_free(&out);
	tw_refund_free(refund);
}

static void wrong_types(void **state)
{
	static const struct {
		const char *format;
		int odd;
		const char *rename, *says;
	} all[] = {{"f", 8, NULL, "column \"duty\", read as duty, is of type float32: float32"},
		   {"tss:UTC", 2, NULL,
		    "column \"entry_date\", read as entry_date, is of type "
		    "timestamp: the day of an instant"},
		   {"b", 6, NULL, "column \"value\", read as value, is of type bool"},
		   {"z", 0, NULL, "column \"entry\", read as entry, is of type binary"},
		   {"tts", 3, NULL, "column \"deposit_date\", read as deposit_date"},
		   {"u", 0, "colour", "no column has the numbers of the entries"},
		   {"u", 1, "Entry", "two columns are named entry"}};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct given given = {
		    .rows = 1, .format = all[i].format, .odd = all[i].odd, .rename = all[i].rename};
		struct ArrowArrayStream in = stream_of(&given);
		const struct tw_refund_source source = {.name = "rows"};
		struct tw_error error = {0};
		tw_refund *refund = begin();
		assert_int_not_equal(tw_refund_read_arrow(refund, &in, &source, &error), TW_OK);
		if (!strstr(error.message, all[i].says))
			fail_msg("%s: %s", all[i].says, error.message);
		assert_null(in.release);
		tw_refund_free(refund);
	}
}

static void call(void **state)
{
	struct given given = {.rows = 1};
	struct ArrowArrayStream in = stream_of(&given), out;
	const struct tw_refund_source source = {.name = "rows"};
	struct tw_error error = {0}, fault;
	tw_refund *refund = begin();
	(void)state;
	assert_int_equal(tw_refund_read_arrow(refund, NULL, &source, &error), TW_BAD_ARGUMENT);
	assert_int_equal(tw_refund_read_arrow(NULL, &in, &source, &error), TW_BAD_ARGUMENT);
	assert_null(in.release);
	in = stream_of(&given);
	assert_int_equal(tw_refund_read_arrow(refund, &in, NULL, NULL), TW_BAD_ARGUMENT);
	assert_int_equal(tw_refund_arrow(NULL, refund, &error), TW_BAD_ARGUMENT);
	assert_int_equal(tw_refund_arrow(&out, NULL, &error), TW_BAD_ARGUMENT);
	tw_refund_free(refund);
	refund = read_given(&given, &fault);
	assert_int_equal(tw_refund_arrow(&out, refund, &error), TW_OK);
	in = stream_of(&given);
	assert_int_equal(tw_refund_read_arrow(refund, &in, &source, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "everything is read before"));
	out.release(&out);
	tw_refund_free(refund);
}

static void broken(void **state)
{
	const tw_rulebook *rulebook;
	(void)state;
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	for (uint64_t seed = 0; seed < 60; seed++) {
		uint8_t bytes[1500];
		uint64_t at = seed * 0x9E3779B97F4A7C15u + 1;
		for (size_t i = 0; i < sizeof bytes; i++) {
			at = at * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = (uint8_t)(at >> 56);
		}
		const char *wrong = made_refunds_check(bytes, sizeof bytes, rulebook);
		if (wrong)
			fail_msg("seed %llu: %s", (unsigned long long)seed, wrong);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(same),        cmocka_unit_test(answers), cmocka_unit_test(typed),
	    cmocka_unit_test(wrong_types), cmocka_unit_test(call),    cmocka_unit_test(broken),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
