// Bytes as colours.

// the colours of a ramp as the four bytes of a pixel
export const pixels = (ramp) => Uint32Array.from(ramp, ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r);

export const css = ([r, g, b]) => `rgb(${r} ${g} ${b})`;

export const paint = (canvas, bytes, ramp) => {
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const target = new Uint32Array(image.data.buffer);
  for (let i = 0; i < bytes.length; i += 1) target[i] = ramp[bytes[i]];
  context.putImageData(image, 0, 0);
};
