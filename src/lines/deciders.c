/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that is decided from the first lines of a file, whoever reads them. */
#include "lines/decimal.h"
#include "lines/seen.h"

static const struct sample_decider *const deciders[] = {
    &seen_decider,
    &decimal_decider,
};
enum { DECIDERS = sizeof deciders / sizeof *deciders };

int sample_show(struct input *input, const struct item *item, struct tw_error *error)
{
	int code = TW_OK;
	for (size_t i = 0; i < DECIDERS && !code; i++)
		if (deciders[i]->look)
			code = deciders[i]->look(input, item, error);
	return code;
}

int sample_conclude(struct input *input, struct tw_error *error)
{
	int code = TW_OK;
	for (size_t i = 0; i < DECIDERS && !code; i++)
		if (deciders[i]->decide)
			code = deciders[i]->decide(input, error);
	return code;
}
