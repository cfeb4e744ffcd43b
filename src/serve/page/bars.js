/* The chart of a series: each figure a bar as wide as its period, and events as thin rules. */
import {day} from "/base.js";
import {DAY, axes, picture, shape, words} from "/chart.js";

const time = (text) => Date.parse(`${text}T00:00Z`);
const BOUNDS = {about: "about ", over: "over ", under: "under "};

export const figureText = (figure) => `${BOUNDS[figure.bound] || ""}${figure.value.toLocaleString("en-US")}`;
export const period = (figure) => `${day(figure.first)} to ${day(figure.last)}`;

/* Numbers where there is room: the newest first, then the greatest. */
function numbers(group, box, figures) {
  const taken = [], newest = Math.max(...figures.map((one) => time(one.last)));
  const sorted = [...figures].sort((a, b) => (time(b.last) === newest) - (time(a.last) === newest) || Math.abs(b.value) - Math.abs(a.value));
  for (const figure of sorted) {
    const text = figureText(figure), width = 7 * text.length + 4;
    const middle = (box.x(time(figure.first)) + box.x(time(figure.last) + DAY)) / 2;
    const x = Math.max(box.left, Math.min(box.left + box.width - width, middle - width / 2)), y = box.y(figure.value) + (figure.value < 0 ? 13 : -4);
    if (taken.some((one) => x < one.x + one.width && one.x < x + width && Math.abs(one.y - y) < 18)) continue;
    group.append(words(x, y, text, "rate"));
    taken.push({x, y, width});
  }
}

/* figures of one series; events: what is marked; from, until: the days that are shown, as numbers. */
export function bars(figures, events, from, until, width, title) {
  const tall = 210, drawn = picture(width, tall, title), group = shape("g", {});
  const values = figures.map((one) => one.value);
  const box = {left: 62, top: 18, width: width - 74, height: 160, from, until, most: 1.1 * Math.max(0, ...values), least: 1.1 * Math.min(0, ...values)};
  axes(group, box, "");
  for (const event of events) {
    const x = box.x(time(event.date));
    group.append(shape("line", {class: "event", x1: x, x2: x, y1: box.top, y2: box.top + box.height}, shape("title", {}, `${day(event.date)}: ${event.summary}`)));
  }
  for (const figure of figures) {
    const x = box.x(time(figure.first)), place = {x, width: Math.max(2, box.x(time(figure.last) + DAY) - x),
      y: Math.min(box.y(0), box.y(figure.value)), height: Math.abs(box.y(figure.value) - box.y(0))};
    group.append(shape("rect", {...place, class: "bar"}, shape("title", {}, `${period(figure)}: ${figureText(figure)} ${figure.unit}`)));
  }
  numbers(group, box, figures);
  drawn.append(group);
  return drawn;
}

export const span = (figures) => figures.length ? [Math.min(...figures.map((one) => time(one.first))), Math.max(...figures.map((one) => time(one.last) + DAY))] : null;
