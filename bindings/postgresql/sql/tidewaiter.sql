-- What the extension says, in the server's own tests: make installcheck.
CREATE EXTENSION tidewaiter;
\pset null NULL
SET timezone = 'America/New_York';
SET datestyle = 'German, DMY'; -- dates are read as they are, not as they are printed

-- One line, by place and by name.
SELECT (d).status, (d).lane, (d).duty, (d).refundable, (d).rate, (d).fees, (d).entered
FROM (SELECT tw_duty('6109100012', 'CN', DATE '2025-05-02', 54.00) AS d OFFSET 0) s;
SELECT (tw_duty('7318152000', 'DE', '2025-07-01', 10000, claims => 'steel_value=4000')).duty;
SELECT (tw_duty(hts => '7318152000', origin => 'Germany', entered => '2025-07-01'::timestamp,
                value => 10000::bigint, claims => '{"steel_value": 4000, "usmca": null}'::jsonb)).duty;
SELECT (tw_duty(6109100012, 'CN', '2025-05-02 04:01:00+00'::timestamptz, 54, "into" => 'US')).entered;

-- The stack.
SELECT kind, program, heading, rate, "on", amount, void, by
FROM tw_layers('6109100012', 'CN', DATE '2025-05-02', 54.00);
SELECT * FROM tw_amounts('6109100012', 'CN', DATE '2025-05-02', 54.00);
SELECT tw_duty_json('6109100012', 'CN', DATE '2025-05-02', 54.00) #>> '{duty,lines,3,amount}';

-- Rows.
CREATE TABLE parcels (id text, shipment text, hts text, origin char(2), entered date,
                      value numeric(12,2), channel varchar(10));
INSERT INTO parcels VALUES
    ('A1', 'S1', '6109100012', 'CN', '2025-05-02', 54.00, 'commercial'),
    ('A2', 'S1', '4202922000', 'VN', '2025-05-02', 3100.00, 'commercial'),
    ('A3', NULL, '0901210035', 'BR', '2025-09-01', 80.50, 'express'),
    ('A4', NULL, '9503000090', 'XX', '2025-09-01', 12.00, NULL);
ALTER TABLE parcels ADD COLUMN gone int;
ALTER TABLE parcels DROP COLUMN gone;
ALTER TABLE parcels ADD COLUMN weight numeric;
SELECT id, (tw_duty(p)).duty, (tw_duty(p)).text FROM parcels p ORDER BY id;
SELECT p.id, l.heading, l.amount FROM parcels p, tw_layers(p) l ORDER BY 1, 2;
SELECT tw_duty(NULL::parcels) IS NULL AS nothing;

-- A query, its shipments joined: the fee of S1 has one minimum.
SELECT id, status, duty, fees, f.shipment_amount
FROM tw_assess('TABLE parcels ORDER BY id') LEFT JOIN LATERAL unnest(fee_lines) f ON true
ORDER BY id, f.fee;
SELECT count(*), sum(duty) FROM tw_assess('SELECT * FROM parcels WHERE false');
SELECT json->>'id' AS id, json->>'status' AS status
FROM tw_assess_json('SELECT hts, origin, entered, value FROM parcels ORDER BY id', daily_sum => true) json;

-- What it says of itself.
SELECT proname, pronargs, provolatile, proparallel FROM pg_proc WHERE proname ~ '^tw_' ORDER BY 1, 2;
ALTER EXTENSION tidewaiter UPDATE;

-- Errors name the column, and the row or line.
SELECT tw_duty('6109100012', 'CN', DATE '2025-05-02', 54.0::float8);
SELECT tw_duty('6109100012', 'CN', 20250502, 54.0);
SELECT tw_duty('6109100012', 'CN', DATE '2025-05-02', 54.0, claims => true);
SELECT tw_duty('6109100012', 'CN', DATE 'infinity', 54.0, id => 'A9');
SELECT tw_duty('6109100012', 'CN', DATE '2025-05-02', 54.0, id => 'A9', claims => '{"usmca": [1]}'::jsonb);
SELECT tw_duty('6109100012', 'CN', DATE '2025-05-02', 54.0, claims => '{"usmca": "yes;x"}'::jsonb);
SELECT tw_duty(ROW('6109100012', 'CN'));
SELECT * FROM tw_assess('SELECT hts, origin, entered, value, id AS colour FROM parcels');
SELECT * FROM tw_assess('SELECT hts, hts FROM parcels');
SELECT * FROM tw_assess('SELECT hts, CASE id WHEN ''A2'' THEN date ''infinity'' ELSE entered END AS loaded FROM parcels ORDER BY id');
SELECT * FROM tw_assess('DELETE FROM parcels');
SELECT * FROM tw_assess('SELECT hts FROM no_such_table');
SELECT * FROM tw_assess('TABLE parcels', rulebook => '/nowhere/at/all');
CREATE ROLE tw_ordinary;
SET ROLE tw_ordinary;
SELECT * FROM tw_assess('SELECT 1 AS hts', rulebook => '/nowhere/at/all');
RESET ROLE;
DROP ROLE tw_ordinary;
SELECT (tw_duty('6109100012', 'CN', 'today', 54.0)).text;
SELECT count(*) AS parcels_left FROM parcels;

-- An expression that is immutable may stand in an index; answers are the same in parallel.
CREATE INDEX ON parcels (((tw_amounts(hts, origin, entered, value)).duty));
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
CREATE TABLE many AS SELECT n AS id, '6109100012'::text AS hts, date '2025-05-02' + n % 300 AS entered
    FROM generate_series(1, 5000) n;
EXPLAIN (COSTS OFF) SELECT sum((tw_amounts(hts, 'CN', entered, 54)).duty) FROM many;
SELECT sum((tw_amounts(hts, 'CN', entered, 54)).duty) FROM many;
SET max_parallel_workers_per_gather = 0;
SELECT sum((tw_amounts(hts, 'CN', entered, 54)).duty) FROM many;
DROP TABLE many, parcels;
DROP EXTENSION tidewaiter;
