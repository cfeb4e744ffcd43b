/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/deadlines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/instant.h"
#include "common/sort.h"
#include "common/words.h"
#include "common/write.h"
#include "refund/entry.h"
#include "refund/write.h"

#define MEMORY ((size_t)1 << 20)
#define BLOCK ((size_t)64 << 10)

struct record { /* ordered as bytes: by day, then as the entries came */
	unsigned char day[8], order[8];
	int32_t deadline, days_left;
	int64_t removable;
	int32_t within, status;
	uint32_t has_removable;
	uint32_t reason; /* its text in the law; 0: none */
	char entry[REFUND_ENTRY + 8], importer[24];
};

struct refund_deadlines {
	const struct refunds *law;
	struct sort *records;
	uint64_t count;
};

int refund_deadlines_new(struct refund_deadlines **out, const struct refunds *law,
			 struct tw_error *error)
{
	struct refund_deadlines *d = calloc(1, sizeof *d);
	*out = NULL;
	if (!d)
		return error_memory(error);
	d->law = law;
	int code = sort_new(&d->records, sizeof(struct record), MEMORY, error);
	if (code)
		free(d);
	else
		*out = d;
	return code;
}

void refund_deadlines_free(struct refund_deadlines *d)
{
	if (d)
		sort_free(d->records);
	free(d);
}

int refund_deadlines_add(struct refund_deadlines *d, const struct refund_answer *answer,
			 struct tw_error *error)
{
	struct record record;
	int within = refund_must_protest(answer);
	if (within < 0)
		return TW_OK;
	memset(&record, 0, sizeof record);
	sort_put(record.day, (uint64_t)(answer->protest_deadline + INT64_C(0x80000000)));
	sort_put(record.order, d->count++);
	record.deadline = answer->protest_deadline;
	record.days_left = answer->days_left;
	record.removable = answer->removable;
	record.has_removable = answer->has_removable;
	record.within = refund_within[within];
	record.status = (int32_t)answer->status;
	memcpy(record.entry, answer->entry, sizeof record.entry);
	memcpy(record.importer, answer->importer, sizeof record.importer);
	record.reason = answer->reason ? answer->reason->reason : 0;
	return sort_add(d->records, &record, error);
}

static void put_cell(struct buffer *out, const char *text, bool safe)
{
	size_t start = out->length;
	buffer_text(out, text);
	(void)buffer_end_cell(out, start, safe);
}

static void put_record(struct buffer *out, const struct refunds *law, const struct record *r,
		       bool safe)
{
	char day[16];
	buffer_print(out, "%s,%d,%d,", time_print_day(day, r->deadline), (int)r->days_left,
		     (int)r->within);
	put_cell(out, r->entry, safe);
	buffer_char(out, ',');
	put_cell(out, r->importer, safe);
	buffer_print(out, ",%s,%s,", refund_status_names[r->status], refunds_text(law, r->reason));
	if (r->has_removable)
		refund_cents(out, r->removable);
	buffer_char(out, '\n');
}

static int flush(struct buffer *out, int fd, struct tw_error *error)
{
	if (out->failed)
		return error_memory(error);
	if (write_all(fd, out->at, out->length))
		return error_set(error, TW_BAD_FILE, "the deadlines cannot be written: %s",
				 strerror(errno));
	out->length = 0;
	return TW_OK;
}

int refund_deadlines_csv(struct refund_deadlines *d, int fd, bool safe, struct tw_error *error)
{
	struct buffer out = {0};
	struct record record;
	int got = 1, code = sort_finish(d->records, error);
	buffer_text(&out,
		    "protest_deadline,days_left,within,entry,importer,status,reason,removable\n");
	while (!code && (got = sort_next(d->records, &record, error)) > 0) {
		put_record(&out, d->law, &record, safe);
		if (out.length > BLOCK)
			code = flush(&out, fd, error);
	}
	if (!code)
		code = got < 0 ? got : flush(&out, fd, error);
	buffer_free(&out);
	return code;
}
