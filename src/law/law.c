/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns the reading of a law folder: which nouns, in which order. What names
 * other things is read after them. Holds no rule of its own.
 */
#include "law/law.h"

#include "law/reader.h"

#include "common/order.h"
#include "law/file.h"

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
	    (code = read_country_names(r)) || (code = read_units(r)) || (code = read_goods(r)))
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
	int code = check_into(r);
	if (code)
		return code;
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if ((code = read_lists(r, i)) || (code = read_jurisdiction_body(r, i)))
			return code;
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if ((code = read_program_names(r, i)))
			return code;
	if ((code = read_programs(r)))
		return code;
	for (uint32_t i = 0; i < r->law->jurisdiction_count; i++)
		if ((code = read_refunds(r, i)))
			return code;
	if ((code = read_record(r)) || (code = read_patterns(r)))
		return code;
	return check_law(r);
}

/* Digests of the law files that other readers open: names with a dot are files. */
static int digest_folder(struct reader *r, const char *path, int depth)
{
	const char **names, *folder = *path ? file_join(r->arena, r->folder, path) : r->folder;
	size_t count, size;
	char *data;
	int code = folder ? file_list(&names, &count, r->arena, folder, "") : TW_NO_MEMORY;
	for (size_t i = 0; !code && i < count; i++) {
		const char *name = *path ? file_join(r->arena, path, names[i]) : names[i];
		struct digest *digest;
		bool known = false;
		if (!name)
			return TW_NO_MEMORY;
		if (!strchr(names[i], '.')) {
			code = depth ? digest_folder(r, name, depth - 1) : TW_OK;
			continue;
		}
		for (uint32_t k = 0; !known && k < r->digests.count; k++)
			known = !strcmp(((struct digest *)r->digests.item)[k].path, name);
		if (known || (!strstr(name, ".yaml") && !strstr(name, ".tsv")))
			continue;
		if ((code = file_read(&data, &size, r->arena, r->folder, name, r->error)))
			return code;
		if (!(digest = read_add(r, &r->digests, sizeof *digest)))
			return TW_NO_MEMORY;
		digest->path = name;
		sha256_hex(digest->hex, data, size);
	}
	return code;
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
	order_items(digests, r->digests.count, sizeof *digests, by_path);
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
	    (code = digest_folder(&r, "", 4)) || (code = seal(&r)))
		goto done;
	*out = r.law;
	r.arena = NULL;
done:
	if (code == TW_NO_MEMORY)
		read_no_memory(&r);
	arena_free(r.arena);
	return code;
}

bool law_estimate(struct law *law)
{
	size_t count = law->jurisdiction_count;
	struct law_jurisdiction *all = arena_alloc(law->arena, count + 1, sizeof *all);
	if (!all)
		return false;
	memcpy(all, law->jurisdictions, count * sizeof *all);
	for (size_t i = 0; i < count; i++) {
		if (!all[i].estimate || all[i].has_schedule)
			continue;
		all[i].rows = all[i].estimate_rows;
		all[i].row_count = all[i].estimate_row_count;
		all[i].has_schedule = all[i].open_numbers = all[i].is_estimate = true;
	}
	law->jurisdictions = all;
	return true;
}

int law_fingerprint(char out[65], const char *folder, struct tw_error *error)
{
	struct law law;
	struct reader r = {.folder = folder, .error = error, .law = &law, .arena = arena_new()};
	int code = r.arena ? digest_folder(&r, "", 4) : read_no_memory(&r);
	if (!code && !(code = seal(&r)))
		memcpy(out, law.sha256, sizeof law.sha256);
	arena_free(r.arena);
	return code;
}

void law_free(struct law *law)
{
	if (law)
		arena_free(law->arena);
}
