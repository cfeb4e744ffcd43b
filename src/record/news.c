/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the claims of the news as they are told: as stated, what the record
 * shows, what law and figures say when they are asked now, the verdict.
 */
#include "record/record.h"

#include <string.h>

#include "common/words.h"

enum { LABEL = 16 };

/* One claim while it is told. */
struct told {
	struct buffer json, text, page; /* the answers; on the page one a row, a tab within */
	uint32_t differing;
};

static int ask_all(struct told *told, const struct record *record, tw_assessor *assessor,
		   const struct record_claim *claim, struct tw_error *error)
{
	struct buffer answer = {.within = &told->text};
	int code = TW_OK;
	buffer_char(&told->json, '[');
	for (uint32_t i = 0; !code && i < claim->asks.count; i++) {
		const struct record_asked *asked = &record->asks[claim->asks.first + i];
		const char *expect = record_text(record, asked->expect);
		const char *say = record_text(record, asked->say);
		answer.length = 0;
		code = record_ask(&answer, record, assessor, asked, error);
		buffer_char(&answer, '\0');
		if (code || answer.failed)
			break;
		const bool agrees = !strcmp(answer.at, expect);
		told->differing += !agrees;
		buffer_print(&told->text, "%s%s %s", i ? "; " : "", answer.at, say);
		buffer_print(&told->page, "%s\t%s", answer.at, say);
		if (!agrees)
			buffer_print(&told->text, " (expected %s)", expect);
		if (!agrees)
			buffer_print(&told->page, " (when written: %s)", expect);
		buffer_char(&told->page, '\n');
		buffer_text(&told->json, i ? ",{\"say\":" : "{\"say\":");
		buffer_json(&told->json, say, strlen(say));
		buffer_text(&told->json, ",\"answer\":");
		buffer_json(&told->json, answer.at, strlen(answer.at));
		buffer_print(&told->json, ",\"from\":\"%s\",\"expected\":",
			     asked->kind < RECORD_ASK_FIGURE ? "law" : "figures");
		buffer_json(&told->json, expect, strlen(expect));
		buffer_print(&told->json, ",\"agrees\":%s}", agrees ? "true" : "false");
	}
	buffer_text(&told->json, "]");
	buffer_char(&told->json, '\0');
	buffer_char(&told->text, '\0');
	buffer_char(&told->page, '\0');
	buffer_free(&answer);
	return code;
}

static void line(struct buffer *out, const char *label, const char *text)
{
	if (!*text)
		return;
	buffer_print(out, "  %-*s", LABEL - 2, label);
	words_wrap(out, text, LABEL, LABEL);
}

/* "145%\ttoys, from 10 April 2025\n", each in a row: what the law and what the figures say. */
static void answers(struct buffer *out, const struct record *record,
		    const struct record_claim *claim, const char *rows)
{
	size_t wide = 0;
	for (const char *at = rows; *at; at += strcspn(at, "\n") + 1)
		wide = strcspn(at, "\t") > wide ? strcspn(at, "\t") : wide;
	for (uint32_t i = 0; *rows; i++, rows += strcspn(rows, "\n") + 1) {
		const bool law = record->asks[claim->asks.first + i].kind < RECORD_ASK_FIGURE;
		const size_t answer = strcspn(rows, "\t"), all = strcspn(rows, "\n");
		buffer_print(out, "  %-*s%*.*s  %.*s\n", LABEL - 2,
			     i     ? ""
			     : law ? "the law now"
				   : "figures now",
			     (int)wide, (int)answer, rows, (int)(all - answer - 1),
			     rows + answer + 1);
	}
}

static void page(struct buffer *out, const struct record *record, const struct record_claim *claim,
		 const struct told *told)
{
	struct buffer text = {.within = out};
	buffer_print(out, "%s  %s\n", record_text(record, claim->name),
		     record_text(record, claim->title));
	line(out, "as stated", record_text(record, claim->stated));
	line(out, "the record", record_text(record, claim->shown));
	answers(out, record, claim, told->page.at);
	buffer_print(&text, "%s%s%s", record_text(record, claim->verdict),
		     claim->nuance ? ". " : "", record_text(record, claim->nuance));
	buffer_char(&text, '\0');
	if (!text.failed)
		line(out, "verdict", text.at);
	text.length = 0;
	buffer_print(&text, "%s, confidence %s",
		     claim->source != RECORD_NONE
			 ? record_text(record, record->sources[claim->source].name)
			 : "the figures of the record",
		     record_confidence_names[claim->confidence]);
	buffer_char(&text, '\0');
	if (!text.failed)
		line(out, "source", text.at);
	buffer_free(&text);
}

static void row(struct rows *rows, const struct record *record, const struct record_claim *claim,
		const struct told *told)
{
	const struct record_source *source =
	    claim->source != RECORD_NONE ? &record->sources[claim->source] : NULL;
	rows_begin(rows);
	rows_text(rows, "claim", record_text(record, claim->name));
	rows_text(rows, "title", record_text(record, claim->title));
	rows_text(rows, "stated", record_text(record, claim->stated));
	rows_text(rows, "shown", record_text(record, claim->shown));
	rows_made(rows, "asked", told->json.at, told->text.at);
	rows_text(rows, "verdict", record_text(record, claim->verdict));
	rows_maybe(rows, "nuance", record_text(record, claim->nuance));
	rows_maybe(rows, "source", source ? record_text(record, source->name) : NULL);
	rows_maybe(rows, "url", source ? record_text(record, source->url) : NULL);
	rows_text(rows, "confidence", record_confidence_names[claim->confidence]);
	rows_end(rows);
}

int record_news_write(struct buffer *out, const struct record *record, const tw_rulebook *rulebook,
		      const struct record_question *question, uint32_t *differing,
		      struct tw_error *error)
{
	static const char *const columns[] = {"claim", "title",      "stated", "shown",
					      "asked", "verdict",    "nuance", "source",
					      "url",   "confidence", NULL};
	const bool is_page = question->format == RECORD_PAGE;
	tw_assessor *assessor = NULL;
	struct rows rows;
	int code = tw_assessor_new(&assessor, rulebook, NULL, error);
	*differing = 0;
	if (!is_page && !code)
		rows_open(&rows, out, question->format, "claim", columns);
	for (uint32_t i = 0; !code && i < record->count[RECORD_CLAIMS]; i++) {
		struct told told = {
		    .json = {.within = out}, .text = {.within = out}, .page = {.within = out}};
		code = ask_all(&told, record, assessor, &record->claims[i], error);
		if (!code && !told.json.failed && !told.text.failed && !told.page.failed) {
			if (is_page && i)
				buffer_char(out, '\n');
			if (is_page)
				page(out, record, &record->claims[i], &told);
			else
				row(&rows, record, &record->claims[i], &told);
		}
		*differing += told.differing;
		buffer_free(&told.json);
		buffer_free(&told.text);
		buffer_free(&told.page);
	}
	if (!is_page && !code)
		rows_close(&rows);
	tw_assessor_free(assessor);
	return code;
}
