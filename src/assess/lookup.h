/* SPDX-License-Identifier: Apache-2.0 */
/* From a code, an origin and an instant to tariff lines and dockets. */
#ifndef TW_ASSESS_LOOKUP_H
#define TW_ASSESS_LOOKUP_H

#include "assess/tables.h"
#include "rulebook/layout.h"

/* Where codes of goods end, which are chapters 1 to 98: headings of chapter 99 say what is due. */
#define LOOKUP_GOODS_END UINT64_C(9900000000)

/* The leaves that a range of codes touches: [first, last). */
struct leaf_range {
	uint32_t first, last;
};
struct leaf_range lookup_leaves(const struct tables *tables, const struct rb *rb,
				const struct rb_jurisdiction *j, uint64_t low, uint64_t high);
/* The leaves around a code will be asked for: a load from memory begins. */
void lookup_soon(const struct tables *tables, const struct rb *rb, const struct rb_jurisdiction *j,
		 uint64_t low);
/*
 * The way to a docket, gone ahead of its use: each step knows where the next record lies, and has
 * it loaded while other work is done. Decides nothing; a way that ends early costs nothing.
 */
enum lookup_stage { WAY_ROW, WAY_STRIP, WAY_CELL, WAY_DOCKET, WAY_CHAIN, WAY_LINK, WAY_ENDS };
struct lookup_way {
	const struct rb_jurisdiction *jurisdiction;
	uint32_t column;
	size_t at;               /* of the record that was asked for */
	struct leaf_range range; /* that the code touches */
	bool has_range;
	enum lookup_stage stage;
};
void lookup_begin(struct lookup_way *way, const struct tables *tables, const struct rb *rb,
		  const struct rb_jurisdiction *j, uint64_t low, uint64_t high, uint32_t origin,
		  int64_t at);
void lookup_step(struct lookup_way *way, const struct rb *rb);
/* The schedule period of a leaf at an instant, or NULL. */
const struct rb_base *lookup_base(const struct rb *rb, const struct rb_leaf *leaf, int64_t at);
/* Index of the epoch (within the jurisdiction) of an instant. */
uint32_t lookup_epoch(const struct rb *rb, const struct rb_jurisdiction *j, int64_t at);
/* The column of an origin (RB_NONE: no country). */
uint32_t lookup_column(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t origin);
/* The docket of goods and an origin (RB_NONE: no country) in an epoch. */
uint32_t lookup_docket(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		       uint32_t goods, uint32_t origin);
/* The next instant after at at which the schedule's own rates of the leaf change; or INT64_MAX. */
int64_t lookup_base_change(const struct rb *rb, const struct rb_leaf *leaf, int64_t at);
/*
 * The next instant after at, which lies in epoch, at which the duties of the leaf and origin
 * differ, INT64_MAX if none. mail: count changes of the duty on mail too.
 */
int64_t lookup_change(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
		      const struct rb_leaf *leaf, uint32_t origin, bool mail, int64_t at);
/* The same of the duties of goods alone, wherever in the epoch; none before: before. */
int64_t lookup_duties_change(const struct rb *rb, const struct rb_jurisdiction *j, uint32_t epoch,
			     uint32_t goods, uint32_t origin, bool mail, int64_t before);

#endif
