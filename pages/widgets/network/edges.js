// Edges that go from one trace of lines to another, as the size or the sign of their number asks for: each is a path of
// its own, which takes the look of the other trace where it stands.
import { paint } from "./shades.js";

// where the lines of a trace are, each from one point to another
const ends = ({ x, y }) =>
  Array.from({ length: Math.ceil(x.length / 3) }, (_, at) => [x, y].map((all) => all.slice(3 * at, 3 * at + 2)).join());

const look = (path, { color, width, dash }) => {
  paint(path, "stroke", color);
  Object.assign(path.style, { strokeWidth: `${width}px`, strokeDasharray: dash === "solid" ? "" : dash });
};

// the paths that leave their trace, by where they are: an edge may be in two, by its number and lit, which come in order
const leaving = (before, after) => {
  const found = new Map();
  for (const [at, known] of before.entries())
    for (const [name, path] of known) if (!after[at].has(name)) found.set(name, [...(found.get(name) ?? []), path]);
  return found;
};

export class Edges {
  // paths(index) are those of a trace as it was drawn
  constructor(paths) {
    Object.assign(this, { paths, known: new Map() });
  }

  // the paths of a trace by where they are; null if they are others than those of its lines
  of(index, trace) {
    if (!this.known.has(index)) {
      const [names, paths] = [ends(trace), this.paths(index)];
      const fits = names.length === paths.length;
      this.known.set(index, fits ? new Map(names.map((name, at) => [name, paths[at]])) : null);
    }
    return this.known.get(index);
  }

  // what makes traces of lines others, [[index, before, after], …] in order; null if not all have the same edges
  become(pairs) {
    const before = pairs.map(([index, old]) => this.of(index, old));
    if (before.includes(null)) return null;
    const after = pairs.map(([, , now]) => new Set(ends(now)));
    const free = leaving(before, after);
    const taken = (names, at) => [...names].map((name) => [name, before[at].get(name) ?? free.get(name)?.shift()]);
    const now = after.map((names, at) => new Map(taken(names, at)));
    const fits = now.every((known) => ![...known.values()].includes(undefined)) && ![...free.values()].flat().length;
    return fits ? pairs.map((pair, at) => () => this.take(pair, now[at])) : null;
  }

  take([index, { line: before }, { line }], now) {
    const known = this.known.get(index);
    for (const [name, path] of now) if (line.color !== before.color || known.get(name) !== path) look(path, line);
    this.known.set(index, now);
  }
}
