// Shows a training run at any of its snapshots. Nothing is trained here: all is looked up in what Python computed.
import { transport } from "../shared/transport.js";
import { open } from "./bytes.js";
import { Net } from "./net.js";
import { Panel } from "./panel.js";

const runs = new WeakMap();

const start = (root, setStateValue) => {
  const panel = new Panel(root);
  const net = new Net(root, () => draw(controls.step));
  const readout = root.querySelector(".readout");
  const charts = root.querySelector(".charts");
  const draw = (step) => {
    const k = step - 1;
    if (!root.clientWidth) return Promise.resolve();
    panel.draw(k, panel.main.kind === "fit" ? null : net.chosen);
    net.draw(k);
    for (const cursor of charts.querySelectorAll(".cursor"))
      for (const end of ["x1", "x2"]) cursor.setAttribute(end, panel.run.cursor[k]);
    readout.textContent = panel.run.titles[k];
    readout.setAttribute("aria-live", controls.playing ? "off" : "polite");
    return new Promise(requestAnimationFrame);
  };
  const controls = transport(root, { draw, report: (step) => setStateValue("snapshot", step - 1), pace: 50 });
  // a click on a curve goes to the snapshot nearest to it
  charts.onpointerdown = charts.onpointermove = (event) => {
    const chart = event.target.closest("svg");
    if (!chart || !event.buttons) return;
    const box = chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
    const distance = panel.run.cursor.map((place) => Math.abs(place - x));
    controls.move(distance.indexOf(Math.min(...distance)) + 1);
  };
  const watch = new ResizeObserver(() => {
    if (!panel.run || !root.clientWidth || root.clientWidth === watch.width) return;
    watch.width = root.clientWidth;
    panel.resize();
    net.resize();
    draw(controls.step);
  });
  watch.observe(root);
  return { panel, net, charts, controls, watch };
};

export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".training");
  const player = runs.get(root) ?? start(root, setStateValue);
  runs.set(root, player);
  const { panel, net, charts, controls, watch } = player;
  const update = async () => {
    if (data.run === player.packed) return;
    player.packed = data.run;
    controls.stop();
    const run = await open(data.run);
    charts.innerHTML = run.charts.join("");
    panel.load(run);
    net.load(run);
    controls.load(
      run.titles,
      run.titles.map(() => "snapshots"),
    );
    watch.width = root.clientWidth;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    await controls.go(data.play && !still ? 1 : run.titles.length);
    if (data.play && !still) controls.play();
    root.dataset.ready = "true";
  };
  update().catch((error) =>
    Object.assign(root.querySelector(".problem"), { textContent: error.message, hidden: false }),
  );
  return () => (controls.stop(), watch.disconnect());
}
