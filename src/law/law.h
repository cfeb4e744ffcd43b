/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parsed law: what law/ says, in memory, one structure a word of
 * docs/law-format.md. It owns all it points to (one arena, freed by law_free).
 * The compiler turns it into a rulebook; the judge in tests/ reads it directly.
 * It knows nothing of tables, epochs or rows.
 */
#ifndef TW_LAW_LAW_H
#define TW_LAW_LAW_H

#include "common/legal.h"
#include "tidewaiter.h"

struct law_pos {
	const char *file; /* relative to the law folder */
	int line, column;
};

/* An exact fraction, den > 0. */
struct law_fraction {
	int64_t num, den;
};

struct law_instrument {
	const char *id, *title, *kind, *cite, *url;
	tw_time known;   /* 00:00 local of the day on which it could be known */
	bool background; /* it explains and sets nothing: nothing need cite it */
	uint32_t jurisdiction;
	struct law_pos pos;
};

/* One end of a period. Open: TW_TIME_MIN or TW_TIME_MAX with by == LAW_NONE. */
struct law_end {
	tw_time at;
	uint32_t by; /* instrument */
};

struct law_term {
	enum law_term_kind kind;
	struct law_fraction amount;
	uint32_t unit;  /* SPECIFIC: index in units; LAW_NONE: a flat amount ("$80") */
	uint32_t basis; /* claim that gives the component's value or quantity, or LAW_NONE */
	int64_t above;  /* SPECIFIC: only the quantity over this counts ("jewel over 7": 7) */
	enum law_join join;
};
struct law_rate {
	enum law_rate_kind kind;
	uint32_t term_count;
	struct law_term term[LAW_TERMS];
	const char *text;   /* as printed */
	const char *reason; /* UNKNOWN, SEE */
};

struct law_unit {
	const char *name;             /* canonical: "kg", "No.", "doz.", "Pb kg" */
	const char *dimension;        /* "mass", "piece", "Pb mass": same dimension converts */
	struct law_fraction to_base;  /* how many base units of the dimension one of it is */
	const char *const *spellings; /* accepted on input, lower case, the name included */
	uint32_t spelling_count;
};

struct law_country {
	char iso2[3], iso3[4];
	const char *name;
};
/* What a line may call a country, folded by country_fold; sorted. */
struct law_country_name {
	const char *text;
	uint32_t country; /* LAW_NONE: a union of several */
	uint32_t group;   /* of a union: its members */
};
/* A set of countries by index. */
struct law_origins {
	uint64_t bit[LAW_COUNTRIES / 64];
};
struct law_group {
	const char *name;
	struct law_origins members;
};

struct law_claim {
	const char *name, *title;
	enum law_claim_type type;
	const char *const *words; /* allowed words; count 0: any */
	uint32_t word_count;
	const char *assume; /* text as it would be declared, NULL: nothing */
	bool unknown_if_unsaid;
	bool remind;
	const char *const *remind_scope; /* code prefixes; count 0: all */
	uint32_t remind_scope_count;
	const char *part;         /* this claim is the value of that part, or NULL */
	const char *group;        /* its parts lie side by side in the value; of each part */
	uint8_t group_number;     /* 1: the first group of the law, 2: the other; 0: no part */
	bool whole;               /* the part is the whole value when its group is not declared */
	const char *basis;        /* words of the schedule that it supplies, or NULL: bases[0] */
	const char *const *bases; /* all spellings of them */
	uint32_t basis_count;
	const char *const *spi;
	uint32_t spi_count;
	struct law_pos pos;
};

struct law_atom {
	enum law_fact fact;
	uint32_t claim; /* FACT_CLAIM */
	enum law_operator op;
	enum law_operand operand;
	struct law_fraction number;
	const char *const *words;
	uint32_t word_count;
	enum law_fact other; /* SHARE */
	uint32_t other_claim;
	const char *text; /* as written */
};
struct law_node {
	enum law_node_kind kind;
	struct law_atom atom;
	const struct law_node *const *child; /* ALL, ANY: child_count; NOT: one */
	uint32_t child_count;
};

/* A code prefix as the range of ten-digit numbers it covers, [low, high). */
struct law_range {
	uint64_t low, high;
};
struct law_list_row {
	struct law_range codes;
	struct law_end from, until;
	const char *note;
	const char *absent; /* why no line of the schedule matches; "": lines do */
	struct law_pos pos;
};
struct law_list {
	const char *name, *title, *note, *confidence;
	uint32_t jurisdiction;
	uint32_t by; /* instrument */
	const struct law_list_row *rows;
	uint32_t row_count;
	struct law_pos pos;
};
/* any minus not. all: every code. */
struct law_scope {
	bool all;
	const char *unknown; /* why the codes are not known, or NULL */
	const uint32_t *any_lists;
	uint32_t any_list_count;
	const struct law_range *any_codes;
	const struct law_pos *any_pos; /* of each of any_codes */
	uint32_t any_code_count;
	const uint32_t *not_lists;
	uint32_t not_list_count;
	const struct law_range *not_codes;
	const struct law_pos *not_pos;
	uint32_t not_code_count;
};

struct law_band {
	struct law_fraction limit; /* 16/100; ignored in the last, open step */
	bool inclusive;            /* "through" */
	bool open;                 /* no limit */
	struct law_rate duty;
};

struct law_measure {
	const char *id, *title, *note;
	const char *heading, *heading_reached; /* "" where none; reached: floors only */
	uint32_t program;
	struct law_origins origins;
	bool origins_all;
	struct law_scope scope;
	const struct law_node *when; /* NULL: always (the program's default is and-ed in) */
	struct law_end from, until;
	uint32_t superseded_by; /* instrument or LAW_NONE */
	const uint32_t *except; /* measures */
	uint32_t except_count;
	const char *part; /* "value" or a part's name */
	bool part_not;    /* on: not PART */
	enum law_confidence confidence;
	enum law_drawback drawback;
	bool ftz_entry; /* ftz: entry */

	enum law_effect effect;
	struct law_rate rate;    /* DUTY, FLOOR, FEE */
	bool floor_over_column1; /* FLOOR: over the column 1 rate claimed, not general */
	const char *sum_of;      /* SUM, BANDS: a glob over programs */
	const struct law_band *bands;
	uint32_t band_count;
	enum law_instead instead;
	struct law_fraction most; /* EXEMPT: the part is at most this share of the value; num 0 */
	enum law_per per;
	const char *choice_claim, *choice_is; /* NULL: none */
	bool round_exact;
	tw_money limit;          /* GRANT */
	enum law_fact limit_of;  /* GRANT: an amount; RATES_OF: a time */
	const uint32_t *settled; /* RATES_OF: programs for which its confidence is high */
	uint32_t settled_count;
	tw_money fee_min, fee_max; /* FEE; -1: none */
	bool of_dutiable;          /* FEE: on the part that stays dutiable under chapter 98 */
	bool of_duty_paid;         /* FEE: on the value with the duty */
	const char *word;          /* REFUSE: reason; ENTRY, FILED: type; WARN: text */
	enum law_pays pays;        /* FILED */
	const char *say;           /* FILED: what to mind, or why it cannot be; NULL: nothing */
	struct law_pos pos;
};

struct law_yield {
	const uint32_t *programs; /* those that count when they charge */
	uint32_t program_count;
	const uint32_t *measures; /* those that count when they apply */
	uint32_t measure_count;
	const uint32_t *of; /* only these measures of the program yield; count 0: all */
	uint32_t of_count;
	bool for_part;       /* for: part, not line */
	const char *heading; /* "" where none */
	struct law_scope scope;
	const struct law_node *when;
	struct law_end from, until;
	struct law_pos pos;
};

struct law_program {
	const char *id, *title, *note;
	uint32_t jurisdiction;
	enum law_kind kind;
	enum law_color color;
	int order;
	uint32_t void_by; /* instrument or LAW_NONE */
	tw_time void_collected_until;
	const struct law_node *whole; /* or NULL */
	const struct law_yield *yields;
	uint32_t yield_count;
	uint32_t measure_first, measure_count; /* in law.measures, in file order */
	struct law_pos pos;
};

struct law_special {
	const char *symbol; /* "KR" */
	struct law_rate rate;
};
struct law_schedule_row {
	uint64_t code;             /* low end as ten digits */
	uint32_t digits;           /* 8 or 10 */
	const char *unit1, *unit2; /* as printed, "" where none */
	struct law_rate general, column2;
	const struct law_special *special;
	uint32_t special_count;
	bool excise;
	bool unsure; /* what is printed was not read for certain */
	tw_time from, until;
	struct law_pos pos;
};
/* A ten-digit number that ended, and the numbers in which its goods stand since. */
struct law_renumbered {
	uint64_t code;
	tw_time on;
	const char *to; /* "8413.91.90.20, 8413.91.90.44" */
	const uint64_t *successors;
	uint32_t successor_count;
};
struct law_preference {
	const char *symbol, *title;
	struct law_origins origins;
	bool origins_all;
	struct law_end from, until;
	enum law_confidence confidence;
	const char *note;
	struct law_pos pos;
};
struct law_edition {
	tw_time from;
	uint32_t by;
};
/* A rate text that the schedule prints and the program does not compute. */
struct law_unknown_rate {
	const char *text, *reason;
};

/* Days of any year, both counted, as month * 100 + day; 229 is the last day of February. */
struct law_season_range {
	int from, through;
};
struct law_season_line {
	uint64_t code; /* its low end as ten digits */
	const struct law_season_range *ranges;
	uint32_t range_count;
	bool imported; /* takes only what was imported in these days too */
};
/* A product that falls into one line or another by the day of entry. */
struct law_season {
	const char *product;
	const struct law_node *when; /* or NULL */
	const struct law_season_line *lines;
	uint32_t line_count;
	uint64_t otherwise; /* the line of the rest of the year, itself always open; 0: none */
	struct law_pos pos;
};

/* A row of the list of antidumping and countervailing orders. */
struct law_adcvd_order {
	const char *id; /* the case number: A-570-967; C-… of a countervailing one */
	const char *product, *cite, *note;
	enum law_adcvd_state state;
	enum law_confidence confidence;
	uint32_t origin; /* country */
	const struct law_range *codes;
	uint32_t code_count;
	tw_time from, until;
	struct law_pos pos;
};
/* The list, how far it reaches, and what holds of goods under an order. */
struct law_adcvd {
	const struct law_adcvd_order *orders; /* by case number */
	uint32_t order_count;
	struct law_origins whole;       /* origins of which no hit means that no order is known */
	uint32_t claim, rate, exporter; /* claims */
	const char *meets, *incomplete, *unread;
	uint32_t by; /* instrument */
};

struct law_jurisdiction {
	char code[3];
	const char *title, *timezone, *currency; /* currency "any" */
	const char *in_sentence;                 /* "the United States" */
	uint32_t conversion; /* instrument: why other currencies are converted; LAW_NONE: none */
	tw_money round_value, round_duty;
	const char *base_program; /* NULL: none */
	bool has_schedule;
	bool open_numbers;    /* statistical numbers stand below its items, and it prints none */
	tw_time begins;       /* of the schedule; TW_TIME_MIN: with the days covered */
	const char *earlier;  /* why no rate is known before; NULL where it does not begin */
	const char *schedule; /* its file; NULL: none */
	const char *brought;  /* the official file of which users make it; NULL: it is law text */
	const char *estimate; /* what stands in for it where that is asked for; NULL: nothing */
	const struct law_schedule_row *estimate_rows;
	uint32_t estimate_row_count;
	bool is_estimate; /* the rows are these, see law_estimate */
	struct law_origins column2;
	struct law_origins members;          /* of a union; else empty */
	const struct law_schedule_row *rows; /* sorted by code, digits, from */
	uint32_t row_count;
	const struct law_season *seasons;
	uint32_t season_count;
	const struct law_renumbered *renumbered;
	uint32_t renumbered_count;
	const struct law_adcvd *adcvd; /* NULL: no orders are looked for */
	const char *descriptions;      /* the file of them, see descriptions.h; NULL: none */
	const struct law_edition *editions;
	uint32_t edition_count;
	const struct law_preference *preferences;
	uint32_t preference_count;
	/* Always; and before the first day of the schedule (or without one), and from it on. */
	const char *const *not_covered, *const *before_covered, *const *since_covered;
	uint32_t not_covered_count, before_covered_count, since_covered_count;
	const char *const *missing;
	uint32_t missing_count;
};

/* A short name of goods, for readers. */
struct law_goods {
	struct law_range codes;
	const char *name;
};

struct law_refunds;  /* refunds.h */
struct law_record;   /* record.h */
struct law_scenario; /* scenario.h */

struct law {
	const char *edition;  /* "2026-10-09" */
	const char *known_on; /* a view: the day as of which acts are known */
	const char *into;     /* where goods go of which nothing is said: two letters */
	struct law_pos into_pos;
	int coverage_first, coverage_last; /* days since 1970-01-01, both inclusive, local */
	char sha256[65];                   /* over all files read, in path order */
	const struct law_country *countries;
	uint32_t country_count;
	const struct law_country_name *country_names;
	uint32_t country_name_count;
	const struct law_group *groups;
	uint32_t group_count;
	const struct law_unit *units;
	uint32_t unit_count;
	const struct law_goods *goods; /* by code, shorter codes first */
	uint32_t goods_count;
	const struct law_claim *claims;
	uint32_t claim_count;
	const char *const *whole_bases; /* words of the schedule for the whole value */
	uint32_t whole_basis_count;
	const struct law_unknown_rate *unknown_rates;
	uint32_t unknown_rate_count;
	const struct law_instrument *instruments;
	uint32_t instrument_count;
	const struct law_jurisdiction *jurisdictions;
	uint32_t jurisdiction_count;
	const struct law_list *lists;
	uint32_t list_count;
	const struct law_program *programs;
	uint32_t program_count;
	const struct law_measure *measures; /* grouped by program */
	uint32_t measure_count;
	const struct law_refunds *refunds;   /* NULL: none */
	const struct law_record *record;     /* likewise */
	const struct law_patterns *patterns; /* patterns.h; likewise */
	const struct law_scenario *scenario; /* scenario.h; laid over it, or NULL */
	struct arena *arena;
};

/*
 * Read the law folder. On an error, *error names file, line and column, and
 * nothing is returned. Free with law_free (NULL accepted).
 */
int law_read(struct law **out, const char *folder, struct tw_error *error);
void law_free(struct law *law);
/* Takes in place of each schedule that nobody brought the estimate of it, where there is one.
   False: no memory. */
bool law_estimate(struct law *law);
/* The digest of a law folder's files, law.sha256, without reading what they say. */
int law_fingerprint(char out[65], const char *folder, struct tw_error *error);

/* The name of the goods of these codes, by the longest code that holds them all; or NULL. */
const char *law_goods_name(const struct law *law, struct law_range codes);
/* The local day of an act, since 1970, on which it became public. */
int32_t law_act_day(const struct law *law, uint32_t instrument);
/* The day that counts as known by an instant (local days since 1970); INT32_MAX: every act. */
int32_t law_known_day(tw_time day);

/* The index of the first row of the schedule at or above a code; row_count: none. */
uint32_t schedule_find(const struct law_jurisdiction *j, uint64_t code);

/*
 * The law as it could be known on a day (seconds UTC): a new view that shares
 * everything with the original, which must outlive it. See docs/law-format.md,
 * "Three clocks". TW_TIME_MAX gives the law as retroactively amended: measures
 * that were superseded are dropped.
 */
int law_as_known(struct law **out, const struct law *law, tw_time day, struct tw_error *error);

#endif
