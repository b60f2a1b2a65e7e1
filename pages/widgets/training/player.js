// Shows a training run at any of its snapshots. Nothing is trained here: all is looked up in what Python computed.
import { reduced } from "../shared/motion.js";
import { mount } from "../shared/mount.js";
import { transport } from "../shared/transport.js";
import { onWidth } from "../shared/width.js";
import { opened } from "./bytes.js";
import { nearest } from "./layout.js";
import { Net } from "./net.js";
import { Panel } from "./panel.js";

const begin = (root, life) => {
  const readout = root.querySelector(".readout");
  const charts = root.querySelector(".charts");
  const panel = new Panel(root);
  const net = new Net(root, () => life.attempt("step", () => draw(controls.step)));
  const draw = (step) => {
    const k = step - 1;
    if (!root.clientWidth) return Promise.resolve();
    panel.draw(k, net.chosen);
    net.draw(k);
    for (const cursor of charts.querySelectorAll(".cursor"))
      for (const end of ["x1", "x2"]) cursor.setAttribute(end, panel.run.cursor[k]);
    readout.textContent = panel.run.titles[k];
    readout.setAttribute("aria-live", controls.playing ? "off" : "polite");
    return new Promise(requestAnimationFrame);
  };
  const controls = transport(root, {
    draw,
    report: (step) => life.tell("snapshot", step - 1),
    attempt: life.attempt,
    pace: () => 50,
  });
  // a click on a curve goes to the snapshot nearest to it
  const point = (event) => {
    const chart = event.target.closest("svg");
    if (!chart || !event.buttons) return;
    const box = chart.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * chart.viewBox.baseVal.width;
    controls.move(nearest(panel.run.cursor, x) + 1);
  };
  Object.assign(charts, { onpointerdown: point, onpointermove: point });
  const resize = () => {
    panel.resize();
    net.resize();
    return draw(controls.step);
  };
  const unwatch = onWidth(root, () => panel.run && life.attempt("step", resize));
  return {
    async update(data, after) {
      const run = await after(opened(data.run));
      controls.stop();
      charts.innerHTML = run.charts.join("");
      panel.load(run);
      net.load(run);
      controls.load(
        run.titles,
        run.titles.map(() => "epochs"),
        run.epochs,
        "Epoch",
      );
      const plays = data.play && !reduced();
      // what it rests on is told of each run
      controls.reported = null;
      await after(controls.go(plays ? 1 : data.at + 1));
      if (plays) controls.play();
    },
    end() {
      controls.stop();
      unwatch();
    },
  };
};

export default mount(".training", begin, ({ number, run }) => `${number} ${run}`);
