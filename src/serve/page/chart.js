/* Pieces of charts as SVG: axes, hatching, and the picture as a file. What is drawn is handed in. */
import {el} from "/base.js";

export const DAY = 86400000;
const SPACE = "http://www.w3.org/2000/svg";
const SHORT = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function shape(name, attributes, ...children) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes || {})) if (value != null) made.setAttribute(key, value);
  made.append(...children.flat().filter((child) => child != null));
  return made;
}

/* A picture with the hatching of duties held unlawful, or of figures that are not final; a group where
 * parts of it can be pressed. */
export function picture(width, height, title, role = "img") {
  return shape("svg", {xmlns: SPACE, role, "aria-label": title, viewBox: `0 0 ${width} ${height}`, width, height, class: "chart"},
    shape("defs", {}, shape("pattern", {id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)"},
      shape("rect", {width: 2.5, height: 6, class: "paper"}))),
    shape("rect", {width, height, class: "paper"}));
}

export function words(x, y, text, kind, anchor) {
  return shape("text", {x, y, class: kind || "quiet", "text-anchor": anchor}, text);
}

/* Round numbers from `least`, which is zero or below it, to `most`. */
function scale(most, least) {
  const rough = (most - least || 1) / 4, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough) * power, found = [];
  for (let at = Math.floor(least / step); at * step < most + step * 0.999; at++) found.push(at * step);
  return found;
}

/* Days at which a month, a quarter or a year begins, as many as there is room for. */
function days(from, until, room) {
  const first = new Date(from), found = [];
  const span = (until - from) / DAY / 30.4, most = Math.max(2, Math.floor(room / 56));
  const by = [1, 3, 6, 12, 24].find((one) => span / one <= most) || 60;
  let year = first.getUTCFullYear(), month = 0;
  for (;;) {
    const at = Date.UTC(year, month, 1);
    if (at > until) return found;
    if (at >= from) found.push({at, label: month && found.length && by < 12 ? SHORT[month] : by < 12 ? `${SHORT[month]} ${year}` : `${year}`});
    month += by;
    year += Math.floor(month / 12);
    month %= 12;
  }
}

/* box: left, top, width, height, from, until, most and, below zero, least; it gets x and y. `unit` is behind each number. */
export function axes(group, box, unit) {
  const found = scale(box.most, box.least || 0), top = found.at(-1), low = found[0];
  box.x = (at) => box.left + (Math.max(box.from, Math.min(box.until, at)) - box.from) / (box.until - box.from) * box.width;
  box.y = (value) => box.top + box.height - (value - low) / (top - low) * box.height;
  for (const value of found) {
    group.append(shape("line", {class: value ? "rule" : "axis", x1: box.left, x2: box.left + box.width, y1: box.y(value), y2: box.y(value)}),
      words(box.left - 6, box.y(value) + 4, value.toLocaleString("en-US", {notation: Math.abs(found.at(-1) - low) >= 1e6 ? "compact" : "standard"}) + unit, "quiet", "end"));
  }
  for (const {at, label} of days(box.from, box.until, box.width)) {
    group.append(shape("line", {class: "axis", x1: box.x(at), x2: box.x(at), y1: box.y(low), y2: box.y(low) + 4}));
    if (box.x(at) < box.left + box.width - 24) group.append(words(box.x(at), box.y(low) + 17, label, "quiet"));
  }
  return box;
}

/* A copy that looks the same without the sheet of styles. */
function alone(drawn) {
  const copy = drawn.cloneNode(true), of = [drawn, ...drawn.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((one, i) => {
    const style = getComputedStyle(of[i]);
    for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "font-family", "fill-opacity"])
      one.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "tabindex"]) one.removeAttribute(name);
  });
  for (const passing of copy.querySelectorAll("[data-passing]")) passing.remove();
  return new XMLSerializer().serializeToString(copy);
}

function give(address, name) {
  el("a", {href: address, download: name}).click();
}

/* The picture as it is shown, as a file: svg, or png at twice its size. */
export function save(drawn, name, kind) {
  const text = alone(drawn), address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  if (kind === "svg") { give(address, `${name}.svg`); return; }
  const image = new Image();
  image.onload = () => {
    const canvas = el("canvas", {width: 2 * drawn.getAttribute("width"), height: 2 * drawn.getAttribute("height")});
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    give(canvas.toDataURL("image/png"), `${name}.png`);
  };
  image.src = address;
}
