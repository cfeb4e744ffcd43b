/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the files of the law reader share while one law folder is read. Private
 * to law*.c and text*.c: nobody else includes it.
 */
#ifndef TW_LAW_READER_H
#define TW_LAW_READER_H

#include "common/instant.h"
#include "common/sha256.h"
#include "common/table.h"
#include "law/text.h"
#include "law/tsv.h"
#include "law/yaml.h"

/* A program's file between the pass that names things and the pass that reads them. */
struct draft {
	const struct yaml_node *root, *measures;
	const char *folder_kind; /* "duties" */
};

struct reader {
	struct law *law; /* counts and arrays are filled as nouns are done */
	struct arena *arena;
	const char *folder;
	struct tw_error *error;
	struct table instrument, claim, country, group, unit, list, program, measure;
	struct vector countries, groups, units, claims, instruments, jurisdictions, lists, programs,
	    measures, drafts, unknown_rates;
	struct vector digests; /* struct digest, of each file read */
};
struct digest {
	const char *path;
	char hex[65];
};

/* reader.c: files and fields. All return enum tw_code; NULL node: key not given. */
int read_no_memory(struct reader *r);
int read_yaml(struct reader *r, const char *path, struct yaml_node **out);
int read_tsv(struct reader *r, const char *path, struct tsv *out);
bool read_has(struct reader *r, const char *path);
void *read_take(struct reader *r, size_t count, size_t size); /* NULL: error is set */
void *read_add(struct reader *r, struct vector *vector, size_t size);
/* A scalar's text; absent: *out is left alone. */
int read_text(struct reader *r, const struct yaml_node *map, const char *key, const char **out);
/* The same, required. */
int read_needed(struct reader *r, const struct yaml_node *map, const char *key, const char **out);
/* One scalar or a sequence of scalars; absent: none. */
int read_words(struct reader *r, const struct yaml_node *node, const char *const **out,
	       uint32_t *count);
int read_flag(struct reader *r, const struct yaml_node *map, const char *key, bool *out);
/* Which of words (NULL-terminated) the node says: its index in *out; absent: left alone. */
int read_choice(struct reader *r, const struct yaml_node *map, const char *key,
		const char *const *words, int *out);
int read_money(struct reader *r, const struct yaml_node *map, const char *key, tw_money *out);
int read_day(struct reader *r, const struct yaml_node *map, const char *key, const char *timezone,
	     tw_time *out);
/* The index of a name, or an error that names the nearest: "unknown WHAT "…"". */
int read_name(struct reader *r, const struct table *table, const char *what, const char *name,
	      struct law_pos pos, uint32_t *out);
/* Enter a new name; an error when it is there already (first: its position). */
int read_enter(struct reader *r, struct table *table, const char *what, const char *name,
	       uint32_t index, struct law_pos pos, struct law_pos first);
struct law_pos tsv_pos(const struct tsv *tsv, size_t row, int column);
/* The cell of a row, "" for a column that is not there. */
const char *tsv_cell(const struct tsv *tsv, size_t row, int column);
/* Every column must be known, the first of them must be there. */
int tsv_only(struct reader *r, const struct tsv *tsv, const char *const *columns);

/* ground.c */
int read_coverage(struct reader *r);
int check_into(struct reader *r); /* once the jurisdictions are read */
int read_countries(struct reader *r);
int read_groups(struct reader *r);
int read_units(struct reader *r);
/* country_names.c: after the groups */
int read_country_names(struct reader *r);
/* goods.c */
int read_goods(struct reader *r);
/* claims.c */
int read_claims(struct reader *r);
/* jurisdiction.c: first the head of every one, later what names other things. */
int read_jurisdiction_head(struct reader *r, const char *code);
int read_jurisdiction_body(struct reader *r, uint32_t jurisdiction);
/* instruments.c; jurisdiction may be LAW_NONE (times are UTC then). */
int read_instruments(struct reader *r, const char *code, uint32_t jurisdiction);
/* lists.c */
int read_lists(struct reader *r, uint32_t jurisdiction);
/* schedule.c */
int read_unknown_rates(struct reader *r, uint32_t jurisdiction);
int read_schedule(struct reader *r, uint32_t jurisdiction, const char *name);
/* seasons.c: after the schedule */
int read_seasons(struct reader *r, uint32_t jurisdiction, const char *name);
/* renumbered.c */
int read_renumbered(struct reader *r, uint32_t jurisdiction, const char *name);
/* adcvd.c: the orders that a jurisdiction looks for; NULL: none */
int read_adcvd(struct reader *r, const struct yaml_node *node, uint32_t jurisdiction);
/* programs.c: names first, then contents. */
int read_program_names(struct reader *r, uint32_t jurisdiction);
int read_programs(struct reader *r);
/* measures.c */
int read_measure(struct reader *r, const struct law_program *program, const struct draft *draft,
		 const struct yaml_node *node, struct law_measure *measure);
/* effects.c */
int read_effect(struct reader *r, const struct law_program *program, const struct yaml_node *node,
		struct law_measure *measure);
extern const char *const effect_keys[];
/* yields.c */
int read_yields(struct reader *r, struct law_program *program, const struct yaml_node *node);
/* scope.c */
int read_origins(struct reader *r, const struct yaml_node *node, struct law_origins *out,
		 bool *all);
int read_scope(struct reader *r, const struct yaml_node *node, struct law_scope *out);
/* A tariff number, or an instrument's id where duties have none. */
int read_heading(struct reader *r, const struct yaml_node *node, const char **out);
/* {at, by} or a time with a default instrument (LAW_NONE: none). */
int read_end(struct reader *r, const struct yaml_node *node, const char *timezone, uint32_t by,
	     struct law_end *out);
/* when.c */
bool is_fact(const char *name, enum law_claim_type type);
int read_when(struct reader *r, const struct yaml_node *node, const char *timezone,
	      enum law_kind kind, const struct law_node **out);

/* refunds.c: where the jurisdiction has them */
int read_refunds(struct reader *r, uint32_t jurisdiction);
/* patterns.c: where there are any; after instruments and programs */
int read_patterns(struct reader *r);
/* record.c: where the law has one; after measures and instruments */
int read_record(struct reader *r);

/* programs.c: what stands outside a program's own file. A program as it would stand in one, and the
   names of its measures; then what they say. */
int read_program_name(struct reader *r, const struct yaml_node *root, uint32_t jurisdiction,
		      enum law_kind kind);
int read_program(struct reader *r, uint32_t index);
/* The id of another measure of a program, entered with room for it. */
int read_measure_name(struct reader *r, const struct yaml_node *node, uint32_t program);
/* effects.c: only the rate of a measure that has one, from a key `duty` or `fee`. */
int read_charge(struct reader *r, const struct yaml_node *node, const struct law_program *program,
		struct law_measure *measure);

/* checks.c */
int check_law(struct reader *r);

/* text.c: pieces that other texts are made of. Each moves *at on, or returns false. */
bool scan_number(const char **at, struct law_fraction *out); /* 1,234.5, "33 1/3" */
bool fraction_scale(struct law_fraction *f, int64_t num, int64_t den);
bool scan_word(const char **at, const char *word);
bool scan_money_sign(const char **at); /* "$" or "€" */
void scan_blanks(const char **at);
bool is_glob(const char *text);

#endif
