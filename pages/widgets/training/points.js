// The data as a picture in which points of one's own are added, moved and taken away: by mouse, finger or keys.
import { Edits } from "../grid/edits.js";
import { mount } from "../shared/mount.js";
import { plotly } from "../shared/plotly.js";
import { onWidth } from "../shared/width.js";
import { OwnPoints } from "./own_points.js";
import { ARROWS, make, Plane, strays } from "./plane.js";

// pixels: of a point, and of what a finger meets
const [RADIUS, REACH] = [8, 16];
const HELP =
  "Click or tap to add a point; drag one of yours to move it. With keys: arrows move the cross, Enter adds a point, " +
  "Tab goes to your points, where arrows move and Delete takes away.";

const begin = (root, life) => {
  const $ = (selector) => root.querySelector(selector);
  const plane = new Plane(root);
  const { plot, svg } = plane;
  const [named, gone] = [".named span", ".named button"].map($);
  const alive = new AbortController();
  const edits = new Edits((message) => life.tell("edits", message));
  const own = new OwnPoints((edit) => edits.make(edit));
  let [Plotly, shown, chosen, cross] = [null, null, null, null];

  const written = ({ x, y }) => `${shown.names[0]} ${x}, ${shown.names[1]} ${y}`.replaceAll("-", "−");
  const say = (words) => {
    named.textContent = words ?? (own.full ? `There is room for ${own.most} points.` : HELP);
  };
  const called = (point) => `Point ${point.row} of your own: ${written(point)}`;

  const draw = () => {
    const focused = document.activeElement?.closest?.(".mine")?.dataset.row;
    svg.replaceChildren();
    for (const point of own.points) {
      const [cx, cy] = plane.pixel(point);
      const words = `${called(point)}. Arrows move it, Delete takes it away.`;
      const group = make("g", { class: "mine", tabindex: 0, role: "button", "aria-label": words }, svg);
      group.dataset.row = point.row;
      group.classList.toggle("chosen", point === chosen);
      make("circle", { class: "reach", cx, cy, r: REACH }, group);
      make("circle", { cx, cy, r: RADIUS }, group);
      if (String(point.row) === focused) group.focus({ preventScroll: true });
    }
    if (cross) plane.cross(cross);
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
    let moved = false;
    const lifted = new AbortController();
    const { signal } = lifted;
    // a finger on the plane scrolls; on a point it drags
    if (point) event.preventDefault();
    const follow = (next) => {
      moved ||= strays(event, next);
      if (point && moved) move(point, plane.at(next));
    };
    const lift = (last) => {
      lifted.abort();
      if (point && moved) own.put(point);
      else if (point) choose(point);
      else if (!moved && !strays(event, last)) add(plane.at(last));
    };
    window.addEventListener("pointermove", follow, { signal });
    window.addEventListener("pointerup", lift, { signal });
    window.addEventListener("pointercancel", () => lifted.abort(), { signal });
  };

  const onPoint = (point, event) => {
    if (ARROWS[event.key]) {
      move(point, plane.step(point, ARROWS[event.key], event.shiftKey));
      own.put(point);
    } else if (event.key === "Delete" || event.key === "Backspace") remove(point);
    else if (event.key === "Enter" || event.key === " ") choose(point);
    else return false;
    return true;
  };
  const onPlane = (event) => {
    if (ARROWS[event.key]) {
      cross = plane.step(cross ?? plane.middle(), ARROWS[event.key], event.shiftKey);
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
    if (event.pointerType === "mouse" && shown && !chosen)
      say(`${written(plane.at(event))}: a click adds ${shown.adds}.`);
  };
  svg.addEventListener("pointermove", hover, { signal });
  svg.addEventListener("pointerleave", () => chosen || say(null), { signal });

  const paint = async () => {
    if (shown && (await plane.paint(Plotly, shown.figure))) draw();
  };
  const unwatch = onWidth(plane.stage, () => Plotly && life.attempt("width", paint));

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
