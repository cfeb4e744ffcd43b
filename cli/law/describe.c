/* SPDX-License-Identifier: Apache-2.0 */
/* What the schedule calls a heading that a measure declares: read when it is first asked for. */
#include <stdio.h>
#include <string.h>

#include "cli/law/law.h"
#include "law/descriptions.h"

/* The descriptions of a jurisdiction, kept until the program ends. */
static const struct law_descriptions *descriptions(const struct law_query *query,
						   uint32_t jurisdiction)
{
	static struct law_descriptions kept;
	static const struct law *of;
	struct tw_error error = {0};
	if (of == query->law && kept.jurisdiction == jurisdiction)
		return &kept;
	if (of)
		law_descriptions_free(&kept);
	of = query->law;
	if (law_descriptions_read(&kept, query->law, jurisdiction, query->folder, &error)) {
		law_message(query->folder, &error); /* the page is written without them */
		kept = (struct law_descriptions){.jurisdiction = jurisdiction};
	}
	return &kept;
}

const char *law_heading_text(const struct law_query *query, uint32_t measure)
{
	const struct law_measure *m = &query->law->measures[measure];
	uint32_t jurisdiction = query->law->programs[m->program].jurisdiction;
	uint64_t low = 0;
	int digits = 0;
	for (const char *at = m->heading; *at; at++) {
		if (*at == '.')
			continue;
		if (*at < '0' || *at > '9' || digits == 10)
			return ""; /* an act, where duties have no number */
		low = low * 10 + (uint64_t)(*at - '0');
		digits++;
	}
	for (int i = digits; i < 10; i++)
		low *= 10;
	if (digits < 4 || !query->law->jurisdictions[jurisdiction].descriptions)
		return "";
	const struct law_descriptions *of = descriptions(query, jurisdiction);
	const struct law_description *found = law_description_find(of, low, digits, m->from.at);
	if (!found && digits == 8) /* printed with ten digits, the last two of them zeros */
		found = law_description_find(of, low, 10, m->from.at);
	return found ? found->text : "";
}
