/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the quantities in the law of chemicals: a number and a unit of units.tsv. */
#include "common/error.h"
#include "common/quantity.h"
#include "law/chemistry_law.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/money.h"

#define UNIT_LIMIT (INT64_C(1) << 40)

struct chem_unit {
	const char *name, *dimension, *spellings;
	int64_t num, den; /* kilograms or cubic metres in one of it */
};

static int read_integer(int64_t *out, const struct chemistry *law, const struct tsv *tsv,
			size_t row, const char *column)
{
	const char *text = chem_cell(tsv, row, column);
	*out = strtoll(text, NULL, 10);
	if (strspn(text, "0123456789") == strlen(text) && *out > 0 && *out <= UNIT_LIMIT)
		return TW_OK;
	return law_error(law->error, chem_pos(tsv, row, column),
			 "\"%s\" is not a whole number over 0", text);
}

int chemistry_read_units(struct chemistry *law)
{
	static const char *const columns[] = {"unit", "dimension", "num", "den", "spellings", NULL};
	struct tsv tsv;
	int code = tsv_read(&tsv, law->arena, law->folder, "units.tsv", law->error);
	if (code || (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++) {
		struct chem_unit *unit = vector_add(&law->units, law->arena, sizeof *unit);
		if (!unit)
			return error_memory(law->error);
		*unit = (struct chem_unit){.name = chem_cell(&tsv, i, "unit"),
					   .dimension = chem_cell(&tsv, i, "dimension"),
					   .spellings = chem_cell(&tsv, i, "spellings")};
		if ((code = read_integer(&unit->num, law, &tsv, i, "num")) ||
		    (code = read_integer(&unit->den, law, &tsv, i, "den")))
			return code;
	}
	return TW_OK;
}

static bool is_spelled(const struct chem_unit *unit, const char *text)
{
	size_t length = strlen(text);
	if (!strcasecmp(unit->name, text))
		return true;
	for (const char *at = unit->spellings; *at; at += *at == '|') {
		size_t n = strcspn(at, "|");
		if (n == length && !strncasecmp(at, text, n))
			return true;
		at += n;
	}
	return false;
}

/* `fine`: millionths of the base unit. */
static bool amount(int64_t *out, const struct chemistry *law, const char *text,
		   const char *dimension, int64_t fine)
{
	size_t digits = strspn(text, "0123456789.");
	const char *right;
	int64_t quantity;
	if (!digits || text[digits] != ' ' ||
	    !quantity_parse(&quantity, (struct tw_text){text, digits}, &right))
		return false;
	for (uint32_t i = 0; i < law->units.count; i++) {
		const struct chem_unit *unit = (const struct chem_unit *)law->units.item + i;
		if (strcmp(unit->dimension, dimension) != 0 || !is_spelled(unit, text + digits + 1))
			continue;
		*out = money_share(quantity, unit->num * fine, unit->den, 1);
		return *out < INT64_MAX;
	}
	return false;
}

bool chem_milligrams(int64_t *out, const struct chemistry *law, const char *text)
{
	return amount(out, law, text, "mass", 1);
}

bool chem_microlitres(int64_t *out, const struct chemistry *law, const char *text)
{
	return amount(out, law, text, "volume", 1000);
}
