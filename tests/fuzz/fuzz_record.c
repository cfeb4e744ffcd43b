/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record. A first byte over 127: the rest is edits (place, number) to the
 * section of the built-in rulebook; what passes its checks can be written in
 * every form. Else it is law text: tables with a byte 1 between, which are read
 * or refused with a place and a message.
 */
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/law/reader.h"
#include "law/file.h"
#include "law/record.h"

static struct law *law;
static const char *section;
static size_t section_size;
static const tw_rulebook *rulebook;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct tw_error error;
	(void)argc;
	(void)argv;
	if (tw_rulebook_default(&rulebook, &error) || law_read(&law, MINI, NULL))
		return 1;
	section = rulebook_section(rulebook, RECORD_TAG, &section_size);
	return section ? 0 : 1;
}

static void write_all(const struct record *record, uint8_t how)
{
	struct record_question question;
	struct buffer out = {0};
	struct tw_error error;
	record_question_begin(&question);
	question.format = (enum record_format)(how % 4);
	question.all = how & 4;
	question.every = how & 8 ? "fiscal-year" : NULL;
	(void)record_events_write(&out, record, &question, &error);
	(void)record_sources_write(&out, record, &question);
	(void)record_talks_write(&out, record, &question, NULL, &error);
	(void)record_series_write(&out, record, NULL, 0, &question, &error);
	for (uint32_t i = 0; i < record->count[RECORD_SERIES] && i < 4; i++) {
		const char *names[] = {record_text(record, record->series[i].name)};
		(void)record_series_write(&out, record, names, 1, &question, &error);
		(void)record_sum_write(&out, record, names, 1, &question, &error);
		(void)record_plot_write(&out, record, names, 1, &question, how & 16, &error);
		(void)record_spark_write(&out, record, names, 1, &question, true, &error);
		out.length = 0;
	}
	buffer_free(&out);
}

static void fuzz_section(const uint8_t *data, size_t size)
{
	char *copy = malloc(section_size);
	struct record record;
	if (!copy)
		return;
	memcpy(copy, section, section_size);
	for (size_t i = 1; i + 7 <= size; i += 7) {
		uint32_t place = 0, number;
		memcpy(&place, data + i, 3);
		memcpy(&number, data + i + 3, 4);
		memcpy(copy + place % (section_size / 4) * 4, &number, 4);
	}
	if (record_check(&record, copy, section_size))
		write_all(&record, data[0]);
	free(copy);
}

static const char *const files[] = {"actors", "units",   "sources", "events",
				    "series", "figures", "claims",  "asks"};

/* The tables as a law text in memory; a file that the input lacks is empty. */
static char *pack(const uint8_t *data, size_t size, size_t *length)
{
	char *text = malloc(size + 512), *to = text;
	const uint8_t *end = data + size;
	if (!text)
		return NULL;
	to += sprintf(to, "tidewaiter law text 1\n");
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const uint8_t *stop = data < end ? memchr(data, 1, (size_t)(end - data)) : NULL;
		const size_t bytes = (size_t)((stop ? stop : end) - data);
		to += sprintf(to, "record/%s.tsv %zu\n", files[i], bytes);
		if (bytes)
			memcpy(to, data, bytes);
		to += bytes;
		data += bytes + (stop != NULL);
	}
	*length = (size_t)(to - text);
	return text;
}

static void fuzz_text(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct tw_error error = {0};
	struct law copy = *law;
	struct reader r;
	size_t length = 0;
	char *text = pack(data + 1, size - 1, &length);
	if (arena && text && reader_open(&r, &copy, arena, &error)) {
		r.folder = "fuzz";
		copy.record = NULL;
		file_mount("fuzz", text, length);
		int code = read_record(&r);
		file_mount(NULL, NULL, 0);
		if (code && code != TW_NO_MEMORY && !*error.message)
			abort();
		if (copy.record && copy.record->event_count &&
		    copy.record->events[0].source >= copy.record->source_count)
			abort();
	}
	arena_free(arena);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	if (data[0] > 127)
		fuzz_section(data, size);
	else
		fuzz_text(data, size);
	return 0;
}
