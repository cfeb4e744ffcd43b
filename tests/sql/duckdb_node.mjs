// SPDX-License-Identifier: Apache-2.0
// The DuckDB extension within Node.
//
//     duckdb_node.mjs EXTENSION
//
// @duckdb/node-api is looked for in the folder NODE_FOLDER.
import { createRequire } from "node:module";

const require = createRequire(process.env.NODE_FOLDER + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
let passed = 0, failed = 0;

function check(holds, what, seen) {
  if (holds) passed++;
  else {
    failed++;
    console.log("FAIL", what, seen);
  }
}

const instance = await DuckDBInstance.create(":memory:", { allow_unsigned_extensions: "true" });
const connection = await instance.connect();
await connection.run(`LOAD '${process.argv[2]}'`);
const one = "hts: '6109100012', origin: 'CN', entered: DATE '2025-05-02', value: 54.00";

async function rows(text) {
  return (await connection.runAndReadAll(text)).getRowObjectsJson();
}

const duty = (await rows(`SELECT tw_duty({${one}}) AS d`))[0].d;
check(duty.duty === "91.2600" && duty.layers.length === 4, "the stack of a line", duty);
check(duty.layers[3].heading === "9903.01.63" && duty.layers[3].void === true, "its last layer",
  duty.layers);
check((await rows(`SELECT unnest(tw_assess([{${one}}, {${one}}]), max_depth := 2)`)).length === 2,
  "a list of lines");
const text = (await rows(`SELECT tw_duty_json({${one}}) AS t`))[0].t;
check(JSON.parse(text).duty.amount === "91.26", "a finding as text", text);
// A vector of more rows than one, with nulls.
const many = await rows("SELECT count(*) AS n, count(d.duty) AS known FROM (SELECT tw_duty({hts: " +
  "CASE WHEN range % 2 = 0 THEN '6109100012' END, origin: 'CN', entered: DATE '2025-05-02', " +
  "value: 54.00}) AS d FROM range(5000))");
check(many[0].n === "5000" && many[0].known === "2500", "many rows", many);
try {
  await rows(`SELECT tw_duty({${one}, colour: 'red'})`);
  check(false, "a column that is none");
} catch (error) {
  check(error.message.includes("`colour`"), "a column that is none is named", error.message);
}
connection.closeSync();
instance.closeSync();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
