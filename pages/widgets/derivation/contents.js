// The list of contents: goes to a chapter, marks the one being read, and follows the step through the text.
const lists = new WeakMap();
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
// what lies above counts as read: a little below the page's head
const READING = "-12% 0px -70% 0px";

const heading = (anchor) => document.getElementById(anchor);
const behavior = () => (still.matches ? "auto" : "smooth");

// the address of this page with another chapter, to copy or to open elsewhere
const address = (anchor) => {
  const url = new URL(window.location.href);
  url.searchParams.set("chapter", anchor);
  url.hash = "";
  return url.href;
};

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
  if (top < 80 || bottom > window.innerHeight - 140) place.scrollIntoView({ behavior: behavior(), block: "center" });
};

const when = (ready, act, tries = 100) =>
  ready() ? act() : tries && setTimeout(() => when(ready, act, tries - 1), 50);

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector("nav");
  const before = lists.get(root) ?? {};
  root.hidden = !data.listed;
  const anchors = [...data.chapters, ...data.asides].map(([anchor]) => anchor);
  const choose = (anchor) => setTriggerValue("chapter", anchor);
  if (JSON.stringify(before.chapters) !== JSON.stringify([data.chapters, data.asides])) {
    root.querySelector(".chapters").replaceChildren(...data.chapters.map(([a, t]) => item(a, t, choose)));
    root.querySelector(".asides").replaceChildren(...data.asides.map(([a, t]) => item(a, t, choose)));
  }
  for (const a of root.querySelectorAll("a")) a.href = address(a.dataset.anchor);
  const now = { chapters: [data.chapters, data.asides], step: data.step, observer: before.observer };
  lists.set(root, now);
  // the text is drawn after this list
  when(
    () => heading(anchors.at(-1)),
    () => {
      now.observer?.disconnect();
      now.observer = watch(root, anchors);
      if (before.step === undefined && data.chapter) stayAt(data.chapter);
      else if (before.step !== undefined && before.step !== data.step) follow(data.place);
    },
  );
  return () => lists.get(root)?.observer?.disconnect();
}
