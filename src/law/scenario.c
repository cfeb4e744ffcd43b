/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns how a law and a scenario become another law: the names of the law are
 * entered again, the file is read, its changes are made, and the whole is
 * checked. Shares what does not change with the law before.
 */
#include "law/scenario.h"

#include "common/error.h"
#include "common/sha256.h"
#include "law/file.h"
#include "law/scenario_reader.h"

#include <stdio.h>
#include <string.h>

/* One more name; the law was read, so none stands there twice. */
#define ENTER(table, array, member)                                                                \
	for (uint32_t i = 0; i < law->array##_count; i++)                                          \
		if (table_add(&r->table, r->arena, law->array##s[i].member, i))                    \
			return read_no_memory(r);

static int enter_names(struct reader *r, const struct law *law)
{
	ENTER(instrument, instrument, id)
	ENTER(claim, claim, name)
	ENTER(group, group, name)
	ENTER(list, list, name)
	ENTER(program, program, id)
	ENTER(measure, measure, id)
	for (uint32_t i = 0; i < law->country_count; i++)
		if (table_add(&r->country, r->arena, law->countries[i].iso2, i))
			return read_no_memory(r);
	return TW_OK;
}

/* Room of our own for what changes, with what was there. */
static int copy_to(struct reader *r, struct vector *to, const void *from, uint32_t count,
		   size_t size)
{
	*to = (struct vector){read_take(r, count + 1, size), count, count + 1};
	if (!to->item)
		return TW_NO_MEMORY;
	if (count)
		memcpy(to->item, from, count * size);
	return TW_OK;
}

static int copy_law(struct scenario_reader *s)
{
	const struct law *law = s->law;
	struct reader *r = &s->r;
	int code;
	if ((code = copy_to(r, &r->instruments, law->instruments, law->instrument_count,
			    sizeof *law->instruments)) ||
	    (code = copy_to(r, &r->measures, law->measures, law->measure_count,
			    sizeof *law->measures)) ||
	    (code = copy_to(r, &r->programs, law->programs, law->program_count,
			    sizeof *law->programs)))
		return code;
	r->drafts.item = read_take(r, law->program_count + 1, sizeof(struct draft));
	r->drafts.count = law->program_count;
	r->drafts.capacity = law->program_count + 1;
	s->measure_count = law->measure_count;
	s->changed_by = read_take(r, law->measure_count, sizeof *s->changed_by);
	if (!r->drafts.item || !s->changed_by)
		return TW_NO_MEMORY;
	memset(s->changed_by, 0xff, law->measure_count * sizeof *s->changed_by);
	return enter_names(r, law);
}

/* The scenario as an act that may be cited: known on every day, for it is only thought of. */
static int enter_instrument(struct scenario_reader *s)
{
	struct reader *r = &s->r;
	size_t length = sizeof SCENARIO_CITED + strlen(s->scenario->id);
	char *id = read_take(r, length, 1);
	struct law_instrument *act = id ? read_add(r, &r->instruments, sizeof *act) : NULL;
	if (!act)
		return TW_NO_MEMORY;
	snprintf(id, length, "%s%s", SCENARIO_CITED, s->scenario->id);
	*act = (struct law_instrument){.id = id,
				       .title = s->scenario->title,
				       .kind = "scenario",
				       .cite = "",
				       .url = "",
				       .jurisdiction = LAW_NONE,
				       .pos = {s->scenario->file, 1, 1}};
	s->instrument = r->instruments.count - 1;
	s->instrument_id = id;
	r->law->instruments = r->instruments.item;
	r->law->instrument_count = r->instruments.count;
	return table_add(&r->instrument, r->arena, id, s->instrument) ? read_no_memory(r) : TW_OK;
}

/* One digest for both texts. */
static void seal(struct law *out, const struct law *law, const struct law_scenario *scenario)
{
	char text[160];
	int length =
	    snprintf(text, sizeof text, "law %s\nscenario %s\n", law->sha256, scenario->sha256);
	sha256_hex(out->sha256, text, (size_t)length);
}

static int make(struct scenario_reader *s, const char *text, size_t size)
{
	struct yaml_node *root;
	int code = yaml_parse(&root, s->r.arena, s->scenario->file, text, size, s->r.error);
	sha256_hex(s->scenario->sha256, text, size);
	if (code || (code = copy_law(s)) || (code = scenario_read_head(s, root)) ||
	    (code = enter_instrument(s)) || (code = scenario_read_changes(s, root)) ||
	    (code = scenario_apply(s)) || (code = check_law(&s->r)))
		return code;
	seal(s->r.law, s->law, s->scenario);
	s->r.law->scenario = s->scenario;
	return TW_OK;
}

static int begin(struct scenario_reader *s, const struct law *law, const char *name,
		 struct tw_error *error)
{
	*s = (struct scenario_reader){.law = law, .r = {.error = error, .arena = arena_new()}};
	struct reader *r = &s->r;
	r->law = r->arena ? arena_alloc(r->arena, 1, sizeof *r->law) : NULL;
	s->scenario = r->law ? arena_alloc(r->arena, 1, sizeof *s->scenario) : NULL;
	if (!s->scenario || !(s->scenario->file = arena_text(r->arena, name, strlen(name))))
		return read_no_memory(r);
	*r->law = *law;
	r->law->arena = r->arena;
	s->scenario->law = law;
	if (law->scenario)
		return error_set(error, TW_BAD_ARGUMENT,
				 "%s: a scenario is laid over the law, not over another scenario",
				 name);
	return TW_OK;
}

static int end(struct law **out, struct scenario_reader *s, int code)
{
	if (code == TW_NO_MEMORY)
		read_no_memory(&s->r);
	if (!code)
		*out = s->r.law;
	else
		arena_free(s->r.arena);
	return code;
}

int law_with_text(struct law **out, const struct law *law, const char *name, const char *text,
		  size_t size, struct tw_error *error)
{
	struct scenario_reader s;
	int code = begin(&s, law, name, error);
	*out = NULL;
	return end(out, &s, code ? code : make(&s, text, size));
}

int law_with(struct law **out, const struct law *law, const char *path, struct tw_error *error)
{
	struct scenario_reader s;
	char *text;
	size_t size;
	int code = begin(&s, law, path, error);
	*out = NULL;
	if (!code)
		code = file_read_path(&text, &size, s.r.arena, path, error);
	return end(out, &s, code ? code : make(&s, text, size));
}
