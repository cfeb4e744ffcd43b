/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/served.h"

#include <stdio.h>

#include "cli/cache.h"
#include "cli/cli.h"
#include "cli/law/law.h"
#include "cli/scenario.h"
#include "common/arena.h"
#include "common/error.h"
#include "compiler/compile.h"
#include "rulebook/rulebook.h"

/* The law that is served, of which the scenarios are others. */
static struct cli_law served;

static int no_such(const char *name, struct tw_error *error)
{
	char list[400];
	scenario_names(list, sizeof list);
	return error_set(error, TW_BAD_ARGUMENT,
			 "--with: there is no scenario \"%.60s\"; choose one of %s", name, list);
}

static int open_scenario(tw_rulebook **out, char id[64], char title[200], const char *name,
			 struct tw_error *error)
{
	const char *its_id, *its_title;
	if (!scenario_is_own(name))
		return no_such(name, error);
	struct arena *arena = arena_new();
	if (!arena)
		return error_memory(error);
	int code = scenario_head(arena, name, &its_id, &its_title, error);
	if (!code) {
		snprintf(id, 64, "%s", its_id);
		snprintf(title, 200, "%s", its_title);
		code = cache_rulebook_with(out, served.folder ? served.folder : cli_law_folder(),
					   cli_day(served.known_on), name, served.estimate_base,
					   error);
	}
	arena_free(arena);
	return code;
}

/* Of a text that comes from outside: nothing of it is kept. */
static int open_text(tw_rulebook **out, const char *text, size_t length, struct tw_error *error)
{
	const char *folder = served.folder ? served.folder : cli_law_folder();
	struct law *law = NULL, *with = NULL;
	void *book = NULL;
	size_t size;
	tw_time known;
	int code = law_known_time(&known, cli_day(served.known_on), error);
	if (!code)
		code = law_read(&law, folder, error);
	if (!code)
		code = law_with_text(&with, law, "scenario", text, length, error);
	if (!code)
		code = compile_law(&book, &size, with, folder, known, error);
	law_free(with);
	law_free(law);
	return code ? code : rulebook_adopt(out, book, size, error);
}

int served_open(struct serve_options *out, tw_rulebook **owned, const struct cli_law *law)
{
	int code = cli_rulebook(&out->rulebook, owned, law);
	if (code)
		return code;
	served = *law;
	out->law_folder = law->folder ? law->folder : cli_law_folder();
	out->scenario = open_scenario;
	out->scenario_at = scenario_at;
	out->scenario_text = open_text;
	out->effects = (struct laws_effects){law_effects_new, law_effects_free};
	return CLI_DONE;
}
