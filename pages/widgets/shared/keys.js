// Which control of a player a key presses.
const CONTROLS = { ArrowLeft: "prev", ArrowRight: "next", Home: "first", End: "last", " ": "play" };

// none with a modifier, and none that the element with the focus needs itself
export const pressed = ({ key, altKey, ctrlKey, metaKey }, target) => {
  if (altKey || ctrlKey || metaKey || target.closest("select")) return null;
  if (key === " " && target.closest("button, input[type=checkbox]")) return null;
  return CONTROLS[key] ?? null;
};
