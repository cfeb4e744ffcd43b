// SPDX-License-Identifier: Apache-2.0
/* page.mjs PROGRAM ROOT SHOTS PACKAGES [VIEW...]: the page in a browser, as people use it: each view, an error, the keyboard
 * alone, a phone, light and dark; no request to another place, nothing serious from axe. Pictures of what
 * was seen go to the folder SHOTS. With names of pictures, those alone. Started by make check-page. */
import {spawn} from "node:child_process";
import {mkdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import path from "node:path";
import {gzipSync} from "node:zlib";

const [program, root, shots, packages, ...only] = process.argv.slice(2);
const require = createRequire(path.resolve(packages) + "/");
const {chromium} = require("playwright-core");
const axe = require("@axe-core/playwright");
const AxeBuilder = axe.default || axe.AxeBuilder;
let passed = 0, failed = 0;

function check(holds, what, seen) {
  if (holds) { passed++; return; }
  failed++;
  console.log("FAIL", what, seen === undefined ? "" : JSON.stringify(seen).slice(0, 600));
}

function serve() {
  const server = spawn(program, ["serve", "--port", "0", "--quiet"], {stdio: ["ignore", "ignore", "pipe"]});
  process.on("exit", () => server.kill());
  return new Promise((done, lost) => {
    let text = "";
    server.stderr.on("data", (piece) => {
      text += piece;
      const found = /listening on (http:\S+)/.exec(text);
      if (found) done(found[1]);
    });
    server.on("exit", () => lost(new Error(text)));
  });
}

const DESK = {width: 1280, height: 800}, PHONE = {width: 390, height: 844}, SMALL = {width: 320, height: 640};

/* A page of its own; what it asks elsewhere and what breaks in it are failures. */
async function look(browser, base, name, size, scheme, go) {
  if (only.length && !only.includes(name)) return;
  const context = await browser.newContext({viewport: size, colorScheme: scheme});
  const page = await context.newPage(), outside = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) outside.push(request.url());
  });
  page.on("pageerror", (error) => check(false, `${name}: the script`, error.message));
  try {
    await go(page);
    await page.screenshot({path: `${shots}/${name}.png`, fullPage: true});
    check(!outside.length, `${name} asks nobody else`, outside);
    check(!await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), `${name} fits its window`);
    const found = (await new AxeBuilder({page}).analyze()).violations.filter((one) => /serious|critical/.test(one.impact));
    check(!found.length, `${name}: accessible`, found.map((one) => [one.id, one.nodes[0].html]));
  } catch (error) {
    check(false, name, error.message);
  }
  await context.close();
}

/* 4-Piperidone as an editor of structures has it. */
const PIPERIDONE = `
  drawn

  7  7  0  0  0  0  0  0  0  0999 V2000
    0.0000    1.5000    0.0000 O   0  0
    0.0000    0.5000    0.0000 C   0  0
    0.8660    0.0000    0.0000 C   0  0
    0.8660   -1.0000    0.0000 C   0  0
    0.0000   -1.5000    0.0000 N   0  0
   -0.8660   -1.0000    0.0000 C   0  0
   -0.8660    0.0000    0.0000 C   0  0
  1  2  2  0
  2  3  1  0
  3  4  1  0
  4  5  1  0
  5  6  1  0
  6  7  1  0
  7  2  1  0
M  END
`;

const totals = (page) => page.$$eval(".total", (all) => all.map((one) => one.textContent));

async function main() {
  mkdirSync(shots, {recursive: true});
  const base = await serve();
  const browser = await chromium.launch({executablePath: "/usr/bin/chromium", args: ["--no-sandbox"]});
  const open = (address) => async (page) => { await page.goto(base + address); await page.waitForSelector(".total, #error:not([hidden])"); };
  await look(browser, base, "ask", DESK, "light", async (page) => {
    const parts = [];
    page.on("response", (response) => parts.push(response.body().catch(() => Buffer.alloc(0))));
    await page.goto(base);
    await page.waitForSelector("article:nth-child(2)");
    const packed = (await Promise.all(parts)).reduce((sum, body) => sum + gzipSync(body).length, 0);
    check(packed > 10000 && packed < 100000, "the first view is under 100 KB", packed);
    check((await totals(page))[1] === "$91.26", "the shirt of 2 May 2025", await totals(page));
    await page.waitForSelector("#ask-steps:not([hidden])");
    await page.click("article:nth-child(2) summary");
    await page.waitForSelector("details[open] a");
    await page.fill("[name=value]", "108");
    await page.press("[name=value]", "Enter");
    await page.waitForFunction(() => document.querySelectorAll(".total")[1]?.textContent === "$182.52");
    check(page.url().includes("value=108"), "the address follows", page.url());
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll(".total")[1]?.textContent === "$91.26");
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll(".total")[1]?.textContent === "$91.26");
  });
  await look(browser, base, "ask-phone", PHONE, "dark", open("?hts=7318.15.20&origin=DE&value=10000&on=2025-07-01&claims=steel_value%3D4000"));
  await look(browser, base, "chemical-phone", PHONE, "light", async (page) => {
    await open("?hts=2933.39.92.00&origin=CN&into=MX&value=900&on=2025-08-01&description=4-piperidone+hydrochloride&weight=25kg")(page);
    check((await page.textContent(".controls")).includes("MOFCOM"), "the licence is named");
  });
  await look(browser, base, "ask-error", SMALL, "light", async (page) => {
    await open("?hts=6109.10.00.12&origin=CN&value=abc&on=2025-08-01")(page);
    check((await page.textContent("#error")).includes("is not an amount"), "what is wrong is said");
    check(await page.getAttribute("[name=value]", "aria-invalid") === "true", "the field is marked");
  });
  await look(browser, base, "ask-words", DESK, "dark", async (page) => {
    await open("?hts=6109.10.00.12&origin=CN&value=54&on=2025-05-02")(page);
    await page.fill("[name=hts]", "cotton t-shirts");
    await page.press("[name=hts]", "Enter");
    await page.waitForSelector("#found button");
    await page.waitForTimeout(100);
  });
  await look(browser, base, "over-time", DESK, "light", async (page) => {
    await page.goto(base + "?view=over-time&hts=6109.10.00.12&origins=CN,VN&from=2025-01-01&with=geneva-lapses");
    await page.waitForSelector("#steps:not([hidden]) .what-if", {timeout: 25000});
    await page.hover("#steps-chart svg", {position: {x: 300, y: 100}});
    check(/CN/.test(await page.textContent("#steps-read")), "the day is read out");
    await page.fill("#steps-day", "121");
    check(/2 May 2025[^]*169%/.test(await page.textContent("#steps-read")), "2 May 2025", await page.textContent("#steps-read"));
    await page.focus("#steps-day");
    await page.keyboard.press("ArrowRight");
    check((await page.textContent("#steps-read")).includes("3 May 2025"), "the next day by the keyboard");
    await page.focus(".mark-of >> nth=0");
    await page.keyboard.press("Enter");
    check((await page.textContent("#steps-marks details[open]")).includes("EO-14195"), "a mark opens");
    for (const kind of ["svg", "png"]) {
      const [file] = await Promise.all([page.waitForEvent("download"), page.click(`#steps-${kind}`)]);
      check(readFileSync(await file.path()).subarray(0, 4).toString("latin1") === (kind === "svg" ? "<svg" : "\x89PNG"), `the picture as ${kind}`);
    }
    await page.reload();
    await page.waitForSelector("#steps:not([hidden]) .what-if");
  });
  await look(browser, base, "over-time-own", DESK, "dark", async (page) => {
    const own = readFileSync(path.join(root, "scenarios/geneva-lapses.yaml"), "utf8").replace(/^title:.*/m, "title: A rate of my own");
    await page.goto(base + "?view=over-time&hts=6109.10.00.12&origins=CN");
    await page.waitForSelector("#steps:not([hidden])");
    await page.click("#own summary");
    await page.fill("#own-text", "scenario: x\ntitle: y\nchanges:\n  - nonsense: 1\n");
    await page.click("#own-show");
    await page.waitForFunction(() => /line 4/.test(document.getElementById("over-time-error").textContent));
    await page.setInputFiles("#own-file", {name: "own.yaml", mimeType: "text/yaml", buffer: Buffer.from(own)});
    await page.waitForSelector("#steps:not([hidden]) .what-if");
    check((await page.textContent("#steps-key")).includes("A rate of my own"), "its title", await page.textContent("#steps-key"));
    await page.reload();
    await page.waitForSelector("#steps:not([hidden]) .what-if");
  });
  await look(browser, base, "over-time-phone", PHONE, "dark", async (page) => {
    await page.goto(base + "?view=over-time");
    await page.waitForSelector("#steps:not([hidden]) .edge");
  });
  await look(browser, base, "over-time-error", SMALL, "light", async (page) => {
    await page.goto(base + "?view=over-time&hts=6109.10.00.12&origins=ZZ");
    await page.waitForSelector("#over-time-error:not([hidden])");
  });
  await look(browser, base, "substance", DESK, "light", async (page) => {
    await page.goto(base + "?view=substance");
    await page.waitForSelector("#substance-answers .controls");
    check(/MOFCOM/.test(await page.textContent("#substance-answers")), "the licence on the route");
    await page.fill("#substance-form [name=q]", PIPERIDONE);
    await page.press("#substance-form [name=q]", "Enter");
    await page.waitForSelector("#substance-answers .structure");
    check(/VRJHQPZVIGNGMX/.test(await page.textContent("#substance-answers")), "a molfile is known", await page.textContent("#substance-answers"));
    check(/q=O%3DC1|q=C1|q=N1/.test(page.url()), "its address", page.url());
    await page.reload();
    await page.waitForSelector("#substance-answers .controls");
    check(!await page.$("#substance-answers .bond"), "coordinates are not in an address");
    await page.waitForSelector("#substance-answers svg.structure");
    const ink = await page.$eval("#substance-answers svg.structure", (one) => [one.getAttribute("aria-label"), one.querySelectorAll("path").length,
      getComputedStyle(one.querySelector("path")).stroke === getComputedStyle(document.body).color && getComputedStyle(one.querySelector("path:last-child")).fill === getComputedStyle(document.body).color, one.outerHTML.includes("style=")]);
    check(/^Structure of /.test(ink[0]) && ink[1] > 7 && ink[2] && !ink[3], "drawn by the program in the color of the text", ink);
    await page.fill("#substance-form [name=q]", PIPERIDONE);
    await page.press("#substance-form [name=q]", "Enter");
    await page.waitForSelector("#substance-answers .structure");
  });
  await look(browser, base, "substance-phone", PHONE, "dark", async (page) => {
    await page.goto(base + "?view=substance&q=tablet+press&from=CN&into=US&on=2025-08-01");
    await page.waitForSelector("#substance-answers .controls");
  });
  await look(browser, base, "substance-drawn", PHONE, "dark", async (page) => {
    await page.goto(base + "?view=substance&q=fentanyl&on=2025-08-01");
    await page.waitForSelector("#substance-answers svg.structure path");
    check(await page.$eval("#substance-answers svg.structure", (one) => getComputedStyle(one.querySelector("path")).stroke === getComputedStyle(document.body).color &&
      one.getBoundingClientRect().right <= innerWidth && one.getBoundingClientRect().bottom <= one.parentNode.querySelector("dl").getBoundingClientRect().top),
    "drawn in the dark, within the screen and above the text");
  });
  await look(browser, base, "substance-not-drawn", PHONE, "light", async (page) => {
    await page.route("**/v1/drawing*", (route) => route.fulfill({status: 501, contentType: "application/problem+json", body: "{}"}));
    await page.goto(base + "?view=substance&q=fentanyl&on=2025-08-01");
    await page.waitForSelector("#substance-answers article > p.sub >> text=draws no structures");
    check(!await page.$("#substance-answers .structure"), "where nothing is drawn the page says so");
  });
  await look(browser, base, "substance-error", PHONE, "light", async (page) => {
    await page.goto(base + "?view=substance&q=piperidon");
    await page.waitForSelector("#substance-near a");
    await page.focus("#substance-near a");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#substance-answers .controls");
    await page.fill("#substance-form [name=q]", PIPERIDONE.slice(0, 200));
    await page.press("#substance-form [name=q]", "Enter");
    await page.waitForSelector("#substance-error:not([hidden])");
  });
  await look(browser, base, "record", DESK, "light", async (page) => {
    await page.goto(base + "?view=record");
    await page.waitForSelector("#record-claims tbody tr");
    check(await page.$$eval("#record-claims tbody tr", (rows) => rows.length) === 13, "the claims");
    check(await page.$$eval("#record-figures figure .bar", (found) => found.length) > 40, "the figures");
    const before = await page.$$eval("#record-figures .event", (found) => found.length);
    await page.fill("#record-form [name=actor]", "CN");
    await page.press("#record-form [name=actor]", "Enter");
    await page.waitForFunction((seen) => document.querySelectorAll("#record-figures .event").length < seen, before);
    await page.selectOption("#record-seizures", "us_dea_fentanyl_pills_seized");
    await page.waitForFunction(() => /Pills/.test(document.querySelector("#record-figures figure:nth-child(2) svg")?.getAttribute("aria-label")));
    await page.reload();
    await page.waitForFunction(() => /Pills/.test(document.querySelector("#record-figures figure:nth-child(2) svg")?.getAttribute("aria-label")));
    await page.waitForSelector("#record-claims tbody tr");
  });
  await look(browser, base, "record-phone", PHONE, "dark", async (page) => {
    await page.goto(base + "?view=record");
    await page.waitForSelector("#record-claims tbody tr");
  });
  await look(browser, base, "record-error", SMALL, "light", async (page) => {
    await page.goto(base + "?view=record&since=2025-13");
    await page.waitForSelector("#record-error:not([hidden])");
    check(await page.getAttribute("#record-form [name=since]", "aria-invalid") === "true", "the field is marked");
  });
  await look(browser, base, "law", DESK, "light", async (page) => {
    await page.goto(base + "?view=law&on=2025-05-02&origin=CN&into=US&hts=6109.10.00.12");
    await page.waitForSelector("#law-answers .law");
    check(/9903\.01\.63/.test(await page.textContent("#law-answers")), "what is in force");
    await page.selectOption("#law-form [name=show]", "changes");
    await page.waitForSelector("#law-answers h2");
    await page.fill("#law-form [name=on]", "2025-04-09");
    await page.press("#law-form [name=on]", "Enter");
    await page.waitForFunction(() => /84%/.test(document.getElementById("law-answers").textContent));
    await page.reload();
    await page.waitForFunction(() => /84%/.test(document.getElementById("law-answers").textContent));
  });
  await look(browser, base, "law-search-phone", PHONE, "dark", async (page) => {
    await page.goto(base + "?view=law&show=search&words=reciprocal&into=US&on=2025-05-02");
    await page.waitForSelector("#law-answers .law");
    check(/EO-14257/.test(await page.textContent("#law-answers")), "an act by a word of its title");
  });
  await look(browser, base, "law-announced", DESK, "dark", async (page) => {
    await page.goto(base + "?view=law&show=changes&on=2025-04-11");
    await page.waitForFunction(() => /Announced on 11 April 2025/.test(document.getElementById("law-answers").textContent));
  });
  await look(browser, base, "law-effects-phone", PHONE, "light", async (page) => {
    await page.goto(base + "?view=law&show=announced&on=2025-04-11");
    await page.waitForSelector("#law-answers summary");
    await page.click("#law-answers summary >> nth=0");
    check(/170% to 45%/.test(await page.textContent("#law-answers")), "what it comes to", await page.textContent("#law-answers"));
  });
  await look(browser, base, "api", DESK, "light", async (page) => {
    await page.goto(base + "?view=api");
    await page.waitForSelector("#api-routes section");
    check(await page.$$eval("#api-routes section", (found) => found.length) > 18, "the routes");
    await page.click("#api-routes summary >> nth=0");
    const tries = await page.$$eval("#api-routes p a", (found) => found.map((one) => one.href));
    for (const one of tries) check((await page.request.get(one)).ok(), "an example", one);
  });
  await look(browser, base, "api-phone", SMALL, "dark", async (page) => {
    await page.goto(base);
    await page.click("footer a");
    await page.waitForSelector("#api-routes section");
  });
  await look(browser, base, "law-error", SMALL, "light", async (page) => {
    await page.goto(base + "?view=law&on=soon");
    await page.waitForSelector("#law-error:not([hidden])");
    check(await page.getAttribute("#law-form [name=on]", "aria-invalid") === "true", "the field is marked");
  });
  await look(browser, base, "manifest", DESK, "light", async (page) => {
    await page.goto(base + "?view=manifest");
    await page.setInputFiles("#file", path.join(root, "examples/manifest.csv"));
    await page.waitForSelector("#result:not([hidden])");
    check(/6 refused/.test(await page.textContent("#counts")), "the counts", await page.textContent("#counts"));
    await page.keyboard.press("/");
    await page.keyboard.type("BOX7");
    await page.focus("#rows");
    for (const key of ["ArrowDown", "ArrowDown", "Enter"]) await page.keyboard.press(key);
    await page.waitForSelector("#opened:not([hidden]) .total");
    check(!/us\.[a-z]+/.test(await page.textContent("#opened")), "a line names its programs", await page.textContent("#opened"));
    check(await page.$$eval("#window .row", (rows) => rows.length) === 3, "the filter");
    await page.fill("#filter", "");
    const duties = () => page.$$eval("#window .row", (rows) => rows.slice(0, 5).map((row) => parseFloat(row.children[4].textContent.replace(/[^\d.]/g, "")) || 0));
    await page.click("#rows .head button >> nth=4");
    await page.click("#rows .head button >> nth=4");
    const sorted = await duties();
    check(sorted[0] > 1000 && sorted.every((one, i) => !i || one <= sorted[i - 1]), "sorted by duty", sorted);
    check(await page.getAttribute("#rows .head > :nth-child(5)", "aria-sort") === "descending", "the order is said");
    await page.selectOption("#group", "origin");
    await page.click("#groups button >> text=DE");
    check((await page.$$eval("#window .row", (rows) => rows.map((row) => row.children[3].textContent))).every((one) => one === "DE"), "a group");
    await page.click("#patterns");
    await page.waitForSelector("#together details");
    await page.click("#together summary >> nth=0");
  });
  await look(browser, base, "manifest-columns", PHONE, "light", async (page) => {
    await page.goto(base + "?view=manifest");
    await page.fill("#columns", "Artikel=hts; Ursprung=origin");
    await page.setInputFiles("#file", {name: "waren.csv", mimeType: "text/csv", buffer: Buffer.from("id,Artikel,Ursprung,entered,value\nA,6109100012,CN,2025-05-02,54\n")});
    await page.waitForSelector("#result:not([hidden])");
    check((await page.textContent("#window")).includes("$91.26"), "columns by hand", await page.textContent("#window"));
    await page.click("#as-read summary");
    check((await page.$$eval("#as-read input", (all) => all.map((one) => one.value))).join() === "id,hts,origin,entered,value", "columns as read");
    await page.fill("#profile-name", "Waren");
    await page.click("#profile-keep");
    await page.reload();
    await page.setInputFiles("#file", {name: "waren.csv", mimeType: "text/csv", buffer: Buffer.from("id,Artikel,Ursprung,entered,value\nA,6109100012,CN,2025-05-02,54\n")});
    await page.waitForSelector("#result:not([hidden])");
    check(!(await page.textContent("#window")).includes("$91.26"), "without the profile");
    await page.selectOption("#profile", "own:Waren");
    await page.waitForFunction(() => document.getElementById("window").textContent.includes("$91.26"));
    await page.click("#as-read summary");
    await page.fill("#as-read tr:nth-child(2) input", "description");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => /Artikel=description/.test(document.getElementById("columns").value) && !document.getElementById("window").textContent.includes("$91.26"));
  });
  await look(browser, base, "manifest-refunds", DESK, "dark", async (page) => {
    await page.goto(base + "?view=manifest");
    await page.setInputFiles("#file", path.join(root, "examples/entries.csv"));
    await page.waitForSelector("#result:not([hidden])");
    await page.click("#refunds");
    await page.waitForSelector("#together table");
    check(/3,000\.00/.test(await page.textContent("#together")), "a refund", await page.textContent("#together"));
  });
  await look(browser, base, "manifest-error", PHONE, "dark", async (page) => {
    await page.goto(base + "?view=manifest");
    await page.setInputFiles("#file", {name: "notes.csv", mimeType: "text/csv", buffer: Buffer.from("one two\nthree four\n")});
    await page.waitForSelector("#manifest-error:not([hidden])");
    check((await page.textContent("#manifest-error")).includes("header row"), "what is wrong with the file");
  });
  await look(browser, base, "manifest-large", DESK, "light", async (page) => {
    const rows = ["id,hts,origin,entered,value"];
    for (let i = 0; i < 100000; i++) rows.push(`L${i},6109100012,CN,2025-05-02,${i % 900 + 1}`);
    await page.goto(base + "?view=manifest");
    await page.setInputFiles("#file", {name: "large.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\n"))});
    await page.waitForSelector("#result:not([hidden])", {timeout: 90000});
    await page.evaluate(() => { document.getElementById("rows").scrollTop = 50000 * 32; });
    await page.waitForFunction(() => /L4999\d|L5000\d/.test(document.getElementById("window").textContent));
    check(await page.$$eval("#window .row", (found) => found.length) < 60, "rows that are drawn");
  });
  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed || !passed ? 1 : 0);
}

main();
