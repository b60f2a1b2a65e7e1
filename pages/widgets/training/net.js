import { number, paint, pixels } from "./bytes.js";

const SVG = "http://www.w3.org/2000/svg";

// The network: each neuron is a tile that shows its own answers, each line a weight.
export class Net {
  constructor(root, show) {
    Object.assign(this, { show, box: root.querySelector(".net .inside"), note: root.querySelector(".net .note") });
    this.edges = this.box.querySelector("svg");
  }

  load(run) {
    Object.assign(this, { run, ramp: pixels(run.tileRamp), tiles: [], lines: [] });
    this.box.querySelectorAll(".tile").forEach((tile) => tile.remove());
    let at = 0;
    run.layers.forEach((layer, index) => {
      layer.names.forEach((name, row) => {
        const before = index ? run.layers[index - 1].names : [];
        const tile = { index, row, name, before, at, element: this.element(index, row, name) };
        at += index ? before.length + 1 : 0;
        this.tiles.push(tile);
        tile.bytes = (k) => {
          const {
            shape: [, snapshots, size],
            values,
          } = run.arrays[`tiles${index - 1}`];
          return values.subarray((row * snapshots + k) * size, (row * snapshots + k + 1) * size);
        };
      });
    });
    this.count = at;
    const sizes = run.arrays.weights.values.map(Math.abs).sort();
    this.largest = sizes[Math.floor(0.98 * (sizes.length - 1))] || 1;
    this.resize();
  }

  element(index, row, name) {
    const element = document.createElement(index ? "button" : "span");
    element.className = index ? "tile" : "tile input";
    if (!index) element.textContent = name;
    else {
      Object.assign(element, { type: "button", ariaLabel: name });
      const canvas = document.createElement("canvas");
      Object.assign(canvas, this.run.tile);
      const bias = document.createElement("i");
      element.append(canvas, bias);
      const choose = () => this.choose(this.tiles.find((tile) => tile.element === element));
      Object.assign(element, {
        onpointerenter: choose,
        onfocus: choose,
        onpointerleave: () => this.choose(null),
        onblur: () => this.choose(null),
      });
    }
    this.box.append(element);
    return element;
  }

  choose(tile) {
    this.chosen = tile;
    this.show(tile);
  }

  resize() {
    const layers = this.run.layers;
    const rows = Math.max(...layers.map((layer) => layer.names.length));
    const width = Math.max(this.box.parentElement.clientWidth, 62 * layers.length);
    const spacing = Math.min(64, Math.max(34, 380 / rows));
    const height = rows * spacing + 26;
    const size = Math.min(48, spacing - 6);
    Object.assign(this.box.style, { width: `${width}px`, height: `${height}px` });
    this.edges.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const column = (width - 56) / Math.max(layers.length - 1, 1);
    const middle = (height - 26) / 2 + 26;
    for (const tile of this.tiles) {
      tile.x = 28 + column * tile.index;
      tile.y = middle + spacing * (tile.row - (layers[tile.index].names.length - 1) / 2);
      const place = {
        left: `${tile.x - size / 2}px`,
        top: `${tile.y - size / 2}px`,
        width: `${size}px`,
        height: `${size}px`,
      };
      Object.assign(tile.element.style, place);
    }
    this.connect();
    const heads = layers.map((layer, index) => {
      const head = document.createElementNS(SVG, "text");
      head.textContent = layer.title;
      for (const [name, value] of Object.entries({ x: 28 + column * index, y: 13, "text-anchor": "middle" }))
        head.setAttribute(name, value);
      return head;
    });
    this.edges.replaceChildren(...this.lines.map((line) => line.element), ...heads);
  }

  connect() {
    this.lines = [];
    for (const tile of this.tiles) {
      tile.before.forEach((_, source) => {
        const from = this.tiles.find((other) => other.index === tile.index - 1 && other.row === source);
        const element = document.createElementNS(SVG, "line");
        for (const [name, value] of Object.entries({ x1: from.x, y1: from.y, x2: tile.x, y2: tile.y }))
          element.setAttribute(name, value);
        this.lines.push({ element, at: tile.at + source, to: tile });
      });
    }
  }

  draw(k) {
    const weights = this.run.arrays.weights.values.subarray(k * this.count, (k + 1) * this.count);
    const { positive, negative } = this.run.colours;
    for (const { element, at, to } of this.lines) {
      const share = Math.min(1, Math.abs(weights[at]) / this.largest);
      element.style.stroke = weights[at] < 0 ? negative : positive;
      element.style.strokeWidth = 0.4 + 4.6 * share;
      element.style.opacity = this.chosen && this.chosen !== to ? 0.08 : 0.25 + 0.75 * share;
    }
    for (const tile of this.tiles) {
      if (!tile.index) continue;
      const [canvas, bias] = tile.element.children;
      paint(canvas, tile.bytes(k), this.ramp);
      const b = weights[tile.at + tile.before.length];
      bias.style.background = b < 0 ? negative : positive;
      bias.style.width = bias.style.height = `${2 + 7 * Math.min(1, Math.abs(b) / this.largest)}px`;
    }
    this.note.textContent = this.chosen ? this.numbers(this.chosen, weights) : this.run.hint;
  }

  numbers(tile, weights) {
    const parts = tile.before
      .slice(0, 6)
      .map((name, i) => `${number(weights[tile.at + i])} · ${name.replace(/Hidden (\d+), neuron (\d+)/, "a$2")}`);
    const rest = tile.before.length > 6 ? " + …" : "";
    return `${tile.name}: z = ${parts.join(" + ")}${rest} + b (${number(weights[tile.at + tile.before.length])})`;
  }
}
