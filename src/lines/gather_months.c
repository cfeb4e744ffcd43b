/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sums of a calendar month: each line is assessed as if it stood alone; what it brings to the sums
 * of its person is sorted by person, sum and month, and gone through in order of entry, then of the
 * input. A second order, by persons who are nearly the same, finds whom to ask about. It knows no
 * thresholds: which sums there are, and of whom, the answer says.
 */
#include "common/capped.h"
#include "common/person.h"
#include "lines/gather_pass.h"

#include <string.h>

struct running {
	int64_t weight, volume;
	uint64_t lines, unknown;
};
/* What a line brings to a sum. Sorted up to the place. */
struct month_record {
	key16 person;
	key8 sum; /* the key of the rulebook, and the month */
	key8 entered, ordinal;
	key16 other;            /* the key by which this order does not sort */
	int64_t weight, volume; /* -1: not said */
	uint64_t number, counts;
	uint64_t file;
	struct running own; /* what stood before it of the same person under the same name */
};

static void put_time(key8 out, tw_time at)
{
	sort_put(out, (uint64_t)at ^ UINT64_C(1) << 63);
}

/* "2025-05" as a number of months. */
static uint64_t month_number(const char *text)
{
	uint64_t number = 0;
	for (const char *at = text; *at; at++)
		if (*at >= '0' && *at <= '9')
			number = number * 10 + (uint64_t)(*at - '0');
	return number;
}

/* The pass over the lines: the work on one. */
static int work_month(struct gather_worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	static const struct tw_month none;
	struct item *item = worker->item;
	const struct gather_options *options = worker->options;
	const struct tw_assessment *answer;
	item->line.month = &none;
	int code = options->assess(&answer, worker->assessor, &item->line, error);
	for (size_t i = 0; !code && i < answer->sum_count; i++) {
		const struct tw_sum *sum = &answer->sums[i];
		struct month_record record = {.weight = sum->weight,
					      .volume = sum->limit_volume > 0 ? sum->volume : -1,
					      .counts = sum->counts,
					      .number = item->number};
		struct person_pair pair;
		person_of(&pair, &item->line,
			  sum->other.length ? LEDGER_SUM_PARTIES : LEDGER_SUM_IMPORTER);
		person_key(record.person, &pair);
		person_near_key(record.other, &pair);
		sort_put(record.sum, (uint64_t)sum->key << 24 | month_number(sum->month));
		put_time(record.entered, sum->entered);
		sort_put(record.ordinal, item->ordinal);
		while (record.file < options->input_count &&
		       options->inputs[record.file].name != item->file)
			record.file++;
		buffer_put(&slot->out, (const char *)&record, sizeof record);
	}
	return code;
}

static bool same_sum(const struct month_record *a, const struct month_record *b)
{
	return !memcmp(a, b, offsetof(struct month_record, entered));
}

static void run_on(struct running *running, const struct month_record *record)
{
	if (!record->counts)
		return;
	running->lines++;
	if (record->weight >= 0)
		running->weight = capped_sum(running->weight, record->weight);
	else if (record->volume >= 0)
		running->volume = capped_sum(running->volume, record->volume);
	else
		running->unknown++;
}

static struct month_answer answer_of(const struct month_record *record,
				     const struct running *running)
{
	struct month_answer answer;
	memset(&answer, 0, sizeof answer);
	memcpy(answer.ordinal, record->ordinal, sizeof answer.ordinal);
	sort_put(answer.key, sort_get(record->sum) >> 24);
	answer.weight = running->weight;
	answer.volume = running->volume;
	answer.lines = running->lines;
	answer.unknown = running->unknown;
	return answer;
}

/* What stands before each line in its person's month. */
static int sum_months(struct sort *answers, struct sort *records, struct tw_error *error)
{
	struct month_record record, last = {0};
	struct running running = {0};
	struct month_place latest[MONTH_LINES];
	bool open = false;
	int got, code = TW_OK;
	while (!code && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		if (!open || !same_sum(&last, &record))
			running = (struct running){0};
		last = record;
		open = true;
		struct month_answer answer = answer_of(&record, &running);
		size_t kept = running.lines < MONTH_LINES ? (size_t)running.lines : MONTH_LINES;
		for (size_t i = 0; i < kept; i++)
			answer.line[i] = latest[(running.lines - kept + i) % MONTH_LINES];
		code = sort_add(answers, &answer, error);
		if (record.counts)
			latest[running.lines % MONTH_LINES] =
			    (struct month_place){record.file, record.number};
		run_on(&running, &record);
	}
	return code ? code : sort_finish(answers, error);
}

/* Sorts by name and person at once. */
static int by_both(struct sort *out, struct sort *records, struct tw_error *error)
{
	struct month_record record;
	char both[2 * sizeof(key16)];
	int got, code = sort_rewind(records, error);
	while (!code && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		memcpy(both, record.person, sizeof record.person);
		memcpy(both + sizeof record.person, record.other, sizeof record.other);
		gather_hash(record.person, (struct tw_text){both, sizeof both}, 5, false);
		code = sort_add(out, &record, error);
	}
	return code ? code : sort_finish(out, error);
}

/* Sorts by names that are nearly the same; each line knows what its own person brought under it. */
static int by_name(struct sort *out, struct sort *records, struct tw_error *error)
{
	struct month_record record, before = {0};
	struct running running = {0};
	key16 both;
	bool open = false;
	int got, code = TW_OK;
	while (!code && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		if (!open || !same_sum(&before, &record))
			running = (struct running){0};
		before = record;
		open = true;
		record.own = running;
		memcpy(both, record.person, sizeof both);
		memcpy(record.person, record.other, sizeof record.person);
		memcpy(record.other, both, sizeof record.other);
		code = sort_add(out, &record, error);
		run_on(&running, &record);
	}
	return code ? code : sort_finish(out, error);
}

/* The latest lines of two persons who are nearly the same. */
struct near_ones {
	struct month_record last, apart;
	bool has_last, has_apart;
};

static bool other_person(const struct month_record *a, const struct month_record *b)
{
	return memcmp(a->other, b->other, sizeof a->other) != 0;
}

/* The latest line of another person than that of the record, or NULL. */
static const struct month_record *near_of(const struct near_ones *near,
					  const struct month_record *record)
{
	if (near->has_last && other_person(&near->last, record))
		return &near->last;
	return near->has_apart && other_person(&near->apart, record) ? &near->apart : NULL;
}

static void note_near(struct near_ones *near, const struct month_record *record)
{
	if (!record->counts)
		return;
	if (near->has_last && other_person(&near->last, record)) {
		near->apart = near->last;
		near->has_apart = true;
	}
	near->last = *record;
	near->has_last = true;
}

/* Of each line, what stands before it of all who are nearly the same, where there are several. */
static int sum_nears(struct sort *answers, struct sort *records, struct tw_error *error)
{
	struct month_record record, before = {0};
	struct near_ones near = {0};
	struct running running = {0};
	bool open = false;
	int got, code = TW_OK;
	while (!code && (got = sort_next(records, &record, error)) != 0) {
		if (got < 0)
			return got;
		if (!open || !same_sum(&before, &record)) {
			running = (struct running){0};
			near = (struct near_ones){0};
		}
		before = record;
		open = true;
		const struct month_record *other = near_of(&near, &record);
		if (other) {
			struct running others = {
			    running.weight - record.own.weight, running.volume - record.own.volume,
			    running.lines - record.own.lines, running.unknown - record.own.unknown};
			struct month_answer answer = answer_of(&record, &others);
			answer.line[0] = (struct month_place){other->file, other->number};
			code = sort_add(answers, &answer, error);
		}
		note_near(&near, &record);
		run_on(&running, &record);
	}
	return code ? code : sort_finish(answers, error);
}

/* Of whom may lines of nearly the same name be? */
static int find_nears(struct sort **nears, struct sort *records, size_t memory,
		      struct tw_error *error)
{
	struct sort *both = NULL, *names = NULL;
	int code = sort_new(&both, sizeof(struct month_record), memory, error);
	if (code || (code = by_both(both, records, error)) ||
	    (code = sort_new(&names, sizeof(struct month_record), memory, error)) ||
	    (code = by_name(names, both, error)) ||
	    (code = sort_new(nears, sizeof(struct month_answer), memory, error)))
		goto done;
	code = sum_nears(*nears, names, error);
done:
	sort_free(both);
	sort_free(names);
	return code;
}

int gather_months(struct sort **sums, struct sort **nears, struct gather *gather,
		  const struct gather_options *options, struct tw_error *error)
{
	size_t memory = gather_memory(gather), record = sizeof(struct month_record);
	struct sort *records = NULL;
	int code = sort_new(&records, record, memory, error);
	if (!code)
		code = gather_run(gather, options, work_month, records, record, error);
	if (!code)
		code = sort_new(sums, sizeof(struct month_answer), memory, error);
	if (!code)
		code = sum_months(*sums, records, error);
	if (!code)
		code = find_nears(nears, records, memory, error);
	sort_free(records);
	return code;
}
