/* SPDX-License-Identifier: Apache-2.0 */
#include "arrow/answers.h"

#include <stdlib.h>
#include <string.h>

#include "common/error.h"
#include "common/money.h"

/* In the order of a CSV answer. */
enum {
	ID,
	STATUS,
	LANE,
	DUTY,
	DUTY_LEAST,
	DUTY_GREATEST,
	REFUNDABLE,
	FEES,
	TAXES,
	FIRST_TEXT,
	DETAIL = FIRST_TEXT + 8,
	COLUMNS
};

/* Those that the writer of CSV makes, in the order in which it is asked for them. */
static const int texts[ANSWERS_TEXTS] = {
    DUTY_LEAST,     DUTY_GREATEST,  TAXES,          FIRST_TEXT,     FIRST_TEXT + 1, FIRST_TEXT + 2,
    FIRST_TEXT + 3, FIRST_TEXT + 4, FIRST_TEXT + 5, FIRST_TEXT + 6, FIRST_TEXT + 7};

static const struct grow_field columns[COLUMNS] = {
    [ID] = {.name = "id", .kind = GROW_TEXT},
    [STATUS] = {.name = "status", .kind = GROW_TEXT},
    [LANE] = {.name = "lane", .kind = GROW_TEXT},
    [DUTY] = {.name = "duty", .kind = GROW_MONEY},
    [DUTY_LEAST] = {.name = "duty_least", .kind = GROW_MONEY},
    [DUTY_GREATEST] = {.name = "duty_greatest", .kind = GROW_MONEY},
    [REFUNDABLE] = {.name = "refundable", .kind = GROW_MONEY},
    [FEES] = {.name = "fees", .kind = GROW_MONEY},
    [TAXES] = {.name = "taxes", .kind = GROW_MONEY},
    [FIRST_TEXT] = {.name = "rate", .kind = GROW_TEXT},
    {.name = "headings", .kind = GROW_TEXT},
    {.name = "choices", .kind = GROW_TEXT},
    {.name = "de_minimis", .kind = GROW_TEXT},
    {.name = "substances", .kind = GROW_TEXT},
    {.name = "controls", .kind = GROW_TEXT},
    {.name = "missing", .kind = GROW_TEXT},
    {.name = "warnings", .kind = GROW_TEXT},
    /* last: the flat ones are without it */
    [DETAIL] = {.name = "detail",
		.kind = GROW_STRUCT,
		.child = answers_details,
		.count = ANSWERS_DETAILS},
};

const struct grow_field *answers_fields(bool flat)
{
	static const struct grow_field fields[2] = {
	    {.name = "", .kind = GROW_STRUCT, .child = columns, .count = COLUMNS},
	    {.name = "", .kind = GROW_STRUCT, .child = columns, .count = DETAIL}};
	return &fields[flat];
}

/* The columns of the CSV writer that have these names. */
static bool find_texts(struct answers *answers)
{
	const char *names[FINDING_NAMES];
	size_t count = finding_csv_names(names, 0);
	for (size_t i = 0; i < ANSWERS_TEXTS; i++) {
		size_t at = 0;
		while (at < count && strcmp(names[at], columns[texts[i]].name) != 0)
			at++;
		if (at == count)
			return false;
		answers->field[i] = (int)at;
	}
	answers->style =
	    (struct finding_style){.field = answers->field, .field_count = ANSWERS_TEXTS};
	return true;
}

bool answers_law(struct ArrowSchema *out, const tw_rulebook *rulebook)
{
	const char *const law[] = {"tidewaiter.edition",  tw_rulebook_edition(rulebook),
				   "tidewaiter.known_on", tw_rulebook_known_on(rulebook),
				   "tidewaiter.sha256",   tw_rulebook_sha256(rulebook)};
	return grow_metadata(out, law, 3);
}

int answers_new(struct answers **out, const tw_rulebook *rulebook, bool flat,
		struct tw_error *error)
{
	struct answers *answers = calloc(1, sizeof *answers);
	if (!answers)
		return error_memory(error);
	answers->rulebook = rulebook;
	answers->flat = flat;
	cited_begin(&answers->acts.cited);
	if (!find_texts(answers) ||
	    !grow_begin(&answers->root, answers_fields(flat), &answers->failed, &answers->full)) {
		answers_free(answers);
		return error_memory(error);
	}
	*out = answers;
	return TW_OK;
}

void answers_free(struct answers *answers)
{
	if (!answers)
		return;
	grow_free(&answers->root);
	buffer_free(&answers->text);
	cited_free(&answers->acts.cited);
	free(answers);
}

/* Null where nothing is said. */
static void put_text(struct grow *column, struct tw_text text)
{
	if (text.length)
		grow_text(column, text);
	else
		grow_null(column);
}

static void put_word(struct grow *column, const char *word)
{
	put_text(column, (struct tw_text){word, strlen(word)});
}

static void put_money(struct grow *column, tw_money amount, bool known)
{
	if (known)
		grow_money(column, amount);
	else
		grow_null(column);
}

/* All but the texts of several values and `detail`. */
static void put_flat(struct answers *answers, const struct answers_flat *flat)
{
	struct grow *column = answers->root.child;
	put_text(&column[ID], flat->id);
	put_word(&column[STATUS], finding_status(flat->status));
	put_word(&column[LANE], finding_lane(flat->lane));
	put_money(&column[DUTY], flat->duty, flat->has_duty);
	put_money(&column[REFUNDABLE], flat->refundable, flat->refundable >= 0);
	put_money(&column[FEES], flat->fees, flat->fees >= 0);
}

/* An amount as it is written, or nothing. */
static void put_amount(struct grow *column, struct tw_text text)
{
	const char *right;
	tw_money amount = 0;
	bool known = text.length && money_parse(&amount, text, &right);
	put_money(column, amount, known);
}

/* The line of CSV taken apart. */
static void put_texts(struct answers *answers, char *line, size_t length)
{
	struct grow *column = answers->root.child;
	if (csv_split(&answers->row, line, length, ',') != CSV_OK ||
	    answers->row.count != ANSWERS_TEXTS) {
		answers->failed = true;
		return;
	}
	for (size_t i = 0; i < ANSWERS_TEXTS; i++)
		if (texts[i] < FIRST_TEXT)
			put_amount(&column[texts[i]], answers->row.field[i]);
		else
			put_text(&column[texts[i]], answers->row.field[i]);
}

void answers_add_flat(struct answers *answers, const struct answers_flat *flat, char *line,
		      size_t length)
{
	put_flat(answers, flat);
	put_texts(answers, line, length);
	grow_end(&answers->root);
}

void answers_add(struct answers *answers, const struct finding *finding)
{
	const struct tw_assessment *answer =
	    finding->status == TW_STATUS_REFUSED ? NULL : finding->answer;
	struct answers_flat flat = {.id = finding->id,
				    .status = finding->status,
				    .lane = finding->lane,
				    .refundable = -1,
				    .fees = -1};
	if (answer) {
		flat.has_duty = answer->has_amount;
		flat.duty = answer->amount;
		flat.refundable = answer->refundable;
		flat.fees = answer->fees_amount;
	}
	answers->text.length = 0;
	finding_csv(&answers->text, finding, &answers->style);
	if (answers->text.failed)
		answers->failed = true;
	put_flat(answers, &flat);
	put_texts(answers, answers->text.at, answers->text.length);
	if (!answers->flat)
		answers_add_detail(&answers->root.child[DETAIL], finding, answers->rulebook,
				   &answers->acts);
	grow_end(&answers->root);
}

int answers_give(struct ArrowArray *out, struct answers *answers, struct tw_error *error)
{
	if (grow_give(out, &answers->root))
		return TW_OK;
	if (!answers->full)
		return error_memory(error);
	return error_set(error, TW_BAD_ARGUMENT,
			 "the findings of one batch are over 2 GiB of text in one column, or an "
			 "amount has more than 14 digits before the point: give smaller batches");
}
