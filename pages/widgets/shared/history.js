// One entry of the browser's history is one page that somebody went to. Streamlit makes one of every address that the
// server writes: of every edit, from which Back would lead to the same page.
import { WRITTEN } from "./address.js";

// what it adds unasked. Others, as the place in the derivation, are gone to.
const ADDED = ["run"];

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
  history.pushState = (state, title, address) =>
    address && sameEntry(location.href, address)
      ? history.replaceState(state, title, address)
      : pushState.call(history, state, title, address);
};
