/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which column is which: our own names, those of ACE report ES-003 and of the
 * reports beside it, those of CBP's details of a claim.
 */
#ifndef TW_REFUND_COLUMNS_H
#define TW_REFUND_COLUMNS_H

#include "common/csv.h"
#include "common/refund_facts.h"

enum refund_field {
	REFUND_FIELD_FACT = 0, /* enum refund_fact, those that are said */
	REFUND_FIELD_ENTRY = REFUND_SAID,
	REFUND_FIELD_LINE,
	REFUND_FIELD_ORDINAL,
	REFUND_FIELD_HTS,
	REFUND_FIELD_HEADING,
	REFUND_FIELD_VALUE,
	REFUND_FIELD_DUTY,
	REFUND_FIELD_ENTRY_DATE,
	REFUND_FIELD_LIQUIDATION_DATE,
	REFUND_FIELD_DEPOSIT_DATE,
	REFUND_FIELD_PROTEST_NUMBER,
	REFUND_FIELD_QTY,
	REFUND_FIELD_UNIT,
	REFUND_FIELD_QTY2,
	REFUND_FIELD_UNIT2,
	REFUND_FIELD_SPI,
	REFUND_FIELD_IMPORTER,
	REFUND_FIELD_CLAIM,
	REFUND_FIELD_RESULT,
	REFUND_FIELD_ERROR,
	REFUND_FIELDS
};

struct refund_columns {
	int at[REFUND_FIELDS]; /* index of the column, -1: none */
	size_t known;          /* columns that are read */
	size_t count;          /* of all */
};

/* Our own name of a field: "entry", "recon_flag". */
const char *refund_field_name(int field);
/* Finds the columns; known 0: this row names none. A field named twice is given by `twice`. */
void refund_columns_read(struct refund_columns *out, const struct csv_row *header, int *twice);
/* The field that a name gives, or -1. */
int refund_field_find(struct tw_text name);

#endif
