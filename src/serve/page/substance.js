/* Substance: what a chemical or a machine is, and who controls it on a day and a route. */
import {$, act, ask, day, el, said} from "/base.js";
import {lane} from "/finding.js";
import {drawing, isMolfile, read, smiles} from "/molfile.js";

const FIELDS = ["q", "from", "into", "via", "on", "weight", "concentration"];
const FIRST = {q: "4-piperidone", from: "CN", into: "MX"};
let asked = 0, pasted = null;

const plain = (text) => (text || "").replace(/-/g, " ");

function identity(one) {
  const rows = [], row = (name, value) => value && value.length !== 0 && rows.push(el("dt", {}, name), el("dd", {}, value));
  row("Found by", [one.matched && one.matched !== one.name ? `“${one.matched}”, ` : "", plain(one.how), one.certainty ? ` (${plain(one.certainty)})` : ""]);
  row("CAS", (one.cas || []).join(", "));
  row("UN", (one.un || []).join(", "));
  row("Formula", one.formula);
  row("InChIKey", one.inchikey);
  row("SMILES", one.smiles && el("code", {}, one.smiles));
  row("Conditions", one.conditions);
  row("Note", one.note);
  const names = one.names || [];
  if (names.length) row("Names", el("details", {}, el("summary", {}, `${names.length} names`),
    el("p", {}, names.map((name) => `${name.name}${name.language && name.language !== "en" ? ` (${name.language})` : ""}`).join("; "))));
  return el("dl", {class: "facts"}, rows);
}

/* On a route one status; without one, what each direction asks. */
function asks(one) {
  if (one.status) return [el("b", {}, plain(one.status)), one.requirement ? `: ${one.requirement}` : "", one.undecided ? ` (${one.undecided})` : ""];
  return Object.entries(one.asks || {}).filter(([, told]) => told && told.must).map(([direction, told]) =>
    el("div", {}, el("b", {}, `${direction}: ${plain(told.must)}`), told.requirement ? `: ${told.requirement}` : ""));
}

function controls(shown) {
  if (!shown.length) return el("p", {}, "No list on record controls it.");
  return el("table", {class: "controls"}, el("thead", {}, el("tr", {}, ["Who", "List", "Since", "What is required", "Threshold", "Law"].map((name) => el("th", {scope: "col"}, name)))),
    el("tbody", {}, [...shown].sort((a, b) => (a.status === "off-route") - (b.status === "off-route")).map((one) => el("tr", {class: one.status === "off-route" ? "off" : null},
      el("td", {}, one.jurisdiction), el("td", {}, `${one.list}${one.code ? `, ${one.code}` : ""}`, one.list_en ? el("div", {class: "sub"}, one.list_en) : null),
      el("td", {}, day(one.since)), el("td", {}, asks(one), one.covers ? el("div", {class: "sub"}, `Covers ${one.covers}.`) : null, one.note ? el("div", {class: "sub"}, said(one.note)) : null),
      el("td", {}, one.threshold || ""), el("td", {}, (one.by || []).map(act), one.confidence && one.confidence !== "high" ? el("div", {class: "sub"}, `confidence ${one.confidence}`) : null)))));
}

function changes(shown) {
  if (!shown.length) return null;
  return el("details", {}, el("summary", {}, `How the lists changed: ${shown.length} days`), el("ul", {},
    shown.map((one) => el("li", {}, `${day(one.day)}: ${one.jurisdiction}, ${one.list}, ${one.change}.`))));
}

function picture(one) {
  if (pasted && pasted.smiles === $("substance-form").elements.q.value.trim()) return drawing(pasted.read, `Structure of ${one.name}`);
  const shown = [one.how === "structure" && one.matched, one.smiles].filter(Boolean);
  if (!shown.length) return null;
  const place = el("div", {class: "structure place"});
  drawn(place, shown, `Structure of ${one.name}`).catch(() => place.remove());
  return place;
}

/* By the program, in the colors of the page: what was asked for, else what the law has. */
async function drawn(place, shown, title) {
  for (const smiles of shown) {
    const reply = await fetch(`/v1/drawing?${new URLSearchParams({smiles})}`), text = await reply.text();
    if (reply.status === 501) {
      place.replaceWith(el("p", {class: "sub"}, "This program draws no structures by itself: one that is pasted as a molfile is drawn by the coordinates in it."));
      return;
    }
    if (!reply.ok) continue;
    const made = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
    for (const [key, value] of Object.entries({role: "img", "aria-label": title, class: "structure"})) made.setAttribute(key, value);
    place.replaceWith(made);
    return;
  }
  place.remove();
}

function answer(one) {
  return el("article", {}, el("h2", {class: "total small"}, one.name), el("p", {class: "sub"}, lane(one.lane)), picture(one), identity(one),
    el("h2", {}, "Controls"), el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": `Controls on ${one.name}`}, controls(one.controls || [])), changes(one.changes || []));
}

function wrong(error) {
  const form = $("substance-form"), near = error && error.answer && error.answer.nearest || [];
  for (const name of FIELDS) form.elements[name].removeAttribute("aria-invalid");
  $("substance-error").hidden = !error;
  $("substance-near").replaceChildren();
  if (!error) return;
  $("substance-error").textContent = said(error.message);
  if (FIELDS.includes(error.field)) form.elements[error.field].setAttribute("aria-invalid", "true");
  if (near.length) $("substance-near").append("Near it: ", ...near.flatMap((one, i) => [i ? ", " : "",
    el("a", {"data-example": true, href: address({...fromForm(), q: one.name})}, one.name)]), ".");
}

async function tell(query) {
  const mine = ++asked;
  wrong(null);
  $("substance-state").textContent = "Asking…";
  try {
    const {via, ...one} = query, told = await ask("/v1/substances", via ? [...Object.entries(one), ...via.split(/[,;\s]+/).filter(Boolean).map((each) => ["via", each])] : one);
    if (mine !== asked) return;
    $("substance-answers").replaceChildren(told.beyond_coverage ? el("p", {class: "warn"}, `The law is known to ${day(told.beyond_coverage)}; later changes are not in the answer.`) : "",
      ...told.substances.map(answer));
    document.title = `${told.substances[0] ? told.substances[0].name : query.q} – Tidewaiter`;
  } catch (error) {
    if (mine !== asked) return;
    $("substance-answers").replaceChildren();
    wrong(error);
  }
  $("substance-state").textContent = "";
}

function fromForm() {
  const query = {};
  for (const name of FIELDS) if ($("substance-form").elements[name].value.trim()) query[name] = $("substance-form").elements[name].value.trim();
  return query;
}

const address = (query) => `/?${new URLSearchParams({view: "substance", ...query})}`;

function submit() {
  const form = $("substance-form"), text = form.elements.q.value;
  if (isMolfile(text)) {
    try {
      const found = read(text);
      pasted = {read: found, smiles: smiles(found)};
      form.elements.q.value = pasted.smiles;
    } catch (error) {
      $("substance-answers").replaceChildren();
      wrong(Object.assign(error, {field: "q"}));
      return;
    }
  }
  const query = fromForm();
  if (!query.q) return;
  if (address(query) !== location.pathname + location.search) history.pushState(null, "", address(query));
  tell(query);
}

export function show(query) {
  document.title = "Substance – Tidewaiter";
  const given = Object.keys(query).length ? query : FIRST;
  for (const name of FIELDS) $("substance-form").elements[name].value = given[name] || "";
  tell(given);
}

export function begin() {
  const form = $("substance-form");
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  form.addEventListener("change", submit);
  /* Enter asks; a molfile has lines and is asked for when it is pasted. */
  form.elements.q.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(); } });
  form.elements.q.addEventListener("paste", () => setTimeout(() => isMolfile(form.elements.q.value) && submit()));
}
