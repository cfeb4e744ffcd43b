/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the law understands the texts that a schedule prints. Compares nothing, keeps nothing. */
#include "law/import.h"

#include "common/fit.h"
#include "law/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* The message of what failed; a want of memory is no flaw of the text. */
static int tell(struct import_text *text, struct arena *arena, int code,
		const struct tw_error *error)
{
	if (code == TW_NO_MEMORY)
		return code;
	char made[600];
	fit_print(made, sizeof made, "%s%.160s%s%s", text->special ? "of \"" : "",
		  text->special ? text->text : "", text->special ? "\" " : "", error->message);
	text->unread = true;
	text->why = arena_text(arena, made, strlen(made));
	return text->why ? TW_OK : TW_NO_MEMORY;
}

static bool symbol_known(const struct law_jurisdiction *j, const char *symbol)
{
	for (uint32_t i = 0; i < j->preference_count; i++)
		if (!strcmp(j->preferences[i].symbol, symbol))
			return true;
	return false;
}

static int read_special(struct import_text *text, const struct law *law,
			const struct law_jurisdiction *j, struct arena *arena)
{
	struct tw_error error = {0};
	const struct law_special *special;
	uint32_t count = 0;
	char made[160];
	bool unread = false;
	int code = text_special(&special, &count, law, arena, text->text, false,
				(struct law_pos){0}, &error);
	if (code) {
		struct tw_error second = {0};
		if ((code = tell(text, arena, code, &error)))
			return code;
		/* The symbols of a rate that is not understood must be known all the same. */
		code = text_special(&special, &count, law, arena, text->text, true,
				    (struct law_pos){0}, &second);
		if (code)
			return code == TW_NO_MEMORY ? code : TW_OK;
		unread = true;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (symbol_known(j, special[i].symbol))
			continue;
		snprintf(made, sizeof made,
			 "the symbol \"%.40s\" is not a preference of jurisdiction.yaml",
			 special[i].symbol);
		text->unread = false;
		text->why = arena_text(arena, made, strlen(made));
		return text->why ? TW_OK : TW_NO_MEMORY;
	}
	text->unread = unread;
	return TW_OK;
}

int import_read_text(struct import_text *text, const struct law *law,
		     const struct law_jurisdiction *jurisdiction, struct arena *arena)
{
	struct tw_error error = {0};
	struct law_rate rate;
	if (text->special)
		return read_special(text, law, jurisdiction, arena);
	int code = text_rate(&rate, law, arena, text->text, (struct law_pos){0}, &error);
	if (code)
		return tell(text, arena, code, &error);
	if (rate_says_units(&rate))
		return TW_OK;
	text->unread = true;
	text->why = "the rate says no unit";
	return TW_OK;
}

bool import_unit_known(const struct law *law, const char *text)
{
	for (uint32_t i = 0; *text && i < law->unit_count; i++) {
		bool same = !strcmp(law->units[i].name, text);
		for (uint32_t k = 0; !same && k < law->units[i].spelling_count; k++)
			same = !strcasecmp(law->units[i].spellings[k], text);
		if (same)
			return true;
	}
	return !*text;
}
