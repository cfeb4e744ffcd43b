/* SPDX-License-Identifier: Apache-2.0 */
/* A chemical by the public call: substance NAME ON [FROM INTO VIA WEIGHT CONCENTRATION], - for
 * none. */
#include "tidewaiter_substance.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct tw_substance_query query = TW_SUBSTANCE_QUERY_INIT;
	const char **const to[] = {&query.on,  &query.from,   &query.into,
				   &query.via, &query.weight, &query.concentration};
	struct tw_output out = TW_OUTPUT_INIT;
	struct tw_error error;
	const tw_rulebook *book;
	size_t found;
	if (argc < 3 || argc > 8)
		return 2;
	for (int i = 2; i < argc; i++)
		if (strcmp(argv[i], "-"))
			*to[i - 2] = argv[i];
	if (tw_rulebook_default(&book, &error) ||
	    tw_substance_json(&out, &found, book, argv[1], &query, &error)) {
		fprintf(stderr, "%s\n", error.message);
		return 3;
	}
	fwrite(out.at, 1, out.length, stdout);
	tw_output_free(&out);
	return found ? 0 : 1;
}
