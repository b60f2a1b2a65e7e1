// One entry of the browser's history is one page that somebody went to. Streamlit makes one of every address that the
// server writes: of every edit, from which Back would lead to the same page.
import { WRITTEN, withParameter } from "./address.js";

// what it adds unasked. Others, as the place in the derivation, are gone to.
const ADDED = ["run"];

// what only the browser changes; the server repeats it as it was when its run began
const BROWSERS = ["present", "hide"];

// an address that the server writes, with what the browser has made of it since
export const current = (here, given) => {
  const [now, next] = [new URL(here), new URL(given, here)];
  if (next.pathname !== now.pathname) return next.href;
  return BROWSERS.reduce((address, name) => withParameter(address, name, now.searchParams.get(name)), next.href);
};

// whether an address belongs to the entry of the one before
export const sameEntry = (before, after) => {
  const [old, next] = [new URL(before), new URL(after, before)];
  const kept = [...old.searchParams].every(
    ([name, value]) => WRITTEN.includes(name) || next.searchParams.get(name) === value,
  );
  const expected = (name) => WRITTEN.includes(name) || ADDED.includes(name) || old.searchParams.has(name);
  return kept && next.pathname === old.pathname && [...next.searchParams.keys()].every(expected);
};

// for as long as the window is there
export const replaceWithinPage = (history, location) => {
  const { pushState } = history;
  history.pushState = (state, title, given) => {
    const address = given && current(location.href, given);
    const replaces = address && sameEntry(location.href, address);
    if (replaces) history.replaceState(state, title, address);
    else pushState.call(history, state, title, address);
  };
};
