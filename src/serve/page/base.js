/* Elements, words and questions to the API, for all views. */
export const $ = (id) => document.getElementById(id);

export function el(name, attributes, ...children) {
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
export function day(text) {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?/.exec(text || "");
  if (!found) return text || "";
  const date = `${+found[3]} ${MONTHS[found[2] - 1]} ${found[1]}`;
  if (found[4] === undefined) return date;
  const hour = +found[4];
  if (hour === 12 && found[5] === "00") return date; /* how a day without a time is read */
  return `${date}, ${hour % 12 || 12}:${found[5]} ${hour < 12 ? "a.m." : "p.m."}`;
}

const SIGNS = {USD: "$"};
export function money(amount, currency) {
  if (amount == null) return "not known";
  const [whole, part] = String(amount).split(".");
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? "." + part : "");
  return SIGNS[currency] ? SIGNS[currency] + text : currency ? `${text} ${currency}` : text;
}

/* One color a program, everywhere. */
export function hue(program) {
  for (const [start, name] of [[/\.base$/, "base"], [/^us\.301\.brazil|labor/, "labor"], [/^us\.301/, "s301"],
    [/fentanyl/, "fentanyl"], [/reciprocal/, "reciprocal"], [/^us\.232/, "s232"], [/^us\.122/, "s122"]])
    if (start.test(program)) return name;
  return "other";
}

/* "date-ambiguous: text" as a sentence. */
export function said(text) {
  const [, code, rest] = /^([a-z0-9_-]+): ([^]*)$/.exec(text) || [null, "", text];
  const plain = quoted(rest);
  if (code === "could-matter") return `Could change the answer, if claimed: ${plain}.`;
  return plain.charAt(0).toUpperCase() + plain.slice(1) + (/[.?]$/.test(plain) ? "" : ".");
}

export const quoted = (text) => (text || "").replace(/`([^`]*)`/g, "“$1”");

export const dotted = (code) => code.replace(/^(\d{4})(\d\d)?(\d\d)?(\d\d)?$/, (all, ...parts) => parts.slice(0, 4).filter(Boolean).join("."));

/* Asking */

export const ask = async (path, query) => told(await fetch(`${path}?${new URLSearchParams(query)}`, {headers: {Accept: "application/json"}}));

/* What a reply says; its problem is an error. */
export async function told(reply) {
  const told = await reply.json();
  if (reply.ok) return told;
  throw Object.assign(new Error(told.detail || "The answer cannot be read."), {field: told.field, finding: told.finding, answer: told.answer, line: told.line});
}

/* An act by its id: opened, it says what it is and where its text stands. */
export function act(id) {
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
