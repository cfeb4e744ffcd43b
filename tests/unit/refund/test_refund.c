/* SPDX-License-Identifier: Apache-2.0 */
/* Whole numbers of any size, entry numbers, and a damaged section of the rulebook. */
#include "refund/big.h"
#include "refund/number.h"
#include "refund/totals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
// clang-format off
#include <cmocka.h>
// clang-format on

static void whole_numbers_are_exact(void **state)
{
	struct big a, b, c;
	(void)state;
	big_set(&a, 0);
	assert_int_equal(big_bits(&a), 0);
	big_set(&a, UINT64_MAX);
	assert_true(big_times(&b, &a, UINT64_MAX)); /* 2^128 - 2^65 + 1 */
	assert_int_equal(b.count, 2);
	assert_int_equal(b.limb[0], 1);
	assert_true(b.limb[1] == UINT64_MAX - 1);
	assert_int_equal(big_bits(&b), 128);
	assert_int_equal(big_compare(&a, &b), -1);
	assert_int_equal(big_compare(&b, &b), 0);
	big_minus(&c, &b, &a); /* borrows over the limbs: 2^128 - 2^65 - 2^64 + 2 */
	assert_int_equal(c.limb[0], 2);
	assert_true(c.limb[1] == UINT64_MAX - 2);
	big_minus(&c, &b, &b);
	assert_int_equal(c.count, 0);
	assert_true(big_times(&c, &b, 0));
	assert_int_equal(c.count, 0);
}

static void a_window_shows_the_bits_asked_for(void **state)
{
	struct big a;
	(void)state;
	big_set(&a, 3);
	for (int i = 0; i < 5; i++)
		assert_true(big_times(&a, &a, UINT64_C(1) << 50)); /* 3 x 2^250 */
	assert_int_equal(big_bits(&a), 252);
	assert_true(big_window(&a, 250) == 3);
	assert_true(big_window(&a, 251) == 1);
	assert_true(big_window(&a, 249) == 6);
	assert_true(big_window(&a, 200) == (unsigned __int128)3 << 50);
	big_set(&a, 5);
	assert_true(big_window(&a, -48) == (unsigned __int128)5 << 48);
}

static void what_does_not_fit_is_said(void **state)
{
	struct big a;
	int times = 0;
	(void)state;
	big_set(&a, UINT64_MAX);
	while (big_times(&a, &a, UINT64_MAX))
		times++;
	assert_int_equal(times, BIG_LIMBS - 1);
}

static void fault(const struct refunds *law, const char *text, enum refund_number wanted)
{
	struct refund_entry_number number;
	refund_number_read(&number, law, (struct tw_text){text, strlen(text)});
	if (number.fault != wanted)
		fail_msg("%s: %d, not %d (%s)", text, (int)number.fault, (int)wanted, number.why);
	assert_int_equal(*number.why != '\0', wanted != REFUND_NUMBER_SOUND);
}

static void entry_numbers_have_a_form_and_a_check_digit(void **state)
{
	const struct refunds *law = *state;
	/* The example of the form, the six of the reference table, and each form of filer code. */
	static const char *const sound[] = {"B76-0324527-8", "Z9Z70000115", "ZZ962003507",
					    "Z9933001275",   "99950000184", "9ZZ14500907",
					    "Z9980808044",   "ABC00000770", "1A255500016",
					    "12C09000011",   "30000123452", "xy7-4000121-5"};
	for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
		fault(law, sound[i], REFUND_NUMBER_SOUND);
	fault(law, "Z9Z70000116", REFUND_NUMBER_CHECK);
	fault(law, "00070000115", REFUND_NUMBER_FILER);
	fault(law, "Z_Z70000115", REFUND_NUMBER_FILER);
	fault(law, "Z9Z7000011A", REFUND_NUMBER_DIGITS);
	fault(law, "Z9Z7000 115", REFUND_NUMBER_DIGITS);
	fault(law, "Z9Z7000011", REFUND_NUMBER_LENGTH);
	fault(law, "Z9Z700001155", REFUND_NUMBER_LENGTH);
	fault(law, "", REFUND_NUMBER_LENGTH);
	fault(law, "\xC3\x84", REFUND_NUMBER_LENGTH);
}

/* One wrong digit is always found, and so are two neighbours in each other's place but 0 and 9. */
static void a_check_digit_finds_what_it_can(void **state)
{
	const struct refunds *law = *state;
	const char right[] = "B7603245278";
	for (size_t i = 3; i < 11; i++)
		for (char c = '0'; c <= '9'; c++) {
			char text[12];
			memcpy(text, right, sizeof right);
			text[i] = c;
			fault(law, text, c == right[i] ? REFUND_NUMBER_SOUND : REFUND_NUMBER_CHECK);
		}
}

static void answer_rows(const tw_rulebook *rulebook)
{
	static const char entry[] = "Z9Z70000115";
	struct refund_options options = {.filed = 20591, .interest_to = 20636};
	struct refunder *refunder;
	struct refund_row row;
	const struct refund_answer *answer;
	struct tw_error error;
	if (refunder_new(&refunder, rulebook, &options, &error))
		return;
	memset(&row, 0, sizeof row);
	memcpy(row.entry, entry, sizeof entry);
	row.entry_length = 11;
	row.is_layer = row.has_duty = true;
	row.code = 99030273;
	row.code_digits = 8;
	row.ordinal = -1;
	row.goods = UINT64_C(8205400000);
	row.goods_digits = 10;
	row.value = row.duty = 96000000;
	row.entry_date = 20362;
	row.deposit_date = 20376;
	row.liquidation_date = REFUND_NO_DAY;
	assert_int_equal(refund_answer(&answer, refunder, &row, 1, &error), TW_OK);
	refunder_free(refunder);
}

/* Whatever is changed in the section: it is refused, or what is left can be answered from. */
static void a_damaged_section_is_refused_or_harmless(void **state)
{
	const tw_rulebook *rulebook;
	struct tw_error error;
	size_t size;
	struct refunds law;
	unsigned refused = 0, seed = 1;
	(void)state;
	assert_int_equal(tw_rulebook_default(&rulebook, &error), TW_OK);
	const unsigned char *section = rulebook_section(rulebook, REFUNDS_TAG, &size);
	unsigned char *copy = malloc(size);
	assert_non_null(copy);
	for (size_t at = 0; at < size; at += 1 + at / 64) {
		memcpy(copy, section, size);
		seed = seed * 1103515245u + 12345u;
		copy[at] = (unsigned char)(copy[at] ^ (1u << (seed >> 16) % 8));
		copy[(at * 31) % size] = 0xFF;
		refused += !refunds_check(&law, copy, size);
	}
	assert_true(refused > 100);
	for (size_t shorter = 0; shorter < size; shorter += 97) {
		memcpy(copy, section, size);
		(void)refunds_check(&law, copy, shorter);
	}
	assert_true(refunds_check(&law, section, size));
	free(copy);
	answer_rows(rulebook);
}

static int open_law(void **state)
{
	static struct refunds law;
	const tw_rulebook *rulebook;
	struct tw_error error;
	*state = &law;
	return tw_rulebook_default(&rulebook, &error) || refunds_open(&law, rulebook, &error);
}

static void a_sum_that_leaves_its_range_is_an_error(void **state)
{
	struct refund_totals totals;
	struct tw_error error = {0};
	struct refund_answer answer = {.entry = "Z9Z70000115",
				       .status = REFUND_ACCEPTED,
				       .has_removable = true,
				       .has_principal = true,
				       .removable = REFUND_SUM_LIMIT / 2,
				       .principal = REFUND_SUM_LIMIT / 2,
				       .entry_date = REFUND_NO_DAY,
				       .protest_deadline = REFUND_NO_DAY};
	assert_int_equal(refund_totals_begin(&totals, *state), TW_OK);
	assert_int_equal(refund_totals_add(&totals, &answer, &error), TW_OK);
	assert_int_equal(refund_totals_add(&totals, &answer, &error), TW_OK);
	assert_true(totals.status[REFUND_ACCEPTED].principal == REFUND_SUM_LIMIT);
	assert_int_equal(refund_totals_add(&totals, &answer, &error), TW_BAD_ARGUMENT);
	assert_non_null(strstr(error.message, "entry Z9Z70000115"));
	assert_true(totals.status[REFUND_ACCEPTED].principal == REFUND_SUM_LIMIT);
	refund_totals_end(&totals);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_numbers_are_exact),
	    cmocka_unit_test(a_sum_that_leaves_its_range_is_an_error),
	    cmocka_unit_test(a_window_shows_the_bits_asked_for),
	    cmocka_unit_test(what_does_not_fit_is_said),
	    cmocka_unit_test(entry_numbers_have_a_form_and_a_check_digit),
	    cmocka_unit_test(a_check_digit_finds_what_it_can),
	    cmocka_unit_test(a_damaged_section_is_refused_or_harmless)};
	return cmocka_run_group_tests(tests, open_law, NULL);
}
