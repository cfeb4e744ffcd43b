/* SPDX-License-Identifier: Apache-2.0 */
/* What is shown of a line, written once and read back by its place. */
#include "across/inner.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/error.h"
#include "common/utf8.h"

struct fixed {
	uint64_t number;
	int64_t day;
	tw_money value;
	char into[4], origin[4], from[4], currency[8], hts[16];
	uint16_t length[CARD_TEXTS];
};

/* As much of a text as a card takes, cut after a whole character. */
static size_t kept(struct tw_text text, bool *cut)
{
	size_t length = text.length;
	*cut = length > CARD_TEXT;
	if (!*cut)
		return length;
	length = CARD_TEXT - 3;
	while (length && ((unsigned char)text.at[length] & 0xC0) == 0x80)
		length--;
	return length;
}

void card_put(struct buffer *out, const struct card *card)
{
	struct fixed fixed;
	bool cut;
	memset(&fixed, 0, sizeof fixed);
	fixed.number = card->number;
	fixed.day = card->day;
	fixed.value = card->value;
	memcpy(fixed.into, card->into, sizeof fixed.into);
	memcpy(fixed.origin, card->origin, sizeof fixed.origin);
	memcpy(fixed.from, card->from, sizeof fixed.from);
	memcpy(fixed.currency, card->currency, sizeof fixed.currency);
	memcpy(fixed.hts, card->hts, sizeof fixed.hts);
	for (int i = 0; i < CARD_TEXTS; i++) {
		size_t length = kept(card->text[i], &cut);
		fixed.length[i] = (uint16_t)(length + (cut ? 3 : 0));
	}
	buffer_put(out, (const char *)&fixed, sizeof fixed);
	for (int i = 0; i < CARD_TEXTS; i++) {
		size_t length = kept(card->text[i], &cut);
		if (length)
			buffer_put(out, card->text[i].at, length);
		if (cut)
			buffer_put(out, "...", 3);
	}
}

static int read_at(int file, void *to, size_t length, uint64_t at, struct tw_error *error)
{
	char *next = to;
	while (length) {
		ssize_t got = pread(file, next, length, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return error_set(error, TW_BAD_FILE, "temporary file: %s",
					 got ? strerror(errno) : "is truncated");
		next += got;
		at += (uint64_t)got;
		length -= (size_t)got;
	}
	return TW_OK;
}

int card_load(struct card_read *out, int file, uint64_t at, struct tw_error *error)
{
	struct fixed fixed;
	struct card *card = &out->card;
	int code = read_at(file, &fixed, sizeof fixed, at, error);
	size_t all = 0;
	if (code)
		return code;
	*card = (struct card){.number = fixed.number, .day = fixed.day, .value = fixed.value};
	memcpy(card->into, fixed.into, sizeof card->into);
	memcpy(card->origin, fixed.origin, sizeof card->origin);
	memcpy(card->from, fixed.from, sizeof card->from);
	memcpy(card->currency, fixed.currency, sizeof card->currency);
	memcpy(card->hts, fixed.hts, sizeof card->hts);
	for (int i = 0; i < CARD_TEXTS; i++) {
		card->text[i] = (struct tw_text){out->room + all, fixed.length[i]};
		all += fixed.length[i];
		if (all > sizeof out->room)
			return error_set(error, TW_BAD_FILE, "temporary file: is damaged");
	}
	return all ? read_at(file, out->room, all, at + sizeof fixed, error) : TW_OK;
}
