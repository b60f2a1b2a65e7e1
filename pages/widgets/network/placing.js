// Where a card goes beside what it speaks of, so that it covers as little of the picture as can be.
import { clamp } from "../shared/clamp.js";

const GAP = 14;

// how much of a disc's square a card covers
const covered = ({ x, y, r }, [left, top], [width, height]) => {
  const across = Math.min(left + width, x + r) - Math.max(left, x - r);
  const down = Math.min(top + height, y + r) - Math.max(top, y - r);
  return Math.max(across, 0) * Math.max(down, 0);
};

// [left, top] of a card of a size beside a point, in a room { left, top, right, bottom }; `discs` are what it should not
// cover, and `own` is the disc at the point, which it may on no account
export const placed = (point, own, size, room, discs) => {
  const [x, y] = point;
  const [width, height] = size;
  const away = (own?.r ?? 0) + GAP;
  const middle = [x - width / 2, y - height / 2];
  const wanted = [
    [x + away, middle[1]],
    [x - away - width, middle[1]],
    [middle[0], y + away],
    [middle[0], y - away - height],
    [x + away, y + away],
    [x + away, y - away - height],
    [x - away - width, y + away],
    [x - away - width, y - away - height],
  ];
  const cost = (at) =>
    discs.reduce((sum, disc) => sum + covered(disc, at, size), 0) + 1000 * covered({ x, y, r: away - 2 }, at, size);
  const inside = wanted.map(([left, top]) => [
    clamp(left, room.left, room.right - width),
    clamp(top, room.top, room.bottom - height),
  ]);
  return inside.reduce((best, at) => (cost(at) < cost(best) ? at : best));
};
