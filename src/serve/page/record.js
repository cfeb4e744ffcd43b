/* Record: what was counted beside what was done, and the claims of the news held against both. */
import {$, ask, day, el, said} from "/base.js";
import {bars, figureText, period, span} from "/bars.js";
import {save} from "/chart.js";

const FIELDS = ["since", "until", "every", "about", "actor"];
const FIRST = {since: "2019", about: "fentanyl"};
const MARKED = 60; /* more rules than that hide the bars */
const TITLES = {deaths: "Deaths", seizures: "Seizures", parcels: "Parcels", duty: "Revenue", refunds: "Refunds", trade: "Trade", arrests: "Arrests", prosecutions: "Prosecutions"};
let series = [], asked = 0, charts = [], chosen = {}, events = [], claimed = false;

/* A figure that was worked out from others has no source of its own, but a basis. */
const link = (one) => one.url ? el("a", {href: one.url, rel: "noreferrer"}, one.source) : one.basis || "";
const time = (query) => Object.fromEntries(Object.entries(query).filter(([name]) => name === "since" || name === "until"));
/* The series of a topic that is shown first: of those that add up over time the one most often counted. */
const usual = (topic) => series.filter((one) => one.topic === topic).sort((a, b) => (b.kind === "flow") - (a.kind === "flow") || b.figures - a.figures)[0].series;

function sources(figures) {
  const found = new Map(figures.filter((one) => one.url).map((one) => [one.url, one]));
  return el("p", {class: "sub"}, "Sources: ", [...found.values()].flatMap((one, i) => [i ? ", " : "", link(one)]));
}

function table(figures) {
  return el("details", {}, el("summary", {}, `${figures.length} figures as a table`), el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": "Figures"},
    el("table", {}, el("thead", {}, el("tr", {}, ["Period", "Figure", "Source", "Note"].map((name) => el("th", {scope: "col", class: name === "Figure" ? "n" : null}, name)))),
      el("tbody", {}, figures.map((one) => el("tr", {}, el("td", {}, period(one)), el("td", {class: "n"}, figureText(one)), el("td", {}, link(one)),
        el("td", {}, [one.state, one.note, one.confidence === "high" ? "" : `confidence ${one.confidence}`].filter(Boolean).join("; "))))))));
}

function draw() {
  if ($("record").hidden) return;
  const marked = events.length <= MARKED ? events : [];
  const spans = charts.map((one) => span(one.figures)).filter(Boolean);
  const from = Math.min(...spans.map((one) => one[0])), until = Math.max(...spans.map((one) => one[1]));
  for (const {place, figures, about} of charts)
    place.replaceChildren(figures.length ? bars(figures, marked, from, until, Math.max(280, place.clientWidth), `${about.title}, ${about.unit}`)
      : el("p", {}, "No figures of these periods: choose other days or periods."));
}

function figureOf(topic, about, figures) {
  const place = el("div", {}), name = `record-${topic}`;
  const choice = el("select", {id: name}, series.filter((one) => one.topic === topic)
    .map((one) => el("option", {value: one.series, selected: one.series === about.series}, `${one.title} (${one.unit})`)));
  choice.addEventListener("change", () => { chosen[topic] = choice.value; submit(); });
  const keep = el("button", {type: "button"}, "Picture (SVG)");
  keep.addEventListener("click", () => save(place.querySelector("svg"), about.series, "svg"));
  charts.push({place, figures, about});
  return el("figure", {}, el("figcaption", {}, TITLES[topic] || topic), el("label", {for: name, class: "topic"}, "Series ", choice), place,
    el("p", {class: "sub"}, [about.unit, figures.length ? "; each bar is as wide as its period" : ""]), sources(figures), table(figures),
    el("p", {class: "take"}, keep, el("a", {href: `/v1/series?${new URLSearchParams({name: about.series, format: "csv"})}`}, "Figures (CSV)")));
}

function happened() {
  return [el("h2", {}, `${events.length} events`), events.length > MARKED ? el("p", {class: "sub"}, `More than ${MARKED} are not marked in the charts: narrow them by a word, an actor or days.`)
    : el("p", {class: "sub"}, "Each is a thin rule in the charts."),
  el("ol", {class: "events", tabindex: 0, "aria-label": "Events"}, events.map((one) => el("li", {}, el("b", {}, day(one.date)), ` ${one.actors.join(", ")}: ${said(one.summary)} `, link(one))))];
}

function claim(one) {
  return el("tr", {}, el("td", {}, one.title, el("div", {class: "sub"}, `Stated: ${said(one.stated)}`)),
    el("td", {}, el("b", {}, one.verdict), el("div", {}, said(one.shown)), one.nuance ? el("div", {class: "sub"}, said(one.nuance)) : null,
      el("details", {}, el("summary", {}, `${one.asked.length} questions to law and figures`), el("ul", {}, one.asked.map((each) =>
        el("li", {}, `${each.say}: ${each.answer}${each.agrees ? "" : `, where ${each.expected} was expected`} (from the ${each.from})`))))),
    el("td", {}, link(one)));
}

async function claims() {
  if (claimed) return;
  claimed = true;
  const told = await ask("/v1/news", {});
  $("record-claims").replaceChildren(el("h2", {}, `${told.length} claims of the news, and what law and figures say`),
    el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": "Claims"}, el("table", {class: "claims"},
      el("thead", {}, el("tr", {}, ["Claim", "What law and figures say", "Source"].map((name) => el("th", {scope: "col"}, name)))), el("tbody", {}, told.map(claim)))));
}

async function tell(query) {
  const mine = ++asked, form = $("record-form");
  $("record-error").hidden = true;
  $("record-state").textContent = "Asking…";
  for (const name of FIELDS) form.elements[name].removeAttribute("aria-invalid");
  try {
    if (!series.length) series = await ask("/v1/series", {});
    const topics = [...new Set([...Object.keys(TITLES), ...series.map((one) => one.topic)])].filter((topic) => series.some((one) => one.topic === topic));
    const shown = topics.map((topic) => series.find((one) => one.series === chosen[topic]) || series.find((one) => one.series === usual(topic)));
    const {every, ...rest} = query;
    const [found, ...figures] = await Promise.all([ask("/v1/events", rest),
      ...shown.map((about) => ask("/v1/series", {name: about.series, ...time(query), ...(every ? {every} : {})}))]);
    if (mine !== asked) return;
    events = found;
    charts = [];
    $("record-figures").replaceChildren(...shown.map((about, i) => figureOf(about.topic, about, figures[i])));
    $("record-events").replaceChildren(...happened());
    draw();
    await claims();
  } catch (error) {
    if (mine !== asked) return;
    $("record-error").hidden = false;
    $("record-error").textContent = said(error.message);
    if (FIELDS.includes(error.field)) form.elements[error.field].setAttribute("aria-invalid", "true");
  }
  $("record-state").textContent = "";
}

function submit() {
  const query = {};
  for (const name of FIELDS) if ($("record-form").elements[name].value.trim()) query[name] = $("record-form").elements[name].value.trim();
  const address = `/?${new URLSearchParams({view: "record", ...query, ...chosen})}`;
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  tell(query);
}

export function show(query) {
  document.title = "Record – Tidewaiter";
  const given = Object.keys(query).length ? query : FIRST, asks = {};
  chosen = {};
  for (const [name, value] of Object.entries(given)) if (FIELDS.includes(name)) asks[name] = value; else chosen[name] = value;
  for (const name of FIELDS) $("record-form").elements[name].value = asks[name] || "";
  tell(asks);
}

export function begin() {
  $("record-form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  $("record-form").addEventListener("change", submit);
  addEventListener("resize", draw);
}
