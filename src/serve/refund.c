/* SPDX-License-Identifier: Apache-2.0 */
/* POST /v1/refund: entries in, an answer an entry, as `tidewaiter refund --format ndjson` has them.
 */
#include "tidewaiter_refund.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/error.h"
#include "common/temporary.h"
#include "common/words.h"
#include "common/write.h"
#include "serve/answers.h"

enum { TOLD = 100, BLOCK = 64 << 10 };

struct entries {
	int in;
	char block[BLOCK];
	struct buffer faults;
	uint64_t told;
};

static int next_text(void *context, struct tw_text *out, struct tw_error *error)
{
	struct entries *entries = context;
	ssize_t got;
	do
		got = read(entries->in, entries->block, sizeof entries->block);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set(error, TW_BAD_FILE, "the body cannot be read");
	*out = (struct tw_text){entries->block, (size_t)got};
	return TW_OK;
}

/* What is wrong with a row: the first hundred are told, the others counted. */
static void tell_fault(void *context, const struct tw_error *fault)
{
	struct entries *entries = context;
	if (entries->told++ >= TOLD)
		return;
	buffer_print(&entries->faults,
		     "{\"schema\":1,\"fault\":{\"line\":%d,\"text\":", fault->line);
	buffer_json(&entries->faults, fault->message, strlen(fault->message));
	buffer_text(&entries->faults, "}}\n");
}

static int write_out(struct tw_output *out, int fd, struct tw_error *error)
{
	int code =
	    write_all(fd, out->at, out->length)
		? error_set(error, TW_BAD_FILE, "the answers cannot be stored: %s", strerror(errno))
		: TW_OK;
	out->length = 0;
	return code;
}

static int answer_all(int fd, tw_refund *refund, struct entries *entries, struct tw_error *error)
{
	struct tw_output out = TW_OUTPUT_INIT;
	int code;
	while (!(code = tw_refund_next(&out, refund, error)))
		if (out.length > BLOCK && (code = write_out(&out, fd, error)))
			break;
	if (code == TW_NOT_FOUND) /* behind the last */
		code = write_out(&out, fd, error);
	tw_output_free(&out);
	if (entries->told > TOLD)
		buffer_print(&entries->faults, "{\"schema\":1,\"faults\":%llu}\n",
			     (unsigned long long)entries->told);
	if (!code && entries->faults.failed)
		code = error_memory(error);
	if (!code && write_all(fd, entries->faults.at, entries->faults.length))
		code = error_set(error, TW_BAD_FILE, "the answers cannot be stored");
	return code;
}

static int run(struct reply *reply, const struct question *question, const struct worker *worker,
	       struct entries *entries, struct tw_error *error)
{
	struct tw_refund_options options = TW_REFUND_OPTIONS_INIT;
	const char *facts[QUESTION_GIVEN], *as_of = question_get(question, "as-of");
	const struct tw_refund_source source = {.name = "body",
						.kind = TW_REFUND_ENTRIES,
						.next = next_text,
						.fault = tell_fault,
						.context = entries};
	tw_refund *refund = NULL;
	struct stat status;
	for (size_t i = 0; i < question->count; i++)
		if (!strcmp(question->given[i].param->name, "fact"))
			facts[options.fact_count++] = question->given[i].value;
	options.facts = facts;
	options.filed = as_of ? worker_day(worker, as_of) : worker->today;
	options.interest_to = worker_day(worker, question_get(question, "interest-to"));
	options.other_payee = question_choice(question, "payee", 0) == 1;
	int code = tw_refund_new(&refund, worker->options->rulebook, &options, error);
	if (!code && !(code = tw_refund_read(refund, &source, error)))
		code = answer_all(reply->fd, refund, entries, error);
	if (!code && fstat(reply->fd, &status))
		code = error_set(error, TW_BAD_FILE, "the answers cannot be stored");
	if (!code)
		reply->size = (uint64_t)status.st_size;
	tw_refund_free(refund);
	return code;
}

void answer_refund(struct reply *reply, const struct question *question, struct worker *worker)
{
	struct entries entries = {.in = question->in};
	struct tw_error error = {0};
	reply->fd = temporary_file(&error);
	int code = reply->fd < 0 ? error.code : run(reply, question, worker, &entries, &error);
	buffer_free(&entries.faults);
	if (code) {
		reply_error(reply, &error);
	} else {
		reply->status = 200;
		reply->type = form_types[FORM_NDJSON];
	}
}
