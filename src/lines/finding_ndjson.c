/* SPDX-License-Identifier: Apache-2.0 */
/* One JSON object a line. The order of the keys is part of the contract. */
#include "finding.h"

#include <string.h>

#include "../assess/instant.h"

static void key(struct buffer *out, const char *name)
{
	buffer_text(out, name);
}

static void string(struct buffer *out, const char *text)
{
	buffer_json(out, text ? text : "", text ? strlen(text) : 0);
}

static void string_or_null(struct buffer *out, const char *text)
{
	if (text && *text)
		string(out, text);
	else
		buffer_text(out, "null");
}

static void money(struct buffer *out, tw_money amount)
{
	buffer_char(out, '"');
	buffer_money(out, amount);
	buffer_char(out, '"');
}

static void money_or_null(struct buffer *out, tw_money amount, bool known)
{
	if (known)
		money(out, amount);
	else
		buffer_text(out, "null");
}

static void citations(struct buffer *out, const struct tw_citations *by)
{
	key(out, ",\"by\":[");
	for (size_t i = 0; i < by->count; i++) {
		if (i)
			buffer_char(out, ',');
		string(out, by->id[i]);
	}
	buffer_char(out, ']');
}

static void strings(struct buffer *out, const char *name, const char *const *texts, size_t count)
{
	key(out, name);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_char(out, ',');
		string(out, texts[i]);
	}
	buffer_char(out, ']');
}

static void instant(struct buffer *out, tw_time at, int offset)
{
	char text[26];
	time_print(text, at, offset);
	string(out, text);
}

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
		computed += other->amount;
	}
	key(out, ",\"declared\":");
	money_or_null(out, layer->declared, layer->declared >= 0);
	key(out, ",\"difference\":");
	signed_money(out, (layer->declared >= 0 ? layer->declared : 0) - computed);
}

static void layer(struct buffer *out, const struct tw_assessment *answer, size_t index)
{
	const struct tw_layer *layer = &answer->layers[index];
	static const char *const kinds[] = {"base", "add", "replace", "exempt"};
	key(out, "{\"kind\":");
	string(out, kinds[layer->kind]);
	key(out, ",\"program\":");
	string(out, layer->program);
	key(out, ",\"heading\":");
	string_or_null(out, layer->heading);
	if (layer->heading_count > 0)
		strings(out, ",\"headings\":[", layer->headings, layer->heading_count);
	key(out, ",\"rate\":");
	string(out, layer->rate);
	key(out, ",\"on\":");
	money_or_null(out, layer->on, layer->on >= 0);
	key(out, ",\"part\":");
	string(out, layer->part);
	key(out, ",\"amount\":");
	money_or_null(out, layer->amount, !layer->is_unknown);
	if (layer->kind == TW_LAYER_REPLACE) {
		key(out, ",\"over_base\":");
		money_or_null(out, layer->over_base, !layer->is_unknown);
	}
	if (layer->shipment >= 0) {
		key(out, ",\"shipment\":{\"amount\":");
		money(out, layer->shipment);
		buffer_char(out, '}');
	}
	if (answer->is_declared)
		filed(out, answer, index);
	if (layer->is_void)
		key(out, ",\"void\":true");
	if (layer->confidence && *layer->confidence) {
		key(out, ",\"confidence\":");
		string(out, layer->confidence);
	}
	citations(out, &layer->by);
	buffer_char(out, '}');
}

static void exclusion(struct buffer *out, const struct tw_exclusion *exclusion)
{
	key(out, "{\"program\":");
	string(out, exclusion->program);
	key(out, ",\"to\":");
	string(out, exclusion->to);
	key(out, ",\"part\":");
	string(out, exclusion->part);
	key(out, ",\"heading\":");
	string_or_null(out, exclusion->heading);
	citations(out, &exclusion->by);
	buffer_char(out, '}');
}

static void choices(struct buffer *out, const struct tw_assessment *answer)
{
	key(out, ",\"choices\":[");
	for (size_t i = 0; i < answer->choice_count; i++) {
		const struct tw_choice *choice = &answer->choices[i];
		key(out, i ? ",{\"claim\":" : "{\"claim\":");
		string(out, choice->claim);
		key(out, ",\"is\":");
		string(out, choice->is);
		key(out, ",\"program\":");
		string(out, choice->program);
		key(out, ",\"heading\":");
		string_or_null(out, choice->heading);
		key(out, ",\"rate\":");
		string(out, choice->rate);
		key(out, ",\"amount\":");
		money_or_null(out, choice->amount, !choice->is_unknown);
		key(out, ",\"relieved\":");
		money_or_null(out, choice->relieved, !choice->is_unknown);
		key(out, ",\"refundable\":");
		money_or_null(out, choice->refundable, !choice->is_unknown);
		citations(out, &choice->by);
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
}

static void bound(struct buffer *out, const char *name, tw_money amount, const char *code)
{
	char text[24];
	finding_code(text, code);
	key(out, name);
	money(out, amount);
	key(out, ",\"code\":");
	string_or_null(out, text);
	buffer_char(out, '}');
}

static void duty(struct buffer *out, const struct tw_assessment *answer)
{
	key(out, ",\"duty\":{\"currency\":");
	string_or_null(out, answer->currency);
	key(out, ",\"amount\":");
	money_or_null(out, answer->amount, answer->has_amount);
	key(out, ",\"additional\":");
	money_or_null(out, answer->additional, answer->additional >= 0);
	key(out, ",\"relieved\":");
	money_or_null(out, answer->relieved, answer->relieved >= 0);
	key(out, ",\"refundable\":");
	money_or_null(out, answer->refundable, answer->refundable >= 0);
	if (answer->is_declared) {
		key(out, ",\"refundable_computed\":");
		money_or_null(out, answer->refundable_computed, answer->refundable_computed >= 0);
	}
	key(out, ",\"rate\":");
	string_or_null(out, answer->rate);
	if (answer->has_bounds) {
		bound(out, ",\"least\":{\"amount\":", answer->least, answer->least_code);
		bound(out, ",\"greatest\":{\"amount\":", answer->greatest, answer->greatest_code);
	}
	key(out, ",\"lines\":[");
	for (size_t i = 0; i < answer->layer_count; i++) {
		if (i)
			buffer_char(out, ',');
		layer(out, answer, i);
	}
	key(out, "],\"excluded\":[");
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

static void fees(struct buffer *out, const struct tw_assessment *answer)
{
	key(out, ",\"fees\":{\"amount\":");
	money(out, answer->fees_amount);
	key(out, ",\"lines\":[");
	for (size_t i = 0; i < answer->fee_count; i++) {
		const struct tw_fee *fee = &answer->fees[i];
		key(out, i ? ",{\"fee\":" : "{\"fee\":");
		string(out, fee->fee);
		key(out, ",\"amount\":");
		money(out, fee->amount);
		if (fee->is_shared) {
			key(out, ",\"on\":");
			money_or_null(out, fee->on, fee->on >= 0);
			key(out, ",\"shipment\":{\"amount\":");
			money(out, fee->shipment_amount);
			key(out, ",\"on\":");
			money_or_null(out, fee->shipment_on, fee->on >= 0);
			buffer_char(out, '}');
		}
		citations(out, &fee->by);
		buffer_char(out, '}');
	}
	key(out, "]}");
}

static void de_minimis(struct buffer *out, const struct tw_de_minimis *exemption)
{
	key(out, ",\"de_minimis\":");
	if (!exemption->applies) {
		buffer_text(out, "null");
		return;
	}
	key(out, exemption->eligible ? "{\"eligible\":true,\"reason\":"
				     : "{\"eligible\":false,\"reason\":");
	string_or_null(out, exemption->reason);
	citations(out, &exemption->by);
	buffer_char(out, '}');
}

static void substances(struct buffer *out, const struct tw_assessment *answer)
{
	key(out, ",\"substances\":[");
	for (size_t i = 0; i < answer->substance_count; i++) {
		const struct tw_substance_hit *hit = &answer->substances[i];
		key(out, i ? ",{\"substance\":" : "{\"substance\":");
		string(out, hit->substance);
		key(out, ",\"matched\":");
		buffer_json(out, hit->matched.at, hit->matched.length);
		key(out, ",\"how\":");
		string(out, hit->how);
		key(out, ",\"field\":");
		string(out, hit->field);
		key(out, ",\"certainty\":");
		string(out, finding_certainty(hit->certainty));
		key(out, ",\"conditions\":");
		string_or_null(out, hit->conditions);
		if (hit->note && *hit->note) {
			key(out, ",\"note\":");
			string(out, hit->note);
		}
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
}

static void control(struct buffer *out, const struct tw_control_hit *hit)
{
	key(out, "{\"substance\":");
	string(out, hit->substance);
	key(out, ",\"jurisdiction\":");
	string(out, hit->jurisdiction);
	key(out, ",\"list\":");
	string(out, hit->list);
	if (*hit->title) {
		key(out, ",\"list_en\":");
		string(out, hit->title);
	}
	key(out, ",\"code\":");
	string_or_null(out, hit->code);
	key(out, ",\"direction\":");
	string_or_null(out, hit->direction);
	key(out, ",\"since\":");
	string_or_null(out, hit->since);
	key(out, ",\"until\":");
	string_or_null(out, hit->until);
	key(out, ",\"threshold\":");
	string_or_null(out, hit->threshold);
	key(out, ",\"requirement\":");
	string_or_null(out, hit->requirement);
	key(out, ",\"status\":");
	string(out, finding_control(hit->status));
	if (*hit->undecided) {
		key(out, ",\"undecided\":");
		string(out, hit->undecided);
	}
	if (hit->prohibited)
		key(out, ",\"prohibited\":true");
	if (hit->confidence && *hit->confidence) {
		key(out, ",\"confidence\":");
		string(out, hit->confidence);
	}
	citations(out, &hit->by);
	buffer_char(out, '}');
}

static void controls(struct buffer *out, const struct tw_assessment *answer)
{
	key(out, ",\"controls\":[");
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
	key(out, "{\"heading\":");
	string(out, code);
}

/* ES-003: what was declared, and where it differs from what was computed. */
static void declared(struct buffer *out, const struct item_declared *declared,
		     const struct finding_difference *differences, size_t count)
{
	key(out, ",\"declared\":{\"amount\":");
	money_or_null(out, declared->amount, declared->has_amount);
	key(out, ",\"lines\":[");
	for (size_t i = 0; i < declared->count; i++) {
		if (i)
			buffer_char(out, ',');
		heading_of(out, declared->row[i].heading);
		key(out, ",\"amount\":");
		money_or_null(out, declared->row[i].amount,
			      declared->has_amount && declared->row[i].amount >= 0);
		buffer_char(out, '}');
	}
	key(out, "],\"differences\":[");
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_char(out, ',');
		heading_of(out, differences[i].heading);
		key(out, ",\"declared\":");
		money_or_null(out, differences[i].declared, differences[i].declared >= 0);
		key(out, ",\"computed\":");
		money_or_null(out, differences[i].computed, differences[i].computed >= 0);
		buffer_char(out, '}');
	}
	key(out, "]}");
}

static void warnings(struct buffer *out, const struct tw_assessment *answer,
		     const struct finding_difference *differences, size_t count)
{
	char text[160];
	key(out, ",\"warnings\":[");
	for (size_t i = 0; i < answer->warning_count; i++) {
		if (i)
			buffer_char(out, ',');
		string(out, answer->warnings[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (i || answer->warning_count)
			buffer_char(out, ',');
		finding_difference_text(text, &differences[i]);
		key(out, "\"declared-differs: ");
		buffer_text(out, text);
		buffer_char(out, '"');
	}
	buffer_char(out, ']');
}

/* CSV columns by their names, JSON members as they were written. */
static void kept(struct buffer *out, const struct item *item)
{
	const struct columns *columns = item->columns;
	size_t count = 0;
	key(out, ",\"kept\":{");
	for (size_t i = 0; i < item->kept_keys; i++) {
		if (i)
			buffer_char(out, ',');
		buffer_put(out, item->kept_key[i].at, item->kept_key[i].length);
		buffer_char(out, ':');
		buffer_put(out, item->kept_value[i].at, item->kept_value[i].length);
	}
	for (size_t i = 0; columns && i < columns->count && count < item->kept_count; i++) {
		if (columns->field[i] < FIELD_OTHER)
			continue;
		if (count)
			buffer_char(out, ',');
		buffer_json(out, columns->name[i].at, columns->name[i].length);
		buffer_char(out, ':');
		buffer_json(out, item->kept[count].at, item->kept[count].length);
		count++;
	}
	buffer_char(out, '}');
}

static void refused(struct buffer *out, const struct finding *finding,
		    const struct finding_style *style)
{
	key(out, ",\"reason\":");
	string(out, finding->reason);
	key(out, ",\"column\":");
	string_or_null(out, finding->column);
	key(out, ",\"line\":");
	if (finding->item)
		buffer_number(out, finding->item->number);
	else
		buffer_text(out, "null");
	key(out, ",\"text\":");
	string(out, finding->text);
	if (finding->answer && finding->answer->goods != TW_LANE_NONE) {
		substances(out, finding->answer);
		controls(out, finding->answer);
		warnings(out, finding->answer, NULL, 0);
	}
	if (finding->reason && !strcmp(finding->reason, "unknown-jurisdiction"))
		key(out, ",\"not_covered\":[\"duties into this country\"]");
	if (style->keep && finding->item)
		kept(out, finding->item);
	key(out, "}\n");
}

void finding_ndjson(struct buffer *out, const struct finding *finding,
		    const struct finding_style *style)
{
	const struct tw_assessment *answer = finding->answer;
	struct finding_difference difference[ITEM_ROWS];
	key(out, "{\"schema\":1,\"id\":");
	buffer_json(out, finding->id.at, finding->id.length);
	key(out, ",\"status\":");
	string(out, finding_status(finding->status));
	if (finding->lane != TW_LANE_NONE) {
		key(out, ",\"lane\":");
		string(out, finding_lane(finding->lane));
	}
	if (finding->status == TW_STATUS_REFUSED) {
		refused(out, finding, style);
		return;
	}
	size_t count = finding_differences(difference, ITEM_ROWS, finding);
	key(out, ",\"into\":");
	string_or_null(out, answer->into);
	key(out, ",\"hts\":");
	string_or_null(out, answer->hts);
	key(out, ",\"origin\":");
	string_or_null(out, answer->origin);
	key(out, ",\"entered\":");
	instant(out, answer->entered, answer->entered_offset);
	key(out, ",\"entry_type\":");
	string_or_null(out, answer->entry_type);
	duty(out, answer);
	fees(out, answer);
	de_minimis(out, &answer->de_minimis);
	substances(out, answer);
	controls(out, answer);
	strings(out, ",\"missing\":[", answer->missing, answer->missing_count);
	warnings(out, answer, difference, count);
	strings(out, ",\"not_covered\":[", answer->not_covered, answer->not_covered_count);
	key(out, ",\"changes_on\":");
	if (answer->changes_on == TW_TIME_MAX)
		buffer_text(out, "null");
	else
		instant(out, answer->changes_on, answer->changes_offset);
	if (finding->item && finding->item->is_es003)
		declared(out, &finding->item->declared, difference, count);
	key(out, ",\"law\":{\"edition\":");
	string(out, style->edition);
	key(out, ",\"known_on\":");
	string(out, style->known_on);
	key(out, ",\"sha256\":");
	string(out, style->sha256);
	buffer_char(out, '}');
	if (style->keep && finding->item)
		kept(out, finding->item);
	key(out, "}\n");
}
