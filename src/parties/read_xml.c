/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The UN's consolidated list and Canada's autonomous sanctions, by expat: records of leaves with
 * text. An element of a name that is not known is passed over; a document type and nesting of more
 * than LIST_XML_DEPTH elements are refused.
 */
#include "common/error.h"
#include "parties/list_xml.h"
#include "parties/lists.h"

#ifdef TW_EXPAT

#include <stdio.h>
#include <string.h>

/* What is known of a record; its parts are those of one name, address or document at a time. */
enum part {
	PART_ID,
	PART_TYPE,
	PART_PROGRAM,
	PART_LISTED,
	PART_NAME, /* in the order in which they are written */
	PART_NAME_LAST = PART_NAME + 3,
	PART_FIRM,
	PART_ALIAS,
	PART_QUALITY,
	PART_ADDRESS, /* street, city, province, zip, country, note */
	PART_COUNTRY = PART_ADDRESS + 4,
	PART_ADDRESS_LAST = PART_ADDRESS + 5,
	PART_DOCUMENT, /* kind, number, country */
	PART_NUMBER,
	PART_ISSUER,
	PART_SCHEDULE,
	PART_ITEM,
	PARTS
};

struct reading {
	struct list_xml xml; /* first: it is handed on */
	struct entries *entries;
	struct party_list *list;
	struct buffer part[PARTS], joined;
	struct party_entry *entry;
	void (*leaf)(struct reading *reading, const char *name, const char *parent);
	/* The entry of what was gathered so far; then its parts, as they end. */
	bool (*is_record)(const char *name);
	void (*end)(struct reading *reading, const char *name);
	uint64_t records;
	const char *text; /* of the leaf that ends */
};

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static struct tw_text part_of(const struct reading *reading, enum part part)
{
	return text_of(list_xml_text(&reading->part[part]));
}

static void put(struct reading *reading, enum part part)
{
	list_xml_put(&reading->part[part], reading->text);
}

static void clear(struct reading *reading, enum part first, enum part last)
{
	for (enum part part = first; part <= last; part++)
		reading->part[part].length = 0;
}

/* Parts that are not empty, one behind the other. */
static struct tw_text join(struct reading *reading, enum part first, enum part last,
			   const char *between)
{
	struct buffer *to = &reading->joined;
	to->length = 0;
	for (enum part part = first; part <= last; part++) {
		struct tw_text text = part_of(reading, part);
		buffer_text(to, text.length && to->length ? between : "");
		buffer_put(to, text.at, text.length);
	}
	return (struct tw_text){to->length ? to->at : "", to->length};
}

/* What a taker of entries returned. */
static void check(struct reading *reading, int code)
{
	list_xml_stop(&reading->xml, code, NULL);
}

static struct party_entry *entry_of(struct reading *reading)
{
	char id[48];
	if (reading->entry || reading->xml.code)
		return reading->entry;
	int n = snprintf(id, sizeof id, "record %llu", (unsigned long long)reading->records);
	struct tw_text own = part_of(reading, PART_ID);
	check(reading, entries_entry(&reading->entry, reading->entries, reading->list,
				     own.length ? own : (struct tw_text){id, (size_t)n}));
	return reading->entry;
}

static void on_start(struct list_xml *xml, const char *name, const char **attributes)
{
	struct reading *reading = (struct reading *)xml;
	for (size_t i = 0; attributes[i]; i += 2)
		if (xml->depth == 1 && rows_alike(text_of(attributes[i]), "dateGenerated"))
			entries_date(reading->list, text_of(attributes[i + 1]), true);
	if (reading->is_record(name)) {
		reading->records++;
		reading->entry = NULL;
		clear(reading, 0, PARTS - 1);
		list_xml_put(&reading->part[PART_TYPE], name);
	}
}

static void on_end(struct list_xml *xml, const char *name, const char *text)
{
	struct reading *reading = (struct reading *)xml;
	reading->text = text;
	if (*text)
		reading->leaf(reading, name, list_xml_parent(xml));
	if (!xml->code)
		reading->end(reading, name);
	if (reading->is_record(name)) {
		reading->entry = NULL;
		clear(reading, 0, PARTS - 1);
	}
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
	static const struct {
		const char *name;
		enum part part;
		const char *parent; /* how it ends; NULL: the record itself; "": any */
	} leaves[] = {{"FIRST_NAME", PART_NAME, NULL},
		      {"SECOND_NAME", PART_NAME + 1, NULL},
		      {"THIRD_NAME", PART_NAME + 2, NULL},
		      {"FOURTH_NAME", PART_NAME_LAST, NULL},
		      {"STREET", PART_ADDRESS, "_ADDRESS"},
		      {"CITY", PART_ADDRESS + 1, "_ADDRESS"},
		      {"STATE_PROVINCE", PART_ADDRESS + 2, "_ADDRESS"},
		      {"ZIP_CODE", PART_ADDRESS + 3, "_ADDRESS"},
		      {"COUNTRY", PART_COUNTRY, "_ADDRESS"},
		      {"NOTE", PART_ADDRESS_LAST, "_ADDRESS"},
		      {"TYPE_OF_DOCUMENT", PART_DOCUMENT, "_DOCUMENT"},
		      {"NUMBER", PART_NUMBER, "_DOCUMENT"},
		      {"ISSUING_COUNTRY", PART_ISSUER, "_DOCUMENT"},
		      {"DATAID", PART_ID, ""},
		      {"UN_LIST_TYPE", PART_PROGRAM, ""},
		      {"ALIAS_NAME", PART_ALIAS, ""},
		      {"QUALITY", PART_QUALITY, ""}};
	struct tw_text text = text_of(reading->text);
	for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
		if (!strcmp(name, leaves[i].name) &&
		    (leaves[i].parent ? ends_with(parent, leaves[i].parent) : is_un(parent)))
			put(reading, leaves[i].part);
	if (!strcmp(name, "LISTED_ON"))
		entries_day(reading->list, text, true);
	else if (!strcmp(name, "NAME_ORIGINAL_SCRIPT") && entry_of(reading))
		check(reading, entries_name(reading->entries, reading->entry, text, "own script"));
	else if (!strcmp(name, "VALUE") && !strcmp(parent, "NATIONALITY") && entry_of(reading))
		check(reading, entries_country(reading->entries, reading->entry, text));
}

static void un_record(struct reading *reading)
{
	struct entries *entries = reading->entries;
	struct tw_text whole = join(reading, PART_NAME, PART_NAME_LAST, " ");
	if (!whole.length) {
		entries_skip(reading->list, list_xml_line(&reading->xml), "no name");
	} else if (entry_of(reading)) {
		struct party_entry *entry = reading->entry;
		check(reading, entries_name(entries, entry, whole, "name"));
		check(reading, entries_type(entries, entry, part_of(reading, PART_TYPE)));
		check(reading, entries_program(entries, entry, part_of(reading, PART_PROGRAM)));
	}
}

static void un_end(struct reading *reading, const char *name)
{
	struct entries *entries = reading->entries;
	if (ends_with(name, "_ALIAS")) {
		struct tw_text alias = part_of(reading, PART_ALIAS);
		bool is_weak = rows_alike(part_of(reading, PART_QUALITY), "Low");
		if (alias.length && entry_of(reading))
			check(reading, entries_name(entries, reading->entry, alias,
						    is_weak ? "weak aka" : "aka"));
		clear(reading, PART_ALIAS, PART_QUALITY);
	} else if (ends_with(name, "_ADDRESS")) {
		if (entry_of(reading))
			check(reading, entries_address(
					   entries, reading->entry,
					   join(reading, PART_ADDRESS, PART_ADDRESS_LAST, ", ")));
		if (reading->entry)
			check(reading, entries_country(entries, reading->entry,
						       part_of(reading, PART_COUNTRY)));
		clear(reading, PART_ADDRESS, PART_ADDRESS_LAST);
	} else if (ends_with(name, "_DOCUMENT")) {
		const char *kind =
		    kinds_begin(lexicon_kinds(entries->lexicon), part_of(reading, PART_DOCUMENT));
		struct tw_text number = part_of(reading, PART_NUMBER);
		if (number.length && entry_of(reading))
			check(reading, entries_identifier(entries, reading->entry, kind ? kind : "",
							  number, part_of(reading, PART_ISSUER)));
		clear(reading, PART_DOCUMENT, PART_ISSUER);
	} else if (is_un(name)) {
		un_record(reading);
	}
}

/* ------------------------------ Canada's ------------------------------ */

static bool is_canada(const char *name)
{
	return rows_alike(text_of(name), "record");
}

static void canada_leaf(struct reading *reading, const char *name, const char *parent)
{
	static const struct {
		const char *name;
		enum part part;
	} leaves[] = {
	    {"Country", PART_PROGRAM},      {"EntityOrShip", PART_FIRM}, {"Entity", PART_FIRM},
	    {"GivenName", PART_NAME},       {"LastName", PART_NAME + 1}, {"Aliases", PART_ALIAS},
	    {"ShipIMONumber", PART_NUMBER}, {"Schedule", PART_SCHEDULE}, {"Item", PART_ITEM},
	    {"DateOfListing", PART_LISTED}};
	/* "LastName-NomDeFamille" */
	size_t length = strcspn(name, "-");
	(void)parent;
	for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
		if (strlen(leaves[i].name) == length && !memcmp(name, leaves[i].name, length))
			put(reading, leaves[i].part);
}

/* Country, schedule and item are its key; without both of them it is a record by itself. */
static void canada_key(struct reading *reading)
{
	struct tw_text program = part_of(reading, PART_PROGRAM), item = part_of(reading, PART_ITEM);
	struct tw_text schedule = part_of(reading, PART_SCHEDULE);
	struct buffer *id = &reading->joined;
	if (!schedule.length || !item.length)
		return;
	id->length = 0;
	buffer_put(id, program.at, program.length);
	buffer_text(id, ", schedule ");
	buffer_put(id, schedule.at, schedule.length);
	buffer_text(id, ", item ");
	buffer_put(id, item.at, item.length);
	buffer_char(id, 0);
	if (!id->failed)
		list_xml_put(&reading->part[PART_ID], id->at);
}

static void canada_end(struct reading *reading, const char *name)
{
	struct entries *entries = reading->entries;
	if (!is_canada(name))
		return;
	struct tw_text firm = part_of(reading, PART_FIRM), part;
	struct tw_text whole = firm.length ? firm : join(reading, PART_NAME, PART_NAME + 1, " ");
	if (!whole.length) {
		entries_skip(reading->list, list_xml_line(&reading->xml), "no name");
		return;
	}
	canada_key(reading);
	if (!entry_of(reading))
		return;
	struct party_entry *entry = reading->entry;
	if (!firm.length)
		whole = join(reading, PART_NAME, PART_NAME + 1, " ");
	check(reading, entries_name(entries, entry, whole, "name"));
	struct tw_text aliases = part_of(reading, PART_ALIAS);
	const char *between = aliases.length && memchr(aliases.at, ';', aliases.length) ? ";" : ",";
	while (!reading->xml.code && rows_part(&part, &aliases, between))
		check(reading, entries_name(entries, entry, part, "aka"));
	check(reading, entries_program(entries, entry, part_of(reading, PART_PROGRAM)));
	check(reading,
	      entries_type(entries, entry, text_of(firm.length ? "entity" : "individual")));
	check(reading, entries_identifier(entries, entry, "imo", part_of(reading, PART_NUMBER),
					  (struct tw_text){"", 0}));
	entries_day(reading->list, part_of(reading, PART_LISTED), false);
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
	bool failed = reading.joined.failed;
	for (size_t i = 0; i < PARTS; i++) {
		failed = failed || reading.part[i].failed;
		buffer_free(&reading.part[i]);
	}
	buffer_free(&reading.joined);
	return !code && failed ? error_memory(entries->error) : code;
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
