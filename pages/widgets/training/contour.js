// Where a map crosses a level: marching squares.

const SIDES = [0, 1, 2, 3];

// where an edge from a to b with these heights above the level crosses it, if it does
const cut = ([a, above], [b, below]) => {
  if (above < 0 === below < 0) return [];
  const share = above / (above - below);
  return [[a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]];
};

// line segments, in shares of the side of a square map given row by row
export const contour = (map, side, level) => {
  const corner = (c, r) => [[c / (side - 1), r / (side - 1)], map[r * side + c] - level];
  const segments = [];
  for (let r = 0; r < side - 1; r += 1) {
    for (let c = 0; c < side - 1; c += 1) {
      const corners = [corner(c, r), corner(c + 1, r), corner(c + 1, r + 1), corner(c, r + 1)];
      const cuts = SIDES.flatMap((k) => cut(corners[k], corners[(k + 1) % 4]));
      for (let k = 0; k + 1 < cuts.length; k += 2) segments.push([cuts[k], cuts[k + 1]]);
    }
  }
  return segments;
};
