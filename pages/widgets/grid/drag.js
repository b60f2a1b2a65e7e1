// A number that is dragged, to the right or upwards for more: how far, from which text, and in which steps.
import { stepped } from "./digits.js";

const STEP = 6;
const BEGINS = 4;

// the exponent of what one step of a drag changes: about a hundredth of the number's own size
export const fine = (text) => {
  const value = Math.abs(Number(text));
  if (!value) return -2;
  return Math.floor(Math.log10(value)) - (value < 1 ? 1 : 2);
};

// grab(event) returns what a press takes hold of, or null: { text, begin, press }. begin() begins the drag of the
// number in `text`, if there is one, and returns { move(text), end() }; without a drag, press() is called.
// `alive` is the signal at whose abort nothing is dragged any more.
export const drags = (root, grab, alive) => {
  let held = null;
  // a press of the mouse would select text; one of a finger is none, though the browser tells it as one later
  const keep = (event) => {
    if (held) event.preventDefault();
  };
  const press = (down) => {
    held = down.button ? null : grab(down);
    if (!held) return;
    const { text, begin, press } = held;
    const ending = new AbortController();
    const { signal } = ending;
    let drag = null;
    const move = (event) => {
      const far = event.clientX - down.clientX - (event.clientY - down.clientY);
      if (text === null || (!drag && Math.abs(far) < BEGINS)) return;
      if (!drag) {
        drag = begin();
        down.target.setPointerCapture(event.pointerId);
      }
      drag.move(stepped(text, Math.trunc(far / STEP), fine(text)));
    };
    const end = ({ type, clientX, clientY }) => {
      ending.abort();
      if (drag) drag.end();
      // a finger that scrolls presses nothing
      else if (type === "pointerup" && Math.hypot(clientX - down.clientX, clientY - down.clientY) < 2 * BEGINS) press();
    };
    const leave = (event) => {
      if (event.key !== "Escape" || !drag) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      drag.move(text);
      ending.abort();
      drag.end();
    };
    window.addEventListener("keydown", leave, { signal, capture: true });
    window.addEventListener("pointermove", move, { signal });
    for (const over of ["pointerup", "pointercancel"]) window.addEventListener(over, end, { signal });
  };
  // a finger that drags does not scroll
  const stay = (event) => {
    if (held && held.text !== null && event.cancelable) event.preventDefault();
  };
  root.addEventListener("touchmove", stay, { signal: alive, passive: false });
  root.addEventListener("mousedown", keep, { signal: alive });
  root.addEventListener("pointerdown", press, { signal: alive });
};
