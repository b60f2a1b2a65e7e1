// Where on the screen a spot is that stands at an x and a y of a figure without margins.
import { isLine } from "./nearest.js";

// returns the mapping of a layout, drawn as sizes.js measured it: one x is `column` pixels wide, one y `scale` pixels high
export const inPixels = ({ xaxis, height }, { column, factor = 1, scale = 1, total = height }) => {
  const x = (value) => (value - xaxis.range[0]) * column;
  const y = (value) => total - scale * value;
  const sized = (spot) =>
    isLine(spot) ? { x2: x(spot.x2), y2: y(spot.y2), rim: spot.rim * factor } : { r: spot.r * factor };
  return (spot) => ({ ...spot, x: x(spot.x), y: y(spot.y), ...sized(spot) });
};
