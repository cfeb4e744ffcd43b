/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/worker.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "codes/codes.h"

void worker_free(struct worker *worker)
{
	tw_assessor_free(worker->assessor);
	if (worker->codes)
		codes_close(worker->codes);
	*worker = (struct worker){0};
}

void worker_begin(struct worker *worker, const struct serve_options *options)
{
	time_t now = time(NULL);
	struct tm local;
	worker->options = options;
	if (localtime_r(&now, &local))
		strftime(worker->today, sizeof worker->today, "%Y-%m-%d", &local);
}

int worker_assessor(tw_assessor **out, struct worker *worker, struct tw_error *error)
{
	int code = TW_OK;
	if (worker->assessor && strcmp(worker->known, worker->today) != 0) {
		tw_assessor_free(worker->assessor);
		worker->assessor = NULL;
	}
	if (!worker->assessor) {
		struct tw_options options = TW_OPTIONS_INIT;
		memcpy(worker->known, worker->today, sizeof worker->known);
		options.today = worker->known;
		code =
		    tw_assessor_new(&worker->assessor, worker->options->rulebook, &options, error);
	}
	*out = worker->assessor;
	return code;
}

struct codes *worker_codes(struct worker *worker)
{
	char path[4096];
	struct tw_error unused;
	if (!worker->has_looked &&
	    (codes_path(path, sizeof path, &unused) || codes_open(&worker->codes, path, &unused)))
		worker->codes = NULL;
	worker->has_looked = true;
	return worker->codes;
}

const char *worker_day(const struct worker *worker, const char *text)
{
	return text && !strcasecmp(text, "today") ? worker->today : text;
}
