/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The law's own words as numbers: what the compiler writes into a rulebook and
 * the assessor reads from it. The numbers are a file format: a new word takes
 * the next one, and none is ever given to another word.
 */
#ifndef TW_COMMON_LEGAL_H
#define TW_COMMON_LEGAL_H

#include <stdint.h>

#define LAW_NONE UINT32_MAX /* no index */
#define LAW_COUNTRIES 320   /* upper bound of country indexes */
#define LAW_TERMS 8         /* terms of one rate text */

enum law_term_kind {
	LAW_TERM_AD_VALOREM = 0, /* amount: fraction of the value (or of a component's value) */
	LAW_TERM_SPECIFIC = 1    /* amount: money (1/10000) per one of unit */
};

/* What a term does to the sum of those before it. */
enum law_join {
	LAW_JOIN_ADD = 0,
	LAW_JOIN_LEAST = 1, /* "but not less than": it is at least this */
	LAW_JOIN_MOST = 2   /* "or more than": it is at most this */
};

enum law_rate_kind {
	LAW_RATE_ABSENT = 0,  /* nothing printed */
	LAW_RATE_SUM = 1,     /* sum of terms; Free has none */
	LAW_RATE_SUGAR = 2,   /* terms[0] base, [1] step a degree under 100, [2] floor: all ¢/kg */
	LAW_RATE_UNKNOWN = 3, /* on the list of texts that are answered incomplete */
	LAW_RATE_SEE = 4,     /* "See 9822.04.25": the rate stands in another heading */
	LAW_RATE_BOUNDED = 5  /* terms of which some bound those before them */
};

enum law_claim_type {
	LAW_CLAIM_FLAG = 0,
	LAW_CLAIM_AMOUNT = 1,
	LAW_CLAIM_NUMBER = 2,
	LAW_CLAIM_PERCENT = 3,
	LAW_CLAIM_COUNTRY = 4,
	LAW_CLAIM_TIME = 5,
	LAW_CLAIM_WORD = 6,
	LAW_CLAIM_CODE = 7,        /* a tariff heading or code; digits with or without dots */
	LAW_CLAIM_FLAG_OR_WORD = 8 /* "yes", "no" or a word; a word counts as yes */
};

/* Facts that a condition can name. FACT_CLAIM carries the claim's index. */
enum law_fact {
	LAW_FACT_CLAIM = 0,
	LAW_FACT_VALUE = 1,
	LAW_FACT_RETAIL_VALUE = 2,
	LAW_FACT_SHIPMENT_VALUE = 3,
	LAW_FACT_SHIPMENT_RETAIL_VALUE = 4,
	LAW_FACT_WEIGHT = 5,
	LAW_FACT_CHANNEL = 6,
	LAW_FACT_TRANSPORT = 7,
	LAW_FACT_ENTRY_TYPE = 8,
	LAW_FACT_SHIP_FROM = 9,
	LAW_FACT_INTO = 10,
	LAW_FACT_ORIGIN = 11,
	LAW_FACT_CURRENCY = 12,
	LAW_FACT_IMPORTED = 13,
	LAW_FACT_LOADED = 14,
	LAW_FACT_DEPARTED = 15,
	LAW_FACT_IT_DATE = 16, /* immediate-transportation entry accepted */
	LAW_FACT_SHIPPED = 17, /* the later of loaded and departed, of those that are said */
	LAW_FACT_ENTERED = 18,
	LAW_FACT_EXEMPT = 19,
	LAW_FACT_DUTY = 20,
	LAW_FACT_ADDITIONAL = 21,
	LAW_FACT_DAY_SHIPMENTS = 22, /* of the consignee on the local day of entry; 0: not known */
	LAW_FACT_DAY_VALUE = 23,     /* of all these */
	LAW_FACT_COUNT = 24
};

enum law_operator {
	LAW_OP_YES = 0,  /* flag is yes */
	LAW_OP_SAID = 1, /* declared at all */
	LAW_OP_EQ = 2,
	LAW_OP_NE = 3,
	LAW_OP_IN = 4,
	LAW_OP_LT = 5,
	LAW_OP_LE = 6,
	LAW_OP_GT = 7,
	LAW_OP_GE = 8
};

enum law_operand {
	LAW_OPERAND_NONE = 0,
	LAW_OPERAND_WORDS = 1, /* EQ, NE: one; IN: several; lower case */
	LAW_OPERAND_NUMBER =
	    2, /* a plain number, as a fraction; of a percent claim: percents (20) */
	LAW_OPERAND_MONEY = 3, /* fraction in 1/10000 */
	LAW_OPERAND_TIME = 4,  /* seconds UTC in .num, .den 1 */
	LAW_OPERAND_SHARE = 5  /* fraction (20% = 1/5; the fact itself = 1) of fact other */
};

enum law_node_kind { LAW_NODE_ATOM = 0, LAW_NODE_ALL = 1, LAW_NODE_ANY = 2, LAW_NODE_NOT = 3 };

enum law_effect {
	LAW_EFFECT_DUTY = 0,
	LAW_EFFECT_FLOOR = 1, /* rate: one ad valorem term */
	LAW_EFFECT_SUM = 2,   /* sum_of programs */
	LAW_EFFECT_BANDS = 3, /* steps over sum_of */
	LAW_EFFECT_EXEMPT = 4,
	LAW_EFFECT_PROHIBITED = 5,
	LAW_EFFECT_GRANT = 6,
	LAW_EFFECT_REFUSE = 7,
	LAW_EFFECT_ENTRY = 8,
	LAW_EFFECT_FILED = 9, /* what an entry of a type is, once it is filed */
	LAW_EFFECT_FEE = 10,
	LAW_EFFECT_WARN = 11,
	LAW_EFFECT_RATES_OF = 12 /* duties, yields and rates are those of another time than entry */
};

enum law_pays { LAW_PAYS_DUTY = 0, LAW_PAYS_NOTHING = 1, LAW_PAYS_NEVER = 2 };

enum law_instead { LAW_INSTEAD_NOTHING = 0, LAW_INSTEAD_COLUMN1 = 1, LAW_INSTEAD_ALL = 2 };

enum law_per { LAW_PER_LINE = 0, LAW_PER_SHIPMENT = 1, LAW_PER_PERSON_DAY = 2 };

enum law_confidence { LAW_HIGH = 0, LAW_MEDIUM = 1, LAW_LOW = 2, LAW_CONTESTED = 3 };

/* What an antidumping or countervailing order on the list is. */
enum law_adcvd_state {
	LAW_ADCVD_ORDER = 0,
	LAW_ADCVD_SUSPENDED = 1, /* a suspended investigation */
	LAW_ADCVD_UNREAD = 2 /* known to exist, its notice not read: the list is incomplete there */
};

enum law_drawback { LAW_DRAWBACK_UNKNOWN = 0, LAW_DRAWBACK_YES = 1, LAW_DRAWBACK_NO = 2 };

enum law_kind {
	LAW_KIND_DUTY = 0,
	LAW_KIND_EXEMPTION = 1,
	LAW_KIND_ENTRY = 2,
	LAW_KIND_FEE = 3,
	LAW_KIND_PROHIBITION = 4,
	LAW_KIND_TAX = 5
};

/* In which a program is drawn: not a meaning, but the same wherever it stands. */
enum law_color {
	LAW_COLOR_VIOLET = 0, /* of a program that says none */
	LAW_COLOR_GREY = 1,   /* of the base duty */
	LAW_COLOR_BLUE = 2,
	LAW_COLOR_VERMILION = 3,
	LAW_COLOR_OCHRE = 4,
	LAW_COLOR_GREEN = 5,
	LAW_COLOR_SKY = 6,
	LAW_COLOR_PINK = 7
};
enum { LAW_COLORS = 8 };

enum ledger_direction {
	LEDGER_IMPORT = 0,
	LEDGER_EXPORT = 1,
	LEDGER_TRANSIT = 2,
	LEDGER_DOMESTIC = 3, /* sent within the country: to lists that say what they ask then */
	LEDGER_DIRECTIONS = 4
};

/* Whose lines a threshold over a month sums, in a direction. */
enum ledger_sum {
	LEDGER_SUM_NONE = 0,
	LEDGER_SUM_IMPORTER = 1, /* the importer, or else the consignee, whoever sends */
	LEDGER_SUM_PARTIES = 2,  /* who sends to whom */
	LEDGER_SUMS = 3
};

enum ledger_must {
	LEDGER_MUST_NOT = 0,
	LEDGER_MUST = 1,
	LEDGER_ASK = 2,
	LEDGER_PROHIBITED = 3 /* unless it is allowed in this case */
};

enum ledger_stands { LEDGER_ONLY = 0, LEDGER_FEW = 1, LEDGER_AMONG = 2 };

/* Of a row of a chemical list. */
#define LEDGER_DAY_MIN INT32_MIN
#define LEDGER_DAY_MAX INT32_MAX
#define LEDGER_NO_LIMIT INT64_C(-1)
#define LEDGER_UNKNOWN_LIMIT INT64_C(-2) /* there is one, its figure is not known */
#define LEDGER_ROW_ASK 1                 /* a person decides whether the row reaches the goods */
#define LEDGER_ROW_MAYBE 2 /* the list's members are not known: shown on its route only */
#define LEDGER_ROW_MONTH 4 /* the limit runs over a calendar month */
#define LEDGER_ROW_YEAR 8

#endif
