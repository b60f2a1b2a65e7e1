// What Plotly has drawn, in which other numbers are put without drawing it anew: only what differs is touched, and looks
// as Plotly would draw it. What does not fit in, as another number of marks, is left to Plotly.
import { Edges } from "./edges.js";
import { LOOKS } from "./looks.js";

const item = (value, index) => (Array.isArray(value) ? value[index] : value);

const same = (one, other) => {
  if (one === other) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((value, index) => value === other[index]);
};

const isNode = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// the values that differ, [[path, before, after], …]
const differing = (before, after, within = "") =>
  Object.keys({ ...before, ...after }).flatMap((name) => {
    const [old, now, path] = [before[name], after[name], within + name];
    if (same(old, now)) return [];
    return isNode(old) && isNode(now) ? differing(old, now, `${path}.`) : [[path, old, now]];
  });

// what several things ask to be done; null if one of them cannot be
const together = (acts) => (acts.includes(null) ? null : acts.flat());

export class Drawing {
  // the traces that are drawn, each as sized(trace, index) makes it; group(index) is the element of one, or null
  constructor(traces, sized, group) {
    Object.assign(this, { traces, sized, group, drawn: traces.map(sized), found: new Map() });
    this.edges = new Edges((index) => this.elements(index, ".js-line"));
  }

  // an empty trace would cost Plotly time too
  get shown() {
    return this.drawn.filter((trace) => trace.x?.length !== 0);
  }

  // shows other traces, and returns whether it could; if not, nothing has changed
  show(traces) {
    const changed = traces.flatMap((trace, index) => (trace === this.traces[index] ? [] : [index]));
    const pairs = changed.map((index) => [index, this.drawn[index], this.sized(traces[index], index)]);
    const isLine = ([, { mode }]) => mode === "lines";
    const marks = pairs.filter((pair) => !isLine(pair)).map((pair) => this.marks(...pair));
    const acts = together([this.edges.become(pairs.filter(isLine)), ...marks]);
    if (!acts) return false;
    for (const act of acts) act();
    for (const [index, , after] of pairs) this.drawn[index] = after;
    this.traces = traces;
    return true;
  }

  // what makes the marks of a trace those of another
  marks(index, before, after) {
    const acts = differing(before, after).map(([path, old, now]) => {
      const look = LOOKS[path];
      const elements = look && this.elements(index, look.of);
      const fit = elements?.length === before.x.length && before.x.length === after.x.length;
      return fit ? this.items(look, elements, old, now, after) : null;
    });
    return together(acts);
  }

  items({ set, fits = () => true }, elements, old, now, trace) {
    const acts = elements.flatMap((element, index) => {
      const [before, after] = [item(old, index), item(now, index)];
      if (before === after) return [];
      return fits(before, after) ? [() => set(element, after, trace)] : [null];
    });
    return together(acts);
  }

  elements(index, selector) {
    const name = `${index} ${selector}`;
    if (!this.found.has(name)) this.found.set(name, [...(this.group(index)?.querySelectorAll(selector) ?? [])]);
    return this.found.get(name);
  }
}
