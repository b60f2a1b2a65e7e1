// The corners of a dot that is not round, around its middle and y downwards: see `Shape` in pages/figures/training/marks.py.
// It looks about as large as a round one.
export const polygon = ({ corners, angle }, radius) =>
  Array.from({ length: corners }, (_, k) => {
    const turned = (angle * Math.PI) / 180 + (2 * Math.PI * k) / corners;
    return [1.3 * radius * Math.cos(turned), 1.3 * radius * Math.sin(turned)];
  });
