/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { REFUSALS = 20 /* shown on standard error */, KEPT = CSV_FIELDS };

struct worker {
	struct item *item;
	tw_assessor *assessor;
	struct totals totals;
	const struct run *run;
};

struct run {
	const struct run_options *options;
	struct input *inputs;
	size_t input_count;
	struct worker *workers;
	void **worker_list;
	tw_assessor **assessors;
	struct gather *gather;
	bool gathers_shipments;
	struct finding_style style;
	struct tw_text *kept_names;
	gather_assess *assess;
	/* the thread that hands over */
	uint64_t refusals, lines;
	double start, shown, began; /* of the run, the last progress line, this pass */
	bool has_progress;
};

static int fail(struct tw_error *error, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int fail(struct tw_error *error, int code, const char *format, ...)
{
	va_list arguments;
	if (!error)
		return code;
	*error = (struct tw_error){.code = code};
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	return code;
}

static double now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static int write_all(int fd, const char *at, size_t length)
{
	while (length) {
		ssize_t wrote = write(fd, at, length);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return -1;
		at += wrote;
		length -= (size_t)wrote;
	}
	return 0;
}

/* "tidewaiter: FILE:LINE: column: what is wrong", for standard error. Each ends in a newline. */
static void note_refusal(struct buffer *notes, const struct finding *finding)
{
	buffer_text(notes, "tidewaiter: ");
	buffer_text(notes, finding->item->file);
	buffer_char(notes, ':');
	buffer_number(notes, finding->item->number);
	buffer_text(notes, ": ");
	if (*finding->column) {
		buffer_text(notes, finding->column);
		buffer_text(notes, ": ");
	}
	const char *text = *finding->text ? finding->text : finding->reason;
	for (; text && *text; text++)
		buffer_char(notes, (unsigned char)*text < 0x20 ? ' ' : *text);
	buffer_char(notes, '\n');
}

static bool shipment_is_alone(const struct worker *worker)
{
	return !worker->run->gathers_shipments &&
	       worker->item->line.column[TW_COLUMN_SHIPMENT].length > 0;
}

/* The assessor's answer with what the reader has to say; the array lives as long as it is used. */
static void add_notes(struct tw_assessment *copy, const char **warnings, size_t room,
		      const struct worker *worker)
{
	const struct item *item = worker->item;
	size_t count = 0, notes = item->notes + (shipment_is_alone(worker) ? 1 : 0);
	for (size_t i = 0; i < copy->warning_count && count + notes < room; i++)
		warnings[count++] = copy->warnings[i];
	for (size_t i = 0; i < item->notes; i++)
		warnings[count++] = item->note[i];
	if (shipment_is_alone(worker))
		warnings[count++] =
		    "shipment-alone: a shipment first appears late in a pipe, so this line is "
		    "assessed by itself; name the file instead";
	copy->warnings = warnings;
	copy->warning_count = count;
}

static void write_finding(struct buffer *out, const struct finding *finding, const struct run *run)
{
	switch (run->options->format) {
	case RUN_NDJSON:
		finding_ndjson(out, finding, &run->style);
		break;
	case RUN_CSV:
		finding_csv(out, finding, &run->style);
		break;
	case RUN_TABLE:
		finding_table(out, finding, &run->style);
		break;
	}
}

static bool holds_goods(const struct tw_line *line)
{
	return line->column[TW_COLUMN_DESCRIPTION].length || line->column[TW_COLUMN_CAS].length ||
	       line->column[TW_COLUMN_SMILES].length || line->column[TW_COLUMN_INCHIKEY].length;
}

static int work_line(struct worker *worker, struct pass_slot *slot, struct tw_error *error)
{
	const struct run *run = worker->run;
	struct item *item = worker->item;
	const struct tw_assessment *answer = NULL;
	struct tw_assessment copy;
	const char *warnings[64];
	struct finding finding;

	/* A line that the reader refuses is still looked at for what is in the box. */
	if (!item->reason || holds_goods(&item->line)) {
		int result = run->assess(&answer, worker->assessor, &item->line, error);
		if (result)
			return result;
		if (shipment_is_alone(worker) || item->notes) {
			copy = *answer;
			add_notes(&copy, warnings, sizeof warnings / sizeof *warnings, worker);
			answer = &copy;
		}
	}
	finding_make(&finding, item, &item->line, answer);
	write_finding(&slot->out, &finding, run);
	totals_count(&worker->totals, &finding);
	if (finding.status == TW_STATUS_REFUSED)
		note_refusal(&slot->notes, &finding);
	return TW_OK;
}

static int work(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct worker *worker = at;
	int result = TW_OK;
	for (size_t i = 0; i < slot->batch.count && !result; i++) {
		item_read(worker->item, &slot->batch, i, worker->run->options->columns);
		if (!worker->item->is_empty || worker->item->reason)
			result = work_line(worker, slot, error);
	}
	return result;
}

static int prepare(void *at, struct batch *batch, struct tw_error *error)
{
	struct run *run = at;
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
			write_all(run->options->err, at, length);
		}
		at += length;
	}
}

static int done(void *at, struct pass_slot *slot, struct tw_error *error)
{
	struct run *run = at;
	run->lines += slot->batch.count;
	if (slot->notes.length)
		show_notes(run, &slot->notes);
	if (run->has_progress && isatty(run->options->out))
		clear_progress(run);
	if (write_all(run->options->out, slot->out.at, slot->out.length))
		return fail(error, TW_BAD_FILE, "the output cannot be written: %s",
			    strerror(errno));
	show_progress(run, "", run->lines);
	return TW_OK;
}

static int open_inputs(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	int result = TW_OK;
	run->inputs = calloc(options->file_count, sizeof *run->inputs);
	if (!run->inputs)
		return fail(error, TW_NO_MEMORY, "no memory left");
	for (size_t i = 0; i < options->file_count && !result; i++) {
		run->inputs[i].fd = -1;
		run->input_count = i + 1;
		result = input_open(&run->inputs[i], options->files[i], options->columns, error);
	}
	return result;
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
		return fail(error, TW_BAD_ARGUMENT, "--map: no file has a column \"%.*s\"%s%s%s",
			    (int)name.length, name.at, nearest ? "; did you mean \"" : "",
			    nearest ? nearest : "", nearest ? "\"?" : "");
	}
	return TW_OK;
}

/* The kept columns of all files, each name once, in the order they are met. */
static int name_kept(struct run *run, struct tw_error *error)
{
	run->kept_names = calloc(KEPT, sizeof *run->kept_names);
	if (!run->kept_names)
		return fail(error, TW_NO_MEMORY, "no memory left");
	size_t count = 0;
	for (size_t f = 0; f < run->input_count; f++) {
		struct columns *columns = &run->inputs[f].columns;
		int kept = 0;
		run->style.has_filed = run->style.has_filed || columns->is_es003;
		run->style.kept_json = run->style.kept_json || run->inputs[f].is_ndjson;
		for (size_t i = 0; i < KEPT; i++)
			columns->kept_from[i] = -1;
		for (size_t i = 0; i < columns->count; i++) {
			if (columns->field[i] < FIELD_OTHER)
				continue;
			struct tw_text name = columns->name[i];
			size_t at = 0;
			while (at < count && (run->kept_names[at].length != name.length ||
					      memcmp(run->kept_names[at].at, name.at, name.length)))
				at++;
			if (at == count && count < KEPT)
				run->kept_names[count++] = name;
			if (at < count)
				columns->kept_from[at] = kept;
			kept++;
		}
	}
	run->style.kept_names = run->kept_names;
	run->style.kept_count = count;
	return TW_OK;
}

/* Whether any file says which lines make a shipment. */
static bool has_shipments(const struct run *run)
{
	const struct columns_options *columns = run->options->columns;
	char key[160];
	if (columns->set[TW_COLUMN_SHIPMENT].at)
		return true;
	for (size_t i = 0; i < run->input_count; i++) {
		struct input *input = &run->inputs[i];
		if (!input->is_ndjson && input->columns.at[TW_COLUMN_SHIPMENT] >= 0)
			return true;
		if (input->is_ndjson &&
		    (input_mentions(input, "\"shipment") || input_mentions(input, "\"entry")))
			return true;
		for (size_t m = 0; input->is_ndjson && m < columns->map_count; m++)
			if (columns->map[m].field == TW_COLUMN_SHIPMENT &&
			    columns->map[m].theirs.length < 150) {
				snprintf(key, sizeof key, "\"%.*s\"",
					 (int)columns->map[m].theirs.length,
					 columns->map[m].theirs.at);
				if (input_mentions(input, key))
					return true;
			}
	}
	return false;
}

static int gather(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	run->gathers_shipments = has_shipments(run);
	if (!run->gathers_shipments && !options->daily_sum)
		return TW_OK;
	int result = TW_OK;
	for (size_t i = 0; i < run->input_count && !result; i++)
		result = input_spool(&run->inputs[i], error);
	struct gather_options ask = {.inputs = run->inputs,
				     .input_count = run->input_count,
				     .jobs = options->jobs,
				     .columns = options->columns,
				     .assessors = run->assessors,
				     .assess = run->assess,
				     .shipments = run->gathers_shipments,
				     .daily_sum = options->daily_sum,
				     .memory = options->memory,
				     .progress = read_ahead,
				     .progress_context = run};
	for (size_t i = 0; i < run->input_count && !result; i++)
		result = input_rewind(&run->inputs[i], error);
	return result ? result : gather_new(&run->gather, &ask, error);
}

static int make_workers(struct run *run, struct tw_error *error)
{
	const struct run_options *options = run->options;
	int result = TW_OK;
	run->workers = calloc(options->jobs, sizeof *run->workers);
	run->worker_list = calloc(options->jobs, sizeof *run->worker_list);
	run->assessors = calloc(options->jobs, sizeof *run->assessors);
	if (!run->workers || !run->worker_list || !run->assessors)
		return fail(error, TW_NO_MEMORY, "no memory left");
	for (unsigned i = 0; i < options->jobs && !result; i++) {
		run->workers[i].run = run;
		run->worker_list[i] = &run->workers[i];
		if (item_new(&run->workers[i].item))
			return fail(error, TW_NO_MEMORY, "no memory left");
		if (!options->assess)
			result = tw_assessor_new(&run->assessors[i], options->rulebook,
						 &options->assessor, error);
		run->workers[i].assessor = run->assessors[i];
	}
	return result;
}

static int write_header(const struct run *run, struct tw_error *error)
{
	struct buffer out = {0};
	int result = TW_OK;
	if (run->options->format == RUN_CSV)
		finding_csv_header(&out, &run->style);
	if (run->options->format == RUN_TABLE)
		finding_table_header(&out, &run->style);
	if (write_all(run->options->out, out.at, out.length))
		result =
		    fail(error, TW_BAD_FILE, "the output cannot be written: %s", strerror(errno));
	buffer_free(&out);
	return result;
}

/* What no file gives and every line needs is said once, ahead. */
static void note_columns(const struct run *run)
{
	static const enum tw_column needed[] = {TW_COLUMN_HTS, TW_COLUMN_ORIGIN, TW_COLUMN_ENTERED,
						TW_COLUMN_VALUE};
	char line[512];
	for (size_t f = 0; f < run->input_count && run->options->err >= 0; f++) {
		const struct input *input = &run->inputs[f];
		for (size_t i = 0; !input->is_ndjson && i < sizeof needed / sizeof *needed; i++) {
			enum tw_column column = needed[i];
			if (input->columns.at[column] >= 0 || run->options->columns->set[column].at)
				continue;
			int length = snprintf(
			    line, sizeof line,
			    "tidewaiter: %.200s:%llu: no column gives %s: name one with --map "
			    "THEIRS=%s, or give all lines one value with --set %s=VALUE\n",
			    input->name, (unsigned long long)input->start_number - 1,
			    tw_column_name(column), tw_column_name(column), tw_column_name(column));
			write_all(run->options->err, line, (size_t)length);
		}
	}
}

static void note_rest(const struct run *run)
{
	char line[128];
	if (run->refusals <= REFUSALS || run->options->err < 0 || run->options->quiet_lines)
		return;
	int length = snprintf(line, sizeof line,
			      "tidewaiter: %llu more lines refused; each says why in the output\n",
			      (unsigned long long)run->refusals - REFUSALS);
	write_all(run->options->err, line, (size_t)length);
}

static void free_run(struct run *run)
{
	for (unsigned i = 0; run->workers && i < run->options->jobs; i++) {
		item_free(run->workers[i].item);
		if (!run->options->assess && run->assessors)
			tw_assessor_free(run->assessors[i]);
	}
	for (size_t i = 0; i < run->input_count; i++)
		input_close(&run->inputs[i]);
	gather_free(run->gather);
	free(run->workers);
	free(run->worker_list);
	free(run->assessors);
	free(run->inputs);
	free(run->kept_names);
}

int run_lines(struct totals *totals, const struct run_options *options, struct tw_error *error)
{
	struct run run = {.options = options, .start = now()};
	run.assess = options->assess ? options->assess : tw_assess;
	run.style = (struct finding_style){
	    .edition = options->rulebook ? tw_rulebook_edition(options->rulebook) : "",
	    .known_on = options->rulebook ? tw_rulebook_known_on(options->rulebook) : "",
	    .sha256 = options->rulebook ? tw_rulebook_sha256(options->rulebook) : "",
	    .keep = options->keep,
	    .color = options->color};
	int result = open_inputs(&run, error);
	if (result || (result = check_maps(&run, error)) || (result = name_kept(&run, error)) ||
	    (result = make_workers(&run, error)))
		goto done;
	note_columns(&run);
	if ((result = gather(&run, error)) || (result = write_header(&run, error)))
		goto done;
	struct pass pass = {.inputs = run.inputs,
			    .input_count = run.input_count,
			    .jobs = options->jobs,
			    .workers = run.worker_list,
			    .context = &run,
			    .prepare = prepare,
			    .done = done,
			    .work = work};
	run.began = now();
	result = pass_run(&pass, error);
	clear_progress(&run);
	note_rest(&run);
	for (unsigned i = 0; i < options->jobs; i++)
		totals_merge(totals, &run.workers[i].totals);
done:
	free_run(&run);
	return result;
}
