// A tour of the page in five stops, each beside what it speaks of. It is offered once, and can be asked for.
import { clamp } from "../shared/clamp.js";
import { keepAlways, recallAlways } from "../shared/storage.js";

const SEEN = "backprop-tour";
const GAP = 12;
const SIDEBAR = "[data-testid=stSidebar][data-collapsed=false], [data-testid=stExpandSidebarButton]";
const LINKS = ".st-key-navigation";

// where it points, its title, and what it says
const STOPS = [
  [
    ".player .board",
    "The picture",
    "Circles are neurons, lines are weights. Click one to see its numbers and to change them. Drag a number to see everything follow.",
  ],
  [
    ".player > .line",
    "The formula",
    "This is what the step computes, with its numbers. Click a number to find it in the picture.",
  ],
  [
    ".player .bar",
    "The steps",
    "Play, or go step by step with ← and →. F, L, B and U lead to forward, loss, backward and update.",
  ],
  [SIDEBAR, "The editor", "Choose an example here, or make your own network: layers, activations, loss, every weight."],
  [
    LINKS,
    "The other pages",
    "They show the same network: its derivation, a training run, its landscape. Share makes a link, a picture or code of it.",
  ],
];

// where a bubble of a size goes beside a box, in a window: [left, top]
export const beside = (box, [width, height], [right, bottom]) => {
  const middle = [box.left + (box.width - width) / 2, box.top + (box.height - height) / 2];
  const places = [
    [middle[0], box.bottom + GAP],
    [middle[0], box.top - height - GAP],
    [box.right + GAP, middle[1]],
    [box.left - width - GAP, middle[1]],
  ];
  const fits = ([left, top]) =>
    top >= GAP && top + height <= bottom - GAP && left + width <= right - GAP && left >= GAP;
  const inside = ([left, top]) => [clamp(left, GAP, right - width - GAP), clamp(top, GAP, bottom - height - GAP)];
  const beyond = places.map(([left, top], index) =>
    index < 2 ? [clamp(left, GAP, right - width - GAP), top] : [left, clamp(top, GAP, bottom - height - GAP)],
  );
  return beyond.find(fits) ?? inside([middle[0], box.bottom - height - GAP]);
};

export class Tour {
  constructor(root, signal) {
    const $ = (selector) => root.querySelector(selector);
    Object.assign(this, { root: $(".tour"), light: $(".light"), bubble: $(".bubble"), stops: [], signal });
    for (const button of root.querySelectorAll(".guide")) button.onclick = () => this.begin();
    $(".tour .back").onclick = () => this.go(this.at - 1);
    $(".tour .forth").onclick = () => this.go(this.at + 1);
    $(".tour .end").onclick = () => this.end();
    // before all others, as the keys of the page are not meant
    window.addEventListener("keydown", (event) => this.key(event), { capture: true, signal });
    window.addEventListener("resize", () => this.running && this.lay(), { signal });
  }

  get running() {
    return !this.root.hidden;
  }

  get offered() {
    return !recallAlways(SEEN);
  }

  seen() {
    keepAlways(SEEN, "yes");
  }

  begin() {
    this.seen();
    this.before = document.activeElement;
    const there = ([where]) => document.querySelector(where)?.getBoundingClientRect().width;
    this.stops = STOPS.filter(there);
    this.root.hidden = false;
    this.go(0);
  }

  end() {
    if (!this.running) return;
    this.root.hidden = true;
    this.before?.focus?.({ preventScroll: true });
  }

  go(at) {
    if (at < 0) return;
    if (at >= this.stops.length) return this.end();
    this.at = at;
    const [, title, words] = this.stops[at];
    const part = (name) => this.bubble.querySelector(name);
    part("strong").textContent = title;
    part("p").textContent = words;
    part(".at").textContent = `${at + 1} of ${this.stops.length}`;
    part(".back").disabled = at === 0;
    part(".forth").textContent = at + 1 === this.stops.length ? "Done" : "Next";
    this.lay();
    part(".forth").focus({ preventScroll: true });
  }

  lay() {
    const target = document.querySelector(this.stops[this.at][0]);
    if (!target) return;
    target.scrollIntoView({ block: "nearest" });
    const box = target.getBoundingClientRect();
    const { innerWidth, innerHeight } = window;
    const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
    const seen = { left, top, right, bottom, width: right - left, height: bottom - top };
    const { style } = this.light;
    Object.assign(style, { left: `${left}px`, top: `${top}px`, width: `${seen.width}px`, height: `${seen.height}px` });
    const size = [this.bubble.offsetWidth, this.bubble.offsetHeight];
    const at = beside(seen, size, [innerWidth, innerHeight]);
    Object.assign(this.bubble.style, { left: `${at[0]}px`, top: `${at[1]}px` });
  }

  key(event) {
    if (!this.running) return;
    const { key, altKey, ctrlKey, metaKey } = event;
    const act = {
      ArrowLeft: () => this.go(this.at - 1),
      ArrowRight: () => this.go(this.at + 1),
      Escape: () => this.end(),
      Tab: () => this.turn(event.shiftKey),
    }[key];
    if (altKey || ctrlKey || metaKey) return;
    event.stopImmediatePropagation();
    if (!act) return;
    event.preventDefault();
    act();
  }

  // the focus stays in the bubble
  turn(back) {
    const buttons = [...this.bubble.querySelectorAll("button:not(:disabled)")];
    const now = buttons.indexOf(document.activeElement);
    buttons.at((now + (back ? -1 : 1)) % buttons.length).focus();
  }
}
