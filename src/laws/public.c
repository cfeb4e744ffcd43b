/* SPDX-License-Identifier: Apache-2.0 */
/* The library of the law, see tidewaiter_law.h. */
#include "tidewaiter_law.h"

#include <string.h>

#include "common/error.h"
#include "compiler/compile.h"
#include "laws/check.h"

#define SUMMARY_FIRST sizeof(struct tw_law_summary) /* the first size that was published */

int tw_law_rulebook(tw_rulebook **out, const char *folder, const char *known_on,
		    struct tw_error *error)
{
	if (!out)
		return error_null(error, "out");
	*out = NULL;
	if (!folder)
		return error_null(error, "folder");
	return law_rulebook_as_known(out, folder, known_on, error);
}

static void count_fault(void *context, const struct tw_error *fault)
{
	(void)fault;
	++*(size_t *)context;
}

int tw_law_check(struct tw_law_summary *out, const char *folder, const char *known_on,
		 tw_law_fault *tell, void *context, struct tw_error *error)
{
	struct tw_law_summary all;
	struct law *law = NULL;
	size_t unheard = 0;
	tw_time known;
	static const struct error_sizes sizes = {"tw_law_summary", "sizeof", SUMMARY_FIRST,
						 sizeof all};
	int code = folder ? TW_OK : error_null(error, "folder");
	if (!code && out)
		code = error_size(error, &sizes, out->size);
	if (code || (code = law_known_time(&known, known_on, error)))
		return code;
	if (!tell) {
		tell = count_fault;
		context = &unheard;
	}
	struct tw_error fault = {0};
	if ((code = law_read(&law, folder, &fault))) {
		tell(context, &fault);
		if (error)
			*error = fault;
		return code;
	}
	code = laws_check(&all, law, folder, known, tell, context);
	law_free(law);
	if (code == TW_NO_MEMORY)
		return error_memory(error);
	if (code)
		return error_set(error, code, "%s has faults, which were told", folder);
	if (out) {
		size_t size = out->size;
		memcpy(out, &all, size);
		out->size = size;
	}
	return TW_OK;
}
