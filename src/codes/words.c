/* SPDX-License-Identifier: Apache-2.0 */
#include "codes/words.h"

#include <string.h>

/* Bytes of other scripts are letters: the index folds them. */
static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c >= 0x80;
}

/* The end of the word, not inside a character of several bytes. */
static size_t cut_at(const char *at, size_t length)
{
	if (length <= WORDS_BYTES)
		return length;
	length = WORDS_BYTES;
	while (length && ((unsigned char)at[length] & 0xC0) == 0x80)
		length--;
	return length;
}

bool words_next(struct words *words, char out[WORDS_BYTES + 1])
{
	while (words->at < words->end && !is_letter((unsigned char)*words->at))
		words->at++;
	const char *start = words->at;
	while (words->at < words->end && is_letter((unsigned char)*words->at))
		words->at++;
	size_t length = cut_at(start, (size_t)(words->at - start));
	for (size_t i = 0; i < length; i++)
		out[i] =
		    start[i] >= 'A' && start[i] <= 'Z' ? (char)(start[i] - 'A' + 'a') : start[i];
	out[length] = '\0';
	return length > 0;
}

bool words_empty(const char *word)
{
	static const char *const empty[] = {
	    "a",  "an", "and", "at", "by",    "for",  "in", "of",
	    "on", "or", "the", "to", "other", "with", "s"}; /* of men's */
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		if (!strcmp(word, empty[i]))
			return true;
	return false;
}
