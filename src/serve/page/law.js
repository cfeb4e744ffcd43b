/* Law: what is in force on a day, what changed between two or was announced, and a search of acts and
 * headings. */
import {$, act, ask, day, el, said} from "/base.js";

const FIELDS = ["show", "on", "until", "origin", "into", "hts", "words"];
const FIRST = {show: "force", on: "today", origin: "CN", into: "US", hts: "6109.10.00.12"};
const SHOWN = 200; /* rows at first */
let asked = 0;

const narrow = (query, names) => Object.fromEntries(names.filter((name) => query[name]).map((name) => [name, query[name]]));
const has = (words, text) => (words || "").toLowerCase().split(/\s+/).every((word) => text.toLowerCase().includes(word));
const link = (one) => one.url ? el("a", {href: one.url, rel: "noreferrer"}, "text of the act") : "";

function origins(of) {
  if (!Array.isArray(of)) return of === "all" ? "every country" : of || "";
  return of.length > 12 ? el("details", {}, el("summary", {}, `${of.length} countries`), of.join(", ")) : of.join(", ");
}

function condition(text) {
  return text.length > 160 ? el("details", {}, el("summary", {}, `when ${text.slice(0, 80)}…`), text) : el("div", {class: "sub"}, `when ${text}`);
}

/* The first rows, and the others when they are asked for. */
function rows(head, all, row) {
  const body = el("tbody", {}, all.slice(0, SHOWN).map(row)), place = el("div", {}, el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": head[0]},
    el("table", {class: "law"}, el("thead", {}, el("tr", {}, head.map((name) => el("th", {scope: "col"}, name)))), body)));
  if (all.length > SHOWN) {
    const more = el("button", {type: "button"}, `Show all ${all.length}`);
    more.addEventListener("click", () => { body.append(...all.slice(SHOWN).map(row)); more.remove(); });
    place.append(more);
  }
  return place;
}

function measures(told, words) {
  const all = told.measures.filter((one) => has(words, [one.heading, one.title, one.program, one.id, one.rate, one.scope].join(" ")));
  return [el("h2", {}, `${all.length} measures${words ? ` with “${words}”` : ""} in force on ${day(told.on)}`),
    all.length ? rows(["Heading", "Measure", "Rate", "Products of", "Since"], all, (one) => el("tr", {},
      el("td", {}, one.heading || ""), el("td", {}, one.title || one.program, el("div", {class: "sub"}, [one.into, one.kind, one.scope].filter(Boolean).join("; ")), one.when ? condition(one.when) : null,
        one.confidence === "high" ? null : el("div", {class: "sub"}, `confidence ${one.confidence}`)),
      el("td", {}, one.rate || ""), el("td", {}, origins(one.origins)), el("td", {}, one.from ? day(one.from.at.replace(/T00:00.*/, "")) : "", one.from ? act(one.from.by) : null)))
      : el("p", {}, "No measure of this kind is in force then: choose another day, or leave out a condition.")];
}

function changes(told, named, words) {
  const days = new Map();
  const found = told.changes.filter((one) => has(words, one.text));
  for (const one of found) days.set(one.at, [...days.get(one.at) || [], one]);
  const name = (id) => { const one = named.get(id); return one ? [one.title || id, one.cite ? ` (${one.cite}) ` : " ", link(one)] : [id]; };
  const chemicals = (told.chemicals || []).filter((one) => has(words, `${one.name} ${one.list} ${one.jurisdiction}`));
  const between = told.first === told.last ? `on ${day(told.first)}` : `from ${day(told.first)} to ${day(told.last)}`;
  return [el("h2", {}, `${found.length} changes ${between}`),
    found.length ? null : el("p", {}, "No duty, exemption or rule changes then: choose other days, or leave out a condition."),
    ...[...days].map(([at, all]) => el("section", {}, el("h2", {class: "when"}, `${day(at)} (${all[0].into})`), el("ul", {}, all.map((one) =>
      el("li", {}, one.text, el("div", {class: "sub"}, ...name(one.by), one.announced ? `, announced ${day(one.announced)}` : "", one.retroactive ? "; retroactive" : "")))))),
    (told.also_announced || []).length ? el("section", {}, el("h2", {}, `Announced ${between}`), el("ul", {}, told.also_announced.map((one) =>
      el("li", {}, `${day(one.announced)}: `, ...name(one.id))))) : null,
    chemicals.length ? el("section", {}, el("h2", {}, "Chemicals"), el("ul", {}, chemicals.map((one) =>
      el("li", {}, `${day(one.day)}: ${one.name}, ${one.jurisdiction}, ${one.list}, ${one.what}. ${one.requirement ? said(one.requirement) : ""}`)))) : null];
}

function acts(told, words) {
  return [el("h2", {}, `${told.acts.length} acts with “${words}”`), told.acts.length ? rows(["Act", "Title", "Kind", "Text"], told.acts, (one) =>
    el("tr", {}, el("td", {}, one.id), el("td", {}, one.title || ""), el("td", {}, [one.kind, one.cite].filter(Boolean).join(", ")), el("td", {}, link(one))))
    : el("p", {}, "No act has all these words in its title, kind or citation: try fewer.")];
}

/* What became known on a day, in whatever order it takes effect, and what each comes to. */
function announced(told, words) {
  const found = told.changes.filter((one) => has(words, one.text)), named = new Map((told.instruments || []).map((one) => [one.id, one]));
  const by = new Map();
  for (const one of found) by.set(one.by, [...by.get(one.by) || [], one]);
  const effect = (one) => el("li", {}, el("b", {}, `${one.additional}, ${one.origins.length > 12 ? `${one.origins.length} countries` : one.origins.join(", ")}`), `: ${one.goods || "all goods"}`);
  return [el("h2", {}, `${named.size} acts announced on ${day(told.announced)}, ${found.length} changes`),
    named.size ? null : el("p", {}, "Nothing on record became known on that day: choose another."),
    ...[...new Set([...named.keys(), ...by.keys()])].map((id) => {
      const one = named.get(id) || {}, all = by.get(id) || [];
      return el("section", {}, el("h2", {class: "when"}, one.title || id), el("p", {class: "sub"}, [one.kind, one.cite, id].filter(Boolean).join(", "), " ", link(one)),
        el("ul", {}, all.map((change) => el("li", {}, `From ${day(change.at)}: ${change.text}`, change.retroactive ? el("div", {class: "sub"}, "retroactive") : null,
          change.effects && change.effects.length ? el("details", {}, el("summary", {}, `All additional duties, before and after: ${change.effects.length} groups of goods`), el("ul", {}, change.effects.map(effect))) : null))));
    })];
}

async function find(query) {
  const goods = narrow(query, ["origin", "into", "hts"]);
  if (query.show === "changes") {
    const [told, all] = await Promise.all([ask("/v1/law/diff", {...goods, ...narrow(query, ["until"]), from: query.on || "today"}), ask("/v1/law/acts", {})]);
    return changes(told, new Map(all.acts.map((one) => [one.id, one])), query.words);
  }
  if (query.show === "announced") return announced(await ask("/v1/law/diff", {...goods, announced: query.on || "today"}), query.words);
  const list = ask("/v1/law/list", {...goods, ...narrow(query, ["on", "until"])});
  if (query.show !== "search") return measures(await list, query.words);
  const [told, named] = await Promise.all([list, ask("/v1/law/acts", {q: query.words || ""})]);
  return [...acts(named, query.words || ""), ...measures(told, query.words)];
}

async function tell(query) {
  const mine = ++asked, form = $("law-form");
  $("law-error").hidden = true;
  $("law-state").textContent = "Asking…";
  for (const name of FIELDS) form.elements[name].removeAttribute("aria-invalid");
  try {
    const found = await find(query);
    if (mine !== asked) return;
    $("law-answers").replaceChildren(...found.filter(Boolean));
  } catch (error) {
    if (mine !== asked) return;
    $("law-answers").replaceChildren();
    $("law-error").hidden = false;
    $("law-error").textContent = said(error.message);
    const field = error.field === "from" || error.field === "announced" ? "on" : error.field;
    if (FIELDS.includes(field)) form.elements[field].setAttribute("aria-invalid", "true");
  }
  $("law-state").textContent = "";
}

function submit() {
  const query = {};
  for (const name of FIELDS) if ($("law-form").elements[name].value.trim()) query[name] = $("law-form").elements[name].value.trim();
  const address = `/?${new URLSearchParams({view: "law", ...query})}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  tell(query);
}

export function show(query) {
  document.title = "Law – Tidewaiter";
  const given = Object.keys(query).length ? {show: "force", ...query} : FIRST;
  for (const name of FIELDS) $("law-form").elements[name].value = given[name] || "";
  tell(given);
}

export function begin() {
  $("law-form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("law-form").addEventListener("change", submit);
}
