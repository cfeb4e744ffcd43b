/* SPDX-License-Identifier: Apache-2.0 */
/* The description of the routes as OpenAPI 3.1, from the table that finds and checks. */
#include <string.h>

#include "common/words.h"
#include "serve/answers.h"

/* The schemas of docs/schema, by name; made by src/texts.py. */
extern const struct schema_source {
	const char *name, *text;
} schema_sources[];

static void text(struct buffer *out, const char *value)
{
	buffer_json(out, value, strlen(value));
}

static void member(struct buffer *out, const char *name, const char *value)
{
	buffer_print(out, ",\"%s\":", name);
	text(out, value);
}

static void put_words(struct buffer *out, const char *const *words)
{
	buffer_text(out, ",\"enum\":[");
	for (size_t i = 0; words[i]; i++) {
		buffer_text(out, i ? "," : "");
		text(out, words[i]);
	}
	buffer_char(out, ']');
}

static void put_kind(struct buffer *out, const struct param *param)
{
	static const char *const flags[] = {"yes", "no", "true", "false", "1",
					    "0",   "on", "off",  NULL};
	buffer_text(out, "{\"type\":\"string\"");
	if (param->kind == PARAM_FLAG)
		put_words(out, flags);
	else if (param->kind == PARAM_CHOICE)
		put_words(out, param->choices);
	else if (param->needed)
		buffer_text(out, ",\"minLength\":1");
	buffer_char(out, '}');
}

static void put_param(struct buffer *out, const struct param *param)
{
	buffer_text(out, "{\"name\":");
	text(out, param->name);
	buffer_print(out, ",\"in\":\"query\",\"required\":%s", param->needed ? "true" : "false");
	member(out, "description", param->about);
	buffer_text(out, ",\"schema\":");
	if (param->many)
		buffer_text(out, "{\"type\":\"array\",\"items\":");
	put_kind(out, param);
	buffer_text(out, param->many ? "},\"explode\":true" : "");
	if (param->example && param->many) {
		buffer_text(out, ",\"example\":[");
		text(out, param->example);
		buffer_char(out, ']');
	} else if (param->example) {
		member(out, "example", param->example);
	}
	buffer_char(out, '}');
}

static void put_params(struct buffer *out, const struct route *route)
{
	bool any = false;
	const char *brace = strchr(route->path, '{');
	buffer_text(out, ",\"parameters\":[");
	if (brace) {
		buffer_text(out, "{\"name\":\"id\",\"in\":\"path\",\"required\":true,"
				 "\"description\":\"the id that answers cite\","
				 "\"schema\":{\"type\":\"string\"},\"example\":\"EO-14257\"}");
		any = true;
	}
	for (size_t g = 0; g < ROUTE_PARAMS; g++)
		for (size_t i = 0; i < route->params[g].count; i++) {
			buffer_text(out, any ? "," : "");
			put_param(out, &route->params[g].at[i]);
			any = true;
		}
	buffer_char(out, ']');
}

static void put_body(struct buffer *out, unsigned forms)
{
	bool any = false;
	buffer_text(out, ",\"requestBody\":{\"required\":true,\"content\":{");
	for (int i = 0; i < FORM_COUNT; i++) {
		if (!(forms & FORM_BIT(i)))
			continue;
		buffer_print(out, "%s\"%s\":{\"schema\":{", any ? "," : "", form_types[i]);
		if (i == FORM_JSON)
			buffer_text(out, "\"oneOf\":[{\"type\":\"object\"},{\"type\":\"array\","
					 "\"items\":{\"type\":\"object\"}}]");
		else
			buffer_text(out, "\"type\":\"string\"");
		buffer_text(out, "}}");
		any = true;
	}
	buffer_text(out, "}}");
}

/* One answer is an object, as the program prints it; several are an array, or lines. */
static void put_schema(struct buffer *out, const struct route *route, enum form form)
{
	const char *name = route->schema;
	if (form != FORM_JSON)
		buffer_text(out, "{\"type\":\"string\"}");
	else if (!name)
		buffer_text(out, "{\"type\":\"object\"}");
	else if (!strcmp(route->operation, "assess"))
		buffer_print(out,
			     "{\"oneOf\":[{\"$ref\":\"#/components/schemas/%s\"},{\"type\":"
			     "\"array\",\"items\":{\"$ref\":\"#/components/schemas/%s\"}}]}",
			     name, name);
	else if (!strcmp(route->operation, "duty"))
		buffer_print(out,
			     "{\"anyOf\":[{\"$ref\":\"#/components/schemas/%s\"},{\"type\":"
			     "\"object\",\"description\":\"with fields: these members alone\","
			     "\"not\":{\"required\":[\"schema\",\"id\",\"status\","
			     "\"warnings\"]}}]}",
			     name);
	else if (!strcmp(name, "record") || !strcmp(name, "timeline"))
		buffer_text(out, "{\"type\":[\"object\",\"array\"]}");
	else
		buffer_print(out, "{\"$ref\":\"#/components/schemas/%s\"}", name);
}

static void put_answers(struct buffer *out, const struct route *route)
{
	bool any = false;
	buffer_text(out, ",\"responses\":{\"200\":{\"description\":\"the answer\",\"content\":{");
	for (int i = 0; i < FORM_COUNT; i++) {
		if (!(route->answers & FORM_BIT(i)))
			continue;
		buffer_print(out, "%s\"%s\":{\"schema\":", any ? "," : "", form_types[i]);
		put_schema(out, route, (enum form)i);
		buffer_char(out, '}');
		any = true;
	}
	buffer_text(out, "}},\"4XX\":{\"$ref\":\"#/components/responses/problem\"},"
			 "\"5XX\":{\"$ref\":\"#/components/responses/problem\"}}");
}

static void put_route(struct buffer *out, const struct route *route)
{
	text(out, route->path);
	buffer_print(out, ":{\"%s\":{\"operationId\":", *route->method == 'G' ? "get" : "post");
	text(out, route->operation);
	member(out, "summary", route->summary);
	if (route->about)
		member(out, "description", route->about);
	put_params(out, route);
	if (route->bodies)
		put_body(out, route->bodies);
	put_answers(out, route);
	buffer_text(out, "}}");
}

static const char problem[] =
    "\"responses\":{\"problem\":{\"description\":\"what is wrong, and what would be right\","
    "\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":"
    "\"#/components/schemas/problem\"}}}}},\"schemas\":{\"problem\":{\"type\":\"object\","
    "\"required\":[\"type\",\"title\",\"status\",\"detail\"],\"properties\":{\"type\":{\"type\":"
    "\"string\"},\"title\":{\"type\":\"string\"},\"status\":{\"type\":\"integer\"},\"detail\":{"
    "\"type\":\"string\"},\"field\":{\"type\":\"string\",\"description\":\"the parameter or "
    "header that is wrong\"},\"line\":{\"type\":\"integer\"},\"column\":{\"type\":\"integer\"},"
    "\"finding\":{\"type\":\"object\"},\"answer\":{\"type\":\"object\"}}}";

static bool is_used(const char *name, size_t length)
{
	for (size_t i = 0; i < route_count; i++)
		if (routes[i].schema && !strncmp(name, routes[i].schema, length) &&
		    strlen(routes[i].schema) == length)
			return true;
	return false;
}

static bool begins(const char *line, const char *name)
{
	return !strncmp(line + strspn(line, " "), name, strlen(name));
}

/* A schema as a part of the description: what it refers to within itself is found from the root. */
static void put_part(struct buffer *out, const char *name, size_t length, const char *schema)
{
	static const char within[] = "\"#/$defs/";
	while (*schema) {
		const char *end = schema + strcspn(schema, "\n"), *ref;
		bool is_head = begins(schema, "\"$id\":") || begins(schema, "\"$schema\":");
		end += *end == '\n';
		while (!is_head && (ref = strstr(schema, within)) && ref < end) {
			buffer_put(out, schema, (size_t)(ref - schema));
			buffer_print(out, "\"#/components/schemas/%.*s/$defs/", (int)length, name);
			schema = ref + sizeof within - 1;
		}
		if (!is_head)
			buffer_put(out, schema, (size_t)(end - schema));
		schema = end;
	}
}

void answer_openapi(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct buffer *out = &reply->text;
	(void)question, (void)worker;
	reply->status = 200;
	reply->type = form_types[FORM_JSON];
	buffer_text(out, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Tidewaiter\"");
	member(out, "version", tw_version());
	member(out, "description",
	       "What the border does to a shipment, on any date. Answers are those of the command "
	       "line; errors are problems as RFC 9457 has them.");
	buffer_text(out, ",\"license\":{\"name\":\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},"
			 "\"servers\":[{\"url\":\"/\"}],\"security\":[],\"paths\":{");
	for (size_t i = 0; i < route_count; i++) {
		buffer_text(out, i ? "," : "");
		put_route(out, &routes[i]);
	}
	buffer_text(out, "},\"components\":{");
	buffer_text(out, problem);
	for (const struct schema_source *schema = schema_sources; schema->name; schema++) {
		size_t length = strcspn(schema->name, "."); /* finding.schema */
		if (!is_used(schema->name, length))
			continue;
		buffer_print(out, ",\"%.*s\":", (int)length, schema->name);
		put_part(out, schema->name, length, schema->text);
	}
	buffer_text(out, "}}}\n");
}
