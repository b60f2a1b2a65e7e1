// A still picture of the network in which parameters are selected: the figure, and spots over it.
import { mount } from "../shared/mount.js";
import { plotly } from "../shared/plotly.js";
import { announce, hear } from "../shared/signals.js";
import { onWidth } from "../shared/width.js";
import { inPixels } from "./pixels.js";
import { Spots } from "./spots.js";

const CONFIG = { displayModeBar: false, responsive: false, staticPlot: true };

// a bias is not drawn: its neuron stands for it
const spotOf = (place) => place?.replace(/^b\./, "n.") ?? null;

const begin = (root, life) => {
  const $ = (selector) => root.querySelector(selector);
  const [stage, plot, named] = [$(".stage"), $(".plot"), $(".named")];
  const alive = new AbortController();
  const { signal } = alive;
  let Plotly = null;
  let shown = null;

  const say = (place) => {
    const told = shown?.spots.find((spot) => spot.place === place);
    named.textContent = told ? told.words : (shown?.hint ?? "");
  };
  const point = (place) => {
    spots.mark("lit", spotOf(place));
    say(spotOf(place));
  };
  const select = (place) => {
    if (!place) return;
    spots.focus(place);
    announce("select", { place });
    // the same once more is no news to Python, though another picker may want it
    life.trigger("selected", place);
  };
  const on = {
    point: (place) => announce("point", { place }),
    select,
    edit: select,
    step: () => {},
    drag: () => ({ move: () => {}, end: () => {} }),
  };
  const spots = new Spots($("svg.spots"), on, signal);
  hear("point", ({ place }) => point(place), signal);
  const press = (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    select(event.target.dataset.spot);
  };
  $("svg.spots").addEventListener("keydown", press, { signal });

  const paint = async () => {
    const width = stage.clientWidth;
    // not in view, as in a popover that is closed
    if (!shown || !width) return;
    const { data, layout } = shown.figure;
    await Plotly.react(plot, data, { ...layout, width }, CONFIG);
    const [low, high] = layout.xaxis.range;
    spots.lay(inPixels(layout, { column: width / (high - low) }), [width, layout.height]);
  };
  const unwatch = onWidth(stage, () => Plotly && life.attempt("width", paint));

  return {
    async update(data, after) {
      Plotly = await after(plotly((words) => life.say("library", words)));
      shown = data;
      plot.setAttribute("aria-label", data.alt);
      spots.load(data.spots);
      await after(paint());
      for (const [index, name] of ["selected", "also"].entries()) spots.mark(name, spotOf(data.selected[index]));
      say(null);
    },
    end() {
      unwatch();
      alive.abort();
    },
  };
};

export default mount(".selectable", begin, (data) => JSON.stringify(data));
