// Draws figures beside each other once, and then moves traces in them from step to step.
import { unpack } from "../shared/packed.js";
import { plotly } from "../shared/plotly.js";
import { transport } from "../shared/transport.js";

const walks = new WeakMap();
const QUIET = { displayModeBar: false, responsive: false };

const spatial = (figure) => Boolean(figure.layout.scene);
const canDrawInSpace = () => Boolean(document.createElement("canvas").getContext("webgl"));

class Walk {
  constructor(root, Plotly) {
    Object.assign(this, { root, Plotly, box: root.querySelector(".plots"), readout: root.querySelector(".readout") });
  }

  async load(stepped) {
    this.stepped = stepped;
    while (this.box.children.length > stepped.figures.length) this.remove(this.box.lastChild);
    while (this.box.children.length < stepped.figures.length)
      this.box.append(Object.assign(document.createElement("div"), { className: "plot" }));
    for (const [index, figure] of stepped.figures.entries()) {
      const plot = this.box.children[index];
      if (spatial(figure) && !canDrawInSpace()) {
        Object.assign(plot, {
          className: "flat",
          textContent: "This browser cannot draw in space (WebGL is off). The picture from above shows the same.",
        });
        continue;
      }
      await this.Plotly.react(plot, figure.data, { ...figure.layout, width: plot.clientWidth }, QUIET);
    }
  }

  remove(plot) {
    this.Plotly.purge(plot);
    plot.remove();
  }

  async draw(step, playing) {
    this.readout.textContent = this.stepped.titles[step - 1];
    this.readout.setAttribute("aria-live", playing ? "off" : "polite");
    for (const [figure, plot] of [...this.box.children].entries()) {
      const moves = this.stepped.moves[step - 1].filter((move) => move[0] === figure);
      if (!plot.data) continue;
      const places = {};
      for (const axis of Object.keys(moves[0][2])) places[axis] = moves.map(([, , to]) => to[axis]);
      await this.Plotly.restyle(
        plot,
        places,
        moves.map(([, trace]) => trace),
      );
    }
  }

  resize() {
    for (const plot of this.box.children) if (plot.data) this.Plotly.relayout(plot, { width: plot.clientWidth });
  }
}

const begin = async (root, setStateValue) => {
  const walk = new Walk(root, await plotly());
  const controls = transport(root, {
    draw: (step) => walk.draw(step, controls.playing),
    report: (step) => setStateValue("step", step - 1),
    pace: 160,
    from: 0,
  });
  const watch = new ResizeObserver(() => {
    if (!walk.stepped || !root.clientWidth || root.clientWidth === watch.width) return;
    watch.width = root.clientWidth;
    walk.resize();
  });
  watch.observe(root);
  return { walk, controls, watch };
};

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".terrain");
  const fail = (error) => Object.assign(root.querySelector(".problem"), { textContent: error.message, hidden: false });
  const begun = walks.get(root) ?? begin(root, setStateValue);
  const update = async (player) => {
    if (data.walk !== player.packed) {
      const fresh = !player.packed;
      player.packed = data.walk;
      player.controls.stop();
      const stepped = await unpack(data.walk);
      await player.walk.load(stepped);
      player.controls.load(
        stepped.titles,
        stepped.titles.map(() => "steps"),
      );
      player.watch.width = root.clientWidth;
      await player.controls.go(fresh ? 1 : player.controls.step);
      root.dataset.ready = "true";
    }
    return player;
  };
  // one update after the other, in the order in which they came
  const updated = begun.then(update);
  walks.set(
    root,
    updated.catch(() => begun),
  );
  updated.catch(fail);
  return () =>
    begun.then(
      ({ controls, watch }) => (controls.stop(), watch.disconnect()),
      () => {},
    );
}
