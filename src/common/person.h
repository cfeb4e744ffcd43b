/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose line it is: who imports, who sends, who receives, as the line says it, and the keys by
 * which lines of one person are found. Two are one person where the given id is the same, or name
 * and address are, letter case and blanks aside. It merges nothing that is only alike: for that
 * there is a second key, by which a question can be asked.
 */
#ifndef TW_COMMON_PERSON_H
#define TW_COMMON_PERSON_H

#include "common/legal.h"
#include "common/text_key.h"

struct person {
	struct tw_text id, name, address; /* the id decides where there is one */
};
/* A sum is of one person, or of what one sends to another. */
struct person_pair {
	const char
	    *of; /* "importer", "consignee", "shipper and consignee", "seller and buyer" ... */
	struct person person, other; /* other: empty where it does not count */
};

/* Whose lines are summed together with this one. False: the line does not say who. */
bool person_of(struct person_pair *out, const struct tw_line *line, enum ledger_sum sum);
/* As it is shown: the name, else the id. */
struct tw_text person_shown(const struct person *person);

void person_key(text_key out, const struct person_pair *pair);
/* The same of persons whose names agree in their letters and digits, whatever their ids and
 * addresses. */
void person_near_key(text_key out, const struct person_pair *pair);

#endif
