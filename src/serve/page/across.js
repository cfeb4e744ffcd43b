/* What is said of the lines of a file together: groups, patterns, refunds of entries. */
import {el, money, said} from "/base.js";

const post = (path, query, file, accept) => fetch(`${path}?${new URLSearchParams(query)}`, {method: "POST", body: file,
  headers: {"Content-Type": path === "/v1/refund" ? "text/csv" : "application/octet-stream", Accept: accept}});

async function objects(reply) {
  if (!reply.ok) throw new Error((await reply.json()).detail);
  return (await reply.text()).split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

/* From the column `numbers` on they are numbers. */
const table = (head, rows, numbers) => el("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": head[0]},
  el("table", {}, el("thead", {}, el("tr", {}, head.map((name, i) => el("th", {scope: "col", class: numbers && i >= numbers ? "n" : null}, name)))), el("tbody", {}, rows)));

/* Groups of lines with how many there are of each lane; `choose` is called with the group that is pressed. */
export function groups(lines, by, choose) {
  const found = new Map();
  for (const line of lines) {
    const name = by(line) || "none", group = found.get(name) || {lines: 0, red: 0, yellow: 0, green: 0};
    group.lines++;
    if (line.lane in group) group[line.lane]++;
    found.set(name, group);
  }
  const number = (n) => el("td", {class: "n"}, n ? n.toLocaleString("en-US") : "");
  return table(["Group", "Lines", "Red", "Yellow", "Green"], [...found].sort((a, b) => b[1].lines - a[1].lines).slice(0, 500).map(([name, group]) => {
    const button = el("button", {type: "button", class: "plain"}, name);
    button.addEventListener("click", () => choose(name));
    return el("tr", {}, el("td", {}, button), number(group.lines), number(group.red), number(group.yellow), number(group.green));
  }), 1);
}

function pattern(one) {
  return el("details", {}, el("summary", {}, `${one.title}: ${one.group && one.group.name || ""}, ${one.lines} lines`),
    el("p", {}, said(one.says || "")), one.innocent ? el("p", {class: "sub"}, `It may be innocent: ${one.innocent}.`) : null,
    el("ul", {}, (one.shown || []).map((each) => el("li", {}, `${each.what}: ${each.is}`))),
    table(["Line", "Reference", "Entered", "Code", "Origin", "Value"], (one.named || []).map((each) => el("tr", {},
      [each.line, each.id, each.entered, each.hts, each.origin, each.value].map((cell) => el("td", {}, cell == null ? "" : `${cell}`))))),
    el("p", {class: "sub"}, "Rules: ", (one.rules || []).flatMap((rule, i) => [i ? "; " : "", rule.url ? el("a", {href: rule.url, rel: "noreferrer"}, rule.cite || rule.by) : rule.cite || rule.by])));
}

export async function patterns(file, query) {
  const found = await objects(await post("/v1/patterns", query, file, "application/x-ndjson"));
  return [el("h2", {}, `${found.length} patterns across lines`), el("p", {class: "sub"}, "What is seen is a ground to look, and accuses nobody."), ...found.map(pattern)];
}

function entry(one) {
  return el("tr", {}, el("td", {}, one.entry || one.text || ""), el("td", {}, [one.status, one.reason].filter(Boolean).join(", ").replace(/_/g, " ").toLowerCase()),
    ["principal", "interest", "total"].map((name) => el("td", {class: "n"}, one[name] == null ? "not known" : money(one[name], "USD"))),
    el("td", {}, one.protest_deadline || "", one.note ? el("div", {class: "sub"}, said(one.note)) : null));
}

export async function refunds(file) {
  const found = await objects(await post("/v1/refund", {}, file, "application/x-ndjson"));
  return [el("h2", {}, `Refunds of ${found.length} entries`), table(["Entry", "Fate", "Principal", "Interest", "Total", "Protest by"], found.map(entry))];
}
