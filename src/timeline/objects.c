/* SPDX-License-Identifier: Apache-2.0 */
/* Timelines as JSON: an object a step. The order of the keys is part of the contract. */
#include "timeline/write.h"

#include "findings/members.h"

static const char *title_of(const void *timeline, const char *program)
{
	return moves_title(timeline, program);
}

static void put_text(struct buffer *out, const char *name, struct tw_text text)
{
	put_key(out, name);
	buffer_json(out, text.length ? text.at : "", text.length);
}

static void put_time(struct buffer *out, const char *name, tw_time at, int offset)
{
	char text[26];
	time_print(text, at, offset);
	put_key(out, name);
	put_string(out, text);
}

static void put_law(struct buffer *out, const tw_timeline *t)
{
	put_key(out, ",\"law\":{\"edition\":");
	put_string(out, tw_rulebook_edition(t->book));
	put_key(out, ",\"known_on\":");
	put_string(out, tw_rulebook_known_on(t->book));
	put_key(out, ",\"sha256\":");
	put_string(out, tw_rulebook_sha256(t->book));
	buffer_char(out, '}');
}

static void put_move(struct buffer *out, const struct tw_move *move)
{
	put_key(out, "{\"what\":");
	put_string(out, write_moved(move->what));
	put_key(out, ",\"program\":");
	put_string_or_null(out, move->program);
	put_key(out, ",\"title\":");
	put_string_or_null(out, move->title);
	put_key(out, ",\"heading\":");
	put_string_or_null(out, move->heading);
	put_key(out, ",\"before\":");
	put_string_or_null(out, move->before);
	put_key(out, ",\"after\":");
	put_string_or_null(out, move->after);
	put_citations(out, &move->by);
	buffer_char(out, '}');
}

static void put_before(struct buffer *out, const struct tw_assessment *answer)
{
	put_key(out, ",\"before\":");
	if (!answer || answer->status == TW_STATUS_REFUSED) {
		buffer_text(out, "null");
		return;
	}
	put_key(out, "{\"rate\":");
	put_string_or_null(out, answer->rate);
	put_key(out, ",\"amount\":");
	put_money_if(out, &answer->amount, answer->has_amount);
	put_key(out, ",\"lines\":[");
	for (size_t i = 0; i < answer->layer_count; i++) {
		put_key(out, i ? ",{\"program\":" : "{\"program\":");
		put_string(out, answer->layers[i].program);
		put_key(out, ",\"heading\":");
		put_string_or_null(out, answer->layers[i].heading);
		put_key(out, ",\"rate\":");
		put_string(out, answer->layers[i].rate);
		buffer_char(out, '}');
	}
	buffer_text(out, "]}");
}

static void put_answer(struct buffer *out, const tw_timeline *t, const struct tw_assessment *answer)
{
	const struct finding_style style = {.program = title_of, .rulebook = t};
	put_key(out, ",\"status\":");
	put_string(out, finding_status(answer->status));
	if (answer->status == TW_STATUS_REFUSED) {
		put_key(out, ",\"reason\":");
		put_string(out, answer->refusal.reason);
		put_key(out, ",\"text\":");
		put_string(out, answer->refusal.text);
		return;
	}
	put_key(out, ",\"entry_type\":");
	put_string_or_null(out, answer->entry_type);
	finding_duty(out, &style, answer);
	finding_fees(out, &style, answer);
	if (answer->is_taxed)
		finding_taxes(out, &style, answer);
	if (answer->adcvd.applies)
		finding_adcvd(out, &answer->adcvd);
	finding_de_minimis(out, &answer->de_minimis);
	put_strings(out, ",\"missing\":[", answer->missing, answer->missing_count);
}

/* What a step is: the members of its object. */
static void put_step(struct buffer *out, const struct told *told, size_t index)
{
	const struct tw_step *step = &told->step[index];
	put_time(out, "\"from\":", step->at, step->offset);
	put_time(out, ",\"until\":", step->until, step->until_offset);
	put_key(out, ",\"hts\":");
	put_string_or_null(out, step->answer->hts);
	put_answer(out, told->timeline, step->answer);
	put_key(out, ",\"moved\":[");
	for (size_t i = 0; i < step->move_count; i++) {
		buffer_text(out, i ? "," : "");
		put_move(out, &step->moves[i]);
	}
	buffer_char(out, ']');
	put_before(out, index ? told->step[index - 1].answer : NULL);
	if (step->successor_count)
		put_strings(out, ",\"successors\":[", step->successors, step->successor_count);
	put_key(out, step->is_beyond ? ",\"beyond_coverage\":true" : ",\"beyond_coverage\":false");
}

static void put_mark(struct buffer *out, const struct told *told, const struct tw_mark *mark)
{
	put_time(out, "\"at\":", mark->at, mark->offset);
	put_key(out, mark->kind == TW_MARK_ANNOUNCED ? ",\"act\":" : ",\"event\":");
	put_string(out, mark->id);
	put_key(out, ",\"title\":");
	put_string_or_null(out, mark->title);
	put_key(out, ",\"cite\":");
	put_string_or_null(out, mark->cite);
	put_key(out, ",\"url\":");
	put_string_or_null(out, mark->url);
	if (!mark->moves)
		put_key(out, ",\"moves_on\":null");
	else
		put_time(out, ",\"moves_on\":", mark->moves_on,
			 time_offset(told->timeline->zone, mark->moves_on));
}

/* An object: of a row by itself with what else tells the line, of a document behind a comma. */
static void begin_object(struct buffer *out, const struct told *told, const char *what, bool row,
			 size_t *written)
{
	buffer_text(out, (*written)++ && !row ? ",{" : "{");
	if (row)
		buffer_text(out, "\"schema\":1,");
	buffer_text(out, what);
	if (!row)
		return;
	const tw_timeline *t = told->timeline;
	put_text(out, "\"origin\":", told->line->column[TW_COLUMN_ORIGIN]);
	put_key(out, ",\"into\":");
	put_string_or_null(out, t->jurisdiction ? t->jurisdiction->code : "");
	buffer_char(out, ',');
}

static void end_object(struct buffer *out, const struct told *told, bool row)
{
	if (row)
		put_law(out, told->timeline);
	buffer_text(out, row ? "}\n" : "}");
}

/* Steps and marks by time. */
static void put_all(struct buffer *out, const struct told *told, bool rows)
{
	size_t mark = 0, written = 0;
	for (size_t i = 0; i <= told->count; i++) {
		for (; mark < told->mark_count &&
		       (i == told->count || told->mark[mark].at <= told->step[i].at);
		     mark++) {
			bool announced = told->mark[mark].kind == TW_MARK_ANNOUNCED;
			begin_object(out, told,
				     announced ? "\"mark\":\"announced\"," : "\"mark\":\"event\",",
				     rows, &written);
			put_mark(out, told, &told->mark[mark]);
			end_object(out, told, rows);
		}
		if (i == told->count)
			break;
		begin_object(out, told, "\"mark\":\"step\",", rows, &written);
		put_step(out, told, i);
		end_object(out, told, rows);
	}
}

void write_ndjson(struct buffer *out, const struct told *told)
{
	put_all(out, told, true);
}

void write_json(struct buffer *out, const struct told *told, size_t count)
{
	const tw_timeline *t = told->timeline;
	put_key(out, "{\"schema\":1,\"into\":");
	put_string_or_null(out, t->jurisdiction ? t->jurisdiction->code : "");
	put_time(out, ",\"from\":", t->begin, time_offset(t->zone, t->begin));
	put_time(out, ",\"until\":", t->end, time_offset(t->zone, t->end));
	put_law(out, t);
	put_key(out, ",\"timelines\":[");
	for (size_t i = 0; i < count; i++) {
		buffer_text(out, i ? ",{" : "{");
		put_text(out, "\"hts\":", told[i].line->column[TW_COLUMN_HTS]);
		put_text(out, ",\"origin\":", told[i].line->column[TW_COLUMN_ORIGIN]);
		put_text(out, ",\"value\":", told[i].line->column[TW_COLUMN_VALUE]);
		put_key(out, ",\"steps\":[");
		put_all(out, &told[i], false);
		buffer_text(out, "]}");
	}
	buffer_text(out, "]}\n");
}
