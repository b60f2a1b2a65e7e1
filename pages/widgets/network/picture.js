// The network's picture at a step; a step that is played begins with its contributions on their way.
import { reduced } from "../shared/motion.js";
import { Drawing } from "./drawing.js";
import { patched } from "./patches.js";
import { inPixels } from "./pixels.js";
import { measured, sizedHeadings, sizedTrace } from "./sizes.js";
import { visible } from "./visible.js";

const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false };

const uid = (index) => `of${index}`;

export class Picture {
  // select(place) is called with the name of what was clicked, and painted(toPixels, column, size) after each drawing:
  // toPixels maps what stands at an x and a y of the figure; room() says how much room there is, as sizes.js takes it
  constructor(root, { select, painted, room }) {
    Object.assign(this, { root, select, painted, room, plot: root.querySelector(".plot") });
    Object.assign(this, { scroll: root.querySelector(".scroll"), turn: 0, moves: [], listens: false, paints: 0 });
  }

  load(Plotly, figure) {
    Object.assign(this, { Plotly, figure, states: [figure.traces] });
    for (const [name, colour] of Object.entries(figure.colours)) this.root.style.setProperty(`--${name}`, colour);
  }

  // the traces after a step; 0 is before the first
  state(step) {
    while (this.states.length <= step)
      this.states.push(this.figure.frames[this.states.length - 1].patches.reduce(patched, this.states.at(-1)));
    return this.states[step];
  }

  // a trace costs time even if nothing is in it; by its uid Plotly knows it again, though its number is another one
  async paint(traces) {
    const { layout } = this.figure;
    const columns = layout.xaxis.range[1] - layout.xaxis.range[0];
    const sizes = measured(columns, layout.height, this.room());
    const { width, column, factor, scale, total } = sizes;
    Object.assign(this, { column, toPixels: inPixels(layout, sizes) });
    this.root.style.setProperty("--grown", sizes.grown);
    const sized = (trace, index) => ({ ...visible(sizedTrace(trace, factor, column)), uid: uid(index) });
    const drawing = new Drawing(traces, sized, (index) => this.plot.querySelector(`.trace${uid(index)}`));
    const top = total / scale;
    const annotations = this.figure.headed ? [] : sizedHeadings(layout.annotations, factor, top - layout.height);
    const yaxis = { ...layout.yaxis, range: [0, top] };
    this.paints += 1;
    const paint = this.paints;
    this.drawing = null;
    // Plotly does not know what was touched since: a new revision is drawn as a whole
    const all = { ...layout, width, height: total, yaxis, annotations, datarevision: paint };
    await this.Plotly.react(this.plot, drawing.shown, all, CONFIG);
    if (paint === this.paints) this.drawing = drawing;
    this.listen();
    this.painted(this.toPixels, column, [width, total]);
  }

  // the picture of a step with other numbers in it, until it is drawn again
  async glimpse(step, patch) {
    this.turn += 1;
    this.halt();
    const traces = patched(this.state(step), patch);
    if (!this.drawing?.show(traces)) await this.paint(traces);
  }

  listen() {
    if (this.listens) return;
    this.listens = true;
    this.plot.on("plotly_click", ({ points }) => {
      const place = points.find((point) => point.customdata)?.customdata;
      if (place) this.select(place);
    });
  }

  // a step that overtakes another leaves that one where it is; of a `veiled` one the result is not shown
  async draw(step, animated, ms, veiled = false) {
    this.turn += 1;
    const { turn } = this;
    this.halt();
    const frame = this.figure.frames[step - 1];
    this.follow(frame);
    const [setup, moves] = frame.patches;
    const [moving] = Object.keys(moves);
    if (animated && moving && !reduced()) {
      const ready = patched(this.state(step - 1), setup);
      await this.paint(ready);
      if (turn !== this.turn) return;
      await this.travel(moving, ready[moving], patched(ready, moves)[moving], ms);
      if (turn !== this.turn) return;
    }
    await this.paint(veiled ? patched(this.state(step - 1), setup) : this.state(step));
    this.halt();
  }

  // not by Plotly, which moves all that is drawn, and whose motions go on over what is drawn next
  async travel(moving, from, to, ms) {
    const place = (x, y) => {
      const at = this.toPixels({ x, y });
      return `translate(${at.x}px, ${at.y}px)`;
    };
    const dots = [...this.plot.querySelectorAll(`.trace${uid(moving)} path.point`)];
    this.moves = dots.map((dot, i) =>
      dot.animate(
        { transform: [place(from.x[i], from.y[i]), place(to.x[i], to.y[i])] },
        { duration: ms, easing: "ease-in-out", fill: "forwards" },
      ),
    );
    await Promise.all(this.moves.map((move) => move.finished)).catch(() => {});
  }

  halt() {
    for (const move of this.moves.splice(0)) move.cancel();
  }

  // a picture wider than the screen follows the step
  follow(frame) {
    const spare = this.plot.scrollWidth - this.scroll.clientWidth;
    if (spare <= 0 || !this.column) return;
    const left = (frame.column + 0.5) * this.column - this.scroll.clientWidth / 2;
    this.scroll.scrollTo({ left, behavior: reduced() ? "auto" : "smooth" });
  }
}
