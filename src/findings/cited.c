/* SPDX-License-Identifier: Apache-2.0 */
/* Gathers what an answer cites. What an act is called is the rulebook's. */
#include "findings/cited.h"

#include <string.h>

void cited_begin(struct cited *cited)
{
	pool_begin(&cited->ids, sizeof(const char *));
}

void cited_free(struct cited *cited)
{
	pool_free(&cited->ids);
}

static void cite(struct cited *cited, const struct tw_citations *by)
{
	for (size_t i = 0; i < by->count; i++) {
		size_t at = 0;
		while (at < cited->ids.count && cited_id(cited, at) != by->id[i] &&
		       strcmp(cited_id(cited, at), by->id[i]) != 0)
			at++;
		if (at == cited->ids.count)
			pool_add(&cited->ids, &by->id[i]);
	}
}

bool cited_gather(struct cited *cited, const struct tw_assessment *answer)
{
	cited->ids.count = 0;
	cited->ids.failed = false;
	for (size_t i = 0; i < answer->layer_count; i++)
		cite(cited, &answer->layers[i].by);
	for (size_t i = 0; i < answer->exclusion_count; i++)
		cite(cited, &answer->exclusions[i].by);
	for (size_t i = 0; i < answer->choice_count; i++)
		cite(cited, &answer->choices[i].by);
	for (size_t i = 0; i < answer->fee_count; i++)
		cite(cited, &answer->fees[i].by);
	for (size_t i = 0; i < answer->tax_count; i++)
		cite(cited, &answer->taxes[i].by);
	if (answer->adcvd.applies)
		cite(cited, &answer->adcvd.by);
	if (answer->de_minimis.applies)
		cite(cited, &answer->de_minimis.by);
	for (size_t i = 0; i < answer->control_count; i++)
		cite(cited, &answer->controls[i].by);
	return !cited->ids.failed;
}
