/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the way from the parsed law of chemicals to the records of
 * rulebook/ledger.h and the source of names for screen/match.h. Checks nothing
 * but what only shows when all is together.
 */
#include "compiler/ledger.h"

#include "common/error.h"
#include "common/order.h"
#include "compiler/names.h"
#include "compiler/structures.h"
#include "law/chemistry_law.h"
#include "law/file.h"
#include "rulebook/ledger.h"

#include "common/pool.h"

#include <stdlib.h>
#include <string.h>

struct pack {
	const struct chemistry *law;
	struct text_pool texts;
	struct pool parts[LEDGER_PARTS]; /* LEDGER_TEXTS is not used */
};

static uint32_t text(struct pack *pack, const char *at)
{
	return texts_intern(&pack->texts, at);
}

static struct ledger_span add_indexes(struct pack *pack, const uint32_t *number, uint32_t count)
{
	struct pool *pool = &pack->parts[LEDGER_INDEXES];
	struct ledger_span span = {(uint32_t)pool->count, count};
	for (uint32_t i = 0; i < count; i++)
		pool_add(pool, &number[i]);
	return span;
}

static struct ledger_span add_words(struct pack *pack, const struct chem_words *words)
{
	struct ledger_span span = {(uint32_t)pack->parts[LEDGER_INDEXES].count, words->count};
	for (uint32_t i = 0; i < words->count; i++) {
		uint32_t at = text(pack, words->word[i]);
		add_indexes(pack, &at, 1);
	}
	return span;
}

/* Names looked up in a table, one list after the other, each once. */
static struct ledger_span add_known(struct pack *pack, const struct table *table,
				    const struct chem_words *one, const struct chem_words *two)
{
	struct ledger_span span = {(uint32_t)pack->parts[LEDGER_INDEXES].count, 0};
	const struct chem_words *list[] = {one, two};
	for (int k = 0; k < 2; k++)
		for (uint32_t i = 0; list[k] && i < list[k]->count; i++) {
			uint32_t at = table_find(table, list[k]->word[i]);
			const struct pool *pool = &pack->parts[LEDGER_INDEXES];
			uint32_t known = 0;
			while (known < span.count &&
			       *(uint32_t *)pool_at(pool, span.first + known) != at)
				known++;
			if (known == span.count)
				span.count += add_indexes(pack, &at, 1).count;
		}
	return span;
}

static struct ledger_span pack_names(struct pack *pack, uint32_t substance)
{
	const struct chem_name *all = pack->law->names.item;
	struct pool *pool = &pack->parts[LEDGER_NAMES];
	struct ledger_span span = {(uint32_t)pool->count, 0};
	for (uint32_t i = 0; i < pack->law->names.count; i++) {
		if (all[i].substance != substance)
			continue;
		struct ledger_name made = {text(pack, all[i].text), text(pack, all[i].language),
					   text(pack, all[i].kind), 0};
		pool_add(pool, &made);
		span.count++;
	}
	return span;
}

static void pack_control(struct pack *pack, const struct chem_control *row)
{
	const struct chem_list *lists = pack->law->lists.item;
	struct ledger_control made = {.from = row->made.from,
				      .until = row->made.until,
				      .mixture_ppm = row->made.mixture_ppm,
				      .mixture_mask = row->made.mixture_mask,
				      .flags = row->made.flags,
				      .limit = row->made.limit,
				      .volume = row->made.volume};
	made.substance = row->substance;
	made.list = row->list;
	made.code = text(pack, row->code);
	made.from_text = text(pack, row->from);
	made.until_text = text(pack, row->until);
	made.threshold = text(pack, row->threshold);
	made.covers = text(pack, row->covers);
	made.confidence = text(pack, row->confidence);
	made.note = text(pack, row->note);
	made.toward = add_words(pack, &row->toward);
	made.by = add_known(pack, &pack->law->instrument, &row->by, &lists[row->list].by);
	pool_add(&pack->parts[LEDGER_CONTROLS], &made);
}

static struct ledger_span pack_controls(struct pack *pack, uint32_t substance)
{
	const struct chem_control *all = pack->law->controls.item;
	struct ledger_span span = {(uint32_t)pack->parts[LEDGER_CONTROLS].count, 0};
	for (uint32_t i = 0; i < pack->law->controls.count; i++)
		if (all[i].substance == substance) {
			pack_control(pack, &all[i]);
			span.count++;
		}
	return span;
}

static void pack_substances(struct pack *pack)
{
	const struct chem_substance *all = pack->law->substances.item;
	for (uint32_t i = 0; i < pack->law->substances.count; i++) {
		struct ledger_substance made = {
		    .id = text(pack, all[i].id),
		    .name = text(pack, all[i].name),
		    .formula = text(pack, all[i].formula),
		    .weight = text(pack, all[i].weight),
		    .inchikey = text(pack, all[i].inchikey),
		    .smiles = text(pack, all[i].smiles),
		    .confidence = text(pack, all[i].confidence),
		    .note = text(pack, all[i].note),
		    .cas = add_words(pack, &all[i].cas),
		    .un = add_words(pack, &all[i].un),
		    .classes = add_known(pack, &pack->law->substance, &all[i].classes, NULL),
		    .names = pack_names(pack, i),
		    .controls = pack_controls(pack, i),
		    .kin = text(pack, all[i].kin),
		    .flags = (all[i].is_class ? LEDGER_CLASS : 0u) |
			     (all[i].is_equipment ? LEDGER_EQUIPMENT : 0u) |
			     (all[i].salts ? LEDGER_SALTS : 0u),
		};
		pool_add(&pack->parts[LEDGER_SUBSTANCES], &made);
	}
}

static void pack_lists(struct pack *pack)
{
	const struct chem_list *all = pack->law->lists.item;
	for (uint32_t i = 0; i < pack->law->lists.count; i++) {
		struct ledger_list made = {.id = text(pack, all[i].id),
					   .name = text(pack, all[i].name),
					   .english = text(pack, all[i].english),
					   .jurisdiction = text(pack, all[i].jurisdiction),
					   .title = text(pack, all[i].title),
					   .members = add_words(pack, &all[i].members),
					   .narcotic = all[i].narcotic,
					   .everywhere = all[i].everywhere,
					   .zone = (uint8_t)all[i].zone};
		for (int d = 0; d < LEDGER_DIRECTIONS; d++) {
			made.must[d] = all[i].must[d];
			made.sums |= (uint8_t)(all[i].sum[d] << 2 * d);
			made.requirement[d] = text(pack, all[i].requirement[d]);
		}
		pool_add(&pack->parts[LEDGER_LISTS], &made);
	}
}

static int by_code(const void *a, const void *b)
{
	const struct ledger_code *x = a, *y = b;
	if (x->low != y->low)
		return x->low < y->low ? -1 : 1;
	return (x->substance > y->substance) - (x->substance < y->substance);
}

static void pack_codes(struct pack *pack)
{
	const struct chem_code *all = pack->law->codes.item;
	struct pool *pool = &pack->parts[LEDGER_CODES];
	for (uint32_t i = 0; i < pack->law->codes.count; i++) {
		struct ledger_code made = {.low = all[i].low,
					   .high = all[i].high,
					   .substance = all[i].substance,
					   .stands = all[i].stands};
		made.text = text(pack, all[i].text);
		made.jurisdiction = text(pack, all[i].jurisdiction);
		pool_add(pool, &made);
	}
	if (pool->count)
		order_items(pool->data, pool->count, pool->record, by_code);
}

static void pack_instruments(struct pack *pack)
{
	const struct chem_instrument *all = pack->law->instruments.item;
	for (uint32_t i = 0; i < pack->law->instruments.count; i++) {
		struct ledger_instrument made = {text(pack, all[i].id), text(pack, all[i].title),
						 text(pack, all[i].cite), text(pack, all[i].url)};
		pool_add(&pack->parts[LEDGER_INSTRUMENTS], &made);
	}
}

static void pack_penalties(struct pack *pack)
{
	const struct chem_penalty *all = pack->law->penalties.item;
	for (uint32_t i = 0; i < pack->law->penalties.count; i++) {
		const struct chem_penalty *p = &all[i];
		struct ledger_penalty made = {
		    .section = text(pack, p->section),
		    .offence = text(pack, p->offence),
		    .years_from = text(pack, p->years_from),
		    .years_to = text(pack, p->years_to),
		    .death = text(pack, p->death),
		    .prior = text(pack, p->prior),
		    .two_priors = text(pack, p->two_priors),
		    .fine_person = text(pack, p->fine_person),
		    .fine_other = text(pack, p->fine_other),
		    .by = table_find(&pack->law->instrument, p->by),
		    .confidence = text(pack, p->confidence),
		    .note = text(pack, p->note),
		    .from = p->from,
		    .least = p->least,
		    .goods = add_indexes(pack, p->goods.item, p->goods.count),
		};
		pool_add(&pack->parts[LEDGER_PENALTIES], &made);
	}
}

static bool failed(const struct pack *pack)
{
	for (int i = 0; i < LEDGER_PARTS; i++)
		if (pack->parts[i].failed)
			return true;
	return pack->texts.failed;
}

static int write_section(struct rulebook_writer *writer, const struct pack *pack)
{
	struct ledger_header header = {.version = LEDGER_VERSION};
	size_t size = sizeof header, bytes[LEDGER_PARTS];
	for (int i = 0; i < LEDGER_PARTS; i++) {
		const struct pool *pool = &pack->parts[i];
		bool is_text = i == LEDGER_TEXTS;
		bytes[i] = is_text ? pack->texts.size : pool->count * pool->record;
		header.part[i].offset = (uint32_t)size;
		header.part[i].count = (uint32_t)(is_text ? pack->texts.size : pool->count);
		size += (bytes[i] + 7) / 8 * 8;
	}
	if (size > UINT32_MAX)
		return TW_NO_MEMORY;
	char *data = calloc(1, size);
	if (!data)
		return TW_NO_MEMORY;
	memcpy(data, &header, sizeof header);
	for (int i = 0; i < LEDGER_PARTS; i++) {
		const void *from =
		    i == LEDGER_TEXTS ? (void *)pack->texts.data : pack->parts[i].data;
		if (bytes[i])
			memcpy(data + header.part[i].offset, from, bytes[i]);
	}
	int code = rulebook_writer_add(writer, LEDGER_TAG, data, size);
	free(data);
	return code;
}

/*
 * Typing errors are looked for in the languages whose endings are those of
 * chemistry's own names; a case ending one letter away from "piperidino" is not.
 */
static bool forgives(const char *language)
{
	static const char *const languages[] = {"en", "de", "es", "fr", "it", "pt"};
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
		if (!strcmp(language, languages[i]))
			return true;
	return false;
}

static enum match_kind kind_of(const struct chem_name *name, bool machine)
{
	bool weak = !strcmp(name->kind, "abbreviation") || !strcmp(name->kind, "ambiguous");
	if (machine)
		return weak ? MATCH_MACHINE_WORD : MATCH_MACHINE;
	if (!strcmp(name->kind, "alone"))
		return MATCH_ALONE;
	if (!strcmp(name->kind, "everyday"))
		return MATCH_EVERYDAY;
	if (weak)
		return MATCH_ABBREVIATION;
	return forgives(name->language) && strcmp(name->kind, "trade") ? MATCH_NAME : MATCH_STRICT;
}

/* Names, numbers and keys of every substance, for the matcher. */
static int write_names(struct rulebook_writer *writer, const struct chemistry *law)
{
	const struct chem_substance *all = law->substances.item;
	const struct chem_name *names = law->names.item;
	struct pool pool;
	void *section = NULL;
	size_t size;
	pool_begin(&pool, sizeof(struct match_name));
	for (uint32_t i = 0; i < law->names.count; i++) {
		struct match_name name = {names[i].text, names[i].substance,
					  kind_of(&names[i], all[names[i].substance].is_equipment)};
		pool_add(&pool, &name);
	}
	const struct chem_salt *salts = law->salts.item;
	for (uint32_t i = 0; i < law->salts.count; i++)
		pool_add(&pool,
			 &(struct match_name){salts[i].key, salts[i].substance, MATCH_INCHIKEY});
	for (uint32_t i = 0; i < law->substances.count; i++) {
		struct match_name name = {all[i].inchikey, i, MATCH_INCHIKEY};
		if (*all[i].inchikey)
			pool_add(&pool, &name);
		for (uint32_t k = 0; k < all[i].cas.count; k++)
			pool_add(&pool, &(struct match_name){all[i].cas.word[k], i, MATCH_CAS});
		for (uint32_t k = 0; k < all[i].un.count; k++)
			pool_add(&pool, &(struct match_name){all[i].un.word[k], i, MATCH_UN});
	}
	struct match_source source = {(struct match_name *)(void *)pool.data, pool.count,
				      law->folder};
	int code = pool.failed ? TW_NO_MEMORY : match_build(&section, &size, &source, law->error);
	if (!code)
		code = rulebook_writer_add(writer, LEDGER_TAG_NAMES, section, size);
	free(section);
	pool_free(&pool);
	return code;
}

static int chemistry_pack(struct rulebook_writer *writer, const struct chemistry *law)
{
	static const size_t record[LEDGER_PARTS] = {1,
						    sizeof(struct ledger_substance),
						    sizeof(struct ledger_list),
						    sizeof(struct ledger_control),
						    sizeof(uint32_t),
						    sizeof(struct ledger_code),
						    sizeof(struct ledger_name),
						    sizeof(struct ledger_instrument),
						    sizeof(struct ledger_penalty)};
	struct pack pack = {.law = law};
	texts_begin(&pack.texts);
	for (int i = 0; i < LEDGER_PARTS; i++)
		pool_begin(&pack.parts[i], record[i]);
	pack_instruments(&pack);
	pack_lists(&pack);
	pack_substances(&pack);
	pack_codes(&pack);
	pack_penalties(&pack);
	int code = failed(&pack) ? error_memory(law->error) : write_section(writer, &pack);
	if (code == TW_NO_MEMORY)
		error_memory(law->error);
	for (int i = 0; i < LEDGER_PARTS; i++)
		pool_free(&pack.parts[i]);
	texts_free(&pack.texts);
	return code ? code : write_names(writer, law);
}

/* A class that the ledger does not hold would be tested and never answered. */
static int check_section(struct chemistry *law, const void *section)
{
	struct law_pos pos = {.file = "substances/classes", .line = 0, .column = 0};
	int code = TW_OK;
	for (size_t i = 0; !code && i < classes_count(section); i++) {
		uint32_t at;
		code =
		    chem_find(&at, law, &law->substance, "class", classes_info(section, i).id, pos);
	}
	return code;
}

static int add_classes(struct rulebook_writer *writer, struct chemistry *law)
{
	void *section = NULL;
	size_t size;
	int code = classes_build(&section, &size, law->folder, law->error);
	if (!code)
		code = check_section(law, section);
	if (!code)
		code = rulebook_writer_add(writer, LEDGER_TAG_CLASSES, section, size);
	free(section);
	return code;
}

int chemistry_compile(struct rulebook_writer *writer, const char *law_folder, int32_t known,
		      struct tw_error *error)
{
	struct chemistry law = {.folder = law_folder, .error = error};
	int code = TW_NO_MEMORY;
	if (!(law.arena = arena_new()))
		return error_memory(error);
	if (!file_exists(law_folder, "substances/substances.tsv")) {
		code = TW_OK;
		goto done;
	}
	if ((code = chemistry_read(&law)) || (code = chemistry_as_known(&law, known)) ||
	    (code = chemistry_pack(writer, &law)))
		goto done;
	code = add_classes(writer, &law);
done:
	arena_free(law.arena);
	return code;
}
