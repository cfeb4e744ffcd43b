/* API: the addresses that programs ask, from their own description. */
import {$, ask, el, said} from "/base.js";

/* An address with the examples of its parameters. */
function example(path, of) {
  const asked = new URLSearchParams();
  for (const one of of.parameters || [])
    if (one.in === "query" && one.example !== undefined && one.name !== "fields") for (const value of [one.example].flat()) asked.append(one.name, value);
  const id = (of.parameters || []).find((one) => one.in === "path");
  return path.replace(/\{.*\}/, id ? id.example : "") + (asked.size ? `?${asked}` : "");
}

function parameter(one) {
  const kind = one.schema.items || one.schema;
  return el("tr", {}, el("td", {}, el("code", {}, one.name), one.required ? " (needed)" : ""),
    el("td", {}, one.description, kind.enum ? el("div", {class: "sub"}, kind.enum.join(", ")) : null));
}

function route(path, method, of) {
  const bodies = of.requestBody ? Object.keys(of.requestBody.content) : [], asked = of.parameters || [], sample = example(path, of);
  return el("section", {}, el("h2", {class: "when"}, `${method.toUpperCase()} ${path}`), el("p", {}, `${of.summary}. ${of.description || ""}`),
    bodies.length ? el("p", {class: "sub"}, "Body: ", bodies.join(", ")) : null,
    el("p", {class: "sub"}, "Answers: ", Object.keys(of.responses["200"].content).join(", ")),
    method === "get" ? el("p", {}, "Try ", el("a", {href: sample}, sample)) : null,
    asked.length ? el("details", {}, el("summary", {}, `${asked.length} parameters`), el("table", {class: "law"}, el("tbody", {}, asked.map(parameter)))) : null);
}

export async function show() {
  document.title = "API – Tidewaiter";
  if ($("api-routes").children.length) return;
  try {
    const told = await ask("/v1/openapi.json", {});
    $("api-routes").replaceChildren(...Object.entries(told.paths).flatMap(([path, all]) => Object.entries(all).map(([method, of]) => route(path, method, of))));
  } catch (error) {
    $("api-error").hidden = false;
    $("api-error").textContent = said(error.message);
  }
}

export function begin() {}
