/* SPDX-License-Identifier: Apache-2.0 */
/* The compiler's main line: parsed law in, sections out. */
#include "compile.h"

#include "build.h"
#include "chemistry.h"
#include "instant.h"
#include "law_codes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int out_of_memory(struct tw_error *error)
{
	if (error != NULL) {
		memset(error, 0, sizeof *error);
		error->code = TW_NO_MEMORY;
		snprintf(error->message, sizeof error->message, "out of memory");
	}
	return TW_NO_MEMORY;
}

#define SECTIONS 32 /* of duties, at most */

struct section_of {
	uint32_t tag;
	struct pool *pool;
};

/* The pools in the order of the file. */
static size_t list_pools(struct section_of *out, struct build *b)
{
	const struct section_of all[] = {{RB_TAG_INSTRUMENTS, &b->instruments},
					 {RB_TAG_PROGRAMS, &b->programs},
					 {RB_TAG_MEASURES, &b->measures},
					 {RB_TAG_YIELDS, &b->yields},
					 {RB_TAG_NODES, &b->nodes},
					 {RB_TAG_ATOMS, &b->atoms},
					 {RB_TAG_INDEXES, &b->indexes},
					 {RB_TAG_RATES, &b->rates},
					 {RB_TAG_TERMS, &b->terms},
					 {RB_TAG_SPECIALS, &b->specials},
					 {RB_TAG_UNITS, &b->units},
					 {RB_TAG_SPELLINGS, &b->spellings},
					 {RB_TAG_COUNTRIES, &b->countries},
					 {RB_TAG_CLAIMS, &b->claims},
					 {RB_TAG_JURISDICTIONS, &b->jurisdictions},
					 {RB_TAG_PREFERENCES, &b->preferences},
					 {RB_TAG_LEAVES, &b->leaves},
					 {RB_TAG_BASES, &b->bases},
					 {RB_TAG_SEASONS, &b->seasons},
					 {RB_TAG_EPOCHS, &b->epochs},
					 {RB_TAG_ROWS, &b->rows},
					 {RB_TAG_CELLS, &b->cell_rows.numbers},
					 {RB_TAG_STACKS, &b->stacks},
					 {RB_TAG_ITEMS, &b->items.numbers}};
	_Static_assert(sizeof all / sizeof all[0] <= SECTIONS, "room for every section");
	memcpy(out, all, sizeof all);
	return sizeof all / sizeof all[0];
}

static void begin(struct build *b, const struct law *law)
{
	memset(b, 0, sizeof *b);
	b->law = law;
	texts_begin(&b->texts);
	pool_begin(&b->instruments, sizeof(struct rb_instrument));
	pool_begin(&b->programs, sizeof(struct rb_program));
	pool_begin(&b->measures, sizeof(struct rb_measure));
	pool_begin(&b->yields, sizeof(struct rb_yield));
	pool_begin(&b->nodes, sizeof(struct rb_node));
	pool_begin(&b->atoms, sizeof(struct rb_atom));
	pool_begin(&b->indexes, sizeof(uint32_t));
	pool_begin(&b->rates, sizeof(struct rb_rate));
	pool_begin(&b->terms, sizeof(struct rb_term));
	pool_begin(&b->specials, sizeof(struct rb_special));
	pool_begin(&b->units, sizeof(struct rb_unit));
	pool_begin(&b->spellings, sizeof(struct rb_spelling));
	pool_begin(&b->countries, sizeof(struct rb_country));
	pool_begin(&b->claims, sizeof(struct rb_claim));
	pool_begin(&b->jurisdictions, sizeof(struct rb_jurisdiction));
	pool_begin(&b->preferences, sizeof(struct rb_preference));
	pool_begin(&b->leaves, sizeof(struct rb_leaf));
	pool_begin(&b->bases, sizeof(struct rb_base));
	pool_begin(&b->seasons, sizeof(struct rb_season));
	pool_begin(&b->epochs, sizeof(int64_t));
	pool_begin(&b->rows, sizeof(uint32_t));
	pool_begin(&b->stacks, sizeof(struct rb_stack));
	pool_begin(&b->rate_keys, 2 * sizeof(uint32_t));
	pool_begin(&b->stack_keys, 2 * sizeof(uint32_t));
	run_begin(&b->items);
	run_begin(&b->duties);
	run_begin(&b->cell_rows);
}

static bool begin_maps(struct build *b)
{
	size_t yields = 1;
	for (uint32_t i = 0; i < b->law->program_count; i++)
		yields += b->law->programs[i].yield_count;
	b->claim_map = calloc(b->law->claim_count + 1, sizeof *b->claim_map);
	b->yield_first = calloc(b->law->program_count + 1, sizeof *b->yield_first);
	b->measure_claims = calloc(b->law->measure_count + 1, sizeof *b->measure_claims);
	b->yield_claims = calloc(yields, sizeof *b->yield_claims);
	b->twin = signature_twins(b->law);
	return b->claim_map != NULL && b->yield_first != NULL && b->measure_claims != NULL &&
	       b->yield_claims != NULL && b->twin != NULL;
}

static void end(struct build *b)
{
	struct section_of section[SECTIONS];
	size_t count = list_pools(section, b);
	for (size_t i = 0; i < count; i++)
		if (section[i].pool != &b->cell_rows.numbers &&
		    section[i].pool != &b->items.numbers)
			pool_free(section[i].pool);
	pool_free(&b->rate_keys);
	pool_free(&b->stack_keys);
	run_free(&b->items);
	run_free(&b->duties);
	run_free(&b->cell_rows);
	texts_free(&b->texts);
	free(b->claim_map);
	free(b->yield_first);
	free(b->measure_claims);
	free(b->yield_claims);
	free(b->twin);
}

static int make_jurisdiction(struct build *b, uint32_t index, struct tw_error *error)
{
	struct classes classes;
	struct rb_jurisdiction out = *(struct rb_jurisdiction *)pool_at(&b->jurisdictions, index);
	int code = classes_make(&classes, b->law, index);
	if (code == TW_OK)
		code = leaves_make(b, &out, index, &classes);
	if (code == TW_OK)
		code = cells_make(b, &out, index, &classes, error);
	if (code == TW_OK)
		memcpy(pool_at(&b->jurisdictions, index), &out, sizeof out);
	classes_free(&classes);
	return code;
}

static int write_sections(struct rulebook_writer *writer, struct build *b)
{
	struct section_of section[SECTIONS];
	size_t count = list_pools(section, b);
	struct rb_law law = {texts_intern(&b->texts, b->law->edition), b->law->coverage_first,
			     b->law->coverage_last, 0};
	int code = rulebook_writer_add(writer, RB_TAG_LAW, &law, sizeof law);
	if (b->texts.failed || b->items.runs.failed || b->duties.runs.failed ||
	    b->stack_keys.failed || b->cell_rows.runs.failed)
		return TW_NO_MEMORY;
	if (code == TW_OK)
		code = rulebook_writer_add(writer, RB_TAG_STRINGS, b->texts.data, b->texts.size);
	for (size_t i = 0; code == TW_OK && i < count; i++)
		code = section[i].pool->failed
			   ? TW_NO_MEMORY
			   : rulebook_writer_add(writer, section[i].tag, section[i].pool->data,
						 section[i].pool->count * section[i].pool->record);
	return code;
}

int compile_duties(struct rulebook_writer *writer, const struct law *law, struct tw_error *error)
{
	struct build build;
	int code = TW_NO_MEMORY;
	begin(&build, law);
	if (begin_maps(&build))
		code = emit_law(&build, error);
	for (uint32_t i = 0; code == TW_OK && i < law->jurisdiction_count; i++)
		code = make_jurisdiction(&build, i, error);
	if (code == TW_OK)
		code = write_sections(writer, &build);
	end(&build);
	return code == TW_NO_MEMORY ? out_of_memory(error) : code;
}

int compile_folder(void **out, size_t *size, const char *folder, tw_time known,
		   struct tw_error *error)
{
	struct law *law = NULL, *view = NULL;
	struct rulebook_writer *writer = NULL;
	int code = law_read(&law, folder, error);
	if (code == TW_OK)
		code = law_codes_sound(law, error);
	if (code == TW_OK)
		code = law_as_known(&view, law, known, error);
	if (code == TW_OK)
		code = rulebook_writer_new(&writer);
	if (code == TW_OK)
		code = compile_duties(writer, view, error);
	if (code == TW_OK)
		code = chemistry_compile(writer, folder, law_known_day(known), error);
	if (code == TW_OK)
		code = rulebook_writer_finish(out, size, writer, view->edition, view->known_on);
	rulebook_writer_free(writer);
	law_free(view);
	law_free(law);
	return code == TW_NO_MEMORY ? out_of_memory(error) : code;
}

int law_known_time(tw_time *out, const char *day, struct tw_error *error)
{
	struct time_parsed parsed;
	struct tw_text text = {day, day != NULL ? strlen(day) : 0};
	const char *right;
	*out = TW_TIME_MAX;
	if (day == NULL)
		return TW_OK;
	if (!time_parse(&parsed, TW_ZONE_NEW_YORK, text, &right) || !parsed.is_date) {
		memset(error, 0, sizeof *error);
		error->code = TW_BAD_ARGUMENT;
		snprintf(error->message, sizeof error->message,
			 "`%.40s` is no day: write one like 2025-10-01", day);
		return TW_BAD_ARGUMENT;
	}
	*out = parsed.at;
	return TW_OK;
}

int law_rulebook_as_known(tw_rulebook **out, const char *folder, const char *day,
			  struct tw_error *error)
{
	void *book = NULL;
	size_t size = 0;
	tw_time known;
	int code = law_known_time(&known, day, error);
	*out = NULL;
	if (code == TW_OK)
		code = compile_folder(&book, &size, folder, known, error);
	return code == TW_OK ? rulebook_adopt(out, book, size, error) : code;
}
