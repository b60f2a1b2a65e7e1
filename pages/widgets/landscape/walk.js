// Figures beside each other, drawn once; from step to step traces move in them.
import { restyling } from "./moves.js";

const QUIET = { displayModeBar: false, responsive: false };
const FLAT = "This browser cannot draw in space (WebGL is off). The picture from above shows the same.";

const sizeOf = (plot) => ({ width: plot.clientWidth, height: plot.clientHeight });
const spatial = (figure) => Boolean(figure.layout.scene);
const canDrawInSpace = () => Boolean(document.createElement("canvas").getContext("webgl"));

export class Walk {
  constructor(root) {
    Object.assign(this, { box: root.querySelector(".plots"), readout: root.querySelector(".readout"), turn: 0 });
  }

  // `after` of the update that loads
  async load(Plotly, stepped, after) {
    Object.assign(this, { Plotly, stepped });
    while (this.box.children.length > stepped.figures.length) this.remove(this.box.lastChild);
    while (this.box.children.length < stepped.figures.length)
      this.box.append(Object.assign(document.createElement("div"), { className: "plot" }));
    for (const [index, figure] of stepped.figures.entries()) await after(this.paint(this.box.children[index], figure));
  }

  remove(plot) {
    this.Plotly.purge(plot);
    plot.remove();
  }

  async paint(plot, figure) {
    if (spatial(figure) && !canDrawInSpace()) {
      Object.assign(plot, { className: "flat", textContent: FLAT });
      return;
    }
    await this.Plotly.react(plot, figure.data, { ...figure.layout, ...sizeOf(plot) }, QUIET);
  }

  // a step that overtakes another leaves that one where it is
  async draw(step, playing) {
    this.turn += 1;
    const { turn } = this;
    this.readout.textContent = this.stepped.titles[step - 1];
    this.readout.setAttribute("aria-live", playing ? "off" : "polite");
    for (const [figure, plot] of [...this.box.children].entries()) {
      if (plot.data) await this.Plotly.restyle(plot, ...restyling(this.stepped.moves[step - 1], figure));
      if (turn !== this.turn) return;
    }
  }

  resize() {
    for (const plot of this.box.children) if (plot.data) this.Plotly.relayout(plot, sizeOf(plot));
  }
}
