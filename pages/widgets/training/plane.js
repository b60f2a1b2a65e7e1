// The plane of the data: drawn by Plotly, with a drawing of one's own above it, and the ways between pixels and units.
import { rounded } from "./own_points.js";

const CONFIG = { displayModeBar: false, responsive: false, staticPlot: true };
const NS = "http://www.w3.org/2000/svg";
// in pixels, how far a press may stray and still be a click
const STRAY = 6;
export const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export const make = (name, attributes, parent) => {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
};

// whether a press that began at an event has strayed by the next one
export const strays = (begun, next) => Math.hypot(next.clientX - begun.clientX, next.clientY - begun.clientY) > STRAY;

export class Plane {
  constructor(root) {
    const [stage, plot, svg] = [".stage", ".plot", ".own"].map((selector) => root.querySelector(selector));
    Object.assign(this, { stage, plot, svg });
  }

  get axes() {
    return [this.plot._fullLayout.xaxis, this.plot._fullLayout.yaxis];
  }

  pixel({ x, y }) {
    const [across, up] = this.axes;
    return [across._offset + across.l2p(x), up._offset + up.l2p(y)];
  }

  // a place inside the axes, in their units
  inside(values) {
    const [x, y] = this.axes.map(({ range }, index) => {
      const [low, high] = [Math.min(...range), Math.max(...range)];
      return rounded(Math.min(high, Math.max(low, values[index])), high - low);
    });
    return { x, y };
  }

  middle() {
    return this.inside(this.axes.map(({ range }) => (range[0] + range[1]) / 2));
  }

  // where an event is, in pixels of the drawing
  spot({ clientX, clientY }) {
    const box = this.svg.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }

  at(event) {
    const [left, top] = this.spot(event);
    const [across, up] = this.axes;
    return this.inside([across.p2l(left - across._offset), up.p2l(top - up._offset)]);
  }

  step({ x, y }, [right, above], large) {
    const [across, up] = this.axes.map(({ range }) => Math.abs(range[1] - range[0]) / (large ? 10 : 50));
    return this.inside([x + right * across, y + above * up]);
  }

  cross(place) {
    const [x, y] = this.pixel(place);
    make("path", { class: "cross", d: `M${x - 14} ${y}h28M${x} ${y - 14}v28` }, this.svg);
  }

  // whether there was room to draw in
  async paint(Plotly, { data, layout }) {
    const width = this.stage.clientWidth;
    if (!width) return false;
    await Plotly.react(this.plot, data, { ...layout, width }, CONFIG);
    for (const [name, value] of Object.entries({ width, height: layout.height })) this.svg.setAttribute(name, value);
    return true;
  }
}
