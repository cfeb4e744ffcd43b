/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of systematic names. Internal to the reader of names. */
#ifndef TW_SCREEN_NOMEN_PARTS_H
#define TW_SCREEN_NOMEN_PARTS_H

enum nomen_kind {
	PART_NONE,
	PART_STEM,  /* a ring: an ending may follow */
	PART_CHAIN, /* a chain: endings of acids and amides turn its first carbon */
	PART_WHOLE, /* a parent without ending */
	PART_ESTER, /* a parent whose E is joined to the group named before */
	PART_GROUP, /* a substituent */
	PART_DOUBLE /* one with two bonds */
};
enum nomen_end {
	ENDING_NONE,
	ENDING_ADD,        /* hung on, one bond */
	ENDING_DOUBLE,     /* two bonds */
	ENDING_AMINE,      /* hung on; its nitrogen is N */
	ENDING_AMIDE,      /* likewise, through a carbon */
	ENDING_ESTER,      /* through a carbon; the last oxygen takes the group named before */
	ENDING_ACID,       /* the first carbon of a chain is the acid's */
	ENDING_ACID_AMIDE, /* likewise, N */
	ENDING_ACID_ESTER,
	ENDING_NITRILE,
	ENDING_YL,
	ENDING_YLIDENE,
	ENDING_OYL,
	ENDING_CARBONYL /* joins through its own carbon */
};
struct nomen_part {
	const char *name, *smiles, *map;
	char otherwise; /* the locant when none is given, 0: there must be one */
	enum nomen_kind kind;
};
/*
 * Stands for the alcohol of an ester that is a group by its ending but not of
 * this vocabulary: a chain that no list names, so that the acid alone decides.
 */
#define NOMEN_ANY_GROUP "*yl"
struct nomen_ending {
	const char *name, *smiles;
	enum nomen_end kind;
};
/* Both end with a name of NULL. */
extern const struct nomen_part NOMEN_PARTS[];
extern const struct nomen_ending NOMEN_ENDINGS[];

#endif
