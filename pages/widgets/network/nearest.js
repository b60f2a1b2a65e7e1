// Which spot of the picture a point belongs to. A spot is a disc { x, y, r }, or the line from (x, y) to (x2, y2).

// whether a spot is a line, and not a disc
export const isLine = ({ x2 }) => x2 !== undefined;

// how far a point is from a line, and how much of the line's length lies before it, from 0 to 1
export const alongLine = ({ x, y, x2, y2 }, [px, py]) => {
  const [dx, dy] = [x2 - x, y2 - y];
  const share = Math.min(Math.max(((px - x) * dx + (py - y) * dy) / (dx * dx + dy * dy), 0), 1);
  return { far: Math.hypot(px - x - share * dx, py - y - share * dy), share };
};

// how far a point is from a spot; nothing within a disc
const distance = (spot, point) => {
  if (isLine(spot)) return alongLine(spot, point).far;
  return Math.max(Math.hypot(point[0] - spot.x, point[1] - spot.y) - spot.r, 0);
};

// the disc that a point lies in, or else the nearest spot within reach; undefined if there is none
export const nearest = (spots, point, reach) => {
  const inside = spots.filter((spot) => !isLine(spot) && distance(spot, point) === 0);
  const near = inside.length ? inside : spots;
  const far = new Map(near.map((spot) => [spot, distance(spot, point)]));
  const found = near.reduce((best, spot) => (best && far.get(best) <= far.get(spot) ? best : spot), undefined);
  return found && far.get(found) <= reach ? found : undefined;
};
