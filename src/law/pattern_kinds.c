/* SPDX-License-Identifier: Apache-2.0 */
/* Owns what a pattern says by its kind: which keys it has, and the numbers behind them. */
#include "law/pattern_read.h"

#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"

enum { KEYS = 32, COUNT_MOST = 1000000, ONE_IN_MOST = 1000000000 };

static const char *const every[] = {"pattern", "title", "kind", "group",    "into", "from",
				    "until",   "rules", "says", "innocent", NULL};
static const char *const own[PATTERN_KINDS][12] = {
    [PATTERN_HEAP] = {"of", "limit", "inside", "band", "exemption", "least", "chance", NULL},
    [PATTERN_MANY] = {"days", "least", "names", "each", "sum", "exemption", NULL},
    [PATTERN_ROUTE] = {"origins", "sent_from", "through", "licence", "compare", "least", NULL},
    [PATTERN_TOGETHER] = {"days", "least", "parts", "digits", NULL},
    [PATTERN_CODES] = {"digits", "least", "lines", NULL},
    [PATTERN_PRICE] = {"digits", "least", "times", NULL},
};

int pattern_keys(struct pattern_read *p)
{
	const char *keys[KEYS];
	size_t count = 0;
	for (size_t i = 0; every[i]; i++)
		keys[count++] = every[i];
	for (size_t i = 0; own[p->out->kind][i]; i++)
		keys[count++] = own[p->out->kind][i];
	keys[count] = NULL;
	return yaml_only(p->root, keys, p->r->error);
}

int pattern_count(struct pattern_read *p, const char *key, bool needed, uint32_t most,
		  uint32_t *out)
{
	const char *text = NULL;
	char *end;
	int code =
	    needed ? read_needed(p->r, p->root, key, &text) : read_text(p->r, p->root, key, &text);
	if (code || !text)
		return code;
	unsigned long number = strtoul(text, &end, 10);
	if (*end || !is_digit(*text) || strlen(text) > 10 || number < 1 || number > most)
		return law_error(p->r->error, yaml_get(p->root, key)->pos,
				 "\"%s\" is not a number from 1 to %u", text, most);
	*out = (uint32_t)number;
	return TW_OK;
}

/* "10%": in 1/100 of a percent, under a half: the band below is as wide. */
static int read_band(struct pattern_read *p)
{
	const char *text, *at;
	struct law_fraction share;
	int code = read_needed(p->r, p->root, "band", &text);
	if (code)
		return code;
	at = text;
	if (!scan_number(&at, &share) || strcmp(at, "%") != 0 || !fraction_scale(&share, 100, 1) ||
	    share.num % share.den || share.num < share.den || share.num / share.den > 5000)
		return law_error(p->r->error, yaml_get(p->root, "band")->pos,
				 "\"%s\" is not a part of the limit from 0.01%% to 50%%", text);
	p->out->band = (uint32_t)(share.num / share.den);
	return TW_OK;
}

/* "1 in 1,000,000" */
static int read_chance(struct pattern_read *p)
{
	const char *text, *at;
	struct law_fraction number = {0, 1};
	int code = read_needed(p->r, p->root, "chance", &text);
	if (code)
		return code;
	at = text;
	if (strncmp(text, "1 in ", 5) != 0 || (at += 5, !scan_number(&at, &number)) || *at ||
	    number.den != 1 || number.num < 2 || number.num > ONE_IN_MOST)
		return law_error(p->r->error, yaml_get(p->root, "chance")->pos,
				 "\"%s\" is not a chance: write 1 in 1,000,000", text);
	p->out->chance = (uint32_t)number.num;
	return TW_OK;
}

static int read_exemption(struct pattern_read *p)
{
	uint32_t program;
	int code = read_text(p->r, p->root, "exemption", &p->out->exemption);
	if (code || !*p->out->exemption)
		return code;
	struct law_pos pos = yaml_get(p->root, "exemption")->pos;
	code = read_name(p->r, &p->r->program, "program", p->out->exemption, pos, &program);
	if (!code && p->r->law->programs[program].kind != LAW_KIND_EXEMPTION)
		return law_error(p->r->error, pos, "\"%s\" is not an exemption", p->out->exemption);
	return code;
}

static int read_heap(struct pattern_read *p)
{
	static const char *const inside[] = {"under", "equal", NULL};
	struct law_pattern *out = p->out;
	int of = -1, equal = 0, code;
	if ((code = read_choice(p->r, p->root, "of", pattern_of_names, &of)) ||
	    (code = read_money(p->r, p->root, "limit", &out->limit)) ||
	    (code = read_choice(p->r, p->root, "inside", inside, &equal)) ||
	    (code = read_band(p)) || (code = read_exemption(p)) ||
	    (code = pattern_count(p, "least", true, COUNT_MOST, &out->least)))
		return code;
	if (of < 0)
		return law_error(p->r->error, p->root->pos, "key \"of\" is missing");
	out->of = (enum pattern_of)of;
	out->equal = equal == 1;
	if (out->of == PATTERN_OF_THRESHOLD && out->limit >= 0)
		return law_error(p->r->error, yaml_get(p->root, "limit")->pos,
				 "the limit is the threshold of the list: omit \"limit\"");
	if (out->of != PATTERN_OF_THRESHOLD && out->limit <= 0)
		return law_error(p->r->error, p->root->pos, "\"limit\" must be there, and above 0");
	return read_chance(p);
}

static int read_many(struct pattern_read *p)
{
	struct law_pattern *out = p->out;
	int code;
	if ((code = pattern_count(p, "days", true, PATTERN_DAYS, &out->days)) ||
	    (code = pattern_count(p, "least", true, COUNT_MOST, &out->least)) ||
	    (code = pattern_count(p, "names", false, 16, &out->names)) ||
	    (code = read_money(p->r, p->root, "each", &out->each)) ||
	    (code = read_money(p->r, p->root, "sum", &out->sum)))
		return code;
	return read_exemption(p);
}

int pattern_countries(struct pattern_read *p, const struct yaml_node *map, const char *key,
		      struct law_pattern_countries *out)
{
	const struct yaml_node *node = yaml_get(map, key);
	bool all;
	out->asked = node != NULL;
	return node ? read_origins(p->r, node, &out->set, &all) : TW_OK;
}

int pattern_country(struct pattern_read *p, const struct yaml_node *map, const char *key,
		    const char **out)
{
	*out = "";
	int code = read_text(p->r, map, key, out);
	if (!code && **out && table_find(&p->r->country, *out) == LAW_NONE)
		return law_error(p->r->error, yaml_get(map, key)->pos,
				 "unknown country \"%s\": write two letters, as in US", *out);
	return code;
}

static int read_route(struct pattern_read *p)
{
	struct law_pattern *out = p->out;
	int code;
	if ((code = pattern_countries(p, p->root, "origins", &out->origins)) ||
	    (code = pattern_countries(p, p->root, "sent_from", &out->sent_from)) ||
	    (code = pattern_countries(p, p->root, "through", &out->through)) ||
	    (code = pattern_country(p, p->root, "licence", &out->licence)) ||
	    (code = read_flag(p->r, p->root, "compare", &out->compares)) ||
	    (code = pattern_count(p, "least", true, COUNT_MOST, &out->least)))
		return code;
	if (!out->sent_from.asked && !out->through.asked)
		return law_error(p->r->error, p->root->pos,
				 "a route needs \"sent_from\" or \"through\"");
	return TW_OK;
}

static int read_digits(struct pattern_read *p)
{
	int code = pattern_count(p, "digits", true, 10, &p->out->digits);
	if (!code && (p->out->digits < 4 || p->out->digits % 2))
		return law_error(p->r->error, yaml_get(p->root, "digits")->pos,
				 "codes are looked at by 4, 6, 8 or 10 digits");
	return code;
}

/* What a kind puts together by its nature. */
static int check_group(struct pattern_read *p)
{
	const struct law_pattern *out = p->out;
	bool is_code = out->group == PATTERN_CODE;
	struct law_pos pos = yaml_get(p->root, "group")->pos;
	if (out->kind == PATTERN_PRICE && !is_code)
		return law_error(p->r->error, pos,
				 "prices are compared within a code: write group: hts");
	if (is_code && out->kind != PATTERN_PRICE && out->kind != PATTERN_TOGETHER)
		return law_error(p->r->error, pos,
				 "only prices and goods together are grouped by hts");
	return TW_OK;
}

/* Goods of one code need the digits of it; others have none. */
static int read_together(struct pattern_read *p)
{
	struct law_pattern *out = p->out;
	bool is_code = out->group == PATTERN_CODE;
	const struct yaml_node *digits = yaml_get(p->root, "digits");
	if (digits && !is_code)
		return law_error(p->r->error, digits->pos, "\"digits\" is for group: hts");
	int code = is_code ? read_digits(p) : TW_OK;
	if (code || (code = pattern_count(p, "days", true, PATTERN_DAYS, &out->days)))
		return code;
	return pattern_parts(p);
}

int pattern_kind_read(struct pattern_read *p)
{
	struct law_pattern *out = p->out;
	int code = check_group(p);
	out->exemption = out->licence = "";
	out->limit = out->each = out->sum = -1;
	if (code)
		return code;
	switch (out->kind) {
	case PATTERN_HEAP:
		return read_heap(p);
	case PATTERN_MANY:
		return read_many(p);
	case PATTERN_ROUTE:
		return read_route(p);
	case PATTERN_TOGETHER:
		return read_together(p);
	case PATTERN_CODES:
		if ((code = read_digits(p)) ||
		    (code = pattern_count(p, "lines", true, COUNT_MOST, &out->lines)))
			return code;
		return pattern_count(p, "least", true, 16, &out->least);
	case PATTERN_PRICE:
		if ((code = read_digits(p)) ||
		    (code = pattern_count(p, "times", true, 1000, &out->times)))
			return code;
		return pattern_count(p, "least", true, COUNT_MOST, &out->least);
	case PATTERN_KINDS:
		break;
	}
	return TW_OK;
}
