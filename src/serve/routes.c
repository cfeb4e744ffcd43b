/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of routes and parameters: data alone. Parameters bear the names of columns and
 * options. */
#include "serve/route.h"

#include "serve/answers.h"

#define COLUMN(column_, about_, ...)                                                               \
	{                                                                                          \
		.about = about_, .column = TW_COLUMN_##column_ + 1, __VA_ARGS__                    \
	}

static const char *const channels[] = {"commercial", "express", "postal", NULL};
static const char *const transports[] = {"air", "vessel", "truck", "rail", NULL};
static const char *const orders[] = {"mdy", "dmy", "ymd", NULL};
static const char *const marks[] = {"point", "comma", NULL};
static const char *const every_step[] = {"step", "day", "week", "month", NULL};
static const char *const every_year[] = {"year", "fiscal-year", "month", NULL};
static const char *const forms_all[] = {"json", "ndjson", "csv", NULL};
static const char *const forms_timeline[] = {"json", "ndjson", "csv", "svg", NULL};
static const char *const forms_record[] = {"json", "ndjson", "csv", NULL};
static const char *const forms_svg[] = {"json", "ndjson", "csv", "svg", NULL};
static const char *const payees[] = {"corporation", "other", NULL};
static const char *const forms_json[] = {"json", NULL};
static const char *const forms_rows[] = {"ndjson", "csv", NULL};
static const char *const forms_refund[] = {"ndjson", NULL};

/* What a line is, but for the time of its entry. */
static const struct param goods[] = {
    COLUMN(HTS, "tariff code, 6, 8 or 10 digits, with or without dots", .name = "hts",
	   .example = "6109.10.00.12"),
    COLUMN(ORIGIN, "country of origin", .name = "origin", .kind = PARAM_COUNTRY, .example = "CN"),
    COLUMN(VALUE, "customs value", .name = "value", .example = "54"),
    COLUMN(INTO, "country of import; default US", .name = "into", .kind = PARAM_COUNTRY),
    COLUMN(SHIP_FROM, "country of export", .name = "ship_from", .kind = PARAM_COUNTRY),
    COLUMN(VIA, "country of transit", .name = "via", .kind = PARAM_COUNTRY),
    COLUMN(IMPORTED, "arrival in the country of import", .name = "imported", .kind = PARAM_TIME),
    COLUMN(LOADED, "loading at the foreign port", .name = "loaded", .kind = PARAM_TIME),
    COLUMN(DEPARTED, "departure from the foreign port", .name = "departed", .kind = PARAM_TIME),
    COLUMN(IT_DATE, "acceptance of the immediate-transportation entry", .name = "it_date",
	   .kind = PARAM_TIME),
    COLUMN(CHANNEL, "channel; default commercial", .name = "channel", .kind = PARAM_CHOICE,
	   .choices = channels),
    COLUMN(TRANSPORT, "means of transport", .name = "transport", .kind = PARAM_CHOICE,
	   .choices = transports),
    COLUMN(ENTRY_TYPE, "01, 11, 21...; default: what the law requires", .name = "entry_type"),
    COLUMN(CURRENCY, "currency of the value; into the US dollars", .name = "currency"),
    COLUMN(RETAIL_VALUE, "fair retail value; default: the value", .name = "retail_value"),
    COLUMN(QTY, "quantity, for specific duties", .name = "qty"),
    COLUMN(UNIT, "its unit, as in the schedule: kg, No., doz.", .name = "unit"),
    COLUMN(QTY2, "second quantity", .name = "qty2"),
    COLUMN(UNIT2, "its unit", .name = "unit2"),
    COLUMN(WEIGHT, "25kg, 500g: for thresholds", .name = "weight"),
    {.name = "claim",
     .about = "what the declarant claims or states: usmca=yes, steel_value=4000; may be repeated",
     .many = true,
     .example = "usmca=no"},
    {.name = "claims", .about = "the same, several separated by semicolons", .many = true},
    COLUMN(DESCRIPTION, "description of the goods", .name = "description"),
    COLUMN(CAS, "CAS number", .name = "cas"),
    COLUMN(SMILES, "structure of a chemical", .name = "smiles"),
    COLUMN(INCHIKEY, "InChIKey of a chemical", .name = "inchikey"),
    COLUMN(CONCENTRATION, "concentration of the chemical in a mixture", .name = "concentration"),
    COLUMN(ID, "your reference", .name = "id"),
    COLUMN(SHIPMENT, "shipment it belongs to", .name = "shipment"),
    COLUMN(CONSIGNEE, "consignee", .name = "consignee"),
    COLUMN(SHIPPER, "shipper", .name = "shipper"),
    COLUMN(ORDER, "order it belongs to", .name = "order"),
    COLUMN(IMPORTER, "importer, by number or name", .name = "importer"),
    COLUMN(CONSIGNEE_ID, "number of the consignee", .name = "consignee_id"),
    COLUMN(CONSIGNEE_ADDRESS, "address of the consignee", .name = "consignee_address"),
    COLUMN(CONSIGNEE_PHONE, "telephone number of the consignee", .name = "consignee_phone"),
    COLUMN(SHIPPER_ADDRESS, "address of the shipper", .name = "shipper_address"),
    COLUMN(SELLER, "who sells, where it is not the shipper", .name = "seller"),
    COLUMN(BUYER, "who buys, where it is not the consignee", .name = "buyer"),
    {.name = "date-format",
     .about = "order of day, month and year in dates such as 5/2/2025; default: month first with "
	      "slashes, day first with dots",
     .kind = PARAM_CHOICE,
     .choices = orders},
};

static const struct param entry[] = {
    COLUMN(ENTERED, "time of entry: a day, or a local time", .name = "on", .kind = PARAM_TIME,
	   .example = "2025-05-02"),
    COLUMN(ENTERED, "the same as on", .name = "entered", .kind = PARAM_TIME),
};

static const struct param duty[] = {
    {.name = "format",
     .about = "form of the answer, in place of the header Accept",
     .kind = PARAM_CHOICE,
     .choices = forms_all},
    {.name = "fields",
     .about = "only these columns (csv) or members (json), separated by commas; amount is the duty",
     .example = "duty"},
    {.name = "header",
     .about = "csv: whether the first row names the columns; default: yes, but no where one field "
	      "is asked for",
     .kind = PARAM_FLAG},
    {.name = "restore-zeros",
     .about = "restore the leading zero that a spreadsheet removed from codes",
     .kind = PARAM_FLAG},
    {.name = "strict-coverage",
     .about = "refuse days after the last day covered",
     .kind = PARAM_FLAG},
    {.name = "no-screen", .about = "do not screen for controlled chemicals", .kind = PARAM_FLAG},
};

/* How a body of lines is read. */
static const struct param reading[] = {
    {.name = "map", .about = "their column name is our column name: THEIRS=OURS", .many = true},
    {.name = "set", .about = "one value for all lines: COLUMN=VALUE", .many = true},
    {.name = "profile", .about = "read as a built-in profile has it: shopify, es-003"},
    {.name = "sheet", .about = "the sheet of a workbook, by name or number; default: the first"},
    {.name = "date-format",
     .about = "order of day, month and year in dates such as 5/2/2025",
     .kind = PARAM_CHOICE,
     .choices = orders},
    {.name = "decimal",
     .about = "decimal mark; default: determined from the first lines",
     .kind = PARAM_CHOICE,
     .choices = marks},
    {.name = "fx", .about = "convert values in that currency: EUR=1.0823", .many = true},
    {.name = "restore-zeros",
     .about = "restore the leading zero that a spreadsheet removed from codes",
     .kind = PARAM_FLAG},
    {.name = "strict-coverage",
     .about = "refuse days after the last day covered",
     .kind = PARAM_FLAG},
};

static const struct param assess[] = {
    {.name = "format",
     .about = "form of the answers, in place of the header Accept; default: that of the request",
     .kind = PARAM_CHOICE,
     .choices = forms_all},
    {.name = "daily-sum",
     .about = "add up goods admitted free by consignee and local date of entry",
     .kind = PARAM_FLAG},
    {.name = "monthly-sum",
     .about = "decide thresholds of chemicals that run over a calendar month on the sum of one "
	      "person",
     .kind = PARAM_FLAG},
    {.name = "keep",
     .about = "json, ndjson: carry members that are not read through to the answers",
     .kind = PARAM_FLAG},
    {.name = "only-answers", .about = "csv: omit the input columns", .kind = PARAM_FLAG},
    {.name = "titles",
     .about = "json, ndjson: say what each program is called",
     .kind = PARAM_FLAG},
    {.name = "spreadsheet-safe",
     .about = "csv: put an apostrophe before cells that begin with = + - @",
     .kind = PARAM_FLAG},
    {.name = "fields", .about = "only these columns or members, separated by commas"},
    {.name = "no-screen", .about = "do not screen for controlled chemicals", .kind = PARAM_FLAG},
    {.name = "stream",
     .about = "answers go out while the lines come in, for those who read while they send; what is "
	      "wrong later ends the answer before its last chunk",
     .kind = PARAM_FLAG},
};

static const struct param compare[] = {
    {.name = "with",
     .about = "a scenario of the program; may be repeated, each is compared by itself",
     .needed = true,
     .many = true,
     .example = "geneva-lapses"},
    {.name = "lines",
     .about = "each line under both laws, in place of the sums",
     .kind = PARAM_FLAG},
    {.name = "spreadsheet-safe",
     .about = "csv: put an apostrophe before cells that begin with = + - @",
     .kind = PARAM_FLAG},
    {.name = "format", .about = "form of the answer", .kind = PARAM_CHOICE, .choices = forms_rows},
};

static const struct param patterns[] = {
    {.name = "format", .about = "form of the answer", .kind = PARAM_CHOICE, .choices = forms_rows},
};

static const struct param timeline[] = {
    {.name = "from",
     .about = "where it begins; default: the first day that the law covers",
     .kind = PARAM_TIME},
    {.name = "until",
     .about = "where it ends, that day included; default: today",
     .kind = PARAM_TIME},
    {.name = "every",
     .about = "step: whenever the answer changes; day, week, month: at noon of each",
     .kind = PARAM_CHOICE,
     .choices = every_step},
    {.name = "one-code",
     .about = "keep to the code as it is written, where its number changed",
     .kind = PARAM_FLAG},
    {.name = "origins", .about = "several countries of origin, as in CN,MX,CA"},
    {.name = "with",
     .about = "the law with this scenario of the program laid over it: geneva-lapses"},
    {.name = "spreadsheet-safe",
     .about = "csv: put an apostrophe before cells that begin with = + - @",
     .kind = PARAM_FLAG},
    {.name = "format",
     .about = "form of the answer",
     .kind = PARAM_CHOICE,
     .choices = forms_timeline},
};

static const struct param drawing[] = {
    {.name = "smiles",
     .about = "the structure, as SMILES of at most 200 atoms",
     .needed = true,
     .example = "O=C1CCNCC1"},
};

static const struct param substances[] = {
    {.name = "q",
     .about = "a name in any language, a CAS or UN number, an InChIKey or a SMILES",
     .needed = true,
     .example = "4-piperidone"},
    {.name = "on", .about = "day of entry; default: today", .kind = PARAM_DAY},
    {.name = "from", .about = "country of export", .kind = PARAM_COUNTRY},
    {.name = "into", .about = "country of import", .kind = PARAM_COUNTRY},
    {.name = "via",
     .about = "country of transit; may be repeated",
     .kind = PARAM_COUNTRY,
     .many = true},
    {.name = "weight", .about = "25kg, 500g, 200L: for thresholds"},
    {.name = "concentration", .about = "of the substance in a mixture, in percent"},
    {.name = "format", .about = "form of the answer", .kind = PARAM_CHOICE, .choices = forms_json},
};

static const struct param codes[] = {
    {.name = "q",
     .about = "words of a description, or a code of 2 to 10 digits; none: the chapters",
     .example = "cotton t-shirts"},
    {.name = "on", .about = "codes in force on that day; default: today", .kind = PARAM_DAY},
    {.name = "origin",
     .about = "the chapter 99 headings that then apply to products of this country",
     .kind = PARAM_COUNTRY},
    {.name = "limit",
     .about = "maximum number of codes; default 20 when searching by words, all when browsing"},
    {.name = "format", .about = "form of the answer", .kind = PARAM_CHOICE, .choices = forms_all},
};

static const struct param law_on[] = {
    {.name = "on",
     .about = "in force on that day, or at that instant; default: today",
     .kind = PARAM_TIME,
     .example = "2025-05-02"},
    {.name = "until",
     .about = "in force at any time from then to this day, counted too",
     .kind = PARAM_DAY},
};

static const struct param law_between[] = {
    {.name = "from", .about = "the first day", .kind = PARAM_DAY, .example = "2025-04-09"},
    {.name = "until", .about = "the last day, counted too; default: the first", .kind = PARAM_DAY},
    {.name = "announced",
     .about = "in place of both: what became known on that day, whenever it takes effect, and what "
	      "it comes to",
     .kind = PARAM_DAY},
};

static const struct param law_measures[] = {
    {.name = "into", .about = "imports into this country", .kind = PARAM_COUNTRY},
    {.name = "origin", .about = "products of this country", .kind = PARAM_COUNTRY},
    {.name = "hts", .about = "a tariff code of 2 to 10 digits"},
    {.name = "program", .about = "a program, or a pattern: us.ieepa.*"},
    {.name = "kind", .about = "duty, exemption, entry, fee or prohibition"},
    {.name = "format", .about = "form of the answer", .kind = PARAM_CHOICE, .choices = forms_json},
};

static const struct param law_acts[] = {
    {.name = "q",
     .about = "words of an act's id, title, kind or citation; none: all acts",
     .example = "reciprocal"},
    {.name = "format", .about = "form of the answer", .kind = PARAM_CHOICE, .choices = forms_json},
};

static const struct param record[] = {
    {.name = "since", .about = "from this day, month or year on"},
    {.name = "until", .about = "up to this day, month or year, counted too"},
    {.name = "format",
     .about = "form of the answer",
     .kind = PARAM_CHOICE,
     .choices = forms_record},
};

static const struct param events[] = {
    {.name = "about", .about = "a word of the event", .example = "piperidone"},
    {.name = "actor", .about = "who acted", .example = "CN"},
};

static const struct param series[] = {
    {.name = "name", .about = "a series; may be repeated; none: the list of all", .many = true},
    {.name = "every",
     .about = "figures of these periods alone",
     .kind = PARAM_CHOICE,
     .choices = every_year},
    {.name = "with-events", .about = "svg: mark events", .kind = PARAM_FLAG},
    {.name = "since", .about = "from this day, month or year on"},
    {.name = "until", .about = "up to this day, month or year, counted too"},
    {.name = "format", .about = "form of the answer", .kind = PARAM_CHOICE, .choices = forms_svg},
};

static const struct param news[] = {
    {.name = "format",
     .about = "form of the answer",
     .kind = PARAM_CHOICE,
     .choices = forms_record},
};

static const struct param refund[] = {
    {.name = "as-of", .about = "the day of filing; default: today", .kind = PARAM_DAY},
    {.name = "interest-to", .about = "the day to which interest runs", .kind = PARAM_DAY},
    {.name = "payee",
     .about = "whose rate of interest applies; default corporation",
     .kind = PARAM_CHOICE,
     .choices = payees},
    {.name = "fact",
     .about = "what holds for every entry: drawback=no; may be repeated",
     .many = true},
    {.name = "format",
     .about = "form of the answer",
     .kind = PARAM_CHOICE,
     .choices = forms_refund},
};

#define GROUP(table)                                                                               \
	{                                                                                          \
		table, sizeof(table) / sizeof *(table)                                             \
	}
#define LINES (FORM_BIT(FORM_JSON) | FORM_BIT(FORM_NDJSON) | FORM_BIT(FORM_CSV))
#define ROWS (FORM_BIT(FORM_NDJSON) | FORM_BIT(FORM_CSV))

const struct route routes[] = {
    {.method = "GET",
     .path = "/v1/duty",
     .operation = "duty",
     .summary = "What is due on one line of goods, and why",
     .about = "A line that is refused is answered with 422 and the finding as a member of the "
	      "problem.",
     .params = {GROUP(goods), GROUP(entry), GROUP(duty)},
     .answers = LINES,
     .schema = "finding",
     .how = ROUTE_NOW,
     .answer = answer_duty},
    {.method = "POST",
     .path = "/v1/assess",
     .operation = "assess",
     .summary = "Findings on lines of goods, in their order",
     .about = "The body is a JSON object or an array of objects, NDJSON, CSV whose first row names "
	      "the columns, or a workbook; also as gzip or zstd. Lines that cannot be read are "
	      "refused, the others are answered.",
     .params = {GROUP(reading), GROUP(assess)},
     .answers = LINES,
     .bodies = LINES | FORM_BIT(FORM_XLSX),
     .schema = "finding",
     .how = ROUTE_STREAM,
     .answer = answer_assess},
    {.method = "POST",
     .path = "/v1/columns",
     .operation = "columns",
     .summary = "What each column of a file is read as, with its first values",
     .about = "The body is that of /v1/assess; its first lines are enough.",
     .params = {GROUP(reading)},
     .answers = FORM_BIT(FORM_JSON),
     .bodies = LINES | FORM_BIT(FORM_XLSX),
     .schema = "columns",
     .how = ROUTE_STREAM,
     .answer = answer_columns},
    {.method = "POST",
     .path = "/v1/compare",
     .operation = "compare",
     .summary = "What a change of the law comes to on lines of goods",
     .about = "The body is that of /v1/assess.",
     .params = {GROUP(compare), GROUP(reading)},
     .answers = ROWS,
     .bodies = LINES | FORM_BIT(FORM_XLSX),
     .schema = "compare",
     .how = ROUTE_STREAM,
     .answer = answer_compare},
    {.method = "POST",
     .path = "/v1/patterns",
     .operation = "patterns",
     .summary = "What is seen across lines: sums, routes, parts",
     .about = "The body is that of /v1/assess. Lines that are refused are not looked at; how many "
	      "they are is said by the header Tidewaiter-Refused.",
     .params = {GROUP(patterns), GROUP(reading)},
     .answers = ROWS,
     .bodies = LINES | FORM_BIT(FORM_XLSX),
     .schema = "patterns",
     .how = ROUTE_STREAM,
     .answer = answer_patterns},
    {.method = "GET",
     .path = "/v1/timeline",
     .operation = "timeline",
     .summary = "How the duty on a line moved with the day of entry, and by which acts",
     .about = "Without a value the rates are those of a value of 10000.",
     .params = {GROUP(goods), GROUP(timeline)},
     .answers = LINES | FORM_BIT(FORM_SVG),
     .schema = "timeline",
     .how = ROUTE_THREAD,
     .answer = answer_timeline},
    {.method = "POST",
     .path = "/v1/timeline/with",
     .operation = "timelineWith",
     .summary = "The same under a scenario of one's own",
     .about =
	 "The body is the text of a scenario, as docs/law-format-scenarios.md has it; it is laid "
	 "over the law for this answer, and forgotten.",
     .params = {GROUP(goods), GROUP(timeline)},
     .answers = LINES | FORM_BIT(FORM_SVG),
     .bodies = FORM_BIT(FORM_YAML),
     .schema = "timeline",
     .how = ROUTE_STREAM,
     .answer = answer_timeline},
    {.method = "GET",
     .path = "/v1/scenarios",
     .operation = "scenarios",
     .summary = "The scenarios of the program, by name and title",
     .answers = FORM_BIT(FORM_JSON),
     .how = ROUTE_NOW,
     .answer = answer_scenarios},
    {.method = "GET",
     .path = "/v1/substances",
     .operation = "substances",
     .summary = "What a chemical is, and who controls it on a day and a route",
     .about = "A name that is not known is answered with 404 and the answer as a member of the "
	      "problem.",
     .params = {GROUP(substances)},
     .answers = FORM_BIT(FORM_JSON),
     .schema = "substance",
     .how = ROUTE_THREAD,
     .answer = answer_substances},
    {.method = "GET",
     .path = "/v1/drawing",
     .operation = "drawing",
     .summary = "A structure as a picture",
     .about = "In the colour of the text around it (currentColor), without style or script. 501 "
	      "where no structures are drawn.",
     .params = {GROUP(drawing)},
     .answers = FORM_BIT(FORM_SVG),
     .how = ROUTE_THREAD,
     .answer = answer_drawing},
    {.method = "GET",
     .path = "/v1/codes",
     .operation = "codes",
     .summary = "Tariff codes by words, and the tree around a code",
     .about = "Where nothing is found, JSON has the reason as hint. It classifies nothing.",
     .params = {GROUP(codes)},
     .answers = LINES,
     .schema = "code",
     .how = ROUTE_THREAD,
     .answer = answer_codes},
    {.method = "GET",
     .path = "/v1/law/list",
     .operation = "lawList",
     .summary = "The measures in force on a day",
     .params = {GROUP(law_on), GROUP(law_measures)},
     .answers = FORM_BIT(FORM_JSON),
     .schema = "law-list",
     .how = ROUTE_THREAD,
     .answer = answer_law_list},
    {.method = "GET",
     .path = "/v1/law/diff",
     .operation = "lawDiff",
     .summary = "What changes in the law between two days",
     .params = {GROUP(law_between), GROUP(law_measures)},
     .answers = FORM_BIT(FORM_JSON),
     .schema = "law-diff",
     .how = ROUTE_THREAD,
     .answer = answer_law_diff},
    {.method = "GET",
     .path = "/v1/law/acts",
     .operation = "lawActs",
     .summary = "Legal acts by words of their titles",
     .params = {GROUP(law_acts)},
     .answers = FORM_BIT(FORM_JSON),
     .how = ROUTE_NOW,
     .answer = answer_acts},
    {.method = "GET",
     .path = "/v1/law/acts/{id}",
     .operation = "lawAct",
     .summary = "A legal act that answers cite",
     .answers = FORM_BIT(FORM_JSON),
     .how = ROUTE_NOW,
     .answer = answer_act},
    {.method = "GET",
     .path = "/v1/events",
     .operation = "events",
     .summary = "Talks, orders, rulings and what was done, by day",
     .params = {GROUP(events), GROUP(record)},
     .answers = LINES,
     .schema = "record",
     .how = ROUTE_THREAD,
     .answer = answer_events},
    {.method = "GET",
     .path = "/v1/series",
     .operation = "series",
     .summary = "What was counted, and the figures of a series",
     .params = {GROUP(series)},
     .answers = LINES | FORM_BIT(FORM_SVG),
     .schema = "record",
     .how = ROUTE_THREAD,
     .answer = answer_series},
    {.method = "GET",
     .path = "/v1/news",
     .operation = "news",
     .summary = "Claims of the news, and what law and figures say of them",
     .params = {GROUP(news)},
     .answers = LINES,
     .schema = "record",
     .how = ROUTE_THREAD,
     .answer = answer_news},
    {.method = "POST",
     .path = "/v1/refund",
     .operation = "refund",
     .summary = "What can be had back on entries",
     .about = "The body is CSV, a row a duty paid on an entry. Faults of rows stand behind the "
	      "answers, an object each.",
     .params = {GROUP(refund)},
     .answers = FORM_BIT(FORM_NDJSON),
     .bodies = FORM_BIT(FORM_CSV),
     .schema = "refund",
     .how = ROUTE_STREAM,
     .answer = answer_refund},
    {.method = "GET",
     .path = "/v1/openapi.json",
     .operation = "openapi",
     .summary = "This description",
     .answers = FORM_BIT(FORM_JSON),
     .how = ROUTE_NOW,
     .answer = answer_openapi},
};
const size_t route_count = sizeof routes / sizeof *routes;
