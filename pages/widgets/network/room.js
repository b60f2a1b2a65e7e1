// How much room there is for the picture, so that it is in view together with its line and the controls.
import { onWidth } from "../shared/width.js";

// in pixels: below the controls, beside a scroll bar, and the share of the window that the line takes at most
const [EDGE, BAR, SHARE] = [10, 16, 0.34];
// how many times the picture grows on a page, and where nothing else is shown
const [GROWN, PRESENTED] = [1.75, 3];
const LONGEST = 4;

const read = (html) => html.replace(/<[^>]*>/g, "").replace(/&\w+;/g, " ").length;
const SIZES = [({ formula }) => read(formula), ({ why = "" }) => why.length, ({ title }) => title.length];
const all = (frame) => SIZES.reduce((sum, size) => sum + size(frame), 0);

// those of which one may be the highest: the longest by what is read of formula, why and title, and of all together
export const longest = (frames, most = LONGEST) => {
  const by = (size) => [...frames].sort((one, other) => size(other) - size(one)).slice(0, most);
  return [...new Set([...SIZES, all].flatMap(by))];
};

const style = (element, name) => Number.parseFloat(getComputedStyle(element)[name]) || 0;

// a line as it is at a frame, unseen and as tall as it needs to be
const copied = (line, width, { title, formula, why = "" }, invited = false) => {
  const copy = line.cloneNode(true);
  Object.assign(copy.style, { position: "absolute", visibility: "hidden", height: "auto", width });
  const part = (name) => copy.querySelector(name);
  part(".title").textContent = title;
  part(".formula").innerHTML = formula;
  part(".invitation").hidden = !invited;
  Object.assign(part(".why"), { textContent: why, hidden: invited || !why });
  return copy;
};

export class Room {
  // changed() is called when there is another one
  constructor(root, changed, signal) {
    const $ = (selector) => root.querySelector(selector);
    // a small picture is as tall as it is, unless it `fits` the window once that is scrolled to it
    Object.assign(this, { small: false, fits: false });
    Object.assign(this, { root, board: $(".board"), scroll: $(".scroll"), line: $(":scope > .line"), bar: $(".bar") });
    const act = () => {
      this.reserve();
      changed();
    };
    this.end = onWidth(this.scroll, act);
    window.addEventListener("resize", act, { signal });
  }

  load(frames) {
    Object.assign(this, { frames, longest: longest(frames) });
    this.reserve();
  }

  // the line keeps the height of the longest one, so that the picture stays where it is
  reserve() {
    if (!this.frames || (this.small && !this.fits)) return;
    const { line } = this;
    const invited = !line.querySelector(".invitation").hidden;
    const width = `${line.offsetWidth}px`;
    const copies = [
      copied(line, width, this.frames[0], invited),
      ...this.longest.map((one) => copied(line, width, one)),
    ];
    // all are measured at once, as the browser lays out the page for it
    line.after(...copies);
    const heights = copies.map((copy) => copy.offsetHeight);
    for (const copy of copies) copy.remove();
    line.style.height = `${Math.min(Math.max(...heights), window.innerHeight * SHARE)}px`;
    // a card stands above it on a phone
    this.root.style.setProperty("--bar", `${this.bar.offsetHeight}px`);
  }

  // of the picture, where nothing is scrolled; that of a small one is scrolled to
  top() {
    if (this.small) return 2 * EDGE;
    const scrolled = this.root.closest("[data-testid=stMain]")?.scrollTop ?? window.scrollY;
    return this.board.getBoundingClientRect().top + scrolled;
  }

  // as sizes.js takes it
  now() {
    const room = this.scroll.clientWidth;
    if (this.small && !this.fits) return { room };
    const presents = this.root.hasAttribute("data-presents");
    const top = presents ? style(this.root, "paddingTop") : this.top();
    const below = this.line.offsetHeight + this.bar.getBoundingClientRect().height + EDGE;
    const wide = this.scroll.scrollWidth > room ? BAR : 0;
    const grown = presents ? PRESENTED : GROWN;
    return { room, tall: window.innerHeight - top - below - wide, most: this.small ? 1 : grown };
  }
}
