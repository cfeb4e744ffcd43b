/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/codes_law.h"

#include "codes/build.h"
#include "common/instant.h"
#include "law/descriptions.h"
#include "law/scopes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct giving {
	struct codes_build *build;
	struct tw_error *error;
};

static int give(void *context, const struct law_description_use *use)
{
	struct giving *giving = context;
	const struct law_description *word = use->word;
	struct codes_entry entry = {.digits = word->digits,
				    .kind = use->is_line      ? CODES_LINE
					    : use->is_heading ? CODES_HEADING
							      : CODES_ABOVE,
				    .text = word->text,
				    .under = word->under,
				    .also = use->also,
				    .from = use->from,
				    .until = use->until};
	char number[24];
	snprintf(number, sizeof number, "%010llu", (unsigned long long)word->codes.low);
	memcpy(entry.code, number, (size_t)word->digits);
	return codes_build_add(giving->build, &entry, use->called, giving->error);
}

static int give_renumbered(struct giving *giving, const struct law_jurisdiction *j)
{
	int code = TW_OK;
	for (uint32_t i = 0; !code && i < j->renumbered_count; i++) {
		const struct law_renumbered *r = &j->renumbered[i];
		char from[24], to[24];
		int32_t day = (int32_t)time_local_day(law_zone_of(j), r->on);
		snprintf(from, sizeof from, "%010llu", (unsigned long long)r->code);
		for (uint32_t k = 0; !code && k < r->successor_count; k++) {
			snprintf(to, sizeof to, "%010llu", (unsigned long long)r->successors[k]);
			code = codes_build_renumber(giving->build, from, day, (int)k, to,
						    giving->error);
		}
	}
	return code;
}

static int give_all(struct giving *giving, const struct law *law, const char *folder)
{
	for (uint32_t i = 0; i < law->jurisdiction_count; i++) {
		struct law_descriptions descriptions;
		if (!law->jurisdictions[i].descriptions)
			continue;
		int code = law_descriptions_read(&descriptions, law, i, folder, giving->error);
		if (code)
			return code;
		code = law_descriptions_each(law, &descriptions, give, giving);
		law_descriptions_free(&descriptions);
		return code ? code : give_renumbered(giving, &law->jurisdictions[i]);
	}
	return TW_OK;
}

int codes_law(const char *path, const struct law *law, const char *folder, struct tw_error *error)
{
	struct giving giving = {.error = error};
	int code = codes_build_new(&giving.build, path, error);
	if (code)
		return code;
	code = give_all(&giving, law, folder);
	if (!code)
		return codes_build_end(giving.build, error);
	codes_build_drop(giving.build);
	return code;
}
