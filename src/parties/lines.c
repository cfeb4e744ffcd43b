/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/lines.h"

#include <stdlib.h>
#include <string.h>

#include "common/ascii.h"
#include "common/error.h"
#include "common/words.h"

enum {
	KEPT = 1 << 15,  /* answers that a worker keeps; a power of two */
	HELD = 32 << 20, /* bytes of them; beyond it all are let go */
	KEY = 4096,      /* bytes of a text that are kept with them; longer ones are asked anew */
	DIGITS_LEAST = 4 /* of what may be a number */
};

/* Who has a part in a line, and where that stands. */
static const struct role {
	const char *field;
	enum tw_column name, identifier, address; /* TW_COLUMN_COUNT: nowhere */
} roles[] = {
    {"importer", TW_COLUMN_IMPORTER, TW_COLUMN_COUNT, TW_COLUMN_COUNT},
    {"consignee", TW_COLUMN_CONSIGNEE, TW_COLUMN_CONSIGNEE_ID, TW_COLUMN_CONSIGNEE_ADDRESS},
    {"shipper", TW_COLUMN_SHIPPER, TW_COLUMN_COUNT, TW_COLUMN_SHIPPER_ADDRESS},
    {"seller", TW_COLUMN_SELLER, TW_COLUMN_COUNT, TW_COLUMN_COUNT},
    {"buyer", TW_COLUMN_BUYER, TW_COLUMN_COUNT, TW_COLUMN_COUNT},
};
enum { ROLES = sizeof roles / sizeof *roles };

/* An answer by the text that was asked: role, name, address and number behind one another. */
struct kept {
	uint64_t hash;
	struct buffer text; /* the key, then what was said, as JSON, cell and words */
	size_t key, json, cell, words;
	size_t more;
	enum tw_lane lane;
	bool is_cut;
};

struct worker {
	struct party_asker *asker;
	struct kept *kept;
	size_t held;          /* bytes of what is kept */
	struct kept long_one; /* of a key that is too long to be kept */
	struct buffer key, json, cell, words;
};

struct party_lines {
	const struct parties *parties;
	uint32_t cut;
	struct buffer lists, lists_cell;
	struct worker *worker;
	unsigned workers;
};

/* ------------------------------- lists ------------------------------- */

static void list_member(struct buffer *out, const struct party_list *list)
{
	buffer_char(out, '{');
	party_list_json(out, list);
	buffer_text(out, ",\"with\":[");
	for (const struct party_companion *one = list->companion; one; one = one->next)
		buffer_print(out, "%s\"%s\"", one == list->companion ? "" : ",", one->sha256);
	buffer_text(out, "]}");
}

static void write_lists(struct party_lines *lines)
{
	const struct entries *entries = &lines->parties->entries;
	struct buffer *out = &lines->lists, *cell = &lines->lists_cell;
	buffer_text(out, "\"lists\":[");
	for (size_t i = 0; i < entries->lists; i++) {
		const struct party_list *list = &entries->list[i];
		buffer_text(out, i ? "," : "");
		list_member(out, list);
		buffer_print(cell, "%s%s %s sha256:%s", i ? "|" : "", list->name,
			     *list->date ? list->date : "undated", list->sha256);
		for (const struct party_companion *one = list->companion; one; one = one->next)
			buffer_print(cell, "+%s", one->sha256);
	}
	buffer_text(out, "],\"cut\":\"");
	party_score(out, lines->cut);
	buffer_char(out, '"');
}

/* ------------------------------- hits ------------------------------- */

/* "(OFAC SDN, entry 1003, SDNTK: marks drugs)" */
static void where(struct buffer *out, const struct parties *parties, const struct party_hit *hit)
{
	buffer_print(out, " (%s, entry %s", hit->list->name, hit->entry->id);
	for (const struct party_text *one = hit->entry->program; one; one = one->next)
		buffer_print(out, ", %s", one->text);
	buffer_text(out, party_is_drugs(parties, hit->entry) ? ": marks drugs)" : ")");
}

static void in_words(struct buffer *out, const struct parties *parties, const struct party_hit *hit,
		     const char *field)
{
	const struct party_name *name = hit->name ? hit->name : hit->entry->name;
	if (hit->identifier)
		buffer_print(out, "%s: equal identifier %s of %s", field, hit->identifier->number,
			     name ? name->text : "an entry without a name");
	else
		buffer_print(out, "%s resembles %s", field, name->text);
	if (hit->name) {
		buffer_text(out, ", ");
		party_score(out, hit->pairing.score);
	}
	where(out, parties, hit);
}

/* The same as part of a cell, where a bar stands between two. */
static void as_cell(struct buffer *out, const struct parties *parties, const struct party_hit *hit,
		    const char *field)
{
	size_t start = out->length;
	in_words(out, parties, hit, field);
	for (size_t i = start; !out->failed && i < out->length; i++)
		if (out->at[i] == '|')
			out->at[i] = '/';
}

/* What the hits do not say: how many more there are, and that a name was not compared whole. */
static void besides(struct buffer *out, const struct party_answer *found, const char *field,
		    const char *between)
{
	if (found->more)
		buffer_print(out, "%s%s resembles %zu further %s", between, field, found->more,
			     found->more == 1 ? "entry" : "entries");
	if (found->given->is_cut)
		buffer_print(out, "%s%s is longer than is compared: its end was left out",
			     found->count || found->more ? between : "", field);
}

static bool answer(struct kept *kept, const struct party_lines *lines, struct worker *worker,
		   const struct role *role, const struct party_question *question)
{
	struct buffer *out = &kept->text;
	const struct party_answer *found = parties_ask(worker->asker, question);
	kept->key = out->length;
	kept->lane = TW_LANE_NONE;
	for (size_t i = 0; i < found->count; i++) {
		enum tw_lane lane = found->hit[i].identifier ? TW_LANE_RED : TW_LANE_YELLOW;
		kept->lane = lane > kept->lane ? lane : kept->lane;
		buffer_text(out, i ? "," : "");
		party_hit_json(out, found, &found->hit[i], role->field);
	}
	kept->json = out->length;
	for (size_t i = 0; i < found->count; i++) {
		buffer_text(out, i ? "|" : "");
		as_cell(out, lines->parties, &found->hit[i], role->field);
	}
	besides(out, found, role->field, "|");
	kept->cell = out->length;
	for (size_t i = 0; i < found->count; i++) {
		buffer_text(out, i ? "; " : "");
		in_words(out, lines->parties, &found->hit[i], role->field);
	}
	besides(out, found, role->field, "; ");
	/* What was not compared was not cleared. */
	if (found->given->is_cut && kept->lane < TW_LANE_YELLOW)
		kept->lane = TW_LANE_YELLOW;
	kept->words = out->length;
	kept->more = found->more;
	kept->is_cut = found->given->is_cut;
	return !out->failed;
}

/* A number may stand where a name does. */
static bool may_be_number(struct tw_text text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.length; i++)
		digits += is_digit(text.at[i]);
	return digits >= DIGITS_LEAST;
}

static uint64_t hash_of(const struct buffer *key)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < key->length; i++)
		hash = (hash ^ (unsigned char)key->at[i]) * UINT64_C(1099511628211);
	return hash ^ hash >> 32;
}

static void add_text(struct buffer *key, struct tw_text text)
{
	uint64_t length = text.length;
	buffer_put(key, &length, sizeof length);
	buffer_put(key, text.at, text.length);
}

static void let_go(struct worker *worker)
{
	for (size_t i = 0; i < KEPT; i++) {
		buffer_free(&worker->kept[i].text);
		worker->kept[i] = (struct kept){0};
	}
	worker->held = 0;
}

/* What was said of a party before, or is said now; NULL: no memory. */
static const struct kept *look_up(const struct party_lines *lines, struct worker *worker,
				  const struct role *role, const struct party_question *question)
{
	struct buffer *key = &worker->key;
	key->length = 0;
	buffer_char(key, (char)(role - roles));
	add_text(key, question->name);
	add_text(key, question->address);
	add_text(key, question->identifier);
	if (key->failed)
		return NULL;
	uint64_t hash = hash_of(key);
	bool is_long = key->length > KEY;
	struct kept *kept = is_long ? &worker->long_one : &worker->kept[hash & (KEPT - 1)];
	if (!is_long && kept->key == key->length && kept->hash == hash &&
	    !memcmp(kept->text.at, key->at, key->length))
		return kept;
	if (worker->held > HELD)
		let_go(worker);
	size_t before = kept->text.room;
	kept->hash = hash;
	kept->text.length = 0;
	buffer_put(&kept->text, key->at, key->length);
	bool answered = answer(kept, lines, worker, role, question);
	worker->held += is_long ? 0 : kept->text.room - before;
	if (!answered) {
		buffer_free(&kept->text);
		*kept = (struct kept){0};
		return NULL;
	}
	return kept;
}

/* ------------------------------- lines ------------------------------- */

static void join(struct buffer *out, const struct kept *kept, size_t from, size_t to,
		 const char *between)
{
	if (from == to)
		return;
	buffer_text(out, out->length ? between : "");
	buffer_put(out, kept->text.at + from, to - from);
}

static struct tw_text text_at(const struct tw_text *column, enum tw_column at)
{
	return at < TW_COLUMN_COUNT && column[at].length ? column[at] : (struct tw_text){"", 0};
}

/* The members of JSON, where anything is to be said. */
static void close_json(struct buffer *json, size_t more, unsigned cut)
{
	bool first = true;
	if (!json->length && !cut)
		return;
	if (!json->length)
		buffer_text(json, "\"found\":[");
	buffer_char(json, ']');
	if (more)
		buffer_print(json, ",\"more\":%zu", more);
	for (size_t i = 0; i < ROLES; i++)
		if (cut >> i & 1) {
			buffer_print(json, "%s\"%s\"", first ? ",\"names_cut\":[" : ",",
				     roles[i].field);
			first = false;
		}
	buffer_text(json, first ? "" : "]");
}

bool party_lines_look(void *context, unsigned index, struct finding_parties *out,
		      const struct tw_text *column)
{
	const struct party_lines *lines = context;
	struct worker *worker = &lines->worker[index];
	size_t more = 0;
	unsigned cut = 0;
	*out = (struct finding_parties){.lane = TW_LANE_NONE};
	worker->json.length = worker->cell.length = worker->words.length = 0;
	for (size_t i = 0; i < ROLES; i++) {
		const struct role *role = &roles[i];
		struct party_question question = {.name = text_at(column, role->name),
						  .address = text_at(column, role->address),
						  .country = {"", 0},
						  .identifier = text_at(column, role->identifier),
						  .cut = lines->cut};
		question.may_be_number = may_be_number(question.name);
		if (!question.name.length && !question.identifier.length)
			continue;
		const struct kept *kept = look_up(lines, worker, role, &question);
		if (!kept)
			return false;
		if (kept->json > kept->key && !worker->json.length)
			buffer_text(&worker->json, "\"found\":[");
		else if (kept->json > kept->key)
			buffer_char(&worker->json, ',');
		buffer_put(&worker->json, kept->text.at + kept->key, kept->json - kept->key);
		join(&worker->cell, kept, kept->json, kept->cell, "|");
		join(&worker->words, kept, kept->cell, kept->words, "; ");
		out->lane = kept->lane > out->lane ? kept->lane : out->lane;
		more += kept->more;
		cut |= (unsigned)kept->is_cut << i;
	}
	close_json(&worker->json, more, cut);
	out->json = (struct tw_text){worker->json.at, worker->json.length};
	out->cell = (struct tw_text){worker->cell.at, worker->cell.length};
	out->words = (struct tw_text){worker->words.at, worker->words.length};
	return !worker->json.failed && !worker->cell.failed && !worker->words.failed;
}

const enum tw_column *party_lines_columns(size_t *count)
{
	static const enum tw_column columns[] = {
	    TW_COLUMN_IMPORTER,     TW_COLUMN_CONSIGNEE,
	    TW_COLUMN_CONSIGNEE_ID, TW_COLUMN_CONSIGNEE_ADDRESS,
	    TW_COLUMN_SHIPPER,      TW_COLUMN_SHIPPER_ADDRESS,
	    TW_COLUMN_SELLER,       TW_COLUMN_BUYER};
	*count = sizeof columns / sizeof *columns;
	return columns;
}

struct tw_text party_lines_lists(const struct party_lines *lines)
{
	return (struct tw_text){lines->lists.at, lines->lists.length};
}

struct tw_text party_lines_cell(const struct party_lines *lines)
{
	return (struct tw_text){lines->lists_cell.at, lines->lists_cell.length};
}

static void free_worker(struct worker *worker)
{
	party_asker_free(worker->asker);
	for (size_t i = 0; worker->kept && i < KEPT; i++)
		buffer_free(&worker->kept[i].text);
	free(worker->kept);
	buffer_free(&worker->long_one.text);
	buffer_free(&worker->key);
	buffer_free(&worker->json);
	buffer_free(&worker->cell);
	buffer_free(&worker->words);
}

void party_lines_free(struct party_lines *lines)
{
	if (!lines)
		return;
	for (unsigned i = 0; lines->worker && i < lines->workers; i++)
		free_worker(&lines->worker[i]);
	free(lines->worker);
	buffer_free(&lines->lists);
	buffer_free(&lines->lists_cell);
	free(lines);
}

int party_lines_new(struct party_lines **out, const struct parties *parties, uint32_t cut,
		    unsigned workers, struct tw_error *error)
{
	struct party_lines *lines = calloc(1, sizeof *lines);
	bool made = lines && (lines->worker = calloc(workers, sizeof *lines->worker));
	if (made) {
		lines->parties = parties;
		lines->cut = cut ? cut : PARTIES_CUT;
		lines->workers = workers;
		write_lists(lines);
		made = !lines->lists.failed && !lines->lists_cell.failed;
	}
	for (unsigned i = 0; made && i < workers; i++) {
		struct worker *worker = &lines->worker[i];
		made = (worker->asker = party_asker_new(parties)) &&
		       (worker->kept = calloc(KEPT, sizeof *worker->kept));
	}
	if (!made) {
		party_lines_free(lines);
		return error_memory(error);
	}
	*out = lines;
	return TW_OK;
}
