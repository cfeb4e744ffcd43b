/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Hostile rulebooks. The input is a list of edits to a small sound rulebook
 * (the law of tests/laws/small, compiled once); the checksum is made right
 * again, so that the edits reach the checks of the layout and, where those
 * let them pass, the assessor. A first byte of 'R' gives the file as it is.
 */
#include "compiler/compile.h"
#include "rulebook/form.h"

#include <stdlib.h>
#include <string.h>

#define EDIT 8 /* bytes of one edit: what, section, place (2), number (4) */

static uint8_t *sound, *book;
static size_t sound_size;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	void *bytes = NULL;
	(void)argc;
	(void)argv;
	if (compile_folder(&bytes, &sound_size, LAW, TW_TIME_MAX, NULL) != TW_OK)
		abort();
	sound = bytes;
	book = aligned_alloc(RULEBOOK_ALIGN, sound_size);
	return book != NULL ? 0 : 1;
}

static void put(uint8_t *at, size_t room, uint64_t value, size_t width)
{
	memcpy(at, &value, width < room ? width : room);
}

/* One edit: in the header, in the table of sections or, mostly, in a section. */
static void edit(uint8_t *bytes, const uint8_t *edits)
{
	static const uint64_t limits[] = {0,          1,          0x7fffffff, 0x80000000,
					  0xfffffffe, 0xffffffff, INT64_MAX,  UINT64_C(1) << 63};
	const struct file_header *header = (const void *)sound;
	const struct file_section *table = (const void *)(sound + sizeof *header);
	const struct file_section *section = &table[edits[1] % header->section_count];
	uint16_t place;
	uint32_t number;
	uint64_t old = 0;
	memcpy(&place, edits + 2, sizeof place);
	memcpy(&number, edits + 4, sizeof number);
	size_t start = section->offset, room = section->size;
	if (edits[0] >= 240) {
		start = edits[0] < 250 ? sizeof *header : 0;
		room = edits[0] < 250 ? header->section_count * sizeof *table : sizeof *header;
	}
	if (room == 0)
		return;
	size_t width = (size_t[]){1, 4, 4, 8}[edits[0] & 3];
	size_t at = (size_t)place * width % room;
	memcpy(&old, bytes + start + at, room - at < width ? room - at : width);
	uint64_t value = (edits[0] & 12) == 0   ? limits[number % 8]
			 : (edits[0] & 12) == 4 ? old + (uint64_t)(int64_t)(int8_t)number
			 : (edits[0] & 12) == 8 ? number
						: (uint64_t)number << 32 | number;
	put(bytes + start + at, room - at, value, width);
}

static void seal(uint8_t *bytes, size_t size)
{
	struct file_header *header = (void *)bytes;
	rulebook_checksum(header->checksum, bytes, size);
}

static struct tw_text text(const char *from)
{
	return (struct tw_text){from, strlen(from)};
}

/* Lines that reach each program of the small law. */
static void assess(const tw_rulebook *rulebook)
{
	static const char *const lines[][8] = {
	    /* into, hts, origin, entered, value, channel, qty, claims */
	    {"US", "7304110010", "CN", "2025-04-10T10:00", "900.55", "", "12", "steel_value=300"},
	    {"US", "7304110000", "DE", "2025-11-12", "9000", "", "12",
	     "treaty;us_content_value=3000;loaded=2025-04-01T00:00"},
	    {"US", "0101210010", "KR", "2025-03-20", "100", "postal", "1", "spi=KR"},
	    {"US", "3213100000", "HK", "2025-09-01", "80.10", "postal", "3",
	     "mail_method=specific"},
	    {"US", "910211", "CN", "2025-02-05", "70", "express", "",
	     "case_value=10;battery_value=2"},
	    {"US", "91021140", "CN", "2026-02-05", "70", "", "2", "melt_pour=CN;smelted"},
	    {"US", "22041000", "CU", "2025-12-31", "3000", "", "40", "donation;sugar_percent=20"},
	    {"US", "2402100000", "CU", "2025-12-31", "30", "", "", ""},
	    {"CN", "73041100", "US", "2025-04-11", "500", "", "", ""}};
	static const enum tw_column columns[] = {
	    TW_COLUMN_INTO,  TW_COLUMN_HTS,     TW_COLUMN_ORIGIN, TW_COLUMN_ENTERED,
	    TW_COLUMN_VALUE, TW_COLUMN_CHANNEL, TW_COLUMN_QTY,    TW_COLUMN_CLAIMS};
	struct tw_options options = TW_OPTIONS_INIT;
	struct tw_error error;
	tw_assessor *assessor;
	if (tw_assessor_new(&assessor, rulebook, &options, &error) != TW_OK)
		return;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		struct tw_line line = TW_LINE_INIT;
		const struct tw_assessment *answer;
		for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++)
			line.column[columns[k]] = text(lines[i][k]);
		line.column[TW_COLUMN_DESCRIPTION] = text("steel pipe, 4 l acetone 99 %, tolueme");
		line.column[TW_COLUMN_CAS] = text(i % 2 ? "67-64-1" : "108-88-3");
		line.column[TW_COLUMN_WEIGHT] = text("4 kg");
		if (tw_assess(&answer, assessor, &line, &error) != TW_OK)
			continue;
		for (size_t k = 0; k < answer->layer_count; k++)
			if (strlen(answer->layers[k].program) > sound_size)
				abort();
	}
	tw_assessor_free(assessor);
}

static void open_and_assess(const uint8_t *bytes, size_t size)
{
	struct tw_error error;
	struct tw_instrument act;
	tw_rulebook *rulebook;
	int code = tw_rulebook_from_memory(&rulebook, bytes, size, &error);
	if (code == TW_OK) {
		(void)tw_rulebook_instrument(rulebook, "ORDER-1", &act);
		assess(rulebook);
	} else if (rulebook != NULL || error.message[0] == '\0') {
		abort();
	}
	tw_rulebook_close(rulebook);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 0 && data[0] == 'R') {
		uint8_t *copy = aligned_alloc(RULEBOOK_ALIGN, (size + 15) / 16 * 16);
		if (copy == NULL)
			return 0;
		memcpy(copy, data + 1, size - 1);
		if (size > sizeof(struct file_header))
			seal(copy, size - 1);
		open_and_assess(copy, size - 1);
		free(copy);
		return 0;
	}
	memcpy(book, sound, sound_size);
	for (size_t at = 0; size - at >= EDIT && at < 64 * EDIT; at += EDIT)
		edit(book, data + at);
	seal(book, sound_size);
	open_and_assess(book, sound_size);
	return 0;
}
