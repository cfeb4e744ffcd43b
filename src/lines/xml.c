/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/xml.h"

#include "common/error.h"

#if defined(TW_ZLIB) && defined(TW_EXPAT)

#include <expat.h>
#include <stdlib.h>
#include <string.h>

struct xml {
	XML_Parser parser;
	struct source *source;
	const char *part;
	struct xml_handlers handlers;
	void *context;
	int depth, code;
	const char *message; /* of a handler that ended it */
	bool is_paused;
	uint64_t fed;
};

static const char *local(const char *name)
{
	const char *colon = strrchr(name, ':');
	return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (!strcmp(local(attributes[i]), name))
			return attributes[i + 1];
	return NULL;
}

void xml_pause(struct xml *xml)
{
	XML_StopParser(xml->parser, XML_TRUE);
}

void xml_fail(struct xml *xml, int code, const char *message)
{
	if (xml->code)
		return;
	xml->code = code;
	xml->message = message;
	XML_StopParser(xml->parser, XML_FALSE);
}

static void XMLCALL on_start(void *at, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *xml = at;
	if (++xml->depth > XML_DEPTH) {
		xml_fail(xml, TW_BAD_FILE, "its elements are nested too deeply");
		return;
	}
	if (!xml->code)
		xml->handlers.start(xml->context, xml, local(name), attributes);
}

static void XMLCALL on_end(void *at, const XML_Char *name)
{
	struct xml *xml = at;
	xml->depth--;
	if (!xml->code)
		xml->handlers.end(xml->context, xml, local(name));
}

static void XMLCALL on_text(void *at, const XML_Char *text, int length)
{
	struct xml *xml = at;
	if (!xml->code && xml->handlers.text)
		xml->handlers.text(xml->context, xml, text, (size_t)length);
}

static void XMLCALL on_doctype(void *at, const XML_Char *name, const XML_Char *system,
			       const XML_Char *public, int has_subset)
{
	(void)name;
	(void)system;
	(void)public;
	(void)has_subset;
	xml_fail(at, TW_BAD_FILE, "it declares a document type, which no workbook does");
}

int xml_open(struct xml **out, struct source *source, const char *part,
	     const struct xml_handlers *handlers, void *context, struct tw_error *error)
{
	struct xml *xml = malloc(sizeof *xml);
	XML_Parser parser = xml ? XML_ParserCreate(NULL) : NULL;
	if (!parser) {
		free(xml);
		return error_set(error, TW_NO_MEMORY, "not enough memory to read it");
	}
	*xml = (struct xml){.parser = parser,
			    .source = source,
			    .part = part,
			    .handlers = *handlers,
			    .context = context};
	XML_SetUserData(parser, xml);
	XML_SetElementHandler(parser, on_start, on_end);
	XML_SetCharacterDataHandler(parser, on_text);
	XML_SetStartDoctypeDeclHandler(parser, on_doctype);
	*out = xml;
	return TW_OK;
}

void xml_close(struct xml *xml)
{
	if (!xml)
		return;
	XML_ParserFree(xml->parser);
	source_close(xml->source);
	free(xml);
}

uint64_t xml_taken(const struct xml *xml)
{
	return xml->source->taken;
}

static int failed(struct xml *xml, struct tw_error *error)
{
	if (xml->code && xml->message)
		return error_set(error, xml->code, "is a damaged workbook: %s: %s", xml->part,
				 xml->message);
	enum XML_Error code = XML_GetErrorCode(xml->parser);
	if (code == XML_ERROR_NO_MEMORY)
		return error_set(error, TW_NO_MEMORY, "not enough memory to read it");
	return error_set(error, TW_BAD_FILE, "is a damaged workbook: %s, line %lu: %s", xml->part,
			 (unsigned long)XML_GetCurrentLineNumber(xml->parser),
			 XML_ErrorString(code));
}

/* Feeds one block. */
static int feed(enum XML_Status *status, bool *last, struct xml *xml, struct tw_error *error)
{
	void *to = XML_GetBuffer(xml->parser, (int)SOURCE_BLOCK);
	if (!to)
		return error_set(error, TW_NO_MEMORY, "not enough memory to read it");
	ssize_t got = source_read(xml->source, to, SOURCE_BLOCK, error);
	if (got < 0)
		return TW_BAD_FILE;
	xml->fed += (uint64_t)got;
	*last = got == 0;
	*status = XML_ParseBuffer(xml->parser, (int)got, got == 0);
	return TW_OK;
}

int xml_run(struct xml *xml, bool *done, struct tw_error *error)
{
	enum XML_Status status = XML_STATUS_OK;
	XML_ParsingStatus at;
	int code = TW_OK;
	bool last = false;
	*done = false;
	if (xml->is_paused) /* NOLINT: it is open */
		status = XML_ResumeParser(xml->parser);
	for (;;) {
		if (status == XML_STATUS_ERROR)
			return failed(xml, error);
		XML_GetParsingStatus(xml->parser, &at);
		xml->is_paused = at.parsing == XML_SUSPENDED;
		if (xml->is_paused)
			return TW_OK;
		if (at.parsing == XML_FINISHED || last) {
			*done = true;
			return TW_OK;
		}
		if (xml->fed - (uint64_t)XML_GetCurrentByteIndex(xml->parser) > XML_TAG &&
		    XML_GetCurrentByteIndex(xml->parser) >= 0)
			return error_set(error, TW_BAD_FILE,
					 "is a damaged workbook: %s has a tag of more than 1 MiB",
					 xml->part);
		if ((code = feed(&status, &last, xml, error)))
			return code;
	}
}

int xml_read(struct source *source, const char *part, const struct xml_handlers *handlers,
	     void *context, struct tw_error *error)
{
	struct xml *xml = NULL;
	bool done = false;
	int code = xml_open(&xml, source, part, handlers, context, error);
	if (code) {
		source_close(source);
		return code;
	}
	while (!code && !done)
		code = xml_run(xml, &done, error);
	xml_close(xml);
	return code;
}

#endif
