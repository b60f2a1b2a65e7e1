// Keeps for the tab what can be undone and redone, and hands it to a session that begins with none of it.
import { keep, recall } from "../shared/storage.js";
import { handsOver, parsed } from "./kept.js";

const NAME = "undo";
// the session that it was handed to
let handed = null;

export default function ({ data, setTriggerValue }) {
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
