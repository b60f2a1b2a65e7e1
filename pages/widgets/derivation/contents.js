// The list of contents: goes to a chapter, marks the one being read, and follows the step through the text.
import { withParameter } from "../shared/address.js";
import { reduced } from "../shared/motion.js";
import { mount } from "../shared/mount.js";
import { pause } from "../shared/pause.js";

// what lies above this share of the window counts as read
const READ = 0.3;
// what a reader scrolls with
const SCROLLING = ["PageUp", "PageDown", "ArrowUp", "ArrowDown", "Home", "End", " "];

const heading = (anchor) => document.getElementById(anchor);

// the address of this page with another chapter, to copy or to open elsewhere
const address = (anchor) => withParameter(window.location.href.split("#")[0], "chapter", anchor);

// at once: the way from chapter to chapter is too long to be watched
const goTo = (anchor) => heading(anchor)?.scrollIntoView({ behavior: "auto", block: "start" });

// stays at a chapter while the page is still being drawn, until the reader does something
const stayAt = (anchor) => {
  const observer = new ResizeObserver(() => goTo(anchor));
  const stop = () => observer.disconnect();
  observer.observe(document.querySelector(".st-key-reading"));
  for (const action of ["wheel", "touchstart", "pointerdown", "keydown"])
    window.addEventListener(action, stop, { once: true, passive: true });
  setTimeout(stop, 5000);
};

// on a phone the list covers the text
const uncover = () => {
  if (window.matchMedia("(max-width: 768px)").matches)
    document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
};

const item = (anchor, title, choose) => {
  const li = document.createElement("li");
  const a = Object.assign(document.createElement("a"), { textContent: title });
  a.dataset.anchor = anchor;
  a.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    goTo(anchor);
    choose(anchor);
    uncover();
  });
  li.append(a);
  return li;
};

const mark = (root, anchor) => {
  for (const a of root.querySelectorAll("a"))
    if (a.dataset.anchor === anchor) a.setAttribute("aria-current", "true");
    else a.removeAttribute("aria-current");
};

// the chapter that is read: the one whose heading was passed last
const passed = (anchors) =>
  anchors.filter((anchor) => heading(anchor)?.getBoundingClientRect().top < window.innerHeight * READ).at(-1) ??
  anchors[0];

// the chapter that a place of the text is in
const chapterOf = (place, anchors) => {
  const before = (anchor) => heading(anchor)?.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING;
  return anchors.filter(before).at(-1);
};

// brings the step into view, unless it is, and returns its place
const follow = (selector) => {
  const place = document.querySelector(selector);
  if (!place) return null;
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 80 || bottom > window.innerHeight - 140)
    place.scrollIntoView({ behavior: reduced() ? "auto" : "smooth", block: "center" });
  return place;
};

// whether it is so, at once or within some seconds
const becomes = async (so, after) => {
  for (let tries = 0; tries < 100 && !so(); tries += 1) await after(pause(50));
  return so();
};

const begin = (root, life) => {
  const shown = {};
  // the chapter gone to, until the reader scrolls; the one that Python is told of and has not yet answered
  let [jumped, told] = [null, null];
  let anchors = [];
  const alive = new AbortController();
  const listen = (kind, act) =>
    window.addEventListener(kind, act, { signal: alive.signal, capture: true, passive: true });

  const look = () => mark(root, jumped ?? passed(anchors));
  const jump = (anchor) => {
    jumped = anchor;
    look();
  };
  const scrolls = () => {
    jumped = null;
  };
  for (const kind of ["wheel", "touchmove"]) listen(kind, scrolls);
  listen("keydown", ({ key }) => SCROLLING.includes(key) && scrolls());
  // of a scroll bar, and not of a link
  listen("pointerdown", ({ target }) => target.matches?.("[data-testid=stMain]") && scrolls());
  for (const kind of ["scroll", "resize"]) listen(kind, look);
  listen("click", ({ target }) => {
    const hash = target.closest?.('.st-key-reading a[href*="#"]')?.hash.slice(1);
    if (anchors.includes(hash)) jump(hash);
  });

  const choose = (anchor) => {
    told = anchor;
    jump(anchor);
    life.trigger("chapter", anchor);
  };
  const fill = (list, entries) =>
    root.querySelector(list).replaceChildren(...entries.map(([anchor, title]) => item(anchor, title, choose)));

  const list = ({ chapters, asides, listed }) => {
    root.hidden = !listed;
    const listing = JSON.stringify([chapters, asides]);
    if (listing !== shown.listing) {
      fill(".chapters", chapters);
      fill(".asides", asides);
    }
    shown.listing = listing;
    for (const a of root.querySelectorAll("a")) a.href = address(a.dataset.anchor);
  };

  // to where the address leads: when the page is opened, and when the reader goes back to it or forth
  const arrive = ({ chapter }) => {
    const [first, asked] = [shown.step === undefined, chapter !== shown.chapter && chapter !== told];
    if (chapter === told) told = null;
    shown.chapter = chapter;
    if (!asked) return;
    if (chapter) jump(chapter);
    else scrolls();
    if (first && chapter) stayAt(chapter);
    else if (!first) goTo(chapter ?? anchors[0]);
  };

  return {
    async update(data, after) {
      list(data);
      anchors = [...data.chapters, ...data.asides].map(([anchor]) => anchor);
      // the text is drawn after this list
      if (!(await becomes(() => heading(anchors.at(-1)), after))) return;
      arrive(data);
      const place = shown.step !== undefined && shown.step !== data.step ? follow(data.place) : null;
      if (place) jump(chapterOf(place, anchors));
      shown.step = data.step;
      look();
    },
    end: () => alive.abort(),
  };
};

export default mount("nav", begin);
