/* SPDX-License-Identifier: Apache-2.0 */
#include "common/tariff_code.h"

#include "common/ascii.h"

#include <string.h>

/* Whether a word stands in front of a code and says that it is one. */
static bool is_label(const char *at, size_t length)
{
	static const char words[] =
	    " hts htsus htsusa hs ht taric tariff code codes no nr num number "
	    "commodity classification heading subheading schedule b ";
	char word[24] = " ";
	if (!length || length > sizeof word - 3)
		return false;
	for (size_t i = 0; i < length; i++)
		word[1 + i] = to_lower(at[i]);
	word[1 + length] = ' ';
	word[2 + length] = '\0';
	return strstr(words, word) != NULL;
}

struct tw_text tariff_code_trim(struct tw_text text)
{
	struct tw_text rest = text;
	while (rest.length && !is_digit(*rest.at)) {
		size_t word = 0;
		while (word < rest.length && to_lower(rest.at[word]) >= 'a' &&
		       to_lower(rest.at[word]) <= 'z')
			word++;
		/* an apostrophe makes a cell of a spreadsheet a text; in print it has three bytes
		 */
		if (!word && rest.length >= 3 && !memcmp(rest.at, "\xE2\x80\x99", 3))
			word = 3;
		else if (!word && strchr("' .:#-_/\"", *rest.at) && *rest.at)
			word = 1;
		else if (!is_label(rest.at, word))
			return text;
		rest.at += word;
		rest.length -= word;
	}
	while (rest.length && (rest.at[rest.length - 1] == ' ' ||
			       rest.at[rest.length - 1] == '\'' || rest.at[rest.length - 1] == '"'))
		rest.length--;
	return rest.length ? rest : text;
}

/* 6.10E+09, 6,10910E9: a number too wide for its cell. */
static bool is_shortened(struct tw_text text)
{
	size_t i = 0;
	while (i < text.length && (is_digit(text.at[i]) || text.at[i] == '.' || text.at[i] == ','))
		i++;
	if (i == 0 || i == text.length || to_lower(text.at[i]) != 'e')
		return false;
	i++;
	if (i < text.length && text.at[i] == '+')
		i++;
	if (i == text.length)
		return false;
	while (i < text.length && is_digit(text.at[i]))
		i++;
	return i == text.length;
}

/*
 * 6109100012.0: the number that a program made of the code. One dot, behind it a single zero, or
 * zeros behind all ten digits; 61091000.00 is ten digits.
 */
static size_t without_fraction(struct tw_text text)
{
	const char *dot = memchr(text.at, '.', text.length);
	size_t before = dot ? (size_t)(dot - text.at) : 0,
	       after = dot ? text.length - before - 1 : 0;
	if (!after || memchr(dot + 1, '.', after))
		return text.length;
	for (size_t i = 0; i < text.length; i++)
		if (text.at + i != dot && !is_digit(text.at[i]))
			return text.length;
	for (size_t i = 0; i < after; i++)
		if (dot[1 + i] != '0')
			return text.length;
	return after == 1 || before == 10 ? before : text.length;
}

/* The digits in front of the first dot or blank. */
static size_t first_group(struct tw_text text)
{
	size_t n = 0;
	while (n < text.length && is_digit(text.at[n]))
		n++;
	return n;
}

/* A code as the schedule prints it, with dots or without; most are. */
static bool read_plain(struct tariff_code *out, struct tw_text text)
{
	size_t count = 0;
	if (text.length < 6 || (text.at[text.length - 2] == '.' && text.at[text.length - 1] == '0'))
		return false;
	for (size_t i = 0; i < text.length; i++) {
		if (is_digit(text.at[i]) && count < 10)
			out->digits[count++] = text.at[i];
		else if (text.at[i] != '.')
			return false;
	}
	out->digits[count] = '\0';
	out->count = count;
	out->fault = TARIFF_CODE_SOUND;
	return count == 6 || count == 8 || count == 10;
}

void tariff_code_read(struct tariff_code *out, struct tw_text text)
{
	if (read_plain(out, text))
		return;
	*out = (struct tariff_code){.fault = TARIFF_CODE_OTHER};
	text = tariff_code_trim(text);
	if (!text.length)
		return;
	if (is_shortened(text)) {
		out->fault = TARIFF_CODE_SHORTENED;
		return;
	}
	text.length = without_fraction(text);
	size_t count = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (is_digit(text.at[i])) {
			if (count < 10)
				out->digits[count] = text.at[i];
			count++;
		} else if (text.at[i] != '.' && text.at[i] != ' ' && text.at[i] != '-') {
			out->digits[0] = '\0';
			return;
		}
	}
	out->count = count < 10 ? count : 10;
	if (count == 6 || count == 8 || count == 10) {
		out->fault = TARIFF_CODE_SOUND;
	} else if (count > 10) {
		out->fault = TARIFF_CODE_LONG;
	} else if ((count == 5 || count == 7 || count == 9) && out->digits[0] != '0' &&
		   (first_group(text) == 3 || first_group(text) == count)) {
		memmove(out->digits + 1, out->digits, count);
		out->digits[0] = '0';
		out->count = count + 1;
		out->fault = TARIFF_CODE_NO_ZERO;
	}
}

void tariff_code_print(char out[16], const char *digits)
{
	size_t to = 0;
	for (size_t i = 0; i < 10 && digits[i]; i++) {
		if (i == 4 || i == 6 || i == 8)
			out[to++] = '.';
		out[to++] = digits[i];
	}
	out[to] = '\0';
}
