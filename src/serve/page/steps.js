/* The chart of a line's duty over time: a panel an origin, its layers stacked as steps; another law as a
 * dashed line; events as marks on top. */
import {hue} from "/base.js";
import {axes, picture, shape, words} from "/chart.js";

const share = (layer, value) => 100 * parseFloat(layer.amount) / value;
const time = (text) => Date.parse(text);
const known = (step) => step.duty && step.duty.amount != null;

function height(line) {
  return Math.max(0, ...line.steps.filter(known).map((step) => 100 * parseFloat(step.duty.amount) / line.value));
}

/* One piece for as long as a layer stays what it is, though other layers change. */
function areas(group, box, line) {
  for (const step of line.steps.filter(known)) {
    let under = 0;
    const x = box.x(time(step.from)), width = box.x(time(step.until)) - x;
    for (const layer of step.duty.lines || []) {
      const part = share(layer, line.value);
      if (!(part > 0)) continue;
      const place = {x, width: Math.max(0.5, width), y: box.y(under + part), height: box.y(under) - box.y(under + part)};
      group.append(shape("rect", {...place, class: `layer c-${hue(layer.program)}`}));
      if (layer.void) group.append(shape("rect", {...place, fill: "url(#hatch)"}));
      under += part;
    }
  }
}

function path(box, line) {
  let text = "", joined = false;
  for (const step of line.steps) {
    if (!known(step)) { joined = false; continue; }
    const y = box.y(100 * parseFloat(step.duty.amount) / line.value);
    text += `${joined ? "L" : "M"}${box.x(time(step.from))} ${y}H${box.x(time(step.until))}`;
    joined = true;
  }
  return text;
}

/* The rate above each step that has room for it: the highest first, then the longest. */
function rates(group, box, line) {
  const runs = [], taken = [];
  for (const step of line.steps.filter(known)) {
    const before = runs.at(-1), amount = parseFloat(step.duty.amount), rate = step.duty.rate || "";
    if (before && before.rate === rate) before.until = time(step.until);
    else runs.push({from: time(step.from), until: time(step.until), amount, rate});
  }
  const most = Math.max(...runs.map((run) => run.amount));
  runs.sort((a, b) => (b.amount === most) - (a.amount === most) || (b.until - b.from) - (a.until - a.from));
  for (const {from, amount, rate} of runs) {
    const width = 8 * rate.length + 6, x = Math.min(box.x(from) + 3, box.left + box.width - width);
    if (taken.some((at) => x < at + width && at < x + width)) continue;
    group.append(words(x, box.y(100 * amount / line.value) - 5, rate, "rate"));
    taken.push(x);
  }
}

/* The layers of the last step by name, each beside its own, without overlap. */
function names(group, box, line, room) {
  const last = line.steps.filter(known).at(-1);
  if (!last) return;
  let under = 0, lowest = box.top + box.height + 4;
  for (const layer of last.duty.lines || []) {
    const part = share(layer, line.value);
    if (!(part > 0)) continue;
    const y = Math.min(lowest, box.y(under + part / 2) + 4), most = Math.floor(room / 6.4);
    const text = `${layer.rate} ${layer.title || layer.program}`;
    group.append(words(box.left + box.width + 8, y, text.length > most ? `${text.slice(0, most - 1)}…` : text, "name"));
    lowest = y - 15;
    under += part;
  }
}

/* told, other: lines of /v1/timeline under the law and, or null, under the scenario; marks: what is
 * numbered on top, each with `at`. */
export function steps(told, other, marks, width, title) {
  const wide = width > 760, right = wide ? 300 : 12, left = 46, panel = wide ? 190 : 150, head = marks.length ? 66 : 12;
  const tall = head + told.length * (panel + 52);
  const drawn = picture(width, tall, title, "group"), all = [...told, ...(other || [])];
  const from = Math.min(...told.map((line) => time(line.steps[0].from))), until = Math.max(...told.map((line) => time(line.steps.at(-1).until)));
  const most = 1.12 * Math.max(1, ...all.map(height)), boxes = [];
  told.forEach((line, i) => {
    const box = {left, top: head + i * (panel + 52) + 14, width: width - left - right, height: panel, from, until, most};
    const group = shape("g", {});
    axes(group, box, "%");
    areas(group, box, line);
    group.append(words(left, box.top - 6, `From ${line.origin}`, "head"), shape("path", {d: path(box, line), class: "edge"}));
    if (other) group.append(shape("path", {d: path(box, other[i]), class: "what-if"}));
    rates(group, box, line);
    if (wide) names(group, box, line, right - 8);
    drawn.append(group);
    boxes.push(box);
  });
  const rows = [-20, -20, -20]; /* marks that are close stand below each other */
  marks.forEach((mark, i) => {
    const x = boxes[0].x(time(mark.at)), row = Math.max(0, rows.findIndex((end) => end < x)), y = 12 + 18 * row;
    rows[row] = x + 17;
    mark.shape = shape("g", {class: "mark-of", role: "button", tabindex: 0, "aria-label": `${mark.day}: ${mark.title}`},
      shape("line", {class: "event", x1: x, x2: x, y1: y + 8, y2: tall - 40}), shape("circle", {cx: x, cy: y, r: 8}),
      shape("text", {x, y: y + 4, "text-anchor": "middle"}, i + 1), shape("title", {}, `${mark.day}: ${mark.title}`));
    drawn.append(mark.shape);
  });
  const cursor = shape("line", {class: "cursor", y1: head - 6, y2: tall - 40, "data-passing": "yes"});
  drawn.append(cursor);
  return {drawn, from, until, point(at) { for (const end of ["x1", "x2"]) cursor.setAttribute(end, boxes[0].x(at)); },
    at(x) { return from + Math.max(0, Math.min(1, (x - left) / boxes[0].width)) * (until - from); }};
}
