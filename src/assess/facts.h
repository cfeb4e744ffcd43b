/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a line says, read: texts become instants, money, countries, claims.
 * Whatever cannot be read refuses the line, with the column and what would be
 * right. Knows the vocabulary of the rulebook, none of its duties.
 */
#ifndef TW_ASSESS_FACTS_H
#define TW_ASSESS_FACTS_H

#include "assess/lookup.h"
#include "common/instant.h"
#include "rulebook/layout.h"

enum value_kind { VALUE_NONE, VALUE_FLAG, VALUE_NUMBER, VALUE_TIME, VALUE_WORD, VALUE_COUNTRY };
struct value {
	enum value_kind kind;
	bool yes;
	int64_t number;      /* NUMBER: amounts in money, others in 1/1000000; TIME: seconds */
	struct tw_text word; /* WORD as declared; CODE without dots; COUNTRY the ISO code */
};

struct quantity {
	bool given;
	int64_t amount; /* in 1/1000000 */
	uint32_t unit;  /* RB_NONE: none said */
};

#define FACTS_VIA 8
#define FACTS_ODD 8

/* A local time that the clock shows twice, or never. */
struct odd_time {
	const char *column;
	tw_time at;
	bool twice;
};

struct facts {
	const struct tw_line *line;
	const char *today;                          /* what "today" stands for, or NULL */
	const struct rb_jurisdiction *jurisdiction; /* NULL: its duties are not covered */
	char into[3]; /* importing country or union, "" where it could not be read */
	int zone;     /* enum time_zone of its local time */
	uint32_t jurisdiction_index;
	uint32_t origin, ship_from; /* country or RB_NONE */
	uint32_t via[FACTS_VIA], via_count;
	struct odd_time odd[FACTS_ODD]; /* times of a clock change, as they were taken */
	uint32_t odd_count;
	bool more_odd; /* there was no room for all of them */
	uint64_t code_low, code_high;
	uint32_t digits;
	tw_time entered, imported, loaded, departed, it_date;
	bool has_entered;
	bool zero_restored; /* the code is read with the zero that a spreadsheet took */
	bool entered_is_date, has_imported, has_loaded, has_departed, has_it_date;
	bool has_value;
	tw_money value, retail, shipment_value, shipment_retail; /* exact */
	struct quantity qty[3];                                  /* qty, qty2, weight */
	struct tw_text channel, transport, entry_type;
	uint32_t channel_number, transport_number; /* of tables_channels; the end: none */
	struct tw_text currency;
	struct lookup_way way; /* to the docket of the day of entry */
	uint64_t said[RB_CLAIMS / 64];
	uint64_t said_folded;          /* as in struct chance */
	struct value claim[RB_CLAIMS]; /* valid where said */
};

/* Claims that the engine itself reads, by index or RB_NONE: words of the manual, not of a law. */
struct vocabulary {
	uint32_t spi, base_rate, base_duty, chapter98, dutiable_value, ftz_admitted, final_mode,
	    within_quota, polarization;
	uint32_t part_claim[RB_REST]; /* the claim of each part of the value, or RB_NONE */
	struct claim_set parts;       /* the claims of parts */
	struct claim_set valued;      /* these and the dutiable value */
	uint16_t country[26 * 26];    /* by ISO code; 0xffff: none */
	uint8_t zone[26 * 26];        /* by ISO code: enum time_zone, of the countries with lists */
	struct value assumed[RB_CLAIMS];
	struct value nothing; /* of no claim */
	const struct rb *rb;
	const struct tables *tables;
	const char *today; /* see tw_options */
	bool restore_zeros;
};
void vocabulary_make(struct vocabulary *out, const struct rb *rb);

/* Why a line is refused. */
struct refusal {
	const char *reason, *column;
	char text[1000];
};

/* False: *refusal is filled. */
bool facts_read(struct facts *out, struct refusal *refusal, const struct vocabulary *words,
		const struct tw_line *line);

static inline bool facts_said(const struct facts *facts, uint32_t claim)
{
	return claim != RB_NONE && (facts->said[claim / 64] >> claim % 64 & 1) != 0;
}
/* Is any claim of the set declared? */
static inline bool claims_any(const struct facts *facts, const struct claim_set *set)
{
	uint64_t any = 0;
	for (unsigned i = 0; i < CLAIM_WORDS; i++)
		any |= facts->said[i] & set->word[i];
	return any != 0;
}
/* False: no condition of that chance holds for the line. */
static inline bool facts_may(const struct facts *facts, const struct chance *chance)
{
	return (chance->may >> facts->channel_number & 1) != 0 ||
	       (chance->claims & facts->said_folded) != 0;
}
/* Nor could one if more were declared. */
static inline bool facts_could(const struct facts *facts, const struct chance *chance)
{
	return (chance->could >> facts->channel_number & 1) != 0 ||
	       (chance->claims & facts->said_folded) != 0;
}
/* The value declared, or assumed when nothing was. */
static inline const struct value *facts_claim(const struct facts *facts,
					      const struct vocabulary *words, uint32_t claim)
{
	if (claim >= RB_CLAIMS)
		return &words->nothing;
	return facts_said(facts, claim) ? &facts->claim[claim] : &words->assumed[claim];
}
/* Without case, of the letters of ASCII. */
static inline bool text_same(struct tw_text text, const char *word)
{
	if (text.length != 0 && ((text.at[0] ^ word[0]) & ~0x20) != 0)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		unsigned char x = (unsigned char)text.at[i], y = (unsigned char)word[i];
		if (y == '\0')
			return false;
		if (x >= 'A' && x <= 'Z')
			x |= 0x20;
		if (y >= 'A' && y <= 'Z')
			y |= 0x20;
		if (x != y)
			return false;
	}
	return word[text.length] == '\0';
}

#endif
