/* SPDX-License-Identifier: Apache-2.0 */
#include "common/refund_facts.h"

#include <stddef.h>

const char *const refund_fact_names[REFUND_FACTS + 1] = {
    [REFUND_TYPE] = "type",
    [REFUND_FILER] = "filer",
    [REFUND_PRIOR_CAPE] = "prior_cape",
    [REFUND_SUMMARY] = "summary",
    [REFUND_DRAWBACK] = "drawback",
    [REFUND_PROTEST] = "protest",
    [REFUND_SURETY_PAID] = "surety_paid",
    [REFUND_ADCVD] = "adcvd",
    [REFUND_RECON_FLAG] = "recon_flag",
    [REFUND_RECON_FILED] = "recon_filed",
    [REFUND_LIQUIDATION] = "liquidation",
    [REFUND_ENTRY_NUMBER] = "entry_number",
    [REFUND_HEADINGS] = "headings",
    [REFUND_DAYS_SINCE_LIQUIDATION] = "days_since_liquidation",
};
const char *const refund_number_words[REFUND_NUMBERS + 1] = {"sound",  "length", "filer",
							     "digits", "check",  NULL};
const char *const refund_headings_words[3] = {"none", "dutiable", NULL};
const char *const refund_operator_names[7] = {"is", "is-not", "<", "<=", ">", ">=", NULL};
const char *const refund_kind_names[6] = {"additive", "replacement", "exception",
					  "marker",   "unclear",     NULL};
