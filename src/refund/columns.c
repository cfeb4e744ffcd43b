/* SPDX-License-Identifier: Apache-2.0 */
#include "refund/columns.h"

#include <string.h>

#include "common/ascii.h"

enum { FOLDED = 64 };

/* Folded names by preference; the first is our own. */
static const char *const names[REFUND_FIELDS] = {
    [REFUND_TYPE] = "entry_type entrytypecode entrytype",
    [REFUND_FILER] = "filer",
    [REFUND_PRIOR_CAPE] = "prior_cape priorcape",
    [REFUND_SUMMARY] = "summary entrysummarystatus summarystatus",
    [REFUND_DRAWBACK] = "drawback drawbackindicator drawbackflag",
    [REFUND_PROTEST] = "protest proteststatus",
    [REFUND_SURETY_PAID] = "surety_paid suretypaid",
    [REFUND_ADCVD] = "adcvd",
    [REFUND_RECON_FLAG] = "recon_flag reconflag reconciliationindicator",
    [REFUND_RECON_FILED] = "recon_filed reconfiled reconciliationfiled",
    [REFUND_LIQUIDATION] = "liquidation liquidationstatus liqstatus",
    [REFUND_FIELD_ENTRY] =
	("entry entrysummarynumber entrynumber entryno entrysummaryno filercodeentryno "
	 "esn"),
    [REFUND_FIELD_LINE] =
	"line entrysummarylinenumber linenumber lineno lineitemnumber sequencenumeric",
    [REFUND_FIELD_ORDINAL] = "ordinal tariffordinalnumber",
    [REFUND_FIELD_HTS] =
	("hts htsnumberfull htsnumber htsno htscode hscode tariffnumber tariffcode hts10 "
	 "hts8"),
    [REFUND_FIELD_HEADING] =
	("heading chapter99heading ch99heading chapter99 ch99 chapter99hts ch99hts chapter99code "
	 "ch99code additionalhts secondaryhts chapter99number"),
    [REFUND_FIELD_VALUE] = ("value linetariffgoodsvalueamount linegoodsvalueamount enteredvalue "
			    "customsvalue totalvalue declaredvalue"),
    [REFUND_FIELD_DUTY] = "duty linetariffdutyamount dutyamount dutypaid dutiespaid ieepaduty",
    [REFUND_FIELD_ENTRY_DATE] = "entry_date entrydate dateofentry",
    [REFUND_FIELD_LIQUIDATION_DATE] = "liquidation_date liquidationdate liqdate",
    [REFUND_FIELD_DEPOSIT_DATE] =
	("deposit_date depositdate paymentdate statementdate collectiondate "
	 "datepaid"),
    [REFUND_FIELD_PROTEST_NUMBER] = "protest_number protestnumber",
    [REFUND_FIELD_QTY] = "qty linetariffquantity1 quantity",
    [REFUND_FIELD_UNIT] = "unit linetariffuom1code uom unitofmeasure",
    [REFUND_FIELD_QTY2] = "qty2 linetariffquantity2 quantity2",
    [REFUND_FIELD_UNIT2] = "unit2 linetariffuom2code uom2",
    [REFUND_FIELD_SPI] = "spi linespicode spicode",
    [REFUND_FIELD_IMPORTER] = "importer importernumber importerofrecordnumber ior importerid",
    [REFUND_FIELD_CLAIM] = "claim_number claimnumber claim",
    [REFUND_FIELD_RESULT] = "status claimstatus",
    [REFUND_FIELD_ERROR] = "error_description errordescription error",
};

const char *refund_field_name(int field)
{
	static const char *const own[REFUND_FIELDS] = {
	    [REFUND_FIELD_ENTRY] = "entry",
	    [REFUND_FIELD_LINE] = "line",
	    [REFUND_FIELD_ORDINAL] = "ordinal",
	    [REFUND_FIELD_HTS] = "hts",
	    [REFUND_FIELD_HEADING] = "heading",
	    [REFUND_FIELD_VALUE] = "value",
	    [REFUND_FIELD_DUTY] = "duty",
	    [REFUND_FIELD_ENTRY_DATE] = "entry_date",
	    [REFUND_FIELD_LIQUIDATION_DATE] = "liquidation_date",
	    [REFUND_FIELD_DEPOSIT_DATE] = "deposit_date",
	    [REFUND_FIELD_PROTEST_NUMBER] = "protest_number",
	    [REFUND_FIELD_QTY] = "qty",
	    [REFUND_FIELD_UNIT] = "unit",
	    [REFUND_FIELD_QTY2] = "qty2",
	    [REFUND_FIELD_UNIT2] = "unit2",
	    [REFUND_FIELD_SPI] = "spi",
	    [REFUND_FIELD_IMPORTER] = "importer",
	    [REFUND_FIELD_CLAIM] = "claim_number",
	    [REFUND_FIELD_RESULT] = "status",
	    [REFUND_FIELD_ERROR] = "error_description",
	};
	if (field == REFUND_TYPE)
		return "entry_type";
	return field < REFUND_FIELD_ENTRY ? refund_fact_names[field] : own[field];
}

/* Letters and digits in small letters; false: there are none, or more than any name of ours. */
static bool fold(char out[FOLDED], struct tw_text text)
{
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = to_lower(text.at[i]);
		if (!is_digit(c) && (c < 'a' || c > 'z'))
			continue;
		if (length == FOLDED - 1)
			return false;
		out[length++] = c;
	}
	out[length] = '\0';
	return length != 0;
}

/* The place of a folded name in a list of names, or -1. */
static int rank_of(const char *list, const char *folded)
{
	char name[FOLDED];
	size_t length = strlen(folded);
	for (int rank = 0; *list; rank++) {
		size_t n = strcspn(list, " ");
		if (fold(name, (struct tw_text){list, n}) && strlen(name) == length &&
		    !memcmp(name, folded, length))
			return rank;
		list += n;
		while (*list == ' ')
			list++;
	}
	return -1;
}

static int find(const char *folded, int *rank)
{
	for (int field = 0; field < REFUND_FIELDS; field++)
		if ((*rank = rank_of(names[field], folded)) >= 0)
			return field;
	return -1;
}

int refund_field_find(struct tw_text name)
{
	char folded[FOLDED];
	int rank;
	return fold(folded, name) ? find(folded, &rank) : -1;
}

void refund_columns_read(struct refund_columns *out, const struct csv_row *header, int *twice)
{
	int best[REFUND_FIELDS];
	*twice = -1;
	*out = (struct refund_columns){.count = header->count};
	for (int i = 0; i < REFUND_FIELDS; i++)
		out->at[i] = -1;
	for (size_t i = 0; i < header->count; i++) {
		char folded[FOLDED];
		int rank,
		    field = fold(folded, csv_value(header->field[i])) ? find(folded, &rank) : -1;
		if (field < 0)
			continue;
		out->known++;
		if (out->at[field] >= 0 && rank == best[field])
			*twice = field;
		if (out->at[field] < 0 || rank < best[field]) {
			out->at[field] = (int)i;
			best[field] = rank;
		}
	}
}
