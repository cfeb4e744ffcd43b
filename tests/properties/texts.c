/* SPDX-License-Identifier: Apache-2.0 */
/* Everyday words, what the ledger knows, both bent and glued, and odd bytes. */
#include "texts.h"

#include "screen/trie.h"

#include <stdio.h>
#include <string.h>

static const char *const PLAIN[] = {
    "women's",   "cotton",  "knit",    "t-shirt", "LED",      "light",     "bulb",   "9W",
    "steel",     "kitchen", "set",     "of",      "6",        "with",      "case",   "20 L",
    "iPhone 15", "frame",   "26 inch", "100 pcs", "6204-2RS", "1 kg",      "item",   "No.",
    "battery",   "36V",     "10Ah",    "drum",    "98%",      "grade",     "for",    "free of",
    "Flasche",   "Lösung",  "ß-test",  "café",    "белый",    "白色",      "塑料",   "µm",
    "α-methyl",  "β",       "N-ethyl", "acid",    "salt",     "ester",     "powder", "25 kg",
    "UN",        "CAS",     "CAS No.", "UN No",   "registry", "InChI=1S/", "inchi",  "HCl",
    "resistant", "gloves",  "tested",  "and",     "or",       "/",         "to",     "test kit",
};
static const char *const JOINTS[] = {" ", " ", " ",  " ",  ", ",       "-",  " - ",
				     "",  "/", " (", ") ", ".",        "; ", " + ",
				     "_", ",", "'",  "\t", "\xc2\xa0", "%",  "·"};
static const char *const TAILS[] = {"flasche", "frei", "lösung",    "et", "vat", "s",     "free",
				    "のは",    "을",   "beständig", "x",  "통",  "powder"};

uint64_t texts_draw(struct texts *m, uint64_t below)
{
	m->seed ^= m->seed << 13;
	m->seed ^= m->seed >> 7;
	m->seed ^= m->seed << 17;
	return (m->seed >> 11) % below;
}

static void put(struct texts *m, const void *text, size_t length)
{
	if (m->length + length > TEXTS_LONGEST)
		return;
	memcpy(m->text + m->length, text, length);
	m->length += length;
}

static void put_text(struct texts *m, const char *text)
{
	put(m, text, strlen(text));
}

#define PICK(m, list) (list)[texts_draw(m, sizeof(list) / sizeof *(list))]

static void put_name(struct texts *m)
{
	const uint32_t *names = section_at(m->section, m->section->names);
	put_text(m, section_text(m->section, names[texts_draw(m, m->section->names.count)]));
}

/* A key of the trie or the beginning of one: words that the names do not show are there, too. */
static void put_key(struct texts *m)
{
	struct trie_view trie = section_trie(m->section, &m->section->forward);
	uint32_t node = TRIE_ROOT;
	for (unsigned n = 0; n < 40; n++) {
		unsigned first = (unsigned)texts_draw(m, 256), i = 0;
		uint32_t child = TRIE_DEAD;
		for (; i < 256 && child == TRIE_DEAD; i++)
			child = trie_step(trie, node, (uint8_t)(first + i));
		if (child == TRIE_DEAD)
			return;
		char byte = (char)(first + i - 1);
		put(m, &byte, 1);
		node = child;
		if (trie_value(trie, node) != TRIE_NONE && texts_draw(m, 2) == 0)
			return;
	}
}

static void put_number(struct texts *m)
{
	const struct section_number *cas = section_at(m->section, m->section->cas);
	const struct section_key *key = section_at(m->section, m->section->inchikeys);
	static const char *const forms[] = {"%llu-%02llu-%llu", "%llu - %02llu - %llu",
					    "%llu %02llu %llu", "%llu%02llu%llu",
					    "%llu\xe2\x80\x93%02llu\xe2\x80\x93%llu"};
	char text[64];
	unsigned long long number = texts_draw(m, 3)
					? cas[texts_draw(m, m->section->cas.count)].number
					: texts_draw(m, 9999999999);
	switch (texts_draw(m, 4)) {
	case 0:
	case 1:
		snprintf(text, sizeof text, PICK(m, forms), number / 1000, number / 10 % 100,
			 number % 10);
		break;
	case 2:
		snprintf(text, sizeof text, "%llu", (unsigned long long)texts_draw(m, 10000));
		break;
	default:
		snprintf(text, sizeof text, "%.*s", texts_draw(m, 2) ? 27 : 14,
			 key[texts_draw(m, m->section->inchikeys.count)].text);
	}
	put_text(m, text);
}

static void put_odd(struct texts *m)
{
	for (uint64_t n = texts_draw(m, 12); n > 0; n--) {
		char byte = (char)texts_draw(m, 256);
		put(m, &byte, 1);
	}
}

static void put_piece(struct texts *m)
{
	switch (texts_draw(m, 20)) {
	case 0:
	case 1:
		put_name(m);
		break;
	case 4:
		put_key(m);
		break;
	case 6:
		put_number(m);
		break;
	case 7:
		put_name(m);
		put_text(m, PICK(m, TAILS));
		break;
	case 8:
		if (texts_draw(m, 4) == 0)
			put_odd(m);
		break;
	default:
		put_text(m, PICK(m, PLAIN));
	}
}

/* Letters too many, missing, wrong, exchanged, in capitals; a separator within. */
static void bend(struct texts *m)
{
	static const char other[] = "abcdefghijklmnopqrstuvwxyzNS -,.'0123456789()[]\xc3\xa9";
	for (uint64_t n = texts_draw(m, 3); n > 0 && m->length > 2; n--) {
		size_t at = texts_draw(m, m->length - 1), rest = m->length - at;
		char letter = other[texts_draw(m, sizeof other - 1)];
		switch (texts_draw(m, 6)) {
		case 0:
			memmove(m->text + at + 1, m->text + at, rest);
			m->text[at] = letter;
			m->length++;
			break;
		case 1:
			memmove(m->text + at, m->text + at + 1, rest - 1);
			m->length--;
			break;
		case 2:
			m->text[at] = letter;
			break;
		case 3:
			letter = m->text[at];
			m->text[at] = m->text[at + 1];
			m->text[at + 1] = letter;
			break;
		case 4:
			for (size_t i = at; i < m->length && i < at + 20; i++)
				if (m->text[i] >= 'a' && m->text[i] <= 'z')
					m->text[i] = (char)(m->text[i] - 32);
			break;
		default:
			memmove(m->text + at + 1, m->text + at, rest);
			m->text[at] = ' ';
			m->length++;
		}
	}
}

void texts_make(struct texts *m)
{
	uint64_t pieces = texts_draw(m, 40) ? 1 + texts_draw(m, 5) : texts_draw(m, 200);
	m->length = 0;
	for (uint64_t i = 0; i < pieces; i++) {
		if (i > 0)
			put_text(m, PICK(m, JOINTS));
		put_piece(m);
	}
	bend(m);
}
