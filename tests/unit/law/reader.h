/* SPDX-License-Identifier: Apache-2.0 */
/* For tests and fuzzers: a reader in the state in which conditions are read. */
#ifndef TW_TEST_READER_H
#define TW_TEST_READER_H

#include "law/reader.h"

/* Names of a law that was read before, again in tables of the arena. */
static inline bool reader_open(struct reader *r, struct law *law, struct arena *arena,
			       struct tw_error *error)
{
	*r = (struct reader){.law = law, .arena = arena, .error = error};
	for (uint32_t i = 0; i < law->claim_count; i++)
		if (table_add(&r->claim, arena, law->claims[i].name, i))
			return false;
	for (uint32_t i = 0; i < law->country_count; i++)
		if (table_add(&r->country, arena, law->countries[i].iso2, i))
			return false;
	for (uint32_t i = 0; i < law->group_count; i++)
		if (table_add(&r->group, arena, law->groups[i].name, i))
			return false;
	for (uint32_t i = 0; i < law->list_count; i++)
		if (table_add(&r->list, arena, law->lists[i].name, i))
			return false;
	for (uint32_t i = 0; i < law->instrument_count; i++)
		if (table_add(&r->instrument, arena, law->instruments[i].id, i))
			return false;
	for (uint32_t i = 0; i < law->program_count; i++)
		if (table_add(&r->program, arena, law->programs[i].id, i))
			return false;
	return true;
}

#endif
