/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Owns instruments: the legal acts that everything else in the law cites.
 */
#include "law/reader.h"

#include "law/file.h"

#include <string.h>

static int read_instrument(struct reader *r, const struct yaml_node *key,
			   const struct yaml_node *node, uint32_t jurisdiction)
{
	static const char *const keys[] = {"title", "kind", "known",      "cite",
					   "url",   "note", "background", NULL};
	int code = yaml_only(node, keys, r->error);
	const char *timezone = "Etc/UTC", *known;
	if (code)
		return code;
	if (jurisdiction != LAW_NONE)
		timezone =
		    ((struct law_jurisdiction *)r->jurisdictions.item)[jurisdiction].timezone;
	struct law_instrument made = {
	    .id = key->scalar, .cite = "", .url = "", .kind = "", .jurisdiction = jurisdiction};
	made.pos = key->pos;
	if (strpbrk(made.id, " \t,;|\""))
		return law_error(r->error, key->pos,
				 "\"%s\" is not an id: letters, digits, - and .", made.id);
	if ((code = read_needed(r, node, "title", &made.title)) ||
	    (code = read_text(r, node, "kind", &made.kind)) ||
	    (code = read_needed(r, node, "known", &known)) ||
	    (code = read_day(r, node, "known", timezone, &made.known)) ||
	    (code = read_flag(r, node, "background", &made.background)) ||
	    (code = read_text(r, node, "cite", &made.cite)) ||
	    (code = read_text(r, node, "url", &made.url)))
		return code;
	uint32_t before = table_find(&r->instrument, made.id);
	struct law_pos first = {0};
	if (before != LAW_NONE)
		first = ((struct law_instrument *)r->instruments.item)[before].pos;
	if ((code = read_enter(r, &r->instrument, "instrument", made.id, r->instruments.count,
			       key->pos, first)))
		return code;
	struct law_instrument *slot = read_add(r, &r->instruments, sizeof *slot);
	if (!slot)
		return TW_NO_MEMORY;
	*slot = made;
	return TW_OK;
}

static int read_file(struct reader *r, const char *path, uint32_t jurisdiction)
{
	static const char *const keys[] = {"instruments", NULL};
	struct yaml_node *root;
	int code = read_yaml(r, path, &root);
	if (code || (code = yaml_only(root, keys, r->error)))
		return code;
	const struct yaml_node *all = yaml_get(root, "instruments");
	if (all->kind != YAML_MAPPING)
		return law_error(r->error, all->pos,
				 "instruments are written {EO-14195: {title: …}}");
	for (size_t i = 0; i < all->count; i++)
		if ((code = read_instrument(r, all->key[i], all->item[i], jurisdiction)))
			return code;
	return TW_OK;
}

int read_instruments(struct reader *r, const char *code, uint32_t jurisdiction)
{
	const char **name;
	size_t count;
	const char *folder = file_join(r->arena, code, "instruments");
	const char *full = folder ? file_join(r->arena, r->folder, folder) : NULL;
	int result = full ? file_list(&name, &count, r->arena, full, ".yaml") : TW_NO_MEMORY;
	if (result)
		return read_no_memory(r);
	for (size_t i = 0; i < count; i++) {
		const char *path = file_join(r->arena, folder, name[i]);
		if (!path)
			return read_no_memory(r);
		if ((result = read_file(r, path, jurisdiction)))
			return result;
	}
	r->law->instruments = r->instruments.item;
	r->law->instrument_count = r->instruments.count;
	return TW_OK;
}
