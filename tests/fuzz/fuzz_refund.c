/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files of entries, and of what customs answered: the first byte says on which
 * day they are filed, in what pieces the text comes, and how small the memory
 * of the sort is; a byte 1 ends a file, and the last file is of results where
 * the first byte is odd.
 */
#include "refund/run.h"
#include "refund/totals.h"
#include "refund/write.h"

#include <stdlib.h>
#include <string.h>

static const tw_rulebook *rulebook;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct tw_error error;
	(void)argc;
	(void)argv;
	return tw_rulebook_default(&rulebook, &error);
}

struct piece {
	const char *at, *end;
	size_t step;
};

static int next_piece(void *context, struct tw_text *out, struct tw_error *error)
{
	struct piece *piece = context;
	size_t left = (size_t)(piece->end - piece->at);
	(void)error;
	*out = (struct tw_text){piece->at, left < piece->step ? left : piece->step};
	piece->at += out->length;
	return TW_OK;
}

static void tell(void *context, const struct tw_error *fault)
{
	(void)context;
	if (!*fault->message || memchr(fault->message, 0, sizeof fault->message) == NULL)
		abort();
}

struct seen {
	const struct refunds *law;
	struct refund_totals totals;
	struct buffer out;
};

static int take(void *context, const struct refund_answer *answer, struct tw_error *error)
{
	struct seen *seen = context;
	if (answer->removable < 0 || answer->principal < 0 || answer->interest < 0 ||
	    (answer->status == REFUND_ACCEPTED && answer->has_principal &&
	     answer->principal != answer->removable) ||
	    (answer->status == REFUND_REFUSED && (answer->principal || answer->interest)) ||
	    (answer->status == REFUND_UNDECIDED) != (answer->reason == NULL))
		abort();
	seen->out.length = 0;
	refund_csv(&seen->out, seen->law, answer, true);
	refund_ndjson(&seen->out, seen->law, answer);
	return refund_totals_add(&seen->totals, answer, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const files[64] = {"a", "b", "c", "d"};
	struct refund_run run;
	struct tw_error error = {0};
	struct seen seen = {0};
	uint8_t how = size ? data[0] : 0;
	struct refund_options options = {.filed = 20560 + how, .files = files};
	options.interest_to = how & 2 ? REFUND_NO_DAY : 20700;
	memset(options.given, how & 4 ? REFUND_BLANK : 0, sizeof options.given);
	const char *at = (const char *)data + (size != 0), *end = (const char *)data + size;
	if (refund_run_begin(&run, rulebook, &options, how & 8 ? 1000 : 1 << 16, &error))
		abort();
	run.reading.tell = tell;
	seen.law = refunder_law(run.refunder);
	int code = refund_totals_begin(&seen.totals, seen.law);
	for (int i = 0; !code && i < 3 && at < end; i++) {
		const char *stop = i < 2 ? memchr(at, 1, (size_t)(end - at)) : NULL;
		struct piece piece = {at, stop ? stop : end, how & 16 ? 1 : 4096};
		const struct refund_text text = {"fuzz", next_piece, &piece};
		bool results = how & 1 && !stop && i;
		code =
		    refund_run_read(&run, &text, results ? ROW_OF_RESULTS : ROW_OF_ENTRY, &error);
		at = stop ? stop + 1 : end;
	}
	if (!code && refund_run_answers(&run, take, &seen, &error))
		abort();
	refund_totals_csv(&seen.out, &seen.totals);
	refund_totals_end(&seen.totals);
	buffer_free(&seen.out);
	refund_run_end(&run);
	return 0;
}
