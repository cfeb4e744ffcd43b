/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of a jurisdiction's lists of controlled chemicals: what a
 * list asks of a shipment, who stands on it, penalties. Reads the acts of
 * instruments/controls.yaml for their ids.
 */
#include "common/error.h"
#include "law/chemistry_law.h"

#include "common/instant.h"
#include "law/file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct place { /* one jurisdiction while it is read */
	struct chemistry *law;
	const char *folder;
	const char *code, *title;
	bool everywhere;
	int zone;
	struct chem_words members;
};

static int scalar(struct chemistry *law, const struct yaml_node *map, const char *key,
		  const char **out)
{
	const struct yaml_node *node = yaml_get(map, key);
	if (!node || node->kind != YAML_SCALAR)
		return law_error(law->error, (node ? node : map)->pos, "\"%s\" needs a text", key);
	*out = node->scalar;
	return TW_OK;
}

static int words(struct chemistry *law, const struct yaml_node *node, struct chem_words *out)
{
	bool one = node->kind == YAML_SCALAR;
	out->count = one ? 1 : (uint32_t)node->count;
	if (!(out->word = arena_alloc(law->arena, out->count, sizeof *out->word)))
		return error_memory(law->error);
	for (uint32_t i = 0; i < out->count; i++) {
		const struct yaml_node *item = one ? node : node->item[i];
		if (item->kind != YAML_SCALAR || node->kind == YAML_MAPPING)
			return law_error(law->error, item->pos,
					 "a list of words is written [A, B]");
		out->word[i] = item->scalar;
	}
	return TW_OK;
}

/* members: a group of countries.yaml, or codes. */
static int read_members(struct place *place, const struct yaml_node *root)
{
	struct chemistry *law = place->law;
	const struct yaml_node *node = yaml_get(root, "members");
	struct yaml_node *countries;
	int code;
	if (!node) {
		place->members.word = arena_alloc(law->arena, 1, sizeof(char *));
		if (!place->members.word)
			return error_memory(law->error);
		place->members.word[0] = place->code;
		place->members.count = 1;
		return TW_OK;
	}
	if (node->kind == YAML_SEQUENCE)
		return words(law, node, &place->members);
	if ((code = yaml_read(&countries, law->arena, law->folder, "countries.yaml", law->error)))
		return code;
	const struct yaml_node *groups = yaml_get(countries, "groups");
	const struct yaml_node *group =
	    groups && node->kind == YAML_SCALAR ? yaml_get(groups, node->scalar) : NULL;
	if (!group)
		return law_error(law->error, node->pos,
				 "members are a group of countries.yaml or codes: [US]");
	return words(law, group, &place->members);
}

static int read_direction(struct chemistry *law, const struct yaml_node *map, const char *key,
			  struct chem_list *list)
{
	static const char *const keys[] = {"must", "requirement", "sum", NULL};
	static const char *const sums[] = {"none", "importer", "parties", NULL};
	static const char *const musts[] = {"none", "required", "ask", "prohibited", NULL};
	static const char *const directions[] = {"import", "export", "transit", "domestic", NULL};
	const struct yaml_node *node = yaml_get(map, key);
	const char *must = NULL;
	const char *sum = "none";
	int at, how, who, code;
	if (!node)
		return law_error(law->error, map->pos, "a list says what it asks for \"%s\"", key);
	if ((code = chem_choice(&at, directions, key, node->pos, law->error)) ||
	    (code = yaml_only(node, keys, law->error)) ||
	    (code = scalar(law, node, "must", &must)) ||
	    (code = chem_choice(&how, musts, must, node->pos, law->error)) ||
	    (code = scalar(law, node, "requirement", &list->requirement[at])) ||
	    (yaml_get(node, "sum") && (code = scalar(law, node, "sum", &sum))) ||
	    (code = chem_choice(&who, sums, sum, node->pos, law->error)))
		return code;
	list->must[at] = (uint8_t)how;
	list->sum[at] = (uint8_t)who;
	return TW_OK;
}

static int read_list(struct place *place, const struct yaml_node *key, const struct yaml_node *map)
{
	static const char *const keys[] = {"name",   "english", "kind",     "by", "import",
					   "export", "transit", "domestic", NULL};
	static const char *const kinds[] = {"precursor", "narcotic", "equipment", NULL};
	struct chemistry *law = place->law;
	struct chem_list list = {.id = key->scalar,
				 .english = "",
				 .requirement = {"", "", "", ""},
				 .jurisdiction = place->code,
				 .title = place->title,
				 .everywhere = place->everywhere,
				 .zone = place->zone,
				 .members = place->members};
	const struct yaml_node *by = yaml_get(map, "by");
	const char *kind = NULL;
	int code, how;
	if ((code = yaml_only(map, keys, law->error)) ||
	    (code = scalar(law, map, "name", &list.name)) ||
	    (yaml_get(map, "english") && (code = scalar(law, map, "english", &list.english))) ||
	    (code = scalar(law, map, "kind", &kind)) ||
	    (code = chem_choice(&how, kinds, kind, map->pos, law->error)) ||
	    (code = read_direction(law, map, "import", &list)) ||
	    (code = read_direction(law, map, "export", &list)) ||
	    (code = read_direction(law, map, "transit", &list)) ||
	    (yaml_get(map, "domestic") && (code = read_direction(law, map, "domestic", &list))) ||
	    (by && (code = words(law, by, &list.by))))
		return code;
	list.narcotic = how == 1;
	for (uint32_t i = 0; by && i < list.by.count; i++) {
		uint32_t unused;
		if ((code = chem_find(&unused, law, &law->instrument, "instrument", list.by.word[i],
				      by->pos)))
			return code;
	}
	if (table_find(&law->list, list.id) != UINT32_MAX)
		return law_error(law->error, key->pos, "the list \"%s\" is already defined",
				 list.id);
	struct chem_list *slot;
	if (table_add(&law->list, law->arena, list.id, law->lists.count) ||
	    !(slot = vector_add(&law->lists, law->arena, sizeof *slot)))
		return error_memory(law->error);
	*slot = list;
	return TW_OK;
}

/* 2025-07-20, or 2001 where only the year is known (its first day); empty: open. */
static bool read_day(int32_t *out, const char *text, int32_t open)
{
	int year = 0, month = 1, day = 1;
	size_t length = strlen(text);
	*out = open;
	if (!length)
		return true;
	if (length != 4 && (length != 10 || text[4] != '-' || text[7] != '-'))
		return false;
	for (size_t i = 0; i < length; i++)
		if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9'))
			return false;
	year = atoi(text);
	if (length == 10) {
		month = atoi(text + 5);
		day = atoi(text + 8);
	}
	if (!time_date_valid(year, month, day))
		return false;
	*out = (int32_t)time_days(year, month, day);
	return true;
}

static int read_instruments(struct place *place, const char *path)
{
	struct chemistry *law = place->law;
	struct yaml_node *root;
	int code = yaml_read(&root, law->arena, law->folder, path, law->error);
	const struct yaml_node *all = code ? NULL : yaml_get(root, "instruments");
	if (code || !all || all->kind != YAML_MAPPING)
		return code ? code : law_error(law->error, root->pos, "instruments are missing");
	for (size_t i = 0; i < all->count; i++) {
		struct chem_instrument made = {.id = all->key[i]->scalar, .cite = "", .url = ""};
		const struct yaml_node *map = all->item[i];
		const char *known = "";
		if ((code = scalar(law, map, "title", &made.title)) ||
		    (code = scalar(law, map, "known", &known)) ||
		    (yaml_get(map, "cite") && (code = scalar(law, map, "cite", &made.cite))) ||
		    (yaml_get(map, "url") && (code = scalar(law, map, "url", &made.url))))
			return code;
		if (!*known || !read_day(&made.known, known, 0))
			return law_error(law->error, yaml_get(map, "known")->pos,
					 "\"%s\" is not a day: write 2025-07-20", known);
		if (table_find(&law->instrument, made.id) != UINT32_MAX)
			return law_error(law->error, map->pos,
					 "the instrument \"%s\" is already defined", made.id);
		struct chem_instrument *slot;
		if (table_add(&law->instrument, law->arena, made.id, law->instruments.count) ||
		    !(slot = vector_add(&law->instruments, law->arena, sizeof *slot)))
			return error_memory(law->error);
		*slot = made;
	}
	return TW_OK;
}

static int read_lists(struct place *place, const char *path)
{
	static const char *const keys[] = {"jurisdiction", "title", "timezone", "members",
					   "everywhere",   "lists", NULL};
	struct chemistry *law = place->law;
	struct yaml_node *root;
	const char *zone = NULL;
	int code = yaml_read(&root, law->arena, law->folder, path, law->error);
	if (code || (code = yaml_only(root, keys, law->error)) ||
	    (code = scalar(law, root, "jurisdiction", &place->code)) ||
	    (code = scalar(law, root, "title", &place->title)) ||
	    (code = scalar(law, root, "timezone", &zone)) || (code = read_members(place, root)))
		return code;
	const struct yaml_node *everywhere = yaml_get(root, "everywhere");
	place->everywhere = everywhere && !strcmp(everywhere->scalar, "true");
	if ((place->zone = time_zone_find(zone)) < 0)
		return law_error(law->error, root->pos, "the time zone \"%s\" is not compiled in",
				 zone);
	const struct yaml_node *lists = yaml_get(root, "lists");
	if (!lists || lists->kind != YAML_MAPPING)
		return law_error(law->error, root->pos, "\"lists\" is missing");
	for (size_t i = 0; i < lists->count; i++)
		if ((code = read_list(place, lists->key[i], lists->item[i])))
			return code;
	return TW_OK;
}

/* "30%", "95% import": mixtures up to here are outside, in these directions. */
static bool read_mixture(struct chem_figures *made, const char *text)
{
	static const char *const directions[LEDGER_DIRECTIONS] = {"import", "export", "transit",
								  "domestic"};
	int64_t ppm = 0, unit = 10000;
	const char *at = text;
	made->mixture_ppm = -1;
	if (!*text)
		return true;
	for (; *at >= '0' && *at <= '9' && ppm < 1000000; at++)
		ppm = ppm * 10 + (*at - '0') * 10000;
	if (*at == '.')
		for (at++; *at >= '0' && *at <= '9' && unit; at++)
			ppm += (*at - '0') * (unit /= 10);
	if (at == text || *at++ != '%' || ppm > 1000000)
		return false;
	made->mixture_ppm = (int32_t)ppm;
	made->mixture_mask = *at ? 0 : (1 << LEDGER_DIRECTIONS) - 1;
	while (*at == ' ') {
		size_t i = 0, length = strcspn(++at, " ");
		while (i < LEDGER_DIRECTIONS &&
		       (strlen(directions[i]) != length || strncmp(directions[i], at, length)))
			i++;
		if (i == LEDGER_DIRECTIONS)
			return false;
		made->mixture_mask |= (uint8_t)(1 << i);
		at += length;
	}
	return !*at;
}

static int read_figures(struct chemistry *law, const struct tsv *tsv, size_t i,
			struct chem_control *row)
{
	struct chem_figures *made = &row->made;
	const char *limit = chem_cell(tsv, i, "limit"), *volume = chem_cell(tsv, i, "volume"),
		   *per = chem_cell(tsv, i, "per"), *decides = chem_cell(tsv, i, "decides");
	if (!read_day(&made->from, row->from, LEDGER_DAY_MIN))
		return law_error(law->error, chem_pos(tsv, i, "from"),
				 "\"%s\" is not a day: write 2025-07-20, or the year alone",
				 row->from);
	if (!read_day(&made->until, row->until, LEDGER_DAY_MAX))
		return law_error(law->error, chem_pos(tsv, i, "until"),
				 "\"%s\" is not a day: write 2025-07-20, or the year alone",
				 row->until);
	if (made->from >= made->until)
		return law_error(law->error, chem_pos(tsv, i, "until"),
				 "the control ends (%s) before it begins (%s)", row->until,
				 row->from);
	made->limit = made->volume = LEDGER_NO_LIMIT;
	if (!strcmp(limit, "unknown"))
		made->limit = LEDGER_UNKNOWN_LIMIT;
	else if (*limit && !chem_milligrams(&made->limit, law, limit))
		return law_error(law->error, chem_pos(tsv, i, "limit"),
				 "\"%s\" is not a quantity: write 1500 kg, 20 g or unknown", limit);
	if (*volume && !chem_microlitres(&made->volume, law, volume))
		return law_error(law->error, chem_pos(tsv, i, "volume"),
				 "\"%s\" is not a volume: write 500 gal or 1 L", volume);
	if (*per && strcmp(per, "month") && strcmp(per, "year"))
		return law_error(law->error, chem_pos(tsv, i, "per"),
				 "per is month, year or empty");
	if (!read_mixture(made, chem_cell(tsv, i, "mixture")))
		return law_error(law->error, chem_pos(tsv, i, "mixture"),
				 "a mixture limit is written 30%% or 95%% import");
	if (*decides && strcmp(decides, "ask"))
		return law_error(law->error, chem_pos(tsv, i, "decides"),
				 "decides is empty (the list) or ask (a person)");
	made->flags = (uint8_t)((*decides ? LEDGER_ROW_ASK : 0) |
				(!strcmp(per, "month") ? LEDGER_ROW_MONTH : 0) |
				(!strcmp(per, "year") ? LEDGER_ROW_YEAR : 0));
	return TW_OK;
}

static int take(struct chemistry *law, struct vector *to, uint32_t index)
{
	uint32_t *slot;
	for (uint32_t i = 0; i < to->count; i++)
		if (((uint32_t *)to->item)[i] == index)
			return TW_OK;
	if (!(slot = vector_add(to, law->arena, sizeof *slot)))
		return error_memory(law->error);
	*slot = index;
	return TW_OK;
}

/* Adds every substance that a word selects: an id, kin:FAMILY, or list:LIST (rows read before). */
static int select_substances(struct vector *to, struct chemistry *law, const char *word,
			     struct law_pos pos)
{
	const struct chem_substance *all = law->substances.item;
	const struct chem_control *rows = law->controls.item;
	uint32_t index, before = to->count;
	int code = TW_OK;
	if (!strncmp(word, "kin:", 4)) {
		for (uint32_t i = 0; i < law->substances.count && !code; i++)
			if (!strcmp(all[i].kin, word + 4))
				code = take(law, to, i);
	} else if (!strncmp(word, "list:", 5)) {
		code = chem_find(&index, law, &law->list, "list", word + 5, pos);
		for (uint32_t i = 0; i < law->controls.count && !code; i++)
			if (rows[i].list == index)
				code = take(law, to, rows[i].substance);
	} else {
		code = chem_find(&index, law, &law->substance, "substance", word, pos);
		return code ? code : take(law, to, index);
	}
	if (!code && to->count == before)
		return law_error(law->error, pos, "\"%s\" selects no substance", word);
	return code;
}

static int add_rows(struct chemistry *law, struct chem_control *row, const char *selector,
		    struct law_pos pos)
{
	struct vector chosen = {0};
	int code = select_substances(&chosen, law, selector, pos);
	if (strchr(selector, ':'))
		row->made.flags |= LEDGER_ROW_MAYBE;
	for (uint32_t i = 0; i < chosen.count && !code; i++) {
		struct chem_control *slot = vector_add(&law->controls, law->arena, sizeof *slot);
		if (!slot)
			return error_memory(law->error);
		*slot = *row;
		slot->substance = ((uint32_t *)chosen.item)[i];
	}
	return code;
}

static int read_row(struct chemistry *law, const struct tsv *tsv, size_t i)
{
	static const char *const confidences[] = {"high", "medium", "low", NULL};
	struct chem_control row = {.code = chem_cell(tsv, i, "code"),
				   .from = chem_cell(tsv, i, "from"),
				   .until = chem_cell(tsv, i, "until"),
				   .until_by = chem_cell(tsv, i, "until_by"),
				   .threshold = chem_cell(tsv, i, "threshold"),
				   .covers = chem_cell(tsv, i, "covers"),
				   .confidence = chem_cell(tsv, i, "confidence"),
				   .note = chem_cell(tsv, i, "note")};
	int code, unused;
	uint32_t index;
	if ((code = chem_find(&row.list, law, &law->list, "list", chem_cell(tsv, i, "list"),
			      chem_pos(tsv, i, "list"))) ||
	    (code = read_figures(law, tsv, i, &row)) ||
	    (code = chem_choice(&unused, confidences, row.confidence,
				chem_pos(tsv, i, "confidence"), law->error)) ||
	    (code = chem_split(&row.toward, law, chem_cell(tsv, i, "toward"))) ||
	    (code = chem_split(&row.by, law, chem_cell(tsv, i, "by"))))
		return code;
	if (!row.by.count)
		return law_error(law->error, chem_pos(tsv, i, "by"),
				 "a control names its instrument");
	for (uint32_t k = 0; k < row.by.count; k++)
		if ((code = chem_find(&index, law, &law->instrument, "instrument", row.by.word[k],
				      chem_pos(tsv, i, "by"))))
			return code;
	if (!*row.until != !*row.until_by)
		return law_error(law->error, chem_pos(tsv, i, "until_by"),
				 "an end and the act that set it stand together");
	if (*row.until_by && (code = chem_find(&index, law, &law->instrument, "instrument",
					       row.until_by, chem_pos(tsv, i, "until_by"))))
		return code;
	return add_rows(law, &row, chem_cell(tsv, i, "substance"), chem_pos(tsv, i, "substance"));
}

int chemistry_read_controls(struct chemistry *law, const char *jurisdiction)
{
	static const char *const columns[] = {"substance",  "list",    "code",   "from", "until",
					      "threshold",  "limit",   "volume", "per",  "mixture",
					      "covers",     "decides", "toward", "by",   "until_by",
					      "confidence", "note",    NULL};
	struct place place = {.law = law, .folder = jurisdiction};
	const char *folder = file_join(law->arena, jurisdiction, "controls");
	const char *acts = file_join(law->arena, jurisdiction, "instruments/controls.yaml");
	const char *lists = folder ? file_join(law->arena, folder, "lists.yaml") : NULL;
	const char *rows = folder ? file_join(law->arena, folder, "controls.tsv") : NULL;
	struct tsv tsv;
	int code;
	if (!acts || !lists || !rows)
		return error_memory(law->error);
	if (!file_exists(law->folder, lists))
		return TW_OK;
	if ((code = read_instruments(&place, acts)) || (code = read_lists(&place, lists)) ||
	    (code = tsv_read(&tsv, law->arena, law->folder, rows, law->error)) ||
	    (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++)
		if ((code = read_row(law, &tsv, i)))
			return code;
	return TW_OK;
}

static int read_penalty(struct chemistry *law, const struct tsv *tsv, size_t i)
{
	struct chem_penalty made = {.goods = {0}};
	struct chem_words goods;
	const char **text[] = {&made.section,    &made.offence, &made.years_from, &made.years_to,
			       &made.death,      &made.prior,   &made.two_priors, &made.fine_person,
			       &made.fine_other, &made.by,      &made.confidence, &made.note};
	static const char *const of[] = {"section",    "offence", "years_from", "years_to",
					 "death",      "prior",   "two_priors", "fine_person",
					 "fine_other", "by",      "confidence", "note"};
	const char *grams = chem_cell(tsv, i, "least_grams"), *from = chem_cell(tsv, i, "from");
	uint32_t index;
	int code;
	for (size_t k = 0; k < sizeof of / sizeof *of; k++)
		*text[k] = chem_cell(tsv, i, of[k]);
	if (!*grams || strlen(grams) > 9 || strspn(grams, "0123456789") != strlen(grams))
		return law_error(law->error, chem_pos(tsv, i, "least_grams"),
				 "\"%s\" is not a weight in whole grams", grams);
	made.least = strtoll(grams, NULL, 10) * 1000;
	if (!read_day(&made.from, from, LEDGER_DAY_MIN))
		return law_error(law->error, chem_pos(tsv, i, "from"), "\"%s\" is not a day", from);
	if ((code = chem_split(&goods, law, chem_cell(tsv, i, "for"))) ||
	    (code = chem_find(&index, law, &law->instrument, "instrument", made.by,
			      chem_pos(tsv, i, "by"))))
		return code;
	for (uint32_t k = 0; k < goods.count; k++)
		if ((code = select_substances(&made.goods, law, goods.word[k],
					      chem_pos(tsv, i, "for"))))
			return code;
	struct chem_penalty *slot = vector_add(&law->penalties, law->arena, sizeof *slot);
	if (!slot)
		return error_memory(law->error);
	*slot = made;
	return TW_OK;
}

int chemistry_read_penalties(struct chemistry *law, const char *jurisdiction)
{
	static const char *const columns[] = {
	    "section", "offence",    "for",        "least_grams", "years_from", "years_to",
	    "death",   "prior",      "two_priors", "fine_person", "fine_other", "from",
	    "by",      "confidence", "note",       NULL};
	const char *path = file_join(law->arena, jurisdiction, "penalties.tsv");
	struct tsv tsv;
	int code;
	if (!path)
		return error_memory(law->error);
	if (!file_exists(law->folder, path))
		return TW_OK;
	if ((code = tsv_read(&tsv, law->arena, law->folder, path, law->error)) ||
	    (code = chem_columns(&tsv, columns, law->error)))
		return code;
	for (size_t i = 0; i < tsv.row_count; i++)
		if ((code = read_penalty(law, &tsv, i)))
			return code;
	return TW_OK;
}
