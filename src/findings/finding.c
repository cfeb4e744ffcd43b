/* SPDX-License-Identifier: Apache-2.0 */
/* What the three writers share. */
#include "findings/finding.h"

#include <stdio.h>
#include <string.h>

#include "common/money.h"

void finding_make(struct finding *finding, struct tw_text id, const struct tw_assessment *answer)
{
	*finding = (struct finding){
	    .answer = answer, .id = id, .status = TW_STATUS_REFUSED, .column = "", .text = ""};
	if (!answer)
		return;
	finding->status = answer->status;
	finding->lane = answer->lane;
	finding->reason = answer->refusal.reason;
	if (answer->refusal.column)
		finding->column = answer->refusal.column;
	if (answer->refusal.text)
		finding->text = answer->refusal.text;
}

void finding_add_parties(struct finding *finding, const struct finding_parties *parties)
{
	finding->parties = *parties;
	if (parties->lane > finding->lane)
		finding->lane = parties->lane;
}

void finding_refuse(struct finding *finding, const char *reason, const char *column,
		    const char *text)
{
	const struct tw_assessment *answer = finding->answer;
	finding->status = TW_STATUS_REFUSED;
	finding->lane = answer && answer->goods > TW_LANE_GREEN ? answer->goods : TW_LANE_NONE;
	finding->reason = reason;
	finding->column = column ? column : "";
	finding->text = text ? text : "";
}

const char *finding_status(enum tw_status status)
{
	static const char *const names[] = {"ok", "incomplete", "refused"};
	return names[status];
}

const char *finding_lane(enum tw_lane lane)
{
	static const char *const names[] = {"", "green", "yellow", "red"};
	return names[lane];
}

const char *finding_certainty(enum tw_certainty certainty)
{
	static const char *const names[] = {"weak", "near", "exact"};
	return names[certainty];
}

const char *finding_control(enum tw_control_status status)
{
	static const char *const names[] = {"required", "below-threshold", "quantity-unknown",
					    "off-route", "undecided"};
	return names[status];
}

const char *finding_asks(const struct tw_control_hit *hit)
{
	return hit->prohibited && hit->status == TW_CONTROL_REQUIRED ? "prohibited"
								     : finding_control(hit->status);
}

void finding_code(char out[24], const char *digits)
{
	size_t to = 0;
	for (size_t i = 0; i < 16 && digits[i] && to < 22; i++) {
		if (i == 4 || i == 6 || i == 8)
			out[to++] = '.';
		out[to++] = digits[i];
	}
	out[to] = '\0';
}

const char *finding_heading(const struct tw_layer *layer)
{
	if (layer->heading && *layer->heading)
		return layer->heading;
	return layer->measure && *layer->measure ? layer->measure : layer->program;
}

static void digits_of(char out[24], const char *heading)
{
	size_t to = 0;
	for (; *heading && to < 23; heading++)
		if (*heading >= '0' && *heading <= '9')
			out[to++] = *heading;
	out[to] = '\0';
}

static struct finding_difference *entry(struct finding_difference *out, size_t *count, size_t room,
					const char *digits)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp(out[i].heading, digits))
			return &out[i];
	if (*count == room)
		return NULL;
	struct finding_difference *new = &out[(*count)++];
	snprintf(new->heading, sizeof new->heading, "%s", digits);
	new->declared = new->computed = -1;
	return new;
}

static void add(tw_money *to, tw_money amount)
{
	*to = *to < 0 ? amount : *to + amount;
}

size_t finding_differences(struct finding_difference *out, size_t room,
			   const struct finding *finding)
{
	const struct tw_assessment *answer = finding->answer;
	size_t count = 0, kept = 0;
	struct finding_difference *at;
	char digits[24];

	const struct finding_declared *declared = finding->declared;
	if (!declared || finding->status == TW_STATUS_REFUSED)
		return 0;
	for (size_t i = 0; i < declared->count; i++)
		if ((at = entry(out, &count, room, declared->row[i].heading)))
			add(&at->declared,
			    declared->row[i].amount < 0 ? 0 : declared->row[i].amount);
	for (size_t i = 0; i < answer->layer_count; i++) {
		const struct tw_layer *layer = &answer->layers[i];
		digits_of(digits, layer->heading ? layer->heading : "");
		if (layer->kind == TW_LAYER_BASE && declared->count) /* any length of the code */
			snprintf(digits, sizeof digits, "%s", answer->hts);
		if (*digits && (at = entry(out, &count, room, digits)))
			add(&at->computed, layer->is_unknown ? 0 : layer->amount);
	}
	for (size_t i = 0; i < count; i++) {
		bool same = out[i].declared == out[i].computed;
		if (!declared->has_amount) /* then only the headings can be compared */
			same = (out[i].declared < 0) == (out[i].computed < 0);
		if (!same)
			out[kept++] = out[i];
	}
	return kept;
}

void finding_difference_text(char out[160], const struct finding_difference *difference)
{
	char code[24], declared[32] = "", computed[32] = "";
	finding_code(code, difference->heading);
	if (difference->declared >= 0)
		money_print(declared, difference->declared);
	if (difference->computed >= 0)
		money_print(computed, difference->computed);
	if (!*declared)
		snprintf(out, 160, "%s not declared, computed %s", code, computed);
	else if (!*computed)
		snprintf(out, 160, "%s declared %s, not computed", code, declared);
	else
		snprintf(out, 160, "%s declared %s, computed %s", code, declared, computed);
}
