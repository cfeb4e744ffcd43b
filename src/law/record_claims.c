/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the claims of the news and what is asked of law and figures to test them. */
#include "law/record_read.h"

#include <string.h>

static int read_claim(struct record_read *s, struct law_record_claim *claims)
{
	struct law_record_claim *claim = &claims[s->row];
	uint32_t had = table_find(&s->claim, record_cell(s, "claim"));
	int code;
	claim->pos = record_place(s, "claim");
	if ((code = record_needed(s, "claim", &claim->name)) ||
	    (code = record_needed(s, "title", &claim->title)) ||
	    (code = record_needed(s, "stated", &claim->stated)) ||
	    (code = record_needed(s, "shown", &claim->shown)) ||
	    (code = record_needed(s, "verdict", &claim->verdict)) ||
	    (code = record_source(s, &claim->source, &claim->confidence)))
		return code;
	claim->nuance = record_cell(s, "nuance");
	return read_enter(s->r, &s->claim, "claim", claim->name, (uint32_t)s->row, claim->pos,
			  had == UINT32_MAX ? claim->pos : claims[had].pos);
}

/* A figure or a sum names series and a period; a rate a program of the law. */
static int check_ask(struct record_read *s, const struct law_record_ask *ask)
{
	struct law_pos pos = record_place(s, "what");
	const char *const *words;
	uint32_t count, index;
	int32_t day;
	int code = record_split(s, "what", &words, &count);
	if (code)
		return code;
	if (ask->kind == RECORD_ASK_RATE) {
		if (record_has_program(s, ask->what))
			return TW_OK;
		return law_error(s->r->error, pos, "no program of the law is \"%s\"", ask->what);
	}
	if (ask->kind < RECORD_ASK_FIGURE)
		return TW_OK;
	if (count < (ask->kind == RECORD_ASK_RATIO ? 2u : 1u))
		return law_error(s->r->error, pos, "name the series");
	for (uint32_t i = 0; i < (ask->kind == RECORD_ASK_RATIO ? 2u : 1u); i++)
		if ((code = read_name(s->r, &s->series, "series", words[i], pos, &index)))
			return code;
	if (strlen(ask->of) != 21 || ask->of[10] != '/')
		return law_error(s->r->error, record_place(s, "of"),
				 "\"%s\" is not a period: write 2025-01-01/2025-06-26", ask->of);
	const char *first = arena_text(s->r->arena, ask->of, 10);
	return !first ? read_no_memory(s->r)
	       : (code = record_days(s, "of", first, &day))
		   ? code
		   : record_days(s, "of", ask->of + 11, &day);
}

/* Asks stand in the order of the claims, those of one together. */
static int read_ask(struct record_read *s, struct law_record_claim *claims,
		    struct law_record_ask *asks, uint32_t *last)
{
	struct law_record_ask *ask = &asks[s->row];
	uint32_t claim;
	int kind, code = read_name(s->r, &s->claim, "claim", record_cell(s, "claim"),
				   record_place(s, "claim"), &claim);
	if (code || (code = record_word(s, "ask", record_ask_names, &kind)) ||
	    (code = record_needed(s, "of", &ask->of)) ||
	    (code = record_needed(s, "expect", &ask->expect)) ||
	    (code = record_needed(s, "say", &ask->say)))
		return code;
	if (s->row && claim < *last)
		return law_error(s->r->error, record_place(s, "claim"),
				 "asks stand in the order of the claims");
	*last = claim;
	ask->kind = (enum record_ask)kind;
	ask->what = record_cell(s, "what");
	if (!claims[claim].ask_count++)
		claims[claim].asks = ask;
	return check_ask(s, ask);
}

int record_claims(struct record_read *s)
{
	static const char *const columns[] = {"claim",  "title",  "stated",     "shown", "verdict",
					      "nuance", "source", "confidence", NULL};
	static const char *const asked[] = {"claim", "ask", "what", "of", "expect", "say", NULL};
	int code = record_table(s, "claims.tsv", columns);
	uint32_t count = (uint32_t)s->tsv.row_count, last = 0;
	struct law_record_claim *claims = code ? NULL : read_take(s->r, count, sizeof *claims);
	s->out->claims = claims;
	s->out->claim_count = count;
	if (!code && !claims)
		code = TW_NO_MEMORY;
	for (s->row = 0; !code && s->row < count; s->row++)
		code = read_claim(s, claims);
	if (code || (code = record_table(s, "asks.tsv", asked)))
		return code;
	struct law_record_ask *asks = read_take(s->r, s->tsv.row_count, sizeof *asks);
	if (!asks)
		return TW_NO_MEMORY;
	for (s->row = 0; !code && s->row < s->tsv.row_count; s->row++)
		code = read_ask(s, claims, asks, &last);
	return code;
}
