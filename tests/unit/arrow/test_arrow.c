/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of every type, arrays that are broken, arrays that are held back, the call itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "arrow/cell.h"
#include "arrow/spool.h"
#include "made.h"

static void ignore_schema(struct ArrowSchema *schema)
{
	schema->release = NULL;
}

static void ignore_array(struct ArrowArray *array)
{
	array->release = NULL;
}

static struct type type_of(const char *format)
{
	struct ArrowSchema schema = {.format = format, .name = "x", .release = ignore_schema};
	struct type type;
	struct tw_error error = {0};
	if (type_read(&type, &schema, &error))
		fail_msg("%s: %s", format, error.message);
	return type;
}

/* The text of the only value of a type of fixed width; NULL in *text: it is none. */
static enum cell_is read_one(char text[CELL_ROOM], const char *format, const void *value)
{
	struct type type = type_of(format);
	const void *buffers[] = {NULL, value};
	const struct ArrowArray array = {
	    .length = 1, .n_buffers = 2, .buffers = buffers, .release = ignore_array};
	char room[CELL_ROOM];
	struct cell cell;
	assert_null(type_check(&type, &array));
	enum cell_is is = cell_read(&cell, room, &type, &array, 0);
	snprintf(text, CELL_ROOM, "%.*s", (int)cell.text.length, cell.text.at ? cell.text.at : "");
	type_free(&type);
	return is;
}

static void expect(const char *format, const void *value, const char *text)
{
	char found[CELL_ROOM];
	enum cell_is is = read_one(found, format, value);
	if (is != CELL_TEXT || strcmp(found, text))
		fail_msg("%s: `%s` (%d), not `%s`", format, found, (int)is, text);
}

static void numbers(void **state)
{
	(void)state;
	expect("c", &(int8_t){-128}, "-128");
	expect("C", &(uint8_t){255}, "255");
	expect("s", &(int16_t){-300}, "-300");
	expect("I", &(uint32_t){4294967295u}, "4294967295");
	expect("l", &(int64_t){INT64_MIN}, "-9223372036854775808");
	expect("L", &(uint64_t){UINT64_MAX}, "18446744073709551615");
	expect("d:20,2", &(__int128){5400}, "54.00");
	expect("d:20,4", &(__int128){-1}, "-0.0001");
	expect("d:20,0", &(__int128){7}, "7");
	expect("d:20,-2", &(__int128){7}, "700");
	expect("d:9,2,32", &(int32_t){-12345}, "-123.45");
	expect("d:18,2,64", &(int64_t){12345}, "123.45");
	expect("d:76,0,256", (uint64_t[]){0, 1, 0, 0}, "18446744073709551616");
	expect("d:76,3,256", (uint64_t[]){(uint64_t)-1500, ~0ull, ~0ull, ~0ull}, "-1.500");
}

/* The shortest decimal; what is none, or no amount. */
static void floats(void **state)
{
	char text[CELL_ROOM];
	(void)state;
	expect("g", &(double){54.1}, "54.1");
	expect("g", &(double){0.1 + 0.2}, "0.30000000000000004");
	expect("g", &(double){1234567.89}, "1234567.89");
	expect("g", &(double){-0.001}, "-0.001");
	expect("g", &(double){100}, "100");
	expect("g", &(double){1e15}, "1000000000000000");
	expect("f", &(float){0.1f}, "0.1");
	assert_int_equal(read_one(text, "e", &(uint16_t){0x3C00}), CELL_UNFIT);
	assert_int_equal(read_one(text, "d:76,70,256", (uint64_t[]){0, 0, 0, 1ull << 62}),
			 CELL_UNFIT);
	double odd[] = {0.0 / 0.0, 1.0 / 0.0, 1e300, 1e-300};
	assert_int_equal(read_one(text, "g", &odd[0]), CELL_NULL);
	for (size_t i = 1; i < 4; i++)
		assert_int_equal(read_one(text, "g", &odd[i]), CELL_UNFIT);
}

/* Rounded down to the second, before 1970 too; midnight without a zone is a day. */
static void times(void **state)
{
	char text[CELL_ROOM];
	(void)state;
	expect("tdD", &(int32_t){20210}, "2025-05-02");
	expect("tdm", &(int64_t){INT64_C(20210) * 86400000}, "2025-05-02");
	expect("tss:", &(int64_t){1746144060}, "2025-05-02T00:01:00");
	expect("tss:UTC", &(int64_t){1746144060}, "2025-05-02T00:01:00Z");
	expect("tsn:America/New_York", &(int64_t){INT64_C(1746144060999999999)},
	       "2025-05-02T00:01:00Z");
	expect("tsm:", &(int64_t){INT64_C(1746144000000)}, "2025-05-02");
	expect("tsm:", &(int64_t){INT64_C(1746144000001)}, "2025-05-02T00:00:00");
	expect("tss:UTC", &(int64_t){1746144000}, "2025-05-02T00:00:00Z");
	expect("tsu:UTC", &(int64_t){-1}, "1969-12-31T23:59:59Z");
	assert_int_equal(read_one(text, "tss:", &(int64_t){INT64_MAX}), CELL_UNFIT);
	assert_int_equal(read_one(text, "tdD", &(int32_t){INT32_MIN}), CELL_UNFIT);
}

static void formats(void **state)
{
	static const char *const wrong[] = {"d:", "d:5", "d:5,2,100", "w:-1", "w:x", "+w:2", "+r"};
	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct ArrowSchema schema = {.format = wrong[i], .release = ignore_schema};
		struct tw_error error = {0};
		struct type type;
		assert_int_equal(type_read(&type, &schema, &error), TW_BAD_ARGUMENT);
		assert_true(*error.message);
		type_free(&type);
	}
}

static uint8_t next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint8_t)(*state >> 56);
}

/* Bytes of which the streams are made; many of them are sound. */
static size_t make_bytes(uint8_t *out, size_t room, uint64_t seed)
{
	uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;
	size_t size = 64 + next(&state) * (room - 64) / 256;
	for (size_t i = 0; i < size; i++)
		out[i] = next(&state);
	return size;
}

static void broken(void **state)
{
	uint8_t bytes[1500];
	const tw_rulebook *rulebook;
	(void)state;
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	for (uint64_t seed = 0; seed < 400; seed++) {
		const char *wrong =
		    made_check(bytes, make_bytes(bytes, sizeof bytes, seed), rulebook);
		if (wrong)
			fail_msg("seed %llu: %s", (unsigned long long)seed, wrong);
	}
}

/* Every cell of two arrays, of columns that are cells. */
static void same_cells(const struct type *type, const struct ArrowArray *array, int64_t offset,
		       const struct ArrowArray *back)
{
	struct buffer many[2] = {{0}};
	for (int64_t i = 0; i < back->length; i++) {
		char room[2][CELL_ROOM];
		struct cell cell[2];
		enum cell_is is[2];
		const struct ArrowArray *from[] = {array, back};
		for (int k = 0; k < 2; k++) {
			int64_t at = k ? i : offset + i;
			if (cell_is_nested(type))
				is[k] = cell_read_many(&cell[k], &many[k], type, from[k], at, ';');
			else
				is[k] = cell_read(&cell[k], room[k], type, from[k], at);
		}
		assert_int_equal(is[0], is[1]);
		if (is[0] != CELL_TEXT)
			continue;
		assert_int_equal(cell[0].text.length, cell[1].text.length);
		if (cell[0].text.length)
			assert_memory_equal(cell[0].text.at, cell[1].text.at, cell[0].text.length);
	}
	buffer_free(&many[0]);
	buffer_free(&many[1]);
}

/* A slice of each sound column is held back and read again. */
static unsigned hold(const struct type *schema, const struct ArrowArray *batch)
{
	unsigned held = 0;
	for (size_t i = 0; i < schema->count; i++) {
		const struct ArrowArray *column = batch->children[i];
		struct ArrowArray back;
		const struct type *type = &schema->child[i];
		if (cell_is_nested(type) ? cell_many_unreadable(type) != NULL
					 : cell_unreadable(type) != NULL)
			continue;
		if (!spool_holds(&schema->child[i]) || type_check(&schema->child[i], column) ||
		    column->length < 2)
			continue;
		FILE *file = tmpfile();
		assert_int_equal(
		    spool_put(file, &schema->child[i], column, 1, column->length - 1, NULL), TW_OK);
		rewind(file);
		assert_int_equal(spool_get(&back, file, &schema->child[i], NULL), TW_OK);
		assert_null(type_check(&schema->child[i], &back));
		assert_int_equal(back.length, column->length - 1);
		same_cells(&schema->child[i], column, 1, &back);
		back.release(&back);
		assert_int_equal(fgetc(file), EOF);
		fclose(file);
		held++;
	}
	return held;
}

static void held_back(void **state)
{
	uint8_t bytes[1500];
	unsigned held = 0;
	(void)state;
	for (uint64_t seed = 0; seed < 1500; seed++) {
		struct ArrowArrayStream stream;
		struct ArrowSchema schema;
		struct ArrowArray batch;
		struct type type;
		made_stream(&stream, bytes, make_bytes(bytes, sizeof bytes, seed));
		assert_int_equal(stream.get_schema(&stream, &schema), 0);
		bool read = !type_read(&type, &schema, NULL);
		while (!stream.get_next(&stream, &batch) && batch.release) {
			if (read && batch.children && batch.n_children == (int64_t)type.count)
				held += hold(&type, &batch);
			batch.release(&batch);
		}
		type_free(&type);
		schema.release(&schema);
		stream.release(&stream);
		assert_int_equal(made_alive, 0);
	}
	assert_true(held > 500);
}

static void call(void **state)
{
	const uint8_t bytes[] = {1, 1, 0, 0};
	const tw_rulebook *rulebook;
	struct ArrowArrayStream in, out;
	struct ArrowSchema schema;
	struct tw_error error = {0};
	struct tw_arrow_options options = TW_ARROW_OPTIONS_INIT;
	(void)state;
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	assert_int_equal(tw_assess_arrow(&out, NULL, rulebook, NULL, &error), TW_BAD_ARGUMENT);
	made_stream(&in, bytes, sizeof bytes);
	assert_int_equal(tw_assess_arrow(NULL, &in, rulebook, NULL, NULL), TW_BAD_ARGUMENT);
	made_stream(&in, bytes, sizeof bytes);
	assert_int_equal(tw_assess_arrow(&out, &in, NULL, NULL, &error), TW_BAD_ARGUMENT);
	options.size = 8;
	made_stream(&in, bytes, sizeof bytes);
	assert_int_equal(tw_assess_arrow(&out, &in, rulebook, &options, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "TW_ARROW_OPTIONS_INIT"));
	assert_null(in.release);
	if (made_alive)
		fail_msg("%d were not released", made_alive);
	for (int flat = 0; flat < 2; flat++) {
		assert_int_equal(tw_arrow_schema(&schema, flat, &error), TW_OK);
		assert_int_equal(schema.n_children, flat ? 17 : 18);
		assert_string_equal(schema.children[3]->format, "d:18,4");
		schema.release(&schema);
	}
	assert_int_equal(tw_arrow_schema(NULL, false, &error), TW_BAD_ARGUMENT);
}

/* What no null is by its count is checked, whatever the bits say. */
static void views(void **state)
{
	struct type type = type_of("vu");
	int32_t view[4] = {100, 0, 0, 0};
	const void *buffers[] = {&(uint8_t){0}, view, NULL};
	struct ArrowArray array = {
	    .length = 1, .n_buffers = 3, .buffers = buffers, .release = ignore_array};
	(void)state;
	assert_non_null(type_check(&type, &array));
	array.null_count = 1;
	assert_null(type_check(&type, &array));
	type_free(&type);
}

/* Two batches of one row whose texts go with them; the index of the second is outside. */
enum { GOING = 4, PAGE = 4096 };
struct going {
	unsigned given;
	int32_t offset[GOING][2];
	int8_t index;
	char *page[2]; /* at places of their own */
	const void *buffer[GOING + 1][3];
	struct ArrowArray column[GOING], *columns[GOING], dictionary;
};
static const char *const going_names[GOING] = {"value", "hts", "origin", "entered"};
static const char *const going_cells[GOING] = {"54.00", "6109100012", "CN", "2025-05-02"};

static int going_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
	static struct ArrowSchema column[GOING], *columns[GOING], dictionary;
	(void)self;
	dictionary = (struct ArrowSchema){.format = "u", .release = ignore_schema};
	for (int i = 0; i < GOING; i++) {
		column[i] = (struct ArrowSchema){.format = i ? "u" : "c",
						 .name = going_names[i],
						 .dictionary = i ? NULL : &dictionary,
						 .release = ignore_schema};
		columns[i] = &column[i];
	}
	*out = (struct ArrowSchema){
	    .format = "+s", .n_children = GOING, .children = columns, .release = ignore_schema};
	return 0;
}

static void unmap(struct ArrowArray *array)
{
	struct going *going = array->private_data;
	munmap(going->page[going->given - 1], PAGE);
	array->release = NULL;
}

static int going_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
	static const void *none[1];
	struct going *going = self->private_data;
	int32_t at = 0;
	*out = (struct ArrowArray){0};
	if (going->given++ == 2)
		return 0;
	going->index = going->given == 2 ? 5 : 0;
	char *page = going->page[going->given - 1];
	for (int i = 0; i < GOING; i++) {
		const char *cell = going_cells[i];
		struct ArrowArray *column = i ? &going->column[i] : &going->dictionary;
		going->offset[i][0] = at;
		at += (int32_t)strlen(cell);
		going->offset[i][1] = at;
		memcpy(page + going->offset[i][0], cell, strlen(cell));
		going->buffer[i][1] = going->offset[i];
		going->buffer[i][2] = page;
		*column = (struct ArrowArray){.length = 1,
					      .n_buffers = 3,
					      .buffers = going->buffer[i],
					      .release = ignore_array};
		going->columns[i] = &going->column[i];
	}
	going->buffer[GOING][1] = &going->index;
	going->column[0] = (struct ArrowArray){.length = 1,
					       .n_buffers = 2,
					       .buffers = going->buffer[GOING],
					       .dictionary = &going->dictionary,
					       .release = ignore_array};
	*out = (struct ArrowArray){.length = 1,
				   .n_buffers = 1,
				   .n_children = GOING,
				   .buffers = none,
				   .children = going->columns,
				   .release = unmap,
				   .private_data = going};
	return 0;
}

static void going_release(struct ArrowArrayStream *self)
{
	self->release = NULL;
}

/* A row that ends the stream is not taken for one: its other cells are of the batch before. */
static void gone(void **state)
{
	struct going going = {0};
	struct ArrowArrayStream out, in = {going_schema, going_next, NULL, going_release, &going};
	struct tw_arrow_options options = TW_ARROW_OPTIONS_INIT;
	const tw_rulebook *rulebook;
	struct tw_error error = {0};
	struct ArrowArray batch;
	(void)state;
	options.flat = true;
	for (int i = 0; i < 2; i++)
		going.page[i] =
		    mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	if (tw_assess_arrow(&out, &in, rulebook, &options, &error))
		fail_msg("%s", error.message);
	assert_int_equal(out.get_next(&out, &batch), 0);
	assert_int_equal(batch.length, 1);
	batch.release(&batch);
	assert_int_not_equal(out.get_next(&out, &batch), 0);
	assert_non_null(strstr(out.get_last_error(&out), "row 2: column \"value\": an index"));
	out.release(&out);
}

/* The second batch without rows in a column that is kept and not read. */
static int short_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
	int code = going_schema(self, out);
	out->children[1]->name = "note";
	return code;
}

static int short_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
	struct going *going = self->private_data;
	int code = going_next(self, out);
	going->index = 0;
	if (going->given == 2)
		going->column[1].length = 0;
	return code;
}

static void kept_short(void **state)
{
	static const char *const keep[] = {"note", NULL};
	struct going going = {0};
	struct ArrowArrayStream out, in = {short_schema, short_next, NULL, going_release, &going};
	struct tw_arrow_options options = TW_ARROW_OPTIONS_INIT;
	const tw_rulebook *rulebook;
	struct tw_error error = {0};
	struct ArrowArray batch;
	(void)state;
	options.keep = keep;
	for (int i = 0; i < 2; i++)
		going.page[i] =
		    mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	if (tw_assess_arrow(&out, &in, rulebook, &options, &error))
		fail_msg("%s", error.message);
	assert_int_equal(out.get_next(&out, &batch), 0);
	batch.release(&batch);
	assert_int_equal(out.get_next(&out, &batch), EINVAL);
	assert_string_equal(out.get_last_error(&out),
			    "row 2: column \"note\": the column is shorter than the batch, or is "
			    "missing");
	out.release(&out);
}

/* Options of the assessor of an earlier header are read as far as they go. */
static void earlier(void **state)
{
	const uint8_t bytes[] = {1, 1, 0, 0};
	const tw_rulebook *rulebook;
	struct ArrowArrayStream in, out;
	struct tw_error error = {0};
	struct tw_options assess = TW_OPTIONS_INIT;
	struct tw_arrow_options options = TW_ARROW_OPTIONS_INIT;
	(void)state;
	options.assess = &assess;
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	assess.size = offsetof(struct tw_options, today) + sizeof assess.today;
	made_stream(&in, bytes, sizeof bytes);
	if (tw_assess_arrow(&out, &in, rulebook, &options, &error))
		fail_msg("%s", error.message);
	out.release(&out);
	assess.size = sizeof assess + sizeof(void *);
	made_stream(&in, bytes, sizeof bytes);
	assert_int_equal(tw_assess_arrow(&out, &in, rulebook, &options, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "tw_options"));
	assert_int_equal(made_alive, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers), cmocka_unit_test(floats),     cmocka_unit_test(times),
	    cmocka_unit_test(formats), cmocka_unit_test(broken),     cmocka_unit_test(held_back),
	    cmocka_unit_test(call),    cmocka_unit_test(views),      cmocka_unit_test(gone),
	    cmocka_unit_test(earlier), cmocka_unit_test(kept_short),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
