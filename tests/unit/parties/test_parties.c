/* SPDX-License-Identifier: Apache-2.0 */
/* How words pair, how names are cut into words, what lists are refused, and that
   an answer that is kept is the one that was given. The lists are invented. */
#include "parties/lines.h"
#include "parties/list_xml.h"
#include "parties/lists.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct lexicon *lexicon; /* read once */

static struct tw_text said(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

/* The words of a name with a bar between, each behind the letter of its kind. */
static void words_of(char out[512], const char *text)
{
	static const char kinds[] = "wnDPlF";
	struct name name;
	size_t length = 0;
	name_read(&name, lexicon, said(text));
	out[0] = 0;
	for (size_t i = 0; i < name.count; i++)
		length += (size_t)snprintf(out + length, 512 - length, "%s%c:%.*s", i ? "|" : "",
					   kinds[name.token[i].kind], (int)name.token[i].length,
					   name.token[i].text);
}

static void test_names(void **state)
{
	static const char *const good[][2] = {
	    {"Wuhan Mingde Biological Technology Co., Ltd.",
	     "P:wuhan|w:mingde|D:biotechnology|F:co ltd"},
	    {"S. A. Müller", "F:sa|w:muller"},
	    {"武汉明德生物科技有限公司", "P:wuhan|w:明德|D:biotechnology|F:co ltd"},
	    {"張蘭湖", "w:张|w:兰湖"},
	    {"Unit 7, Zebra", "w:unit|n:7|w:zebra"},
	    {"", ""},
	    {"...", ""},
	};
	char words[512];
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		words_of(words, good[i][0]);
		assert_string_equal(words, good[i][1]);
	}
}

/* Two names of one word each. */
static uint32_t alike(enum pair_how *how, const char *one, const char *other)
{
	static struct name a, b;
	name_read(&a, lexicon, said(one));
	name_read(&b, lexicon, said(other));
	assert_int_equal(a.count, 1);
	assert_int_equal(b.count, 1);
	return pair_tokens(how, &a.token[0], &b.token[0]);
}

static void test_pairs(void **state)
{
	static const struct {
		const char *one, *other;
		uint32_t score;
		enum pair_how how;
	} good[] = {
	    {"kestrelby", "kestrelby", 10000, PAIR_EQUAL},
	    {"kestrelby", "kestrelbi", 8889, PAIR_TYPING}, /* 1 - 1/9, rounded up or down */
	    {"zebu", "zebi", 7500, PAIR_TYPING},           /* one of four letters */
	    {"zeb", "zib", 0, PAIR_EQUAL},                 /* fewer than four are equal or not */
	    {"kestrel", "bramble", 0, PAIR_EQUAL},
	    {"17", "18", 0, PAIR_EQUAL},
	};
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		enum pair_how how = PAIR_EQUAL;
		uint32_t score = alike(&how, good[i].one, good[i].other);
		assert_in_range(score + 1, good[i].score, good[i].score + 2);
		if (score)
			assert_int_equal(how, good[i].how);
	}
	assert_int_equal(pair_weight(WORD_FORM, 10000), 0);
	assert_int_equal(pair_weight(WORD_DESCRIPTOR, 10000), 3000);
	assert_int_equal(pair_weight(WORD_PLACE, 10000), 5000);
}

static struct parties *opened(const char *text)
{
	struct parties *parties = NULL;
	struct tw_error error = {0};
	assert_int_equal(parties_open_text(&parties, lexicon, "SDN.CSV", said(text), &error),
			 TW_OK);
	return parties;
}

static const char list[] =
    "1,\"GRAVESTOCK CHEMICAL CO., LTD.\",-0- ,\"SDNTK\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
    "\"Tax ID No. 5550001 (Freedonia).\"\n"
    "2,\"A | B THISTLEDOWN\",-0- ,\"X\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n";

static void look(struct party_lines *lines, struct finding_parties *out, const char *importer,
		 const char *shipper)
{
	struct tw_text column[TW_COLUMN_COUNT] = {0};
	column[TW_COLUMN_IMPORTER] = said(importer);
	column[TW_COLUMN_SHIPPER] = said(shipper);
	assert_true(party_lines_look(lines, 0, out, column));
}

/* More names than are kept, and each once more: the same. */
static void test_kept(void **state)
{
	enum { MANY = 40000 };
	struct parties *parties = opened(list);
	struct party_lines *lines = NULL;
	struct finding_parties out;
	struct tw_error error = {0};
	char name[32], long_name[6000];
	(void)state;
	assert_int_equal(party_lines_new(&lines, parties, 0, 1, &error), TW_OK);
	for (int round = 0; round < 2; round++) {
		look(lines, &out, "Gravestock Chem", "nobody");
		assert_int_equal(out.lane, TW_LANE_YELLOW);
		assert_int_equal(out.cell.length,
				 strlen("importer resembles GRAVESTOCK CHEMICAL CO., "
					"LTD., 1.0000 (OFAC SDN, entry 1, SDNTK: "
					"marks drugs)"));
		look(lines, &out, "555-0001", "A B Thistledown");
		assert_int_equal(out.lane, TW_LANE_RED);
		assert_non_null(memmem(out.cell.at, out.cell.length, "A / B", 5));
		assert_non_null(memmem(out.words.at, out.words.length, "A | B", 5));
		look(lines, &out, "", "");
		assert_int_equal(out.lane, TW_LANE_NONE);
		assert_int_equal(out.json.length + out.cell.length + out.words.length, 0);
		for (int i = 0; !round && i < MANY; i++) {
			snprintf(name, sizeof name, "z%dq", i);
			look(lines, &out, name, name);
			assert_int_equal(out.lane, TW_LANE_NONE);
		}
	}
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = 0;
	for (int round = 0; round < 2; round++) { /* too long to be kept, and to be read whole */
		look(lines, &out, long_name, "");
		assert_non_null(memmem(out.json.at, out.json.length, "names_cut", 9));
	}
	party_lines_free(lines);
	parties_close(parties);
}

/* What is refused, with its place. */
static void refused(const char *text, const char *message)
{
	struct parties *parties = NULL;
	struct tw_error error = {0};
	assert_int_not_equal(parties_open_text(&parties, lexicon, "list", said(text), &error),
			     TW_OK);
	assert_non_null(strstr(error.message, message));
}

static void test_refused(void **state)
{
	char deep[LIST_XML_DEPTH * 8 + 200] = "<Sanctions><ReferenceValueSets/><DistinctParties>";
	(void)state;
	for (int i = 0; i < LIST_XML_DEPTH; i++)
		strcat(deep, "<a>");
	refused(deep, "nested too deeply");
	refused("<Sanctions><ReferenceValueSets></Sanctions>", "damaged XML");
	refused("<!DOCTYPE a><Sanctions><ReferenceValueSets/></Sanctions>", "document type");
	refused("<sdnList/>", "SDN_ADVANCED.XML");
	refused("", "is empty");
	refused("{}", "JSON");
}

/* What is pointed to and not there is passed over. */
static void test_advanced(void **state)
{
	static const char text[] =
	    "<Sanctions><ReferenceValueSets><AreaCodeValues><AreaCode ID='7' "
	    "Description='Freedonia'>FD"
	    "</AreaCode></AreaCodeValues></ReferenceValueSets><Locations><Location ID='1'>"
	    "<LocationAreaCode AreaCodeID='7'/></Location></Locations><DistinctParties>"
	    "<DistinctParty FixedRef='9'><Profile ID='9' PartySubTypeID='99'><Identity "
	    "ID='5'><Alias "
	    "AliasTypeID='44'><DocumentedName><DocumentedNamePart><NamePartValue ScriptID='3'>PELL"
	    "</NamePartValue></DocumentedNamePart><DocumentedNamePart><NamePartValue>MARROWBY"
	    "</NamePartValue></DocumentedNamePart></DocumentedName></Alias></Identity><Feature "
	    "FeatureTypeID='8'><VersionLocation LocationID='1'/><VersionLocation LocationID='2'/>"
	    "</Feature></Profile></DistinctParty></"
	    "DistinctParties><SanctionsEntries><SanctionsEntry "
	    "ProfileID='10'><SanctionsMeasure><Comment>X</Comment></SanctionsMeasure></"
	    "SanctionsEntry>"
	    "</SanctionsEntries></Sanctions>";
	struct parties *parties = opened(text);
	const struct party_entry *entry = *(struct party_entry **)parties->entries.entry.item;
	(void)state;
	assert_int_equal(parties->entries.entry.count, 1);
	assert_string_equal(entry->id, "9");
	assert_string_equal(entry->name->text, "PELL MARROWBY");
	assert_string_equal(entry->country->text, "Freedonia");
	assert_null(entry->program);
	assert_null(entry->address);
	parties_close(parties);
}

static int prepare(void **state)
{
	struct tw_error error = {0};
	(void)state;
	return lexicon_new(&lexicon, &error);
}

static int end(void **state)
{
	(void)state;
	lexicon_free(lexicon);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_names),    cmocka_unit_test(test_pairs),
	    cmocka_unit_test(test_kept),     cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_advanced),
	};
	return cmocka_run_group_tests(tests, prepare, end);
}
