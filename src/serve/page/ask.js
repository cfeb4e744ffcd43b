/* Ask: what is due on one line, on one day or two. */
import {$, ask, dotted, el, said} from "/base.js";
import {answer} from "/finding.js";

const FIELDS = ["hts", "origin", "value", "on", "beside", "channel", "claims"];
const FIRST = {hts: "6109.10.00.12", origin: "CN", value: "54", on: "today", beside: "2025-05-02"};
let asked = 0;

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
  const figure = $("ask-steps"), image = figure.querySelector("img");
  const address = (format) => `/v1/timeline?${new URLSearchParams({...goods, from: "2025-01-01", format})}`;
  image.onerror = () => { figure.hidden = true; };
  image.onload = () => { figure.hidden = false; };
  image.alt = `Rate on ${goods.hts} of ${goods.origin} by day of entry since 1 January 2025; the link below has the steps as a table`;
  image.src = address("svg");
  $("ask-more").href = `/?${new URLSearchParams({view: "over-time", hts: goods.hts, origins: goods.origin, from: "2025-01-01"})}`;
  $("ask-csv").href = address("csv");
  $("ask-svg").href = address("svg");
}

async function tell(query) {
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
  else $("ask-steps").hidden = true;
}

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
  tell(query);
}

export function show(query) {
  const asked = Object.keys(query).length ? query : FIRST;
  fill(asked);
  tell(asked);
}

export function begin() {
  $("question").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("question").addEventListener("change", submit);
}
