/* SPDX-License-Identifier: Apache-2.0 */
#include "parties/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/table.h"
#include "common/utf8.h"
#include "parties/distance.h"
#include "parties/name.h"

/* src/texts.py: by name, then {0, 0}. */
extern const struct party_source {
	const char *name, *text;
} party_sources[];

enum {
	SPAN = LEXICON_LAST - LEXICON_FIRST + 1,
	SYLLABLES = 512,
	SURNAMES = 512,
	KINDS = 32,
	SLOTS = 8192, /* of a hash of texts; at most half of them are used */
	LONGEST = 24, /* letters of a spelling of which an error is forgiven */
	NEAR = 7,     /* letters from which a typing error is forgiven */
	ALPHABET = 26,
	NEAR_PLACES = ALPHABET * (LONGEST + 2)
};

struct slots {
	struct spelling *at[SLOTS];
	size_t count;
};

struct surname {
	const char *sound;
	uint32_t point[2];
	size_t points;
};

struct lexicon {
	struct arena *arena;
	struct slots spellings;
	struct spelling *near; /* those of one word that are long enough */
	size_t longest;
	uint16_t near_start[NEAR_PLACES + 2]; /* by their letters, then the first one */
	uint16_t simplified[SPAN], sound[SPAN], surname[SPAN]; /* 0: none; sounds from 1 on */
	const char *syllable[SYLLABLES];
	size_t syllables;
	struct slots syllable_slots, surname_slots;
	struct surname pairs[SURNAMES]; /* surnames of two characters */
	size_t pair_count, surnames;
	struct kinds kinds;
	struct table countries; /* by the keys of their names */
	const char *program[KINDS];
	size_t programs;
	struct tw_error *error;
	const char *name; /* of the table that is read, and its line */
	int line;
};

static uint32_t hash_of(const char *text, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash ^ hash >> 15;
}

static struct spelling *find(const struct slots *slots, const char *text, size_t length)
{
	for (uint32_t i = hash_of(text, length) % SLOTS; slots->at[i]; i = (i + 1) % SLOTS)
		if (slots->at[i]->length == length && !memcmp(slots->at[i]->text, text, length))
			return slots->at[i];
	return NULL;
}

static int bad(struct lexicon *lexicon, const char *what)
{
	return error_at(lexicon->error, TW_BAD_FILE, lexicon->name, lexicon->line, 0, "%s", what);
}

/* The spelling of a text, made where there is none. */
static int enter(struct spelling **out, struct lexicon *lexicon, struct slots *slots,
		 const char *text, size_t length)
{
	struct spelling *spelling = find(slots, text, length);
	if (!spelling) {
		if (slots->count >= SLOTS / 2)
			return bad(lexicon, "more words than the table holds");
		spelling = arena_alloc(lexicon->arena, 1, sizeof *spelling);
		if (!spelling || !(spelling->text = arena_text(lexicon->arena, text, length)))
			return error_memory(lexicon->error);
		spelling->length = (uint32_t)length;
		uint32_t i = hash_of(text, length) % SLOTS;
		while (slots->at[i])
			i = (i + 1) % SLOTS;
		slots->at[i] = spelling;
		slots->count++;
	}
	*out = spelling;
	return TW_OK;
}

/* A cell up to the next tab. */
struct line {
	struct tw_text cell[3];
	size_t count;
};

static bool next_line(struct line *line, const char **text)
{
	const char *at = *text, *end = strchr(at, '\n');
	if (!*at)
		return false;
	if (!end)
		end = at + strlen(at);
	*text = *end ? end + 1 : end;
	*line = (struct line){0};
	while (line->count < 3) {
		const char *tab = memchr(at, '\t', (size_t)(end - at));
		const char *stop = tab && line->count < 2 ? tab : end;
		line->cell[line->count++] = (struct tw_text){at, (size_t)(stop - at)};
		if (stop == end)
			break;
		at = stop + 1;
	}
	return true;
}

/* The next of several in a cell; false after the last. */
static bool next_part(struct tw_text *part, struct tw_text *cell, char separator)
{
	if (!cell->length)
		return false;
	const char *end = memchr(cell->at, separator, cell->length);
	part->at = cell->at;
	part->length = end ? (size_t)(end - cell->at) : cell->length;
	size_t used = part->length + (end ? 1 : 0);
	cell->at += used;
	cell->length -= used;
	return true;
}

static int take_spelling(struct lexicon *lexicon, const struct word *word, struct tw_text part)
{
	struct spelling *spelling, *first;
	int code = enter(&spelling, lexicon, &lexicon->spellings, part.at, part.length);
	if (code)
		return code;
	if (spelling->word)
		return bad(lexicon, "a spelling stands for two words");
	spelling->word = word;
	uint8_t tokens = 1;
	size_t head = part.length, points = 0;
	for (size_t i = part.length; i-- > 0;) {
		tokens = (uint8_t)(tokens + (part.at[i] == ' '));
		head = part.at[i] == ' ' ? i : head;
		points += ((unsigned char)part.at[i] & 0xC0) != 0x80;
	}
	if (tokens > LEXICON_PHRASE)
		return bad(lexicon, "a spelling of more than 8 words");
	if ((unsigned char)part.at[0] >= 0x80 && points > lexicon->longest)
		lexicon->longest = points;
	if ((code = enter(&first, lexicon, &lexicon->spellings, part.at, head)))
		return code;
	if (first->longest < tokens)
		first->longest = tokens;
	return TW_OK;
}

static int take_word(struct lexicon *lexicon, struct line *line)
{
	static const char *const kinds[] = {"", "", "descriptor", "place", "link", "form"};
	struct word *word = arena_alloc(lexicon->arena, 1, sizeof *word);
	struct tw_text part, kind = line->cell[0];
	int code = TW_OK;
	if (!word ||
	    !(word->name = arena_text(lexicon->arena, line->cell[1].at, line->cell[1].length)))
		return error_memory(lexicon->error);
	for (size_t i = WORD_DESCRIPTOR; i <= WORD_FORM; i++)
		if (strlen(kinds[i]) == kind.length && !memcmp(kinds[i], kind.at, kind.length))
			word->kind = (enum word_kind)i;
	if (!word->kind)
		return bad(lexicon, "a kind of word that is none");
	while (!code && next_part(&part, &line->cell[2], ';'))
		code = take_spelling(lexicon, word, part);
	return code;
}

static bool in_span(uint32_t point)
{
	return point >= LEXICON_FIRST && point <= LEXICON_LAST;
}

/* The next character of a text, which is sound. */
static uint32_t next_point(struct tw_text *text)
{
	size_t length = utf8_length(text->at, text->length);
	uint32_t point = length ? utf8_decode(text->at, length) : 0;
	length = length ? length : 1;
	text->at += length;
	text->length -= length;
	return point;
}

static int take_syllable(struct lexicon *lexicon, struct line *line)
{
	struct spelling *spelling;
	if (lexicon->syllables + 1 >= SYLLABLES)
		return bad(lexicon, "more syllables than the table holds");
	int code = enter(&spelling, lexicon, &lexicon->syllable_slots, line->cell[0].at,
			 line->cell[0].length);
	if (code)
		return code;
	lexicon->syllable[++lexicon->syllables] = spelling->text;
	while (line->cell[1].length) {
		uint32_t point = next_point(&line->cell[1]);
		if (in_span(point))
			lexicon->sound[point - LEXICON_FIRST] = (uint16_t)lexicon->syllables;
	}
	return TW_OK;
}

static int take_simplified(struct lexicon *lexicon, struct line *line)
{
	while (line->cell[0].length && line->cell[1].length) {
		uint32_t from = next_point(&line->cell[0]), to = next_point(&line->cell[1]);
		if (in_span(from) && in_span(to))
			lexicon->simplified[from - LEXICON_FIRST] = (uint16_t)to;
	}
	return line->cell[0].length || line->cell[1].length
		   ? bad(lexicon, "as many traditional characters as simplified ones")
		   : TW_OK;
}

static int take_surname_spelling(struct lexicon *lexicon, struct tw_text part, uint16_t number)
{
	struct spelling *spelling = NULL;
	int code = enter(&spelling, lexicon, &lexicon->surname_slots, part.at, part.length);
	if (!spelling)
		return code;
	for (size_t i = 0; i < LEXICON_SURNAMES - 1; i++)
		if (!spelling->surname[i] || spelling->surname[i] == number) {
			spelling->surname[i] = number;
			return TW_OK;
		}
	return bad(lexicon, "a spelling of more than 5 surnames");
}

/* The characters of a surname: each a surname, or both of one of two syllables (ouyang 欧阳). */
static int take_surname_characters(struct lexicon *lexicon, const struct spelling *sound,
				   struct tw_text text)
{
	const struct spelling *syllable =
	    find(&lexicon->syllable_slots, sound->text, sound->length);
	if (syllable) {
		uint16_t number = 0;
		for (size_t i = 1; i <= lexicon->syllables; i++)
			if (lexicon->syllable[i] == syllable->text)
				number = (uint16_t)i;
		while (text.length) {
			uint32_t point = next_point(&text);
			if (in_span(point))
				lexicon->surname[point - LEXICON_FIRST] = number;
		}
		return TW_OK;
	}
	struct surname *pair = &lexicon->pairs[lexicon->pair_count];
	if (lexicon->pair_count + 1 == SURNAMES)
		return bad(lexicon, "more surnames than the table holds");
	pair->sound = sound->text;
	pair->point[0] = next_point(&text);
	pair->point[1] = text.length ? next_point(&text) : 0;
	lexicon->pair_count++;
	return pair->point[1] && !text.length ? TW_OK : bad(lexicon, "a surname of two characters");
}

static int take_surname(struct lexicon *lexicon, struct line *line)
{
	struct spelling *sound = NULL;
	struct tw_text part;
	uint16_t number = (uint16_t)++lexicon->surnames;
	int code =
	    enter(&sound, lexicon, &lexicon->surname_slots, line->cell[0].at, line->cell[0].length);
	if (!sound)
		return code;
	if (!(code = take_surname_spelling(lexicon, line->cell[0], number)))
		code = take_surname_characters(lexicon, sound, line->cell[1]);
	while (!code && next_part(&part, &line->cell[2], ' '))
		code = take_surname_spelling(lexicon, part, number);
	return code;
}

static int take_identifier(struct lexicon *lexicon, struct line *line)
{
	return kinds_add(&lexicon->kinds, lexicon->arena, line->cell[0], line->cell[1])
		   ? TW_OK
		   : bad(lexicon, "more phrases than the table holds");
}

/* A code of two letters as the number that the table holds. */
static uint32_t code_of(const char *at)
{
	return (uint32_t)(unsigned char)at[0] << 8 | (unsigned char)at[1];
}

static int add_country(struct lexicon *lexicon, struct tw_text name, struct tw_text code)
{
	enum { ROOM = 160 };
	char key[ROOM];
	size_t length = name_key(key, sizeof key, name);
	if (!length || length + 1 >= sizeof key || code.length != 2 ||
	    table_find(&lexicon->countries, key) != UINT32_MAX)
		return TW_OK;
	const char *kept = arena_text(lexicon->arena, key, length);
	return kept && !table_add(&lexicon->countries, lexicon->arena, kept, code_of(code.at))
		   ? TW_OK
		   : error_memory(lexicon->error);
}

/* iso2, iso3, name */
static int take_country(struct lexicon *lexicon, struct line *line)
{
	int code = TW_OK;
	for (size_t i = 0; i < 3 && !code; i++)
		code = add_country(lexicon, line->cell[i], line->cell[0]);
	return code;
}

/* spelling, iso2, and what is not read here; of a union the code is longer */
static int take_country_name(struct lexicon *lexicon, struct line *line)
{
	return add_country(lexicon, line->cell[0], line->cell[1]);
}

static int take_program(struct lexicon *lexicon, struct line *line)
{
	if (lexicon->programs == KINDS)
		return bad(lexicon, "more programs than the table holds");
	lexicon->program[lexicon->programs] =
	    arena_text(lexicon->arena, line->cell[0].at, line->cell[0].length);
	return lexicon->program[lexicon->programs++] ? TW_OK : error_memory(lexicon->error);
}

static const struct {
	const char *name;
	size_t cells;
	int (*take)(struct lexicon *lexicon, struct line *line);
} readers[] = {
    /* Surnames are after pinyin: they point to its syllables. */
    {"words", 3, take_word},
    {"pinyin", 2, take_syllable},
    {"simplified", 2, take_simplified},
    {"surnames", 3, take_surname},
    {"identifiers", 2, take_identifier},
    {"programs", 2, take_program},
    {"countries", 3, take_country},
    {"country-names", 3, take_country_name},
};

/* Lines of # and the one that names the columns are passed over. */
static int read_table(struct lexicon *lexicon, size_t reader, const char *text)
{
	struct line line;
	bool has_head = false;
	int code = TW_OK;
	lexicon->name = readers[reader].name;
	lexicon->line = 0;
	while (!code && next_line(&line, &text)) {
		lexicon->line++;
		if (!line.cell[0].length || *line.cell[0].at == '#')
			continue;
		if (!has_head)
			has_head = true;
		else if (line.count != readers[reader].cells || !line.cell[0].length)
			code = bad(lexicon, "not the columns that its first line names");
		else
			code = readers[reader].take(lexicon, &line);
	}
	return code;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

static size_t near_place(const char *text, size_t length)
{
	return ALPHABET * length + (size_t)(*text - 'a');
}

/* A spelling from which a typing error is forgiven: one word in Latin letters, long enough. */
static bool is_near(const struct spelling *spelling)
{
	return spelling && spelling->word && spelling->length >= NEAR &&
	       spelling->length <= LONGEST && is_letter(*spelling->text) &&
	       !memchr(spelling->text, ' ', spelling->length);
}

/* Counted by their places, then put there in the order in which they stand. */
static int gather_near(struct lexicon *lexicon)
{
	uint16_t *start = lexicon->near_start;
	lexicon->near =
	    arena_alloc(lexicon->arena, lexicon->spellings.count, sizeof *lexicon->near);
	if (!lexicon->near)
		return error_memory(lexicon->error);
	for (size_t i = 0; i < SLOTS; i++) {
		const struct spelling *spelling = lexicon->spellings.at[i];
		if (is_near(spelling))
			start[near_place(spelling->text, spelling->length) + 2]++;
	}
	for (size_t i = 2; i < NEAR_PLACES + 2; i++)
		start[i] = (uint16_t)(start[i] + start[i - 1]);
	/* Each start moves to where the next place starts. */
	for (size_t i = 0; i < SLOTS; i++) {
		const struct spelling *spelling = lexicon->spellings.at[i];
		if (is_near(spelling))
			lexicon->near[start[near_place(spelling->text, spelling->length) + 1]++] =
			    *spelling;
	}
	return TW_OK;
}

int lexicon_new(struct lexicon **out, struct tw_error *error)
{
	struct lexicon *lexicon = calloc(1, sizeof *lexicon);
	int code = TW_OK;
	if (!lexicon)
		return error_memory(error);
	lexicon->error = error;
	if (!(lexicon->arena = arena_new()))
		code = error_memory(error);
	for (size_t i = 0; i < sizeof readers / sizeof *readers && !code; i++)
		for (const struct party_source *from = party_sources; from->name && !code; from++)
			if (!strcmp(from->name, readers[i].name))
				code = read_table(lexicon, i, from->text);
	if (!code)
		code = gather_near(lexicon);
	if (code) {
		lexicon_free(lexicon);
		return code;
	}
	lexicon->error = NULL;
	*out = lexicon;
	return TW_OK;
}

void lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	arena_free(lexicon->arena);
	free(lexicon);
}

const struct spelling *lexicon_spelling(const struct lexicon *lexicon, const char *text,
					size_t length)
{
	return find(&lexicon->spellings, text, length);
}

const struct word *lexicon_near(const struct lexicon *lexicon, const char *text, size_t length)
{
	if (length < NEAR || length >= LONGEST || !is_letter(*text))
		return NULL;
	/* The first letter is seldom mistaken, and tells Golding from holding. One error leaves the
	 * first two letters or the last two as they are. */
	for (size_t letters = length - 1; letters <= length + 1; letters++) {
		const uint16_t *start = &lexicon->near_start[near_place(text, letters)];
		for (size_t i = start[0]; i < start[1]; i++) {
			const struct spelling *near = &lexicon->near[i];
			if ((near->text[1] == text[1] ||
			     !memcmp(near->text + letters - 2, text + length - 2, 2)) &&
			    distance_text(near->text, letters, text, length, 1) == 1)
				/* Syllables of a Chinese name are near to many places. */
				return lexicon_is_pinyin(lexicon, text, length) ? NULL : near->word;
		}
	}
	return NULL;
}

size_t lexicon_longest(const struct lexicon *lexicon)
{
	return lexicon->longest;
}

uint32_t lexicon_simplified(const struct lexicon *lexicon, uint32_t point)
{
	uint32_t to = in_span(point) ? lexicon->simplified[point - LEXICON_FIRST] : 0;
	return to ? to : point;
}

const char *lexicon_sound(const struct lexicon *lexicon, uint32_t point, bool surname)
{
	if (!in_span(point))
		return NULL;
	uint16_t number = surname ? lexicon->surname[point - LEXICON_FIRST] : 0;
	if (!number)
		number = lexicon->sound[point - LEXICON_FIRST];
	return number ? lexicon->syllable[number] : NULL;
}

size_t lexicon_surname_characters(const struct lexicon *lexicon, const uint32_t *point,
				  size_t count)
{
	for (size_t i = 0; i < lexicon->pair_count && count > 2; i++)
		if (lexicon->pairs[i].point[0] == point[0] &&
		    lexicon->pairs[i].point[1] == point[1])
			return 2;
	return count > 1 && in_span(*point) && lexicon->surname[*point - LEXICON_FIRST] ? 1 : 0;
}

const uint16_t *lexicon_surnames(const struct lexicon *lexicon, const char *text, size_t length)
{
	const struct spelling *spelling = find(&lexicon->surname_slots, text, length);
	return spelling && spelling->surname[0] ? spelling->surname : NULL;
}

bool lexicon_is_pinyin(const struct lexicon *lexicon, const char *text, size_t length)
{
	enum { LETTERS = 30, SYLLABLE = 6 };
	bool reached[LETTERS + 1] = {true};
	if (!length || length > LETTERS)
		return false;
	for (size_t from = 0; from < length; from++)
		for (size_t n = 1; reached[from] && n <= SYLLABLE && from + n <= length; n++)
			if (find(&lexicon->syllable_slots, text + from, n))
				reached[from + n] = true;
	return reached[length];
}

const struct kinds *lexicon_kinds(const struct lexicon *lexicon)
{
	return &lexicon->kinds;
}

bool lexicon_same_country(const struct lexicon *lexicon, struct tw_text one, struct tw_text other)
{
	enum { ROOM = 160 };
	char a[ROOM], b[ROOM];
	if (!name_key(a, sizeof a, one) || !name_key(b, sizeof b, other))
		return false;
	uint32_t x = table_find(&lexicon->countries, a), y = table_find(&lexicon->countries, b);
	return !strcmp(a, b) || (x != UINT32_MAX && x == y);
}

bool lexicon_is_drugs(const struct lexicon *lexicon, const char *program, size_t length)
{
	for (size_t i = 0; i < lexicon->programs; i++)
		if (strlen(lexicon->program[i]) == length &&
		    !memcmp(lexicon->program[i], program, length))
			return true;
	return false;
}
