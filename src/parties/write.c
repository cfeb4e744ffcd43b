/* SPDX-License-Identifier: Apache-2.0 */
/* An answer by itself: as a table for people, as CSV, as JSON. The lists stand in each. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "common/words.h"
#include "parties/lists.h"
#include "parties/parties.h"

static void shown(struct buffer *out, const char *text)
{
	buffer_shown(out, text, strlen(text));
}

static void list_json(struct buffer *out, const struct party_list *list)
{
	buffer_text(out, "{\"file\":");
	buffer_json(out, list->path, strlen(list->path));
	buffer_char(out, ',');
	party_list_json(out, list);
	buffer_print(out,
		     ",\"entries\":%" PRIu64 ",\"names\":%" PRIu64 ",\"rows\":%" PRIu64
		     ",\"skipped\":%" PRIu64 ",\"mended\":%" PRIu64 ",\"repeated\":%" PRIu64
		     ",\"left_out\":%" PRIu64 ",\"recoded\":%" PRIu64 ",\"columns_absent\":%zu"
		     ",\"with\":[",
		     list->entries, list->names, list->rows, list->skipped, list->mended,
		     list->repeated, list->left_out, list->recoded, list->absents);
	for (const struct party_companion *one = list->companion; one; one = one->next) {
		buffer_text(out, one == list->companion ? "{\"file\":" : ",{\"file\":");
		buffer_json(out, one->path, strlen(one->path));
		buffer_print(out, ",\"sha256\":\"%s\",\"rows\":%" PRIu64 "}", one->sha256,
			     one->rows);
	}
	buffer_text(out, "]}");
}

static void json(struct buffer *out, const struct party_answer *answer)
{
	const struct entries *entries = &answer->parties->entries;
	const struct party_question *question = answer->question;
	buffer_text(out, "{\"schema\":1,\"name\":");
	buffer_json(out, question->name.at, question->name.length);
	buffer_text(out, ",\"cut\":\"");
	party_score(out, question->cut ? question->cut : PARTIES_CUT);
	buffer_text(out, "\",\"lists\":[");
	for (size_t i = 0; i < entries->lists; i++) {
		buffer_text(out, i ? "," : "");
		list_json(out, &entries->list[i]);
	}
	buffer_text(out, "],\"parties\":[");
	for (size_t i = 0; i < answer->count; i++) {
		buffer_text(out, i ? "," : "");
		party_hit_json(out, answer, &answer->hit[i], NULL);
	}
	buffer_print(out, "],\"more\":%zu", answer->more);
	buffer_text(out, answer->given->is_cut ? ",\"name_cut\":true" : "");
	buffer_text(out, answer->is_bad_uscc ? ",\"check_character\":\"wrong\"}\n" : "}\n");
}

/* ------------------------------- CSV ------------------------------- */

static void cell(struct buffer *out, const char *text)
{
	size_t start = out->length;
	buffer_text(out, text);
	(void)buffer_end_cell(out, start, true);
	buffer_char(out, ',');
}

static void word_list(struct buffer *out, const struct token *token, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buffer_char(out, ' ');
		buffer_put(out, token[i].text, token[i].length);
	}
}

/* "mingde=mingde:1.0000@1.0000|...": given, listed, score and weight. */
static void pair_cell(struct buffer *out, const struct party_answer *answer,
		      const struct party_hit *hit)
{
	size_t start = out->length;
	for (size_t i = 0; hit->name && i < hit->pairing.count; i++) {
		const struct pair *pair = &hit->pairing.pair[i];
		buffer_text(out, i ? "|" : "");
		word_list(out, answer->given->token + pair->given, pair->given_count);
		buffer_char(out, '=');
		word_list(out, hit->name->token + pair->listed, pair->listed_count);
		buffer_char(out, ':');
		party_score(out, pair->score);
		buffer_char(out, '@');
		party_score(out, pair->weight);
	}
	(void)buffer_end_cell(out, start, true);
}

/* What is said of the answer as a whole, at the end of each of its rows. */
static void csv_end(struct buffer *out, const struct party_answer *answer)
{
	buffer_print(out, ",%zu,%s,%s\n", answer->more, answer->given->is_cut ? "yes" : "no",
		     answer->is_bad_uscc ? "wrong" : "");
}

static void csv_name(struct buffer *out, const struct party_answer *answer)
{
	size_t start = out->length;
	buffer_put(out, answer->question->name.at, answer->question->name.length);
	(void)buffer_end_cell(out, start, true);
	buffer_char(out, ',');
}

static void csv_hit(struct buffer *out, const struct party_answer *answer,
		    const struct party_hit *hit)
{
	csv_name(out, answer);
	cell(out, hit->identifier ? "equal identifier" : "resembles");
	if (hit->name)
		party_score(out, hit->pairing.score);
	buffer_char(out, ',');
	cell(out, hit->name ? hit->name->text : hit->entry->name ? hit->entry->name->text : "");
	cell(out, hit->entry->id);
	size_t start = out->length;
	for (const struct party_text *one = hit->entry->program; one; one = one->next) {
		buffer_text(out, one == hit->entry->program ? "" : "|");
		buffer_text(out, one->text);
	}
	(void)buffer_end_cell(out, start, true);
	buffer_text(out, party_is_drugs(answer->parties, hit->entry) ? ",yes," : ",no,");
	cell(out, hit->list->name);
	cell(out, hit->list->is_latest ? "" : hit->list->date);
	cell(out, hit->list->sha256);
	cell(out, hit->identifier ? hit->identifier->number : "");
	pair_cell(out, answer, hit);
	csv_end(out, answer);
}

static void csv(struct buffer *out, const struct party_answer *answer)
{
	for (size_t i = 0; i < answer->count; i++)
		csv_hit(out, answer, &answer->hit[i]);
	if (answer->count)
		return;
	csv_name(out, answer);
	buffer_text(out, "resembles none,,,,,,,,,,");
	csv_end(out, answer);
}

/* ------------------------------ table ------------------------------ */

static void table_list(struct buffer *out, const struct party_list *list)
{
	buffer_text(out, "  ");
	buffer_text(out, list->name);
	buffer_text(out, ", ");
	shown(out, list->path);
	if (!*list->date)
		buffer_text(out, ", the file names no day");
	else if (list->is_latest)
		buffer_print(out, ", its latest entry of %s", list->date);
	else
		buffer_print(out, ", of %s", list->date);
	buffer_print(out, ", %" PRIu64 " entries, %" PRIu64 " names\n    SHA-256 %s\n",
		     list->entries, list->names, list->sha256);
	for (const struct party_companion *one = list->companion; one; one = one->next) {
		buffer_text(out, "    with ");
		shown(out, one->path);
		buffer_print(out, ", SHA-256 %s\n", one->sha256);
	}
}

static void table_pair(struct buffer *out, const struct party_answer *answer,
		       const struct party_hit *hit, const struct pair *pair)
{
	buffer_text(out, "      ");
	word_list(out, answer->given->token + pair->given, pair->given_count);
	buffer_text(out, " = ");
	word_list(out, hit->name->token + pair->listed, pair->listed_count);
	buffer_print(out, "  (%s, ", pair_how_name(pair->how));
	party_score(out, pair->score);
	buffer_text(out, ") x weight ");
	party_score(out, pair->weight);
	buffer_char(out, '\n');
}

static void table_left(struct buffer *out, const char *title, const struct token *token,
		       size_t count, uint32_t mask)
{
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		if (!(mask >> i & 1) || !token[i].weight)
			continue;
		buffer_text(out, any ? ", " : title);
		buffer_put(out, token[i].text, token[i].length);
		buffer_text(out, " (");
		party_score(out, token[i].weight);
		buffer_char(out, ')');
		any = true;
	}
	if (any)
		buffer_char(out, '\n');
}

static void table_where(struct buffer *out, const struct party_answer *answer,
			const struct party_hit *hit)
{
	if (answer->question->country.length)
		buffer_text(out, hit->has_country      ? "    the country agrees\n"
				 : hit->entry->country ? "    the country differs\n"
						       : "    the list names no country\n");
	if (answer->question->address.length) {
		buffer_text(out, "    of the words of the address agree ");
		party_score(out, hit->address);
		buffer_char(out, '\n');
	}
	if (hit->pairing.numbers_differ)
		buffer_text(out, "    their numbers differ: times 0.7\n");
}

static void table_hit(struct buffer *out, const struct party_answer *answer,
		      const struct party_hit *hit)
{
	if (hit->identifier) {
		buffer_print(out, "  equal identifier  ");
		shown(out, hit->identifier->number);
		if (*hit->identifier->kind)
			buffer_print(out, " (%s)", hit->identifier->kind);
		buffer_text(out, "\n    ");
	} else {
		buffer_text(out, "  resembles  ");
	}
	if (hit->name) {
		party_score(out, hit->pairing.score);
		buffer_text(out, "  ");
	}
	shown(out, hit->name ? hit->name->text : hit->entry->name ? hit->entry->name->text : "");
	if (hit->name && strcmp(hit->name->kind, "name") != 0)
		buffer_print(out, " (%s)", hit->name->kind);
	buffer_print(out, "\n    %s, entry ", hit->list->name);
	shown(out, hit->entry->id);
	for (const struct party_text *one = hit->entry->program; one; one = one->next) {
		buffer_text(out, ", ");
		shown(out, one->text);
	}
	buffer_text(out, party_is_drugs(answer->parties, hit->entry)
			     ? ": a program that marks drugs\n"
			     : "\n");
	table_where(out, answer, hit);
	for (size_t i = 0; hit->name && i < hit->pairing.count; i++)
		table_pair(out, answer, hit, &hit->pairing.pair[i]);
	if (hit->name) {
		table_left(out, "      without a pair in the given name: ", answer->given->token,
			   answer->given->count, hit->pairing.given_left);
		table_left(out, "      without a pair in the listed name: ", hit->name->token,
			   hit->name->count, hit->pairing.listed_left);
	}
}

static void table(struct buffer *out, const struct party_answer *answer)
{
	buffer_shown(out, answer->question->name.at, answer->question->name.length);
	buffer_char(out, '\n');
	for (size_t i = 0; i < answer->count; i++)
		table_hit(out, answer, &answer->hit[i]);
	if (!answer->count) {
		buffer_text(out, "  resembles no entry at a score of ");
		party_score(out, answer->question->cut ? answer->question->cut : PARTIES_CUT);
		buffer_text(out, " or more. Firms that listed ones own need not be named.\n");
	}
	if (answer->more)
		buffer_print(out, "  %zu further entries are not shown: ask with a higher --cut\n",
			     answer->more);
	if (answer->given->is_cut)
		buffer_text(out, "  The name is longer than is read; its end was left out.\n");
	if (answer->is_bad_uscc)
		buffer_text(out, "  The identifier has the form of a unified social credit code, "
				 "and its check character is wrong.\n");
}

/* --------------------------------------------------------------------- */

void party_write_head(struct buffer *out, const struct parties *parties, enum party_format format)
{
	if (format == PARTY_CSV)
		buffer_text(out,
			    "name,says,score,listed,entry,programs,drugs,list,list_date,sha256,"
			    "identifier,pairs,more,name_cut,check_character\n");
	if (format != PARTY_TABLE)
		return;
	buffer_text(out, "Lists\n");
	for (size_t i = 0; i < parties->entries.lists; i++)
		table_list(out, &parties->entries.list[i]);
	buffer_char(out, '\n');
}

void party_write(struct buffer *out, const struct party_answer *answer, enum party_format format)
{
	if (format == PARTY_TABLE)
		table(out, answer);
	else if (format == PARTY_CSV)
		csv(out, answer);
	else
		json(out, answer);
}

/* Columns that the head does not name: what they hold under other names is not read. */
static void write_absent(struct buffer *out, const struct party_list *list)
{
	if (!list->absents)
		return;
	buffer_print(out, "%s: its head does not name", list->path);
	for (size_t i = 0; i < list->absents && i < ENTRIES_ABSENT; i++)
		buffer_print(out, "%s `%s`", i ? "," : "", list->absent[i]);
	if (list->absents > ENTRIES_ABSENT)
		buffer_print(out, " and %zu more", list->absents - ENTRIES_ABSENT);
	buffer_text(out, ": what such columns hold is not read\n");
}

void party_write_skipped(struct buffer *out, const struct parties *parties)
{
	for (size_t i = 0; i < parties->entries.lists; i++) {
		const struct party_list *list = &parties->entries.list[i];
		if (list->skipped)
			buffer_print(
			    out, "%s:%" PRIu64 ": %s; %" PRIu64 " row%s of this list %s skipped\n",
			    list->path, list->skipped_line, list->skipped_why, list->skipped,
			    list->skipped == 1 ? "" : "s", list->skipped == 1 ? "was" : "were");
		if (list->mended)
			buffer_print(out, "%s: %" PRIu64 " cell%s with stray quotes, read as %s\n",
				     list->path, list->mended, list->mended == 1 ? "" : "s",
				     list->mended == 1 ? "it stands" : "they stand");
		if (list->left_out)
			buffer_print(out,
				     "%s: entry %s: %s; %" PRIu64 " such text%s of this list %s "
				     "read in part or left out\n",
				     list->path, list->left_out_of, list->left_out_what,
				     list->left_out, list->left_out == 1 ? "" : "s",
				     list->left_out == 1 ? "was" : "were");
		if (list->recoded)
			buffer_print(
			    out, "%s: %" PRIu64 " byte%s not UTF-8, read as Windows-1252\n",
			    list->path, list->recoded, list->recoded == 1 ? " is" : "s are");
		write_absent(out, list);
		if (list->repeated)
			buffer_print(out, "%s: %" PRIu64 " entr%s of OFAC's own file left out\n",
				     list->path, list->repeated, list->repeated == 1 ? "y" : "ies");
	}
}
