/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names are compared with case folded and everything but letters and digits
 * dropped. A name of ours and --map come first, then aliases that are equal,
 * then aliases that the name contains; a column serves one field only.
 *
 * The aliases are those of the formats we were shown, less those whose values
 * mean something else in the US vocabulary (another country's import types
 * and tax types), and with every date that is not the date of entry kept away
 * from it.
 */
#include "columns.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FOLDED = 96,
	CONTAINS = 8, /* shorter aliases must be equal */
	KNOWN = 1024, /* slots, well over the number of names */
	RANK_OWN = 1,
	RANK_ALIAS,
	RANK_NONE = 1000
};

struct alias {
	int field;
	const char *names; /* folded, by preference */
};

static const struct alias aliases[] = {
    {FIELD_ENTRY_LINE, "entrysummarylinenumber linenumber lineno lineitemnumber sequencenumeric"},
    {FIELD_ORDINAL, "tariffordinalnumber ordinal"},
    {TW_COLUMN_SHIPMENT, "shipment shipmentid shipmentnumber shipmentno entrysummarynumber "
			 "entrynumber entryno entrysummaryno filercodeentryno esn"},
    {TW_COLUMN_HTS,
     "htsnumberfull htsnumber hts htsno htscode hscode hs6code hs tariffcode tariffnumber "
     "commoditycode harmonizedcode harmonizedtariffcode harmonizedtarriffcode "
     "harmonizedsystemcode harmonizationcode harmonizednumber hstariffnumber hstariffcode "
     "currentcustomshs classificationid classification ncm taric hts10 hts8"},
    {TW_COLUMN_DESCRIPTION,
     "description goodsdescription commoditydescription commercialdescription descriptiontext "
     "descriptionofcontents descriptioncustoms customsdescription currentcustomsdesc productname "
     "itemname lineitemname title"},
    {TW_COLUMN_ORIGIN,
     "countryoforigin countryoforigincode coo origin origincountry origincountrycode "
     "countrycodeoforigin countryofmanufacture manufacturercountry madein"},
    {TW_COLUMN_SHIP_FROM,
     "countryofexport countryofexportcode countryofdeparture exportingcountry shippercountry "
     "sendercountry exportcountry shipfrom shipfromcountry"},
    {TW_COLUMN_INTO, "destinationcountry shipcountry shiptocountry shippingcountry "
		     "recipientcountry countryofimport importingcountry"},
    {TW_COLUMN_VALUE,
     "linetariffgoodsvalueamount linegoodsvalueamount enteredvalue customsvalue "
     "itemchargeamount statisticalvalueamount totalvalue itemprice value declaredvalue amount "
     "harmonizedvalue cifvalue fobvalue valueusd"},
    {TW_COLUMN_RETAIL_VALUE, "retailvalue fairretailvalue"},
    {TW_COLUMN_CURRENCY, "currency valuecurrency currencycode currencyid"},
    {FIELD_DECLARED, "linetariffdutyamount"},
    {TW_COLUMN_QTY, "quantity qty itemqty lineitemquantity linetariffquantity1 linetariffquantity "
		    "numberofpieces piececount units manifestquantity"},
    {TW_COLUMN_UNIT,
     "uom unitofmeasure linetariffuom1code linetariffuomcode quantityunits manifestunit"},
    {TW_COLUMN_QTY2, "linetariffquantity2 quantity2"},
    {TW_COLUMN_UNIT2, "linetariffuom2code uom2"},
    {TW_COLUMN_WEIGHT, "netmass netweight grossweight weight netnetweightmeasure grossmassmeasure "
		       "harmonizedweight weightkg"},
    {TW_COLUMN_ENTERED, "entrydate dateofentry entered entrydatetime date"},
    {TW_COLUMN_IMPORTED, "importationdate importdate dateofimportation actualarrivaldate "
			 "arrivaldate"},
    {TW_COLUMN_DEPARTED, "exportdate dateofexportation dateofexport departuredate"},
    {TW_COLUMN_IT_DATE, "itdate inbonddate itentrydate immediatetransportationdate"},
    {TW_COLUMN_ENTRY_TYPE, "entrytypecode entrytype"},
    {TW_COLUMN_TRANSPORT, "modeoftransport modeoftransportation mot transportmode"},
    {FIELD_SPI, "linespicode spi spicode preference"},
    {TW_COLUMN_CONSIGNEE, "consignee consigneename ultimateconsignee consigneenumber"},
    {TW_COLUMN_SHIPPER, "shipper shippername"},
    {TW_COLUMN_ORDER, "ordernumber orderid orderno"},
    {TW_COLUMN_CAS, "casnumber casno casrn casregistrynumber"},
    {TW_COLUMN_CONCENTRATION, "purity"},
    {TW_COLUMN_ID, "lineid lineref lineitemid"},
    {FIELD_OTHER,
     "entrysummarydate summarydate initialentrysummarycreatedate shipdate shippingdate "
     "orderdate dateordered dateshipped purchasedate invoicedate createdat paidat "
     "estimatedarrivaldate "
     "depositdate paymentdate statementdate collectiondate datepaid liquidationdate liqdate "
     "liquidationstatus liqstatus totalliquidateddutyamount chapter99 ch99 additionalhts "
     "secondaryhts chapter99number unitvalue unitprice itemunitprice lineitemprice price cost "
     "dutyamount duty dutypaid dutiespaid ieepaduty totalduty taxassessedamount htsusrate "
     "dutyrate taxrate column1currentprimarydutyrate importernumber importerofrecordnumber ior "
     "importerid importer importername portofentrycode portcode portofentry port officeid "
     "portofunlading portofdestination reconciliationindicator reconflag "
     "postsummarycorrectionindicator linepostsummarycorrectionindicator psc protestnumber "
     "proteststatus controlstatus reviewteamnumber manufacturerid foreignexporterid filername "
     "importtype taxtype countryoforiginindicator sku variantsku itemsku partnumber productcode"},
};

static size_t fold(char out[FOLDED], struct tw_text name)
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

/* The rank of the first alias that the folded name contains, or -1. */
static int alias_within(const char *names, const char *folded)
{
	char alias[FOLDED];
	int rank = 0;
	for (const char *at = names; *at; rank++) {
		size_t size = strcspn(at, " ");
		if (size >= CONTAINS && size < sizeof alias) {
			memcpy(alias, at, size);
			alias[size] = '\0';
			if (strstr(folded, alias))
				return rank;
		}
		at += size;
		at += strspn(at, " ");
	}
	return -1;
}

static bool same_text(struct tw_text a, struct tw_text b)
{
	return a.length == b.length && (!a.length || !memcmp(a.at, b.at, a.length));
}

static int mapped(const struct columns_options *options, struct tw_text name)
{
	for (size_t i = 0; i < options->map_count; i++)
		if (same_text(options->map[i].theirs, name))
			return (int)i;
	return -1;
}

/* All names that are known by being equal, found by hash: NDJSON asks for every key. */
struct known {
	const char *name;
	size_t length;
	int field, rank;
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
static void know(const char *name, size_t length, int field, int rank)
{
	struct known *slot = known_slot(name, length);
	if (!slot->name)
		*slot = (struct known){name, length, field, rank};
}

static void know_all(void)
{
	static char own[TW_COLUMN_COUNT][FOLDED];
	for (int column = 0; column < TW_COLUMN_COUNT; column++) {
		const char *name = tw_column_name((enum tw_column)column);
		size_t length = fold(own[column], (struct tw_text){name, strlen(name)});
		know(own[column], length, column, RANK_OWN);
	}
	for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
		int rank = RANK_ALIAS;
		for (const char *at = aliases[i].names; *at; rank++) {
			size_t length = strcspn(at, " ");
			know(at, length, aliases[i].field, rank);
			at += length;
			at += strspn(at, " ");
		}
	}
}

/* The meaning of a name that is ours or an alias, or NULL. */
static const struct known *find_known(struct tw_text name)
{
	char folded[FOLDED];
	size_t length = fold(folded, name);
	pthread_once(&known_once, know_all);
	const struct known *slot = known_slot(folded, length);
	return length && slot->name ? slot : NULL;
}

int columns_rank(struct tw_text name, int field, const struct columns_options *options)
{
	if (mapped(options, name) >= 0)
		return 0;
	const struct known *found = find_known(name);
	return found && found->field == field ? found->rank : RANK_NONE;
}

int columns_key(struct tw_text name, const struct columns_options *options)
{
	int map = mapped(options, name);
	if (map >= 0)
		return options->map[map].field;
	const struct known *found = find_known(name);
	return found ? found->field : FIELD_UNKNOWN;
}

size_t columns_score(const struct csv_row *row, const struct columns_options *options)
{
	size_t score = 0;
	for (size_t i = 0; i < row->count; i++) {
		int field = columns_key(csv_value(row->field[i]), options);
		score += field != FIELD_UNKNOWN;
	}
	return score;
}

static int fail(struct tw_error *error, const char *message)
{
	if (error) {
		*error = (struct tw_error){.code = TW_BAD_ARGUMENT};
		snprintf(error->message, sizeof error->message, "%s", message);
	}
	return TW_BAD_ARGUMENT;
}

static int copy_names(struct columns *columns, const struct csv_row *row)
{
	size_t size = 1;
	for (size_t i = 0; i < row->count; i++)
		size += row->field[i].length;
	columns->names = malloc(size);
	if (!columns->names)
		return TW_NO_MEMORY;
	char *to = columns->names;
	for (size_t i = 0; i < row->count; i++) {
		struct tw_text name = csv_value(row->field[i]);
		if (name.length)
			memcpy(to, name.at, name.length);
		columns->name[i] = (struct tw_text){to, name.length};
		to += name.length;
	}
	columns->count = row->count;
	return TW_OK;
}

/* Gives each field the best-ranked column whose name is --map's, ours or an equal alias. */
static void assign_equal(struct columns *columns, struct columns_options *options)
{
	int best[FIELD_COUNT];
	for (size_t i = 0; i < columns->count; i++) {
		int field = columns_key(columns->name[i], options);
		columns->field[i] = field;
		if (field >= FIELD_OTHER)
			continue;
		int rank = columns_rank(columns->name[i], field, options);
		int before = columns->at[field];
		if (before >= 0 && best[field] <= rank) {
			columns->field[i] = FIELD_OTHER;
			continue;
		}
		if (before >= 0)
			columns->field[before] = FIELD_OTHER;
		columns->at[field] = (int)i;
		best[field] = rank;
	}
}

/* What is still free, by aliases that stand inside a name; dates never. */
static void assign_within(struct columns *columns)
{
	char folded[FOLDED];
	for (size_t a = 0; a < sizeof aliases / sizeof *aliases; a++) {
		int field = aliases[a].field, best = -1;
		if (field >= FIELD_OTHER || columns->at[field] >= 0 || field == TW_COLUMN_ENTERED ||
		    field == TW_COLUMN_SHIPMENT || field == FIELD_ENTRY_LINE)
			continue;
		for (size_t i = 0; i < columns->count; i++) {
			if (columns->field[i] != FIELD_UNKNOWN)
				continue;
			fold(folded, columns->name[i]);
			int rank = alias_within(aliases[a].names, folded);
			if (rank < 0 || (best >= 0 && rank >= best) || strstr(folded, "unit"))
				continue;
			if (columns->at[field] >= 0)
				columns->field[columns->at[field]] = FIELD_UNKNOWN;
			columns->at[field] = (int)i;
			columns->field[i] = field;
			best = rank;
		}
	}
}

static int repeated_name(const struct columns *columns, struct tw_error *error)
{
	char message[256];
	for (size_t i = 0; i < columns->count; i++)
		for (size_t j = 0; j < i; j++)
			if (columns->name[i].length && columns->field[i] != FIELD_UNKNOWN &&
			    same_text(columns->name[i], columns->name[j])) {
				snprintf(message, sizeof message,
					 "the header names the column \"%.*s\" twice: name each "
					 "column once",
					 (int)(columns->name[i].length < 80
						   ? columns->name[i].length
						   : 80),
					 columns->name[i].at);
				return fail(error, message);
			}
	return TW_OK;
}

int columns_read(struct columns *columns, const struct csv_row *row,
		 struct columns_options *options, struct tw_error *error)
{
	*columns = (struct columns){0};
	for (int field = 0; field < FIELD_COUNT; field++)
		columns->at[field] = -1;
	if (copy_names(columns, row)) {
		fail(error, "no memory left for the header");
		return TW_NO_MEMORY;
	}
	for (size_t i = 0; i < columns->count; i++) {
		int map = mapped(options, columns->name[i]);
		if (map >= 0)
			options->map[map].used = true;
	}
	assign_equal(columns, options);
	assign_within(columns);
	char folded[FOLDED] = "";
	if (columns->at[FIELD_ENTRY_LINE] >= 0)
		fold(folded, columns->name[columns->at[FIELD_ENTRY_LINE]]);
	columns->is_es003 = columns->at[TW_COLUMN_SHIPMENT] >= 0 &&
			    !strcmp(folded, "entrysummarylinenumber") &&
			    columns->at[TW_COLUMN_HTS] >= 0;
	return repeated_name(columns, error);
}

void columns_free(struct columns *columns)
{
	free(columns->names);
	columns->names = NULL;
}

const char *const *columns_names(void)
{
	static const char *names[TW_COLUMN_COUNT];
	for (int column = 0; column < TW_COLUMN_COUNT; column++)
		names[column] = tw_column_name((enum tw_column)column);
	return names;
}

/* Letters to change, add, drop or swap; 99 where it is far. */
static unsigned distance(const char *a, size_t m, const char *b, size_t n)
{
	unsigned row[3][FOLDED];
	if (m >= FOLDED || n >= FOLDED)
		return 99;
	for (size_t j = 0; j <= n; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= m; i++) {
		unsigned *now = row[i % 3], *up = row[(i + 2) % 3], *two = row[(i + 1) % 3];
		now[0] = (unsigned)i;
		for (size_t j = 1; j <= n; j++) {
			unsigned least = up[j - 1] + (a[i - 1] != b[j - 1]);
			least = up[j] + 1 < least ? up[j] + 1 : least;
			least = now[j - 1] + 1 < least ? now[j - 1] + 1 : least;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    two[j - 2] + 1 < least)
				least = two[j - 2] + 1;
			now[j] = least;
		}
	}
	return row[m % 3][n];
}

const char *columns_nearest(const char *name, size_t length, const char *const *names, size_t count)
{
	char folded[FOLDED], other[FOLDED];
	const char *nearest = NULL;
	size_t size = fold(folded, (struct tw_text){name, length});
	unsigned best = size < 4 ? 2 : 3; /* further than this less one is not near */
	for (size_t i = 0; i < count; i++) {
		size_t n = fold(other, (struct tw_text){names[i], strlen(names[i])});
		unsigned far = distance(folded, size, other, n);
		if (far < best) {
			best = far;
			nearest = names[i];
		}
	}
	return nearest;
}

static int no_column(struct tw_text name, const char *option, struct tw_error *error)
{
	char message[256];
	int length = (int)(name.length < 80 ? name.length : 80);
	const char *nearest =
	    columns_nearest(name.at, name.length, columns_names(), TW_COLUMN_COUNT);
	if (nearest)
		snprintf(message, sizeof message,
			 "%s: there is no column \"%.*s\"; did you mean %s?", option, length,
			 name.at, nearest);
	else
		snprintf(message, sizeof message,
			 "%s: there is no column \"%.*s\"; see tidewaiter assess --help for the "
			 "columns",
			 option, length, name.at);
	return fail(error, message);
}

int columns_map(struct columns_options *options, const char *text, struct tw_error *error)
{
	const char *equals = strrchr(text, '=');
	if (!equals || equals == text || !equals[1])
		return fail(error, "--map needs THEIRS=OURS, as in --map \"HS6 Code=hts\"");
	if (options->map_count == COLUMNS_MAPS)
		return fail(error, "--map is given more than 64 times");
	struct tw_text ours = {equals + 1, strlen(equals + 1)};
	int column = tw_column_find(ours);
	if (column < 0)
		return no_column(ours, "--map", error);
	struct tw_text theirs = {text, (size_t)(equals - text)};
	for (size_t i = 0; i < options->map_count; i++)
		if (options->map[i].field == column || same_text(options->map[i].theirs, theirs))
			return fail(error, "--map: one of its columns is mapped twice");
	options->map[options->map_count].theirs = theirs;
	options->map[options->map_count].used = false;
	options->map[options->map_count++].field = column;
	return TW_OK;
}

int columns_set(struct columns_options *options, const char *text, struct tw_error *error)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals == text)
		return fail(error, "--set needs COLUMN=VALUE, as in --set into=US");
	struct tw_text name = {text, (size_t)(equals - text)};
	int column = tw_column_find(name);
	if (column < 0)
		return no_column(name, "--set", error);
	if (options->set[column].at)
		return fail(error, "--set: a column is set twice");
	options->set[column] = (struct tw_text){equals + 1, strlen(equals + 1)};
	return TW_OK;
}
