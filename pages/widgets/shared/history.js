// What the server adds to the address of a page that one has come to belongs to that entry of the browser's history.
// Streamlit makes an entry of its own of it, from which Back leads to the same page.

// what the server adds unasked; others, as the place in the derivation, are gone to
const ADDED = ["preset", "net", "step", "detail", "run"];

// whether an address is one before with more of these
export const completes = (before, after) => {
  const [old, next] = [new URL(before), new URL(after, before)];
  const added = [...next.searchParams.keys()].filter((name) => !old.searchParams.has(name));
  const kept = [...old.searchParams].every(([name, value]) => next.searchParams.get(name) === value);
  return kept && next.pathname === old.pathname && added.length > 0 && added.every((name) => ADDED.includes(name));
};

// for as long as the window is there
export const completeInPlace = (history, location) => {
  const { pushState } = history;
  history.pushState = (state, title, address) =>
    address && completes(location.href, address)
      ? history.replaceState(state, title, address)
      : pushState.call(history, state, title, address);
};
