// Cards in the picture: one with the numbers of what is pointed at, and one of what is selected, in which they change.
import { Fields } from "../grid/fields.js";
import { made } from "../shared/elements.js";
import { curve } from "./curve.js";
import { isLine } from "./nearest.js";
import { placed } from "./placing.js";

// below this width of the picture a card stands at an end of the window: at the lower one if what it is about is in the
// upper part, of this share
const NARROW = 560;
const UPPER = 0.4;

// rows are known from a step on
export const about = ({ title, rows }, step) => [
  made("strong", { innerHTML: title }),
  ...rows.filter(([since]) => since <= step).map(([, row]) => made("div", { className: "row", innerHTML: row })),
];

const grid = (place, words, name, value) => ({
  title: "",
  name: words,
  corner: "",
  columns: [""],
  rows: [name],
  places: [[place]],
  words: [[words]],
  values: [[value]],
  choices: {},
});

const middleOf = (spot) => (isLine(spot) ? [(spot.x + spot.x2) / 2, (spot.y + spot.y2) / 2] : [spot.x, spot.y]);

// puts an element beside a spot, given in pixels; in a narrow room, at that end of the window that is farther from it
export const put = (element, spot, room, discs) => {
  const docked = room.right - room.left < NARROW;
  element.classList.toggle("docked", docked);
  if (!spot) return;
  const middle = middleOf(spot);
  element.classList.toggle("low", docked && middle[1] - room.window < UPPER * window.innerHeight);
  if (docked) return;
  const own = isLine(spot) ? undefined : spot;
  const [left, top] = placed(middle, own, [element.offsetWidth, element.offsetHeight], room, discs);
  Object.assign(element.style, { left: `${left}px`, top: `${top}px` });
};

export class Card {
  constructor(root, tell, close) {
    this.root = root;
    this.fields = new Fields(root.querySelector(".numbers"), tell);
    root.querySelector(".close").onclick = close;
    // before the field, unless that has something to take back
    const leave = (event) => {
      const { written } = event.target.dataset;
      if (event.key !== "Escape" || written || event.target.matches("[aria-invalid=true]")) return;
      event.stopPropagation();
      event.preventDefault();
      close();
    };
    root.addEventListener("keydown", leave, { capture: true });
    // the player's own keys are not for what is in the card
    root.addEventListener("keydown", (event) => event.ctrlKey || event.metaKey || event.stopPropagation());
  }

  // field: { place, words, name, value }, or none
  show(content, field) {
    // what was being typed for another place
    if (this.input?.dataset.written && field?.place !== this.given.place) this.fields.commit(this.input);
    this.root.hidden = false;
    this.root.querySelector(".about").replaceChildren(...content);
    this.root.querySelector(".numbers").hidden = !field;
    this.root.setAttribute("aria-label", field?.words ?? "");
    this.given = field;
    this.load();
  }

  answer(answers) {
    this.answers = answers;
    this.load();
  }

  load() {
    const { place, words, name, value } = this.given ?? {};
    const grids = place ? [grid(place, words, name, value)] : [];
    this.fields.load({ grids, ...this.answers, colours: {} });
    // the buttons change it without the focus, which would bring up the keyboard of a phone
    this.fields.marked.begin(this.fields.field(place));
    this.fields.tools.hidden = !place;
  }

  hide() {
    this.root.hidden = true;
  }

  get input() {
    return this.given && this.fields.field(this.given.place);
  }

  // what the gradient promised, as pages/widgets/network/promise.py says it
  promise(told) {
    const root = this.root.querySelector(".promise");
    root.hidden = !told;
    if (!told) return;
    root.querySelector("p").textContent = told.note;
    const { base, points, number, loss } = told;
    const drawn = curve(points, [base.number, base.loss], [number, loss], base.gradient);
    const svg = root.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${drawn.size.join(" ")}`);
    for (const name of ["curve", "tangent"]) svg.querySelector(`.${name}`).setAttribute("d", drawn[name]);
    for (const name of ["before", "now"]) {
      const [x, y] = drawn[name];
      svg.querySelector(`.${name}`).setAttribute("cx", x);
      svg.querySelector(`.${name}`).setAttribute("cy", y);
    }
  }

  end() {
    this.fields.end();
  }
}
