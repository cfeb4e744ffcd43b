/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of a law folder: which nouns, in which order. What names
 * other things is read after them. Holds no rule of its own.
 */
#include "lawread.h"

#include "file.h"

#include <stdlib.h>
#include <string.h>

static bool is_code(const char *name)
{
	return strlen(name) == 2 && name[0] >= 'a' && name[0] <= 'z' && name[1] >= 'a' &&
	       name[1] <= 'z';
}

static int read_ground(struct reader *r)
{
	int code;
	if ((code = read_coverage(r)) || (code = read_countries(r)) || (code = read_groups(r)) ||
	    (code = read_units(r)))
		return code;
	return read_claims(r);
}

/* Heads and instruments of every jurisdiction: nothing else names an instrument before. */
static int read_acts(struct reader *r)
{
	const char **name;
	size_t count;
	if (file_list(&name, &count, r->arena, r->folder, ""))
		return read_no_memory(r);
	for (size_t i = 0; i < count; i++) {
		if (!is_code(name[i]))
			continue;
		const char *path = file_join(r->arena, name[i], "jurisdiction.yaml");
		uint32_t jurisdiction = LAW_NONE;
		int code = path ? TW_OK : read_no_memory(r);
		if (!code && read_has(r, path)) {
			jurisdiction = r->jurisdictions.count;
			code = read_jurisdiction_head(r, name[i]);
		}
		if (code || (code = read_instruments(r, name[i], jurisdiction)))
			return code;
	}
	return TW_OK;
}

static int read_duties(struct reader *r)
{
	int code;
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if ((code = read_lists(r, i)) || (code = read_jurisdiction_body(r, i)))
			return code;
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if ((code = read_program_names(r, i)))
			return code;
	code = read_programs(r);
	return code ? code : check_law(r);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct digest *)a)->path, ((const struct digest *)b)->path);
}

/* As sha256sum prints the files in path order, hashed once more. */
static int seal(struct reader *r)
{
	struct digest *digests = r->digests.item;
	size_t size = 0;
	qsort(digests, r->digests.count, sizeof *digests, by_path);
	for (uint32_t i = 0; i < r->digests.count; i++)
		size += 64 + 2 + strlen(digests[i].path) + 1;
	char *text = read_take(r, size + 1, 1), *to = text;
	if (!text)
		return TW_NO_MEMORY;
	for (uint32_t i = 0; i < r->digests.count; i++) {
		to = stpcpy(to, digests[i].hex);
		to = stpcpy(to, "  ");
		to = stpcpy(to, digests[i].path);
		to = stpcpy(to, "\n");
	}
	sha256_hex(r->law->sha256, text, size);
	return TW_OK;
}

int law_read(struct law **out, const char *folder, struct tw_error *error)
{
	struct reader r = {.folder = folder, .error = error};
	int code = TW_NO_MEMORY;
	*out = NULL;
	r.arena = arena_new();
	r.law = r.arena ? arena_alloc(r.arena, 1, sizeof *r.law) : NULL;
	if (!r.law) {
		read_no_memory(&r);
		goto done;
	}
	r.law->arena = r.arena;
	if ((code = read_ground(&r)) || (code = read_acts(&r)) || (code = read_duties(&r)) ||
	    (code = seal(&r)))
		goto done;
	*out = r.law;
	r.arena = NULL;
done:
	arena_free(r.arena);
	return code;
}

void law_free(struct law *law)
{
	if (law)
		arena_free(law->arena);
}
