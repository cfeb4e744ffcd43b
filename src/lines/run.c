/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/run.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/error.h"
#include "common/write.h"
#include "lines/carried.h"
#include "lines/claim_columns.h"
#include "lines/fields.h"
#include "lines/kept.h"
#include "lines/key_find.h"
#include "lines/laws.h"
#include "lines/notes.h"
#include "lines/planned.h"
#include "lines/report.h"
#include "lines/sample.h"
#include "lines/work.h"

enum { REFUSALS = 20 /* shown on standard error */ };

struct run {
	const struct run_options *options;
	struct input *inputs;
	size_t input_count;
	struct work work;
	struct worker *workers;
	void **worker_list;
	tw_assessor **assessors;
	struct gather *gather;
	struct carried *carried;
	struct fields fields;
	struct claim_columns *claims;
	/* one thread at a time */
	uint64_t refusals, lines;
	double start, shown, began; /* of the run, the last progress line, this pass */
	bool has_progress, has_written;
};

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static int prepare(void *at, struct batch *batch, struct tw_error *error)
{
	struct run *run = at;
	if (run->work.laws && run->work.laws->gather)
		return laws_fill(run->work.laws, batch, error);
	return run->gather ? gather_fill(run->gather, batch, error) : TW_OK;
}

static void clear_progress(struct run *run)
{
	if (run->has_progress)
		write_all(run->options->err, "\r\033[K", 4);
	run->has_progress = false;
}

static void show_progress(struct run *run, const char *what, uint64_t lines)
{
	char line[128];
	double at = now();
	uint64_t size = 0, read = 0;
	if (!run->options->progress || at - run->start < 1 || at - run->shown < 0.1)
		return;
	for (size_t i = 0; i < run->input_count; i++) {
		size += run->inputs[i].size;
		read += run->inputs[i].read;
	}
	int length =
	    snprintf(line, sizeof line, "\r\033[K%s%llu lines", what, (unsigned long long)lines);
	if (size)
		length += snprintf(line + length, sizeof line - (size_t)length, ", %llu%%",
				   (unsigned long long)(100 * read / size));
	length += snprintf(line + length, sizeof line - (size_t)length, ", %.0f lines/s",
			   (double)lines / (at - run->began));
	write_all(run->options->err, line, (size_t)length);
	run->has_progress = true;
	run->shown = at;
}

static void read_ahead(void *at, uint64_t lines)
{
	struct run *run = at;
	if (lines <= BATCH_LINES)
		run->began = now();
	show_progress(run, "reading ahead: ", lines);
}

/* Shows the first refusals, and counts the rest. */
static void show_notes(struct run *run, const struct buffer *notes)
{
	const char *at = notes->at, *end = at + notes->length;
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t length = (size_t)(newline - at) + 1;
		if (run->refusals++ < REFUSALS && run->options->err >= 0 &&
		    !run->options->quiet_lines) {
			clear_progress(run);
			note_say(run->options->err, at, length - 1);
		}
		at += length;
	}
}

/* The answers to whoever takes them in place of the output. */
static int hand_over(const struct run *run, const struct pass_slot *slot, struct tw_error *error)
{
	const struct run_sink *sink = run->options->sink;
	const struct run_rows rows = {.text = {slot->out.at, slot->out.length},
				      .number = (const uint64_t *)(const void *)slot->numbers.at,
				      .count = slot->numbers.length / sizeof(uint64_t),
				      .input = (size_t)(slot->batch.input - run->inputs),
				      .gathered = slot->gathered};
	return rows.count ? sink->put(sink->context, &rows, error) : TW_OK;
}

static int done(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct run *run = at;
	run->lines += slot->lines;
	if (slot->notes.length)
		show_notes(run, &slot->notes);
	if (run->has_progress && isatty(run->options->out))
		clear_progress(run);
	if (run->options->format == RUN_JSON && slot->out.length && !run->has_written)
		slot->out.at[0] = '[';
	run->has_written = run->has_written || slot->out.length;
	if (run->options->sink && hand_over(run, slot, error))
		return error->code;
	if (!run->options->sink && write_all(run->options->out, slot->out.at, slot->out.length))
		return error_set(error, TW_BAD_FILE, "the output cannot be written: %s",
				 strerror(errno));
	show_progress(run, "", run->lines);
	return TW_OK;
}

static int open_inputs(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	int code = TW_OK;
	run->inputs = calloc(options->file_count, sizeof *run->inputs);
	if (!run->inputs)
		return error_memory(error);
	for (size_t i = 0; i < options->file_count && !code; i++) {
		run->inputs[i].fd = -1;
		run->input_count = i + 1;
		code = input_open(&run->inputs[i], options->files[i], options->columns, error);
	}
	return code;
}

/* A --map that no file has is a misspelling. NDJSON shows its keys only later. */
static int check_maps(const struct run *run, struct tw_error *error)
{
	const struct columns_options *columns = run->options->columns;
	const char *names[CSV_FIELDS];
	char text[CSV_FIELDS][64];
	for (size_t i = 0; i < run->input_count; i++)
		if (run->inputs[i].is_ndjson)
			return TW_OK;
	for (size_t m = 0; m < columns->map_count; m++) {
		struct tw_text name = columns->map[m].theirs;
		const struct columns *header = &run->inputs[0].columns;
		if (columns->map[m].used)
			continue;
		for (size_t i = 0; i < header->count; i++) {
			snprintf(text[i], sizeof text[i], "%.*s",
				 (int)(header->name[i].length < 63 ? header->name[i].length : 63),
				 header->name[i].at);
			names[i] = text[i];
		}
		const char *nearest = columns_nearest(name.at, name.length, names, header->count);
		return error_set(error, TW_BAD_ARGUMENT,
				 "--map: no file has a column \"%.*s\"%s%s%s", (int)name.length,
				 name.at, nearest ? "; did you mean \"" : "",
				 nearest ? nearest : "", nearest ? "\"?" : "");
	}
	return TW_OK;
}

static const char no_entries[] = "--only differing: no file is an entry export with declared "
				 "amounts, so no line differs and none is written";

/* What is written of each line, and in what order. */
static int lay_out(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	bool csv = options->format == RUN_CSV, has_filed = false;
	const char *names[FINDING_NAMES];
	int code = TW_OK;
	for (size_t i = 0; i < run->input_count; i++)
		has_filed = has_filed || run->inputs[i].columns.is_es003;
	if (options->only == RUN_DIFFERING && !has_filed)
		note_say(run->options->err, no_entries, sizeof no_entries - 1);
	bool has_detail = options->sink && options->sink->gather;
	unsigned kinds = (has_filed ? FINDING_FILED : 0u) |
			 (options->parties ? FINDING_PARTIES : 0u) |
			 (options->parties && has_detail ? FINDING_PARTY_DETAIL : 0u);
	size_t count = csv ? finding_csv_names(names, kinds) : finding_ndjson_names(names);
	if (csv && !options->only_answers)
		code =
		    carried_new(&run->carried, run->inputs, run->input_count, names, count, error);
	if (code || (!csv && !options->fields))
		return code;
	code = fields_read(&run->fields, options->fields, run->carried, names, count, error);
	for (size_t i = 0; csv && i < run->fields.count; i++)
		if (run->fields.at[i] >= 0)
			run->fields.at[i] = finding_csv_column((size_t)run->fields.at[i], kinds);
	run->work.carried = run->carried;
	run->work.style.kept = run->carried ? run->carried->name : NULL;
	run->work.style.field = run->fields.at;
	run->work.style.field_count = run->fields.count;
	return code;
}

/* Whether any file says which lines make a shipment. */
static bool has_shipments(const struct run *run)
{
	const struct columns_options *columns = run->options->columns;
	if (columns->set[TW_COLUMN_SHIPMENT].at)
		return true;
	for (size_t i = 0; i < run->input_count; i++) {
		struct input *input = &run->inputs[i];
		if (input->is_ndjson ? key_find_shipment(input, columns)
				     : input->columns.at[TW_COLUMN_SHIPMENT] >= 0)
			return true;
	}
	return false;
}

static int gather(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	run->work.gathers_shipments = has_shipments(run);
	if (!run->work.gathers_shipments && !options->daily_sum && !options->monthly_sum)
		return TW_OK;
	int code = TW_OK;
	for (size_t i = 0; i < run->input_count && !code; i++)
		code = input_spool(&run->inputs[i], error);
	struct gather_options ask = {.read = gather_files,
				     .inputs = run->inputs,
				     .input_count = run->input_count,
				     .jobs = options->jobs,
				     .columns = options->columns,
				     .assessors = run->assessors,
				     .assess = run->work.assess,
				     .shipments = run->work.gathers_shipments,
				     .daily_sum = options->daily_sum,
				     .monthly_sum = options->monthly_sum,
				     .memory = options->memory,
				     .progress = read_ahead,
				     .progress_context = run};
	for (size_t i = 0; i < run->input_count && !code; i++)
		code = input_rewind(&run->inputs[i], error);
	if (!code && run->work.laws)
		return laws_gather(run->work.laws, &ask, error);
	return code ? code : gather_new(&run->gather, &ask, error);
}

/* Whether anything of the input stands in the answers. */
static bool has_kept(const struct run *run)
{
	bool json = run->options->format == RUN_NDJSON || run->options->format == RUN_JSON;
	return run->carried || (json && run->options->keep);
}

static int make_workers(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	struct tw_options assessor = options->assessor;
	int code = TW_OK;
	bool gathers = options->sink && options->sink->gather;
	if (options->format != RUN_JSON && options->format != RUN_NDJSON && !gathers)
		assessor.no_changes = true; /* they do not print it */
	run->workers = calloc(options->jobs, sizeof *run->workers);
	run->worker_list = calloc(options->jobs, sizeof *run->worker_list);
	run->assessors = calloc(options->jobs, sizeof *run->assessors);
	if (!run->workers || !run->worker_list || !run->assessors)
		return error_memory(error);
	code = laws_new(&run->work.laws, options, &assessor, error);
	if (!options->assess && !options->take && !code)
		code = tw_plans_new(&run->work.plans, options->rulebook, &assessor, 0, error);
	assessor.plans = run->work.plans;
	for (unsigned i = 0; i < options->jobs && !code; i++) {
		run->workers[i].work = &run->work;
		run->workers[i].index = i;
		scan_start(&run->workers[i].scan);
		run->worker_list[i] = &run->workers[i];
		if (item_new(&run->workers[i].item) ||
		    (has_kept(run) && kept_new(&run->workers[i].kept, run->carried, &run->fields)))
			return error_memory(error);
		if (options->take)
			run->assessors[i] = run->work.laws->assessor[i * options->law_count];
		else if (!options->assess)
			code = tw_assessor_new(&run->assessors[i], options->rulebook, &assessor,
					       error);
		run->workers[i].assessor = run->assessors[i];
		if (!code && !gathers) /* by a plan there is no whole answer */
			code = planned_new(&run->workers[i].planned, &run->workers[i], error);
	}
	return code;
}

/* What cannot be read in parts, or would not be the same in parts. */
static int check_part(const struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	const struct input *input = &run->inputs[0];
	if (options->file_count != 1)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--part is for one file: run it for each of the files");
	if (!input->is_seekable)
		return input_fail(error, input, 0, TW_BAD_ARGUMENT,
				  "cannot be read in parts, for it is a pipe: give a file by name");
	if (input->source)
		return input_fail(
		    error, input, 0, TW_BAD_ARGUMENT,
		    "cannot be read in parts, for it is compressed, a workbook or not "
		    "in UTF-8: make a plain CSV file or NDJSON of it");
	if (run->work.gathers_shipments)
		return input_fail(error, input, 0, TW_BAD_ARGUMENT,
				  "cannot be read in parts, for it has shipments, whose lines may "
				  "stand in several: assess it whole");
	if (options->daily_sum)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--part and --daily-sum exclude each other: the sum of a day is "
				 "over all lines");
	if (options->monthly_sum)
		return error_set(error, TW_BAD_ARGUMENT,
				 "--part and --monthly-sum exclude each other: the sum of a month "
				 "is over all lines");
	return TW_OK;
}

/* The bytes behind the header in equal parts; a record is of the part in which it begins. */
static int take_part(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	struct input *input = &run->inputs[0];
	if (!options->parts)
		return TW_OK;
	int code = check_part(run, error);
	if (code)
		return code;
	uint64_t bytes = input->size > input->start ? input->size - input->start : 0;
	uint64_t each = bytes / options->parts, more = bytes % options->parts;
	uint64_t before = options->part - 1;
	if (before)
		code = input_skip(
		    input, input->start + each * before + more * before / options->parts, error);
	if (options->part < options->parts)
		input->until =
		    input->start + each * options->part + more * options->part / options->parts;
	return code;
}

static const char header_replaced[] = "column names contain control characters or bytes that are "
				      "not UTF-8; they are written as U+FFFD";

static int write_header(const struct run *run, struct tw_error *error)
{
	struct buffer out = {0};
	int code = TW_OK;
	const struct run_sink *sink = run->options->sink;
	const struct run_layout layout = {run->inputs, run->input_count, run->carried,
					  &run->fields};
	if (run->options->totals_only || run->options->part > 1)
		return TW_OK;
	if (sink)
		return sink->begin(sink->context, &layout, error);
	if (run->options->format == RUN_CSV && finding_csv_header(&out, &run->work.style))
		note_say(run->options->err, header_replaced, sizeof header_replaced - 1);
	if (run->options->format == RUN_TABLE)
		finding_table_header(&out, &run->work.style);
	if (out.failed)
		code = error_set(error, TW_NO_MEMORY, "not enough memory");
	else if (write_all(run->options->out, out.at, out.length))
		code = error_set(error, TW_BAD_FILE, "the output cannot be written: %s",
				 strerror(errno));
	buffer_free(&out);
	return code;
}

/* The array of JSON ends. */
static int write_end(const struct run *run, struct tw_error *error)
{
	const char *end = run->has_written ? "]\n" : "[]\n";
	if (run->options->format == RUN_JSON && write_all(run->options->out, end, strlen(end)))
		return error_set(error, TW_BAD_FILE, "the output cannot be written: %s",
				 strerror(errno));
	return TW_OK;
}

/* --sheet is for workbooks. */
static int check_sheet(const struct run *run, struct tw_error *error)
{
	const char *sheet = run->options->columns->sheet;
	for (size_t f = 0; sheet && f < run->input_count; f++)
		if (run->inputs[f].is_sheet)
			return TW_OK;
	return sheet ? error_set(error, TW_BAD_ARGUMENT,
				 "--sheet %.80s: no file is a workbook (.xlsx); omit it", sheet)
		     : TW_OK;
}

/* What the rulebook says of names: its claims and units, for the readers of headers. */
static int know_names(struct run *run, struct tw_error *error)
{
	struct columns_options *columns = run->options->columns;
	columns->rulebook = run->options->rulebook;
	if (columns->rulebook && claim_columns_new(&run->claims, columns->rulebook))
		return error_memory(error);
	columns->claims = run->claims;
	columns->assessor = NULL;
	return columns_resolve(columns, error);
}

static void note_rest(const struct run *run)
{
	char line[128];
	if (run->refusals <= REFUSALS || run->options->err < 0 || run->options->quiet_lines)
		return;
	int length = snprintf(line, sizeof line, "%llu more lines refused; %s",
			      (unsigned long long)run->refusals - REFUSALS,
			      run->options->only && !(run->options->only & RUN_REFUSED)
				  ? "--only leaves them out of the output"
				  : "the output gives the reason for each");
	note_say(run->options->err, line, (size_t)length);
}

/* Lines that a plan answered otherwise than the assessor, which must not be; its answer was given.
 */
static void note_unlike(const struct run *run)
{
	char line[700];
	struct tw_plans_state state = {.size = sizeof state};
	unsigned long long unlike = 0;
	if (!run->work.plans || run->options->err < 0)
		return;
	tw_plans_state(run->work.plans, &state);
	for (unsigned i = 0; i < run->options->jobs; i++)
		unlike += planned_unlike(run->workers[i].planned);
	unlike += state.unlike;
	if (!unlike)
		return;
	int length =
	    snprintf(line, sizeof line,
		     "%llu lines were answered otherwise by their plan than by themselves, and "
		     "the latter was given: please report it%s%s",
		     unlike, *state.first ? ": " : "", state.first);
	note_say(run->options->err, line,
		 (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

static void free_run(struct run *run)
{
	for (unsigned i = 0; run->workers && i < run->options->jobs; i++) {
		item_free(run->workers[i].item);
		totals_free(&run->workers[i].totals);
		scan_free(&run->workers[i].scan);
		kept_free(run->workers[i].kept);
		planned_free(run->workers[i].planned);
		if (!run->options->assess && !run->options->take && run->assessors)
			tw_assessor_free(run->assessors[i]);
	}
	for (size_t i = 0; i < run->input_count; i++)
		input_close(&run->inputs[i]);
	tw_plans_free(run->work.plans);
	gather_free(run->gather);
	laws_free(run->work.laws);
	free(run->workers);
	free(run->worker_list);
	free(run->assessors);
	free(run->inputs);
	claim_columns_free(run->claims);
	carried_free(run->carried);
	fields_free(&run->fields);
}

static bool has_answers(const struct run *run)
{
	for (unsigned i = 0; i < run->options->jobs; i++)
		if (run->workers[i].totals.lines)
			return true;
	return false;
}

/* From the options to the columns of all inputs. */
static int prepare_run(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	int code = know_names(run, error);
	if (code || (code = open_inputs(run, error)) || (code = check_sheet(run, error)) ||
	    (code = check_maps(run, error)) || (code = lay_out(run, error)) ||
	    (code = make_workers(run, error)))
		return code;
	options->columns->assessor = run->assessors[0];
	for (size_t i = 0; i < run->input_count && !code; i++)
		code = sample_decide(&run->inputs[i], options->columns, error);
	return code;
}

/* An object of JSON is ten times as long as a row: what is written of a chunk is to stay near. */
static size_t chunk_of(const struct run_options *options)
{
	bool json = options->format == RUN_NDJSON || options->format == RUN_JSON;
	return json ? INPUT_CHUNK / 8 : INPUT_CHUNK;
}

/* All lines, in their order, and what is written behind them. */
static int answer_lines(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	struct pass pass = {.inputs = run->inputs,
			    .input_count = run->input_count,
			    .jobs = options->jobs,
			    .workers = run->worker_list,
			    .drop = options->sink ? options->sink->drop : NULL,
			    .takes_rows =
				!run->gather && !(run->work.laws && run->work.laws->gather),
			    .context = run,
			    .prepare = prepare,
			    .done = done,
			    .work = work_batch};
	for (size_t i = 0; i < run->input_count; i++)
		run->inputs[i].block = chunk_of(options);
	run->began = now();
	int code = pass_run(&pass, error);
	if (!code && run->work.laws)
		code = laws_end(run->work.laws, error);
	for (size_t i = 0; i < run->input_count && !code && !options->parts; i++)
		if (!run->inputs[i].has_lines)
			code = input_no_lines(&run->inputs[i], error);
	if (!code && !options->parts && !has_answers(run)) /* rows of blanks alone */
		code = input_no_lines(&run->inputs[0], error);
	return code ? code : write_end(run, error);
}

int run_lines(struct totals *totals, const struct run_options *options, struct tw_error *error)
{
	struct run run = {.options = options, .work = {.options = options}, .start = now()};
	run.work.assess = options->assess ? options->assess : tw_assess;
	run.work.style = (struct finding_style){
	    .edition = options->rulebook ? tw_rulebook_edition(options->rulebook) : "",
	    .known_on = options->rulebook ? tw_rulebook_known_on(options->rulebook) : "",
	    .sha256 = options->rulebook ? tw_rulebook_sha256(options->rulebook) : "",
	    .safe = options->spreadsheet_safe,
	    .program = options->program,
	    .rulebook = options->rulebook,
	    .color = options->color,
	    .width = options->width};
	if (options->parties) {
		run.work.style.lists = options->parties->lists;
		run.work.style.lists_cell = options->parties->lists_cell;
	}
	int code = prepare_run(&run, error);
	if (code)
		goto done;
	const struct notes notes = {.err = options->err,
				    .quiet = options->quiet,
				    .inputs = run.inputs,
				    .count = run.input_count,
				    .columns = options->columns};
	notes_files(&notes);
	if (options->only_columns) {
		code = report_write(options->out, run.inputs, run.input_count,
				    options->format == RUN_JSON, error);
		goto done;
	}
	notes_columns(&notes);
	if ((code = gather(&run, error)) || (code = take_part(&run, error)) ||
	    (code = write_header(&run, error)))
		goto done;
	code = answer_lines(&run, error);
	clear_progress(&run);
	note_rest(&run);
	note_unlike(&run);
	for (unsigned i = 0; i < options->jobs; i++)
		totals_merge(totals, &run.workers[i].totals);
	if (!code && totals_failed(totals))
		code = error_set(error, TW_NO_MEMORY, "not enough memory for the totals");
done:
	free_run(&run);
	return code;
}
