/* SPDX-License-Identifier: Apache-2.0 */
/* One hit as an object: what findings carry, and what the command's JSON is made of. */
#include <string.h>

#include "common/words.h"
#include "parties/parties.h"

void party_score(struct buffer *out, uint32_t score)
{
	char text[8];
	text[0] = (char)('0' + (int)(score / PAIR_ONE % 10));
	text[1] = '.';
	for (uint32_t i = 0, unit = PAIR_ONE / 10; i < 4; i++, unit /= 10)
		text[2 + i] = (char)('0' + (int)(score / unit % 10));
	buffer_put(out, text, 6);
}

/* A text in quotes, or null where it is empty. */
static void text_or_null(struct buffer *out, const char *name, const char *text)
{
	buffer_text(out, ",");
	buffer_json(out, name, strlen(name));
	buffer_char(out, ':');
	if (*text)
		buffer_json(out, text, strlen(text));
	else
		buffer_text(out, "null");
}

void party_list_json(struct buffer *out, const struct party_list *list)
{
	buffer_text(out, "\"list\":");
	buffer_json(out, list->name, strlen(list->name));
	text_or_null(out, "list_date", list->is_latest ? "" : list->date);
	text_or_null(out, "latest_entry", list->is_latest ? list->date : "");
	buffer_print(out, ",\"sha256\":\"%s\"", list->sha256);
}

bool party_is_drugs(const struct parties *parties, const struct party_entry *entry)
{
	for (const struct party_text *one = entry->program; one; one = one->next)
		if (lexicon_is_drugs(parties->lexicon, one->text, strlen(one->text)))
			return true;
	return false;
}

static void text_member(struct buffer *out, const char *name, const char *text)
{
	buffer_json(out, name, strlen(name));
	buffer_char(out, ':');
	buffer_json(out, text, strlen(text));
}

static void score_member(struct buffer *out, const char *name, uint32_t score)
{
	buffer_json(out, name, strlen(name));
	buffer_text(out, ":\"");
	party_score(out, score);
	buffer_char(out, '"');
}

/* Words with blanks between them. */
static void words(struct buffer *out, const char *name, const struct token *token, size_t count)
{
	char text[NAME_JOIN * (4 * NAME_LETTERS + 1)];
	size_t length = 0;
	for (size_t i = 0; i < count; i++) {
		if (length + token[i].length + 1 > sizeof text)
			break;
		if (i)
			text[length++] = ' ';
		memcpy(text + length, token[i].text, token[i].length);
		length += token[i].length;
	}
	buffer_json(out, name, strlen(name));
	buffer_char(out, ':');
	buffer_json(out, text, length);
}

static void pairs(struct buffer *out, const struct party_answer *answer,
		  const struct party_hit *hit)
{
	buffer_text(out, ",\"pairs\":[");
	for (size_t i = 0; hit->name && i < hit->pairing.count; i++) {
		const struct pair *pair = &hit->pairing.pair[i];
		buffer_text(out, i ? ",{" : "{");
		words(out, "given", answer->given->token + pair->given, pair->given_count);
		buffer_char(out, ',');
		words(out, "listed", hit->name->token + pair->listed, pair->listed_count);
		buffer_char(out, ',');
		text_member(out, "how", pair_how_name(pair->how));
		buffer_char(out, ',');
		score_member(out, "weight", pair->weight);
		buffer_char(out, ',');
		score_member(out, "score", pair->score);
		buffer_char(out, '}');
	}
	buffer_char(out, ']');
}

/* Words without a pair that count: what is set aside is left out. */
static void left(struct buffer *out, const char *name, const struct token *token, size_t count,
		 uint32_t mask)
{
	bool first = true;
	buffer_json(out, name, strlen(name));
	buffer_text(out, ":[");
	for (size_t i = 0; i < count; i++) {
		if (!(mask >> i & 1) || !token[i].weight)
			continue;
		buffer_text(out, first ? "{" : ",{");
		words(out, "word", token + i, 1);
		buffer_char(out, ',');
		score_member(out, "weight", token[i].weight);
		buffer_char(out, '}');
		first = false;
	}
	buffer_char(out, ']');
}

static void programs(struct buffer *out, const struct party_answer *answer,
		     const struct party_entry *entry)
{
	bool first = true;
	buffer_text(out, ",\"programs\":[");
	for (const struct party_text *one = entry->program; one; one = one->next) {
		buffer_text(out, one == entry->program ? "" : ",");
		buffer_json(out, one->text, strlen(one->text));
	}
	buffer_text(out, "],\"drugs\":[");
	for (const struct party_text *one = entry->program; one; one = one->next)
		if (lexicon_is_drugs(answer->parties->lexicon, one->text, strlen(one->text))) {
			buffer_text(out, first ? "" : ",");
			buffer_json(out, one->text, strlen(one->text));
			first = false;
		}
	buffer_char(out, ']');
}

static void where(struct buffer *out, const struct party_answer *answer,
		  const struct party_hit *hit)
{
	if (answer->question->country.length)
		buffer_text(out, hit->has_country      ? ",\"country\":\"agrees\""
				 : hit->entry->country ? ",\"country\":\"differs\""
						       : ",\"country\":\"not listed\"");
	if (answer->question->address.length) {
		buffer_char(out, ',');
		score_member(out, "address", hit->address);
	}
}

void party_hit_json(struct buffer *out, const struct party_answer *answer,
		    const struct party_hit *hit, const char *field)
{
	const struct pairing *pairing = &hit->pairing;
	buffer_char(out, '{');
	if (field) {
		text_member(out, "field", field);
		buffer_char(out, ',');
	}
	text_member(out, "says", hit->identifier ? "equal identifier" : "resembles");
	buffer_char(out, ',');
	text_member(out, "list", hit->list->name);
	buffer_text(out, ",\"list_date\":");
	if (*hit->list->date && !hit->list->is_latest)
		buffer_json(out, hit->list->date, strlen(hit->list->date));
	else
		buffer_text(out, "null");
	buffer_char(out, ',');
	text_member(out, "sha256", hit->list->sha256);
	buffer_char(out, ',');
	text_member(out, "entry", hit->entry->id);
	buffer_char(out, ',');
	text_member(out, "name",
		    hit->name          ? hit->name->text
		    : hit->entry->name ? hit->entry->name->text
				       : "");
	buffer_text(out, ",\"score\":");
	if (hit->name) {
		buffer_char(out, '"');
		party_score(out, pairing->score);
		buffer_char(out, '"');
	} else {
		buffer_text(out, "null");
	}
	programs(out, answer, hit->entry);
	if (hit->identifier) {
		buffer_text(out, ",\"identifier\":{");
		text_member(out, "kind", hit->identifier->kind);
		buffer_char(out, ',');
		text_member(out, "number", hit->identifier->number);
		buffer_char(out, ',');
		text_member(out, "country", hit->identifier->country);
		buffer_char(out, '}');
	}
	where(out, answer, hit);
	pairs(out, answer, hit);
	buffer_text(out, ",\"left\":{");
	left(out, "given", answer->given->token, answer->given->count,
	     hit->name ? pairing->given_left : 0);
	buffer_char(out, ',');
	left(out, "listed", hit->name ? hit->name->token : NULL, hit->name ? hit->name->count : 0,
	     pairing->listed_left);
	buffer_text(out, pairing->numbers_differ ? "},\"numbers_differ\":true}" : "}}");
}
