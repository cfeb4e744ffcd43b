/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a finding as JSON: duty, fees, taxes, chemicals, what was declared, what was kept.
 */
#include "findings/members.h"

#include <stdio.h>

#include "common/capped.h"

static void signed_money(struct buffer *out, tw_money amount)
{
	buffer_text(out, amount < 0 ? "\"-" : "\"");
	buffer_money(out, amount < 0 ? -amount : amount);
	buffer_char(out, '"');
}

/* Entries that were filed: what was paid under the heading, and how far that is off. */
static void filed(struct buffer *out, const struct tw_assessment *answer, size_t index)
{
	const struct tw_layer *layer = &answer->layers[index];
	tw_money computed = 0;
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *other = &answer->layers[i];
		if (strcmp(other->heading, layer->heading) != 0)
			continue;
		if (i < index || other->is_unknown)
			return; /* told with the first; or nothing to compare with */
		computed = capped_sum(computed, other->amount);
	}
	put_key(out, ",\"declared\":");
	put_money_or_null(out, &layer->declared);
	put_key(out, ",\"difference\":");
	signed_money(out, (layer->declared >= 0 ? layer->declared : 0) - computed);
}

/* What the program is called, where that was asked for. */
static void program_title(struct buffer *out, const struct finding_style *style, const char *id)
{
	const char *title = style->program ? style->program(style->rulebook, id) : "";
	if (!*title)
		return;
	put_key(out, ",\"title\":");
	put_string(out, title);
}

static void layer(struct buffer *out, const struct finding_style *style,
		  const struct tw_assessment *answer, size_t index)
{
	const struct tw_layer *layer = &answer->layers[index];
	static const char *const kinds[] = {"base", "add", "replace", "exempt"};
	put_key(out, "{\"kind\":");
	put_string(out, kinds[layer->kind]);
	put_key(out, ",\"program\":");
	put_string(out, layer->program);
	program_title(out, style, layer->program);
	put_key(out, ",\"heading\":");
	put_marked(out, layer->heading, &layer->heading);
	if (layer->heading_count > 0)
		put_strings(out, ",\"headings\":[", layer->headings, layer->heading_count);
	put_key(out, ",\"rate\":");
	put_marked_text(out, layer->rate, &layer->rate);
	put_key(out, ",\"on\":");
	put_money_or_null(out, &layer->on);
	put_key(out, ",\"part\":");
	put_string(out, layer->part);
	put_key(out, ",\"amount\":");
	put_money_if(out, &layer->amount, !layer->is_unknown);
	if (layer->kind == TW_LAYER_REPLACE) {
		put_key(out, ",\"over_base\":");
		put_money_if(out, &layer->over_base, !layer->is_unknown);
	}
	if (mark_known(out, &layer->shipment)) {
		put_key(out, ",\"shipment\":{\"amount\":");
		put_money(out, &layer->shipment);
		buffer_char(out, '}');
	}
	if (answer->is_declared)
		filed(out, answer, index);
	if (layer->is_void)
		put_key(out, ",\"void\":true");
	if (layer->confidence && *layer->confidence) {
		put_key(out, ",\"confidence\":");
		put_string(out, layer->confidence);
	}
	put_citations(out, &layer->by);
	buffer_char(out, '}');
}

static void exclusion(struct buffer *out, const struct tw_exclusion *exclusion)
{
	put_key(out, "{\"program\":");
	put_string(out, exclusion->program);
	put_key(out, ",\"to\":");
	put_string(out, exclusion->to);
	put_key(out, ",\"part\":");
	put_string(out, exclusion->part);
	put_key(out, ",\"heading\":");
	put_string_or_null(out, exclusion->heading);
	put_citations(out, &exclusion->by);
	buffer_char(out, '}');
}

static void choices(struct buffer *out, const struct tw_assessment *answer)
{
	put_key(out, ",\"choices\":[");
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *choice = &answer->choices[i];
		put_key(out, i ? ",{\"claim\":" : "{\"claim\":");
		put_string(out, choice->claim);
		put_key(out, ",\"is\":");
		put_string(out, choice->is);
		put_key(out, ",\"program\":");
		put_string(out, choice->program);
		put_key(out, ",\"heading\":");
		put_string_or_null(out, choice->heading);
		put_key(out, ",\"rate\":");
		put_string(out, choice->rate);
		put_key(out, ",\"amount\":");
		put_money_if(out, &choice->amount, !choice->is_unknown);
		put_key(out, ",\"relieved\":");
		put_money_if(out, &choice->relieved, !choice->is_unknown);
		put_key(out, ",\"refundable\":");
		put_money_if(out, &choice->refundable, !choice->is_unknown);
		put_citations(out, &choice->by);
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
}

static void bound(struct buffer *out, const char *name, const tw_money *amount, const char *code)
{
	char text[24];
	finding_code(text, code);
	put_key(out, name);
	put_money(out, amount);
	put_key(out, ",\"code\":");
	put_string_or_null(out, text);
	buffer_char(out, '}');
}

void finding_duty(struct buffer *out, const struct finding_style *style,
		  const struct tw_assessment *answer)
{
	put_key(out, ",\"duty\":{\"currency\":");
	put_string_or_null(out, answer->currency);
	put_key(out, ",\"amount\":");
	put_money_if(out, &answer->amount, answer->has_amount);
	put_key(out, ",\"additional\":");
	put_money_or_null(out, &answer->additional);
	put_key(out, ",\"relieved\":");
	put_money_or_null(out, &answer->relieved);
	put_key(out, ",\"refundable\":");
	put_money_or_null(out, &answer->refundable);
	if (answer->is_declared) {
		put_key(out, ",\"refundable_computed\":");
		put_money_or_null(out, &answer->refundable_computed);
	}
	put_key(out, ",\"rate\":");
	put_marked(out, answer->rate, answer->rate);
	if (answer->has_bounds) {
		bound(out, ",\"least\":{\"amount\":", &answer->least, answer->least_code);
		bound(out, ",\"greatest\":{\"amount\":", &answer->greatest, answer->greatest_code);
	}
	put_key(out, ",\"lines\":[");
	for (size_t i = 0; i < answer->layer_count; i++) {
		if (i)
			buffer_char(out, ',');
		layer(out, style, answer, i);
	}
	put_key(out, "],\"excluded\":[");
	for (size_t i = 0; i < answer->exclusion_count; i++) {
		if (i)
			buffer_char(out, ',');
		exclusion(out, &answer->exclusions[i]);
	}
	buffer_char(out, ']');
	if (answer->choice_count)
		choices(out, answer);
	buffer_char(out, '}');
}

void finding_fees(struct buffer *out, const struct finding_style *style,
		  const struct tw_assessment *answer)
{
	put_key(out, ",\"fees\":{\"amount\":");
	put_money(out, &answer->fees_amount);
	put_key(out, ",\"lines\":[");
	for (size_t i = 0; i < answer->fee_count; i++) {
		const struct tw_fee *fee = &answer->fees[i];
		put_key(out, i ? ",{\"fee\":" : "{\"fee\":");
		put_string(out, fee->fee);
		program_title(out, style, fee->fee);
		put_key(out, ",\"amount\":");
		put_money(out, &fee->amount);
		if (fee->is_shared) {
			put_key(out, ",\"on\":");
			put_money_or_null(out, &fee->on);
			put_key(out, ",\"shipment\":{\"amount\":");
			put_money(out, &fee->shipment_amount);
			put_key(out, ",\"on\":");
			put_money_if(out, &fee->shipment_on, mark_known(out, &fee->on));
			buffer_char(out, '}');
		}
		put_citations(out, &fee->by);
		buffer_char(out, '}');
	}
	put_key(out, "]}");
}

void finding_taxes(struct buffer *out, const struct finding_style *style,
		   const struct tw_assessment *answer)
{
	put_key(out, ",\"taxes\":{\"amount\":");
	put_money_or_null(out, &answer->taxes_amount);
	put_key(out, ",\"lines\":[");
	for (size_t i = 0; i < answer->tax_count; i++) {
		const struct tw_tax *tax = &answer->taxes[i];
		put_key(out, i ? ",{\"tax\":" : "{\"tax\":");
		put_string(out, tax->tax);
		program_title(out, style, tax->tax);
		put_key(out, ",\"rate\":");
		put_string(out, tax->rate);
		put_key(out, ",\"on\":");
		put_money_or_null(out, &tax->on);
		put_key(out, ",\"amount\":");
		put_money_or_null(out, &tax->amount);
		put_citations(out, &tax->by);
		buffer_char(out, '}');
	}
	put_key(out, "]}");
}

static void adcvd_order(struct buffer *out, const struct tw_adcvd_order *order)
{
	put_key(out, "{\"case\":");
	put_string(out, order->id);
	put_key(out, ",\"kind\":");
	put_string(out, order->kind);
	put_key(out, ",\"state\":");
	put_string(out, order->state);
	put_key(out, ",\"product\":");
	put_string_or_null(out, order->product);
	put_key(out, ",\"cite\":");
	put_string_or_null(out, order->cite);
	put_key(out, ",\"confidence\":");
	put_string(out, *order->confidence ? order->confidence : "high");
	if (order->claimed || *order->rate) {
		put_key(out, order->claimed ? ",\"claimed\":true,\"rate\":" : ",\"rate\":");
		put_string_or_null(out, order->rate);
		put_key(out, ",\"rate_by\":");
		put_string_or_null(out, order->rate_by);
		if (order->all_others)
			put_key(out, ",\"all_others\":true");
	}
	if (order->claimed) {
		put_key(out, ",\"deposit\":");
		put_money_or_null(out, &order->deposit);
	}
	buffer_char(out, '}');
}

void finding_adcvd(struct buffer *out, const struct tw_adcvd *adcvd)
{
	put_key(out, ",\"adcvd\":{\"orders\":[");
	for (size_t i = 0; i < adcvd->order_count; i++) {
		if (i)
			buffer_char(out, ',');
		adcvd_order(out, &adcvd->orders[i]);
	}
	put_key(out, "],\"declared\":");
	put_string_or_null(out, adcvd->declared);
	put_key(out, ",\"deposit\":");
	put_money_or_null(out, &adcvd->deposit);
	put_key(out, ",\"says\":");
	put_string_or_null(out, adcvd->says);
	put_key(out, ",\"incomplete\":");
	put_string_or_null(out, adcvd->incomplete);
	put_citations(out, &adcvd->by);
	buffer_char(out, '}');
}

void finding_de_minimis(struct buffer *out, const struct tw_de_minimis *exemption)
{
	put_key(out, ",\"de_minimis\":");
	if (!exemption->applies) {
		buffer_text(out, "null");
		return;
	}
	put_key(out, exemption->eligible ? "{\"eligible\":true,\"reason\":"
					 : "{\"eligible\":false,\"reason\":");
	put_string_or_null(out, exemption->reason);
	put_citations(out, &exemption->by);
	buffer_char(out, '}');
}

void finding_substances(struct buffer *out, const struct tw_assessment *answer)
{
	put_key(out, ",\"substances\":[");
	for (size_t i = 0; i < answer->substance_count; i++) {
		const struct tw_substance_hit *hit = &answer->substances[i];
		put_key(out, i ? ",{\"substance\":" : "{\"substance\":");
		put_string(out, hit->substance);
		put_key(out, ",\"matched\":");
		buffer_json(out, hit->matched.at, hit->matched.length);
		put_key(out, ",\"how\":");
		put_string(out, hit->how);
		put_key(out, ",\"field\":");
		put_string(out, hit->field);
		put_key(out, ",\"certainty\":");
		put_string(out, finding_certainty(hit->certainty));
		put_key(out, ",\"conditions\":");
		put_string_or_null(out, hit->conditions);
		if (hit->note && *hit->note) {
			put_key(out, ",\"note\":");
			put_string(out, hit->note);
		}
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
}

static void control(struct buffer *out, const struct tw_control_hit *hit)
{
	put_key(out, "{\"substance\":");
	put_string(out, hit->substance);
	put_key(out, ",\"jurisdiction\":");
	put_string(out, hit->jurisdiction);
	put_key(out, ",\"list\":");
	put_string(out, hit->list);
	if (*hit->title) {
		put_key(out, ",\"list_en\":");
		put_string(out, hit->title);
	}
	put_key(out, ",\"code\":");
	put_string_or_null(out, hit->code);
	put_key(out, ",\"direction\":");
	put_string_or_null(out, hit->direction);
	put_key(out, ",\"since\":");
	put_string_or_null(out, hit->since);
	put_key(out, ",\"until\":");
	put_string_or_null(out, hit->until);
	put_key(out, ",\"threshold\":");
	put_string_or_null(out, hit->threshold);
	put_key(out, ",\"requirement\":");
	put_string_or_null(out, hit->requirement);
	put_key(out, ",\"status\":");
	put_string(out, finding_control(hit->status));
	if (*hit->undecided) {
		put_key(out, ",\"undecided\":");
		put_string(out, hit->undecided);
	}
	if (hit->prohibited)
		put_key(out, ",\"prohibited\":true");
	if (hit->confidence && *hit->confidence) {
		put_key(out, ",\"confidence\":");
		put_string(out, hit->confidence);
	}
	put_citations(out, &hit->by);
	buffer_char(out, '}');
}

void finding_controls(struct buffer *out, const struct tw_assessment *answer)
{
	put_key(out, ",\"controls\":[");
	for (size_t i = 0; i < answer->control_count; i++) {
		if (i)
			buffer_char(out, ',');
		control(out, &answer->controls[i]);
	}
	buffer_char(out, ']');
}

static void heading_of(struct buffer *out, const char *digits)
{
	char code[24];
	finding_code(code, digits);
	put_key(out, "{\"heading\":");
	put_string(out, code);
}

/* ES-003: what was declared, and where it differs from what was computed. */
void finding_declared(struct buffer *out, const struct finding_declared *declared,
		      const struct finding_difference *differences, size_t count)
{
	put_key(out, ",\"declared\":{\"amount\":");
	put_money_if(out, &declared->amount, declared->has_amount);
	put_key(out, ",\"lines\":[");
	for (size_t i = 0; i < declared->count; i++) {
		if (i)
			buffer_char(out, ',');
		heading_of(out, declared->row[i].heading);
		put_key(out, ",\"amount\":");
		put_money_if(out, &declared->row[i].amount,
			     declared->has_amount && declared->row[i].amount >= 0);
		buffer_char(out, '}');
	}
	put_key(out, "],\"differences\":[");
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_char(out, ',');
		heading_of(out, differences[i].heading);
		put_key(out, ",\"declared\":");
		put_money_or_null(out, &differences[i].declared);
		put_key(out, ",\"computed\":");
		put_money_or_null(out, &differences[i].computed);
		buffer_char(out, '}');
	}
	put_key(out, "]}");
}

void finding_warnings(struct buffer *out, const struct tw_assessment *answer,
		      const struct finding_difference *differences, size_t count)
{
	char text[160];
	put_key(out, ",\"warnings\":[");
	for (size_t i = 0; i < answer->warning_count; i++) {
		if (i)
			buffer_char(out, ',');
		put_string(out, answer->warnings[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (i || answer->warning_count)
			buffer_char(out, ',');
		finding_difference_text(text, &differences[i]);
		put_key(out, "\"declared-differs: ");
		buffer_text(out, text);
		buffer_char(out, '"');
	}
	buffer_char(out, ']');
}

/* CSV columns by their names, JSON members as they were written. */
void finding_kept(struct buffer *out, const struct finding *finding)
{
	void (*put)(struct buffer *, const char *, size_t) =
	    finding->kept_raw ? buffer_json_raw : buffer_json;
	put_key(out, ",\"kept\":{");
	for (size_t i = 0; i < finding->kept_count; i++) {
		buffer_text(out, i ? "," : "");
		put(out, finding->kept[i].name.at, finding->kept[i].name.length);
		buffer_char(out, ':');
		put(out, finding->kept[i].value.at, finding->kept[i].value.length);
	}
	buffer_char(out, '}');
}
