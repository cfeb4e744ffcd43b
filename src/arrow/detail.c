/* SPDX-License-Identifier: Apache-2.0 */
/* The struct `detail`: the members of an NDJSON answer, under the same names. */
#include "arrow/answers.h"

#include <string.h>

#define COUNT(fields) (sizeof fields / sizeof *fields)
#define TEXT(called)                                                                               \
	{                                                                                          \
		.name = called, .kind = GROW_TEXT                                                  \
	}
#define MONEY(called)                                                                              \
	{                                                                                          \
		.name = called, .kind = GROW_MONEY                                                 \
	}
#define FLAG(called)                                                                               \
	{                                                                                          \
		.name = called, .kind = GROW_BOOL                                                  \
	}
#define INSTANT(called)                                                                            \
	{                                                                                          \
		.name = called, .kind = GROW_INSTANT                                               \
	}
#define LIST(called, of)                                                                           \
	{                                                                                          \
		.name = called, .kind = GROW_LIST, .child = of, .count = 1                         \
	}
#define STRUCT(called, of)                                                                         \
	{                                                                                          \
		.name = called, .kind = GROW_STRUCT, .child = of, .count = COUNT(of)               \
	}

static const struct grow_field text_item[] = {TEXT("item")};

static const struct grow_field layer[] = {TEXT("kind"),
					  TEXT("program"),
					  TEXT("measure"),
					  TEXT("heading"),
					  LIST("headings", text_item),
					  TEXT("rate"),
					  MONEY("on"),
					  TEXT("part"),
					  MONEY("amount"),
					  MONEY("over_base"),
					  MONEY("shipment"),
					  FLAG("void"),
					  TEXT("confidence"),
					  LIST("by", text_item)};
static const struct grow_field exclusion[] = {TEXT("program"), TEXT("to"), TEXT("part"),
					      TEXT("heading"), LIST("by", text_item)};
static const struct grow_field fee[] = {
    TEXT("fee"),          TEXT("measure"),          MONEY("amount"),
    MONEY("on"),          MONEY("shipment_amount"), MONEY("shipment_on"),
    LIST("by", text_item)};
static const struct grow_field tax[] = {TEXT("tax"),     TEXT("measure"), TEXT("rate"),
					MONEY("amount"), MONEY("on"),     LIST("by", text_item)};
static const struct grow_field order[] = {TEXT("case"),       TEXT("kind"),    TEXT("state"),
					  TEXT("product"),    TEXT("cite"),    TEXT("confidence"),
					  FLAG("claimed"),    TEXT("rate"),    TEXT("rate_by"),
					  FLAG("all_others"), MONEY("deposit")};
static const struct grow_field choice[] = {
    TEXT("claim"),       TEXT("is"),   TEXT("program"),      TEXT("measure"),
    TEXT("heading"),     TEXT("rate"), MONEY("amount"),      MONEY("relieved"),
    MONEY("refundable"), FLAG("void"), LIST("by", text_item)};
static const struct grow_field exemption[] = {FLAG("eligible"), TEXT("reason"), TEXT("program"),
					      LIST("by", text_item)};
static const struct grow_field substance[] = {TEXT("substance"),  TEXT("name"),  TEXT("matched"),
					      TEXT("how"),        TEXT("field"), TEXT("certainty"),
					      TEXT("conditions"), TEXT("note")};
static const struct grow_field control[] = {
    TEXT("substance"),  TEXT("jurisdiction"), TEXT("list"),         TEXT("list_en"),
    TEXT("code"),       TEXT("direction"),    TEXT("since"),        TEXT("until"),
    TEXT("threshold"),  TEXT("requirement"),  TEXT("status"),       TEXT("undecided"),
    FLAG("prohibited"), TEXT("confidence"),   LIST("by", text_item)};
static const struct grow_field remark[] = {TEXT("code"), TEXT("text")};
static const struct grow_field citation[] = {TEXT("id"), TEXT("title"), TEXT("kind"), TEXT("cite"),
					     TEXT("url")};

static const struct grow_field layer_item[] = {STRUCT("item", layer)};
static const struct grow_field exclusion_item[] = {STRUCT("item", exclusion)};
static const struct grow_field fee_item[] = {STRUCT("item", fee)};
static const struct grow_field tax_item[] = {STRUCT("item", tax)};
static const struct grow_field order_item[] = {STRUCT("item", order)};
static const struct grow_field adcvd[] = {LIST("orders", order_item), TEXT("declared"),
					  MONEY("deposit"),           TEXT("says"),
					  TEXT("incomplete"),         LIST("by", text_item)};
static const struct grow_field choice_item[] = {STRUCT("item", choice)};
static const struct grow_field substance_item[] = {STRUCT("item", substance)};
static const struct grow_field control_item[] = {STRUCT("item", control)};
static const struct grow_field remark_item[] = {STRUCT("item", remark)};
static const struct grow_field citation_item[] = {STRUCT("item", citation)};

const struct grow_field answers_details[ANSWERS_DETAILS] = {
    TEXT("reason"),
    TEXT("column"),
    TEXT("text"),
    TEXT("into"),
    TEXT("hts"),
    TEXT("origin"),
    INSTANT("entered"),
    TEXT("entry_type"),
    TEXT("currency"),
    MONEY("value"),
    MONEY("retail_value"),
    MONEY("amount"),
    MONEY("additional"),
    MONEY("relieved"),
    MONEY("refundable"),
    TEXT("least_code"),
    TEXT("greatest_code"),
    FLAG("nothing_due"),
    LIST("layers", layer_item),
    LIST("exclusions", exclusion_item),
    LIST("fees", fee_item),
    LIST("taxes", tax_item),
    STRUCT("adcvd", adcvd),
    LIST("choices", choice_item),
    STRUCT("de_minimis", exemption),
    LIST("substances", substance_item),
    LIST("controls", control_item),
    LIST("missing", remark_item),
    LIST("warnings", remark_item),
    LIST("not_covered", text_item),
    INSTANT("changes_on"),
    LIST("citations", citation_item),
};

/* The next column of a struct. */
struct row {
	struct grow *at;
};

static struct grow *next(struct row *row)
{
	return row->at++;
}

static void put_text(struct row *row, const char *text)
{
	if (text && *text)
		grow_text(next(row), (struct tw_text){text, strlen(text)});
	else
		grow_null(next(row));
}

static void put_money(struct row *row, tw_money amount, bool known)
{
	if (known)
		grow_money(next(row), amount);
	else
		grow_null(next(row));
}

static void put_flag(struct row *row, bool value)
{
	grow_bool(next(row), value);
}

static void put_texts(struct row *row, const char *const *texts, size_t count)
{
	struct grow *list = next(row);
	struct row item = {list->child};
	for (size_t i = 0; i < count; i++, item.at = list->child)
		put_text(&item, texts[i]);
	grow_end(list);
}

static void put_by(struct row *row, const struct tw_citations *by)
{
	put_texts(row, by->id, by->count);
}

/* A list of structs: begun, each element ended, and the list at last. */
static struct row first_of(const struct grow *list)
{
	return (struct row){list->child->child};
}

static void end_item(struct grow *list)
{
	grow_end(list->child);
}

static void end_list(struct row *row)
{
	grow_end(next(row));
}

static void put_layers(struct grow *list, const struct tw_assessment *answer)
{
	static const char *const kinds[] = {"base", "add", "replace", "exempt"};
	for (size_t i = 0; i < answer->layer_count; i++, end_item(list)) {
		const struct tw_layer *from = &answer->layers[i];
		struct row row = first_of(list);
		put_text(&row, kinds[from->kind]);
		put_text(&row, from->program);
		put_text(&row, from->measure);
		put_text(&row, from->heading);
		put_texts(&row, from->headings, from->heading_count);
		put_text(&row, from->rate);
		put_money(&row, from->on, from->on >= 0);
		put_text(&row, from->part);
		put_money(&row, from->amount, !from->is_unknown && from->amount >= 0);
		put_money(&row, from->over_base,
			  from->kind == TW_LAYER_REPLACE && !from->is_unknown);
		put_money(&row, from->shipment, from->shipment >= 0);
		put_flag(&row, from->is_void);
		put_text(&row, from->confidence);
		put_by(&row, &from->by);
	}
}

static void put_exclusions(struct grow *list, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->exclusion_count; i++, end_item(list)) {
		const struct tw_exclusion *from = &answer->exclusions[i];
		struct row row = first_of(list);
		put_text(&row, from->program);
		put_text(&row, from->to);
		put_text(&row, from->part);
		put_text(&row, from->heading);
		put_by(&row, &from->by);
	}
}

static void put_fees(struct grow *list, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->fee_count; i++, end_item(list)) {
		const struct tw_fee *from = &answer->fees[i];
		struct row row = first_of(list);
		put_text(&row, from->fee);
		put_text(&row, from->measure);
		put_money(&row, from->amount, from->amount >= 0);
		put_money(&row, from->on, from->on >= 0);
		put_money(&row, from->shipment_amount,
			  from->is_shared && from->shipment_amount >= 0);
		put_money(&row, from->shipment_on, from->is_shared && from->shipment_on >= 0);
		put_by(&row, &from->by);
	}
}

static void put_taxes(struct grow *list, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->tax_count; i++, end_item(list)) {
		const struct tw_tax *from = &answer->taxes[i];
		struct row row = first_of(list);
		put_text(&row, from->tax);
		put_text(&row, from->measure);
		put_text(&row, from->rate);
		put_money(&row, from->amount, from->amount >= 0);
		put_money(&row, from->on, from->on >= 0);
		put_by(&row, &from->by);
	}
}

static void put_orders(struct grow *list, const struct tw_adcvd *of)
{
	for (size_t i = 0; i < of->order_count; i++, end_item(list)) {
		const struct tw_adcvd_order *from = &of->orders[i];
		struct row row = first_of(list);
		put_text(&row, from->id);
		put_text(&row, from->kind);
		put_text(&row, from->state);
		put_text(&row, from->product);
		put_text(&row, from->cite);
		put_text(&row, *from->confidence ? from->confidence : "high");
		put_flag(&row, from->claimed);
		put_text(&row, from->rate);
		put_text(&row, from->rate_by);
		put_flag(&row, from->all_others);
		put_money(&row, from->deposit, from->deposit >= 0);
	}
}

static void put_adcvd(struct grow *to, const struct tw_adcvd *from)
{
	struct row row = {to->child};
	if (!from->applies) {
		grow_null(to);
		return;
	}
	put_orders(row.at, from);
	end_list(&row);
	put_text(&row, from->declared);
	put_money(&row, from->deposit, from->deposit >= 0);
	put_text(&row, from->says);
	put_text(&row, from->incomplete);
	put_by(&row, &from->by);
	grow_end(to);
}

static void put_choices(struct grow *list, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->choice_count; i++, end_item(list)) {
		const struct tw_choice *from = &answer->choices[i];
		struct row row = first_of(list);
		put_text(&row, from->claim);
		put_text(&row, from->is);
		put_text(&row, from->program);
		put_text(&row, from->measure);
		put_text(&row, from->heading);
		put_text(&row, from->rate);
		put_money(&row, from->amount, !from->is_unknown);
		put_money(&row, from->relieved, !from->is_unknown);
		put_money(&row, from->refundable, !from->is_unknown);
		put_flag(&row, from->is_void);
		put_by(&row, &from->by);
	}
}

static void put_exemption(struct grow *to, const struct tw_de_minimis *from)
{
	struct row row = {to->child};
	if (!from->applies) {
		grow_null(to);
		return;
	}
	put_flag(&row, from->eligible);
	put_text(&row, from->reason);
	put_text(&row, from->program);
	put_by(&row, &from->by);
	grow_end(to);
}

static void put_substances(struct grow *list, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->substance_count; i++, end_item(list)) {
		const struct tw_substance_hit *from = &answer->substances[i];
		struct row row = first_of(list);
		put_text(&row, from->substance);
		put_text(&row, from->name);
		grow_text(next(&row), from->matched);
		put_text(&row, from->how);
		put_text(&row, from->field);
		put_text(&row, finding_certainty(from->certainty));
		put_text(&row, from->conditions);
		put_text(&row, from->note);
	}
}

static void put_controls(struct grow *list, const struct tw_assessment *answer)
{
	for (size_t i = 0; i < answer->control_count; i++, end_item(list)) {
		const struct tw_control_hit *from = &answer->controls[i];
		struct row row = first_of(list);
		put_text(&row, from->substance);
		put_text(&row, from->jurisdiction);
		put_text(&row, from->list);
		put_text(&row, from->title);
		put_text(&row, from->code);
		put_text(&row, from->direction);
		put_text(&row, from->since);
		put_text(&row, from->until);
		put_text(&row, from->threshold);
		put_text(&row, from->requirement);
		put_text(&row, finding_control(from->status));
		put_text(&row, from->undecided);
		put_flag(&row, from->prohibited);
		put_text(&row, from->confidence);
		put_by(&row, &from->by);
	}
}

/* "date-ambiguous: ..." is a code and a text. */
static void put_remarks(struct grow *list, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++, end_item(list)) {
		struct row row = first_of(list);
		const char *colon = strstr(texts[i], ": ");
		if (colon)
			grow_text(next(&row),
				  (struct tw_text){texts[i], (size_t)(colon - texts[i])});
		else
			grow_null(next(&row));
		put_text(&row, colon ? colon + 2 : texts[i]);
	}
}

/* The act of an id, looked for once; an id without one has no texts. */
static const struct tw_instrument *act_of(struct answers_acts *acts, const tw_rulebook *rulebook,
					  const char *id)
{
	uint32_t hash = 2166136261u;
	for (const char *at = id; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	struct tw_instrument *act = &acts->act[hash % ANSWERS_ACTS];
	if (!act->id || strcmp(act->id, id) != 0) {
		*act = (struct tw_instrument){0};
		tw_rulebook_instrument(rulebook, id, act);
	}
	return act;
}

/* Every act that the answer cites, once, in the order in which it comes. */
static void put_citations(struct grow *list, const struct tw_assessment *answer,
			  const tw_rulebook *rulebook, struct answers_acts *acts)
{
	if (!cited_gather(&acts->cited, answer))
		*list->failed = true;
	for (size_t i = 0; i < acts->cited.ids.count; i++, end_item(list)) {
		struct row row = first_of(list);
		const char *id = cited_id(&acts->cited, i);
		const struct tw_instrument *act = act_of(acts, rulebook, id);
		put_text(&row, id);
		put_text(&row, act->title);
		put_text(&row, act->kind);
		put_text(&row, act->cite);
		put_text(&row, act->url);
	}
}

static void put_instant(struct row *row, tw_time at, bool known)
{
	if (known)
		grow_instant(next(row), at);
	else
		grow_null(next(row));
}

/* What a line that is not refused says: what it was read as, and its sums. */
static void put_sums(struct row *row, const struct tw_assessment *answer)
{
	put_text(row, answer->into);
	put_text(row, answer->hts);
	put_text(row, answer->origin);
	put_instant(row, answer->entered, true);
	put_text(row, answer->entry_type);
	put_text(row, answer->currency);
	put_money(row, answer->value, answer->value >= 0);
	put_money(row, answer->retail, answer->retail >= 0);
	put_money(row, answer->amount, answer->has_amount);
	put_money(row, answer->additional, answer->additional >= 0);
	put_money(row, answer->relieved, answer->has_amount && answer->relieved >= 0);
	put_money(row, answer->refundable, answer->refundable >= 0);
	put_text(row, answer->has_bounds ? answer->least_code : NULL);
	put_text(row, answer->has_bounds ? answer->greatest_code : NULL);
	put_flag(row, answer->nothing_due);
}

void answers_add_detail(struct grow *out, const struct finding *finding,
			const tw_rulebook *rulebook, struct answers_acts *acts)
{
	static const struct tw_assessment nothing;
	const struct tw_assessment *all = finding->answer ? finding->answer : &nothing;
	const struct tw_assessment *answer = finding->status == TW_STATUS_REFUSED ? &nothing : all;
	struct row row = {out->child};
	bool refused = finding->status == TW_STATUS_REFUSED;
	put_text(&row, refused ? finding->reason : NULL);
	put_text(&row, refused ? finding->column : NULL);
	put_text(&row, refused ? finding->text : NULL);
	if (refused)
		for (size_t i = 3; i < 18; i++)
			grow_null(next(&row));
	else
		put_sums(&row, answer);
	put_layers(row.at, answer);
	end_list(&row);
	put_exclusions(row.at, answer);
	end_list(&row);
	put_fees(row.at, answer);
	end_list(&row);
	put_taxes(row.at, answer);
	end_list(&row);
	put_adcvd(next(&row), &answer->adcvd);
	put_choices(row.at, answer);
	end_list(&row);
	put_exemption(next(&row), &answer->de_minimis);
	put_substances(row.at, all);
	end_list(&row);
	put_controls(row.at, all);
	end_list(&row);
	put_remarks(row.at, answer->missing, answer->missing_count);
	end_list(&row);
	put_remarks(row.at, all->warnings, all->warning_count);
	end_list(&row);
	put_texts(&row, answer->not_covered, answer->not_covered_count);
	put_instant(&row, answer->changes_on, !refused && answer->changes_on != TW_TIME_MAX);
	put_citations(row.at, all, rulebook, acts);
	end_list(&row);
	grow_end(out);
}
