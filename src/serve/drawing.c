/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/drawing: a structure as a picture. */
#include "drawing/drawing.h"

#include <stdlib.h>
#include <string.h>

#include "serve/answers.h"

void answer_drawing(struct reply *reply, const struct question *question, struct worker *worker)
{
	const char *smiles = question_get(question, "smiles");
	struct tw_error error = {0};
	size_t length = 0;
	char *text = NULL;
	(void)worker;
	int code = drawing_svg(&text, &length, (struct tw_text){smiles, strlen(smiles)}, &error);
	if (code == TW_BAD_ARGUMENT) {
		reply_problem(reply, 422, "unreadable", "smiles", "%s", error.message);
	} else if (code) {
		reply_error(reply, &error);
	} else {
		reply->status = 200;
		reply->type = form_types[FORM_SVG];
		buffer_put(&reply->text, text, length);
	}
	free(text);
}
