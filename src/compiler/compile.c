/* SPDX-License-Identifier: Apache-2.0 */
/* The compiler's main line: parsed law in, sections out. */
#include "compiler/compile.h"
#include "common/error.h"
#include "compiler/ledger.h"
#include "compiler/patterns.h"
#include "compiler/record.h"
#include "compiler/refunds.h"

#include "common/instant.h"
#include "compiler/build.h"
#include "law/chemistry.h"
#include "law/codes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
					 {RB_TAG_SPECIALS, &b->specials.numbers},
					 {RB_TAG_UNITS, &b->units},
					 {RB_TAG_SPELLINGS, &b->spellings},
					 {RB_TAG_COUNTRIES, &b->countries},
					 {RB_TAG_COUNTRY_NAMES, &b->country_names},
					 {RB_TAG_CLAIMS, &b->claims},
					 {RB_TAG_JURISDICTIONS, &b->jurisdictions},
					 {RB_TAG_PREFERENCES, &b->preferences},
					 {RB_TAG_LEAVES, &b->leaves},
					 {RB_TAG_BASES, &b->bases.numbers},
					 {RB_TAG_SEASONS, &b->seasons},
					 {RB_TAG_EPOCHS, &b->epochs},
					 {RB_TAG_CLAIM_SETS, &b->claim_sets},
					 {RB_TAG_MOVES, &b->moves},
					 {RB_TAG_RENUMBERED, &b->renumbered},
					 {RB_TAG_ADCVD, &b->adcvd},
					 {RB_TAG_ADCVD_ORDERS, &b->adcvd_orders},
					 {RB_TAG_ADCVD_CODES, &b->adcvd_codes},
					 {RB_TAG_ADCVD_SETS, &b->adcvd_sets.numbers}};
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
	pool_begin(&b->units, sizeof(struct rb_unit));
	pool_begin(&b->spellings, sizeof(struct rb_spelling));
	pool_begin(&b->countries, sizeof(struct rb_country));
	pool_begin(&b->country_names, sizeof(struct rb_country_name));
	pool_begin(&b->claims, sizeof(struct rb_claim));
	pool_begin(&b->jurisdictions, sizeof(struct rb_jurisdiction));
	pool_begin(&b->preferences, sizeof(struct rb_preference));
	pool_begin(&b->leaves, sizeof(struct rb_leaf));
	pool_begin(&b->seasons, sizeof(struct rb_season));
	pool_begin(&b->epochs, sizeof(int64_t));
	pool_begin(&b->rows, sizeof(uint32_t));
	pool_begin(&b->claim_sets, sizeof(struct rb_claim_set));
	pool_begin(&b->moves, sizeof(struct rb_move));
	pool_begin(&b->renumbered, sizeof(struct rb_renumbered));
	pool_begin(&b->adcvd, sizeof(struct rb_adcvd));
	pool_begin(&b->adcvd_orders, sizeof(struct rb_adcvd_order));
	pool_begin(&b->adcvd_codes, sizeof(struct rb_adcvd_code));
	pool_begin(&b->chain_marks, sizeof(struct chain_mark));
	pool_begin(&b->dockets, RB_DOCKET_FIELDS * sizeof(uint32_t));
	pool_begin(&b->strips, RB_STRIP * sizeof(uint32_t));
	pool_begin(&b->row_strips, sizeof(uint32_t));
	pool_begin(&b->rate_keys, 3 * sizeof(uint32_t));
	pool_begin(&b->docket_keys, 2 * sizeof(uint32_t));
	run_begin(&b->specials);
	run_begin(&b->bases);
	run_begin(&b->links);
	run_begin(&b->chains);
	run_begin(&b->duties);
	run_begin(&b->signs);
	run_begin(&b->adcvd_sets);
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
	return b->claim_map && b->yield_first && b->measure_claims && b->yield_claims && b->twin;
}

static void end(struct build *b)
{
	struct section_of section[SECTIONS];
	size_t count = list_pools(section, b);
	for (size_t i = 0; i < count; i++)
		pool_free(section[i].pool);
	pool_free(&b->rows);
	pool_free(&b->chain_marks);
	pool_free(&b->dockets);
	pool_free(&b->strips);
	pool_free(&b->row_strips);
	pool_free(&b->rate_keys);
	pool_free(&b->docket_keys);
	run_free(&b->specials);
	run_free(&b->bases);
	run_free(&b->links);
	run_free(&b->chains);
	run_free(&b->duties);
	run_free(&b->signs);
	run_free(&b->adcvd_sets);
	texts_free(&b->texts);
	free(b->claim_map);
	free(b->yield_first);
	free(b->measure_claims);
	free(b->yield_claims);
	free(b->twin);
}

static int make_jurisdiction(struct build *b, uint32_t index, struct tw_error *error)
{
	struct goods goods;
	struct rb_jurisdiction out = *(struct rb_jurisdiction *)pool_at(&b->jurisdictions, index);
	int code = goods_make(&goods, b->law, index);
	if (!code)
		code = leaves_make(b, &out, index, &goods, error);
	if (!code)
		code = adcvd_emit(b, &out, &b->law->jurisdictions[index]);
	if (!code)
		code = cells_make(b, &out, index, &goods, error);
	if (!code)
		memcpy(pool_at(&b->jurisdictions, index), &out, sizeof out);
	goods_free(&goods);
	return code;
}

static int write_sections(struct rulebook_writer *writer, struct build *b)
{
	struct section_of section[SECTIONS];
	size_t count = list_pools(section, b);
	struct rb_law law = {texts_intern(&b->texts, b->law->edition),
			     b->law->coverage_first,
			     b->law->coverage_last,
			     {0}};
	memcpy(law.into, b->law->into, 2);
	int code = rulebook_writer_add(writer, RB_TAG_LAW, &law, sizeof law);
	if (b->texts.failed || b->rate_keys.failed)
		return TW_NO_MEMORY;
	if (!code)
		code = rulebook_writer_add(writer, RB_TAG_STRINGS, b->texts.data, b->texts.size);
	for (size_t i = 0; !code && i < count; i++)
		code = section[i].pool->failed
			   ? TW_NO_MEMORY
			   : rulebook_writer_add(writer, section[i].tag, section[i].pool->data,
						 section[i].pool->count * section[i].pool->record);
	return !code ? dockets_write(writer, b) : code;
}

int compile_duties(struct rulebook_writer *writer, const struct law *law, struct tw_error *error)
{
	struct build build;
	int code = TW_NO_MEMORY;
	begin(&build, law);
	if (begin_maps(&build))
		code = emit_law(&build, error);
	if (!code)
		code = moves_emit(&build);
	for (uint32_t i = 0; !code && i < law->jurisdiction_count; i++)
		code = make_jurisdiction(&build, i, error);
	if (!code)
		code = write_sections(writer, &build);
	end(&build);
	return code == TW_NO_MEMORY ? error_memory(error) : code;
}

int compile_law(void **out, size_t *size, const struct law *law, const char *folder, tw_time known,
		struct tw_error *error)
{
	struct law *view = NULL;
	struct rulebook_writer *writer = NULL;
	int code = law_codes_sound(law, error);
	if (!code)
		code = law_as_known(&view, law, known, error);
	if (!code)
		code = rulebook_writer_new(&writer);
	if (!code)
		code = compile_duties(writer, view, error);
	if (!code)
		code = refunds_compile(writer, view);
	if (!code)
		code = record_compile(writer, view, law_known_day(known));
	if (!code)
		code = patterns_compile(writer, view, law_known_day(known));
	if (!code)
		code = chemistry_compile(writer, folder, law_known_day(known), error);
	if (!code)
		code = rulebook_writer_finish(out, size, writer, view->edition, view->known_on);
	rulebook_writer_free(writer);
	law_free(view);
	return code == TW_NO_MEMORY ? error_memory(error) : code;
}

int compile_folder(void **out, size_t *size, const char *folder, tw_time known,
		   struct tw_error *error)
{
	struct law *law = NULL;
	int code = law_read(&law, folder, error);
	if (!code)
		code = compile_law(out, size, law, folder, known, error);
	law_free(law);
	return code;
}

int law_known_time(tw_time *out, const char *day, struct tw_error *error)
{
	struct time_parsed parsed;
	struct tw_text text = {day, day ? strlen(day) : 0};
	const char *right;
	*out = TW_TIME_MAX;
	if (!day)
		return TW_OK;
	if (!time_parse(&parsed, TIME_ZONE_NEW_YORK, text, &right) || !parsed.is_date)
		return error_set(error, TW_BAD_ARGUMENT,
				 "`%.40s` is not a day: write one like 2025-10-01", day);
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
	if (!code)
		code = compile_folder(&book, &size, folder, known, error);
	return !code ? rulebook_adopt(out, book, size, error) : code;
}
