// The network: each neuron is a tile that shows its own answers, each line a weight.
import { paint, pixels } from "./colours.js";
import { layout } from "./layout.js";
import { shortened, weightedSum } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

const drawing = (kind, attributes) => {
  const element = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

export class Net {
  // show(tile) is called when a tile is chosen, and without one when it is left
  constructor(root, show) {
    Object.assign(this, { show, box: root.querySelector(".net .inside"), note: root.querySelector(".net .note") });
    this.edges = this.box.querySelector("svg");
  }

  load(run) {
    Object.assign(this, { run, ramp: pixels(run.tileRamp), tiles: [], lines: [], chosen: null });
    for (const tile of this.box.querySelectorAll(".tile")) tile.remove();
    let at = 0;
    for (const [layer, { names }] of run.layers.entries()) {
      const inputs = layer ? run.layers[layer - 1].names : [];
      for (const [row, name] of names.entries()) {
        this.tiles.push(this.tile({ layer, row, name, inputs, at }));
        at += layer ? inputs.length + 1 : 0;
      }
    }
    this.count = at;
    const sizes = run.arrays.weights.values.map(Math.abs).sort();
    this.largest = sizes[Math.floor(0.98 * (sizes.length - 1))] || 1;
    this.resize();
  }

  // its weights are at `at` and after, and then its bias
  tile({ layer, row, ...rest }) {
    const { run } = this;
    const bytes = (k) => {
      const { shape, values } = run.arrays[`tiles${layer - 1}`];
      const [, snapshots, size] = shape;
      return values.subarray((row * snapshots + k) * size, (row * snapshots + k + 1) * size);
    };
    const tile = { layer, row, bytes, ...rest };
    tile.element = layer ? this.button(tile) : this.input(tile);
    this.box.append(tile.element);
    return tile;
  }

  input({ name }) {
    const words = { textContent: shortened(name, 8), title: name };
    return Object.assign(document.createElement("span"), { className: "tile input", ...words });
  }

  button(tile) {
    const choose = () => this.choose(tile);
    const leave = () => this.choose(null);
    const button = Object.assign(document.createElement("button"), {
      className: "tile",
      type: "button",
      ariaLabel: tile.name,
      onpointerenter: choose,
      onfocus: choose,
      onpointerleave: leave,
      onblur: leave,
    });
    const canvas = Object.assign(document.createElement("canvas"), this.run.tile);
    button.append(canvas, document.createElement("i"));
    return button;
  }

  choose(tile) {
    this.chosen = tile;
    this.show(tile);
  }

  resize() {
    const { layers } = this.run;
    const sizes = layers.map(({ names }) => names.length);
    const { width, height, size, column, at } = layout(sizes, this.box.parentElement.clientWidth);
    Object.assign(this.box.style, { width: `${width}px`, height: `${height}px` });
    this.edges.setAttribute("viewBox", `0 0 ${width} ${height}`);
    for (const tile of this.tiles) {
      Object.assign(tile, at(tile.layer, tile.row));
      const [left, top] = [tile.x - size / 2, tile.y - size / 2].map((place) => `${place}px`);
      Object.assign(tile.element.style, { left, top, width: `${size}px`, height: `${size}px` });
    }
    this.lines = this.tiles.flatMap((tile) => this.linesTo(tile));
    const heads = layers.map(({ title }, layer) => {
      const head = drawing("text", { x: column(layer), y: 13, "text-anchor": "middle" });
      head.textContent = title;
      return head;
    });
    this.edges.replaceChildren(...this.lines.map((line) => line.element), ...heads);
  }

  linesTo(tile) {
    const sources = this.tiles.filter((other) => other.layer === tile.layer - 1);
    return sources.map((source) => {
      const element = drawing("line", { x1: source.x, y1: source.y, x2: tile.x, y2: tile.y });
      return { element, at: tile.at + source.row, to: tile };
    });
  }

  draw(k) {
    const weights = this.run.arrays.weights.values.subarray(k * this.count, (k + 1) * this.count);
    for (const line of this.lines) this.drawLine(line, weights[line.at]);
    for (const tile of this.tiles) if (tile.layer) this.drawTile(tile, k, weights[tile.at + tile.inputs.length]);
    this.note.textContent = this.chosen ? this.words(this.chosen, weights) : this.run.hint;
  }

  drawLine({ element, to }, weight) {
    const { positive, negative } = this.run.colours;
    const share = Math.min(1, Math.abs(weight) / this.largest);
    element.style.stroke = weight < 0 ? negative : positive;
    element.style.strokeWidth = 0.4 + 4.6 * share;
    element.style.opacity = this.chosen && this.chosen !== to ? 0.08 : 0.25 + 0.75 * share;
  }

  drawTile(tile, k, bias) {
    const { positive, negative } = this.run.colours;
    const [canvas, dot] = tile.element.children;
    paint(canvas, tile.bytes(k), this.ramp);
    const size = `${2 + 7 * Math.min(1, Math.abs(bias) / this.largest)}px`;
    Object.assign(dot.style, { background: bias < 0 ? negative : positive, width: size, height: size });
  }

  words({ name, inputs, at }, weights) {
    return weightedSum(name, inputs, weights.subarray(at, at + inputs.length + 1));
  }
}
