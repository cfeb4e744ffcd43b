/* SPDX-License-Identifier: Apache-2.0 */
#include "screen/inquiry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/error.h"
#include "common/instant.h"
#include "common/quantity.h"
#include "rulebook/units.h"
#include "screen/content.h"
#include "screen/find.h"

const char *const inquiry_certainty[] = {"weak", "near", "exact"};
const char *const inquiry_status[] = {"required", "below-threshold", "quantity-unknown",
				      "off-route", "undecided"};
const char *const inquiry_direction[] = {"import", "export", "transit", "domestic"};
const char *const inquiry_must[] = {"nothing is asked", "required", "it depends", "prohibited"};
const char *const inquiry_lane[] = {"none", "green", "yellow", "red"};

const char *inquiry_asks(const struct control_answer *answer)
{
	return answer->prohibited && answer->status == TW_CONTROL_REQUIRED
		   ? "prohibited"
		   : inquiry_status[answer->status];
}

/* A name of several countries that is two letters long. */
static bool is_union(const struct rb *rb, const char *letters)
{
	for (uint32_t i = 0; i < rb->country_name_count; i++)
		if (rb->country_names[i].country == RB_NONE &&
		    !strcasecmp(rb_text(rb, rb->country_names[i].text), letters))
			return true;
	return false;
}

bool inquiry_country(char out[3], const tw_rulebook *rulebook, struct tw_text letters, bool into)
{
	const struct rb *rb = rulebook_layout(rulebook);
	if (letters.length != 2)
		return false;
	for (size_t i = 0; i < 2; i++) {
		char c = letters.at[i];
		out[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	out[2] = '\0';
	for (uint32_t i = 0; i < rb->country_count; i++)
		if (!strcmp(rb->countries[i].iso2, out))
			return true;
	return into && is_union(rb, out);
}

bool inquiry_quantity(struct screen_facts *facts, const tw_rulebook *rulebook, const char *text)
{
	const struct rb *rb = rulebook_layout(rulebook);
	size_t length = strspn(text, "0123456789.,");
	const char *spelled = text + length + strspn(text + length, " "), *right = "";
	uint32_t unit = units_find(rb, (struct tw_text){spelled, strlen(spelled)});
	int64_t quantity;
	return length && quantity_parse(&quantity, (struct tw_text){text, length}, &right) &&
	       (units_milligrams(&facts->weight, rb, unit, quantity) ||
		units_microlitres(&facts->volume, rb, unit, quantity));
}

int32_t inquiry_concentration(const char *text)
{
	return content_column((struct tw_text){text, strlen(text)});
}

int inquiry_open(struct inquiry *inquiry, const tw_rulebook *rulebook, struct tw_error *error)
{
	int32_t last = rulebook_layout(rulebook)->law->coverage_last;
	inquiry->edition = tw_rulebook_edition(rulebook);
	inquiry->known_on = tw_rulebook_known_on(rulebook);
	if (!ledger_open(&inquiry->ledger, rulebook)) {
		return error_set(error, TW_NOT_FOUND,
				 "this rulebook contains no chemicals; compile it from a law "
				 "folder with law/substances");
	}
	if (time_local_day(TIME_ZONE_UTC, inquiry->facts.entered) > last)
		time_print_day(inquiry->known_to, last);
	find_sections(&inquiry->names, &inquiry->classes, rulebook);
	return TW_OK;
}

bool inquiry_routeless(const struct inquiry *inquiry)
{
	const struct screen_facts *f = &inquiry->facts;
	return !*f->origin && !*f->into && !f->via_count;
}

enum likeness inquiry_like(const struct ledger *ledger, uint32_t substance, const char *text,
			   const char **name)
{
	const struct ledger_substance *s = &ledger->substances[substance];
	enum likeness best = LIKE_NOT;
	for (uint32_t i = 0; i <= s->names.count; i++) {
		const char *at = i ? ledger_text(ledger, ledger->names[s->names.first + i - 1].text)
				   : ledger_text(ledger, s->name);
		const char *hit = strcasestr(at, text);
		enum likeness like = !hit ? LIKE_NOT : hit == at ? LIKE_START : LIKE_INSIDE;
		if (like > best) {
			best = like;
			*name = at;
		}
	}
	return best;
}

static bool reaches(const struct ledger *ledger, uint32_t substance, uint32_t row_of)
{
	const struct ledger_substance *s = &ledger->substances[substance];
	if (row_of == substance)
		return true;
	for (uint32_t i = 0; i < s->classes.count; i++)
		if (ledger->indexes[s->classes.first + i] == row_of)
			return true;
	return false;
}

size_t inquiry_changes(struct ledger_change *out, size_t capacity, const struct inquiry *inquiry,
		       uint32_t substance)
{
	const struct ledger *ledger = &inquiry->ledger;
	size_t most = 2 * (size_t)ledger->count[LEDGER_CONTROLS], kept = 0;
	struct ledger_change *all = calloc(most + 1, sizeof *all);
	if (!all)
		return SIZE_MAX;
	size_t count = ledger_changes(all, most, ledger, LEDGER_DAY_MIN, LEDGER_DAY_MAX - 1);
	for (size_t i = 0; i < count && kept < capacity; i++)
		if (reaches(ledger, substance, all[i].row->substance))
			out[kept++] = all[i];
	free(all);
	return kept;
}

static bool is_among(const struct ledger *ledger, const struct ledger_penalty *penalty,
		     uint32_t substance)
{
	for (uint32_t i = 0; i < penalty->goods.count; i++)
		if (ledger->indexes[penalty->goods.first + i] == substance)
			return true;
	return false;
}

/* With a weight: of each offence the highest band that it reaches. Without: every band. */
size_t inquiry_penalties(const struct ledger_penalty **out, size_t capacity,
			 const struct inquiry *inquiry, uint32_t substance)
{
	const struct ledger *ledger = &inquiry->ledger;
	int64_t weight = inquiry->facts.weight;
	size_t count = 0;
	for (uint32_t i = 0; i < ledger->count[LEDGER_PENALTIES]; i++) {
		const struct ledger_penalty *p = &ledger->penalties[i];
		size_t at = count;
		if (!is_among(ledger, p, substance) || (weight >= 0 && weight < p->least))
			continue;
		for (size_t k = 0; weight >= 0 && k < count; k++)
			if (out[k]->offence == p->offence)
				at = k;
		if (at < count && out[at]->least >= p->least)
			continue;
		if (at < capacity)
			out[at] = p;
		if (at == count && count < capacity)
			count++;
	}
	return count;
}

/* A class shown by structure: other classes are hits of their own. */
static bool is_alone(const struct inquiry *inquiry, const struct inquiry_found *found)
{
	return !strcmp(found->how, "structure") &&
	       (inquiry->ledger.substances[found->substance].flags & LEDGER_CLASS);
}

size_t inquiry_decide(struct control_answer answers[INQUIRY_CONTROLS],
		      const struct inquiry *inquiry, const struct inquiry_found *found)
{
	uint32_t named[INQUIRY_FOUND]; /* what the text surely names */
	size_t count = 0;
	for (size_t i = 0; i < inquiry->found_count; i++)
		if (inquiry->found[i].certainty == TW_CERTAINTY_EXACT)
			named[count++] = inquiry->found[i].substance;
	const struct control_question question = {.ledger = &inquiry->ledger,
						  .facts = &inquiry->facts,
						  .ppm = inquiry->ppm,
						  .named = named,
						  .named_count = count,
						  .alone = is_alone(inquiry, found)};
	return control_decide(answers, INQUIRY_CONTROLS, &question, found->substance);
}
