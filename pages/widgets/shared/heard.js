// What the server says to a component, as soon as it is there. Streamlit hands it over when it has drawn the whole page
// anew, as it does at the beginning and at the end of each run: that takes it longer than all else.
import { beforeSending } from "./socket.js";

// of Streamlit's messages, the numbers of the fields that lead to a component, of its name and of its bytes
const [COMPONENT, NAME, BYTES] = [[5, 3, 59], 2, 12];
// in bytes, fields whose length is not told, by their kind
const FIXED = { 1: 8, 5: 4 };
const TOLD = 2;

const listeners = new Set();
let begun = false;

// a number, seven bits in a byte, and where the next one is
const whole = (bytes, at) => {
  let [number, unit, next] = [0, 1, at];
  for (; bytes[next] > 127; next += 1, unit *= 128) number += (bytes[next] - 128) * unit;
  return [number + (bytes[next] ?? 0) * unit, next + 1];
};

// what a field of a message in Protocol Buffers holds; null if it is not there
const field = (bytes, wanted) => {
  for (let at = 0; at < bytes.length; ) {
    const [tag, begins] = whole(bytes, at);
    const kind = tag % 8;
    const [number, next] = kind in FIXED ? [FIXED[kind], begins] : whole(bytes, begins);
    at = kind === 0 ? next : next + number;
    if (kind === TOLD && Math.floor(tag / 8) === wanted) return bytes.subarray(next, at);
  }
  return null;
};

// the bytes that a message has for the component with a name; null if it has none
export const bytesFor = (name, message) => {
  const component = COMPONENT.reduce((bytes, number) => bytes && field(bytes, number), message);
  const named = component && new TextDecoder().decode(field(component, NAME) ?? undefined);
  return named === name ? field(component, BYTES) : null;
};

const hear = ({ data }) => {
  for (const listener of listeners) listener(new Uint8Array(data));
};

// act(bytes) is called with what comes for the component with a name, until the signal
export const hearFor = (name, act, signal) => {
  // a socket that hears so already does not hear it twice
  if (!begun) beforeSending((socket) => socket.addEventListener("message", hear));
  begun = true;
  const listener = (message) => {
    const bytes = bytesFor(name, message);
    if (bytes) act(bytes);
  };
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener));
};
