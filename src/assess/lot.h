/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of a block on their way to their plans: what is asked of them, their
 * keys, their base duty. Charges none.
 */
#ifndef TW_ASSESS_LOT_H
#define TW_ASSESS_LOT_H

#include "assess/assessor.h"

enum { LOTS = 32 };

/* What remarks turn on beside the plan. */
struct remark_key {
	uint32_t plan, reach;
	uint64_t printed; /* indicators of special rates that are open to the line and printed */
	uint64_t open;    /* those that are open, where the plan turns on some */
	uint64_t code;    /* that is not current, and whether it was; and REMARK_... */
	struct need need; /* of the base duty; looked at where it is not known */
};
#define REMARK_ORDERS 35 /* the number of the antidumping orders found, from this bit on */
#define REMARK_BASE 59   /* the flags of the period of the schedule, from this bit on */
#define REMARK_BEYOND (UINT64_C(1) << 61)
#define REMARK_MOVES (UINT64_C(1) << 62)
#define REMARK_FREE (UINT64_C(1) << 63) /* of bases that are not known by their indicators */
#define REMARK_KNOWN offsetof(struct remark_key, need)
_Static_assert(REMARK_KNOWN == 32, "four words are hashed");

/* Where a line of a block stands. */
enum stage { BY_ITSELF, ASKED, KEYED };

struct lot {
	struct plan_key key;
	uint64_t hash;
	const struct form *form;
	const struct plan *plan;
	const struct tw_typed_line *values; /* the line, or what its texts say */
	enum stage stage;
	bool is_unknown; /* the base duty */
	struct plan_base base;
	struct remark_key remarks;
	uint64_t remarks_hash;
	struct ask ask;
	struct need need; /* what the base duty wants */
};

struct block {
	struct lot lot[LOTS];
	struct tw_typed_line values[LOTS]; /* of lines of texts */
};

/* Ask what each line's plan turns on, and find it where there is one. At most LOTS. */
void lots_ask(struct lot *lot, tw_assessor *a, const struct plan_tables *tables,
	      const struct tw_typed_line *lines, size_t count);

/* What the remarks turn on, of a line that has a plan; whether the day moves is found later. False:
   it is to be assessed by itself, and has no plan any more. */
bool lot_remark(struct lot *lot, tw_assessor *a, const struct plan_tables *tables);
void lot_remark_moves(struct lot *lot);
static inline size_t lot_remark_size(const struct lot *lot)
{
	return lot->is_unknown ? sizeof lot->remarks : REMARK_KNOWN;
}

/* Where the number of the remarks is, or would be. */
static inline struct known_remarks *lot_known_remarks(const struct plans_use *use,
						      const struct lot *lot)
{
	return &use->remarks[lot->remarks_hash >> 32 & (KNOWN_REMARKS - 1)];
}

#endif
