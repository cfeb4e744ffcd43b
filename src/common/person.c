/* SPDX-License-Identifier: Apache-2.0 */
/* Persons as keys, see person.h. */
#include "common/person.h"

#include "common/utf8.h"

#include <string.h>

enum { BLOCK = 512, EXACT_TAG = 11, NEAR_TAG = 12, PAIR_TAG = 13 };

/* A text of any length as a key: a block that is full goes on as its key. */
struct digest {
	char block[BLOCK];
	size_t length;
	uint64_t tag;
	bool blank; /* one is owed before the next letter */
};

static void end_block(struct digest *digest, text_key out)
{
	text_key_of(out, (struct tw_text){digest->block, digest->length}, digest->tag, false);
}

static void put(struct digest *digest, const char *at, size_t length)
{
	if (digest->length + length > BLOCK) {
		text_key key;
		end_block(digest, key);
		memcpy(digest->block, key, sizeof key);
		digest->length = sizeof key;
	}
	memcpy(digest->block + digest->length, at, length);
	digest->length += length;
}

/* The small letter of a capital of the Latin, Greek and Cyrillic alphabets. */
static uint32_t small(uint32_t c)
{
	bool even = (c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177);
	bool odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
	    (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F) ||
	    (c >= 0xFF21 && c <= 0xFF3A))
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	if ((even && c % 2 == 0 && c != 0x130) || (odd && c % 2 == 1))
		return c + 1;
	return c == 0x178 ? 0xFF : c;
}

static bool is_blank(uint32_t c)
{
	return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000;
}

/* What is neither letter nor digit of any script: of others than ASCII, the blocks of marks. */
static bool is_mark(uint32_t c)
{
	if (c < 0x80)
		return !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
	return c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x206F) ||
	       (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF0F) ||
	       (c >= 0xFF1A && c <= 0xFF20);
}

enum how { AS_WORDS, WITHOUT_BLANKS, LETTERS };

/* Adds a text: its words one blank apart, or without blanks, or its letters and digits alone. */
static void add(struct digest *digest, struct tw_text text, enum how how)
{
	digest->blank = false;
	bool begun = false;
	for (size_t i = 0; i < text.length;) {
		char out[4];
		size_t length = utf8_length(text.at + i, text.length - i);
		uint32_t c = length ? small(utf8_decode(text.at + i, length)) : 0xFFFD;
		i += length ? length : 1;
		if (is_blank(c)) {
			digest->blank = begun && how == AS_WORDS;
			continue;
		}
		if (how == LETTERS && is_mark(c))
			continue;
		if (digest->blank)
			put(digest, " ", 1);
		digest->blank = false;
		begun = true;
		put(digest, out, utf8_encode(out, c));
	}
}

static bool is_given(const struct person *person)
{
	return person->id.length || person->name.length;
}

static struct person consignee_of(const struct tw_line *line)
{
	return (struct person){.id = line->column[TW_COLUMN_CONSIGNEE_ID],
			       .name = line->column[TW_COLUMN_CONSIGNEE],
			       .address = line->column[TW_COLUMN_CONSIGNEE_ADDRESS]};
}

bool person_of(struct person_pair *out, const struct tw_line *line, enum ledger_sum sum)
{
	*out = (struct person_pair){.of = "importer"};
	if (sum == LEDGER_SUM_IMPORTER) {
		out->person.name = line->column[TW_COLUMN_IMPORTER];
		if (is_given(&out->person))
			return true;
		out->of = "consignee";
		out->person = consignee_of(line);
		return is_given(&out->person);
	}
	/* The other person of a transaction is its party (21 CFR 1310.02), whoever is sent the
	 * goods. */
	bool sold = line->column[TW_COLUMN_SELLER].length,
	     bought = line->column[TW_COLUMN_BUYER].length;
	out->of = sold && bought ? "seller and buyer"
		  : sold         ? "seller and consignee"
		  : bought       ? "shipper and buyer"
				 : "shipper and consignee";
	out->person.name = line->column[sold ? TW_COLUMN_SELLER : TW_COLUMN_SHIPPER];
	if (!sold)
		out->person.address = line->column[TW_COLUMN_SHIPPER_ADDRESS];
	if (bought)
		out->other.name = line->column[TW_COLUMN_BUYER];
	else
		out->other = consignee_of(line);
	return sum == LEDGER_SUM_PARTIES && is_given(&out->person) && is_given(&out->other);
}

struct tw_text person_shown(const struct person *person)
{
	return person->name.length ? person->name : person->id;
}

static void exact_of(text_key out, const struct person *person)
{
	struct digest digest = {.tag = EXACT_TAG};
	if (person->id.length) {
		put(&digest, "#", 1);
		add(&digest, person->id, WITHOUT_BLANKS);
	} else {
		add(&digest, person->name, AS_WORDS);
		put(&digest, "\n", 1);
		add(&digest, person->address, AS_WORDS);
	}
	end_block(&digest, out);
}

static void near_of(text_key out, const struct person *person)
{
	struct digest digest = {.tag = NEAR_TAG};
	add(&digest, person_shown(person), LETTERS);
	end_block(&digest, out);
}

static void pair_of(text_key out, const struct person_pair *pair,
		    void (*of)(text_key out, const struct person *person))
{
	char both[2 * sizeof(text_key)];
	text_key one, other;
	of(one, &pair->person);
	of(other, &pair->other);
	memcpy(both, one, sizeof one);
	memcpy(both + sizeof one, other, sizeof other);
	text_key_of(out, (struct tw_text){both, sizeof both}, PAIR_TAG, false);
}

void person_key(text_key out, const struct person_pair *pair)
{
	pair_of(out, pair, exact_of);
}

void person_near_key(text_key out, const struct person_pair *pair)
{
	pair_of(out, pair, near_of);
}
