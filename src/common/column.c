/* SPDX-License-Identifier: Apache-2.0 */
/* The names of the columns of a line. */
#include "tidewaiter.h"

#include <string.h>

static const char *const column_names[TW_COLUMN_COUNT] = {
    [TW_COLUMN_ID] = "id",
    [TW_COLUMN_SHIPMENT] = "shipment",
    [TW_COLUMN_INTO] = "into",
    [TW_COLUMN_HTS] = "hts",
    [TW_COLUMN_ORIGIN] = "origin",
    [TW_COLUMN_SHIP_FROM] = "ship_from",
    [TW_COLUMN_VIA] = "via",
    [TW_COLUMN_ENTERED] = "entered",
    [TW_COLUMN_IMPORTED] = "imported",
    [TW_COLUMN_LOADED] = "loaded",
    [TW_COLUMN_DEPARTED] = "departed",
    [TW_COLUMN_IT_DATE] = "it_date",
    [TW_COLUMN_CHANNEL] = "channel",
    [TW_COLUMN_TRANSPORT] = "transport",
    [TW_COLUMN_ENTRY_TYPE] = "entry_type",
    [TW_COLUMN_VALUE] = "value",
    [TW_COLUMN_CURRENCY] = "currency",
    [TW_COLUMN_RETAIL_VALUE] = "retail_value",
    [TW_COLUMN_QTY] = "qty",
    [TW_COLUMN_UNIT] = "unit",
    [TW_COLUMN_QTY2] = "qty2",
    [TW_COLUMN_UNIT2] = "unit2",
    [TW_COLUMN_WEIGHT] = "weight",
    [TW_COLUMN_CLAIMS] = "claims",
    [TW_COLUMN_DESCRIPTION] = "description",
    [TW_COLUMN_CAS] = "cas",
    [TW_COLUMN_SMILES] = "smiles",
    [TW_COLUMN_INCHIKEY] = "inchikey",
    [TW_COLUMN_CONCENTRATION] = "concentration",
    [TW_COLUMN_CONSIGNEE] = "consignee",
    [TW_COLUMN_SHIPPER] = "shipper",
    [TW_COLUMN_ORDER] = "order",
    [TW_COLUMN_IMPORTER] = "importer",
    [TW_COLUMN_CONSIGNEE_ID] = "consignee_id",
    [TW_COLUMN_CONSIGNEE_ADDRESS] = "consignee_address",
    [TW_COLUMN_CONSIGNEE_PHONE] = "consignee_phone",
    [TW_COLUMN_SHIPPER_ADDRESS] = "shipper_address",
    [TW_COLUMN_SELLER] = "seller",
    [TW_COLUMN_BUYER] = "buyer",
};

const char *tw_column_name(enum tw_column column)
{
	return (unsigned)column < TW_COLUMN_COUNT ? column_names[column] : "";
}

int tw_column_find(struct tw_text name)
{
	for (int i = 0; name.at && i < TW_COLUMN_COUNT; i++)
		if (strlen(column_names[i]) == name.length &&
		    memcmp(column_names[i], name.at, name.length) == 0)
			return i;
	return -1;
}
