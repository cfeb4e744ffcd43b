/* SPDX-License-Identifier: Apache-2.0 */
#include "lines/claim_columns.h"

#include <stdlib.h>
#include <string.h>

#include "lines/aliases.h"

enum { SLOTS = 1024 };

struct claim_columns {
	size_t count;
	struct {
		const char *name;
		char folded[FOLDED];
		bool is_amount;
	} claim[CLAIMS_MOST];
	int16_t slot[SLOTS]; /* by hash of the folded name: claim + 1, or 0 */
};

static size_t hash(const char *text)
{
	uint32_t hash = 2166136261u;
	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash % SLOTS;
}

int claim_columns_new(struct claim_columns **out, const tw_rulebook *rulebook)
{
	struct claim_columns *claims = calloc(1, sizeof *claims);
	struct tw_claim claim;
	*out = claims;
	if (!claims)
		return TW_NO_MEMORY;
	for (size_t i = 0; i < CLAIMS_MOST && !tw_rulebook_claim(rulebook, i, &claim); i++) {
		claims->claim[i].name = claim.name;
		claims->claim[i].is_amount = claim.is_amount;
		alias_fold(claims->claim[i].folded,
			   (struct tw_text){claim.name, strlen(claim.name)});
		size_t at = hash(claims->claim[i].folded);
		while (claims->slot[at])
			at = (at + 1) % SLOTS;
		claims->slot[at] = (int16_t)(i + 1);
		claims->count = i + 1;
	}
	return TW_OK;
}

void claim_columns_free(struct claim_columns *claims)
{
	free(claims);
}

static int find_folded(const struct claim_columns *claims, const char *folded)
{
	for (size_t at = hash(folded); claims->slot[at]; at = (at + 1) % SLOTS)
		if (!strcmp(claims->claim[claims->slot[at] - 1].folded, folded))
			return claims->slot[at] - 1;
	return -1;
}

int claim_columns_find(const struct claim_columns *claims, struct tw_text name)
{
	char folded[FOLDED];
	if (!claims || !alias_fold(folded, name))
		return -1;
	int claim = find_folded(claims, folded);
	if (claim < 0 && !strncmp(folded, "claims", 6))
		claim = find_folded(claims, folded + 6);
	if (claim < 0 && !strncmp(folded, "claim", 5))
		claim = find_folded(claims, folded + 5);
	return claim;
}

const char *claim_columns_name(const struct claim_columns *claims, int claim)
{
	return claims->claim[claim].name;
}

bool claim_columns_is_amount(const struct claim_columns *claims, int claim)
{
	return claims->claim[claim].is_amount;
}

size_t claim_columns_count(const struct claim_columns *claims)
{
	return claims ? claims->count : 0;
}
