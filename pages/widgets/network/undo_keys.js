// Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), counted: of a button that is pressed twice while Python computes, Streamlit tells
// one press.

// "u" for undo, "r" for redo, "" for any other key
export const meaning = ({ key, ctrlKey, metaKey, altKey, shiftKey }) => {
  if (!(ctrlKey || metaKey) || altKey) return "";
  if (key.toLowerCase() === "z") return shiftKey ? "r" : "u";
  return key.toLowerCase() === "y" && !shiftKey ? "r" : "";
};

// whether an element undoes its own writing
export const writes = (element) => {
  if (!element?.matches?.("input, textarea, [contenteditable=true]")) return false;
  if (element.dataset.place) return Boolean(element.dataset.written);
  return !["checkbox", "radio", "range", "button"].includes(element.type);
};

const MOST = 50;

export class UndoKeys {
  // tell(message) hands over all presses so far, the last ones by name
  constructor(tell) {
    const client = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
    Object.assign(this, { tell, client, count: 0, last: "", held: false, told: 0 });
  }

  // while an edit is on its way a press waits, so that it takes back that one and not the one before
  hold(held) {
    this.held = held;
    if (this.told < this.count) this.say();
  }

  press(event, target) {
    const meant = meaning(event);
    if (!meant || writes(target)) return false;
    this.count += 1;
    this.last = (this.last + meant).slice(-MOST);
    this.say();
    return true;
  }

  say(again = false) {
    if (this.held) return;
    this.told = this.count;
    this.tell({ client: this.client, count: this.count, last: this.last, again });
  }

  // what Python has taken: a press that was told while the page was drawn anew may be lost, and is told once more
  heard({ client, count }) {
    const taken = client === this.client ? count : 0;
    if (taken >= this.told || this.told < this.count || this.repeated === this.count) return;
    this.repeated = this.count;
    this.say(true);
  }
}
