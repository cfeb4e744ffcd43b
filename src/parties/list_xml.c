/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/list_xml.h"

#include "common/error.h"

#ifdef TW_EXPAT

#include <expat.h>
#include <string.h>

#include "parties/rows.h"

void list_xml_put(struct buffer *to, const char *from)
{
	size_t length = strlen(from);
	to->length = 0;
	buffer_put(to, from, length + 1);
	if (!to->failed)
		to->length = length;
}

const char *list_xml_text(const struct buffer *of)
{
	return of->length && !of->failed ? of->at : "";
}

void list_xml_stop(struct list_xml *xml, int code, const char *message)
{
	if (xml->code || !code)
		return;
	xml->code = code;
	xml->message = message;
	XML_StopParser(xml->parser, XML_FALSE);
}

const char *list_xml_parent(const struct list_xml *xml)
{
	return xml->depth > 1 ? xml->element[xml->depth - 2] : "";
}

uint64_t list_xml_line(const struct list_xml *xml)
{
	return XML_GetCurrentLineNumber(xml->parser);
}

/* Without the prefix of a name space. */
static const char *local(const char *name)
{
	const char *colon = strrchr(name, ':');
	return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *at, const XML_Char *name, const XML_Char **attributes)
{
	struct list_xml *xml = at;
	if (xml->code)
		return;
	if (xml->depth == LIST_XML_DEPTH) {
		list_xml_stop(xml, TW_BAD_FILE, "its elements are nested too deeply");
		return;
	}
	char *element = xml->element[xml->depth++];
	size_t kept = strnlen(local(name), LIST_XML_ELEMENT - 1);
	memcpy(element, local(name), kept);
	element[kept] = 0;
	xml->text.length = 0;
	xml->start(xml, local(name), attributes);
}

static void XMLCALL on_text(void *at, const XML_Char *text, int length)
{
	struct list_xml *xml = at;
	for (int i = 0; i < length; i++) {
		char c = text[i];
		buffer_char(&xml->text, c == '\n' || c == '\t' || c == '\r' ? ' ' : c);
	}
}

static void XMLCALL on_end(void *at, const XML_Char *name)
{
	struct list_xml *xml = at;
	if (xml->code || !xml->depth)
		return;
	buffer_char(&xml->text, 0);
	if (xml->text.failed) {
		list_xml_stop(xml, error_memory(xml->entries->error), NULL);
		return;
	}
	struct tw_text text = rows_trim((struct tw_text){xml->text.at, xml->text.length - 1});
	char *start = xml->text.at + (text.at - xml->text.at);
	start[text.length] = 0;
	xml->end(xml, local(name), start);
	xml->text.length = 0;
	xml->depth--;
}

static void XMLCALL on_doctype(void *at, const XML_Char *name, const XML_Char *system,
			       const XML_Char *public, int has_subset)
{
	(void)name, (void)system, (void)public, (void)has_subset;
	list_xml_stop(at, TW_BAD_FILE, "it declares a document type, which no list does");
}

int list_xml_read(struct list_xml *xml, struct entries *entries, struct party_list *list,
		  const char *at, size_t length)
{
	enum { STEP = 1 << 20 };
	xml->entries = entries;
	xml->list = list;
	/* What was UTF-16 is UTF-8 here, whatever the text says of itself. */
	xml->parser = XML_ParserCreate(list->is_utf16 ? "UTF-8" : NULL);
	if (!xml->parser)
		return error_memory(entries->error);
	XML_SetUserData(xml->parser, xml);
	XML_SetElementHandler(xml->parser, on_start, on_end);
	XML_SetCharacterDataHandler(xml->parser, on_text);
	XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
	enum XML_Status status = XML_STATUS_OK;
	for (size_t done = 0; status == XML_STATUS_OK;) {
		size_t step = length - done > STEP ? STEP : length - done;
		status = XML_Parse(xml->parser, at + done, (int)step, done + step == length);
		done += step;
		if (done == length)
			break;
	}
	int code = xml->code, line = (int)list_xml_line(xml);
	if (code && xml->message)
		error_at(entries->error, code, list->path, line, 0, "%s", xml->message);
	else if (!code && status == XML_STATUS_ERROR)
		code =
		    error_at(entries->error, TW_BAD_FILE, list->path, line, 0, "is damaged XML: %s",
			     XML_ErrorString(XML_GetErrorCode(xml->parser)));
	XML_ParserFree(xml->parser);
	buffer_free(&xml->text);
	return code;
}

#else

int list_xml_read(struct list_xml *xml, struct entries *entries, struct party_list *list,
		  const char *at, size_t length)
{
	(void)xml, (void)at, (void)length;
	return error_at(entries->error, TW_BAD_FILE, list->path, 0, 0,
			"is XML, and this program was built without expat");
}

#endif
