/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rulebooks that must be refused, each with its message: cut short, changed
 * by one bit in any section, of another form, or with numbers that point out
 * of their section and a right checksum. The sound one is compiled from LAW.
 */
#include "compiler/compile.h"
#include "rulebook/form.h"
#include "rulebook/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static uint8_t *sound, *copy;
static size_t size;

static int set_up(void **state)
{
	struct tw_error error = {0};
	void *bytes = NULL;
	(void)state;
	if (compile_folder(&bytes, &size, LAW, TW_TIME_MAX, &error) != TW_OK) {
		print_error("%s:%d: %s\n", error.file, error.line, error.message);
		return -1;
	}
	sound = bytes;
	copy = aligned_alloc(RULEBOOK_ALIGN, size + RULEBOOK_ALIGN);
	return copy != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	free(sound);
	free(copy);
	return 0;
}

static struct file_header *fresh(void)
{
	memcpy(copy, sound, size);
	return (void *)copy;
}

static struct file_section *section(uint32_t tag)
{
	struct file_header *header = (void *)copy;
	struct file_section *table = (void *)(copy + sizeof *header);
	for (uint32_t i = 0; i < header->section_count; i++)
		if (table[i].tag == tag)
			return &table[i];
	fail_msg("no section %08x", tag);
	return NULL;
}

static void *content(uint32_t tag)
{
	return copy + section(tag)->offset;
}

static void seal(void)
{
	struct file_header *header = (void *)copy;
	rulebook_checksum(header->checksum, copy, size);
}

static void refused(size_t length, int expected, const char *message)
{
	struct tw_error error = {0};
	tw_rulebook *book = (void *)copy; /* must be set to NULL */
	assert_int_equal(tw_rulebook_from_memory(&book, copy, length, &error), expected);
	assert_null(book);
	assert_int_equal(error.code, expected);
	if (strstr(error.message, message) == NULL)
		fail_msg("\"%s\" does not say \"%s\"", error.message, message);
	/* Without a place for the message the code is the same. */
	assert_int_equal(tw_rulebook_from_memory(&book, copy, length, NULL), expected);
}

static void sealed_refused(const char *what)
{
	seal();
	refused(size, TW_BAD_RULEBOOK, what);
}

static void test_sound(void **state)
{
	struct tw_error error = {0};
	tw_rulebook *book;
	struct tw_instrument act;
	(void)state;
	fresh();
	assert_int_equal(tw_rulebook_from_memory(&book, copy, size, &error), TW_OK);
	assert_int_equal(strlen(tw_rulebook_sha256(book)), 64);
	assert_int_equal(tw_rulebook_instrument(book, "HTS-A", &act), TW_OK);
	assert_string_equal(act.title, "schedule of January");
	assert_int_equal(tw_rulebook_instrument(book, "HTS-Z", &act), TW_NOT_FOUND);
	tw_rulebook_close(book);
	tw_rulebook_close(NULL);
}

static void test_same_law_same_bytes(void **state)
{
	void *again = NULL;
	size_t length = 0;
	(void)state;
	assert_int_equal(compile_folder(&again, &length, LAW, TW_TIME_MAX, NULL), TW_OK);
	assert_int_equal(length, size);
	assert_memory_equal(again, sound, size);
	free(again);
}

/* Two days on which other acts were known: two proofs; a day behind the edition: the same one. */
static void test_known_on(void **state)
{
	tw_rulebook *plain, *before, *edition, *after;
	(void)state;
	assert_int_equal(law_rulebook_as_known(&plain, LAW, NULL, NULL), TW_OK);
	assert_int_equal(law_rulebook_as_known(&before, LAW, "2026-01-19", NULL), TW_OK);
	assert_int_equal(law_rulebook_as_known(&edition, LAW, "2026-01-31", NULL), TW_OK);
	assert_int_equal(law_rulebook_as_known(&after, LAW, "2026-05-01", NULL), TW_OK);
	assert_string_equal(tw_rulebook_known_on(plain), "2026-01-31");
	assert_string_equal(tw_rulebook_known_on(before), "2026-01-19");
	assert_string_equal(tw_rulebook_known_on(after), "2026-01-31");
	assert_string_equal(tw_rulebook_edition(before), tw_rulebook_edition(plain));
	assert_string_not_equal(tw_rulebook_sha256(before), tw_rulebook_sha256(plain));
	assert_string_equal(tw_rulebook_sha256(edition), tw_rulebook_sha256(plain));
	assert_string_equal(tw_rulebook_sha256(after), tw_rulebook_sha256(plain));
	tw_rulebook_close(plain);
	tw_rulebook_close(before);
	tw_rulebook_close(edition);
	tw_rulebook_close(after);
}

static void test_cut(void **state)
{
	(void)state;
	fresh();
	refused(0, TW_BAD_RULEBOOK, "too short");
	refused(sizeof(struct file_header) - 1, TW_BAD_RULEBOOK, "too short");
	for (size_t length = sizeof(struct file_header); length < size; length += 61)
		refused(length, TW_BAD_RULEBOOK, "truncated or damaged");
	refused(size - 1, TW_BAD_RULEBOOK, "truncated or damaged");
	memset(copy + size, 0, RULEBOOK_ALIGN);
	refused(size + RULEBOOK_ALIGN, TW_BAD_RULEBOOK, "truncated or damaged");
}

static void test_form(void **state)
{
	struct tw_error error = {0};
	tw_rulebook *book;
	(void)state;
	fresh()->magic[0] = 'X';
	sealed_refused("not a rulebook");
	fresh()->order = UINT32_C(0x04030201);
	sealed_refused("byte order of another machine");
	fresh()->version++;
	sealed_refused("another format version");
	fresh()->size--;
	sealed_refused("truncated or damaged");
	fresh()->section_count = RULEBOOK_SECTIONS + 1;
	sealed_refused("truncated or damaged");
	fresh();
	section(RB_TAG_ITEMS)->offset += 4;
	sealed_refused("outside it");
	fresh();
	section(RB_TAG_ITEMS)->offset = size + RULEBOOK_ALIGN;
	sealed_refused("outside it");
	fresh();
	section(RB_TAG_ITEMS)->size = UINT64_MAX;
	sealed_refused("outside it");
	fresh();
	memmove(copy + 4, copy, size);
	assert_int_equal(tw_rulebook_from_memory(&book, copy + 4, size, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "aligned to 16 bytes"));
}

/* One bit at the start, in the middle and at the end of every section, and in the header. */
static void test_bits(void **state)
{
	const struct file_header *header = (void *)sound;
	const struct file_section *table = (void *)(sound + sizeof *header);
	(void)state;
	assert_true(header->section_count > 25);
	for (uint32_t i = 0; i < header->section_count; i++) {
		assert_true(table[i].size > 0 || table[i].tag == RB_TAG_PREFERENCES ||
			    table[i].tag == RB_TAG_RENUMBERED || table[i].tag == RB_TAG_ADCVD ||
			    table[i].tag == RB_TAG_ADCVD_ORDERS ||
			    table[i].tag == RB_TAG_ADCVD_CODES ||
			    table[i].tag == RB_TAG_ADCVD_SETS);
		for (unsigned k = 0; table[i].size > 0 && k < 3; k++) {
			fresh();
			copy[table[i].offset + (table[i].size - 1) * k / 2] ^= (uint8_t)(1 << k);
			refused(size, TW_BAD_RULEBOOK, "checksum is wrong");
		}
	}
	fresh()->checksum[31] ^= 0x80;
	refused(size, TW_BAD_RULEBOOK, "checksum is wrong");
	fresh()->edition[0] ^= 1;
	refused(size, TW_BAD_RULEBOOK, "checksum is wrong");
	fresh()->reserved = 1;
	refused(size, TW_BAD_RULEBOOK, "checksum is wrong");
}

/* A missing section, and one that holds no whole number of records. */
static void test_sections(void **state)
{
	static const uint32_t tags[] = {
	    RB_TAG_STRINGS,  RB_TAG_LAW,        RB_TAG_INSTRUMENTS,   RB_TAG_PROGRAMS,
	    RB_TAG_MEASURES, RB_TAG_YIELDS,     RB_TAG_NODES,         RB_TAG_ATOMS,
	    RB_TAG_INDEXES,  RB_TAG_RATES,      RB_TAG_TERMS,         RB_TAG_SPECIALS,
	    RB_TAG_UNITS,    RB_TAG_SPELLINGS,  RB_TAG_COUNTRIES,     RB_TAG_CLAIMS,
	    RB_TAG_LEAVES,   RB_TAG_BASES,      RB_TAG_JURISDICTIONS, RB_TAG_PREFERENCES,
	    RB_TAG_EPOCHS,   RB_TAG_ROWS,       RB_TAG_STRIPS,        RB_TAG_CELLS,
	    RB_TAG_DOCKETS,  RB_TAG_CHAINS,     RB_TAG_CHAIN_LINKS,   RB_TAG_LINKS,
	    RB_TAG_ITEMS,    RB_TAG_CLAIM_SETS, RB_TAG_SEASONS};
	(void)state;
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		fresh();
		section(tags[i])->tag = RULEBOOK_TAG('N', 'O', 'N', 'E');
		sealed_refused("out of range");
		fresh();
		if (tags[i] == RB_TAG_STRINGS || section(tags[i])->size == 0)
			continue;
		section(tags[i])->size -= 1;
		sealed_refused("out of range");
	}
	fresh();
	((char *)content(RB_TAG_STRINGS))[section(RB_TAG_STRINGS)->size - 1] = 'x';
	sealed_refused("strings out of range");
}

#define FIRST(type, tag) ((struct type *)content(tag))

static void test_numbers(void **state)
{
	(void)state;
	fresh();
	FIRST(rb_law, RB_TAG_LAW)->edition = UINT32_MAX;
	sealed_refused("edition out of range");
	fresh();
	FIRST(rb_program, RB_TAG_PROGRAMS)->jurisdiction = 2;
	sealed_refused("program out of range");
	fresh();
	FIRST(rb_measure, RB_TAG_MEASURES)->program = 100;
	sealed_refused("measure out of range");
	fresh();
	FIRST(rb_measure, RB_TAG_MEASURES)->limit = -1;
	sealed_refused("measure out of range");
	fresh();
	FIRST(rb_measure, RB_TAG_MEASURES)->rate = RB_NONE; /* a duty without a rate */
	sealed_refused("measure out of range");
	fresh();
	FIRST(rb_yield, RB_TAG_YIELDS)->programs.count = UINT32_MAX;
	sealed_refused("yield out of range");
	fresh();
	FIRST(rb_atom, RB_TAG_ATOMS)->den = 0;
	sealed_refused("comparison out of range");
	fresh();
	FIRST(rb_term, RB_TAG_TERMS)->num = -1;
	sealed_refused("rate term out of range");
	fresh();
	FIRST(rb_term, RB_TAG_TERMS)->den = RB_RATE_LIMIT + 1;
	sealed_refused("rate term out of range");
	fresh();
	FIRST(rb_special, RB_TAG_SPECIALS)->rate = 1000;
	sealed_refused("special rate out of range");
	fresh();
	FIRST(rb_unit, RB_TAG_UNITS)->den = 0;
	sealed_refused("unit out of range");
	fresh();
	FIRST(rb_leaf, RB_TAG_LEAVES)->two = 100;
	sealed_refused("tariff line out of range");
	fresh();
	FIRST(rb_season, RB_TAG_SEASONS)->from = 0;
	sealed_refused("season out of range");
	fresh();
	FIRST(rb_season, RB_TAG_SEASONS)->when = 1000;
	sealed_refused("season out of range");
	fresh();
	FIRST(rb_jurisdiction, RB_TAG_JURISDICTIONS)->round_duty = 0;
	sealed_refused("jurisdiction out of range");
	fresh();
	((uint32_t *)content(RB_TAG_ITEMS))[0] = RB_ITEM_YIELD | 0xffff;
	sealed_refused("docket item out of range");
}

/* One number of a table of narrow ones, as large as its bytes allow. */
static void spoil(uint32_t tag, size_t index, unsigned field, const char *what)
{
	struct narrow_head *head = content(tag);
	size_t stride = 0, at = sizeof *head;
	for (unsigned i = 0; i < head->fields; i++)
		stride += head->width[i];
	for (unsigned i = 0; i < field; i++)
		at += head->width[i];
	assert_true(index < head->count && head->width[field] > 0);
	memset((uint8_t *)content(tag) + at + index * stride, 0xff, head->width[field]);
	sealed_refused(what);
	fresh();
}

static void test_narrow(void **state)
{
	static const uint32_t tags[] = {RB_TAG_ROWS,    RB_TAG_STRIPS, RB_TAG_CELLS,
					RB_TAG_DOCKETS, RB_TAG_CHAINS, RB_TAG_CHAIN_LINKS,
					RB_TAG_LINKS};
	(void)state;
	fresh();
	spoil(RB_TAG_ROWS, 0, 0, "row out of range");
	spoil(RB_TAG_STRIPS, 0, 0, "strip out of range");
	spoil(RB_TAG_CELLS, 0, 0, "cell out of range");
	spoil(RB_TAG_DOCKETS, 0, RB_DOCKET_ITEMS, "docket out of range");
	spoil(RB_TAG_DOCKETS, 0, RB_DOCKET_TAIL, "docket out of range");
	spoil(RB_TAG_CHAINS, 0, RB_CHAIN_LINKS, "chain out of range");
	spoil(RB_TAG_CHAINS, 0, RB_CHAIN_CLAIMS, "chain out of range");
	spoil(RB_TAG_CHAIN_LINKS, 0, 0, "link out of range");
	spoil(RB_TAG_LINKS, 1, 0, "link out of range");
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
		struct narrow_head *head = content(tags[i]);
		head->count++;
		sealed_refused("out of range");
		fresh();
		head->fields++;
		sealed_refused("out of range");
		fresh();
		head->width[0] = 5;
		sealed_refused("out of range");
		fresh();
		head->width[NARROW_FIELDS - 1] = 1;
		sealed_refused("out of range");
		fresh();
	}
}

/* A condition that holds itself would never end. */
static void test_circle(void **state)
{
	(void)state;
	fresh();
	struct rb_node *node = content(RB_TAG_NODES);
	size_t count = section(RB_TAG_NODES)->size / sizeof *node, i = 0;
	while (i < count && (node[i].kind == LAW_NODE_ATOM || node[i].child.count == 0))
		i++;
	assert_true(i < count);
	((uint32_t *)content(RB_TAG_INDEXES))[node[i].child.first] = (uint32_t)i;
	sealed_refused("condition out of range");
}

static void test_files(void **state)
{
	char path[] = "/tmp/tidewaiter-rulebook-XXXXXX";
	struct tw_error error = {0};
	tw_rulebook *book;
	(void)state;
	int file = mkstemp(path);
	assert_true(file >= 0);
	assert_int_equal(tw_rulebook_open(&book, path, &error), TW_BAD_FILE); /* empty */
	assert_string_equal(error.file, path);
	assert_int_equal(write(file, sound, size), (ssize_t)size);
	assert_int_equal(tw_rulebook_open(&book, path, &error), TW_OK);
	tw_rulebook_close(book);
	assert_int_equal(ftruncate(file, (off_t)size - 8), 0);
	assert_int_equal(tw_rulebook_open(&book, path, &error), TW_BAD_RULEBOOK);
	assert_string_equal(error.file, path);
	close(file);
	unlink(path);
	assert_int_equal(tw_rulebook_open(&book, path, &error), TW_BAD_FILE);
	assert_non_null(strstr(error.message, "No such file"));
	assert_int_equal(tw_rulebook_open(&book, "/tmp", &error), TW_BAD_FILE);
	assert_null(book);
}

static void test_writer(void **state)
{
	struct rulebook_writer *writer;
	(void)state;
	assert_int_equal(rulebook_writer_new(&writer), TW_OK);
	for (uint32_t i = 0; i < RULEBOOK_SECTIONS; i++)
		assert_int_equal(rulebook_writer_add(writer, i, "", 0), TW_OK);
	assert_int_equal(rulebook_writer_add(writer, 99, "", 0), TW_BAD_ARGUMENT);
	rulebook_writer_free(writer);
	rulebook_writer_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sound),    cmocka_unit_test(test_same_law_same_bytes),
	    cmocka_unit_test(test_known_on), cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_form),     cmocka_unit_test(test_bits),
	    cmocka_unit_test(test_sections), cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_circle),   cmocka_unit_test(test_files),
	    cmocka_unit_test(test_writer),   cmocka_unit_test(test_narrow),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
