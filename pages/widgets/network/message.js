// What the player is given, as pages/figures/network/message.py writes it.
import { unpackedJson } from "../shared/packed.js";

const parsed = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

// the app sends bytes; in a saved file there is data
export const sent = (data) => data instanceof Uint8Array;

// a saved file is only looked at
const SAVED = { selected: "", promise: null, turn: null, refused: {}, answered: { client: "", last: 0 } };

// what stands beside the figure, and figure(), which reads it when it is asked for; in bytes it follows a line
export const read = (data) => {
  if (!sent(data)) return { ...SAVED, ...data, figure: () => unpackedJson(data.packed) };
  const end = data.indexOf(10);
  return { ...parsed(data.subarray(0, end)), figure: () => parsed(data.subarray(end + 1)) };
};
