// The large panel: a map with the data on it, a curve through them, or outputs against targets.
import { css, paint, pixels } from "./colours.js";
import { contour } from "./contour.js";

const MARGIN = { left: 44, right: 10, top: 8, bottom: 36 };

// a mark of the legend, as a class of it or with a colour, and what it stands for
const entry = (mark, words) => {
  const item = document.createElement("span");
  item.append(Object.assign(document.createElement("i"), mark), words);
  return item;
};

export class Panel {
  constructor(root) {
    this.canvas = root.querySelector(".main canvas");
    this.name = root.querySelector(".main .name");
    this.legend = root.querySelector(".main .legend");
    this.picture = document.createElement("canvas");
    this.still = document.createElement("canvas");
  }

  load(run) {
    Object.assign(this, { run, main: run.main, ramp: pixels(run.ramp), tileRamp: pixels(run.tileRamp) });
    const { legend, legendShades, strokes } = this.main;
    const colours = legendShades.length ? legendShades.map((shade) => css(run.ramp[shade])) : strokes;
    const parts = run.arrays.testDots ? ["training", "test"] : [];
    this.legend.replaceChildren(
      ...legend.map((words, index) => entry({ style: `background: ${colours[index]}` }, words)),
      ...parts.map((words) => entry({ className: `mark-${words}` }, words)),
    );
    this.resize();
  }

  resize() {
    const scale = window.devicePixelRatio || 1;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    for (const canvas of [this.canvas, this.still])
      Object.assign(canvas, { width: width * scale, height: height * scale });
    Object.assign(this, { scale, x0: MARGIN.left, y0: MARGIN.top });
    Object.assign(this, { w: width - MARGIN.left - MARGIN.right, h: height - MARGIN.top - MARGIN.bottom });
    this.axes();
  }

  // shares of the axes, y upwards, as places on the canvas
  at(x, y) {
    return [this.x0 + x * this.w, this.y0 + (1 - y) * this.h];
  }

  context(canvas) {
    const context = canvas.getContext("2d");
    context.setTransform(this.scale, 0, 0, this.scale, 0, 0);
    return context;
  }

  // what stays the same at every snapshot is drawn once
  axes() {
    const context = this.context(this.still);
    const { colours } = this.run;
    Object.assign(context, {
      font: `12px ${getComputedStyle(this.canvas).fontFamily}`,
      fillStyle: colours.muted,
      strokeStyle: colours.line,
    });
    context.strokeRect(this.x0, this.y0, this.w, this.h);
    Object.assign(context, { textAlign: "center", textBaseline: "top" });
    for (const [share, words] of this.main.x.ticks) context.fillText(words, this.at(share, 0)[0], this.y0 + this.h + 4);
    context.fillText(this.main.x.title, this.x0 + this.w / 2, this.y0 + this.h + 20);
    Object.assign(context, { textAlign: "right", textBaseline: "middle" });
    for (const [share, words] of this.main.y.ticks) context.fillText(words, this.x0 - 5, this.at(0, share)[1]);
    context.save();
    context.translate(9, this.y0 + this.h / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(this.main.y.title, 0, 0);
    context.restore();
    for (const part of ["test", "train"]) if (this.run.arrays[`${part}Dots`]) this.dots(context, part);
  }

  dots(context, part) {
    const { values } = this.run.arrays[`${part}Dots`];
    const [shades, shapes] = [this.run.arrays[`${part}Shades`].values, this.run.arrays[`${part}Shapes`].values];
    const radius = shades.length > 300 ? 3 : 4.5;
    for (let i = 0; i < shades.length; i += 1) {
      const [x, y] = this.at(values[2 * i], values[2 * i + 1]);
      context.beginPath();
      this.shape(context, x, y, radius, shapes[i]);
      context.fillStyle = this.main.dots ?? css(this.run.ramp[shades[i]]);
      context.strokeStyle = part === "test" ? this.run.colours.outline : this.main.edge;
      context.lineWidth = part === "test" ? 2 : 1;
      context.fill();
      context.stroke();
    }
  }

  // a class is told by its shape too: circle, triangle, square, diamond, ...
  shape(context, x, y, radius, kind) {
    const corners = [0, 3, 4, 4, 5, 6][kind];
    if (!corners) return context.arc(x, y, radius, 0, 2 * Math.PI);
    const turn = kind === 2 ? Math.PI / 4 : -Math.PI / 2;
    for (let k = 0; k < corners; k += 1) {
      const angle = turn + (2 * Math.PI * k) / corners;
      context.lineTo(x + 1.3 * radius * Math.cos(angle), y + 1.3 * radius * Math.sin(angle));
    }
    return context.closePath();
  }

  line(context, points, colour, width) {
    context.beginPath();
    for (const point of points) context.lineTo(...this.at(...point));
    Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
    context.stroke();
  }

  draw(k, neuron) {
    const context = this.context(this.canvas);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.name.textContent = neuron
      ? neuron.name
      : { map: "Output", curve: "Output", fit: "Outputs against targets" }[this.main.kind];
    if (this.main.kind !== "curve") this.inside(() => this[this.main.kind](context, k, neuron));
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.still, 0, 0);
    context.restore();
    if (this.main.kind === "curve") this.inside(() => this.curve(context, k, neuron));
  }

  // draws nothing beyond the frame
  inside(draw) {
    const context = this.canvas.getContext("2d");
    context.save();
    context.beginPath();
    context.rect(this.x0, this.y0, this.w, this.h);
    context.clip();
    draw();
    context.restore();
  }

  map(context, k, neuron) {
    const { side, level } = this.main;
    const bytes = neuron
      ? neuron.bytes(k)
      : this.run.arrays.map.values.subarray(k * side * side, (k + 1) * side * side);
    const edge = neuron ? this.run.tile.width : side;
    Object.assign(this.picture, { width: edge, height: edge });
    paint(this.picture, bytes, neuron ? this.tileRamp : this.ramp);
    context.globalAlpha = 0.62;
    context.imageSmoothingQuality = "high";
    // the outer points of the grid lie on the frame
    const [dx, dy] = [this.w / (edge - 1) / 2, this.h / (edge - 1) / 2];
    context.drawImage(this.picture, this.x0 - dx, this.y0 - dy, this.w + 2 * dx, this.h + 2 * dy);
    context.globalAlpha = 1;
    if (neuron || level === null) return;
    context.beginPath();
    for (const [[x1, y1], [x2, y2]] of contour(bytes, side, level)) {
      context.moveTo(...this.at(x1, 1 - y1));
      context.lineTo(...this.at(x2, 1 - y2));
    }
    Object.assign(context, { strokeStyle: this.run.colours.text, lineWidth: 1.8 });
    context.stroke();
  }

  curve(context, k, neuron) {
    const [, outputs, points] = this.run.arrays.curves.shape;
    if (neuron) {
      const bytes = [...neuron.bytes(k)];
      this.line(
        context,
        bytes.map((b, i) => [i / (bytes.length - 1), b / 255]),
        this.run.colours.text,
        2.5,
      );
      return;
    }
    for (let j = 0; j < outputs; j += 1) {
      const start = (k * outputs + j) * points;
      const y = this.run.arrays.curves.values.subarray(start, start + points);
      this.line(
        context,
        Array.from(y, (v, i) => [i / (points - 1), v]),
        this.main.strokes[j % this.main.strokes.length],
        2.8,
      );
    }
  }

  fit(context, k) {
    const {
      values,
      shape: [, rows, outputs],
    } = this.run.arrays.outputs;
    const targets = this.run.arrays.targets.values;
    const radius = rows > 100 ? 3.5 : 6;
    this.line(
      context,
      [
        [0, 0],
        [1, 1],
      ],
      this.run.colours.muted,
      1.5,
    );
    for (let i = 0; i < rows * outputs; i += 1) {
      const [x, y] = this.at(targets[i], values[k * rows * outputs + i]);
      context.beginPath();
      // beside each other: the targets of several outputs are often the same
      context.arc(x + 2.5 * radius * ((i % outputs) - (outputs - 1) / 2), y, radius, 0, 2 * Math.PI);
      context.fillStyle = this.main.strokes[i % outputs];
      Object.assign(context, { strokeStyle: this.run.colours.background, lineWidth: 1 });
      context.fill();
      context.stroke();
    }
  }
}
