/* SPDX-License-Identifier: Apache-2.0 */
#include "common/pattern_words.h"

#include <stddef.h>

const char *const pattern_kind_names[PATTERN_KINDS + 1] = {
    [PATTERN_HEAP] = "heap",         [PATTERN_MANY] = "many",   [PATTERN_ROUTE] = "route",
    [PATTERN_TOGETHER] = "together", [PATTERN_CODES] = "codes", [PATTERN_PRICE] = "price",
};
const char *const pattern_group_names[PATTERN_GROUPS + 1] = {
    [PATTERN_SHIPPER] = "shipper",         [PATTERN_CONSIGNEE] = "consignee",
    [PATTERN_IMPORTER] = "importer",       [PATTERN_ADDRESS] = "consignee_address",
    [PATTERN_PHONE] = "consignee_phone",   [PATTERN_ORDER] = "order",
    [PATTERN_DESCRIPTION] = "description", [PATTERN_CODE] = "hts",
};
const char *const pattern_of_names[PATTERN_OFS + 1] = {
    [PATTERN_OF_VALUE] = "value",
    [PATTERN_OF_RETAIL] = "retail_value",
    [PATTERN_OF_THRESHOLD] = "threshold",
};
