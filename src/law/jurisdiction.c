/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns jurisdictions: time zone, currency, rounding, base schedule, editions,
 * preferences, and what is never covered.
 */
#include "law/reader.h"

#include "common/fit.h"
#include "law/file.h"
#include "law/query.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define EARLIER_MOST 160

static const char *const head_keys[] = {"jurisdiction",
					"title",
					"timezone",
					"currency",
					"round",
					"base",
					"preferences",
					"not_covered",
					"missing",
					"note",
					"conversion",
					"in_sentence",
					"members",
					"adcvd",
					"not_covered_without_schedule",
					"not_covered_with_schedule",
					NULL};

static int read_round(struct reader *r, const struct yaml_node *root, struct law_jurisdiction *j)
{
	static const char *const keys[] = {"value", "duty", NULL};
	const struct yaml_node *node = yaml_get(root, "round");
	int code;
	j->round_value = 1;
	j->round_duty = TW_MONEY_UNIT / 100;
	if (!node)
		return TW_OK;
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_money(r, node, "value", &j->round_value)) ||
	    (code = read_money(r, node, "duty", &j->round_duty)))
		return code;
	if (j->round_value <= 0 || j->round_duty <= 0)
		return law_error(r->error, node->pos,
				 "values and duties are rounded to more than 0");
	return TW_OK;
}

static int refuse_zone(struct reader *r, struct law_pos pos, const char *said)
{
	char known[160] = "";
	for (int i = 0; i < TIME_ZONE_COUNT; i++)
		fit_add(known, sizeof known, "%s%s",
			i == 0                    ? ""
			: i + 1 < TIME_ZONE_COUNT ? ", "
						  : " or ",
			time_zone_name((enum time_zone)i));
	return law_error(r->error, pos, "time zone \"%s\" is not compiled in: write %s", said,
			 known);
}

int read_jurisdiction_head(struct reader *r, const char *code)
{
	struct yaml_node *root;
	const char *name, *path = file_join(r->arena, code, "jurisdiction.yaml");
	if (!path)
		return read_no_memory(r);
	int result = read_yaml(r, path, &root);
	if (result || (result = yaml_only(root, head_keys, r->error)))
		return result;
	struct law_jurisdiction *j = read_add(r, &r->jurisdictions, sizeof *j);
	if (!j)
		return TW_NO_MEMORY;
	if ((result = read_needed(r, root, "jurisdiction", &name)) ||
	    (result = read_needed(r, root, "title", &j->title)) ||
	    (result = read_text(r, root, "in_sentence", &j->in_sentence)) ||
	    (result = read_needed(r, root, "timezone", &j->timezone)) ||
	    (result = read_needed(r, root, "currency", &j->currency)) ||
	    (result = read_round(r, root, j)))
		return result;
	if (strlen(name) != 2 || tolower((unsigned char)name[0]) != code[0] ||
	    tolower((unsigned char)name[1]) != code[1] || (name[0] >= 'a' && name[0] <= 'z'))
		return law_error(r->error, yaml_get(root, "jurisdiction")->pos,
				 "\"%s\" is not the folder's code in capitals: write %c%c", name,
				 toupper((unsigned char)code[0]), toupper((unsigned char)code[1]));
	memcpy(j->code, name, 3);
	j->begins = TW_TIME_MIN;
	if (!j->in_sentence)
		j->in_sentence = j->title;
	if (time_zone_find(j->timezone) < 0)
		return refuse_zone(r, yaml_get(root, "timezone")->pos, j->timezone);
	if (strcmp(j->currency, "any") != 0 &&
	    (strlen(j->currency) != 3 || strspn(j->currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3))
		return law_error(r->error, yaml_get(root, "currency")->pos,
				 "\"%s\" is not a currency: write USD, or any", j->currency);
	r->law->jurisdictions = r->jurisdictions.item;
	r->law->jurisdiction_count = r->jurisdictions.count;
	return TW_OK;
}

static int read_editions(struct reader *r, const struct yaml_node *node, struct law_jurisdiction *j)
{
	static const char *const keys[] = {"from", "by", NULL};
	struct vector editions = {0};
	int code;
	if (!node)
		return TW_OK;
	if (node->kind != YAML_SEQUENCE)
		return law_error(r->error, node->pos,
				 "editions are written [{from: DAY, by: INSTRUMENT}]");
	for (size_t i = 0; i < node->count; i++) {
		const struct yaml_node *item = node->item[i];
		const char *by, *from;
		struct law_edition *edition = read_add(r, &editions, sizeof *edition);
		if (!edition)
			return TW_NO_MEMORY;
		if ((code = yaml_only(item, keys, r->error)) ||
		    (code = read_needed(r, item, "from", &from)) ||
		    (code = read_needed(r, item, "by", &by)) ||
		    (code = read_day(r, item, "from", j->timezone, &edition->from)) ||
		    (code = read_name(r, &r->instrument, "instrument", by,
				      yaml_get(item, "by")->pos, &edition->by)))
			return code;
		if (i && edition->from <= edition[-1].from)
			return law_error(r->error, item->pos,
					 "an edition must begin after the one before it");
	}
	j->editions = editions.item;
	j->edition_count = editions.count;
	return TW_OK;
}

/* Why no rate is known before the schedule begins. */
static int say_earlier(struct reader *r, struct law_jurisdiction *j)
{
	int year, month, day;
	char *earlier = arena_alloc(r->arena, EARLIER_MOST, 1);
	if (!earlier)
		return read_no_memory(r);
	time_date(time_local_day((enum time_zone)time_zone_find(j->timezone), j->begins), &year,
		  &month, &day);
	snprintf(earlier, EARLIER_MOST,
		 "no base schedule is available for %s before %04d-%02d-%02d", j->in_sentence, year,
		 month, day);
	j->earlier = earlier;
	return TW_OK;
}

/* From which day the schedule says the rates, and whether it prints statistical numbers. */
static int read_reach(struct reader *r, const struct yaml_node *node, bool schedule,
		      struct law_jurisdiction *j)
{
	static const char *const numbers[] = {"printed", "open", NULL};
	static const char *const keys[] = {"begins", "numbers"};
	int open = 0, code;
	for (size_t i = 0; !schedule && i < sizeof keys / sizeof *keys; i++)
		if (yaml_get(node, keys[i]))
			return law_error(r->error, yaml_get(node, keys[i])->pos,
					 "\"%s\" is of a schedule: add \"schedule\"", keys[i]);
	if ((code = read_choice(r, node, "numbers", numbers, &open)))
		return code;
	j->open_numbers = open;
	if (!yaml_get(node, "begins"))
		return TW_OK;
	if (!open)
		return law_error(r->error, yaml_get(node, "begins")->pos,
				 "a schedule that begins within the days covered has "
				 "\"numbers: open\": what stood before it is not known");
	if ((code = read_day(r, node, "begins", j->timezone, &j->begins)))
		return code;
	return say_earlier(r, j);
}

/*
 * A schedule that is no law text: who has the official file makes it of that, and it begins with
 * the first of its days. *schedule is NULL where nobody did.
 */
static int read_brought(struct reader *r, const struct yaml_node *node, const char **schedule,
			struct law_jurisdiction *j)
{
	char folder[3] = {(char)tolower((unsigned char)j->code[0]),
			  (char)tolower((unsigned char)j->code[1]), 0};
	const char *path;
	int code = read_text(r, node, "brought", &j->brought);
	if (code || !j->brought)
		return code;
	if (!*schedule || !j->open_numbers || j->begins != TW_TIME_MIN)
		return law_error(r->error, yaml_get(node, "brought")->pos,
				 "a schedule that is brought has \"schedule\", its file, and "
				 "\"numbers: open\"; its first row says when it begins");
	if (!(path = file_join(r->arena, folder, *schedule)))
		return read_no_memory(r);
	if (!read_has(r, path)) {
		*schedule = NULL;
		j->open_numbers = false;
	}
	return TW_OK;
}

static int begin_brought(struct reader *r, struct law_jurisdiction *j)
{
	tw_time first = TW_TIME_MAX;
	for (uint32_t i = 0; i < j->row_count; i++)
		first = j->rows[i].from < first ? j->rows[i].from : first;
	if (first == TW_TIME_MIN || first == TW_TIME_MAX)
		return TW_OK;
	j->begins = first;
	return say_earlier(r, j);
}

/* What is taken in place of the schedule where that is asked for. */
static int read_estimate(struct reader *r, const struct yaml_node *node, uint32_t index)
{
	static const char *const keys[] = {"schedule", "of", NULL};
	struct law_jurisdiction *j = (struct law_jurisdiction *)r->jurisdictions.item + index;
	const struct law_schedule_row *rows = j->rows;
	const uint32_t count = j->row_count;
	const bool open = j->open_numbers;
	const char *schedule;
	int code;
	if (!node)
		return TW_OK;
	if (!j->brought)
		return law_error(r->error, node->pos,
				 "an estimate stands in for a schedule that is brought: add "
				 "\"brought\"");
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_needed(r, node, "schedule", &schedule)) ||
	    (code = read_needed(r, node, "of", &j->estimate)))
		return code;
	j->open_numbers = true;
	if ((code = read_schedule(r, index, schedule)))
		return code;
	j->estimate_rows = j->rows;
	j->estimate_row_count = j->row_count;
	j->rows = rows;
	j->row_count = count;
	j->open_numbers = open;
	return TW_OK;
}

static int read_base(struct reader *r, const struct yaml_node *node, uint32_t index)
{
	static const char *const keys[] = {"program", "schedule",   "seasons",      "editions",
					   "column2", "renumbered", "descriptions", "begins",
					   "numbers", "brought",    "estimate",     NULL};
	struct law_jurisdiction *j = (struct law_jurisdiction *)r->jurisdictions.item + index;
	const char *schedule = NULL, *seasons = NULL, *renumbered = NULL;
	bool all;
	int code;
	if (!node)
		return TW_OK;
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_needed(r, node, "program", &j->base_program)) ||
	    (code = read_text(r, node, "schedule", &j->schedule)) ||
	    (code = read_text(r, node, "seasons", &seasons)) ||
	    (code = read_text(r, node, "renumbered", &renumbered)) ||
	    (code = read_text(r, node, "descriptions", &j->descriptions)) ||
	    (code = read_editions(r, yaml_get(node, "editions"), j)) ||
	    (code = read_reach(r, node, j->schedule != NULL, j)))
		return code;
	schedule = j->schedule;
	if ((code = read_brought(r, node, &schedule, j)))
		return code;
	if (yaml_get(node, "column2") &&
	    (code = read_origins(r, yaml_get(node, "column2"), &j->column2, &all)))
		return code;
	if (schedule && !j->edition_count)
		return law_error(r->error, node->pos, "a schedule has editions: add \"editions\"");
	j->has_schedule = schedule != NULL;
	if (seasons && !schedule)
		return law_error(r->error, yaml_get(node, "seasons")->pos,
				 "seasons are those of a schedule: add \"schedule\"");
	if (renumbered && !schedule)
		return law_error(r->error, yaml_get(node, "renumbered")->pos,
				 "lines can be renumbered only in a schedule: add \"schedule\"");
	if (j->descriptions && !schedule)
		return law_error(r->error, yaml_get(node, "descriptions")->pos,
				 "descriptions are those of a schedule: add \"schedule\"");
	if (schedule && (code = read_schedule(r, index, schedule)))
		return code;
	if (schedule && j->brought && (code = begin_brought(r, j)))
		return code;
	if ((code = read_estimate(r, yaml_get(node, "estimate"), index)))
		return code;
	if (renumbered && (code = read_renumbered(r, index, renumbered)))
		return code;
	return seasons ? read_seasons(r, index, seasons) : TW_OK;
}

static const char *const confidence_words[] = {"high", "medium", "low", "contested", NULL};

static int read_preference(struct reader *r, const struct yaml_node *node,
			   const struct law_jurisdiction *j, struct law_preference *p)
{
	static const char *const keys[] = {"symbol", "title",      "origins", "from", "until",
					   "by",     "confidence", "note",    NULL};
	int code = yaml_only(node, keys, r->error), confidence = LAW_HIGH;
	const char *by = NULL;
	uint32_t instrument = LAW_NONE;
	if (code)
		return code;
	p->pos = node->pos;
	p->from = (struct law_end){TW_TIME_MIN, LAW_NONE};
	p->until = (struct law_end){TW_TIME_MAX, LAW_NONE};
	if ((code = read_needed(r, node, "symbol", &p->symbol)) ||
	    (code = read_needed(r, node, "title", &p->title)) ||
	    (code = read_text(r, node, "note", &p->note)) ||
	    (code = read_text(r, node, "by", &by)) ||
	    (code = read_choice(r, node, "confidence", confidence_words, &confidence)))
		return code;
	p->confidence = (enum law_confidence)confidence;
	if (by && (code = read_name(r, &r->instrument, "instrument", by, yaml_get(node, "by")->pos,
				    &instrument)))
		return code;
	const struct yaml_node *from = yaml_get(node, "from"), *until = yaml_get(node, "until"),
			       *origins = yaml_get(node, "origins");
	if (!from || !origins)
		return law_error(r->error, node->pos, "key \"%s\" is missing",
				 from ? "origins" : "from");
	if ((code = read_end(r, from, j->timezone, instrument, &p->from)) ||
	    (code = read_origins(r, origins, &p->origins, &p->origins_all)))
		return code;
	if (until && (code = read_end(r, until, j->timezone, instrument, &p->until)))
		return code;
	if (until && p->until.at <= p->from.at)
		return law_error(r->error, until->pos, "until is not after from");
	return TW_OK;
}

static int read_preferences(struct reader *r, const struct yaml_node *node,
			    struct law_jurisdiction *j)
{
	struct vector all = {0};
	if (!node)
		return TW_OK;
	if (node->kind != YAML_SEQUENCE)
		return law_error(r->error, node->pos, "preferences are a list of {symbol: …}");
	for (size_t i = 0; i < node->count; i++) {
		struct law_preference *p = read_add(r, &all, sizeof *p);
		int code = p ? read_preference(r, node->item[i], j, p) : TW_NO_MEMORY;
		if (code)
			return code;
		for (size_t k = 0; k < i; k++) {
			const struct law_preference *other = (struct law_preference *)all.item + k;
			if (!strcmp(other->symbol, p->symbol) && p->from.at < other->until.at &&
			    other->from.at < p->until.at)
				return law_error(r->error, p->pos,
						 "preference %s is on line %d for the same days",
						 p->symbol, other->pos.line);
		}
	}
	j->preferences = all.item;
	j->preference_count = all.count;
	return TW_OK;
}

/* The countries of a union: what goes into one of them goes into the union. */
static int read_members(struct reader *r, const struct yaml_node *root, struct law_jurisdiction *j)
{
	const struct yaml_node *node = yaml_get(root, "members");
	bool all;
	if (!node)
		return TW_OK;
	int code = read_origins(r, node, &j->members, &all);
	if (code)
		return code;
	if (all)
		return law_error(
		    r->error, node->pos,
		    "a union has members: write a group of countries.yaml, or [AT, BE]");
	for (size_t i = 0; i < r->jurisdictions.count; i++) {
		const struct law_jurisdiction *other =
		    (const struct law_jurisdiction *)r->jurisdictions.item + i;
		uint32_t country = query_country(r->law, other->code);
		if (other != j && country != LAW_NONE &&
		    j->members.bit[country / 64] >> country % 64 & 1)
			return law_error(r->error, node->pos,
					 "%s is a jurisdiction of its own and cannot be a member",
					 other->code);
	}
	return TW_OK;
}

/* The act by which a value in another currency is converted. */
static int read_conversion(struct reader *r, const struct yaml_node *root,
			   struct law_jurisdiction *j)
{
	const struct yaml_node *node = yaml_get(root, "conversion");
	const char *name;
	int code;
	j->conversion = LAW_NONE;
	if (!node)
		return TW_OK;
	if (!strcmp(j->currency, "any"))
		return law_error(r->error, node->pos,
				 "nothing is converted where the currency is any: omit conversion");
	if ((code = read_needed(r, root, "conversion", &name)))
		return code;
	return read_name(r, &r->instrument, "instrument", name, node->pos, &j->conversion);
}

int read_jurisdiction_body(struct reader *r, uint32_t jurisdiction)
{
	struct law_jurisdiction *j =
	    (struct law_jurisdiction *)r->jurisdictions.item + jurisdiction;
	char folder[3] = {(char)tolower((unsigned char)j->code[0]),
			  (char)tolower((unsigned char)j->code[1]), 0};
	struct yaml_node *root;
	const char *path = file_join(r->arena, folder, "jurisdiction.yaml");
	if (!path)
		return read_no_memory(r);
	int code = yaml_read(&root, r->arena, r->folder, path, r->error);
	if (code || (code = read_conversion(r, root, j)) || (code = read_members(r, root, j)) ||
	    (code = read_preferences(r, yaml_get(root, "preferences"), j)) ||
	    (code = read_words(r, yaml_get(root, "not_covered"), &j->not_covered,
			       &j->not_covered_count)) ||
	    (code = read_words(r, yaml_get(root, "not_covered_without_schedule"),
			       &j->before_covered, &j->before_covered_count)) ||
	    (code = read_words(r, yaml_get(root, "not_covered_with_schedule"), &j->since_covered,
			       &j->since_covered_count)) ||
	    (code = read_words(r, yaml_get(root, "missing"), &j->missing, &j->missing_count)) ||
	    (code = read_unknown_rates(r, jurisdiction)) ||
	    (code = read_adcvd(r, yaml_get(root, "adcvd"), jurisdiction)))
		return code;
	return read_base(r, yaml_get(root, "base"), jurisdiction);
}
