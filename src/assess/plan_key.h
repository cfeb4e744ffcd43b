/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the law of a docket can ask of a line, and what a line answers to it.
 * Lines of one key have one plan: the recorder of condition.h holds that nothing
 * else was asked. Knows no amount of money that is due.
 */
#ifndef TW_ASSESS_PLAN_KEY_H
#define TW_ASSESS_PLAN_KEY_H

#include "assess/condition.h"
#include "assess/lookup.h"
#include "assess/share.h"
#include "assess/stack.h"

#include <stddef.h>
#include <string.h>

/* The magnitudes of a key, each with its band. */
enum key_magnitude {
	KEY_VALUE,
	KEY_RETAIL,
	KEY_SHIPMENT_VALUE,
	KEY_SHIPMENT_RETAIL,
	KEY_WEIGHT,
	KEY_ENTERED,
	KEY_IMPORTED,
	KEY_LOADED,
	KEY_DEPARTED,
	KEY_SHIPPED,
	KEY_ORDER,
	KEY_DAY_VALUE,
	KEY_DAY_RETAIL,
	KEY_MAGNITUDES
};

struct known_orders;

/* A line in numbers: all that a plan may turn on, and what it is charged on. */
struct ask {
	const struct rb_jurisdiction *jurisdiction;
	const struct tw_line *line; /* with the shipment's numbers, or NULL */
	uint64_t code;              /* of ten digits */
	tw_time entered;
	tw_money value, rounded;      /* as declared, and as the law rounds it */
	int64_t weight;               /* -1: none */
	uint32_t leaf, leaves, bases; /* that the code touches; periods where it is one leaf */
	uint32_t base, docket, column;
	struct leaf_range range; /* what the code touches */
	size_t at;               /* in the table of the next step, see ask.h */
	uint32_t epoch, goods;
	uint32_t reach; /* number of the claims to be reminded of that reach the code */
	uint32_t given; /* bit of enum key_magnitude: there is one */
	uint16_t origin, ship_from, preference;
	uint16_t index; /* of the jurisdiction */
	uint8_t digits, channel, transport;
	bool is_plain; /* it is worth its value whatever is asked: magnitude is not filled */
	bool is_date, is_beyond, is_column2, was_current;
	bool seasonal;    /* a single leaf of the code */
	bool is_chemical; /* as of struct known_code */
	bool not_current; /* the code is read by its parent */
	const char *base_by;
	struct known_orders *orders; /* of the code, or NULL: none lists it */
	tw_time imported, loaded, departed;
	bool has_imported, has_loaded, has_departed;
	uint32_t
	    filed; /* number of the type of entry that was filed with it, see steps.h, or RB_NONE */
	int64_t magnitude[KEY_MAGNITUDES];
};

#define FORM_THRESHOLDS 96 /* of one magnitude fewer than 0xff */
#define FORM_FLOORS 32
#define FORM_SHARES 32

/* A floor, on the column that is claimed or else the general one. */
struct form_floor {
	int64_t num, den;
	uint32_t measure;
	bool over_claimed;
};

/* Steps of a magnitude, of those of the form. */
struct form_band {
	uint8_t magnitude, first, count;
};

/* What a docket asks. It is one piece of memory, what is always read first. */
struct form {
	const char *unknown; /* it asks something that no key holds, or NULL */
	/*
	 * Of each magnitude, sorted: its band is how many of these it reaches. A threshold stands
	 * here twice, to be on it and to be above it, but where nothing is on it. Before them,
	 * those of all magnitudes that are the value of a plain line, each once.
	 */
	const int64_t *step;
	const struct form_floor *floor;
	const uint32_t *share; /* keys of what a shipment owes */
	bool asks_origin, asks_ship_from;
	uint16_t given; /* bits of enum key_magnitude: whether there is one is asked */
	uint8_t floors, shares, bands;
	uint8_t worth;                    /* steps of the value of a plain line */
	struct form_band entered, weight; /* again; count 0: not asked for */
	struct form_band band[KEY_MAGNITUDES];
};

struct draft;
/* What the tail of dockets asks, to make the forms of all dockets that have it. NULL: no memory.
   Freed with free. */
struct draft *form_begin(const struct rb *rb, uint32_t tail);
/* The form of the docket with that tail and these items. NULL: no memory. Freed with free. */
struct form *form_make(const struct draft *tail, uint32_t items);
/* Does the form hold all that was asked? NULL, or what it does not hold. unknown: the base duty is
   not known. */
const char *form_covers(const struct form *form, const struct record *record, bool unknown);

struct plan_key {
	uint32_t docket;
	uint32_t floors; /* those that the base duty reaches */
	uint16_t origin, ship_from;
	uint16_t given;
	uint8_t channel, transport;
	uint8_t flags; /* KEY_NOTHING … */
	/* By enum key_magnitude; of a plain line its worth is KEY_VALUE, and all that are that
	   value have none. */
	uint8_t band[KEY_MAGNITUDES];
	uint8_t
	    span[2]; /* no part of it: in a table, bands of KEY_VALUE that the plan is for, too */
	uint32_t shares; /* sums of the shipment that are there */
	uint32_t empty;  /* those of them that come to nothing */
	int64_t entry;   /* what the shipment is filed as, or -1 */
};
#define KEY_NOTHING 1   /* the value rounds to nothing */
#define KEY_BEYOND 2    /* a day after those covered */
#define KEY_UNKNOWN 4   /* the base duty is not known, for want of a quantity */
#define KEY_PLAIN 8     /* a plain line */
#define KEY_SCHEDULE 16 /* the schedule has begun: other things are not covered */

_Static_assert(sizeof(struct plan_key) == 48, "with hash and plan, a key is a line of the cache");

/*
 * For which bands of its value a plain line would have been asked the same and have answered the
 * same: the first and the last, into the key's span. covered: the form holds all that was asked.
 */
void plan_key_span(struct plan_key *key, const struct form *form, const struct record *record,
		   bool covered);

/* flags: KEY_UNKNOWN or 0; floors: bits of the floors that its base duty reaches. Returns the
   hash. */
uint64_t plan_key_make(struct plan_key *out, const struct form *form, const struct ask *ask,
		       unsigned flags, uint32_t floors);

static inline uint64_t plan_mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Of the words that a key is. */
static inline uint64_t plan_words_hash(uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e,
				       uint64_t f)
{
	uint64_t h = plan_mix(a ^ UINT64_C(0xa0761d6478bd642f), b ^ UINT64_C(0xe7037ed1a0b428db)) ^
		     plan_mix(c ^ UINT64_C(0x8ebc6af09c88c6e3), d ^ UINT64_C(0x589965cc75374cc3)) ^
		     plan_mix(e ^ UINT64_C(0x1d8e4e27c47d124f), f ^ UINT64_C(0xeb44accab455d165));
	return plan_mix(h ^ UINT64_C(0x9c6d8b3f2f1e5a71), UINT64_C(0x2f9be6cc59a7c1d3));
}

static inline uint64_t plan_key_hash(const struct plan_key *key)
{
	uint64_t w[6];
	memcpy(w, key, sizeof w);
	return plan_words_hash(w[0], w[1], w[2], w[3], w[4], w[5]);
}

/* A number of so many bytes in the word in which it lies in memory. */
static inline uint64_t plan_key_place(uint64_t number, size_t at, size_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return number << 8 * (8 - at % 8 - bytes);
#else
	(void)bytes;
	return number << 8 * (at % 8);
#endif
}
#define PLAN_KEY_PLACE(member, number)                                                             \
	plan_key_place(number, offsetof(struct plan_key, member),                                  \
		       sizeof((struct plan_key *)0)->member)

_Static_assert(offsetof(struct plan_key, span) / 8 == 3, "the span lies in the fourth word");

static inline bool plan_key_same(const struct plan_key *a, const struct plan_key *b)
{
	uint64_t x[6], y[6];
	memcpy(x, a, sizeof x);
	memcpy(y, b, sizeof y);
	uint64_t span = PLAN_KEY_PLACE(span, 0xffff);
	return ((x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) | ((x[3] ^ y[3]) & ~span) |
		(x[4] ^ y[4]) | (x[5] ^ y[5])) == 0;
}

#endif
