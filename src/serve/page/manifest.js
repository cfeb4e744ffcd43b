/* Manifest: a window of rows over all answers to a file. */
import {$, el, said} from "/base.js";
import {asRead, kept, keep} from "/columns.js";
import {groups, patterns, refunds} from "/across.js";
import {answer, lane, total} from "/finding.js";

const HEIGHT = 32;
const COLUMNS = ["Line", "Lane", "Code", "Origin", "Duty", "Status", "Headings, or what is wrong"];
let lines = [], seen = [], chosen = -1, given = null, group = null, sorted = null;

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

/* What a line is sorted by in each column. */
const ORDER = [(one) => one.line ?? 0, (one) => ["red", "yellow", "green"].indexOf(one.lane) >>> 0, (one) => one.hts || "", (one) => one.origin || "",
  (one) => one.duty && one.duty.amount != null ? +one.duty.amount : -1, (one) => one.status, (one) => summary(one)];

function sort(column) {
  sorted = sorted && sorted.column === column ? (sorted.down ? null : {column, down: true}) : {column, down: false};
  $("rows").querySelectorAll(".head > *").forEach((head, i) => {
    if (sorted && sorted.column === i) head.setAttribute("aria-sort", sorted.down ? "descending" : "ascending");
    else head.removeAttribute("aria-sort");
  });
  sift();
}

function sift() {
  const words = $("filter").value.toLowerCase(), wanted = $("lane").value;
  seen = lines.filter((finding) => (!wanted || (finding.lane || "none") === wanted) &&
    (group === null || (by()(finding) || "none") === group) &&
    (!words || finding.search.includes(words)));
  if (sorted) {
    const key = ORDER[sorted.column], sign = sorted.down ? -1 : 1, keys = new Map(seen.map((one) => [one, key(one)]));
    seen.sort((a, b) => { const x = keys.get(a), y = keys.get(b); return x < y ? -sign : x > y ? sign : 0; });
  }
  chosen = -1;
  $("rows").setAttribute("aria-rowcount", seen.length + 1);
  $("rows").scrollTop = 0;
  draw();
}

const BY = {lane: (one) => one.lane, status: (one) => one.status, origin: (one) => one.origin, chapter: (one) => (one.hts || "").slice(0, 2),
  code: (one) => one.hts, day: (one) => (one.entered || "").slice(0, 10), reason: (one) => one.reason || (one.missing || [])[0]};
const by = () => BY[$("group").value];

function gather() {
  group = null;
  $("groups").replaceChildren(by() ? groups(lines, by(), (name) => { group = name; sift(); $("rows").focus(); }) : "");
  sift();
}

/* THEIRS=OURS, separated by semicolons, as parameters. */
const columns = () => [...$("columns").value.split(";").map((one) => one.trim()).filter(Boolean).map((one) => ["map", one]),
  ...($("profile").value.startsWith("own:") || !$("profile").value ? [] : [["profile", $("profile").value]])];

/* Another column for theirs: what is written in the field by hand is the truth. */
function correct(theirs, ours) {
  const others = $("columns").value.split(";").map((one) => one.trim()).filter((one) => one && !one.startsWith(`${theirs}=`));
  $("columns").value = [...others, ...(ours ? [`${theirs}=${ours}`] : [])].join("; ");
  upload(given);
}

function profiles() {
  const before = $("profile").value;
  $("profile").replaceChildren(el("option", {value: ""}, "none"), ...["shopify", "es-003"].map((name) => el("option", {value: name}, name)),
    ...Object.keys(kept()).map((name) => el("option", {value: `own:${name}`}, name)));
  $("profile").value = before;
}

async function together(make, title) {
  const place = $("together");
  place.hidden = false;
  place.replaceChildren(el("p", {class: "wait"}, `${title}…`));
  try {
    place.replaceChildren(...await make());
  } catch (error) {
    place.replaceChildren(el("p", {class: "error"}, said(error.message)));
  }
}

function count() {
  const lanes = {}, states = {};
  for (const line of lines) {
    lanes[line.lane || "none"] = (lanes[line.lane || "none"] || 0) + 1;
    states[line.status] = (states[line.status] || 0) + 1;
  }
  const number = (n) => n.toLocaleString("en-US");
  $("counts").replaceChildren(el("span", {}, `${number(lines.length)} ${lines.length === 1 ? "line" : "lines"}`),
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
  lines = []; given = file; sorted = null;
  $("rows").querySelectorAll("[aria-sort]").forEach((head) => head.removeAttribute("aria-sort"));
  asRead(file, columns(), correct);
  $("manifest-error").hidden = true;
  $("result").hidden = true;
  $("opened").hidden = true;
  $("together").hidden = true;
  $("progress").textContent = `Assessing ${file.name}…`;
  try {
    const reply = await fetch(`/v1/assess?${new URLSearchParams([["titles", "yes"], ...columns()])}`, {method: "POST", body: file,
      headers: {"Content-Type": "application/octet-stream", Accept: "application/x-ndjson"}});
    if (!reply.ok) throw new Error((await reply.json()).detail);
    await receive(reply);
    $("progress").textContent = "";
    $("result").hidden = false;
    count();
    gather();
  } catch (error) {
    $("progress").textContent = "";
    $("manifest-error").hidden = false;
    $("manifest-error").textContent = `${file.name}: ${error.message}`;
  }
}

async function download() {
  const reply = await fetch(`/v1/assess?${new URLSearchParams([["spreadsheet-safe", "yes"], ...columns()])}`, {method: "POST", body: given,
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

export function show() {
  document.title = "Manifest – Tidewaiter";
  draw();
}

export function begin() {
  addEventListener("resize", draw);
  $("file").addEventListener("change", () => $("file").files[0] && upload($("file").files[0]));
  if ($("file").files[0]) upload($("file").files[0]); /* chosen before this was loaded */
  const drop = $("drop");
  for (const name of ["dragover", "dragleave", "drop"])
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files[0]) upload(event.dataTransfer.files[0]);
    });
  drop.addEventListener("keydown", (event) => { if (event.key === "Enter" && event.target === drop) $("file").click(); });
  $("rows").querySelector(".head").append(...COLUMNS.map((name, i) => {
    const button = el("button", {type: "button", class: "plain"}, name);
    button.addEventListener("click", () => sort(i));
    return el("span", {role: "columnheader"}, button);
  }));
  $("rows").addEventListener("scroll", draw);
  $("rows").addEventListener("keydown", move);
  for (const name of ["filter", "lane"]) $(name).addEventListener("input", sift);
  $("download").addEventListener("click", download);
  $("group").addEventListener("input", gather);
  $("patterns").addEventListener("click", () => together(() => patterns(given, columns()), "Looking across the lines"));
  $("refunds").addEventListener("click", () => together(() => refunds(given), "Looking for refunds"));
  $("columns").addEventListener("change", () => given && upload(given));
  $("profile").addEventListener("change", () => {
    if ($("profile").value.startsWith("own:")) $("columns").value = kept()[$("profile").value.slice(4)] || "";
    if (given) upload(given);
  });
  $("profile-keep").addEventListener("click", () => {
    const name = $("profile-name").value.trim();
    if (!name) return $("profile-name").focus();
    keep(name, $("columns").value);
    profiles();
    $("profile").value = `own:${name}`;
    $("profile-name").value = "";
  });
  profiles();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || /INPUT|SELECT/.test(event.target.tagName) || $("result").hidden || $("manifest").hidden) return;
    event.preventDefault();
    $("filter").focus();
  });
  if (!/^(localhost|127\.|\[::1\])/.test(location.hostname)) $("where").textContent = location.hostname;
}
