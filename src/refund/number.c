/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/number.h"

#include <string.h>

#include "common/ascii.h"
#include "common/fit.h"
#include "common/utf8.h"

static bool is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_filer(const struct refunds *law, const char *text)
{
	for (uint32_t i = 0; i < law->count[REFUNDS_FILERS]; i++) {
		const struct refunds_filer *f = &law->filers[i];
		bool fits = memcmp(text, f->first, 3) >= 0 && memcmp(text, f->last, 3) <= 0;
		for (int k = 0; fits && k < 3; k++)
			fits = is_digit(f->first[k]) ? is_digit(text[k]) : is_capital(text[k]);
		if (fits)
			return true;
	}
	return false;
}

/* Every other character from the right is doubled, and the digits of its double are added. */
static int check_digit(const struct refunds *law, const char *text, size_t length)
{
	int sum = 0;
	for (size_t i = 0; i < length; i++) {
		char c = text[length - 1 - i];
		int value = is_capital(c) ? law->terms->letters[c - 'A'] - '0' : c - '0';
		value *= i % 2 ? 1 : 2;
		sum += value / 10 + value % 10;
	}
	return (10 - sum % 10) % 10;
}

/* 12345678903 as a spreadsheet shows it: 1.23457E+10. */
static bool is_shortened(const char *text)
{
	return is_digit(text[0]) && (text[1] == '.' || text[1] == 'E') && strstr(text, "E+");
}

/* Bytes of so many characters. */
static size_t front_of(const char *text, int characters)
{
	size_t front = 0, length = strlen(text);
	bool fit;
	for (; characters && front < length; characters--)
		front += utf8_next(&fit, text + front, length - front);
	return front;
}

static void find_fault(struct refund_entry_number *out, const struct refunds *law)
{
	size_t digits = law->terms->number_digits, whole = 3 + digits + 1;
	const char *text = out->text;
	if (out->length != whole) {
		out->fault = REFUND_NUMBER_LENGTH;
		fit_print(out->why, sizeof out->why,
			  "it has %zu characters without hyphens, not %zu%s", out->length, whole,
			  out->length && out->length < whole &&
				  strspn(text, "0123456789") == out->length
			      ? "; zeros in front may have been lost"
			      : "");
	} else if (!is_filer(law, text)) {
		out->fault = REFUND_NUMBER_FILER;
		fit_print(out->why, sizeof out->why, "%.*s is not a filer code",
			  (int)front_of(text, 3), text);
	} else if (strspn(text + 3, "0123456789") != digits + 1) {
		out->fault = REFUND_NUMBER_DIGITS;
		fit_print(out->why, sizeof out->why,
			  "%zu digits and a check digit follow the filer code, not %s", digits,
			  text + 3);
	} else {
		int right = check_digit(law, text, whole - 1);
		if (text[whole - 1] == '0' + right)
			return;
		out->fault = REFUND_NUMBER_CHECK;
		fit_print(out->why, sizeof out->why, "the check digit of %.*s is %d, not %c",
			  (int)(whole - 1), text, right, text[whole - 1]);
	}
}

void refund_number_judge(struct refund_entry_number *out, const struct refunds *law)
{
	find_fault(out, law);
	if (out->fault && is_shortened(out->text))
		fit_print(out->why, sizeof out->why,
			  "a spreadsheet shortened it: keep the column as text");
}

/* FNV-1a: numbers that are cut are told apart by it. */
static uint64_t digest(uint64_t state, const char *at, size_t length)
{
	for (size_t i = 0; i < length; i++)
		state = (state ^ (unsigned char)at[i]) * UINT64_C(0x100000001b3);
	return state;
}

void refund_number_read(struct refund_entry_number *out, const struct refunds *law,
			struct tw_text text)
{
	uint64_t all = UINT64_C(0xcbf29ce484222325);
	size_t kept = 0;
	bool fit, is_cut = false;
	memset(out, 0, sizeof *out);
	for (size_t i = 0, used; i < text.length; i += used) {
		used = utf8_next(&fit, text.at + i, text.length - i);
		char c = text.at[i], one = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
		const char *at = used > 1 ? text.at + i : one ? &one : UTF8_REPLACED;
		size_t length = one ? used : sizeof UTF8_REPLACED - 1;
		if (used == 1 && one == '-')
			continue;
		is_cut |= kept + length > REFUND_ENTRY;
		if (!is_cut) {
			memcpy(out->text + kept, at, length);
			kept += length;
		}
		all = digest(all, at, length);
		out->length++;
	}
	out->rest = is_cut ? all | 1 : 0;
	refund_number_judge(out, law);
}
