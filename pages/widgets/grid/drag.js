// A number that is dragged sideways: how far, from which text, and in which steps.
import { stepped } from "./digits.js";

const STEP = 6;
const BEGINS = 4;

// the exponent of what one step of a drag changes: about a hundredth of the number's own size
const fine = (text) => {
  const value = Math.abs(Number(text));
  if (!value) return -2;
  return Math.floor(Math.log10(value)) - (value < 1 ? 1 : 2);
};

// the field that an event may begin to drag: not one that is being written in, whose text can be selected
const draggable = ({ target, button, pointerType }) => {
  const input = target.closest("input[data-place]");
  const free = input && input !== document.activeElement && !button && pointerType !== "touch";
  return free && input.value.trim() && Number.isFinite(Number(input.value)) ? input : null;
};

// begun(input) begins the drag of a field and returns { move(text), end() }; without a drag, the field gets the focus.
// `alive` is the signal at whose abort nothing is dragged any more.
export const drags = (root, begun, alive) => {
  let input = null;
  // a press of the mouse would select text; one of a finger is none, though the browser tells it as one later
  const keep = (event) => {
    if (input) event.preventDefault();
  };
  const press = (down) => {
    input = draggable(down);
    if (!input) return;
    const first = input.value;
    const ending = new AbortController();
    const { signal } = ending;
    let drag = null;
    const move = (event) => {
      const far = event.clientX - down.clientX;
      if (!drag && Math.abs(far) < BEGINS) return;
      if (!drag) {
        drag = begun(input);
        input.setPointerCapture(event.pointerId);
      }
      drag.move(stepped(first, Math.trunc(far / STEP), fine(first)));
    };
    const end = () => {
      ending.abort();
      if (drag) drag.end();
      else input.focus();
    };
    window.addEventListener("pointermove", move, { signal });
    for (const over of ["pointerup", "pointercancel"]) window.addEventListener(over, end, { signal });
  };
  root.addEventListener("mousedown", keep, { signal: alive });
  root.addEventListener("pointerdown", press, { signal: alive });
};
