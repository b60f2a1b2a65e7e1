// Keeps for the tab what can be undone and redone, hands it to a session that begins with none of it, and counts keys.
import { keep, recall } from "../shared/storage.js";
import { underWay } from "../shared/under_way.js";
import { handsOver, parsed } from "./kept.js";
import { UndoKeys } from "./undo_keys.js";

const NAME = "undo";
// the session that it was handed to
let handed = null;
// of the page: elements come and go
let current = null;

const keys = new UndoKeys((message) => current.setStateValue("pressed", message));
// before Streamlit's own shortcuts, and only where there is an editor
const press = (event) => {
  if (!document.querySelector(".st-key-undo_button") || !keys.press(event, document.activeElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
};

export default function (component) {
  const { data, setTriggerValue } = component;
  if (!current) {
    window.addEventListener("keydown", press, { capture: true });
    underWay((any) => keys.hold(any));
  }
  current = component;
  keys.heard(data.pressed);
  const kept = parsed(recall(NAME));
  if (!handsOver(kept, data)) {
    keep(NAME, JSON.stringify(data));
    return;
  }
  if (handed === data.session) return;
  handed = data.session;
  const { past, present, future } = kept;
  setTriggerValue("kept", { past, present, future });
}
