// The list of contents: goes to a chapter, marks the one being read, and follows the step through the text.
import { withParameter } from "../shared/address.js";
import { reduced } from "../shared/motion.js";
import { mount } from "../shared/mount.js";
import { pause } from "../shared/pause.js";

// what lies above counts as read: a little below the page's head
const READING = "-12% 0px -70% 0px";

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

// marks the chapter whose heading was passed last
const watch = (root, anchors) => {
  const observer = new IntersectionObserver(
    () => {
      const passed = anchors.filter(
        (anchor) => heading(anchor)?.getBoundingClientRect().top < window.innerHeight * 0.3,
      );
      mark(root, passed.at(-1) ?? anchors[0]);
    },
    { rootMargin: READING },
  );
  for (const anchor of anchors) if (heading(anchor)) observer.observe(heading(anchor));
  return observer;
};

// brings the step into view, unless it is
const follow = (selector) => {
  const place = document.querySelector(selector);
  if (!place) return;
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 80 || bottom > window.innerHeight - 140)
    place.scrollIntoView({ behavior: reduced() ? "auto" : "smooth", block: "center" });
};

// whether it is so, at once or within some seconds
const becomes = async (so, after) => {
  for (let tries = 0; tries < 100 && !so(); tries += 1) await after(pause(50));
  return so();
};

const begin = (root, life) => {
  const shown = {};
  let observer;
  const choose = (anchor) => life.trigger("chapter", anchor);
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

  return {
    async update(data, after) {
      list(data);
      const anchors = [...data.chapters, ...data.asides].map(([anchor]) => anchor);
      // the text is drawn after this list
      if (!(await becomes(() => heading(anchors.at(-1)), after))) return;
      observer?.disconnect();
      observer = watch(root, anchors);
      if (shown.step === undefined && data.chapter) stayAt(data.chapter);
      else if (shown.step !== undefined && shown.step !== data.step) follow(data.place);
      shown.step = data.step;
    },
    end: () => observer?.disconnect(),
  };
};

export default mount("nav", begin);
