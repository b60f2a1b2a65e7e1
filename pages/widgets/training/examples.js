// The data as a picture in which examples are chosen: by mouse, finger or keys.
import { mount } from "../shared/mount.js";
import { plotly } from "../shared/plotly.js";
import { onWidth } from "../shared/width.js";
import { Choice } from "./choice.js";
import { ARROWS, make, Plane, strays } from "./plane.js";

// pixels: of a ring around an example, of what a finger meets, and how near a click has to be
const [RADIUS, REACH, NEAR] = [9, 16, 24];
const HELP =
  "Click or tap a point to choose it, and again to leave it out. With keys: arrows move the cross, Enter chooses the " +
  "point nearest to it, Tab goes to those chosen, where Delete leaves one out.";

const begin = (root, life) => {
  const plane = new Plane(root);
  const { plot, svg } = plane;
  const [named, none] = [".named span", ".named button"].map((selector) => root.querySelector(selector));
  const alive = new AbortController();
  const choice = new Choice((rows) => life.tell("chosen", rows));
  let [Plotly, shown, cross] = [null, null, null];

  const place = (row) => ({ x: shown.x[row], y: shown.y[row] });
  const called = (row) => {
    const { x, y } = place(row);
    return `Example ${row + 1}: ${shown.names[0]} ${x}, ${shown.names[1]} ${y}, ${shown.labels[row]}`.replaceAll(
      "-",
      "−",
    );
  };
  const say = (words) => {
    const count = choice.rows.length;
    const full = choice.full
      ? `${count} are chosen, as many as there may be.`
      : `${count} of at most ${shown.most} chosen.`;
    named.textContent = words ?? (count ? full : HELP);
    none.hidden = !count;
  };

  const draw = () => {
    const focused = document.activeElement?.closest?.(".taken")?.dataset.row;
    svg.replaceChildren();
    for (const row of choice.rows) {
      const [cx, cy] = plane.pixel(place(row));
      const words = `${called(row)}. Chosen; Delete leaves it out.`;
      const group = make("g", { class: "taken", tabindex: 0, role: "button", "aria-label": words }, svg);
      group.dataset.row = row;
      make("circle", { class: "reach", cx, cy, r: REACH }, group);
      make("circle", { cx, cy, r: RADIUS }, group);
      if (String(row) === focused) group.focus({ preventScroll: true });
    }
    if (cross) plane.cross(cross);
  };
  // the example nearest to a spot in pixels, and how far it is
  const nearest = ([left, top]) => {
    const away = shown.x.map((_, row) => {
      const [x, y] = plane.pixel(place(row));
      return Math.hypot(x - left, y - top);
    });
    const far = Math.min(...away);
    return [away.indexOf(far), far];
  };
  const toggle = (row) => {
    const taken = choice.toggle(row);
    say(taken === null ? null : `${called(row)}${taken ? ", chosen" : ", left out"}. ${choice.rows.length} chosen.`);
    draw();
  };
  const clear = () => {
    choice.clear();
    say(null);
    draw();
    svg.focus({ preventScroll: true });
  };

  const press = (event) => {
    if (event.button || !shown) return;
    const lifted = new AbortController();
    const { signal } = lifted;
    const lift = (last) => {
      lifted.abort();
      const [row, far] = nearest(plane.spot(last));
      if (!strays(event, last) && far <= NEAR) toggle(row);
    };
    window.addEventListener("pointerup", lift, { signal });
    window.addEventListener("pointercancel", () => lifted.abort(), { signal });
  };
  const type = (event) => {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const group = event.target.closest?.(".taken");
    const enters = event.key === "Enter" || event.key === " ";
    if (group && (enters || event.key === "Delete" || event.key === "Backspace")) {
      toggle(Number(group.dataset.row));
      svg.focus({ preventScroll: true });
    } else if (ARROWS[event.key]) {
      cross = plane.step(cross ?? plane.middle(), ARROWS[event.key], event.shiftKey);
      say(`Nearest: ${called(nearest(plane.pixel(cross))[0])}`);
      draw();
    } else if (enters && cross) toggle(nearest(plane.pixel(cross))[0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const { signal } = alive;
  svg.addEventListener("pointerdown", press, { signal });
  svg.addEventListener("keydown", type, { signal });
  none.addEventListener("click", clear, { signal });
  const hover = (event) => {
    if (event.pointerType !== "mouse" || !shown) return;
    const [row, far] = nearest(plane.spot(event));
    say(far <= NEAR ? called(row) : null);
  };
  svg.addEventListener("pointermove", hover, { signal });
  svg.addEventListener("pointerleave", () => shown && say(null), { signal });

  const paint = async () => {
    if (shown && (await plane.paint(Plotly, shown.figure))) draw();
  };
  const unwatch = onWidth(plane.stage, () => Plotly && life.attempt("width", paint));

  return {
    async update(data, after) {
      Plotly = await after(plotly((words) => life.say("library", words)));
      choice.load(data);
      shown = data;
      plot.setAttribute("aria-label", data.alt);
      svg.setAttribute("aria-label", `${data.alt}. ${HELP}`);
      await after(paint());
      say(null);
    },
    end() {
      unwatch();
      alive.abort();
    },
  };
};

export default mount(".plane", begin, (data) => JSON.stringify(data));
