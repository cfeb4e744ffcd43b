/* SPDX-License-Identifier: Apache-2.0 */
/* One JSON object a line. The order of the keys is part of the contract. */
#include "findings/members.h"

/* What the members of one object are written from. */
struct object {
	const struct finding *finding;
	const struct tw_assessment *answer; /* NULL: the line could not be read */
	const struct finding_style *style;
	const struct finding_difference *difference;
	size_t differences;
	bool refused, has_goods; /* of a refused line: its goods say something */
};

static void schema_member(struct buffer *out, const struct object *object)
{
	(void)object;
	put_key(out, ",\"schema\":1");
}

static void id_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"id\":");
	buffer_json(out, object->finding->id.at, object->finding->id.length);
}

static void status_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"status\":");
	put_string(out, finding_status(object->finding->status));
}

static void lane_member(struct buffer *out, const struct object *object)
{
	if (object->finding->lane == TW_LANE_NONE)
		return;
	put_key(out, ",\"lane\":");
	put_string(out, finding_lane(object->finding->lane));
}

static void reason_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"reason\":");
	put_string(out, object->finding->reason);
}

static void column_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"column\":");
	put_string_or_null(out, object->finding->column);
}

static void line_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"line\":");
	if (object->finding->file)
		buffer_number(out, object->finding->number);
	else
		buffer_text(out, "null");
}

static void text_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"text\":");
	put_string(out, object->finding->text);
}

static void into_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"into\":");
	put_string_or_null(out, object->answer->into);
}

/* What the code is: its own text, and the way to it from the heading down. */
static void title(struct buffer *out, const char *words)
{
	if (!words || !*words)
		return;
	const char *last = words;
	for (const char *at = words; (at = strstr(at, " > ")); last = at)
		at += 3;
	put_key(out, ",\"title\":");
	put_string(out, last);
	put_key(out, ",\"title_path\":[");
	while (*words) {
		const char *end = strstr(words, " > ");
		size_t length = end ? (size_t)(end - words) : strlen(words);
		buffer_json(out, words, length);
		words += length + (end ? 3 : 0);
		buffer_text(out, *words ? "," : "");
	}
	buffer_char(out, ']');
}

static void hts_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"hts\":");
	put_marked(out, object->answer->hts, object->answer->hts);
	title(out, object->finding->words);
}

static void origin_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"origin\":");
	put_marked(out, object->answer->origin, &object->answer->origin);
}

static void entered_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"entered\":");
	put_instant(out, &object->answer->entered, object->answer->entered_offset);
}

static void entry_type_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"entry_type\":");
	put_string_or_null(out, object->answer->entry_type);
}

static void conversion_member(struct buffer *out, const struct object *object)
{
	const struct conversion *done = object->finding->conversion;
	if (!done)
		return;
	put_key(out, ",\"conversion\":{\"from\":");
	put_string(out, done->from);
	put_key(out, ",\"to\":");
	put_string(out, done->to);
	put_key(out, ",\"rate\":");
	put_string(out, done->rate);
	put_key(out, ",\"source\":");
	put_string(out, done->source);
	put_key(out, ",\"day\":");
	put_string_or_null(out, done->day);
	put_key(out, ",\"given\":");
	put_money(out, &done->given);
	put_key(out, ",\"value\":");
	put_money(out, &done->value);
	buffer_char(out, '}');
}

static void duty_member(struct buffer *out, const struct object *object)
{
	finding_duty(out, object->style, object->answer);
}

static void fees_member(struct buffer *out, const struct object *object)
{
	finding_fees(out, object->style, object->answer);
}

static void taxes_member(struct buffer *out, const struct object *object)
{
	if (object->answer->is_taxed)
		finding_taxes(out, object->style, object->answer);
}

static void adcvd_member(struct buffer *out, const struct object *object)
{
	if (object->answer->adcvd.applies)
		finding_adcvd(out, &object->answer->adcvd);
}

static void de_minimis_member(struct buffer *out, const struct object *object)
{
	finding_de_minimis(out, &object->answer->de_minimis);
}

static void substances_member(struct buffer *out, const struct object *object)
{
	if (!object->refused || object->has_goods)
		finding_substances(out, object->answer);
}

static void controls_member(struct buffer *out, const struct object *object)
{
	if (!object->refused || object->has_goods)
		finding_controls(out, object->answer);
}

static void sums_member(struct buffer *out, const struct object *object)
{
	const struct tw_assessment *answer = object->answer;
	if (answer && answer->sum_count && (!object->refused || object->has_goods))
		finding_sums(out, answer);
}

static void missing_member(struct buffer *out, const struct object *object)
{
	put_strings(out, ",\"missing\":[", object->answer->missing, object->answer->missing_count);
}

static void warnings_member(struct buffer *out, const struct object *object)
{
	if (!object->refused || object->has_goods)
		finding_warnings(out, object->answer, object->difference, object->differences);
}

static void not_covered_member(struct buffer *out, const struct object *object)
{
	const char *reason = object->finding->reason;
	if (!object->refused)
		put_strings(out, ",\"not_covered\":[", object->answer->not_covered,
			    object->answer->not_covered_count);
	else if (reason && !strcmp(reason, "unknown-jurisdiction"))
		put_key(out, ",\"not_covered\":[\"duties into this country\"]");
}

static void changes_on_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"changes_on\":");
	put_instant(out, &object->answer->changes_on, object->answer->changes_offset);
}

static void declared_member(struct buffer *out, const struct object *object)
{
	const struct finding_declared *declared = object->finding->declared;
	if (declared)
		finding_declared(out, declared, object->difference, object->differences);
}

static void parties_member(struct buffer *out, const struct object *object)
{
	const struct tw_text *lists = &object->style->lists, *said = &object->finding->parties.json;
	if (!lists->length)
		return;
	put_key(out, ",\"parties\":{");
	buffer_put(out, lists->at, lists->length);
	put_key(out, said->length ? "," : ",\"found\":[]");
	buffer_put(out, said->at, said->length);
	buffer_char(out, '}');
}

static void law_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"law\":{\"edition\":");
	put_string(out, object->style->edition);
	put_key(out, ",\"known_on\":");
	put_string(out, object->style->known_on);
	put_key(out, ",\"sha256\":");
	put_string(out, object->style->sha256);
	buffer_char(out, '}');
}

static void kept_member(struct buffer *out, const struct object *object)
{
	if (object->finding->kept)
		finding_kept(out, object->finding);
}

/* The figures by themselves, for who wants no more. */

static void duty_amount_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"duty_amount\":");
	put_money_if(out, &object->answer->amount, object->answer->has_amount);
}

static void duty_refundable_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"duty_refundable\":");
	put_money_or_null(out, &object->answer->refundable);
}

static void duty_rate_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"duty_rate\":");
	put_marked(out, object->answer->rate, object->answer->rate);
}

static void fees_amount_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"fees_amount\":");
	put_money_or_null(out, &object->answer->fees_amount);
}

static void taxes_amount_member(struct buffer *out, const struct object *object)
{
	put_key(out, ",\"taxes_amount\":");
	if (object->answer->is_taxed)
		put_money_or_null(out, &object->answer->taxes_amount);
	else
		put_key(out, "null");
}

enum { ANSWERED = 1, REFUSED = 2, BOTH = 3 };

/* In the order that is part of the contract; each writes a comma before itself. */
static const struct {
	const char *name;
	void (*write)(struct buffer *out, const struct object *object);
	int of;
	enum finding_part part;
} members[] = {
    {"schema", schema_member, BOTH, FINDING_PLAN},
    {"id", id_member, BOTH, FINDING_ID},
    {"status", status_member, BOTH, FINDING_STATUS},
    {"lane", lane_member, BOTH, FINDING_LANE},
    {"reason", reason_member, REFUSED, FINDING_PLAN},
    {"column", column_member, REFUSED, FINDING_PLAN},
    {"line", line_member, REFUSED, FINDING_PLAN},
    {"text", text_member, REFUSED, FINDING_PLAN},
    {"into", into_member, ANSWERED, FINDING_PLAN},
    {"hts", hts_member, ANSWERED, FINDING_PLAN},
    {"origin", origin_member, ANSWERED, FINDING_PLAN},
    {"entered", entered_member, ANSWERED, FINDING_PLAN},
    {"entry_type", entry_type_member, ANSWERED, FINDING_PLAN},
    {"conversion", conversion_member, ANSWERED, FINDING_PLAN},
    {"duty", duty_member, ANSWERED, FINDING_PLAN},
    {"fees", fees_member, ANSWERED, FINDING_PLAN},
    {"taxes", taxes_member, ANSWERED, FINDING_PLAN},
    {"adcvd", adcvd_member, ANSWERED, FINDING_REMARKS},
    {"de_minimis", de_minimis_member, ANSWERED, FINDING_PLAN},
    {"substances", substances_member, BOTH, FINDING_GOODS},
    {"controls", controls_member, BOTH, FINDING_GOODS},
    {"sums", sums_member, BOTH, FINDING_GOODS},
    {"missing", missing_member, ANSWERED, FINDING_REMARKS},
    {"warnings", warnings_member, BOTH, FINDING_REMARKS},
    {"not_covered", not_covered_member, BOTH, FINDING_PLAN},
    {"changes_on", changes_on_member, ANSWERED, FINDING_PLAN},
    {"declared", declared_member, ANSWERED, FINDING_PLAN},
    /* of a line that is written by its plan no list says anything */
    {"parties", parties_member, BOTH, FINDING_PLAN},
    {"law", law_member, ANSWERED, FINDING_PLAN},
    {"kept", kept_member, BOTH, FINDING_INPUT},
    /* Written where they are named, and else not. */
    {"duty_amount", duty_amount_member, ANSWERED, FINDING_PLAN},
    {"duty_refundable", duty_refundable_member, ANSWERED, FINDING_PLAN},
    {"duty_rate", duty_rate_member, ANSWERED, FINDING_PLAN},
    {"fees_amount", fees_amount_member, ANSWERED, FINDING_PLAN},
    {"taxes_amount", taxes_amount_member, ANSWERED, FINDING_PLAN},
};
enum { NAMED = sizeof members / sizeof *members, MEMBERS = NAMED - 5 };
_Static_assert(sizeof members / sizeof *members <= FINDING_NAMES, "room for all members");

size_t finding_ndjson_names(const char *names[FINDING_NAMES])
{
	for (size_t i = 0; i < NAMED; i++)
		names[i] = members[i].name;
	return NAMED;
}

size_t finding_ndjson_count(const struct finding_style *style)
{
	return style->field ? style->field_count : MEMBERS;
}

enum finding_part finding_ndjson_part_of(const struct finding_style *style, size_t index)
{
	return members[style->field ? (size_t)style->field[index] : index].part;
}

void finding_ndjson_part(struct buffer *out, const struct finding *finding,
			 const struct finding_style *style, size_t first, size_t count)
{
	struct finding_difference difference[FINDING_DIFFERENCES];
	struct object object = {.finding = finding,
				.answer = finding->answer,
				.style = style,
				.difference = difference,
				.refused = finding->status == TW_STATUS_REFUSED};
	object.has_goods =
	    object.refused && finding->answer && finding->answer->goods != TW_LANE_NONE;
	if (!object.refused)
		object.differences = finding_differences(difference, FINDING_DIFFERENCES, finding);
	for (size_t i = first; i < first + count; i++) {
		size_t member = style->field ? (size_t)style->field[i] : i;
		if (members[member].of & (object.refused ? REFUSED : ANSWERED))
			members[member].write(out, &object);
	}
}

void finding_ndjson(struct buffer *out, const struct finding *finding,
		    const struct finding_style *style)
{
	size_t start = out->length;
	finding_ndjson_part(out, finding, style, 0, finding_ndjson_count(style));
	if (out->length > start)
		out->at[start] = '{'; /* in place of the first comma */
	else
		buffer_char(out, '{');
	put_key(out, "}\n");
}
