/* The answer to one line of goods. */
import {act, day, el, hue, money, quoted, said} from "/base.js";

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

export function total(finding) {
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

export function lane(name) {
  return name && name !== "none" ? el("span", {class: `lane ${name}`}, name) : "";
}

/* inFull: with why it is refused, which is not said elsewhere. */
export function answer(finding, inFull) {
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
