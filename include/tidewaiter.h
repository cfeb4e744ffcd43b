/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tidewaiter: what the border does to a shipment, on any date.
 *
 * The library assesses one line of goods at a time against a rulebook, the
 * compiled law. It never prints, never exits, never touches the network or a
 * file unless told to open one, and allocates nothing per line.
 *
 * A tw_rulebook is frozen: share one among all threads. A tw_assessor belongs
 * to one thread and owns the scratch memory that an answer points into.
 *
 * Functions return TW_OK (0) or a negative enum tw_code; outputs come first,
 * an optional struct tw_error * last.
 */
#ifndef TIDEWAITER_H
#define TIDEWAITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define TW_API __attribute__((visibility("default")))
#else
#define TW_API
#endif

/* Money: 1/10000 of the currency unit. Range of an input: 0 to TW_MONEY_LIMIT. */
typedef int64_t tw_money;
#define TW_MONEY_UNIT INT64_C(10000)
#define TW_MONEY_LIMIT (INT64_C(1000000000000) * TW_MONEY_UNIT)

/* An instant: seconds since 1970-01-01T00:00:00Z, leap seconds not counted. */
typedef int64_t tw_time;
#define TW_TIME_MIN INT64_MIN
#define TW_TIME_MAX INT64_MAX

enum tw_code {
	TW_OK = 0,
	TW_NO_MEMORY = -1,
	TW_BAD_FILE = -2,     /* cannot be read */
	TW_BAD_RULEBOOK = -3, /* wrong magic, version, size or checksum */
	TW_BAD_ARGUMENT = -4,
	TW_BAD_LAW = -5, /* the law text has an error, see struct tw_error */
	TW_NOT_FOUND = -6,
	TW_UNSUPPORTED = -7 /* not in this build */
};

struct tw_error {
	int code;          /* enum tw_code */
	int line, column;  /* 1-based, 0 where there is none */
	char file[256];    /* where, empty if nowhere */
	char message[512]; /* what is wrong and what would be right */
};

/* A piece of text: not owned, not terminated, UTF-8. Empty: not given. */
struct tw_text {
	const char *at;
	size_t length;
};

/* The columns of a line: see "Lines in" in the manual. */
enum tw_column {
	TW_COLUMN_ID,
	TW_COLUMN_SHIPMENT,
	TW_COLUMN_INTO,
	TW_COLUMN_HTS,
	TW_COLUMN_ORIGIN,
	TW_COLUMN_SHIP_FROM,
	TW_COLUMN_VIA,
	TW_COLUMN_ENTERED,
	TW_COLUMN_IMPORTED,
	TW_COLUMN_LOADED,
	TW_COLUMN_DEPARTED,
	TW_COLUMN_IT_DATE, /* an immediate-transportation entry was accepted */
	TW_COLUMN_CHANNEL,
	TW_COLUMN_TRANSPORT,
	TW_COLUMN_ENTRY_TYPE,
	TW_COLUMN_VALUE,
	TW_COLUMN_CURRENCY,
	TW_COLUMN_RETAIL_VALUE,
	TW_COLUMN_QTY,
	TW_COLUMN_UNIT,
	TW_COLUMN_QTY2,
	TW_COLUMN_UNIT2,
	TW_COLUMN_WEIGHT,
	TW_COLUMN_CLAIMS,
	TW_COLUMN_DESCRIPTION,
	TW_COLUMN_CAS,
	TW_COLUMN_SMILES,
	TW_COLUMN_INCHIKEY,
	TW_COLUMN_CONCENTRATION,
	TW_COLUMN_CONSIGNEE,
	TW_COLUMN_SHIPPER,
	TW_COLUMN_ORDER,
	TW_COLUMN_COUNT
};

/* The column's name ("ship_from"), and the column of a name, or -1. */
TW_API const char *tw_column_name(enum tw_column column);
TW_API int tw_column_find(struct tw_text name);

/*
 * What a line and the other lines of its shipment owe together: a fee with one
 * minimum for the entry, a flat sum for a package, the one type of the entry.
 * An answer says what its line brings to it (tw_share); whoever holds all lines
 * of the shipment joins the shares of each key by its rule, and hands the result
 * to the lines that have the key when they are assessed again. The first line
 * that has the key (of the highest: the first with that amount) is to carry it.
 */
enum tw_share_rule { TW_SHARE_SUM, TW_SHARE_HIGHEST, TW_SHARE_LOWEST };
struct tw_share {
	uint32_t key; /* of the rulebook; means nothing outside it */
	enum tw_share_rule rule;
	tw_money amount;
};
struct tw_shipment_amount {
	uint32_t key;
	tw_money amount; /* the shares of all lines, joined */
	bool here;       /* this line carries it */
};
#define TW_SHARES 8 /* at the most, of one line */

/* A tariff number of an entry that was filed, and the duty that was paid under it. */
struct tw_declared {
	const char *heading; /* digits */
	tw_money amount;     /* -1: not given, or not readable */
};

/*
 * One line of goods. The texts are as written by the caller; the library
 * reads dates, money and claims itself and refuses what it cannot read, with
 * the column and what would be right. Fill with TW_LINE_INIT first.
 *
 * The numbers below the texts are what a line by itself does not show; a
 * caller that assesses single lines leaves them as TW_LINE_INIT sets them.
 */
struct tw_line {
	/* sizeof(struct tw_line). A line of an earlier header is read as far as it goes; of one
	   that was never published, it is refused with both sizes. So are options. */
	size_t size;
	struct tw_text column[TW_COLUMN_COUNT];
	tw_money shipment_value;  /* sum over the lines of the shipment; -1: this line alone */
	tw_money shipment_retail; /* likewise fair retail value; -1: this line alone */
	tw_money free_before;     /* what was let in free for this person on this day before */
	tw_money order_retail;    /* retail value of all lots of this order that day; -1: unknown */
	/* What the shipment owes together, of the keys of this line; count 0: this line alone. */
	const struct tw_shipment_amount *shipment_amounts;
	size_t shipment_amount_count;
	/* What was filed; count 0: nothing is known of an entry. */
	const struct tw_declared *declared;
	size_t declared_count;
};
#define TW_LINE_INIT                                                                               \
	{                                                                                          \
		.size = sizeof(struct tw_line), .shipment_value = -1, .shipment_retail = -1,       \
		.order_retail = -1                                                                 \
	}

enum tw_status { TW_STATUS_OK, TW_STATUS_INCOMPLETE, TW_STATUS_REFUSED };
enum tw_lane { TW_LANE_NONE, TW_LANE_GREEN, TW_LANE_YELLOW, TW_LANE_RED };

enum tw_layer_kind { TW_LAYER_BASE, TW_LAYER_ADD, TW_LAYER_REPLACE, TW_LAYER_EXEMPT };

/* Strings and arrays of an answer live until the assessor's next call. */
struct tw_citations {
	const char *const *id; /* instrument ids */
	size_t count;
};

/* One layer of the duty stack. */
struct tw_layer {
	enum tw_layer_kind kind;
	const char *program;
	const char *measure;    /* id in the law; "" for the base duty */
	const char *heading;    /* "9903.01.24"; the tariff code for the base duty; may be "" */
	const char *rate;       /* "20%", "=15%" for a replacement, "0" for an exemption */
	const char *part;       /* "value", "steel", "not us_content", "rest" */
	const char *confidence; /* "" when high */
	tw_money on;            /* the value it falls on */
	tw_money amount;        /* rounded as the law rounds */
	tw_money over_base;     /* REPLACE: what it adds to the base duty it replaces */
	tw_money declared;      /* what was filed under the heading; -1: it was not, or no entry */
	tw_money shipment;      /* a sum of the whole shipment, on one of its lines; -1: none */
	bool is_void;           /* struck by a court, but collected */
	bool is_unknown;        /* amount not computable: a fact is missing */
	struct tw_citations by;
	/* Under a short code whose lines agree in money alone: every heading it may have; or none.
	 */
	const char *const *headings;
	size_t heading_count;
};

/* A program that stepped back. */
struct tw_exclusion {
	const char *program;
	const char *to;   /* program or measure */
	const char *part; /* "value" for the whole line */
	const char *heading;
	struct tw_citations by;
};

struct tw_fee {
	const char *fee; /* program */
	const char *measure;
	tw_money amount; /* on this line */
	tw_money on;     /* what of this line's value it is taken on; -1: a sum, not a share */
	/* A fee of a shipment of several lines stands whole on the first line that owes it. */
	bool is_shared;
	tw_money shipment_amount, shipment_on; /* if so: of the whole shipment */
	struct tw_citations by;
};

/* One of several lawful answers. */
struct tw_choice {
	const char *claim, *is; /* mail_method, ad_valorem */
	const char *program, *measure, *heading, *rate;
	tw_money amount;     /* what is due: 0 when let in free */
	tw_money relieved;   /* what is let go then */
	tw_money refundable; /* what is due under a measure that a court struck */
	bool is_void;        /* struck, but collected */
	bool is_unknown;     /* the amount is not computable: a fact is missing */
	struct tw_citations by;
};

struct tw_de_minimis {
	bool applies; /* the jurisdiction has such an exemption and it was considered */
	bool eligible;
	const char *program;
	const char *reason; /* "", "suspended", "over-limit", "day-sum", "order-split", … */
	struct tw_citations by;
};

enum tw_certainty { TW_CERTAINTY_WEAK, TW_CERTAINTY_NEAR, TW_CERTAINTY_EXACT };
enum tw_control_status {
	TW_CONTROL_REQUIRED,
	TW_CONTROL_BELOW_THRESHOLD,
	TW_CONTROL_QUANTITY_UNKNOWN,
	TW_CONTROL_OFF_ROUTE,
	TW_CONTROL_UNDECIDED /* the quantity is known, something else that decides is not */
};

/* A substance that the line names or shows. */
struct tw_substance_hit {
	const char *substance; /* id in law/substances, class ids included */
	const char *name;      /* preferred name */
	struct tw_text matched;
	const char *how;   /* name, cas, inchikey, inchi, hts, structure, un */
	const char *field; /* the column */
	enum tw_certainty certainty;
	const char *conditions; /* for a class: "A+E"; otherwise "" */
	const char *note;       /* what lowered the certainty, or "" */
};

/* A list that such a substance stands on. */
struct tw_control_hit {
	const char *substance, *jurisdiction, *list, *code;
	const char *direction; /* import, export, transit; "" when off-route */
	const char *since, *until;
	const char *threshold, *requirement;
	const char *confidence;
	enum tw_control_status status;
	struct tw_citations by;
	const char *undecided; /* status undecided: what is not known, and why; else "" */
	const char *title;     /* the list's name in English, "" where the name is English */
	bool prohibited;       /* required: what is forbidden unless it is allowed in this case */
};

/* What is wrong with a refused line. */
struct tw_refusal {
	const char *reason; /* out-of-coverage, unknown-code, prohibited, bad-value, … */
	const char *column; /* the column it concerns */
	const char *text;   /* what is wrong and what would be right */
};

struct tw_assessment {
	enum tw_status status;
	enum tw_lane lane;         /* of a refused line: that of its goods, where red or yellow */
	enum tw_lane goods;        /* what the goods alone come to; none: not screened */
	struct tw_refusal refusal; /* status refused only */
	const char *into, *origin, *currency, *entry_type;
	bool nothing_due; /* an entry of this type pays nothing: all is in relieved */
	char hts[16];     /* digits */
	tw_time entered;
	int entered_offset; /* seconds east of UTC of the jurisdiction's legal time */

	bool has_amount; /* amount and rate are known */
	tw_money amount, relieved;
	tw_money additional, refundable; /* -1: not known, for want of a value */
	/* Where duties were filed: refundable is what was filed under void headings. */
	bool is_declared;
	tw_money refundable_computed; /* what it would be of the duties computed; -1: not known */
	bool has_bounds;
	tw_money least, greatest;
	char least_code[16], greatest_code[16]; /* the codes that give them, or "" */
	char rate[40];                          /* "169%", "" when unknown */
	tw_money base_amount;

	const struct tw_layer *layers;
	size_t layer_count;
	const struct tw_exclusion *exclusions;
	size_t exclusion_count;
	const struct tw_choice *choices;
	size_t choice_count;
	const struct tw_fee *fees;
	size_t fee_count;
	tw_money fees_amount;
	const struct tw_share *shares;
	size_t share_count;
	struct tw_de_minimis de_minimis;
	const struct tw_substance_hit *substances;
	size_t substance_count;
	const struct tw_control_hit *controls;
	size_t control_count;

	/* Each text begins with a code and a colon: "date-ambiguous: …". */
	const char *const *missing;
	size_t missing_count;
	const char *const *warnings;
	size_t warning_count;
	const char *const *not_covered;
	size_t not_covered_count;

	tw_time changes_on; /* TW_TIME_MAX: no later change is known */
	int changes_offset;
};

typedef struct tw_rulebook tw_rulebook;
typedef struct tw_assessor tw_assessor;

/* The rulebook built into the library. Never fails in a sound build. */
TW_API int tw_rulebook_default(const tw_rulebook **out, struct tw_error *error);

/* Open a rulebook file: mapped, bounds and checksum tested. Free with tw_rulebook_close. */
TW_API int tw_rulebook_open(tw_rulebook **out, const char *path, struct tw_error *error);

/* Open a rulebook in memory, which must outlive it. Checks bounds and checksum. */
TW_API int tw_rulebook_from_memory(tw_rulebook **out, const void *data, size_t size,
				   struct tw_error *error);
TW_API void tw_rulebook_close(tw_rulebook *rulebook);

/*
 * "2026-10-09"; the day as of which its acts are known, at the latest the edition's; and 64 hex
 * digits over all that was compiled: two rulebooks that answer differently differ in them.
 */
TW_API const char *tw_rulebook_edition(const tw_rulebook *rulebook);
TW_API const char *tw_rulebook_known_on(const tw_rulebook *rulebook);
TW_API const char *tw_rulebook_sha256(const tw_rulebook *rulebook);

/* A legal act that answers cite. Texts live with the rulebook; "" where not known. */
struct tw_instrument {
	const char *id, *title, *kind, *cite, *url;
};
/* The act of an id; TW_NOT_FOUND. */
TW_API int tw_rulebook_instrument(const tw_rulebook *rulebook, const char *id,
				  struct tw_instrument *out);

struct tw_options {
	size_t size;
	bool strict_coverage; /* refuse days after the last one covered; else they are answered */
	bool no_screen;       /* do not look for controlled chemicals */
	const char *today;    /* "2026-11-29": the day for which a line may say "today"; or NULL */
};
#define TW_OPTIONS_INIT                                                                            \
	{                                                                                          \
		.size = sizeof(struct tw_options)                                                  \
	}

/* An assessor for one thread; options may be NULL. Free with tw_assessor_free. */
TW_API int tw_assessor_new(tw_assessor **out, const tw_rulebook *rulebook,
			   const struct tw_options *options, struct tw_error *error);
TW_API void tw_assessor_free(tw_assessor *assessor);

/*
 * Assess one line. A line that cannot be understood is no error: its answer is
 * refused, with the reason. The answer lives until the next call.
 */
TW_API int tw_assess(const struct tw_assessment **out, tw_assessor *assessor,
		     const struct tw_line *line, struct tw_error *error);

#ifdef __cplusplus
}
#endif
#endif
