/* SPDX-License-Identifier: Apache-2.0 */
/* The extension as CREATE EXTENSION makes it. A later version adds tidewaiter--0.1.0--X.sql. */
\echo Use "CREATE EXTENSION tidewaiter" to load this file. \quit

/* Each type has the columns of the library's record of that name, in its order. */
CREATE TYPE tw_layer AS (
    kind text, program text, measure text, heading text, headings text[], rate text, "on" numeric,
    part text, amount numeric, over_base numeric, shipment_amount numeric, declared numeric,
    void boolean, confidence text, by text[]);

CREATE TYPE tw_exclusion AS (program text, "to" text, part text, heading text, by text[]);

CREATE TYPE tw_choice AS (
    claim text, "is" text, program text, measure text, heading text, rate text, amount numeric,
    relieved numeric, refundable numeric, void boolean, by text[]);

CREATE TYPE tw_fee AS (
    fee text, measure text, amount numeric, "on" numeric, shipment_amount numeric,
    shipment_on numeric, by text[]);

CREATE TYPE tw_tax AS (
    tax text, measure text, rate text, amount numeric, "on" numeric, by text[]);

CREATE TYPE tw_adcvd AS (
    "case" text, kind text, state text, product text, cite text, confidence text, claimed boolean,
    rate text, rate_by text, all_others boolean, deposit numeric);

CREATE TYPE tw_substance AS (
    substance text, name text, matched text, how text, field text, certainty text,
    conditions text, note text);

CREATE TYPE tw_control AS (
    substance text, jurisdiction text, list text, list_en text, code text, direction text,
    since text, until text, threshold text, requirement text, status text, undecided text,
    prohibited boolean, confidence text, by text[]);

CREATE TYPE tw_finding AS (
    id text, status text, lane text, reason text, "column" text, text text, "into" text, hts text,
    origin text, entered timestamptz, entry_type text, currency text, duty numeric,
    additional numeric, relieved numeric, refundable numeric, refundable_computed numeric,
    rate text, duty_least numeric, least_code text, duty_greatest numeric, greatest_code text,
    fees numeric, taxes numeric, layers tw_layer[], excluded tw_exclusion[], choices tw_choice[],
    fee_lines tw_fee[], tax_lines tw_tax[], adcvd tw_adcvd[], adcvd_declared text,
    adcvd_deposit numeric, adcvd_incomplete text, eligible boolean, eligible_reason text,
    eligible_by text[],
    substances tw_substance[], controls tw_control[], missing text[], warnings text[],
    not_covered text[], changes_on timestamptz);

CREATE TYPE tw_figures AS (
    status text, lane text, duty numeric, additional numeric, relieved numeric,
    refundable numeric, fees numeric, taxes numeric, base numeric, rate numeric,
    changes_on timestamptz);

/*
 * One line, by its columns or as a row whose columns are called so. The law is that of the
 * library, and `today` is refused, so equal arguments have equal answers.
 */
CREATE FUNCTION tw_duty(
    hts "any", origin "any", entered "any", value "any",
    id "any" DEFAULT NULL, shipment "any" DEFAULT NULL, "into" "any" DEFAULT NULL,
    ship_from "any" DEFAULT NULL, via "any" DEFAULT NULL, imported "any" DEFAULT NULL,
    loaded "any" DEFAULT NULL, departed "any" DEFAULT NULL, it_date "any" DEFAULT NULL,
    channel "any" DEFAULT NULL, transport "any" DEFAULT NULL, entry_type "any" DEFAULT NULL,
    currency "any" DEFAULT NULL, retail_value "any" DEFAULT NULL, qty "any" DEFAULT NULL,
    unit "any" DEFAULT NULL, qty2 "any" DEFAULT NULL, unit2 "any" DEFAULT NULL,
    weight "any" DEFAULT NULL, claims "any" DEFAULT NULL, description "any" DEFAULT NULL,
    cas "any" DEFAULT NULL, smiles "any" DEFAULT NULL, inchikey "any" DEFAULT NULL,
    concentration "any" DEFAULT NULL, consignee "any" DEFAULT NULL, shipper "any" DEFAULT NULL,
    "order" "any" DEFAULT NULL)
    RETURNS tw_finding
    AS 'MODULE_PATHNAME', 'pg_call_duty' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

CREATE FUNCTION tw_duty(line record)
    RETURNS tw_finding
    AS 'MODULE_PATHNAME', 'pg_call_duty' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

CREATE FUNCTION tw_duty_json(
    hts "any", origin "any", entered "any", value "any",
    id "any" DEFAULT NULL, shipment "any" DEFAULT NULL, "into" "any" DEFAULT NULL,
    ship_from "any" DEFAULT NULL, via "any" DEFAULT NULL, imported "any" DEFAULT NULL,
    loaded "any" DEFAULT NULL, departed "any" DEFAULT NULL, it_date "any" DEFAULT NULL,
    channel "any" DEFAULT NULL, transport "any" DEFAULT NULL, entry_type "any" DEFAULT NULL,
    currency "any" DEFAULT NULL, retail_value "any" DEFAULT NULL, qty "any" DEFAULT NULL,
    unit "any" DEFAULT NULL, qty2 "any" DEFAULT NULL, unit2 "any" DEFAULT NULL,
    weight "any" DEFAULT NULL, claims "any" DEFAULT NULL, description "any" DEFAULT NULL,
    cas "any" DEFAULT NULL, smiles "any" DEFAULT NULL, inchikey "any" DEFAULT NULL,
    concentration "any" DEFAULT NULL, consignee "any" DEFAULT NULL, shipper "any" DEFAULT NULL,
    "order" "any" DEFAULT NULL)
    RETURNS jsonb
    AS 'MODULE_PATHNAME', 'pg_call_duty_json' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

CREATE FUNCTION tw_duty_json(line record)
    RETURNS jsonb
    AS 'MODULE_PATHNAME', 'pg_call_duty_json' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

CREATE FUNCTION tw_amounts(
    hts "any", origin "any", entered "any", value "any",
    id "any" DEFAULT NULL, shipment "any" DEFAULT NULL, "into" "any" DEFAULT NULL,
    ship_from "any" DEFAULT NULL, via "any" DEFAULT NULL, imported "any" DEFAULT NULL,
    loaded "any" DEFAULT NULL, departed "any" DEFAULT NULL, it_date "any" DEFAULT NULL,
    channel "any" DEFAULT NULL, transport "any" DEFAULT NULL, entry_type "any" DEFAULT NULL,
    currency "any" DEFAULT NULL, retail_value "any" DEFAULT NULL, qty "any" DEFAULT NULL,
    unit "any" DEFAULT NULL, qty2 "any" DEFAULT NULL, unit2 "any" DEFAULT NULL,
    weight "any" DEFAULT NULL, claims "any" DEFAULT NULL, description "any" DEFAULT NULL,
    cas "any" DEFAULT NULL, smiles "any" DEFAULT NULL, inchikey "any" DEFAULT NULL,
    concentration "any" DEFAULT NULL, consignee "any" DEFAULT NULL, shipper "any" DEFAULT NULL,
    "order" "any" DEFAULT NULL)
    RETURNS tw_figures
    AS 'MODULE_PATHNAME', 'pg_call_amounts' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

CREATE FUNCTION tw_amounts(line record)
    RETURNS tw_figures
    AS 'MODULE_PATHNAME', 'pg_call_amounts' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500;

CREATE FUNCTION tw_layers(
    hts "any", origin "any", entered "any", value "any",
    id "any" DEFAULT NULL, shipment "any" DEFAULT NULL, "into" "any" DEFAULT NULL,
    ship_from "any" DEFAULT NULL, via "any" DEFAULT NULL, imported "any" DEFAULT NULL,
    loaded "any" DEFAULT NULL, departed "any" DEFAULT NULL, it_date "any" DEFAULT NULL,
    channel "any" DEFAULT NULL, transport "any" DEFAULT NULL, entry_type "any" DEFAULT NULL,
    currency "any" DEFAULT NULL, retail_value "any" DEFAULT NULL, qty "any" DEFAULT NULL,
    unit "any" DEFAULT NULL, qty2 "any" DEFAULT NULL, unit2 "any" DEFAULT NULL,
    weight "any" DEFAULT NULL, claims "any" DEFAULT NULL, description "any" DEFAULT NULL,
    cas "any" DEFAULT NULL, smiles "any" DEFAULT NULL, inchikey "any" DEFAULT NULL,
    concentration "any" DEFAULT NULL, consignee "any" DEFAULT NULL, shipper "any" DEFAULT NULL,
    "order" "any" DEFAULT NULL)
    RETURNS SETOF tw_layer
    AS 'MODULE_PATHNAME', 'pg_call_layers' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500 ROWS 4;

CREATE FUNCTION tw_layers(line record)
    RETURNS SETOF tw_layer
    AS 'MODULE_PATHNAME', 'pg_call_layers' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 500 ROWS 4;

/*
 * All lines of a query, shipments joined. The query sees what the statement sees, and nothing of
 * it is cached; a rulebook is a file of the server.
 */
CREATE FUNCTION tw_assess(
    query text, daily_sum boolean DEFAULT false, strict_coverage boolean DEFAULT false,
    no_screen boolean DEFAULT false, restore_zeros boolean DEFAULT false,
    rulebook text DEFAULT NULL)
    RETURNS SETOF tw_finding
    AS 'MODULE_PATHNAME', 'pg_call_assess' LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 100000;

CREATE FUNCTION tw_assess_json(
    query text, daily_sum boolean DEFAULT false, strict_coverage boolean DEFAULT false,
    no_screen boolean DEFAULT false, restore_zeros boolean DEFAULT false,
    rulebook text DEFAULT NULL)
    RETURNS SETOF jsonb
    AS 'MODULE_PATHNAME', 'pg_call_assess_json' LANGUAGE C STABLE PARALLEL RESTRICTED COST 100000 ROWS 100000;
