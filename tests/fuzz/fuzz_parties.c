/* SPDX-License-Identifier: Apache-2.0 */
/* A list of parties of any bytes: what is not read has a message; each name that was read is found
 * by itself with the greatest score, where it has a word of its own, and each answer can be
 * written; scores are within bounds. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parties/parties.h"

enum { MOST = 1 << 16, NAMES = 40 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void ask(struct party_asker *asker, struct tw_text text)
{
	struct buffer out = {0};
	struct party_question question = {.name = text, .address = text, .identifier = text};
	const struct party_answer *answer = parties_ask(asker, &question);
	for (size_t i = 0; i < answer->count; i++) {
		const struct party_hit *hit = &answer->hit[i];
		must(hit->pairing.score <= PAIR_ONE);
		must(hit->identifier || hit->pairing.score >= PARTIES_CUT);
	}
	for (enum party_format format = PARTY_TABLE; format <= PARTY_NDJSON; format++)
		party_write(&out, answer, format);
	must(!out.failed && out.length);
	buffer_free(&out);
}

/* A name that is read whole, with a word of three letters, is found under its own entry. */
static void find(struct party_asker *asker, const struct party_name *name)
{
	struct party_question question = {.name = {name->text, strlen(name->text)}};
	const struct party_answer *answer = parties_ask(asker, &question);
	bool has_word = false, found = answer->more > 0;
	for (size_t i = 0; i < name->count; i++)
		has_word = has_word || (token_is_strong(&name->token[i]) &&
					!name->token[i].is_han && name->token[i].letters >= 3);
	for (size_t i = 0; i < answer->count; i++)
		found = found || (answer->hit[i].entry->index == name->entry &&
				  answer->hit[i].pairing.score == PAIR_ONE);
	must(found || !has_word || answer->given->is_cut);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct lexicon *lexicon; /* read once; in use to the end */
	struct parties *parties = NULL;
	struct tw_error error = {0};
	struct tw_text text = {(const char *)data, size};
	if (size > MOST)
		return 0;
	if (!lexicon)
		must(!lexicon_new(&lexicon, &error));
	if (parties_open_text(&parties, lexicon, "list", text, &error)) {
		must(*error.message != 0);
		return 0;
	}
	struct party_asker *asker = party_asker_new(parties);
	must(asker != NULL);
	struct tw_text head = {text.at, size > 200 ? 200 : size};
	ask(asker, head);
	for (size_t i = 0; i < parties->entries.name.count && i < NAMES; i++)
		find(asker, ((struct party_name **)parties->entries.name.item)[i]);
	party_asker_free(asker);
	parties_close(parties);
	return 0;
}
