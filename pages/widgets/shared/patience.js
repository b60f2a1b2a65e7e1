// A page is changed once what was done before has reached Python. With all that a browser sends goes the page it is on,
// so that a number that comes after the wish for another page would lead back, and the link would lead to the network
// before that number.
import { pause } from "./pause.js";
import { answered, idle, sentAgo, watchSent } from "./sent.js";
import { underWay } from "./under_way.js";

const LINKS = ".st-key-navigation a";
// in ms: what was done so lately may still be on its way; a run that answers it lasts so long at most; what a browser
// takes to send it; how long a reader waits for a run, and for a server that has begun none
const [LATELY, ANSWERED, SENT, MOST, MOST_UNANSWERED] = [350, 3000, 150, 2000, 6000];

const linkOf = (target) => (target instanceof Element ? target.closest(LINKS) : null);
const plain = ({ button, altKey, ctrlKey, metaKey, shiftKey }) => !(button || altKey || ctrlKey || metaKey || shiftKey);

let acted = Number.NEGATIVE_INFINITY;
let passing = false;
let wish = 0;
let typed = false;

// a press on a link takes the focus from a field, which then says what was typed
const act = ({ target }) => {
  const leaves = document.activeElement?.matches("input, textarea");
  if (!linkOf(target) || leaves) acted = performance.now();
};

// what a server has not begun with would be lost: it takes the page that is asked for next instead
const unanswered = () => typed || (!answered() && sentAgo() < MOST_UNANSWERED);

const early = () => {
  const ago = performance.now() - acted;
  return ago < LATELY || (ago < ANSWERED && !idle()) || unanswered();
};

const waits = (ms) => (unanswered() ? ms < MOST_UNANSWERED : !idle() && ms < MOST);

const follow = async (name) => {
  wish += 1;
  const [own, since] = [wish, performance.now()];
  await pause(SENT);
  while (waits(performance.now() - since)) await pause(30);
  // by now it leads to what is at hand
  const link = [...document.querySelectorAll(LINKS)].find(({ textContent }) => textContent === name);
  if (own !== wish) return;
  passing = true;
  link?.click();
  passing = false;
};

const click = (event) => {
  const link = linkOf(event.target);
  if (!link || passing || !plain(event) || !early()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  follow(link.textContent);
};

let begun = false;

// once for all pages
export const patience = () => {
  if (begun) return;
  begun = true;
  for (const kind of ["pointerdown", "pointerup", "input", "change", "keydown"])
    window.addEventListener(kind, act, true);
  window.addEventListener("click", click, true);
  watchSent(() => performance.now() - acted < LATELY);
  underWay((any) => {
    typed = any;
  });
};
