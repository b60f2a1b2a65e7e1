// The data as a picture in which points of one's own are added, moved and taken away: by mouse, finger or keys.
import { Edits } from "../grid/edits.js";
import { mount } from "../shared/mount.js";
import { plotly } from "../shared/plotly.js";
import { onWidth } from "../shared/width.js";
import { OwnPoints, rounded } from "./own_points.js";

const CONFIG = { displayModeBar: false, responsive: false, staticPlot: true };
const NS = "http://www.w3.org/2000/svg";
// pixels: of a point, of what a finger meets, and how far a press may stray and still be a click
const [RADIUS, REACH, STRAY] = [8, 16, 6];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const HELP =
  "Click or tap to add a point; drag one of yours to move it. With keys: arrows move the cross, Enter adds a point, " +
  "Tab goes to your points, where arrows move and Delete takes away.";

const make = (name, attributes, parent) => {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
};

const begin = (root, life) => {
  const $ = (selector) => root.querySelector(selector);
  const [stage, plot, svg, named, gone] = [".stage", ".plot", ".own", ".named span", ".named button"].map($);
  const alive = new AbortController();
  const edits = new Edits((message) => life.tell("edits", message));
  const own = new OwnPoints((edit) => edits.make(edit));
  let [Plotly, shown, chosen, cross] = [null, null, null, null];

  const axes = () => [plot._fullLayout.xaxis, plot._fullLayout.yaxis];
  const pixel = ({ x, y }) => {
    const [across, up] = axes();
    return [across._offset + across.l2p(x), up._offset + up.l2p(y)];
  };
  // a place inside the axes, in their units
  const inside = (values) => {
    const [x, y] = axes().map(({ range }, index) => {
      const [low, high] = [Math.min(...range), Math.max(...range)];
      return rounded(Math.min(high, Math.max(low, values[index])), high - low);
    });
    return { x, y };
  };
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    const [across, up] = axes();
    return inside([
      across.p2l(event.clientX - box.left - across._offset),
      up.p2l(event.clientY - box.top - up._offset),
    ]);
  };
  const step = ({ x, y }, [right, above], large) => {
    const [across, up] = axes().map(({ range }) => Math.abs(range[1] - range[0]) / (large ? 10 : 50));
    return inside([x + right * across, y + above * up]);
  };
  const written = ({ x, y }) => `${shown.names[0]} ${x}, ${shown.names[1]} ${y}`.replaceAll("-", "−");
  const say = (words) => {
    named.textContent = words ?? (own.full ? `There is room for ${own.most} points.` : HELP);
  };
  const called = (point) => `Point ${point.row} of your own: ${written(point)}`;

  const draw = () => {
    const focused = document.activeElement?.closest?.(".mine")?.dataset.row;
    svg.replaceChildren();
    for (const point of own.points) {
      const [cx, cy] = pixel(point);
      const words = `${called(point)}. Arrows move it, Delete takes it away.`;
      const group = make("g", { class: "mine", tabindex: 0, role: "button", "aria-label": words }, svg);
      group.dataset.row = point.row;
      group.classList.toggle("chosen", point === chosen);
      make("circle", { class: "reach", cx, cy, r: REACH }, group);
      make("circle", { cx, cy, r: RADIUS }, group);
      if (String(point.row) === focused) group.focus({ preventScroll: true });
    }
    if (cross) {
      const [x, y] = pixel(cross);
      make("path", { class: "cross", d: `M${x - 14} ${y}h28M${x} ${y - 14}v28` }, svg);
    }
  };
  const choose = (point) => {
    chosen = point;
    gone.hidden = !point;
    say(point && called(point));
    draw();
  };
  const pointOf = (target) => {
    const row = Number(target.closest?.(".mine")?.dataset.row);
    return own.points.find((point) => point.row === row) ?? null;
  };
  const add = (place) => {
    const point = own.add(place.x, place.y);
    choose(point);
  };
  const remove = (point) => {
    own.remove(point);
    choose(null);
    svg.focus({ preventScroll: true });
  };
  const move = (point, place) => {
    Object.assign(point, place);
    choose(point);
  };

  const press = (event) => {
    if (event.button || !shown) return;
    const point = pointOf(event.target);
    const start = [event.clientX, event.clientY];
    let moved = false;
    const strays = (next) => Math.hypot(next.clientX - start[0], next.clientY - start[1]) > STRAY;
    const lifted = new AbortController();
    const { signal } = lifted;
    // a finger on the plane scrolls; on a point it drags
    if (point) event.preventDefault();
    const follow = (next) => {
      moved ||= strays(next);
      if (point && moved) move(point, at(next));
    };
    const lift = (last) => {
      lifted.abort();
      if (point && moved) own.put(point);
      else if (point) choose(point);
      else if (!moved && !strays(last)) add(at(last));
    };
    window.addEventListener("pointermove", follow, { signal });
    window.addEventListener("pointerup", lift, { signal });
    window.addEventListener("pointercancel", () => lifted.abort(), { signal });
  };

  const onPoint = (point, event) => {
    if (ARROWS[event.key]) {
      move(point, step(point, ARROWS[event.key], event.shiftKey));
      own.put(point);
    } else if (event.key === "Delete" || event.key === "Backspace") remove(point);
    else if (event.key === "Enter" || event.key === " ") choose(point);
    else return false;
    return true;
  };
  const onPlane = (event) => {
    const middle = () => inside(axes().map(({ range }) => (range[0] + range[1]) / 2));
    if (ARROWS[event.key]) {
      cross = step(cross ?? middle(), ARROWS[event.key], event.shiftKey);
      say(written(cross));
      draw();
    } else if ((event.key === "Enter" || event.key === " ") && cross) add(cross);
    else return false;
    return true;
  };
  const type = (event) => {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const point = pointOf(event.target);
    if (!(point ? onPoint(point, event) : onPlane(event))) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const { signal } = alive;
  svg.addEventListener("pointerdown", press, { signal });
  svg.addEventListener("keydown", type, { signal });
  svg.addEventListener(
    "focusin",
    ({ target }) => pointOf(target) && pointOf(target) !== chosen && choose(pointOf(target)),
    { signal },
  );
  gone.addEventListener("click", () => chosen && remove(chosen), { signal });
  const hover = (event) => {
    if (event.pointerType === "mouse" && shown && !chosen) say(`${written(at(event))}: a click adds ${shown.adds}.`);
  };
  svg.addEventListener("pointermove", hover, { signal });
  svg.addEventListener("pointerleave", () => chosen || say(null), { signal });

  const paint = async () => {
    const width = stage.clientWidth;
    if (!shown || !width) return;
    const { data, layout } = shown.figure;
    await Plotly.react(plot, data, { ...layout, width }, CONFIG);
    for (const [name, value] of Object.entries({ width, height: layout.height })) svg.setAttribute(name, value);
    draw();
  };
  const unwatch = onWidth(stage, () => Plotly && life.attempt("width", paint));

  return {
    async update(data, after) {
      Plotly = await after(plotly((words) => life.say("library", words)));
      edits.answer(data.answered);
      shown = data;
      plot.setAttribute("aria-label", data.alt);
      svg.setAttribute("aria-label", `${data.alt}. ${HELP}`);
      const row = chosen?.row;
      // what is on its way stays as it is here
      if (edits.idle) own.load(data);
      else own.target = data.target;
      chosen = own.points.find((point) => point.row === row) ?? null;
      await after(paint());
      choose(chosen);
    },
    end() {
      unwatch();
      alive.abort();
    },
  };
};

export default mount(".plane", begin, (data) => JSON.stringify(data));
