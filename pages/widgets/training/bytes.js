// A run as pages/figures/training/playback.py packs it: the length of a header, the header, and arrays.
import { unpackedBytes } from "../shared/packed.js";

const TYPES = { uint8: Uint8Array, float32: Float32Array };

// the header, which says where each array is, with the arrays themselves
export const decoded = (buffer) => {
  const length = new DataView(buffer).getUint32(0, true);
  const run = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  for (const [name, { at, type, shape }] of Object.entries(run.arrays)) {
    const size = shape.reduce((a, b) => a * b, 1);
    run.arrays[name] = { shape, values: new TYPES[type](buffer, 4 + length + at, size) };
  }
  return run;
};

export const opened = async (packed) => decoded(await unpackedBytes(packed));
