// The large panel: draws the marks that Python says it is made of (pages/figures/training/marks.py).
import { css, paint, pixels } from "./colours.js";
import { contour } from "./contour.js";
import { polygon } from "./polygon.js";
import { shortened } from "./words.js";

const MARGIN = { left: 44, right: 10, top: 8, bottom: 36 };

// a mark of the legend, as a class of it or with a colour, and what it stands for
const entry = (mark, words) => {
  const item = document.createElement("span");
  item.title = words;
  item.append(Object.assign(document.createElement("i"), mark), shortened(words, 24));
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
    const moves = (mark) => run.arrays[mark.array ?? mark.y].shape[0] === run.titles.length;
    this.grounds = run.main.marks.filter((mark) => mark.kind === "ground");
    this.staying = run.main.marks.filter((mark) => mark.kind !== "ground" && !moves(mark));
    this.moving = run.main.marks.filter((mark) => mark.kind !== "ground" && moves(mark));
    this.legend.replaceChildren(
      ...this.main.keys.map(({ words, colour }) => entry({ style: `background: ${colour}` }, words)),
      ...this.main.parts.map((words) => entry({ className: `mark-${words}` }, words)),
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
    this.drawStill();
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

  // the entry of an array for a snapshot, or the one that stays
  now(name, k) {
    const { shape, values } = this.run.arrays[name];
    const size = values.length / shape[0];
    const start = (k % shape[0]) * size;
    return values.subarray(start, start + size);
  }

  // what stays the same at every snapshot is drawn once
  drawStill() {
    const context = this.context(this.still);
    this.axes(context);
    for (const mark of this.staying) this[mark.kind](context, mark, 0);
  }

  axes(context) {
    const { colours } = this.run;
    const { x, y } = this.main;
    Object.assign(context, {
      font: `12px ${getComputedStyle(this.canvas).fontFamily}`,
      fillStyle: colours.muted,
      strokeStyle: colours.line,
    });
    context.strokeRect(this.x0, this.y0, this.w, this.h);
    Object.assign(context, { textAlign: "center", textBaseline: "top" });
    for (const [share, words] of x.ticks) context.fillText(words, this.at(share, 0)[0], this.y0 + this.h + 4);
    // some seven pixels a letter
    const [across, up] = [shortened(x.title, Math.floor(this.w / 7)), shortened(y.title, Math.floor(this.h / 7))];
    this.canvas.title = across === x.title && up === y.title ? "" : `Across: ${x.title}. Up: ${y.title}.`;
    context.fillText(across, this.x0 + this.w / 2, this.y0 + this.h + 20);
    Object.assign(context, { textAlign: "right", textBaseline: "middle" });
    for (const [share, words] of y.ticks) context.fillText(words, this.x0 - 5, this.at(0, share)[1]);
    context.save();
    context.translate(9, this.y0 + this.h / 2);
    context.rotate(-Math.PI / 2);
    context.textAlign = "center";
    context.fillText(up, 0, 0);
    context.restore();
  }

  // the snapshot k, or what a neuron that is pointed at answers there
  draw(k, pointed) {
    const { neuron } = this.main;
    const own = neuron && pointed;
    const stands = (mark) => own && mark.kind === neuron.kind;
    const context = this.context(this.canvas);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.name.textContent = own ? pointed.name : this.main.name;
    const drawAll = (marks) =>
      this.inside(context, () => {
        for (const mark of marks.filter((mark) => !stands(mark))) this[mark.kind](context, mark, k);
        if (marks.some(stands)) this.answers(context, neuron, pointed.bytes(k));
      });
    drawAll(this.grounds);
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(this.still, 0, 0);
    context.restore();
    drawAll(this.moving);
  }

  // what a neuron answers, as the mark that it stands in for looks
  answers(context, { kind, opacity, colours, width }, bytes) {
    if (kind === "ground") return this.image(context, { opacity }, bytes, this.run.tile.width, this.tileRamp);
    const heights = Float32Array.from(bytes, (byte) => byte / 255);
    return this.line(context, heights, colours[0], width);
  }

  // draws nothing beyond the frame
  inside(context, draw) {
    context.save();
    context.beginPath();
    context.rect(this.x0, this.y0, this.w, this.h);
    context.clip();
    draw();
    context.restore();
  }

  ground(context, { array, side, level, colour, width, opacity }, k) {
    const bytes = this.now(array, k);
    this.image(context, { opacity }, bytes, side, this.ramp);
    if (level === null) return;
    context.beginPath();
    for (const [[x1, y1], [x2, y2]] of contour(bytes, side, level)) {
      context.moveTo(...this.at(x1, 1 - y1));
      context.lineTo(...this.at(x2, 1 - y2));
    }
    Object.assign(context, { strokeStyle: colour, lineWidth: width });
    context.stroke();
  }

  image(context, { opacity }, bytes, side, ramp) {
    Object.assign(this.picture, { width: side, height: side });
    paint(this.picture, bytes, ramp);
    context.globalAlpha = opacity;
    context.imageSmoothingQuality = "high";
    // the outer points of the grid lie on the frame
    const [dx, dy] = [this.w / (side - 1) / 2, this.h / (side - 1) / 2];
    context.drawImage(this.picture, this.x0 - dx, this.y0 - dy, this.w + 2 * dx, this.h + 2 * dy);
    context.globalAlpha = 1;
  }

  lines(context, { array, colours, width }, k) {
    const heights = this.now(array, k);
    const points = heights.length / colours.length;
    for (const [row, colour] of colours.entries())
      this.line(context, heights.subarray(row * points, (row + 1) * points), colour, width);
  }

  line(context, heights, colour, width) {
    context.beginPath();
    for (let i = 0; i < heights.length; i += 1) context.lineTo(...this.at(i / (heights.length - 1), heights[i]));
    Object.assign(context, { strokeStyle: colour, lineWidth: width, lineJoin: "round" });
    context.stroke();
  }

  outline(context, x, y, radius, shape) {
    context.beginPath();
    if (!shape.corners) return context.arc(x, y, radius, 0, 2 * Math.PI);
    for (const [dx, dy] of polygon(shape, radius)) context.lineTo(x + dx, y + dy);
    return context.closePath();
  }

  dots(context, { x, y, shades, shapes, colour, radius, edge, thickness, beside }, k) {
    const [across, up] = [this.now(x, k), this.now(y, k)];
    const [shade, shape] = [shades && this.now(shades, k), shapes && this.now(shapes, k)];
    Object.assign(context, { fillStyle: colour, strokeStyle: edge, lineWidth: thickness });
    for (let i = 0; i < across.length; i += 1) {
      const [left, top] = this.at(across[i], up[i]);
      this.outline(context, left + beside, top, radius, this.run.shapes[shape ? shape[i] : 0]);
      if (shade) context.fillStyle = css(this.run.ramp[shade[i]]);
      context.fill();
      context.stroke();
    }
  }
}
