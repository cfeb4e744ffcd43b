/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the effects of measures: which there are, which kind of program may
 * have them, and the keys that stand beside them.
 */
#include "common/words.h"
#include "law/reader.h"
#include "law/words.h"

#include "common/money.h"

#include <string.h>

enum {
	KEY_DUTY,
	KEY_EXEMPT,
	KEY_PROHIBITED,
	KEY_GRANT,
	KEY_REFUSE,
	KEY_ENTRY,
	KEY_FILED,
	KEY_FEE,
	KEY_TAX,
	KEY_WARN,
	KEY_RATES_OF
};
const char *const effect_keys[] = {"duty",  "exempt", "prohibited", "grant", "refuse",   "entry",
				   "filed", "fee",    "tax",        "warn",  "rates_of", NULL};

/* Which kinds may have the effect: a bit a kind. */
static const unsigned allowed[] = {
    [KEY_DUTY] = 1u << LAW_KIND_DUTY,
    [KEY_EXEMPT] = 1u << LAW_KIND_DUTY | 1u << LAW_KIND_FEE | 1u << LAW_KIND_TAX,
    [KEY_PROHIBITED] = 1u << LAW_KIND_PROHIBITION,
    [KEY_GRANT] = 1u << LAW_KIND_EXEMPTION,
    [KEY_REFUSE] = 1u << LAW_KIND_EXEMPTION,
    [KEY_ENTRY] = 1u << LAW_KIND_ENTRY,
    [KEY_FILED] = 1u << LAW_KIND_ENTRY,
    [KEY_FEE] = 1u << LAW_KIND_FEE,
    [KEY_TAX] = 1u << LAW_KIND_TAX,
    [KEY_WARN] = ~0u,
    [KEY_RATES_OF] = 1u << LAW_KIND_ENTRY,
};

static int read_sum_of(struct reader *r, const char *glob, struct law_pos pos, const char **out)
{
	const struct law_program *programs = r->programs.item;
	*out = glob;
	for (uint32_t i = 0; i < r->programs.count; i++)
		if (words_match(glob, programs[i].id))
			return TW_OK;
	return law_error(r->error, pos, "sum_of \"%s\" names no program", glob);
}

static int read_floor(struct reader *r, const char *text, struct law_pos pos, struct law_measure *m)
{
	const char *over = strstr(text, " over ");
	m->effect = LAW_EFFECT_FLOOR;
	if (!over || (strcmp(over, " over general") != 0 && strcmp(over, " over column1") != 0))
		return law_error(r->error, pos,
				 "\"%s\": write floor 15%% over general, or over column1", text);
	m->floor_over_column1 = !strcmp(over, " over column1");
	const char *rate = arena_text(r->arena, text + 6, (size_t)(over - text) - 6);
	if (!rate)
		return read_no_memory(r);
	int code = text_rate(&m->rate, r->law, r->arena, rate, pos, r->error);
	if (code)
		return code;
	if (m->rate.kind != LAW_RATE_SUM || m->rate.term_count != 1 ||
	    m->rate.term[0].kind != LAW_TERM_AD_VALOREM || m->rate.term[0].basis != LAW_NONE)
		return law_error(r->error, pos, "\"%s\": a floor is one percentage", text);
	return TW_OK;
}

/* A measure's own rate must be computable. */
static int read_rate(struct reader *r, const char *text, struct law_pos pos, struct law_rate *out)
{
	int code = text_rate(out, r->law, r->arena, text, pos, r->error);
	if (!code && out->kind != LAW_RATE_SUM && out->kind != LAW_RATE_BOUNDED)
		return law_error(r->error, pos,
				 "\"%s\" cannot be computed: write 10%%, Free, $1.055/kg", text);
	return code;
}

static bool is_flat(const struct law_rate *rate)
{
	return rate->term_count == 1 && rate->term[0].kind == LAW_TERM_SPECIFIC &&
	       rate->term[0].unit == LAW_NONE;
}

static bool is_share(const struct law_rate *rate)
{
	return rate->term_count == 1 && rate->term[0].kind == LAW_TERM_AD_VALOREM &&
	       rate->term[0].basis == LAW_NONE;
}

static int read_limit(struct reader *r, const struct yaml_node *node, struct law_band *band)
{
	const struct yaml_node *below = yaml_get(node, "below"),
			       *through = yaml_get(node, "through");
	const struct yaml_node *limit = below ? below : through;
	band->open = !limit;
	band->inclusive = through != NULL;
	band->limit = (struct law_fraction){0, 1};
	if (!limit)
		return TW_OK;
	if (below && through)
		return law_error(r->error, through->pos, "below or through, not both");
	const char *at = limit->kind == YAML_SCALAR ? limit->scalar : "";
	if (!scan_number(&at, &band->limit) || strcmp(at, "%") != 0 ||
	    !fraction_scale(&band->limit, 1, 100))
		return law_error(r->error, limit->pos,
				 "a step ends at a percentage: write below: 16%%");
	return TW_OK;
}

static bool is_more(struct law_fraction a, struct law_fraction b)
{
	__extension__ typedef __int128 wide;
	return (wide)a.num * b.den > (wide)b.num * a.den;
}

static int read_bands(struct reader *r, const struct yaml_node *node, struct law_measure *m)
{
	static const char *const keys[] = {"bands", "steps", NULL}, *const step_keys[] = {
									"below", "through", "duty",
									NULL};
	const char *sum, *text;
	int code;
	m->effect = LAW_EFFECT_BANDS;
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_needed(r, node, "bands", &sum)))
		return code;
	const struct yaml_node *steps = yaml_get(node, "steps");
	if (strncmp(sum, "sum_of ", 7) != 0)
		return law_error(r->error, yaml_get(node, "bands")->pos,
				 "write bands: sum_of PROGRAMS");
	if ((code = read_sum_of(r, sum + 7, yaml_get(node, "bands")->pos, &m->sum_of)))
		return code;
	if (!steps || steps->kind != YAML_SEQUENCE)
		return law_error(r->error, node->pos, "key \"steps\" is missing or not a list");
	struct law_band *bands = read_take(r, steps->count, sizeof *bands);
	if (!bands)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < steps->count; i++) {
		const struct yaml_node *step = steps->item[i];
		if ((code = yaml_only(step, step_keys, r->error)) ||
		    (code = read_needed(r, step, "duty", &text)) ||
		    (code = read_rate(r, text, yaml_get(step, "duty")->pos, &bands[i].duty)) ||
		    (code = read_limit(r, step, &bands[i])))
			return code;
		if (bands[i].open != (i + 1 == steps->count))
			return law_error(r->error, step->pos,
					 "the last step, and only it, has no limit");
		if (i && !bands[i].open && !is_more(bands[i].limit, bands[i - 1].limit))
			return law_error(r->error, step->pos,
					 "a step must end above the one before it");
	}
	m->bands = bands;
	m->band_count = (uint32_t)steps->count;
	return TW_OK;
}

static int read_duty(struct reader *r, const struct yaml_node *node, struct law_measure *m)
{
	m->effect = LAW_EFFECT_DUTY;
	if (node->kind == YAML_MAPPING)
		return read_bands(r, node, m);
	if (node->kind != YAML_SCALAR)
		return law_error(r->error, node->pos, "a duty is a rate: write 10%%");
	if (!strncmp(node->scalar, "floor ", 6))
		return read_floor(r, node->scalar, node->pos, m);
	if (!strncmp(node->scalar, "sum_of ", 7)) {
		m->effect = LAW_EFFECT_SUM;
		return read_sum_of(r, node->scalar + 7, node->pos, &m->sum_of);
	}
	return read_rate(r, node->scalar, node->pos, &m->rate);
}

static const char *const per_words[] = {"line", "shipment", "person_day", NULL};

static int read_grant(struct reader *r, const struct yaml_node *node, struct law_measure *m)
{
	static const char *const keys[] = {"limit", "of", "per", NULL};
	static const char *const facts[] = {
	    "value", "retail_value", "shipment_value", "shipment_retail_value", "duty", NULL};
	static const enum law_fact fact[] = {LAW_FACT_VALUE, LAW_FACT_RETAIL_VALUE,
					     LAW_FACT_SHIPMENT_VALUE,
					     LAW_FACT_SHIPMENT_RETAIL_VALUE, LAW_FACT_DUTY};
	const char *text;
	int code, of = 0, per = LAW_PER_LINE;
	m->effect = LAW_EFFECT_GRANT;
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_needed(r, node, "limit", &text)) ||
	    (code = read_needed(r, node, "of", &text)) ||
	    (code = read_money(r, node, "limit", &m->limit)) ||
	    (code = read_choice(r, node, "of", facts, &of)) ||
	    (code = read_choice(r, node, "per", per_words, &per)))
		return code;
	m->limit_of = fact[of];
	m->per = (enum law_per)per;
	return TW_OK;
}

static void add_settled(uint32_t *list, uint32_t *count, uint32_t program)
{
	for (uint32_t i = 0; i < *count; i++)
		if (list[i] == program)
			return;
	list[(*count)++] = program;
}

/* The time whose duties the goods take; the programs for which that is settled. */
static int read_rates_of(struct reader *r, const struct yaml_node *measure, const char *text,
			 struct law_measure *m)
{
	const struct yaml_node *node = yaml_get(measure, "settled");
	const struct law_program *programs = r->programs.item;
	const char *const *globs = NULL;
	uint32_t count = 0, found = 0;
	int code;
	m->effect = LAW_EFFECT_RATES_OF;
	m->limit_of = LAW_FACT_IT_DATE;
	if (strcmp(text, "it_date") != 0)
		return law_error(r->error, yaml_get(measure, "rates_of")->pos,
				 "\"%s\": write rates_of: it_date", text);
	if ((code = read_words(r, node, &globs, &count)) || !count)
		return code;
	uint32_t *settled = read_take(r, r->programs.count, sizeof *settled);
	if (!settled)
		return TW_NO_MEMORY;
	for (uint32_t k = 0; k < count; k++) {
		bool any = false;
		for (uint32_t i = 0; i < r->programs.count; i++) {
			if (programs[i].kind != LAW_KIND_DUTY ||
			    !words_match(globs[k], programs[i].id))
				continue;
			add_settled(settled, &found, i);
			any = true;
		}
		if (!any)
			return law_error(r->error, node->pos, "\"%s\" names no program of duties",
					 globs[k]);
	}
	m->settled = settled;
	m->settled_count = found;
	return TW_OK;
}

static int read_yes(struct reader *r, const struct yaml_node *node, const char *key)
{
	if (node->kind != YAML_SCALAR || strcmp(node->scalar, "true") != 0)
		return law_error(r->error, node->pos, "write %s: true", key);
	return TW_OK;
}

static int read_one(struct reader *r, const struct yaml_node *measure, int key,
		    struct law_measure *m)
{
	const struct yaml_node *node = yaml_get(measure, effect_keys[key]);
	const char *text = node->kind == YAML_SCALAR ? node->scalar : NULL;
	switch (key) {
	case KEY_DUTY:
		return read_duty(r, node, m);
	case KEY_EXEMPT:
		m->effect = LAW_EFFECT_EXEMPT;
		return read_yes(r, node, "exempt");
	case KEY_PROHIBITED:
		m->effect = LAW_EFFECT_PROHIBITED;
		return read_yes(r, node, "prohibited");
	case KEY_GRANT:
		return read_grant(r, node, m);
	default:
		break;
	}
	if (!text)
		return law_error(r->error, node->pos, "\"%s\" takes one text", effect_keys[key]);
	if (key == KEY_RATES_OF)
		return read_rates_of(r, measure, text, m);
	if (key == KEY_FEE || key == KEY_TAX) {
		m->effect = LAW_EFFECT_FEE;
		return read_rate(r, text, node->pos, &m->rate);
	}
	m->effect = key == KEY_REFUSE  ? LAW_EFFECT_REFUSE
		    : key == KEY_ENTRY ? LAW_EFFECT_ENTRY
		    : key == KEY_FILED ? LAW_EFFECT_FILED
				       : LAW_EFFECT_WARN;
	m->word = text;
	return TW_OK;
}

static int read_pick(struct reader *r, const struct yaml_node *measure, struct law_measure *m)
{
	static const char *const keys[] = {"claim", "is", NULL};
	const struct yaml_node *node = yaml_get(measure, "choice");
	uint32_t claim;
	int code;
	if (!node)
		return TW_OK;
	if ((code = yaml_only(node, keys, r->error)) ||
	    (code = read_needed(r, node, "claim", &m->choice_claim)) ||
	    (code = read_needed(r, node, "is", &m->choice_is)) ||
	    (code = read_name(r, &r->claim, "claim", m->choice_claim, yaml_get(node, "claim")->pos,
			      &claim)))
		return code;
	const struct law_claim *of = &r->law->claims[claim];
	bool found = false;
	for (uint32_t i = 0; i < of->word_count; i++)
		found |= !strcmp(of->words[i], m->choice_is);
	if (of->type != LAW_CLAIM_WORD || !found)
		return law_error(r->error, yaml_get(node, "is")->pos,
				 "\"%s\" is not one of the words of the claim %s", m->choice_is,
				 of->name);
	return TW_OK;
}

static int read_most(struct reader *r, const struct yaml_node *measure, struct law_measure *m)
{
	const char *text = NULL, *at;
	int code = read_text(r, measure, "most", &text);
	m->most = (struct law_fraction){0, 1};
	if (code || !text)
		return code;
	at = text;
	if (!scan_number(&at, &m->most) || strcmp(at, "%") != 0 ||
	    !fraction_scale(&m->most, 1, 100))
		return law_error(r->error, yaml_get(measure, "most")->pos,
				 "\"%s\": write a share of the whole value: most: 40%%", text);
	if (!strcmp(m->part, "value") || m->part_not)
		return law_error(r->error, yaml_get(measure, "most")->pos,
				 "\"most\" bounds a part: write on: PART beside it");
	return TW_OK;
}

/* What stands beside an effect and may stand beside no other. */
static int check_beside(struct reader *r, const struct yaml_node *node, const struct law_measure *m)
{
	static const struct {
		const char *key;
		unsigned effects;
	} rules[] = {
#define BIT(effect) (1u << (effect))
#define CHARGES                                                                                    \
	(BIT(LAW_EFFECT_DUTY) | BIT(LAW_EFFECT_FLOOR) | BIT(LAW_EFFECT_SUM) | BIT(LAW_EFFECT_BANDS))
	    {"instead", CHARGES},
	    {"most", BIT(LAW_EFFECT_EXEMPT)},
	    {"choice", CHARGES},
	    {"except", CHARGES},
	    {"round", CHARGES},
	    {"per", CHARGES | BIT(LAW_EFFECT_FEE) | BIT(LAW_EFFECT_EXEMPT)},
	    {"min", BIT(LAW_EFFECT_FEE)},
	    {"max", BIT(LAW_EFFECT_FEE)},
	    {"settled", BIT(LAW_EFFECT_RATES_OF)},
	    {"of", BIT(LAW_EFFECT_FEE)},
	    {"pays", BIT(LAW_EFFECT_FILED)},
	    {"say", BIT(LAW_EFFECT_FILED)},
	};
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		const struct yaml_node *beside = yaml_get(node, rules[i].key);
		if (beside && !(rules[i].effects & BIT(m->effect)))
			return law_error(r->error, beside->pos,
					 "\"%s\" does not go with this effect", rules[i].key);
	}
	if (m->heading_reached[0] && m->effect != LAW_EFFECT_FLOOR)
		return law_error(r->error, yaml_get(node, "heading")->pos,
				 "two headings belong to a floor alone");
	return TW_OK;
}

static int read_beside(struct reader *r, const struct yaml_node *node, enum law_kind kind,
		       struct law_measure *m)
{
	static const char *const instead[] = {"nothing", "column1", "all", NULL},
				 *const rounds[] = {"law", "exact", NULL};
	static const char *const of_words[] = {"value", "dutiable_value", "duty_paid_value", NULL},
				 *const pays_words[] = {"duty", "nothing", "never", NULL};
	int which = LAW_INSTEAD_NOTHING, round = 0, of = kind == LAW_KIND_TAX ? 2 : 0,
	    pays = LAW_PAYS_DUTY, code;
	int per = m->effect == LAW_EFFECT_GRANT ? (int)m->per
		  : kind == LAW_KIND_FEE || m->effect == LAW_EFFECT_BANDS || is_flat(&m->rate)
		      ? LAW_PER_SHIPMENT
		      : LAW_PER_LINE;
	m->fee_min = m->fee_max = -1;
	if ((code = check_beside(r, node, m)) ||
	    (code = read_choice(r, node, "instead", instead, &which)) ||
	    (code = read_choice(r, node, "per", per_words, &per)) ||
	    (code = read_choice(r, node, "round", rounds, &round)) ||
	    (code = read_most(r, node, m)) || (code = read_pick(r, node, m)) ||
	    (code = read_choice(r, node, "of", of_words, &of)) ||
	    (code = read_choice(r, node, "pays", pays_words, &pays)) ||
	    (code = read_text(r, node, "say", &m->say)) ||
	    (code = read_money(r, node, "min", &m->fee_min)) ||
	    (code = read_money(r, node, "max", &m->fee_max)))
		return code;
	m->instead = (enum law_instead)which;
	m->per = (enum law_per)per;
	m->round_exact = round;
	if (per == LAW_PER_SHIPMENT && kind == LAW_KIND_DUTY && m->effect != LAW_EFFECT_BANDS &&
	    m->effect != LAW_EFFECT_EXEMPT && !is_flat(&m->rate))
		return law_error(r->error, yaml_get(node, "per")->pos,
				 "a duty of a whole shipment is a sum of money: write $100");
	if (of == 2 && kind != LAW_KIND_TAX)
		return law_error(r->error, yaml_get(node, "of")->pos,
				 "only a tax is taken on the value with the duty");
	if (of == 1 && kind == LAW_KIND_TAX)
		return law_error(r->error, yaml_get(node, "of")->pos,
				 "a tax is taken on the value, or on the value with the duty: "
				 "write of: value or of: duty_paid_value");
	if (kind == LAW_KIND_TAX && (per != LAW_PER_LINE || m->fee_min >= 0 || m->fee_max >= 0))
		return law_error(
		    r->error, node->pos,
		    "a tax is one of the line: \"per\", \"min\" and \"max\" are of fees");
	if (kind == LAW_KIND_TAX && m->effect == LAW_EFFECT_FEE && !is_share(&m->rate))
		return law_error(r->error, node->pos, "a tax is one percentage: write tax: 5%%");
	m->of_dutiable = of == 1;
	m->of_duty_paid = of == 2;
	m->pays = (enum law_pays)pays;
	if (pays == LAW_PAYS_NEVER && !m->say)
		return law_error(r->error, yaml_get(node, "pays")->pos,
				 "a type that cannot be filed needs \"say\": what would be right");
	if (m->fee_min >= 0 && m->fee_max >= 0 && m->fee_max < m->fee_min)
		return law_error(r->error, yaml_get(node, "max")->pos, "max is less than min");
	return TW_OK;
}

int read_effect(struct reader *r, const struct law_program *program, const struct yaml_node *node,
		struct law_measure *measure)
{
	int found = -1, code;
	for (int i = 0; effect_keys[i]; i++) {
		const struct yaml_node *effect = yaml_get(node, effect_keys[i]);
		if (!effect)
			continue;
		if (found >= 0)
			return law_error(
			    r->error, effect->pos,
			    "more than one effect: \"%s\" and \"%s\"; a measure has one",
			    effect_keys[found], effect_keys[i]);
		found = i;
	}
	if (found < 0)
		return law_error(r->error, node->pos, "\"%s\" has no effect: write duty, exempt, …",
				 measure->id);
	const struct yaml_node *effect = yaml_get(node, effect_keys[found]);
	if (!(allowed[found] >> program->kind & 1))
		return law_error(r->error, effect->pos,
				 "\"%s\" is not an effect of a program of the kind %s",
				 effect_keys[found], law_kind_word(program->kind));
	if ((code = read_one(r, node, found, measure)))
		return code;
	return read_beside(r, node, program->kind, measure);
}

int read_charge(struct reader *r, const struct yaml_node *node, const struct law_program *program,
		struct law_measure *measure)
{
	int key = program->kind == LAW_KIND_FEE   ? KEY_FEE
		  : program->kind == LAW_KIND_TAX ? KEY_TAX
						  : KEY_DUTY;
	const struct yaml_node *rate = yaml_get(node, effect_keys[key]);
	if (!rate)
		return law_error(r->error, node->pos, "key \"%s\" is missing", effect_keys[key]);
	int code = read_one(r, node, key, measure);
	if (code)
		return code;
	if (measure->per == LAW_PER_SHIPMENT && program->kind == LAW_KIND_DUTY &&
	    measure->effect != LAW_EFFECT_BANDS && !is_flat(&measure->rate))
		return law_error(r->error, rate->pos,
				 "a duty of a whole shipment is a sum of money: write $100");
	if (measure->effect != LAW_EFFECT_FLOOR)
		measure->heading_reached = "";
	return TW_OK;
}
