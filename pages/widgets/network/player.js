// Draws the network's picture at a step, and plays a step: its contributions travel, then its result appears.
import { unpack } from "../shared/packed.js";
import { plotly } from "../shared/plotly.js";
import { transport } from "../shared/transport.js";

const players = new WeakMap();
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false };
// below this width a column the picture shrinks, and below the second it is scrolled
const [ROOMY, TIGHT] = [100, 64];

const set = (node, path, value) => {
  if (path.length) return { ...node, [path[0]]: set(node?.[path[0]], path.slice(1), value) };
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const items = [...node];
  for (const [index, item] of Object.entries(value)) items[index] = item;
  return items;
};
const uid = (index) => `of${index}`;
const shows = (trace) => trace.x?.length !== 0;
const patched = (traces, patch) => {
  const result = [...traces];
  for (const [index, changes] of Object.entries(patch))
    for (const [path, value] of Object.entries(changes)) result[index] = set(result[index], path.split("."), value);
  return result;
};

const times = (size, factor) =>
  Array.isArray(size) ? size.map((s) => s * factor) : size === undefined ? size : size * factor;
const shrunk = (trace, factor) => {
  if (factor === 1) return trace;
  const result = { ...trace };
  if (trace.marker) result.marker = { ...trace.marker, size: times(trace.marker.size, factor) };
  if (trace.textfont) result.textfont = { ...trace.textfont, size: Math.max(9, trace.textfont.size * factor) };
  return result;
};

class Picture {
  constructor(root, Plotly) {
    Object.assign(this, { root, Plotly, plot: root.querySelector(".plot"), scroll: root.querySelector(".scroll") });
    this.still = window.matchMedia("(prefers-reduced-motion: reduce)");
    this.turn = 0;
    this.moves = [];
  }

  load(figure) {
    this.figure = figure;
    this.states = [figure.traces];
    for (const [name, colour] of Object.entries(figure.colours)) this.root.style.setProperty(`--${name}`, colour);
  }

  // the traces after a step; 0 is before the first
  state(step) {
    while (this.states.length <= step)
      this.states.push(this.figure.frames[this.states.length - 1].patches.reduce(patched, this.states.at(-1)));
    return this.states[step];
  }

  measure() {
    const columns = this.figure.layout.xaxis.range[1] - this.figure.layout.xaxis.range[0];
    const width = Math.max(this.scroll.clientWidth, columns * TIGHT);
    this.columnWidth = width / columns;
    this.factor = Math.max(0.66, Math.min(1, this.columnWidth / ROOMY));
    const fonts = this.figure.layout.annotations.map((a) => ({
      ...a,
      font: { ...a.font, size: Math.max(9, a.font.size * this.factor) },
    }));
    return { ...this.figure.layout, width, annotations: fonts };
  }

  // a trace costs time even if nothing is in it; by its uid Plotly knows it again, though its number is another one
  async paint(traces) {
    const layout = this.measure();
    const drawn = traces.map((trace, index) => ({ ...shrunk(trace, this.factor), uid: uid(index) })).filter(shows);
    await this.Plotly.react(this.plot, drawn, layout, CONFIG);
  }

  async draw(step, animated, ms) {
    const turn = (this.turn += 1);
    this.halt();
    const frame = this.figure.frames[step - 1];
    this.follow(frame);
    const moves = frame.patches[1];
    const [moving] = Object.keys(moves);
    if (animated && moving && !this.still.matches) {
      const ready = patched(this.state(step - 1), frame.patches[0]);
      await this.paint(ready);
      if (turn !== this.turn) return;
      await this.travel(moving, ready[moving], patched(ready, moves)[moving], ms);
      if (turn !== this.turn) return;
    }
    await this.paint(this.state(step));
    this.halt();
  }

  // not by Plotly, which moves all that is drawn, and whose motions go on over what is drawn next
  async travel(moving, from, to, ms) {
    const { xaxis, height } = this.figure.layout;
    const place = (x, y) => `translate(${(x - xaxis.range[0]) * this.columnWidth}px, ${height - y}px)`;
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
    if (spare <= 0 || !this.columnWidth) return;
    const left = (frame.column + 0.5) * this.columnWidth - this.scroll.clientWidth / 2;
    this.scroll.scrollTo({ left, behavior: this.still.matches ? "auto" : "smooth" });
  }
}

// the app sends bytes, in which the figure follows a line; in a file the figure is packed
const sent = (data) => data instanceof Uint8Array;
const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));
const read = (data) => {
  if (!sent(data)) return { ...data, figure: () => unpack(data.packed) };
  const end = data.indexOf(10);
  return { ...parsed(data.subarray(0, end)), figure: () => parsed(data.subarray(end + 1)) };
};

const describe = (root, figure, step, playing) => {
  const frame = figure.frames[step - 1];
  root.querySelector(".title").textContent = frame.title;
  root.querySelector(".formula").innerHTML = frame.formula;
  // Plotly has lines of its own
  root.querySelector(":scope > .line").setAttribute("aria-live", playing ? "off" : "polite");
  root.querySelector(".plot").setAttribute("aria-label", `${figure.alt} Shown: ${frame.title}.`);
};

// The step belongs into the address, but not each one into the browser's history, as Streamlit would put it there. In a
// frame it has to: the address that people see is that of the page around.
const note = (step) => {
  if (window.parent !== window) return;
  const address = new URL(window.location);
  address.searchParams.set("step", step);
  window.history.replaceState(window.history.state, "", address);
};

const start = async (root, { data, setStateValue }) => {
  const picture = new Picture(root, await plotly());
  const controls = transport(root, {
    draw: (step, animated) => {
      describe(root, picture.figure, step, controls.playing);
      return picture.draw(step, animated, 620 / controls.speed());
    },
    report: (step) => {
      if (sent(data)) note(step);
      setStateValue("step", step);
    },
  });
  const watch = new ResizeObserver(
    () =>
      picture.figure &&
      picture.scroll.clientWidth !== watch.width &&
      ((watch.width = picture.scroll.clientWidth), picture.draw(controls.step, false)),
  );
  watch.observe(picture.scroll);
  return { picture, controls, watch };
};

const update = async (root, entry, { data: given, setStateValue }) => {
  const data = read(given);
  const player = await entry.made;
  const { picture, controls } = player;
  const fresh = !picture.figure;
  if (data.version !== player.version) {
    picture.load({ ...(await data.figure()), alt: data.alt });
    player.version = data.version;
    const { frames } = picture.figure;
    controls.load(
      frames.map((f) => f.title),
      frames.map((f) => f.phase),
    );
    if (!fresh) await controls.go(controls.step);
  }
  if (fresh || (data.step !== player.given && !controls.echoes(data.step))) {
    controls.reported = data.step;
    await controls.go(data.step);
  }
  player.given = data.step;
  if (fresh)
    picture.plot.on("plotly_click", (event) => {
      const place = event.points.find((point) => point.customdata)?.customdata;
      if (place) setStateValue("selected", place);
    });
  root.dataset.ready = "true";
};

export default function (component) {
  const root = component.parentElement.querySelector(".player");
  const entry = players.get(root) ?? { made: start(root, component), queue: Promise.resolve() };
  players.set(root, entry);
  // one update after the other, in the order in which they came
  entry.queue = entry.queue
    .then(() => update(root, entry, component))
    .catch((error) => Object.assign(root.querySelector(".problem"), { textContent: error.message, hidden: false }));
  return () =>
    entry.made.then(
      ({ controls, watch }) => (controls.stop(), watch.disconnect()),
      () => {},
    );
}
