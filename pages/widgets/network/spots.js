// The spots of the picture, over it: each can be pointed at, selected, walked to with the arrow keys, and dragged.
import { drags } from "../grid/drag.js";
import { isLine, nearest } from "./nearest.js";
import { walked } from "./walk.js";

const SVG = "http://www.w3.org/2000/svg";
// how far from a line, in pixels, a mouse or a finger may be
const [MOUSE, FINGER] = [9, 20];
// half the width of an edge's band
const BAND = 5;

const kind = (spot) => {
  if (isLine(spot)) return "edge";
  return spot.label ? "label" : "disc";
};

const drawn = (spot) => {
  const element = document.createElementNS(SVG, isLine(spot) ? "polygon" : "circle");
  const named = {
    "data-spot": spot.place,
    class: `spot ${kind(spot)}`,
    role: "button",
    tabindex: -1,
  };
  for (const [name, value] of Object.entries(named)) element.setAttribute(name, value);
  return element;
};

// the corners of a band along a line, between the rims of its neurons: a line alone has no area, and what has none does
// not count as visible
const band = ({ x, y, x2, y2, rim }) => {
  const long = Math.hypot(x2 - x, y2 - y) || 1;
  const [dx, dy] = [(x2 - x) / long, (y2 - y) / long];
  const corner = (along, across) => [x + along * dx - across * dy, y + along * dy + across * dx];
  const ends = [rim, Math.max(long - rim, rim)];
  const corners = [corner(ends[0], BAND), corner(ends[1], BAND), corner(ends[1], -BAND), corner(ends[0], -BAND)];
  return corners.map((point) => point.map((one) => one.toFixed(1)).join()).join(" ");
};

const put = (element, spot) => {
  const shape = isLine(spot) ? { points: band(spot) } : { cx: spot.x, cy: spot.y, r: spot.r };
  for (const [name, value] of Object.entries(shape)) element.setAttribute(name, value);
};

export class Spots {
  // on.point(place), on.select(place, event), on.edit(place, text), on.step(place, steps), on.drag(place)
  constructor(svg, on, alive) {
    Object.assign(this, { svg, on, spots: [], laid: [], size: [1, 1], elements: new Map(), marks: {} });
    const listen = (kind, act) => svg.addEventListener(kind, act, { signal: alive });
    listen("pointermove", (event) => event.pointerType === "mouse" && !event.buttons && this.point(this.at(event)));
    listen("pointerleave", () => this.point(null));
    listen("focusin", ({ target }) => this.point(target.dataset.spot ?? null));
    // whoever came by keyboard walks with the arrows; after a click they step
    listen("focusin", () => Object.assign(this, { walking: !this.pressing }));
    listen("focusout", () => this.point(null));
    listen("keydown", (event) => this.key(event));
    drags(svg, (event) => this.grab(event), alive);
  }

  // builds the elements anew only for other places, so that the focus stays; numbers that are not movable are not dragged
  load(spots, movable = true) {
    this.movable = movable;
    const places = spots.map(({ place }) => place);
    const same = places.join() === this.spots.map(({ place }) => place).join();
    this.spots = spots;
    if (!same) this.build();
    for (const spot of spots) {
      const words = spot.value === undefined ? spot.words : `${spot.words}: ${spot.value}`;
      this.elements.get(spot.place).setAttribute("aria-label", words);
    }
  }

  build() {
    this.elements = new Map(this.spots.map((spot) => [spot.place, drawn(spot)]));
    // discs lie over lines
    const order = [...this.spots].sort((a, b) => isLine(b) - isLine(a));
    this.svg.replaceChildren(...order.map(({ place }) => this.elements.get(place)));
    this.spots[0] && this.elements.get(this.spots[0].place).setAttribute("tabindex", 0);
    for (const [name, place] of Object.entries(this.marks)) this.mark(name, place);
  }

  // where the spots are, in pixels
  lay(toPixels, size) {
    Object.assign(this, { size, laid: this.spots.map(toPixels) });
    this.svg.setAttribute("width", size[0]);
    this.svg.setAttribute("height", size[1]);
    for (const spot of this.laid) put(this.elements.get(spot.place), spot);
  }

  where(place) {
    return this.laid.find((spot) => spot.place === place);
  }

  mark(name, place) {
    this.marks[name] = place;
    for (const [own, element] of this.elements) element.classList.toggle(name, own === place);
  }

  at({ clientX, clientY, pointerType }) {
    const { left, top, width } = this.svg.getBoundingClientRect();
    // a small picture is a scaled one
    const scale = width / this.size[0];
    const point = [(clientX - left) / scale, (clientY - top) / scale];
    const reach = (pointerType === "touch" ? FINGER : MOUSE) / scale;
    return nearest(this.laid, point, reach)?.place ?? null;
  }

  // the number at a place, if it can be dragged
  number(place) {
    return this.movable ? this.spots.find((one) => one.place === place)?.value : undefined;
  }

  point(place) {
    const cursor = this.number(place) === undefined ? "pointer" : "ew-resize";
    this.svg.style.cursor = place ? cursor : "";
    this.on.point(place);
  }

  // what is pressed is selected; a number is dragged, by a finger only once it is selected, as it may want to scroll
  grab(event) {
    const place = this.at(event);
    const free = event.pointerType !== "touch" || place === this.marks.selected;
    return {
      text: (free && this.number(place)) || null,
      begin: () => {
        const drag = this.on.drag(place);
        return { ...drag, end: () => this.byPointer(drag.end) };
      },
      press: () => this.byPointer(() => this.on.select(place, event)),
    };
  }

  byPointer(act) {
    this.pressing = true;
    act();
    this.pressing = false;
    this.walking = false;
  }

  focus(place) {
    const element = this.elements.get(place);
    if (!element) return;
    for (const other of this.elements.values()) other.setAttribute("tabindex", other === element ? 0 : -1);
    element.focus({ preventScroll: false });
  }

  key(event) {
    const { key, target, altKey, ctrlKey, metaKey } = event;
    const place = target.dataset.spot;
    if (!place || ctrlKey || metaKey) return;
    const steps = altKey && { ArrowUp: 1, ArrowDown: -1 }[key];
    const places = this.spots.map((spot) => spot.place);
    if (steps) this.on.step(place, steps);
    else if (altKey) return;
    else if (key.startsWith("Arrow") && this.walking) this.focus(walked(places, place, key));
    else if (key === "Enter" || key === "F2") this.on.edit(place);
    else if (key === "Escape") this.on.select(null, event);
    else if (/^[\d.,\-−]$/.test(key)) this.on.edit(place, key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
