// Buttons that change the number in a field, for fingers, which have no Alt and no arrows.
import { made } from "../shared/elements.js";

const tool = (what, textContent, words) => {
  const button = made("button", { type: "button", textContent });
  button.dataset.do = what;
  button.setAttribute("aria-label", words);
  return button;
};

export const toolbox = () =>
  made(
    "div",
    { className: "tools", hidden: true },
    tool("negate", "±", "Change the sign"),
    tool("down", "−", "One less in the last digit"),
    tool("up", "+", "One more in the last digit"),
  );
