/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/columns: what each column of a file is read as, as `tidewaiter assess --columns` has it.
 */
#include "serve/answers.h"
#include "serve/posted.h"

void answer_columns(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct posted posted;
	struct totals totals = {0};
	struct tw_error error = {0};
	int code = posted_begin(&posted, question, worker, &error);
	if (!code && !(code = posted_open(reply, &posted, question, &error))) {
		posted.run.format = RUN_JSON;
		posted.run.only_columns = true;
		code = run_lines(&totals, &posted.run, &error);
		totals_free(&totals);
	}
	posted_close(reply, code, question, &error);
	posted_end(&posted);
}
