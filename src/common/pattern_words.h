/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The words of patterns as numbers: kinds of pattern, by what lines are put together, what is
 * measured. They stand in rulebooks, so each is written out and none is ever given to another word.
 */
#ifndef TW_COMMON_PATTERN_WORDS_H
#define TW_COMMON_PATTERN_WORDS_H

enum pattern_kind {
	PATTERN_HEAP = 0,     /* amounts that lie just under a limit */
	PATTERN_MANY = 1,     /* parcels of one order, person, address or phone in a window */
	PATTERN_ROUTE = 2,    /* where goods are of, were sent from and passed through */
	PATTERN_TOGETHER = 3, /* goods of several parts that reach one receiver in a window */
	PATTERN_CODES = 4,    /* one description under many codes */
	PATTERN_PRICE = 5,    /* a value per kilogram far from that of the code */
	PATTERN_KINDS = 6
};

enum pattern_group {
	PATTERN_SHIPPER = 0,
	PATTERN_CONSIGNEE = 1,
	PATTERN_IMPORTER = 2, /* the importer, else the consignee */
	PATTERN_ADDRESS = 3,  /* of the consignee */
	PATTERN_PHONE = 4,    /* of the consignee */
	PATTERN_ORDER = 5,
	PATTERN_DESCRIPTION = 6,
	PATTERN_CODE = 7,
	PATTERN_GROUPS = 8
};

enum pattern_of {
	PATTERN_OF_VALUE = 0,     /* of the shipment */
	PATTERN_OF_RETAIL = 1,    /* fair retail value of the shipment */
	PATTERN_OF_THRESHOLD = 2, /* weight of a listed chemical, by the threshold of its list */
	PATTERN_OFS = 3
};

enum { PATTERN_PARTS = 8, PATTERN_DAYS = 92 /* of a window, at most */ };

/* Each in the order of its numbers; NULL-terminated. */
extern const char *const pattern_kind_names[PATTERN_KINDS + 1];
extern const char *const pattern_group_names[PATTERN_GROUPS + 1];
extern const char *const pattern_of_names[PATTERN_OFS + 1];

#endif
