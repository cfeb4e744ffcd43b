/* SPDX-License-Identifier: Apache-2.0 */
/* The parsed law of chemicals, between chemistry.c (reads, checks) and compiler/ledger.c. */
#ifndef TW_LAW_CHEMISTRY_LAW_H
#define TW_LAW_CHEMISTRY_LAW_H

#include "common/error.h"
#include "common/legal.h"
#include "common/table.h"
#include "law/tsv.h"

struct chem_words {
	const char **word;
	uint32_t count;
};
struct chem_substance {
	const char *id, *name, *formula, *weight, *inchikey, *smiles, *kin, *confidence, *note;
	struct chem_words cas, un, classes;
	bool is_class, is_equipment;
	bool salts; /* its salts are listed in salts.tsv */
	struct law_pos pos;
};
struct chem_name {
	uint32_t substance;
	const char *text, *language, *kind;
	struct law_pos pos;
};
struct chem_salt {
	uint32_t substance;
	const char *key; /* an InChIKey */
};
struct chem_code {
	uint64_t low, high;         /* ten-digit numbers, [low, high) */
	uint32_t substance, stands; /* enum ledger_stands */
	const char *text, *jurisdiction;
};
struct chem_instrument {
	const char *id, *title, *cite, *url;
	int32_t known; /* local day since 1970 */
};
struct chem_list {
	const char *id, *name, *english, *jurisdiction, *title;
	const char *requirement[LEDGER_DIRECTIONS];
	uint8_t must[LEDGER_DIRECTIONS];
	uint8_t sum[LEDGER_DIRECTIONS]; /* enum ledger_sum */
	bool narcotic, everywhere;
	int zone;
	struct chem_words members, by;
};
struct chem_control {
	uint32_t substance, list;
	const char *code, *from, *until, *threshold, *covers, *confidence, *note;
	const char *until_by; /* the act that set the end, "" where open */
	struct chem_figures {
		int32_t from, until;  /* local days since 1970, until exclusive */
		int32_t mixture_ppm;  /* mixtures up to here are outside, -1: no such rule */
		uint8_t mixture_mask; /* directions (1 << enum ledger_direction) it holds for */
		uint8_t flags;        /* LEDGER_ROW_… */
		int64_t limit;        /* milligrams, or LEDGER_…_LIMIT */
		int64_t volume;       /* microlitres, or LEDGER_NO_LIMIT */
	} made;
	struct chem_words toward, by;
};
struct chem_penalty {
	const char *section, *offence, *years_from, *years_to, *death, *prior, *two_priors,
	    *fine_person, *fine_other, *by, *confidence, *note;
	int32_t from;
	int64_t least;
	struct vector goods; /* uint32_t, substances */
};

struct chemistry {
	struct arena *arena;
	const char *folder;
	struct tw_error *error;
	struct table substance, list, instrument, group;
	struct vector substances; /* struct chem_substance */
	struct vector names, salts, codes, instruments, lists, controls, penalties;
	struct vector groups; /* struct chem_words, countries of a group */
	struct vector units;  /* chemistry_units.c */
};

/* chemistry.c: the noun files; chemistry_controls.c: lists, rows, penalties. enum tw_code. */
int chemistry_read(struct chemistry *law);
/* law/equipment, where it is: equipment.tsv; its names and codes are read like those of
 * substances. */
int chemistry_read_equipment(struct chemistry *law);
int chemistry_add_substance(struct chemistry *law, const struct chem_substance *made);
int chemistry_read_controls(struct chemistry *law, const char *jurisdiction);
/* chemistry_units.c: units.tsv, and a quantity in its units ("1500 kg", "500 gal"); false: it is
 * none of that dimension. Half up. */
int chemistry_read_units(struct chemistry *law);
bool chem_milligrams(int64_t *out, const struct chemistry *law, const char *text);
bool chem_microlitres(int64_t *out, const struct chemistry *law, const char *text);
/* chemistry_salts.c. */
int chemistry_read_salts(struct chemistry *law);
int chemistry_read_penalties(struct chemistry *law, const char *jurisdiction);
/* chemistry_known.c: leave out what was not public on that day (local days since 1970). enum
 * tw_code. */
/* The day on which a row became public. */
int32_t chemistry_row_known(const struct chemistry *law, const struct chem_control *row);
int32_t chemistry_act_known(const struct chemistry *law, const char *act);
int chemistry_as_known(struct chemistry *law, int32_t day);

/* Shared by the readers. */
struct law_pos chem_pos(const struct tsv *tsv, size_t row, const char *column);
const char *chem_cell(const struct tsv *tsv, size_t row, const char *column);
/* Words of a cell, one space apart. */
int chem_split(struct chem_words *out, struct chemistry *law, const char *text);
/* Columns must be exactly these, in any order. */
int chem_columns(const struct tsv *tsv, const char *const *columns, struct tw_error *error);
/* WFDIJRYMOXRFFG-UHFFFAOYSA-N */
bool chem_is_inchikey(const char *text);
/* The index of a known name, or an error that names the nearest. */
int chem_find(uint32_t *out, const struct chemistry *law, const struct table *table,
	      const char *what, const char *name, struct law_pos pos);
/* One of words (NULL-terminated): its index. */
int chem_choice(int *out, const char *const *words, const char *text, struct law_pos pos,
		struct tw_error *error);

#endif
