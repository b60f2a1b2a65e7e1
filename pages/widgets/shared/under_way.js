// Whether edits are on their way to Python, from any of the page's fields: each says so of itself (grid/waiting.js).
import { hear } from "./signals.js";

// changed(any) is called with each that begins or ends
export const underWay = (changed, signal) => {
  const waiting = new Set();
  const follow = ({ of, on }) => {
    if (on) waiting.add(of);
    else waiting.delete(of);
    changed(waiting.size > 0);
  };
  hear("waiting", follow, signal);
};
