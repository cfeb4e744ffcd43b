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
	const struct told told = {timeline, line, steps, count, NULL, 0};
	int code = check(out, &told, error);
	return code || !count ? code : write_steps(out, &told, write_ndjson, error);
}

int tw_timeline_csv(struct tw_output *out, const tw_timeline *timeline, const struct tw_line *line,
		    const struct tw_step *steps, size_t count, struct tw_error *error)
{
	const struct told told = {timeline, line, steps, count, NULL, 0};
	int code = check(out, &told, error);
	return code ? code : write_steps(out, &told, write_csv, error);
}
