/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The aliases are those of the formats we were shown, less those whose values
 * mean something else in the US vocabulary (another country's import types
 * and tax types), and with every date that is not the date of entry kept away
 * from it.
 *
 * The order of precedence of the manual is the order of this table: a name
 * before a bar is more specific than those behind it.
 */
#include "lines/aliases.h"

#include <pthread.h>
#include <string.h>

#include "lines/columns.h"

enum {
	CONTAINS = 8, /* shorter aliases must be equal */
	KNOWN = 1024, /* slots, well over the number of names */
	RANK_OWN = 1,
	RANK_ALIAS
};

struct alias {
	int field;
	const char *names; /* folded, by preference; a bar ends a tier */
	enum columns_why why;
};

static const struct alias aliases[] = {
    {FIELD_ENTRY_LINE, "entrysummarylinenumber | linenumber lineno lineitemnumber sequencenumeric",
     0},
    {FIELD_ORDINAL, "tariffordinalnumber | ordinal", 0},
    {TW_COLUMN_SHIPMENT,
     "shipment | entrysummarynumber entrysummaryno | entrynumber entryno filercodeentryno esn | "
     "shipmentid shipmentnumber shipmentno",
     0},
    {TW_COLUMN_HTS,
     "htsnumberfull | hts htsnumber htsno htscode hscode hs6code hs tariffcode tariffnumber "
     "commoditycode harmonizedcode harmonizedtariffcode harmonizedtarriffcode "
     "harmonizedsystemcode harmonizationcode harmonizednumber hstariffnumber hstariffcode "
     "currentcustomshs classificationid classification ncm taric hts10 hts8",
     0},
    {TW_COLUMN_DESCRIPTION,
     "description | goodsdescription commoditydescription commercialdescription | "
     "descriptiontext descriptionofcontents descriptioncustoms customsdescription "
     "currentcustomsdesc | productname itemname lineitemname | title",
     0},
    {TW_COLUMN_ORIGIN,
     "origin countryoforigin countryoforigincode coo origincountry origincountrycode "
     "countrycodeoforigin countryofmanufacture manufacturercountry madein",
     0},
    {TW_COLUMN_SHIP_FROM,
     "shipfrom shipfromcountry countryofexport countryofexportcode countryofdeparture "
     "exportingcountry exportcountry | shippercountry sendercountry",
     0},
    {TW_COLUMN_INTO,
     "into countryofimport importingcountry destinationcountry | shiptocountry shipcountry "
     "shippingcountry recipientcountry",
     0},
    {TW_COLUMN_VALUE,
     "linetariffgoodsvalueamount | linegoodsvalueamount | value enteredvalue customsvalue "
     "declaredvalue totalvalue itemchargeamount statisticalvalueamount amount harmonizedvalue "
     "fobvalue | itemprice",
     0},
    {TW_COLUMN_RETAIL_VALUE, "retailvalue fairretailvalue", 0},
    {TW_COLUMN_CURRENCY, "currency valuecurrency currencycode currencyid", 0},
    {FIELD_DECLARED, "linetariffdutyamount", 0},
    {TW_COLUMN_QTY,
     "linetariffquantity1 linetariffquantity | qty quantity itemqty lineitemquantity units | "
     "numberofpieces piececount | manifestquantity",
     0},
    {TW_COLUMN_UNIT,
     "linetariffuom1code linetariffuomcode | unit uom unitofmeasure quantityunits | manifestunit",
     0},
    {TW_COLUMN_QTY2, "linetariffquantity2 | qty2 quantity2", 0},
    {TW_COLUMN_UNIT2, "linetariffuom2code | unit2 uom2", 0},
    {TW_COLUMN_WEIGHT,
     "netmass netweight netnetweightmeasure | weight | grossweight grossmassmeasure "
     "harmonizedweight",
     0},
    {TW_COLUMN_ENTERED, "entered entrydate dateofentry entrydatetime | date", 0},
    {TW_COLUMN_IMPORTED,
     "imported importationdate importdate dateofimportation | actualarrivaldate arrivaldate", 0},
    {TW_COLUMN_DEPARTED, "departed exportdate dateofexportation dateofexport | departuredate", 0},
    {TW_COLUMN_IT_DATE, "itdate inbonddate itentrydate immediatetransportationdate", 0},
    {TW_COLUMN_ENTRY_TYPE, "entrytypecode entrytype", 0},
    {TW_COLUMN_TRANSPORT, "transport modeoftransport modeoftransportation mot transportmode", 0},
    {FIELD_SPI, "linespicode | spi spicode | preference", 0},
    {TW_COLUMN_CONSIGNEE, "consignee | consigneename | ultimateconsignee | consigneenumber", 0},
    {TW_COLUMN_CONSIGNEE_ID,
     "consigneeid | consigneeno | consigneetaxid consigneeein consigneeirsnumber "
     "ultimateconsigneenumber ultimateconsigneeid",
     0},
    {TW_COLUMN_CONSIGNEE_ADDRESS,
     "consigneeaddress | consigneeaddress1 consigneeaddressline1 consigneestreet | "
     "recipientaddress | shiptoaddress | shippingaddress | deliveryaddress",
     0},
    {TW_COLUMN_CONSIGNEE_PHONE,
     "consigneephone consigneetelephone consigneephonenumber | consigneecommnumber | "
     "recipientphone | shiptophone | shippingphone",
     0},
    {TW_COLUMN_SHIPPER, "shipper | shippername | shipperpartyname", 0},
    {TW_COLUMN_SHIPPER_ADDRESS,
     "shipperaddress | shipperaddress1 shipperaddressline1 shipperstreet | senderaddress | "
     "shipfromaddress",
     0},
    {TW_COLUMN_SELLER, "seller | sellername", 0},
    {TW_COLUMN_BUYER, "buyer | buyername", 0},
    /* "importer" alone stands in the names of too many other columns to be looked for in them. */
    {TW_COLUMN_IMPORTER,
     "importernumber importerofrecordnumber importerno | ior | importerid | importername | "
     "importerofrecord | importerofrecordname",
     0},
    {TW_COLUMN_ORDER, "order | ordernumber orderno | orderid", 0},
    {TW_COLUMN_CAS, "cas casnumber casno casrn casregistrynumber", 0},
    {TW_COLUMN_CONCENTRATION, "concentration purity", 0},
    {TW_COLUMN_ID, "id | lineid lineref | lineitemid", 0},
    {FIELD_OTHER,
     "entrysummarydate summarydate initialentrysummarycreatedate shipdate shippingdate orderdate "
     "dateordered dateshipped purchasedate invoicedate createdat paidat estimatedarrivaldate "
     "depositdate paymentdate statementdate collectiondate datepaid liquidationdate liqdate",
     WHY_DATE},
    {FIELD_OTHER,
     "unitvalue unitprice itemunitprice lineitemprice price cost costperitem valueperunit "
     "priceperunit pricepereach valueeach priceeach itemvalue unitcost customsunitvalue "
     "unitcustomsvalue unitcustomsvalueusd unitamount",
     WHY_EACH},
    {FIELD_OTHER, "cifvalue valuecif cifamount landedvalue landedcost", WHY_FREIGHT},
    {FIELD_OTHER,
     "liquidationstatus liqstatus totalliquidateddutyamount chapter99 ch99 additionalhts "
     "secondaryhts chapter99number dutyamount duty dutypaid dutiespaid ieepaduty totalduty "
     "taxassessedamount htsusrate dutyrate taxrate column1currentprimarydutyrate "
     "portofentrycode portcode portofentry port officeid portofunlading portofdestination "
     "reconciliationindicator "
     "reconflag postsummarycorrectionindicator linepostsummarycorrectionindicator psc "
     "protestnumber proteststatus controlstatus reviewteamnumber manufacturerid "
     "foreignexporterid filername importtype taxtype countryoforiginindicator sku variantsku "
     "itemsku partnumber productcode",
     WHY_UNUSED},
};
enum { ALIASES = sizeof aliases / sizeof *aliases };

size_t alias_fold(char out[FOLDED], struct tw_text name)
{
	size_t length = 0;
	for (size_t i = 0; i < name.length && length < FOLDED - 1; i++) {
		char c = name.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[length++] = c;
	}
	out[length] = '\0';
	return length;
}

/* The next name of a list, which begins at *at; its length, 0 at the end. Counts the bars. */
static size_t next_name(const char **at, int *tier)
{
	for (*at += strspn(*at, " "); **at == '|'; *at += strspn(*at, " ")) {
		++*tier;
		++*at;
	}
	return strcspn(*at, " ");
}

/* All names that are known by being equal, found by hash: NDJSON asks for every key. */
struct known {
	const char *name;
	size_t length;
	struct alias_meaning meaning;
};
static struct known known[KNOWN];
static pthread_once_t known_once = PTHREAD_ONCE_INIT;

static struct known *known_slot(const char *name, size_t length)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (unsigned char)name[i]) * 16777619u;
	size_t at = hash % KNOWN;
	while (known[at].name &&
	       (known[at].length != length || memcmp(known[at].name, name, length) != 0))
		at = (at + 1) % KNOWN;
	return &known[at];
}

/* The first meaning of a name stands. */
static void know(const char *name, size_t length, struct alias_meaning meaning)
{
	struct known *slot = known_slot(name, length);
	if (!slot->name)
		*slot = (struct known){name, length, meaning};
}

static void know_all(void)
{
	static char own[TW_COLUMN_COUNT][FOLDED];
	for (size_t i = 0; i < ALIASES; i++) {
		int rank = RANK_ALIAS, tier = 0;
		size_t length;
		for (const char *at = aliases[i].names; (length = next_name(&at, &tier));
		     at += length, rank++)
			know(at, length,
			     (struct alias_meaning){aliases[i].field, rank, tier, aliases[i].why});
	}
	for (int column = 0; column < TW_COLUMN_COUNT; column++) {
		const char *name = tw_column_name((enum tw_column)column);
		size_t length = alias_fold(own[column], (struct tw_text){name, strlen(name)});
		struct known *slot = known_slot(own[column], length);
		if (!slot->name)
			know(own[column], length, (struct alias_meaning){.field = column});
		slot->meaning.rank = RANK_OWN;
	}
}

struct alias_meaning alias_find(struct tw_text name)
{
	char folded[FOLDED];
	size_t length = alias_fold(folded, name);
	pthread_once(&known_once, know_all);
	const struct known *slot = known_slot(folded, length);
	if (length && slot->name)
		return slot->meaning;
	return (struct alias_meaning){.field = FIELD_UNKNOWN, .why = WHY_UNKNOWN};
}

int alias_within(int field, const char *folded)
{
	char alias[FOLDED];
	int rank = 0, tier = 0;
	size_t length, place = 0;
	while (place < ALIASES && aliases[place].field != field)
		place++;
	if (place == ALIASES)
		return -1;
	for (const char *at = aliases[place].names; (length = next_name(&at, &tier));
	     at += length, rank++) {
		if (length < CONTAINS || length >= sizeof alias)
			continue;
		memcpy(alias, at, length);
		alias[length] = '\0';
		if (strstr(folded, alias))
			return rank;
	}
	return -1;
}

int alias_field(size_t place)
{
	return place < ALIASES ? aliases[place].field : -1;
}
