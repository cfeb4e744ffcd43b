/* SPDX-License-Identifier: Apache-2.0 */
/* Owns the scenarios inside this program, see scenario.h; their text is made by src/texts.py. */
#include "cli/scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/terminal.h"
#include "common/arena.h"
#include "common/error.h"
#include "common/fit.h"
#include "common/sha256.h"
#include "common/table.h"
#include "law/file.h"
#include "law/yaml.h"

/* Built in: name, text; made from scenarios/. */
struct scenario_source {
	const char *name, *text;
};
extern const struct scenario_source scenario_sources[];

static const struct scenario_source *find(const char *name)
{
	for (size_t i = 0; scenario_sources[i].name; i++)
		if (!strcmp(scenario_sources[i].name, name))
			return &scenario_sources[i];
	return NULL;
}

void scenario_names(char *out, size_t size)
{
	*out = '\0';
	for (size_t i = 0; scenario_sources[i].name; i++)
		fit_add(out, size, "%s%s", i ? ", " : "", scenario_sources[i].name);
}

bool scenario_is_own(const char *name)
{
	return find(name) != NULL;
}

static int no_such(const char *name, struct tw_error *error)
{
	struct nearest nearest = {.word = name};
	char hint[160];
	for (size_t i = 0; scenario_sources[i].name; i++)
		nearest_try(&nearest, scenario_sources[i].name);
	return error_set(error, TW_BAD_FILE,
			 "--with: there is no file \"%.120s\", and no scenario of this name%s; "
			 "--with list names those of this program",
			 name, nearest_hint(&nearest, hint));
}

static bool is_file(const char *name)
{
	return !access(name, F_OK);
}

int scenario_open(struct law **out, const struct law *law, const char *name, struct tw_error *error)
{
	const struct scenario_source *own = find(name);
	char path[160];
	*out = NULL;
	if (is_file(name))
		return law_with(out, law, name, error);
	if (!own)
		return no_such(name, error);
	snprintf(path, sizeof path, "scenarios/%.120s.yaml", name);
	return law_with_text(out, law, path, own->text, strlen(own->text), error);
}

int scenario_fingerprint(char out[65], const char *name, struct tw_error *error)
{
	const struct scenario_source *own = find(name);
	struct arena *arena;
	char *text;
	size_t size;
	if (!is_file(name) && !own)
		return no_such(name, error);
	if (!is_file(name)) {
		sha256_hex(out, own->text, strlen(own->text));
		return TW_OK;
	}
	if (!(arena = arena_new()))
		return error_memory(error);
	int code = file_read_path(&text, &size, arena, name, error);
	if (!code)
		sha256_hex(out, text, size);
	arena_free(arena);
	return code;
}

int scenario_head(struct arena *arena, const char *name, const char **id, const char **title,
		  struct tw_error *error)
{
	const struct scenario_source *own = find(name);
	struct yaml_node *root;
	char *text = NULL;
	size_t size = 0;
	int code = TW_OK;
	if (!is_file(name) && !own)
		return no_such(name, error);
	if (is_file(name))
		code = file_read_path(&text, &size, arena, name, error);
	else if (!(text = arena_text(arena, own->text, size = strlen(own->text))))
		code = error_memory(error);
	if (!code)
		code = yaml_parse(&root, arena, name, text, size, error);
	if (code)
		return code;
	const struct yaml_node *at = yaml_get(root, "scenario"), *said = yaml_get(root, "title");
	if (!at || at->kind != YAML_SCALAR || !said || said->kind != YAML_SCALAR)
		return law_error(
		    error, root->pos,
		    "a scenario begins with its name and title: scenario: …, title: …");
	*id = at->scalar;
	*title = said->scalar;
	return TW_OK;
}

bool scenario_is_file(const char *name, const char *file)
{
	return !*file || !strcmp(name, file) || !strncmp(file, "scenarios/", 10);
}

/* The text behind "title: " at the beginning of a line. */
static struct tw_text title_of(const char *text)
{
	const char *at = strstr(text, "\ntitle: ");
	at = at ? at + 8 : "";
	return (struct tw_text){at, strcspn(at, "\n")};
}

bool scenario_at(const char **name, struct tw_text *title, size_t index)
{
	size_t i = 0;
	while (i < index && scenario_sources[i].name)
		i++;
	if (!(*name = scenario_sources[i].name))
		return false;
	*title = title_of(scenario_sources[i].text);
	return true;
}

void scenario_list(void)
{
	const char *name;
	struct tw_text title;
	for (size_t i = 0; scenario_at(&name, &title, i); i++)
		terminal_say("%-33s%.*s\n", name, (int)title.length, title.at);
}
