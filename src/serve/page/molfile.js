/* A structure pasted as a molfile (V2000): its SMILES, by which it is asked for, and its drawing by the
 * coordinates that stand in it. Stereo is not carried over: the answer says where it matters. */
import {shape} from "/chart.js";

const CHARGES = {1: 3, 2: 2, 3: 1, 5: -1, 6: -2, 7: -3};
const PLAIN = ["B", "C", "N", "O", "P", "S", "F", "Cl", "Br", "I"];

export const isMolfile = (text) => /^M {2}END/m.test(text) || /V[23]000\s*$/m.test(text);

/* Atoms and bonds; an Error says what is wrong with the text. */
export function read(text) {
  const lines = text.replace(/\r/g, "").split("\n"), at = lines.findIndex((line) => /V2000\s*$/.test(line));
  if (at < 0) throw new Error("The molfile has no counts line that ends in V2000: paste a molfile of version V2000, or a SMILES.");
  const count = +lines[at].slice(0, 3), bonded = +lines[at].slice(3, 6);
  const atoms = lines.slice(at + 1, at + 1 + count).map((line) => ({x: parseFloat(line.slice(0, 10)), y: parseFloat(line.slice(10, 20)),
    is: line.slice(31, 34).trim(), charge: CHARGES[+line.slice(36, 39)] || 0, bonds: []}));
  const bonds = lines.slice(at + 1 + count, at + 1 + count + bonded).map((line) => ({a: +line.slice(0, 3) - 1, b: +line.slice(3, 6) - 1, order: +line.slice(6, 9)}));
  if (!count || atoms.length !== count || bonds.length !== bonded || atoms.some((atom) => !/^[A-Z][a-z]?$/.test(atom.is) || Number.isNaN(atom.x + atom.y)))
    throw new Error("The molfile is cut off, or an atom of it is none: paste it whole, from its first line to M  END.");
  if (bonds.some((bond) => !atoms[bond.a] || !atoms[bond.b] || ![1, 2, 3, 4].includes(bond.order)))
    throw new Error("A bond of the molfile is none: its atoms are numbered from 1, its order is 1, 2, 3 or 4.");
  if (lines.some((line) => line.startsWith("M  CHG"))) for (const atom of atoms) atom.charge = 0;
  for (const line of lines)
    if (line.startsWith("M  CHG")) {
      const given = line.slice(9).trim().split(/\s+/).map(Number);
      for (let i = 0; i + 1 < given.length; i += 2) if (atoms[given[i] - 1]) atoms[given[i] - 1].charge = given[i + 1];
    }
  for (const bond of bonds) { atoms[bond.a].bonds.push(bond); atoms[bond.b].bonds.push(bond); }
  return {atoms, bonds};
}

function symbol(atom) {
  const aromatic = atom.bonds.some((bond) => bond.order === 4), is = aromatic ? atom.is.toLowerCase() : atom.is;
  if (!atom.charge && PLAIN.includes(atom.is)) return is;
  /* In brackets hydrogens are said: as many as the usual valence leaves. */
  const usual = {N: 3 + atom.charge, O: 2 + atom.charge, C: 4 - Math.abs(atom.charge), S: 2 + atom.charge, P: 3 + atom.charge}[atom.is] || 0;
  const used = atom.bonds.reduce((sum, bond) => sum + (bond.order === 4 ? 1.5 : bond.order), 0), left = Math.max(0, Math.floor(usual - used));
  const charge = atom.charge ? (atom.charge > 0 ? "+" : "-") + (Math.abs(atom.charge) > 1 ? Math.abs(atom.charge) : "") : "";
  return `[${is}${left ? "H" + (left > 1 ? left : "") : ""}${charge}]`;
}

const SIGN = {1: "", 2: "=", 3: "#", 4: ""};
const number = (ring) => ring > 9 ? `%${ring}` : `${ring}`;

/* Depth first: a bond to an atom already met closes a ring. */
export function smiles({atoms}) {
  const order = new Map(), rings = new Map(), closing = new Map(), tree = new Map();
  let rung = 0;
  const meet = (at, from) => {
    order.set(at, order.size);
    tree.set(at, []);
    for (const bond of atoms[at].bonds) {
      const to = bond.a === at ? bond.b : bond.a;
      if (bond === from || closing.has(bond)) continue;
      if (order.has(to)) {
        closing.set(bond, ++rung);
        for (const end of [at, to]) rings.set(end, [...rings.get(end) || [], bond]);
      } else {
        tree.get(at).push([bond, to]);
        meet(to, bond);
      }
    }
  };
  const write = (at) => {
    const marks = (rings.get(at) || []).map((bond) => SIGN[bond.order] + number(closing.get(bond))).join("");
    const parts = tree.get(at).map(([bond, to]) => SIGN[bond.order] + write(to));
    return symbol(atoms[at]) + marks + parts.map((part, i) => i + 1 < parts.length ? `(${part})` : part).join("");
  };
  const found = [];
  atoms.forEach((atom, at) => {
    if (order.has(at) || (atom.is === "H" && atom.bonds.length)) return;
    meet(at, null);
    found.push(write(at));
  });
  return found.join(".");
}

function lines(a, b, order) {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1, dx = (b.y - a.y) / length * 3, dy = (a.x - b.x) / length * 3;
  const at = {1: [0], 2: [-0.6, 0.6], 3: [-1, 0, 1], 4: [-0.6, 0.6]}[order];
  return at.map((by, i) => shape("line", {x1: a.x + by * dx, y1: a.y + by * dy, x2: b.x + by * dx, y2: b.y + by * dy,
    class: "bond", "stroke-dasharray": order === 4 && i ? "3 3" : null}));
}

export function drawing({atoms, bonds}, title) {
  const size = 220, room = 24, xs = atoms.map((atom) => atom.x), ys = atoms.map((atom) => atom.y);
  const span = Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)) || 1;
  const places = atoms.map((atom) => ({x: room + (atom.x - Math.min(...xs)) / span * (size - 2 * room), y: room + (Math.max(...ys) - atom.y) / span * (size - 2 * room)}));
  const made = shape("svg", {role: "img", "aria-label": title, viewBox: `0 0 ${size} ${size}`, width: size, height: size, class: "chart structure"});
  for (const bond of bonds) made.append(...lines(places[bond.a], places[bond.b], bond.order));
  atoms.forEach((atom, i) => {
    if (atom.is === "C" && !atom.charge && atoms.length > 1) return;
    const charge = atom.charge ? (Math.abs(atom.charge) > 1 ? Math.abs(atom.charge) : "") + (atom.charge > 0 ? "+" : "−") : "";
    made.append(shape("circle", {cx: places[i].x, cy: places[i].y, r: 9, class: "paper"}),
      shape("text", {x: places[i].x, y: places[i].y + 5, "text-anchor": "middle", class: "head"}, atom.is + charge));
  });
  return made;
}
