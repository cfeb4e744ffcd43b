/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is refused of a stream, and in which words: schemas that are none, arrays that are not of
 * their schema, columns that no line is read from, options that do not fit. No writer of Arrow
 * makes most of these; they are made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "arrow/cell.h"

static void keep_schema(struct ArrowSchema *schema)
{
	schema->release = NULL;
}

static void keep_array(struct ArrowArray *array)
{
	array->release = NULL;
}

#define SCHEMA(...)                                                                                \
	{                                                                                          \
		.name = "x", .release = keep_schema, __VA_ARGS__                                   \
	}
#define CHILDREN(count, ...)                                                                       \
	.n_children = count, .children = (struct ArrowSchema *[])                                  \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

static struct ArrowSchema text = SCHEMA(.format = "u"), whole = SCHEMA(.format = "i"),
			  byte = SCHEMA(.format = "c"), gone = {.format = "u"},
			  plain = SCHEMA(.format = NULL);

static void refused(struct ArrowSchema schema, const char *why)
{
	struct type type;
	struct tw_error error = {0};
	assert_int_equal(type_read(&type, &schema, &error), TW_BAD_ARGUMENT);
	if (!strstr(error.message, why))
		fail_msg("`%s`, not `%s`", error.message, why);
	type_free(&type);
}

static void schemas(void **state)
{
	struct ArrowSchema list[20], *below[20];
	(void)state;
	refused(gone, "not whole");
	refused(plain, "has no format");
	refused((struct ArrowSchema)SCHEMA(.format = "+l"), "with 0 children is none of Arrow");
	refused((struct ArrowSchema)SCHEMA(.format = "+l", .n_children = 1),
		"no children are there");
	refused((struct ArrowSchema)SCHEMA(.format = "+l", CHILDREN(1, NULL)), "not whole");
	refused((struct ArrowSchema)SCHEMA(.format = "+l", CHILDREN(1, &gone)), "not whole");
	refused((struct ArrowSchema)SCHEMA(.format = "u", CHILDREN(1, &text)), "none of Arrow");
	refused((struct ArrowSchema)SCHEMA(.format = "+s", .n_children = -1), "none of Arrow");
	refused((struct ArrowSchema)SCHEMA(.format = "u", .dictionary = &text),
		"the indices of a dictionary are whole numbers, not utf8");
	refused((struct ArrowSchema)SCHEMA(.format = "i", .dictionary = &gone), "not whole");
	refused((struct ArrowSchema)SCHEMA(.format = "+m", CHILDREN(1, &text)),
		"a map is of structs of a key and a value");
	refused((struct ArrowSchema)SCHEMA(.format = "+r", CHILDREN(2, &byte, &text)),
		"the ends of runs are int16");
	for (int i = 0; i < 20; i++) {
		below[i] = i ? &list[i - 1] : &text;
		list[i] = (struct ArrowSchema)SCHEMA(.format = "+l", .n_children = 1,
						     .children = &below[i]);
	}
	refused(list[19], "nested more than 16 deep");
}

/* An array of a schema, and what is wrong with it; NULL: nothing. */
static void is(struct ArrowSchema schema, const struct ArrowArray *array, const char *why)
{
	struct type type;
	struct tw_error error = {0};
	if (type_read(&type, &schema, &error))
		fail_msg("%s", error.message);
	const char *found = type_check(&type, array);
	if (!found != !why || (why && !strstr(found, why)))
		fail_msg("%s: `%s`, not `%s`", schema.format, found ? found : "sound",
			 why ? why : "sound");
	type_free(&type);
}

#define BUFFERS(count, ...)                                                                        \
	.n_buffers = count, .buffers = (const void *[])                                            \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}
#define ARRAYS(count, ...)                                                                         \
	.n_children = count, .children = (struct ArrowArray *[])                                   \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}
#define ARRAY(...) (&(struct ArrowArray){.release = keep_array, __VA_ARGS__})
#define INTS(...) ((int32_t[]){__VA_ARGS__})

static void any_array(void **state)
{
	struct ArrowSchema row = SCHEMA(.format = "+s", CHILDREN(1, &whole));
	struct ArrowSchema words = SCHEMA(.format = "c", .dictionary = &text);
	struct ArrowSchema odd = SCHEMA(.format = "?!"), nothing = SCHEMA(.format = "n");
	(void)state;
	is(whole, ARRAY(.length = 1, BUFFERS(2, NULL, INTS(7))), NULL);
	is(whole, NULL, "missing, or was released");
	is(whole, &(struct ArrowArray){.length = 1}, "missing, or was released");
	is(whole, ARRAY(.length = -1), "negative or too large");
	is(whole, ARRAY(.offset = -1), "negative or too large");
	is(whole, ARRAY(.length = TYPE_SLOTS + 1), "negative or too large");
	is(whole, ARRAY(.offset = TYPE_SLOTS + 1), "negative or too large");
	is(whole, ARRAY(.length = 1, BUFFERS(1, NULL)), "the number of buffers");
	is(whole, ARRAY(.length = 1, .n_buffers = 2), "there are no buffers");
	is(whole, ARRAY(.length = 1, BUFFERS(2, NULL, NULL)), "the buffer of values is missing");
	is(whole, ARRAY(.length = 1, .null_count = 1, BUFFERS(2, NULL, INTS(7))),
	   "no buffer says which");
	is(odd, ARRAY(.length = 1), NULL);
	is(nothing, ARRAY(.length = 1), NULL);
	is(nothing, ARRAY(.length = 1, BUFFERS(1, NULL)), NULL);
	is(nothing, ARRAY(.length = 1, BUFFERS(2, NULL, NULL)), "the number of buffers");
	is(row, ARRAY(BUFFERS(1, NULL)), "the number of children");
	is(row, ARRAY(BUFFERS(1, NULL), .n_children = 1), "the number of children");
	is(row, ARRAY(BUFFERS(1, NULL), ARRAYS(1, NULL)), "missing, or was released");
	is(row,
	   ARRAY(.length = 2, BUFFERS(1, NULL),
		 ARRAYS(1, ARRAY(.length = 1, BUFFERS(2, NULL, INTS(7))))),
	   "a column is shorter than the rows");
	is(words, ARRAY(.length = 1, BUFFERS(2, NULL, "")), "missing, or was released");
}

static void texts_and_views(void **state)
{
	struct ArrowSchema views = SCHEMA(.format = "vu");
	(void)state;
	is(text, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(0, 2), "CN")), NULL);
	is(text, ARRAY(BUFFERS(3, NULL, NULL, NULL)), NULL);
	is(text, ARRAY(.length = 1, BUFFERS(3, NULL, NULL, "CN")), "the buffer of offsets");
	is(text, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(2, 1), "CN")), "goes back");
	is(text, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(-2, 1), "CN")), "negative");
	is(text, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(0, 2), NULL)), "the buffer of text");
	is(text, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(0, 0), NULL)), NULL);
	is(views, ARRAY(.length = 1, BUFFERS(2, NULL, NULL)), "the number of buffers");
	is(views, ARRAY(BUFFERS(3, NULL, NULL, NULL)), NULL);
	is(views, ARRAY(.length = 1, BUFFERS(3, NULL, NULL, NULL)), "the buffer of views");
	is(views, ARRAY(.length = 1, BUFFERS(4, NULL, INTS(2, 0, 0, 0), "", NULL)),
	   "that of sizes, is missing");
	is(views, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(-1, 0, 0, 0), NULL)), "negative length");
	is(views, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(20, 0, 0, 0), NULL)), "not there");
	is(views, ARRAY(.length = 1, BUFFERS(4, NULL, INTS(20, 0, 0, 5), "", (int64_t[]){24})),
	   "behind the end of its buffer");
	is(views, ARRAY(.length = 1, BUFFERS(4, NULL, INTS(20, 0, 0, 0), NULL, (int64_t[]){24})),
	   "behind the end of its buffer");
}

static void lists(void **state)
{
	struct ArrowSchema list = SCHEMA(.format = "+l", CHILDREN(1, &whole));
	struct ArrowSchema large = SCHEMA(.format = "+L", CHILDREN(1, &whole));
	struct ArrowSchema view = SCHEMA(.format = "+vl", CHILDREN(1, &whole));
	struct ArrowSchema pair = SCHEMA(.format = "+w:2", CHILDREN(1, &whole));
	struct ArrowSchema runs = SCHEMA(.format = "+r", CHILDREN(2, &whole, &whole));
	struct ArrowArray *three = ARRAY(.length = 3, BUFFERS(2, NULL, INTS(1, 2, 3)));
	struct ArrowArray *down = ARRAY(.length = 2, BUFFERS(2, NULL, INTS(2, 2)));
	struct ArrowArray *unsaid = ARRAY(.length = 1, .null_count = 1, BUFFERS(2, "", INTS(1)));
	(void)state;
	is(list, ARRAY(.length = 1, BUFFERS(2, NULL, INTS(0, 3)), ARRAYS(1, three)), NULL);
	is(list, ARRAY(.length = 1, BUFFERS(2, NULL, INTS(0, 4)), ARRAYS(1, three)),
	   "behind the end of the values");
	is(large, ARRAY(.length = 1, BUFFERS(2, NULL, ((int64_t[]){0, 4})), ARRAYS(1, three)),
	   "behind the end of the values");
	is(view, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(1), INTS(2)), ARRAYS(1, three)), NULL);
	is(view, ARRAY(BUFFERS(3, NULL, NULL, NULL), ARRAYS(1, three)), NULL);
	is(view, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(1), NULL), ARRAYS(1, three)),
	   "or that of sizes, is missing");
	is(view, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(2), INTS(2)), ARRAYS(1, three)),
	   "behind the end of its values");
	is(pair, ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, three)), NULL);
	is(pair, ARRAY(.length = 2, BUFFERS(1, NULL), ARRAYS(1, three)), "behind the end");
	is(runs, ARRAY(.length = 3, .n_buffers = 0, ARRAYS(2, three, three)), NULL);
	is(runs, ARRAY(.length = 4, .n_buffers = 0, ARRAYS(2, three, three)),
	   "end before the array");
	is(runs, ARRAY(.length = 3, .n_buffers = 0, ARRAYS(2, three, down)),
	   "more runs than values");
	is(runs, ARRAY(.length = 2, .n_buffers = 0, ARRAYS(2, down, three)), "does not go up");
	is(runs, ARRAY(.length = 1, .n_buffers = 0, ARRAYS(2, unsaid, three)), "is null");
}

/* What a column of claims says in its first row: a text, or why no cell can say it. */
static void claims_are(struct ArrowSchema schema, const struct ArrowArray *array, char mark,
		       enum cell_is right, const char *text_or_why)
{
	struct type type;
	struct tw_error error = {0};
	struct buffer room = {0};
	struct cell cell;
	if (type_read(&type, &schema, &error))
		fail_msg("%s", error.message);
	assert_null(type_check(&type, array));
	assert_int_equal(cell_read_many(&cell, &room, &type, array, 0, mark), right);
	if (right == CELL_TEXT) {
		assert_int_equal(cell.text.length, strlen(text_or_why));
		if (cell.text.length)
			assert_memory_equal(cell.text.at, text_or_why, cell.text.length);
	} else if (!strstr(cell.why, text_or_why)) {
		fail_msg("`%s`, not `%s`", cell.why, text_or_why);
	}
	buffer_free(&room);
	type_free(&type);
}

static void claims(void **state)
{
	struct ArrowSchema key = SCHEMA(.format = "u");
	struct ArrowSchema one = SCHEMA(.format = "+s", CHILDREN(1, &key));
	struct ArrowSchema two = SCHEMA(.format = "+s", CHILDREN(2, &text, &text));
	struct ArrowSchema words = SCHEMA(.format = "+l", CHILDREN(1, &text));
	struct ArrowSchema ones = SCHEMA(.format = "+l", CHILDREN(1, &one));
	struct ArrowSchema pairs = SCHEMA(.format = "+l", CHILDREN(1, &two));
	struct ArrowArray *yes = ARRAY(.length = 1, BUFFERS(3, NULL, INTS(0, 3), "yes"));
	struct ArrowArray *cut = ARRAY(.length = 1, BUFFERS(3, NULL, INTS(0, 3), "1;2"));
	struct ArrowArray *comma = ARRAY(.length = 1, BUFFERS(3, NULL, INTS(0, 3), "1,2"));
	struct ArrowArray *null =
	    ARRAY(.length = 1, .null_count = 1, BUFFERS(3, "", INTS(0, 0), NULL));
	(void)state;
	key.name = "usmca";
	claims_are(one, ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, yes)), ';', CELL_TEXT,
		   "usmca=yes");
	claims_are(one, ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, null)), ';', CELL_TEXT, "");
	claims_are(one, ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, cut)), ';', CELL_UNFIT,
		   "a claim's value holds a ;");
	key.name = "us=ca";
	claims_are(one, ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, yes)), ';', CELL_UNFIT,
		   "is empty or holds = or ;");
	key.name = "";
	claims_are(one, ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, yes)), ';', CELL_UNFIT,
		   "is empty or holds = or ;");
#define LIST(...) ARRAY(.length = 1, BUFFERS(2, NULL, INTS(0, 1)), ARRAYS(1, __VA_ARGS__))
	claims_are(words, LIST(yes), ';', CELL_TEXT, "yes");
	claims_are(words, LIST(null), ';', CELL_TEXT, "");
	claims_are(words, LIST(cut), ';', CELL_UNFIT, "a claim of a list holds a ;");
	claims_are(words, LIST(comma), ',', CELL_UNFIT, "a text of a list holds a ,");
	claims_are(ones, LIST(ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, yes))), ';',
		   CELL_UNFIT, "structs of a key and a value");
	claims_are(pairs, LIST(ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(2, yes, yes))), ';',
		   CELL_TEXT, "yes=yes");
	claims_are(pairs, LIST(ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(2, null, yes))), ';',
		   CELL_UNFIT, "the name of a claim is null");
#undef LIST
	struct ArrowSchema fixed = SCHEMA(.format = "+w:2", CHILDREN(1, &text));
	struct ArrowSchema views = SCHEMA(.format = "+vl", CHILDREN(1, &text));
	struct ArrowArray *codes = ARRAY(.length = 2, BUFFERS(3, NULL, INTS(0, 2, 4), "CNVN"));
	claims_are(fixed, ARRAY(.length = 1, BUFFERS(1, NULL), ARRAYS(1, codes)), ',', CELL_TEXT,
		   "CN,VN");
	claims_are(views, ARRAY(.length = 1, BUFFERS(3, NULL, INTS(1), INTS(1)), ARRAYS(1, codes)),
		   ',', CELL_TEXT, "VN");
}

/* A stream of one batch, lent whole. */
struct lent {
	struct ArrowSchema schema;
	struct ArrowArray batch;
	int fails; /* what get_schema, or get_next, returns: 1 or 2 */
	bool given, mute;
};

static int lent_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
	struct lent *lent = self->private_data;
	*out = lent->schema;
	return lent->fails == 1 ? 5 : 0;
}

static int lent_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
	struct lent *lent = self->private_data;
	*out = (struct ArrowArray){0};
	if (lent->fails == 2)
		return 5;
	if (!lent->given)
		*out = lent->batch;
	lent->given = true;
	return 0;
}

static const char *lent_error(struct ArrowArrayStream *self)
{
	struct lent *lent = self->private_data;
	return lent->mute ? NULL : "the disk is gone";
}

static void lent_release(struct ArrowArrayStream *self)
{
	self->release = NULL;
}

/* The message with which the stream is refused, at once or with its first batch; "": it is not. */
static const char *said(struct lent *lent, const struct tw_arrow_options *options)
{
	static struct tw_error error;
	static char text_of[512];
	const tw_rulebook *rulebook;
	struct ArrowArrayStream out;
	struct ArrowArrayStream in = {lent_schema, lent_next, lent_error, lent_release, lent};
	struct ArrowArray batch;
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	error = (struct tw_error){0};
	if (tw_assess_arrow(&out, &in, rulebook, options, &error))
		return error.message;
	*text_of = '\0';
	if (out.get_next(&out, &batch)) {
		snprintf(text_of, sizeof text_of, "%s", out.get_last_error(&out));
		/* and so it stays */
		assert_int_not_equal(out.get_next(&out, &batch), 0);
		struct ArrowSchema schema;
		assert_int_not_equal(out.get_schema(&out, &schema), 0);
	} else if (batch.release) {
		assert_null(out.get_last_error(&out));
		batch.release(&batch);
	}
	out.release(&out);
	return text_of;
}

static void says(const char *found, const char *right)
{
	if (!*right ? *found : !strstr(found, right))
		fail_msg("`%s`, not `%s`", found, right);
}

/* One column of a name and a format, without rows. */
static const char *column(const char *name, const char *format, struct ArrowSchema *below)
{
	struct ArrowSchema one = {.name = name, .format = format, .release = keep_schema};
	struct ArrowSchema *columns[] = {&one};
	if (below) {
		one.n_children = 1;
		one.children = &below;
	}
	struct lent lent = {.schema = SCHEMA(.format = "+s", .n_children = 1, .children = columns)};
	return said(&lent, NULL);
}

static void columns(void **state)
{
	struct ArrowSchema row = SCHEMA(.format = "+s", CHILDREN(1, &text));
	(void)state;
	says(column("hts", "u", NULL), "");
	says(column("wing", "u", NULL), "no column has a name that a line of goods has");
	says(column("hts", "z", NULL), "read as hts, is of type binary: binary cannot be read");
	says(column("hts", "w:3", NULL), "is of type fixed_size_binary");
	says(column("entered", "tts", NULL), "durations and intervals mean nothing here");
	says(column("hts", "?!", NULL), "this type is not supported");
	says(column("value", "e", NULL), "float16 holds three digits");
	says(column("value", "f", NULL), "float32 holds seven digits");
	says(column("hts", "b", NULL), "does not take true or false");
	says(column("hts", "+l", &text), "a list, a struct or a map cannot be a value");
	says(column("via", "+l", &row), "it is a text, or a list of texts");
	says(column("via", "+l", &text), "");
	says(column("steel_value", "f", NULL), "read as steel_value");
	struct lent lent = {.schema = SCHEMA(.format = "u")};
	says(said(&lent, NULL), "the stream is of utf8, not of record batches");
}

/* What is kept of a line that waits for its shipment has to be held back. */
static void kept_columns(void **state)
{
	static const char *const all[] = {"*", NULL};
	struct ArrowSchema hts = {.name = "hts", .format = "u", .release = keep_schema};
	struct ArrowSchema shipment = {.name = "shipment", .format = "u", .release = keep_schema};
	struct ArrowSchema odd = {.name = "odd", .format = "?!", .release = keep_schema};
	struct ArrowSchema *names[] = {&hts, &shipment, &odd};
	struct lent lent = {.schema = SCHEMA(.format = "+s", .n_children = 3, .children = names)};
	struct tw_arrow_options asked = TW_ARROW_OPTIONS_INIT;
	(void)state;
	asked.keep = all;
	says(said(&lent, &asked), "\"odd\" is of a type that cannot be held back");
	asked.no_shipments = true;
	says(said(&lent, &asked), "");
}

static struct lent one_code(void)
{
	static struct ArrowSchema hts = {.name = "hts", .format = "u", .release = keep_schema};
	static struct ArrowSchema *names[] = {&hts};
	static const int32_t offsets[] = {0, 10};
	static const void *buffers[] = {NULL, offsets, "6109100012"}, *none[1];
	static struct ArrowArray code, *codes[] = {&code};
	code = (struct ArrowArray){
	    .length = 1, .n_buffers = 3, .buffers = buffers, .release = keep_array};
	return (struct lent){
	    .schema = SCHEMA(.format = "+s", .n_children = 1, .children = names),
	    .batch = {.length = 1,
		      .n_buffers = 1,
		      .buffers = none,
		      .n_children = 1,
		      .children = codes,
		      .release = keep_array},
	};
}

static void batches(void **state)
{
	struct lent lent = one_code();
	(void)state;
	says(said(&lent, NULL), "");
	lent = one_code();
	lent.batch.length = 2;
	says(said(&lent, NULL), "row 1: column \"hts\": the column is shorter than the batch");
	lent = one_code();
	lent.batch.null_count = 1;
	says(said(&lent, NULL), "a row of a batch cannot be null");
	lent = one_code();
	lent.batch.n_children = 0;
	says(said(&lent, NULL), "the batch is none of the schema");
	lent = one_code();
	lent.batch.length = -1;
	says(said(&lent, NULL), "the batch is none of the schema");
	lent = one_code();
	lent.fails = 1;
	says(said(&lent, NULL), "the disk is gone");
	lent = one_code();
	lent.fails = 2;
	says(said(&lent, NULL), "the disk is gone");
	lent = one_code();
	lent.fails = 2;
	lent.mute = true;
	assert_true(*said(&lent, NULL) != '\0');
}

static const char *with(const struct tw_arrow_options *options)
{
	struct lent lent = one_code();
	return said(&lent, options);
}

static void options(void **state)
{
	static const char *const misspelt[] = {"htz=hts", NULL}, *const none[] = {"hts=", NULL};
	static const char *const unset[] = {"hue=red", NULL}, *const set[] = {"origin=CN", NULL};
	static const char *const kept[] = {"sku", NULL}, *const words[] = {"as in --hue-of=red",
									   NULL};
	struct tw_arrow_options asked = TW_ARROW_OPTIONS_INIT;
	(void)state;
	asked.set = set;
	says(with(&asked), "");
	asked.set = unset;
	says(with(&asked), "set: there is no column \"hue\"");
	asked.set = words;
	says(with(&asked), "\"as in --hue-of\"");
	asked = (struct tw_arrow_options)TW_ARROW_OPTIONS_INIT;
	asked.map = misspelt;
	says(with(&asked), "map: there is no column \"htz\"; did you mean \"hts\"?");
	asked.map = none;
	says(with(&asked), "no column has a name that a line of goods has");
	asked = (struct tw_arrow_options)TW_ARROW_OPTIONS_INIT;
	asked.decimal = "point and comma";
	says(with(&asked), "decimal is comma");
	asked = (struct tw_arrow_options)TW_ARROW_OPTIONS_INIT;
	asked.date_format = "backwards";
	says(with(&asked), "date_format: \"backwards\" is not");
	asked = (struct tw_arrow_options)TW_ARROW_OPTIONS_INIT;
	asked.value_from = "1 +";
	assert_true(*with(&asked) != '\0');
	asked = (struct tw_arrow_options)TW_ARROW_OPTIONS_INIT;
	asked.keep = kept;
	says(with(&asked), "sku");
}

/* Which column of the schema a field is read from. */
static void found_columns(void **state)
{
	struct lent lent = one_code();
	const tw_rulebook *rulebook;
	struct tw_error error = {0};
	int32_t at[TW_COLUMN_COUNT + 1];
	(void)state;
	assert_int_equal(tw_rulebook_default(&rulebook, NULL), TW_OK);
	assert_int_equal(
	    tw_arrow_columns(at, TW_COLUMN_COUNT + 1, &lent.schema, rulebook, NULL, &error), TW_OK);
	for (int i = 0; i <= TW_COLUMN_COUNT; i++)
		assert_int_equal(at[i], i == TW_COLUMN_HTS ? 0 : -1);
	assert_int_equal(tw_arrow_columns(NULL, 1, &lent.schema, rulebook, NULL, &error),
			 TW_BAD_ARGUMENT);
	assert_int_equal(tw_arrow_columns(at, 1, &gone, rulebook, NULL, &error), TW_BAD_ARGUMENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(schemas),         cmocka_unit_test(any_array),
	    cmocka_unit_test(texts_and_views), cmocka_unit_test(lists),
	    cmocka_unit_test(claims),          cmocka_unit_test(columns),
	    cmocka_unit_test(kept_columns),    cmocka_unit_test(batches),
	    cmocka_unit_test(options),         cmocka_unit_test(found_columns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
