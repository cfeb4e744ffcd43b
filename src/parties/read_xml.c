/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The UN's consolidated list and Canada's autonomous sanctions, by expat: records of leaves with
 * text. An element of a name that is not known is passed over; a document type and nesting of more
 * than LIST_XML_DEPTH elements are refused.
 */
#include "parties/list_xml.h"
#include "parties/lists.h"

#ifdef TW_EXPAT

#include <stdio.h>
#include <string.h>

enum { TEXT = LIST_XML_TEXT, PART = 1024 };

/* What is known of a record; its parts are those of one name, address or document at a time. */
struct record {
	char id[160], type[32], program[PART], quality[64], listed[32];
	char name[4][PART]; /* in the order in which they are written */
	char alias[TEXT];
	char address[6][PART];  /* street, city, province, zip, country, note */
	char document[3][PART]; /* kind, number, country */
	struct party_entry *entry;
};

struct reading {
	struct list_xml xml; /* first: it is handed on */
	struct entries *entries;
	struct party_list *list;
	struct record record;
	void (*leaf)(struct reading *reading, const char *name, const char *parent);
	/* The entry of what was gathered so far; then its parts, as they end. */
	bool (*is_record)(const char *name);
	void (*end)(struct reading *reading, const char *name);
	uint64_t records;
};

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

/* What a taker of entries returned. */
static void check(struct reading *reading, int code)
{
	list_xml_stop(&reading->xml, code, NULL);
}

static struct party_entry *entry_of(struct reading *reading)
{
	char id[48];
	if (reading->record.entry || reading->xml.code)
		return reading->record.entry;
	snprintf(id, sizeof id, "record %llu", (unsigned long long)reading->records);
	check(reading, entries_entry(&reading->record.entry, reading->entries, reading->list,
				     text_of(*reading->record.id ? reading->record.id : id)));
	return reading->record.entry;
}

static void on_start(struct list_xml *xml, const char *name, const char **attributes)
{
	struct reading *reading = (struct reading *)xml;
	for (size_t i = 0; attributes[i]; i += 2)
		if (xml->depth == 1 && rows_alike(text_of(attributes[i]), "dateGenerated"))
			entries_date(reading->list, text_of(attributes[i + 1]), true);
	if (reading->is_record(name)) {
		reading->records++;
		memset(&reading->record, 0, sizeof reading->record);
		list_xml_put(reading->record.type, sizeof reading->record.type, name);
	}
}

static void on_end(struct list_xml *xml, const char *name, const char *text)
{
	struct reading *reading = (struct reading *)xml;
	if (*text)
		reading->leaf(reading, name, list_xml_parent(xml));
	if (!xml->code)
		reading->end(reading, name);
	if (reading->is_record(name))
		memset(&reading->record, 0, sizeof reading->record);
}

/* ------------------------------ the UN's ------------------------------ */

static bool is_un(const char *name)
{
	return !strcmp(name, "INDIVIDUAL") || !strcmp(name, "ENTITY");
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);
	return length >= tail && !strcmp(text + length - tail, end);
}

static void un_leaf(struct reading *reading, const char *name, const char *parent)
{
	static const char *const names[] = {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME",
					    "FOURTH_NAME"};
	static const char *const address[] = {"STREET",   "CITY",    "STATE_PROVINCE",
					      "ZIP_CODE", "COUNTRY", "NOTE"};
	static const char *const document[] = {"TYPE_OF_DOCUMENT", "NUMBER", "ISSUING_COUNTRY"};
	struct record *record = &reading->record;
	const char *text = reading->xml.text;
	for (size_t i = 0; i < 4 && is_un(parent); i++)
		if (!strcmp(name, names[i]))
			list_xml_put(record->name[i], PART, text);
	for (size_t i = 0; i < 6 && ends_with(parent, "_ADDRESS"); i++)
		if (!strcmp(name, address[i]))
			list_xml_put(record->address[i], PART, text);
	for (size_t i = 0; i < 3 && ends_with(parent, "_DOCUMENT"); i++)
		if (!strcmp(name, document[i]))
			list_xml_put(record->document[i], PART, text);
	if (!strcmp(name, "DATAID"))
		list_xml_put(record->id, sizeof record->id, text);
	else if (!strcmp(name, "UN_LIST_TYPE"))
		list_xml_put(record->program, PART, text);
	else if (!strcmp(name, "LISTED_ON"))
		entries_day(reading->list, text_of(text), true);
	else if (!strcmp(name, "ALIAS_NAME"))
		list_xml_put(record->alias, TEXT, text);
	else if (!strcmp(name, "QUALITY"))
		list_xml_put(record->quality, sizeof record->quality, text);
	else if (!strcmp(name, "NAME_ORIGINAL_SCRIPT") && entry_of(reading))
		check(reading,
		      entries_name(reading->entries, record->entry, text_of(text), "own script"));
	else if (!strcmp(name, "VALUE") && !strcmp(parent, "NATIONALITY") && entry_of(reading))
		check(reading, entries_country(reading->entries, record->entry, text_of(text)));
}

/* Parts that are not empty, one behind the other. */
static struct tw_text join(char *to, size_t room, char parts[][PART], size_t count,
			   const char *between)
{
	size_t length = 0;
	*to = 0;
	for (size_t i = 0; i < count; i++)
		if (*parts[i] && length < room) {
			int n = snprintf(to + length, room - length, "%s%s", length ? between : "",
					 parts[i]);
			length += n > 0 ? (size_t)n : 0;
		}
	return text_of(to);
}

static void un_end(struct reading *reading, const char *name)
{
	struct record *record = &reading->record;
	struct entries *entries = reading->entries;
	char text[2 * TEXT];
	if (ends_with(name, "_ALIAS") && *record->alias && entry_of(reading)) {
		bool is_weak = rows_alike(text_of(record->quality), "Low");
		check(reading, entries_name(entries, record->entry, text_of(record->alias),
					    is_weak ? "weak aka" : "aka"));
	} else if (ends_with(name, "_ADDRESS") && entry_of(reading)) {
		check(reading, entries_address(entries, record->entry,
					       join(text, sizeof text, record->address, 6, ", ")));
		check(reading,
		      entries_country(entries, record->entry, text_of(record->address[4])));
		memset(record->address, 0, sizeof record->address);
	} else if (ends_with(name, "_DOCUMENT") && *record->document[1] && entry_of(reading)) {
		size_t used;
		for (char *c = record->document[0]; *c; c++)
			*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
		const char *kind = lexicon_identifier(&used, entries->lexicon, record->document[0]);
		check(reading, entries_identifier(entries, record->entry, kind ? kind : "",
						  text_of(record->document[1]),
						  text_of(record->document[2])));
		memset(record->document, 0, sizeof record->document);
	} else if (is_un(name)) {
		struct tw_text whole = join(text, sizeof text, record->name, 4, " ");
		if (!whole.length) {
			entries_skip(reading->list, list_xml_line(&reading->xml), "no name");
		} else if (entry_of(reading)) {
			check(reading, entries_name(entries, record->entry, whole, "name"));
			check(reading, entries_type(entries, record->entry, text_of(record->type)));
			check(reading,
			      entries_program(entries, record->entry, text_of(record->program)));
		}
	}
	if (ends_with(name, "_ALIAS"))
		*record->alias = *record->quality = 0;
}

/* ------------------------------ Canada's ------------------------------ */

static bool is_canada(const char *name)
{
	return rows_alike(text_of(name), "record");
}

static void canada_leaf(struct reading *reading, const char *name, const char *parent)
{
	struct record *record = &reading->record;
	const char *text = reading->xml.text;
	(void)parent;
	if (!strcmp(name, "Country"))
		list_xml_put(record->program, PART, text);
	else if (!strcmp(name, "EntityOrShip") || !strcmp(name, "Entity"))
		list_xml_put(record->name[3], PART, text);
	else if (!strcmp(name, "GivenName"))
		list_xml_put(record->name[0], PART, text);
	else if (!strcmp(name, "LastName"))
		list_xml_put(record->name[1], PART, text);
	else if (!strcmp(name, "Aliases"))
		list_xml_put(record->alias, TEXT, text);
	else if (!strcmp(name, "ShipIMONumber"))
		list_xml_put(record->document[1], PART, text);
	else if (!strcmp(name, "Schedule"))
		list_xml_put(record->address[0], PART, text);
	else if (!strcmp(name, "Item"))
		list_xml_put(record->address[1], PART, text);
	else if (!strcmp(name, "DateOfListing"))
		list_xml_put(record->listed, sizeof record->listed, text);
}

static void canada_end(struct reading *reading, const char *name)
{
	struct record *record = &reading->record;
	struct entries *entries = reading->entries;
	char text[2 * TEXT];
	if (!is_canada(name))
		return;
	bool is_firm = *record->name[3] != 0;
	if (!is_firm && !*record->name[0] && !*record->name[1]) {
		entries_skip(reading->list, list_xml_line(&reading->xml), "no name");
		return;
	}
	snprintf(record->id, sizeof record->id, "%.60s, schedule %.30s, item %.30s",
		 record->program, record->address[0], record->address[1]);
	if (!entry_of(reading))
		return;
	struct party_entry *entry = record->entry;
	check(reading, entries_name(entries, entry,
				    is_firm ? text_of(record->name[3])
					    : join(text, sizeof text, record->name, 2, " "),
				    "name"));
	struct tw_text aliases = text_of(record->alias), part;
	const char *between = strchr(record->alias, ';') ? ";" : ",";
	while (!reading->xml.code && rows_part(&part, &aliases, between))
		check(reading, entries_name(entries, entry, part, "aka"));
	check(reading, entries_program(entries, entry, text_of(record->program)));
	check(reading, entries_type(entries, entry, text_of(is_firm ? "entity" : "individual")));
	check(reading, entries_identifier(entries, entry, "imo", text_of(record->document[1]),
					  (struct tw_text){"", 0}));
	entries_day(reading->list, text_of(record->listed), false);
}

/* ---------------------------------------------------------------------- */

static int run(const struct reading *kind, struct entries *entries, struct party_list *list,
	       const char *at, size_t length)
{
	struct reading reading = *kind;
	reading.xml.start = on_start;
	reading.xml.end = on_end;
	reading.entries = entries;
	reading.list = list;
	int code = list_xml_read(&reading.xml, entries, list, at, length);
	list->rows += reading.records;
	return code;
}

int read_un(struct entries *entries, struct party_list *list, const char *at, size_t length)
{
	static const struct reading un = {.leaf = un_leaf, .is_record = is_un, .end = un_end};
	return run(&un, entries, list, at, length);
}

int read_canada(struct entries *entries, struct party_list *list, const char *at, size_t length)
{
	static const struct reading canada = {
	    .leaf = canada_leaf, .is_record = is_canada, .end = canada_end};
	return run(&canada, entries, list, at, length);
}

#else

int read_un(struct entries *entries, struct party_list *list, const char *at, size_t length)
{
	return list_xml_read(NULL, entries, list, at, length);
}

int read_canada(struct entries *entries, struct party_list *list, const char *at, size_t length)
{
	return list_xml_read(NULL, entries, list, at, length);
}

#endif
