/* SPDX-License-Identifier: Apache-2.0 */
/* A line of goods from flags: the rows that commands about one line have in their tables. */
#ifndef TW_CLI_GOODS_H
#define TW_CLI_GOODS_H

#include "cli/cli.h"
#include "common/date.h"

enum { CLI_CLAIMS = 4096 };

struct cli_goods {
	struct tw_line line; /* TW_LINE_INIT */
	const char *text[TW_COLUMN_COUNT];
	char claims[CLI_CLAIMS];
	enum date_order date_order;
	char day[TW_COLUMN_COUNT][64]; /* dates of another order, as 2025-05-02 */
};

int cli_goods_take_claim(void *goods, const char *value, struct tw_error *error);
int cli_goods_take_date_format(void *order, const char *value, struct tw_error *error);

/*
 * The flags as a line; prints what is missing or wrong. `entered`: the option that says the time
 * of entry. Returns an exit code.
 */
int cli_goods_line(struct cli_goods *goods, const char *command, const char *entered);

#define CLI_GOODS "Goods"
#define CLI_REST "Any other column of a line"

/* A row whose value is that column of the line. */
#define CLI_COLUMN(type, member, option, column, value, heading, what, ...)                        \
	{                                                                                          \
		.name = option, .argument = value, .group = heading, .help = what,                 \
		.at = offsetof(type, member.text[TW_COLUMN_##column]), .config = DEFAULT_NEVER,    \
		__VA_ARGS__                                                                        \
	}

/* The rows, but for the time of entry, in the order of the help. */
#define CLI_GOODS_CODE(type, member)                                                               \
	CLI_COLUMN(type, member, "hts", HTS, "CODE", CLI_GOODS,                                    \
		   "tariff code, 6, 8 or 10 digits, with or without dots", )

#define CLI_GOODS_ORIGIN(type, member)                                                             \
	CLI_COLUMN(type, member, "origin", ORIGIN, "COUNTRY", CLI_GOODS,                           \
		   "country of origin, as in CN", .values = VALUES_COUNTRY)

#define CLI_GOODS_WORTH(type, member)                                                              \
	CLI_COLUMN(type, member, "value", VALUE, "AMOUNT", CLI_GOODS, "customs value", ),          \
	    {.name = "claim",                                                                      \
	     .argument = "KEY[=VALUE]",                                                            \
	     .group = CLI_GOODS,                                                                   \
	     .help = "what the declarant claims or states: usmca=yes, steel_value=4000, "          \
		     "loaded=2025-04-01; may be repeated",                                         \
	     .at = offsetof(type, member),                                                         \
	     .take = cli_goods_take_claim,                                                         \
	     .values = VALUES_CLAIM,                                                               \
	     .config = DEFAULT_NEVER},                                                             \
	    CLI_COLUMN(type, member, "into", INTO, "COUNTRY", CLI_REST,                            \
		       "country of import; default US", .values = VALUES_INTO)

#define CLI_GOODS_REST(type, member)                                                               \
	CLI_COLUMN(type, member, "ship-from", SHIP_FROM, "COUNTRY", CLI_REST, "country of export", \
		   .values = VALUES_COUNTRY),                                                      \
	    CLI_COLUMN(type, member, "via", VIA, "COUNTRY", CLI_REST, "country of transit",        \
		       .values = VALUES_COUNTRY),                                                  \
	    CLI_COLUMN(type, member, "imported", IMPORTED, "TIME", CLI_REST,                       \
		       "arrival in the country of import", .values = VALUES_DAY),                  \
	    CLI_COLUMN(type, member, "loaded", LOADED, "TIME", CLI_REST,                           \
		       "loading at the foreign port", .values = VALUES_DAY),                       \
	    CLI_COLUMN(type, member, "departed", DEPARTED, "TIME", CLI_REST,                       \
		       "departure from the foreign port", .values = VALUES_DAY),                   \
	    CLI_COLUMN(type, member, "it-date", IT_DATE, "DAY", CLI_REST,                          \
		       "acceptance of the immediate-transportation entry", .values = VALUES_DAY),  \
	    CLI_COLUMN(type, member, "channel", CHANNEL, "CHANNEL", CLI_REST,                      \
		       "channel: commercial, express or postal", .values = VALUES_CHANNEL),        \
	    CLI_COLUMN(type, member, "transport", TRANSPORT, "BY", CLI_REST,                       \
		       "air, vessel, truck or rail", .values = VALUES_TRANSPORT),                  \
	    CLI_COLUMN(type, member, "entry-type", ENTRY_TYPE, "TYPE", CLI_REST,                   \
		       "01, 11, 21...; default: what the law requires", ),                         \
	    CLI_COLUMN(type, member, "currency", CURRENCY, "CODE", CLI_REST,                       \
		       "currency of the value; into the US dollars", ),                            \
	    CLI_COLUMN(type, member, "retail-value", RETAIL_VALUE, "AMOUNT", CLI_REST,             \
		       "fair retail value; default: the value", ),                                 \
	    CLI_COLUMN(type, member, "qty", QTY, "NUMBER", CLI_REST,                               \
		       "quantity, for specific duties", ),                                         \
	    CLI_COLUMN(type, member, "unit", UNIT, "UNIT", CLI_REST,                               \
		       "its unit, as in the schedule: kg, No., doz.", ),                           \
	    CLI_COLUMN(type, member, "qty2", QTY2, "NUMBER", CLI_REST, "second quantity", ),       \
	    CLI_COLUMN(type, member, "unit2", UNIT2, "UNIT", CLI_REST, "its unit", ),              \
	    CLI_COLUMN(type, member, "weight", WEIGHT, "QUANTITY", CLI_REST,                       \
		       "25kg, 500g: for thresholds", ),                                            \
	    CLI_COLUMN(type, member, "description", DESCRIPTION, "TEXT", CLI_REST,                 \
		       "description of the goods", ),                                              \
	    CLI_COLUMN(type, member, "cas", CAS, "NUMBER", CLI_REST, "CAS number", ),              \
	    CLI_COLUMN(type, member, "smiles", SMILES, "TEXT", CLI_REST,                           \
		       "structure of a chemical", ),                                               \
	    CLI_COLUMN(type, member, "inchikey", INCHIKEY, "KEY", CLI_REST,                        \
		       "InChIKey of a chemical", ),                                                \
	    CLI_COLUMN(type, member, "concentration", CONCENTRATION, "PERCENT", CLI_REST,          \
		       "concentration of the chemical in a mixture", ),                            \
	    CLI_COLUMN(type, member, "id", ID, "TEXT", CLI_REST, "your reference", ),              \
	    CLI_COLUMN(type, member, "shipment", SHIPMENT, "TEXT", CLI_REST,                       \
		       "shipment it belongs to", ),                                                \
	    CLI_COLUMN(type, member, "consignee", CONSIGNEE, "TEXT", CLI_REST, "consignee", ),     \
	    CLI_COLUMN(type, member, "shipper", SHIPPER, "TEXT", CLI_REST, "shipper", ),           \
	    CLI_COLUMN(type, member, "order", ORDER, "TEXT", CLI_REST, "order it belongs to", ),   \
	    CLI_COLUMN(type, member, "importer", IMPORTER, "TEXT", CLI_REST,                       \
		       "importer, by number or name", ),                                           \
	    CLI_COLUMN(type, member, "consignee-id", CONSIGNEE_ID, "TEXT", CLI_REST,               \
		       "number of the consignee", ),                                               \
	    CLI_COLUMN(type, member, "consignee-address", CONSIGNEE_ADDRESS, "TEXT", CLI_REST,     \
		       "address of the consignee", ),                                              \
	    CLI_COLUMN(type, member, "consignee-phone", CONSIGNEE_PHONE, "TEXT", CLI_REST,         \
		       "telephone number of the consignee", ),                                     \
	    CLI_COLUMN(type, member, "shipper-address", SHIPPER_ADDRESS, "TEXT", CLI_REST,         \
		       "address of the shipper", ),                                                \
	    CLI_COLUMN(type, member, "seller", SELLER, "TEXT", CLI_REST, "seller", ),              \
	    CLI_COLUMN(type, member, "buyer", BUYER, "TEXT", CLI_REST, "buyer", ),                 \
	{                                                                                          \
		.name = "date-format", .argument = "ORDER", .group = CLI_REST,                     \
		.help = "order of day, month and year in dates such as 5/2/2025 and 02.05.2025: "  \
			"mdy, dmy or ymd; default: month first with slashes, day first with dots", \
		.at = offsetof(type, member.date_order), .take = cli_goods_take_date_format        \
	}

/* --claims, the name of the column: the same as --claim. */
#define CLI_GOODS_CLAIMS(type, member)                                                             \
	{                                                                                          \
		.name = "claims", .argument = "CLAIMS", .at = offsetof(type, member),              \
		.take = cli_goods_take_claim, .config = DEFAULT_NEVER                              \
	}

#endif
