/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/ascii.h"
#include "common/instant.h"
#include "lines/columns.h"

const char *const form_names[FORM_COUNT] = {"json", "ndjson", "csv", "svg", "xlsx", "yaml"};
const char *const form_types[FORM_COUNT] = {
    "application/json",
    "application/x-ndjson",
    "text/csv",
    "image/svg+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/yaml"};

/* Whether a path is that of the route; the part in braces goes to the question. */
static bool fits(struct question *question, const char *pattern, const char *path)
{
	const char *brace = strchr(pattern, '{');
	if (!brace)
		return !strcmp(pattern, path);
	size_t length = (size_t)(brace - pattern);
	const char *id = path + length;
	if (strncmp(pattern, path, length) != 0 || !*id || strchr(id, '/'))
		return false;
	snprintf(question->id, sizeof question->id, "%s", id);
	return true;
}

/* A route that is named nearly so. */
static void no_route(struct reply *reply, const char *path)
{
	const char *names[64];
	size_t count = 0;
	for (size_t i = 0; i < route_count && count < 64; i++)
		if (!strchr(routes[i].path, '{'))
			names[count++] = routes[i].path;
	const char *nearest = columns_nearest(path, strlen(path), names, count);
	reply_problem(reply, 404, "not-found", NULL,
		      "there is nothing at this address%s%s; /v1/openapi.json says what there is",
		      nearest ? "; did you mean " : "", nearest ? nearest : "");
}

const struct route *route_find(struct reply *reply, struct question *question, const char *method,
			       const char *path)
{
	const struct route *other = NULL;
	bool head = !strcmp(method, "HEAD");
	if (strlen(path) >= QUESTION_PATH) {
		reply_problem(reply, 414, "too-long", NULL, "the address is too long");
		return NULL;
	}
	memcpy(question->path, path, strlen(path) + 1);
	for (size_t i = 0; i < route_count; i++) {
		if (!fits(question, routes[i].path, path))
			continue;
		if (!strcmp(routes[i].method, head ? "GET" : method))
			return question->route = &routes[i];
		other = &routes[i];
	}
	if (!other) {
		no_route(reply, path);
		return NULL;
	}
	const char *allow = !strcmp(other->method, "GET") ? "GET, HEAD, OPTIONS" : "POST, OPTIONS";
	if (!strcmp(method, "OPTIONS"))
		reply->status = 204;
	else
		reply_problem(reply, 405, "method", NULL, "%s is asked by %s", other->path,
			      other->method);
	reply->allow = allow;
	return NULL;
}

static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if ((*a == '_' ? '-' : *a) != (*b == '_' ? '-' : *b))
			return false;
	return *a == *b;
}

static const struct param *find_param(const struct route *route, const char *name)
{
	for (size_t g = 0; g < ROUTE_PARAMS; g++)
		for (size_t i = 0; i < route->params[g].count; i++)
			if (same_name(route->params[g].at[i].name, name))
				return &route->params[g].at[i];
	return NULL;
}

static void no_param(struct reply *reply, const struct route *route, const char *name)
{
	const char *names[QUESTION_GIVEN];
	size_t count = 0;
	for (size_t g = 0; g < ROUTE_PARAMS; g++)
		for (size_t i = 0; i < route->params[g].count && count < QUESTION_GIVEN; i++)
			names[count++] = route->params[g].at[i].name;
	const char *nearest = columns_nearest(name, strlen(name), names, count);
	reply_problem(reply, 400, "unknown-parameter", name, "%s has no parameter \"%.60s\"%s%s%s",
		      route->path, name, nearest ? "; did you mean " : "", nearest ? nearest : "",
		      nearest ? "?" : "");
}

static int flag_of(const char *value)
{
	static const char *const words[] = {"no", "yes", "false", "true", "0", "1", "off", "on"};
	for (int i = 0; i < 8; i++)
		if (!strcasecmp(value, words[i]))
			return i % 2;
	return *value ? -1 : 1;
}

static bool is_time(const char *value, bool day_alone)
{
	struct time_parsed parsed;
	const char *right;
	if (!strcasecmp(value, "today"))
		return true;
	return time_parse(&parsed, TIME_ZONE_UTC, (struct tw_text){value, strlen(value)}, &right) &&
	       (!day_alone || parsed.is_date);
}

static bool is_choice(const struct param *param, const char *value)
{
	for (size_t i = 0; param->choices[i]; i++)
		if (!strcasecmp(param->choices[i], value))
			return true;
	return false;
}

static void say_choices(char *out, size_t size, const char *const *choices)
{
	size_t at = 0;
	*out = '\0';
	for (size_t i = 0; choices[i] && at < size; i++)
		at += (size_t)snprintf(out + at, size - at, "%s%s",
				       !i               ? ""
				       : choices[i + 1] ? ", "
							: " or ",
				       choices[i]);
}

/* Whether the value is of the kind of the parameter. What goods are is the assessor's to say. */
static bool check_value(struct reply *reply, const struct param *param, const char *value)
{
	char right[200] = "";
	if (param->kind == PARAM_FLAG && flag_of(value) < 0)
		snprintf(right, sizeof right, "yes or no");
	else if (param->kind == PARAM_CHOICE && !is_choice(param, value))
		say_choices(right, sizeof right, param->choices);
	else if (param->kind == PARAM_DAY && !is_time(value, true))
		snprintf(right, sizeof right, "a day, such as 2025-05-02");
	else if (param->kind == PARAM_TIME && !param->column && !is_time(value, false))
		snprintf(right, sizeof right,
			 "a day or a local time, such as 2025-05-02 or 2025-05-02T00:01");
	if (*right)
		reply_problem(reply, 400, "bad-parameter", param->name, "%s \"%.60s\": write %s",
			      param->name, value, right);
	return !*right;
}

bool route_give(struct reply *reply, struct question *question, const char *name, const char *value)
{
	const struct param *param = find_param(question->route, name);
	if (!param) {
		no_param(reply, question->route, name);
		return false;
	}
	if (buffer_flaws(value, strlen(value)) || strpbrk(value, "\r\n")) {
		reply_problem(reply, 400, "bad-parameter", param->name,
			      "%s holds what is not UTF-8, or control characters", param->name);
		return false;
	}
	if (!param->many && question_get(question, param->name)) {
		reply_problem(reply, 400, "bad-parameter", param->name, "%s is given twice",
			      param->name);
		return false;
	}
	if (question->count == QUESTION_GIVEN) {
		reply_problem(reply, 400, "bad-parameter", param->name,
			      "there are more than %d parameters", QUESTION_GIVEN);
		return false;
	}
	if (!check_value(reply, param, value))
		return false;
	question->given[question->count++] = (struct given){param, value};
	return true;
}

/* The media type at the front of a header, without what follows it; false: it is not this one. */
static bool is_type(const char *text, size_t length, const char *type)
{
	return length == strlen(type) && !strncasecmp(text, type, length);
}

static int form_of_type(const char *text, size_t length)
{
	static const struct {
		const char *type;
		enum form form;
	} others[] = {{"application/ndjson", FORM_NDJSON},
		      {"application/jsonl", FORM_NDJSON},
		      {"application/x-jsonlines", FORM_NDJSON},
		      {"application/csv", FORM_CSV},
		      {"text/tab-separated-values", FORM_CSV},
		      {"text/plain", FORM_CSV},
		      {"text/yaml", FORM_YAML},
		      {"application/x-yaml", FORM_YAML},
		      {"text/json", FORM_JSON}};
	for (int i = 0; i < FORM_COUNT; i++)
		if (is_type(text, length, form_types[i]))
			return i;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (is_type(text, length, others[i].type))
			return (int)others[i].form;
	return -1;
}

/* Digits of "q=0.8" in thousands; 1000 where there is none. */
static int weight_of(const char *text, size_t length)
{
	for (size_t i = 0; i + 2 < length; i++) {
		if ((text[i] != 'q' && text[i] != 'Q') || text[i + 1] != '=' ||
		    (i && text[i - 1] != ';' && text[i - 1] != ' '))
			continue;
		int weight = text[i + 2] == '1' ? 1000 : 0, place = 100;
		for (size_t k = i + 4; k < length && is_digit(text[k]) && place; k++, place /= 10)
			weight += (text[k] - '0') * place;
		return weight;
	}
	return 1000;
}

/* What one range of Accept says of a form: its weight, by how closely it is named. */
static void weigh(int weight[FORM_COUNT], int closeness[FORM_COUNT], const char *text,
		  size_t length)
{
	size_t name = 0;
	while (name < length && text[name] != ';' && text[name] != ' ')
		name++;
	int q = weight_of(text + name, length - name), named = form_of_type(text, name);
	for (int i = 0; i < FORM_COUNT; i++) {
		const char *slash = strchr(form_types[i], '/');
		size_t family = (size_t)(slash - form_types[i]) + 1;
		int close = i == named ? 3
			    : name == family + 1 && text[family] == '*' &&
				    !strncasecmp(text, form_types[i], family)
				? 2
			    : is_type(text, name, "*/*") ? 1
							 : 0;
		if (close > closeness[i]) {
			closeness[i] = close;
			weight[i] = q;
		}
	}
}

/* The form of the answer by Accept; -1: none of those that there are. */
static int choose(unsigned answers, const char *accept, enum form usual)
{
	int weight[FORM_COUNT] = {0}, closeness[FORM_COUNT] = {0}, best = -1;
	while (*accept) {
		size_t skip = strspn(accept, " \t,"), length = strcspn(accept + skip, ",");
		if (length)
			weigh(weight, closeness, accept + skip, length);
		accept += skip + length;
	}
	for (int i = 0; i < FORM_COUNT; i++) {
		if (!(answers & FORM_BIT(i)) || !weight[i])
			continue;
		if (best < 0 || weight[i] > weight[best] ||
		    (weight[i] == weight[best] && (enum form)i == usual &&
		     closeness[i] >= closeness[best]) ||
		    (weight[i] == weight[best] && closeness[i] > closeness[best]))
			best = i;
	}
	return best;
}

static enum form usual_form(const struct question *question)
{
	const struct route *route = question->route;
	int first = 0;
	if (route->bodies && route->answers & FORM_BIT(question->body))
		return question->body;
	if (route->bodies && question->body == FORM_XLSX)
		return FORM_CSV;
	while (first < FORM_COUNT - 1 && !(route->answers & FORM_BIT(first)))
		first++;
	return (enum form)first;
}

static bool settle_body(struct reply *reply, struct question *question, const char *type)
{
	const struct route *route = question->route;
	if (!route->bodies)
		return true;
	size_t length = type ? strcspn(type, "; ") : 0;
	int form = type ? form_of_type(type, length) : -1;
	if (form >= 0 && route->bodies & FORM_BIT(form)) {
		question->body = (enum form)form;
		question->has_form = true;
		return true;
	}
	/* What says nothing of itself is looked at: forms of programs say this of anything. */
	static const char *const silent[] = {"application/octet-stream", "application/gzip",
					     "application/zstd", "application/x-gzip",
					     "application/x-www-form-urlencoded"};
	bool is_silent = !type || !*type;
	for (size_t i = 0; i < sizeof silent / sizeof *silent && !is_silent; i++)
		is_silent = is_type(type, length, silent[i]);
	question->body = route->bodies & FORM_BIT(FORM_NDJSON) ? FORM_NDJSON
			 : route->bodies & FORM_BIT(FORM_YAML) ? FORM_YAML
							       : FORM_CSV;
	if (!is_silent)
		reply_problem(reply, 415, "media-type", "Content-Type",
			      "%s does not read \"%.60s\": give %s", route->path, type,
			      question->body == FORM_YAML  ? "application/yaml"
			      : question->body == FORM_CSV ? "text/csv"
							   : "application/json, "
							     "application/x-ndjson or text/csv");
	return is_silent;
}

bool route_settle(struct reply *reply, struct question *question, const char *content_type)
{
	const struct route *route = question->route;
	for (size_t g = 0; g < ROUTE_PARAMS; g++)
		for (size_t i = 0; i < route->params[g].count; i++) {
			const struct param *param = &route->params[g].at[i];
			if (!param->needed || question_get(question, param->name))
				continue;
			reply_problem(reply, 400, "missing-parameter", param->name,
				      "%s is needed, as in %s=%s", param->name, param->name,
				      param->example ? param->example : "...");
			return false;
		}
	return settle_body(reply, question, content_type);
}

bool route_form(struct reply *reply, struct question *question, const char *accept)
{
	const struct route *route = question->route;
	question->form = usual_form(question);
	const char *format = question_get(question, "format");
	for (int i = 0; format && i < FORM_COUNT; i++)
		if (!strcasecmp(format, form_names[i]))
			question->form = (enum form)i;
	if (format || !accept || !*accept || !route->answers)
		return true;
	int form = choose(route->answers, accept, question->form);
	if (form < 0)
		reply_problem(reply, 406, "not-acceptable", "Accept",
			      "%s has no answer of the type \"%.100s\"", route->path, accept);
	else
		question->form = (enum form)form;
	return form >= 0;
}

const char *question_get(const struct question *question, const char *name)
{
	for (size_t i = question->count; i-- > 0;)
		if (!strcmp(question->given[i].param->name, name))
			return question->given[i].value;
	return NULL;
}

bool question_flag(const struct question *question, const char *name)
{
	const char *value = question_get(question, name);
	return value && flag_of(value) == 1;
}

size_t question_choice(const struct question *question, const char *name, size_t usual)
{
	for (size_t i = question->count; i-- > 0;) {
		const struct given *given = &question->given[i];
		if (strcmp(given->param->name, name) != 0)
			continue;
		for (size_t k = 0; given->param->choices[k]; k++)
			if (!strcasecmp(given->param->choices[k], given->value))
				return k;
	}
	return usual;
}
