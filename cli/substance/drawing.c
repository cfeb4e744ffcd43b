/* SPDX-License-Identifier: Apache-2.0 */
/* tidewaiter substance --format svg: the structure of what is asked for, as a picture. */
#include "cli/substance/substance.h"

#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "drawing/drawing.h"

static int draw(struct buffer *out, const char *smiles, struct tw_error *error)
{
	char *text = NULL;
	size_t length = 0;
	int code = drawing_svg(&text, &length, (struct tw_text){smiles, strlen(smiles)}, error);
	if (!code)
		buffer_put(out, text, length);
	free(text);
	return code;
}

/* The surest that was found, by its name or number, is drawn as the law has it; a structure that is
 * asked for as it is. */
int substance_drawing(struct buffer *out, const struct inquiry *q)
{
	struct tw_error error = {0};
	const struct ledger_substance *one =
	    q->found_count ? &q->ledger.substances[q->found[0].substance] : NULL;
	const char *known = one ? ledger_text(&q->ledger, one->smiles) : "";
	bool by_name = one && strcmp(q->found[0].how, "structure") != 0;
	int code = by_name ? TW_BAD_ARGUMENT : draw(out, q->asked, &error);
	if (code == TW_BAD_ARGUMENT && *known)
		code = draw(out, known, &error);
	if (!code)
		return CLI_DONE;
	if (one && by_name && !*known)
		cli_message("substance: %s has no structure on record to draw",
			    ledger_text(&q->ledger, one->name));
	else
		cli_message("substance: no name is \"%.100s\", and as a structure: %s", q->asked,
			    error.message);
	return code == TW_BAD_ARGUMENT ? CLI_SOME_REFUSED : CLI_FAILED;
}
