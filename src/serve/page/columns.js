/* What the columns of a file are read as, corrected by hand, and kept under a name in this browser. */
import {$, el, said, told} from "/base.js";

const ENOUGH = 65536, KEY = "tidewaiter-columns";

export function kept() {
  try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
}

/* Without columns the name is given up. */
export function keep(name, columns) {
  const all = kept();
  if (columns.trim()) all[name] = columns; else delete all[name];
  try { localStorage.setItem(KEY, JSON.stringify(all)); } catch { /* this browser keeps nothing */ }
}

/* The first lines are enough, of a text; what is packed is read whole. */
async function first(file) {
  if (file.size <= ENOUGH || /\.(xlsx|gz|zst|zip)$/i.test(file.name)) return file;
  const bytes = new Uint8Array(await file.slice(0, ENOUGH).arrayBuffer()), end = bytes.lastIndexOf(10);
  return bytes.subarray(0, end < 0 ? bytes.length : end + 1);
}

function row(one, correct) {
  const input = el("input", {list: "ours", value: one.read_as || "", size: 14, placeholder: one.near ? `${one.near}?` : "not read", "aria-label": `${one.name} is read as`});
  input.addEventListener("change", () => correct(one.name, input.value.trim()));
  return el("tr", {}, el("th", {scope: "row"}, one.name), el("td", {}, input, one.why ? el("div", {class: "sub"}, said(one.why)) : null), el("td", {}, one.values.join(" | ")));
}

/* `correct` is called with their name and ours. */
export async function asRead(file, query, correct) {
  const open = $("as-read").open;
  $("as-read").hidden = true;
  try {
    const found = await told(await fetch(`/v1/columns?${new URLSearchParams(query)}`, {method: "POST", body: await first(file), headers: {"Content-Type": "application/octet-stream"}}));
    $("as-read-table").replaceChildren(el("thead", {}, el("tr", {}, ["Column", "Read as", "First values"].map((name) => el("th", {scope: "col"}, name)))),
      el("tbody", {}, found.columns.map((one) => row(one, correct))));
    $("as-read").hidden = false;
    $("as-read").open = open;
  } catch { /* what is wrong with the file is said by its answer */ }
}
