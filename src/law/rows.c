/* SPDX-License-Identifier: Apache-2.0 */
/* Measures as rows of CSV, for spreadsheets. Decides nothing. */
#include <string.h>

#include "law/json.h"
#include "law/scopes.h"
#include "law/words.h"

/* What was gathered is one cell. */
static void gathered(struct buffer *out, struct buffer *text, char after)
{
	size_t start = out->length;
	buffer_put(out, text->at, text->length);
	buffer_end_cell(out, start, false);
	buffer_char(out, after);
	text->length = 0;
}

static void cell(struct buffer *out, const char *text)
{
	size_t start = out->length;
	buffer_text(out, law_or_empty(text));
	buffer_end_cell(out, start, false);
	buffer_char(out, ',');
}

static void end(struct buffer *out, struct buffer *text, const struct law *law, int zone,
		struct law_end end)
{
	if (end.at != TW_TIME_MIN && end.at != TW_TIME_MAX)
		say_time(text, zone, end.at, false);
	gathered(out, text, ',');
	cell(out, end.by == LAW_NONE ? NULL : law->instruments[end.by].id);
}

/* "CN HK MO", or "all". */
static void origins(struct buffer *out, struct buffer *text, const struct law *law,
		    const struct law_measure *m)
{
	struct law_origins of = law_origins_of(law, m);
	if (m->origins_all)
		buffer_text(text, "all");
	else
		for (uint32_t i = 0; i < law->country_count; i++)
			if (of.bit[i / 64] >> i % 64 & 1)
				say(text, "%s%s", text->length ? " " : "", law->countries[i].iso2);
	gathered(out, text, ',');
}

void rows_header(struct buffer *out)
{
	buffer_text(out, "measure,program,kind,into,title,heading,rate,origins,scope,when,from,"
			 "from_by,until,until_by,confidence\n");
}

void rows_measure(struct buffer *out, const struct law *law, const struct law_measure *m)
{
	const struct law_program *p = &law->programs[m->program];
	int zone = law_zone(law, p->jurisdiction);
	struct buffer text = {.within = out};
	cell(out, m->id);
	cell(out, p->id);
	cell(out, law_kind_word(p->kind));
	cell(out, law->jurisdictions[p->jurisdiction].code);
	cell(out, m->title);
	cell(out, m->heading);
	say_effect(&text, law, m);
	gathered(out, &text, ',');
	origins(out, &text, law, m);
	say_scope(&text, law, &m->scope);
	gathered(out, &text, ',');
	say_when(&text, m->when);
	gathered(out, &text, ',');
	end(out, &text, law, zone, m->from);
	end(out, &text, law, zone, m->until);
	buffer_text(&text, law_confidence_word(m->confidence));
	gathered(out, &text, '\n');
	buffer_free(&text);
}
