/* SPDX-License-Identifier: Apache-2.0 */
/* A chemical asked for by a public call: the question is read here, the answer is substance.c's. */
#include "tidewaiter_substance.h"

#include "common/error.h"
#include "common/instant.h"
#include "findings/substance.h"

#include <string.h>

enum { TRANSITS = 8 };

static int read_country(char out[3], const tw_rulebook *rulebook, const char *place,
			struct tw_text text, struct tw_error *error)
{
	if (inquiry_country(out, rulebook, text, !strcmp(place, "into")))
		return TW_OK;
	*out = '\0';
	return error_set(error, TW_BAD_ARGUMENT,
			 "%s \"%.*s\": write a country's two letters, such as US", place,
			 (int)(text.length < 40 ? text.length : 40), text.at);
}

static int read_via(struct screen_facts *facts, const tw_rulebook *rulebook, const char *text,
		    struct tw_error *error)
{
	int code = TW_OK;
	for (text += strspn(text, " "); *text && !code; text += strspn(text, " ")) {
		struct tw_text one = {text, strcspn(text, " ")};
		if (facts->via_count == TRANSITS)
			return error_set(error, TW_BAD_ARGUMENT, "via: at most %d countries",
					 TRANSITS);
		code = read_country(facts->via[facts->via_count++], rulebook, "via", one, error);
		text += one.length;
	}
	return code;
}

static int read_route(struct inquiry *inquiry, const tw_rulebook *rulebook,
		      const struct tw_substance_query *query, struct tw_error *error)
{
	struct screen_facts *facts = &inquiry->facts;
	int code = TW_OK;
	if (query->into)
		code = read_country(facts->into, rulebook, "into",
				    (struct tw_text){query->into, strlen(query->into)}, error);
	if (!code && query->from)
		code = read_country(facts->origin, rulebook, "from",
				    (struct tw_text){query->from, strlen(query->from)}, error);
	return !code && query->via ? read_via(facts, rulebook, query->via, error) : code;
}

static int read_question(struct inquiry *inquiry, const tw_rulebook *rulebook,
			 const struct tw_substance_query *query, struct tw_error *error)
{
	struct time_parsed parsed;
	const char *right;
	struct tw_text on = {query->on, strlen(query->on)};
	if (!time_parse(&parsed, TIME_ZONE_UTC, on, &right))
		return error_set(error, TW_BAD_ARGUMENT, "on \"%.40s\": %s", query->on, right);
	inquiry->on = query->on;
	inquiry->facts.entered = parsed.at;
	int code = read_route(inquiry, rulebook, query, error);
	if (!code && query->weight && !inquiry_quantity(&inquiry->facts, rulebook, query->weight))
		return error_set(error, TW_BAD_ARGUMENT,
				 "weight \"%.40s\": write a number and a unit: 25kg, 500g, 200L",
				 query->weight);
	if (!code && query->concentration &&
	    (inquiry->ppm = inquiry_concentration(query->concentration)) < 0)
		return error_set(error, TW_BAD_ARGUMENT,
				 "concentration \"%.40s\": write a number of percent: 12.5",
				 query->concentration);
	return code;
}

/* What is not given, or of a size that it never had. */
static int check(const struct tw_output *out, const tw_rulebook *rulebook, const char *name,
		 const struct tw_substance_query *query, struct tw_error *error)
{
	static const struct error_sizes sizes = {"tw_substance_query", "TW_SUBSTANCE_QUERY_INIT",
						 sizeof *query, sizeof *query};
	if (!out || !rulebook || !name || !query)
		return error_null(error, !out        ? "out"
					 : !rulebook ? "rulebook"
					 : !name     ? "name"
						     : "query");
	int code = error_size(error, &sizes, query->size);
	if (!code && !query->on)
		code = error_null(error, "on");
	return !code && !*name ? error_set(error, TW_BAD_ARGUMENT, "the name is empty") : code;
}

int tw_substance_json(struct tw_output *out, size_t *found, const tw_rulebook *rulebook,
		      const char *name, const struct tw_substance_query *query,
		      struct tw_error *error)
{
	struct inquiry inquiry = INQUIRY_INIT;
	if (found)
		*found = 0;
	int code = check(out, rulebook, name, query, error);
	inquiry.asked = name;
	if (code || (code = read_question(&inquiry, rulebook, query, error)) ||
	    (code = inquiry_open(&inquiry, rulebook, error)) ||
	    (code = inquiry_ask(&inquiry, error)))
		return code;
	struct buffer buffer = {.at = out->at, .length = out->length, .room = out->room};
	substance_json(&buffer, &inquiry);
	bool whole = !buffer.failed && buffer_room(&buffer, 1);
	*out = (struct tw_output){buffer.at, whole ? buffer.length : out->length, buffer.room};
	if (out->at && out->room > out->length)
		out->at[out->length] = '\0';
	if (found)
		*found = inquiry.found_count;
	return whole ? TW_OK : error_memory(error);
}
