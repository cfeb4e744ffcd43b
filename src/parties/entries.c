/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/entries.h"

#include <stdio.h>
#include <string.h>

#include "common/ascii.h"
#include "common/date.h"
#include "common/error.h"
#include "parties/rows.h"

enum { KEY = 4096, IDENTIFIER_LEAST = 4 };

int entries_open(struct entries *entries, const struct lexicon *lexicon)
{
	*entries = (struct entries){.arena = arena_new(), .lexicon = lexicon};
	return entries->arena ? TW_OK : TW_NO_MEMORY;
}

void entries_close(struct entries *entries)
{
	arena_free(entries->arena);
	buffer_free(&entries->scratch);
	entries->arena = NULL;
}

static int too_many(struct entries *entries, const struct party_list *list, const char *what)
{
	return error_at(entries->error, TW_BAD_FILE, list->path, 0, 0, "more %s than are read",
			what);
}

static struct party_entry *entry_at(const struct entries *entries, uint32_t index)
{
	return ((struct party_entry **)entries->entry.item)[index];
}

static struct party_list *list_of(struct entries *entries, const struct party_entry *entry)
{
	return &entries->list[entry->list];
}

void entries_left_out(struct entries *entries, const struct party_entry *entry, const char *what)
{
	struct party_list *list = list_of(entries, entry);
	if (!list->left_out++) {
		list->left_out_of = entry->id;
		list->left_out_what = what;
	}
}

/* A copy, bounded by the number of all texts. */
static int copy(const char **out, struct entries *entries, const struct party_list *list,
		struct tw_text text)
{
	if (++entries->texts > ENTRIES_TEXTS)
		return too_many(entries, list, "texts");
	*out = arena_text(entries->arena, text.at, text.length);
	return *out ? TW_OK : error_memory(entries->error);
}

struct party_entry *entries_find(const struct entries *entries, const struct party_list *list,
				 struct tw_text id)
{
	char key[KEY];
	if (!id.length || id.length >= sizeof key)
		return NULL;
	memcpy(key, id.at, id.length);
	key[id.length] = 0;
	uint32_t found = table_find(&list->ids, key);
	return found == UINT32_MAX ? NULL : entry_at(entries, found);
}

int entries_entry(struct party_entry **out, struct entries *entries, struct party_list *list,
		  struct tw_text id)
{
	int code;
	if (id.length >= KEY)
		return too_many(entries, list, "letters of a key");
	if ((*out = entries_find(entries, list, id)))
		return TW_OK;
	if (entries->entry.count == ENTRIES_MOST)
		return too_many(entries, list, "entries");
	struct party_entry *entry = arena_alloc(entries->arena, 1, sizeof *entry);
	struct party_entry **slot = vector_add(&entries->entry, entries->arena, sizeof *slot);
	if (!entry || !slot)
		return error_memory(entries->error);
	*slot = entry;
	entry->type = "";
	entry->index = entries->entry.count - 1;
	entry->list = (uint32_t)(list - entries->list);
	if ((code = copy(&entry->id, entries, list, id)))
		return code;
	if (id.length && table_add(&list->ids, entries->arena, entry->id, entries->entry.count - 1))
		return error_memory(entries->error);
	list->entries++;
	*out = entry;
	return TW_OK;
}

int entries_name(struct entries *entries, struct party_entry *entry, struct tw_text text,
		 const char *kind)
{
	enum { NAMES = 2000 };
	struct party_list *list = list_of(entries, entry);
	text = rows_trim(text);
	if (!text.length)
		return TW_OK;
	for (const struct party_name *name = entry->name; name; name = name->next)
		if (strlen(name->text) == text.length && !memcmp(name->text, text.at, text.length))
			return TW_OK;
	if (entries->name.count == ENTRIES_NAMES || entry->names == NAMES)
		return too_many(entries, list, "names");
	struct party_name *name = arena_alloc(entries->arena, 1, sizeof *name);
	struct party_name **slot = vector_add(&entries->name, entries->arena, sizeof *slot);
	if (!name || !slot)
		return error_memory(entries->error);
	*slot = name;
	name->kind = kind;
	name->entry = entry->index;
	if (entry->last_name)
		entry->last_name->next = name;
	else
		entry->name = name;
	entry->last_name = name;
	entry->names++;
	list->names++;
	return copy(&name->text, entries, list, text);
}

/* Before the others of a list of texts, where it is not among them. */
static int add_text(struct party_text **first, struct entries *entries, struct party_entry *entry,
		    struct tw_text text)
{
	enum { TEXTS = 4000 };
	size_t count = 0;
	text = rows_trim(text);
	struct party_text **at = first;
	for (; *at; at = &(*at)->next, count++)
		if (strlen((*at)->text) == text.length &&
		    !memcmp((*at)->text, text.at, text.length))
			return TW_OK;
	if (!text.length)
		return TW_OK;
	if (count == TEXTS) {
		entries_left_out(entries, entry,
				 "more than 4,000 addresses, countries or programs");
		return TW_OK;
	}
	struct party_text *one = arena_alloc(entries->arena, 1, sizeof *one);
	if (!one)
		return error_memory(entries->error);
	int code = copy(&one->text, entries, list_of(entries, entry), text);
	if (!code)
		*at = one;
	return code;
}

int entries_address(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	return add_text(&entry->address, entries, entry, text);
}

int entries_country(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	return add_text(&entry->country, entries, entry, text);
}

int entries_program(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	return add_text(&entry->program, entries, entry, text);
}

int entries_type(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	if (*entry->type || !text.length)
		return TW_OK;
	return copy(&entry->type, entries, list_of(entries, entry), text);
}

int entries_identifier(struct entries *entries, struct party_entry *entry, const char *kind,
		       struct tw_text number, struct tw_text country)
{
	enum { IDENTIFIERS = 4000 };
	char key[KEY];
	size_t count = 0;
	number = rows_trim(number);
	size_t length = name_key(key, sizeof key, number);
	if (length < IDENTIFIER_LEAST || !kinds_fit(lexicon_kinds(entries->lexicon), kind, number))
		return TW_OK;
	for (const struct party_identifier *one = entry->identifier; one; one = one->next, count++)
		if (!strcmp(one->key, key) && !strcmp(one->kind, kind))
			return TW_OK;
	if (count == IDENTIFIERS) {
		entries_left_out(entries, entry, "more than 4,000 identifiers");
		return TW_OK;
	}
	struct party_identifier *one = arena_alloc(entries->arena, 1, sizeof *one);
	struct party_identifier **slot =
	    vector_add(&entries->identifier, entries->arena, sizeof *slot);
	if (!one || !slot)
		return error_memory(entries->error);
	struct party_list *list = list_of(entries, entry);
	*one = (struct party_identifier){.next = entry->identifier, .kind = kind};
	int code = copy(&one->number, entries, list, number);
	if (!code)
		code = copy(&one->key, entries, list, (struct tw_text){key, length});
	if (!code)
		code = copy(&one->country, entries, list, rows_trim(country));
	one->entry = entry->index;
	*slot = one;
	entry->identifier = one;
	return code;
}

int entries_prose(struct entries *entries, struct party_entry *entry, struct tw_text text)
{
	const struct kinds *kinds = lexicon_kinds(entries->lexicon);
	struct identifier found;
	struct tw_text part, alias;
	int code = TW_OK;
	while (!code && rows_part(&part, &text, ";"))
		if (kinds_alias(&alias, kinds, part))
			code = entries_name(entries, entry, alias, "weak aka");
		else if (kinds_prose(&found, kinds, part))
			code = entries_identifier(entries, entry, found.kind, found.number,
						  found.country);
	return code;
}

void entries_skip(struct party_list *list, uint64_t line, const char *why)
{
	if (!list->skipped++) {
		list->skipped_line = line;
		list->skipped_why = why;
	}
}

static bool day_in(char out[11], struct tw_text text, bool day_first)
{
	struct date_read read;
	const char *right;
	for (size_t i = 0; i < text.length && i < 512; i++) {
		bool starts =
		    !i || !(is_digit(text.at[i - 1]) ||
			    (to_lower(text.at[i - 1]) >= 'a' && to_lower(text.at[i - 1]) <= 'z'));
		struct tw_text rest = {text.at + i, text.length - i};
		if (!starts || text.at[i] == ' ' ||
		    !date_read(&read, rest, day_first ? DATE_DMY : DATE_MDY, &right) ||
		    read.clock >= 0 || read.length < 8)
			continue;
		int n = snprintf(out, 11, "%04d-%02d-%02d", read.year, read.month, read.day);
		return n == 10;
	}
	return false;
}

void entries_date(struct party_list *list, struct tw_text text, bool day_first)
{
	char day[11];
	if (day_in(day, text, day_first)) {
		memcpy(list->date, day, sizeof day);
		list->is_latest = false;
	}
}

void entries_day(struct party_list *list, struct tw_text text, bool day_first)
{
	char day[11];
	if (*list->date && !list->is_latest)
		return;
	if (day_in(day, text, day_first) && strcmp(day, list->date) > 0) {
		memcpy(list->date, day, sizeof day);
		list->is_latest = true;
	}
}
