/* SPDX-License-Identifier: Apache-2.0 */
/* YAML trees, tab-separated files, their positions and limits; digests. */
#include "common/sha256.h"
#include "common/table.h"
#include "law/tsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

static struct arena *arena;
static struct tw_error error;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return !arena;
}

static int close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static int parse(struct yaml_node **out, const char *text)
{
	memset(&error, 0, sizeof error);
	return yaml_parse(out, arena, "a.yaml", text, strlen(text), &error);
}

static void nodes_know_their_place(void **state)
{
	(void)state;
	struct yaml_node *root;
	assert_int_equal(parse(&root, "one: 1\ntwo:\n  - {a: b, \"c d\": 'e'}\n  - x y\n"), TW_OK);
	assert_int_equal(root->kind, YAML_MAPPING);
	assert_int_equal(root->count, 2);
	const struct yaml_node *two = yaml_get(root, "two");
	assert_int_equal(two->kind, YAML_SEQUENCE);
	assert_int_equal(two->pos.line, 3);
	assert_int_equal(two->pos.column, 3);
	const struct yaml_node *e = yaml_get(two->item[0], "c d");
	assert_string_equal(e->scalar, "e");
	assert_true(e->quoted);
	assert_int_equal(e->pos.line, 3);
	assert_int_equal(e->pos.column, 19);
	assert_string_equal(e->pos.file, "a.yaml");
	assert_string_equal(two->item[1]->scalar, "x y");
	assert_false(two->item[1]->quoted);
	assert_null(yaml_get(root, "three"));
	assert_null(yaml_get(two, "a"));
}

static void times_stand_in_flow_mappings(void **state)
{
	(void)state;
	struct yaml_node *root;
	assert_int_equal(parse(&root, "from: {at: 2025-02-04T00:01, by: EO-14195}\n"), TW_OK);
	assert_string_equal(yaml_get(yaml_get(root, "from"), "at")->scalar, "2025-02-04T00:01");
}

static void refused(const char *text, int line, int column, const char *message)
{
	struct yaml_node *root;
	int code = parse(&root, text);
	if (code != TW_BAD_LAW || error.line != line || error.column != column ||
	    !strstr(error.message, message))
		(void)fprintf(stderr, "%s\n got %d:%d %s\n", text, error.line, error.column,
			      error.message);
	assert_int_equal(code, TW_BAD_LAW);
	assert_int_equal(error.code, TW_BAD_LAW);
	assert_string_equal(error.file, "a.yaml");
	assert_int_equal(error.line, line);
	assert_int_equal(error.column, column);
	assert_non_null(strstr(error.message, message));
}

static void yaml_beyond_the_law_is_refused(void **state)
{
	(void)state;
	refused("", 1, 1, "the file is empty");
	refused("# nothing\n", 1, 1, "the file is empty");
	refused("a: 1\nb: 2\na: 3\n", 3, 1, "\"a\" is repeated: it is already on line 1");
	refused("a: {b: 1, b: 2}\n", 1, 11, "\"b\" is repeated");
	refused("a:\nb: 1\n", 1, 1, "\"a\" has no value");
	refused("a: \"\"\n", 1, 1, "\"a\" has no value");
	refused("a: ~\n", 1, 1, "\"a\" has no value");
	refused("a: null\n", 1, 1, "\"a\" has no value");
	refused("a: []\n", 1, 1, "\"a\" has no value");
	refused("a: {}\n", 1, 1, "\"a\" has no value");
	refused("a: [b, '']\n", 1, 8, "empty item");
	refused("a: &x 1\n", 1, 4, "anchors and tags");
	refused("a: &x [1]\n", 1, 4, "anchors and tags");
	refused("a: &x {b: 1}\n", 1, 4, "anchors and tags");
	refused("a: !!str 1\n", 1, 4, "anchors and tags");
	refused("a: !law {b: 1}\n", 1, 4, "anchors and tags");
	refused("a: *x\n", 1, 4, "aliases");
	refused("? [a, b]\n: 1\n", 1, 3, "a key must be a plain word");
	refused("a: 1\n---\nb: 2\n", 2, 1, "a second document");
	refused("a: [1\nb: 2\n", 2, 2, "not YAML");
	refused("a: 1\n\tb: 2\n", 2, 1, "not YAML");
	refused("a: \"x\\0y\"\n", 1, 4, "zero byte");
}

static void broken_utf8_is_refused(void **state)
{
	(void)state;
	struct yaml_node *root;
	assert_int_equal(parse(&root, "a: \xff\n"), TW_BAD_LAW);
	assert_int_equal(parse(&root, "a: \xc0\xaf\n"), TW_BAD_LAW);
	assert_int_equal(parse(&root, "a: ¢\n"), TW_OK);
}

static void depth_is_limited(void **state)
{
	(void)state;
	char text[2 * YAML_DEPTH + 8];
	struct yaml_node *root;
	for (int depth = YAML_DEPTH - 1; depth <= YAML_DEPTH; depth++) {
		memset(text, '[', (size_t)depth);
		text[depth] = 'x';
		memset(text + depth + 1, ']', (size_t)depth);
		text[2 * depth + 1] = 0;
		assert_int_equal(parse(&root, text), depth < YAML_DEPTH ? TW_OK : TW_BAD_LAW);
	}
	assert_non_null(strstr(error.message, "more than 32 levels"));
}

static void size_is_limited(void **state)
{
	(void)state;
	struct yaml_node *root;
	size_t size = YAML_SIZE + 1;
	char *text = malloc(size);
	assert_non_null(text);
	memset(text, '#', size);
	memcpy(text, "a: 1\n", 5);
	assert_int_equal(yaml_parse(&root, arena, "a.yaml", text, size, &error), TW_BAD_LAW);
	assert_non_null(strstr(error.message, "split the file"));
	assert_int_equal(yaml_parse(&root, arena, "a.yaml", text, size - 1, &error), TW_OK);
	free(text);
}

static void stray_keys_are_named(void **state)
{
	(void)state;
	static const char *const keys[] = {"heading", "duty", NULL};
	struct yaml_node *root;
	assert_int_equal(parse(&root, "duty: 1\nheadin: 2\n"), TW_OK);
	assert_int_equal(yaml_only(root, keys, &error), TW_BAD_LAW);
	assert_int_equal(error.line, 2);
	assert_string_equal(error.message, "unknown key \"headin\": did you mean \"heading\"?");
	assert_int_equal(parse(&root, "zzz: 1\n"), TW_OK);
	assert_int_equal(yaml_only(root, keys, &error), TW_BAD_LAW);
	assert_string_equal(error.message, "unknown key \"zzz\"; choose from heading, duty");
	assert_int_equal(parse(&root, "duty: 1\n"), TW_OK);
	assert_int_equal(yaml_only(root, keys, &error), TW_OK);
	assert_int_equal(parse(&root, "[duty]\n"), TW_OK);
	assert_int_equal(yaml_only(root, keys, &error), TW_BAD_LAW);
}

static int table(struct tsv *out, const char *text, size_t size)
{
	memset(&error, 0, sizeof error);
	return tsv_parse(out, arena, "a.tsv", text, size, &error);
}

static void cells_are_split(void **state)
{
	(void)state;
	struct tsv t;
	const char *text = "# list: x\n# note: a: b\ncode\tfrom\tnote\n7301\t\tü\n7302\n\t\tz";
	assert_int_equal(table(&t, text, strlen(text)), TW_OK);
	assert_int_equal(t.fact_count, 2);
	assert_string_equal(tsv_fact(&t, "list"), "x");
	assert_string_equal(tsv_fact(&t, "note"), "a: b");
	assert_null(tsv_fact(&t, "title"));
	assert_int_equal(t.column_count, 3);
	assert_int_equal(tsv_column(&t, "note"), 2);
	assert_int_equal(tsv_column(&t, "by"), -1);
	assert_int_equal(t.row_count, 3);
	static const char *const cells[] = {"7301", "", "ü", "7302", "", "", "", "", "z"};
	for (size_t i = 0; i < 9; i++)
		assert_string_equal(t.cell[i], cells[i]);
	assert_int_equal(t.line[0], 4);
	assert_int_equal(t.line[2], 6);
}

static void faulty_tables_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *message;
		size_t size;
		int line;
	} cases[] = {
	    {"", "no header row", 0, 0},
	    {"# a: b\n", "no header row", 7, 1},
	    {"a\tb\n1\t2\t3\n", "more cells than the 2 columns", 10, 2},
	    {"a\tb\n1\t2\t\n", "more cells than the 2 columns", 9, 2},
	    {"a\ta\n", "column \"a\" is repeated", 4, 1},
	    {"a\t\tb\n", "a column without a name", 5, 1},
	    {"# nonsense\na\n", "reads \"# key: value\"", 13, 1},
	    {"# a:\nb\n", "\"# a:\" has no value", 7, 1},
	    {"# a: 1\n# a: 2\nb\n", "\"# a:\" is repeated", 16, 2},
	    {"a\n1\n\n2\n", "an empty line", 7, 3},
	    {"a\r\n1\r\n", "a carriage return", 7, 1},
	    {"a\n1\0\n", "a zero byte", 5, 2},
	    {"a\n\xff\n", "not UTF-8", 4, 2},
	    {"a\n\xed\xa0\x80\n", "not UTF-8", 6, 2},
	    {"a\n\xc3", "not UTF-8", 3, 2},
	    {"a\n\xf4\x90\x80\x80\n", "not UTF-8", 7, 2},
	    {"a\n\xe0\x80\xaf\n", "not UTF-8", 6, 2},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct tsv t;
		assert_int_equal(table(&t, cases[i].text, cases[i].size), TW_BAD_LAW);
		if (!strstr(error.message, cases[i].message))
			(void)fprintf(stderr, "%zu: %s\n", i, error.message);
		assert_non_null(strstr(error.message, cases[i].message));
		assert_int_equal(error.line, cases[i].line);
	}
}

/* FIPS 180-4, examples; one million times "a". */
static void digests_are_sha256(void **state)
{
	(void)state;
	char hex[65];
	sha256_hex(hex, "", 0);
	assert_string_equal(hex,
			    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	sha256_hex(hex, "abc", 3);
	assert_string_equal(hex,
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	sha256_hex(hex, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56);
	assert_string_equal(hex,
			    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	char *many = malloc(1000000);
	assert_non_null(many);
	memset(many, 'a', 1000000);
	sha256_hex(hex, many, 1000000);
	assert_string_equal(hex,
			    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(many);
}

static void tables_find_what_was_added(void **state)
{
	(void)state;
	struct table names = {0};
	assert_int_equal(table_find(&names, "x"), UINT32_MAX);
	for (uint32_t i = 0; i < 5000; i++) {
		char name[16];
		int n = snprintf(name, sizeof name, "us.%u", i);
		assert_int_equal(table_add(&names, arena, arena_text(arena, name, (size_t)n), i),
				 TW_OK);
	}
	assert_int_equal(table_find(&names, "us.0"), 0);
	assert_int_equal(table_find(&names, "us.4999"), 4999);
	assert_int_equal(table_find(&names, "us.5000"), UINT32_MAX);
}

static void arenas_refuse_what_overflows(void **state)
{
	(void)state;
	assert_null(arena_alloc(arena, SIZE_MAX, 2));
	assert_null(arena_alloc(arena, SIZE_MAX / 2, 2));
	assert_null(arena_text(arena, "x", SIZE_MAX));
	char *a = arena_alloc(arena, 3, 1), *b = arena_alloc(arena, 1, 1 << 20);
	assert_non_null(a);
	assert_non_null(b);
	for (size_t i = 0; i < 1 << 20; i++)
		assert_int_equal(b[i], 0);
	assert_int_equal((uintptr_t)b % _Alignof(max_align_t), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nodes_know_their_place),
	    cmocka_unit_test(times_stand_in_flow_mappings),
	    cmocka_unit_test(yaml_beyond_the_law_is_refused),
	    cmocka_unit_test(broken_utf8_is_refused),
	    cmocka_unit_test(depth_is_limited),
	    cmocka_unit_test(size_is_limited),
	    cmocka_unit_test(stray_keys_are_named),
	    cmocka_unit_test(cells_are_split),
	    cmocka_unit_test(faulty_tables_are_refused),
	    cmocka_unit_test(digests_are_sha256),
	    cmocka_unit_test(tables_find_what_was_added),
	    cmocka_unit_test(arenas_refuse_what_overflows),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
