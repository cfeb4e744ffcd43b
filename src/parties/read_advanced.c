/* SPDX-License-Identifier: Apache-2.0 */
/*
 * OFAC's advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML): sets of words, places and documents
 * under numbers, then parties with names in parts and scripts that point to them, then entries with
 * their programs. What is pointed to and never said is passed over.
 */
#include "parties/list_xml.h"
#include "parties/lists.h"

#ifdef TW_EXPAT

#include <stdio.h>
#include <string.h>

#include "common/error.h"

enum { THINGS = 8000000, ID = 64, KEY = LIST_XML_ELEMENT + ID + 2 };

/* A document of an identity, which is named after it. */
struct document {
	struct document *next;
	const char *kind, *number, *country;
};

/* What has a number: a word of a set, a place, an identity, a profile. */
struct thing {
	const char *text, *country; /* of a place its address */
	struct document *document;
	struct party_entry *entry;
};

struct advanced {
	struct list_xml xml; /* first: it is handed on */
	struct table table;
	struct vector thing;
	/* of the element that is read */
	char id[ID], type[ID], part[ID]; /* its number, that of its type, and of an inner one */
	struct buffer name, number, address, country, date;
	struct buffer feature; /* what a feature of a party is */
	const char *alias;     /* its kind */
	bool is_weak, is_own_script;
	struct party_entry *entry;
};

static struct tw_text text_of(const char *text)
{
	return (struct tw_text){text, strlen(text)};
}

static void check(struct advanced *advanced, int code)
{
	list_xml_stop(&advanced->xml, code, NULL);
}

/* The value of an attribute, or "". */
static const char *attribute(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (!strcmp(attributes[i], name))
			return attributes[i + 1];
	return "";
}

static void key_of(char out[KEY], const char *set, const char *id)
{
	snprintf(out, (size_t)KEY, "%.40s/%s", set, id);
}

/* NULL: there is none. */
static struct thing *find(const struct advanced *advanced, const char *set, const char *id)
{
	char key[KEY];
	key_of(key, set, id);
	uint32_t at = *id ? table_find(&advanced->table, key) : UINT32_MAX;
	return at == UINT32_MAX ? NULL : (struct thing *)advanced->thing.item + at;
}

/* What a number stands for, or "". */
static const char *said(const struct advanced *advanced, const char *set, const char *id)
{
	const struct thing *thing = find(advanced, set, id);
	return thing && thing->text ? thing->text : "";
}

/* "": one that is not known, which is said as "undetermined". */
static const char *country_of(const struct advanced *advanced, const char *id)
{
	const char *text = said(advanced, "Country", id);
	return strcmp(text, "undetermined") ? text : "";
}

/* Made where there is none; NULL: the reading ends. */
static struct thing *make(struct advanced *advanced, const char *set, const char *id)
{
	struct thing *thing = find(advanced, set, id);
	struct arena *arena = advanced->xml.entries->arena;
	char key[KEY];
	if (thing || !*id)
		return thing;
	if (advanced->thing.count == THINGS) {
		list_xml_stop(&advanced->xml, TW_BAD_FILE,
			      "it holds more numbered things than are read");
		return NULL;
	}
	key_of(key, set, id);
	const char *name = arena_text(arena, key, strlen(key));
	thing = vector_add(&advanced->thing, arena, sizeof *thing);
	if (!name || !thing ||
	    table_add(&advanced->table, arena, name, advanced->thing.count - 1)) {
		check(advanced, error_memory(advanced->xml.entries->error));
		return NULL;
	}
	return thing;
}

static const char *kept(struct advanced *advanced, const char *text)
{
	const char *copy = arena_text(advanced->xml.entries->arena, text, strlen(text));
	if (!copy)
		check(advanced, error_memory(advanced->xml.entries->error));
	return copy;
}

/* Behind what stands there, with a text between. */
static void append(struct buffer *to, const char *between, const char *text)
{
	size_t length = strlen(text);
	buffer_text(to, length && to->length ? between : "");
	buffer_put(to, text, length);
	buffer_char(to, 0);
	if (!to->failed)
		to->length--;
}

/* A number of the file; one that is longer than any is none. */
static void put_id(char to[ID], const char *from)
{
	size_t length = strlen(from);
	memcpy(to, from, length < ID ? length + 1 : 0);
	if (length >= ID)
		*to = 0;
}

/* How lists name the kind of an identifier; NULL: it is none. */
static const char *kind_of(const struct advanced *advanced, const char *text)
{
	return kinds_begin(lexicon_kinds(advanced->xml.entries->lexicon), text_of(text));
}

/* ------------------------- sets, places, documents ------------------------- */

static void end_word(struct advanced *advanced, const char *name, const char *text)
{
	struct thing *thing = make(advanced, name, advanced->id);
	if (!thing)
		return;
	/* an area's text is its code; what it is called stands beside it */
	thing->text =
	    kept(advanced, advanced->country.length ? list_xml_text(&advanced->country) : text);
	*advanced->id = 0;
	advanced->country.length = 0;
}

static void end_place(struct advanced *advanced)
{
	struct thing *thing = make(advanced, "Location", advanced->id);
	if (!thing)
		return;
	append(&advanced->address, ", ", list_xml_text(&advanced->country));
	thing->text = kept(advanced, list_xml_text(&advanced->address));
	thing->country = kept(advanced, list_xml_text(&advanced->country));
}

static void end_document(struct advanced *advanced)
{
	struct arena *arena = advanced->xml.entries->arena;
	const char *type = said(advanced, "IDRegDocType", advanced->type);
	const char *kind = kind_of(advanced, type);
	bool is_none = kinds_is_none(lexicon_kinds(advanced->xml.entries->lexicon), text_of(type));
	struct thing *thing =
	    advanced->number.length && !is_none ? make(advanced, "Identity", advanced->id) : NULL;
	struct document *document = thing ? arena_alloc(arena, 1, sizeof *document) : NULL;
	if (thing && !document)
		check(advanced, error_memory(advanced->xml.entries->error));
	if (!document)
		return;
	*document = (struct document){thing->document, kind ? kind : "",
				      kept(advanced, list_xml_text(&advanced->number)),
				      kept(advanced, list_xml_text(&advanced->country))};
	thing->document = document;
}

/* ------------------------------ parties ------------------------------ */

/* Where a party is, or whose citizen. A country may stand in the place of an address. */
static void take_place(struct advanced *advanced, const struct thing *place)
{
	struct list_xml *xml = &advanced->xml;
	const char *feature = list_xml_text(&advanced->feature);
	bool is_address = !strcmp(feature, "Location");
	if (!place || !place->text || !place->country || strstr(feature, "Birth"))
		return;
	check(advanced, entries_country(
			    xml->entries, advanced->entry,
			    text_of(*place->country || is_address ? place->country : place->text)));
	if (is_address)
		check(advanced,
		      entries_address(xml->entries, advanced->entry, text_of(place->text)));
}

static void start_party(struct advanced *advanced, const char *name, const char **attributes)
{
	struct list_xml *xml = &advanced->xml;
	if (!strcmp(name, "DistinctParty")) {
		xml->list->rows++;
		check(advanced, entries_entry(&advanced->entry, xml->entries, xml->list,
					      text_of(attribute(attributes, "FixedRef"))));
	} else if (!strcmp(name, "Profile") && advanced->entry) {
		struct thing *profile = make(advanced, "Profile", attribute(attributes, "ID"));
		if (profile)
			profile->entry = advanced->entry;
		check(advanced,
		      entries_type(xml->entries, advanced->entry,
				   text_of(said(advanced, "PartySubType",
						attribute(attributes, "PartySubTypeID")))));
	} else if (!strcmp(name, "Identity") && advanced->entry) {
		const struct thing *identity = find(advanced, name, attribute(attributes, "ID"));
		for (const struct document *one = identity ? identity->document : NULL;
		     one && !xml->code; one = one->next)
			check(advanced,
			      entries_identifier(xml->entries, advanced->entry, one->kind,
						 text_of(one->number), text_of(one->country)));
	} else if (!strcmp(name, "Alias")) {
		advanced->alias = said(advanced, "AliasType", attribute(attributes, "AliasTypeID"));
		advanced->is_weak = !strcmp(attribute(attributes, "LowQuality"), "true");
	} else if (!strcmp(name, "DocumentedName")) {
		advanced->name.length = 0;
		advanced->is_own_script = false;
	} else if (!strcmp(name, "NamePartValue")) {
		const char *script = said(advanced, "Script", attribute(attributes, "ScriptID"));
		advanced->is_own_script =
		    advanced->is_own_script || (*script && strcmp(script, "Latin") != 0);
	} else if (!strcmp(name, "Feature")) {
		list_xml_put(&advanced->feature,
			     said(advanced, "FeatureType", attribute(attributes, "FeatureTypeID")));
	} else if (!strcmp(name, "VersionLocation") && advanced->entry) {
		take_place(advanced,
			   find(advanced, "Location", attribute(attributes, "LocationID")));
	}
}

/* "A.K.A." and the like, as the other readers say it. */
static const char *alias_kind(const struct advanced *advanced)
{
	static const char *const known[][2] = {
	    {"A.K.A.", "aka"}, {"F.K.A.", "fka"}, {"N.K.A.", "nka"}, {"Name", "name"}};
	const char *kind = "aka";
	for (size_t i = 0; advanced->alias && i < sizeof known / sizeof *known; i++)
		if (!strcmp(advanced->alias, known[i][0]))
			kind = known[i][1];
	return advanced->is_weak ? "weak aka" : advanced->is_own_script ? "own script" : kind;
}

static void end_party(struct advanced *advanced, const char *name, const char *text)
{
	struct list_xml *xml = &advanced->xml;
	struct party_entry *entry = advanced->entry;
	if (!strcmp(name, "NamePartValue")) {
		append(&advanced->name, " ", text);
	} else if (!strcmp(name, "DocumentedName") && entry) {
		check(advanced,
		      entries_name(xml->entries, entry, text_of(list_xml_text(&advanced->name)),
				   alias_kind(advanced)));
	} else if (!strcmp(name, "VersionDetail") && entry && *text) {
		const char *kind = kind_of(advanced, list_xml_text(&advanced->feature));
		if (kind)
			check(advanced, entries_identifier(xml->entries, entry, kind, text_of(text),
							   (struct tw_text){"", 0}));
	} else if (!strcmp(name, "DistinctParty")) {
		if (entry && !entry->name)
			entries_skip(xml->list, list_xml_line(xml), "no name");
		advanced->entry = NULL;
	}
}

/* ---------------------------------------------------------------------- */

static bool is_within(const struct list_xml *xml, const char *name)
{
	return xml->depth > 1 && !strcmp(xml->element[1], name);
}

static void on_start(struct list_xml *xml, const char *name, const char **attributes)
{
	struct advanced *advanced = (struct advanced *)xml;
	if (is_within(xml, "ReferenceValueSets")) {
		put_id(advanced->id, attribute(attributes, "ID"));
		list_xml_put(&advanced->number, attribute(attributes, "ISO2"));
		list_xml_put(&advanced->country, attribute(attributes, "Description"));
	} else if (!strcmp(name, "Location") || !strcmp(name, "IDRegDocument")) {
		bool is_place = *name == 'L';
		put_id(advanced->id, attribute(attributes, is_place ? "ID" : "IdentityID"));
		put_id(advanced->type, attribute(attributes, "IDRegDocTypeID"));
		advanced->address.length = advanced->number.length = 0;
		list_xml_put(&advanced->country,
			     country_of(advanced, attribute(attributes, "IssuedBy-CountryID")));
	} else if (!strcmp(name, "LocationCountry")) {
		list_xml_put(&advanced->country,
			     country_of(advanced, attribute(attributes, "CountryID")));
	} else if (!strcmp(name, "LocationAreaCode") && !advanced->country.length) {
		list_xml_put(&advanced->country,
			     said(advanced, "AreaCode", attribute(attributes, "AreaCodeID")));
	} else if (!strcmp(name, "SanctionsEntry")) {
		const struct thing *profile =
		    find(advanced, "Profile", attribute(attributes, "ProfileID"));
		advanced->entry = profile ? profile->entry : NULL;
	} else if (!strcmp(name, "SanctionsMeasure")) {
		put_id(advanced->type, attribute(attributes, "SanctionsTypeID"));
	} else if (is_within(xml, "DistinctParties")) {
		start_party(advanced, name, attributes);
	}
}

static void end_entry(struct advanced *advanced, const char *name, const char *text)
{
	struct list_xml *xml = &advanced->xml;
	const char *parent = list_xml_parent(xml);
	if (!strcmp(name, "Comment") && !strcmp(parent, "SanctionsMeasure") && advanced->entry &&
	    !strcmp(said(advanced, "SanctionsType", advanced->type), "Program"))
		check(advanced, entries_program(xml->entries, advanced->entry, text_of(text)));
	else if (!strcmp(name, "SanctionsEntry"))
		advanced->entry = NULL;
}

/* "2026-11-20", part by part; some parts have one digit. */
static void end_date(struct advanced *advanced, const char *name, const char *text)
{
	char part[4];
	if (!strcmp(name, "Year"))
		list_xml_put(&advanced->date, text);
	else if ((!strcmp(name, "Month") || !strcmp(name, "Day")) && strlen(text) <= 2) {
		snprintf(part, sizeof part, "%s%.2s", text[0] && text[1] ? "" : "0", text);
		append(&advanced->date, "-", part);
	} else if (!strcmp(name, "DateOfIssue"))
		entries_date(advanced->xml.list, text_of(list_xml_text(&advanced->date)), false);
}

static void on_end(struct list_xml *xml, const char *name, const char *text)
{
	struct advanced *advanced = (struct advanced *)xml;
	if (is_within(xml, "DateOfIssue"))
		end_date(advanced, name, text);
	else if (is_within(xml, "ReferenceValueSets") && *advanced->id &&
		 (*text || advanced->number.length)) /* of a country its code may be all there is */
		end_word(advanced, name, *text ? text : list_xml_text(&advanced->number));
	else if (is_within(xml, "Locations") && !strcmp(name, "Value"))
		append(&advanced->address, ", ", text);
	else if (is_within(xml, "Locations") && !strcmp(name, "Location"))
		end_place(advanced);
	else if (!strcmp(name, "IDRegistrationNo"))
		list_xml_put(&advanced->number, text);
	else if (!strcmp(name, "IDRegDocument"))
		end_document(advanced);
	else if (is_within(xml, "SanctionsEntries"))
		end_entry(advanced, name, text);
	else if (is_within(xml, "DistinctParties"))
		end_party(advanced, name, text);
}

int read_advanced(struct entries *entries, struct party_list *list, const char *at, size_t length)
{
	struct advanced advanced = {.xml = {.start = on_start, .end = on_end}};
	int code = list_xml_read(&advanced.xml, entries, list, at, length);
	struct buffer *const of[] = {&advanced.name,    &advanced.number, &advanced.address,
				     &advanced.country, &advanced.date,   &advanced.feature};
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		if (of[i]->failed && !code)
			code = error_memory(entries->error);
		buffer_free(of[i]);
	}
	return code;
}

#else

int read_advanced(struct entries *entries, struct party_list *list, const char *at, size_t length)
{
	return list_xml_read(NULL, entries, list, at, length);
}

#endif
