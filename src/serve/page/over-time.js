/* Over time: how the duty on a line moved with the day of entry, by which acts, and what if. */
import {$, act, ask, day, el, hue, said, told} from "/base.js";
import {DAY, save} from "/chart.js";
import {steps} from "/steps.js";

const FIELDS = ["hts", "origins", "value", "from", "until", "with"];
const FIRST = {hts: "6109.10.00.12", origins: "CN,VN", from: "2025-01-01"};
let asked = 0, shown = null, chart = null;

const goods = (query) => Object.fromEntries(Object.entries(query).filter(([name]) => name !== "with"));
const iso = (at) => new Date(at).toISOString().slice(0, 10);
const rate = (step) => step.status === "refused" ? "no answer" : step.duty && step.duty.rate || "not known";

/* The step of a day is that of its noon, as a day without a time is read. */
function stepOf(line, date) {
  const noon = `${date}T12:00`;
  return line.steps.find((step) => step.from.slice(0, 16) <= noon && noon < step.until.slice(0, 16)) || line.steps.at(-1);
}

function moved(one) {
  const name = one.title || one.program;
  if (one.what === "began") return `${name} begins: ${one.after}`;
  if (one.what === "ended") return `${name} ends; it was ${one.before}`;
  return `${name}: ${one.after}; before ${one.before}`;
}

/* What moved at one instant, for whichever origins, is one mark. */
function marks(told, events) {
  const found = new Map();
  for (const line of told)
    for (const step of line.steps) {
      if (!step.moved.length) continue;
      const mark = found.get(step.from) || {at: step.from, day: day(step.from), by: new Set(), said: [], of: new Map()};
      for (const one of step.moved) {
        one.by.forEach((id) => mark.by.add(id));
        mark.said.push(told.length > 1 ? `${line.origin}: ${moved(one)}` : moved(one));
        mark.of.set(moved(one), (mark.of.get(moved(one)) || new Set()).add(line.origin));
      }
      found.set(step.from, mark);
    }
  const all = [...found.values()].sort((a, b) => a.at < b.at ? -1 : 1);
  for (const mark of all) {
    mark.title = mark.said.join("; ");
    mark.short = [...mark.of].map(([text, of]) => of.size === told.length ? text : `${[...of].join(", ")}: ${text}`).join("; ");
    mark.events = events.filter((one) => one.acts.some((id) => mark.by.has(id)));
  }
  return all;
}

function opened(mark, i) {
  const made = el("details", {}, el("summary", {}, `${i + 1}. ${mark.day}`, el("span", {class: "sub"}, ` ${mark.short}`)),
    el("ul", {}, [...new Set(mark.said)].map((text) => el("li", {}, `${text}.`))), [...mark.by].map(act),
    mark.events.map((one) => el("p", {}, `${day(one.date)}: ${one.summary} (`, el("a", {href: one.url, rel: "noreferrer"}, one.source), ").")));
  const go = () => { made.open = true; made.querySelector("summary").focus(); };
  mark.shape.addEventListener("click", go);
  mark.shape.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); go(); } });
  return made;
}

/* What is read out of the day: a row an origin. */
function point(at) {
  const date = iso(at), {told, other} = shown;
  chart.point(at);
  $("steps-day").value = Math.floor((at - chart.from) / DAY);
  $("steps-day").setAttribute("aria-valuetext", `${day(date)}: ${told.map((line) => `${line.origin} ${rate(stepOf(line, date))}`).join(", ")}`);
  $("steps-read").replaceChildren(el("caption", {}, `Entered ${day(date)}`),
    el("thead", {}, el("tr", {}, ["From", "Rate", other ? "What if" : null, "Made of"].filter(Boolean)
      .map((name) => el("th", {scope: "col", class: /Rate|if/.test(name) ? "n" : null}, name)))),
    el("tbody", {}, told.map((line, i) => {
      const step = stepOf(line, date);
      return el("tr", {}, el("th", {scope: "row"}, line.origin), el("td", {class: "n"}, rate(step)),
        other ? el("td", {class: "n"}, rate(stepOf(other[i], date))) : null,
        el("td", {}, (step.duty && step.duty.lines || []).map((layer) => el("span", {class: "part"},
          el("i", {class: `mark c-${hue(layer.program)}${layer.void ? " void" : ""}`}), `${layer.rate} ${layer.title || layer.program}${layer.void ? " (held unlawful, but collected)" : ""}`))));
    })));
}

function table(told) {
  return el("table", {}, el("thead", {}, el("tr", {}, ["From", "Entered from", "Rate", "What moved"].map((name) => el("th", {scope: "col"}, name)))),
    el("tbody", {}, told.flatMap((line) => line.steps.map((step) => el("tr", {}, el("td", {}, line.origin),
      el("td", {}, day(step.from)), el("td", {class: "n"}, rate(step)), el("td", {}, step.moved.map(moved).join("; ")))))));
}

function key(told, scenario) {
  const programs = new Map();
  for (const line of told) for (const step of line.steps) for (const layer of step.duty && step.duty.lines || [])
    if (parseFloat(layer.amount) > 0) programs.set(layer.program, {title: layer.title || layer.program, gone: programs.get(layer.program)?.gone || layer.void});
  return el("p", {class: "key"}, [...programs].map(([program, {title, gone}]) => el("span", {class: "part"},
    el("i", {class: `mark c-${hue(program)}${gone ? " void" : ""}`}), title, gone ? " (hatched: held unlawful, but collected)" : "")),
    scenario ? el("span", {class: "part"}, el("i", {class: "dashed"}), `what if: ${scenario}`) : null);
}

function draw() {
  if (!shown || $("over-time").hidden) return;
  const {told, other, found, query} = shown;
  const title = `Duty on ${query.hts} from ${told.map((line) => line.origin).join(", ")} as a share of the value, by day of entry`;
  const names = $("over-time-with").selectedOptions[0];
  const room = $("steps-chart").clientWidth, width = Math.max(280, room);
  chart = steps(told, other, found, width, title);
  $("steps-chart").replaceChildren(chart.drawn);
  $("steps-title").textContent = title;
  $("steps-key").replaceChildren(key(told, other && names ? names.textContent : ""));
  $("steps-marks").replaceChildren(...found.map(opened));
  $("steps-day").max = Math.round((chart.until - chart.from) / DAY) - 1;
  const move = (event) => point(chart.at((event.clientX - chart.drawn.getBoundingClientRect().left) * width / chart.drawn.getBoundingClientRect().width));
  chart.drawn.addEventListener("pointermove", move);
  chart.drawn.addEventListener("pointerdown", move);
  point(Math.min(chart.until - DAY, Date.now()));
}

function links(query) {
  const address = (format, more) => `/v1/timeline?${new URLSearchParams({...goods(query), ...more, format})}`;
  $("steps-csv").href = address("csv", {});
  $("steps-if-csv").hidden = !query.with;
  if (query.with && query.with !== OWN) $("steps-if-csv").href = address("csv", {with: query.with});
  if (query.with === OWN) under(query, "text/csv").then((reply) => reply.blob()).then((blob) => { $("steps-if-csv").href = URL.createObjectURL(blob); $("steps-if-csv").download = "what-if.csv"; });
  else $("steps-if-csv").removeAttribute("download");
}

/* A scenario of one's own: its text stays in this tab, through a reload, and goes nowhere but to this program. */
const OWN = "own", KEY = "tidewaiter-scenario";
const text = () => $("own-text").value;

function remember() {
  try { sessionStorage.setItem(KEY, text()); } catch { /* this browser keeps nothing */ }
  const choice = $("over-time-with"), had = choice.querySelector(`[value=${OWN}]`), title = (/^title:\s*(.+)$/m.exec(text()) || [])[1] || "the scenario below";
  if (!text().trim()) { if (had) had.remove(); return; }
  if (had) had.textContent = title; else choice.append(el("option", {value: OWN}, title));
}

const under = (query, format) => fetch(`/v1/timeline/with?${new URLSearchParams(goods(query))}`,
  {method: "POST", body: text(), headers: {"Content-Type": "application/yaml", Accept: format}});

async function lines(query) {
  if (query.with !== OWN) return (await ask("/v1/timeline", {...goods(query), ...(query.with ? {with: query.with} : {})})).timelines;
  if (!text().trim()) throw Object.assign(new Error("The scenario is of another tab: paste it again, below."), {field: "with"});
  return (await told(await under(query, "application/json"))).timelines;
}

async function tell(query) {
  const mine = ++asked, form = $("over-time-form");
  $("over-time-error").hidden = true;
  for (const name of FIELDS) form.elements[name].removeAttribute("aria-invalid");
  $("over-time-state").textContent = query.with ? "Asking; another law takes a few seconds the first time…" : "Asking…";
  try {
    const [told, other, events] = await Promise.all([lines({...query, with: ""}), query.with ? lines(query) : null, ask("/v1/events", {since: "2024"})]);
    if (mine !== asked) return;
    shown = {told, other, query, found: marks(told, events)};
    $("steps").hidden = false;
    $("steps-table").replaceChildren(table(told));
    links(query);
    draw();
  } catch (error) {
    if (mine !== asked) return;
    shown = null;
    $("steps").hidden = true;
    $("over-time-error").hidden = false;
    $("over-time-error").textContent = (error.line && query.with === OWN ? `The scenario, line ${error.line}: ` : "") + said(error.message);
    const field = error.field === "origin" ? "origins" : error.field;
    if (FIELDS.includes(field)) form.elements[field].setAttribute("aria-invalid", "true");
  }
  $("over-time-state").textContent = "";
}

function submit() {
  const form = $("over-time-form"), query = {};
  for (const name of FIELDS) if (form.elements[name].value.trim()) query[name] = form.elements[name].value.trim();
  if (query.origins) query.origins = query.origins.split(/[,;\s]+/).filter(Boolean).join(",");
  const address = `/?${new URLSearchParams({view: "over-time", ...query})}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  tell(query);
}

async function scenarios() {
  const choice = $("over-time-with");
  if (choice.options.length > 1) return;
  const told = await ask("/v1/scenarios", {}).catch(() => ({scenarios: []}));
  choice.append(...told.scenarios.map((one) => el("option", {value: one.scenario}, one.title)));
}

export async function show(query) {
  document.title = "Over time – Tidewaiter";
  const given = Object.keys(query).length ? query : FIRST;
  await scenarios();
  if (!text()) { try { $("own-text").value = sessionStorage.getItem(KEY) || ""; } catch { /* none is kept */ } }
  remember();
  if (given.with === OWN) $("own").open = true;
  for (const name of FIELDS) $("over-time-form").elements[name].value = given[name] || "";
  tell(given);
}

export function begin() {
  $("over-time-form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("over-time-form").addEventListener("change", submit);
  const own = () => { remember(); $("over-time-with").value = text().trim() ? OWN : ""; submit(); };
  $("own-show").addEventListener("click", own);
  const take = async (file) => { if (file) { $("own-text").value = await file.text(); own(); } };
  $("own-file").addEventListener("change", () => take($("own-file").files[0]));
  $("own-text").addEventListener("dragover", (event) => event.preventDefault());
  $("own-text").addEventListener("drop", (event) => { if (event.dataTransfer.files[0]) { event.preventDefault(); take(event.dataTransfer.files[0]); } });
  $("steps-day").addEventListener("input", () => point(chart.from + DAY * $("steps-day").value + DAY / 2));
  for (const kind of ["svg", "png"])
    $(`steps-${kind}`).addEventListener("click", () => save(chart.drawn, `duty-${shown.query.hts}-${shown.query.origins}`.replace(/[^\w-]+/g, "-"), kind));
  addEventListener("resize", draw);
}
