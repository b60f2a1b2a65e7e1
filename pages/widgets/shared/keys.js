// Which control of a player a key presses.
const CONTROLS = {
  ArrowLeft: "prev",
  ArrowRight: "next",
  PageUp: "prev",
  PageDown: "next",
  Home: "first",
  End: "last",
  " ": "play",
};
// these have a use of their own for keys, those for the space bar, and those for arrows; a picture's spot has Enter, and
// one that has the focus only because it was clicked leaves the space bar to the player
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], [role=slider]";
const PRESSED = "button, a, summary, input, [role=button]:not([data-spot]), [role=radio], [role=option]";
const WALKED = "input[type=radio], [role=radio], [role=tab], [role=menu], [role=listbox], [role=dialog]";

// of the player's own fields: the slider's keys are those of the steps, and a presenter's remote sends these two
const REMOTE = ["PageUp", "PageDown"];

const needed = (key, target) => (key === " " && target.closest(PRESSED)) || target.closest(WALKED);

const kept = (key, field, { slider, speed }) => field !== slider && !(field === speed && REMOTE.includes(key));

// none with a modifier, and none that the element with the focus needs itself; own: the player's slider and speed
export const pressed = ({ key, altKey, ctrlKey, metaKey }, target, own = {}) => {
  const field = target.closest(FIELDS);
  if (altKey || ctrlKey || metaKey || (field && kept(key, field, own))) return null;
  if (!field && (key === " " || key.startsWith("Arrow")) && needed(key, target)) return null;
  return CONTROLS[key] ?? (/^[a-z]$/i.test(key) ? key.toLowerCase() : null);
};
