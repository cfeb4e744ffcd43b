/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the passes that read ahead share: keys that sort, the work on a line,
 * one pass over all inputs. gather.c owns the order of the passes.
 */
#ifndef TW_LINES_GATHER_PASS_H
#define TW_LINES_GATHER_PASS_H

#include "common/sort.h"
#include "lines/gather.h"

typedef unsigned char key8[8];
typedef unsigned char key16[16];

struct gather_worker {
	struct item *item;
	tw_assessor *assessor;
	const struct gather_options *options;
	gather_work *work;
};

/* Reads all inputs once; the records of the lines come sorted into `into`. */
int gather_run(struct gather *gather, const struct gather_options *options, gather_work *work,
	       struct sort *into, size_t record, struct tw_error *error);

/* 128 bits of a text; `tag` keeps kinds of keys apart. `fold`: case and runs of blanks do not
 * count, as people write names. */
void gather_hash(key16 out, struct tw_text text, uint64_t tag, bool fold);
void gather_shipment_key(key16 out, const struct tw_line *line);
tw_money gather_money(struct tw_text text); /* 0 when it cannot be read */
tw_money gather_retail(const struct tw_line *line);

/* The passes. Each gives the sorted answers that gather_fill hands out. */
struct ship_answer {
	key8 ordinal;
	tw_money value, retail;
	tw_time entered, last; /* the first and the last of its lines */
	uint64_t first;
	bool is_shared, is_apart; /* a shipment of several lines; rows of an ES-003 line apart */
};
struct day_answer {
	key8 ordinal;
	tw_money free_before, order_retail;
};
/* Sorted by person and day, and unit: an order, or else a shipment. */
struct day_record {
	key16 person, unit;
	key8 entered, first, ordinal;
	tw_money retail; /* of this line */
	tw_money value;  /* of this line */
	tw_money shipment;
	tw_money room; /* what may have been let in before; only if eligible */
	uint64_t eligible, is_order;
};
struct together_answer {
	key8 ordinal;
	uint64_t shipments;
	tw_money value;
};
struct share_answer {
	key8 ordinal, key;
	tw_money amount;
	uint64_t here;
};
enum { MONTH_LINES = 16 /* of a sum that are named; how many there are is said */ };
struct month_place {
	uint64_t file, number;
};
/* What stands before a line in a sum, or in those of all who are nearly the same person. */
struct month_answer {
	key8 ordinal, key;
	int64_t weight, volume;
	uint64_t lines, unknown;
	struct month_place line[MONTH_LINES]; /* the latest; of the nearly same, one of another */
};
/* The work of that pass. Rows of entries are noted too where the line is refused. */
gather_work gather_shipment;
int gather_shipments(struct sort **out, struct gather *gather, const struct gather_options *options,
		     struct tw_error *error);
/* together: shipments of one person and day, of their sorted records; where there are several. */
int gather_together(struct sort **together, struct gather *gather, struct sort *records,
		    struct tw_error *error);
int gather_days(struct sort **out, struct sort **together, struct gather *gather,
		const struct gather_options *options, struct tw_error *error);
int gather_months(struct sort **sums, struct sort **nears, struct gather *gather,
		  const struct gather_options *options, struct tw_error *error);
/*
 * `only_entry`: the answers are no more than what must be known before the rest
 * can be; the pass is to be run again with them.
 */
int gather_shares(struct sort **out, bool *only_entry, struct gather *gather,
		  const struct gather_options *options, struct tw_error *error);
size_t gather_memory(const struct gather *gather); /* bytes of a run of a sort */

#endif
