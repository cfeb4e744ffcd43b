/* SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"

#include <string.h>

#define AT(type, member) .at = offsetof(struct type, member)
#define FIELD(type, form_, name_)                                                                  \
	{                                                                                          \
		.name = #name_, .form = form_, AT(type, name_)                                     \
	}
#define STRINGS(type, name_, member, number)                                                       \
	{                                                                                          \
		.name = #name_, .form = FORM_STRINGS, AT(type, member),                            \
		.count = offsetof(struct type, number)                                             \
	}
#define ROWS(name_, member, number, rows_, scope_)                                                 \
	{                                                                                          \
		.name = #name_, .form = FORM_ROWS, .scope = scope_, AT(tw_assessment, member),     \
		.count = offsetof(struct tw_assessment, number), .rows = &rows_                    \
	}
#define BIT(type, member) (offsetof(struct type, member) + 1)

static const char *const statuses[] = {"ok", "incomplete", "refused"};
static const char *const lanes[] = {NULL, "green", "yellow", "red"};
static const char *const kinds[] = {"base", "add", "replace", "exempt"};
static const char *const certainties[] = {"weak", "near", "exact"};
static const char *const controls[] = {"required", "below-threshold", "quantity-unknown",
				       "off-route", "undecided"};

const struct sql_record sql_layer = {
    .name = "layer",
    .size = sizeof(struct tw_layer),
    .count = 15,
    .field = {
	{.name = "kind", .form = FORM_WORD, AT(tw_layer, kind), .words = kinds},
	FIELD(tw_layer, FORM_STRING, program),
	FIELD(tw_layer, FORM_STRING, measure),
	FIELD(tw_layer, FORM_STRING, heading),
	STRINGS(tw_layer, headings, headings, heading_count),
	FIELD(tw_layer, FORM_STRING, rate),
	FIELD(tw_layer, FORM_MONEY, on),
	FIELD(tw_layer, FORM_STRING, part),
	{.name = "amount",
	 .form = FORM_MONEY,
	 AT(tw_layer, amount),
	 .unless = BIT(tw_layer, is_unknown)},
	{.name = "over_base",
	 .form = FORM_OVER,
	 AT(tw_layer, over_base),
	 .unless = BIT(tw_layer, is_unknown)},
	{.name = "shipment_amount", .form = FORM_MONEY, AT(tw_layer, shipment)},
	FIELD(tw_layer, FORM_MONEY, declared),
	{.name = "void", .form = FORM_FLAG, AT(tw_layer, is_void)},
	FIELD(tw_layer, FORM_STRING, confidence),
	FIELD(tw_layer, FORM_CITATION, by),
    }};

static const struct sql_record exclusion_record = {.name = "exclusion",
						   .size = sizeof(struct tw_exclusion),
						   .count = 5,
						   .field = {
						       FIELD(tw_exclusion, FORM_STRING, program),
						       FIELD(tw_exclusion, FORM_STRING, to),
						       FIELD(tw_exclusion, FORM_STRING, part),
						       FIELD(tw_exclusion, FORM_STRING, heading),
						       FIELD(tw_exclusion, FORM_CITATION, by),
						   }};

static const struct sql_record choice_record = {
    .name = "choice",
    .size = sizeof(struct tw_choice),
    .count = 11,
    .field = {
	FIELD(tw_choice, FORM_STRING, claim),
	FIELD(tw_choice, FORM_STRING, is),
	FIELD(tw_choice, FORM_STRING, program),
	FIELD(tw_choice, FORM_STRING, measure),
	FIELD(tw_choice, FORM_STRING, heading),
	FIELD(tw_choice, FORM_STRING, rate),
	{.name = "amount",
	 .form = FORM_MONEY,
	 AT(tw_choice, amount),
	 .unless = BIT(tw_choice, is_unknown)},
	{.name = "relieved",
	 .form = FORM_MONEY,
	 AT(tw_choice, relieved),
	 .unless = BIT(tw_choice, is_unknown)},
	{.name = "refundable",
	 .form = FORM_MONEY,
	 AT(tw_choice, refundable),
	 .unless = BIT(tw_choice, is_unknown)},
	{.name = "void", .form = FORM_FLAG, AT(tw_choice, is_void)},
	FIELD(tw_choice, FORM_CITATION, by),
    }};

static const struct sql_record fee_record = {
    .name = "fee",
    .size = sizeof(struct tw_fee),
    .count = 7,
    .field = {
	FIELD(tw_fee, FORM_STRING, fee),
	FIELD(tw_fee, FORM_STRING, measure),
	FIELD(tw_fee, FORM_MONEY, amount),
	{.name = "on", .form = FORM_MONEY, AT(tw_fee, on), .where = BIT(tw_fee, is_shared)},
	{.name = "shipment_amount",
	 .form = FORM_MONEY,
	 AT(tw_fee, shipment_amount),
	 .where = BIT(tw_fee, is_shared)},
	{.name = "shipment_on",
	 .form = FORM_MONEY,
	 AT(tw_fee, shipment_on),
	 .where = BIT(tw_fee, is_shared),
	 .known = BIT(tw_fee, on)},
	FIELD(tw_fee, FORM_CITATION, by),
    }};

static const struct sql_record tax_record = {.name = "tax",
					     .size = sizeof(struct tw_tax),
					     .count = 6,
					     .field = {
						 FIELD(tw_tax, FORM_STRING, tax),
						 FIELD(tw_tax, FORM_STRING, measure),
						 FIELD(tw_tax, FORM_STRING, rate),
						 FIELD(tw_tax, FORM_MONEY, amount),
						 FIELD(tw_tax, FORM_MONEY, on),
						 FIELD(tw_tax, FORM_CITATION, by),
					     }};

static const struct sql_record order_record = {
    .name = "adcvd",
    .size = sizeof(struct tw_adcvd_order),
    .count = 11,
    .field = {
	{.name = "case", .form = FORM_STRING, AT(tw_adcvd_order, id)},
	FIELD(tw_adcvd_order, FORM_STRING, kind),
	FIELD(tw_adcvd_order, FORM_STRING, state),
	FIELD(tw_adcvd_order, FORM_STRING, product),
	FIELD(tw_adcvd_order, FORM_STRING, cite),
	FIELD(tw_adcvd_order, FORM_STRING, confidence),
	FIELD(tw_adcvd_order, FORM_FLAG, claimed),
	FIELD(tw_adcvd_order, FORM_STRING, rate),
	FIELD(tw_adcvd_order, FORM_STRING, rate_by),
	FIELD(tw_adcvd_order, FORM_FLAG, all_others),
	FIELD(tw_adcvd_order, FORM_MONEY, deposit),
    }};

static const struct sql_record substance_record = {
    .name = "substance",
    .size = sizeof(struct tw_substance_hit),
    .count = 8,
    .field = {
	FIELD(tw_substance_hit, FORM_STRING, substance),
	FIELD(tw_substance_hit, FORM_STRING, name),
	FIELD(tw_substance_hit, FORM_PIECE, matched),
	FIELD(tw_substance_hit, FORM_STRING, how),
	FIELD(tw_substance_hit, FORM_STRING, field),
	{.name = "certainty",
	 .form = FORM_WORD,
	 AT(tw_substance_hit, certainty),
	 .words = certainties},
	FIELD(tw_substance_hit, FORM_STRING, conditions),
	FIELD(tw_substance_hit, FORM_STRING, note),
    }};

static const struct sql_record control_record = {
    .name = "control",
    .size = sizeof(struct tw_control_hit),
    .count = 15,
    .field = {
	FIELD(tw_control_hit, FORM_STRING, substance),
	FIELD(tw_control_hit, FORM_STRING, jurisdiction),
	FIELD(tw_control_hit, FORM_STRING, list),
	{.name = "list_en", .form = FORM_STRING, AT(tw_control_hit, title)},
	FIELD(tw_control_hit, FORM_STRING, code),
	FIELD(tw_control_hit, FORM_STRING, direction),
	FIELD(tw_control_hit, FORM_STRING, since),
	FIELD(tw_control_hit, FORM_STRING, until),
	FIELD(tw_control_hit, FORM_STRING, threshold),
	FIELD(tw_control_hit, FORM_STRING, requirement),
	{.name = "status", .form = FORM_WORD, AT(tw_control_hit, status), .words = controls},
	FIELD(tw_control_hit, FORM_STRING, undecided),
	FIELD(tw_control_hit, FORM_FLAG, prohibited),
	FIELD(tw_control_hit, FORM_STRING, confidence),
	FIELD(tw_control_hit, FORM_CITATION, by),
    }};

#define ANSWER(form_, name_, member)                                                               \
	{                                                                                          \
		.name = #name_, .form = form_, .scope = SCOPE_ANSWERED, AT(tw_assessment, member)  \
	}
#define ANSWER_IF(form_, name_, member, bit)                                                       \
	{                                                                                          \
		.name = #name_, .form = form_, .scope = SCOPE_ANSWERED, AT(tw_assessment, member), \
		.where = BIT(tw_assessment, bit)                                                   \
	}

const struct sql_record sql_finding = {
    .name = "finding",
    .size = sizeof(struct tw_assessment),
    .count = 42,
    .field = {
	{.name = "id"}, /* of the line */
	{.name = "status", .form = FORM_WORD, AT(tw_assessment, status), .words = statuses},
	{.name = "lane", .form = FORM_WORD, AT(tw_assessment, lane), .words = lanes},
	{.name = "reason",
	 .form = FORM_STRING,
	 .scope = SCOPE_REFUSED,
	 AT(tw_assessment, refusal.reason)},
	{.name = "column",
	 .form = FORM_STRING,
	 .scope = SCOPE_REFUSED,
	 AT(tw_assessment, refusal.column)},
	{.name = "text",
	 .form = FORM_STRING,
	 .scope = SCOPE_REFUSED,
	 AT(tw_assessment, refusal.text)},
	ANSWER(FORM_STRING, into, into),
	ANSWER(FORM_CHARS, hts, hts),
	ANSWER(FORM_STRING, origin, origin),
	ANSWER(FORM_INSTANT, entered, entered),
	ANSWER(FORM_STRING, entry_type, entry_type),
	ANSWER(FORM_STRING, currency, currency),
	ANSWER_IF(FORM_MONEY, duty, amount, has_amount),
	ANSWER(FORM_MONEY, additional, additional),
	ANSWER(FORM_MONEY, relieved, relieved),
	ANSWER(FORM_MONEY, refundable, refundable),
	ANSWER_IF(FORM_MONEY, refundable_computed, refundable_computed, is_declared),
	ANSWER(FORM_CHARS, rate, rate),
	ANSWER_IF(FORM_MONEY, duty_least, least, has_bounds),
	ANSWER_IF(FORM_CODE, least_code, least_code, has_bounds),
	ANSWER_IF(FORM_MONEY, duty_greatest, greatest, has_bounds),
	ANSWER_IF(FORM_CODE, greatest_code, greatest_code, has_bounds),
	ANSWER(FORM_MONEY, fees, fees_amount),
	ANSWER_IF(FORM_MONEY, taxes, taxes_amount, is_taxed),
	ROWS(layers, layers, layer_count, sql_layer, SCOPE_ANSWERED),
	ROWS(excluded, exclusions, exclusion_count, exclusion_record, SCOPE_ANSWERED),
	ROWS(choices, choices, choice_count, choice_record, SCOPE_ANSWERED),
	ROWS(fee_lines, fees, fee_count, fee_record, SCOPE_ANSWERED),
	ROWS(tax_lines, taxes, tax_count, tax_record, SCOPE_ANSWERED),
	ROWS(adcvd, adcvd.orders, adcvd.order_count, order_record, SCOPE_ANSWERED),
	ANSWER(FORM_STRING, adcvd_declared, adcvd.declared),
	ANSWER(FORM_MONEY, adcvd_deposit, adcvd.deposit),
	ANSWER(FORM_STRING, adcvd_incomplete, adcvd.incomplete),
	ANSWER_IF(FORM_FLAG, eligible, de_minimis.eligible, de_minimis.applies),
	ANSWER_IF(FORM_STRING, eligible_reason, de_minimis.reason, de_minimis.applies),
	ANSWER_IF(FORM_CITATION, eligible_by, de_minimis.by, de_minimis.applies),
	ROWS(substances, substances, substance_count, substance_record, SCOPE_GOODS),
	ROWS(controls, controls, control_count, control_record, SCOPE_GOODS),
	{.name = "missing",
	 .form = FORM_STRINGS,
	 .scope = SCOPE_ANSWERED,
	 AT(tw_assessment, missing),
	 .count = offsetof(struct tw_assessment, missing_count)},
	{.name = "warnings",
	 .form = FORM_STRINGS,
	 .scope = SCOPE_GOODS,
	 AT(tw_assessment, warnings),
	 .count = offsetof(struct tw_assessment, warning_count)},
	{.name = "not_covered",
	 .form = FORM_STRINGS,
	 .scope = SCOPE_ANSWERED,
	 AT(tw_assessment, not_covered),
	 .count = offsetof(struct tw_assessment, not_covered_count)},
	ANSWER(FORM_INSTANT, changes_on, changes_on),
    }};

#define FIGURE(name_, bit)                                                                         \
	{                                                                                          \
		.name = #name_, .form = FORM_MONEY, AT(sql_figures, name_),                        \
		.where = BIT(sql_figures, bit)                                                     \
	}

const struct sql_record sql_figures = {
    .name = "amounts",
    .size = sizeof(struct sql_figures),
    .count = 11,
    .field = {
	{.name = "status", .form = FORM_WORD, AT(sql_figures, status), .words = statuses},
	{.name = "lane", .form = FORM_WORD, AT(sql_figures, lane), .words = lanes},
	FIGURE(duty, has_amount),
	FIGURE(additional, is_answered),
	FIGURE(relieved, is_answered),
	FIGURE(refundable, is_answered),
	FIGURE(fees, is_answered),
	FIGURE(taxes, is_taxed),
	FIGURE(base, has_amount),
	FIGURE(rate, has_amount),
	{.name = "changes_on",
	 .form = FORM_INSTANT,
	 AT(sql_figures, changes_on),
	 .where = BIT(sql_figures, is_answered)},
    }};

void sql_figures_read(struct sql_figures *out, const struct tw_charge *charge)
{
	bool is_answered = charge->status != TW_STATUS_REFUSED;
	*out = (struct sql_figures){.status = charge->status,
				    .lane = charge->lane,
				    .is_answered = is_answered,
				    .has_amount = is_answered && charge->has_amount,
				    .is_taxed = is_answered && charge->is_taxed,
				    .duty = charge->amount,
				    .additional = charge->additional,
				    .relieved = charge->relieved,
				    .refundable = charge->refundable,
				    .fees = charge->fees,
				    .taxes = charge->taxes,
				    .base = charge->base_amount,
				    .rate = charge->rate,
				    .changes_on = charge->changes_on};
}

enum sql_type sql_field_type(const struct sql_field *field)
{
	switch (field->form) {
	case FORM_MONEY:
	case FORM_OVER:
		return SQL_MONEY;
	case FORM_FLAG:
		return SQL_FLAG;
	case FORM_INSTANT:
		return SQL_INSTANT;
	case FORM_STRINGS:
	case FORM_CITATION:
		return SQL_TEXTS;
	case FORM_ROWS:
		return SQL_ROWS;
	default:
		return SQL_TEXT;
	}
}

static void set_text(struct sql_cell *cell, const char *text)
{
	cell->is_null = !text || !*text;
	cell->text = (struct tw_text){text, cell->is_null ? 0 : strlen(text)};
}

/* 6109100012 as 6109.10.00.12. */
static void set_code(struct sql_cell *cell, const char *digits)
{
	size_t length = 0;
	for (size_t i = 0; digits[i] && length + 2 < sizeof cell->code; i++) {
		if (i >= 4 && i % 2 == 0)
			cell->code[length++] = '.';
		cell->code[length++] = digits[i];
	}
	cell->code[length] = '\0';
	set_text(cell, cell->code);
}

static void set_list(struct sql_cell *cell, const void *list, size_t count)
{
	cell->texts = list;
	cell->rows = list;
	cell->count = count;
}

static bool is_said(const struct sql_field *field, const char *row)
{
	return (!field->where || *(const bool *)(row + field->where - 1)) &&
	       (!field->unless || !*(const bool *)(row + field->unless - 1)) &&
	       (!field->known || *(const tw_money *)(const void *)(row + field->known - 1) >= 0);
}

void sql_cell_read(struct sql_cell *cell, const struct sql_field *field, const void *row)
{
	const char *base = row, *at = base + field->at;
	cell->type = sql_field_type(field);
	cell->record = field->rows;
	cell->is_null = !is_said(field, base);
	if (cell->is_null)
		return;
	switch (field->form) {
	case FORM_STRING:
		set_text(cell, *(const char *const *)(const void *)at);
		break;
	case FORM_CHARS:
		set_text(cell, at);
		break;
	case FORM_CODE:
		set_code(cell, at);
		break;
	case FORM_PIECE:
		cell->text = *(const struct tw_text *)(const void *)at;
		break;
	case FORM_WORD:
		set_text(cell, field->words[*(const int *)(const void *)at]);
		break;
	case FORM_FLAG:
		cell->number = *(const bool *)at;
		break;
	case FORM_OVER:
	case FORM_MONEY:
		cell->number = *(const tw_money *)(const void *)at;
		cell->is_null =
		    cell->number < 0 || (field->form == FORM_OVER &&
					 ((const struct tw_layer *)row)->kind != TW_LAYER_REPLACE);
		break;
	case FORM_INSTANT:
		cell->number = *(const tw_time *)(const void *)at;
		cell->is_null = cell->number == TW_TIME_MAX;
		break;
	case FORM_CITATION: {
		const struct tw_citations *by = (const void *)at;
		set_list(cell, by->id, by->count);
		break;
	}
	case FORM_STRINGS:
	case FORM_ROWS:
		set_list(cell, *(const void *const *)(const void *)at,
			 *(const size_t *)(const void *)(base + field->count));
		break;
	}
}

void sql_finding_read(struct sql_cell *cell, const struct sql_field *field,
		      const struct tw_line *line, const struct tw_assessment *answer)
{
	bool refused = answer->status == TW_STATUS_REFUSED;
	bool is_there = field->scope == SCOPE_ALL || refused == (field->scope == SCOPE_REFUSED) ||
			(field->scope == SCOPE_GOODS && answer->goods != TW_LANE_NONE);
	cell->type = sql_field_type(field);
	if (field == &sql_finding.field[0]) {
		cell->text = line->column[TW_COLUMN_ID];
		cell->is_null = !cell->text.length;
	} else if (!is_there) {
		cell->is_null = true;
	} else {
		sql_cell_read(cell, field, answer);
	}
}
