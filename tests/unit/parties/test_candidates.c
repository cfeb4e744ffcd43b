/* SPDX-License-Identifier: Apache-2.0 */
/* That no listed name which reaches the cut is passed over, against all of them compared one by
   one; and errors between words against the plain table of distances. The names are invented. */
#include "parties/distance.h"
#include "parties/parties.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LISTED = 600, ASKED = 400, ROOM = 160, WORD = 24 };

static uint32_t state_of_dice = 7;

static uint32_t dice(uint32_t sides)
{
	state_of_dice = state_of_dice * 1664525u + 1013904223u;
	return (state_of_dice >> 16) % sides;
}

/* ------------------------------ errors ------------------------------ */

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t by_table(const char *a, size_t n, const char *b, size_t m)
{
	size_t d[9][9];
	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			if (!i || !j) {
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = smaller(d[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
					  smaller(d[i - 1][j], d[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = smaller(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[n][m];
}

static void test_errors(void **state)
{
	char a[8], b[8];
	uint32_t x[8], y[8];
	(void)state;
	for (int round = 0; round < 200000; round++) {
		size_t n = dice(9), m = dice(9);
		for (size_t i = 0; i < n; i++)
			x[i] = 0x4E00u + (uint32_t)(a[i] = (char)('a' + dice(3)));
		for (size_t i = 0; i < m; i++)
			y[i] = 0x4E00u + (uint32_t)(b[i] = (char)('a' + dice(3)));
		size_t errors = by_table(a, n, b, m);
		for (size_t most = 0; most <= DISTANCE_MOST; most++) {
			size_t told = errors > most ? most + 1 : errors;
			assert_int_equal(distance_text(a, n, b, m, most), told);
			assert_int_equal(distance_of(x, n, y, m, most), told);
		}
	}
}

/* ------------------------------ names ------------------------------ */

static const char *const common[] = {"trading", "chemical",  "wuhan", "shanghai", "biotech",
				     "12",      "co., ltd.", "of",    "import",   "7"};
static const char *const rare[] = {"mingde", "wang",  "li",     "brightwell",  "ost",      "zhang",
				   "chan",   "huang", "marrow", "kestrelby",   "xiaoping", "明德",
				   "兰湖",   "xiao",  "ping",   "quillfeather"};

static void add_word(char *out, const char *word)
{
	size_t length = strlen(out);
	(void)snprintf(out + length, ROOM - length, "%s%s", length ? " " : "", word);
}

static void make_word(char out[WORD])
{
	static const char *const parts[] = {"cor", "dal",  "land", "more", "ulm", "vex",
					    "bra", "dine", "ster", "ham",  "il",  "or"};
	out[0] = 0;
	for (uint32_t i = 2 + dice(2); i; i--)
		strcat(out, parts[dice(12)]);
}

static void mistype(char *word)
{
	size_t length = strlen(word), at = dice((uint32_t)length);
	if ((unsigned char)*word >= 0x80 || length < 3)
		return;
	if (dice(2))
		word[at] = (char)('a' + dice(26));
	else
		memmove(word + at, word + at + 1, length - at);
}

static void make_name(char out[ROOM], uint32_t errors)
{
	char word[WORD];
	out[0] = 0;
	for (uint32_t i = 1 + dice(4); i; i--) {
		if (dice(2))
			make_word(word);
		else
			(void)snprintf(word, sizeof word, "%s", rare[dice(16)]);
		for (uint32_t k = dice(errors + 1); k; k--)
			mistype(word);
		add_word(out, word);
	}
	for (uint32_t i = dice(4); i; i--)
		add_word(out, common[dice(10)]);
}

static const struct party_name *name_at(const struct parties *parties, size_t i)
{
	return ((struct party_name **)parties->entries.name.item)[i];
}

/* Of spellings of a surname alone the index does not tell. */
static bool is_told(const struct pairing *pairing)
{
	for (size_t i = 0; i < pairing->count; i++)
		if (pairing->pair[i].weight && pairing->pair[i].how == PAIR_SPELLING)
			return false;
	return true;
}

static bool is_hit(const struct party_answer *answer, const struct party_name *name, uint32_t score)
{
	for (size_t i = 0; i < answer->count; i++)
		if (answer->hit[i].entry->index == name->entry)
			return answer->hit[i].pairing.score >= score;
	return false;
}

static void ask(const struct parties *parties, struct party_asker *asker, const char *text,
		uint32_t cut)
{
	static struct name given;
	struct party_question question = {.name = {text, strlen(text)}, .cut = cut};
	const struct party_answer *answer = parties_ask(asker, &question);
	struct pairing pairing;
	if (answer->more) /* the hits that are held are the best ones */
		return;
	name_read(&given, parties->lexicon, question.name);
	for (size_t i = 0; i < given.count; i++)
		(void)index_weigh(&given.token[i], &parties->index);
	for (size_t i = 0; i < parties->entries.name.count; i++) {
		const struct party_name *name = name_at(parties, i);
		pair_names(&pairing, given.token, given.count, name->token, name->count);
		if (!pairing.is_sound || pairing.score < cut || !is_told(&pairing))
			continue;
		if (!is_hit(answer, name, pairing.score))
			fail_msg("%s is passed over for %s, %u", name->text, text, pairing.score);
	}
}

static void test_none_is_passed_over(void **state)
{
	static char list[LISTED * (ROOM + 80)];
	static const uint32_t cuts[] = {PARTIES_CUT_LEAST, 7000, PARTIES_CUT, 9500, PAIR_ONE};
	struct parties *parties = NULL;
	struct tw_error error = {0};
	char name[ROOM];
	size_t length = 0;
	(void)state;
	for (int i = 1; i <= LISTED; i++) {
		make_name(name, 0);
		length += (size_t)snprintf(list + length, sizeof list - length,
					   "%d,\"%s\",-0- ,\"SDNTK\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- "
					   ",-0- ,-0- \r\n",
					   i, name);
	}
	assert_int_equal(
	    parties_open_text(&parties, NULL, "SDN.CSV", (struct tw_text){list, length}, &error),
	    TW_OK);
	struct party_asker *asker = party_asker_new(parties);
	assert_non_null(asker);
	for (int i = 0; i < ASKED; i++) {
		make_name(name, 2);
		for (size_t k = 0; k < sizeof cuts / sizeof *cuts; k++)
			ask(parties, asker, name, cuts[k]);
	}
	for (int i = 0; i < ASKED / 4; i++)
		ask(parties, asker, name_at(parties, dice(LISTED))->text, PARTIES_CUT);
	party_asker_free(asker);
	parties_close(parties);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_errors),
	    cmocka_unit_test(test_none_is_passed_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
