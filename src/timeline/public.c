/* SPDX-License-Identifier: Apache-2.0 */
/* Timelines of the library as the program writes them. */
#include "common/error.h"
#include "common/given.h"
#include "timeline/write.h"

static int write_steps(struct tw_output *out, const struct told *told,
		       void (*write)(struct buffer *, const struct told *), struct tw_error *error)
{
	struct buffer buffer = {.at = out->at, .length = out->length, .room = out->room};
	if (told->count)
		write(&buffer, told);
	else
		write_csv_header(&buffer);
	bool whole = !buffer.failed && buffer_room(&buffer, 1);
	size_t length = whole ? buffer.length : out->length;
	if (whole)
		buffer.at[length] = '\0';
	*out = (struct tw_output){buffer.at, length, buffer.room};
	return whole ? TW_OK : error_memory(error);
}

int told_find(struct told *told, tw_timeline *timeline, const struct tw_line *line,
	      struct tw_error *error)
{
	*told = (struct told){.timeline = timeline, .line = line};
	int code = tw_timeline_steps(&told->step, &told->count, timeline, line, error);
	return code ? code : tw_timeline_marks(&told->mark, &told->mark_count, timeline, error);
}

/* The marks of the timeline between the steps that are told. */
static void take_marks(struct told *told)
{
	const tw_timeline *t = told->timeline;
	size_t first = 0, end;
	while (first < t->mark_count && t->mark[first].at < told->step[0].at)
		first++;
	for (end = first;
	     end < t->mark_count && t->mark[end].at < told->step[told->count - 1].until;)
		end++;
	told->mark = end > first ? t->mark + first : NULL;
	told->mark_count = end - first;
}

static int check(const struct tw_output *out, const struct told *told, struct tw_error *error)
{
	if (!out || !told->timeline)
		return error_null(error, out ? "timeline" : "out");
	if (!told->step && told->count)
		return error_null(error, "steps");
	return told->count ? given_line(told->line, error) : TW_OK;
}

int tw_timeline_json(struct tw_output *out, const tw_timeline *timeline, const struct tw_line *line,
		     const struct tw_step *steps, size_t count, struct tw_error *error)
{
	struct told told = {timeline, line, steps, count, NULL, 0};
	int code = check(out, &told, error);
	if (code || !count)
		return code;
	take_marks(&told);
	return write_steps(out, &told, write_ndjson, error);
}

static void write_plain(struct buffer *out, const struct told *told)
{
	write_csv(out, told, false);
}

int tw_timeline_csv(struct tw_output *out, const tw_timeline *timeline, const struct tw_line *line,
		    const struct tw_step *steps, size_t count, struct tw_error *error)
{
	struct told told = {timeline, line, steps, count, NULL, 0};
	int code = check(out, &told, error);
	if (code)
		return code;
	if (count)
		take_marks(&told);
	return write_steps(out, &told, write_plain, error);
}
