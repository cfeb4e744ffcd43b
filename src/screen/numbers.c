/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What names substances without words: CAS and UN numbers, InChIKeys and InChI
 * strings; and what stands in their place and is none.
 */
#include "common/cas.h"
#include "screen/dates.h"
#include "screen/inchi.h"
#include "screen/scan.h"

/* Digits of a token as a number; UINT64_MAX when there are too many. */
static uint64_t digits(const struct scan *scan, size_t token, uint64_t number)
{
	const uint8_t *key = scan->fold->key + scan->fold->token[token].start;
	size_t length = token_length(scan->fold, token);
	if (length > 10)
		return UINT64_MAX;
	for (size_t i = 0; i < length; i++)
		number = number * 10 + (uint64_t)(key[i] - '0');
	return number;
}

static void emit_all(struct scan *scan, struct section_span span, struct match_hit hit,
		     const size_t tokens[2], uint64_t number)
{
	const struct section_number *row = section_at(scan->section, span);
	size_t low = 0, high = span.count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (row[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < span.count && row[low].number == number; low++) {
		hit.substance = row[low].substance;
		scan_emit_number(scan, &hit, tokens[0], tokens[1]);
	}
}

/* Is token a piece of count digits, joined by what may stand in a CAS number? */
static bool is_piece(const struct scan *scan, size_t token, size_t count, bool labelled)
{
	const struct fold *fold = scan->fold;
	if (token >= fold->count || fold->token[token].kind != FOLD_DIGIT ||
	    token_length(fold, token) != count)
		return false;
	unsigned gap = fold->token[token].gap;
	if (!(gap & ~(unsigned)(GAP_HYPHEN | GAP_SPACE)) && (gap & GAP_HYPHEN))
		return true;
	return labelled && gap && !(gap & ~(unsigned)(GAP_SPACE | GAP_DOT | GAP_HYPHEN));
}

/* A number goes on beyond these tokens: it is something else. */
static bool goes_on(const struct scan *scan, size_t first, size_t end)
{
	const struct fold_token *token = scan->fold->token;
	if (first > 0 && token[first - 1].kind == FOLD_DIGIT && token[first].gap == GAP_HYPHEN)
		return true;
	return end < scan->fold->count && token[end].kind == FOLD_DIGIT &&
	       token[end].gap == GAP_HYPHEN;
}

static void emit_bad(struct scan *scan, enum match_kind kind, const char *note,
		     const size_t tokens[2])
{
	struct match_hit hit = {
	    .kind = kind, .substance = MATCH_NOTHING, .certainty = TW_CERTAINTY_WEAK, .note = note};
	scan_emit_number(scan, &hit, tokens[0], tokens[1]);
}

/* A date where a CAS number should stand: the number it came from is near. */
static void emit_date(struct scan *scan, const uint64_t meant[2], const size_t tokens[2])
{
	struct match_hit hit = {.kind = MATCH_CAS,
				.certainty = TW_CERTAINTY_NEAR,
				.note = "a date, as a spreadsheet converts this CAS number"};
	uint64_t number = meant[0] ? meant[0] : meant[1];
	for (size_t i = 0; i < 2; i++) {
		size_t before = scan->count;
		if (meant[i])
			emit_all(scan, scan->section->cas, hit, tokens, meant[i]);
		if (scan->count > before)
			number = meant[i];
	}
	hit = (struct match_hit){.kind = MATCH_DATE,
				 .substance = MATCH_NOTHING,
				 .certainty = TW_CERTAINTY_WEAK,
				 .number = number,
				 .note = "a date, not a CAS number"};
	scan_emit_number(scan, &hit, tokens[0], tokens[1]);
}

/* "CAS 1979-03-08": a year, a month and a day behind the label. The token behind it, or 0. */
static size_t labelled_date(struct scan *scan, size_t first)
{
	const struct fold *fold = scan->fold;
	struct tw_text text = scan->query->text;
	size_t end = first + 3, tokens[2] = {first, end};
	if (token_length(fold, first) != 4 || !is_piece(scan, first + 1, 2, true) ||
	    !is_piece(scan, first + 2, 2, true) || goes_on(scan, first, end))
		return 0;
	size_t from = fold->token[first].from;
	uint64_t meant[2] = {0, 0};
	if (!dates_cas(meant, (struct tw_text){text.at + from, fold->token[end - 1].to - from}) ||
	    (!meant[0] && !meant[1]))
		return 0;
	emit_date(scan, meant, tokens);
	return end;
}

size_t numbers_cas(struct scan *scan, size_t first)
{
	const struct fold *fold = scan->fold;
	size_t length = token_length(fold, first), end;
	bool labelled = scan->cas_label == first && first > 0;
	if (scan->query->field == MATCH_FIELD_CAS)
		labelled = true;
	uint64_t number = digits(scan, first, 0);
	if (length >= 2 && length <= 7 && is_piece(scan, first + 1, 2, labelled) &&
	    is_piece(scan, first + 2, 1, labelled)) {
		end = first + 3;
		number = digits(scan, first + 2, digits(scan, first + 1, number));
	} else if (labelled && length >= 5 && length <= 10) {
		end = first + 1;
	} else {
		return labelled ? labelled_date(scan, first) : 0;
	}
	if (goes_on(scan, first, end))
		return 0;
	size_t tokens[2] = {first, end};
	struct match_hit hit = {.kind = MATCH_CAS, .certainty = TW_CERTAINTY_EXACT, .note = ""};
	/* Some registers fill the number up with noughts: 000079-03-8. */
	if ((labelled || fold->key[fold->token[first].start] != '0') && cas_valid(number)) {
		scan->cas_seen = scan->read = true;
		emit_all(scan, scan->section->cas, hit, tokens, number);
		return end;
	}
	if (!labelled)
		return 0;
	uint64_t meant[2] = {end == first + 1 ? dates_serial_cas(number) : 0, 0};
	if (meant[0]) {
		emit_date(scan, meant, tokens);
		return end;
	}
	emit_bad(scan, MATCH_BAD_CAS, "given as a CAS number, but its check digit is wrong",
		 tokens);
	return end;
}

size_t numbers_un(struct scan *scan, size_t first)
{
	if (scan->un_label != first || first == 0 || token_length(scan->fold, first) != 4)
		return 0;
	struct match_hit hit = {.kind = MATCH_UN, .certainty = TW_CERTAINTY_EXACT, .note = ""};
	size_t tokens[2] = {first, first + 1};
	emit_all(scan, scan->section->un, hit, tokens, digits(scan, first, 0));
	return first + 1;
}

/* The three words of an InChIKey in capitals; false when these tokens are none. */
static bool read_inchikey(const struct scan *scan, size_t first, char out[28])
{
	static const size_t lengths[3] = {14, 10, 1};
	const struct fold *fold = scan->fold;
	size_t at = 0;
	for (size_t i = 0; i < 3; i++) {
		if (first + i >= fold->count || token_length(fold, first + i) != lengths[i] ||
		    fold->token[first + i].kind != FOLD_LETTER ||
		    (i > 0 && fold->token[first + i].gap != GAP_HYPHEN))
			return false;
		for (size_t k = 0; k < lengths[i]; k++) {
			uint8_t c = fold->key[fold->token[first + i].start + k];
			if (c < 'a' || c > 'z')
				return false;
			out[at++] = (char)(c - 32);
		}
		out[at++] = i < 2 ? '-' : '\0';
	}
	return true;
}

/*
 * What a key names. The first part is of atoms and bonds, the second of stereo
 * and isotopes; the lists reach stereoisomers, so a key that says nothing of
 * either, or a string that shows no isotopes, is exact.
 */
static void emit_key(struct scan *scan, const char *text, struct match_hit hit, bool labelled,
		     const size_t tokens[2])
{
	const struct section_key *row = section_at(scan->section, scan->section->inchikeys);
	size_t low = 0, high = scan->section->inchikeys.count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (strncmp(row[middle].text, text, 14) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	size_t count = scan->section->inchikeys.count;
	bool exact = false;
	for (size_t i = low; i < count && strncmp(row[i].text, text, 14) == 0; i++)
		exact |= strncmp(row[i].text, text, 25) == 0;
	for (size_t i = low; i < count && strncmp(row[i].text, text, 14) == 0; i++) {
		if (exact && strncmp(row[i].text, text, 25) != 0)
			continue;
		bool silent = memcmp(text + 15, "UHFFFAOY", 8) == 0 || hit.kind == MATCH_INCHI;
		hit.substance = row[i].substance;
		hit.certainty =
		    labelled || (!exact && !silent) ? TW_CERTAINTY_NEAR : TW_CERTAINTY_EXACT;
		hit.note = labelled ? "isotopically labelled"
			   : exact  ? ""
			   : silent ? "another stereoisomer, or stereochemistry not given"
				    : "the same atoms and bonds, another stereoisomer or form";
		scan_emit_number(scan, &hit, tokens[0], tokens[1]);
	}
}

/*
 * A key cut off behind its first part, or behind its second: the atoms and
 * bonds are named, no more. Only what is a key of the ledger is taken for one.
 */
static size_t cut_key(struct scan *scan, size_t first)
{
	const struct fold *fold = scan->fold;
	const struct section_key *row = section_at(scan->section, scan->section->inchikeys);
	const char *written = scan->query->text.at + fold->token[first].from;
	size_t low = 0, high = scan->section->inchikeys.count, count = high, end = first + 1;
	char text[15] = {0};
	if (scan->query->field != MATCH_FIELD_INCHIKEY && (written[0] > 'Z' || written[1] > 'Z'))
		return 0;
	for (size_t i = 0; i < 14; i++)
		text[i] = (char)(fold->key[fold->token[first].start + i] - 32);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (strncmp(row[middle].text, text, 14) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == count || strncmp(row[low].text, text, 14) != 0)
		return 0;
	if (end < fold->count && fold->token[end].gap == GAP_HYPHEN &&
	    token_length(fold, end) == 10)
		end++;
	size_t tokens[2] = {first, end};
	for (; low < count && strncmp(row[low].text, text, 14) == 0; low++) {
		struct match_hit hit = {.kind = MATCH_INCHIKEY,
					.substance = row[low].substance,
					.certainty = TW_CERTAINTY_NEAR,
					.note = "the first part of its InChIKey: the same atoms "
						"and bonds, the rest is not stated"};
		scan_emit_number(scan, &hit, tokens[0], tokens[1]);
	}
	return end;
}

size_t numbers_inchikey(struct scan *scan, size_t first)
{
	char text[28];
	if (!read_inchikey(scan, first, text))
		return cut_key(scan, first);
	size_t tokens[2] = {first, first + 3};
	if (memcmp(text + 23, "SA", 2) != 0 && memcmp(text + 23, "NA", 2) != 0) {
		if (scan->query->field == MATCH_FIELD_INCHIKEY)
			emit_bad(scan, MATCH_BAD_INCHIKEY,
				 "not an InChIKey: the second part ends in SA or NA", tokens);
		return 0;
	}
	emit_key(scan, text, (struct match_hit){.kind = MATCH_INCHIKEY}, false, tokens);
	scan->cas_seen = scan->read = true;
	return first + 3;
}

size_t numbers_inchi(struct scan *scan, size_t first)
{
	const struct fold *fold = scan->fold;
	struct tw_text text = scan->query->text;
	size_t from = fold->token[first].from, end = first + 1;
	struct inchi inchi;
	if (!inchi_read(&inchi, (struct tw_text){text.at + from, text.length - from}))
		return 0;
	while (end < fold->count && fold->token[end].from < from + inchi.length)
		end++;
	size_t tokens[2] = {first, end};
	if (inchi.wrong)
		emit_bad(scan, MATCH_BAD_INCHI, inchi.wrong, tokens);
	for (size_t i = 0; i < inchi.count; i++)
		emit_key(scan, inchi.part[i].key, (struct match_hit){.kind = MATCH_INCHI},
			 inchi.labelled, tokens);
	scan->cas_seen = scan->read = true;
	return end;
}

void numbers_unread(struct scan *scan)
{
	size_t tokens[2] = {0, scan->fold->count};
	uint64_t meant[2];
	if (scan->fold->count == 0)
		return;
	if (scan->query->field == MATCH_FIELD_INCHIKEY)
		emit_bad(scan, MATCH_BAD_INCHIKEY,
			 "no InChIKey: 14, 10 and 1 capital letters with hyphens", tokens);
	else if (dates_cas(meant, scan->query->text))
		emit_date(scan, meant, tokens);
	else
		emit_bad(scan, MATCH_BAD_CAS, "no CAS number, such as 67-64-1", tokens);
}
