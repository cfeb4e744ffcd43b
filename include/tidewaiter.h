/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tidewaiter: what the border does to a shipment, on any date.
 *
 * The library assesses lines of goods against a rulebook, the compiled law: one
 * at a time (tw_assess) or many (tw_assess_many). It never prints, never exits,
 * never touches the network or a file unless told to open one. Duties are
 * assessed without allocating; memory is taken for structures of chemicals, what
 * the screen remembers, plans, and the lines of one tw_assess_many.
 *
 * A tw_rulebook is frozen: share one among all threads. A tw_assessor belongs
 * to one thread and owns the scratch memory that an answer points into.
 *
 * Functions return TW_OK (0) or a negative enum tw_code; outputs come first,
 * an optional struct tw_error * last. NULL where something must be is
 * TW_BAD_ARGUMENT, or "", NULL or 0 of what gives back no code; what frees takes
 * NULL. docs/library.md says what holds for all calls: who frees, threads, how
 * structs grow.
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

/* "0.1.0". */
TW_API const char *tw_version(void);
/* What a code of enum tw_code means, in a few words; of another number, that it is none. */
TW_API const char *tw_code_text(int code);

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
	TW_COLUMN_IMPORTER, /* its number or name */
	TW_COLUMN_CONSIGNEE_ID,
	TW_COLUMN_CONSIGNEE_ADDRESS,
	TW_COLUMN_CONSIGNEE_PHONE,
	TW_COLUMN_SHIPPER_ADDRESS,
	TW_COLUMN_SELLER, /* of the sale, where it is not who sends and receives */
	TW_COLUMN_BUYER,
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
 * that has the key (of the highest: the first with that amount) is to carry it. Lines of one
 * entry are entered on one day: only shares of the same local day of entry are joined.
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
	tw_money amount;     /* -1: not given, or not readable; of a line at most TW_MONEY_LIMIT */
};

/*
 * What the law sums over a calendar month: of the listed chemicals that have a threshold the
 * transactions of one person together decide (21 CFR 1310.04(f)). An answer says what its line
 * brings to each such sum (struct tw_sum); whoever holds all lines goes through those of one
 * person, key and month in order of entry, and hands to each line what stands before it, when it is
 * assessed again.
 */
struct tw_sum_line {
	const char *file; /* as the caller names it; "" where there is one alone */
	uint64_t number;  /* of the line in it */
};
struct tw_sum_before {
	uint32_t key;            /* that of the sum, of the rulebook */
	int64_t weight, volume;  /* milligrams, microlitres: of the lines that say one */
	uint64_t lines, unknown; /* how many; those of them without a quantity */
	const struct tw_sum_line
	    *line; /* of these lines the latest, in order; as many as you like */
	size_t line_count;
	/* Lines of a person whose name is the same but for punctuation, address or number. */
	uint64_t near_lines;
	int64_t near_weight, near_volume;
	struct tw_sum_line near; /* one of them */
};
struct tw_month {
	const struct tw_sum_before *before;
	size_t count; /* 0: nothing stands before this line */
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
	/* sizeof(struct tw_line). A line of an earlier header is read as far as it goes; of a size
	   that it never had, or of a later header, it is refused with both sizes. So is every
	   struct of the caller that begins with a size. */
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
	/* The first and the last entry of the lines of the shipment; TW_TIME_MIN: this line alone.
	 */
	tw_time shipment_first, shipment_last;
	/* The person's month before this line; NULL: only this line is considered. */
	const struct tw_month *month;
	/* Shipments of the consignee on this local day, and what they are worth; 0: not known. */
	uint64_t day_shipments;
	tw_money day_value;
};
#define TW_LINE_INIT                                                                               \
	{                                                                                          \
		sizeof(struct tw_line), {{NULL, 0}}, -1, -1, 0, -1, NULL, 0, NULL, 0, TW_TIME_MIN, \
		    TW_TIME_MIN, NULL, 0, 0                                                        \
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

/* A tax on what is imported, beside the duty and no part of it. */
struct tw_tax {
	const char *tax; /* program */
	const char *measure;
	const char *rate;
	tw_money amount, on;  /* -1: not known, as the duty is not */
	tw_money value, duty; /* of which `on` is made; duty 0: it is not taken on it */
	struct tw_citations by;
};

/* An antidumping or countervailing order whose notice lists the code, of the origin; or one that is
   claimed. */
struct tw_adcvd_order {
	const char *id;      /* the case number: "A-570-967" */
	const char *kind;    /* antidumping, countervailing */
	const char *state;   /* order, suspended; unlisted: claimed, and not on the list */
	const char *product; /* "" where it is unlisted, as is what follows */
	const char *cite;
	const char *confidence; /* "" when high */
	bool claimed;           /* the line says that it is under this order */
	const char *rate;       /* of the deposit, as it was given; or "" */
	const char *rate_by;    /* adcvd_rate, or the row of a table: "rates.csv:7"; or "" */
	bool all_others;        /* it is the rate of all others: the exporter has no row */
	tw_money deposit;       /* -1: not computed */
};
#define TW_ADCVD_ORDERS 96 /* at the most, of one line; over it the answer says overflow */
/* What there is to say of such orders: they are looked for by code and origin. */
struct tw_adcvd {
	bool applies; /* there is something to say */
	const struct tw_adcvd_order *orders;
	size_t order_count;
	const char *declared;   /* "", "yes" or "no": whether the line is under an order */
	const char *says;       /* what holds of goods under an order, or "" where there is none */
	const char *incomplete; /* why an order may be missing here, or "" */
	tw_money deposit;       /* of all that are claimed; -1: not known. No part of the duty. */
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
	/*
	 * Eligible: what at most may have been let in free for this person on this day before
	 * (free_before), so that this line or shipment still is; TW_ROOM_ANY: whatever it was. Of
	 * the line as it was given: free_before is not taken off. Else 0.
	 */
	tw_money room;
	struct tw_citations by;
};
#define TW_ROOM_ANY INT64_MAX

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
	/* The threshold, in milligrams and microlitres; -1: none, or the line is not surely held
	   against it, as it is off the route, an exempt mixture or not surely the substance. */
	int64_t limit, limit_volume;
};

enum tw_sum_state {
	TW_SUM_BELOW,
	TW_SUM_REACHED,  /* on this line, or by it alone */
	TW_SUM_EXCEEDED, /* before this line */
	TW_SUM_UNKNOWN /* a line of it has no quantity, and the others do not reach the threshold */
};
/* Of a line that knows its month (tw_line.month): a threshold that runs over it, and the sum. */
struct tw_sum {
	uint32_t key; /* which sum: of an entry of a list, in a direction */
	const char *substance, *jurisdiction, *list, *code, *direction;
	const char *month;            /* "2025-05", by the local time of the importing country */
	tw_time entered;              /* the place of the line in it */
	const char *of;               /* importer, consignee, buyer and seller */
	struct tw_text person, other; /* as they are written; other: "" where it does not count */
	/* Milligrams, microlitres. counts: what this line brings; false: its content is exempt, or
	   what it is is not sure, and it brings nothing. -1: not said. */
	bool counts;
	int64_t weight, volume;
	int64_t sum_weight, sum_volume; /* with this line */
	int64_t limit, limit_volume;    /* limit_volume -1: there is none */
	uint64_t lines, unknown;        /* with this line */
	const struct tw_sum_line *line; /* those before it, of tw_sum_before */
	size_t line_count;
	uint64_t near_lines;
	int64_t near_weight, near_volume;
	struct tw_sum_line near;
	const char *threshold, *requirement; /* "4 kg a month"; what is due once it is reached */
	enum tw_sum_state state;
	struct tw_citations by;
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
	tw_money value, retail;          /* as read, retail_value else the value; -1: no value */
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

	const struct tw_sum *sums; /* of a line that knows its month */
	size_t sum_count;

	/* Of a country whose taxes on imports are computed; apart from all amounts above. */
	bool is_taxed;
	const struct tw_tax *taxes;
	size_t tax_count;
	tw_money taxes_amount; /* -1: not known: the duty is not, or which taxes are due is not */

	struct tw_adcvd adcvd; /* apart from all amounts above, likewise */

	int64_t weight, volume; /* of the line, in milligrams and microlitres; -1: not known */
};
#define TW_SUMS 8 /* at the most, of one line; over it the answer says overflow */

typedef struct tw_rulebook tw_rulebook;
typedef struct tw_assessor tw_assessor;

/* The rulebook built into the library. Never fails in a sound build. It is never closed. */
TW_API int tw_rulebook_default(const tw_rulebook **out, struct tw_error *error);

/*
 * Its bytes, aligned to 16, as tw_rulebook_from_memory takes them and a rulebook file holds them;
 * they live as long as the library. NULL: size is NULL.
 */
TW_API const void *tw_rulebook_embedded(size_t *size);

/*
 * Opens a rulebook file: read into memory, bounds and checksum tested, so that whatever becomes of
 * the file changes nothing. TW_BAD_FILE: it is no regular file, or changed while it was read. Free
 * with tw_rulebook_close, after everything that was made of it.
 */
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

/* What a line may claim, in the order of the rulebook. Texts live with the rulebook. */
struct tw_claim {
	const char *name, *title;
	bool is_amount; /* a part of the value, in its currency */
};
TW_API size_t tw_rulebook_claim_count(const tw_rulebook *rulebook);
/* TW_NOT_FOUND behind the last. */
TW_API int tw_rulebook_claim(const tw_rulebook *rulebook, size_t index, struct tw_claim *out);

/* The currency of values into a country ("" where it may be any), and the act by which another
   one is converted, as it is cited; or "". TW_NOT_FOUND: its duties are not covered. */
struct tw_currency {
	const char *code, *cite;
};
TW_API int tw_rulebook_currency(const tw_rulebook *rulebook, struct tw_text into,
				struct tw_currency *out);

/* The dimension ("mass", "piece") of a unit of quantity as people write it; NULL: it is none. */
TW_API const char *tw_rulebook_unit(const tw_rulebook *rulebook, struct tw_text unit);
/* Its name in the schedule ("doz." is "dozen"); NULL: it is none. */
TW_API const char *tw_rulebook_unit_name(const tw_rulebook *rulebook, struct tw_text unit);
/* The two letters of a country as people write it ("China", "CHN", "156"); NULL: it is none. */
TW_API const char *tw_rulebook_country(const tw_rulebook *rulebook, struct tw_text country);

struct tw_options {
	size_t size;
	bool strict_coverage; /* refuse days after the last one covered; else they are answered */
	bool no_screen;       /* do not look for controlled chemicals */
	const char *today;    /* "2026-11-29": the day for which a line may say "today"; or NULL */
	bool restore_zeros;   /* read 201305000 as 0201.30.50.00, with a warning; else refuse it */
	bool no_changes;      /* do not look for the next change: changes_on is TW_TIME_MAX */
	struct tw_plans *plans;             /* see tw_plans_new; NULL: a table of its own */
	const struct tw_deposits *deposits; /* see tw_deposits_read; NULL: none */
};
#define TW_OPTIONS_INIT                                                                            \
	{                                                                                          \
		sizeof(struct tw_options), false, false, NULL, false, false, NULL, NULL            \
	}

/*
 * A table of rates of antidumping and countervailing deposits that the caller brings, for
 * tw_options.deposits: CSV with a comma, semicolon, tab or bar, whose first row names the columns
 * case, exporter, rate, from and until (the last day). Of a line that is under an order the rate is
 * found by the case number, the claim adcvd_exporter and the day of entry. TW_BAD_FILE: a row
 * cannot be read, with its line. `name` is what the file is called. Read only: one for all threads,
 * and it must outlive the assessors and tables of plans. Free with tw_deposits_free.
 */
typedef struct tw_deposits tw_deposits;
TW_API int tw_deposits_read(tw_deposits **out, const tw_rulebook *rulebook, struct tw_text text,
			    const char *name, struct tw_error *error);
TW_API void tw_deposits_free(tw_deposits *deposits);

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

/*
 * The instants in (after, until) at which the answer for a line could be another, whenever in this
 * time it is entered: ascending, each once. Between two of them nothing of its answer changes but
 * the time of entry, and what names it; at each, something may. What the line says of its entry
 * does not count, but must be readable. Controlled chemicals, whose lists have days of their own,
 * are not looked at. A line that cannot be understood has none. They live until the assessor's next
 * call. TW_BAD_ARGUMENT: the time is of more than 100 years.
 */
TW_API int tw_instants(const tw_time **out, size_t *count, tw_assessor *assessor,
		       const struct tw_line *line, tw_time after, tw_time until,
		       struct tw_error *error);

/*
 * Many lines at once. What the law makes of a line, the kinds of its duties, fees, exemption and
 * remarks, is its *plan*; what it comes to is arithmetic. Lines that agree on all that their law
 * asks have one plan, so that of many lines few are reasoned about, and the rest are computed. The
 * answers are those of tw_assess, to the last digit.
 *
 * Plans are kept in a table that assessors may share, one a thread: it is bounded, dropped whole
 * when it is full, and needs no lock to be read.
 */
typedef struct tw_plans tw_plans;

/*
 * A table of plans for assessors of this rulebook with these options (NULL: the default ones), to
 * be given to them in tw_options.plans. most: how many plans at the most; 0: as many as are of
 * use. It must outlive its assessors; free with tw_plans_free.
 */
TW_API int tw_plans_new(tw_plans **out, const tw_rulebook *rulebook,
			const struct tw_options *options, uint32_t most, struct tw_error *error);
TW_API void tw_plans_free(tw_plans *plans);

/* What became of the lines that were given to tw_assess_many; of a table in use, about. */
struct tw_plans_state {
	size_t size;      /* sizeof(struct tw_plans_state), set by the caller */
	uint64_t planned; /* lines answered by a plan */
	uint64_t made;    /* lines of which a plan was made */
	uint64_t alone;   /* lines answered by themselves: they cannot be planned */
	uint64_t dropped; /* how often the table was full and begun anew */
	uint64_t checked; /* lines answered both ways, to see that both say the same */
	uint64_t unlike;  /* of these the ones that did not; the answer given is tw_assess's */
	char first[512];  /* of the first of those: what was unlike; or "" */
};
/* TW_BAD_ARGUMENT: nothing is given, or a size that the struct never had. */
TW_API int tw_plans_state(const tw_plans *plans, struct tw_plans_state *out);

/* The letters of a country, as a number: TW_COUNTRY('C', 'N'). */
#define TW_COUNTRY(a, b) ((uint16_t)((uint16_t)(a) << 8 | (uint8_t)(b)))

/* The number of a unit of quantity as people write it, for tw_typed_line; 0: it is none. */
TW_API uint16_t tw_rulebook_unit_number(const tw_rulebook *rulebook, struct tw_text unit);

enum tw_channel { TW_CHANNEL_COMMERCIAL, TW_CHANNEL_EXPRESS, TW_CHANNEL_POSTAL };
enum tw_transport {
	TW_TRANSPORT_UNKNOWN,
	TW_TRANSPORT_AIR,
	TW_TRANSPORT_VESSEL,
	TW_TRANSPORT_TRUCK,
	TW_TRANSPORT_RAIL
};

/*
 * A line that the caller has read already. It stands for the line whose texts would be read as
 * these values; whatever cannot be said in them, or not for sure, goes into `line` as text, with
 * is_text set. Fill with TW_TYPED_INIT first.
 */
struct tw_typed_line {
	/*
	 * is_text: the whole line. Else what is said beside the fields below (their columns, from
	 * TW_COLUMN_INTO to TW_COLUMN_DESCRIPTION, are not looked at in it where there is a field),
	 * with the shipment's numbers; or NULL: nothing.
	 */
	const struct tw_line *line;
	uint64_t hts;                 /* the code as a number: 6109100012 */
	tw_time entered;              /* of a date: noon of the jurisdiction's legal time */
	tw_money value, retail_value; /* 0 to TW_MONEY_LIMIT; -1: not given */
	int64_t qty, qty2, weight;    /* in 1/1000000, 0 to 10^15; -1: not given; weight in kg */
	struct tw_text claims, description;
	uint16_t into, origin, ship_from; /* TW_COUNTRY, upper case; 0: not given */
	uint16_t unit, unit2;             /* tw_rulebook_unit_number; 0: not given */
	uint8_t digits;                   /* of the code: 6, 8 or 10 */
	uint8_t channel, transport;       /* enum tw_channel, enum tw_transport */
	bool entered_is_date;             /* no time of the day was given */
	bool is_text;
};
/*
 * Reads the time of entry into a country (TW_COUNTRY; 0: none is said) as a line writes it, for
 * tw_typed_line. False: it is none, or the clock there shows it twice or never; such a line is
 * given as text.
 */
TW_API bool tw_entered(const tw_assessor *assessor, uint16_t into, struct tw_text text, tw_time *at,
		       bool *is_date);

#define TW_TYPED_INIT                                                                              \
	{                                                                                          \
		NULL, 0, 0, -1, -1, -1, -1, -1, {NULL, 0}, {NULL, 0}, 0, 0, 0, 0, 0, 0, 0, 0,      \
		    false, false                                                                   \
	}

/*
 * What a line comes to. Two lines of one plan, one number of remarks and one of goods have equal
 * answers (struct tw_assessment) but for these fields, which are here:
 *
 *   hts, entered, entered_offset, origin    what was said; and the heading of the base duty,
 *                                           which is the code
 *   rate                                    `rate`
 *   the base duty's layers[].rate, .by      `base_rate`, `base_by`
 *   every amount                            the fields below and `slot`, in this order:
 *     of each layer                         on, amount, over_base, shipment
 *     of each choice                        amount, relieved, refundable
 *     of each fee                           amount, on, shipment_amount, shipment_on
 *     of each tax                           amount, on, value, duty
 *     and then                              least, greatest
 *   changes_on, changes_offset              `changes_on`
 *   substances[].matched                    where it stands: the words are the same
 *
 * and value, retail and de_minimis.room, which the whole answer says.
 *
 * A table of plans never gives a number to anything else, and counts up by one. 0: no number, the
 * answer is like no other; of goods: nothing was found.
 */
struct tw_charge {
	uint32_t plan, remarks, goods;
	uint8_t status, lane; /* enum tw_status, enum tw_lane */
	bool has_amount, is_taxed;
	tw_money amount, relieved;       /* as in struct tw_assessment */
	tw_money additional, refundable; /* -1: not known */
	tw_money fees, base_amount;
	tw_money taxes; /* -1: not known */
	int64_t rate;   /* in 1/10000 of a percent; -1: none */
	/* Of a line with a plan, and else NULL; they live with the rulebook: */
	const char *base_rate; /* as it is printed beside the base duty */
	const char *base_by;   /* the act that the base duty cites, or NULL */
	tw_time changes_on;
	const tw_money *slot; /* slot_count amounts; they live until the next tw_assess_many */
	uint32_t slot_count;
	uint32_t left; /* TW_MANY_LEAVE: not 0, this line is left to tw_many_answer, which fills in
			  the rest; slots it has where it has a plan */
};

/*
 * TW_MANY_LEAVE: do not assess a line that has no plan; it is left to tw_many_answer, for one who
 * wants the whole answer anyway. Nothing but `left` of its charge is set.
 * TW_MANY_JOIN: the lines are all lines of their shipments (column `shipment`): what each of
 * these is worth and owes together is found and joined, whatever their numbers say of it.
 * TW_MANY_DAYS: they are all lines of their consignees' days: what was let in before is found.
 * Either takes memory for the lines of the call, and some passes over them.
 */
#define TW_MANY_LEAVE 1u
#define TW_MANY_JOIN 2u
#define TW_MANY_DAYS 4u

/*
 * Assess count lines. out[i] is what lines[i] comes to; a line that cannot be understood is
 * refused, and no error.
 */
TW_API int tw_assess_many(struct tw_charge *out, tw_assessor *assessor,
			  const struct tw_typed_line *lines, size_t count, unsigned flags,
			  struct tw_error *error);

/*
 * The whole answer of one of the lines of the last tw_assess_many, whose arrays, of lines and of
 * charges, must still stand as they were, with what the lines point to. It lives until the next
 * call; charges and slots live on.
 */
TW_API int tw_many_answer(const struct tw_assessment **out, tw_assessor *assessor, size_t index,
			  struct tw_error *error);

/*
 * A text that grows: begun with TW_OUTPUT_INIT, added to, reused by setting length to 0, ended by a
 * NUL that is not counted. Free with tw_output_free.
 */
struct tw_output {
	char *at;
	size_t length, room;
};
#define TW_OUTPUT_INIT                                                                             \
	{                                                                                          \
		NULL, 0, 0                                                                         \
	}
TW_API void tw_output_free(struct tw_output *out);

/*
 * Adds what `tidewaiter assess --format ndjson` prints for the line: one object and a line end.
 * `number`: of the line in its file, which a refusal names; 0: it has none. On an error the text
 * is as it was.
 */
TW_API int tw_finding_json(struct tw_output *out, const tw_rulebook *rulebook,
			   const struct tw_line *line, const struct tw_assessment *answer,
			   uint64_t number, struct tw_error *error);

/* Columns of what was filed; cells that a spreadsheet would take for formulas are quoted. */
#define TW_FINDING_FILED 1u
#define TW_FINDING_SAFE 2u
/*
 * Adds what `tidewaiter assess --format csv --only-answers` prints for the line: one row. With
 * neither line nor answer: the names of the columns. Flags and number as above.
 */
TW_API int tw_finding_csv(struct tw_output *out, const struct tw_line *line,
			  const struct tw_assessment *answer, uint64_t number, unsigned flags,
			  struct tw_error *error);

/* What a run comes to: lines by status and lane, sums, what is missing. One a thread. */
typedef struct tw_totals tw_totals;
TW_API int tw_totals_new(tw_totals **out, struct tw_error *error);
TW_API void tw_totals_free(tw_totals *totals);
TW_API int tw_totals_count(tw_totals *totals, const struct tw_line *line,
			   const struct tw_assessment *answer, struct tw_error *error);
/* Adds the totals of another thread; the order makes no difference. */
TW_API void tw_totals_add(tw_totals *into, const tw_totals *from);
/* The text that the program prints at the end; it lives until the next call. */
TW_API int tw_totals_text(struct tw_text *out, tw_totals *totals, struct tw_error *error);

/* Whether a text is of the type of the rulebook's claim: "yes" of a flag, "CN" of a country. */
TW_API bool tw_claim_fits(tw_assessor *assessor, size_t claim, struct tw_text text);

#ifdef __cplusplus
}
#endif
#endif
