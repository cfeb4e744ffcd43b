"use strict";
/* Shows what the API answers; computes nothing of its own. */
const $ = (id) => document.getElementById(id);

function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  made.append(...children.flat().filter((child) => child != null && child !== ""));
  return made;
}

/* Words */

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];

/* "2025-05-02T00:01:00-04:00" as 2 May 2025, 12:01 a.m. */
function day(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(text || "");
  if (!found) return text || "";
  const date = `${+found[3]} ${MONTHS[found[2] - 1]} ${found[1]}`;
  if (found[4] === undefined) return date;
  const hour = +found[4];
  if (hour === 12 && found[5] === "00") return date; /* how a day without a time is read */
  return `${date}, ${hour % 12 || 12}:${found[5]} ${hour < 12 ? "a.m." : "p.m."}`;
}

const SIGNS = {USD: "$"};
function money(amount, currency) {
  if (amount == null) return "not known";
  const [whole, part] = String(amount).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? "." + part : "");
  return SIGNS[currency] ? SIGNS[currency] + text : currency ? `${text} ${currency}` : text;
}

/* One color a program, everywhere. */
function hue(program) {
  for (const [start, name] of [[/\.base$/, "base"], [/^us\.301\.brazil|labor/, "labor"], [/^us\.301/, "s301"],
    [/fentanyl/, "fentanyl"], [/reciprocal/, "reciprocal"], [/^us\.232/, "s232"], [/^us\.122/, "s122"]])
    if (start.test(program)) return name;
  return "other";
}

/* "date-ambiguous: text" as a sentence. */
function said(text) {
  const [, code, rest] = /^([a-z0-9_-]+): ([^]*)$/.exec(text) || [null, "", text];
  const plain = quoted(rest);
  if (code === "could-matter") return `Could change the answer, if claimed: ${plain}.`;
  return plain.charAt(0).toUpperCase() + plain.slice(1) + (/[.?]$/.test(plain) ? "" : ".");
}

const quoted = (text) => (text || "").replace(/`([^`]*)`/g, "“$1”");

/* Asking */

async function ask(path, query) {
  const reply = await fetch(`${path}?${new URLSearchParams(query)}`, {headers: {Accept: "application/json"}});
  const told = await reply.json();
  if (reply.ok) return told;
  throw Object.assign(new Error(told.detail || "The answer cannot be read."), {field: told.field, finding: told.finding});
}

/* The answer to one line */

function act(id) {
  const details = el("details", {}, el("summary", {}, id));
  details.addEventListener("toggle", async () => {
    if (!details.open || details.children.length > 1) return;
    const place = el("div", {class: "wait"}, "…");
    details.append(place);
    try {
      const told = await ask(`/v1/law/acts/${encodeURIComponent(id)}`, {});
      place.className = "";
      place.replaceChildren(told.title || id, told.cite ? ` (${told.cite})` : "", " ",
        told.url ? el("a", {href: told.url, rel: "noreferrer"}, "text of the act") : "");
    } catch (error) {
      place.textContent = error.message;
    }
  });
  return details;
}

function layers(duty) {
  const shown = duty.lines || [];
  const body = shown.map((layer) => el("tr", {},
    el("td", {}, el("i", {class: `mark c-${hue(layer.program)}${layer.void ? " void" : ""}`}), layer.heading || ""),
    el("td", {}, layer.title || layer.program, layer.void ? " (held unlawful, but collected)" : "",
      layer.confidence ? ` (confidence ${layer.confidence})` : "", (layer.by || []).map(act)),
    el("td", {class: "n"}, layer.rate),
    el("td", {class: "n of"}, layer.on == null ? "" : money(layer.on)),
    el("td", {class: "n"}, layer.amount == null ? "not known" : money(layer.amount))));
  return el("table", {class: "layers"},
    el("thead", {}, el("tr", {}, el("th", {scope: "col"}, "Heading"), el("th", {scope: "col"}, "Duty"),
      el("th", {scope: "col", class: "n"}, "Rate"), el("th", {scope: "col", class: "n of"}, "On"),
      el("th", {scope: "col", class: "n"}, duty.currency))),
    el("tbody", {}, body));
}

function stack(duty) {
  const shown = (duty.lines || []).filter((layer) => parseFloat(layer.amount) > 0);
  const words = shown.map((layer) => `${layer.title || layer.program} ${money(layer.amount, duty.currency)}`).join(", ");
  if (!shown.length) return null;
  const bar = el("div", {class: "stack", role: "img", "aria-label": words});
  for (const layer of shown) {
    const part = el("i", {class: `c-${hue(layer.program)}${layer.void ? " void" : ""}`, title: `${layer.title || layer.program}: ${layer.rate}`});
    part.style.flexGrow = layer.amount;
    bar.append(part);
  }
  return bar;
}

function total(finding) {
  const duty = finding.duty || {};
  if (finding.status === "refused") return "No answer";
  if (duty.amount != null) return money(duty.amount, duty.currency);
  if (duty.least != null) return `${money(duty.least, duty.currency)} to ${money(duty.greatest, duty.currency)}`;
  return "Not known yet";
}

function sub(finding) {
  const duty = finding.duty || {}, parts = [];
  if (duty.rate) parts.push(`${duty.rate} of the value`);
  if (finding.fees && parseFloat(finding.fees.amount)) parts.push(`fees ${money(finding.fees.amount, duty.currency)}`);
  if (finding.taxes && parseFloat(finding.taxes.amount)) parts.push(`taxes ${money(finding.taxes.amount, duty.currency)}`);
  if (parseFloat(duty.relieved)) parts.push(`${money(duty.relieved, duty.currency)} relieved`);
  if (parseFloat(duty.refundable)) parts.push(`${money(duty.refundable, duty.currency)} under duties held unlawful`);
  return parts.join(" · ");
}

function exemption(finding) {
  const told = finding.de_minimis;
  if (!told) return null;
  if (told.eligible) return "applies: the goods are admitted free of duty";
  const reasons = {suspended: "suspended", "over-limit": "the value is over the limit", "day-sum": "the day’s sum is over the limit"};
  return told.reason ? `does not apply: ${reasons[told.reason] || told.reason}` : null;
}

function facts(finding) {
  const duty = finding.duty || {}, rows = [], titles = {};
  for (const layer of duty.lines || []) titles[layer.program] = layer.title;
  const row = (name, value) => value && value.length !== 0 && rows.push(el("dt", {}, name), el("dd", {}, value));
  row("Low-value exemption", exemption(finding));
  row("Entry type", finding.entry_type);
  if (finding.status !== "refused") row("Changes next", finding.changes_on ? `${day(finding.changes_on)}, local time` : "no later change is known");
  row("Does not apply", (duty.excluded || []).map((one) => el("div", {}, `${one.title || titles[one.program] || one.program}, where ${titles[one.to] || one.to} applies`)));
  row("Choices", (duty.choices || finding.choices || []).map((one) => el("div", {}, `${one.claim}=${one.is}: ${money(one.amount, duty.currency)}`)));
  row("Not covered", (finding.not_covered || []).join("; "));
  return el("dl", {class: "facts"}, rows);
}

function chemicals(finding) {
  const shown = finding.controls || [];
  if (!shown.length) return null;
  return el("div", {}, el("h2", {}, "Controlled chemicals"), el("table", {class: "controls"},
    el("thead", {}, el("tr", {}, ["List", "Direction", "Status", "What is required"].map((name) => el("th", {scope: "col"}, name)))),
    el("tbody", {}, shown.map((one) => el("tr", {},
      el("td", {}, `${one.jurisdiction} ${one.title || one.list || ""} ${one.code || ""}`),
      el("td", {}, one.direction || ""), el("td", {}, (one.status || "").replace("-", " ")),
      el("td", {}, one.requirement || ""))))));
}

function lane(name) {
  return name && name !== "none" ? el("span", {class: `lane ${name}`}, name) : "";
}

/* inFull: with why it is refused, which is not said elsewhere. */
function answer(finding, inFull) {
  const duty = finding.duty || {};
  return el("article", {},
    el("h2", {}, finding.entered ? `Entered ${day(finding.entered)}` : finding.line ? `Line ${finding.id}` : "The goods"),
    el("p", {class: "total"}, finding.status === "refused" ? lane(finding.lane) || total(finding) : total(finding)),
    finding.status === "refused" && /red|yellow/.test(finding.lane) ? null
      : el("p", {class: "sub"}, sub(finding), sub(finding) && finding.lane ? " · " : "", lane(finding.lane)),
    finding.status === "refused" && inFull ? el("p", {class: "error"}, `${finding.column ? finding.column + ": " : ""}${quoted(finding.text) || finding.reason}`) : null,
    (finding.missing || []).map((text) => el("p", {class: "warn"}, `Not said, and the duty depends on it: ${quoted(text)}.`)),
    (finding.warnings || []).map((text) => el("p", {class: "warn"}, said(text))),
    stack(duty), duty.lines && duty.lines.length ? layers(duty) : null,
    finding.title_path ? el("p", {class: "sub"}, finding.title_path.join(" › ")) : null,
    facts(finding), chemicals(finding));
}

/* Ask */

const FIELDS = ["hts", "origin", "value", "on", "beside", "channel", "claims"];
const FIRST = {hts: "6109.10.00.12", origin: "CN", value: "54", on: "today", beside: "2025-05-02"};
let asked = 0;

function fromAddress() {
  const query = new URLSearchParams(location.search);
  query.delete("view");
  return [...query.keys()].length ? Object.fromEntries(query) : FIRST;
}

function fromForm() {
  const form = $("question"), query = {...rest};
  for (const name of FIELDS) if (form.elements[name].value.trim()) query[name] = form.elements[name].value.trim();
  return query;
}

let rest = {};
function fill(query) {
  rest = {};
  for (const [name, value] of Object.entries(query)) if (!FIELDS.includes(name)) rest[name] = value;
  for (const name of FIELDS) $("question").elements[name].value = query[name] || "";
}

function wrong(error) {
  const form = $("question");
  for (const name of FIELDS) form.elements[name].removeAttribute("aria-invalid");
  $("error").hidden = !error;
  if (!error) return;
  $("error").textContent = said(error.message);
  const field = error.field === "entered" ? "on" : error.field;
  if (FIELDS.includes(field)) form.elements[field].setAttribute("aria-invalid", "true");
}

function overTime(query) {
  const {on, beside, ...goods} = query;
  const figure = $("over-time"), image = figure.querySelector("img");
  const address = (format) => `/v1/timeline?${new URLSearchParams({...goods, from: "2025-01-01", format})}`;
  image.onerror = () => { figure.hidden = true; };
  image.onload = () => { figure.hidden = false; };
  image.alt = `Rate on ${goods.hts} of ${goods.origin} by day of entry since 1 January 2025; the link below has the steps as a table`;
  image.src = address("svg");
  $("steps").href = address("csv");
  $("picture").href = address("svg");
}

async function show(query) {
  const mine = ++asked, {beside, ...one} = query;
  wrong(null);
  if (!$("answers").children.length) $("answers").append(el("p", {class: "wait"}, "Asking…"));
  const days = [one, ...(beside ? [{...one, on: beside}] : [])];
  const told = await Promise.allSettled(days.map((each) => ask("/v1/duty", each)));
  if (mine !== asked) return; /* another question came after it */
  const failed = told.find((each) => each.status === "rejected");
  if (failed) wrong(failed.reason);
  const shown = told.map((each) => each.status === "fulfilled" ? each.value : each.reason.finding)
    .filter((finding) => finding && (finding.status !== "refused" || finding.lane));
  $("answers").replaceChildren(...shown.map((finding) => answer(finding, false)));
  document.title = `${query.hts} from ${query.origin} – Tidewaiter`;
  if (!failed) overTime(one);
  else $("over-time").hidden = true;
}

const dotted = (code) => code.replace(/^(\d{4})(\d\d)?(\d\d)?(\d\d)?$/, (all, ...parts) => parts.slice(0, 4).filter(Boolean).join("."));

/* Codes whose descriptions have the words; one is chosen, none is proposed. */
async function find(words) {
  const mine = ++asked;
  wrong(null);
  let told;
  try {
    told = await ask("/v1/codes", {q: words, limit: 40});
  } catch (error) {
    if (mine === asked) wrong(error);
    return;
  }
  if (mine !== asked) return;
  const choose = (code) => {
    $("question").elements.hts.value = dotted(code);
    submit();
  };
  $("found").replaceChildren(el("h2", {}, told.codes.length ? `Codes with the words “${words}”` : told.hint || "Nothing was found."),
    el("p", {class: "sub"}, told.notice), el("ul", {}, told.codes.map((one) => {
      const button = el("button", {type: "button"}, `${dotted(one.code)}  ${(one.path || [one.description]).join(" › ")}`);
      button.addEventListener("click", () => choose(one.code));
      return el("li", {}, button);
    })));
  $("found").hidden = false;
  const first = $("found").querySelector("button");
  if (first) first.focus();
}

function submit() {
  const query = fromForm();
  $("found").hidden = true;
  if (/[^\d. ]/.test(query.hts || "")) {
    find(query.hts);
    return;
  }
  const address = `/?${new URLSearchParams(query)}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address); /* Enter and leaving a field both ask */
  show(query);
}

/* Manifest: a window of rows over all that came. */

const HEIGHT = 32;
const COLUMNS = ["Line", "Lane", "Code", "Origin", "Duty", "Status", "Headings, or what is wrong"];
let lines = [], seen = [], chosen = -1, given = null;

function summary(finding) {
  if (finding.status === "refused") return `${finding.column ? finding.column + ": " : ""}${finding.text || finding.reason}`;
  if (finding.status === "incomplete") return said((finding.missing || [])[0] || "a fact is missing");
  return (finding.duty.lines || []).map((layer) => `${layer.heading} ${layer.rate}`).join("  ");
}

function draw() {
  const rows = $("rows"), first = Math.max(0, Math.floor(rows.scrollTop / HEIGHT) - 4);
  const last = Math.min(seen.length, first + Math.ceil(rows.clientHeight / HEIGHT) + 8);
  $("space").style.height = `${seen.length * HEIGHT}px`;
  $("window").style.top = `${first * HEIGHT}px`;
  $("window").replaceChildren(...seen.slice(first, last).map((finding, i) => {
    const at = first + i;
    const row = el("div", {class: "row", role: "row", "aria-rowindex": at + 2, "aria-selected": at === chosen ? "true" : "false"},
      [finding.id, lane(finding.lane), finding.hts || "", finding.origin || "", finding.duty ? total(finding) : "", finding.status, summary(finding)]
        .map((cell) => el("span", {role: "gridcell"}, cell)));
    row.addEventListener("click", () => { chosen = at; open(finding); draw(); });
    return row;
  }));
}

function open(finding) {
  $("opened").hidden = false;
  $("opened").replaceChildren(answer(finding, true));
}

function sift() {
  const words = $("filter").value.toLowerCase(), wanted = $("lane").value;
  seen = lines.filter((finding) => (!wanted || (finding.lane || "none") === wanted) &&
    (!words || finding.search.includes(words)));
  chosen = -1;
  $("rows").setAttribute("aria-rowcount", seen.length + 1);
  $("rows").scrollTop = 0;
  draw();
}

function count() {
  const lanes = {}, states = {};
  for (const line of lines) {
    lanes[line.lane || "none"] = (lanes[line.lane || "none"] || 0) + 1;
    states[line.status] = (states[line.status] || 0) + 1;
  }
  const number = (n) => n.toLocaleString("en-US");
  $("counts").replaceChildren(el("span", {}, `${number(lines.length)} lines`),
    ...["red", "yellow", "green"].filter((name) => lanes[name]).map((name) => el("span", {}, el("span", {class: `lane ${name}`}, `${number(lanes[name])} ${name}`))),
    ...["incomplete", "refused"].filter((name) => states[name]).map((name) => el("span", {}, `${number(states[name])} ${name}`)));
}

function take(text) {
  for (const line of text.split("\n")) {
    if (!line) continue;
    const finding = JSON.parse(line);
    finding.search = `${finding.id} ${finding.hts || ""} ${finding.origin || ""} ${finding.status} ${summary(finding)}`.toLowerCase();
    lines.push(finding);
  }
}

async function receive(reply) {
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  for (;;) {
    const {value, done} = await reader.read();
    if (done) break;
    const end = value.lastIndexOf("\n");
    if (end < 0) { left += value; continue; }
    take(left + value.slice(0, end));
    left = value.slice(end + 1);
    $("progress").textContent = `${lines.length.toLocaleString("en-US")} lines answered…`;
  }
  take(left);
}

async function upload(file) {
  lines = []; given = file;
  $("manifest-error").hidden = true;
  $("result").hidden = true;
  $("opened").hidden = true;
  $("progress").textContent = `Assessing ${file.name}…`;
  try {
    const reply = await fetch("/v1/assess", {method: "POST", body: file,
      headers: {"Content-Type": "application/octet-stream", Accept: "application/x-ndjson"}});
    if (!reply.ok) throw new Error((await reply.json()).detail);
    await receive(reply);
    $("progress").textContent = "";
    $("result").hidden = false;
    count();
    sift();
  } catch (error) {
    $("progress").textContent = "";
    $("manifest-error").hidden = false;
    $("manifest-error").textContent = `${file.name}: ${error.message}`;
  }
}

async function download() {
  const reply = await fetch("/v1/assess?spreadsheet-safe=yes", {method: "POST", body: given,
    headers: {"Content-Type": "application/octet-stream", Accept: "text/csv"}});
  const link = el("a", {href: URL.createObjectURL(await reply.blob()), download: `${given.name.replace(/\.\w+$/, "")}-duties.csv`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function move(event) {
  const by = {ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -1e9, End: 1e9}[event.key];
  if (event.key === "Enter" && seen[chosen]) open(seen[chosen]);
  if (!by || !seen.length) return;
  event.preventDefault();
  chosen = Math.max(0, Math.min(seen.length - 1, chosen + by));
  const rows = $("rows"), top = chosen * HEIGHT;
  if (top < rows.scrollTop) rows.scrollTop = top;
  if (top + 2 * HEIGHT > rows.scrollTop + rows.clientHeight) rows.scrollTop = top + 2 * HEIGHT - rows.clientHeight;
  draw();
}

/* Views */

function route() {
  const view = new URLSearchParams(location.search).get("view") === "manifest" ? "manifest" : "ask";
  for (const name of ["ask", "manifest"]) $(name).hidden = name !== view;
  for (const link of document.querySelectorAll("nav a"))
    if (link.dataset.view === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  if (view === "manifest") { document.title = "Manifest – Tidewaiter"; draw(); return; }
  const query = fromAddress();
  fill(query);
  show(query);
}

function begin() {
  $("question").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("question").addEventListener("change", submit);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view],a[data-example]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    route();
  });
  addEventListener("popstate", route);
  addEventListener("resize", draw);
  $("file").addEventListener("change", () => $("file").files[0] && upload($("file").files[0]));
  const drop = $("drop");
  for (const name of ["dragover", "dragleave", "drop"])
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files[0]) upload(event.dataTransfer.files[0]);
    });
  drop.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === drop) $("file").click(); });
  $("rows").querySelector(".head").append(...COLUMNS.map((name) => el("span", {role: "columnheader"}, name)));
  $("rows").addEventListener("scroll", draw);
  $("rows").addEventListener("keydown", move);
  for (const name of ["filter", "lane"]) $(name).addEventListener("input", sift);
  $("download").addEventListener("click", download);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /INPUT|SELECT/.test(event.target.tagName) || $("result").hidden) return;
    event.preventDefault();
    $("filter").focus();
  });
  if (!/^(localhost|127\.|\[::1\])/.test(location.hostname)) $("where").textContent = location.hostname;
  fetch("/healthz").then((reply) => reply.json()).then((told) => {
    $("law").textContent = `Law of ${day(told.law.edition)}`;
  }).catch(() => {});
  route();
}

begin();
