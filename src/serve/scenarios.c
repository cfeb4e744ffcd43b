/* SPDX-License-Identifier: Apache-2.0 */
/* GET /v1/scenarios: the scenarios of this program, which compare and timeline take as `with`. */
#include <string.h>

#include "serve/answers.h"

void answer_scenarios(struct reply *reply, const struct question *question, struct worker *worker)
{
	const struct serve_options *options = worker->options;
	struct buffer *out = &reply->text;
	struct tw_text title;
	const char *name;
	(void)question;
	reply->status = 200;
	reply->type = form_types[FORM_JSON];
	buffer_text(out, "{\"scenarios\":[");
	for (size_t i = 0; options->scenario_at && options->scenario_at(&name, &title, i); i++) {
		buffer_text(out, i ? ",{\"scenario\":" : "{\"scenario\":");
		buffer_json(out, name, strlen(name));
		buffer_text(out, ",\"title\":");
		buffer_json(out, title.at, title.length);
		buffer_char(out, '}');
	}
	buffer_text(out, "]}\n");
}
