/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines through the whole screen, with the law of this build: what each column
 * names, what is said of what cannot be read, and the lane. And the memory, the
 * bands and the words under it, by themselves.
 */
#include "compiler/compile.h"
#include "compiler/refunds.h"
#include "law/law.h"
#include "rulebook/rulebook.h"
#include "screen/bands.h"
#include "screen/inquiry.h"
#include "screen/memory.h"
#include "screen/screen_state.h"
#include "screen/structure.h"
#include "screen/words.h"

#include "common/instant.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct screen *screen;
static const tw_rulebook *rulebook;

static int set_up(void **state)
{
	struct tw_error error = {0};
	(void)state;
	return tw_rulebook_default(&rulebook, &error) || screen_new(&screen, rulebook, &error);
}

static int tear_down(void **state)
{
	(void)state;
	screen_free(screen);
	return 0;
}

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static struct screen_facts import(void)
{
	return (struct screen_facts){.into = "US",
				     .origin = "CN",
				     .ship_from = "CN",
				     .entered = 1790000000,
				     .weight = -1,
				     .volume = -1,
				     .hts = "8507600020"};
}

/* A column, its text; a substance found or "", how; the beginning of a warning or "". */
static const struct {
	enum tw_column column;
	const char *text, *substance, *how, *warning;
} LINES[] = {
    {TW_COLUMN_DESCRIPTION, "cotton t-shirt", "", "", ""},
    {TW_COLUMN_DESCRIPTION, "acetone, 25 kg", "acetone", "name", "quantity-in-words: "},
    {TW_COLUMN_DESCRIPTION, "acetone, 2,200 lbs net", "acetone", "name", "quantity-in-words: "},
    {TW_COLUMN_DESCRIPTION, "acetone 5 \xe5\x8a\xa0\xe4\xbb\x91", "acetone", "name", ""},
    {TW_COLUMN_DESCRIPTION, "CAS 67-64-1", "acetone", "cas", ""},
    {TW_COLUMN_DESCRIPTION, "CAS 67-64-2", "", "", "cas-check-digit: "},
    {TW_COLUMN_DESCRIPTION, "CAS 1979-03-08 in drums", "propionyl-chloride", "cas", "cas-date: "},
    {TW_COLUMN_CAS, "67641", "acetone", "cas", ""},
    {TW_COLUMN_CAS, "67-64-2", "", "", "cas-check-digit: "},
    {TW_COLUMN_CAS, "none given", "", "", "cas-not-read: "},
    {TW_COLUMN_CAS, "2001-02-03", "", "", "cas-date: "},
    {TW_COLUMN_CAS, " 08-Mar-79", "", "", "cas-date: "},
    {TW_COLUMN_CAS, "Mar-79", "", "", "cas-date: "},
    {TW_COLUMN_CAS, "...", "", "", ""},
    {TW_COLUMN_INCHIKEY, "CSCPPACGZOOCGX-UHFFFAOYSA-N", "acetone", "inchikey", ""},
    {TW_COLUMN_INCHIKEY, "CSCPPACGZOOCGX", "acetone", "inchikey", ""},
    {TW_COLUMN_INCHIKEY, "CSCPPACGZOOCGX-UHFFFAOYXX-N", "", "", "inchikey-not-read: "},
    {TW_COLUMN_INCHIKEY, "no key", "", "", "inchikey-not-read: "},
    {TW_COLUMN_SMILES, "InChI=1S/C3H6O/c1-3(2)4/h1-2H3", "acetone", "inchi", ""},
    {TW_COLUMN_SMILES, "InChI=1S/", "", "", "inchi-not-read: "},
    {TW_COLUMN_SMILES, " CC(C)=O \t acetone ", "acetone", "structure", ""},
    {TW_COLUMN_SMILES, "CC(C)=O |atomProp:0.a.b| acetone", "acetone", "structure", ""},
    {TW_COLUMN_SMILES, "CCCC toluene", "toluene", "name", ""},
    {TW_COLUMN_SMILES, "CC(C)=O |m:1:2| x", "", "", "structure-refused: "},
    {TW_COLUMN_SMILES, "CC(C)=O |open", "", "", "structure-refused: "},
    {TW_COLUMN_SMILES, "*CC* |Sg:n:1,2|", "", "", ""},
    {TW_COLUMN_SMILES, "*CC* |Sg:any:1|", "", "", "structure-refused: "},
    {TW_COLUMN_SMILES, "CC |Sg:n:1|", "", "", "structure-refused: "},
    {TW_COLUMN_SMILES, "*CC(C)(*)O", "", "", ""},
    {TW_COLUMN_SMILES, "*C[N@H]*", "", "", ""},
    {TW_COLUMN_SMILES, "*C", "", "", "structure-refused: "},
    {TW_COLUMN_SMILES, "*=CC*", "", "", "structure-refused: "},
    {TW_COLUMN_SMILES, "*CC(=O)C*", "", "", ""},
    {TW_COLUMN_SMILES, "[1*]CC*", "", "", "structure-refused: "},
    {TW_COLUMN_DESCRIPTION, "4-piperidone, 1-benzyl-, 5 g", "", "", ""},
};

/* A character in full width is one of its own in a warning that is cut: no half of it is shown. */
static void lines_name_what_they_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
		struct screen_facts facts = import();
		struct screen_result result;
		struct tw_line line = {0};
		bool found = !*LINES[i].substance, warned = !*LINES[i].warning;
		if (LINES[i].column == TW_COLUMN_SMILES && !structure_available())
			continue;
		line.column[LINES[i].column] = text_of(LINES[i].text);
		screen_line(&result, screen, &line, &facts);
		for (size_t k = 0; k < result.substance_count; k++)
			found |= !strcmp(result.substances[k].substance, LINES[i].substance) &&
				 !strcmp(result.substances[k].how, LINES[i].how);
		for (size_t k = 0; k < result.warning_count; k++)
			warned |= !strncmp(result.warnings[k], LINES[i].warning,
					   strlen(LINES[i].warning));
		if (!found || !warned || (!*LINES[i].substance && LINES[i].how[0]))
			print_error("%zu: \"%s\": %zu found, %s, %s\n", i, LINES[i].text,
				    result.substance_count,
				    result.substance_count ? result.substances[0].substance : "",
				    result.warning_count ? result.warnings[0] : "");
		assert_true(found);
		assert_true(warned);
	}
}

static void what_does_not_fit_is_never_green(void **state)
{
	static char text[40000];
	struct screen_facts facts = import();
	struct screen_result result;
	struct tw_line line = {0};
	size_t used = 0;
	(void)state;
	memset(text, 'x', sizeof text);
	line.column[TW_COLUMN_DESCRIPTION] = (struct tw_text){text, sizeof text};
	screen_line(&result, screen, &line, &facts);
	assert_true(result.overflow);
	assert_int_equal(result.lane, TW_LANE_YELLOW);
	assert_int_equal(result.id, 0);
	/* More wrong numbers than there is room for warnings. */
	for (int i = 0; i < 12; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "CAS 67-64-%d; ", i % 10);
	line.column[TW_COLUMN_DESCRIPTION] = (struct tw_text){text, used};
	screen_line(&result, screen, &line, &facts);
	assert_true(result.overflow);
	assert_true(result.warning_count > 4);
	assert_int_equal(result.id, 0);
}

/* A line that is full before its description still names what that does, remembered or not. */
static void a_full_line_is_read_alike_from_memory(void **state)
{
	static const char numbers[] = "67-64-1; ";
	static char cas[64 * sizeof numbers];
	struct tw_line line = {0};
	struct screen_result result;
	size_t count[2];
	(void)state;
	if (!structure_available())
		skip();
	for (int i = 0; i < 64; i++)
		strcat(cas, numbers);
	for (size_t remembers = 0; remembers < 2; remembers++) {
		struct screen_facts facts = import();
		line.column[TW_COLUMN_DESCRIPTION] =
		    text_of("1-(4-methylphenyl)propan-2-one and "
			    "N-(4-iodophenyl)-N-[1-(2-phenylethyl)piperidin-4-yl]butanamide");
		line.column[TW_COLUMN_CAS] = text_of(numbers);
		assert_int_equal(screen_remember(screen, remembers ? 16 : 0), TW_OK);
		screen_line(&result, screen, &line, &facts);
		line.column[TW_COLUMN_CAS] = text_of(cas);
		screen_line(&result, screen, &line, &facts);
		assert_true(result.overflow);
		count[remembers] = result.substance_count;
	}
	assert_int_equal(count[0], 4); /* acetone, and three classes */
	assert_int_equal(count[1], 4);
}

/* The number of nothing is no other answer's, however many numbers were given. */
static void numbers_of_answers_run_out(void **state)
{
	struct tw_line line = {0};
	struct screen_result result;
	(void)state;
	line.column[TW_COLUMN_DESCRIPTION] = text_of("acetone");
	assert_int_equal(screen_remember(screen, 16), TW_OK);
	screen->recall.last_id = UINT32_MAX - 1;
	for (int i = 0; i < 4; i++) {
		struct screen_facts facts = import();
		facts.weight = i * INT64_C(1000000000);
		facts.into[0] = "UDUD"[i];
		facts.into[1] = "SESE"[i];
		screen_line(&result, screen, &line, &facts);
		assert_int_equal(result.id, i ? 0 : UINT32_MAX);
		assert_int_equal(result.substance_count, 1);
	}
	assert_int_equal(screen_remember(screen, 16), TW_OK);
}

static void a_warning_shows_whole_characters(void **state)
{
	static char text[600] = "CAS ";
	struct screen_facts facts = import();
	struct screen_result result;
	struct tw_line line = {0};
	(void)state;
	text[0] = '\0';
	for (int i = 0; i < 40; i++)
		strcat(text, "\xe5\xad\x97 ");
	line.column[TW_COLUMN_CAS] = text_of(text);
	screen_line(&result, screen, &line, &facts);
	assert_int_equal(result.warning_count, 1);
	const char *end = strstr(result.warnings[0], "\": no CAS number");
	assert_non_null(end);
	assert_true((end[-1] & 0xff) == ' ' || (end[-1] & 0xc0) == 0x80);
}

static void codes_name_by_themselves(void **state)
{
	struct screen_facts facts = import();
	struct screen_result result;
	struct tw_line line = {0};
	(void)state;
	facts.hts = "2914110000";
	line.column[TW_COLUMN_HTS] = text_of("2914.11.0000");
	screen_line(&result, screen, &line, &facts);
	assert_int_equal(result.substance_count, 1);
	assert_string_equal(result.substances[0].how, "hts");
	assert_true(result.id > SCREEN_NOTHING);
	uint32_t id = result.id;
	assert_false(screen_holds_nothing(screen, text_of("cotton"), "2914110000"));
	assert_true(screen_holds_nothing(screen, text_of("cotton"), "6109100012"));
	assert_true(screen_holds_nothing(screen, text_of(""), NULL));
	assert_false(screen_holds_nothing(screen, text_of("acetone"), "6109100012"));
	screen_line(&result, screen, &line, &facts);
	assert_int_equal(result.id, id);
	facts.into[0] = 'D';
	facts.into[1] = 'E';
	screen_line(&result, screen, &line, &facts);
	assert_int_not_equal(result.id, id);
}

static void no_day_asks_no_list(void **state)
{
	struct screen_facts facts = import();
	struct screen_result result;
	struct tw_line line = {0};
	(void)state;
	facts.undated = true;
	line.column[TW_COLUMN_DESCRIPTION] = text_of("fentanyl");
	for (int i = 0; i < 2; i++) { /* the second time from memory */
		screen_line(&result, screen, &line, &facts);
		assert_int_equal(result.control_count, 0);
		assert_int_equal(result.lane, TW_LANE_YELLOW);
		assert_int_equal(result.warning_count, 1);
		assert_ptr_equal(strstr(result.warnings[0], "no-day: "), result.warnings[0]);
		assert_true(result.id > SCREEN_NOTHING);
	}
}

static void countries_have_the_zone_of_their_lists(void **state)
{
	uint8_t zones[26 * 26] = {0};
	(void)state;
	screen_zones(screen, zones);
	assert_int_equal(zones[('U' - 'A') * 26 + 'S' - 'A'], TIME_ZONE_NEW_YORK);
	assert_int_equal(zones[('D' - 'A') * 26 + 'E' - 'A'], zones[('F' - 'A') * 26 + 'R' - 'A']);
}

/* Memory: what is kept is found, what does not fit is not, a full one begins anew. */
static void memory_keeps_what_fits(void **state)
{
	struct memory memory;
	char key[64], big[2000] = {0};
	(void)state;
	assert_true(memory_open(&memory, 0, 100));
	assert_null(memory_keep(&memory, "a", 1, "b", 1));
	assert_null(memory_find(&memory, "a", 1));
	memory_close(&memory);
	assert_true(memory_open(&memory, 8, 1024));
	assert_null(memory_keep(&memory, "a", 1, big, sizeof big));
	for (int i = 0; i < 1000; i++) {
		int length = snprintf(key, sizeof key, "%d and more of a key", i % 37 * i);
		const int *kept = memory_find(&memory, key, (size_t)length);
		if (kept) {
			assert_int_equal(*kept, i % 37 * i);
			continue;
		}
		kept = memory_keep(&memory, key, (size_t)length, &(int){i % 37 * i}, sizeof(int));
		assert_non_null(kept);
		assert_int_equal(*kept, i % 37 * i);
		assert_ptr_equal(memory_find(&memory, key, (size_t)length), kept);
		assert_null(memory_find(&memory, key, (size_t)length - 1));
	}
	memory_close(&memory);
}

/* A second before a boundary of time it is another local day than on it. */
static void grains_change_with_the_day(void **state)
{
	struct ledger ledger;
	struct bands bands;
	(void)state;
	assert_true(ledger_open(&ledger, rulebook));
	assert_true(bands_make(&bands, &ledger));
	for (uint32_t i = 0; i < ledger.count[LEDGER_CONTROLS]; i++) {
		const struct ledger_control *row = &ledger.controls[i];
		enum time_zone zone = (enum time_zone)ledger.lists[row->list].zone;
		tw_time at = time_from_local(zone, (int64_t)row->from * 86400);
		assert_int_equal(time_local_day(zone, at), row->from);
		assert_int_equal(time_local_day(zone, at - 1), (int64_t)row->from - 1);
		assert_true(bands_place(bands.times, bands.time_count, at) >
			    bands_place(bands.times, bands.time_count, at - 1));
	}
	bands_free(&bands);
	const int64_t limits[] = {10, 20};
	static const struct {
		int64_t value;
		uint32_t band;
	} cases[] = {{-1, 0}, {0, 1}, {9, 1}, {10, 2}, {11, 3}, {20, 4}, {21, 5}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(bands_of(limits, 2, cases[i].value), cases[i].band);
}

/* The duties of a small law, no more. */
static void *duties_alone(size_t *size)
{
	struct tw_error error = {0};
	struct law *law = NULL, *view = NULL;
	struct rulebook_writer *writer = NULL;
	void *bytes = NULL;
	assert_int_equal(law_read(&law, SMALL, &error), TW_OK);
	assert_int_equal(law_as_known(&view, law, TW_TIME_MAX, &error), TW_OK);
	assert_int_equal(rulebook_writer_new(&writer), TW_OK);
	assert_int_equal(compile_duties(writer, view, &error), TW_OK);
	assert_int_equal(refunds_compile(writer, view), TW_OK);
	assert_int_equal(
	    rulebook_writer_finish(&bytes, size, writer, view->edition, view->known_on), TW_OK);
	rulebook_writer_free(writer);
	law_free(view);
	law_free(law);
	return bytes;
}

/* A law without chemicals: every line is green, every question unanswered. */
static void a_law_without_chemicals_finds_none(void **state)
{
	struct screen_facts facts = import();
	struct screen_result result;
	struct tw_line line = {0};
	struct tw_error error = {0};
	struct screen *bare;
	struct inquiry inquiry = INQUIRY_INIT;
	tw_rulebook *without;
	uint8_t zones[26 * 26] = {0};
	size_t size;
	(void)state;
	void *bytes = duties_alone(&size);
	assert_int_equal(tw_rulebook_from_memory(&without, bytes, size, &error), TW_OK);
	assert_int_equal(screen_new(&bare, without, &error), TW_OK);
	assert_int_equal(screen_remember(bare, 8), TW_OK);
	line.column[TW_COLUMN_DESCRIPTION] = text_of("acetone");
	screen_line(&result, bare, &line, &facts);
	assert_int_equal(result.id, SCREEN_NOTHING);
	assert_int_equal(result.substance_count, 0);
	assert_true(screen_holds_nothing(bare, text_of("acetone"), "2914110000"));
	screen_zones(bare, zones);
	assert_int_equal(zones[('U' - 'A') * 26 + 'S' - 'A'], 0);
	assert_int_equal(inquiry_open(&inquiry, without, &error), TW_NOT_FOUND);
	assert_non_null(strstr(error.message, "no chemicals"));
	screen_free(bare);
	screen_free(NULL);
	tw_rulebook_close(without);
	free(bytes);
}

static void words_are_less_than_a_fold(void **state)
{
	static struct words words;
	static char text[WORDS_KEY + 2];
	(void)state;
	memset(text, 'a', sizeof text);
	for (int way = WORDS_PLAIN; way <= (int)words_best(); way++) {
		assert_true(words_read(&words, text_of("N-ethyl 2B, (x)"), (enum words_way)way));
		assert_int_equal(words.length, 9);
		assert_memory_equal(words.key, "nethyl2bx", 9);
		assert_int_equal(words_bits(words.start, 0), 0x1c3 | 1 << 9);
		assert_int_equal(words_bits(words.digit, 0), 1 << 6);
		assert_true(words.marked);
		assert_false(words_read(&words, text_of("caf\xc3\xa9"), (enum words_way)way));
		assert_false(
		    words_read(&words, (struct tw_text){text, WORDS_KEY + 1}, (enum words_way)way));
		assert_true(
		    words_read(&words, (struct tw_text){text, WORDS_KEY}, (enum words_way)way));
		assert_int_equal(words.length, WORDS_KEY);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_name_what_they_name),
	    cmocka_unit_test(what_does_not_fit_is_never_green),
	    cmocka_unit_test(a_full_line_is_read_alike_from_memory),
	    cmocka_unit_test(numbers_of_answers_run_out),
	    cmocka_unit_test(a_warning_shows_whole_characters),
	    cmocka_unit_test(codes_name_by_themselves),
	    cmocka_unit_test(no_day_asks_no_list),
	    cmocka_unit_test(countries_have_the_zone_of_their_lists),
	    cmocka_unit_test(memory_keeps_what_fits),
	    cmocka_unit_test(grains_change_with_the_day),
	    cmocka_unit_test(a_law_without_chemicals_finds_none),
	    cmocka_unit_test(words_are_less_than_a_fold),
	};
	return cmocka_run_group_tests_name("lines", tests, set_up, tear_down);
}
