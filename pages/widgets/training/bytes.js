// What Python packed, and its bytes as colours.
import { inflated } from "../shared/packed.js";

const TYPES = { uint8: Uint8Array, float32: Float32Array };

// arrays follow a header, which says where each one is
export const open = async (packed) => {
  const buffer = await inflated(packed).arrayBuffer();
  const length = new DataView(buffer).getUint32(0, true);
  const run = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  for (const [name, { at, type, shape }] of Object.entries(run.arrays)) {
    const size = shape.reduce((a, b) => a * b, 1);
    run.arrays[name] = { shape, values: new TYPES[type](buffer, 4 + length + at, size) };
  }
  return run;
};

// colours as the four bytes of a pixel
export const pixels = (ramp) => Uint32Array.from(ramp, ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r);
export const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;
export const number = (value) => (Math.abs(value) < 1e-4 ? 0 : value).toPrecision(3).replace("-", "−");
export const paint = (canvas, bytes, ramp) => {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const target = new Uint32Array(image.data.buffer);
  for (let i = 0; i < bytes.length; i += 1) target[i] = ramp[bytes[i]];
  context.putImageData(image, 0, 0);
};
